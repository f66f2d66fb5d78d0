//! The program itself, where it asks.

use crate::terminal::{Conversation, in_clean_environment};
use rustix::process::Signal;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

const CONFIGURATION: &str =
    "[profiles.work]\nbase_url = \"https://acme.atlassian.net\"\n\n[output]\nformat = \"json\"\n";

/// A home folder with a configuration.
pub(crate) struct Home {
    folder: TempDir,
    /// The gateway, where it is another one.
    gateway: Option<String>,
}

impl Home {
    pub(crate) fn new() -> Home {
        Home::with(CONFIGURATION)
    }

    /// A home with this configuration.
    pub(crate) fn with(configuration: &str) -> Home {
        let home = Home::empty(None);
        fs::create_dir(home.folder.path().join("lassi")).expect("a new folder");
        home.write("lassi/config.toml", configuration);
        home
    }

    /// A home in which nothing is configured; requests to Cloud go through this gateway.
    pub(crate) fn empty(gateway: Option<&str>) -> Home {
        Home {
            folder: tempfile::tempdir().expect("a folder"),
            gateway: gateway.map(str::to_owned),
        }
    }

    #[expect(clippy::disallowed_methods, reason = "a file of the test alone")]
    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, text).expect("a file");
        path
    }

    pub(crate) fn lassi(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lassi"));
        in_clean_environment(&mut command);
        let folder = self.folder.path();
        command
            .args(arguments)
            .current_dir(folder)
            .env("HOME", folder)
            .env("LASSI_CONFIG_DIR", folder.join("lassi"))
            .env("XDG_STATE_HOME", folder.join("state"));
        if let Some(gateway) = &self.gateway {
            command.env("LASSI_CONNECTION__GATEWAY_URL", gateway);
        }
        command
    }

    fn asked(&self, arguments: &[&str], question: &str) -> Conversation {
        let mut asked = Conversation::start(self.lassi(arguments), 100, 24);
        asked.expect(question);
        asked
    }

    pub(crate) fn configuration(&self) -> String {
        fs::read_to_string(self.folder.path().join("lassi/config.toml")).expect("it is there")
    }

    /// A place in it.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Whether there is no file of lassi's but what it remembers.
    pub(crate) fn is_untouched(&self) -> bool {
        !self.folder.path().join("lassi").exists()
    }

    /// Whether any file below it holds a text: configuration, store and history.
    pub(crate) fn holds(&self, text: &str) -> bool {
        holds(self.folder.path(), text.as_bytes())
    }

    /// The names of all secrets in the store.
    pub(crate) fn stored(&self) -> Vec<String> {
        let file = self.folder.path().join("lassi/credentials");
        let text = fs::read_to_string(file).unwrap_or_else(|_| "{}".to_owned());
        let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let entries = json["entries"].as_object();
        entries.map_or_else(Vec::new, |entries| entries.keys().cloned().collect())
    }

    /// What a command prints, which must work.
    pub(crate) fn output(&self, arguments: &[&str]) -> String {
        let output = self.lassi(arguments).output().expect("it runs");
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).expect("text")
    }
}

fn holds(folder: &std::path::Path, text: &[u8]) -> bool {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    let mut places = entries.map(|entry| entry.path());
    places.any(|place| {
        if place.is_dir() {
            return holds(&place, text);
        }
        let bytes = fs::read(&place).expect("a file");
        bytes.windows(text.len()).any(|part| part == text)
    })
}

const UNSET: [&str; 3] = ["config", "unset", "profiles.work"];
const UNSET_QUESTION: &str = "Remove all of `profiles.work`? [y/N] ";

#[test]
fn a_section_goes_after_a_yes() {
    let home = Home::new();
    let asked = home.asked(&UNSET, UNSET_QUESTION);
    asked.send("y\r");
    let ended = asked.finish();
    assert!(ended.status.success(), "{}", ended.shown);
    assert!(!home.configuration().contains("profiles"));
    assert_eq!(ended.output, "");
}

#[test]
fn anything_but_a_yes_changes_nothing() {
    for keys in [
        "\r",
        "n\r",
        "\u{1b}",
        "\u{4}",
        "yes please\r\u{1b}",
        "\u{1b}[200~y\r\n\u{1b}[201~\u{1b}",
    ] {
        let home = Home::new();
        let asked = home.asked(&UNSET, UNSET_QUESTION);
        asked.send(keys);
        let ended = asked.finish();
        assert_eq!(ended.status.code(), Some(1), "{keys:?}: {}", ended.shown);
        assert!(
            ended.shown.contains("nothing was changed"),
            "{}",
            ended.shown
        );
        assert_eq!(home.configuration(), CONFIGURATION);
    }
}

#[test]
fn an_end_from_outside_is_an_exit_code_of_its_own() {
    for (signal, code) in [(Signal::HUP, 129), (Signal::INT, 130), (Signal::TERM, 143)] {
        let home = Home::new();
        let asked = home.asked(&UNSET, UNSET_QUESTION);
        asked.signal(signal);
        assert_eq!(asked.finish().status.code(), Some(code));
        assert_eq!(home.configuration(), CONFIGURATION);
    }
    let home = Home::new();
    let asked = home.asked(&["config", "reset"], "back to the defaults? [y/N] ");
    asked.send("y\u{3}");
    assert_eq!(asked.finish().status.code(), Some(130));
    assert_eq!(home.configuration(), CONFIGURATION);
}

#[test]
fn a_terminal_too_small_is_told_what_to_do() {
    let home = Home::new();
    let ended = Conversation::start(home.lassi(&UNSET), 15, 24).finish();
    assert_eq!(ended.status.code(), Some(1));
    assert!(
        ended.shown.contains("make it at least 20 wide and 4 high"),
        "{}",
        ended.shown
    );
}

/// An editor that leaves a file which does not parse.
fn broken_edit(home: &Home) -> Command {
    let editor = home.write("editor", "#!/bin/sh\necho 'not toml' > \"$1\"\n");
    let mode = fs::Permissions::from_mode(0o755);
    fs::set_permissions(&editor, mode).expect("it is ours");
    let mut command = home.lassi(&["config", "edit", "--editor"]);
    command.env("EDITOR", editor);
    command
}

#[test]
fn a_broken_edit_can_be_edited_again_or_given_up() {
    let home = Home::new();
    let mut asked = Conversation::start(broken_edit(&home), 100, 24);
    asked.expect("Edit it again? [Y/n] ");
    asked.send("\r");
    asked.expect("Edit it again? [Y/n] ");
    asked.send("n\r");
    let ended = asked.finish();
    assert_eq!(ended.status.code(), Some(5));
    assert!(ended.shown.contains("given up"), "{}", ended.shown);
    assert_eq!(home.configuration(), CONFIGURATION);
}

#[test]
fn an_interrupted_edit_leaves_no_copy() {
    for (keys, signal) in [("\u{3}", None), ("", Some(Signal::TERM))] {
        let home = Home::new();
        let mut asked = Conversation::start(broken_edit(&home), 100, 24);
        asked.expect("Edit it again? [Y/n] ");
        asked.send(keys);
        if let Some(signal) = signal {
            asked.signal(signal);
        }
        let ended = asked.finish();
        let code = if signal.is_some() { 143 } else { 130 };
        assert_eq!(ended.status.code(), Some(code), "{}", ended.shown);
        let copies = fs::read_dir(home.folder.path().join("state/lassi/edit")).expect("a folder");
        assert_eq!(copies.count(), 0);
        assert_eq!(home.configuration(), CONFIGURATION);
    }
}
