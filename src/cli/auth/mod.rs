//! `lassi auth`: signs in, and moves what signing in needs. One file a subcommand.

mod migrate;

use super::failure::{Exit, Message};
use super::{Subcommand, dispatch};

/// `lassi auth`.
pub(super) const COMMAND: Subcommand = Subcommand {
    name: "auth",
    about: "Sign in, and choose where credentials are kept",
    arguments: |command| command.subcommands(COMMANDS.iter().map(Subcommand::command)),
    run: |session, matches| {
        if matches.subcommand().is_none() {
            return Err(Message::new(Exit::Usage, "`lassi auth` needs a subcommand")
                .hint("`lassi auth --help` lists them")
                .into());
        }
        dispatch(session, &COMMANDS, matches)
    },
};

const COMMANDS: [Subcommand; 1] = [migrate::COMMAND];
