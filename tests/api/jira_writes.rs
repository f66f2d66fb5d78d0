//! What Jira's commands change: the request that each sends on either deployment, and how refusals read.

use super::visitor::Visitor;
use serde_json::{Value as Json, json};

/// A document of one paragraph, as Cloud takes it.
fn paragraph(text: &str) -> Json {
    json!({ "type": "doc", "version": 1, "content": [
        { "type": "paragraph", "content": [{ "type": "text", "text": text }] },
    ]})
}

/// Runs a command; what comes back is the last request that it sent.
fn changed(visitor: &Visitor, arguments: &[&str]) -> (String, Json) {
    let known = visitor.site.requests().len();
    visitor.run(&[&["jira"], arguments].concat()).fine();
    visitor.sent_after(known).pop().expect("a request")
}

#[test]
fn each_change_is_one_request_on_cloud() {
    let visitor = Visitor::new();
    let ada = "5f0000000000000000000002";
    for (arguments, request, body) in [
        (
            &["issue", "comment", "add", "DEV-1", "--body", "Well done"][..],
            "POST /rest/api/3/issue/DEV-1/comment",
            json!({ "body": paragraph("Well done") }),
        ),
        (
            &[
                "issue", "comment", "update", "DEV-2", "14020", "--body", "- better",
            ],
            "PUT /rest/api/3/issue/DEV-2/comment/14020",
            Json::Null,
        ),
        (
            &["issue", "comment", "delete", "DEV-2", "14020", "--yes"],
            "DELETE /rest/api/3/issue/DEV-2/comment/14020",
            json!(null),
        ),
        (
            &["issue", "assign", "DEV-1", "ada@acme.example"],
            "PUT /rest/api/3/issue/DEV-1/assignee",
            json!({ "accountId": ada }),
        ),
        (
            &["issue", "assign", "DEV-1", "@me"],
            "PUT /rest/api/3/issue/DEV-1/assignee",
            json!({ "accountId": "5f0000000000000000000001" }),
        ),
        (
            &["issue", "assign", "DEV-1", "none"],
            "PUT /rest/api/3/issue/DEV-1/assignee",
            json!({ "accountId": null }),
        ),
        (
            &["issue", "watch", "DEV-1"],
            "POST /rest/api/3/issue/DEV-1/watchers",
            json!("5f0000000000000000000001"),
        ),
        (
            &["issue", "unwatch", "DEV-1", "--user", ada],
            "DELETE /rest/api/3/issue/DEV-1/watchers",
            json!(null),
        ),
        (
            &["issue", "link", "DEV-3", "DEV-4", "--type", "blocks"],
            "POST /rest/api/3/issueLink",
            json!({ "type": { "name": "Blocks" }, "inwardIssue": { "key": "DEV-3" }, "outwardIssue": { "key": "DEV-4" } }),
        ),
        (
            &["issue", "link", "DEV-3", "DEV-5", "--type", "Is Blocked By"],
            "POST /rest/api/3/issueLink",
            json!({ "type": { "name": "Blocks" }, "inwardIssue": { "key": "DEV-5" }, "outwardIssue": { "key": "DEV-3" } }),
        ),
        (
            &["issue", "unlink", "DEV-2", "DEV-1", "--yes"],
            "DELETE /rest/api/3/issueLink/16001",
            json!(null),
        ),
        (
            &[
                "issue",
                "update",
                "DEV-1",
                "--summary",
                "New",
                "--assignee",
                "none",
                "--add-label",
                "a,b",
                "--remove-label",
                "c",
            ],
            "PUT /rest/api/3/issue/DEV-1",
            json!({
                "fields": { "summary": "New", "assignee": null },
                "update": { "labels": [{ "add": "a" }, { "add": "b" }, { "remove": "c" }] },
            }),
        ),
        (
            &["issue", "transition", "DEV-1", "--to", "in progress"],
            "POST /rest/api/3/issue/DEV-1/transitions",
            json!({ "transition": { "id": "21" } }),
        ),
        (
            &[
                "issue",
                "transition",
                "DEV-1",
                "--to",
                "ask FOR review",
                "--comment",
                "Look",
                "--resolution",
                "Done",
            ],
            "POST /rest/api/3/issue/DEV-1/transitions",
            json!({
                "transition": { "id": "31" },
                "fields": { "resolution": { "name": "Done" } },
                "update": { "comment": [{ "add": { "body": paragraph("Look") } }] },
            }),
        ),
        (
            &["issue", "delete", "DEV-9", "--subtasks", "--yes"],
            "DELETE /rest/api/3/issue/DEV-9",
            json!(null),
        ),
    ] {
        let (sent, sent_body) = changed(&visitor, arguments);
        assert_eq!(sent, request, "{arguments:?}");
        if request.contains("comment/14020") && request.starts_with("PUT") {
            assert_eq!(sent_body["body"]["content"][0]["type"], "bulletList");
        } else {
            assert_eq!(sent_body, body, "{arguments:?}");
        }
    }
    let subtasks = visitor.site.requests();
    let query = subtasks
        .last()
        .and_then(|request| request.parameter("deleteSubtasks"));
    assert_eq!(query, Some("true"));
}

#[test]
fn data_center_takes_names_and_wiki_markup() {
    let visitor = Visitor::at_data_center();
    for (arguments, request, body) in [
        (
            &[
                "issue",
                "comment",
                "add",
                "DEV-1",
                "--body",
                "**Well** done",
            ][..],
            "POST /rest/api/2/issue/DEV-1/comment",
            json!({ "body": "*Well* done" }),
        ),
        (
            &["issue", "assign", "DEV-1", "ada@acme.example"],
            "PUT /rest/api/2/issue/DEV-1/assignee",
            json!({ "name": "ada" }),
        ),
        (
            &["issue", "assign", "DEV-1", "none"],
            "PUT /rest/api/2/issue/DEV-1/assignee",
            json!({ "name": null }),
        ),
        (
            &["issue", "watch", "DEV-1", "--user", "bo"],
            "POST /rest/api/2/issue/DEV-1/watchers",
            json!("bo"),
        ),
        (
            &[
                "issue",
                "transition",
                "DEV-1",
                "--to",
                "Done",
                "--comment",
                "_there_",
            ],
            "POST /rest/api/2/issue/DEV-1/transitions",
            json!({ "transition": { "id": "41" }, "update": { "comment": [{ "add": { "body": "_there_" } }] } }),
        ),
        (
            &[
                "issue",
                "create",
                "--project",
                "DEV",
                "--type",
                "Bug",
                "--summary",
                "It hums",
                "--body",
                "# Why",
                "--assignee",
                "@me",
            ],
            "POST /rest/api/2/issue",
            json!({ "fields": {
                "project": { "key": "DEV" }, "issuetype": { "name": "Bug" }, "summary": "It hums",
                "description": "h1. Why", "assignee": { "name": "you" },
            }}),
        ),
        (
            &["issue", "update", "DEV-1", "--priority", "High"],
            "PUT /rest/api/2/issue/DEV-1",
            json!({ "fields": { "priority": { "name": "High" } } }),
        ),
        (
            &["issue", "link", "DEV-3", "DEV-4"],
            "POST /rest/api/2/issueLink",
            json!({ "type": { "name": "Relates" }, "inwardIssue": { "key": "DEV-3" }, "outwardIssue": { "key": "DEV-4" } }),
        ),
        (
            &["issue", "delete", "DEV-9", "--yes"],
            "DELETE /rest/api/2/issue/DEV-9",
            json!(null),
        ),
    ] {
        let (sent, sent_body) = changed(&visitor, arguments);
        assert_eq!(sent, request, "{arguments:?}");
        assert_eq!(sent_body, body, "{arguments:?}");
    }
}

#[test]
fn an_issue_is_made_of_flags_and_of_fields_by_name() {
    let visitor = Visitor::new();
    let arguments = [
        "jira",
        "issue",
        "create",
        "--project",
        "DEV",
        "--type",
        "Incident",
        "--summary",
        "It hums",
        "--body",
        "At night",
        "--assignee",
        "ada@acme.example",
        "--label",
        "noise,night",
        "--priority",
        "High",
        "--field",
        r#"components=[{"name":"Engine"}]"#,
        "--field",
        "Story point estimate=5",
        "--field",
        "Due date=2027-05-01",
    ];
    let ran = visitor.run(&arguments);
    assert!(ran.messages.contains("created DEV-31"), "{}", ran.messages);
    assert_eq!(ran.fine(), "DEV-31\n");
    let sent = visitor.sent_after(0).pop().expect("a request");
    assert_eq!(sent.0, "POST /rest/api/3/issue");
    assert_eq!(
        sent.1,
        json!({ "fields": {
            "project": { "key": "DEV" }, "issuetype": { "name": "Incident" }, "summary": "It hums",
            "description": paragraph("At night"), "assignee": { "accountId": "5f0000000000000000000002" },
            "labels": ["noise", "night"], "priority": { "name": "High" },
            "components": [{ "name": "Engine" }], "customfield_10016": 5, "duedate": "2027-05-01",
        }})
    );
    let shown = visitor.say("jira issue get DEV-31").fine();
    assert!(shown.contains("components  Engine\n"), "{shown}");
    assert!(shown.ends_with("\nAt night\n"), "{shown}");
    let json = visitor
        .say("jira issue create --project DEV --type Task --summary x -f json")
        .fine();
    assert_eq!(
        serde_json::from_str::<Json>(&json).expect("JSON")["key"],
        "DEV-32"
    );
}

#[test]
fn what_an_issue_needs_is_named_with_the_values_that_it_may_have() {
    let visitor = Visitor::new();
    let data_center = Visitor::at_data_center();
    for (line, words) in [
        ("--summary x", &["needs `--project`"][..]),
        ("--project DEV --type Bug", &["needs `--summary`"]),
        (
            "--project DEV --summary x",
            &["needs `--type`", "Task, Bug, Story, Incident"],
        ),
        (
            "--project DEV --summary x --type Nope",
            &[
                "issuetype (Issue Type): ",
                "One of: Task, Bug, Story, Incident",
                "`--type Task`",
            ],
        ),
        (
            "--project DEV --summary x --type Incident",
            &[
                "components: Components is required. One of: Engine, Guidance, Cabin",
                r#"`--field 'components=[{"name":"Engine"}]'`"#,
            ],
        ),
        (
            "--project DEV --summary x --type Bug --priority Urgent",
            &[
                "priority: The priority selected is invalid. One of: Highest, High, Medium",
                "`--priority Highest`",
            ],
        ),
        (
            "--project DEV --summary x --type Bug --field a={",
            &["is no JSON"],
        ),
    ] {
        for visitor in [&visitor, &data_center] {
            let told = visitor.say(&format!("jira issue create {line}")).failed(2);
            for part in words {
                assert!(told.contains(part), "{line}: {part} in {told}");
            }
        }
    }
    let told = visitor
        .say("jira issue update DEV-1 --priority Urgent")
        .failed(2);
    assert!(told.contains("One of: Highest, High"), "{told}");
    let told = visitor.say("jira issue update DEV-1").failed(2);
    assert!(told.contains("nothing is to be changed"), "{told}");
    let arguments = [
        "jira",
        "issue",
        "update",
        "DEV-1",
        "--field",
        "Story points=3",
    ];
    let told = visitor.run(&arguments).failed(3);
    assert!(told.contains("there is no field `Story points`"), "{told}");
    assert!(
        told.contains("Story point estimate (customfield_10016)"),
        "{told}"
    );
}

#[test]
fn what_cannot_be_done_is_told_with_what_can() {
    let visitor = Visitor::new();
    for (line, code, words) in [
        (
            "issue transition DEV-1 --to Closed",
            3,
            "there are: In Progress (Start progress), In Review (Ask for review), Done",
        ),
        (
            "issue transition DEV-7 --to Done",
            2,
            "A checklist can only be closed after launch.",
        ),
        ("issue transition --to Done", 2, "no issue is named"),
        (
            "issue transition DEV-1 --jql project=DEV --to Done",
            2,
            "an issue is named besides",
        ),
        (
            "issue transition DEV-999 --to Done",
            3,
            "Issue does not exist",
        ),
        (
            "issue link DEV-1 DEV-2 --type nope",
            3,
            "there are: Blocks (blocks), Relates (relates to)",
        ),
        ("issue unlink DEV-1 DEV-9 --yes", 3, "there are: DEV-2"),
        (
            "issue assign DEV-1 nobody@acme.example",
            3,
            "there is nobody called `nobody@acme.example`",
        ),
        (
            "issue comment update DEV-1 1 --body x",
            3,
            "Can not find a comment for the id: 1.",
        ),
        ("issue delete DEV-999 --yes", 3, "Issue does not exist"),
        ("issue get ..", 2, "it names nothing"),
    ] {
        let told = visitor.say(&format!("jira {line}")).failed(code);
        assert!(told.contains(words), "{line}: {told}");
    }
    let there = visitor.say("jira issue transition DEV-5 --to done");
    assert!(
        there.messages.contains("DEV-5 is in Done already"),
        "{there:?}"
    );
    there.fine();
}

#[test]
fn without_a_yes_or_with_a_dry_run_nothing_is_changed() {
    let visitor = Visitor::new();
    for line in [
        "issue delete DEV-1",
        "issue comment delete DEV-3 14030",
        "issue unlink DEV-2 DEV-1",
        "attachment delete 15001",
    ] {
        let told = visitor.say(&format!("jira {line}")).failed(2);
        assert!(told.contains("add `--yes` to say yes"), "{line}: {told}");
        let shown = visitor.say(&format!("jira {line} --dry-run")).fine();
        assert!(shown.starts_with("DELETE http://"), "{line}: {shown}");
    }
    for line in [
        "issue create --project DEV --type Bug --summary x",
        "issue update DEV-1 --summary x",
        "issue transition DEV-1 --to Done",
        "issue assign DEV-1 @me",
        "issue comment add DEV-1 --body x",
        "issue link DEV-1 DEV-3",
        "issue watch DEV-1",
    ] {
        let shown = visitor.say(&format!("jira {line} --dry-run")).fine();
        let word = if line.contains("update") || line.contains("assign") {
            "PUT "
        } else {
            "POST "
        };
        assert!(shown.starts_with(word), "{line}: {shown}");
    }
    let requests = visitor.site.requests();
    assert!(
        requests.iter().all(|request| request.method == "GET"),
        "{requests:?}"
    );
    visitor
        .run(&["config", "set", "profiles.demo.read_only=true"])
        .fine();
    let told = visitor.say("jira issue update DEV-1 --summary x").failed(1);
    assert!(told.contains("read-only"), "{told}");
}
