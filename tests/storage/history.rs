//! What can be taken back, what is refused, and what is forgotten.

use std::fs;

use lassi::config::history::{ENTRIES_KEPT, UndoError, list, preview, undo};
use lassi::config::write::{Outcome, Record};

use crate::sandbox::{Sandbox, entry, overwrite};

fn undo_it(sandbox: &Sandbox) -> Result<Outcome, UndoError> {
    undo(&sandbox.target(), |_| false).map(|undone| undone.written.outcome)
}

#[test]
fn the_exact_bytes_come_back_and_go_again() {
    let sandbox = Sandbox::new();
    let old = "\u{feff}[not toml\r\n# no end of line";
    sandbox.write_by_hand(old);
    sandbox.put("a = 1\n");
    let seen = preview(&sandbox.target()).expect("it can be undone");
    assert_eq!(seen.current.as_deref(), Some(b"a = 1\n".as_slice()));
    assert_eq!(seen.restored.as_deref(), Some(old.as_bytes()));
    assert_eq!(sandbox.text(), "a = 1\n", "a look changes nothing");

    let undone = undo(&sandbox.target(), |_| false).expect("it can be undone");
    assert_eq!(
        (undone.entry.command.as_str(), &undone.entry.what[..]),
        ("set", &["output.format".to_owned()][..])
    );
    assert_eq!(sandbox.text(), old);
    undo_it(&sandbox).expect("the undo can be undone");
    assert_eq!(sandbox.text(), "a = 1\n");
    let commands: Vec<_> = list(&sandbox.target())
        .expect("readable")
        .into_iter()
        .map(|e| e.command)
        .collect();
    assert_eq!(commands, ["undo", "undo", "set"]);
}

#[test]
fn a_file_that_a_change_made_is_removed_and_made_again() {
    let sandbox = Sandbox::new();
    sandbox.put("a = 1\n");
    assert_eq!(
        preview(&sandbox.target())
            .expect("it can be undone")
            .restored,
        None
    );
    assert_eq!(
        undo_it(&sandbox).expect("it can be undone"),
        Outcome::Removed
    );
    assert!(!sandbox.file().exists());
    assert_eq!(undo_it(&sandbox).expect("the undo too"), Outcome::Created);
    assert_eq!(sandbox.text(), "a = 1\n");
}

#[test]
fn without_a_change_there_is_nothing_to_undo() {
    let sandbox = Sandbox::new();
    assert!(
        matches!(undo_it(&sandbox), Err(UndoError::Nothing { path }) if path == sandbox.file())
    );
    sandbox.write_by_hand("a = 1\n");
    assert!(matches!(
        preview(&sandbox.target()),
        Err(UndoError::Nothing { .. })
    ));
    assert!(list(&sandbox.target()).expect("readable").is_empty());
}

#[test]
fn a_change_by_hand_is_not_lost() {
    let sandbox = Sandbox::new();
    sandbox.put("a = 1\n");
    sandbox.put("a = 2\n");
    sandbox.write_by_hand("a = 3\n");
    assert!(
        matches!(undo_it(&sandbox), Err(UndoError::ChangedSince { entry, .. }) if entry.number == 2)
    );
    fs::remove_file(sandbox.file()).expect("ours");
    assert!(matches!(
        undo_it(&sandbox),
        Err(UndoError::ChangedSince { .. })
    ));
    sandbox.write_by_hand("a = 2\n");
    undo_it(&sandbox).expect("the hand has taken its change back");
    assert_eq!(sandbox.text(), "a = 1\n");
}

#[test]
fn a_change_of_secrets_is_recorded_and_not_undone() {
    let sandbox = Sandbox::new();
    let secret = "auth.jira[\"https://jira.example\"].pat";
    let written = sandbox
        .record("", &entry("set", &[secret]))
        .expect("nothing to write");
    assert_eq!(written.outcome, Outcome::Recorded);
    assert!(!sandbox.file().exists());
    assert!(
        matches!(undo_it(&sandbox), Err(UndoError::Secrets { entry }) if entry.secrets == [secret])
    );

    sandbox.put("a = 1\n");
    assert_eq!(
        sandbox
            .record("a = 1\n", &entry("unset", &[secret]))
            .expect("same")
            .outcome,
        Outcome::Recorded
    );
    assert!(matches!(undo_it(&sandbox), Err(UndoError::Secrets { .. })));
    sandbox
        .record("a = 2\n", &entry("set", &[secret]))
        .expect("writable");
    assert!(matches!(
        preview(&sandbox.target()),
        Err(UndoError::Secrets { .. })
    ));
    assert_eq!(sandbox.text(), "a = 2\n");
    // as if the process had been killed between the secret and the file
    sandbox.write_by_hand("a = 1\n");
    assert!(matches!(undo_it(&sandbox), Err(UndoError::Secrets { .. })));
}

#[test]
fn a_text_with_a_secret_is_never_kept() {
    let sandbox = Sandbox::new();
    sandbox.write_by_hand("pat = \"hunter2\"\n");
    let record = Record::Entry {
        what: vec!["auth".to_owned()],
        command: "check --fix".to_owned(),
        secrets: Vec::new(),
        keep: false,
    };
    sandbox.record("a = 1\n", &record).expect("writable");
    assert!(sandbox.kept("text").is_empty());
    assert!(matches!(undo_it(&sandbox), Err(UndoError::NotKept { .. })));

    sandbox.put("pat = \"hunter2\"\n");
    undo(&sandbox.target(), |bytes| bytes.starts_with(b"pat"))
        .expect("the text before is harmless");
    let keeps_it =
        |path: &std::path::PathBuf| fs::read(path).expect("readable").starts_with(b"pat");
    assert!(!sandbox.kept("text").iter().any(keeps_it));
    assert!(matches!(undo_it(&sandbox), Err(UndoError::NotKept { .. })));
}

#[test]
fn what_lassi_adds_by_itself_goes_with_the_last_change() {
    let sandbox = Sandbox::new();
    sandbox.put("a = 1\n");
    sandbox.put("a = 2\n");
    for text in ["a = 2\ncloud_id = 1\n", "a = 2\ncloud_id = 2\n"] {
        sandbox.record(text, &Record::Silent).expect("writable");
    }
    assert_eq!(list(&sandbox.target()).expect("readable").len(), 2);
    undo_it(&sandbox).expect("the file is known");
    assert_eq!(sandbox.text(), "a = 1\n");

    sandbox.write_by_hand("a = 3\n");
    sandbox
        .record("a = 3\ncloud_id = 1\n", &Record::Silent)
        .expect("writable");
    assert!(
        matches!(undo_it(&sandbox), Err(UndoError::ChangedSince { .. })),
        "a change by hand stays one"
    );
}

#[test]
fn the_oldest_entries_are_forgotten() {
    let sandbox = Sandbox::new();
    for round in 0..ENTRIES_KEPT + 7 {
        sandbox.put(&format!("a = {round}\n"));
    }
    let numbers: Vec<_> = list(&sandbox.target())
        .expect("readable")
        .iter()
        .map(|entry| entry.number)
        .collect();
    assert_eq!(numbers, (8..=27).rev().collect::<Vec<_>>());
    assert_eq!(
        (sandbox.kept("json").len(), sandbox.kept("text").len()),
        (ENTRIES_KEPT, ENTRIES_KEPT)
    );
}

#[test]
fn a_change_that_never_happened_is_no_change() {
    let sandbox = Sandbox::new();
    sandbox.put("a = 1\n");
    sandbox.put("a = 2\n");
    // as if the process had been killed between its entry and its file, with a version it had no time to describe
    sandbox.put("a = 3\n");
    sandbox.write_by_hand("a = 2\n");
    let folder = sandbox.kept("json")[0]
        .parent()
        .expect("a folder")
        .to_path_buf();
    overwrite(&folder.join("00000004.text"), "left over");
    overwrite(&folder.join("00000004.json.new"), "{");

    let numbers = || {
        list(&sandbox.target())
            .expect("readable")
            .iter()
            .map(|entry| entry.number)
            .collect::<Vec<_>>()
    };
    assert_eq!(numbers(), [2, 1]);
    undo_it(&sandbox).expect("the second change is the last one");
    assert_eq!(sandbox.text(), "a = 1\n");
    assert_eq!(numbers(), [3, 2, 1]);
    assert!(sandbox.kept("new").is_empty());
    assert_eq!(
        sandbox.kept("text").len(),
        2,
        "the first change made the file: {:?}",
        sandbox.kept("text")
    );
}

#[test]
fn a_version_that_was_changed_is_not_restored() {
    let sandbox = Sandbox::new();
    sandbox.put("a = 1\n");
    sandbox.put("a = 2\n");
    let versions = sandbox.kept("text");
    overwrite(&versions[0], "a = 7\n");
    assert!(matches!(undo_it(&sandbox), Err(UndoError::NotKept { .. })));
    fs::remove_file(&versions[0]).expect("ours");
    assert!(matches!(undo_it(&sandbox), Err(UndoError::NotKept { .. })));
    assert_eq!(sandbox.text(), "a = 2\n");
}

#[test]
fn an_entry_that_cannot_be_read_takes_nothing_back() {
    let sandbox = Sandbox::new();
    sandbox.put("a = 1\n");
    sandbox.put("a = 2\n");
    overwrite(&sandbox.kept("json")[1], "{\"time\": 17");
    assert!(
        matches!(undo_it(&sandbox), Err(UndoError::ChangedSince { entry, .. }) if entry.number == 1)
    );
    sandbox.put("a = 3\n");
    undo_it(&sandbox).expect("the history goes on");
    assert_eq!(sandbox.text(), "a = 2\n");
}
