//! Earlier versions of the files that lassi wrote: what each command changed goes in while the file is written
//! ([`write`](super::write)); out come a list of changes and the way back.
//!
//! The last [`ENTRIES_KEPT`] changes of each file are kept, in the state folder, readable by their owner only. A fingerprint of
//! the file before and after each change decides whether the latest one can still be taken back; nothing is
//! ever merged.

mod entry;
mod shelf;
mod undo;

pub use entry::{Entry, State};
pub use shelf::ENTRIES_KEPT;
pub(super) use shelf::{Draft, Intent, Shelf};
pub(super) use undo::state;
pub use undo::{Preview, UndoError, Undone, list, preview, undo};
