//! All settings as rows to search: paths, titles and help texts go in, the setting that was found is opened.

use super::row::of_setting;
use super::state::State;
use super::tree::{self, Content};
use super::{Flow, Wizard};
use crate::config::path::Path;
use crate::config::schema::{Key, Setting};
use crate::prompt::{Answer, MenuRow, SearchQuestion, SearchRows};
use std::borrow::Cow;
use std::rc::Rc;

/// With more profiles and instances than these, each is one row that all its settings find: a key press must not
/// take long.
const MOST_SPREAD: usize = 100;

/// What a row leads to.
#[derive(Debug, Clone, PartialEq)]
enum Found {
    Setting(Path, &'static Setting),
    Entry(Path),
    Collection(Path, Key, &'static Setting),
}

/// The rows, made once for a search; what is shown of them is made when they come into sight.
struct Rows {
    state: Rc<State>,
    rows: Vec<(Found, String)>,
}

impl Rows {
    fn of(state: Rc<State>) -> Rows {
        let mut rows = Vec::new();
        let mut collections = Vec::new();
        for content in tree::sections().into_iter().flat_map(tree::contents) {
            match content {
                Content::Setting(path, setting) => rows.push(of_leaf(path, setting)),
                Content::Collection(path, key) => {
                    let entries = state.entries(&path);
                    collections.push((path, key, entries));
                }
            }
        }
        let spread = collections
            .iter()
            .map(|(_, _, entries)| entries.len())
            .sum::<usize>()
            <= MOST_SPREAD;
        // what is there comes before what could be there
        let mut missing = Vec::new();
        for (path, key, entries) in collections {
            for entry in &entries {
                if spread {
                    let fields = tree::fields(entry).into_iter();
                    rows.extend(fields.map(|(path, setting)| of_leaf(path, setting)));
                }
                rows.push(of_entry(entry, spread));
            }
            if entries.is_empty() {
                missing.extend(of_collection(&path, key));
            }
        }
        rows.extend(missing);
        Rows { state, rows }
    }
}

fn of_leaf(path: Path, setting: &'static Setting) -> (Found, String) {
    let text = format!("{path} {} {}", setting.title, setting.help);
    (Found::Setting(path, setting), text)
}

fn of_entry(entry: &Path, spread: bool) -> (Found, String) {
    let mut text = entry.to_string();
    if !spread {
        for (_, setting) in tree::fields(entry) {
            text.push(' ');
            text.push_str(setting.field());
        }
    }
    (Found::Entry(entry.clone()), text)
}

/// The settings that entries would have, if there were any.
fn of_collection(path: &Path, key: Key) -> Vec<(Found, String)> {
    let any = path.join(match key {
        Key::Name => "name",
        Key::Url => "https://host",
    });
    let fields = tree::fields(&any).into_iter();
    let row = |(_, setting): (Path, &'static Setting)| {
        let text = format!(
            "{path} {} {} {}",
            setting.field(),
            setting.title,
            setting.help
        );
        (Found::Collection(path.clone(), key, setting), text)
    };
    fields.map(row).collect()
}

impl SearchRows for Rows {
    fn count(&self) -> usize {
        self.rows.len()
    }

    fn text(&self, index: usize) -> Cow<'_, str> {
        let row = self.rows.get(index);
        row.map_or(Cow::Borrowed(""), |(_, text)| Cow::Borrowed(text))
    }

    fn row(&self, index: usize) -> MenuRow {
        match self.rows.get(index).map(|(found, _)| found) {
            Some(Found::Setting(path, setting)) => MenuRow {
                label: path.to_string(),
                about: format!("{}: {}", setting.title, setting.help),
                // it can be looked at all the same
                unavailable: None,
                ..of_setting(&self.state, path, setting)
            },
            Some(Found::Entry(path)) => {
                MenuRow::new(path.to_string()).about("All of its settings.")
            }
            Some(Found::Collection(path, key, setting)) => {
                let key = match key {
                    Key::Name => "name",
                    Key::Url => "url",
                };
                MenuRow::new(format!("{path}.<{key}>.{}", setting.field()))
                    .value("nothing there yet")
                    .about(format!("{}: {}", setting.title, setting.help))
            }
            None => MenuRow::default(),
        }
    }
}

impl Wizard<'_> {
    /// Searches until something is found or it is left; what is found is opened.
    pub(super) fn search(&mut self) -> Flow<()> {
        let mut rows: Option<Rows> = None;
        loop {
            let state = self.state()?;
            let current = rows.take().filter(|rows| Rc::ptr_eq(&rows.state, &state));
            let current = current.unwrap_or_else(|| Rows::of(state));
            self.say_all();
            let trail: Vec<&str> = self.trail.iter().map(String::as_str).collect();
            let question = SearchQuestion::new("Search all settings", &current)
                .trail(&trail)
                .help("Letters of a path, a title or a help text; several words narrow it down.");
            let answer = self.prompter.search(&question)?;
            let Answer::Given(index) = answer else {
                return Ok(());
            };
            let found = current.rows.get(index).map(|(found, _)| found.clone());
            rows = Some(current);
            self.below("Search", |wizard| match found {
                Some(Found::Setting(path, setting)) => wizard.setting(&path, setting),
                Some(Found::Entry(path)) => wizard.entry(&path),
                Some(Found::Collection(path, key, _)) => {
                    wizard.entries(&path, key, &tree::collection_title(&path))
                }
                None => Ok(()),
            })?;
        }
    }
}
