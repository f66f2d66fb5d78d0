//! Servers that say yes, and answer with something else than what was asked for: an error, never an empty list.

use super::person::{Person, assert_says};
use super::scripted::{Server, answer, json, target};
use std::fmt::Write;

#[test]
fn an_answer_of_another_shape_is_not_an_empty_one() {
    for body in ["null", "{}", "\"yes\"", "7", r#"{"issues":null}"#, ""] {
        let server =
            Server::plain(move |_, _| answer(200, &["Content-Type: application/json"], body));
        let person = Person::at(&server.url());
        let ran = person.say("jira search --jql project=DEV");
        let said = format!("there is no list in what {} answered", server.url());
        assert_says(&ran.failed(1), &said, "--debug");
    }
    for body in ["null", "[]", "\"yes\"", "7", ""] {
        let server =
            Server::plain(move |_, _| answer(200, &["Content-Type: application/json"], body));
        let person = Person::at(&server.url());
        let ran = person.say("jira issue get DEV-1");
        let said = format!("there is no object in what {} answered", server.url());
        assert_says(&ran.failed(1), &said, "--debug");
    }
}

#[test]
fn what_was_made_without_a_key_is_not_said_to_be_made() {
    for body in ["null", "{}", "[]", ""] {
        let server = Server::plain(move |_, _| json(200, body));
        let person = Person::at(&server.url());
        let ran = person.say("jira issue comment add DEV-1 --body x");
        let said = format!(
            "there is no key of what was made in what {} answered",
            server.url()
        );
        assert_says(&ran.failed(1), &said, "--debug");
    }
}

/// The number behind a name in the query of a request.
fn number(request: &str, name: &str) -> usize {
    let (_, query) = target(request).split_once('?').unwrap_or_default();
    let pair = query
        .split('&')
        .find_map(|pair| pair.strip_prefix(&format!("{name}=")));
    pair.map_or(0, |number| number.parse().expect("a number"))
}

#[test]
fn a_server_that_gives_smaller_pages_than_asked_for_loses_nothing() {
    const ALL: usize = 200;
    // the third page is shorter than the others
    for shorter in [0, 2] {
        let server = Server::plain(move |request, _| {
            let start = number(request, "startAt");
            let size = if (14..21).contains(&start) {
                7 - shorter
            } else {
                7
            };
            let mut boards = Vec::new();
            for id in start..ALL.min(start + size) {
                boards.push(format!(r#"{{"id":{id},"name":"b"}}"#));
            }
            let body = format!(
                r#"{{"startAt":{start},"maxResults":7,"total":{ALL},"values":[{}]}}"#,
                boards.join(",")
            );
            json(200, &body)
        });
        let person = Person::at(&server.url());
        let ran = person.say("jira board list --limit 0 -f quiet");
        let mut expected = String::new();
        for id in 0..ALL {
            writeln!(expected, "{id}").expect("text");
        }
        assert_eq!(ran.fine(), expected);
    }
}

#[test]
fn pages_without_anything_on_them_come_to_an_end() {
    let server = Server::plain(|_, before| {
        let body =
            format!(r#"{{"results":[],"_links":{{"next":"/rest/api/search?cursor={before}"}}}}"#);
        json(200, &body)
    });
    let person = Person::at(&server.url());
    let messages = person.say("confluence search --cql type=page").failed(1);
    assert!(
        messages.contains("pages with nothing on them: this may not be all of it"),
        "{messages}"
    );
}

#[test]
fn a_page_that_is_said_to_come_after_itself_is_an_error_after_its_rows() {
    let server = Server::plain(|_, before| {
        let id = before.min(1);
        let next = "/rest/api/search?cql=type%3Dpage&limit=50&cursor=1";
        let body = format!(
            r#"{{"results":[{{"content":{{"id":"{id}","type":"page","title":"t"}}}}],"_links":{{"next":"{next}"}}}}"#
        );
        json(200, &body)
    });
    let person = Person::at(&server.url());
    let ran = person.say("confluence search --cql type=page -f quiet");
    assert_eq!(ran.output, "0\n1\n");
    assert!(ran.failed(1).contains("comes after itself"));
}
