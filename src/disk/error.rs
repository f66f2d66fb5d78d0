//! What can go wrong on a disk: which file or folder, during which activity, and what the system said.
//!
//! No sentences are made here: the command line turns these fields into a message and a hint.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

/// What was being done when the operating system refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    /// Following a name through folders and symbolic links.
    Resolve,
    /// Asking for the kind, mode, owner or times of a file.
    Examine,
    /// Reading a file or listing a folder.
    Read,
    /// Making a folder.
    CreateFolder,
    /// Making a new file in a folder: refused when the folder cannot be written.
    CreateFile,
    /// Writing bytes: refused when the device is full.
    Write,
    /// Making sure that the bytes are on the device.
    Sync,
    /// Giving the new file the mode and owner of the old one.
    KeepOwner,
    /// Putting the new file in the place of the old one.
    Replace,
    /// Removing a file.
    Remove,
    /// Taking permissions for group and others away.
    Tighten,
    /// Opening or taking a lock file.
    Lock,
}

/// What was found where a regular file was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A folder.
    Folder,
    /// A device, a pipe or a socket.
    Special,
}

/// Why a file could not be locked, read or replaced. Paths are as the system sees them, after links are followed,
/// unless a field says otherwise.
#[derive(Debug)]
pub enum DiskError {
    /// The operating system refused; the kind of `source` tells a full device, a missing permission and a
    /// read-only file system apart.
    System {
        /// What was being done.
        activity: Activity,
        /// The file or folder it was done to.
        path: PathBuf,
        /// The system's answer.
        source: io::Error,
    },
    /// The path ends in no name (`/` or `..`).
    NoFileName {
        /// The path as it was given.
        path: PathBuf,
    },
    /// Something that is not a regular file stands there.
    NotAFile {
        /// Where.
        path: PathBuf,
        /// What it is instead.
        found: FileKind,
    },
    /// The folder that should hold the file does not exist.
    FolderMissing {
        /// The missing folder.
        folder: PathBuf,
        /// The file that was to be written.
        file: PathBuf,
    },
    /// A symbolic link leads into a folder that does not exist.
    DanglingLink {
        /// The link.
        link: PathBuf,
        /// The file it leads to.
        target: PathBuf,
    },
    /// The mode of the file has no write bit for its owner.
    ReadOnlyFile {
        /// The file.
        path: PathBuf,
    },
    /// The mode of the folder has no write bit at all.
    ReadOnlyFolder {
        /// The folder.
        folder: PathBuf,
    },
    /// The file has to be private and belongs to somebody else.
    ForeignOwner {
        /// The file or folder.
        path: PathBuf,
        /// Numeric user id of its owner.
        owner: u32,
        /// Numeric user id of this process.
        user: u32,
    },
    /// Another process kept the lock for longer than anybody should.
    LockHeld {
        /// The lock file.
        lock: PathBuf,
        /// The file it protects.
        target: PathBuf,
        /// How long was waited.
        waited: Duration,
    },
    /// Somebody changed the file, without taking the lock, after it had been read: read it again.
    Changed {
        /// The file.
        path: PathBuf,
    },
}

impl DiskError {
    /// Wraps an answer of the system; made for `map_err`.
    pub(crate) fn system(
        activity: Activity,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::System {
            activity,
            path,
            source,
        }
    }
}

impl fmt::Display for DiskError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System {
                activity,
                path,
                source,
            } => {
                write!(formatter, "{activity:?} {}: {source}", path.display())
            }
            Self::NoFileName { path } => write!(formatter, "no file name in {}", path.display()),
            Self::NotAFile { path, found } => {
                write!(formatter, "{} is not a file: {found:?}", path.display())
            }
            Self::FolderMissing { folder, .. } => {
                write!(formatter, "no folder {}", folder.display())
            }
            Self::DanglingLink { link, target } => {
                write!(
                    formatter,
                    "{} leads to {}, whose folder is missing",
                    link.display(),
                    target.display()
                )
            }
            Self::ReadOnlyFile { path } => write!(formatter, "{} is read-only", path.display()),
            Self::ReadOnlyFolder { folder } => {
                write!(formatter, "{} is read-only", folder.display())
            }
            Self::ForeignOwner { path, owner, user } => {
                write!(
                    formatter,
                    "{} belongs to user {owner}, not {user}",
                    path.display()
                )
            }
            Self::LockHeld { lock, target, .. } => {
                write!(
                    formatter,
                    "{} is locked through {}",
                    target.display(),
                    lock.display()
                )
            }
            Self::Changed { path } => write!(formatter, "{} was changed meanwhile", path.display()),
        }
    }
}

impl std::error::Error for DiskError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::System { source, .. } => Some(source),
            _ => None,
        }
    }
}
