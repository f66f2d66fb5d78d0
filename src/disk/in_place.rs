//! Writing a file whose name cannot be taken, such as one that is mounted into a container.
//!
//! In flows a file with all of the new bytes, already on the device; it is kept beside the target, as
//! `.config.toml.lassi-redo`, for as long as the target is being written. A process that is killed in between leaves a
//! target that holds only the beginning of the new bytes: the next one to take the lock finds the rest there.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use super::error::{Activity, DiskError};
use super::lock::Lock;
use super::mode::examine;
use super::system;

/// Writes `bytes`, which the file at `new` holds too, over the target; when that fails, as on a full device, the target gets
/// its `old` bytes back.
pub(super) fn overwrite(
    lock: &Lock,
    new: &Path,
    old: &[u8],
    bytes: &[u8],
) -> Result<(), DiskError> {
    let (location, redo) = (lock.location(), lock.location().beside("redo"));
    #[allow(
        clippy::disallowed_methods,
        reason = "this is the folder that may rename"
    )]
    fs::rename(new, &redo).map_err(DiskError::system(Activity::Replace, &redo))?;
    system::sync_folder(location.folder())
        .map_err(DiskError::system(Activity::Sync, location.folder()))?;
    if let Err(error) = write_over(location.file(), bytes) {
        // the old bytes had room before; if they have none now, the new ones stay for the next attempt
        if write_over(location.file(), old).is_ok() {
            fs::remove_file(&redo).map_err(DiskError::system(Activity::Remove, &redo))?;
        }
        return Err(error);
    }
    fs::remove_file(&redo).map_err(DiskError::system(Activity::Remove, &redo))
}

/// Completes the target when a killed process has written only the beginning of it. Anything else that the target
/// holds is left alone: it was written later.
pub(super) fn finish_interrupted(lock: &Lock) -> Result<(), DiskError> {
    let redo = lock.location().beside("redo");
    match fs::symlink_metadata(&redo) {
        Ok(metadata) if metadata.is_file() => {}
        // a link is not from us, and following it could bring a private file to light
        Ok(_) => return Ok(()),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(());
        }
        Err(error) => return Err(DiskError::system(Activity::Examine, redo)(error)),
    }
    let complete = fs::read(&redo).map_err(DiskError::system(Activity::Read, &redo))?;
    let target = lock.location().file();
    if examine(target)?.is_some_and(|metadata| metadata.is_file()) {
        let found = fs::read(target).map_err(DiskError::system(Activity::Read, target))?;
        if found.len() < complete.len() && complete.starts_with(&found) {
            write_over(target, &complete)?;
        }
    }
    fs::remove_file(&redo).map_err(DiskError::system(Activity::Remove, &redo))
}

/// From the front, so that at every instant the target holds a beginning of the new bytes.
fn write_over(target: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    let opened = OpenOptions::new().write(true).truncate(true).open(target);
    let mut file = opened.map_err(DiskError::system(Activity::Write, target))?;
    file.write_all(bytes)
        .map_err(DiskError::system(Activity::Write, target))?;
    file.sync_all()
        .map_err(DiskError::system(Activity::Sync, target))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::Snapshot;

    fn after_kill(target: &[u8], redo: &[u8]) -> Vec<u8> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("config.toml");
        let redo_path = folder.path().join(".config.toml.lassi-redo");
        for (file, bytes) in [(&path, target), (&redo_path, redo)] {
            fs::File::create(file)
                .and_then(|mut file| file.write_all(bytes))
                .expect("writable");
        }
        let lock = Lock::acquire(&path, &folder.path().join("locks")).expect("free");
        let found = Snapshot::read(&lock)
            .expect("readable")
            .into_bytes()
            .expect("there");
        assert!(!redo_path.exists());
        found
    }

    #[test]
    fn a_beginning_is_completed() {
        assert_eq!(after_kill(b"", b"all of it"), b"all of it");
        assert_eq!(after_kill(b"all", b"all of it"), b"all of it");
    }

    #[test]
    fn a_complete_or_later_text_is_left_alone() {
        assert_eq!(after_kill(b"all of it", b"all of it"), b"all of it");
        assert_eq!(after_kill(b"by hand", b"all of it"), b"by hand");
        assert_eq!(
            after_kill(b"all of it and more", b"all of it"),
            b"all of it and more"
        );
    }

    #[test]
    fn the_target_is_overwritten_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, new) = (folder.path().join("config.toml"), folder.path().join("new"));
        fs::File::create(&path)
            .and_then(|mut file| file.write_all(b"a much longer old text"))
            .expect("writable");
        fs::File::create(&new)
            .and_then(|mut file| file.write_all(b"short"))
            .expect("writable");
        let lock = Lock::acquire(&path, &folder.path().join("locks")).expect("free");
        overwrite(&lock, &new, b"a much longer old text", b"short").expect("writable");
        assert_eq!(fs::read(&path).expect("there"), b"short");
        assert!(!new.exists() && !folder.path().join(".config.toml.lassi-redo").exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_place_of_the_new_bytes_is_not_followed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("config.toml");
        let private = folder.path().join("private");
        fs::File::create(&path).expect("an empty file");
        fs::File::create(&private)
            .and_then(|mut file| file.write_all(b"private"))
            .expect("writable");
        std::os::unix::fs::symlink(&private, folder.path().join(".config.toml.lassi-redo"))
            .expect("link");
        let lock = Lock::acquire(&path, &folder.path().join("locks")).expect("free");
        assert_eq!(
            Snapshot::read(&lock).expect("readable").bytes(),
            Some(b"".as_slice())
        );
    }
}
