//! `config undo` after each command that changes a file: the bytes come back, and go again.

use std::fs;

use crate::home::{Home, overwrite};

/// What somebody wrote by hand: every byte of it has to come back.
const TEXT: &str = "\u{feff}# mine\r\ndefault_profile = 'work'   # why\r\n\r\n[profiles.work]\r\nemail = \"me\"\r\n\
                    base_url = \"https://acme.atlassian.net\"\r\n[output]\r\n  format=\"json\"";

/// Runs a command on the text, takes it back, and takes that back.
#[track_caller]
fn there_and_back(arguments: &[&str]) {
    let home = Home::new();
    home.write(TEXT);
    home.run(arguments).fine();
    let changed = home.text();
    assert_ne!(changed, TEXT);
    home.run(&["config", "undo"]).fine();
    assert_eq!(home.text(), TEXT);
    home.run(&["config", "undo"]).fine();
    assert_eq!(home.text(), changed);
    home.run(&["config", "undo"]).fine();
    assert_eq!(home.text(), TEXT);
}

#[test]
fn of_set() {
    there_and_back(&[
        "config",
        "set",
        "output.format=csv",
        "connection.timeout=60",
    ]);
}

#[test]
fn of_unset() {
    there_and_back(&["config", "unset", "output.format"]);
    there_and_back(&["config", "unset", "--yes", "profiles"]);
}

#[test]
fn of_reset() {
    there_and_back(&["config", "reset", "--yes"]);
}

#[test]
fn of_rename() {
    there_and_back(&["config", "rename", "profiles.work", "office"]);
}

#[test]
fn of_copy() {
    there_and_back(&["config", "copy", "profiles.work", "office"]);
}

#[test]
fn of_edit() {
    let home = Home::new();
    home.write(TEXT);
    let mut edit = home.lassi(&["config", "edit", "--editor"]);
    edit.env("EDITOR", "sed -i s/json/csv/")
        .status()
        .expect("it ends");
    assert_eq!(home.text(), TEXT.replace("json", "csv"));
    home.run(&["config", "undo"]).fine();
    assert_eq!(home.text(), TEXT);
}

#[test]
fn of_a_file_that_the_change_made() {
    let home = Home::new();
    home.run(&["config", "set", "output.format=csv"]).fine();
    let made = home.text();
    home.run(&["config", "undo"]).fine();
    assert!(!home.file().exists());
    home.run(&["config", "undo"]).fine();
    assert_eq!(home.text(), made);
}

#[test]
fn of_several_changes_one_after_the_other_is_not_what_undo_does() {
    let home = Home::new();
    for format in ["json", "csv"] {
        home.run(&["config", "set", &format!("output.format={format}")])
            .fine();
    }
    home.run(&["config", "undo"]).fine();
    home.run(&["config", "undo"]).fine();
    assert_eq!(
        home.run(&["config", "get", "output.format"]).fine(),
        "csv\n"
    );
}

#[test]
fn each_file_has_a_history_of_its_own() {
    let home = Home::new();
    home.run(&["config", "set", "output.format=csv"]).fine();
    home.run(&["config", "set", "--project", "output.format=json"])
        .fine();
    home.run(&["config", "undo"]).fine();
    assert!(!home.file().exists());
    assert!(home.work().join(".lassi.toml").exists());
    home.run(&["config", "undo", "--project"]).fine();
    assert!(!home.work().join(".lassi.toml").exists());
}

#[test]
fn mends_a_file_that_does_not_parse() {
    let home = Home::new();
    home.write("output = [\n");
    let mut edit = home.lassi(&["config", "edit", "--editor"]);
    edit.env("EDITOR", "sed -i d").status().expect("it ends");
    assert_eq!(home.text(), "");
    home.run(&["config", "undo"]).fine();
    assert_eq!(
        home.text(),
        "output = [\n",
        "the bytes come back, whatever they are"
    );
}

#[test]
fn is_refused_after_a_change_by_hand() {
    let home = Home::new();
    home.write(TEXT);
    home.run(&["config", "set", "output.format=csv"]).fine();
    let by_hand = home.text() + "\r\n# by hand";
    overwrite(&home.file(), &by_hand);
    for arguments in [&["config", "undo"][..], &["config", "undo", "--dry-run"]] {
        let said = home.run(arguments).failed(1);
        assert!(said.contains("changed by hand since `set`"), "{said}");
        assert!(said.contains("hint: "), "{said}");
        assert_eq!(home.text(), by_hand);
    }
    fs::remove_file(home.file()).expect("ours");
    home.run(&["config", "undo"]).failed(1);
    assert!(!home.file().exists());
}

#[test]
fn is_refused_after_a_change_of_secrets() {
    let home = Home::new();
    home.run(&[
        "config",
        "set",
        "output.format=csv",
        "auth.jira.acme.atlassian.net.pat=hunter2",
    ])
    .fine();
    let text = home.text();
    let said = home.run(&["config", "undo"]).failed(1);
    assert!(
        said.contains("config unset 'auth.jira[\"https://acme.atlassian.net\"].pat'"),
        "{said}"
    );
    assert_eq!(home.text(), text);
    assert_eq!(
        home.run(&["config", "get", "auth.jira.pat", "--reveal"])
            .fine(),
        "hunter2\n"
    );
}

#[test]
fn does_not_promise_what_it_cannot_keep_after_a_reset_of_secrets() {
    let home = Home::new();
    home.run(&[
        "config",
        "set",
        "output.format=csv",
        "auth.jira.acme.atlassian.net.pat=hunter2",
    ])
    .fine();
    let ran = home.run(&["config", "reset", "--secrets", "--yes"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(!ran.messages.contains("config undo"), "{ran:?}");
    home.run(&["config", "undo"]).failed(1);
}
