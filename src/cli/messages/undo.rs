//! The wording for changes that are not taken back.

use super::super::describe::shell_word;
use super::super::failure::{Exit, Message};
use super::disk::{disk, unsteady};
use crate::config::history::UndoError;
use std::path::Path;

/// Why nothing was undone.
pub(in crate::cli) fn undo(file: &Path, error: &UndoError) -> Message {
    match error {
        UndoError::Nothing { path } => Message::new(
            Exit::NotFound,
            format!("there is no change of {} to take back", path.display()),
        ),
        UndoError::ChangedSince { path, entry } => {
            let what = format!(
                "{} was changed by hand since `{}`",
                path.display(),
                entry.command
            );
            Message::new(Exit::Failed, what)
                .hint("nothing was changed; `lassi config edit --editor` opens the file, `lassi config history` lists the changes")
        }
        UndoError::Secrets { entry } => {
            let what = format!(
                "the latest change was one of secrets, which cannot be taken back: {}",
                entry.secrets.join(", ")
            );
            entry.secrets.iter().take(3).fold(Message::new(Exit::Failed, what), |message, path| {
                let path = shell_word(path);
                message.hint(format!("`lassi config set --secret-stdin {path}` saves another, `lassi config unset {path}` removes it"))
            })
        }
        UndoError::NotKept { .. } => {
            let what = format!(
                "the version of {} before the latest change was not kept: it held a secret",
                file.display()
            );
            Message::new(Exit::Failed, what).hint("`lassi config edit --editor` opens the file")
        }
        UndoError::Disk(error) => disk(error),
        UndoError::Unsteady(error) => unsteady(&error.path),
    }
}
