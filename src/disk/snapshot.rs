//! A file as it is now: a lock goes in, the bytes and everything needed to notice a later change come out.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;

use super::error::{Activity, DiskError};
use super::in_place;
use super::lock::Lock;
use super::mode::{check_regular, examine};
use super::private_file::write_synced_copy;
use super::system::{self, Identity};

/// Bytes and identity of a file that was read under its lock, or the fact that there was none.
#[derive(Debug)]
pub struct Snapshot {
    content: Option<Content>,
}

#[derive(Debug)]
struct Content {
    bytes: Vec<u8>,
    identity: Identity,
    writable: bool,
}

impl Snapshot {
    /// Reads the file that `lock` protects, after finishing what a killed process left half-done.
    ///
    /// # Errors
    /// [`DiskError::NotAFile`] for folders, pipes and devices; [`DiskError::System`].
    pub fn read(lock: &Lock) -> Result<Self, DiskError> {
        in_place::finish_interrupted(lock)?;
        let content = read_content(lock.location().file())?;
        Ok(Self { content })
    }

    /// What the file held; `None` when it did not exist.
    pub fn bytes(&self) -> Option<&[u8]> {
        self.content
            .as_ref()
            .map(|content| content.bytes.as_slice())
    }

    /// The same without a copy.
    pub fn into_bytes(self) -> Option<Vec<u8>> {
        self.content.map(|content| content.bytes)
    }

    /// Keeps this state of the file under another name, which must be free: as a second hard link to the file, which
    /// costs nothing and stays when the file is replaced, else as a synced copy. A link has the mode of the file: once
    /// that is replaced, [`tighten_kept`](super::tighten_kept) makes it private. Says whether anything was kept: a file
    /// that did not exist has no bytes to keep.
    ///
    /// # Errors
    /// [`DiskError::Changed`] when the file is not as it was read; [`DiskError::System`].
    pub fn keep_as(&mut self, lock: &Lock, kept: &Path) -> Result<bool, DiskError> {
        let Some(content) = &mut self.content else {
            return Ok(false);
        };
        // any reason not to link is a reason to copy: another file system, one without links, too many of them
        if content.identity.is_only_link() && fs::hard_link(lock.location().file(), kept).is_ok() {
            let linked = fs::metadata(kept).map_err(DiskError::system(Activity::Examine, kept))?;
            let linked = Identity::of(&linked);
            if !content.identity.is_with_one_more_link(&linked) {
                fs::remove_file(kept).map_err(DiskError::system(Activity::Remove, kept))?;
                return Err(DiskError::Changed {
                    path: lock.location().file().to_path_buf(),
                });
            }
            content.identity = linked;
        } else {
            write_synced_copy(kept, &content.bytes)?;
        }
        Ok(true)
    }

    pub(super) fn identity(&self) -> Option<&Identity> {
        self.content.as_ref().map(|content| &content.identity)
    }

    pub(super) fn is_writable(&self) -> bool {
        self.content.as_ref().is_none_or(|content| content.writable)
    }

    /// Fails with [`DiskError::Changed`] unless the file is as it was read.
    pub(super) fn check_unchanged(&self, lock: &Lock) -> Result<(), DiskError> {
        let path = lock.location().file();
        let now = examine(path)?.as_ref().map(Identity::of);
        if now.as_ref() == self.identity() {
            Ok(())
        } else {
            Err(DiskError::Changed {
                path: path.to_path_buf(),
            })
        }
    }
}

/// The bytes of a regular file, links followed; `None` when there is none. For a look without the lock: they may be
/// out of date when this returns.
///
/// # Errors
/// [`DiskError::NotAFile`] for folders, pipes and devices; [`DiskError::System`].
pub fn read_file(path: &Path) -> Result<Option<Vec<u8>>, DiskError> {
    Ok(read_content(path)?.map(|content| content.bytes))
}

fn read_content(path: &Path) -> Result<Option<Content>, DiskError> {
    let Some(metadata) = examine(path)? else {
        return Ok(None);
    };
    check_regular(path, &metadata)?;
    let mut file = match File::open(path) {
        // removed since it was examined
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        opened => opened.map_err(DiskError::system(Activity::Read, path))?,
    };
    let failed = || DiskError::system(Activity::Read, path);
    let metadata = file.metadata().map_err(failed())?;
    // in one piece, so that growing leaves no copies of a secret behind
    let mut bytes = Vec::with_capacity(
        usize::try_from(metadata.len())
            .unwrap_or(0)
            .saturating_add(1),
    );
    file.read_to_end(&mut bytes).map_err(failed())?;
    let writable = system::owner_may_write(&metadata);
    Ok(Some(Content {
        bytes,
        identity: Identity::of(&metadata),
        writable,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disk::FileKind;
    use std::io::Write;

    fn write(path: &Path, bytes: &[u8]) {
        File::create(path)
            .and_then(|mut file| file.write_all(bytes))
            .expect("writable");
    }

    #[test]
    fn bytes_or_nothing_or_no_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("config.toml");
        let lock = Lock::acquire(&path, &folder.path().join("locks")).expect("free");
        assert_eq!(Snapshot::read(&lock).expect("absent").bytes(), None);
        write(&path, b"\xff\r\n");
        assert_eq!(
            Snapshot::read(&lock)
                .expect("readable")
                .into_bytes()
                .expect("there"),
            b"\xff\r\n"
        );
        fs::remove_file(&path)
            .and_then(|()| fs::create_dir(&path))
            .expect("a folder in its place");
        let error = Snapshot::read(&lock).expect_err("a folder");
        assert!(matches!(
            error,
            DiskError::NotAFile {
                found: FileKind::Folder,
                ..
            }
        ));
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_refused_and_not_waited_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("config.toml");
        let made = std::process::Command::new("mkfifo")
            .arg(&path)
            .status()
            .expect("mkfifo is in POSIX");
        assert!(made.success());
        let lock = Lock::acquire(&path, &folder.path().join("locks")).expect("free");
        let error = Snapshot::read(&lock).expect_err("a pipe");
        assert!(matches!(
            error,
            DiskError::NotAFile {
                found: FileKind::Special,
                ..
            }
        ));
    }

    #[test]
    fn a_kept_version_keeps_the_bytes_and_the_snapshot_valid() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("config.toml");
        write(&path, b"old");
        let lock = Lock::acquire(&path, &folder.path().join("locks")).expect("free");
        for name in ["first", "second: a copy, for there is a link already"] {
            let mut seen = Snapshot::read(&lock).expect("readable");
            assert!(
                seen.keep_as(&lock, &folder.path().join(name))
                    .expect("kept")
            );
            assert_eq!(
                fs::read(folder.path().join(name)).expect("readable"),
                b"old"
            );
            seen.check_unchanged(&lock)
                .expect("keeping changes nothing");
        }
    }

    #[test]
    fn a_file_that_changed_is_not_kept_as_the_old_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("config.toml");
        write(&path, b"old");
        let lock = Lock::acquire(&path, &folder.path().join("locks")).expect("free");
        let mut seen = Snapshot::read(&lock).expect("readable");
        write(&path, b"by hand");
        assert!(matches!(
            seen.check_unchanged(&lock),
            Err(DiskError::Changed { .. })
        ));
        #[cfg(unix)]
        {
            let kept = folder.path().join("kept");
            assert!(matches!(
                seen.keep_as(&lock, &kept),
                Err(DiskError::Changed { .. })
            ));
            assert!(!kept.exists());
        }
    }
}
