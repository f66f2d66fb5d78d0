//! One writer at a time: a file's name goes in, a [`Lock`] comes out and is held until it is dropped.
//!
//! The lock is on a file of its own in the state folder, because the target is replaced by every write and may not
//! exist yet. The operating system lets go of it when the process ends, however it ends, so no lock is ever left
//! behind; the empty lock file stays, as removing it would let two processes lock two files of one name.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::digest::name_digest;
use super::error::{Activity, DiskError};
use super::folder::make_private_folder;
use super::location::Location;
use super::system;

/// A process holds a lock for milliseconds, on a busy disk for tenths of a second, and fifty may be waiting; a lock that
/// is not free after this long is not going to be.
const PATIENCE: Duration = Duration::from_secs(30);
/// Short enough not to be felt, long enough not to keep a processor busy.
const PAUSE: Duration = Duration::from_millis(2);

/// Proof that this process alone may write one file.
#[derive(Debug)]
pub struct Lock {
    location: Location,
    // closing it is what unlocks
    _held: File,
}

impl Lock {
    /// Waits for the lock of `file`, whose parts may be missing or symbolic links; `locks` is the folder of lock
    /// files, made when it is missing.
    ///
    /// # Errors
    /// [`DiskError::LockHeld`] after half a minute; [`DiskError::System`] where files cannot be made or locked.
    pub fn acquire(file: &Path, locks: &Path) -> Result<Self, DiskError> {
        Self::acquire_within(file, locks, PATIENCE)
    }

    fn acquire_within(file: &Path, locks: &Path, patience: Duration) -> Result<Self, DiskError> {
        let location = Location::of(file)?;
        let path = locks.join(format!(
            "{:016x}",
            name_digest(location.file().as_os_str().as_encoded_bytes())
        ));
        let held = match open(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                make_private_folder(locks)?;
                open(&path)
            }
            opened => opened,
        }
        .map_err(DiskError::system(Activity::Lock, &path))?;
        let since = Instant::now();
        loop {
            match held.try_lock() {
                Ok(()) => {
                    return Ok(Self {
                        location,
                        _held: held,
                    });
                }
                Err(TryLockError::WouldBlock) if since.elapsed() < patience => thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => {
                    let target = location.file().to_path_buf();
                    return Err(DiskError::LockHeld {
                        lock: path,
                        target,
                        waited: patience,
                    });
                }
                Err(TryLockError::Error(error)) => {
                    return Err(DiskError::system(Activity::Lock, path)(error));
                }
            }
        }
    }

    /// Where the file is that may be written now.
    pub fn location(&self) -> &Location {
        &self.location
    }
}

fn open(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    system::create_with_mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_that_is_not_let_go_is_an_error_that_names_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, locks) = (
            folder.path().join("config.toml"),
            folder.path().join("state/locks"),
        );
        let first = Lock::acquire(&file, &locks).expect("free");
        let error =
            Lock::acquire_within(&file, &locks, Duration::from_millis(5)).expect_err("held");
        assert!(matches!(&error, DiskError::LockHeld { lock, target, .. }
            if lock.starts_with(&locks) && target == first.location().file()));
        drop(first);
        Lock::acquire_within(&file, &locks, Duration::ZERO).expect("free again");
    }

    #[test]
    fn files_of_other_names_do_not_wait() {
        let folder = tempfile::tempdir().expect("a folder");
        let locks = folder.path().join("locks");
        let _first = Lock::acquire(&folder.path().join("a"), &locks).expect("free");
        Lock::acquire_within(&folder.path().join("b"), &locks, Duration::ZERO)
            .expect("another file");
    }

    #[cfg(unix)]
    #[test]
    fn two_names_of_one_file_share_a_lock() {
        let folder = tempfile::tempdir().expect("a folder");
        let locks = folder.path().join("locks");
        std::os::unix::fs::symlink("target.toml", folder.path().join("link.toml")).expect("link");
        let _first = Lock::acquire(&folder.path().join("target.toml"), &locks).expect("free");
        let error = Lock::acquire_within(&folder.path().join("link.toml"), &locks, Duration::ZERO);
        assert!(matches!(error, Err(DiskError::LockHeld { .. })));
    }
}
