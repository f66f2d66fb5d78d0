//! `lassi config reset`: the whole user file back to the defaults.

use super::report;
use super::target::TargetArguments;
use crate::changes::{Changes, Place, holds_secret};
use crate::cli::Subcommand;
use crate::cli::confirm::confirm;
use crate::cli::failure::Failure;
use crate::cli::messages;
use crate::cli::session::Session;
use crate::config::change::PlanError;
use crate::config::check::check;
use crate::config::write::{self, Change, Outcome, Record};
use clap::{Args, FromArgMatches};

/// `lassi config reset`.
pub(super) const COMMAND: Subcommand = Subcommand {
    name: "reset",
    about: "Put the whole file back to the defaults",
    arguments: Arguments::augment_args,
    run: |session, matches| run(session, &Arguments::from_arg_matches(matches)?),
};

/// Everything in the file goes, comments included; `lassi config undo` brings it back. Secrets stay, unless
/// `--secrets` is given; those nobody brings back.
#[derive(Debug, Args)]
struct Arguments {
    /// Do not ask
    #[arg(short, long)]
    yes: bool,

    /// Remove all stored secrets, too
    #[arg(long)]
    secrets: bool,

    #[command(flatten)]
    target: TargetArguments,
}

fn run(session: &Session<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let chosen = arguments.target.choose(session)?;
    let file = chosen.target.file.display();
    let forget = if arguments.secrets && chosen.takes_secrets() {
        session.stored()?
    } else {
        Vec::new()
    };
    let question = if forget.is_empty() {
        format!("Put all of {file} back to the defaults?")
    } else {
        let secrets = count(forget.len());
        format!("Put all of {file} back to the defaults, and remove {secrets} for good?")
    };
    confirm(session, arguments.yes, &question, "--yes")?;
    let written = write::change(&chosen.target, |text| {
        let record = Record::Entry {
            what: vec!["reset".to_owned()],
            command: "reset".to_owned(),
            secrets: Vec::new(),
            keep: !text.is_some_and(holds_secret),
        };
        match text {
            None => Ok(Change {
                text: String::new(),
                record,
            }),
            // what cannot be read is never overwritten
            Some(text) => match check(text, chosen.layer.trust()) {
                Ok(_) => Ok(Change {
                    text: chosen.first_lines().to_owned(),
                    record,
                }),
                Err(error) => Err(crate::changes::ChangeError::Plan {
                    error: Box::new(PlanError::Syntax(error)),
                    text: text.to_owned(),
                }),
            },
        }
    });
    let written = written.map_err(|error| messages::change(&chosen.target.file, &error))?;
    report::notes(session, &written.notes);
    match written.outcome {
        Outcome::Unchanged => session.note(format_args!("nothing to change in {file}")),
        // the removal of secrets is the latest change then, and that one nobody takes back
        _ if !forget.is_empty() => session.note(format_args!("{file} is back to the defaults")),
        _ => session.note(format_args!(
            "{file} is back to the defaults; `lassi config undo` takes that back"
        )),
    }
    if forget.is_empty() {
        return Ok(());
    }
    let changes = Changes {
        forget,
        command: "reset",
        ..Changes::default()
    };
    let store = session.store()?;
    let place = Place {
        target: &chosen.target,
        layer: chosen.layer,
        first_lines: chosen.first_lines(),
        stack: session.stack()?,
        store: Some(store.as_ref()),
    };
    let applied = changes
        .apply(&place)
        .map_err(|error| messages::change(&chosen.target.file, &error))?;
    session.note(format_args!(
        "removed {} from the store",
        count(applied.removed.len())
    ));
    Ok(())
}

fn count(secrets: usize) -> String {
    if secrets == 1 {
        "1 secret".to_owned()
    } else {
        format!("{secrets} secrets")
    }
}
