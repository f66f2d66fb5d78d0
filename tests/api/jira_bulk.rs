//! Many issues are moved at once: shown first, a few at a time, and what failed is told at the end.

use super::person::Person;
use super::scripted::{Reply, Server, json};
use super::visitor::Visitor;
use serde_json::Value as Json;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};

const MANY: &[&str] = &[
    "jira",
    "issue",
    "transition",
    "--jql",
    "project = DEV and status in (\"In Progress\", Done)",
    "--to",
    "Done",
];

fn with(more: &[&'static str]) -> Vec<&'static str> {
    [MANY, more].concat()
}

fn changes(visitor: &Visitor) -> usize {
    let requests = visitor.site.requests();
    requests
        .iter()
        .filter(|request| request.method == "POST")
        .count()
}

#[test]
fn a_dry_run_asks_each_issue_and_changes_none() {
    let visitor = Visitor::new();
    let ran = visitor.run(&with(&["--dry-run"]));
    assert!(
        ran.messages.contains("in Done already: DEV-5, DEV-10"),
        "{ran:?}"
    );
    let table = ran.fine();
    assert!(
        table.starts_with("KEY     FROM         TO    SUMMARY\nDEV-2   In Progress  Done  Paint"),
        "{table}"
    );
    assert_eq!(table.lines().count(), 7, "{table}");
    let json: Json = serde_json::from_str(&visitor.run(&with(&["--dry-run", "-f", "json"])).fine())
        .expect("JSON");
    assert_eq!(
        json[0],
        serde_json::json!({
            "key": "DEV-2", "from": "In Progress", "to": "Done", "summary": "Paint the fins red",
        })
    );
    assert_eq!(changes(&visitor), 0);
}

#[test]
fn what_leads_nowhere_is_seen_before() {
    let visitor = Visitor::new();
    let arguments = [
        "jira",
        "issue",
        "transition",
        "--jql",
        "key in (DEV-1, DEV-2)",
        "--to",
        "Start progress",
        "--dry-run",
    ];
    let ran = visitor.run(&arguments);
    assert!(
        ran.messages
            .contains("there is no way from where they are: DEV-2"),
        "{ran:?}"
    );
    assert!(ran.fine().contains("DEV-1  To Do        In Progress  Give"));
}

#[test]
fn many_are_moved_only_after_a_yes() {
    let visitor = Visitor::new();
    let told = visitor.run(MANY).failed(2);
    assert!(
        told.contains("DEV-2   In Progress  Done  Paint the fins red\n"),
        "{told}"
    );
    assert!(told.contains("Move 6 issues to Done?"), "{told}");
    assert_eq!(changes(&visitor), 0);
}

#[test]
fn one_that_fails_keeps_no_other_from_being_moved() {
    for visitor in [Visitor::new(), Visitor::at_data_center()] {
        let ran = visitor.run(&with(&["--yes", "-f", "quiet"]));
        assert_eq!(ran.output, "DEV-2\nDEV-12\nDEV-17\nDEV-22\nDEV-27\n");
        let told = ran.failed(1);
        assert!(told.contains("5 done, 1 failed\n  DEV-7: "), "{told}");
        assert!(
            told.contains("A checklist can only be closed after launch."),
            "{told}"
        );
        assert_eq!(changes(&visitor), 6);
        let again = visitor.run(&with(&["--yes"]));
        assert!(again.failed(1).contains("0 done, 1 failed"));
    }
}

#[test]
fn a_site_that_is_busy_is_waited_for() {
    let visitor = Visitor::with_token(crate::demo_site::tokens::BUSY_TOKEN);
    let ran = visitor.run(&[
        "jira",
        "issue",
        "transition",
        "--jql",
        "key in (DEV-1, DEV-3, DEV-6)",
        "--to",
        "Done",
        "--yes",
        "-f",
        "quiet",
    ]);
    assert_eq!(ran.fine(), "DEV-1\nDEV-3\nDEV-6\n");
}

#[test]
fn nothing_to_move_is_no_failure() {
    let visitor = Visitor::new();
    for query in ["project = OPS and status = Done", "key = DEV-5"] {
        let ran = visitor.run(&[
            "jira",
            "issue",
            "transition",
            "--jql",
            query,
            "--to",
            "Done",
        ]);
        assert!(
            ran.messages.contains("there is no issue to move"),
            "{ran:?}"
        );
        assert_eq!(ran.fine(), "");
    }
}

#[test]
fn a_read_only_profile_is_told_before_anything_is_sent() {
    let visitor = Visitor::new();
    visitor
        .run(&["config", "set", "profiles.demo.read_only=true"])
        .fine();
    let told = visitor.run(&with(&["--yes"])).failed(1);
    assert!(told.contains("read-only"), "{told}");
    visitor.run(&with(&["--dry-run"])).fine();
    let told = visitor.run(&["jira", "issue", "delete", "DEV-1"]).failed(1);
    assert!(told.contains("read-only"), "nobody is asked: {told}");
}

/// A Data Center with four issues that can be moved; the closure answers whoever moves one.
fn four_issues(moved: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Server {
    Server::plain(move |request, _| {
        if request.starts_with("POST ") {
            return moved(request);
        }
        if request.contains("/transitions") {
            return json(
                200,
                r#"{"transitions":[{"id":"1","name":"Close","to":{"name":"Closed"}}]}"#,
            );
        }
        let issues: Vec<Json> = (1..=4)
            .map(|number| {
                let fields = serde_json::json!({ "status": { "name": "Open" }, "summary": "x" });
                serde_json::json!({ "key": format!("A-{number}"), "fields": fields })
            })
            .collect();
        let page = serde_json::json!({ "startAt": 0, "total": 4, "issues": issues });
        json(200, &page.to_string())
    })
}

const CLOSE: &[&str] = &[
    "jira",
    "issue",
    "transition",
    "--jql",
    "project = A",
    "--to",
    "Closed",
    "--yes",
    "-f",
    "quiet",
];

fn posts(server: &Server) -> usize {
    let targets = server.targets();
    targets
        .iter()
        .filter(|target| target.starts_with("POST "))
        .count()
}

#[test]
fn as_many_are_under_way_as_there_are_workers() {
    let (in_flight, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let counted = Arc::clone(&most);
    // nobody is answered before the other one has come
    let two = Barrier::new(2);
    let server = four_issues(move |_| {
        let now = in_flight.fetch_add(1, Ordering::SeqCst) + 1;
        counted.fetch_max(now, Ordering::SeqCst);
        two.wait();
        in_flight.fetch_sub(1, Ordering::SeqCst);
        json(204, "")
    });
    let person = Person::with(&server.url(), "max_workers = 2");
    assert_eq!(person.run(CLOSE).fine(), "A-1\nA-2\nA-3\nA-4\n");
    assert_eq!(most.load(Ordering::SeqCst), 2);
}

#[test]
fn a_sign_in_that_is_refused_is_not_tried_on_all() {
    let server = four_issues(|request| {
        let status = if request.contains("/A-1/") { 204 } else { 401 };
        json(status, "{}")
    });
    let person = Person::with(&server.url(), "max_workers = 1");
    let told = person.run(CLOSE).failed(4);
    assert!(
        told.contains("1 done, 1 failed, 2 not tried\n  A-2: "),
        "{told}"
    );
    assert_eq!(posts(&server), 2);
}

#[test]
fn who_interrupts_it_is_told_how_far_it_was() {
    let server = four_issues(|request| {
        if request.contains("/A-3/") {
            return Reply::Silence;
        }
        json(204, "")
    });
    let person = Person::with(&server.url(), "max_workers = 1");
    let mut lassi = person.lassi(CLOSE);
    let lassi = lassi.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let lassi = lassi.expect("the program is there");
    while posts(&server) < 3 {
        std::thread::yield_now();
    }
    let process = lassi.id().to_string();
    let interrupted = Command::new("kill").args(["-INT", &process]).status();
    assert!(interrupted.expect("a command").success());
    let ended = lassi.wait_with_output().expect("it ends");
    assert_eq!(ended.status.code(), Some(130));
    let told = String::from_utf8_lossy(&ended.stderr);
    assert!(
        told.contains("interrupted: 2 of 4 were done before"),
        "{told}"
    );
}
