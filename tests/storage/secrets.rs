//! The encrypted file: what it makes, how it notices damage, and that it never makes damage worse.

use std::fs;

use lassi::secret::{SecretChange, Store, StoreError};
use serde_json::Value;

use crate::sandbox::{Sandbox, overwrite, put_secret};

const JIRA: &str = "auth.jira[\"https://jira.example\"].pat";
const WORK: &str = "profiles.work.api_token@https://acme.atlassian.net";

fn remove(name: &str) -> SecretChange {
    SecretChange {
        name: name.to_owned(),
        secret: None,
    }
}

fn two_secrets() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox
        .store()
        .apply(&[put_secret(JIRA, "one"), put_secret(WORK, "two")])
        .expect("writable");
    sandbox
}

fn get(sandbox: &Sandbox, name: &str) -> Result<Option<String>, StoreError> {
    Ok(sandbox
        .store()
        .get(name)?
        .map(|secret| secret.expose().to_owned()))
}

fn credentials(sandbox: &Sandbox) -> Vec<u8> {
    fs::read(sandbox.folder().join("credentials")).expect("there")
}

fn entries(sandbox: &Sandbox) -> Value {
    let whole: Value = serde_json::from_slice(&credentials(sandbox)).expect("JSON");
    whole["entries"].clone()
}

#[test]
fn looking_for_a_secret_makes_nothing() {
    let sandbox = Sandbox::new();
    assert_eq!(get(&sandbox, JIRA).expect("nothing is no error"), None);
    assert!(
        sandbox.store().names().expect("none").is_empty()
            && sandbox.store().damaged().expect("none").is_empty()
    );
    sandbox
        .store()
        .apply(&[remove(JIRA)])
        .expect("it is not there already");
    assert!(!sandbox.folder().exists());
}

#[test]
fn secrets_are_put_replaced_and_removed() {
    let sandbox = two_secrets();
    let before = entries(&sandbox);
    sandbox
        .store()
        .apply(&[put_secret(JIRA, "three")])
        .expect("writable");
    assert_eq!(
        get(&sandbox, JIRA).expect("readable").as_deref(),
        Some("three")
    );
    assert_eq!(
        get(&sandbox, WORK).expect("readable").as_deref(),
        Some("two")
    );
    let after = entries(&sandbox);
    assert_eq!(
        before[WORK], after[WORK],
        "an entry that is not changed is not encrypted again"
    );
    assert_ne!(before[JIRA]["nonce"], after[JIRA]["nonce"]);
    sandbox.store().apply(&[remove(JIRA)]).expect("writable");
    assert_eq!(sandbox.store().names().expect("readable"), [WORK]);
    let text = String::from_utf8(credentials(&sandbox)).expect("text");
    assert!(!text.contains("two") && text.ends_with("}\n"), "{text}");
}

#[test]
fn changes_are_taken_back_unless_somebody_was_faster() {
    let sandbox = two_secrets();
    let before = credentials(&sandbox);
    let receipt = sandbox
        .store()
        .apply(&[put_secret(JIRA, "x"), put_secret("new", "y")])
        .expect("writable");
    sandbox.store().take_back(receipt).expect("writable");
    assert_eq!(credentials(&sandbox), before);

    let receipt = sandbox
        .store()
        .apply(&[put_secret(JIRA, "x"), remove(WORK)])
        .expect("writable");
    sandbox
        .store()
        .apply(&[put_secret(JIRA, "by somebody else")])
        .expect("writable");
    sandbox.store().take_back(receipt).expect("writable");
    assert_eq!(
        get(&sandbox, JIRA).expect("readable").as_deref(),
        Some("by somebody else")
    );
    assert_eq!(
        get(&sandbox, WORK).expect("readable").as_deref(),
        Some("two")
    );
}

/// A changed byte is an error for the secret asked for, or the entry is reported as damaged; it is never another secret,
/// and never 'no secret' without a word.
#[test]
fn no_changed_byte_goes_unnoticed() {
    let sandbox = two_secrets();
    let store = sandbox.store();
    for name in ["credentials", "key"] {
        let file = sandbox.folder().join(name);
        let whole = fs::read(&file).expect("there");
        // one bit of each byte: each bit of what is encrypted is the cipher's own test
        for position in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[position] ^= 1 << (position % 8);
            overwrite(&file, &flipped);
            for (name, secret) in [(JIRA, "one"), (WORK, "two")] {
                if let Ok(Some(found)) = store.get(name) {
                    assert_eq!(found.expose(), secret, "byte {position}");
                }
            }
            assert!(
                store.damaged().map_or(true, |names| !names.is_empty()),
                "byte {position} of {name}"
            );
        }
        overwrite(&file, &whole);
    }
    assert!(store.damaged().expect("whole again").is_empty());
}

#[test]
fn entries_that_were_swapped_are_damaged_and_can_be_put_anew() {
    let sandbox = two_secrets();
    sandbox
        .store()
        .apply(&[put_secret("third", "three")])
        .expect("writable");
    let mut whole: Value = serde_json::from_slice(&credentials(&sandbox)).expect("JSON");
    let entries = whole["entries"].as_object_mut().expect("an object");
    let (jira, work) = (entries[JIRA].clone(), entries[WORK].clone());
    entries.insert(JIRA.to_owned(), work);
    entries.insert(WORK.to_owned(), jira);
    overwrite(&sandbox.folder().join("credentials"), whole.to_string());

    let error = get(&sandbox, JIRA).expect_err("another's secret");
    assert!(
        matches!(error, StoreError::Damaged { name, file } if name == JIRA && file.ends_with("credentials"))
    );
    assert_eq!(sandbox.store().damaged().expect("readable"), [JIRA, WORK]);
    assert_eq!(
        get(&sandbox, "third").expect("the others work").as_deref(),
        Some("three")
    );
    sandbox
        .store()
        .apply(&[put_secret(JIRA, "new"), remove(WORK)])
        .expect("this is how it is mended");
    assert!(sandbox.store().damaged().expect("readable").is_empty());
}

#[test]
fn a_missing_key_is_never_made_anew() {
    let sandbox = two_secrets();
    let key = sandbox.folder().join("key");
    fs::remove_file(&key).expect("ours");
    let is_missing =
        |error: &StoreError| matches!(error, StoreError::KeyMissing { entries: 2, .. });
    assert!(is_missing(&get(&sandbox, JIRA).expect_err("no key")));
    assert!(is_missing(
        &sandbox
            .store()
            .apply(&[put_secret("new", "x")])
            .expect_err("no key")
    ));
    assert!(is_missing(&sandbox.store().damaged().expect_err("no key")));
    assert!(!key.exists());
    assert_eq!(
        sandbox
            .store()
            .names()
            .expect("names are not encrypted")
            .len(),
        2
    );
    sandbox
        .store()
        .apply(&[remove(JIRA), remove(WORK)])
        .expect("removing needs no key");
    sandbox
        .store()
        .apply(&[put_secret("new", "x")])
        .expect("nothing waits for the old key");
    assert_eq!(
        get(&sandbox, "new").expect("readable").as_deref(),
        Some("x")
    );
}

#[test]
fn a_key_that_is_none_is_left_alone() {
    let sandbox = two_secrets();
    for text in ["", "AAAA\n", "no base64!\n", &"A".repeat(64)] {
        overwrite(&sandbox.folder().join("key"), text);
        assert!(
            matches!(get(&sandbox, JIRA), Err(StoreError::KeyMalformed { .. })),
            "{text:?}"
        );
        let put = sandbox.store().apply(&[put_secret("new", "x")]);
        assert!(
            matches!(put, Err(StoreError::KeyMalformed { .. })),
            "{text:?}"
        );
        assert_eq!(
            fs::read_to_string(sandbox.folder().join("key")).expect("there"),
            text
        );
    }
}

#[test]
fn what_cannot_be_read_is_never_written() {
    let sandbox = two_secrets();
    let file = sandbox.folder().join("credentials");
    for text in [
        "",
        "{",
        "[]",
        "{\"version\":2,\"entries\":{}}",
        "{\"version\":1,\"entries\":[]}",
    ] {
        overwrite(&file, text);
        get(&sandbox, JIRA).expect_err("not 'no secret'");
        sandbox
            .store()
            .apply(&[put_secret("new", "x")])
            .expect_err("not overwritten");
        sandbox
            .store()
            .apply(&[remove(JIRA)])
            .expect_err("not overwritten");
        assert_eq!(credentials(&sandbox), text.as_bytes());
    }
}

#[cfg(unix)]
mod unix {
    use super::*;
    use crate::sandbox::{mode_of, set_mode};
    use lassi::disk::{DiskError, Note};

    #[test]
    fn files_are_private_from_the_start_and_made_so_again() {
        let sandbox = two_secrets();
        let [credentials, key] = ["credentials", "key"].map(|name| sandbox.folder().join(name));
        assert_eq!(
            [&credentials, &key, &sandbox.folder()].map(|path| mode_of(path)),
            [0o600, 0o600, 0o700]
        );
        assert!(sandbox.folder().join(".gitignore").exists());

        set_mode(&credentials, 0o644);
        set_mode(&key, 0o640);
        set_mode(&sandbox.folder(), 0o755);
        let store = sandbox.store();
        store.get(JIRA).expect("readable").expect("there");
        let tightened = |path, from, to| Note::Tightened { path, from, to };
        let expected = [
            tightened(sandbox.folder(), 0o755, 0o700),
            tightened(credentials.clone(), 0o644, 0o600),
            tightened(key.clone(), 0o640, 0o600),
        ];
        assert_eq!(store.take_notes(), expected);
        assert!(store.take_notes().is_empty());
        assert_eq!(
            [&credentials, &key].map(|path| mode_of(path)),
            [0o600, 0o600]
        );
    }

    #[test]
    fn files_of_another_user_are_refused() {
        for name in ["credentials", "key"] {
            let sandbox = two_secrets();
            let file = sandbox.folder().join(name);
            if std::os::unix::fs::chown(&file, Some(4711), None).is_err() {
                eprintln!("skipped: giving a file to another user needs the superuser");
                return;
            }
            let is_refused = |error: &StoreError| matches!(error, StoreError::Disk(DiskError::ForeignOwner { path, .. }) if *path == file);
            assert!(is_refused(&get(&sandbox, JIRA).expect_err("not ours")));
            assert!(is_refused(
                &sandbox
                    .store()
                    .apply(&[put_secret("new", "x")])
                    .expect_err("not ours")
            ));
        }
    }

    #[test]
    fn credentials_in_a_dotfile_repository_stay_there() {
        let sandbox = two_secrets();
        let file = sandbox.folder().join("credentials");
        let moved = sandbox.base().join("elsewhere");
        overwrite(&moved, credentials(&sandbox));
        fs::remove_file(&file).expect("ours");
        std::os::unix::fs::symlink(&moved, &file).expect("a link");
        sandbox
            .store()
            .apply(&[put_secret(JIRA, "new")])
            .expect("writable");
        assert!(fs::symlink_metadata(&file).expect("there").is_symlink());
        assert_eq!(mode_of(&moved), 0o600);
        assert_eq!(
            get(&sandbox, JIRA).expect("readable").as_deref(),
            Some("new")
        );
    }
}
