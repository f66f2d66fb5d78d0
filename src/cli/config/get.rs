//! `lassi config get`: one value, or one section.

use super::format::{self, Format, Shown};
use super::{list, report, secrets};
use crate::changes::EntryName;
use crate::cli::Subcommand;
use crate::cli::describe::shell_word;
use crate::cli::failure::{Exit, Failure, Message};
use crate::cli::json_flag::json_text;
use crate::cli::messages;
use crate::cli::session::Session;
use crate::cli::stores;
use crate::config::name::Named;
use crate::config::path::Path;
use crate::config::schema::Setting;
use crate::config::stack::declared_order;
use crate::config::value::Value;
use crate::output::escape::Visible;
use clap::{Args, FromArgMatches};

/// `lassi config get`.
pub(super) const COMMAND: Subcommand = Subcommand {
    name: "get",
    about: "Print the value of a setting, or a section",
    arguments: Arguments::augment_args,
    run: |session, matches| run(session, &Arguments::from_arg_matches(matches)?),
};

/// A setting is printed as its bare value, a section as TOML. A setting that is not set is exit code 3.
#[derive(Debug, Args)]
struct Arguments {
    /// The path of a setting or of a section
    path: String,

    /// Print this if the setting is not set
    #[arg(long, value_name = "VALUE")]
    default: Option<String>,

    /// Print a secret
    #[arg(long)]
    reveal: bool,

    /// Print another form than the bare value or TOML
    #[arg(short, long, value_enum)]
    format: Option<Format>,
}

fn run(session: &Session<'_>, arguments: &Arguments) -> Result<(), Failure> {
    match session.name(&arguments.path)? {
        Named::Setting(path, setting) if setting.secret() => secret(session, arguments, &path),
        Named::Setting(path, setting) => value(session, arguments, &path, setting),
        Named::Section(path) => section(session, arguments, &path),
        Named::Url(instance) => {
            let url = instance.last().unwrap_or_default().to_owned();
            print_value(session, arguments, &Value::Text(url))
        }
        Named::NoUrl(_) => not_set(session, arguments),
    }
}

fn value(
    session: &Session<'_>,
    arguments: &Arguments,
    path: &Path,
    setting: &'static Setting,
) -> Result<(), Failure> {
    let stack = session.stack()?;
    let resolved = stack
        .resolve(path, setting)
        .map_err(|error| messages::load(&error))?;
    if let Some((file, problem)) = stack.two_spellings(path) {
        return Err(messages::problem(file, problem).into());
    }
    report::warn_about_files(session, stack);
    match resolved {
        Some(resolved) => {
            report::warn_about_refused(session, std::slice::from_ref(&resolved));
            print_value(session, arguments, &resolved.value)
        }
        None => not_set(session, arguments),
    }
}

fn print_value(session: &Session<'_>, arguments: &Arguments, value: &Value) -> Result<(), Failure> {
    session.print(&match arguments.format {
        None | Some(Format::Table) => format!("{}\n", Visible(&value.to_plain())),
        Some(Format::Toml) => format!("{}\n", value.to_toml()),
        Some(Format::Json) => json_text(&value.to_json()),
        Some(Format::Yaml) => format::yaml_text(&value.to_json()),
    })
}

fn not_set(session: &Session<'_>, arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.default {
        Some(default) => session.print(&format!("{}\n", Visible(default))),
        None => Err(
            Message::new(Exit::NotFound, format!("`{}` is not set", arguments.path))
                .hint(format!(
                    "to set it: `lassi config set {}`",
                    shell_word(&format!("{}=VALUE", arguments.path))
                ))
                .into(),
        ),
    }
}

fn secret(session: &Session<'_>, arguments: &Arguments, path: &Path) -> Result<(), Failure> {
    let stored = secrets::below(session, path)?;
    let current = secrets::current_name(session.stack()?, path)?;
    let is_stored = |name: &EntryName| stored.iter().any(|stored| stored.name == *name);
    let Some(name) = current.as_ref().filter(|name| is_stored(name)) else {
        if let Some(name) = &current
            && let Some(message) = stores::elsewhere(session, name)?
        {
            return in_the_other_store(session, arguments, message);
        }
        return match stored
            .first()
            .and_then(|other| other.name.origin.as_deref())
        {
            Some(site) => Err(messages::saved_for_another_site(&arguments.path, site).into()),
            None => not_set_secret(session, arguments, path),
        };
    };
    if !arguments.reveal {
        return Err(
            Message::new(Exit::Usage, format!("`{}` is a secret", arguments.path))
                .hint("add `--reveal` to print it")
                .into(),
        );
    }
    let store = session.store()?;
    let secret = store
        .get(&name.to_string())
        .map_err(|error| messages::store(&error))?;
    report::notes(session, &store.take_notes());
    match secret {
        Some(secret) => session.print(&format!("{}\n", secret.expose())),
        None => not_set_secret(session, arguments, path),
    }
}

/// A secret that the store does not hold, and the other one does.
fn in_the_other_store(
    session: &Session<'_>,
    arguments: &Arguments,
    message: Message,
) -> Result<(), Failure> {
    if arguments.default.is_some() {
        session.warn(&message);
        return not_set(session, arguments);
    }
    Err(message.into())
}

fn not_set_secret(
    session: &Session<'_>,
    arguments: &Arguments,
    path: &Path,
) -> Result<(), Failure> {
    if arguments.default.is_some() {
        return not_set(session, arguments);
    }
    Err(
        Message::new(Exit::NotFound, format!("`{}` is not set", arguments.path))
            .hint(format!(
                "to save it: `lassi config set --secret-stdin {}`",
                shell_word(&path.to_string())
            ))
            .into(),
    )
}

fn section(session: &Session<'_>, arguments: &Arguments, path: &Path) -> Result<(), Failure> {
    let stack = session.stack()?;
    let resolved = stack
        .resolve_all(path, false)
        .map_err(|error| messages::load(&error))?;
    let stored = secrets::below_or_warn(session, path)?;
    report::warn_about_files(session, stack);
    report::warn_about_refused(session, &resolved);
    let values = resolved.iter().map(|resolved| Shown {
        path: &resolved.path,
        value: Some(&resolved.value),
    });
    let secrets = stored.iter().map(|stored| Shown {
        path: &stored.name.path,
        value: None,
    });
    let mut shown: Vec<_> = values.chain(secrets).collect();
    shown.sort_by(|a, b| declared_order(a.path, b.path));
    if shown.is_empty() {
        return match &arguments.default {
            Some(_) => not_set(session, arguments),
            None => Err(list::nothing_below(path)
                .maybe_hint(
                    path.nearest_field()
                        .map(|near| format!("did you mean {}?", shell_word(&near.to_string()))),
                )
                .into()),
        };
    }
    session.print(&match arguments.format {
        None | Some(Format::Toml | Format::Table) => format::toml(&shown),
        Some(Format::Json) => json_text(&format::tree(&shown, path)),
        Some(Format::Yaml) => format::yaml_text(&format::tree(&shown, path)),
    })
}
