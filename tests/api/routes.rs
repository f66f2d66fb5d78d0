//! Cloud IDs and routes: what is found out, what is remembered, and which way a request takes.

use super::person::{ID, Person};
use super::scripted::{Server, json, target};
use crate::home::overwrite;
use crate::races::{race, waiting};
use std::fs;

const OTHER: &str = "ffffffff-1111-4222-8333-444455556666";
const SCOPE: &str = r#"{"code":401,"message":"Unauthorized; scope does not match"}"#;

/// A Cloud site that tells its cloud ID, and its gateway, which answer with these statuses.
fn cloud(gateway: u16, site: u16) -> Server {
    Server::plain(move |request, _| {
        let status = match target(request) {
            target if target.contains("tenant_info") => {
                return json(200, &format!("{{\"cloudId\":\"{ID}\"}}"));
            }
            target if target.contains("/ex/") => gateway,
            _ => site,
        };
        json(
            status,
            if status == 401 {
                r#"{"message":"Unauthorized"}"#
            } else {
                "{}"
            },
        )
    })
}

const ASKED: &str = "GET /_edge/tenant_info";
const AT_SITE: &str = "GET /rest/x";

fn at_gateway(product: &str) -> String {
    format!("GET /ex/{product}/{ID}/rest/x")
}

#[test]
fn the_cloud_id_is_asked_for_once_and_kept() {
    let server = cloud(200, 200);
    let person = Person::on_cloud(&server.url(), "");
    person.run(&["config", "set", "output.format=json"]).fine();
    let before = person.home.text();
    let history = person.run(&["config", "history", "-f", "json"]).fine();

    person.say("api jira /rest/x").fine();
    person.say("api jira /rest/x").fine();
    person.say("api jsm /rest/x").fine();
    let gateway = at_gateway("jira");
    let once = [ASKED, &gateway, &gateway, &gateway];
    assert_eq!(server.targets(), once);
    for request in server.seen() {
        let signed = request.to_lowercase().contains("authorization: basic");
        assert_eq!(signed, !request.contains("tenant_info"), "{request}");
    }
    let line = format!("cloud_id = \"{ID}\"\n");
    let after = person.home.text();
    assert_eq!(
        after.replacen(&line, "", 1),
        before,
        "nothing else is touched: {after}"
    );
    assert!(
        after.contains("deployment = \"cloud\" # by hand\n"),
        "{after}"
    );

    assert_eq!(
        person.run(&["config", "history", "-f", "json"]).fine(),
        history
    );
    person.run(&["config", "undo"]).fine();
    let undone = person.home.text();
    assert!(!undone.contains("format = \"json\""), "{undone}");
}

#[test]
fn not_to_be_able_to_keep_it_is_no_error() {
    let server = cloud(200, 200);
    let person = Person::on_cloud(&server.url(), "");
    // locks and what was learned would be below it
    fs::create_dir_all(person.home.path().join(".local/state")).expect("a folder");
    overwrite(&person.home.state(), "in the way");
    let ran = person.say("api jira /rest/x");
    assert_eq!(ran.messages, "");
    assert_eq!(ran.fine(), "{}");
    assert_eq!(server.targets(), [ASKED, &at_gateway("jira")]);
    assert!(!person.home.text().contains("cloud_id"));
}

#[test]
fn ten_processes_at_once_keep_it_once() {
    let server = cloud(200, 200);
    let person = Person::on_cloud(&server.url(), "");
    let save = ["config", "set", "--secret-stdin", "profiles.p.api_token"];
    person.home.run_with_input("some-token", &save).fine();
    let before = person.home.text();
    race(
        (0..10)
            .map(|_| waiting(&person.home, &["api", "jira", "/rest/x"]))
            .collect(),
    );
    let line = format!("cloud_id = \"{ID}\"\n");
    let after = person.home.text();
    assert_eq!(after.replacen(&line, "", 1), before);
    assert_eq!(after.matches("cloud_id").count(), 1);
    person.run(&["config", "check"]).fine();
}

#[test]
fn a_site_without_a_cloud_id_is_asked_itself() {
    for (answer, name) in [
        (json(200, r#"{"cloudId":"../../etc"}"#), "no UUID"),
        (json(200, "<html>"), "no JSON"),
        (json(404, "{}"), "404"),
        (super::scripted::Reply::Silence, "nothing"),
    ] {
        let answer = std::sync::Mutex::new(Some(answer));
        let server = Server::plain(move |request, _| {
            if request.contains("tenant_info") {
                answer.lock().expect("whole").take().expect("asked once")
            } else {
                json(200, "{}")
            }
        });
        let person = Person::on_cloud(&server.url(), "timeout = 1");
        let before = person.home.text();
        assert_eq!(person.say("api jira /rest/x").fine(), "{}", "{name}");
        assert_eq!(server.targets(), [ASKED, AT_SITE], "{name}");
        assert_eq!(person.home.text(), before, "{name}");
    }
}

#[test]
fn a_shared_file_does_not_choose_whose_requests_are_signed() {
    for (shared, warns) in [(OTHER, true), (ID, false)] {
        let server = cloud(200, 200);
        let person = Person::on_cloud(&server.url(), "");
        let file = person.home.work().join(".lassi.toml");
        overwrite(
            &file,
            format!(
                "[auth.jira.\"{}\"]\ncloud_id = \"{shared}\"\n",
                server.url()
            ),
        );
        for _ in 0..2 {
            let ran = person.say("api jira /rest/x");
            let warning = format!("warning: the cloud ID {shared} is not that of the site");
            assert_eq!(ran.messages.contains(&warning), warns, "{ran:?}");
            ran.fine();
        }
        let gateway = at_gateway("jira");
        assert_eq!(server.targets(), [ASKED, &gateway, &gateway], "asked once");
        assert!(
            !person.home.text().contains("cloud_id"),
            "the team's file says it"
        );
    }
}

#[test]
fn a_gateway_that_does_not_know_the_token_is_gone_around() {
    let server = cloud(401, 200);
    let person = Person::on_cloud(&server.url(), "");
    for _ in 0..2 {
        person.say("api jira /rest/x").fine();
    }
    let gateway = at_gateway("jira");
    assert_eq!(
        server.targets(),
        [ASKED, &gateway, AT_SITE, AT_SITE],
        "the second run goes straight"
    );
    // what is known of one token says nothing of another
    let mut other = person.lassi(&["api", "jira", "/rest/x"]);
    other
        .env_remove("ATLASSIAN_CLI_TOKEN_P")
        .env("ATLASSIAN_API_TOKEN", "another-token");
    crate::home::Ran::of(&mut other).fine();
    assert_eq!(server.targets()[4..], [gateway.as_str(), AT_SITE]);

    let closed = cloud(401, 401);
    let person = Person::on_cloud(&closed.url(), "");
    let messages = person.say("api jira /rest/x").failed(4);
    assert!(
        messages.contains(&format!("at GET {}/ex/jira/", closed.url())),
        "{messages}"
    );
    assert_eq!(
        closed.targets(),
        [ASKED, &at_gateway("jira"), AT_SITE],
        "each way once"
    );
}

#[test]
fn a_scope_that_is_missing_sends_nobody_elsewhere() {
    let server = Server::plain(|request, _| {
        if request.contains("tenant_info") {
            json(200, &format!("{{\"cloudId\":\"{ID}\"}}"))
        } else {
            json(401, SCOPE)
        }
    });
    let person = Person::on_cloud(&server.url(), "");
    person.say("api jira /rest/x").failed(4);
    assert_eq!(server.targets(), [ASKED, &at_gateway("jira")]);
}

#[test]
fn the_route_can_be_chosen() {
    let known = format!("cloud_id = \"{ID}\"\n");
    let gateway = at_gateway("jira");
    for (route, deployment, targets) in [
        ("site", "cloud", vec![AT_SITE]),
        ("gateway", "cloud", vec![gateway.as_str()]),
        ("auto", "cloud", vec![gateway.as_str(), AT_SITE]),
        ("auto", "auto", vec![gateway.as_str(), AT_SITE]),
        ("auto", "datacenter", vec![AT_SITE]),
        ("gateway", "datacenter", vec![AT_SITE]),
    ] {
        let server = cloud(401, 401);
        let person = Person::on_cloud(&server.url(), &format!("route = \"{route}\""));
        let text = person.home.text().replacen(
            "deployment = \"cloud\"",
            &format!("{known}deployment = \"{deployment}\""),
            1,
        );
        person.home.write(text);
        person.say("api jira /rest/x").failed(4);
        assert_eq!(server.targets(), targets, "{route} {deployment}");
    }
}

#[test]
fn an_address_of_the_gateway_is_a_site() {
    let server = cloud(200, 200);
    let site = format!("{}/ex/jira/{ID}", server.url());
    let person = Person::at(&site);
    person.say("api jira /rest/x").fine();
    person.say("api confluence /wiki/rest/x").fine();
    assert_eq!(
        server.targets(),
        [
            at_gateway("jira"),
            format!("GET /ex/confluence/{ID}/wiki/rest/x")
        ]
    );
}
