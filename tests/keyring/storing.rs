//! What an open keyring does: secrets go in, come out, outlive the service and go.

use std::fs;

use crate::desktop::{Desktop, Start};

const TOKEN: &str = "profiles.work.api_token";
const PAT: &str = "auth.jira.https://jira.example.pat";

#[test]
fn a_secret_is_saved_read_replaced_and_removed() {
    let Some(desktop) = Desktop::with_keyring() else {
        return;
    };
    let saved = desktop.save(TOKEN, "first");
    assert_eq!(saved.code, Some(0), "{saved:?}");
    assert_eq!(desktop.reveal(TOKEN).output, "first");
    let longest = "x".repeat(4_000);
    desktop.save(TOKEN, &longest);
    assert_eq!(desktop.reveal(TOKEN).output, longest);
    desktop.succeed(&["config", "unset", TOKEN]);
    desktop
        .reveal(TOKEN)
        .assert_error(3, "`profiles.work.api_token` is not set");
}

#[test]
fn names_are_on_disk_and_secrets_are_not() {
    let Some(desktop) = Desktop::with_keyring() else {
        return;
    };
    desktop.save(TOKEN, "hunter2");
    let folder = desktop.user_folder();
    let names = fs::read_to_string(folder.join("keyring.json")).expect("it was made");
    assert!(
        names.contains("profiles.work.api_token@https://acme.atlassian.net"),
        "{names}"
    );
    for file in fs::read_dir(&folder).expect("a folder").flatten() {
        let text = fs::read_to_string(file.path()).expect("text");
        assert!(!text.contains("hunter2"), "{}", file.path().display());
    }
    assert!(!folder.join("credentials").exists());
    let listed = desktop.succeed(&["config", "list"]);
    assert!(
        listed
            .output
            .contains("# profiles.work.api_token = ********"),
        "{listed:?}"
    );
}

#[test]
fn secrets_outlive_the_service() {
    let Some(mut desktop) = Desktop::with_keyring() else {
        return;
    };
    desktop.save(TOKEN, "one");
    desktop.save(PAT, "two");
    desktop.stop_keyring();
    desktop.start_keyring(Start::Unlocked);
    assert_eq!(desktop.reveal(TOKEN).output, "one");
    assert_eq!(desktop.reveal(PAT).output, "two");
}

#[test]
fn a_keyring_that_was_lost_is_not_one_without_secrets() {
    let Some(mut desktop) = Desktop::with_keyring() else {
        return;
    };
    desktop.save(TOKEN, "one");
    desktop.stop_keyring();
    desktop.lose_keyring();
    desktop.start_keyring(Start::Unlocked);
    desktop.reveal(TOKEN).assert_error(
        1,
        "`profiles.work.api_token` was saved in the system's keyring, which does not hold it any more",
    );
    desktop.save(TOKEN, "two");
    assert_eq!(desktop.reveal(TOKEN).output, "two");
}
