//! The smallest client that can look at an answer: method, address, headers and body go in, what came back comes out.
//! It follows no redirect and knows no sign-in, so that nothing is hidden.

use crate::demo_site::DemoSite;
use crate::demo_site::tokens::API_TOKEN;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: String,
}

impl Reply {
    /// The value of a header, given in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("JSON")
    }
}

/// A header that signs in with an account and a token.
pub(crate) fn basic(token: &str) -> String {
    let plain = format!("you@acme.example:{token}");
    format!("Authorization: Basic {}", STANDARD.encode(plain))
}

/// A header that signs in with a token alone.
pub(crate) fn bearer(token: &str) -> String {
    format!("Authorization: Bearer {token}")
}

/// Reads.
pub(crate) fn get(url: &str, authorization: &str) -> Reply {
    send("GET", url, &[authorization], "")
}

/// Sends JSON.
pub(crate) fn send_json(method: &str, url: &str, authorization: &str, body: &Value) -> Reply {
    let headers = [authorization, "Content-Type: application/json"];
    send(method, url, &headers, &body.to_string())
}

/// Sends anything.
pub(crate) fn send(method: &str, url: &str, headers: &[&str], body: &str) -> Reply {
    let url = url::Url::parse(url).expect("an address");
    let host = format!(
        "{}:{}",
        url.host_str().expect("a host"),
        url.port().expect("a port")
    );
    let path = &url[url::Position::BeforePath..];
    let mut text = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    for header in headers.iter().filter(|header| !header.is_empty()) {
        text += &format!("{header}\r\n");
    }
    text += &format!("Content-Length: {}\r\n\r\n{body}", body.len());
    let mut stream = TcpStream::connect(host).expect("somebody listens");
    stream.write_all(text.as_bytes()).expect("it can be sent");
    let mut answer = String::new();
    stream
        .read_to_string(&mut answer)
        .expect("an answer in text");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a whole answer");
    Reply {
        status: head[9..12].parse().expect("a status"),
        head: head.to_owned(),
        body: body.to_owned(),
    }
}

/// A product and a sign-in for it.
pub(crate) struct Product<'site> {
    pub(crate) site: &'site DemoSite,
    pub(crate) root: &'static str,
    pub(crate) sign_in: String,
}

impl Product<'_> {
    /// Reads.
    pub(crate) fn get(&self, path: &str) -> Reply {
        get(&self.url(path), &self.sign_in)
    }

    /// Sends JSON.
    pub(crate) fn send(&self, method: &str, path: &str, body: &Value) -> Reply {
        send_json(method, &self.url(path), &self.sign_in, body)
    }

    /// The address of a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{}{path}", self.site.url(), self.root)
    }
}

/// The Cloud site, with an API token.
pub(crate) fn cloud(site: &DemoSite) -> Product<'_> {
    let sign_in = basic(API_TOKEN);
    Product {
        site,
        root: "",
        sign_in,
    }
}
