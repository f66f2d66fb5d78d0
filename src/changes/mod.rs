//! What a command, a menu or a sign-in wants changed goes in; one transaction over a file and the store comes
//! out, all of it or nothing.
//!
//! Everything is resolved and judged before the first byte is written: secrets get the name of the site that
//! they are for, addresses without encryption are refused unless they are listed, the whole result is checked.
//! Secrets leave here for the store and never come near the text of a file.

mod entry_name;
mod plain_text;
mod template;

pub use entry_name::{EntryName, site_setting};
pub use plain_text::holds_secret;
pub use template::{SCHEMA_FILE, new_file_text};

use crate::config::change::{PlanError, Planned, Step, plan};
use crate::config::layer::{Layer, LoadError, Origin};
use crate::config::path::Path;
use crate::config::schema::{Kind, Match, UrlUse};
use crate::config::site_url;
use crate::config::stack::Stack;
use crate::config::value::Value;
use crate::config::write::{self, Change, Record, Target, WriteError, Written};
use crate::secret::{Receipt, Secret, SecretChange, Store, StoreError};

/// What is to be changed.
#[derive(Debug, Default)]
pub struct Changes {
    /// Changes of the file, in order.
    pub steps: Vec<Step>,
    /// Secrets to save, by the paths of their settings.
    pub secrets: Vec<(Path, Secret)>,
    /// Secrets to save under names of their own: copies of stored ones.
    pub copied: Vec<(EntryName, Secret)>,
    /// Entries of the store to remove.
    pub forget: Vec<EntryName>,
    /// Entries of the store to give another name.
    pub rename: Vec<(EntryName, EntryName)>,
    /// The command, for the history: `set`.
    pub command: &'static str,
    /// Whether lassi found it out by itself: then it makes no entry in the history.
    pub learned: bool,
}

/// Where it is to be changed.
pub struct Place<'a> {
    /// The file.
    pub target: &'a Target,
    /// What it is for lassi.
    pub layer: Layer,
    /// What it starts with if it has to be made.
    pub first_lines: &'static str,
    /// The layers as they are now.
    pub stack: &'a Stack,
    /// Where secrets live; needed only where there are some.
    pub store: Option<&'a dyn Store>,
}

/// What was changed.
#[derive(Debug)]
pub struct Applied {
    /// What became of the file.
    pub written: Written,
    /// Whether it was seen that nothing at all is wrong with the file now.
    pub fine: bool,
    /// The secrets that were saved, or got another name.
    pub saved: Vec<EntryName>,
    /// The secrets that were removed.
    pub removed: Vec<EntryName>,
}

/// Why nothing was changed.
#[derive(Debug)]
pub enum ChangeError {
    /// The text cannot be changed like this; with the text as it is.
    Plan {
        /// Why not.
        error: Box<PlanError>,
        /// The text.
        text: String,
    },
    /// A profile's secret, and nothing says which site it is for.
    NoSite {
        /// The secret.
        path: Path,
    },
    /// A profile's secret, and only a shared file says which site it is for.
    SharedSite {
        /// The secret.
        path: Path,
        /// The address.
        url: String,
        /// Who says so.
        origin: Origin,
    },
    /// `http://` to a host that `connection.allow_http` does not list.
    PlainHttp {
        /// The setting or the instance.
        path: Path,
        /// The host.
        host: String,
    },
    /// Another file that had to be asked cannot be used.
    Load(LoadError),
    /// The store does not do it.
    Store(StoreError),
    /// Secrets to change, and no store.
    NoStore,
}

impl Changes {
    /// Carries them out.
    pub fn apply(&self, place: &Place<'_>) -> Result<Applied, WriteError<ChangeError>> {
        self.refuse_plain_http(place.stack)
            .map_err(WriteError::Refused)?;
        let (secret_changes, saved, removed) =
            self.secret_changes(place).map_err(WriteError::Refused)?;
        let secret_paths = saved
            .iter()
            .chain(&removed)
            .map(|name| name.path.to_string())
            .collect::<Vec<_>>();
        let mut receipt: Option<Receipt> = None;
        let mut fine = false;
        let result = write::change(place.target, |text| {
            let planned = self.text_after(text, place)?;
            fine = planned.fine;
            // the function may run again when somebody else writes meanwhile; the store is changed once
            if receipt.is_none() && !secret_changes.is_empty() {
                let store = place.store.ok_or(ChangeError::NoStore)?;
                receipt = Some(store.apply(&secret_changes).map_err(ChangeError::Store)?);
            }
            Ok(Change {
                text: planned.text.into_owned(),
                record: self.record(text, &secret_paths),
            })
        });
        match (result, receipt, place.store) {
            (Ok(written), ..) => Ok(Applied {
                written,
                fine,
                saved,
                removed,
            }),
            (Err(error), Some(receipt), Some(store)) => {
                store
                    .take_back(receipt)
                    .map_err(|error| WriteError::Refused(ChangeError::Store(error)))?;
                Err(error)
            }
            (Err(error), ..) => Err(error),
        }
    }

    /// The text before and after, with nothing written.
    pub fn preview(&self, place: &Place<'_>, text: Option<&str>) -> Result<String, ChangeError> {
        self.refuse_plain_http(place.stack)?;
        self.secret_changes(place)?;
        Ok(self.text_after(text, place)?.text.into_owned())
    }

    fn text_after<'a>(
        &self,
        text: Option<&'a str>,
        place: &Place<'_>,
    ) -> Result<Planned<'a>, ChangeError> {
        let start = match text {
            Some(text) => text,
            // to take something out of a file that is not there makes none
            None if self
                .steps
                .iter()
                .all(|step| matches!(step, Step::Unset { .. })) =>
            {
                ""
            }
            None => place.first_lines,
        };
        plan(start, place.layer.trust(), &self.steps).map_err(|error| ChangeError::Plan {
            error: Box::new(error),
            text: start.to_owned(),
        })
    }

    /// Whether the store is changed, too.
    pub fn touch_the_store(&self) -> bool {
        !(self.secrets.is_empty()
            && self.copied.is_empty()
            && self.forget.is_empty()
            && self.rename.is_empty())
    }

    fn record(&self, text: Option<&str>, secrets: &[String]) -> Record {
        if self.learned {
            return Record::Silent;
        }
        Record::Entry {
            what: self.what(),
            command: self.command.to_owned(),
            secrets: secrets.to_vec(),
            keep: !text.is_some_and(holds_secret),
        }
    }

    /// What the history says of it.
    fn what(&self) -> Vec<String> {
        let steps = self.steps.iter().map(|step| match step {
            Step::Set { path, .. } | Step::Table { path } | Step::Unset { path } => {
                path.to_string()
            }
            Step::Rename { from, name } => format!("{from} to {}", from.parent().join(name)),
        });
        let secrets = self.secrets.iter().map(|(path, _)| path.to_string());
        steps.chain(secrets).collect()
    }

    /// The changes of the store, with the names of what is saved and of what is removed.
    #[expect(
        clippy::type_complexity,
        reason = "three lists that are taken apart at once"
    )]
    fn secret_changes(
        &self,
        place: &Place<'_>,
    ) -> Result<(Vec<SecretChange>, Vec<EntryName>, Vec<EntryName>), ChangeError> {
        let mut changes = Vec::new();
        let mut saved = Vec::new();
        for (path, secret) in &self.secrets {
            let name = EntryName::new(path.clone(), self.site_of(path, place.stack)?.as_deref());
            changes.push(SecretChange {
                name: name.to_string(),
                secret: Some(secret.clone()),
            });
            saved.push(name);
        }
        for (name, secret) in &self.copied {
            changes.push(SecretChange {
                name: name.to_string(),
                secret: Some(secret.clone()),
            });
            saved.push(name.clone());
        }
        for (from, to) in &self.rename {
            let store = place.store.ok_or(ChangeError::NoStore)?;
            let secret = store.get(&from.to_string()).map_err(ChangeError::Store)?;
            changes.push(SecretChange {
                name: to.to_string(),
                secret,
            });
            changes.push(SecretChange {
                name: from.to_string(),
                secret: None,
            });
            saved.push(to.clone());
        }
        for name in &self.forget {
            changes.push(SecretChange {
                name: name.to_string(),
                secret: None,
            });
        }
        Ok((changes, saved, self.forget.clone()))
    }

    /// The address that a secret is for, where its path does not say it. Taken after all pairs of the same
    /// command, and never from a shared file: whoever wrote that could choose who gets the token.
    fn site_of(&self, secret: &Path, stack: &Stack) -> Result<Option<String>, ChangeError> {
        let Some(site) = site_setting(secret) else {
            return Ok(None);
        };
        let set_now = self.steps.iter().rev().find_map(|step| match step {
            Step::Set {
                path,
                value: Value::Text(url),
            } if *path == site => Some(url.clone()),
            _ => None,
        });
        if set_now.is_some() {
            return Ok(set_now);
        }
        let Match::Setting(setting) = site.lookup() else {
            return Ok(None);
        };
        let resolved = stack.resolve(&site, setting).map_err(ChangeError::Load)?;
        let missing = || ChangeError::NoSite {
            path: secret.clone(),
        };
        let resolved = resolved.ok_or_else(missing)?;
        let url = resolved.value.as_text().ok_or_else(missing)?.to_owned();
        if resolved.origin.layer().is_shared() {
            return Err(ChangeError::SharedSite {
                path: secret.clone(),
                url,
                origin: resolved.origin,
            });
        }
        Ok(Some(url))
    }

    fn refuse_plain_http(&self, stack: &Stack) -> Result<(), ChangeError> {
        for (path, url) in self.steps.iter().filter_map(address_of) {
            let Some(host) = site_url::plain_http_host(&url) else {
                continue;
            };
            if !site_url::host_is_listed(host, &self.allowed_hosts(stack)?) {
                return Err(ChangeError::PlainHttp {
                    path,
                    host: host.to_owned(),
                });
            }
        }
        Ok(())
    }

    /// `connection.allow_http`, after all pairs of the same command.
    fn allowed_hosts(&self, stack: &Stack) -> Result<Vec<String>, ChangeError> {
        let list = Path::from_declared(["connection", "allow_http"]);
        let set_now = self.steps.iter().rev().find_map(|step| match step {
            Step::Set { path, value } if *path == list => Some(value.texts()),
            _ => None,
        });
        if let Some(hosts) = set_now {
            return Ok(hosts);
        }
        allowed_hosts(stack).map_err(ChangeError::Load)
    }
}

/// The hosts that may be reached without encryption.
pub fn allowed_hosts(stack: &Stack) -> Result<Vec<String>, LoadError> {
    let list = Path::from_declared(["connection", "allow_http"]);
    let Match::Setting(setting) = list.lookup() else {
        return Ok(Vec::new());
    };
    Ok(stack
        .resolve(&list, setting)?
        .map(|resolved| resolved.value.texts())
        .unwrap_or_default())
}

/// The address that a step brings in: the value of a setting, or the key of an instance.
fn address_of(step: &Step) -> Option<(Path, String)> {
    let path = match step {
        Step::Set {
            path,
            value: Value::Text(url),
        } if matches!(path.lookup(), Match::Setting(setting) if setting.kind == Kind::Url(UrlUse::Site)) =>
        {
            return Some((path.clone(), url.clone()));
        }
        Step::Set { path, .. } | Step::Table { path } => path.first(3),
        Step::Rename { from, name } => from.parent().join(name),
        Step::Unset { .. } => return None,
    };
    path.instance_product()?;
    let url = path.last()?.to_owned();
    Some((path, url))
}

#[cfg(test)]
mod tests;
