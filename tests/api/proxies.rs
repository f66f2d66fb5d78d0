//! A proxy in between: what it sees, and what is said when it does not let a request through.

use super::authority::Authority;
use super::person::{Person, assert_says};
use super::scripted::{Server, json, read_request};
use crate::home::Ran;
use std::io::{self, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// A proxy that says yes, or answers this.
struct Proxy {
    host: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    fn start(refusal: Option<&'static str>) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let host = listener.local_addr().expect("an address").to_string();
        let seen: Arc<Mutex<Vec<String>>> = Arc::default();
        let log = Arc::clone(&seen);
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let Some(request) = read_request(&mut stream) else {
                    continue;
                };
                let target = request.split(' ').nth(1).unwrap_or_default().to_owned();
                log.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(request);
                match refusal {
                    Some(answer) => {
                        let _ = write!(stream, "HTTP/1.1 {answer}\r\nContent-Length: 0\r\n\r\n");
                    }
                    None => tunnel(stream, &target),
                }
            }
        });
        Proxy { host, seen }
    }

    fn url(&self) -> String {
        format!("http://{}", self.host)
    }

    fn seen(&self) -> Vec<String> {
        self.seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

fn tunnel(mut inside: TcpStream, target: &str) {
    let Ok(mut outside) = TcpStream::connect(target) else {
        return;
    };
    let _ = inside.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n");
    let copies = (inside.try_clone(), outside.try_clone());
    let (Ok(mut from), Ok(mut to)) = copies else {
        return;
    };
    thread::spawn(move || {
        let _ = io::copy(&mut from, &mut to);
    });
    thread::spawn(move || {
        let _ = io::copy(&mut outside, &mut inside);
        let _ = inside.shutdown(std::net::Shutdown::Both);
    });
}

/// A server with encryption, and the lines of `[connection]` that trust it.
fn trusted_server() -> (tempfile::TempDir, Server, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let authority = Authority::new("Acme");
    let signed = authority.sign("127.0.0.1", None);
    let server = Server::encrypted(Authority::server(&signed, None), |_, _| json(200, "{}"));
    let bundle = authority.file(folder.path());
    let connection = format!("ca_bundle = {:?}", bundle.display().to_string());
    (folder, server, connection)
}

#[test]
fn requests_go_through_the_proxy_and_it_never_sees_the_credential() {
    let (_folder, server, trust) = trusted_server();
    let asked = ["api", "jira", "/x"];
    for by_setting in [true, false] {
        for around in [None, Some("127.0.0.1")] {
            let proxy = Proxy::start(None);
            let lines = format!("{trust}\nproxy = \"{}\"", proxy.url());
            let person = Person::with(&server.url(), if by_setting { &lines } else { &trust });
            let mut command = person.lassi(&asked);
            if !by_setting {
                command.env("HTTPS_PROXY", proxy.url());
            }
            command.envs(around.map(|hosts| ("NO_PROXY", hosts)));
            assert_eq!(Ran::of(&mut command).fine(), "{}");
            let seen = proxy.seen();
            assert_eq!(seen.len(), usize::from(around.is_none()), "{seen:?}");
            for request in seen {
                let connect = format!("CONNECT {} HTTP/1.1\r\n", server.host);
                assert!(request.starts_with(&connect), "{request}");
                assert!(
                    !request.to_lowercase().contains("authorization"),
                    "{request}"
                );
            }
        }
    }
    assert!(
        server
            .seen()
            .iter()
            .all(|request| request.contains("uthorization: Basic "))
    );
}

#[test]
fn a_proxy_that_is_in_the_way_is_named() {
    let (_folder, server, trust) = trusted_server();
    let nobody = {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        format!("http://{}", listener.local_addr().expect("an address"))
    };
    let refusing = Proxy::start(Some("403 Forbidden"));
    let asking = Proxy::start(Some("407 Proxy Authentication Required"));
    let host = &server.host;
    for (proxy, said) in [
        (
            refusing.url(),
            format!("the proxy refuses the way to {host}"),
        ),
        (
            asking.url(),
            format!("the proxy does not let {host} be reached without a sign-in of its own (407)"),
        ),
        (nobody, format!("the proxy for {host} cannot be reached")),
    ] {
        for by_setting in [true, false] {
            let lines = format!("{trust}\nproxy = \"{proxy}\"");
            let person = Person::with(&server.url(), if by_setting { &lines } else { &trust });
            let mut command = person.lassi(&["api", "jira", "/x"]);
            if !by_setting {
                command.env("HTTPS_PROXY", &proxy);
            }
            let messages = Ran::of(&mut command).failed(1);
            assert_says(&messages, &said, "connection.proxy=http://HOST:PORT");
        }
    }
    assert!(server.seen().is_empty());
}

#[test]
fn a_network_without_the_gateway_is_told_of_the_other_way() {
    let proxy = Proxy::start(Some("403 Forbidden"));
    let url = "https://acme.atlassian.net";
    let lines = format!(
        "proxy = \"{}\"\n[auth.jira.\"{url}\"]\ncloud_id = \"{}\"",
        proxy.url(),
        super::person::ID
    );
    let messages = Person::with(url, &lines).say("api jira /x").failed(1);
    let said = "the proxy refuses the way to api.atlassian.com";
    assert_says(&messages, said, "`lassi config set connection.route=site`");
}

#[test]
fn a_government_site_is_never_asked_for_through_the_gateway_of_the_public() {
    let proxy = Proxy::start(Some("403 Forbidden"));
    let url = "https://acme.atlassian-us-gov-mod.net";
    for route in ["auto", "gateway"] {
        let lines = format!(
            "proxy = \"{}\"\nroute = \"{route}\"\n[auth.jira.\"{url}\"]\ncloud_id = \"{}\"",
            proxy.url(),
            super::person::ID
        );
        Person::with(url, &lines).say("api jira /x").failed(1);
    }
    let seen = proxy.seen();
    assert_eq!(seen.len(), 2, "{seen:?}");
    for request in seen {
        assert!(
            request.starts_with("CONNECT acme.atlassian-us-gov-mod.net:443 "),
            "{request}"
        );
    }
}
