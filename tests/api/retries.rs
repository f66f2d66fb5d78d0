//! Which requests are sent again, and after how long. Between two of them the clock stands still and is wound on.

use super::person::Person;
use super::scripted::{Server, answer};
use super::visitor::Visitor;
use crate::demo_site::tokens::BUSY_TOKEN;
use lassi::config::stack::Stack;
use lassi::config::views::{self, Connection};
use lassi::http::{Client, Event, Method, Observer, Request, Url};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use tokio::time::Instant;

/// Stops the clock when a wait begins, and keeps how long each one was.
#[derive(Default)]
struct Clock {
    since: Cell<Option<Instant>>,
    waits: RefCell<Vec<Duration>>,
}

impl Observer for Clock {
    fn see(&self, event: &Event<'_>) {
        match event {
            Event::Waiting { .. } => {
                tokio::time::pause();
                self.since.set(Some(Instant::now()));
            }
            Event::Sending { .. } => {
                if let Some(since) = self.since.take() {
                    self.waits.borrow_mut().push(since.elapsed());
                    tokio::time::resume();
                }
            }
            _ => {}
        }
    }
}

/// The waits between the tries of a request.
fn waits(server: &Server, method: Method, connection: Connection) -> Vec<Duration> {
    let clock = Rc::new(Clock::default());
    let client = Client::new(connection, clock.clone());
    let url = Url::parse(&server.url()).expect("an address");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let sent = runtime.block_on(client.send(&Request::new(method, url), None));
    sent.expect("the last answer");
    clock.waits.take()
}

fn connection() -> Connection {
    let defaults = views::connection(&Stack::default()).expect("the defaults fit");
    Connection {
        max_retries: 3,
        ..defaults
    }
}

#[test]
fn what_a_server_asks_for_is_waited_within_bounds() {
    for (status, headers, method, seconds) in [
        (429, &["Retry-After: 7"][..], Method::GET, &[7, 7, 7][..]),
        (429, &["Retry-After: 0"], Method::POST, &[1, 1, 1]),
        (
            429,
            &["Retry-After: 9223372036854775807"],
            Method::POST,
            &[60, 60, 60],
        ),
        (
            503,
            &["Retry-After: Wed, 21 Oct 2099 07:28:00 GMT"],
            Method::GET,
            &[60, 60, 60],
        ),
        (
            503,
            &["Retry-After: Wed, 21 Oct 2015 07:28:00 GMT"],
            Method::PUT,
            &[1, 1, 1],
        ),
        (
            429,
            &["X-RateLimit-Reset: 2099-01-01T00:00Z"],
            Method::GET,
            &[60, 60, 60],
        ),
        (503, &["Retry-After: 7"], Method::POST, &[]),
        (500, &["Retry-After: 7"], Method::GET, &[]),
        (401, &["Retry-After: 7"], Method::GET, &[]),
        (403, &["Retry-After: 7"], Method::GET, &[]),
        (404, &[], Method::GET, &[]),
    ] {
        let server = Server::plain(move |_, _| answer(status, headers, ""));
        let waited: Vec<u64> = waits(&server, method.clone(), connection())
            .iter()
            .map(Duration::as_secs)
            .collect();
        assert_eq!(waited, seconds, "{status} {headers:?} {method}");
        assert_eq!(server.seen().len(), seconds.len() + 1);
    }
}

#[test]
fn waits_grow_by_the_factor_and_end_at_the_longest() {
    let server = Server::plain(|_, _| answer(503, &[], ""));
    let slow = Connection {
        max_retries: 5,
        backoff_factor: 3.0,
        max_backoff: 20.0,
        ..connection()
    };
    let waited = waits(&server, Method::GET, slow);
    assert_eq!(waited.len(), 5);
    for (waited, longest) in waited.iter().zip([1.0, 3.0, 9.0, 20.0, 20.0]) {
        // the clock of the runtime counts whole milliseconds
        let bounds = longest / 2.0..=longest + 0.002;
        assert!(
            bounds.contains(&waited.as_secs_f64()),
            "{waited:?} of {longest}"
        );
    }
    let never = Connection {
        max_retries: 0,
        ..connection()
    };
    assert!(waits(&server, Method::GET, never).is_empty());
}

#[test]
fn the_program_tries_as_often_as_it_is_told() {
    for (lines, arguments, tries) in [
        ("", "api jira /x", 6),
        ("max_retries = 2", "api jira /x", 3),
        ("max_retries = 0", "api jira /x", 1),
        ("retry_status_codes = [500]", "api jira /x", 1),
        ("", "api jira /x -d {}", 1),
        ("", "api jira /rest/api/2/search -d {}", 6),
    ] {
        let server = Server::plain(|_, _| answer(503, &[], ""));
        let person = Person::with(&server.url(), lines);
        let messages = person.say(arguments).failed(1);
        let first = format!("error: {} failed (503)\n", server.url());
        assert!(messages.starts_with(&first), "{messages}");
        assert_eq!(server.seen().len(), tries, "{lines} {arguments}");
    }
    let busy = Visitor::with_token(BUSY_TOKEN);
    busy.say("jira whoami").fine();
}
