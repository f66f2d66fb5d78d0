//! `PATH=VALUE` pairs as typed go in, changes with typed values and secrets come out; or the first thing that is
//! wrong with them, before anything is written.

use super::target::{Chosen, layer_of};
use crate::changes::Changes;
use crate::cli::failure::{Exit, Failure, Message};
use crate::cli::messages;
use crate::cli::session::{Session, Unnamed};
use crate::config::change::Step;
use crate::config::layer::Layer;
use crate::config::name::Named;
use crate::config::path::Path;
use crate::config::schema::Setting;
use crate::config::site_url;
use crate::config::value::Value;
use crate::secret::Secret;
use std::collections::HashSet;

/// How the text of a value is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling {
    /// By the kind of the setting.
    Raw,
    /// As TOML.
    Toml,
}

/// Collects the pairs of one command.
pub(super) struct Assignments<'a> {
    session: &'a Session<'a>,
    chosen: &'a Chosen,
    seen: HashSet<Path>,
    /// What came of them so far.
    pub changes: Changes,
}

impl<'a> Assignments<'a> {
    /// Nothing yet, for a command with this name.
    pub(super) fn new(
        session: &'a Session<'a>,
        chosen: &'a Chosen,
        command: &'static str,
    ) -> Assignments<'a> {
        let changes = Changes {
            command,
            ..Changes::default()
        };
        Assignments {
            session,
            chosen,
            seen: HashSet::new(),
            changes,
        }
    }

    /// Adds a pair.
    pub(super) fn add(
        &mut self,
        typed: &str,
        value: &str,
        spelling: Spelling,
    ) -> Result<(), Failure> {
        match self.name(typed)? {
            Named::Setting(path, setting) if setting.secret() => {
                let text = match spelling {
                    Spelling::Raw => value.to_owned(),
                    Spelling::Toml => unquoted(&path, value)?,
                };
                self.add_secret(path, text)
            }
            Named::Setting(path, setting) => self.add_value(typed, path, setting, value, spelling),
            Named::Section(path) => Err(messages::not_a_setting(&path).into()),
            Named::Url(instance) => self.add_url(typed, &instance.parent(), Some(&instance), value),
            Named::NoUrl(product) => self.add_url(typed, &product, None, value),
        }
    }

    /// Adds a secret that was read from standard input.
    pub(super) fn add_secret_input(&mut self, typed: &str, text: String) -> Result<(), Failure> {
        match self.name(typed)? {
            Named::Setting(path, setting) if setting.secret() => self.add_secret(path, text),
            Named::Setting(path, _)
            | Named::Section(path)
            | Named::Url(path)
            | Named::NoUrl(path) => {
                let what = format!("`{path}` is not a secret, and `--secret-stdin` reads one");
                Err(Message::new(Exit::Usage, what)
                    .hint("`--stdin` reads `PATH = VALUE` lines")
                    .into())
            }
        }
    }

    fn name(&self, typed: &str) -> Result<Named, Failure> {
        let stack = self.session.stack()?;
        let named = Named::parse(typed, |product| {
            let mut instances = self.session.instances(stack, product)?;
            // those that this very command makes
            for step in &self.changes.steps {
                let (Step::Set { path, .. } | Step::Table { path }) = step else {
                    continue;
                };
                let instance = path.first(product.segments().len() + 1);
                if instance.starts_with(product) && !instances.contains(&instance) {
                    instances.push(instance);
                }
            }
            Ok(instances)
        });
        named.map_err(|error| match error {
            Unnamed::Name(error) => messages::name(typed, &error).into(),
            Unnamed::Other(failure) => failure,
        })
    }

    fn add_value(
        &mut self,
        typed: &str,
        path: Path,
        setting: &'static Setting,
        text: &str,
        spelling: Spelling,
    ) -> Result<(), Failure> {
        if setting.protected && self.chosen.layer.is_shared() {
            return Err(messages::protected(&path).into());
        }
        let value = match spelling {
            Spelling::Raw => Value::from_text(&setting.kind, text),
            Spelling::Toml if text.parse::<toml_edit::Value>().is_err() => {
                return Err(messages::not_toml(typed).into());
            }
            Spelling::Toml => Value::from_toml_text(&setting.kind, text),
        };
        let value = value.map_err(|error| messages::value(typed, setting, &error))?;
        self.once(&path)?;
        self.changes.steps.push(Step::Set { path, value });
        Ok(())
    }

    fn add_secret(&mut self, path: Path, text: String) -> Result<(), Failure> {
        if !self.chosen.takes_secrets() {
            let words = match layer_of(&self.chosen.target.file) {
                Layer::User => "any other file than your own",
                _ => "a shared file",
            };
            return Err(messages::secret_in_other_file(&path, words).into());
        }
        let secret = Secret::from_input(text).map_err(|error| messages::secret(&path, error))?;
        self.once(&path)?;
        self.changes.secrets.push((path, secret));
        Ok(())
    }

    /// `auth.jira.url=…`: makes the entry of a product that has none.
    fn add_url(
        &mut self,
        typed: &str,
        product: &Path,
        present: Option<&Path>,
        text: &str,
    ) -> Result<(), Failure> {
        let text = text.trim().trim_matches(['"', '\'']);
        let url = site_url::normalise(text).map_err(|error| {
            Message::new(Exit::Usage, format!("{typed}: {error}"))
                .hint("for example https://acme.atlassian.net")
        })?;
        let path = product.join(&url);
        match present {
            Some(present) if *present != path => {
                let rename = |path: &Path| crate::cli::describe::shell_word(&path.to_string());
                Err(Message::new(
                    Exit::Usage,
                    format!(
                        "`{typed}` is set already: {}",
                        present.last().unwrap_or_default()
                    ),
                )
                .hint(format!(
                    "to change it: `lassi config rename {} {url}`",
                    rename(present)
                ))
                .into())
            }
            Some(_) => Ok(()),
            None => {
                self.once(&path)?;
                self.changes.steps.push(Step::Table { path });
                Ok(())
            }
        }
    }

    fn once(&mut self, path: &Path) -> Result<(), Failure> {
        if self.seen.insert(path.clone()) {
            return Ok(());
        }
        Err(
            Message::new(Exit::Usage, format!("`{path}` is given twice"))
                .hint("keep one of them")
                .into(),
        )
    }
}

/// The text of a secret that is written as a TOML string.
fn unquoted(path: &Path, toml: &str) -> Result<String, Failure> {
    match toml.parse::<toml_edit::Value>() {
        Ok(toml_edit::Value::String(text)) => Ok(text.into_value()),
        // what was given is not shown: it may be the secret
        _ => Err(Message::new(
            Exit::Usage,
            format!("{path}: the value is not a TOML string"),
        )
        .into()),
    }
}
