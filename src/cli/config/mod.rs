//! `lassi config`: reads, changes, checks and explains the configuration. One file a subcommand.

mod assignments;
mod check;
mod copy;
mod edit;
mod explain;
mod format;
mod get;
mod history;
mod list;
mod menu;
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
use clap::{Args, FromArgMatches};

const ABOUT: &str = "Read, change, check and explain the configuration";

/// `lassi config`.
pub(super) const COMMAND: Subcommand = Subcommand {
    name: "config",
    about: ABOUT,
    arguments: |command| {
        // the flags bring the description of their type along
        let command = menu::Arguments::augment_args(command).about(ABOUT);
        command.subcommands(COMMANDS.iter().map(Subcommand::command))
    },
    run: |session, matches| {
        if matches.subcommand().is_none() {
            let arguments = menu::Arguments::from_arg_matches(matches)?;
            return menu::run(session, arguments.layer(), None);
        }
        menu::refuse_flags(matches)?;
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
