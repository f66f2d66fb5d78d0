//! The commands of Bitbucket: what they send, what they show, and how they end.

use super::visitor::Visitor;
use crate::home::Ran;
use serde_json::{Value as Json, json};

/// The requests that a command sends: method, path below the API with its query, and body.
#[track_caller]
fn sent(line: &[&str]) -> Vec<(String, Json)> {
    let visitor = Visitor::new();
    at_rocket(&visitor, line).fine();
    requests(&visitor)
}

fn requests(visitor: &Visitor) -> Vec<(String, Json)> {
    let requests = visitor.site.requests();
    let shown = requests.iter().map(|request| {
        let path = request.path.trim_start_matches("/bitbucket/2.0");
        let query: Vec<String> = request
            .query
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let query = query.join("&");
        let mark = if query.is_empty() { "" } else { "?" };
        (
            format!("{} {path}{mark}{query}", request.method),
            request.json(),
        )
    });
    shown.collect()
}

/// Runs a command of Bitbucket that is about `acme/rocket`.
fn at_rocket(visitor: &Visitor, line: &[&str]) -> Ran {
    visitor.run(&[&["bitbucket"], line, &["--repository", "rocket"]].concat())
}

const ROCKET: &str = "/repositories/acme/rocket";

#[test]
fn reading_asks_for_what_is_shown() {
    let visitor = Visitor::new();
    for (line, request, first) in [
        ("pr list", "/pullrequests?pagelen=50", "ID  STATE  AUTHOR"),
        (
            "pr list --state open,Merged --query id>1 --sort=-id --limit 1",
            "/pullrequests?state=OPEN&state=MERGED&q=id>1&sort=-id&pagelen=1",
            "",
        ),
        ("pr get 2", "/pullrequests/2", "id           2"),
        ("pr get #2", "/pullrequests/2", "id           2"),
        (
            "pr comment list 1",
            "/pullrequests/1/comments?pagelen=50",
            "ID   AUTHOR   CREATED",
        ),
        (
            "branch list --query name~\"fix\"",
            "/refs/branches?q=name~\"fix\"&pagelen=50",
            "BRANCH         COMMIT",
        ),
        ("commit list --limit 3", "/commits?pagelen=3", "COMMIT"),
        (
            "commit list --branch feature/wave --exclude spike/kites --path fins.txt",
            "/commits?include=feature/wave&exclude=spike/kites&path=fins.txt&pagelen=50",
            "COMMIT",
        ),
        (
            "commit get 000000000000000f736ae31d6e461e24ca4ec960",
            "/commit/000000000000000f736ae31d6e461e24ca4ec960",
            "commit  000000000000000f736ae31d6e461e24ca4ec960",
        ),
        (
            "pipeline list --branch main --status building",
            "/pipelines?sort=-created_on&target.branch=main&status=BUILDING&pagelen=50",
            "NUMBER  STATE",
        ),
        ("pipeline get 3", "/pipelines/3", "number     3"),
        (
            "pipeline get 00000000-0000-4000-8000-000000000703",
            "/pipelines/%7B00000000-0000-4000-8000-000000000703%7D",
            "number     3",
        ),
        ("pr diff 2", "/pullrequests/2/diff", "diff --git"),
    ] {
        let before = requests(&visitor).len();
        let output = at_rocket(&visitor, &line.split(' ').collect::<Vec<_>>()).fine();
        assert!(output.starts_with(first), "{line}: {output}");
        let asked = &requests(&visitor)[before].0;
        assert_eq!(*asked, format!("GET {ROCKET}{request}"), "{line}");
    }
}

#[test]
fn lists_come_in_every_form() {
    let visitor = Visitor::new();
    let keys = |line: &str| {
        let line: Vec<&str> = line.split(' ').collect();
        let line = [&["bitbucket"], line.as_slice(), &["-f", "quiet"]].concat();
        visitor.run(&line).fine()
    };
    assert_eq!(keys("workspace list"), "acme\n");
    assert_eq!(
        keys("repo list --role member --sort name"),
        "acme/landing-site\nacme/melon-tests\nacme/rocket\nacme/star-map\n"
    );
    assert_eq!(keys("pr list --repository rocket"), "3\n2\n");
    assert_eq!(
        keys("pipeline list --repository rocket --status passed,failed --branch fix/the-seven"),
        "3\n2\n"
    );
    assert_eq!(
        keys("pipeline list --repository rocket --limit 2"),
        "4\n3\n"
    );
    let csv = at_rocket(&visitor, &["pr", "list", "--limit", "1", "-f", "csv"]).fine();
    assert_eq!(
        csv,
        "ID,STATE,AUTHOR,SOURCE,DESTINATION,UPDATED,TITLE\r\n\
         3,OPEN,Ada Park,feature/wave,main,2027-03-01 09:30,Teach the autopilot to wave\r\n"
    );
    let answer = at_rocket(&visitor, &["pr", "get", "2", "-f", "json"]).fine();
    let answer: Json = serde_json::from_str(&answer).expect("JSON");
    assert_eq!(answer["source"]["branch"]["name"], "fix/the-seven");
    let yaml = at_rocket(&visitor, &["branch", "list", "-f", "yaml"]).fine();
    assert!(yaml.starts_with("- type: branch\n"), "{yaml}");
}

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

#[test]
fn logs_are_data_and_their_titles_are_not() {
    let visitor = Visitor::new();
    let ran = at_rocket(&visitor, &["pipeline", "logs", "2"]);
    assert_eq!(
        ran.output,
        "+ make build\nBuild the rocket: done\nFAILED\n+ make test\nDrop the melon: done\nFAILED\n"
    );
    assert_eq!(
        ran.messages,
        "step 1 of 2: Build the rocket (FAILED)\nstep 2 of 2: Drop the melon (FAILED)\n"
    );
    for step in [
        "2",
        "drop the melon",
        "00000000-0000-4000-8000-000000000821",
    ] {
        let log = at_rocket(&visitor, &["pipeline", "logs", "2", "--step", step]).fine();
        assert_eq!(log, "+ make test\nDrop the melon: done\nFAILED\n", "{step}");
    }
    let unknown = at_rocket(&visitor, &["pipeline", "logs", "2", "--step", "lunch"]).failed(3);
    assert_eq!(
        unknown,
        "error: there is no step `lunch`\nhint: there are: Build the rocket, Drop the melon\n"
    );
}

#[test]
fn what_is_wrong_is_said_with_the_code_for_it() {
    let visitor = Visitor::new();
    for (line, code, said) in [
        ("pr get 99", 3, "Pull request 99 does not exist."),
        ("pr get x/../../..", 2, "it names nothing"),
        ("pr get", 2, "<PULL_REQUEST>"),
        ("pr list --state opn", 2, "it is none of OPEN, MERGED"),
        ("pr create --source spike/kites", 2, "--title"),
        ("pr merge 3", 1, "merge conflicts"),
        ("pr merge 1", 2, "already closed"),
        ("pr merge 2 --strategy quick", 2, "possible values"),
        ("branch create main --from main", 2, "already exists"),
        ("branch create new", 2, "--from"),
        ("branch delete feature/wave", 2, "add `--yes`"),
        ("branch delete nothing --yes", 3, "does not exist"),
        ("commit get nothing", 3, "Commit not found: nothing"),
        ("pipeline get 99", 3, "pipeline was not found"),
        ("pipeline stop 1", 2, "already completed"),
        ("pipeline trigger --branch nothing", 2, "does not exist"),
    ] {
        let messages = at_rocket(&visitor, &line.split(' ').collect::<Vec<_>>()).failed(code);
        assert!(messages.contains(said), "{line}: {messages}");
    }
}
