//! The system's keyring as a store: secrets go in and come out by name; their names alone are on disk.
//!
//! The keyring holds the secrets, `keyring.json` says which there are: a name that is not in there has no secret, and
//! nobody asks the keyring for it; one that is in there must have one, and else is damaged. A keyring that is locked,
//! missing or silent is an error of its own and never looks like one without entries.
//!
//! A keyring has no transactions. A change that fails in the middle is taken back step by step, and if that fails too the
//! error names what may be changed.

mod bounded;
mod fault;
mod index;
mod ring;

pub use fault::KeyringFault;

use std::fmt;
use std::path::Path;
use std::time::Duration;

use indexmap::IndexMap;
use zeroize::Zeroizing;

use self::bounded::Bounded;
use self::index::Index;
use super::store::{Held, Receipt, SecretChange, Step, Store, StoreError};
use super::value::Secret;
use crate::disk::{Lock, Note};

/// A keyring answers within milliseconds, one that has to be started first within a second.
const LIMIT: Duration = Duration::from_secs(3);

/// What entries hold, by name, as far as it was asked for; `None` where there is no entry.
type Contents = IndexMap<String, Option<Secret>>;

/// Secrets in the keychain of macOS, the Credential Manager of Windows, or the Secret Service of other desktops. It is
/// reached when the first secret is asked for, and nothing is made before the first one is put.
pub struct KeyringStore {
    index: Index,
    keyring: Bounded,
}

impl KeyringStore {
    /// The store whose names are in `folder`, the user's own; locks are in `state`, as those of the configuration files.
    pub fn new(folder: &Path, state: &Path) -> Self {
        Self {
            index: Index::new(folder, state),
            keyring: Bounded::new(ring::open_system_ring, LIMIT),
        }
    }

    /// The secret of an entry, `None` where there is none; a `NotTextInKeyring` where it is none of ours.
    fn read(&self, name: &str) -> Result<Option<Secret>, StoreError> {
        let asked = name.to_owned();
        let Some(bytes) = self.keyring.call(move |ring| ring.read(&asked))? else {
            return Ok(None);
        };
        match Secret::from_stored(bytes) {
            Some(secret) => Ok(Some(secret)),
            None => Err(StoreError::NotTextInKeyring {
                name: name.to_owned(),
            }),
        }
    }

    /// The same before a change: what is no text may be overwritten, and then there is nothing to go back to.
    fn read_all(&self, names: impl IntoIterator<Item = String>) -> Result<Contents, StoreError> {
        let mut contents = Contents::new();
        for name in names {
            if contents.contains_key(&name) {
                continue;
            }
            let secret = match self.read(&name) {
                Err(StoreError::NotTextInKeyring { .. }) => None,
                read => read?,
            };
            contents.insert(name, secret);
        }
        Ok(contents)
    }

    fn put(&self, name: &str, secret: Option<&Secret>) -> Result<(), KeyringFault> {
        let name = name.to_owned();
        let secret = secret.map(|secret| Zeroizing::new(secret.expose().as_bytes().to_vec()));
        self.keyring.call(move |ring| match &secret {
            Some(secret) => ring.write(&name, secret),
            None => ring.remove(&name),
        })
    }

    /// Makes changes of entries that hold `contents` now, all or none.
    fn change(
        &self,
        lock: &Lock,
        mut contents: Contents,
        changes: Vec<SecretChange>,
    ) -> Result<Receipt, StoreError> {
        let before = contents.clone();
        let put = changes.iter().filter(|change| change.secret.is_some());
        let put: Vec<String> = put.map(|change| change.name.clone()).collect();
        self.index.add(lock, &put)?;
        let mut steps = Vec::with_capacity(changes.len());
        for SecretChange { name, secret } in changes {
            let result = self.put(&name, secret.as_ref());
            // one without an answer may have been made all the same
            if matches!(
                result,
                Ok(()) | Err(KeyringFault::Silent { .. } | KeyringFault::Stopped)
            ) {
                let held = contents.insert(name.clone(), secret.clone()).flatten();
                steps.push(Step {
                    name,
                    before: held.map(Held::Plain),
                    after: secret.map(Held::Plain),
                });
            }
            if let Err(fault) = result {
                self.undo(lock, &before, &steps, &fault)?;
                return Err(fault.into());
            }
        }
        let gone = contents.iter().filter(|(_, secret)| secret.is_none());
        let gone: Vec<String> = gone.map(|(name, _)| name.clone()).collect();
        if let Err(error) = self.index.remove(lock, &gone) {
            let fault = KeyringFault::Failed {
                reason: error.to_string(),
            };
            self.undo(lock, &before, &steps, &fault)?;
            return Err(error);
        }
        Ok(Receipt { steps })
    }

    /// Gives the entries of these steps what they held before.
    fn undo(
        &self,
        lock: &Lock,
        before: &Contents,
        steps: &[Step],
        fault: &KeyringFault,
    ) -> Result<(), StoreError> {
        let mut left = Vec::new();
        for (name, secret) in before {
            let touched = steps.iter().any(|step| step.name == *name);
            if touched && self.put(name, secret.as_ref()).is_err() {
                left.push(name.clone());
            }
        }
        if !left.is_empty() {
            return Err(StoreError::HalfChanged {
                names: left,
                fault: fault.clone(),
            });
        }
        let absent = before.iter().filter(|(_, secret)| secret.is_none());
        let absent: Vec<String> = absent.map(|(name, _)| name.clone()).collect();
        self.index.remove(lock, &absent)
    }
}

impl Store for KeyringStore {
    fn get(&self, name: &str) -> Result<Option<Secret>, StoreError> {
        if !self.index.names()?.iter().any(|listed| listed == name) {
            return Ok(None);
        }
        let not_there = || StoreError::NotInKeyring {
            name: name.to_owned(),
        };
        self.read(name)?.ok_or_else(not_there).map(Some)
    }

    fn apply(&self, changes: &[SecretChange]) -> Result<Receipt, StoreError> {
        let lock = self.index.lock()?;
        let listed = self.index.names()?;
        // removing what was never put needs no keyring
        let matters = |change: &&SecretChange| {
            listed.contains(&change.name)
                || changes
                    .iter()
                    .any(|other| other.name == change.name && other.secret.is_some())
        };
        let changes: Vec<SecretChange> = changes.iter().filter(matters).cloned().collect();
        let contents = self.read_all(changes.iter().map(|change| change.name.clone()))?;
        self.change(&lock, contents, changes)
    }

    fn take_back(&self, receipt: Receipt) -> Result<(), StoreError> {
        let lock = self.index.lock()?;
        let contents = self.read_all(receipt.steps.iter().map(|step| step.name.clone()))?;
        let mut wanted = contents.clone();
        for step in receipt.steps.iter().rev() {
            let held = wanted.get(&step.name).and_then(Option::as_ref);
            if is_same(held, plain(step.after.as_ref())) {
                wanted.insert(step.name.clone(), plain(step.before.as_ref()).cloned());
            }
        }
        let is_other = |(name, secret): &(String, Option<Secret>)| {
            let held = contents.get(name).and_then(Option::as_ref);
            !is_same(held, secret.as_ref())
        };
        let changes = wanted.into_iter().filter(is_other);
        let changes = changes.map(|(name, secret)| SecretChange { name, secret });
        let changes = changes.collect();
        self.change(&lock, contents, changes).map(|_| ())
    }

    fn names(&self) -> Result<Vec<String>, StoreError> {
        self.index.names()
    }

    fn damaged(&self) -> Result<Vec<String>, StoreError> {
        let mut damaged = Vec::new();
        for name in self.index.names()? {
            match self.read(&name) {
                Ok(Some(_)) => {}
                Ok(None)
                | Err(
                    StoreError::NotTextInKeyring { .. }
                    | StoreError::Keyring {
                        fault: KeyringFault::Several { .. },
                    },
                ) => damaged.push(name),
                Err(error) => return Err(error),
            }
        }
        Ok(damaged)
    }

    fn take_notes(&self) -> Vec<Note> {
        self.index.take_notes()
    }
}

impl fmt::Debug for KeyringStore {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("KeyringStore")
            .field("index", &self.index)
            .finish_non_exhaustive()
    }
}

fn is_same(one: Option<&Secret>, other: Option<&Secret>) -> bool {
    one.map(Secret::expose) == other.map(Secret::expose)
}

fn plain(held: Option<&Held>) -> Option<&Secret> {
    match held {
        Some(Held::Plain(secret)) => Some(secret),
        Some(Held::Sealed(_)) | None => None,
    }
}

#[cfg(test)]
mod tests;
