//! The demo site's lists are led on in every way of the products, and end.

use super::client::{basic, bearer, cloud, get, send_json};
use crate::demo_site::tokens::{API_TOKEN, BITBUCKET_TOKEN, PERSONAL_ACCESS_TOKEN};
use crate::demo_site::{CLOUD_ID, DemoSite};
use serde_json::{Value, json};

fn texts(items: &Value, name: &str) -> Vec<String> {
    let items = items.as_array().expect("a list");
    items
        .iter()
        .map(|item| item[name].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn a_search_of_issues_is_led_on_by_a_token() {
    let site = DemoSite::start();
    let mut found = Vec::new();
    let mut token = String::new();
    let pages = loop {
        let path = format!(
            "/rest/api/3/search/jql?jql=project%20%3D%20DEV%20order%20by%20created&maxResults=12&fields=key{token}"
        );
        let page = cloud(&site).get(&path).json();
        found.extend(texts(&page["issues"], "key"));
        match page["nextPageToken"].as_str() {
            Some(next) => token = format!("&nextPageToken={next}"),
            None => break page["isLast"].clone(),
        }
    };
    assert_eq!(pages, true);
    assert_eq!(found.len(), 30);
    assert_eq!((found[0].as_str(), found[29].as_str()), ("DEV-1", "DEV-30"));
}

#[test]
fn a_search_gives_the_fields_that_were_asked_for() {
    let site = DemoSite::start();
    let first = |query: &str| {
        cloud(&site)
            .get(&format!("/rest/api/3/search/jql?jql=key=DEV-2{query}"))
            .json()["issues"][0]
            .clone()
    };
    assert_eq!(first(""), json!({ "id": "10102" }));
    assert_eq!(
        first("&fields=summary,labels")["fields"],
        json!({ "summary": "Paint the fins red", "labels": ["paint", "outside"] })
    );
    assert!(first("&fields=*all")["fields"]["comment"]["total"].is_number());
    assert!(first("&fields=-summary")["fields"].get("summary").is_none());
}

#[test]
fn a_query_compares_what_people_ask_for() {
    let site = DemoSite::start();
    for (jql, found) in [
        (
            "project in (DEV, OPS) AND summary ~ 'windsock'",
            vec!["OPS-2"],
        ),
        (
            "project = DEV AND assignee = currentUser() AND status = Done order by created desc",
            vec!["DEV-5", "DEV-25"],
        ),
        (
            "project = DEV AND assignee in (currentUser()) AND labels = paint",
            vec![],
        ),
        (
            "project = DEV AND key != DEV-1 AND sprint in openSprints() AND issuetype = Bug",
            vec!["DEV-11"],
        ),
        (
            "project = BIG AND key in (BIG-7, BIG-99999)",
            vec!["BIG-7", "BIG-99999"],
        ),
        (
            "project = DEV AND assignee is empty AND statusCategory = Done",
            vec!["DEV-15"],
        ),
    ] {
        let mut url =
            url::Url::parse(&cloud(&site).url("/rest/api/3/search/jql")).expect("an address");
        url.query_pairs_mut()
            .append_pair("jql", jql)
            .append_pair("fields", "key");
        let page = get(url.as_str(), &basic(API_TOKEN)).json();
        assert_eq!(texts(&page["issues"], "key"), found, "{jql}");
    }
}

#[test]
fn what_leads_on_at_the_gateway_is_a_path_of_the_site() {
    let site = DemoSite::start();
    let confluence = format!("/ex/confluence/{CLOUD_ID}/wiki/api/v2/pages?limit=2");
    let page = cloud(&site).get(&confluence).json();
    let next = page["_links"]["next"].as_str().unwrap_or_default();
    assert!(
        next.starts_with("/wiki/api/v2/pages?limit=2&cursor="),
        "{next}"
    );
    let desk = format!("/ex/jira/{CLOUD_ID}/rest/servicedeskapi/servicedesk?limit=1");
    let page = cloud(&site).get(&desk).json();
    let next = format!(
        "{}/rest/servicedeskapi/servicedesk?start=1&limit=1",
        site.url()
    );
    assert_eq!(page["_links"]["next"], next);
}

#[test]
fn the_big_project_has_a_hundred_thousand_issues() {
    let site = DemoSite::start();
    let body = json!({ "jql": "project = BIG", "maxResults": 5000, "fields": ["key"] });
    let url = format!("{}/rest/api/3/search/jql", site.url());
    let page = send_json("POST", &url, &basic(API_TOKEN), &body).json();
    assert_eq!(page["issues"].as_array().map(Vec::len), Some(5000));
    assert_eq!(page["isLast"], false);
    let last = cloud(&site)
        .get("/rest/api/3/issue/BIG-100000?fields=summary")
        .json();
    assert_eq!(last["fields"]["summary"], "Small thing number 100000");
    assert_eq!(cloud(&site).get("/rest/api/3/issue/BIG-100001").status, 404);
    let count = json!({ "jql": "project = BIG" });
    let url = format!("{}/rest/api/3/search/approximate-count", site.url());
    assert_eq!(
        send_json("POST", &url, &basic(API_TOKEN), &count).json()["count"],
        100_000
    );
}

#[test]
fn wrong_queries_are_explained() {
    let site = DemoSite::start();
    for (jql, message) in [
        ("", "Unbounded JQL queries are not allowed here."),
        (
            "project=NOPE",
            "The value 'NOPE' does not exist for the field 'project'.",
        ),
        (
            "key=DEV-99",
            "An issue with key 'DEV-99' does not exist for field 'key'.",
        ),
        ("colour=red", "Field 'colour' does not exist"),
    ] {
        let reply = cloud(&site).get(&format!("/rest/api/3/search/jql?jql={jql}"));
        assert_eq!(reply.status, 400, "{jql}");
        let told = reply.json()["errorMessages"][0].clone();
        assert!(
            told.as_str().is_some_and(|told| told.starts_with(message)),
            "{jql}: {told}"
        );
    }
    assert_eq!(
        cloud(&site)
            .get("/rest/api/3/search?jql=project=DEV")
            .status,
        410
    );
}

#[test]
fn data_center_searches_by_numbers_and_names_people_by_name() {
    let site = DemoSite::start();
    let url = format!(
        "{}/jira-dc/rest/api/2/search?jql=project=DEV&startAt=28&maxResults=5",
        site.url()
    );
    let page = get(&url, &bearer(PERSONAL_ACCESS_TOKEN)).json();
    assert_eq!((&page["total"], &page["startAt"]), (&json!(30), &json!(28)));
    assert_eq!(texts(&page["issues"], "key"), ["DEV-29", "DEV-30"]);
    assert_eq!(page["issues"][0]["fields"]["assignee"]["name"], "you");
    assert!(page["issues"][0]["fields"]["description"].is_string());
    let absent = format!(
        "{}/jira-dc/rest/api/2/search/jql?jql=project=DEV",
        site.url()
    );
    assert_eq!(get(&absent, &bearer(PERSONAL_ACCESS_TOKEN)).status, 404);
}

#[test]
fn lists_of_jira_are_led_on_by_numbers() {
    let site = DemoSite::start();
    let page = cloud(&site)
        .get("/rest/api/3/project/search?startAt=2&maxResults=2")
        .json();
    assert_eq!(texts(&page["values"], "key"), ["HELP", "OPS"]);
    assert_eq!(page["isLast"], true);
    let boards = cloud(&site)
        .get("/rest/agile/1.0/board?maxResults=1")
        .json();
    assert_eq!(
        (&boards["isLast"], &boards["total"]),
        (&json!(false), &json!(2))
    );
    let sprints = cloud(&site)
        .get("/rest/agile/1.0/board/1/sprint?state=active,future")
        .json();
    assert_eq!(texts(&sprints["values"], "name"), ["Lift-off", "Orbit"]);
}

#[test]
fn pages_of_confluence_are_led_on_by_a_cursor() {
    let site = DemoSite::start();
    let mut path = "/wiki/api/v2/spaces/65537/pages?limit=12".to_owned();
    let mut found = Vec::new();
    loop {
        let page = cloud(&site).get(&path).json();
        found.extend(texts(&page["results"], "title"));
        match page["_links"]["next"].as_str() {
            Some(next) => next.clone_into(&mut path),
            None => break,
        }
    }
    assert_eq!(found.len(), 30);
    assert_eq!(found[29], "Things we learned");
}

#[test]
fn a_search_of_confluence_has_short_pages_and_ignores_start() {
    let site = DemoSite::start();
    let mut path = "/rest/api/search?cql=space=DOCS%20AND%20type=page&limit=10&start=20".to_owned();
    let mut found = Vec::new();
    loop {
        let page = cloud(&site).get(&format!("/wiki{path}")).json();
        assert!(
            page["results"]
                .as_array()
                .is_some_and(|results| results.len() < 10)
        );
        found.extend(texts(&page["results"], "title"));
        match page["_links"]["next"].as_str() {
            Some(next) => next.clone_into(&mut path),
            None => break,
        }
    }
    assert_eq!(found.len(), 30);
    assert_eq!(found[0], "Rocket documentation");
}

#[test]
fn confluence_data_center_has_the_first_api_only() {
    let site = DemoSite::start();
    let asked = |path: &str| {
        get(
            &format!("{}/wiki-dc{path}", site.url()),
            &bearer(PERSONAL_ACCESS_TOKEN),
        )
    };
    let page = asked("/rest/api/content?spaceKey=DOCS&limit=2").json();
    assert_eq!(
        page["_links"]["next"],
        "/rest/api/content?spaceKey=DOCS&limit=2&start=2"
    );
    assert_eq!(page["_links"]["context"], "/wiki-dc");
    assert_eq!(asked("/api/v2/pages").status, 404);
    assert_eq!(
        asked("/download/attachments/98307/countdown.txt").body,
        "10 9 8 7 6 5 4 3 2 1\n"
    );
}

#[test]
fn lists_of_bitbucket_are_led_on_by_whole_addresses() {
    let site = DemoSite::start();
    let mut url = format!(
        "{}/bitbucket/2.0/repositories/acme/rocket/commits?pagelen=5",
        site.url()
    );
    let mut found = Vec::new();
    loop {
        let page = get(&url, &basic(BITBUCKET_TOKEN)).json();
        found.extend(texts(&page["values"], "message"));
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut url),
            None => break,
        }
    }
    assert_eq!(found.len(), 14);
    let open = format!(
        "{}/bitbucket/2.0/repositories/acme/rocket/pullrequests",
        site.url()
    );
    let open = get(&open, &basic(BITBUCKET_TOKEN)).json();
    assert_eq!(texts(&open["values"], "state"), ["OPEN", "OPEN"]);
    let filtered = format!(
        "{}/bitbucket/2.0/repositories/acme?q=name~%22map%22",
        site.url()
    );
    let filtered = get(&filtered, &basic(BITBUCKET_TOKEN)).json();
    assert_eq!(texts(&filtered["values"], "slug"), ["star-map"]);
}

#[test]
fn lists_of_service_management_say_which_page_is_the_last() {
    let site = DemoSite::start();
    let page = cloud(&site)
        .get("/rest/servicedeskapi/request?limit=5")
        .json();
    assert_eq!(
        (&page["isLastPage"], &page["size"]),
        (&json!(false), &json!(5))
    );
    let rest = cloud(&site)
        .get("/rest/servicedeskapi/request?limit=5&start=5")
        .json();
    assert_eq!(texts(&rest["values"], "issueKey"), ["HELP-6", "HELP-7"]);
    assert_eq!(rest["isLastPage"], true);
    let queue = cloud(&site)
        .get("/rest/servicedeskapi/servicedesk/1/queue/22/issue")
        .json();
    assert_eq!(texts(&queue["values"], "key"), ["HELP-3", "HELP-6"]);
}
