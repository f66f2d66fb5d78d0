//! What `--debug` and messages show of requests: everything but what signs in.

use super::person::{EMAIL, Person, TOKEN};
use super::scripted::{Reply, Server, answer, target};
use crate::home::Ran;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// A server that tells back what it was sent, in every place that it can.
fn echoing(status: u16, elsewhere: String) -> Server {
    Server::plain(move |request, _| {
        let sent = request
            .lines()
            .find(|line| {
                let line = line.to_lowercase();
                line.starts_with("authorization: ") || line.starts_with("cookie: ")
            })
            .and_then(|line| line.split_once(": "))
            .map_or("nothing", |(_, value)| value);
        let set_cookie = format!("Set-Cookie: JSESSIONID=fresh-session-{TOKEN}");
        if target(request).starts_with("GET /away") {
            let location = format!(
                "Location: {elsewhere}/f?X-Amz-Signature=signed-{TOKEN}&token=t-{TOKEN}&other={TOKEN}"
            );
            return answer(302, &[&location, &set_cookie], "");
        }
        let body = format!("{{\"errorMessages\":[\"you sent {sent} which is {TOKEN}\"]}}");
        let location = format!("X-Next: /f?access_token={TOKEN}");
        let echo = format!("X-Echo: {sent} is {TOKEN}");
        answer(
            status,
            &[
                "Content-Type: application/json",
                &set_cookie,
                &location,
                &echo,
            ],
            &body,
        )
    })
}

#[test]
fn no_scheme_shows_its_secret() {
    let elsewhere = Server::plain(|_, _| answer(404, &["Content-Type: application/json"], "{}"));
    let encoded = STANDARD.encode(format!("{EMAIL}:{TOKEN}"));
    for scheme in ["Basic", "Bearer", "session cookies"] {
        for status in [400, 401, 403, 404, 500] {
            let server = echoing(status, elsewhere.url());
            let url = server.url();
            let person = Person::with(&url, "max_retries = 1");
            if scheme != "Basic" {
                let field = if scheme == "Bearer" {
                    "pat"
                } else {
                    "session_cookies"
                };
                person.home.write(format!(
                    "[auth.jira.\"{url}\"]\ndeployment = \"datacenter\"\n"
                ));
                let secret = if scheme == "Bearer" {
                    TOKEN.to_owned()
                } else {
                    format!("JSESSIONID={TOKEN}; b={TOKEN}")
                };
                let path = format!("auth.jira[\"{url}\"].{field}");
                person
                    .home
                    .run_with_input(&secret, &["config", "set", "--secret-stdin", &path])
                    .fine();
            }
            for path in ["/rest/x?os_authToken=also-secret", "/away"] {
                let mut command = person.lassi(&["--debug", "api", "jira", path]);
                let ran = Ran::of(&mut command);
                assert_ne!(ran.code, Some(0), "{ran:?}");
                let shown = format!("{}{}", ran.output, ran.messages);
                for secret in [
                    TOKEN,
                    encoded.as_str(),
                    "also-secret",
                    "fresh-session",
                    "signed-",
                ] {
                    assert!(!shown.contains(secret), "{scheme} {status} {path}: {shown}");
                }
                assert!(
                    shown.contains(&format!("> signed in by {scheme}")),
                    "{shown}"
                );
                assert!(shown.contains("> GET http://127.0.0.1:"), "{shown}");
                assert!(shown.contains("< set-cookie: ********"), "{shown}");
            }
            let signed = server
                .seen()
                .iter()
                .all(|request| request.contains(TOKEN) || request.contains(&encoded));
            assert!(signed, "the test looks for what was sent");
        }
    }
    assert!(
        elsewhere
            .seen()
            .iter()
            .all(|request| !request.contains("ookie: ") && !request.contains("uthorization"))
    );
}

#[test]
fn the_head_of_an_answer_shows_no_secret() {
    let server = Server::plain(|_, _| answer(200, &[&format!("X-Echo: you sent {TOKEN}")], "{}"));
    let shown = Person::at(&server.url()).say("api jira /rest/x -i").fine();
    assert!(shown.contains("x-echo: you sent ********\n"), "{shown}");
}

#[test]
fn faults_show_no_secret_either() {
    let server = Server::plain(|_, _| {
        Reply::Bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{".to_vec())
    });
    let person = Person::with(&server.url(), "max_retries = 1");
    let ran = person.say("--debug api jira /rest/x?token=also-secret");
    let shown = format!("{ran:?}");
    for secret in [
        TOKEN,
        "also-secret",
        &STANDARD.encode(format!("{EMAIL}:{TOKEN}")),
    ] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert!(
        shown.contains("did not answer: try 2 of 2 in 0.0 s"),
        "{shown}"
    );
    assert_eq!(ran.code, Some(1));
}
