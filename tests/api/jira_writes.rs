//! What Jira's commands change: the request that each sends on either deployment, and how refusals read.

use super::visitor::Visitor;
use serde_json::{Value as Json, json};

/// A document of one paragraph, as Cloud takes it.
fn paragraph(text: &str) -> Json {
    json!({ "type": "doc", "version": 1, "content": [
        { "type": "paragraph", "content": [{ "type": "text", "text": text }] },
    ]})
}

/// Runs a command, its words parted by blanks; what comes back is the last request that it sent.
fn changed(visitor: &Visitor, line: &str) -> (String, Json) {
    let known = visitor.site.requests().len();
    visitor.say(&format!("jira {line}")).fine();
    visitor.sent_after(known).pop().expect("a request")
}

/// Runs each command, and compares the last request that it sent.
fn compare(visitor: &Visitor, changes: &[(&str, &str, Json)]) {
    for (line, request, body) in changes {
        let (sent, sent_body) = changed(visitor, line);
        assert_eq!(sent, *request, "{line}");
        assert_eq!(sent_body, *body, "{line}");
    }
}

/// The body that links two issues.
fn link(kind: &str, from: &str, to: &str) -> Json {
    json!({ "type": { "name": kind }, "inwardIssue": { "key": from }, "outwardIssue": { "key": to } })
}

#[test]
fn talking_assigning_and_watching_are_requests_of_cloud() {
    let visitor = Visitor::new();
    let assignee = |id: Option<&str>| json!({ "accountId": id });
    let (you, ada) = ("5f0000000000000000000001", "5f0000000000000000000002");
    compare(
        &visitor,
        &[
            (
                "issue comment add DEV-1 --body Done.",
                "POST /rest/api/3/issue/DEV-1/comment",
                json!({ "body": paragraph("Done.") }),
            ),
            (
                "issue comment update DEV-2 14020 --body Better.",
                "PUT /rest/api/3/issue/DEV-2/comment/14020",
                json!({ "body": paragraph("Better.") }),
            ),
            (
                "issue comment delete DEV-2 14020 --yes",
                "DELETE /rest/api/3/issue/DEV-2/comment/14020",
                Json::Null,
            ),
            (
                "issue assign DEV-1 ada@acme.example",
                "PUT /rest/api/3/issue/DEV-1/assignee",
                assignee(Some(ada)),
            ),
            (
                "issue assign DEV-1 @me",
                "PUT /rest/api/3/issue/DEV-1/assignee",
                assignee(Some(you)),
            ),
            (
                "issue assign DEV-1 none",
                "PUT /rest/api/3/issue/DEV-1/assignee",
                assignee(None),
            ),
            (
                "issue watch DEV-1",
                "POST /rest/api/3/issue/DEV-1/watchers",
                json!(you),
            ),
            (
                "issue unwatch DEV-1 --user ada@acme.example",
                "DELETE /rest/api/3/issue/DEV-1/watchers",
                Json::Null,
            ),
        ],
    );
    let requests = visitor.site.requests();
    let watcher = requests.last().and_then(|last| last.parameter("accountId"));
    assert_eq!(watcher, Some(ada));
}

#[test]
fn linking_editing_moving_and_deleting_are_requests_of_cloud() {
    let visitor = Visitor::new();
    compare(
        &visitor,
        &[
            (
                "issue link DEV-3 DEV-4 --type blocks",
                "POST /rest/api/3/issueLink",
                link("Blocks", "DEV-3", "DEV-4"),
            ),
            (
                "issue link DEV-3 DEV-5 --type duplicate",
                "POST /rest/api/3/issueLink",
                link("Duplicate", "DEV-3", "DEV-5"),
            ),
            (
                "issue unlink DEV-2 DEV-1 --yes",
                "DELETE /rest/api/3/issueLink/16001",
                Json::Null,
            ),
            (
                "issue update DEV-1 --summary New --assignee none --add-label a,b --remove-label c",
                "PUT /rest/api/3/issue/DEV-1",
                json!({
                    "fields": { "summary": "New", "assignee": null },
                    "update": { "labels": [{ "add": "a" }, { "add": "b" }, { "remove": "c" }] },
                }),
            ),
            (
                "issue update DEV-2 --label= --body= --field customfield_10016=null",
                "PUT /rest/api/3/issue/DEV-2",
                json!({ "fields": {
                    "description": { "type": "doc", "version": 1, "content": [] },
                    "labels": [], "customfield_10016": null,
                }}),
            ),
            (
                "issue transition DEV-1 --to 21",
                "POST /rest/api/3/issue/DEV-1/transitions",
                json!({ "transition": { "id": "21" } }),
            ),
            (
                "issue transition DEV-1 --to dONE --comment Look --resolution Done",
                "POST /rest/api/3/issue/DEV-1/transitions",
                json!({
                    "transition": { "id": "41" },
                    "fields": { "resolution": { "name": "Done" } },
                    "update": { "comment": [{ "add": { "body": paragraph("Look") } }] },
                }),
            ),
            (
                "issue delete DEV-9 --subtasks --yes",
                "DELETE /rest/api/3/issue/DEV-9",
                Json::Null,
            ),
        ],
    );
    let requests = visitor.site.requests();
    let subtasks = requests
        .last()
        .and_then(|last| last.parameter("deleteSubtasks"));
    assert_eq!(subtasks, Some("true"));
    // the words of a link in the other direction
    let arguments = [
        "jira",
        "issue",
        "link",
        "DEV-3",
        "DEV-6",
        "--type",
        "Is Blocked By",
    ];
    visitor.run(&arguments).fine();
    let sent = visitor.sent_after(0).pop().expect("a request");
    assert_eq!(sent.1, link("Blocks", "DEV-6", "DEV-3"));
    let shown = visitor.say("jira issue get DEV-3").fine();
    assert!(shown.contains("is blocked by DEV-6"), "{shown}");
}

#[test]
fn people_are_mentioned_by_address() {
    let mention = "[@Ada](accountid:ada@acme.example) knows";
    let visitor = Visitor::new();
    let arguments = [
        "jira", "issue", "comment", "add", "DEV-1", "--body", mention,
    ];
    visitor.run(&arguments).fine();
    let (_, body) = visitor.sent_after(0).pop().expect("a request");
    let mentioned = &body["body"]["content"][0]["content"][0];
    assert_eq!(mentioned["type"], "mention");
    assert_eq!(mentioned["attrs"]["id"], "5f0000000000000000000002");
    let data_center = Visitor::at_data_center();
    data_center.run(&arguments).fine();
    let (_, body) = data_center.sent_after(0).pop().expect("a request");
    assert_eq!(body, json!({ "body": "[~ada] knows" }));
    // a part of an address is nobody's address
    let told = visitor
        .say("jira issue assign DEV-1 da@acme.example")
        .failed(3);
    assert!(
        told.contains("there is nobody called `da@acme.example`"),
        "{told}"
    );
}

#[test]
fn data_center_takes_names_and_wiki_markup() {
    let visitor = Visitor::at_data_center();
    compare(
        &visitor,
        &[
            (
                "issue comment add DEV-1 --body **Well**",
                "POST /rest/api/2/issue/DEV-1/comment",
                json!({ "body": "*Well*" }),
            ),
            (
                "issue comment update DEV-2 14020 --body `x`",
                "PUT /rest/api/2/issue/DEV-2/comment/14020",
                json!({ "body": "{{x}}" }),
            ),
            (
                "issue assign DEV-1 ada@acme.example",
                "PUT /rest/api/2/issue/DEV-1/assignee",
                json!({ "name": "ada" }),
            ),
            (
                "issue assign DEV-1 none",
                "PUT /rest/api/2/issue/DEV-1/assignee",
                json!({ "name": null }),
            ),
            (
                "issue watch DEV-1 --user bo",
                "POST /rest/api/2/issue/DEV-1/watchers",
                json!("bo"),
            ),
            (
                "issue transition DEV-1 --to Done --comment *there*",
                "POST /rest/api/2/issue/DEV-1/transitions",
                json!({
                    "transition": { "id": "41" },
                    "update": { "comment": [{ "add": { "body": "_there_" } }] },
                }),
            ),
            (
                "issue create --project DEV --type Bug --summary x --body **y** --assignee @me",
                "POST /rest/api/2/issue",
                json!({ "fields": {
                    "project": { "key": "DEV" }, "issuetype": { "name": "Bug" }, "summary": "x",
                    "description": "*y*", "assignee": { "name": "you" },
                }}),
            ),
            (
                "issue update DEV-1 --priority High",
                "PUT /rest/api/2/issue/DEV-1",
                json!({ "fields": { "priority": { "name": "High" } } }),
            ),
            (
                "issue link DEV-3 DEV-4",
                "POST /rest/api/2/issueLink",
                link("Relates", "DEV-3", "DEV-4"),
            ),
            (
                "issue delete DEV-9 --yes",
                "DELETE /rest/api/2/issue/DEV-9",
                Json::Null,
            ),
        ],
    );
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
            "--field project={\"key\":\"DEV\"} --summary x",
            &["there are Task, Bug"],
        ),
        ("--project NOPE --summary x", &["an issue has one"]),
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
