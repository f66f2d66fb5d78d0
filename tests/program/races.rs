//! Many processes at the same moment: no change is lost, and the file parses at every instant.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::home::{Home, PROGRAM, Ran};

/// A process that waits for a line, or the end, of its input before it becomes `lassi`: so all begin at the same moment.
pub(crate) fn waiting(home: &Home, arguments: &[&str]) -> Child {
    let mut command = home.command("sh");
    command
        .args(["-c", "read start; exec \"$@\"", "sh", PROGRAM])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command.spawn().expect("a shell")
}

/// Lets all go and waits for each, which has to succeed.
pub(crate) fn race(mut children: Vec<Child>) {
    for child in &mut children {
        drop(child.stdin.take());
    }
    for child in children {
        Ran::from(child.wait_with_output().expect("it ends")).fine();
    }
}

#[test]
fn fifty_processes_set_fifty_settings() {
    let home = Home::new();
    let pairs: Vec<String> = (0..50)
        .map(|number| format!("profiles.p{number}.email={number}@acme.example"))
        .collect();
    let children = pairs
        .iter()
        .map(|pair| waiting(&home, &["config", "set", pair]))
        .collect();
    let ended = AtomicBool::new(false);
    let seen = thread::scope(|scope| {
        let reader = scope.spawn(|| read_until(&home, &ended));
        race(children);
        ended.store(true, Ordering::Release);
        reader.join().expect("every text that was seen parses")
    });
    assert_eq!(seen, 50, "the last look sees all of them");
    let list = home.run(&["config", "list", "--user"]).fine();
    for number in 0..50 {
        assert!(
            list.contains(&format!(
                "profiles.p{number}.email = \"{number}@acme.example\"\n"
            )),
            "{list}"
        );
    }
}

/// Reads the file again and again; each text has to parse and to hold at least the profiles of the one before. How many
/// the last one holds, read when all others have ended.
fn read_until(home: &Home, ended: &AtomicBool) -> usize {
    let mut most = 0;
    loop {
        let last = ended.load(Ordering::Acquire);
        if let Ok(text) = fs::read_to_string(home.file()) {
            let document = toml_edit::Document::parse(text).expect("whole at every instant");
            let profiles = document
                .get("profiles")
                .and_then(|item| item.as_table_like());
            let count = profiles.map_or(0, |profiles| profiles.iter().count());
            assert!(count >= most, "{count} profiles after {most}");
            most = count;
        }
        if last {
            return most;
        }
    }
}

#[test]
fn thirty_processes_save_thirty_secrets_starting_from_nothing() {
    let home = Home::new();
    let paths: Vec<String> = (0..30)
        .map(|number| format!("auth.jira.https://site{number}.atlassian.net.api_token"))
        .collect();
    let pairs: Vec<String> = paths
        .iter()
        .enumerate()
        .map(|(number, path)| format!("{path}=token-{number}"))
        .collect();
    race(
        pairs
            .iter()
            .map(|pair| waiting(&home, &["config", "set", pair]))
            .collect(),
    );
    for (number, path) in paths.iter().enumerate() {
        let secret = home.run(&["config", "get", path, "--reveal"]).fine();
        assert_eq!(secret, format!("token-{number}\n"));
    }
}

#[test]
fn a_reader_that_closes_the_pipe_is_no_failure() {
    let home = Home::new();
    // far more than a pipe holds
    let mut text = String::new();
    for number in 0..3_000 {
        text.push_str(&format!(
            "[profiles.p{number}]\nbase_url = \"https://site-{number}.atlassian.net\"\n"
        ));
    }
    home.write(text);
    let script = "set -o pipefail; \"$0\" config list | head -1";
    let mut shell: Command = home.command("bash");
    let ran = Ran::of(shell.args(["-c", script, PROGRAM]));
    assert_eq!((ran.code, ran.messages.as_str()), (Some(0), ""));
    assert_eq!(
        ran.output,
        "profiles.p0.base_url = \"https://site-0.atlassian.net\"\n"
    );
}
