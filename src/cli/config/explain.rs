//! `lassi config explain`: what a setting is, what it is set to, by whom, and what that shadows.

use super::{list, report, secrets, set};
use crate::changes::EntryName;
use crate::cli::Subcommand;
use crate::cli::describe::{self, MASK};
use crate::cli::failure::Failure;
use crate::cli::json_flag::{JsonFlag, json_text};
use crate::cli::messages;
use crate::cli::session::Session;
use crate::config::env;
use crate::config::name::Named;
use crate::config::path::Path;
use crate::config::schema::Setting;
use crate::config::stack::Resolved;
use crate::config::value::Value;
use clap::{Args, FromArgMatches};
use serde_json::{Value as Json, json};

/// `lassi config explain`.
pub(super) const COMMAND: Subcommand = Subcommand {
    name: "explain",
    about: "Say what a setting is, who sets it, and what that shadows",
    arguments: Arguments::augment_args,
    run: |session, matches| run(session, &Arguments::from_arg_matches(matches)?),
};

/// Values and their origins, highest first. Of a section, everything that is set in it. Of an address, the sign-in
/// that would be used there.
#[derive(Debug, Args)]
struct Arguments {
    /// The path of a setting or of a section, or the address of a site
    path: String,

    #[command(flatten)]
    format: JsonFlag,
}

fn run(session: &Session<'_>, arguments: &Arguments) -> Result<(), Failure> {
    if arguments.path.contains("://") && !arguments.path.starts_with("auth") {
        return crate::cli::auth::explain_address(
            session,
            &arguments.path,
            arguments.format.json(),
        );
    }
    let stack = session.stack()?;
    let (path, setting) = match session.name(&arguments.path)? {
        Named::Setting(path, setting) => (path, setting),
        Named::Section(path) | Named::Url(path) | Named::NoUrl(path) => {
            return section(session, arguments, &path);
        }
    };
    let known = Setup::of(session, &path, setting)?;
    report::warn_about_files(session, stack);
    let explained = known.explained(&path, setting);
    session.print(&if arguments.format.json() {
        json_text(&explained.json())
    } else {
        explained.text()
    })
}

/// What a setting is, what it is set to, and by whom.
pub(super) fn text_of(
    session: &Session<'_>,
    path: &Path,
    setting: &'static Setting,
) -> Result<String, Failure> {
    let known = Setup::of(session, path, setting)?;
    Ok(known.explained(path, setting).text())
}

/// What is known of a setting.
struct Setup {
    resolved: Option<Resolved>,
    stored: Vec<EntryName>,
}

impl Setup {
    fn of(session: &Session<'_>, path: &Path, setting: &'static Setting) -> Result<Setup, Failure> {
        let resolved = session
            .stack()?
            .resolve(path, setting)
            .map_err(|error| messages::load(&error))?;
        let stored = if setting.secret() {
            let stored = secrets::below(session, path)?.into_iter();
            stored.map(|stored| stored.name).collect()
        } else {
            Vec::new()
        };
        Ok(Setup { resolved, stored })
    }

    fn explained<'a>(&'a self, path: &'a Path, setting: &'static Setting) -> Explained<'a> {
        Explained {
            path,
            setting,
            resolved: self.resolved.as_ref(),
            stored: &self.stored,
        }
    }
}

fn section(session: &Session<'_>, arguments: &Arguments, path: &Path) -> Result<(), Failure> {
    let stack = session.stack()?;
    let resolved = stack
        .resolve_all(path, false)
        .map_err(|error| messages::load(&error))?;
    let stored = secrets::below_or_warn(session, path)?;
    report::warn_about_files(session, stack);
    if resolved.is_empty() && stored.is_empty() {
        return Err(list::nothing_below(path).into());
    }
    let names: Vec<EntryName> = stored.into_iter().map(|stored| stored.name).collect();
    let mut explained: Vec<Explained<'_>> = resolved
        .iter()
        .map(|resolved| Explained {
            path: &resolved.path,
            setting: resolved.setting,
            resolved: Some(resolved),
            stored: &[],
        })
        .collect();
    for name in &names {
        if let crate::config::schema::Match::Setting(setting) = name.path.lookup() {
            let stored = std::slice::from_ref(name);
            explained.push(Explained {
                path: &name.path,
                setting,
                resolved: None,
                stored,
            });
        }
    }
    let all = explained.iter();
    session.print(&if arguments.format.json() {
        json_text(&all.map(Explained::json).collect())
    } else {
        all.map(Explained::value_lines).collect::<Vec<_>>().concat()
    })
}

/// A setting and what is known of it.
struct Explained<'a> {
    path: &'a Path,
    setting: &'static Setting,
    resolved: Option<&'a Resolved>,
    stored: &'a [EntryName],
}

impl Explained<'_> {
    /// The value, where it comes from, and what it shadows.
    fn value_lines(&self) -> String {
        let mut text = String::new();
        let mut line = |line: String| {
            text.push_str(&line);
            text.push('\n');
        };
        match self.resolved {
            Some(resolved) => {
                line(format!("{} = {}", self.path, resolved.value.to_toml()));
                line(format!(
                    "  from      {}",
                    describe::origin(&resolved.origin)
                ));
                for (value, origin) in &resolved.shadowed {
                    line(format!(
                        "  shadows   {} from {}",
                        value.to_toml(),
                        describe::origin(origin)
                    ));
                }
                if let Some((value, by)) = &resolved.refused {
                    line(format!(
                        "  refused   {} from {}",
                        value.to_toml(),
                        describe::origin(by)
                    ));
                }
            }
            None if self.stored.is_empty() => line(format!("{} is not set", self.path)),
            None => {
                for name in self.stored {
                    line(format!("{} = {MASK}", self.path));
                    line("  from      the store".to_owned());
                    if let Some(site) = &name.origin {
                        line(format!("  for       {site}"));
                    }
                }
            }
        }
        text
    }

    fn text(&self) -> String {
        let mut text = self.value_lines();
        let mut row = |name: &str, value: &str| text.push_str(&format!("  {name:<10}{value}\n"));
        row("is", self.setting.title);
        row("", self.setting.help);
        row("allowed", &self.setting.kind.to_string());
        if let Some(default) = self.setting.default {
            row("default", default);
        }
        if self.setting.protected {
            row("protected", "shared files cannot decide it");
        }
        if self.setting.secret() {
            row(
                "set it",
                &format!(
                    "lassi config set --secret-stdin {}",
                    describe::shell_word(&self.path.to_string())
                ),
            );
            row("variable", &env::token_variable(self.path));
        } else {
            row("set it", &set::command_for(self.path));
            if let Some(variable) = env::variable_for(self.path, self.setting) {
                row("variable", &variable);
            }
        }
        text
    }

    fn json(&self) -> Json {
        let shadowed = self
            .resolved
            .map(|resolved| resolved.shadowed.as_slice())
            .unwrap_or_default();
        let secret = self.setting.secret();
        json!({
            "path": self.path.to_string(),
            "title": self.setting.title,
            "help": self.setting.help,
            "kind": self.setting.kind.word(),
            "allowed": self.setting.kind.to_string(),
            "default": self.setting.default.and_then(|text| Value::from_toml_text(&self.setting.kind, text).ok()).map(|value| value.to_json()),
            "protected": self.setting.protected,
            "secret": secret,
            "set": if secret { !self.stored.is_empty() } else { self.resolved.is_some() },
            "value": self.resolved.map(|resolved| resolved.value.to_json()),
            "origin": self.resolved.map(|resolved| describe::origin_json(&resolved.origin)),
            "shadowed": shadowed.iter().map(|(value, origin)| describe::value_json(value, origin)).collect::<Json>(),
            "refused": self.resolved.and_then(|resolved| resolved.refused.as_ref()).map(|(value, by)| describe::value_json(value, by)),
            "stored_for": self.stored.iter().map(|name| Json::from(name.origin.clone())).collect::<Json>(),
            "variable": if secret { Some(env::token_variable(self.path)) } else { env::variable_for(self.path, self.setting) },
        })
    }
}
