//! What is changed in the demo site's Jira is there afterwards, and what cannot be changed is refused as Jira does it.

use super::client::{Product, bearer, cloud, get, send};
use crate::demo_site::DemoSite;
use crate::demo_site::tokens::PERSONAL_ACCESS_TOKEN;
use serde_json::{Value, json};

fn document(text: &str) -> Value {
    let content = json!([{ "type": "paragraph", "content": [{ "type": "text", "text": text }] }]);
    json!({ "type": "doc", "version": 1, "content": content })
}

#[test]
fn an_issue_is_made_edited_moved_assigned_and_deleted() {
    let site = DemoSite::start();
    let jira = cloud(&site);
    let fields = json!({ "project": { "key": "DEV" }, "issuetype": { "name": "Bug" }, "summary": "It hums",
        "description": document("At night.") });
    let made = jira.send("POST", "/rest/api/3/issue", &json!({ "fields": fields }));
    assert_eq!((made.status, &made.json()["key"]), (201, &json!("DEV-31")));
    let issue = "/rest/api/3/issue/DEV-31";
    let edit = json!({ "fields": { "priority": { "name": "High" } }, "update": { "labels": [{ "add": "noise" }] } });
    assert_eq!(jira.send("PUT", issue, &edit).status, 204);
    let assignee = json!({ "accountId": "5f0000000000000000000002" });
    assert_eq!(
        jira.send("PUT", &format!("{issue}/assignee"), &assignee)
            .status,
        204
    );
    let moves = jira.get(&format!("{issue}/transitions")).json();
    let start = &moves["transitions"][0];
    assert_eq!(start["to"]["name"], "In Progress");
    let start = json!({ "transition": { "id": start["id"] } });
    assert_eq!(
        jira.send("POST", &format!("{issue}/transitions"), &start)
            .status,
        204
    );
    assert_eq!(
        jira.send("POST", &format!("{issue}/transitions"), &start)
            .status,
        400
    );

    let fields = jira.get(issue).json()["fields"].clone();
    assert_eq!(fields["description"], document("At night."));
    assert_eq!(fields["priority"]["name"], "High");
    assert_eq!(fields["labels"], json!(["noise"]));
    assert_eq!(fields["assignee"]["displayName"], "Ada Park");
    assert_eq!(fields["status"]["name"], "In Progress");

    assert_eq!(jira.send("DELETE", issue, &json!(null)).status, 204);
    let gone = jira.get(issue);
    assert_eq!(gone.status, 404);
    assert_eq!(
        gone.json()["errorMessages"],
        json!(["Issue does not exist or you do not have permission to see it."])
    );
}

#[test]
fn an_issue_that_lacks_something_is_refused_by_field() {
    let site = DemoSite::start();
    let jira = cloud(&site);
    let refused = |fields: Value| {
        let reply = jira.send("POST", "/rest/api/3/issue", &json!({ "fields": fields }));
        assert_eq!(reply.status, 400);
        reply.json()["errors"].clone()
    };
    assert_eq!(
        refused(json!({ "project": { "key": "NOPE" } })),
        json!({ "project": "Specify a valid project ID or key", "issuetype": "Specify an issue type",
            "summary": "You must specify a summary of the issue." })
    );
    let incident = json!({ "project": { "key": "DEV" }, "issuetype": { "name": "Incident" }, "summary": "Fire", "description": "plain" });
    assert_eq!(
        refused(incident),
        json!({ "components": "Components is required.",
            "description": "Operation value must be an Atlassian Document (see the Atlassian Document Format)" })
    );
    let never = json!({ "transition": { "id": "41" } });
    let reply = jira.send("POST", "/rest/api/3/issue/DEV-7/transitions", &never);
    assert_eq!(reply.status, 400);
}

#[test]
fn comments_watchers_and_links_come_and_go() {
    let site = DemoSite::start();
    let jira = cloud(&site);
    let issue = "/rest/api/3/issue/DEV-4";
    let said = jira.send(
        "POST",
        &format!("{issue}/comment"),
        &json!({ "body": document("Hello") }),
    );
    assert_eq!(said.status, 201);
    let comment = format!(
        "{issue}/comment/{}",
        said.json()["id"].as_str().expect("an id")
    );
    let edited = jira.send("PUT", &comment, &json!({ "body": document("Hello again") }));
    assert_eq!(edited.json()["body"], document("Hello again"));
    assert_eq!(jira.send("DELETE", &comment, &json!(null)).status, 204);
    assert_eq!(jira.get(&comment).status, 404);

    let watchers = format!("{issue}/watchers");
    assert_eq!(
        jira.send("POST", &watchers, &json!("5f0000000000000000000003"))
            .status,
        204
    );
    assert_eq!(jira.get(&watchers).json()["watchCount"], 2);

    let link = json!({ "type": { "name": "Relates" }, "inwardIssue": { "key": "DEV-4" }, "outwardIssue": { "key": "DEV-5" } });
    assert_eq!(
        jira.send("POST", "/rest/api/3/issueLink", &link).status,
        201
    );
    let links =
        jira.get(&format!("{issue}?fields=issuelinks")).json()["fields"]["issuelinks"].clone();
    assert_eq!(links[0]["outwardIssue"]["key"], "DEV-5");
    let id = links[0]["id"].as_str().expect("an id");
    assert_eq!(
        jira.send(
            "DELETE",
            &format!("/rest/api/3/issueLink/{id}"),
            &json!(null)
        )
        .status,
        204
    );
}

#[test]
fn files_are_taken_as_forms_with_a_header_against_forgery() {
    let site = DemoSite::start();
    let jira = cloud(&site);
    let url = jira.url("/rest/api/3/issue/DEV-3/attachments");
    let form = "--line\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nfirst\r\nsecond\r\n--line--\r\n";
    let kind = "Content-Type: multipart/form-data; boundary=line";
    assert_eq!(send("POST", &url, &[&jira.sign_in, kind], form).status, 403);
    let headers = [&jira.sign_in, kind, "X-Atlassian-Token: no-check"];
    let added = send("POST", &url, &headers, form).json();
    assert_eq!(
        (&added[0]["filename"], &added[0]["size"]),
        (&json!("a.txt"), &json!(13))
    );
    let content = added[0]["content"].as_str().expect("an address");
    let elsewhere = get(content, &jira.sign_in);
    assert_eq!(
        get(elsewhere.header("location").expect("a redirect"), "").body,
        "first\r\nsecond"
    );
}

#[test]
fn data_center_takes_plain_text_and_names() {
    let site = DemoSite::start();
    let jira = Product {
        site: &site,
        root: "/jira-dc",
        sign_in: bearer(PERSONAL_ACCESS_TOKEN),
    };
    let fields = json!({ "project": { "key": "DEV" }, "issuetype": { "name": "Task" }, "summary": "Plain",
        "description": "text", "assignee": { "name": "bo" } });
    assert_eq!(
        jira.send("POST", "/rest/api/2/issue", &json!({ "fields": fields }))
            .status,
        201
    );
    let made = jira.get("/rest/api/2/issue/DEV-31").json();
    assert_eq!(
        (
            &made["fields"]["description"],
            &made["fields"]["assignee"]["name"]
        ),
        (&json!("text"), &json!("bo"))
    );
    let refused = jira.send(
        "PUT",
        "/rest/api/2/issue/DEV-31",
        &json!({ "fields": { "description": document("x") } }),
    );
    assert_eq!(
        refused.json()["errors"]["description"],
        "Operation value must be a string"
    );
    assert_eq!(
        cloud(&site).get("/rest/api/3/issue/DEV-31").status,
        404,
        "another Jira"
    );
}
