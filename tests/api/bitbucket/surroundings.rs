//! Which repository and branch a command of Bitbucket is about, where it does not say it itself.

use super::Visitor;
use std::process::Command;

/// Makes the working folder a git repository, on a branch and with these remotes.
fn git(visitor: &Visitor, branch: &str, remotes: &[(&str, &str)]) {
    let git = |arguments: &[&str]| {
        let mut command: Command = visitor.home.command("git");
        let output = command.args(arguments).output().expect("git is there");
        assert!(output.status.success(), "{arguments:?}: {output:?}");
    };
    git(&["init", "--quiet"]);
    git(&["symbolic-ref", "HEAD", &format!("refs/heads/{branch}")]);
    for (name, address) in remotes {
        git(&["remote", "add", name, address]);
    }
}

#[test]
fn the_remote_on_bitbucket_names_the_repository() {
    let own = |visitor: &Visitor| format!("{}/bitbucket/acme/star-map.git", visitor.site.url());
    let visitor = Visitor::new();
    let own = own(&visitor);
    for (remotes, repository) in [
        (
            vec![("origin", "git@bitbucket.org:acme/rocket.git")],
            "acme/rocket",
        ),
        (
            vec![
                ("backup", "git@bitbucket.org:acme/melon-tests.git"),
                ("origin", "https://me@bitbucket.org/acme/rocket.git"),
            ],
            "acme/rocket",
        ),
        (
            vec![
                ("origin", "git@github.com:acme/rocket.git"),
                ("upstream", "ssh://git@altssh.bitbucket.org:443/acme/rocket"),
            ],
            "acme/rocket",
        ),
        (vec![("origin", own.as_str())], "acme/star-map"),
    ] {
        let _ = std::fs::remove_dir_all(visitor.home.work().join(".git"));
        git(&visitor, "main", &remotes);
        let found = visitor.say("bitbucket repo get -f quiet").fine();
        assert_eq!(found, format!("{repository}\n"), "{remotes:?}");
    }
}

#[test]
fn what_is_said_wins_over_the_folder_and_is_completed_by_the_workspace() {
    let visitor = Visitor::new();
    git(
        &visitor,
        "main",
        &[("origin", "git@bitbucket.org:acme/rocket.git")],
    );
    let found = |line: &str| visitor.say(&format!("bitbucket {line} -f quiet"));
    assert_eq!(found("repo get star-map").fine(), "acme/star-map\n");
    assert_eq!(found("repo get acme/star-map").fine(), "acme/star-map\n");
    assert_eq!(
        found("repo get star-map --workspace acme").fine(),
        "acme/star-map\n"
    );
    assert_eq!(found("pr list --workspace ACME").fine(), "3\n2\n");
    let elsewhere = found("pr list --workspace other").failed(2);
    assert!(
        elsewhere.contains("no git remote of this folder is in the workspace `other`"),
        "{elsewhere}"
    );
    let contrary = found("pr list --workspace acme --repository other/rocket").failed(2);
    assert!(
        contrary
            .contains("`other/rocket` cannot be `--repository`: it is not in the workspace `acme`"),
        "{contrary}"
    );
    let strange = found("pr list --repository a/b/c").failed(2);
    assert!(strange.contains("is called `acme/rocket`"), "{strange}");
}

#[test]
fn an_address_brings_its_repository_along() {
    let visitor = Visitor::new();
    let page = format!("{}/bitbucket/acme/rocket", visitor.site.url());
    for (command, behind, path) in [
        ("pr get", "pull-requests/2/diff", "pullrequests/2"),
        (
            "commit get",
            "commits/000000000000000f736ae31d6e461e24ca4ec960",
            "commit/000000000000000f736ae31d6e461e24ca4ec960",
        ),
        ("pipeline get", "pipelines/results/3", "pipelines/3"),
    ] {
        visitor
            .say(&format!("bitbucket {command} {page}/{behind}"))
            .fine();
        let asked = visitor.requested().pop();
        assert_eq!(
            asked,
            Some(format!(
                "GET /bitbucket/2.0/repositories/acme/rocket/{path}"
            ))
        );
    }
    let opened = visitor.say(&format!("bitbucket pr get {page}/pull-requests/2 --web"));
    assert_eq!(opened.fine(), format!("{page}/pull-requests/2\n"));
}

#[test]
fn a_pull_request_and_a_run_are_of_the_branch_of_the_folder() {
    let visitor = Visitor::new();
    git(
        &visitor,
        "spike/kites",
        &[("origin", "git@bitbucket.org:acme/rocket.git")],
    );
    visitor.say("bitbucket pr create --title Kites").fine();
    visitor.say("bitbucket pipeline trigger").fine();
    let requests = visitor.site.requests();
    assert_eq!(
        requests[0].json()["source"]["branch"]["name"],
        "spike/kites"
    );
    assert_eq!(requests[1].json()["target"]["ref_name"], "spike/kites");
}

#[test]
fn nothing_is_guessed_where_nothing_says_it() {
    let visitor = Visitor::new();
    let said = visitor.say("bitbucket pr list").failed(2);
    assert_eq!(
        said,
        "error: `lassi bitbucket pr list` needs `--repository`: no git remote of this folder is on Bitbucket\n"
    );
    let said = visitor.say("bitbucket repo get").failed(2);
    assert!(said.contains("needs `<REPOSITORY>`"), "{said}");
    let said = visitor
        .say("bitbucket pr create --title Kites --repository rocket")
        .failed(2);
    assert!(said.contains("needs `--source`"), "{said}");
    // nothing is deleted because of the folder that somebody is in
    git(
        &visitor,
        "main",
        &[("origin", "git@bitbucket.org:acme/rocket.git")],
    );
    visitor.say("bitbucket repo delete --yes").failed(2);
    assert_eq!(visitor.requested(), Vec::<String>::new());
}
