//! `lassi config`: reads, changes, checks and explains the configuration. One file a subcommand.

mod assignments;
mod check;
mod copy;
mod edit;
mod explain;
mod format;
mod get;
mod guide;
mod history;
mod list;
mod path;
mod rename;
mod report;
mod reset;
mod schema;
mod secrets;
mod set;
mod target;
mod undo;
mod unset;

pub(super) use set::{carry_out_for_user, choose_store, save_cloud_id};

use super::{Subcommand, dispatch};

/// `lassi config`.
pub(super) const COMMAND: Subcommand = Subcommand {
    name: "config",
    about: "Read, change, check and explain the configuration",
    arguments: |command| command.subcommands(COMMANDS.iter().map(Subcommand::command)),
    run: |session, matches| {
        if matches.subcommand().is_none() {
            return guide::run(session);
        }
        dispatch(session, &COMMANDS, matches)
    },
};

/// The subcommands, in the order in which help lists them.
pub(super) const COMMANDS: [Subcommand; 14] = [
    list::COMMAND,
    get::COMMAND,
    set::COMMAND,
    unset::COMMAND,
    edit::COMMAND,
    explain::COMMAND,
    path::COMMAND,
    check::COMMAND,
    undo::COMMAND,
    history::COMMAND,
    rename::COMMAND,
    copy::COMMAND,
    reset::COMMAND,
    schema::COMMAND,
];
