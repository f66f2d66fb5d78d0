//! Between the file and the keyring: what is said on the way, and what a killed move leaves.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use crate::desktop::Desktop;

const SECRETS: [(&str, &str); 4] = [
    ("profiles.work.api_token", "one"),
    ("profiles.work.bitbucket.token", "two"),
    ("auth.jira.https://jira.example.pat", "three"),
    ("auth.confluence.https://wiki.example.pat", "four"),
];

const TOKEN: &str = "profiles.work.api_token";

fn with_secrets() -> Option<Desktop> {
    let desktop = Desktop::with_keyring()?;
    let site = "profiles.work.bitbucket.base_url=https://bitbucket.org";
    desktop.succeed(&["config", "set", site]);
    for (path, secret) in SECRETS {
        let saved = desktop.save(path, secret);
        assert_eq!(saved.code, Some(0), "{saved:?}");
    }
    Some(desktop)
}

#[track_caller]
fn assert_all_there(desktop: &Desktop) {
    for (path, secret) in SECRETS {
        let said = desktop.reveal(path);
        assert_eq!(said.output, secret, "{path}: {said:?}");
    }
}

fn store_in_use(desktop: &Desktop) -> String {
    desktop
        .succeed(&["config", "get", "credentials.store"])
        .output
}

#[test]
fn another_choice_says_what_stays_behind_and_a_miss_says_where_it_is() {
    let Some(desktop) = with_secrets() else {
        return;
    };
    let chosen = desktop.succeed(&["config", "set", "credentials.store=file"]);
    assert!(
        chosen.error.contains(
            "warning: 4 secrets stay behind in the system's keyring and will not be found\nhint: to move all: `lassi auth migrate --to file`\n"
        ),
        "{chosen:?}"
    );
    let missed = desktop.reveal(TOKEN);
    missed.assert_error(
        3,
        "`profiles.work.api_token` is not in the encrypted file, which is in use; it is in the system's keyring\n",
    );
    let default = desktop.succeed(&["config", "get", TOKEN, "--default", "none"]);
    assert!(
        default.output == "none" && default.error.contains("it is in the system's keyring"),
        "{default:?}"
    );
    let back = desktop.succeed(&["config", "unset", "credentials.store"]);
    assert!(back.error.contains("4 secrets stay behind"), "{back:?}");
}

#[test]
fn a_secret_goes_to_the_store_that_the_same_command_chooses() {
    let Some(desktop) = Desktop::with_bus() else {
        return;
    };
    let token = "profiles.work.api_token=one";
    desktop.succeed(&["config", "set", "credentials.store=file", token]);
    assert_eq!(desktop.reveal(TOKEN).output, "one");
}

#[test]
fn secrets_move_there_and_back() {
    let Some(desktop) = with_secrets() else {
        return;
    };
    for (to, from) in [("file", "keyring"), ("keyring", "file")] {
        let moved = desktop.succeed(&["auth", "migrate", "--to", to]);
        let said = format!("moved 4 secrets from {from} to {to}\n");
        assert!(moved.error.contains(&said), "{moved:?}");
        assert_eq!(store_in_use(&desktop), to);
        assert_all_there(&desktop);
        let again = desktop.succeed(&["auth", "migrate", "--to", to]);
        let said = format!("there was no secret to move from {from}\n");
        assert!(again.error.ends_with(&said), "{again:?}");
    }
}

#[test]
fn two_secrets_of_one_name_are_refused_by_name() {
    let Some(desktop) = with_secrets() else {
        return;
    };
    desktop.succeed(&["config", "set", "credentials.store=file"]);
    desktop.save(TOKEN, "another");
    desktop
        .run(&["auth", "migrate", "--to", "file"])
        .assert_error(
            1,
            "nothing was moved: the encrypted file holds another secret for `profiles.work.api_token` than the system's keyring",
        );
    assert_eq!(desktop.reveal(TOKEN).output, "another");
    desktop.succeed(&["config", "set", "credentials.store=keyring"]);
    assert_all_there(&desktop);
}

#[test]
fn a_locked_keyring_moves_nothing() {
    let Some(desktop) = with_secrets() else {
        return;
    };
    desktop.lock_keyring();
    let said = desktop.run(&["auth", "migrate", "--to", "file"]);
    said.assert_error(1, "nothing was moved: the system's keyring is locked");
    assert_eq!(store_in_use(&desktop), "keyring");
    assert!(!desktop.user_folder().join("credentials").exists());
}

/// Killed at a moment at random, the store in use holds every secret, and the same command goes on.
#[test]
fn a_killed_move_loses_nothing() {
    let Some(desktop) = with_secrets() else {
        return;
    };
    for round in 0..12 {
        let to = ["file", "keyring"][round % 2];
        let mut command = desktop.lassi(&["auth", "migrate", "--to", to]);
        let mut moving = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it was built");
        // not waiting for anything: a moment at random is what is to be tested
        let moment = RandomState::new().build_hasher().finish() % 120_000;
        thread::sleep(Duration::from_micros(moment));
        moving.kill().expect("it was not waited for yet");
        moving.wait().expect("it is gone");
        assert_all_there(&desktop);
        desktop.succeed(&["auth", "migrate", "--to", to]);
        assert_eq!(store_in_use(&desktop), to);
        assert_all_there(&desktop);
    }
}
