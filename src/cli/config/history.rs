//! `lassi config history`: what lassi changed in a file, newest first.

use super::target::TargetArguments;
use crate::cli::Subcommand;
use crate::cli::describe;
use crate::cli::failure::Failure;
use crate::cli::json_flag::{JsonFlag, json_text};
use crate::cli::messages;
use crate::cli::session::Session;
use crate::config::history::{self, Entry};
use clap::{Args, FromArgMatches};
use serde_json::{Value as Json, json};

/// `lassi config history`.
pub(super) const COMMAND: Subcommand = Subcommand {
    name: "history",
    about: "List what lassi changed in a file, newest first",
    arguments: Arguments::augment_args,
    run: |session, matches| run(session, &Arguments::from_arg_matches(matches)?),
};

/// The last 20 changes are kept. `lassi config undo` takes the latest one back.
#[derive(Debug, Args)]
struct Arguments {
    #[command(flatten)]
    format: JsonFlag,

    #[command(flatten)]
    target: TargetArguments,
}

fn run(session: &Session<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let chosen = arguments.target.choose(session)?;
    let entries = history::list(&chosen.target).map_err(|error| messages::disk(&error))?;
    if entries.is_empty() && !arguments.format.json() {
        session.note(format_args!(
            "lassi has changed nothing in {}",
            chosen.target.file.display()
        ));
        return Ok(());
    }
    session.print(&if arguments.format.json() {
        json_text(&entries.iter().map(entry_json).collect::<Json>())
    } else {
        describe::columns(&entries.iter().map(entry_row).collect::<Vec<_>>())
    })
}

/// The moment of an entry, in UTC (RFC 3339).
pub(super) fn time(entry: &Entry) -> String {
    let seconds = i64::try_from(entry.time).unwrap_or(i64::MAX);
    jiff::Timestamp::from_second(seconds)
        .map(|moment| moment.to_string())
        .unwrap_or_default()
}

/// What an entry changed, in words: its command, the settings and the secrets.
pub(super) fn words(entry: &Entry) -> String {
    let mut what: Vec<&str> = entry
        .what
        .iter()
        .chain(&entry.secrets)
        .map(String::as_str)
        .collect();
    what.dedup();
    match what.as_slice() {
        [only] if *only == entry.command => entry.command.clone(),
        [first, second, third, rest @ ..] if !rest.is_empty() => {
            format!(
                "{} {first}, {second}, {third} and {} more",
                entry.command,
                rest.len()
            )
        }
        some => format!("{} {}", entry.command, some.join(", ")),
    }
}

fn entry_row(entry: &Entry) -> Vec<String> {
    vec![entry.number.to_string(), time(entry), words(entry)]
}

fn entry_json(entry: &Entry) -> Json {
    json!({
        "number": entry.number,
        "time": time(entry),
        "command": entry.command,
        "changed": entry.what,
        "secrets": entry.secrets,
        "kept": entry.kept,
    })
}
