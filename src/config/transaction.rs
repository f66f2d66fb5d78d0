//! The steps of a write, for any bytes: a function from the present bytes to the next ones goes in; they are in the file and
//! the old ones in its history when [`transact`] returns, or nothing has changed.
//!
//! [`write`](super::write) runs it for texts, undo for versions that may be no texts.

use std::path::Path;

use super::history::{Draft, Intent, Shelf, State, state};
use super::write::{Outcome, Record, Target, Unsteady, Written};
use crate::disk::{
    DiskError, Lock, Note, Snapshot, check_replaceable, make_user_folder, remove, replace,
    tighten_folder,
};

/// How often a change is computed again before somebody else is taken to write without end.
const ATTEMPTS: u32 = 20;

/// New bytes of a file, where `None` removes it; `context` is what the caller wants to know of the computation that
/// counted.
pub(super) struct Next<Context> {
    pub(super) bytes: Option<Vec<u8>>,
    pub(super) record: Record,
    pub(super) context: Context,
}

/// Locks, reads, computes, replaces. `compute` runs again when somebody without the lock was faster.
pub(super) fn transact<Context, E: From<DiskError> + From<Unsteady>>(
    target: &Target,
    mut compute: impl FnMut(Option<&[u8]>, &Shelf) -> Result<Next<Context>, E>,
) -> Result<(Written, Context), E> {
    let lock = Lock::acquire(&target.file, &target.state.join("locks"))?;
    let path = lock.location().file().to_path_buf();
    let shelf = Shelf::of(&target.state, lock.location());
    let mut transaction = Transaction {
        target,
        lock,
        shelf,
        notes: Vec::new(),
    };
    for _ in 0..ATTEMPTS {
        let seen = Snapshot::read(&transaction.lock)?;
        let next = compute(seen.bytes(), &transaction.shelf)?;
        match transaction.finish(seen, next.bytes.as_deref(), &next.record) {
            Err(DiskError::Changed { .. }) => {}
            finished => {
                let written = Written {
                    outcome: finished?,
                    path,
                    notes: transaction.notes,
                };
                return Ok((written, next.context));
            }
        }
    }
    Err(Unsteady {
        path,
        attempts: ATTEMPTS,
    }
    .into())
}

struct Transaction<'a> {
    target: &'a Target,
    lock: Lock,
    shelf: Shelf,
    notes: Vec<Note>,
}

impl Transaction<'_> {
    fn finish(
        &mut self,
        mut seen: Snapshot,
        next: Option<&[u8]>,
        record: &Record,
    ) -> Result<Outcome, DiskError> {
        if seen.bytes() == next {
            return self.record_secrets(&mut seen, record);
        }
        self.prepare_folder()?;
        check_replaceable(&self.lock, &seen)?;
        let (before, after) = (state(seen.bytes()), state(next));
        let draft = self.record(&mut seen, before, after, record)?;
        let put = match next {
            Some(bytes) => replace(&self.lock, &seen, bytes, self.target.new_file_mode).map(drop),
            None => remove(&self.lock, &seen),
        };
        match (put, draft) {
            (Ok(()), Some(draft)) => self.notes.extend(draft.settle()),
            (Err(error), Some(draft)) => {
                draft.withdraw();
                return Err(error);
            }
            (put, None) => put?,
        }
        Ok(match (before, after) {
            (None, _) => Outcome::Created,
            (Some(_), Some(_)) => Outcome::Replaced,
            (Some(_), None) => Outcome::Removed,
        })
    }

    /// What is left to do when the bytes stay the same.
    fn record_secrets(&self, seen: &mut Snapshot, record: &Record) -> Result<Outcome, DiskError> {
        match record {
            Record::Entry { secrets, .. } if !secrets.is_empty() => {
                let present = state(seen.bytes());
                self.record(seen, present, present, record)?;
                Ok(Outcome::Recorded)
            }
            _ => Ok(Outcome::Unchanged),
        }
    }

    fn record(
        &self,
        seen: &mut Snapshot,
        before: State,
        after: State,
        record: &Record,
    ) -> Result<Option<Draft<'_>>, DiskError> {
        match record {
            Record::Silent => self
                .shelf
                .carry_forward(&self.lock, before, after)
                .map(|()| None),
            Record::Entry {
                what,
                command,
                secrets,
                keep,
            } => {
                // where nothing changes there is nothing to go back to
                let keep = *keep && before != after;
                let intent = Intent {
                    command,
                    what,
                    secrets,
                    before,
                    after,
                    keep,
                };
                self.shelf.add(&self.lock, seen, &intent).map(Some)
            }
        }
    }

    /// Makes or tightens the user's own folder: the one the file is named in, even if the file is a link out of it.
    fn prepare_folder(&mut self) -> Result<(), DiskError> {
        let folder = match self.target.file.parent() {
            Some(folder) if self.target.private_folder && folder != Path::new("") => folder,
            _ => return Ok(()),
        };
        // what a link into nowhere needs is not ours to make
        if !self.lock.location().is_behind_dangling_link() && make_user_folder(folder)? {
            return Ok(());
        }
        match tighten_folder(folder) {
            Ok(note) => self.notes.extend(note),
            // whose settings these are is not for us to decide; secrets are refused in such a folder
            Err(DiskError::ForeignOwner { .. }) => {}
            Err(error) => return Err(error),
        }
        Ok(())
    }
}
