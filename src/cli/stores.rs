//! The places for secrets: which there are, which one a change chooses, and whether the other one holds what is missed.

use super::failure::{Failure, Message};
use super::messages;
use super::session::Session;
use crate::changes::EntryName;
use crate::config::change::Step;
use crate::config::path::Path;
use crate::config::value::Value;
use crate::config::views::StoreKind;
use crate::secret::{FileStore, KeyringStore, Store};

/// What it is called on the command line and in the file.
pub(super) fn word(kind: StoreKind) -> &'static str {
    match kind {
        StoreKind::File => "file",
        StoreKind::Keyring => "keyring",
    }
}

/// The place that the setting does not name.
pub(super) fn other(kind: StoreKind) -> StoreKind {
    match kind {
        StoreKind::File => StoreKind::Keyring,
        StoreKind::Keyring => StoreKind::File,
    }
}

/// One of the stores, whichever is configured. Nothing is reached or made yet.
pub(super) fn open(session: &Session<'_>, kind: StoreKind) -> Result<Box<dyn Store>, Failure> {
    let locations = session.locations()?;
    let (folder, state) = (
        &locations.user_folder,
        locations.state_folder().map_err(messages::location)?,
    );
    Ok(match kind {
        StoreKind::File => Box::new(FileStore::new(folder, state)),
        StoreKind::Keyring => Box::new(KeyringStore::new(folder, state)),
    })
}

/// `credentials.store`.
pub(super) fn setting_path() -> Path {
    Path::from_declared(["credentials", "store"])
}

/// The store that changes of the user file choose; `None` where they leave the choice alone.
pub(super) fn chosen_by(steps: &[Step]) -> Option<StoreKind> {
    let path = setting_path();
    steps.iter().rev().find_map(|step| match step {
        Step::Set { path: set, value } if *set == path => match value {
            Value::Text(text) if text == word(StoreKind::Keyring) => Some(StoreKind::Keyring),
            _ => Some(StoreKind::File),
        },
        // the default
        Step::Unset { path: unset } if path.starts_with(unset) => Some(StoreKind::File),
        _ => None,
    })
}

/// Warns about the secrets that stay behind in the other store when this one is chosen.
pub(super) fn warn_left_behind(session: &Session<'_>, chosen: StoreKind) -> Result<(), Failure> {
    match open(session, other(chosen))?.names() {
        Ok(names) if names.is_empty() => {}
        Ok(names) => session.warn(&messages::left_behind(chosen, names.len())),
        // the choice is made all the same
        Err(error) => session.warn(&messages::store(&error)),
    }
    Ok(())
}

/// What to say of a secret that the store in use does not hold, if the other one does. Asks for names only, which are on
/// disk: no keyring is reached, nothing is decrypted. Where they cannot be read, that is a warning.
pub(super) fn elsewhere(
    session: &Session<'_>,
    name: &EntryName,
) -> Result<Option<Message>, Failure> {
    let kind = session.store_kind()?;
    let is_there = match open(session, other(kind))?.names() {
        Ok(names) => names.contains(&name.to_string()),
        Err(error) => {
            session.warn(&messages::store(&error));
            false
        }
    };
    Ok(is_there.then(|| messages::elsewhere(name, kind)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_choice_counts() {
        let set = |path: &str, value: &str| Step::Set {
            path: Path::parse(path).expect("a path"),
            value: Value::Text(value.to_owned()),
        };
        let unset = |path: &str| Step::Unset {
            path: Path::parse(path).expect("a path"),
        };
        let keyring = || set("credentials.store", "keyring");
        assert_eq!(chosen_by(&[set("output.format", "json")]), None);
        assert_eq!(chosen_by(&[keyring()]), Some(StoreKind::Keyring));
        assert_eq!(
            chosen_by(&[keyring(), set("credentials.store", "file")]),
            Some(StoreKind::File)
        );
        for path in ["credentials.store", "credentials"] {
            assert_eq!(chosen_by(&[keyring(), unset(path)]), Some(StoreKind::File));
        }
    }
}
