//! What changes things in Confluence: the requests on both deployments, what is said of them, and what is refused.

use super::person::{ID, Person};
use super::scripted::{self, Server, target};
use super::visitor::Visitor;
use crate::demo_site::tokens::SCOPED_TOKEN;
use serde_json::{Value as Json, json};

/// The last request to Confluence: method and path with query, and what was sent along.
fn last(visitor: &Visitor) -> (String, Json) {
    let line = visitor.asked_confluence().pop().unwrap_or_default();
    let request = visitor.site.requests().pop();
    (
        line,
        request.map(|request| request.json()).unwrap_or_default(),
    )
}

const CREATE: [&str; 9] = [
    "confluence",
    "page",
    "create",
    "--space",
    "DOCS",
    "--title",
    "A & B",
    "--body",
    "One **two**",
];

#[test]
fn a_page_is_created() {
    let visitor = Visitor::new();
    let ran = visitor.run(&[&CREATE[..], &["--parent", "DOCS/Engine"]].concat());
    assert_eq!(ran.messages, "created page 200001: A & B\n");
    assert_eq!(ran.fine(), "200001\n");
    let (line, body) = last(&visitor);
    assert_eq!(line, "POST /wiki/api/v2/pages");
    assert_eq!(
        body,
        json!({
            "spaceId": "65537", "status": "current", "title": "A & B", "parentId": "98308",
            "body": {"representation": "storage", "value": "<p>One <strong>two</strong></p>"},
        })
    );
    let data_center = Visitor::at_data_center();
    let ran = data_center.run(&[&CREATE[..], &["--parent", "98308"]].concat());
    assert_eq!(ran.fine(), "200001\n");
    let (line, body) = last(&data_center);
    assert_eq!(line, "POST /wiki-dc/rest/api/content");
    assert_eq!(
        body,
        json!({
            "type": "page", "status": "current", "title": "A & B", "space": {"key": "DOCS"},
            "ancestors": [{"id": "98308"}],
            "body": {"storage": {"representation": "storage", "value": "<p>One <strong>two</strong></p>"}},
        })
    );
}

#[test]
fn what_cannot_be_created_is_refused_in_the_servers_words() {
    let visitor = Visitor::new();
    visitor.run(&CREATE).fine();
    let again = visitor.run(&CREATE);
    assert_eq!(again.code, Some(2), "{again:?}");
    assert!(
        again
            .messages
            .contains("A page with this title already exists"),
        "{again:?}"
    );
    let mut nowhere = CREATE;
    nowhere[4] = "NONE";
    let ran = visitor.run(&nowhere);
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.messages.contains("there is no space `NONE`"), "{ran:?}");
    for missing in [
        "confluence page create --title A --body B",
        "confluence page create --space DOCS --body B",
    ] {
        assert_eq!(visitor.say(missing).code, Some(2), "{missing}");
    }
}

#[test]
fn a_page_is_updated_and_keeps_what_is_not_given() {
    let visitor = Visitor::new();
    let before: Json =
        serde_json::from_str(&visitor.say("confluence page get 98307 -f json").fine())
            .expect("JSON");
    let ran = visitor.run(&[
        "confluence",
        "page",
        "update",
        "98307",
        "--title",
        "Countdown",
        "--message",
        "shorter",
    ]);
    assert_eq!(ran.messages, "updated page 98307: Countdown (version 3)\n");
    assert_eq!(ran.fine(), "");
    let (line, body) = last(&visitor);
    assert_eq!(line, "PUT /wiki/api/v2/pages/98307");
    assert_eq!(
        body,
        json!({
            "id": "98307", "status": "current", "title": "Countdown",
            "body": {"representation": "storage", "value": before["body"]["storage"]["value"]},
            "version": {"number": 3, "message": "shorter"},
        })
    );
    let ran = visitor.run(&[
        "confluence",
        "page",
        "update",
        "98307",
        "--body",
        "*New*",
        "--parent",
        "98308",
    ]);
    ran.fine();
    let (_, body) = last(&visitor);
    assert_eq!(body["title"], "Countdown");
    assert_eq!(body["body"]["value"], "<p><em>New</em></p>");
    assert_eq!(body["parentId"], "98308");
    assert_eq!(body["version"], json!({"number": 4}));
}

/// A macro that Markdown cannot say would be gone: that is asked, and nothing is written without a yes.
#[test]
fn what_a_new_text_would_lose_is_asked_about_first() {
    let visitor = Visitor::new();
    let spaces: Json =
        serde_json::from_str(&visitor.say("confluence space get DOCS -f json").fine())
            .expect("JSON");
    let with_macro = json!({
        "spaceId": spaces["id"], "status": "current", "title": "With a table of contents",
        "body": {
            "representation": "storage",
            "value": "<p>x</p><ac:structured-macro ac:name=\"toc\"/>",
        },
    });
    let sent = with_macro.to_string();
    let made = visitor.run(&["api", "confluence", "/wiki/api/v2/pages", "-d", &sent]);
    let made: Json = serde_json::from_str(&made.fine()).expect("JSON");
    let id = made["id"].as_str().expect("an id");
    let written = || {
        let requests = visitor.requested();
        requests
            .iter()
            .filter(|line| line.starts_with("PUT "))
            .count()
    };

    let ran = visitor.run(&["confluence", "page", "update", id, "--body", "y"]);
    let messages = ran.failed(2);
    assert!(messages.contains("toc. Write it?"), "{messages}");
    assert!(messages.contains("--yes"), "{messages}");
    assert_eq!(written(), 0);
    // another title loses nothing
    visitor
        .run(&["confluence", "page", "update", id, "--title", "T"])
        .fine();
    visitor
        .run(&["confluence", "page", "update", id, "--body", "y", "--yes"])
        .fine();
    assert_eq!(written(), 2);
}

#[test]
fn a_page_is_updated_on_data_center() {
    let visitor = Visitor::at_data_center();
    let ran = visitor.run(&[
        "confluence",
        "page",
        "update",
        "98306",
        "--body",
        "New",
        "--parent",
        "98308",
    ]);
    assert_eq!(
        ran.messages,
        "updated page 98306: Getting aboard (version 2)\n"
    );
    let (line, body) = last(&visitor);
    assert_eq!(line, "PUT /wiki-dc/rest/api/content/98306");
    assert_eq!(
        body,
        json!({
            "id": "98306", "type": "page", "title": "Getting aboard", "ancestors": [{"id": "98308"}],
            "body": {"storage": {"representation": "storage", "value": "<p>New</p>"}},
            "version": {"number": 2},
        })
    );
}

#[test]
fn a_newer_version_is_not_written_over() {
    for visitor in [Visitor::new(), Visitor::at_data_center()] {
        let ran = visitor.run(&[
            "confluence",
            "page",
            "update",
            "98307",
            "--body",
            "B",
            "--version",
            "1",
        ]);
        assert_eq!(ran.code, Some(1), "{ran:?}");
        assert!(
            ran.messages.contains("somebody has changed it meanwhile"),
            "{ran:?}"
        );
        assert!(ran.messages.contains("Current Version: [2]"), "{ran:?}");
        assert!(ran.messages.contains("hint: "), "{ran:?}");
    }
}

#[test]
fn nothing_to_change_is_no_update() {
    let visitor = Visitor::new();
    let ran = visitor.say("confluence page update 98307 --message no");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(
        ran.messages.contains("there is nothing to change"),
        "{ran:?}"
    );
    assert!(visitor.asked_confluence().is_empty());
}

#[test]
fn a_page_goes_to_the_trash_when_that_is_confirmed() {
    let cloud = (Visitor::new(), "DELETE /wiki/api/v2/pages/98330");
    let data_center = (
        Visitor::at_data_center(),
        "DELETE /wiki-dc/rest/api/content/98330",
    );
    for (visitor, request) in [cloud, data_center] {
        let asked = visitor.say("confluence page delete 98330");
        assert_eq!(asked.code, Some(2), "{asked:?}");
        assert!(
            asked.messages.contains("Move page 98330 to the trash?"),
            "{asked:?}"
        );
        assert!(visitor.asked_confluence().is_empty());
        let ran = visitor.say("confluence page delete 98330 --yes");
        assert_eq!(ran.messages, "page 98330 is in the trash\n");
        assert_eq!(last(&visitor).0, request);
        assert_eq!(visitor.say("confluence page get 98330").code, Some(3));
    }
}

#[test]
fn labels_come_and_go() {
    for (visitor, context) in [
        (Visitor::new(), "/wiki"),
        (Visitor::at_data_center(), "/wiki-dc"),
    ] {
        let ran = visitor.say("confluence page label add 98306 a,b c");
        assert_eq!(ran.messages, "page 98306 has a, b, c\n");
        let (line, body) = last(&visitor);
        assert_eq!(line, format!("POST {context}/rest/api/content/98306/label"));
        assert_eq!(
            body,
            json!([
                {"prefix": "global", "name": "a"},
                {"prefix": "global", "name": "b"},
                {"prefix": "global", "name": "c"},
            ])
        );
        let ran = visitor.say("confluence page label remove 98306 b");
        assert_eq!(ran.messages, "page 98306 has no label b\n");
        assert_eq!(
            last(&visitor).0,
            format!("DELETE {context}/rest/api/content/98306/label?name=b")
        );
        let left = visitor
            .say("confluence page label list 98306 -f quiet")
            .fine();
        assert_eq!(left, "a\nc\n");
    }
}

#[test]
fn a_comment_is_added() {
    let visitor = Visitor::new();
    let ran = visitor.run(&[
        "confluence",
        "page",
        "comment",
        "add",
        "98306",
        "--body",
        "Through the *roof*.",
    ]);
    assert_eq!(ran.messages, "added comment 200001 to page 98306\n");
    let (line, body) = last(&visitor);
    assert_eq!(line, "POST /wiki/api/v2/footer-comments");
    let said = "<p>Through the <em>roof</em>.</p>";
    assert_eq!(
        body,
        json!({"pageId": "98306", "body": {"representation": "storage", "value": said}})
    );
    let listed = visitor.say("confluence page comment list 98306").fine();
    assert!(listed.contains("Through the roof."), "{listed}");
    let visitor = Visitor::at_data_center();
    visitor
        .run(&[
            "confluence",
            "page",
            "comment",
            "add",
            "98306",
            "--body",
            "Through the *roof*.",
        ])
        .fine();
    let (line, body) = last(&visitor);
    assert_eq!(line, "POST /wiki-dc/rest/api/content");
    assert_eq!(
        body,
        json!({
            "type": "comment", "container": {"id": "98306", "type": "page"},
            "body": {"storage": {"representation": "storage", "value": said}},
        })
    );
}

#[test]
fn a_dry_run_shows_the_request_and_sends_none() {
    let visitor = Visitor::new();
    let url = visitor.site.url();
    for (arguments, shown) in [
        (&CREATE[..], format!("POST {url}/wiki/api/v2/pages\n")),
        (
            &["confluence", "page", "update", "98307", "--title", "T"][..],
            format!("PUT {url}/wiki/api/v2/pages/98307\n"),
        ),
        (
            &["confluence", "page", "delete", "98307"][..],
            format!("DELETE {url}/wiki/api/v2/pages/98307\n"),
        ),
        (
            &["confluence", "page", "label", "add", "98307", "a"][..],
            format!("POST {url}/wiki/rest/api/content/98307/label\n"),
        ),
    ] {
        let output = visitor.run(&[arguments, &["--dry-run"]].concat()).fine();
        assert!(output.starts_with(&shown), "{arguments:?}: {output}");
    }
    let changes = visitor
        .asked_confluence()
        .into_iter()
        .filter(|line| !line.starts_with("GET "));
    assert_eq!(changes.count(), 0);
}

#[test]
fn a_token_that_may_only_read_is_told_what_it_lacks() {
    let visitor = Visitor::with_token(SCOPED_TOKEN);
    for line in [
        "confluence page create --space DOCS --title T --body B",
        "confluence page update 98307 --title T",
        "confluence page delete 98307 --yes",
        "confluence page label add 98307 a",
        "confluence page comment add 98307 --body B",
    ] {
        let ran = visitor.say(line);
        assert_eq!(ran.code, Some(4), "{line}: {ran:?}");
        assert!(ran.messages.contains("lacks a scope"), "{line}: {ran:?}");
    }
}

#[test]
fn classic_scopes_change_things_by_the_older_api() {
    let server = Server::plain(|request, _| {
        let path = target(request);
        if path.contains("tenant_info") {
            scripted::json(200, &format!("{{\"cloudId\":\"{ID}\"}}"))
        } else if path.contains("/api/v2/") {
            let message = "Unauthorized; scope does not match";
            scripted::json(401, &format!("{{\"code\":401,\"message\":\"{message}\"}}"))
        } else {
            let page = r#"{"id":"5","type":"page","title":"T","version":{"number":1},"body":{"storage":{"value":""}}}"#;
            scripted::json(200, page)
        }
    });
    let person = Person::on_cloud(&server.url(), "");
    for (line, request) in [
        (
            "confluence page create --space DOCS --title T --body B",
            "POST /ex/confluence/{ID}/wiki/rest/api/content",
        ),
        (
            "confluence page update 5 --body B",
            "PUT /ex/confluence/{ID}/wiki/rest/api/content/5",
        ),
        (
            "confluence page delete 5 --yes",
            "DELETE /ex/confluence/{ID}/wiki/rest/api/content/5",
        ),
        (
            "confluence page comment add 5 --body B",
            "POST /ex/confluence/{ID}/wiki/rest/api/content",
        ),
    ] {
        person.say(line).fine();
        let sent = server.targets().pop();
        assert_eq!(sent, Some(request.replace("{ID}", ID)), "{line}");
    }
}
