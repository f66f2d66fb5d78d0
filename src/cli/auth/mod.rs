//! `lassi auth`: sign-ins, as profiles and instances describe them. One file a subcommand.

mod connector;
mod discover;
mod exec;
pub(super) mod identity;
mod list;
mod login;
mod logout;
mod migrate;
mod probe;
mod status;
mod switch;
mod test;
mod token;

pub(super) use connector::NetworkConnector;

use super::{Subcommand, dispatch};
use crate::cli::failure::{Exit, Failure, Message};
use crate::cli::session::Session;

/// `lassi config explain URL`: the sign-in that would be used at an address.
pub(super) fn explain_address(
    session: &Session<'_>,
    url: &str,
    as_json: bool,
) -> Result<(), Failure> {
    let identity = identity::IdentityArguments {
        address: Some(url.to_owned()),
        product: None,
    };
    status::show(session, &identity, as_json)
}

/// `lassi auth`.
pub(super) const COMMAND: Subcommand = Subcommand {
    name: "auth",
    about: "Sign in, and see which sign-in is used where",
    arguments: |command| {
        command
            .subcommand_required(true)
            .arg_required_else_help(true)
            .subcommands(COMMANDS.iter().map(Subcommand::command))
    },
    run: |session, matches| {
        if matches.subcommand().is_none() {
            return Err(Message::new(Exit::Usage, "no command was given")
                .hint("`lassi auth --help` lists them")
                .into());
        }
        dispatch(session, &COMMANDS, matches)
    },
};

pub(super) const COMMANDS: [Subcommand; 10] = [
    login::COMMAND,
    logout::COMMAND,
    list::COMMAND,
    status::COMMAND,
    test::COMMAND,
    discover::COMMAND,
    switch::COMMAND,
    token::COMMAND,
    migrate::COMMAND,
    exec::COMMAND,
];
