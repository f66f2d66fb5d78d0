//! `lassi auth migrate`: moves all secrets to the other store, and makes that the one in use.

use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::cli::{Subcommand, config, messages, stores};
use crate::config::views::StoreKind;
use crate::secret::migrate;
use clap::{Args, FromArgMatches, ValueEnum};

/// `lassi auth migrate`.
pub(super) const COMMAND: Subcommand = Subcommand {
    name: "migrate",
    about: "Move all secrets to the encrypted file or to the system's keyring",
    arguments: Arguments::augment_args,
    run: |session, matches| run(session, &Arguments::from_arg_matches(matches)?),
};

/// Every secret is copied and read back before the old ones are removed, and `credentials.store` is set in between:
/// interrupted anywhere, nothing is lost, and the same command goes on.
#[derive(Debug, Args)]
struct Arguments {
    /// Where secrets are to be kept
    #[arg(long, value_name = "STORE")]
    to: Destination,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Destination {
    /// The encrypted file beside the configuration.
    File,
    /// The system's keyring.
    Keyring,
}

impl From<Destination> for StoreKind {
    fn from(destination: Destination) -> StoreKind {
        match destination {
            Destination::File => StoreKind::File,
            Destination::Keyring => StoreKind::Keyring,
        }
    }
}

fn run(session: &Session<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let kind = StoreKind::from(arguments.to);
    let old = stores::open(session, stores::other(kind))?;
    let new = stores::open(session, kind)?;
    let moved = migrate(old.as_ref(), new.as_ref(), || {
        config::choose_store(session, kind)
    });
    for note in old.take_notes().iter().chain(&new.take_notes()) {
        session.warn(&messages::note(note));
    }
    let moved = moved.map_err(|error| messages::migrate(kind, error))?;
    let (from, to) = (stores::word(stores::other(kind)), stores::word(kind));
    match moved.names.len() {
        0 => session.note(format_args!("there was no secret to move from {from}")),
        1 => session.note(format_args!("moved 1 secret from {from} to {to}")),
        count => session.note(format_args!("moved {count} secrets from {from} to {to}")),
    }
    Ok(())
}
