//! The replacement itself: a lock, what was read under it and new bytes go in; the file holds all of the new bytes, or
//! an error comes out and it holds all of the old ones. Only syncing the folder can fail after the file was replaced.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::error::{Activity, DiskError};
use super::in_place;
use super::lock::Lock;
use super::mode::examine;
use super::snapshot::Snapshot;
use super::system;

/// How the new bytes came into the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// A new file took its name.
    Renamed,
    /// The file is a mount point, whose name cannot be taken; it was written in place.
    InPlace,
}

/// Refuses what would be refused at the end, before anything else is written: read-only files and folders, and
/// folders that are not there.
///
/// # Errors
/// [`DiskError::ReadOnlyFile`], [`DiskError::ReadOnlyFolder`], [`DiskError::FolderMissing`], [`DiskError::DanglingLink`].
pub fn check_replaceable(lock: &Lock, seen: &Snapshot) -> Result<(), DiskError> {
    let location = lock.location();
    if !seen.is_writable() {
        return Err(DiskError::ReadOnlyFile {
            path: location.file().to_path_buf(),
        });
    }
    match examine(location.folder())? {
        None => Err(location.folder_missing()),
        Some(folder) if !system::anybody_may_write(&folder) => Err(DiskError::ReadOnlyFolder {
            folder: location.folder().to_path_buf(),
        }),
        Some(_) => Ok(()),
    }
}

/// Puts `bytes` in the place of what was `seen`, with the same mode and owner. A file that did not exist gets
/// `new_file_mode`, less what the process's mask takes away.
///
/// # Errors
/// Those of [`check_replaceable`]; [`DiskError::Changed`] when the file is no longer what was seen: read it again and
/// start over; [`DiskError::System`], with the old file in place.
pub fn replace(
    lock: &Lock,
    seen: &Snapshot,
    bytes: &[u8],
    new_file_mode: u32,
) -> Result<Manner, DiskError> {
    check_replaceable(lock, seen)?;
    let new = NewFile::write(lock, seen, bytes, new_file_mode)?;
    seen.check_unchanged(lock)?;
    let manner = new.take_name(lock, seen, bytes)?;
    sync(lock.location().folder())?;
    Ok(manner)
}

/// Removes the file that was `seen`; nothing happens when there was none.
///
/// # Errors
/// As [`replace`].
pub fn remove(lock: &Lock, seen: &Snapshot) -> Result<(), DiskError> {
    check_replaceable(lock, seen)?;
    seen.check_unchanged(lock)?;
    if seen.bytes().is_none() {
        return Ok(());
    }
    let path = lock.location().file();
    fs::remove_file(path).map_err(DiskError::system(Activity::Remove, path))?;
    sync(lock.location().folder())
}

/// Puts `bytes` into a file that nobody edits, whatever was there: for files that lassi makes from what it knows.
///
/// # Errors
/// As [`replace`]; [`DiskError::Changed`] when somebody else writes it at the same moment.
pub fn write_whole(
    file: &Path,
    locks: &Path,
    bytes: &[u8],
    new_file_mode: u32,
) -> Result<(), DiskError> {
    let lock = Lock::acquire(file, locks)?;
    let seen = Snapshot::read(&lock)?;
    if seen.bytes() == Some(bytes) {
        return Ok(());
    }
    replace(&lock, &seen, bytes, new_file_mode).map(drop)
}

fn sync(folder: &Path) -> Result<(), DiskError> {
    system::sync_folder(folder).map_err(DiskError::system(Activity::Sync, folder))
}

/// All of the new bytes, on the device, under a name of their own; the name is gone when this is dropped.
struct NewFile {
    path: PathBuf,
}

impl NewFile {
    fn write(
        lock: &Lock,
        seen: &Snapshot,
        bytes: &[u8],
        new_file_mode: u32,
    ) -> Result<Self, DiskError> {
        let path = lock.location().beside("new");
        // closed to others until it has the owner it is meant for
        let mode = if seen.identity().is_some() {
            0o600
        } else {
            new_file_mode
        };
        let mut file = create(&path, mode)?;
        let new = Self { path };
        file.write_all(bytes).map_err(new.failed(Activity::Write))?;
        if let Some(old) = seen.identity() {
            system::take_after(&file, old).map_err(new.failed(Activity::KeepOwner))?;
        }
        file.sync_all().map_err(new.failed(Activity::Sync))?;
        Ok(new)
    }

    fn failed(&self, activity: Activity) -> impl FnOnce(std::io::Error) -> DiskError {
        DiskError::system(activity, &self.path)
    }

    fn take_name(self, lock: &Lock, seen: &Snapshot, bytes: &[u8]) -> Result<Manner, DiskError> {
        let target = lock.location().file();
        #[allow(
            clippy::disallowed_methods,
            reason = "this is the folder that may rename"
        )]
        match fs::rename(&self.path, target) {
            Ok(()) => {
                // the name belongs to nobody now, and dropping must not look for it
                std::mem::forget(self);
                Ok(Manner::Renamed)
            }
            Err(error) if error.kind() == ErrorKind::ResourceBusy => {
                in_place::overwrite(lock, &self.path, seen.bytes().unwrap_or_default(), bytes)?;
                Ok(Manner::InPlace)
            }
            Err(error) => Err(DiskError::system(Activity::Replace, target)(error)),
        }
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        // the error that brought us here is the one to report; what stays is removed by the next write
        let _ = fs::remove_file(&self.path);
    }
}

/// The name is fixed so that a file left by a killed process is found and removed: the lock says that nobody uses it.
fn create(path: &Path, mode: u32) -> Result<File, DiskError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    system::create_with_mode(&mut options, mode);
    match options.open(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            fs::remove_file(path).map_err(DiskError::system(Activity::Remove, path))?;
            options.open(path)
        }
        opened => opened,
    }
    .map_err(DiskError::system(Activity::CreateFile, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Place {
        folder: tempfile::TempDir,
    }

    impl Place {
        fn new() -> Self {
            Self {
                folder: tempfile::tempdir().expect("a folder"),
            }
        }

        fn file(&self) -> PathBuf {
            self.folder.path().join("config.toml")
        }

        fn hold(&self, old: &[u8]) {
            File::create(self.file())
                .and_then(|mut file| file.write_all(old))
                .expect("writable");
        }

        fn lock(&self) -> Lock {
            Lock::acquire(&self.file(), &self.folder.path().join("state/locks")).expect("free")
        }

        fn bytes(&self) -> Vec<u8> {
            fs::read(self.file()).expect("readable")
        }
    }

    #[test]
    fn bytes_are_replaced_and_nothing_is_left_beside_them() {
        let place = Place::new();
        place.hold(b"old");
        File::create(place.folder.path().join(".config.toml.lassi-new"))
            .expect("left by a killed process");
        let lock = place.lock();
        let seen = Snapshot::read(&lock).expect("readable");
        assert_eq!(
            replace(&lock, &seen, b"new", 0o600).expect("writable"),
            Manner::Renamed
        );
        assert_eq!(place.bytes(), b"new");
        let names: Vec<_> = fs::read_dir(place.folder.path())
            .expect("readable")
            .flatten()
            .collect();
        assert_eq!(names.len(), 2, "the file and the state: {names:?}");
    }

    #[test]
    fn a_change_by_somebody_else_is_noticed_and_kept() {
        let place = Place::new();
        let lock = place.lock();
        let absent = Snapshot::read(&lock).expect("absent");
        place.hold(b"made meanwhile");
        assert!(matches!(
            replace(&lock, &absent, b"new", 0o600),
            Err(DiskError::Changed { .. })
        ));
        let seen = Snapshot::read(&lock).expect("readable");
        fs::remove_file(place.file()).expect("ours");
        assert!(matches!(
            replace(&lock, &seen, b"new", 0o600),
            Err(DiskError::Changed { .. })
        ));
        place.hold(b"by hand");
        assert!(matches!(
            remove(&lock, &seen),
            Err(DiskError::Changed { .. })
        ));
        assert_eq!(place.bytes(), b"by hand");
        assert!(!place.folder.path().join(".config.toml.lassi-new").exists());
    }

    #[test]
    fn a_file_is_removed_once() {
        let place = Place::new();
        place.hold(b"old");
        let lock = place.lock();
        remove(&lock, &Snapshot::read(&lock).expect("readable")).expect("ours");
        assert!(!place.file().exists());
        remove(&lock, &Snapshot::read(&lock).expect("absent")).expect("nothing to do");
    }

    #[test]
    fn a_missing_folder_is_told() {
        let place = Place::new();
        let file = place.folder.path().join("missing/config.toml");
        let lock = Lock::acquire(&file, &place.folder.path().join("state/locks"))
            .expect("nothing has to exist");
        let absent = Snapshot::read(&lock).expect("absent");
        let error = replace(&lock, &absent, b"new", 0o600).expect_err("no folder");
        assert!(
            matches!(error, DiskError::FolderMissing { folder, .. } if folder.ends_with("missing"))
        );
    }

    #[cfg(unix)]
    #[test]
    fn modes_are_kept_and_read_only_is_respected() {
        let place = Place::new();
        place.hold(b"old");
        system::set_mode(&place.file(), 0o640).expect("ours");
        let lock = place.lock();
        replace(
            &lock,
            &Snapshot::read(&lock).expect("readable"),
            b"new",
            0o600,
        )
        .expect("writable");
        assert_eq!(
            system::mode(&fs::metadata(place.file()).expect("there")),
            0o640
        );

        system::set_mode(&place.file(), 0o444).expect("ours");
        let seen = Snapshot::read(&lock).expect("readable");
        assert!(matches!(
            replace(&lock, &seen, b"newer", 0o600),
            Err(DiskError::ReadOnlyFile { .. })
        ));
        system::set_mode(&place.file(), 0o600).expect("ours");
        system::set_mode(place.folder.path(), 0o555).expect("ours");
        let seen = Snapshot::read(&lock).expect("readable");
        assert!(matches!(
            replace(&lock, &seen, b"newer", 0o600),
            Err(DiskError::ReadOnlyFolder { .. })
        ));
        system::set_mode(place.folder.path(), 0o700).expect("ours");
        assert_eq!(place.bytes(), b"new");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let place = Place::new();
        fs::create_dir(place.folder.path().join("dotfiles")).expect("folder");
        std::os::unix::fs::symlink("dotfiles/lassi.toml", place.file()).expect("link into nothing");
        for text in [b"first".as_slice(), b"second"] {
            let lock = place.lock();
            replace(
                &lock,
                &Snapshot::read(&lock).expect("readable"),
                text,
                0o644,
            )
            .expect("the folder is there");
            assert!(
                fs::symlink_metadata(place.file())
                    .expect("there")
                    .is_symlink()
            );
            assert_eq!(
                fs::read(place.folder.path().join("dotfiles/lassi.toml")).expect("there"),
                text
            );
        }
    }
}
