//! The other side of the races: this test binary, started again, does what one line on its standard input says.

use std::convert::Infallible;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use lassi::config::history::undo;
use lassi::config::write::{Change, change};
use lassi::secret::{Store, migrate};

use crate::sandbox::{Sandbox, entry, put_secret};

/// Starts a process that waits for its line.
pub(crate) fn start() -> Child {
    let binary = std::env::current_exe().expect("this test was started from a file");
    Command::new(binary)
        .args(["--ignored", "--exact", "child::child", "--nocapture"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("what was started once can be started again")
}

/// Tells a process what to do: an activity, the folder of the sandbox and a word.
pub(crate) fn tell(child: &mut Child, activity: &str, sandbox: &Sandbox, word: &str) {
    let mut input = child.stdin.take().expect("it was not told yet");
    writeln!(input, "{activity}\t{}\t{word}", sandbox.base().display()).expect("it is waiting");
}

/// Waits for the end of a process, which has to be a good one.
pub(crate) fn finish(child: Child) {
    let output = child.wait_with_output().expect("it ends by itself");
    let said =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    assert!(output.status.success(), "{}", said.concat());
}

#[test]
#[ignore = "the other tests start it and tell it what to do"]
fn child() {
    let line = io::read_to_string(io::stdin()).expect("one line of text");
    let words: Vec<&str> = line.trim_end().split('\t').collect();
    let [activity, base, word] = words[..] else {
        panic!("started without instructions: {line:?}")
    };
    let sandbox = Sandbox::of(Path::new(base));
    match activity {
        "set" => set(&sandbox, word),
        "save-secret" => save_secret(&sandbox, word),
        "write-without-end" => write_without_end(&sandbox),
        "save-without-end" => save_without_end(&sandbox, word),
        "move-without-end" => move_without_end(&sandbox),
        _ => panic!("unknown activity {activity}"),
    }
}

fn set(sandbox: &Sandbox, key: &str) {
    change(&sandbox.target(), |text| {
        let text = format!("{}{key} = true\n", text.unwrap_or_default());
        Ok::<_, Infallible>(Change {
            text,
            record: entry("set", &[]),
        })
    })
    .expect("all writers get their turn");
}

fn save_secret(sandbox: &Sandbox, name: &str) {
    sandbox
        .store()
        .apply(&[put_secret(name, &format!("secret of {name}"))])
        .expect("all writers get their turn");
}

fn write_without_end(sandbox: &Sandbox) {
    println!("ready");
    for round in 0_u64.. {
        sandbox.put(&rounds_text(round));
        if round % 3 == 2 {
            undo(&sandbox.target(), |_| false).expect("it was just changed");
        }
    }
}

fn save_without_end(sandbox: &Sandbox, name: &str) {
    println!("ready");
    for round in 0_u64.. {
        sandbox
            .store()
            .apply(&[put_secret(name, &format!("secret {round}"))])
            .expect("nobody else writes");
    }
}

fn move_without_end(sandbox: &Sandbox) {
    let (one, other) = (sandbox.store(), sandbox.other_store());
    println!("ready");
    loop {
        migrate(&one, &other, || Ok::<_, Infallible>(())).expect("nobody else writes");
        migrate(&other, &one, || Ok::<_, Infallible>(())).expect("nobody else writes");
    }
}

/// A text that shows whether it is whole: all of its lines say the same number, and there are as many as the first says.
pub(crate) fn rounds_text(round: u64) -> String {
    let lines = 1 + round * 389 % 500;
    format!("lines = {lines} # {round}\n")
        + &format!("# {round}\n").repeat(usize::try_from(lines).expect("few"))
}

/// Whether a text is one of [`rounds_text`], all of it.
pub(crate) fn is_whole(text: &str) -> bool {
    let round = text
        .lines()
        .next()
        .and_then(|line| line.rsplit("# ").next())
        .and_then(|round| round.parse().ok());
    round.is_some_and(|round| text == rounds_text(round))
}
