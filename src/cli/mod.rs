//! Arguments go in, a command runs, an exit code comes out.
//!
//! One file a subcommand, found by its name. Subcommands are registered with `Command::defer`, so that only the
//! one that runs is ever built.

mod auth;
mod config;
mod confirm;
mod describe;
mod diff;
mod failure;
mod global;
mod messages;
mod session;
mod stores;

pub use failure::{Exit, Failure, Message, Severity};

use crate::environment::Environment;
use clap::{ArgMatches, Args, Command, FromArgMatches};
use global::Global;
use session::Session;

/// A subcommand: what clap has to know of it, and what runs it.
struct Subcommand {
    name: &'static str,
    about: &'static str,
    /// Adds its arguments; called only if it is the one that runs, or that help is asked for.
    arguments: fn(Command) -> Command,
    run: fn(&Session<'_>, &ArgMatches) -> Result<(), Failure>,
}

impl Subcommand {
    fn command(&self) -> Command {
        Command::new(self.name)
            .about(self.about)
            .defer(self.arguments)
    }
}

/// The top-level commands.
const COMMANDS: [Subcommand; 2] = [config::COMMAND, auth::COMMAND];

/// The whole command line.
pub fn command() -> Command {
    let command = Command::new("lassi")
        .version(env!("CARGO_PKG_VERSION"))
        .about("How you reach Jira, Confluence, Bitbucket and Jira Service Management")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommands(COMMANDS.iter().map(Subcommand::command));
    Global::augment_args(command)
}

/// Runs what the arguments say and returns the exit code.
pub fn run(environment: &Environment) -> u8 {
    let mut colour = global::colour_before_arguments(environment);
    let result = command()
        .try_get_matches_from(&environment.arguments)
        .map_err(Failure::from)
        .and_then(|matches| {
            let global = Global::from_arg_matches(&matches)?;
            let session = Session::new(environment, global);
            colour = session.error_colour();
            dispatch(&session, &COMMANDS, &matches)
        });
    match result {
        Ok(()) | Err(Failure::ClosedPipe) => 0,
        Err(Failure::Silent(exit)) => exit as u8,
        Err(Failure::Usage(error)) => global::show_usage(&error),
        Err(Failure::Message(message)) => {
            session::show(&message.render(Severity::Error, colour));
            message.exit as u8
        }
    }
}

fn dispatch(
    session: &Session<'_>,
    commands: &[Subcommand],
    matches: &ArgMatches,
) -> Result<(), Failure> {
    let chosen = matches.subcommand();
    let found = chosen.and_then(|(name, matches)| {
        commands
            .iter()
            .find(|command| command.name == name)
            .map(|command| (command, matches))
    });
    match found {
        Some((command, matches)) => (command.run)(session, matches),
        None => Err(Message::new(Exit::Usage, "no command was given")
            .hint("`lassi --help` lists them")
            .into()),
    }
}
