//! The screen of a collection: profiles by name, or the instances of a product by their addresses.

use super::row::{count, of_setting, shown};
use super::screen::Screen;
use super::state::{Kept, State};
use super::top::default_profile;
use super::tree::{self, Content};
use super::{Flow, Wizard};
use crate::changes::Changes;
use crate::config::change::Step;
use crate::config::path::Path;
use crate::config::schema::{Key, Setting};
use crate::config::site_url;
use crate::config::value::is_profile_name;
use crate::prompt::{Answer, MenuRow, TextQuestion};
use std::rc::Rc;

/// Why nobody signs in from here.
pub(super) const NO_SIGN_IN: &str =
    "not available here: a sign-in is yours alone and never in a shared file";

/// What a row stands for.
#[derive(Debug, Clone, PartialEq)]
enum Choice {
    Setting(Path, &'static Setting),
    Entry(Path),
    Connect,
    Add,
}

impl Wizard<'_> {
    /// The entries of a collection, until they are left.
    pub(super) fn entries(&mut self, path: &Path, key: Key, title: &str) -> Flow<()> {
        let mut marked = None;
        // thousands of rows are made anew only where the state is another one
        let mut known: Option<(Rc<State>, Screen<Choice>)> = None;
        loop {
            let state = self.state()?;
            let same = known.take().filter(|(of, _)| Rc::ptr_eq(of, &state));
            let screen = match same {
                Some((_, screen)) => screen,
                None => screen(&state, path, key, title),
            };
            let answer = self.show(&screen, &mut marked)?;
            known = Some((state, screen));
            let Answer::Given(choice) = answer else {
                return Ok(());
            };
            self.below(title, |wizard| match choice {
                Choice::Setting(path, setting) => wizard.setting(&path, setting),
                Choice::Entry(entry) => wizard.entry(&entry),
                Choice::Connect if key == Key::Url => wizard.add_site(path, ""),
                Choice::Connect => wizard.connect(""),
                Choice::Add => wizard.add_entry(path, key),
            })?;
        }
    }

    /// An entry without a sign-in, in a file that others share.
    fn add_entry(&mut self, collection: &Path, key: Key) -> Flow<()> {
        let state = self.state()?;
        let taken = state.entries(collection);
        let is_new = |key: &str| {
            if taken.contains(&collection.join(key)) {
                Err("it is there already".to_owned())
            } else {
                Ok(())
            }
        };
        let check_url = |text: &str| {
            let url = site_url::normalise(text).map_err(|error| error.to_string())?;
            is_new(&url)
        };
        let check_name = |text: &str| {
            if is_profile_name(text) {
                is_new(text)
            } else {
                Err("use letters, digits, `_` and `-`".to_owned())
            }
        };
        self.say_all();
        let question = match key {
            Key::Url => TextQuestion::new("Address of the site").check(&check_url),
            Key::Name => TextQuestion::new("Name of the profile").check(&check_name),
        };
        let Answer::Given(text) = self.prompter.text(&question)? else {
            return Ok(());
        };
        let key = match key {
            Key::Url => site_url::normalise(&text).unwrap_or(text),
            Key::Name => text,
        };
        let entry = collection.join(&key);
        let added = self.apply(&Changes {
            command: "set",
            steps: vec![Step::Table {
                path: entry.clone(),
            }],
            ..Changes::default()
        });
        if added { self.entry(&entry) } else { Ok(()) }
    }
}

fn screen(state: &State, path: &Path, key: Key, title: &str) -> Screen<Choice> {
    let mut screen = Screen::new(title);
    let section = tree::sections()
        .into_iter()
        .find(|section| path.keys().next() == Some(section.name));
    screen.paragraphs = section
        .map(|section| section.help.to_owned())
        .into_iter()
        .collect();
    if key == Key::Name {
        for content in section.into_iter().flat_map(tree::contents) {
            if let Content::Setting(path, setting) = content {
                let row = of_setting(state, &path, setting);
                screen.row(Choice::Setting(path, setting), row);
            }
        }
    }
    let default = default_profile(state);
    for entry in state.entries(path) {
        let row = of_entry(state, &entry, default.as_deref());
        screen.row(Choice::Entry(entry), row);
    }
    let (connect, add) = match key {
        Key::Url => ("Add a site", "Add a site without a sign-in"),
        Key::Name => ("Connect to a site", "Add a profile without a sign-in"),
    };
    let connect =
        MenuRow::new(connect).about("Address, account, token, and a test before it is saved.");
    if state.layer().is_shared() {
        screen.row(Choice::Connect, connect.unavailable(NO_SIGN_IN));
        screen.row(
            Choice::Add,
            MenuRow::new(add).about("Everybody who uses this file brings an account of their own."),
        );
    } else {
        screen.row(Choice::Connect, connect);
    }
    screen
}

/// The row of a profile or an instance: what it says, in a few words.
fn of_entry(state: &State, entry: &Path, default: Option<&str>) -> MenuRow {
    let name = entry.last().unwrap_or_default();
    let mut said = Vec::new();
    let mut secrets = 0;
    let mut badges: Vec<String> = Vec::new();
    for (path, setting) in tree::fields(entry) {
        if setting.secret() {
            secrets += usize::from(state.kept(&path) == Kept::Saved);
        } else if let Some(resolved) = state.value(&path) {
            // what it is known by: the first two that are declared
            if said.len() < 2 {
                said.push(shown(&resolved.value));
            }
            for badge in super::row::badges(state, &path) {
                if badge != "modified" && !badges.contains(&badge) {
                    badges.push(badge);
                }
            }
        }
    }
    if secrets > 0 {
        said.push(count(secrets, "secret"));
    }
    let is_profile = entry.instance_product().is_none();
    if is_profile && default == Some(name) {
        badges.insert(0, "default".to_owned());
    }
    let row = MenuRow::new(name)
        .value(said.join(", "))
        .about(entry.to_string());
    badges.into_iter().fold(row, MenuRow::badge)
}
