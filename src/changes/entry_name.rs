//! What a secret is called in its store.
//!
//! An instance's secret is named by its path alone: the address is in the path. A profile's secret carries the
//! origin of the site that it was saved for, so that it is simply not there for another one:
//! `profiles.work.api_token@https://acme.atlassian.net`.

use crate::config::path::Path;
use crate::config::site_url;
use std::fmt;

/// The name of an entry of a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryName {
    /// The path of the secret setting.
    pub path: Path,
    /// For a profile's secret: scheme, host and port of its site.
    pub origin: Option<String>,
}

impl EntryName {
    /// The name for a secret; `site` is the address that a profile's secret is for, in normal form.
    pub fn new(path: Path, site: Option<&str>) -> EntryName {
        EntryName {
            path,
            origin: site.map(|site| site_url::origin(site).to_owned()),
        }
    }

    /// Reads a name as a store holds it; `None` if it is none of ours.
    pub fn parse(name: &str) -> Option<EntryName> {
        // no canonical path of a secret holds an `@`: user-info is refused in addresses
        let (path, origin) = match name.split_once('@') {
            Some((path, origin)) => (path, Some(origin.to_owned())),
            None => (name, None),
        };
        Path::parse(path)
            .ok()
            .map(|path| EntryName { path, origin })
    }
}

impl fmt::Display for EntryName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.origin {
            Some(origin) => write!(f, "{}@{origin}", self.path),
            None => self.path.fmt(f),
        }
    }
}

/// The setting that says which site a profile's secret is for; `None` for an instance's secret.
pub fn site_setting(secret: &Path) -> Option<Path> {
    let keys: Vec<_> = secret.keys().collect();
    match keys.as_slice() {
        ["profiles", _, _] | ["profiles", _, "bitbucket", _] => {
            Some(secret.parent().join("base_url"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for text in [
            "auth.jira[\"https://acme.atlassian.net\"].api_token",
            "profiles.work.api_token@https://acme.atlassian.net",
            "profiles.work.bitbucket.token@https://bitbucket.org",
        ] {
            assert_eq!(EntryName::parse(text).unwrap().to_string(), text);
        }
        let path = Path::parse("profiles.work.api_token").unwrap();
        assert_eq!(
            EntryName::new(path, Some("https://wiki.corp:8443/confluence")).to_string(),
            "profiles.work.api_token@https://wiki.corp:8443"
        );
    }

    #[test]
    fn a_profiles_secret_follows_its_site() {
        let site = |text| site_setting(&Path::parse(text).unwrap()).map(|path| path.to_string());
        assert_eq!(
            site("profiles.a.api_token").as_deref(),
            Some("profiles.a.base_url")
        );
        assert_eq!(
            site("profiles.a.bitbucket.token").as_deref(),
            Some("profiles.a.bitbucket.base_url")
        );
        assert_eq!(site("auth.jira.https://a.b.pat"), None);
    }
}
