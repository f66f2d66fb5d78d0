//! The configuration at one moment: layers and the names of stored secrets go in, what rows show comes out.

use super::world::Complaint;
use crate::changes::{EntryName, site_setting};
use crate::config::layer::{Layer, Origin};
use crate::config::path::Path;
use crate::config::schema::{Match, Setting};
use crate::config::site_url;
use crate::config::stack::{Resolved, Stack, declared_order};
use crate::config::value::Value;
use indexmap::{IndexMap, IndexSet};
use std::cell::{OnceCell, RefCell};
use std::path::PathBuf;

/// The configuration as it was read.
#[derive(Debug)]
pub struct State {
    stack: Stack,
    stored: Result<Vec<EntryName>, Complaint>,
    layer: Layer,
    file: PathBuf,
    home: Option<PathBuf>,
    values: OnceCell<IndexMap<Path, Resolved>>,
    /// The entries below a path, once they were asked for.
    entries: RefCell<IndexMap<Path, Vec<Path>>>,
}

/// Whether a secret is stored. Never the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// It is.
    Saved,
    /// For another site than its profile has now: by its origin.
    ForOtherSite(String),
    /// It is not.
    NotSet,
    /// Nobody can tell: the store cannot be asked.
    Unknown,
}

impl State {
    /// The state of these layers and stored secrets. `layer` and `file` say what the menu is opened on; `home` is
    /// shown as `~`.
    pub fn new(
        stack: Stack,
        stored: Result<Vec<EntryName>, Complaint>,
        layer: Layer,
        file: PathBuf,
        home: Option<PathBuf>,
    ) -> State {
        State {
            stack,
            stored,
            layer,
            file,
            home,
            values: OnceCell::new(),
            entries: RefCell::default(),
        }
    }

    /// The layers.
    pub fn stack(&self) -> &Stack {
        &self.stack
    }

    /// What the file that is changed is for lassi.
    pub fn layer(&self) -> Layer {
        self.layer
    }

    /// The file that is changed, as it is shown.
    pub fn file(&self) -> String {
        self.shorten(&self.file.display().to_string())
    }

    /// A text with the home folder as `~`: lines are narrow.
    pub fn shorten(&self, text: &str) -> String {
        match &self.home {
            Some(home) => shorten(text, home),
            None => text.to_owned(),
        }
    }

    /// The names of the stored secrets; none if the store cannot be asked.
    pub fn stored(&self) -> &[EntryName] {
        self.stored.as_deref().unwrap_or_default()
    }

    /// Why the store cannot be asked.
    pub fn store_fault(&self) -> Option<&Complaint> {
        self.stored.as_ref().err()
    }

    /// Whether another state was read from the same texts, so that nothing that was worked out is lost by keeping it.
    pub(super) fn is_like(&self, other: &State) -> bool {
        let texts = |state: &State| -> Vec<(Layer, usize)> {
            let files = state.stack.files();
            files.map(|file| (file.layer, file.text.len())).collect()
        };
        texts(self) == texts(other)
            && self.stored == other.stored
            && self
                .stack
                .files()
                .zip(other.stack.files())
                .all(|(one, two)| one.text == two.text)
    }

    /// All that is set, by anybody but the declarations.
    pub fn values(&self) -> &IndexMap<Path, Resolved> {
        self.values.get_or_init(|| {
            // a file that cannot be used is no state
            let resolved = self.stack.resolve_all(&Path::default(), false);
            resolved
                .unwrap_or_default()
                .into_iter()
                .map(|resolved| (resolved.path.clone(), resolved))
                .collect()
        })
    }

    /// What a setting is set to, by anybody but its declaration.
    pub fn value(&self, path: &Path) -> Option<&Resolved> {
        self.values().get(path)
    }

    /// The value that counts: set, or the default.
    pub fn effective(&self, path: &Path, setting: &Setting) -> Option<Value> {
        match self.value(path) {
            Some(resolved) => Some(resolved.value.clone()),
            None => default_of(setting),
        }
    }

    /// What the file that is changed sets it to, whether that counts or not.
    pub fn set_here(&self, path: &Path) -> Option<&Value> {
        let resolved = self.value(path)?;
        let own = std::iter::once((&resolved.value, &resolved.origin));
        let others = resolved
            .shadowed
            .iter()
            .map(|(value, origin)| (value, origin));
        own.chain(others)
            .find(
                |(_, origin)| matches!(origin, Origin::File { layer, .. } if *layer == self.layer),
            )
            .map(|(value, _)| value)
    }

    /// Whether a secret is stored.
    pub fn kept(&self, path: &Path) -> Kept {
        if self.stored.is_err() {
            return Kept::Unknown;
        }
        let expected = self
            .site_of(path)
            .map(|url| site_url::origin(&url).to_owned());
        let mut other = None;
        for name in self.stored().iter().filter(|name| name.path == *path) {
            if name.origin == expected {
                return Kept::Saved;
            }
            other.clone_from(&name.origin);
        }
        other.map_or(Kept::NotSet, Kept::ForOtherSite)
    }

    /// The site that a profile's secret is for now.
    fn site_of(&self, secret: &Path) -> Option<String> {
        let site = site_setting(secret)?;
        let Match::Setting(setting) = site.lookup() else {
            return None;
        };
        Some(self.effective(&site, setting)?.as_text()?.to_owned())
    }

    /// The names of the stored secrets at and below a path.
    pub fn stored_below(&self, path: &Path) -> Vec<EntryName> {
        let stored = self.stored().iter();
        stored
            .filter(|name| name.path.starts_with(path))
            .cloned()
            .collect()
    }

    /// The profiles or instances right below a path: all that have a setting or a secret.
    pub fn entries(&self, below: &Path) -> Vec<Path> {
        if let Some(known) = self.entries.borrow().get(below) {
            return known.clone();
        }
        let found = self.find_entries(below);
        self.entries
            .borrow_mut()
            .insert(below.clone(), found.clone());
        found
    }

    fn find_entries(&self, below: &Path) -> Vec<Path> {
        let length = below.segments().len() + 1;
        let set = self.values().keys();
        let stored = self.stored().iter().map(|name| &name.path);
        let paths = set.chain(stored);
        let paths = paths.filter(|path| path.segments().len() > length && path.starts_with(below));
        let found: IndexSet<Path> = paths.map(|path| path.first(length)).collect();
        let mut found: Vec<Path> = found.into_iter().collect();
        found.sort_by(declared_order);
        found
    }
}

/// A text with the files of a home folder below `~`.
pub fn shorten(text: &str, home: &std::path::Path) -> String {
    match (home.to_str(), home.parent()) {
        (Some(name), Some(_)) => text.replace(&format!("{}/", name.trim_end_matches('/')), "~/"),
        // no folder of its own
        _ => text.to_owned(),
    }
}

/// What the declaration says.
pub(super) fn default_of(setting: &Setting) -> Option<Value> {
    Value::from_toml_text(&setting.kind, setting.default?).ok()
}
