//! A setting goes in, a question by its kind is asked, and the answer is saved at once.

use super::row::shown;
use super::screen::Screen;
use super::state::{State, default_of};
use super::{Flow, Wizard};
use crate::changes::Changes;
use crate::config::change::Step;
use crate::config::path::Path;
use crate::config::schema::{Key, Kind, Setting};
use crate::config::value::{Value, ValueError};
use crate::prompt::{Answer, ConfirmQuestion, ListQuestion, MenuRow, SecretQuestion, TextQuestion};

impl Wizard<'_> {
    /// Asks for a new value and saves it; whether it was saved. What is refused when it is saved is asked again,
    /// with the answer kept for editing.
    pub(super) fn change(&mut self, path: &Path, setting: &'static Setting) -> Flow<bool> {
        let mut typed = None;
        loop {
            let state = self.state()?;
            let mut changes = Changes {
                command: "set",
                ..Changes::default()
            };
            if setting.secret() {
                let question = format!("{} (it is not shown)", setting.title);
                self.say_all();
                match self.prompter.secret(&SecretQuestion::new(&question))? {
                    Answer::Back => return Ok(false),
                    Answer::Given(secret) => changes.secrets.push((path.clone(), secret)),
                }
                return Ok(self.apply(&changes));
            }
            let before = typed.or_else(|| state.effective(path, setting));
            let value = match self.value(&state, setting, before.as_ref())? {
                Answer::Back => return Ok(false),
                Answer::Given(value) => value,
            };
            changes.steps.push(Step::Set {
                path: path.clone(),
                value: value.clone(),
            });
            if self.apply(&changes) {
                return Ok(true);
            }
            typed = Some(value);
        }
    }

    /// Asks for a value by the kind of a setting.
    fn value(
        &mut self,
        state: &State,
        setting: &'static Setting,
        before: Option<&Value>,
    ) -> Flow<Answer<Value>> {
        self.say_all();
        match setting.kind {
            Kind::Bool => self.yes_or_no(setting, before),
            Kind::Choice(words) => self.one_of(setting, words, before),
            Kind::StatusCodes { .. } | Kind::Hosts => self.items(setting, before),
            Kind::ProfileName => self.profile_name(state, setting, before),
            Kind::Path => self.path(setting, before),
            Kind::Integer { .. }
            | Kind::Number { .. }
            | Kind::Text
            | Kind::Uuid
            | Kind::Url(_)
            | Kind::Date
            // asked for before
            | Kind::Secret => self.line(setting, before),
        }
    }

    fn yes_or_no(
        &mut self,
        setting: &'static Setting,
        before: Option<&Value>,
    ) -> Flow<Answer<Value>> {
        let question = format!("{}?", setting.title);
        let question = ConfirmQuestion::new(&question, before == Some(&Value::Bool(true)));
        Ok(self.prompter.confirm(&question)?.map(Value::Bool))
    }

    fn one_of(
        &mut self,
        setting: &'static Setting,
        words: &[&str],
        before: Option<&Value>,
    ) -> Flow<Answer<Value>> {
        let default = default_of(setting);
        let mut screen = Screen::new(setting.title);
        screen.paragraphs = vec![setting.help.to_owned()];
        for word in words {
            let value = Value::Text((*word).to_owned());
            let row = MenuRow::new(*word);
            let row = if default.as_ref() == Some(&value) {
                row.badge("default")
            } else {
                row
            };
            screen.row(value, row);
        }
        self.show(&screen, &mut before.cloned())
    }

    /// One of the profiles that there are, or a name that there is none for yet.
    fn profile_name(
        &mut self,
        state: &State,
        setting: &'static Setting,
        before: Option<&Value>,
    ) -> Flow<Answer<Value>> {
        let names: Vec<String> = super::tree::sections()
            .into_iter()
            .flat_map(super::tree::contents)
            .filter_map(|content| match content {
                super::tree::Content::Collection(path, Key::Name) => Some(path),
                _ => None,
            })
            .flat_map(|path| state.entries(&path))
            .filter_map(|path| path.last().map(str::to_owned))
            .collect();
        if names.is_empty() {
            return self.line(setting, before);
        }
        let mut screen = Screen::new(setting.title);
        screen.paragraphs = vec![setting.help.to_owned()];
        for name in names {
            screen.row(Some(Value::Text(name.clone())), MenuRow::new(name));
        }
        screen.row(None, MenuRow::new("Another name"));
        match self.show(&screen, &mut before.cloned().map(Some))? {
            Answer::Back => Ok(Answer::Back),
            Answer::Given(Some(value)) => Ok(Answer::Given(value)),
            Answer::Given(None) => self.line(setting, before),
        }
    }

    fn items(&mut self, setting: &'static Setting, before: Option<&Value>) -> Flow<Answer<Value>> {
        let items: Vec<String> = match before {
            Some(Value::List(items)) => items.iter().map(Value::to_plain).collect(),
            _ => Vec::new(),
        };
        let paragraphs = [
            setting.help.to_owned(),
            format!("Allowed: {}", setting.kind),
        ];
        let check = |item: &str| match list_of(&setting.kind, &[item.to_owned()]) {
            Ok(_) => Ok(()),
            Err(_) => Err(format!("`{item}` cannot be in {}", setting.kind)),
        };
        let trail: Vec<&str> = self.trail.iter().map(String::as_str).collect();
        let question = ListQuestion::new(setting.title, &items)
            .trail(&trail)
            .paragraphs(&paragraphs)
            .check(&check);
        Ok(match self.prompter.list(&question)? {
            Answer::Back => Answer::Back,
            Answer::Given(items) => match list_of(&setting.kind, &items) {
                Ok(value) => Answer::Given(value),
                // each item has passed
                Err(_) => Answer::Back,
            },
        })
    }

    fn path(&mut self, setting: &'static Setting, before: Option<&Value>) -> Flow<Answer<Value>> {
        let world = &*self.world;
        let completion = |typed: &str| world.complete_path(typed);
        let help = help(setting);
        let (check, initial) = (check(setting), initial(before));
        let question = TextQuestion::new(setting.title)
            .initial(&initial)
            .help(&help)
            .check(&check)
            .completion(&completion);
        let answer = self.prompter.text(&question)?;
        Ok(read(setting, answer))
    }

    fn line(&mut self, setting: &'static Setting, before: Option<&Value>) -> Flow<Answer<Value>> {
        let help = help(setting);
        let (check, initial) = (check(setting), initial(before));
        let question = TextQuestion::new(setting.title)
            .initial(&initial)
            .help(&help)
            .check(&check);
        let answer = self.prompter.text(&question)?;
        Ok(read(setting, answer))
    }
}

fn help(setting: &Setting) -> String {
    format!("{} Allowed: {}.", setting.help, setting.kind)
}

fn initial(before: Option<&Value>) -> String {
    before.map(shown).unwrap_or_default()
}

fn check(setting: &'static Setting) -> impl Fn(&str) -> Result<(), String> {
    |text| {
        let value = Value::from_text(&setting.kind, text);
        value.map(|_| ()).map_err(|error| match error {
            ValueError::Empty => {
                "the value is empty; Esc goes back, and Clear takes it away".to_owned()
            }
            error => error.to_string(),
        })
    }
}

/// What passed the check is a value.
fn read(setting: &Setting, answer: Answer<String>) -> Answer<Value> {
    match answer {
        Answer::Given(text) => {
            Value::from_text(&setting.kind, &text).map_or(Answer::Back, Answer::Given)
        }
        Answer::Back => Answer::Back,
    }
}

/// A list of typed items, as one value.
fn list_of(kind: &Kind, items: &[String]) -> Result<Value, ValueError> {
    let numbers = || {
        items
            .iter()
            .map(|item| item.parse().ok().map(Value::Integer))
    };
    let texts = || items.iter().cloned().map(Value::Text).collect();
    let items = match kind {
        Kind::StatusCodes { .. } => numbers().collect::<Option<_>>().unwrap_or_else(texts),
        _ => texts(),
    };
    Value::from_toml_text(kind, &Value::List(items).to_toml())
}
