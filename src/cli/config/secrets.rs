//! The secrets of the store, as far as commands show them: by path and site, never by value.

use crate::changes::{EntryName, site_setting};
use crate::cli::failure::{Exit, Failure, Message};
use crate::cli::messages;
use crate::cli::session::Session;
use crate::config::path::Path;
use crate::config::schema::Match;
use crate::config::site_url;
use crate::config::stack::{Stack, declared_order};

/// A secret that is stored.
#[derive(Debug, Clone)]
pub(super) struct Stored {
    /// Its name in the store.
    pub name: EntryName,
    /// Whether it is for the site that its profile is for now; always so for an instance's.
    pub current: bool,
}

/// The secrets at and below a path, in the order of the declarations.
pub(super) fn below(session: &Session<'_>, path: &Path) -> Result<Vec<Stored>, Failure> {
    let stack = session.stack()?;
    let mut found = Vec::new();
    for name in session.stored()? {
        if name.path.starts_with(path) {
            let current = name.origin == expected_origin(stack, &name.path)?;
            found.push(Stored { name, current });
        }
    }
    found.sort_by(|a, b| declared_order(&a.name.path, &b.name.path));
    Ok(found)
}

/// The same for commands that show much else: a store that cannot be reached is a warning, and never looks like
/// one that is empty.
pub(super) fn below_or_warn(session: &Session<'_>, path: &Path) -> Result<Vec<Stored>, Failure> {
    match below(session, path) {
        Err(Failure::Message(message)) if message.exit == Exit::Failed => {
            session.warn(&Message {
                what: format!("secrets are not shown: {}", message.what),
                ..message
            });
            Ok(Vec::new())
        }
        other => other,
    }
}

/// The name under which the store would hold a secret for the site as it is now; `None` where a profile has no
/// site.
pub(super) fn current_name(stack: &Stack, path: &Path) -> Result<Option<EntryName>, Failure> {
    let origin = expected_origin(stack, path)?;
    if site_setting(path).is_some() && origin.is_none() {
        return Ok(None);
    }
    Ok(Some(EntryName {
        path: path.clone(),
        origin,
    }))
}

fn expected_origin(stack: &Stack, secret: &Path) -> Result<Option<String>, Failure> {
    let Some(site) = site_setting(secret) else {
        return Ok(None);
    };
    let Match::Setting(setting) = site.lookup() else {
        return Ok(None);
    };
    let resolved = stack
        .resolve(&site, setting)
        .map_err(|error| messages::load(&error))?;
    let url = resolved
        .as_ref()
        .and_then(|resolved| resolved.value.as_text());
    Ok(url.map(|url| site_url::origin(url).to_owned()))
}
