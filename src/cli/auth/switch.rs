//! `lassi auth switch`: which profile is used when none is named.

use super::list::known_profiles;
use crate::auth::default_profile;
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
use crate::prompt::{Answer, SelectQuestion};
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
    if !session.may_ask() || known.is_empty() {
        return Err(Message::new(Exit::Usage, "no profile was named")
            .hint("`lassi auth switch NAME`; `lassi auth list` lists them")
            .into());
    }
    let default = default_profile(session.stack()?).map_err(|error| messages::load(&error))?;
    let marked = known.iter().position(|name| {
        default
            .as_ref()
            .is_some_and(|default| default.value == *name)
    });
    let rows: Vec<&str> = known.iter().map(String::as_str).collect();
    let question = SelectQuestion::new("Which profile is used when none is named?", &rows)
        .marked(marked.unwrap_or(0));
    match session
        .prompter()
        .select(&question)
        .map_err(messages::prompt)?
    {
        Answer::Given(row) => Ok(known[row].clone()),
        Answer::Back => Err(Message::new(Exit::Failed, "nothing was changed").into()),
    }
}
