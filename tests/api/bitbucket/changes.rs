//! What changes something at Bitbucket: what is sent, what is said, and what asks first.

use super::{ROCKET, Visitor, at_rocket, requests, sent};
use serde_json::{Value as Json, json};

#[test]
fn changes_send_what_was_given() {
    let pulls = format!("{ROCKET}/pullrequests");
    for (line, request, body) in [
        (
            vec![
                "pr",
                "create",
                "--title",
                "Kites",
                "--source",
                "spike/kites",
            ],
            format!("POST {pulls}"),
            json!({"title": "Kites", "source": {"branch": {"name": "spike/kites"}}}),
        ),
        (
            vec![
                "pr",
                "create",
                "--title",
                "Kites",
                "--body",
                "**All** of them",
                "--source",
                "spike/kites",
                "--destination",
                "feature/wave",
                "--reviewer",
                "{1},{2}",
                "--draft",
                "--close-branch",
            ],
            format!("POST {pulls}"),
            json!({
                "title": "Kites", "description": "**All** of them", "draft": true, "close_source_branch": true,
                "source": {"branch": {"name": "spike/kites"}},
                "destination": {"branch": {"name": "feature/wave"}},
                "reviewers": [{"uuid": "{1}"}, {"uuid": "{2}"}],
            }),
        ),
        (
            vec!["pr", "approve", "2"],
            format!("POST {pulls}/2/approve"),
            Json::Null,
        ),
        (
            vec!["pr", "decline", "2"],
            format!("POST {pulls}/2/decline"),
            Json::Null,
        ),
        (
            vec!["pr", "merge", "2"],
            format!("POST {pulls}/2/merge"),
            Json::Null,
        ),
        (
            vec![
                "pr",
                "merge",
                "2",
                "--strategy",
                "Squash",
                "--message",
                "Seven",
                "--close-branch",
            ],
            format!("POST {pulls}/2/merge"),
            json!({"merge_strategy": "squash", "message": "Seven", "close_source_branch": true}),
        ),
        (
            vec!["pr", "comment", "add", "1", "--body", "- no"],
            format!("POST {pulls}/1/comments"),
            json!({"content": {"raw": "- no"}}),
        ),
        (
            vec![
                "pr",
                "comment",
                "add",
                "1",
                "--body",
                "no",
                "--file",
                "fins.txt",
                "--line",
                "2",
                "--reply-to",
                "401",
            ],
            format!("POST {pulls}/1/comments"),
            json!({"content": {"raw": "no"}, "inline": {"path": "fins.txt", "to": 2}, "parent": {"id": 401}}),
        ),
        (
            vec!["branch", "create", "a/b", "--from", "main"],
            format!("POST {ROCKET}/refs/branches"),
            json!({"name": "a/b", "target": {"hash": "main"}}),
        ),
        (
            vec!["branch", "delete", "feature/wave", "--yes"],
            format!("DELETE {ROCKET}/refs/branches/feature/wave"),
            Json::Null,
        ),
        (
            vec!["pipeline", "trigger", "--branch", "main"],
            format!("POST {ROCKET}/pipelines"),
            json!({"target": {"type": "pipeline_ref_target", "ref_type": "branch", "ref_name": "main"}}),
        ),
        (
            vec![
                "pipeline",
                "trigger",
                "--branch",
                "main",
                "--pipeline",
                "release",
                "--variable",
                "A=1=2",
                "--variable",
                "B=",
            ],
            format!("POST {ROCKET}/pipelines"),
            json!({
                "target": {
                    "type": "pipeline_ref_target", "ref_type": "branch", "ref_name": "main",
                    "selector": {"type": "custom", "pattern": "release"},
                },
                "variables": [{"key": "A", "value": "1=2"}, {"key": "B", "value": ""}],
            }),
        ),
        (
            vec!["pipeline", "stop", "4"],
            format!("POST {ROCKET}/pipelines/4/stopPipeline"),
            Json::Null,
        ),
    ] {
        assert_eq!(sent(&line), [(request, body)], "{line:?}");
    }
}

#[test]
fn reviewers_are_members_by_name_or_address() {
    let visitor = Visitor::new();
    let create = |reviewers: &str| {
        at_rocket(
            &visitor,
            &[
                "pr",
                "create",
                "--title",
                "Kites",
                "--source",
                "spike/kites",
                "--reviewer",
                reviewers,
                "--dry-run",
            ],
        )
    };
    let shown = create("ada@acme.example,bo lind,@me,{9}").fine();
    let uuid = |number| format!("\"uuid\": \"{{00000000-0000-4000-8000-00000000000{number}}}\"");
    for expected in [uuid(1), uuid(2), uuid(3), "\"uuid\": \"{9}\"".to_owned()] {
        assert!(shown.contains(&expected), "{expected}: {shown}");
    }
    let asked: Vec<String> = requests(&visitor)
        .into_iter()
        .map(|(line, _)| line)
        .collect();
    assert_eq!(
        asked,
        [
            "GET /workspaces/acme/members?q=user.email IN (\"ada@acme.example\")&pagelen=100",
            "GET /workspaces/acme/members?pagelen=100",
            "GET /user",
        ]
    );
    let nobody = create("zoe").failed(3);
    assert!(nobody.contains("there is nobody called `zoe`"), "{nobody}");
}

#[test]
fn what_was_done_is_said_and_the_key_of_what_was_made_is_data() {
    let visitor = Visitor::new();
    let ran = at_rocket(
        &visitor,
        &[
            "pr",
            "create",
            "--title",
            "Kites",
            "--source",
            "spike/kites",
        ],
    );
    assert_eq!(ran.output, "5\n");
    assert_eq!(
        ran.messages,
        "opened pull request 5: https://bitbucket.org/acme/rocket/pull-requests/5\n"
    );
    let ran = at_rocket(&visitor, &["pr", "merge", "5", "--message", "Slowly"]);
    assert_eq!(
        ran.messages,
        "the merge of pull request 5 of acme/rocket goes on: `lassi bitbucket pr get 5` says when it is done\n"
    );
    let ran = at_rocket(&visitor, &["pr", "merge", "5"]);
    assert_eq!(
        (ran.output.as_str(), ran.messages.as_str()),
        ("", "merged pull request 5 of acme/rocket\n")
    );
    let ran = at_rocket(&visitor, &["pipeline", "trigger", "--branch", "main"]);
    assert_eq!(ran.output, "5\n");
    assert_eq!(ran.messages, "started run 5 on main of acme/rocket\n");
}

#[test]
fn repositories_are_made_for_few_eyes_and_deleted_after_a_question() {
    let visitor = Visitor::new();
    let made = visitor.run(&[
        "bitbucket",
        "repo",
        "create",
        "tiny",
        "--project",
        "FLY",
        "--description",
        "Small",
    ]);
    assert_eq!(made.fine(), "acme/tiny\n");
    visitor
        .say("bitbucket repo create acme/open --public")
        .fine();
    let shown = visitor.say("bitbucket repo get tiny").fine();
    assert!(shown.contains("private     true\n"), "{shown}");
    let asked = visitor.say("bitbucket repo delete tiny").failed(2);
    assert_eq!(
        asked,
        "error: Delete the repository acme/tiny and all that is in it? There is nobody to ask.\n\
         hint: add `--yes` to say yes\n"
    );
    visitor.say("bitbucket repo delete tiny --yes").fine();
    let gone = visitor.say("bitbucket repo delete tiny --yes").failed(3);
    assert!(gone.contains("no longer exists"), "{gone}");
    let one = "/repositories/acme/tiny";
    assert_eq!(
        requests(&visitor),
        [
            (
                format!("POST {one}"),
                json!({"is_private": true, "project": {"key": "FLY"}, "description": "Small"})
            ),
            (
                "POST /repositories/acme/open".to_owned(),
                json!({"is_private": false})
            ),
            (format!("GET {one}"), Json::Null),
            (format!("DELETE {one}"), Json::Null),
            (format!("DELETE {one}"), Json::Null),
        ]
    );
}

#[test]
fn a_dry_run_sends_nothing() {
    let visitor = Visitor::new();
    for line in [
        "repo create tiny --dry-run",
        "repo delete rocket --dry-run",
        "pr create --title Kites --source spike/kites --repository rocket --dry-run",
        "pr merge 2 --repository rocket --dry-run",
        "branch delete feature/wave --repository rocket --dry-run",
        "pipeline trigger --branch main --repository rocket --dry-run",
    ] {
        let output = visitor.say(&format!("bitbucket {line}")).fine();
        let address = format!("{}/bitbucket/2.0/repositories/acme/", visitor.site.url());
        assert!(output.contains(&address), "{line}: {output}");
    }
    assert_eq!(requests(&visitor), []);
}
