//! `lassi config list`: what is set, one line a setting.

use super::format::{self, Format, Shown};
use super::report;
use super::secrets::{self, Stored};
use super::target::TargetArguments;
use crate::cli::Subcommand;
use crate::cli::describe::{self, MASK};
use crate::cli::failure::{Exit, Failure, Message};
use crate::cli::json_flag::json_text;
use crate::cli::messages;
use crate::cli::session::Session;
use crate::config::layer::Layer;
use crate::config::name::Named;
use crate::config::path::Path;
use crate::config::stack::{Resolved, Stack, declared_order};
use clap::{Args, FromArgMatches};
use serde_json::{Value as Json, json};
use std::fmt::Write;

/// `lassi config list`.
pub(super) const COMMAND: Subcommand = Subcommand {
    name: "list",
    about: "Print what is set, one line a setting",
    arguments: Arguments::augment_args,
    run: |session, matches| run(session, &Arguments::from_arg_matches(matches)?),
};

/// Lines are `path = value` with TOML values. With one file chosen, `lassi config set --stdin` reads them back.
/// Secrets are comment lines.
#[derive(Debug, Args)]
struct Arguments {
    /// Only what is at or below this path
    path: Option<String>,

    /// Print another form than lines
    #[arg(short, long, value_enum)]
    format: Option<Format>,

    /// Say where each value comes from
    #[arg(long)]
    origin: bool,

    /// Print the defaults, too
    #[arg(long)]
    defaults: bool,

    /// Print what is overridden, too
    #[arg(long)]
    overridden: bool,

    #[command(flatten)]
    target: TargetArguments,
}

fn run(session: &Session<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let whole = session.stack()?;
    let below = match &arguments.path {
        None => Path::default(),
        Some(text) => match session.name(text)? {
            Named::Setting(path, _)
            | Named::Section(path)
            | Named::Url(path)
            | Named::NoUrl(path) => path,
        },
    };
    let chosen = arguments
        .target
        .layer()
        .map(|_| arguments.target.choose(session))
        .transpose()?;
    let one_layer;
    let stack = match &chosen {
        None => whole,
        Some(chosen) => {
            let file = chosen.open()?;
            if file.is_none() && !chosen.in_stack {
                let what = format!("there is no file {}", chosen.target.file.display());
                return Err(Message::new(Exit::NotFound, what).into());
            }
            one_layer = Stack::of_files(file.into_iter().collect());
            &one_layer
        }
    };
    let mut resolved = stack
        .resolve_all(&below, arguments.defaults)
        .map_err(|error| messages::load(&error))?;
    resolved.retain(|resolved| arguments.defaults || resolved.origin.layer() != Layer::Defaults);
    let stored = match &chosen {
        Some(chosen) if !chosen.takes_secrets() => Vec::new(),
        _ => secrets::below_or_warn(session, &below)?,
    };
    report::warn_about_files(session, stack);
    report::warn_about_refused(session, &resolved);
    let rows = Row::of(&resolved, &stored);
    session.print(&match arguments.format {
        None => lines(&rows, arguments),
        Some(Format::Toml) => format::toml(&shown(&rows)),
        Some(Format::Json) => json_text(&json_rows(&rows, arguments)),
        Some(Format::Yaml) => format::yaml_text(&json_rows(&rows, arguments)),
        Some(Format::Table) => table(&rows),
    })
}

/// A line of the list.
enum Row<'a> {
    Value(&'a Resolved),
    Secret(&'a Stored),
}

impl<'a> Row<'a> {
    fn of(resolved: &'a [Resolved], stored: &'a [Stored]) -> Vec<Row<'a>> {
        let values = resolved.iter().map(Row::Value);
        let mut rows: Vec<_> = values.chain(stored.iter().map(Row::Secret)).collect();
        if !stored.is_empty() {
            rows.sort_by(|a, b| declared_order(a.path(), b.path()));
        }
        rows
    }

    fn path(&self) -> &'a Path {
        match self {
            Row::Value(resolved) => &resolved.path,
            Row::Secret(stored) => &stored.name.path,
        }
    }
}

fn lines(rows: &[Row<'_>], arguments: &Arguments) -> String {
    let mut text = String::new();
    for row in rows {
        // writing to a String cannot fail
        let _ = match row {
            Row::Value(resolved) => {
                let _ = write!(text, "{} = {}", resolved.path, resolved.value.to_toml());
                if arguments.origin {
                    writeln!(text, "  # {}", describe::origin(&resolved.origin))
                } else {
                    writeln!(text)
                }
            }
            Row::Secret(Stored {
                name,
                current: true,
            }) => writeln!(text, "# {} = {MASK}", name.path),
            Row::Secret(Stored {
                name,
                current: false,
            }) => {
                let site = name.origin.as_deref().unwrap_or("another site");
                writeln!(text, "# {} = {MASK}  (saved for {site})", name.path)
            }
        };
        if let (Row::Value(resolved), true) = (row, arguments.overridden) {
            for (value, origin) in &resolved.shadowed {
                let _ = writeln!(
                    text,
                    "#   overrides {} from {}",
                    value.to_toml(),
                    describe::origin(origin)
                );
            }
        }
    }
    text
}

fn shown<'a>(rows: &[Row<'a>]) -> Vec<Shown<'a>> {
    let one = |row: &Row<'a>| match row {
        Row::Value(resolved) => Shown {
            path: &resolved.path,
            value: Some(&resolved.value),
        },
        Row::Secret(stored) => Shown {
            path: &stored.name.path,
            value: None,
        },
    };
    rows.iter().map(one).collect()
}

fn json_rows(rows: &[Row<'_>], arguments: &Arguments) -> Json {
    let one = |row: &Row<'_>| match row {
        Row::Value(resolved) => {
            let mut json = json!({
                "path": resolved.path.to_string(),
                "value": resolved.value.to_json(),
                "origin": describe::origin_json(&resolved.origin),
            });
            if arguments.overridden {
                let shadowed = resolved
                    .shadowed
                    .iter()
                    .map(|(value, origin)| describe::value_json(value, origin));
                json["shadowed"] = shadowed.collect();
            }
            json
        }
        Row::Secret(stored) => json!({
            "path": stored.name.path.to_string(),
            "secret": true,
            "site": stored.name.origin,
            "current": stored.current,
        }),
    };
    rows.iter().map(one).collect()
}

fn table(rows: &[Row<'_>]) -> String {
    let mut cells = vec![["SETTING", "VALUE", "FROM"].map(str::to_owned).to_vec()];
    cells.extend(rows.iter().map(|row| match row {
        Row::Value(resolved) => {
            vec![
                resolved.path.to_string(),
                resolved.value.to_plain(),
                describe::origin(&resolved.origin),
            ]
        }
        Row::Secret(stored) => vec![
            stored.name.path.to_string(),
            MASK.to_owned(),
            "the store".to_owned(),
        ],
    }));
    describe::columns(&cells)
}

/// For commands that need something to be there.
pub(super) fn nothing_below(path: &Path) -> Message {
    Message::new(Exit::NotFound, format!("nothing is set below `{path}`")).hint(format!(
        "`lassi config list --defaults {}` lists what could be",
        describe::shell_word(&path.to_string())
    ))
}
