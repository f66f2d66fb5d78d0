//! A store that lasts as long as the process: for tests of whatever uses secrets.

use std::sync::{Mutex, MutexGuard, PoisonError};

use indexmap::IndexMap;

use super::store::{Held, Receipt, SecretChange, Step, Store, StoreError};
use super::value::Secret;
use crate::disk::Note;

/// Secrets in memory, in the order in which they were first put.
#[derive(Debug, Default)]
pub struct MemoryStore {
    entries: Mutex<IndexMap<String, Secret>>,
}

impl MemoryStore {
    fn entries(&self) -> MutexGuard<'_, IndexMap<String, Secret>> {
        // a panic elsewhere leaves a map that is whole
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(
        entries: &mut IndexMap<String, Secret>,
        name: &str,
        secret: Option<Secret>,
    ) -> Option<Held> {
        let before = match secret {
            Some(secret) => entries.insert(name.to_owned(), secret),
            None => entries.shift_remove(name),
        };
        before.map(Held::Plain)
    }
}

impl Store for MemoryStore {
    fn get(&self, name: &str) -> Result<Option<Secret>, StoreError> {
        Ok(self.entries().get(name).cloned())
    }

    fn apply(&self, changes: &[SecretChange]) -> Result<Receipt, StoreError> {
        let mut entries = self.entries();
        let steps = changes.iter().map(|change| Step {
            name: change.name.clone(),
            before: Self::put(&mut entries, &change.name, change.secret.clone()),
            after: change.secret.clone().map(Held::Plain),
        });
        Ok(Receipt {
            steps: steps.collect(),
        })
    }

    fn take_back(&self, receipt: Receipt) -> Result<(), StoreError> {
        let mut entries = self.entries();
        for step in receipt.steps.into_iter().rev() {
            let before = match step.before {
                Some(Held::Plain(secret)) => Some(secret),
                // not from this store
                Some(Held::Sealed(_)) => continue,
                None => None,
            };
            Self::put(&mut entries, &step.name, before);
        }
        Ok(())
    }

    fn names(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.entries().keys().cloned().collect())
    }

    fn damaged(&self) -> Result<Vec<String>, StoreError> {
        Ok(Vec::new())
    }

    fn take_notes(&self) -> Vec<Note> {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(name: &str, secret: Option<&str>) -> SecretChange {
        let secret = secret.map(|text| Secret::from_input(text.to_owned()).expect("a fine secret"));
        SecretChange {
            name: name.to_owned(),
            secret,
        }
    }

    fn text(store: &MemoryStore, name: &str) -> Option<String> {
        store
            .get(name)
            .expect("memory")
            .map(|secret| secret.expose().to_owned())
    }

    #[test]
    fn changes_can_be_taken_back() {
        let store = MemoryStore::default();
        store
            .apply(&[change("a", Some("1")), change("b", Some("2"))])
            .expect("memory");
        let receipt = store
            .apply(&[
                change("a", Some("3")),
                change("a", Some("4")),
                change("b", None),
                change("c", Some("5")),
            ])
            .expect("memory");
        assert_eq!(text(&store, "a").as_deref(), Some("4"));
        assert_eq!(store.names().expect("memory"), ["a", "c"]);
        store.take_back(receipt).expect("memory");
        assert_eq!(
            [text(&store, "a"), text(&store, "b")],
            [Some("1".to_owned()), Some("2".to_owned())]
        );
        assert_eq!(text(&store, "c"), None);
    }
}
