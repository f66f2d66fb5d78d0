//! `lassi api`: what it sends and prints, and what it refuses to send.

use super::person::{Person, assert_says};
use super::scripted::{Server, answer, json};
use super::visitor::Visitor;
use crate::home::overwrite;

fn head_and_body(request: &str) -> (String, &str) {
    let (head, body) = request.split_once("\r\n\r\n").expect("a whole request");
    (head.to_lowercase(), body)
}

#[test]
fn each_flag_says_what_is_sent() {
    let server = Server::plain(|_, _| json(200, "{\"ok\":true}"));
    let person = Person::at(&server.url());
    overwrite(
        &person.home.work().join("body.json"),
        "{\"from\": \"file\"}",
    );
    for (line, target, sent, body) in [
        (
            "/rest/x",
            "GET /rest/x",
            "accept: application/json, */*;q=0.5\r\n",
            "",
        ),
        (
            "rest/x?a=1 -q b=2&3 -q c=",
            "GET /rest/x?a=1&b=2%263&c=",
            "",
            "",
        ),
        (
            "/rest/x -d {\"a\":1}",
            "POST /rest/x",
            "content-type: application/json\r\n",
            "{\"a\":1}",
        ),
        (
            "/rest/x -X put -d @body.json",
            "PUT /rest/x",
            "x-atlassian-token: no-check\r\n",
            "{\"from\":\"file\"}",
        ),
        (
            "/rest/x -X DELETE",
            "DELETE /rest/x",
            "x-atlassian-token: no-check\r\n",
            "",
        ),
        (
            "/rest/x -d hello -H content-type:text/plain",
            "POST /rest/x",
            "content-type: text/plain\r\n",
            "hello",
        ),
        (
            "/rest/x -d [] -H Content-Type:application/json-patch+json",
            "POST /rest/x",
            "content-type: application/json-patch+json\r\n",
            "[]",
        ),
        (
            "/rest/x -H Accept:text/csv -H X-Own:1",
            "GET /rest/x",
            "accept: text/csv\r\n",
            "",
        ),
        (
            "/rest/x?u=https://elsewhere.example/y",
            "GET /rest/x?u=https%3A%2F%2Felsewhere.example%2Fy",
            "",
            "",
        ),
        ("/rest/%2e%2e%2fx%2Fy", "GET /rest/%2e%2e%2fx%2Fy", "", ""),
    ] {
        let ran = person.say(&format!("api jira {line}"));
        assert_eq!(ran.fine(), "{\"ok\":true}", "{line}");
        let seen = server.seen();
        let request = seen.last().expect("one more");
        assert!(
            request.starts_with(&format!("{target} HTTP/1.1\r\n")),
            "{line}: {request}"
        );
        let (head, sent_body) = head_and_body(request);
        assert!(format!("{head}\r\n").contains(sent), "{line}: {request}");
        assert_eq!(sent_body, body, "{line}");
    }
    let save = ["config", "set", "--secret-stdin", "profiles.p.api_token"];
    person.home.run_with_input("some-token", &save).fine();
    let asked = ["api", "jira", "/rest/x", "-d", "-"];
    person.home.run_with_input(" [1]", &asked).fine();
    let seen = server.seen();
    let last = seen.last().expect("one more");
    assert_eq!(head_and_body(last).1, "[1]");
}

#[test]
fn nothing_is_sent_that_is_not_for_the_site() {
    let server = Server::plain(|_, _| json(200, "{}"));
    let url = format!("{}/jira", server.url());
    let person = Person::at(&url);
    for path in [
        "https://elsewhere.example/rest/x",
        "http://127.0.0.1:1/rest/x",
        "//elsewhere.example/rest/x",
        "\\\\elsewhere.example/rest/x",
        "/../secret",
        "/rest/../../secret",
        "/%2e%2e/secret",
        "..\\secret",
        "/rest/%2E%2E/../.%2e/secret",
    ] {
        let ran = person.run(&["api", "jira", path]);
        assert!(matches!(ran.code, Some(2..=4)), "{path}: {ran:?}");
        assert_eq!(ran.output, "");
    }
    for header in [
        "Authorization: Basic abc",
        "authorization:x",
        "Cookie: a=b",
        "Host: elsewhere.example",
        "Proxy-Authorization: x",
        "Content-Length: 1",
        "no colon",
        "bad name: x",
        "x: a\nb",
    ] {
        let messages = person
            .run(&["api", "jira", "/rest/x", "-H", header])
            .failed(2);
        assert!(messages.contains("the header"), "{header}: {messages}");
        assert!(!messages.contains("abc"), "{messages}");
    }
    for arguments in [
        &["/rest/x", "-X", "GE T"][..],
        &["/rest/x", "-X", "trace"],
        &["/rest/x", "-X", "CONNECT"],
        &["/rest/x", "-q", "nothing"],
        &["/rest/x", "-d", "{half"],
    ] {
        person
            .run(&[&["api", "jira"], arguments].concat())
            .failed(2);
    }
    person
        .run(&["api", "jira", "/rest/x", "-d", "@nowhere.json"])
        .failed(3);
    assert!(server.seen().is_empty(), "{:?}", server.targets());
    // an address on the site is as good as a path
    person
        .run(&["api", "jira", &format!("{url}/rest/x?a=1")])
        .fine();
    assert_eq!(server.targets(), ["GET /jira/rest/x?a=1"]);
}

#[test]
fn pages_of_every_style_are_followed_to_the_end() {
    let visitor = Visitor::new();
    let data_center = Visitor::at_data_center();
    for (visitor, product, path, pages) in [
        (
            &visitor,
            "jira",
            "/rest/api/3/search/jql?jql=project=DEV&maxResults=10",
            3,
        ),
        (
            &visitor,
            "jira",
            "/rest/api/3/project/search?maxResults=1",
            2,
        ),
        (&visitor, "jsm", "/rest/servicedeskapi/request?limit=3", 2),
        (&visitor, "confluence", "/wiki/api/v2/pages?limit=2", 2),
        (
            &visitor,
            "confluence",
            "/wiki/rest/api/search?cql=type=page&limit=2",
            2,
        ),
        (
            &visitor,
            "bitbucket",
            "/2.0/repositories/acme/rocket/pullrequests?pagelen=1",
            1,
        ),
        (
            &data_center,
            "jira",
            "/rest/api/2/search?jql=project=DEV&maxResults=10",
            3,
        ),
    ] {
        let before = visitor.requested().len();
        let all = visitor.run(&["api", product, path, "--paginate"]).fine();
        let all: Vec<serde_json::Value> = serde_json::from_str(&all).expect("one array");
        let requests = visitor.requested()[before..]
            .iter()
            .filter(|request| !request.contains("tenant_info"))
            .count();
        assert!(requests >= pages, "{path}: {requests}");
        let keys: std::collections::BTreeSet<String> =
            all.iter().map(ToString::to_string).collect();
        assert_eq!(keys.len(), all.len(), "{path}: nothing twice");
        assert!(all.len() >= pages, "{path}: {}", all.len());
    }
}

#[test]
fn a_list_that_goes_on_elsewhere_is_not_passed_off_as_whole() {
    let elsewhere = Server::plain(|_, _| json(200, "{\"values\":[{\"id\":2}]}"));
    let next = format!("{}/2.0/y?access_token=abc", elsewhere.url());
    let body = format!("{{\"values\":[{{\"id\":1}}],\"pagelen\":1,\"next\":\"{next}\"}}");
    let server = Server::plain(move |_, _| json(200, &body));
    let person = Person::at(&server.url());
    let ran = person.run(&["api", "bitbucket", "y", "--paginate"]);
    assert!(ran.output.contains("\"id\": 1"), "{ran:?}");
    let messages = ran.failed(1);
    let said = format!(
        "the list goes on at {}/2.0/y?access_token=********, which is not on {}/bitbucket: this is not all of it",
        elsewhere.url(),
        server.url()
    );
    assert_says(&messages, &said, "lassi auth list");
    assert!(elsewhere.seen().is_empty());
}

#[test]
fn headers_are_shown_without_cookies() {
    let headers = [
        "Content-Type: application/json",
        "Set-Cookie: session=abcdef; Path=/",
        "X-Told: a",
    ];
    let server = Server::plain(move |_, _| answer(200, &headers, "{}"));
    let output = Person::at(&server.url()).say("api jira /rest/x -i").fine();
    assert!(output.starts_with("200 OK\n"), "{output}");
    assert!(
        output.contains("set-cookie: ********\n") && output.contains("x-told: a\n"),
        "{output}"
    );
    assert!(output.ends_with("\n\n{}"), "{output}");
}

#[test]
fn a_profile_that_only_reads_sends_nothing_else() {
    let server = Server::plain(|_, _| json(200, "{}"));
    let person = Person::at(&server.url());
    let text = person.home.text();
    person
        .home
        .write(text.replace("email =", "read_only = true\nemail ="));
    for line in [
        "/rest/api/2/issue -d {}",
        "/rest/api/2/search/../issue -d {}",
        "/rest/api/2/issue/A-1 -X DELETE",
        "/rest/api/2/issue/A-1 -X PUT -d {}",
        "/rest/x -X PATCH",
        "/rest/x -H X-HTTP-Method-Override:DELETE",
        "/rest/x -X PURGE",
    ] {
        let messages = person.say(&format!("api jira {line}")).failed(1);
        assert!(
            messages.contains("profile p is read-only, and "),
            "{messages}"
        );
        assert!(
            messages.contains("`lassi config set profiles.p.read_only=false`"),
            "{messages}"
        );
    }
    assert!(server.seen().is_empty(), "{:?}", server.targets());
    person.say("api jira /rest/api/2/search -d {}").fine();
    person.say("api jira /rest/x").fine();
    person.say("api jira /rest/x -X HEAD").fine();
    assert_eq!(server.seen().len(), 3);
}
