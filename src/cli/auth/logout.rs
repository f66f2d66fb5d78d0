//! `lassi auth logout`: removes the stored credentials of a profile, or the profile as well.

use super::identity::secrets_of_profile;
use super::list::known_profiles;
use crate::auth::default_profile;
use crate::changes::Changes;
use crate::cli::Subcommand;
use crate::cli::config::carry_out_for_user;
use crate::cli::confirm::confirm;
use crate::cli::describe;
use crate::cli::failure::{Exit, Failure, Message};
use crate::cli::messages;
use crate::cli::session::Session;
use crate::config::change::Step;
use crate::config::path::Path;
use crate::config::schema::nearest;
use clap::{Args, FromArgMatches};

/// `lassi auth logout`.
pub(super) const COMMAND: Subcommand = Subcommand {
    name: "logout",
    about: "Remove the stored credentials of a profile",
    arguments: Arguments::augment_args,
    run: |session, matches| run(session, &Arguments::from_arg_matches(matches)?),
};

/// The profile is named by `--profile`. The token itself stays valid: revoke it where it was made.
#[derive(Debug, Args)]
struct Arguments {
    /// Only the Bitbucket token
    #[arg(long, conflicts_with = "remove_profile")]
    bitbucket: bool,

    /// The profile as well, with all its settings
    #[arg(long)]
    remove_profile: bool,

    /// Do not ask
    #[arg(short, long)]
    yes: bool,
}

fn run(session: &Session<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let Some(name) = session.global.profile.as_deref() else {
        return Err(Message::new(Exit::Usage, "no profile was named")
            .hint("`lassi auth logout --profile NAME`; `lassi auth list` lists them")
            .into());
    };
    let mut forget = secrets_of_profile(session, name)?;
    let known = known_profiles(session)?;
    if forget.is_empty() && !known.iter().any(|profile| profile == name) {
        let near = nearest(name, known.iter().map(String::as_str)).map(str::to_owned);
        return Err(messages::unknown_profile(name, near.as_deref(), &known).into());
    }
    let profile = Path::from_declared(["profiles", name]);
    if arguments.bitbucket {
        let bitbucket = profile.join("bitbucket");
        forget.retain(|entry| entry.path.starts_with(&bitbucket));
    }
    if forget.is_empty() && !arguments.remove_profile {
        session.note(format_args!("nothing is stored for {profile}"));
        return Ok(());
    }
    let mut changes = Changes {
        forget,
        command: "auth logout",
        ..Changes::default()
    };
    let mut was_default = false;
    if arguments.remove_profile {
        confirm(
            session,
            arguments.yes,
            &format!("Remove all of `{profile}`, with its credentials?"),
            "--yes",
        )?;
        changes.steps.push(Step::Unset { path: profile });
        let default = default_profile(session.stack()?).map_err(|error| messages::load(&error))?;
        was_default = default.is_some_and(|default| default.value == name);
        if was_default {
            changes.steps.push(Step::Unset {
                path: Path::from_declared(["default_profile"]),
            });
        }
    }
    carry_out_for_user(session, &changes)?;
    if was_default {
        let left: Vec<_> = known.iter().filter(|profile| *profile != name).collect();
        let next = match left.first() {
            Some(other) => format!(
                "choose another: `lassi auth switch {}`",
                describe::shell_word(other)
            ),
            None => "`lassi auth login` makes another".to_owned(),
        };
        session.note(format_args!("{name} was the default profile; {next}"));
    }
    Ok(())
}
