//! The encrypted file in the user's folder: secrets go in and come out by name; on disk are `credentials`, their
//! ciphertexts, and `key`, which opens them.
//!
//! This keeps tokens out of backups, dotfile repositories and screen shares of one of the two files, and notices any change
//! of them. It is no protection from somebody who can read both files as the user.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde_json::Value;

use super::document::{Document, entry_of, sealed_in};
use super::key;
use super::seal::Key;
use super::store::{Held, Receipt, SecretChange, Step, Store, StoreError};
use super::value::Secret;
use crate::disk::{
    DiskError, Lock, Note, Snapshot, make_user_folder, read_file, replace, tighten_file,
    tighten_folder, write_ignore_file,
};

/// How often a change is made again before somebody else is taken to write without end.
const ATTEMPTS: u32 = 20;

/// Secrets in `credentials` and their `key`. Nothing is made before the first secret is put.
#[derive(Debug)]
pub struct FileStore {
    folder: PathBuf,
    credentials: PathBuf,
    key: PathBuf,
    locks: PathBuf,
    notes: Mutex<Vec<Note>>,
}

impl FileStore {
    /// The store in `folder`, the user's own; locks are in `state`, as those of the configuration files.
    pub fn new(folder: &Path, state: &Path) -> Self {
        Self {
            folder: folder.to_path_buf(),
            credentials: folder.join("credentials"),
            key: folder.join("key"),
            locks: state.join("locks"),
            notes: Mutex::default(),
        }
    }

    /// Reads without the lock: a file is replaced as a whole, so what is read is whole too.
    fn read(&self) -> Result<Document, StoreError> {
        self.tighten()?;
        Document::read(&self.credentials, read_file(&self.credentials)?.as_deref())
    }

    fn tighten(&self) -> Result<(), StoreError> {
        let folder = tighten_folder(&self.folder)?;
        let credentials = tighten_file(&self.credentials)?;
        self.note(folder.into_iter().chain(credentials));
        Ok(())
    }

    fn note(&self, notes: impl IntoIterator<Item = Note>) {
        // a panic elsewhere leaves a list that is whole
        let mut known = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        for note in notes {
            if !known.contains(&note) {
                known.push(note);
            }
        }
    }

    fn key(&self, document: &Document) -> Result<Key, StoreError> {
        let mut notes = Vec::new();
        let key = key::read(&self.key, &mut notes);
        self.note(notes);
        key?.ok_or_else(|| StoreError::KeyMissing {
            key: self.key.clone(),
            file: self.credentials.clone(),
            entries: document.names().len(),
        })
    }

    /// The key for new entries. One is made only where no entry waits for another.
    fn key_to_seal(&self, document: &Document) -> Result<Key, StoreError> {
        if document.names().len() > 0 {
            return self.key(document);
        }
        make_user_folder(&self.folder)?;
        // the folder may be older than the first secret in it
        write_ignore_file(&self.folder)?;
        let mut notes = Vec::new();
        let key = key::read_or_make(&self.key, &self.locks, &mut notes);
        self.note(notes);
        key
    }

    fn open(&self, name: &str, entry: &Value, key: &Key) -> Result<Secret, StoreError> {
        sealed_in(entry)
            .and_then(|sealed| key.open(name, sealed))
            .ok_or_else(|| StoreError::Damaged {
                name: name.to_owned(),
                file: self.credentials.clone(),
            })
    }

    /// Changes the document in one transaction; nothing is written when it stays the same.
    fn edit<Output>(
        &self,
        mut change: impl FnMut(&mut Document) -> Result<Output, StoreError>,
    ) -> Result<Output, StoreError> {
        let lock = Lock::acquire(&self.credentials, &self.locks)?;
        for _ in 0..ATTEMPTS {
            self.tighten()?;
            let seen = Snapshot::read(&lock)?;
            let before = Document::read(&self.credentials, seen.bytes())?;
            let mut after = before.clone();
            let output = change(&mut after)?;
            if after == before {
                return Ok(output);
            }
            match replace(&lock, &seen, &after.write(), 0o600) {
                Err(DiskError::Changed { .. }) => {}
                replaced => return Ok(replaced.map(|_| output)?),
            }
        }
        Err(StoreError::Unsteady {
            file: self.credentials.clone(),
            attempts: ATTEMPTS,
        })
    }
}

impl Store for FileStore {
    fn get(&self, name: &str) -> Result<Option<Secret>, StoreError> {
        let document = self.read()?;
        let Some(entry) = document.entry(name) else {
            return Ok(None);
        };
        self.open(name, entry, &self.key(&document)?).map(Some)
    }

    fn apply(&self, changes: &[SecretChange]) -> Result<Receipt, StoreError> {
        self.edit(|document| {
            let puts = changes.iter().any(|change| change.secret.is_some());
            let key = if puts {
                Some(self.key_to_seal(document)?)
            } else {
                None
            };
            let mut steps = Vec::with_capacity(changes.len());
            for SecretChange { name, secret } in changes {
                let after = match (secret, &key) {
                    (Some(secret), Some(key)) => Some(entry_of(&key.seal(name, secret)?)),
                    _ => None,
                };
                let before = document.put(name, after.clone()).map(Held::Sealed);
                steps.push(Step {
                    name: name.clone(),
                    before,
                    after: after.map(Held::Sealed),
                });
            }
            Ok(Receipt { steps })
        })
    }

    fn take_back(&self, receipt: Receipt) -> Result<(), StoreError> {
        self.edit(|document| {
            for step in receipt.steps.iter().rev() {
                // each sealing has a nonce of its own, so an equal entry is the one that was put
                if document.entry(&step.name) == sealed(step.after.as_ref()) {
                    document.put(&step.name, sealed(step.before.as_ref()).cloned());
                }
            }
            Ok(())
        })
    }

    fn names(&self) -> Result<Vec<String>, StoreError> {
        Ok(self.read()?.names().cloned().collect())
    }

    fn damaged(&self) -> Result<Vec<String>, StoreError> {
        let document = self.read()?;
        if document.names().len() == 0 {
            return Ok(Vec::new());
        }
        let key = self.key(&document)?;
        let is_damaged = |name: &&String| {
            document
                .entry(name)
                .is_none_or(|entry| self.open(name, entry, &key).is_err())
        };
        Ok(document.names().filter(is_damaged).cloned().collect())
    }

    fn take_notes(&self) -> Vec<Note> {
        std::mem::take(&mut self.notes.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn sealed(held: Option<&Held>) -> Option<&Value> {
    match held {
        Some(Held::Sealed(entry)) => Some(entry),
        Some(Held::Plain(_)) | None => None,
    }
}
