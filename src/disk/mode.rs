//! Files and folders that are nobody else's business: what is too loose goes in, a [`Note`] says what was done.

use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::error::{Activity, DiskError, FileKind};
use super::system;

/// The bits of group and others.
const NOT_THE_OWNER: u32 = 0o077;
/// A folder with this bit is shared on purpose, like `/tmp`.
const STICKY: u32 = 0o1000;

/// Something that the user should hear about although the command goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// Group or others had permissions that were taken away.
    Tightened {
        /// The file or folder.
        path: PathBuf,
        /// Its mode before, without the kind of the file.
        from: u32,
        /// Its mode now.
        to: u32,
    },
    /// Group or others have permissions that could not be taken away: a read-only or foreign file system, or a shared
    /// folder such as `/tmp`.
    LeftLoose {
        /// The file or folder.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
}

/// Makes a private file 0600; nothing happens when it does not exist.
///
/// # Errors
/// [`DiskError::ForeignOwner`] when it belongs to another user, [`DiskError::NotAFile`].
pub fn tighten_file(path: &Path) -> Result<Option<Note>, DiskError> {
    let Some(metadata) = examine(path)? else {
        return Ok(None);
    };
    check_regular(path, &metadata)?;
    tighten(path, &metadata)
}

/// Makes a private folder 0700; nothing happens when it does not exist. A folder with the sticky bit is left alone.
///
/// # Errors
/// [`DiskError::ForeignOwner`] when it belongs to another user.
pub fn tighten_folder(path: &Path) -> Result<Option<Note>, DiskError> {
    let Some(metadata) = examine(path)? else {
        return Ok(None);
    };
    tighten(path, &metadata)
}

fn tighten(path: &Path, metadata: &Metadata) -> Result<Option<Note>, DiskError> {
    if let Some((owner, user)) = system::foreign_owner(metadata) {
        return Err(DiskError::ForeignOwner {
            path: path.to_path_buf(),
            owner,
            user,
        });
    }
    let path = path.to_path_buf();
    let from = system::mode(metadata);
    if from & NOT_THE_OWNER == 0 {
        return Ok(None);
    }
    if from & STICKY != 0 {
        return Ok(Some(Note::LeftLoose { path, mode: from }));
    }
    let to = from & !NOT_THE_OWNER;
    match system::set_mode(&path, to) {
        Ok(()) => Ok(Some(Note::Tightened { path, from, to })),
        Err(error) if cannot_be_changed(&error) => Ok(Some(Note::LeftLoose { path, mode: from })),
        Err(error) => Err(DiskError::system(Activity::Tighten, path)(error)),
    }
}

fn cannot_be_changed(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied | ErrorKind::Unsupported
    )
}

/// Whether a file is there and belongs to somebody else, who may have written anything into it.
pub fn belongs_to_another_user(path: &Path) -> bool {
    // what cannot be examined cannot be read either, and that is said by whoever reads it
    let metadata = examine(path).ok().flatten();
    metadata.is_some_and(|metadata| system::foreign_owner(&metadata).is_some())
}

/// Kind, mode, owner and times of what a name leads to, links followed; `None` when there is nothing.
pub(super) fn examine(path: &Path) -> Result<Option<Metadata>, DiskError> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(DiskError::system(Activity::Examine, path)(error)),
    }
}

/// Refuses folders, pipes and devices: opening a pipe would wait for its other end.
pub(super) fn check_regular(path: &Path, metadata: &Metadata) -> Result<(), DiskError> {
    if metadata.is_file() {
        return Ok(());
    }
    let found = if metadata.is_dir() {
        FileKind::Folder
    } else {
        FileKind::Special
    };
    Err(DiskError::NotAFile {
        path: path.to_path_buf(),
        found,
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn mode_of(path: &Path) -> u32 {
        system::mode(&fs::metadata(path).expect("it exists"))
    }

    #[test]
    fn loose_modes_are_tightened_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("key");
        fs::File::create(&file).expect("file");
        system::set_mode(&file, 0o644).expect("ours");
        let note = tighten_file(&file).expect("ours");
        assert_eq!(
            note,
            Some(Note::Tightened {
                path: file.clone(),
                from: 0o644,
                to: 0o600
            })
        );
        assert_eq!(mode_of(&file), 0o600);
        assert_eq!(tighten_file(&file).expect("ours"), None);

        system::set_mode(folder.path(), 0o755).expect("ours");
        let note = tighten_folder(folder.path()).expect("ours");
        assert_eq!(
            note,
            Some(Note::Tightened {
                path: folder.path().to_path_buf(),
                from: 0o755,
                to: 0o700
            })
        );
    }

    #[test]
    fn an_owner_without_a_write_bit_is_not_given_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("key");
        fs::File::create(&file).expect("file");
        system::set_mode(&file, 0o444).expect("ours");
        tighten_file(&file).expect("ours");
        assert_eq!(mode_of(&file), 0o400);
    }

    #[test]
    fn a_shared_folder_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        system::set_mode(folder.path(), 0o1777).expect("ours");
        let note = tighten_folder(folder.path()).expect("ours");
        assert_eq!(
            note,
            Some(Note::LeftLoose {
                path: folder.path().to_path_buf(),
                mode: 0o1777
            })
        );
        assert_eq!(mode_of(folder.path()), 0o1777);
    }

    #[test]
    fn what_is_missing_needs_no_tightening_and_what_is_no_file_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(
            tighten_file(&folder.path().join("key")).expect("nothing to do"),
            None
        );
        let error = tighten_file(folder.path()).expect_err("a folder is not a file");
        assert!(matches!(
            error,
            DiskError::NotAFile {
                found: FileKind::Folder,
                ..
            }
        ));
    }

    /// Only the superuser can give a file away.
    #[test]
    fn a_file_of_another_user_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("credentials");
        fs::File::create(&file).expect("file");
        if std::os::unix::fs::chown(&file, Some(4711), None).is_err() {
            eprintln!("skipped: giving a file to another user needs the superuser");
            return;
        }
        let error = tighten_file(&file).expect_err("not ours");
        assert!(
            matches!(error, DiskError::ForeignOwner { owner: 4711, .. }),
            "{error:?}"
        );
    }
}
