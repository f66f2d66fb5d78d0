//! What is changed on the demo site is there afterwards, and what cannot be changed is refused in the words of the
//! product.

use crate::client::{Reply, basic, bearer, get, send, send_json};
use crate::demo_site::DemoSite;
use crate::demo_site::tokens::{API_TOKEN, BITBUCKET_TOKEN, PERSONAL_ACCESS_TOKEN};
use serde_json::{Value, json};

/// A product and a sign-in for it.
struct Product<'site> {
    site: &'site DemoSite,
    root: &'static str,
    sign_in: String,
}

impl Product<'_> {
    fn get(&self, path: &str) -> Reply {
        get(&self.url(path), &self.sign_in)
    }

    fn send(&self, method: &str, path: &str, body: &Value) -> Reply {
        send_json(method, &self.url(path), &self.sign_in, body)
    }

    fn url(&self, path: &str) -> String {
        format!("{}{}{path}", self.site.url(), self.root)
    }
}

fn cloud(site: &DemoSite) -> Product<'_> {
    let sign_in = basic(API_TOKEN);
    Product {
        site,
        root: "",
        sign_in,
    }
}

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

#[test]
fn a_page_is_made_and_changed_one_version_at_a_time() {
    let site = DemoSite::start();
    let wiki = cloud(&site);
    let body = json!({ "representation": "storage", "value": "<p>one</p>" });
    let page = json!({ "spaceId": "65537", "title": "New", "parentId": "98305", "body": body });
    let made = wiki.send("POST", "/wiki/api/v2/pages", &page).json();
    let path = format!("/wiki/api/v2/pages/{}", made["id"].as_str().expect("an id"));
    assert_eq!(
        wiki.send("POST", "/wiki/api/v2/pages", &page).status,
        400,
        "the title is taken"
    );
    let version = |number: u64| {
        json!({ "id": made["id"], "status": "current", "title": "Newer", "version": { "number": number },
            "body": { "representation": "storage", "value": "<p>two</p>" } })
    };
    let conflict = wiki.send("PUT", &path, &version(1));
    assert_eq!(conflict.status, 409);
    assert!(
        conflict.json()["errors"][0]["title"]
            .as_str()
            .is_some_and(|title| title.starts_with("Version must be incremented"))
    );
    assert_eq!(
        wiki.send("PUT", &path, &version(2)).json()["version"]["number"],
        2
    );
    let read = wiki.get(&format!("{path}?body-format=storage")).json();
    assert_eq!(read["body"]["storage"]["value"], "<p>two</p>");

    let first = format!(
        "/wiki/rest/api/content/{}",
        made["id"].as_str().expect("an id")
    );
    let labels = wiki.send(
        "POST",
        &format!("{first}/label"),
        &json!([{ "prefix": "global", "name": "fresh" }]),
    );
    assert_eq!(labels.json()["results"][0]["name"], "fresh");
    assert_eq!(
        wiki.get(&format!("{path}/labels")).json()["results"][0]["name"],
        "fresh"
    );

    assert_eq!(wiki.send("DELETE", &path, &json!(null)).status, 204);
    let gone = wiki.get(&path);
    assert_eq!(gone.status, 404);
    assert!(
        gone.body.contains("Could not find page with id"),
        "{}",
        gone.body
    );
}

#[test]
fn pull_requests_are_made_approved_merged_and_declined() {
    let site = DemoSite::start();
    let bitbucket = Product {
        site: &site,
        root: "/bitbucket/2.0/repositories/acme/rocket",
        sign_in: basic(BITBUCKET_TOKEN),
    };
    let branch = json!({ "name": "try/it", "target": { "hash": "main" } });
    assert_eq!(
        bitbucket.send("POST", "/refs/branches", &branch).status,
        201
    );
    assert_eq!(
        bitbucket.get("/refs/branches/try/it").json()["name"],
        "try/it"
    );
    let pull = json!({ "title": "Try it", "source": { "branch": { "name": "try/it" } }, "close_source_branch": true });
    let made = bitbucket.send("POST", "/pullrequests", &pull);
    assert_eq!((made.status, &made.json()["id"]), (201, &json!(5)));
    assert_eq!(
        bitbucket
            .send("POST", "/pullrequests/5/approve", &json!(null))
            .json()["approved"],
        true
    );
    let said = bitbucket.send(
        "POST",
        "/pullrequests/5/comments",
        &json!({ "content": { "raw": "Nice" } }),
    );
    assert_eq!(said.status, 201);
    assert_eq!(
        bitbucket
            .send("POST", "/pullrequests/5/merge", &json!({}))
            .json()["state"],
        "MERGED"
    );
    assert_eq!(
        bitbucket.get("/refs/branches/try/it").status,
        404,
        "closed with it"
    );
    assert_eq!(
        bitbucket
            .send("POST", "/pullrequests/5/merge", &json!({}))
            .status,
        400
    );
    assert_eq!(
        bitbucket
            .send("POST", "/pullrequests/3/merge", &json!({}))
            .status,
        409
    );
    assert_eq!(
        bitbucket
            .send("POST", "/pullrequests/2/decline", &json!({}))
            .json()["state"],
        "DECLINED"
    );

    let diff = bitbucket.get("/pullrequests/3/diff");
    let text = get(
        diff.header("location").expect("a redirect"),
        &bitbucket.sign_in,
    );
    assert!(text.body.starts_with("diff --git"), "{}", text.body);
    let missing = bitbucket.send(
        "POST",
        "/pullrequests",
        &json!({ "title": "x", "source": { "branch": { "name": "no" } } }),
    );
    assert_eq!(
        missing.json(),
        json!({ "type": "error", "error": { "message": "source: branch not found: no" } })
    );
}

#[test]
fn pipelines_are_started_stopped_and_read() {
    let site = DemoSite::start();
    let bitbucket = Product {
        site: &site,
        root: "/bitbucket/2.0/repositories/acme/rocket/pipelines",
        sign_in: basic(BITBUCKET_TOKEN),
    };
    let target = json!({ "target": { "type": "pipeline_ref_target", "ref_type": "branch", "ref_name": "main" } });
    let run = bitbucket.send("POST", "", &target).json();
    assert_eq!(run["build_number"], 5);
    let uuid = run["uuid"]
        .as_str()
        .expect("an id")
        .replace('{', "%7B")
        .replace('}', "%7D");
    assert_eq!(
        bitbucket
            .send("POST", &format!("/{uuid}/stopPipeline"), &json!(null))
            .status,
        204
    );
    assert_eq!(
        bitbucket.get(&format!("/{uuid}")).json()["state"]["result"]["name"],
        "STOPPED"
    );
    let steps = bitbucket.get(&format!("/{uuid}/steps")).json();
    let step = steps["values"][1]["uuid"]
        .as_str()
        .expect("an id")
        .to_owned();
    let log = bitbucket.get(&format!("/{uuid}/steps/{step}/log"));
    assert_eq!(log.body, "+ make test\nDrop the melon: done\nSTOPPED\n");
}

#[test]
fn a_repository_is_made_once_and_deleted() {
    let site = DemoSite::start();
    let bitbucket = Product {
        site: &site,
        root: "/bitbucket/2.0/repositories/acme",
        sign_in: basic(BITBUCKET_TOKEN),
    };
    assert_eq!(
        bitbucket
            .send("POST", "/kite", &json!({ "scm": "git" }))
            .status,
        200
    );
    assert_eq!(
        bitbucket
            .send("POST", "/kite", &json!({ "scm": "git" }))
            .status,
        400
    );
    assert_eq!(bitbucket.send("DELETE", "/kite", &json!(null)).status, 204);
    assert_eq!(bitbucket.get("/kite").status, 404);
}

#[test]
fn a_request_for_help_is_made_answered_and_resolved() {
    let site = DemoSite::start();
    let desk = cloud(&site);
    let request = "/rest/servicedeskapi/request";
    let asked = json!({ "serviceDeskId": "1", "requestTypeId": "12", "requestFieldValues": { "summary": "More tea" } });
    assert_eq!(
        desk.send("POST", request, &asked).json()["issueKey"],
        "HELP-8"
    );
    let lacking = json!({ "serviceDeskId": "1", "requestTypeId": "12", "requestFieldValues": {} });
    let refused = desk.send("POST", request, &lacking);
    assert_eq!(refused.status, 400);
    assert!(
        refused.json()["errorMessage"]
            .as_str()
            .is_some_and(|told| told.contains("Summary"))
    );
    let said = json!({ "body": "With milk", "public": false });
    assert_eq!(
        desk.send("POST", &format!("{request}/HELP-8/comment"), &said)
            .status,
        201
    );
    let moves = desk.get(&format!("{request}/HELP-8/transition")).json();
    let resolve = json!({ "id": moves["values"][1]["id"] });
    assert_eq!(
        desk.send("POST", &format!("{request}/HELP-8/transition"), &resolve)
            .status,
        204
    );
    let shown = desk.get(&format!("{request}/HELP-8")).json();
    assert_eq!(shown["currentStatus"]["status"], "Resolved");
}
