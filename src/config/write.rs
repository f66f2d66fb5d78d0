//! The only code that writes a configuration file: a function from the present text to a new one goes in; the file is
//! read under its lock, changed and replaced, with the old version in the [`history`](super::history).
//!
//! The function may run more than once: whoever changes the file without the lock, an editor for example, is not
//! overwritten; the change is computed again from what they wrote.

use std::fmt;
use std::path::PathBuf;
use std::str::Utf8Error;

use super::transaction::{Next, transact};
use crate::disk::{DiskError, Note};

/// A configuration file and what may be made for it.
#[derive(Clone, Debug)]
pub struct Target {
    /// The file as the user knows it; parts of it may be missing or symbolic links.
    pub file: PathBuf,
    /// Folder of locks and history, `$XDG_STATE_HOME/lassi`; made when it is missing.
    pub state: PathBuf,
    /// Permission bits for a file that does not exist yet, less what the process's mask takes away.
    pub new_file_mode: u32,
    /// Whether the folder of the file is the user's own: then it is made when it is missing, with a `.gitignore`, and
    /// kept at 0700. Any other folder has to exist.
    pub private_folder: bool,
}

/// A new text and what the history is told about it.
#[derive(Clone, Debug)]
pub struct Change {
    /// The whole text. For a file that does not exist an empty text means that none is made.
    pub text: String,
    /// What to remember.
    pub record: Record,
}

/// What the history is told about a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// lassi itself learned something: no entry. When the latest entry describes the file as it is, it describes the new
    /// text too, so that the user's last change can still be taken back.
    Silent,
    /// The user changed something. With a text that stays the same this is remembered only if `secrets` names some.
    Entry {
        /// Canonical paths of the settings that change, or what else happens, such as `reset`.
        what: Vec<String>,
        /// The command, such as `set`.
        command: String,
        /// Canonical paths of the secrets that were changed with it.
        secrets: Vec<String>,
        /// `false` when the old text holds a secret in plain text: such a version is never kept.
        keep: bool,
    },
}

/// What became of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The text is the same; nothing was written at all.
    Unchanged,
    /// The text is the same; the history has an entry of the secrets that were changed.
    Recorded,
    /// There was no file before.
    Created,
    /// The file holds the new text.
    Replaced,
    /// There is no file any more.
    Removed,
}

/// A finished transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// What became of the file.
    pub outcome: Outcome,
    /// The file itself, links followed.
    pub path: PathBuf,
    /// What the user should hear about.
    pub notes: Vec<Note>,
}

/// Why a file was not changed. `E` is what the function that computes the change can refuse with.
#[derive(Debug)]
pub enum WriteError<E> {
    /// Locking, reading or writing failed.
    Disk(DiskError),
    /// The file is not UTF-8.
    NotText {
        /// The file, links followed.
        path: PathBuf,
        /// Where the first byte is that is not, counted from 0.
        offset: usize,
    },
    /// The change was refused.
    Refused(E),
    /// Somebody else kept changing the file.
    Unsteady(Unsteady),
}

/// Somebody else changed the file, without the lock, each time it had been read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsteady {
    /// The file, links followed.
    pub path: PathBuf,
    /// How often it was tried.
    pub attempts: u32,
}

impl<E> From<DiskError> for WriteError<E> {
    fn from(error: DiskError) -> Self {
        Self::Disk(error)
    }
}

impl<E> From<Unsteady> for WriteError<E> {
    fn from(error: Unsteady) -> Self {
        Self::Unsteady(error)
    }
}

/// Changes a configuration file in one transaction. `compute` gets the present text, `None` when there is no file; it must
/// not have effects of its own, as it may run again.
///
/// # Errors
/// [`WriteError`], with the file as it was.
pub fn change<E>(
    target: &Target,
    mut compute: impl FnMut(Option<&str>) -> Result<Change, E>,
) -> Result<Written, WriteError<E>> {
    transact(target, |current, shelf| {
        let text = current
            .map(str::from_utf8)
            .transpose()
            .map_err(|error: Utf8Error| WriteError::NotText {
                path: shelf.file().to_path_buf(),
                offset: error.valid_up_to(),
            })?;
        let change = compute(text).map_err(WriteError::Refused)?;
        Ok(next(current, change))
    })
    .map(|(written, ())| written)
}

/// The same for a file that may hold anything, such as one that an editor has mended.
///
/// # Errors
/// [`WriteError`], with the file as it was.
pub fn change_bytes<E>(
    target: &Target,
    mut compute: impl FnMut(Option<&[u8]>) -> Result<Change, E>,
) -> Result<Written, WriteError<E>> {
    transact(target, |current, _| {
        let change = compute(current).map_err(WriteError::Refused)?;
        Ok(next(current, change))
    })
    .map(|(written, ())| written)
}

/// Where there is no file an empty text makes none.
fn next(current: Option<&[u8]>, Change { text, record }: Change) -> Next<()> {
    let bytes = (current.is_some() || !text.is_empty()).then(|| text.into_bytes());
    Next {
        bytes,
        record,
        context: (),
    }
}

impl<E: fmt::Display> fmt::Display for WriteError<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disk(error) => error.fmt(formatter),
            Self::NotText { path, offset } => {
                write!(
                    formatter,
                    "{} is not UTF-8 at byte {offset}",
                    path.display()
                )
            }
            Self::Refused(error) => error.fmt(formatter),
            Self::Unsteady(error) => error.fmt(formatter),
        }
    }
}

impl<E: std::error::Error + 'static> std::error::Error for WriteError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Disk(error) => Some(error),
            Self::Refused(error) => Some(error),
            Self::Unsteady(error) => Some(error),
            Self::NotText { .. } => None,
        }
    }
}

impl fmt::Display for Unsteady {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} was changed meanwhile, {} times",
            self.path.display(),
            self.attempts
        )
    }
}

impl std::error::Error for Unsteady {}
