//! The screen of one setting: what it is, what it is set to, and what can be done about it.

use super::row::{badges, default_text, file_of, unavailable, value_text};
use super::screen::Screen;
use super::state::{Kept, State};
use super::{Flow, Wizard};
use crate::changes::Changes;
use crate::config::change::Step;
use crate::config::path::Path;
use crate::config::schema::Setting;
use crate::prompt::{Answer, MenuRow};

/// What can be done about a setting.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Choice {
    Keep,
    Change,
    Clear,
    Explain,
}

impl Wizard<'_> {
    /// A setting, until something was done about it.
    pub(super) fn setting(&mut self, path: &Path, setting: &'static Setting) -> Flow<()> {
        let mut marked = None;
        loop {
            let state = self.state()?;
            let screen = screen(&state, path, setting);
            match self.show(&screen, &mut marked)? {
                Answer::Back | Answer::Given(Choice::Keep) => return Ok(()),
                Answer::Given(Choice::Change) => {
                    if self.change(path, setting)? {
                        return Ok(());
                    }
                }
                Answer::Given(Choice::Clear) => {
                    if self.clear(&state, path) {
                        return Ok(());
                    }
                }
                Answer::Given(Choice::Explain) => self.explain(path, setting)?,
            }
        }
    }

    fn clear(&mut self, state: &State, path: &Path) -> bool {
        self.apply(&Changes {
            command: "unset",
            steps: vec![Step::Unset { path: path.clone() }],
            forget: state.stored_below(path),
            ..Changes::default()
        })
    }

    /// Where its value comes from.
    fn explain(&mut self, path: &Path, setting: &'static Setting) -> Flow<()> {
        match self.world.explain(path) {
            Ok(lines) => {
                let mut screen = Screen::new("Where it comes from");
                screen.paragraphs = lines;
                screen.row((), MenuRow::new("Back"));
                self.below(setting.title, |wizard| wizard.show(&screen, &mut None))?;
            }
            Err(complaint) => {
                self.report(Err(complaint));
            }
        }
        Ok(())
    }
}

fn screen(state: &State, path: &Path, setting: &'static Setting) -> Screen<Choice> {
    let mut screen = Screen::new(setting.title);
    screen.paragraphs = paragraphs(state, path, setting);
    let keep = MenuRow::new("Keep").value(value_text(state, path, setting));
    screen.row(Choice::Keep, keep);
    let not_here = unavailable(state.layer(), setting);
    let change = MenuRow::new("Change").about(format!("To {}.", setting.kind));
    screen.row(
        Choice::Change,
        match not_here {
            Some(reason) => change.unavailable(reason),
            None => change,
        },
    );
    let clear = MenuRow::new("Clear");
    let clear = match (setting.secret(), default_text(setting)) {
        (true, _) => clear.about("Takes it out of the store."),
        (false, Some(default)) => clear.value(format!("back to {default}")),
        (false, None) => clear.value("back to not set"),
    };
    screen.row(
        Choice::Clear,
        match not_here
            .map(str::to_owned)
            .or_else(|| nothing_to_clear(state, path, setting))
        {
            Some(reason) => clear.unavailable(reason),
            None => clear,
        },
    );
    let explain = MenuRow::new("Show where it comes from");
    screen.row(Choice::Explain, explain);
    screen
}

fn nothing_to_clear(state: &State, path: &Path, setting: &Setting) -> Option<String> {
    if setting.secret() {
        return (state.kept(path) == Kept::NotSet).then(|| "nothing is stored".to_owned());
    }
    let absent = state.set_here(path).is_none();
    absent.then(|| format!("it is not set in {}", file_of(state.layer())))
}

fn paragraphs(state: &State, path: &Path, setting: &'static Setting) -> Vec<String> {
    let mut paragraphs = vec![setting.help.to_owned(), format!("Path: {path}")];
    if !setting.secret() {
        paragraphs.push(format!("Allowed: {}", setting.kind));
    }
    if let Some(default) = default_text(setting) {
        paragraphs.push(format!("Default: {default}"));
    }
    let value = value_text(state, path, setting);
    let origin = match state.value(path) {
        Some(resolved) if !setting.secret() => {
            format!(", from {}", state.shorten(&resolved.origin.to_string()))
        }
        None if setting.default.is_some() => ", the default".to_owned(),
        _ => String::new(),
    };
    let badges = badges(state, path);
    let badges = if badges.is_empty() {
        String::new()
    } else {
        format!(" ({})", badges.join(", "))
    };
    paragraphs.push(format!("Now: {value}{origin}{badges}"));
    if let (true, Some(fault)) = (setting.secret(), state.store_fault()) {
        paragraphs.extend(fault.lines.iter().cloned());
    }
    paragraphs
}
