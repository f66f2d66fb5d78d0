//! The folder in which the history of one file is kept: `<state>/history/<hash of the file's name>/`.
//!
//! An entry is `<number>.json`, which describes it, and `<number>.text`, the bytes before the change where they are kept.
//! The version is put there first and the description second, then the file is replaced; they are removed in
//! the opposite order. So a process that is killed leaves a version that no description speaks of, which is removed by the
//! next change, or a description of a change that never happened, which the state of the file gives away.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::entry::{Entry, State};
use crate::disk::{
    Activity, DiskError, Location, Lock, Note, Snapshot, make_private_folder, name_digest,
    put_private, read_file, remove_private, tighten_kept,
};

/// How many changes of a file can be looked up.
pub const ENTRIES_KEPT: usize = 20;

/// The history of one file.
#[derive(Debug)]
pub(in crate::config) struct Shelf {
    folder: PathBuf,
    file: PathBuf,
}

/// A change that is about to be made.
#[derive(Debug)]
pub(in crate::config) struct Intent<'a> {
    pub(in crate::config) command: &'a str,
    pub(in crate::config) what: &'a [String],
    pub(in crate::config) secrets: &'a [String],
    pub(in crate::config) before: State,
    pub(in crate::config) after: State,
    pub(in crate::config) keep: bool,
}

/// An entry on the shelf whose change has not happened yet.
#[must_use = "it is either settled or withdrawn"]
#[derive(Debug)]
pub(in crate::config) struct Draft<'a> {
    shelf: &'a Shelf,
    lock: &'a Lock,
    number: u64,
    kept: bool,
}

impl Shelf {
    pub(in crate::config) fn of(state: &Path, location: &Location) -> Self {
        let file = location.file();
        let name = format!("{:016x}", name_digest(file.as_os_str().as_encoded_bytes()));
        Self {
            folder: state.join("history").join(name),
            file: file.to_path_buf(),
        }
    }

    /// The file that this is the history of, links followed.
    pub(in crate::config) fn file(&self) -> &Path {
        &self.file
    }

    /// Entries that can be read, newest first, without those at the top whose change did not happen to a file that is
    /// `now` in this state.
    pub(super) fn entries(&self, now: State) -> Result<Vec<Entry>, DiskError> {
        let mut entries = Vec::new();
        for number in self.contents()?.described.into_iter().rev() {
            if let Some(entry) = self.entry(number)?
                && !(entries.is_empty() && entry.is_void(now))
            {
                entries.push(entry);
            }
        }
        Ok(entries)
    }

    /// The newest of [`Shelf::entries`], without reading more of them than needed.
    pub(super) fn latest(&self, now: State) -> Result<Option<Entry>, DiskError> {
        for number in self.contents()?.described.into_iter().rev() {
            if let Some(entry) = self.entry(number)?
                && !entry.is_void(now)
            {
                return Ok(Some(entry));
            }
        }
        Ok(None)
    }

    /// The bytes before the change `number`; `None` when they are not there.
    pub(super) fn version(&self, number: u64) -> Result<Option<Vec<u8>>, DiskError> {
        read_file(&self.version_path(number))
    }

    /// Puts an entry on the shelf for a change of `seen` that is about to be made, and makes room for it.
    pub(in crate::config) fn add<'a>(
        &'a self,
        lock: &'a Lock,
        seen: &mut Snapshot,
        intent: &Intent<'_>,
    ) -> Result<Draft<'a>, DiskError> {
        make_private_folder(&self.folder)?;
        let number = self.make_room(lock, intent.before)?;
        let version = self.version_path(number);
        let kept = intent.keep && seen.keep_as(lock, &version)?;
        let draft = Draft {
            shelf: self,
            lock,
            number,
            kept,
        };
        let entry = Entry {
            number,
            time: SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |since| since.as_secs()),
            command: intent.command.to_owned(),
            what: intent.what.to_vec(),
            secrets: intent.secrets.to_vec(),
            file: self.file.to_string_lossy().into_owned(),
            before: intent.before,
            after: vec![intent.after],
            kept,
        };
        match self.describe(lock, &entry) {
            Ok(()) => Ok(draft),
            Err(error) => {
                draft.withdraw();
                Err(error)
            }
        }
    }

    /// Lets the latest entry go on to describe a file to which lassi itself adds something. An entry that does not
    /// describe the file as it is stays as it is.
    pub(in crate::config) fn carry_forward(
        &self,
        lock: &Lock,
        before: State,
        after: State,
    ) -> Result<(), DiskError> {
        match self.latest(before)? {
            Some(mut entry) if entry.led_to(before) => {
                entry.carry_forward(before, after);
                self.describe(lock, &entry)
            }
            _ => Ok(()),
        }
    }

    /// Removes what a killed process left and the oldest entries; returns the next number.
    fn make_room(&self, lock: &Lock, now: State) -> Result<u64, DiskError> {
        let Contents {
            mut described,
            versions,
            unfinished,
        } = self.contents()?;
        if let Some(newest) = described.last().copied()
            && self.entry(newest)?.is_none_or(|entry| entry.is_void(now))
        {
            self.forget(lock, newest)?;
            described.pop();
        }
        let surplus = (described.len() + 1).saturating_sub(ENTRIES_KEPT);
        for number in described.drain(..surplus) {
            self.forget(lock, number)?;
        }
        for number in versions.iter().filter(|number| !described.contains(number)) {
            remove_private(lock, &self.version_path(*number))?;
        }
        for path in unfinished {
            remove_private(lock, &path)?;
        }
        Ok(described.last().map_or(1, |newest| newest + 1))
    }

    fn forget(&self, lock: &Lock, number: u64) -> Result<(), DiskError> {
        remove_private(lock, &self.description_path(number))?;
        remove_private(lock, &self.version_path(number))
    }

    fn describe(&self, lock: &Lock, entry: &Entry) -> Result<(), DiskError> {
        let mut text = serde_json::to_vec_pretty(entry)
            .expect("texts and numbers can always be written as JSON");
        text.push(b'\n');
        put_private(lock, &self.description_path(entry.number), &text)
    }

    /// `None` for what is no entry of this file: pruned meanwhile, damaged, or of another file whose name has the same
    /// hash. Leaving one out is safe, for undo checks that the entry it finds describes the file as it is.
    fn entry(&self, number: u64) -> Result<Option<Entry>, DiskError> {
        let Some(text) = read_file(&self.description_path(number))? else {
            return Ok(None);
        };
        let entry = serde_json::from_slice::<Entry>(&text)
            .ok()
            .filter(|entry| entry.file == self.file.to_string_lossy());
        Ok(entry.map(|entry| Entry { number, ..entry }))
    }

    fn description_path(&self, number: u64) -> PathBuf {
        self.folder.join(format!("{number:08}.json"))
    }

    fn version_path(&self, number: u64) -> PathBuf {
        self.folder.join(format!("{number:08}.text"))
    }

    fn contents(&self) -> Result<Contents, DiskError> {
        let mut contents = Contents::default();
        let failed = || DiskError::system(Activity::Read, &self.folder);
        let listing = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(contents),
            listing => listing.map_err(failed())?,
        };
        for item in listing {
            contents.sort_in(&item.map_err(failed())?.path());
        }
        contents.described.sort_unstable();
        Ok(contents)
    }
}

/// What is on a shelf: numbers of descriptions, lowest first; numbers of versions; files that were being written.
#[derive(Default)]
struct Contents {
    described: Vec<u64>,
    versions: Vec<u64>,
    unfinished: Vec<PathBuf>,
}

impl Contents {
    fn sort_in(&mut self, path: &Path) {
        let number = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .and_then(|stem| stem.parse().ok());
        match (
            path.extension().and_then(|extension| extension.to_str()),
            number,
        ) {
            (Some("json"), Some(number)) => self.described.push(number),
            (Some("text"), Some(number)) => self.versions.push(number),
            (Some("new"), _) => self.unfinished.push(path.to_path_buf()),
            // nothing of ours
            _ => {}
        }
    }
}

impl Draft<'_> {
    /// The change has happened: its version is no longer the file itself and can be made private.
    pub(in crate::config) fn settle(self) -> Option<Note> {
        if self.kept {
            tighten_kept(&self.shelf.version_path(self.number))
        } else {
            None
        }
    }

    /// The change has not happened.
    pub(in crate::config) fn withdraw(self) {
        // the reason not to make the change is the error to report; what stays here is void and goes with the next one
        let _ = self.shelf.forget(self.lock, self.number);
    }
}
