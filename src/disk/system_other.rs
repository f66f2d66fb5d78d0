//! What is known about a file beyond its bytes where there are no modes and numeric owners.
//!
//! `system_unix.rs` answers the same questions with modes, owners and links.

use std::fs::{DirBuilder, File, Metadata, OpenOptions};
use std::io;
use std::path::Path;
use std::time::SystemTime;

/// All that tells one state of a file from another without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    size: u64,
    modified: Option<SystemTime>,
    created: Option<SystemTime>,
    read_only: bool,
}

impl Identity {
    pub(super) fn of(metadata: &Metadata) -> Self {
        Self {
            size: metadata.len(),
            modified: metadata.modified().ok(),
            created: metadata.created().ok(),
            read_only: metadata.permissions().readonly(),
        }
    }

    /// The count of links is not known here, so nothing is ever linked.
    pub(super) fn is_only_link(&self) -> bool {
        false
    }

    pub(super) fn is_with_one_more_link(&self, now: &Self) -> bool {
        self == now
    }
}

pub(super) fn owner_may_write(metadata: &Metadata) -> bool {
    !metadata.permissions().readonly()
}

/// The read-only mark of a folder does not stop anybody from writing in it.
pub(super) fn anybody_may_write(_metadata: &Metadata) -> bool {
    true
}

pub(super) fn foreign_owner(_metadata: &Metadata) -> Option<(u32, u32)> {
    None
}

/// As tight as it gets: a folder in the user's profile is closed to others by what it inherits.
pub(super) fn mode(_metadata: &Metadata) -> u32 {
    0
}

pub(super) fn create_with_mode(_options: &mut OpenOptions, _mode: u32) {}

pub(super) fn create_folder_with_mode(_builder: &mut DirBuilder, _mode: u32) {}

pub(super) fn set_mode(_path: &Path, _mode: u32) -> io::Result<()> {
    Ok(())
}

pub(super) fn take_after(_file: &File, _old: &Identity) -> io::Result<()> {
    Ok(())
}

/// Folders cannot be opened for syncing; a rename is in the file system's own journal.
pub(super) fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}
