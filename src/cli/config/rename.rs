//! `lassi config rename`: another name for a profile, another address for an instance.

use super::secrets;
use super::set;
use super::target::{Chosen, TargetArguments};
use crate::changes::{Changes, EntryName};
use crate::cli::Subcommand;
use crate::cli::describe::shell_word;
use crate::cli::failure::{Exit, Failure, Message};
use crate::cli::messages;
use crate::cli::session::Session;
use crate::config::change::Step;
use crate::config::name::Named;
use crate::config::path::Path;
use crate::config::schema::Match;
use crate::config::site_url;
use crate::config::value::{Value, is_profile_name};
use clap::{Args, FromArgMatches};

/// `lassi config rename`.
pub(super) const COMMAND: Subcommand = Subcommand {
    name: "rename",
    about: "Give a profile another name, or an instance another address",
    arguments: Arguments::augment_args,
    run: |session, matches| run(session, &Arguments::from_arg_matches(matches)?),
};

/// Comments and order stay. The secrets of a profile follow; those of an instance follow to another site only if
/// you say so.
#[derive(Debug, Args)]
struct Arguments {
    #[command(flatten)]
    entry: EntryArguments,
}

/// The two entries of `rename` and `copy`, and what becomes of secrets.
#[derive(Debug, Args)]
pub(super) struct EntryArguments {
    /// The profile or instance, such as profiles.work
    from: String,

    /// Its new path, name or address
    to: String,

    /// Let the secrets follow to another site
    #[arg(long, conflicts_with = "without_secrets")]
    with_secrets: bool,

    /// Leave the secrets behind
    #[arg(long)]
    without_secrets: bool,

    /// Show what would change and write nothing
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    target: TargetArguments,
}

/// A profile or an instance, and the place where it is to go.
pub(super) struct Entries {
    /// Where it is.
    pub from: Path,
    /// Where it is to be.
    pub to: Path,
    /// Its secrets that follow, by their old and new names.
    pub secrets: Vec<(EntryName, EntryName)>,
}

fn run(session: &Session<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let chosen = arguments.entry.choose(session)?;
    rename(session, &chosen, &arguments.entry)
}

/// Gives an entry another name or address and says so.
pub(super) fn rename(
    session: &Session<'_>,
    chosen: &Chosen,
    entry: &EntryArguments,
) -> Result<(), Failure> {
    let Entries { from, to, secrets } = entry.read(session, chosen)?;
    let name = to.last().unwrap_or_default().to_owned();
    let mut changes = Changes {
        command: "rename",
        rename: secrets,
        ..Changes::default()
    };
    if holds(chosen, &from)? {
        changes.steps.push(Step::Rename {
            from: from.clone(),
            name: name.clone(),
        });
    }
    changes
        .steps
        .extend(default_profile_step(chosen, &from, &name)?);
    if changes.steps.is_empty() && changes.rename.is_empty() {
        return Err(missing(&from, chosen).into());
    }
    entry.carry_out(session, chosen, &changes)
}

/// `default_profile` goes on meaning the same profile.
fn default_profile_step(chosen: &Chosen, from: &Path, name: &str) -> Result<Option<Step>, Failure> {
    let path = Path::from_declared(["default_profile"]);
    let (Some(file), Match::Setting(setting)) = (chosen.open()?, path.lookup()) else {
        return Ok(None);
    };
    if from.keys().next() != Some("profiles") {
        return Ok(None);
    }
    let found = file
        .find(&path, setting)
        .map_err(|error| messages::load(&error))?;
    let is_default = found.is_some_and(|found| found.value.as_text() == from.last());
    Ok(is_default.then(|| Step::Set {
        path,
        value: Value::Text(name.to_owned()),
    }))
}

/// Whether the file spells the entry out.
pub(super) fn holds(chosen: &Chosen, entry: &Path) -> Result<bool, Failure> {
    let Some(file) = chosen.open()? else {
        return Ok(false);
    };
    let tables = file
        .tables(&entry.parent())
        .map_err(|error| messages::load(&error))?;
    Ok(tables.contains(entry))
}

/// The error for an entry that is not there.
pub(super) fn missing(entry: &Path, chosen: &Chosen) -> Message {
    Message::new(Exit::NotFound, format!("`{entry}` is not set"))
        .at(chosen.target.file.display())
        .hint("`lassi config list` lists what is")
}

impl EntryArguments {
    /// An entry and its new name or address, and whether its secrets follow.
    pub(super) fn of_entry(from: &Path, to: &str, with_secrets: bool) -> EntryArguments {
        EntryArguments {
            from: from.to_string(),
            to: to.to_owned(),
            with_secrets,
            without_secrets: !with_secrets,
            dry_run: false,
            target: TargetArguments::default(),
        }
    }

    /// The file that it is about.
    pub(super) fn choose(&self, session: &Session<'_>) -> Result<Chosen, Failure> {
        self.target.choose(session)
    }

    /// Makes the changes, or only shows them.
    pub(super) fn carry_out(
        &self,
        session: &Session<'_>,
        chosen: &Chosen,
        changes: &Changes,
    ) -> Result<(), Failure> {
        if self.dry_run {
            set::preview(session, chosen, changes)
        } else {
            set::carry_out(session, chosen, changes)
        }
    }

    /// Reads both paths and finds the secrets that follow.
    pub(super) fn read(&self, session: &Session<'_>, chosen: &Chosen) -> Result<Entries, Failure> {
        let from = match session.name(&self.from)? {
            Named::Section(path) | Named::Url(path) if is_entry(&path) => path,
            Named::Section(path)
            | Named::Url(path)
            | Named::NoUrl(path)
            | Named::Setting(path, _) => {
                let what = format!("`{path}` is neither a profile nor an instance");
                return Err(Message::new(Exit::Usage, what)
                    .hint("for example `lassi config rename profiles.work office`")
                    .into());
            }
        };
        let to = self.destination(&from)?;
        if from == to {
            return Err(
                Message::new(Exit::Usage, format!("`{from}` has that name already")).into(),
            );
        }
        if holds(chosen, &to)? {
            return Err(
                Message::new(Exit::Usage, format!("`{to}` is there already"))
                    .at(chosen.target.file.display())
                    .hint(format!(
                        "to remove it first: `lassi config unset {}`",
                        shell_word(&to.to_string())
                    ))
                    .into(),
            );
        }
        let secrets = if chosen.takes_secrets() {
            self.secrets(session, &from, &to)?
        } else {
            Vec::new()
        };
        Ok(Entries { from, to, secrets })
    }

    /// The new path: written out, or only the new name or address.
    fn destination(&self, from: &Path) -> Result<Path, Failure> {
        let parent = from.parent();
        if let Ok(path) = Path::parse(&self.to)
            && path.parent() == parent
            && is_entry(&path)
        {
            return Ok(Named::of(path)
                .map(|_| Path::parse(&self.to).unwrap_or_default())
                .map_err(|error| messages::name(&self.to, &error))?);
        }
        if parent.keys().next() == Some("profiles") {
            return if is_profile_name(&self.to) {
                Ok(parent.join(&self.to))
            } else {
                let error = crate::config::name::NameError::ProfileName {
                    name: self.to.clone(),
                };
                Err(messages::name(&self.to, &error).into())
            };
        }
        let url = site_url::normalise(&self.to).map_err(|error| {
            Message::new(Exit::Usage, format!("the new address: {error}"))
                .hint("for example https://acme.atlassian.net")
        })?;
        Ok(parent.join(&url))
    }

    fn secrets(
        &self,
        session: &Session<'_>,
        from: &Path,
        to: &Path,
    ) -> Result<Vec<(EntryName, EntryName)>, Failure> {
        let stored = secrets::below(session, from)?;
        let other_site = match (from.instance_product(), from.last(), to.last()) {
            (Some(_), Some(old), Some(new)) => site_url::origin(old) != site_url::origin(new),
            _ => false,
        };
        if self.without_secrets || stored.is_empty() {
            return Ok(Vec::new());
        }
        if other_site && !self.with_secrets {
            let what = format!(
                "`{from}` has {} stored, and `{to}` is another site",
                count(stored.len())
            );
            return Err(Message::new(Exit::Usage, what)
                .hint("`--with-secrets` lets them follow: they will be sent there")
                .hint("`--without-secrets` leaves them behind")
                .into());
        }
        let moved = |name: EntryName| {
            let keys = name.path.keys().skip(from.segments().len());
            let path = keys.fold(to.clone(), |path, key| path.join(key));
            let new = EntryName {
                path,
                origin: name.origin.clone(),
            };
            (name, new)
        };
        let secrets: Vec<_> = stored
            .into_iter()
            .map(|stored| moved(stored.name))
            .collect();
        let present = secrets::below(session, to)?;
        let lost = present
            .iter()
            .find(|there| secrets.iter().any(|(_, new)| *new == there.name));
        match lost {
            None => Ok(secrets),
            Some(there) => {
                let path = &there.name.path;
                Err(Message::new(
                    Exit::Usage,
                    format!("the store holds another `{path}` already"),
                )
                .hint(format!(
                    "to remove it first: `lassi config unset {}`",
                    shell_word(&path.to_string())
                ))
                .hint("`--without-secrets` leaves the secrets behind")
                .into())
            }
        }
    }
}

fn count(secrets: usize) -> String {
    if secrets == 1 {
        "a secret".to_owned()
    } else {
        format!("{secrets} secrets")
    }
}

/// Whether a path is that of a profile or an instance.
fn is_entry(path: &Path) -> bool {
    let is_profile = matches!(path.keys().collect::<Vec<_>>().as_slice(), ["profiles", _]);
    is_profile || path.instance_product().is_some()
}
