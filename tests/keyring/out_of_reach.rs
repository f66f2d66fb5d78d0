//! Keyrings that cannot be used: each says which it is and how to go on, changes nothing, and never looks like an empty
//! one or like another store.

use std::os::unix::net::UnixListener;
use std::thread;

use crate::desktop::{Desktop, Said, Start};

const TOKEN: &str = "profiles.work.api_token";

/// Fails unless reading and saving say the same, and nothing was written anywhere.
#[track_caller]
fn assert_out_of_reach(desktop: &Desktop, start: &str) {
    let saved = desktop.save("profiles.work.bitbucket.token", "new");
    saved.assert_error(1, start);
    assert!(
        saved
            .error
            .contains("hint: to keep secrets in the encrypted file instead: `lassi config set credentials.store=file`"),
        "{saved:?}"
    );
    assert!(!desktop.user_folder().join("credentials").exists());
    let listed: Said = desktop.succeed(&["config", "list"]);
    assert!(!listed.output.contains("bitbucket.token"), "{listed:?}");
}

#[test]
fn a_locked_keyring_says_so() {
    let Some(mut desktop) = Desktop::with_keyring() else {
        return;
    };
    desktop.save(TOKEN, "one");
    desktop.lock_keyring();
    desktop
        .reveal(TOKEN)
        .assert_error(1, "the system's keyring is locked");
    assert_out_of_reach(&desktop, "the system's keyring is locked");

    // one that was never opened since the service was started
    desktop.stop_keyring();
    desktop.start_keyring(Start::Locked);
    desktop
        .reveal(TOKEN)
        .assert_error(1, "the system's keyring is locked");
    assert_out_of_reach(&desktop, "the system's keyring is locked");

    desktop.stop_keyring();
    desktop.start_keyring(Start::Unlocked);
    assert_eq!(desktop.reveal(TOKEN).output, "one");
}

#[test]
fn a_service_without_a_keyring_says_so() {
    let Some(mut desktop) = Desktop::with_bus() else {
        return;
    };
    desktop.start_keyring(Start::Locked);
    assert_out_of_reach(
        &desktop,
        "the system's keyring service has no default keyring",
    );
}

#[test]
fn a_missing_bus_says_so() {
    let desktop = Desktop::without_bus();
    assert_out_of_reach(
        &desktop,
        "the system's keyring cannot be reached: there is no session bus",
    );
}

#[test]
fn a_bus_without_a_keyring_says_so() {
    let Some(desktop) = Desktop::with_bus() else {
        return;
    };
    assert_out_of_reach(
        &desktop,
        "there is no keyring: no program on the session bus offers one",
    );
}

#[test]
fn a_bus_that_accepts_and_never_answers_is_not_waited_for() {
    let desktop = Desktop::without_bus();
    let bus = UnixListener::bind(desktop.socket()).expect("nothing listens there");
    thread::spawn(move || {
        let mut open = Vec::new();
        for connection in bus.incoming() {
            // kept, as the other side would notice if it were closed
            open.push(connection);
        }
    });
    assert_out_of_reach(
        &desktop,
        "the system's keyring has not answered for 3 seconds",
    );
}

#[test]
fn a_service_that_never_answers_is_not_waited_for() {
    let Some(desktop) = Desktop::with_keyring() else {
        return;
    };
    desktop.save(TOKEN, "one");
    desktop.freeze_keyring();
    desktop
        .reveal(TOKEN)
        .assert_error(1, "the system's keyring has not answered for 3 seconds");
}

#[test]
fn what_needs_no_secret_works_all_the_same() {
    let desktop = Desktop::without_bus();
    let url = desktop.succeed(&["config", "get", "profiles.work.base_url"]);
    assert_eq!(url.output, "https://acme.atlassian.net");
    desktop
        .reveal(TOKEN)
        .assert_error(3, "`profiles.work.api_token` is not set");
    desktop.succeed(&["config", "set", "credentials.store=file"]);
    let saved = desktop.save(TOKEN, "one");
    assert_eq!(saved.code, Some(0), "{saved:?}");
}
