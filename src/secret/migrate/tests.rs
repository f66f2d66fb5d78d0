use std::cell::Cell;

use super::super::memory::MemoryStore;
use super::super::store::Receipt;
use super::*;
use crate::disk::Note;
use crate::secret::KeyringFault;

const SECRETS: [(&str, &str); 3] = [("a", "one"), ("b", "two"), ("c", "three")];

/// A store that stops answering after some calls, as one does that is locked in between.
struct Failing<'a> {
    inner: &'a MemoryStore,
    calls: &'a Cell<usize>,
}

impl Failing<'_> {
    fn call(&self) -> Result<(), StoreError> {
        match self.calls.get().checked_sub(1) {
            Some(left) => {
                self.calls.set(left);
                Ok(())
            }
            None => Err(KeyringFault::Locked.into()),
        }
    }
}

impl Store for Failing<'_> {
    fn get(&self, name: &str) -> Result<Option<Secret>, StoreError> {
        self.call().and_then(|()| self.inner.get(name))
    }
    fn apply(&self, changes: &[SecretChange]) -> Result<Receipt, StoreError> {
        self.call().and_then(|()| self.inner.apply(changes))
    }
    fn take_back(&self, receipt: Receipt) -> Result<(), StoreError> {
        self.call().and_then(|()| self.inner.take_back(receipt))
    }
    fn names(&self) -> Result<Vec<String>, StoreError> {
        self.call().and_then(|()| self.inner.names())
    }
    fn damaged(&self) -> Result<Vec<String>, StoreError> {
        self.call().and_then(|()| self.inner.damaged())
    }
    fn take_notes(&self) -> Vec<Note> {
        self.inner.take_notes()
    }
}

/// A store that gives back something else than it was given.
struct Forgetful(MemoryStore);

impl Store for Forgetful {
    fn get(&self, name: &str) -> Result<Option<Secret>, StoreError> {
        let held = self.0.get(name)?;
        Ok(held.map(|secret| self::secret(&secret.expose()[1..])))
    }
    fn apply(&self, changes: &[SecretChange]) -> Result<Receipt, StoreError> {
        self.0.apply(changes)
    }
    fn take_back(&self, receipt: Receipt) -> Result<(), StoreError> {
        self.0.take_back(receipt)
    }
    fn names(&self) -> Result<Vec<String>, StoreError> {
        self.0.names()
    }
    fn damaged(&self) -> Result<Vec<String>, StoreError> {
        self.0.damaged()
    }
    fn take_notes(&self) -> Vec<Note> {
        self.0.take_notes()
    }
}

/// Holds the names of secrets that are not there any more, as a keyring does whose removal was killed.
struct NamesOnly(MemoryStore);

impl Store for NamesOnly {
    fn get(&self, name: &str) -> Result<Option<Secret>, StoreError> {
        match self.0.get(name)? {
            Some(_) => Err(StoreError::NotInKeyring {
                name: name.to_owned(),
            }),
            None => Ok(None),
        }
    }
    fn apply(&self, changes: &[SecretChange]) -> Result<Receipt, StoreError> {
        self.0.apply(changes)
    }
    fn take_back(&self, receipt: Receipt) -> Result<(), StoreError> {
        self.0.take_back(receipt)
    }
    fn names(&self) -> Result<Vec<String>, StoreError> {
        self.0.names()
    }
    fn damaged(&self) -> Result<Vec<String>, StoreError> {
        self.0.names()
    }
    fn take_notes(&self) -> Vec<Note> {
        self.0.take_notes()
    }
}

fn secret(text: &str) -> Secret {
    Secret::from_input(text.to_owned()).expect("a fine secret")
}

fn store_of(secrets: &[(&str, &str)]) -> MemoryStore {
    let store = MemoryStore::default();
    put(&store, secrets);
    store
}

fn put(store: &dyn Store, secrets: &[(&str, &str)]) {
    let changes = secrets.iter().map(|(name, text)| SecretChange {
        name: (*name).to_owned(),
        secret: Some(secret(text)),
    });
    store.apply(&changes.collect::<Vec<_>>()).expect("memory");
}

fn text(store: &dyn Store, name: &str) -> Option<String> {
    let held = store.get(name).expect("memory");
    held.map(|secret| secret.expose().to_owned())
}

fn holds_all(store: &dyn Store) -> bool {
    SECRETS
        .iter()
        .all(|(name, expected)| text(store, name).as_deref() == Some(expected))
}

fn no_switch() -> Result<(), StoreError> {
    panic!("the new store does not hold everything")
}

#[test]
fn all_secrets_move_and_the_switch_is_in_between() {
    let (old, new) = (store_of(&SECRETS), store_of(&[("other", "x")]));
    let moved = migrate::<()>(&old, &new, || {
        assert!(holds_all(&old) && holds_all(&new));
        Ok(())
    });
    assert_eq!(moved.expect("moved").names, ["a", "b", "c"]);
    assert!(old.names().expect("memory").is_empty() && holds_all(&new));
}

/// Broken off at any call of either store, the store in use holds everything, and the next run completes.
#[test]
fn a_failure_at_any_step_loses_nothing() {
    let mut failures = 0;
    for allowed in 0.. {
        let (old, new) = (store_of(&SECRETS), MemoryStore::default());
        let calls = Cell::new(allowed);
        let failing = |inner| Failing {
            inner,
            calls: &calls,
        };
        let switched = Cell::new(false);
        let switch = || {
            switched.set(true);
            Ok::<_, StoreError>(())
        };
        let result = migrate(&failing(&old), &failing(&new), switch);
        let in_use = if switched.get() { &new } else { &old };
        assert!(holds_all(in_use), "after {allowed} calls");
        if result.is_ok() {
            break;
        }
        failures += 1;
        migrate(&old, &new, || Ok::<_, StoreError>(())).expect("nothing fails now");
        assert!(holds_all(&new) && old.names().expect("memory").is_empty());
    }
    assert!(failures > SECRETS.len(), "every step has failed once");
}

#[test]
fn a_secret_that_is_in_both_has_to_be_the_same() {
    let (old, new) = (store_of(&SECRETS), store_of(&[("b", "two")]));
    migrate::<()>(&old, &new, || Ok(())).expect("the same");
    assert!(holds_all(&new));

    let (old, new) = (store_of(&SECRETS), store_of(&[("b", "another")]));
    let error = migrate(&old, &new, no_switch).expect_err("which is right?");
    assert!(matches!(error, MigrateError::Differs { name } if name == "b"));
    assert!(holds_all(&old));
    assert_eq!(new.names().expect("memory"), ["b"]);
}

#[test]
fn what_does_not_come_back_is_taken_back() {
    let (old, new) = (store_of(&SECRETS), Forgetful(MemoryStore::default()));
    let error = migrate(&old, &new, no_switch).expect_err("forgotten");
    assert!(matches!(error, MigrateError::NotKept { name } if name == "a"));
    assert!(holds_all(&old) && new.names().expect("memory").is_empty());
}

#[test]
fn a_switch_that_fails_keeps_the_old_store() {
    let (old, new) = (store_of(&SECRETS), MemoryStore::default());
    let error = migrate(&old, &new, || Err("read-only")).expect_err("no switch");
    assert!(matches!(error, MigrateError::Switch { error: "read-only" }));
    assert!(holds_all(&old));
}

#[test]
fn a_secret_that_changed_meanwhile_is_not_removed() {
    let (old, new) = (store_of(&SECRETS), MemoryStore::default());
    let error = migrate::<()>(&old, &new, || {
        put(&old, &[("b", "newer")]);
        Ok(())
    });
    let error = error.expect_err("changed");
    assert!(matches!(error, MigrateError::ChangedMeanwhile { name } if name == "b"));
    assert_eq!(text(&old, "b").as_deref(), Some("newer"));
}

#[test]
fn names_that_a_killed_removal_left_are_cleared_away() {
    let (old, new) = (NamesOnly(store_of(&SECRETS)), store_of(&SECRETS));
    migrate::<()>(&old, &new, || Ok(())).expect("all are there");
    assert!(old.names().expect("memory").is_empty() && holds_all(&new));

    let (old, new) = (NamesOnly(store_of(&SECRETS)), MemoryStore::default());
    let error = migrate(&old, &new, no_switch).expect_err("lost before");
    assert!(matches!(
        error,
        MigrateError::Read {
            error: StoreError::NotInKeyring { .. }
        }
    ));
}
