//! The demo site lets in, refuses, and pretends, as Atlassian's servers do.

use super::client::{basic, bearer, get, send};
use crate::demo_site::tokens::{
    API_TOKEN, BITBUCKET_TOKEN, BUSY_TOKEN, CAPTCHA_TOKEN, PERSONAL_ACCESS_TOKEN, SCOPED_TOKEN,
    SESSION_COOKIES, WORKSPACE_TOKEN,
};
use crate::demo_site::{CLOUD_ID, DemoSite};
use serde_json::json;

/// The address of a product at the gateway.
fn gateway(site: &DemoSite, product: &str) -> String {
    format!("{}/ex/{product}/{CLOUD_ID}", site.url())
}

#[test]
fn who_you_are_is_told_by_every_product() {
    let site = DemoSite::start();
    let url = site.url();
    let jira = gateway(&site, "jira");
    let confluence = gateway(&site, "confluence");
    let session = format!("Cookie: {SESSION_COOKIES}");
    for (address, sign_in) in [
        (format!("{url}/rest/api/3/myself"), basic(API_TOKEN)),
        (format!("{jira}/rest/api/3/myself"), basic(API_TOKEN)),
        (format!("{jira}/rest/api/3/myself"), basic(SCOPED_TOKEN)),
        (
            format!("{url}/wiki/rest/api/user/current"),
            basic(API_TOKEN),
        ),
        (
            format!("{confluence}/wiki/rest/api/user/current"),
            basic(SCOPED_TOKEN),
        ),
        (format!("{url}/bitbucket/2.0/user"), basic(BITBUCKET_TOKEN)),
        (
            format!("{url}/jira-dc/rest/api/2/myself"),
            bearer(PERSONAL_ACCESS_TOKEN),
        ),
        (format!("{url}/jira-dc/rest/api/2/myself"), session),
        (
            format!("{url}/wiki-dc/rest/api/user/current"),
            bearer(PERSONAL_ACCESS_TOKEN),
        ),
    ] {
        let reply = get(&address, &sign_in);
        assert_eq!(reply.status, 200, "{address}");
        assert!(
            reply.body.contains("You Yourself"),
            "{address}: {}",
            reply.body
        );
    }
}

#[test]
fn the_cloud_id_and_the_kind_of_installation_are_told_to_everybody() {
    let site = DemoSite::start();
    let told = |path: &str| get(&format!("{}{path}", site.url()), "").json();
    assert_eq!(told("/_edge/tenant_info"), json!({ "cloudId": CLOUD_ID }));
    assert_eq!(told("/rest/api/2/serverInfo")["deploymentType"], "Cloud");
    assert_eq!(
        told("/jira-dc/rest/api/2/serverInfo")["deploymentType"],
        "Server"
    );
    assert_eq!(told("/rest/servicedeskapi/info")["isLicensedForUse"], true);
    assert_eq!(told("/wiki-dc/rest/api/user/current")["type"], "anonymous");
}

#[test]
fn a_wrong_token_is_answered_in_the_way_of_each_product() {
    let site = DemoSite::start();
    let wrong = |path: &str| get(&format!("{}{path}", site.url()), &basic("demo-bad-token"));

    let myself = wrong("/rest/api/3/myself");
    assert_eq!(myself.status, 401);
    assert_eq!(
        myself.header("content-type"),
        Some("text/html;charset=UTF-8")
    );

    let search = wrong("/rest/api/3/search/jql?jql=project=DEV");
    assert_eq!(search.status, 200);
    assert_eq!(
        search.header("x-seraph-loginreason"),
        Some("AUTHENTICATED_FAILED")
    );
    assert_eq!(search.json()["issues"], json!([]));

    let page = wrong("/wiki/api/v2/pages/98305");
    assert_eq!(page.status, 404);
    let error = &page.json()["errors"][0];
    assert_eq!(
        (&error["title"], &error["detail"]),
        (&json!("Not Found"), &json!(null))
    );

    assert_eq!(wrong("/wiki/rest/api/content/98305").status, 403);

    let bitbucket = wrong("/bitbucket/2.0/user");
    assert_eq!(bitbucket.status, 401);
    assert_eq!(bitbucket.json()["type"], "error");
    assert!(
        bitbucket
            .body
            .contains("Token is invalid, expired, or not supported")
    );

    let opaque = get(
        &format!("{}/rest/api/3/myself", site.url()),
        &bearer("demo-bad-token"),
    );
    assert_eq!(opaque.status, 403);
    assert!(
        opaque
            .body
            .contains("Failed to parse Connect Session Auth Token")
    );
}

#[test]
fn a_token_with_scopes_is_for_the_gateway_and_for_its_scopes() {
    let site = DemoSite::start();
    let at_site = get(
        &format!("{}/rest/api/3/myself", site.url()),
        &basic(SCOPED_TOKEN),
    );
    assert_eq!(at_site.status, 401);
    assert!(
        at_site
            .header("content-type")
            .is_some_and(|kind| kind.starts_with("text/html"))
    );

    let asked = |product: &str, path: &str| {
        get(
            &format!("{}{path}", gateway(&site, product)),
            &basic(SCOPED_TOKEN),
        )
    };
    for (product, path) in [
        ("confluence", "/wiki/api/v2/pages"),
        ("jira", "/rest/agile/1.0/board"),
        ("jira", "/rest/servicedeskapi/servicedesk"),
    ] {
        let reply = asked(product, path);
        assert_eq!(reply.status, 401, "{path}");
        assert_eq!(
            reply.json(),
            json!({ "code": 401, "message": "Unauthorized; scope does not match" })
        );
    }
    for (product, path) in [
        (
            "confluence",
            "/wiki/rest/api/content/98305?expand=body.storage",
        ),
        ("confluence", "/wiki/rest/api/content/98307/child/comment"),
        ("confluence", "/wiki/rest/api/content/98307/label"),
        ("confluence", "/wiki/rest/api/space"),
        ("confluence", "/wiki/rest/api/search?cql=space=DOCS"),
        ("jira", "/rest/api/3/search/jql?jql=project=DEV"),
    ] {
        assert_eq!(asked(product, path).status, 200, "{path}");
    }
    let change = format!("{}/rest/api/3/issue/DEV-1", gateway(&site, "jira"));
    assert_eq!(
        send("DELETE", &change, &[&basic(SCOPED_TOKEN)], "").status,
        401
    );
}

#[test]
fn who_has_to_use_a_browser_first_is_told_so() {
    let site = DemoSite::start();
    let url = format!("{}/rest/api/3/myself", site.url());
    let reply = get(&url, &basic(CAPTCHA_TOKEN));
    assert_eq!(reply.status, 403);
    let reason = reply.header("x-authentication-denied-reason");
    assert!(reason.is_some_and(|reason| reason.starts_with("CAPTCHA_CHALLENGE")));

    let redirect = get(
        &format!("{}/sso/rest/api/2/myself", site.url()),
        &bearer("any"),
    );
    assert_eq!(redirect.status, 302);
    let page = get(redirect.header("location").expect("an address"), "");
    assert_eq!(page.status, 200);
    assert!(page.body.starts_with("<!DOCTYPE html>"), "{}", page.body);
}

#[test]
fn an_access_token_of_a_workspace_has_no_account() {
    let site = DemoSite::start();
    let asked = |path: &str| {
        get(
            &format!("{}/bitbucket/2.0{path}", site.url()),
            &bearer(WORKSPACE_TOKEN),
        )
    };
    assert_eq!(asked("/user").status, 403);
    assert_eq!(asked("/repositories/acme").status, 200);
    assert_eq!(asked("/workspaces/acme").json()["slug"], "acme");
}

#[test]
fn a_busy_token_is_told_to_come_again_every_other_time() {
    let site = DemoSite::start();
    let asked = || {
        get(
            &format!("{}/rest/api/3/myself", site.url()),
            &basic(BUSY_TOKEN),
        )
    };
    let first = asked();
    assert_eq!(
        (first.status, first.header("retry-after")),
        (429, Some("1"))
    );
    assert_eq!(
        [asked().status, asked().status, asked().status],
        [200, 429, 200]
    );
}

#[test]
fn every_request_is_recorded_downloads_included() {
    let site = DemoSite::start();
    let content = format!("{}/rest/api/3/attachment/content/15001", site.url());
    let redirect = get(&content, &basic(API_TOKEN));
    assert_eq!(redirect.status, 302);
    let elsewhere = redirect.header("location").expect("an address").to_owned();
    assert!(
        !elsewhere.starts_with(site.url()),
        "another server: {elsewhere}"
    );
    assert_eq!(get(&elsewhere, "").body, "Rocket\nLassi One\nPeter\n");

    let requests = site.requests();
    let seen: Vec<_> = requests
        .iter()
        .map(|request| {
            (
                request.path.as_str(),
                request.header("authorization").is_some(),
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("/rest/api/3/attachment/content/15001", true),
            ("/jira/15001", false)
        ]
    );
}
