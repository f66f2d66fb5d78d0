//! What commands say about what they did and saw, on standard error.

use crate::changes::Applied;
use crate::cli::describe;
use crate::cli::failure::Message;
use crate::cli::messages;
use crate::cli::session::Session;
use crate::config::layer::FileLayer;
use crate::config::stack::{Resolved, Stack};
use crate::config::write::Outcome;
use crate::disk::Note;

/// How many warnings about one file are shown before the rest is only counted.
const MOST_WARNINGS: usize = 5;

/// Warns about every value of the files that is not used.
pub(super) fn warn_about_files(session: &Session<'_>, stack: &Stack) {
    for file in stack.files().filter(|file| !file.is_fine()) {
        warn_about_file(session, file);
    }
}

/// Warns about every value of a file that is not used. A file that does not parse is an error elsewhere.
pub(super) fn warn_about_file(session: &Session<'_>, file: &FileLayer) {
    let Ok(checked) = file.checked() else { return };
    for problem in checked.problems.iter().take(MOST_WARNINGS) {
        session.warn(&messages::problem(file, problem));
    }
    if let Some(more) = checked
        .problems
        .len()
        .checked_sub(MOST_WARNINGS)
        .filter(|more| *more > 0)
    {
        let what = format!("{} has {more} more problems", file.file.display());
        let message = Message::new(super::super::failure::Exit::Invalid, what);
        session.warn(&message.hint("`lassi config check` lists them all"));
    }
}

/// Warns about what shared files tried and may not.
pub(super) fn warn_about_refused(session: &Session<'_>, resolved: &[Resolved]) {
    for resolved in resolved {
        if let Some((value, by)) = &resolved.refused {
            session.warn(&messages::refused(
                &resolved.path,
                value,
                by,
                &resolved.origin,
            ));
        }
    }
}

/// Says what became of modes.
pub(super) fn notes(session: &Session<'_>, notes: &[Note]) {
    for note in notes {
        session.warn(&messages::note(note));
    }
}

/// Says what was saved and removed in the store, and what became of the file. `done` says it for the file.
pub(super) fn applied(session: &Session<'_>, applied: &Applied, done: &str, nothing: &str) {
    for name in &applied.saved {
        match &name.origin {
            Some(origin) => session.note(format_args!(
                "saved {} for {origin} in the store",
                name.path
            )),
            None => session.note(format_args!("saved {} in the store", name.path)),
        }
    }
    for name in &applied.removed {
        session.note(format_args!("removed {} from the store", name.path));
    }
    let file = applied.written.path.display();
    match applied.written.outcome {
        Outcome::Created => session.note(format_args!("{done} in {file} (new)")),
        Outcome::Replaced | Outcome::Removed => session.note(format_args!("{done} in {file}")),
        Outcome::Unchanged if applied.saved.is_empty() && applied.removed.is_empty() => {
            session.note(format_args!("{nothing} in {file}"));
        }
        Outcome::Unchanged | Outcome::Recorded => {}
    }
    notes(session, &applied.written.notes);
}

/// Warns where a higher layer decides what was just written in a lower one.
pub(super) fn warn_overridden(
    session: &Session<'_>,
    path: &crate::config::path::Path,
    value: &str,
    by: &str,
) {
    let what = format!("{path} is overridden here: {value} from {by} is used");
    let hint = format!(
        "`lassi config explain {}` shows all of it",
        describe::shell_word(&path.to_string())
    );
    session.warn(&Message::new(super::super::failure::Exit::Failed, what).hint(hint));
}
