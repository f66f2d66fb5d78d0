//! Small files of lassi's own in its private folders: bytes go in, a file with mode 0600 holds them, whole.
//!
//! They are written while a [`Lock`](super::Lock) keeps other writers away, and they are not synced: what may be lost when
//! the power fails is only what lassi remembers for the user's comfort.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use super::error::{Activity, DiskError};
use super::lock::Lock;
use super::mode::Note;
use super::system;

/// Puts `bytes` in the place of the file at `path`, whose folder exists. A reader sees the old bytes or the new ones.
pub fn put_private(_held: &Lock, path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    let new = path.with_added_extension("new");
    // left behind by a process that was killed; it may have any mode
    let opened =
        create_new(&new).or_else(|_| fs::remove_file(&new).and_then(|()| create_new(&new)));
    let mut file = opened.map_err(DiskError::system(Activity::CreateFile, &new))?;
    file.write_all(bytes)
        .map_err(DiskError::system(Activity::Write, &new))?;
    drop(file);
    #[allow(
        clippy::disallowed_methods,
        reason = "this is the folder that may rename"
    )]
    fs::rename(&new, path).map_err(DiskError::system(Activity::Replace, path))
}

/// Makes an older version of a file private that was linked, mode and all, into a private folder. Where that is not
/// possible the folder alone keeps others out, and the note says so.
pub fn tighten_kept(path: &Path) -> Option<Note> {
    let metadata = fs::metadata(path).ok()?;
    let mode = system::mode(&metadata);
    let loose = mode & 0o177 != 0 && system::set_mode(path, 0o600).is_err();
    loose.then(|| Note::LeftLoose {
        path: path.to_path_buf(),
        mode,
    })
}

/// Removes a file of lassi's own; one that is not there is as good.
pub fn remove_private(_held: &Lock, path: &Path) -> Result<(), DiskError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(DiskError::system(Activity::Remove, path)(error))
        }
        _ => Ok(()),
    }
}

/// A new file with mode 0600 whose bytes are on the device when this returns.
pub(super) fn write_synced_copy(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    let mut file = create_new(path).map_err(DiskError::system(Activity::CreateFile, path))?;
    file.write_all(bytes)
        .map_err(DiskError::system(Activity::Write, path))?;
    file.sync_all()
        .map_err(DiskError::system(Activity::Sync, path))
}

fn create_new(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    system::create_with_mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_a_left_over_does_not_matter() {
        let folder = tempfile::tempdir().expect("a folder");
        let lock = Lock::acquire(
            &folder.path().join("config.toml"),
            &folder.path().join("locks"),
        )
        .expect("free");
        let path = folder.path().join("00000001.json");
        fs::File::create(folder.path().join("00000001.json.new")).expect("a left-over");
        put_private(&lock, &path, b"{}").expect("writable");
        put_private(&lock, &path, b"{\"time\":1}").expect("writable");
        assert_eq!(fs::read(&path).expect("readable"), b"{\"time\":1}");
        assert!(!folder.path().join("00000001.json.new").exists());
    }
}
