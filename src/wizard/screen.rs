//! A screen: rows with what they stand for go in, the one that was chosen comes out.

use super::world::Complaint;
use super::{Flow, Wizard};
use crate::changes::Changes;
use crate::prompt::{Answer, ConfirmQuestion, MenuQuestion, MenuRow};

/// What a menu shows, and what its rows stand for.
pub(super) struct Screen<C> {
    pub title: String,
    pub paragraphs: Vec<String>,
    pub rows: Vec<(C, MenuRow)>,
    pub help: &'static str,
}

impl<C: Clone + PartialEq> Screen<C> {
    /// A screen without rows.
    pub(super) fn new(title: impl Into<String>) -> Screen<C> {
        Screen {
            title: title.into(),
            paragraphs: Vec::new(),
            rows: Vec::new(),
            help: "",
        }
    }

    /// Adds a row.
    pub(super) fn row(&mut self, choice: C, row: MenuRow) {
        self.rows.push((choice, row));
    }
}

impl Wizard<'_> {
    /// Shows a screen. `marked` is the row that was chosen last and is marked again, wherever it is now.
    pub(super) fn show<C: Clone + PartialEq>(
        &mut self,
        screen: &Screen<C>,
        marked: &mut Option<C>,
    ) -> Flow<Answer<C>> {
        self.say_all();
        let rows: Vec<MenuRow> = screen.rows.iter().map(|(_, row)| row.clone()).collect();
        let trail: Vec<&str> = self.trail.iter().map(String::as_str).collect();
        let is_marked = |(choice, _): &(C, MenuRow)| Some(choice) == marked.as_ref();
        let first = screen.rows.iter().position(is_marked).unwrap_or(0);
        let question = MenuQuestion::new(&screen.title, &rows)
            .trail(&trail)
            .paragraphs(&screen.paragraphs)
            .marked(first)
            .help(screen.help);
        let answer = self.prompter.menu(&question)?;
        Ok(match answer {
            Answer::Given(index) => match screen.rows.get(index) {
                Some((choice, _)) => {
                    *marked = Some(choice.clone());
                    Answer::Given(choice.clone())
                }
                None => Answer::Back,
            },
            Answer::Back => Answer::Back,
        })
    }

    /// Runs a screen below this one.
    pub(super) fn below<T>(
        &mut self,
        title: impl Into<String>,
        screen: impl FnOnce(&mut Self) -> Flow<T>,
    ) -> Flow<T> {
        self.trail.push(title.into());
        let result = screen(self);
        self.trail.pop();
        result
    }

    /// Hands what waits to be said to the next question.
    pub(super) fn say_all(&mut self) {
        self.prompter.place(&self.trail);
        for line in std::mem::take(&mut self.said) {
            self.prompter.note(&line);
        }
    }

    /// Says something with the next question.
    pub(super) fn say(&mut self, line: impl Into<String>) {
        self.said.push(line.into());
    }

    /// Says what came of something that was done; whether it was.
    pub(super) fn report(&mut self, done: Result<Vec<String>, Complaint>) -> bool {
        let worked = done.is_ok();
        let lines = done.unwrap_or_else(|complaint| complaint.lines);
        self.said.extend(lines);
        worked
    }

    /// Carries out changes and says what was written where, or why not; whether they were made.
    pub(super) fn apply(&mut self, changes: &Changes) -> bool {
        let done = self.world.apply(changes);
        self.report(done)
    }

    /// Yes or no; Esc is no.
    pub(super) fn confirm(&mut self, question: &str, default: bool) -> Flow<bool> {
        self.say_all();
        let question = ConfirmQuestion::new(question, default);
        Ok(self.prompter.confirm(&question)? == Answer::Given(true))
    }
}
