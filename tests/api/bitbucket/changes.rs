//! What changes something at Bitbucket: what is sent, what is said, and what asks first.

use super::{ROCKET, Visitor, at_rocket, requests, sent};
use serde_json::{Value as Json, json};

/// A command, parted by blanks, sends one request: method, path below the repository, and body.
#[track_caller]
fn sends(line: &str, request: &str, body: &Json) {
    let (method, path) = request.split_once(' ').expect("method and path");
    let expected = (format!("{method} {ROCKET}{path}"), body.clone());
    assert_eq!(
        sent(&line.split(' ').collect::<Vec<_>>()),
        [expected],
        "{line}"
    );
}

#[test]
fn pull_requests_are_opened_with_what_was_given() {
    sends(
        "pr create --title Kites --source spike/kites",
        "POST /pullrequests",
        &json!({"title": "Kites", "source": {"branch": {"name": "spike/kites"}}}),
    );
    sends(
        "pr create --title Kites --body **All** --source spike/kites --destination feature/wave --reviewer {1},{2} \
         --draft --close-branch",
        "POST /pullrequests",
        &json!({
            "title": "Kites", "description": "**All**", "draft": true, "close_source_branch": true,
            "source": {"branch": {"name": "spike/kites"}},
            "destination": {"branch": {"name": "feature/wave"}},
            "reviewers": [{"uuid": "{1}"}, {"uuid": "{2}"}],
        }),
    );
}

#[test]
fn an_empty_list_is_not_sent() {
    let line = [
        "pr",
        "create",
        "--title",
        "Kites",
        "--source",
        "spike/kites",
        "--reviewer",
        "",
    ];
    let body = &sent(&line)[0].1;
    assert_eq!(body["title"], "Kites");
    assert_eq!(body["reviewers"], Json::Null);
}

#[test]
fn pull_requests_are_decided_and_talked_about() {
    for (line, request) in [
        ("pr approve 2", "POST /pullrequests/2/approve"),
        ("pr decline 2", "POST /pullrequests/2/decline"),
        ("pr merge 2", "POST /pullrequests/2/merge"),
    ] {
        sends(line, request, &Json::Null);
    }
    sends(
        "pr merge 2 --strategy Squash --message Seven --close-branch",
        "POST /pullrequests/2/merge",
        &json!({"merge_strategy": "squash", "message": "Seven", "close_source_branch": true}),
    );
    sends(
        "pr comment add 1 --body -no",
        "POST /pullrequests/1/comments",
        &json!({"content": {"raw": "-no"}}),
    );
    sends(
        "pr comment add 1 --body no --file fins.txt --line 2 --reply-to 401",
        "POST /pullrequests/1/comments",
        &json!({"content": {"raw": "no"}, "inline": {"path": "fins.txt", "to": 2}, "parent": {"id": 401}}),
    );
}

#[test]
fn branches_and_pipelines_are_told_what_to_do() {
    sends(
        "branch create a/b --from main",
        "POST /refs/branches",
        &json!({"name": "a/b", "target": {"hash": "main"}}),
    );
    sends(
        "branch delete feature/wave --yes",
        "DELETE /refs/branches/feature/wave",
        &Json::Null,
    );
    let target = json!({"type": "pipeline_ref_target", "ref_type": "branch", "ref_name": "main"});
    sends(
        "pipeline trigger --branch main",
        "POST /pipelines",
        &json!({ "target": target }),
    );
    let mut custom = target;
    custom["selector"] = json!({"type": "custom", "pattern": "release"});
    sends(
        "pipeline trigger --branch main --pipeline release --variable A=1=2 --variable B=",
        "POST /pipelines",
        &json!({
            "target": custom,
            "variables": [{"key": "A", "value": "1=2"}, {"key": "B", "value": ""}],
        }),
    );
    sends(
        "pipeline stop 4",
        "POST /pipelines/4/stopPipeline",
        &Json::Null,
    );
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
