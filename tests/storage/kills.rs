//! Killed at any moment: the file is the old one or the new one, the next command is not blocked, undo is not misled.

use std::convert::Infallible;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{BufRead, BufReader};
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use lassi::config::history::{ENTRIES_KEPT, undo};
use lassi::secret::{FileStore, Store, migrate};

use crate::child::{is_whole, rounds_text, start, tell};
use crate::sandbox::{Sandbox, put_secret};

/// For each of the tests: some hundred kills.
const ENOUGH: Duration = Duration::from_secs(3);

/// Lets a process begin and kills it within the time of a few writes.
fn kill_some_time(mut child: Child) {
    let mut output = BufReader::new(child.stdout.take().expect("it is piped")).lines();
    let ready = output.find(|line| line.as_ref().is_ok_and(|line| line.ends_with("ready")));
    assert!(ready.is_some(), "it ended before it began");
    // not waiting for anything: a moment at random is what is to be tested
    let moment = RandomState::new().build_hasher().finish() % 8_000;
    thread::sleep(Duration::from_micros(moment));
    child.kill().expect("it is running");
    child.wait().expect("it is gone");
}

#[test]
fn a_killed_writer_leaves_the_old_file_or_the_new_one() {
    let sandbox = Sandbox::new();
    let since = Instant::now();
    while since.elapsed() < ENOUGH {
        let mut child = start();
        tell(&mut child, "write-without-end", &sandbox, "-");
        kill_some_time(child);
        if sandbox.file().exists() {
            assert!(is_whole(&sandbox.text()), "{}", sandbox.text());
        }
        if sandbox.kept("json").len() > 1 {
            let undone = undo(&sandbox.target(), |_| false).expect("the history knows the file");
            assert!(!undone.written.path.exists() || is_whole(&sandbox.text()));
        }
        sandbox.put(&rounds_text(1_000_000));
        sandbox.put(&rounds_text(1_000_001));
        assert_eq!(sandbox.text(), rounds_text(1_000_001));
        assert!(!sandbox.folder().join(".config.toml.lassi-new").exists());
        assert!(sandbox.kept("new").is_empty());
        assert!(
            sandbox.kept("json").len() <= ENTRIES_KEPT
                && sandbox.kept("text").len() <= ENTRIES_KEPT
        );
    }
}

#[test]
fn a_killed_saver_leaves_secrets_that_can_be_read() {
    let sandbox = Sandbox::new();
    let store = sandbox.store();
    let since = Instant::now();
    while since.elapsed() < ENOUGH {
        let mut child = start();
        tell(&mut child, "save-without-end", &sandbox, "a");
        kill_some_time(child);
        if let Some(secret) = store.get("a").expect("whole") {
            assert!(secret.expose().starts_with("secret "));
        }
        store
            .apply(&[put_secret("b", "mine")])
            .expect("nobody blocks");
        assert_eq!(
            store.get("b").expect("readable").expect("there").expose(),
            "mine"
        );
        assert!(store.damaged().expect("readable").is_empty());
        assert!(!sandbox.folder().join(".credentials.lassi-new").exists());
    }
}

#[test]
fn a_killed_move_leaves_each_secret_in_one_of_the_stores() {
    let sandbox = Sandbox::new();
    let (one, other) = (sandbox.store(), sandbox.other_store());
    let names = ["a", "b", "c"];
    let secrets = names.map(|name| put_secret(name, &format!("secret of {name}")));
    one.apply(&secrets).expect("writable");
    let held = |store: &FileStore, name: &str| {
        let secret = store.get(name).expect("whole");
        secret.is_some_and(|secret| secret.expose() == format!("secret of {name}"))
    };
    let since = Instant::now();
    while since.elapsed() < ENOUGH {
        let mut child = start();
        tell(&mut child, "move-without-end", &sandbox, "-");
        kill_some_time(child);
        for name in names {
            assert!(held(&one, name) || held(&other, name), "{name} is lost");
        }
        migrate(&one, &other, || Ok::<_, Infallible>(())).expect("nobody blocks");
        assert!(names.iter().all(|name| held(&other, name)));
        assert!(one.names().expect("readable").is_empty());
        migrate(&other, &one, || Ok::<_, Infallible>(())).expect("nobody blocks");
    }
}
