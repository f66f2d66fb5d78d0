//! What is changed in the other products of the demo site is there afterwards, and what cannot be changed is refused in
//! the words of the product.

use super::client::{Product, basic, cloud, get};
use crate::demo_site::DemoSite;
use crate::demo_site::tokens::BITBUCKET_TOKEN;
use serde_json::json;

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
