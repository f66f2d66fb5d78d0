//! Files that are never half-written.
//!
//! In flow the name of a file and the bytes it should hold; out flows a file that, seen by anybody at any
//! instant, holds either the old bytes or the new ones. The steps are: take the [`Lock`] of the file, read it as a
//! [`Snapshot`], work out new bytes, [`replace`] it. Every writing function asks for the lock, so writing
//! without it does not compile. Nothing in here knows what the bytes mean.

mod digest;
mod error;
mod folder;
mod in_place;
mod location;
mod lock;
mod mode;
mod private_file;
mod replace;
mod snapshot;

#[cfg(unix)]
#[path = "system_unix.rs"]
mod system;
#[cfg(not(unix))]
#[path = "system_other.rs"]
mod system;

pub use digest::{Fingerprint, name_digest};
pub use error::{Activity, DiskError, FileKind};
pub use folder::{make_private_folder, make_user_folder, write_ignore_file};
pub use location::Location;
pub use lock::Lock;
pub use mode::{Note, belongs_to_another_user, tighten_file, tighten_folder};
pub use private_file::{put_private, remove_private, tighten_kept};
pub use replace::{Manner, check_replaceable, remove, replace, write_whole};
pub use snapshot::{Snapshot, read_file};
