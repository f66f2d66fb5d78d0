//! The screen of a section: all its settings and collections, set or not.

use super::row::{count, of_setting};
use super::screen::Screen;
use super::state::State;
use super::tree::{self, Content};
use super::{Flow, Wizard};
use crate::config::path::Path;
use crate::config::schema::{self, Key, Match, Section};
use crate::prompt::{Answer, MenuRow};

impl Wizard<'_> {
    /// A section of the first screen, until it is left.
    pub(super) fn section(&mut self, section: &'static Section) -> Flow<()> {
        let mut marked = None;
        loop {
            let state = self.state()?;
            let contents = tree::contents(section);
            let only = match contents.as_slice() {
                // one list of entries is the section itself
                [rest @ .., Content::Collection(path, key)] if rest.iter().all(is_setting) => {
                    Some((path.clone(), *key))
                }
                _ => None,
            };
            if let Some((path, key)) = only {
                return self.entries(&path, key, section.title);
            }
            let mut screen = Screen::new(section.title);
            screen.paragraphs = vec![section.help.to_owned()];
            for content in contents {
                let row = of_content(&state, &content);
                screen.row(content, row);
            }
            match self.show(&screen, &mut marked)? {
                Answer::Back => return Ok(()),
                Answer::Given(content) => {
                    self.below(section.title, |wizard| wizard.open(&content))?;
                }
            }
        }
    }

    fn open(&mut self, content: &Content) -> Flow<()> {
        match content {
            Content::Setting(path, setting) => self.setting(path, setting),
            Content::Collection(path, key) => {
                self.entries(path, *key, &tree::collection_title(path))
            }
        }
    }

    /// Any section: of the first screen, a collection, a profile or an instance.
    pub(super) fn section_at(&mut self, path: &Path) -> Flow<()> {
        let own = schema::SECTIONS
            .iter()
            .find(|section| path.keys().eq([section.name]));
        if let Some(section) = own {
            return self.section(section);
        }
        match (path.lookup(), tree::key_below(path)) {
            (Match::Section(_), Some(key)) => {
                self.entries(path, key, &tree::collection_title(path))
            }
            (Match::Section(_), None) => self.entry(&entry_of(path)),
            (Match::Setting(setting), _) => self.setting(path, setting),
            (Match::Unknown { .. }, _) => Ok(()),
        }
    }
}

/// The profile or instance that a section belongs to: `profiles.work.bitbucket` is a part of `profiles.work`.
fn entry_of(path: &Path) -> Path {
    (1..path.segments().len())
        .map(|length| path.first(length))
        .find(|parent| tree::key_below(parent).is_some())
        .map_or_else(
            || path.clone(),
            |parent| path.first(parent.segments().len() + 1),
        )
}

fn is_setting(content: &Content) -> bool {
    matches!(content, Content::Setting(..))
}

fn of_content(state: &State, content: &Content) -> MenuRow {
    match content {
        Content::Setting(path, setting) => of_setting(state, path, setting),
        Content::Collection(path, key) => {
            let one = match key {
                Key::Url => "site",
                Key::Name => "profile",
            };
            MenuRow::new(tree::collection_title(path))
                .value(count(state.entries(path).len(), one))
                .about(format!("{path}: an account and a token for each site"))
        }
    }
}
