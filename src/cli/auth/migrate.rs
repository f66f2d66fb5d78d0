//! `lassi auth migrate`: moves all secrets to the other store, and makes that the one in use.

use crate::changes::{Changes, Place};
use crate::cli::Subcommand;
use crate::cli::config::report;
use crate::cli::describe;
use crate::cli::failure::Failure;
use crate::cli::messages;
use crate::cli::session::Session;
use crate::cli::stores;
use crate::config::change::Step;
use crate::config::layer::Layer;
use crate::config::schema::Match;
use crate::config::value::Value;
use crate::config::views::StoreKind;
use crate::config::write::{Outcome, Target, Written};
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
    let target = user_file(session)?;
    let stack = session.stack()?;
    let choice = Changes {
        steps: vec![Step::Set {
            path: stores::setting_path(),
            value: Value::Text(stores::word(kind).to_owned()),
        }],
        command: "migrate",
        ..Changes::default()
    };
    let place = Place {
        target: &target,
        layer: Layer::User,
        stack,
        store: None,
    };
    let mut written = None;
    let moved = migrate(old.as_ref(), new.as_ref(), || {
        written = Some(choice.apply(&place)?.written);
        Ok(())
    });
    for store in [&old, &new] {
        report::notes(session, &store.take_notes());
    }
    if let Some(written) = &written {
        say_chosen(session, kind, written);
    }
    let moved = moved.map_err(|error| {
        messages::migrate(kind, &error, |error| messages::change(&target.file, error))
    })?;
    let (from, to) = (stores::word(stores::other(kind)), stores::word(kind));
    match moved.names.len() {
        0 => session.note(format_args!("there was no secret to move from {from}")),
        1 => session.note(format_args!("moved 1 secret from {from} to {to}")),
        count => session.note(format_args!("moved {count} secrets from {from} to {to}")),
    }
    warn_overridden(session, kind)
}

fn say_chosen(session: &Session<'_>, kind: StoreKind, written: &Written) {
    report::notes(session, &written.notes);
    if written.outcome != Outcome::Unchanged {
        session.note(format_args!(
            "set {} = \"{}\" in {}",
            stores::setting_path(),
            stores::word(kind),
            written.path.display()
        ));
    }
}

/// The user's own file, where the choice belongs: shared files have no say in it.
fn user_file(session: &Session<'_>) -> Result<Target, Failure> {
    let locations = session.locations()?;
    let state = locations.state_folder().map_err(messages::location)?;
    Ok(Target {
        file: locations.user_file(),
        state: state.to_path_buf(),
        new_file_mode: 0o600,
        private_folder: true,
    })
}

/// A variable or a flag may choose another store all the same.
fn warn_overridden(session: &Session<'_>, kind: StoreKind) -> Result<(), Failure> {
    let path = stores::setting_path();
    if let Match::Setting(setting) = path.lookup()
        && let Some((value, origin)) = session.stack()?.overriding(&path, setting, Layer::User)
        && value.as_text() != Some(stores::word(kind))
    {
        let by = describe::origin(&origin);
        report::warn_overridden(session, &path, &value.to_toml(), &by);
    }
    Ok(())
}
