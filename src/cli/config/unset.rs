//! `lassi config unset`: back to the default, a setting or a whole section, with its secrets.

use super::secrets;
use super::set;
use super::target::TargetArguments;
use crate::changes::Changes;
use crate::cli::Subcommand;
use crate::cli::confirm::confirm;
use crate::cli::failure::Failure;
use crate::cli::messages;
use crate::cli::session::{Session, Unnamed};
use crate::config::change::Step;
use crate::config::name::{NameError, Named};
use crate::config::path::Path;
use clap::{Args, FromArgMatches};

/// `lassi config unset`.
pub(super) const COMMAND: Subcommand = Subcommand {
    name: "unset",
    about: "Back to the default: a setting or a section, with its secrets",
    arguments: Arguments::augment_args,
    run: |session, matches| run(session, &Arguments::from_arg_matches(matches)?),
};

/// Values and headers go, comments stay. What is not set is fine.
#[derive(Debug, Args)]
struct Arguments {
    /// The paths of settings or sections
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,

    /// Remove a section without asking
    #[arg(short, long)]
    yes: bool,

    /// Show what would change and write nothing
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    target: TargetArguments,
}

fn run(session: &Session<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let chosen = arguments.target.choose(session)?;
    let mut changes = Changes {
        command: "unset",
        ..Changes::default()
    };
    for typed in &arguments.paths {
        let (path, is_section) = named(session, typed)?;
        if chosen.takes_secrets() {
            let stored = secrets::below(session, &path)?;
            changes
                .forget
                .extend(stored.into_iter().map(|stored| stored.name));
        }
        if is_section && !arguments.dry_run {
            confirm(session, arguments.yes, &question(&path, &changes), "--yes")?;
        }
        changes.steps.push(Step::Unset { path });
    }
    if arguments.dry_run {
        set::preview(session, &chosen, &changes)
    } else {
        set::carry_out(session, &chosen, &changes)
    }
}

/// What a path names, declared or not: keys that nobody knows have to be removable, too.
fn named(session: &Session<'_>, typed: &str) -> Result<(Path, bool), Failure> {
    let stack = session.stack()?;
    let named = Named::parse(typed, |product| session.instances(stack, product));
    match named {
        Ok(Named::Setting(path, _)) => Ok((path, false)),
        Ok(Named::Section(path) | Named::Url(path) | Named::NoUrl(path)) => Ok((path, true)),
        Err(Unnamed::Name(NameError::Unknown { path, suggestion })) => {
            let written = stack.files().any(|file| {
                file.checked().is_ok_and(|checked| {
                    checked
                        .problems
                        .iter()
                        .any(|problem| problem.path.starts_with(&path))
                })
            });
            let unknown = NameError::Unknown {
                path: path.clone(),
                suggestion,
            };
            if written {
                Ok((path, false))
            } else {
                Err(messages::name(typed, &unknown).into())
            }
        }
        Err(Unnamed::Name(error)) => Err(messages::name(typed, &error).into()),
        Err(Unnamed::Other(failure)) => Err(failure),
    }
}

fn question(path: &Path, changes: &Changes) -> String {
    let secrets = changes
        .forget
        .iter()
        .filter(|name| name.path.starts_with(path))
        .count();
    match secrets {
        0 => format!("Remove all of `{path}`?"),
        1 => format!("Remove all of `{path}`, and its secret?"),
        _ => format!("Remove all of `{path}`, and its {secrets} secrets?"),
    }
}
