//! Secrets and where they are kept: names and [`Secret`]s flow in and out of a [`Store`].
//!
//! A store knows nothing of settings: the name of an entry is the canonical path of the setting, for a profile's secret with
//! the origin of its site behind it, and is made by the caller.

mod document;
mod file;
mod key;
mod keyring;
mod memory;
mod migrate;
mod seal;
mod store;
mod value;
mod versioned;

pub use file::FileStore;
pub use keyring::{KeyringFault, KeyringStore};
pub use memory::MemoryStore;
pub use migrate::{MigrateError, Migrated, migrate};
pub use store::{Part, Receipt, SecretChange, Store, StoreError};
pub use value::{LONGEST_SECRET, Secret, SecretError};
