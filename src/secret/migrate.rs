//! Secrets from one store to the other: two stores go in; at any moment, however it ends, each secret is in one of them.
//!
//! The order is what makes it safe: copy, read back and compare, let the caller switch to the new store, remove the old
//! ones. Run again after it was interrupted, it goes on from where it was.

use std::fmt;

use super::store::{SecretChange, Store, StoreError};
use super::value::Secret;

/// What was moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migrated {
    /// The entries, in the order of the old store.
    pub names: Vec<String>,
}

/// Why secrets were not moved. `E` is what the switch to the new store can fail with.
#[derive(Debug)]
pub enum MigrateError<E> {
    /// The old store could not be read; nothing was changed.
    Read {
        /// What it says.
        error: StoreError,
    },
    /// The new store could not be used; the old one is as it was and still in use.
    Copy {
        /// What it says.
        error: StoreError,
    },
    /// Both stores hold a secret of this name, and not the same. The old one is as it was and still in use.
    Differs {
        /// The entry.
        name: String,
    },
    /// The new store took a secret and gave another one back, or none. The old one is as it was and still in use.
    NotKept {
        /// The entry.
        name: String,
    },
    /// The switch failed; the old store is as it was and still in use.
    Switch {
        /// Why.
        error: E,
    },
    /// The new store is in use and holds all secrets; the old ones could not be removed.
    Remove {
        /// What the old store says.
        error: StoreError,
    },
    /// The new store is in use; an old secret was changed after it was copied, and so was not removed.
    ChangedMeanwhile {
        /// The entry.
        name: String,
    },
}

/// Moves all secrets. `switch` makes the new store the one in use, when it holds everything and before the old one loses
/// anything.
pub fn migrate<E>(
    from: &dyn Store,
    to: &dyn Store,
    switch: impl FnOnce() -> Result<(), E>,
) -> Result<Migrated, MigrateError<E>> {
    let Found { secrets, moved } = read_all(from, to)?;
    let missing = missing(to, &secrets)?;
    if !missing.is_empty() {
        let copied = to.apply(&missing).map_err(copy_failed)?;
        if let Some(name) = not_kept(to, &secrets)? {
            to.take_back(copied).map_err(copy_failed)?;
            return Err(MigrateError::NotKept { name });
        }
    }
    switch().map_err(|error| MigrateError::Switch { error })?;
    remove_all(from, &secrets, moved)?;
    let names = secrets.into_iter().map(|(name, _)| name).collect();
    Ok(Migrated { names })
}

/// What the old store holds.
struct Found {
    secrets: Vec<(String, Secret)>,
    /// Names whose secrets are in the new store alone: what a killed removal leaves.
    moved: Vec<String>,
}

fn copy_failed<E>(error: StoreError) -> MigrateError<E> {
    MigrateError::Copy { error }
}

/// All of them, or an error: one that cannot be read would be lost.
fn read_all<E>(from: &dyn Store, to: &dyn Store) -> Result<Found, MigrateError<E>> {
    let failed = |error| MigrateError::Read { error };
    let (mut secrets, mut moved) = (Vec::new(), Vec::new());
    for name in from.names().map_err(failed)? {
        match from.get(&name) {
            Ok(Some(secret)) => secrets.push((name, secret)),
            // removed since its name was read
            Ok(None) => {}
            Err(StoreError::NotInKeyring { .. })
                if to.get(&name).map_err(copy_failed)?.is_some() =>
            {
                moved.push(name);
            }
            Err(error) => return Err(failed(error)),
        }
    }
    Ok(Found { secrets, moved })
}

/// What the new store does not hold yet.
fn missing<E>(
    to: &dyn Store,
    secrets: &[(String, Secret)],
) -> Result<Vec<SecretChange>, MigrateError<E>> {
    let mut missing = Vec::new();
    for (name, secret) in secrets {
        match to.get(name) {
            Ok(Some(held)) if held.expose() == secret.expose() => {}
            Ok(Some(_)) => return Err(MigrateError::Differs { name: name.clone() }),
            // a name without its secret is what a killed copy leaves
            Ok(None) | Err(StoreError::NotInKeyring { .. }) => missing.push(SecretChange {
                name: name.clone(),
                secret: Some(secret.clone()),
            }),
            Err(error) => return Err(copy_failed(error)),
        }
    }
    Ok(missing)
}

/// The first secret that does not come out of the new store as it went in.
fn not_kept<E>(
    to: &dyn Store,
    secrets: &[(String, Secret)],
) -> Result<Option<String>, MigrateError<E>> {
    for (name, secret) in secrets {
        let held = match to.get(name) {
            Err(StoreError::NotInKeyring { .. }) => None,
            held => held.map_err(copy_failed)?,
        };
        if held.is_none_or(|held| held.expose() != secret.expose()) {
            return Ok(Some(name.clone()));
        }
    }
    Ok(None)
}

/// Removes what was copied and is still what it was, and names without a secret.
fn remove_all<E>(
    from: &dyn Store,
    secrets: &[(String, Secret)],
    moved: Vec<String>,
) -> Result<(), MigrateError<E>> {
    let mut removed = moved;
    for (name, secret) in secrets {
        match from.get(name) {
            Ok(Some(held)) if held.expose() != secret.expose() => {
                return Err(MigrateError::ChangedMeanwhile { name: name.clone() });
            }
            Ok(_) | Err(StoreError::NotInKeyring { .. }) => removed.push(name.clone()),
            Err(error) => return Err(MigrateError::Remove { error }),
        }
    }
    if removed.is_empty() {
        return Ok(());
    }
    let removals = removed
        .into_iter()
        .map(|name| SecretChange { name, secret: None });
    from.apply(&removals.collect::<Vec<_>>())
        .map(|_| ())
        .map_err(|error| MigrateError::Remove { error })
}

impl<E: fmt::Display> fmt::Display for MigrateError<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { error } => write!(formatter, "read: {error}"),
            Self::Copy { error } => write!(formatter, "copy: {error}"),
            Self::Differs { name } => write!(formatter, "{name} is another one in each store"),
            Self::NotKept { name } => write!(formatter, "{name} did not come back"),
            Self::Switch { error } => write!(formatter, "switch: {error}"),
            Self::Remove { error } => write!(formatter, "remove: {error}"),
            Self::ChangedMeanwhile { name } => write!(formatter, "{name} was changed meanwhile"),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> std::error::Error for MigrateError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read { error } | Self::Copy { error } | Self::Remove { error } => Some(error),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
