//! What every place for secrets can do: many changes go in as one, and come out again one by one.

use std::fmt;
use std::path::PathBuf;

use serde_json::Value;

use super::keyring::KeyringFault;
use super::value::Secret;
use crate::disk::{DiskError, Note};

/// A place for secrets, each under a name.
pub trait Store {
    /// The secret of that name; `None` when there is none.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] and others: a secret that cannot be read is never taken for one that is not there.
    fn get(&self, name: &str) -> Result<Option<Secret>, StoreError>;

    /// Makes all the changes or none. What was replaced is in the receipt, in case something that belongs to them fails.
    fn apply(&self, changes: &[SecretChange]) -> Result<Receipt, StoreError>;

    /// Takes changes back, all or none. An entry that somebody has changed since is left as it is.
    fn take_back(&self, receipt: Receipt) -> Result<(), StoreError>;

    /// The names of all entries, whether they can be read or not.
    fn names(&self) -> Result<Vec<String>, StoreError>;

    /// The names of the entries that cannot be read.
    fn damaged(&self) -> Result<Vec<String>, StoreError>;

    /// What the user should hear about that came up since the last call.
    fn take_notes(&self) -> Vec<Note>;
}

/// One entry to be put or removed.
#[derive(Clone, Debug)]
pub struct SecretChange {
    /// The name of the entry.
    pub name: String,
    /// The new secret; `None` removes the entry, and one that is not there is as good.
    pub secret: Option<Secret>,
}

/// What [`Store::apply`] has replaced, for [`Store::take_back`] of the same store.
#[derive(Debug)]
pub struct Receipt {
    pub(super) steps: Vec<Step>,
}

/// One entry before and after a change.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) name: String,
    pub(super) before: Option<Held>,
    pub(super) after: Option<Held>,
}

/// An entry as its store holds it.
#[derive(Clone, Debug)]
pub(super) enum Held {
    /// Encrypted, and so comparable.
    Sealed(Value),
    /// As it is.
    Plain(Secret),
}

/// Which part of a file of a store is not as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The whole is no JSON object.
    Whole,
    /// `version` is missing or no number.
    Version,
    /// `entries` is missing or no object.
    Entries,
    /// `names` is missing or no list of texts.
    Names,
}

/// Why secrets cannot be read or written. A file that cannot be read is never written either.
#[derive(Debug)]
pub enum StoreError {
    /// Locking, reading or writing failed.
    Disk(DiskError),
    /// The file is not JSON.
    NotJson {
        /// The credentials, or the list of names.
        file: PathBuf,
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
    },
    /// The file is JSON and does not hold what it should.
    Malformed {
        /// The credentials, or the list of names.
        file: PathBuf,
        /// What is wrong in it.
        part: Part,
    },
    /// The file was written by a later release.
    UnknownVersion {
        /// The credentials, or the list of names.
        file: PathBuf,
        /// The version in it.
        version: u64,
    },
    /// There are entries and no key that opens them.
    KeyMissing {
        /// Where the key should be.
        key: PathBuf,
        /// The credentials file.
        file: PathBuf,
        /// How many entries it holds.
        entries: usize,
    },
    /// The key file does not hold 32 bytes in base64.
    KeyMalformed {
        /// The key file.
        key: PathBuf,
    },
    /// The key does not open the entry: one of them was changed, or they do not belong together.
    Damaged {
        /// The entry.
        name: String,
        /// The credentials file.
        file: PathBuf,
    },
    /// The operating system gave no random bytes.
    NoRandomness,
    /// Somebody else changed the file, without the lock, each time it had been read.
    Unsteady {
        /// The credentials, or the list of names.
        file: PathBuf,
        /// How often it was tried.
        attempts: u32,
    },
    /// The system's keyring cannot be used. Nothing was changed in it.
    Keyring {
        /// Why not.
        fault: KeyringFault,
    },
    /// The secret was saved in the keyring, which does not hold it any more.
    NotInKeyring {
        /// The entry.
        name: String,
    },
    /// The keyring holds something under the name that is no text, so no secret of ours.
    NotTextInKeyring {
        /// The entry.
        name: String,
    },
    /// The keyring failed in the middle of a change, and did not take back what was done of it.
    HalfChanged {
        /// The entries that may hold the old secret or the new one.
        names: Vec<String>,
        /// What it failed with at first.
        fault: KeyringFault,
    },
}

impl From<DiskError> for StoreError {
    fn from(error: DiskError) -> Self {
        Self::Disk(error)
    }
}

impl From<KeyringFault> for StoreError {
    fn from(fault: KeyringFault) -> Self {
        Self::Keyring { fault }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disk(error) => error.fmt(formatter),
            Self::NotJson { file, line, column } => {
                write!(formatter, "{}:{line}:{column}: no JSON", file.display())
            }
            Self::Malformed { file, part } => {
                write!(formatter, "{}: {part:?} malformed", file.display())
            }
            Self::UnknownVersion { file, version } => {
                write!(formatter, "{}: version {version}", file.display())
            }
            Self::KeyMissing { key, entries, .. } => {
                write!(formatter, "no key {} for {entries} entries", key.display())
            }
            Self::KeyMalformed { key } => write!(formatter, "{} holds no key", key.display()),
            Self::Damaged { name, file } => {
                write!(formatter, "{name} in {} is damaged", file.display())
            }
            Self::NoRandomness => formatter.write_str("no random bytes"),
            Self::Unsteady { file, attempts } => {
                write!(
                    formatter,
                    "{} was changed meanwhile, {attempts} times",
                    file.display()
                )
            }
            Self::Keyring { fault } => write!(formatter, "keyring: {fault}"),
            Self::NotInKeyring { name } => write!(formatter, "{name} is not in the keyring"),
            Self::NotTextInKeyring { name } => {
                write!(formatter, "{name} in the keyring is no text")
            }
            Self::HalfChanged { names, fault } => {
                write!(formatter, "keyring: {fault}; half changed: {names:?}")
            }
        }
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Disk(error) => Some(error),
            Self::Keyring { fault } | Self::HalfChanged { fault, .. } => Some(fault),
            _ => None,
        }
    }
}
