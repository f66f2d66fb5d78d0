use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use tempfile::TempDir;

use super::ring::Ring;
use super::*;

const A: &str = "auth.jira[\"https://jira.example\"].pat";
const B: &str = "profiles.work.api_token@https://acme.atlassian.net";
const C: &str = "profiles.work.bitbucket.token@https://bitbucket.org";

/// A keyring in memory that can be told to fail.
#[derive(Default)]
struct Inside {
    entries: BTreeMap<String, Vec<u8>>,
    /// How many writes and removals still succeed, what the next one says, and whether all later ones say so, too.
    failing: Option<(usize, KeyringFault, bool)>,
    /// What every call says.
    fault: Option<KeyringFault>,
    opened: usize,
}

#[derive(Clone, Default)]
struct FakeRing(Arc<Mutex<Inside>>);

impl FakeRing {
    fn inside<Output>(&self, work: impl FnOnce(&mut Inside) -> Output) -> Output {
        work(&mut self.0.lock().expect("no test panics inside"))
    }

    fn change(
        &self,
        change: impl FnOnce(&mut BTreeMap<String, Vec<u8>>),
    ) -> Result<(), KeyringFault> {
        self.inside(|inside| {
            if let Some(fault) = &inside.fault {
                return Err(fault.clone());
            }
            match &mut inside.failing {
                Some((0, fault, for_ever)) => {
                    let fault = fault.clone();
                    if !*for_ever {
                        inside.failing = None;
                    }
                    return Err(fault);
                }
                Some((left, ..)) => *left -= 1,
                None => {}
            }
            change(&mut inside.entries);
            Ok(())
        })
    }
}

impl Ring for FakeRing {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, KeyringFault> {
        self.inside(|inside| match &inside.fault {
            Some(fault) => Err(fault.clone()),
            None => Ok(inside.entries.get(name).cloned()),
        })
    }

    fn write(&self, name: &str, secret: &[u8]) -> Result<(), KeyringFault> {
        self.change(|entries| {
            entries.insert(name.to_owned(), secret.to_vec());
        })
    }

    fn remove(&self, name: &str) -> Result<(), KeyringFault> {
        self.change(|entries| {
            entries.remove(name);
        })
    }
}

struct Fixture {
    base: TempDir,
    ring: FakeRing,
}

impl Fixture {
    fn new() -> Self {
        Self {
            base: tempfile::tempdir().expect("a folder"),
            ring: FakeRing::default(),
        }
    }

    /// With `A` and `B` in it.
    fn with_two() -> Self {
        let fixture = Self::new();
        let changes = [change(A, Some("one")), change(B, Some("two"))];
        fixture.store().apply(&changes).expect("writable");
        fixture
    }

    fn store(&self) -> KeyringStore {
        let (folder, state) = (self.base.path().join("c"), self.base.path().join("s"));
        let ring = self.ring.clone();
        let open = move || -> bounded::Opened {
            ring.inside(|inside| inside.opened += 1);
            Ok(Box::new(ring.clone()))
        };
        KeyringStore {
            index: Index::new(&folder, &state),
            keyring: Bounded::new(open, Duration::from_mins(1)),
        }
    }

    fn get(&self, name: &str) -> Option<String> {
        let secret = self.store().get(name).expect("readable");
        secret.map(|secret| secret.expose().to_owned())
    }

    /// What is in the keyring and in the list of names.
    fn state(&self) -> (BTreeMap<String, Vec<u8>>, Vec<String>) {
        let entries = self.ring.inside(|inside| inside.entries.clone());
        (entries, self.store().names().expect("readable"))
    }
}

fn change(name: &str, secret: Option<&str>) -> SecretChange {
    let secret = secret.map(|text| Secret::from_input(text.to_owned()).expect("a fine secret"));
    SecretChange {
        name: name.to_owned(),
        secret,
    }
}

#[test]
fn secrets_are_put_replaced_and_removed() {
    let fixture = Fixture::with_two();
    let changes = [change(A, Some("three")), change(C, Some("new"))];
    fixture.store().apply(&changes).expect("writable");
    assert_eq!(fixture.get(A).as_deref(), Some("three"));
    assert_eq!(fixture.store().names().expect("readable"), [A, B, C]);
    fixture.store().apply(&[change(A, None)]).expect("writable");
    assert_eq!(fixture.get(A), None);
    let (entries, names) = fixture.state();
    assert_eq!(names, [B, C]);
    assert_eq!(entries.len(), 2);
}

#[test]
fn what_was_never_put_needs_no_keyring() {
    let fixture = Fixture::new();
    assert_eq!(fixture.get(A), None);
    let nothing = fixture.store().apply(&[change(A, None)]);
    assert!(nothing.is_ok() && fixture.store().damaged().is_ok());
    assert_eq!(fixture.ring.inside(|inside| inside.opened), 0);
    assert!(!fixture.base.path().join("c").exists());
}

#[test]
fn a_change_that_fails_in_the_middle_is_taken_back() {
    let changes = [
        change(A, Some("three")),
        change(C, Some("new")),
        change(B, None),
        change(C, Some("newer")),
    ];
    for successes in 0..changes.len() {
        let fixture = Fixture::with_two();
        let before = fixture.state();
        let failing = Some((successes, KeyringFault::Refused, false));
        fixture.ring.inside(|inside| inside.failing = failing);
        let error = fixture.store().apply(&changes).expect_err("it refuses");
        assert!(
            matches!(
                error,
                StoreError::Keyring {
                    fault: KeyringFault::Refused
                }
            ),
            "{error}"
        );
        assert_eq!(fixture.state(), before, "after {successes}");
    }
}

#[test]
fn what_cannot_be_taken_back_is_named() {
    let fixture = Fixture::with_two();
    let failing = Some((1, KeyringFault::Locked, true));
    fixture.ring.inside(|inside| inside.failing = failing);
    let changes = [change(C, Some("new")), change(A, None), change(B, None)];
    let error = fixture.store().apply(&changes).expect_err("locked");
    assert!(
        matches!(&error, StoreError::HalfChanged { names, fault: KeyringFault::Locked } if *names == [C]),
        "{error}"
    );
    // the names never say less than the keyring holds
    assert_eq!(fixture.store().names().expect("readable"), [A, B, C]);
}

#[test]
fn a_step_without_an_answer_counts_as_half_made() {
    let fixture = Fixture::with_two();
    let waited = Duration::from_secs(3);
    let failing = Some((0, KeyringFault::Silent { waited }, true));
    fixture.ring.inside(|inside| inside.failing = failing);
    let error = fixture
        .store()
        .apply(&[change(A, None)])
        .expect_err("silent");
    assert!(matches!(error, StoreError::HalfChanged { names, .. } if names == [A]));
}

#[test]
fn changes_are_taken_back_unless_somebody_was_faster() {
    let fixture = Fixture::with_two();
    let before = fixture.state();
    let changes = [
        change(A, Some("three")),
        change(A, Some("four")),
        change(B, None),
        change(C, Some("new")),
    ];
    let receipt = fixture.store().apply(&changes).expect("writable");
    fixture.store().take_back(receipt).expect("writable");
    let (entries, mut names) = fixture.state();
    names.sort();
    assert_eq!((entries, names), before);

    let receipt = fixture.store().apply(&changes).expect("writable");
    let other = change(A, Some("by somebody else"));
    fixture.store().apply(&[other]).expect("writable");
    fixture.store().take_back(receipt).expect("writable");
    assert_eq!(fixture.get(A).as_deref(), Some("by somebody else"));
    assert_eq!(fixture.get(B).as_deref(), Some("two"));
    assert_eq!(fixture.get(C), None);
}

#[test]
fn an_entry_that_is_gone_is_damaged_and_can_be_mended() {
    let fixture = Fixture::with_two();
    fixture.ring.inside(|inside| inside.entries.remove(A));
    let error = fixture.store().get(A).expect_err("it was put");
    assert!(matches!(error, StoreError::NotInKeyring { name } if name == A));
    assert_eq!(fixture.store().damaged().expect("open"), [A]);
    fixture
        .store()
        .apply(&[change(A, Some("again"))])
        .expect("writable");
    assert_eq!(fixture.get(A).as_deref(), Some("again"));

    fixture.ring.inside(|inside| inside.entries.remove(B));
    fixture.store().apply(&[change(B, None)]).expect("writable");
    assert_eq!(fixture.get(B), None);
}

#[test]
fn an_entry_that_is_no_text_is_damaged_and_can_be_overwritten() {
    let fixture = Fixture::with_two();
    let no_text = vec![0xff, 0xfe];
    fixture
        .ring
        .inside(|inside| inside.entries.insert(A.to_owned(), no_text));
    let error = fixture.store().get(A).expect_err("no text");
    assert!(matches!(error, StoreError::NotTextInKeyring { name } if name == A));
    assert_eq!(fixture.store().damaged().expect("open"), [A]);
    fixture
        .store()
        .apply(&[change(A, Some("text"))])
        .expect("writable");
    assert!(fixture.store().damaged().expect("open").is_empty());
}

#[test]
fn a_keyring_out_of_reach_is_never_an_empty_one() {
    let waited = Duration::from_secs(3);
    for fault in [
        KeyringFault::Locked,
        KeyringFault::NoBus,
        KeyringFault::Silent { waited },
    ] {
        let fixture = Fixture::with_two();
        let before = fixture.state();
        fixture
            .ring
            .inside(|inside| inside.fault = Some(fault.clone()));
        let is_fault = |result: Result<(), StoreError>| matches!(result, Err(StoreError::Keyring { fault: said }) if said == fault);
        let store = fixture.store();
        assert!(is_fault(store.get(A).map(|_| ())), "{fault}");
        let new = store.apply(&[change(C, Some("new"))]);
        assert!(is_fault(new.map(|_| ())), "{fault}");
        assert!(
            is_fault(store.apply(&[change(A, None)]).map(|_| ())),
            "{fault}"
        );
        assert!(is_fault(store.damaged().map(|_| ())), "{fault}");
        assert_eq!(fixture.state(), before);
    }
}
