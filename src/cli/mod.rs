//! Arguments go in, a command runs, an exit code comes out.
//!
//! One file a subcommand, found by its name. Subcommands are registered with `Command::defer`, so that only the
//! one that runs is ever built.

mod api;
mod auth;
mod config;
mod confirm;
mod connect;
mod decision;
mod describe;
mod diff;
mod failure;
mod global;
mod json_flag;
mod messages;
mod network;
mod product;
pub mod reference;
mod session;
mod stores;
mod talk;
mod trace;

pub use failure::{Exit, Failure, Message, Severity};

use crate::environment::Environment;
use clap::{ArgMatches, Args, Command, FromArgMatches};
use global::Global;
use session::Session;
use std::ffi::OsString;
use std::mem::ManuallyDrop;

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
const COMMANDS: [Subcommand; 7] = [
    config::COMMAND,
    auth::COMMAND,
    product::JIRA,
    product::CONFLUENCE,
    product::BITBUCKET,
    product::JSM,
    api::COMMAND,
];

/// The top-level commands with their subcommands.
const GROUPS: [(&Subcommand, &[Subcommand]); 2] = [
    (&config::COMMAND, &config::COMMANDS),
    (&auth::COMMAND, &auth::COMMANDS),
];

/// The whole command line.
pub fn command() -> Command {
    without_subcommands().subcommands(COMMANDS.iter().map(Subcommand::command))
}

fn without_subcommands() -> Command {
    // the flags come first: they bring the description of their type along
    Global::augment_args(Command::new("lassi"))
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .about("How you reach Jira, Confluence, Bitbucket and Jira Service Management")
}

/// The part of the command line that these arguments seem to use: one subcommand and none of its neighbours.
fn narrowed(arguments: &[OsString]) -> Option<Command> {
    let mut words = arguments
        .iter()
        .skip(1)
        .filter_map(|argument| argument.to_str());
    let group = words.find_map(|word| COMMANDS.iter().find(|group| group.name == word))?;
    if group.name == api::COMMAND.name {
        return Some(without_subcommands().subcommand(group.command()));
    }
    let Some((_, members)) = GROUPS.iter().find(|(known, _)| known.name == group.name) else {
        let words: Vec<&str> = words.collect();
        let command = product::narrowed(group.name, &words)?;
        return Some(without_subcommands().subcommand(command));
    };
    let member = words.find_map(|word| members.iter().find(|member| member.name == word))?;
    Some(without_subcommands().subcommand(Command::new(group.name).subcommand(member.command())))
}

/// What the arguments mean.
///
/// clap hands the flags that every command takes to each of them, which is most of its work. What it understands
/// without the neighbours of a subcommand it would understand with them; anything else is for the whole command line.
fn matches(arguments: &[OsString]) -> Result<ArgMatches, clap::Error> {
    narrowed(arguments)
        .and_then(|command| parse(command, arguments).ok())
        .map_or_else(|| parse(command(), arguments), Ok)
}

fn parse(command: Command, arguments: &[OsString]) -> Result<ArgMatches, clap::Error> {
    // the process ends before it pays to free its thousand pieces
    ManuallyDrop::new(command).try_get_matches_from_mut(arguments)
}

/// Runs what the arguments say and returns the exit code.
pub fn run(environment: &Environment) -> u8 {
    let mut colour = global::colour_before_arguments(environment);
    let result = matches(&environment.arguments)
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
    fn one_subcommand_alone_understands_what_all_of_them_do() {
        for line in [
            "lassi config get output.format",
            "lassi -q --profile config config --debug get list --config-dir get -f json",
            "lassi --set get=x config list --set a=b --origin auth",
            "lassi config set a=1 get=2 --user",
            "lassi auth list --url config",
        ] {
            let arguments: Vec<_> = line.split(' ').map(OsString::from).collect();
            // what is understood: the flags of all commands, and the subcommand with its own
            let understood = |command| {
                let matches = parse(command, &arguments).unwrap();
                let global = Global::from_arg_matches(&matches).unwrap();
                let (group, inner) = matches.subcommand().unwrap();
                let (member, inner) = inner.subcommand().unwrap();
                let names = [group, member].map(str::to_owned);
                (format!("{global:?}"), names, inner.clone())
            };
            let alone = narrowed(&arguments).unwrap();
            assert_eq!(understood(alone), understood(command()), "{line}");
        }
    }

    #[test]
    fn what_one_subcommand_alone_does_not_understand_is_asked_of_all() {
        for (line, expected) in [
            ("lassi --profile config auth list", ["auth", "list"]),
            ("lassi config --config-dir get list", ["config", "list"]),
        ] {
            let arguments: Vec<_> = line.split(' ').map(OsString::from).collect();
            let matches = matches(&arguments).unwrap();
            let (group, matches) = matches.subcommand().unwrap();
            assert_eq!([group, matches.subcommand_name().unwrap()], expected);
        }
        for line in [
            "lassi",
            "lassi config gt x",
            "lassi config get --help",
            "lassi -V",
        ] {
            let arguments: Vec<_> = line.split(' ').map(OsString::from).collect();
            let whole = parse(command(), &arguments).unwrap_err();
            assert_eq!(
                matches(&arguments).unwrap_err().to_string(),
                whole.to_string()
            );
        }
    }

    #[test]
    fn help_says_what_the_program_is() {
        let help = command().render_help().to_string();
        assert!(help.starts_with("How you reach Jira"), "{help}");
    }
}
