//! The names of what is in the keyring, in a file, as a keyring cannot be asked for them everywhere: names go in and come
//! out, and no secret ever does.
//!
//! ```json
//! {
//!   "version": 1,
//!   "names": [
//!     "auth.jira[\"https://jira.example\"].pat"
//!   ]
//! }
//! ```
//! A name is written before its secret and removed after it, so whatever is killed in between, the file never names less
//! than the keyring holds. What this release does not know is written back as it was.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde_json::{Map, Value, json};

use super::super::store::{Part, StoreError};
use super::super::versioned::{self, VERSION};
use crate::disk::{
    DiskError, Lock, Note, Snapshot, make_user_folder, read_file, replace, tighten_file,
    tighten_folder, write_ignore_file,
};

/// How often a change is made again before somebody else is taken to write without end.
const ATTEMPTS: u32 = 20;

/// `keyring.json` in the user's folder.
#[derive(Debug)]
pub(super) struct Index {
    folder: PathBuf,
    file: PathBuf,
    locks: PathBuf,
    notes: Mutex<Vec<Note>>,
}

impl Index {
    /// The names in `folder`, the user's own; locks are in `state`, as those of the configuration files.
    pub(super) fn new(folder: &Path, state: &Path) -> Self {
        Self {
            folder: folder.to_path_buf(),
            file: folder.join("keyring.json"),
            locks: state.join("locks"),
            notes: Mutex::default(),
        }
    }

    /// All names, in the order in which they were first put. Needs no lock: the file is replaced as a whole.
    pub(super) fn names(&self) -> Result<Vec<String>, StoreError> {
        self.tighten()?;
        Ok(Document::read(&self.file, read_file(&self.file)?.as_deref())?.names)
    }

    /// Keeps other writers away, of the names and of what they stand for.
    pub(super) fn lock(&self) -> Result<Lock, StoreError> {
        Ok(Lock::acquire(&self.file, &self.locks)?)
    }

    /// Adds names that are not there yet.
    pub(super) fn add(&self, lock: &Lock, added: &[String]) -> Result<(), StoreError> {
        self.change(lock, |names| {
            for name in added {
                if !names.contains(name) {
                    names.push(name.clone());
                }
            }
        })
    }

    /// Removes names; those that are not there are as good.
    pub(super) fn remove(&self, lock: &Lock, removed: &[String]) -> Result<(), StoreError> {
        self.change(lock, |names| names.retain(|name| !removed.contains(name)))
    }

    /// What came up about modes since the last call.
    pub(super) fn take_notes(&self) -> Vec<Note> {
        // a panic elsewhere leaves a list that is whole
        std::mem::take(&mut self.notes.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn tighten(&self) -> Result<(), StoreError> {
        let folder = tighten_folder(&self.folder)?;
        let file = tighten_file(&self.file)?;
        let mut known = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        for note in folder.into_iter().chain(file) {
            if !known.contains(&note) {
                known.push(note);
            }
        }
        Ok(())
    }

    /// Nothing is written when the names stay the same.
    fn change(&self, lock: &Lock, edit: impl Fn(&mut Vec<String>)) -> Result<(), StoreError> {
        for _ in 0..ATTEMPTS {
            self.tighten()?;
            let seen = Snapshot::read(lock)?;
            let mut document = Document::read(&self.file, seen.bytes())?;
            let before = document.names.clone();
            edit(&mut document.names);
            if document.names == before {
                return Ok(());
            }
            make_user_folder(&self.folder)?;
            // the folder may be older than the first name in it
            write_ignore_file(&self.folder)?;
            match replace(lock, &seen, &document.write(), 0o600) {
                Err(DiskError::Changed { .. }) => {}
                replaced => return Ok(replaced.map(|_| ())?),
            }
        }
        Err(StoreError::Unsteady {
            file: self.file.clone(),
            attempts: ATTEMPTS,
        })
    }
}

/// The file in memory.
struct Document {
    /// Everything beside the names, with nothing in their place.
    around: Map<String, Value>,
    names: Vec<String>,
}

impl Document {
    /// Reads the text of `file`; one that does not exist has no names.
    fn read(file: &Path, bytes: Option<&[u8]>) -> Result<Self, StoreError> {
        let Some(bytes) = bytes else {
            let around = [("version", json!(VERSION)), ("names", Value::Null)]
                .map(|(field, value)| (field.to_owned(), value));
            return Ok(Self {
                around: Map::from_iter(around),
                names: Vec::new(),
            });
        };
        let mut around = versioned::read(file, bytes)?;
        let names = around.get_mut("names").map(Value::take);
        let names = names.and_then(|names| serde_json::from_value(names).ok());
        match names {
            Some(names) => Ok(Self { around, names }),
            None => Err(versioned::malformed(file, Part::Names)),
        }
    }

    fn write(mut self) -> Vec<u8> {
        self.around.insert("names".to_owned(), json!(self.names));
        versioned::write(self.around)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Document, StoreError> {
        Document::read(Path::new("keyring.json"), Some(text.as_bytes()))
    }

    #[test]
    fn what_is_not_known_is_written_back() {
        let text = "{\n  \"comment\": \"by hand\",\n  \"version\": 1,\n  \"names\": [\n    \"b\",\n    \"a\"\n  ],\n  \"later\": 1\n}\n";
        let document = read(text).expect("names");
        assert_eq!(document.names, ["b", "a"]);
        assert_eq!(document.write(), text.as_bytes());
    }

    #[test]
    fn a_list_that_is_none_is_an_error() {
        for text in [
            "{\"version\":1}",
            "{\"version\":1,\"names\":{}}",
            "{\"version\":1,\"names\":[1]}",
        ] {
            assert!(
                matches!(
                    read(text),
                    Err(StoreError::Malformed {
                        part: Part::Names,
                        ..
                    })
                ),
                "{text}"
            );
        }
        assert!(matches!(
            read("{\"version\":2}"),
            Err(StoreError::UnknownVersion { version: 2, .. })
        ));
        assert!(matches!(read("names"), Err(StoreError::NotJson { .. })));
    }

    #[test]
    fn names_are_added_once_and_removed() {
        let base = tempfile::tempdir().expect("a folder");
        let (folder, state) = (base.path().join("config"), base.path().join("state"));
        let index = Index::new(&folder, &state);
        assert!(index.names().expect("none").is_empty() && !folder.exists());
        let names = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        let owned: Vec<String> = names(&["a", "b"]);
        let lock = index.lock().expect("free");
        index.add(&lock, &owned).expect("writable");
        let modified = || {
            std::fs::metadata(folder.join("keyring.json"))
                .and_then(|file| file.modified())
                .expect("there")
        };
        let before = modified();
        index.add(&lock, &owned[..1]).expect("nothing to do");
        assert_eq!(modified(), before);
        let removed: Vec<String> = names(&["a", "c"]);
        index.remove(&lock, &removed).expect("writable");
        assert_eq!(index.names().expect("readable"), ["b"]);
    }
}
