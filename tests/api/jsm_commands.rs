//! The commands of Jira Service Management: what they send, what they show, and how they end; on both deployments.

use super::visitor::Visitor;
use serde_json::{Value as Json, json};

/// The last requests: method and path below the API with its query, and body.
fn requests(visitor: &Visitor, count: usize) -> Vec<(String, Json)> {
    let requests = visitor.site.requests();
    let shown = requests.iter().filter_map(|request| {
        let (_, path) = request.path.split_once("/rest/servicedeskapi")?;
        let query: Vec<String> = request
            .query
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let query = query.join("&");
        let mark = if query.is_empty() { "" } else { "?" };
        Some((
            format!("{} {path}{mark}{query}", request.method),
            request.json(),
        ))
    });
    let shown: Vec<_> = shown.collect();
    shown[shown.len().saturating_sub(count)..].to_vec()
}

/// Signed in on Cloud, and on Data Center.
fn everywhere() -> [Visitor; 2] {
    [Visitor::new(), Visitor::at_data_center()]
}

#[test]
fn reading_asks_for_what_is_shown_on_both_deployments() {
    for visitor in everywhere() {
        for (line, request, first) in [
            (
                "servicedesk list",
                "/servicedesk?limit=50",
                "ID  PROJECT  NAME\n1   HELP",
            ),
            (
                "servicedesk get 1",
                "/servicedesk/1",
                "id          1\nproject     HELP",
            ),
            (
                "servicedesk get HELP",
                "/servicedesk/HELP",
                "id          1\n",
            ),
            (
                "requesttype list --servicedesk 1",
                "/servicedesk/1/requesttype?limit=50",
                "ID  NAME",
            ),
            (
                "request list --servicedesk help --status open --ownership owned --type 11 --text coffee",
                "/request?expand=requestType&serviceDeskId=1&requestTypeId=11&requestStatus=OPEN_REQUESTS\
                 &requestOwnership=OWNED_REQUESTS&searchTerm=coffee&limit=50",
                "KEY     STATUS               TYPE                 REPORTER",
            ),
            (
                "request get help-1",
                "/request/HELP-1?expand=requestType,serviceDesk,participant",
                "key           HELP-1\nsummary       The coffee floats away\nstatus        Waiting for support\n\
                 type          Something is broken\ndesk          Help desk\n",
            ),
            (
                "request comment list HELP-1",
                "/request/HELP-1/comment?limit=50",
                "ID     AUTHOR    PUBLIC  CREATED           COMMENT\n31001  Ada Park  true",
            ),
            (
                "queue list --servicedesk HELP",
                "/servicedesk/HELP/queue?includeCount=true&limit=50",
                "ID  NAME      ISSUES  JQL\n21  All open  5",
            ),
            (
                "queue issues --servicedesk 1 --queue 21 --limit 2",
                "/servicedesk/1/queue/21/issue?limit=2",
                "KEY     TYPE             STATUS",
            ),
        ] {
            let output = visitor.say(&format!("jsm {line}")).fine();
            assert!(output.starts_with(first), "{line}: {output}");
            let asked = requests(&visitor, 1).remove(0);
            assert_eq!(asked, (format!("GET {request}"), Json::Null), "{line}");
        }
        let shown = visitor.say("jsm request get HELP-1").fine();
        assert!(
            shown.ends_with("\nDescription:\nThe coffee floats away. Please help.\n"),
            "{shown}"
        );
        let keys = visitor
            .say("jsm request list --status closed -f quiet")
            .fine();
        assert_eq!(keys, "HELP-3\nHELP-6\n");
        let request = visitor.say("jsm request get HELP-1 -f json").fine();
        let request: Json = serde_json::from_str(&request).expect("JSON");
        assert_eq!(request["requestFieldValues"][0]["fieldId"], "summary");
        assert_eq!(request["fields"], Json::Null);
    }
}

#[test]
fn a_request_is_made_with_the_number_of_its_type_and_desk() {
    for visitor in everywhere() {
        let made = visitor.run(&[
            "jsm",
            "request",
            "create",
            "--servicedesk",
            "HELP",
            "--type",
            "a question",
            "--summary",
            "Why?",
            "--body",
            "Is it **on**?",
            "--field",
            "labels=[\"a\",\"b\"]",
            "--field",
            "duedate=2027-03-01",
        ]);
        assert!(
            made.messages.starts_with("made the request HELP-8: http"),
            "{made:?}"
        );
        assert_eq!(made.fine(), "HELP-8\n");
        assert_eq!(
            requests(&visitor, 3),
            [
                ("GET /servicedesk/HELP".to_owned(), Json::Null),
                (
                    "GET /servicedesk/1/requesttype?limit=50".to_owned(),
                    Json::Null
                ),
                (
                    "POST /request".to_owned(),
                    json!({
                        "serviceDeskId": "1", "requestTypeId": "13",
                        "requestFieldValues": {
                            "summary": "Why?", "description": "Is it *on*?", "labels": ["a", "b"],
                            "duedate": "2027-03-01",
                        },
                    })
                ),
            ]
        );
    }
}

#[test]
fn what_a_request_lacks_is_named() {
    let visitor = Visitor::new();
    let lacking = visitor
        .say("jsm request create --servicedesk 1 --type 13")
        .failed(2);
    for said in [
        "  summary: it is needed\n",
        "hint: `--summary TEXT` sets it\n",
    ] {
        assert!(lacking.contains(said), "{lacking}");
    }
    let lacking = visitor.run(&[
        "jsm",
        "request",
        "create",
        "--servicedesk",
        "1",
        "--type",
        "something is broken",
        "--summary",
        "Boots",
    ]);
    let lacking = lacking.failed(2);
    for said in [
        "  customfield_10100 (Size): it is needed. One of: Small, Large\n",
        "hint: `--field 'customfield_10100={\"id\":\"1\"}'` sets it\n",
    ] {
        assert!(lacking.contains(said), "{lacking}");
    }
    let said = visitor
        .say("jsm request create --servicedesk 1 --type cake --summary Cake")
        .failed(3);
    assert_eq!(
        said,
        "error: there is no type of request `cake`\n\
         hint: there are: Something is broken, I need something, A question\n"
    );
    let said = visitor
        .say("jsm request create --servicedesk 1 --type 13 --field labels=[")
        .failed(2);
    assert!(
        said.contains("`labels=[` cannot be `--field`: its value is no JSON: column 1"),
        "{said}"
    );
    let said = visitor
        .say("jsm request create --servicedesk 1 --type 13 --field labels")
        .failed(2);
    assert!(said.contains("it has to be `NAME=VALUE`"), "{said}");
}

#[test]
fn requests_move_on_by_the_name_of_a_transition() {
    for visitor in everywhere() {
        let moved = visitor.run(&[
            "jsm",
            "request",
            "transition",
            "HELP-1",
            "--to",
            "resolved",
            "--comment",
            "It is *down* now.",
        ]);
        assert_eq!(moved.messages, "moved HELP-1 on: Resolved\n");
        let sent = requests(&visitor, 2);
        assert_eq!(sent[0].0, "GET /request/HELP-1/transition?limit=50");
        assert_eq!(sent[1].0, "POST /request/HELP-1/transition");
        assert_eq!(sent[1].1["id"], "902");
        assert_eq!(sent[1].1["additionalComment"]["body"], "It is _down_ now.");
        let shown = visitor.say("jsm request get HELP-1").fine();
        assert!(shown.contains("status        Resolved\n"), "{shown}");
        let unknown = visitor
            .say("jsm request transition HELP-1 --to lunch")
            .failed(3);
        assert_eq!(
            unknown,
            "error: there is no transition `lunch`\nhint: there are: Waiting for support, In progress\n"
        );
        let dry = visitor
            .say("jsm request transition HELP-1 --to 901 --dry-run")
            .fine();
        assert!(
            dry.ends_with(
                "/rest/servicedeskapi/request/HELP-1/transition\n{\n  \"id\": \"901\"\n}\n"
            ),
            "{dry}"
        );
        assert_eq!(
            requests(&visitor, 1)[0].0,
            "GET /request/HELP-1/transition?limit=50"
        );
    }
}

#[test]
fn a_comment_is_for_the_customer_unless_it_is_internal() {
    for visitor in everywhere() {
        for (flags, public) in [(vec![], true), (vec!["--internal"], false)] {
            let line = [
                "jsm", "request", "comment", "add", "HELP-2", "--body", "- one",
            ];
            let added = visitor.run(&[&line, flags.as_slice()].concat());
            assert!(added.messages.starts_with("added comment 3"), "{added:?}");
            assert_eq!(
                requests(&visitor, 1),
                [(
                    "POST /request/HELP-2/comment".to_owned(),
                    json!({"body": "* one", "public": public})
                )]
            );
        }
    }
}

#[test]
fn what_is_wrong_is_said_with_the_code_for_it() {
    let visitor = Visitor::new();
    for (line, code, said) in [
        ("servicedesk get 9", 3, "service desk with the ID '9'"),
        ("request get HELP-99", 3, "The issue does not exist"),
        ("request get", 2, "<REQUEST>"),
        ("request list --status ope", 2, "possible values: open"),
        ("request list --servicedesk NONE", 3, "'NONE'"),
        ("queue list", 2, "--servicedesk"),
        ("queue issues --servicedesk 1", 2, "--queue"),
        (
            "queue issues --servicedesk 1 --queue 99",
            3,
            "queue with the ID '99'",
        ),
        ("request comment add HELP-1", 2, "--body"),
        ("request transition HELP-1", 2, "--to"),
    ] {
        let messages = visitor.say(&format!("jsm {line}")).failed(code);
        assert!(messages.contains(said), "{line}: {messages}");
    }
}

#[test]
fn addresses_of_the_portal_are_read() {
    let visitor = Visitor::new();
    let portal = format!("{}/servicedesk/customer/portal/1", visitor.site.url());
    let desk = visitor
        .say(&format!("jsm servicedesk get {portal} -f quiet"))
        .fine();
    assert_eq!(desk, "1\n");
    let request = visitor
        .say(&format!("jsm request get {portal}/HELP-4 -f quiet"))
        .fine();
    assert_eq!(request, "HELP-4\n");
    let opened = visitor.say("jsm request get HELP-4 --web").fine();
    assert_eq!(opened, format!("{}/browse/HELP-4\n", visitor.site.url()));
}
