//! Arguments go in, a command runs, an exit code comes out.
//!
//! One file a subcommand, found by its name. Subcommands are registered with `Command::defer`, so that only the
//! one that runs is ever built.

mod auth;
mod config;
mod confirm;
mod decision;
mod describe;
mod diff;
mod failure;
mod global;
mod json_flag;
mod messages;
pub mod reference;
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
    // the flags come first: they bring the description of their type along
    Global::augment_args(Command::new("lassi"))
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommands(COMMANDS.iter().map(Subcommand::command))
        .about("How you reach Jira, Confluence, Bitbucket and Jira Service Management")
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
            dispatch(&session, &COMMANDS, &matches).inspect_err(|_| {
                // asked last: only now it is known what the configuration says
                colour = session.error_colour();
            })
        });
    match result {
        Ok(()) | Err(Failure::ClosedPipe) => 0,
        Err(Failure::Silent(exit)) => exit as u8,
        Err(Failure::Child(code)) => code,
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

#[cfg(test)]
mod tests {
    use super::*;

    /// clap's own checks, of every command: names, flags and groups that get into each other's way.
    #[test]
    fn the_command_line_is_sound() {
        let mut command = command();
        command.build();
        command.debug_assert();
    }

    #[test]
    fn help_says_what_the_program_is() {
        let help = command().render_help().to_string();
        assert!(help.starts_with("How you reach Jira"), "{help}");
    }
}
