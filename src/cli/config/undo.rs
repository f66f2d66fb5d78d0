//! `lassi config undo`: takes the latest change of a file back. Works whatever is in it.

use super::history::{time, words};
use super::report;
use super::target::{Chosen, TargetArguments};
use crate::changes::holds_secret;
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::cli::{Subcommand, diff, messages};
use crate::config::history;
use crate::config::write::Outcome;
use clap::{Args, FromArgMatches};

/// `lassi config undo`.
pub(super) const COMMAND: Subcommand = Subcommand {
    name: "undo",
    about: "Take the latest change of a file back",
    arguments: Arguments::augment_args,
    run: |session, matches| run(session, &Arguments::from_arg_matches(matches)?),
};

/// A second undo brings the change back. A change of secrets cannot be taken back, and neither can anything in a
/// file that was changed by hand since.
#[derive(Debug, Args)]
struct Arguments {
    /// Show what would change and write nothing
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    target: TargetArguments,
}

fn run(session: &Session<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let chosen = arguments.target.choose(session)?;
    if arguments.dry_run {
        return preview(session, &chosen);
    }
    take_back(session, &chosen)
}

/// Takes the latest change back and says so.
pub(super) fn take_back(session: &Session<'_>, chosen: &Chosen) -> Result<(), Failure> {
    let holds = |bytes: &[u8]| holds_secret(&String::from_utf8_lossy(bytes));
    let undone = history::undo(&chosen.target, holds)
        .map_err(|error| messages::undo(&chosen.target.file, &error))?;
    report::notes(session, &undone.written.notes);
    let file = undone.written.path.display();
    let (words, time) = (words(&undone.entry), time(&undone.entry));
    match undone.written.outcome {
        Outcome::Removed => session.note(format_args!(
            "took back `{words}` of {time}: {file} is gone"
        )),
        _ => session.note(format_args!("took back `{words}` of {time} in {file}")),
    }
    Ok(())
}

fn preview(session: &Session<'_>, chosen: &Chosen) -> Result<(), Failure> {
    let preview = history::preview(&chosen.target)
        .map_err(|error| messages::undo(&chosen.target.file, &error))?;
    let text =
        |bytes: Option<Vec<u8>>| String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned();
    let (before, after) = (text(preview.current), text(preview.restored));
    session.print(&diff::of(
        &chosen.target.file,
        chosen.layer,
        &before,
        &after,
    ))
}
