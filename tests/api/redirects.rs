//! Redirects: where the credential goes, and which are not followed.

use super::authority::Authority;
use super::person::{Person, assert_says};
use super::scripted::{Server, answer, json};

/// A server that redirects to there.
fn redirecting(status: u16, to: &str) -> Server {
    let location = format!("Location: {to}");
    Server::plain(move |_, _| answer(status, &[&location], ""))
}

#[test]
fn a_credential_does_not_follow_to_another_server() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = Server::plain(|_, _| json(200, "{\"from\":\"elsewhere\"}"));
        let server = redirecting(status, &format!("{}/f?sig=1", elsewhere.url()));
        let ran = Person::at(&server.url()).run(&["api", "jira", "/x", "-H", "X-Own: mine"]);
        assert_eq!(ran.fine(), "{\"from\":\"elsewhere\"}");
        let first = server.seen().concat().to_lowercase();
        assert!(
            first.contains("authorization: basic") && first.contains("x-own: mine"),
            "{first}"
        );
        let second = elsewhere.seen();
        assert_eq!(second.len(), 1);
        let second = second.concat().to_lowercase();
        assert!(second.starts_with("get /f?sig=1 "), "{second}");
        for kept in ["authorization", "cookie", "x-own", "referer"] {
            assert!(!second.contains(kept), "{second}");
        }
    }
}

#[test]
fn it_stays_where_the_server_stays() {
    let server = Server::plain(|request, _| {
        if request.starts_with("GET /new") {
            json(200, "{}")
        } else {
            answer(302, &["Location: /new"], "")
        }
    });
    Person::at(&server.url()).say("api jira /x").fine();
    let seen = server.seen();
    assert_eq!(seen.len(), 2);
    assert!(
        seen[1].to_lowercase().contains("authorization: basic"),
        "{}",
        seen[1]
    );
}

#[test]
fn what_would_change_something_is_not_sent_elsewhere() {
    for (status, method) in [
        (301, "POST"),
        (302, "POST"),
        (303, "POST"),
        (307, "POST"),
        (308, "PUT"),
        (302, "DELETE"),
    ] {
        let elsewhere = Server::plain(|_, _| json(200, "{}"));
        let server = redirecting(status, &elsewhere.url());
        let messages = Person::at(&server.url())
            .run(&["api", "jira", "/x", "-X", method])
            .failed(1);
        let said = format!(
            "{} redirects to {}: what would change something is not sent elsewhere",
            server.host, elsewhere.host
        );
        assert_says(&messages, &said, "`--debug` shows where it leads");
        assert!(elsewhere.seen().is_empty(), "{status} {method}");
    }
}

#[test]
fn redirects_that_lead_nowhere_good_are_not_followed() {
    let folder = tempfile::tempdir().expect("a folder");
    let authority = Authority::new("Acme");
    let config = Authority::server(&authority.sign("127.0.0.1", None), None);
    let plain = Server::plain(|_, _| json(200, "{}"));
    let location = format!("Location: {}", plain.url());
    let encrypted = Server::encrypted(config, move |_, _| answer(302, &[&location], ""));
    let bundle = authority.file(folder.path());
    let trust = format!("ca_bundle = {:?}", bundle.display().to_string());
    let circle = redirecting(302, "/x");
    let nowhere = redirecting(302, "mailto:you@acme.example");
    for (server, said) in [
        (
            &encrypted,
            "redirects to an address without encryption, which is not followed",
        ),
        (&circle, "redirects again and again and does not answer"),
        (&nowhere, "redirects to something that is no address"),
    ] {
        let messages = Person::with(&server.url(), &trust)
            .say("api jira /x")
            .failed(1);
        assert_says(&messages, &format!("{} {said}", server.host), "`--debug`");
    }
    assert!(plain.seen().is_empty());
    assert_eq!((circle.seen().len(), nowhere.seen().len()), (11, 1));
}
