//! Lists that take a while: interrupted, no longer wanted, and too long for memory.

use super::visitor::Visitor;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Stdio};

const SEARCH: [&str; 9] = [
    "jira",
    "search",
    "--jql",
    "project = BIG",
    "--limit",
    "0",
    "-f",
    "csv",
    "--quiet",
];
const ISSUES: usize = 100_000;

fn started(visitor: &Visitor) -> (Child, BufReader<ChildStdout>) {
    let mut child = visitor
        .lassi(&SEARCH)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program is there");
    let output = child.stdout.take().expect("it is piped");
    (child, BufReader::new(output))
}

#[test]
fn an_interrupt_leaves_whole_lines() {
    let visitor = Visitor::new();
    let (child, mut output) = started(&visitor);
    let mut text = String::new();
    for _ in 0..3 {
        output.read_line(&mut text).expect("a line");
    }
    let process = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(process, rustix::process::Signal::INT).expect("it runs");
    output.read_to_string(&mut text).expect("text");
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!(ended.status.code(), Some(130), "{ended:?}");
    assert_eq!(ended.stderr, b"");
    assert!(text.ends_with("\r\n"), "…{}", &text[text.len() - 100..]);
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines.len() < ISSUES, "it was interrupted");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let whole = reader.records().filter(|record| {
        record
            .as_ref()
            .is_ok_and(|record| record[0].starts_with("BIG-"))
    });
    assert_eq!(whole.count(), lines.len() - 1);
}

#[test]
fn whoever_has_seen_enough_ends_it() {
    let visitor = Visitor::new();
    let (child, mut output) = started(&visitor);
    output.read_line(&mut String::new()).expect("a line");
    drop(output);
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!((ended.status.code(), ended.stderr), (Some(0), Vec::new()));
}

#[test]
fn a_hundred_thousand_issues_take_little_memory() {
    let visitor = Visitor::new();
    let (mut child, output) = started(&visitor);
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    let mut lines = 0;
    for line in output.lines() {
        line.expect("a line");
        lines += 1;
        // the highest mark so far; it is gone when the process is
        if lines % 1000 == 0
            && let Ok(status) = fs::read_to_string(&status)
            && let Some(mark) = status.lines().find(|line| line.starts_with("VmHWM:"))
        {
            let kibibytes = mark.split_whitespace().nth(1).expect("a number");
            peak = kibibytes.parse::<u64>().expect("a number");
        }
    }
    assert!(child.wait().expect("it ends").success());
    assert_eq!(lines, ISSUES + 1);
    assert!(peak > 0 && peak < 64 * 1024, "{peak} KiB");
}
