//! The wording for secrets that are in the other store, or on the way to it.

use super::super::describe::shell_word;
use super::super::failure::{Exit, Failure, Message};
use super::super::stores;
use super::disk::store;
use crate::changes::EntryName;
use crate::config::views::StoreKind;
use crate::secret::MigrateError;

/// What a store is called in a sentence.
fn named(kind: StoreKind) -> &'static str {
    match kind {
        StoreKind::File => "the encrypted file",
        StoreKind::Keyring => "the system's keyring",
    }
}

fn move_to(kind: StoreKind) -> String {
    format!(
        "to move all: `lassi auth migrate --to {}`",
        stores::word(kind)
    )
}

/// Another store was chosen, and there are secrets in the one before.
pub(in crate::cli) fn left_behind(chosen: StoreKind, count: usize) -> Message {
    let secrets = if count == 1 {
        "1 secret stays".to_owned()
    } else {
        format!("{count} secrets stay")
    };
    let from = named(stores::other(chosen));
    let what = format!("{secrets} behind in {from} and will not be found");
    Message::new(Exit::Failed, what).hint(move_to(chosen))
}

/// A secret that the store in use does not hold, while the other one does.
pub(in crate::cli) fn elsewhere(name: &EntryName, in_use: StoreKind) -> Message {
    let other = stores::other(in_use);
    let what = format!(
        "`{}` is not in {}, which is in use; it is in {}",
        name.path,
        named(in_use),
        named(other)
    );
    Message::new(Exit::NotFound, what)
        .hint(move_to(in_use))
        .hint(format!(
            "to use the other store: `lassi config set credentials.store={}`",
            stores::word(other)
        ))
}

/// Secrets that were not moved, or not all the way.
pub(in crate::cli) fn migrate(to: StoreKind, error: MigrateError<Failure>) -> Failure {
    let (from, to_named) = (named(stores::other(to)), named(to));
    let path = |name: &str| name.split('@').next().unwrap_or(name).to_owned();
    let message = match error {
        MigrateError::Read { error } | MigrateError::Copy { error } => {
            let message = store(&error);
            Message {
                what: format!("nothing was moved: {}", message.what),
                ..message
            }
        }
        MigrateError::Switch { error } => return error,
        MigrateError::Differs { name } => Message::new(
            Exit::Failed,
            format!(
                "nothing was moved: {to_named} holds another secret for `{}` than {from}",
                path(&name)
            ),
        )
        .hint(format!(
            "choose the store with the wrong one, and remove it there: `lassi config set credentials.store=…`, then `lassi config unset {}`",
            shell_word(&path(&name))
        )),
        MigrateError::NotKept { name } => Message::new(
            Exit::Failed,
            format!(
                "nothing was moved: {to_named} did not give `{}` back as it was saved",
                path(&name)
            ),
        ),
        MigrateError::Remove { error } => {
            let message = store(&error);
            let what = format!(
                "all secrets are in {to_named} now, and {from} has them still: {}",
                message.what
            );
            Message { what, ..message }.hint(format!(
                "to go on: `lassi auth migrate --to {}`",
                stores::word(to)
            ))
        }
        MigrateError::ChangedMeanwhile { name } => Message::new(
            Exit::Failed,
            format!(
                "all secrets are in {to_named} now, but `{}` was changed in {from} meanwhile",
                path(&name)
            ),
        )
        .hint(format!(
            "save it again: `lassi config set --secret-stdin {}`",
            shell_word(&path(&name))
        )),
    };
    message.into()
}
