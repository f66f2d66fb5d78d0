//! What was learned about sites: the route that worked for a credential, the cloud IDs that a site confirmed.
//!
//! ```json
//! { "version": 1, "routes": { "profiles.work.api_token@https://acme.atlassian.net jira": "site" },
//!   "cloud_ids": { "https://acme.atlassian.net": "11111111-2222-3333-4444-555555555555" } }
//! ```
//! All of it can be found out again, so a file that is missing, broken or of a later version holds nothing.

use super::route::Route;
use crate::disk::{DiskError, Lock, Snapshot, make_private_folder, read_file, replace};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

const VERSION: u32 = 1;

/// The file's name in the state folder.
const FILE: &str = "learned.json";

/// As many are kept of each kind; the oldest go first.
const MOST: usize = 1000;

/// What was learned.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Learned {
    version: u32,
    #[serde(default)]
    routes: IndexMap<String, String>,
    #[serde(default)]
    cloud_ids: IndexMap<String, String>,
}

/// Where it is kept.
#[derive(Debug, Clone)]
pub struct LearnedFile {
    state: PathBuf,
}

impl Learned {
    /// The route that worked for a credential; `credential` names it and holds nothing secret.
    pub fn route(&self, credential: &str) -> Option<Route> {
        Route::named(self.routes.get(credential)?)
    }

    /// The cloud ID that a site gave when it was asked.
    pub fn cloud_id(&self, site: &str) -> Option<&str> {
        self.cloud_ids.get(site).map(String::as_str)
    }
}

impl LearnedFile {
    /// In this state folder.
    pub fn new(state: &Path) -> LearnedFile {
        LearnedFile {
            state: state.to_path_buf(),
        }
    }

    /// What is known so far.
    pub fn read(&self) -> Learned {
        let bytes = read_file(&self.state.join(FILE)).ok().flatten();
        parse(bytes.as_deref())
    }

    /// Remembers the route that worked for a credential.
    pub fn remember_route(&self, credential: &str, route: Route) -> Result<(), DiskError> {
        self.change(|learned| put(&mut learned.routes, credential, route.name()))
    }

    /// Remembers the cloud ID that a site gave.
    pub fn remember_cloud_id(&self, site: &str, id: &str) -> Result<(), DiskError> {
        self.change(|learned| put(&mut learned.cloud_ids, site, id))
    }

    fn change(&self, edit: impl Fn(&mut Learned)) -> Result<(), DiskError> {
        make_private_folder(&self.state)?;
        let lock = Lock::acquire(&self.state.join(FILE), &self.state.join("locks"))?;
        let seen = Snapshot::read(&lock)?;
        let before = parse(seen.bytes());
        let mut learned = before.clone();
        edit(&mut learned);
        learned.version = VERSION;
        if learned == before {
            return Ok(());
        }
        let mut text = serde_json::to_vec_pretty(&learned).unwrap_or_default();
        text.push(b'\n');
        replace(&lock, &seen, &text, 0o600).map(|_| ())
    }
}

fn parse(bytes: Option<&[u8]>) -> Learned {
    let read = bytes.and_then(|bytes| serde_json::from_slice::<Learned>(bytes).ok());
    read.filter(|learned| learned.version == VERSION)
        .unwrap_or_default()
}

fn put(map: &mut IndexMap<String, String>, key: &str, value: &str) {
    map.insert(key.to_owned(), value.to_owned());
    if map.len() > MOST {
        map.shift_remove_index(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_learned_is_found_again() {
        let state = tempfile::tempdir().expect("a folder");
        let file = LearnedFile::new(state.path());
        assert_eq!(file.read(), Learned::default());
        file.remember_route("a", Route::Site).expect("written");
        file.remember_cloud_id("https://a.b", "id")
            .expect("written");
        file.remember_route("a", Route::Gateway).expect("written");
        let learned = file.read();
        assert_eq!(learned.route("a"), Some(Route::Gateway));
        assert_eq!(learned.cloud_id("https://a.b"), Some("id"));
        assert_eq!(learned.route("b"), None);
    }

    #[test]
    fn a_broken_file_holds_nothing_and_is_written_anew() {
        let state = tempfile::tempdir().expect("a folder");
        let file = LearnedFile::new(state.path());
        file.remember_route("a", Route::Site).expect("written");
        let place = state.path().join(FILE);
        std::fs::copy(std::env::current_exe().expect("a program"), &place).expect("copied");
        assert_eq!(file.read(), Learned::default());
        file.remember_route("a", Route::Site).expect("written");
        assert_eq!(file.read().route("a"), Some(Route::Site));
    }
}
