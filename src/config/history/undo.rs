//! Taking the latest change back: the history and the file as it is go in, the file as it was comes out.
//!
//! Only bytes are compared and restored, so a file that does not parse is no obstacle.

use std::fmt;
use std::path::PathBuf;

use super::entry::{Entry, State};
use super::shelf::Shelf;
use crate::config::transaction::{Next, transact};
use crate::config::write::{Record, Target, Unsteady, Written};
use crate::disk::{DiskError, Fingerprint, Location, read_file};

/// A change that was taken back.
#[derive(Debug)]
pub struct Undone {
    /// The change.
    pub entry: Entry,
    /// What became of the file.
    pub written: Written,
}

/// A change that could be taken back.
#[derive(Debug)]
pub struct Preview {
    /// The change.
    pub entry: Entry,
    /// What the file holds; `None` when there is none.
    pub current: Option<Vec<u8>>,
    /// What it would hold; `None` when it would be removed.
    pub restored: Option<Vec<u8>>,
}

/// Why a change is not taken back.
#[derive(Debug)]
pub enum UndoError {
    /// lassi has changed nothing that can be looked up.
    Nothing {
        /// The file.
        path: PathBuf,
    },
    /// The file is not as the latest change left it.
    ChangedSince {
        /// The file.
        path: PathBuf,
        /// The latest change.
        entry: Box<Entry>,
    },
    /// The latest change was one of secrets, whose old values are nowhere; `entry.secrets` names them.
    Secrets {
        /// The latest change.
        entry: Box<Entry>,
    },
    /// The bytes before were not kept, as they held a secret in plain text, or are no longer what they were.
    NotKept {
        /// The latest change.
        entry: Box<Entry>,
    },
    /// Locking, reading or writing failed.
    Disk(DiskError),
    /// Somebody else kept changing the file.
    Unsteady(Unsteady),
}

impl From<DiskError> for UndoError {
    fn from(error: DiskError) -> Self {
        Self::Disk(error)
    }
}

impl From<Unsteady> for UndoError {
    fn from(error: Unsteady) -> Self {
        Self::Unsteady(error)
    }
}

/// Takes the latest change of the file back and records that, so that taking it back once more restores the change.
///
/// The present bytes are kept for that unless `holds_secret` says that they hold a secret in plain text.
///
/// # Errors
/// [`UndoError`], with the file as it was.
pub fn undo(target: &Target, holds_secret: impl Fn(&[u8]) -> bool) -> Result<Undone, UndoError> {
    let (written, entry) = transact(target, |current, shelf| {
        let (entry, restored) = find(shelf, current)?;
        let record = Record::Entry {
            what: entry.what.clone(),
            command: "undo".to_owned(),
            secrets: Vec::new(),
            keep: !current.is_some_and(&holds_secret),
        };
        Ok::<_, UndoError>(Next {
            bytes: restored,
            record,
            context: entry,
        })
    })?;
    Ok(Undone { entry, written })
}

/// What [`undo`] would do now; nothing is locked or written.
pub fn preview(target: &Target) -> Result<Preview, UndoError> {
    let location = Location::of(&target.file)?;
    let current = read_file(location.file())?;
    let (entry, restored) = find(&Shelf::of(&target.state, &location), current.as_deref())?;
    Ok(Preview {
        entry,
        current,
        restored,
    })
}

/// Changes of the file that can be looked up, newest first; at most [`ENTRIES_KEPT`](super::ENTRIES_KEPT).
pub fn list(target: &Target) -> Result<Vec<Entry>, DiskError> {
    let location = Location::of(&target.file)?;
    let current = read_file(location.file())?;
    Shelf::of(&target.state, &location).entries(state(current.as_deref()))
}

pub(in crate::config) fn state(bytes: Option<&[u8]>) -> State {
    bytes.map(Fingerprint::of)
}

/// The latest change and the bytes before it, if it may be taken back.
fn find(shelf: &Shelf, current: Option<&[u8]>) -> Result<(Entry, Option<Vec<u8>>), UndoError> {
    let now = state(current);
    let path = || shelf.file().to_path_buf();
    let entry = shelf
        .latest(now)?
        .ok_or_else(|| UndoError::Nothing { path: path() })?;
    // also when the process was killed before it wrote the file: the secrets were changed first
    if !entry.secrets.is_empty() && (entry.led_to(now) || entry.before == now) {
        return Err(UndoError::Secrets {
            entry: Box::new(entry),
        });
    }
    if !entry.led_to(now) {
        return Err(UndoError::ChangedSince {
            path: path(),
            entry: Box::new(entry),
        });
    }
    if entry.before.is_none() {
        return Ok((entry, None));
    }
    let version = if entry.kept {
        shelf.version(entry.number)?
    } else {
        None
    };
    if version.is_some() && state(version.as_deref()) == entry.before {
        Ok((entry, version))
    } else {
        Err(UndoError::NotKept {
            entry: Box::new(entry),
        })
    }
}

impl fmt::Display for UndoError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing { path } => write!(formatter, "no change of {} is known", path.display()),
            Self::ChangedSince { path, entry } => {
                write!(
                    formatter,
                    "{} was changed after entry {}",
                    path.display(),
                    entry.number
                )
            }
            Self::Secrets { entry } => write!(formatter, "entry {} changed secrets", entry.number),
            Self::NotKept { entry } => write!(
                formatter,
                "the text before entry {} is not kept",
                entry.number
            ),
            Self::Disk(error) => error.fmt(formatter),
            Self::Unsteady(error) => error.fmt(formatter),
        }
    }
}

impl std::error::Error for UndoError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Disk(error) => Some(error),
            Self::Unsteady(error) => Some(error),
            _ => None,
        }
    }
}
