//! `lassi config copy`: a profile or an instance once more, under another name or address.

use super::rename::{self, Entries, EntryArguments};
use crate::changes::Changes;
use crate::cli::Subcommand;
use crate::cli::failure::Failure;
use crate::cli::messages;
use crate::cli::session::Session;
use crate::config::change::Step;
use clap::{Args, FromArgMatches};

/// `lassi config copy`.
pub(super) const COMMAND: Subcommand = Subcommand {
    name: "copy",
    about: "Copy a profile or an instance to another name or address",
    arguments: Arguments::augment_args,
    run: |session, matches| run(session, &Arguments::from_arg_matches(matches)?),
};

/// What the file sets for it is set for the copy, too. The secrets of a profile follow; those of an instance
/// follow to another site only if you say so.
#[derive(Debug, Args)]
struct Arguments {
    #[command(flatten)]
    entry: EntryArguments,
}

fn run(session: &Session<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let chosen = arguments.entry.choose(session)?;
    let Entries { from, to, secrets } = arguments.entry.read(session, &chosen)?;
    let mut changes = Changes {
        command: "copy",
        ..Changes::default()
    };
    if let Some(file) = chosen.open()? {
        for assignment in file
            .assignments(&from)
            .map_err(|error| messages::load(&error))?
        {
            let keys = assignment.path.keys().skip(from.segments().len());
            let path = keys.fold(to.clone(), |path, key| path.join(key));
            changes.steps.push(Step::Set {
                path,
                value: assignment.value,
            });
        }
    }
    if changes.steps.is_empty() && secrets.is_empty() {
        return Err(rename::missing(&from, &chosen).into());
    }
    let store = if secrets.is_empty() {
        None
    } else {
        Some(session.store()?)
    };
    for (old, new) in secrets {
        let Some(store) = &store else { continue };
        let secret = store
            .get(&old.to_string())
            .map_err(|error| messages::store(&error))?;
        if let Some(secret) = secret {
            changes.copied.push((new, secret));
        }
    }
    arguments.entry.carry_out(session, &chosen, &changes)
}
