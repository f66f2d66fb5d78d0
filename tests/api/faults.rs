//! Connections that fail, and answers that cannot be taken: one message each, and what to set.

use super::person::{Person, assert_says};
use super::scripted::{Reply, Server, answer, json};
use crate::home::overwrite;
use flate2::{Compression, write::GzEncoder};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;
use std::time::Duration;

/// A server that does not understand encryption and says so at once. Host and port.
fn speaks_first() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let host = listener.local_addr().expect("an address").to_string();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
            let _ = stream.read_to_end(&mut Vec::new());
        }
    });
    host
}

#[test]
fn who_cannot_be_reached_is_named() {
    let nobody = {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.local_addr().expect("an address").to_string()
    };
    let silent = Server::plain(|_, _| Reply::Silence);
    let plain = speaks_first();
    let silence = silent.host.clone();
    let not_encrypted = format!("no encrypted connection to {plain}: ");
    for (url, said, hint) in [
        (
            "https://nowhere.invalid".to_owned(),
            "nowhere.invalid is not known: the name has no address".to_owned(),
            "connection.proxy=http://HOST:PORT",
        ),
        (
            format!("http://{nobody}"),
            format!("{nobody} cannot be reached: nothing answers there"),
            "connection.proxy=http://HOST:PORT",
        ),
        (
            silent.url(),
            format!("{silence} did not answer within 1 s"),
            "connection.timeout=SECONDS",
        ),
        (
            format!("https://{plain}"),
            not_encrypted,
            "is it really https?",
        ),
        (
            "http://jira.acme.example".to_owned(),
            "jira.acme.example would be reached without encryption, and nothing is sent".to_owned(),
            "connection.allow_http=jira.acme.example",
        ),
    ] {
        // only where nothing comes, so that a busy machine is given its time
        let seconds = if url == silent.url() { 1 } else { 30 };
        let lines = format!("timeout = {seconds}\nmax_retries = 0");
        let person = Person::with(&url, &lines);
        let ran = person.say("api jira /x");
        let code = if said.contains("without encryption") {
            5
        } else {
            1
        };
        let messages = ran.failed(code);
        if said.ends_with(": ") {
            assert!(
                messages.starts_with(&format!("error: {said}")),
                "{messages}"
            );
            assert!(messages.contains(hint), "{messages}");
        } else {
            assert_says(&messages, &said, hint);
        }
    }
}

#[test]
fn a_connection_that_breaks_is_tried_again_where_it_does_no_harm() {
    let breaks_once = |_: &str, before: usize| match before {
        0 => Reply::Bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half\":".to_vec()),
        _ => json(200, "{}"),
    };
    let server = Server::plain(breaks_once);
    let person = Person::at(&server.url());
    assert_eq!(person.say("api jira /x").fine(), "{}");
    assert_eq!(server.seen().len(), 2);

    let server = Server::plain(breaks_once);
    let person = Person::at(&server.url());
    let messages = person.say("api jira /x -d {}").failed(1);
    let first = format!(
        "the connection to {} broke before the answer was there",
        server.host
    );
    assert_says(&messages, &first, "--debug");
    assert_eq!(server.seen().len(), 1);
}

/// Bytes in one chunk each.
fn chunked(chunk: &[u8], times: usize) -> Vec<u8> {
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let mut bytes = head.as_bytes().to_vec();
    for _ in 0..times {
        bytes.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
        bytes.extend_from_slice(chunk);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"0\r\n\r\n");
    bytes
}

fn packed(piece: &[u8], times: usize) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    for _ in 0..times {
        encoder.write_all(piece).expect("memory takes all");
    }
    encoder.finish().expect("memory takes all")
}

fn in_gzip(packed: &[u8]) -> Vec<u8> {
    let length = packed.len();
    let head =
        format!("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {length}\r\n\r\n");
    [head.as_bytes(), packed].concat()
}

/// A server that takes three seconds for the first quarter of an upload, and the bytes that it got.
fn slow_reader() -> (String, thread::JoinHandle<usize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let reader = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("somebody comes");
        let mut piece = vec![0; 2 * 1024 * 1024];
        let mut read = 0;
        for _ in 0..6 {
            stream.read_exact(&mut piece).expect("it goes on");
            read += piece.len();
            thread::sleep(Duration::from_millis(500));
        }
        let mut end = Vec::new();
        while !end.ends_with(b"--\r\n") {
            let got = stream.read(&mut piece).expect("it goes on");
            assert_ne!(got, 0, "it ends as a form does");
            read += got;
            end.extend_from_slice(&piece[..got]);
        }
        let answer =
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n[]";
        stream.write_all(answer).expect("somebody listens");
        read
    });
    (url, reader)
}

#[test]
fn an_upload_may_take_longer_than_an_answer() {
    let (url, reader) = slow_reader();
    let person = Person::with(&url, "timeout = 2\nmax_retries = 0");
    let size = 48 * 1024 * 1024;
    overwrite(&person.home.work().join("large.bin"), vec![b'x'; size]);
    let ran = person.say("jira attachment add DEV-1 large.bin");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(reader.join().expect("it reads to the end") > size);
}

#[test]
fn answers_that_are_too_large_or_packed_wrongly_are_left() {
    let mebibyte = vec![b' '; 1024 * 1024];
    let too_large =
        |largest: u32| format!("the answer of {{host}} is larger than {largest} MiB and was left");
    let whole = packed(b"{}", 1);
    for (bytes, said) in [
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 33554433\r\n\r\n{".to_vec(),
            too_large(32),
        ),
        (chunked(&mebibyte, 33), too_large(32)),
        (in_gzip(&packed(&mebibyte, 129)), too_large(128)),
        (
            b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\n{}".to_vec(),
            "{host} packed its answer as `br`, which was not asked for".to_owned(),
        ),
        (
            in_gzip(b"no gzip at all, but long enough to look at"),
            "the answer of {host} is damaged and cannot be unpacked".to_owned(),
        ),
        (
            in_gzip(&whole[..whole.len() - 4]),
            "the answer of {host} is damaged and cannot be unpacked".to_owned(),
        ),
    ] {
        let server = Server::plain(move |_, _| Reply::Bytes(bytes.clone()));
        let messages = Person::at(&server.url()).say("api jira /x").failed(1);
        let said = said.replace("{host}", &server.host);
        assert_says(&messages, &said, "");
        assert_eq!(server.seen().len(), 1, "it would be no better: {said}");
    }
}

#[test]
fn packed_answers_are_unpacked_and_those_without_a_body_are_none() {
    let whole = in_gzip(&packed(b"{\"a\":1}", 1));
    let server = Server::plain(move |request, _| {
        if request.starts_with("HEAD ") {
            answer(200, &["Content-Encoding: gzip"], "")
        } else {
            assert!(
                request.to_lowercase().contains("accept-encoding: gzip\r\n"),
                "{request}"
            );
            Reply::Bytes(whole.clone())
        }
    });
    let person = Person::at(&server.url());
    assert_eq!(person.say("api jira /x").fine(), "{\"a\":1}");
    assert_eq!(person.say("api jira /x -X HEAD").fine(), "");
    let huge = Server::plain(|_, _| {
        Reply::Bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n".to_vec())
    });
    let head = Person::at(&huge.url()).say("api jira /x -X HEAD -i").fine();
    assert!(head.contains("content-length: 99999999999\n"), "{head}");
    let agent = concat!("user-agent: lassi/", env!("CARGO_PKG_VERSION"), "\r\n");
    assert!(
        server
            .seen()
            .iter()
            .all(|request| request.to_lowercase().contains(agent))
    );
}
