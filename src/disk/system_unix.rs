//! What Unix knows about a file beyond its bytes: identity, mode and owner.
//!
//! `system_other.rs` answers the same questions where there are no modes.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
use std::path::Path;

/// All that tells one state of a file from another without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    device: u64,
    inode: u64,
    size: u64,
    /// Seconds and nanoseconds of the last write.
    modified: (i64, i64),
    /// Seconds and nanoseconds of the last change of anything, links and mode included.
    changed: (i64, i64),
    mode: u32,
    user: u32,
    group: u32,
    links: u64,
}

impl Identity {
    pub(super) fn of(metadata: &Metadata) -> Self {
        Self {
            device: metadata.dev(),
            inode: metadata.ino(),
            size: metadata.size(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
            mode: metadata.mode(),
            user: metadata.uid(),
            group: metadata.gid(),
            links: metadata.nlink(),
        }
    }

    /// Whether the file has no other name.
    pub(super) fn is_only_link(&self) -> bool {
        self.links == 1
    }

    /// Whether `now` is this state after one more hard link and nothing else: a link changes count and change time.
    pub(super) fn is_with_one_more_link(&self, now: &Self) -> bool {
        *now == Self {
            changed: now.changed,
            links: self.links + 1,
            ..*self
        }
    }
}

/// Whether the mode lets the owner write. The superuser could write all the same: for lassi a read-only file is one.
pub(super) fn owner_may_write(metadata: &Metadata) -> bool {
    metadata.mode() & 0o200 != 0
}

/// Whether the mode lets anybody write.
pub(super) fn anybody_may_write(metadata: &Metadata) -> bool {
    metadata.mode() & 0o222 != 0
}

/// Owner of a file and user of this process, where they differ.
pub(super) fn foreign_owner(metadata: &Metadata) -> Option<(u32, u32)> {
    let user = rustix::process::geteuid().as_raw();
    (metadata.uid() != user).then(|| (metadata.uid(), user))
}

/// Permission bits without the kind of the file.
pub(super) fn mode(metadata: &Metadata) -> u32 {
    metadata.mode() & 0o7777
}

/// A file made through `options` has this mode, less what the process's mask takes away.
pub(super) fn create_with_mode(options: &mut OpenOptions, mode: u32) {
    options.mode(mode);
}

/// Likewise for folders.
pub(super) fn create_folder_with_mode(builder: &mut DirBuilder, mode: u32) {
    builder.mode(mode);
}

/// Sets the permission bits.
pub(super) fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    fs::set_permissions(path, Permissions::from_mode(mode))
}

/// Gives `file` the owner, group and mode of `old`. Owner first: a change of owner can take mode bits away.
pub(super) fn take_after(file: &File, old: &Identity) -> io::Result<()> {
    let new = Identity::of(&file.metadata()?);
    if (new.user, new.group) != (old.user, old.group) {
        fchown(file, Some(old.user), Some(old.group))?;
    }
    if new.mode == old.mode {
        Ok(())
    } else {
        file.set_permissions(Permissions::from_mode(old.mode & 0o7777))
    }
}

/// Makes sure that a new name in the folder is on the device.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        // a folder that may be written but not read, and file systems that cannot sync a folder: the name is there, it
        // is only not known when it reaches the device
        Err(error)
            if matches!(
                error.kind(),
                NOT_READABLE | NOT_SYNCABLE | io::ErrorKind::Unsupported
            ) =>
        {
            Ok(())
        }
        synced => synced,
    }
}

const NOT_READABLE: io::ErrorKind = io::ErrorKind::PermissionDenied;
const NOT_SYNCABLE: io::ErrorKind = io::ErrorKind::InvalidInput;
