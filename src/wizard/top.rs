//! The menu's first screen: the sections with a summary each, search, undo, exit.

use super::problems;
use super::row::{badges, count, value_text};
use super::screen::Screen;
use super::state::State;
use super::tree::{self, Content};
use super::{Ended, Flow, Wizard};
use crate::config::path::Path;
use crate::config::schema::{Key, Section};
use crate::prompt::{Answer, MenuRow};
use std::rc::Rc;

const HELP: &str = "Every setting is in one of the sections, set or not. A change is saved at once, and Undo takes it back.";

/// What the rows of the first screen stand for.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Choice {
    Problems,
    Connect,
    Section(usize),
    Search,
    Undo,
    Exit,
}

impl Wizard<'_> {
    /// The first screen, until it is left.
    pub(super) fn top(&mut self) -> Flow<()> {
        let sections = tree::sections();
        let mut marked = None;
        // summaries of thousands of instances are made anew only where the state is another one
        let mut known: Option<(Rc<State>, Vec<MenuRow>)> = None;
        loop {
            let state = self.state()?;
            let same = known.take().filter(|(of, _)| Rc::ptr_eq(of, &state));
            let rows = match same {
                Some((_, rows)) => rows,
                None => {
                    let rows = sections.iter().map(|section| of_section(&state, section));
                    rows.collect()
                }
            };
            let screen = self.top_screen(&state, &rows);
            known = Some((state, rows));
            match self.show(&screen, &mut marked)? {
                Answer::Back | Answer::Given(Choice::Exit) => return Err(Ended::Left),
                Answer::Given(Choice::Problems) => self.problems()?,
                Answer::Given(Choice::Connect) => self.connect("")?,
                Answer::Given(Choice::Section(index)) => {
                    if let Some(section) = sections.get(index) {
                        self.section(section)?;
                    }
                }
                Answer::Given(Choice::Search) => self.search()?,
                Answer::Given(Choice::Undo) => {
                    let layer = self.state()?.layer();
                    let undone = self.world.undo(layer);
                    self.report(undone);
                }
            }
        }
    }

    fn top_screen(&mut self, state: &State, sections: &[MenuRow]) -> Screen<Choice> {
        let mut screen = Screen::new("lassi config");
        screen.help = HELP;
        screen.paragraphs = vec![format!("Changes go to {}.", state.file())];
        let problems = self.world.problems();
        if let Some(first) = problems.first() {
            let row = MenuRow::new(problems::title(problems.len()))
                .value(first.lines.first().cloned().unwrap_or_default())
                .about("Values of the files that are not used, with what mends them.");
            screen.row(Choice::Problems, row);
        }
        if is_empty(state) && !state.layer().is_shared() {
            let row = MenuRow::new("Connect to a site")
                .about("Sign in to Jira, Confluence or Bitbucket: nothing is configured yet.");
            screen.row(Choice::Connect, row);
        }
        for (index, row) in sections.iter().enumerate() {
            screen.row(Choice::Section(index), row.clone());
        }
        screen.row(
            Choice::Search,
            MenuRow::new("Search all settings")
                .about("Type a few letters of a path, a title or a help text."),
        );
        screen.row(Choice::Undo, self.undo_row());
        screen.row(Choice::Exit, MenuRow::new("Exit"));
        screen
    }

    fn undo_row(&mut self) -> MenuRow {
        let row = MenuRow::new("Undo last change");
        match self.world.undoable() {
            Ok(what) => row.value(what),
            Err(complaint) => row.unavailable(complaint.lines.join(" ")),
        }
    }
}

/// Whether there is neither a profile nor an instance.
fn is_empty(state: &State) -> bool {
    let mut collections = tree::sections().into_iter().flat_map(collections);
    collections.all(|(path, _)| state.entries(&path).is_empty())
}

fn collections(section: &'static Section) -> Vec<(Path, Key)> {
    let contents = tree::contents(section).into_iter();
    let collections = contents.filter_map(|content| match content {
        Content::Collection(path, key) => Some((path, key)),
        Content::Setting(..) => None,
    });
    collections.collect()
}

/// The row of a section.
fn of_section(state: &State, section: &'static Section) -> MenuRow {
    let mut found: Vec<String> = Vec::new();
    let below = if section.name.is_empty() {
        None
    } else {
        Some(Path::from_declared([section.name]))
    };
    let listed = tree::contents(section);
    let is_in = |path: &Path| {
        let listed = listed
            .iter()
            .any(|content| matches!(content, Content::Setting(own, _) if own == path));
        listed || below.as_ref().is_some_and(|below| path.starts_with(below))
    };
    for path in state.values().keys().filter(|path| is_in(path)) {
        for badge in badges(state, path) {
            if !found.contains(&badge) {
                found.push(badge);
            }
        }
    }
    let row = MenuRow::new(section.title)
        .value(summary(state, section))
        .about(section.help);
    found.into_iter().fold(row, MenuRow::badge)
}

/// `2 sites`, `work is the default`, `2 of 12 set`.
fn summary(state: &State, section: &'static Section) -> String {
    let collections = collections(section);
    let entries: Vec<Path> = collections
        .iter()
        .flat_map(|(path, _)| state.entries(path))
        .collect();
    match collections.first() {
        Some((_, Key::Url)) => {
            let mut sites: Vec<_> = entries.iter().filter_map(|path| path.last()).collect();
            sites.sort_unstable();
            sites.dedup();
            count(sites.len(), "site")
        }
        Some((_, Key::Name)) => match default_profile(state) {
            Some(name) => format!("{name} is the default"),
            None => count(entries.len(), "profile"),
        },
        None => of_settings(state, section),
    }
}

fn of_settings(state: &State, section: &'static Section) -> String {
    let settings: Vec<_> = tree::contents(section)
        .into_iter()
        .filter_map(|content| match content {
            Content::Setting(path, setting) => Some((path, setting)),
            Content::Collection(..) => None,
        })
        .collect();
    if let [(path, setting)] = settings.as_slice() {
        return value_text(state, path, setting);
    }
    let set = settings
        .iter()
        .filter(|(path, _)| state.value(path).is_some())
        .count();
    if set == 0 {
        "all defaults".to_owned()
    } else {
        format!("{set} of {} set", settings.len())
    }
}

/// The name of the profile that is used when none is named.
pub(super) fn default_profile(state: &State) -> Option<String> {
    let value = state.value(&Path::from_declared(["default_profile"]))?;
    Some(value.value.as_text()?.to_owned())
}
