//! Questions go in and are asked on the terminal: keys from standard input, everything shown on standard error, as
//! data goes to standard output.
//!
//! Written on keys and not on `dialoguer`: that leaves the cursor hidden and the echo off after Ctrl-C, takes Esc
//! for a part of a password and ignores it in a text, panics where there are fewer than three rows, knows no page
//! keys, and has no way to keep a wrong secret for editing. All of these are in how its loops read and draw, and
//! cannot be mended from outside. `console` says how large a terminal and how wide a character is, and reads the
//! keys of Windows.

mod confirm;
mod conversation;
#[cfg(unix)]
mod decoder;
mod dialogue;
mod entry;
mod finder;
mod frame;
#[cfg_attr(unix, path = "terminal/keyboard_unix.rs")]
#[cfg_attr(not(unix), path = "terminal/keyboard_other.rs")]
mod keyboard;
mod keys;
mod line;
mod list;
mod look;
mod manual;
mod marker;
mod menu;
mod screen;
mod search;
mod secret;
mod select;
mod sheet;
#[cfg(unix)]
mod signals;
#[cfg_attr(unix, path = "terminal/stage_unix.rs")]
#[cfg_attr(not(unix), path = "terminal/stage_other.rs")]
mod stage;
mod table;
mod text;
mod width;

pub use look::Look;

use super::{
    Answer, ConfirmQuestion, ListQuestion, MenuQuestion, PromptError, Prompter, SearchQuestion,
    SecretQuestion, SelectQuestion, TextQuestion,
};
use crate::secret::Secret;
use confirm::Confirm;
use conversation::{Above, Conversation, canvas};
use dialogue::Dialogue;
use frame::{Frame, Row, Style};
use keyboard::Keyboard;
use keys::Key;
use list::List;
use menu::{LEAST_SIZE, Menu};
use screen::Screen;
use search::Search;
use secret::Hidden;
use select::Select;
use stage::Stage;
use std::io::{self, Write};
use text::Text;

/// Something that happens while a question is asked.
enum Event {
    /// A key was pressed.
    Key(Key),
    /// The terminal has another size.
    #[cfg_attr(not(unix), expect(dead_code, reason = "the next key finds it"))]
    Resized,
    /// The process was stopped and goes on.
    #[cfg_attr(not(unix), expect(dead_code, reason = "there is no such thing"))]
    Resumed,
}

/// Asks on the terminal of this process.
///
/// While a question is asked the terminal is in a mode of its own. It is as it was before at any other time, and
/// after every end of the question: an answer, Esc, Ctrl-C, a signal, an error, a panic. What is typed ahead
/// answers the next question.
pub struct TerminalPrompter {
    look: Look,
    // dropped before the stage, whose mode is the one it goes back to
    keyboard: Keyboard,
    /// Where each question has a screen of its own.
    stage: Option<Stage>,
    /// What waits for the next question.
    notes: Vec<String>,
    /// Where the questions belong.
    place: Vec<String>,
}

impl TerminalPrompter {
    /// Nothing is read or shown before the first question.
    pub fn new(look: Look) -> TerminalPrompter {
        TerminalPrompter {
            look,
            keyboard: Keyboard::new(),
            stage: None,
            notes: Vec::new(),
            place: Vec::new(),
        }
    }

    fn ask<D: Dialogue>(&mut self, dialogue: D) -> Result<Answer<D::Given>, PromptError> {
        let notes = std::mem::take(&mut self.notes);
        let stage = self.stage.as_mut();
        let above = Above {
            place: &self.place,
            notes,
        };
        Conversation::new(self.look, &mut self.keyboard, stage, above).ask(dialogue)
    }
}

impl Prompter for TerminalPrompter {
    fn select(&mut self, question: &SelectQuestion<'_>) -> Result<Answer<usize>, PromptError> {
        self.ask(Select::new(question)?)
    }

    fn text(&mut self, question: &TextQuestion<'_>) -> Result<Answer<String>, PromptError> {
        self.ask(Text::new(question))
    }

    fn secret(&mut self, question: &SecretQuestion<'_>) -> Result<Answer<Secret>, PromptError> {
        self.ask(Hidden::new(question))
    }

    fn confirm(&mut self, question: &ConfirmQuestion<'_>) -> Result<Answer<bool>, PromptError> {
        self.ask(Confirm::new(question))
    }

    fn menu(&mut self, question: &MenuQuestion<'_>) -> Result<Answer<usize>, PromptError> {
        self.ask(Menu::new(question)?)
    }

    fn search(&mut self, question: &SearchQuestion<'_>) -> Result<Answer<usize>, PromptError> {
        self.ask(Search::new(question)?)
    }

    fn list(&mut self, question: &ListQuestion<'_>) -> Result<Answer<Vec<String>>, PromptError> {
        self.ask(List::new(question))
    }

    fn note(&mut self, text: &str) {
        self.notes.push(text.to_owned());
    }

    fn place(&mut self, titles: &[String]) {
        self.place = titles.to_vec();
    }

    fn busy(&mut self, text: &str) -> Result<(), PromptError> {
        let canvas = canvas(self.look, self.stage.is_some());
        let Some(stage) = &mut self.stage else {
            return show(&canvas.written(text));
        };
        let row = |line: String| Row::of(Style::Plain, line);
        let rows: Vec<Row> = canvas.lines(text).into_iter().map(row).collect();
        let frame = Frame {
            cursor: (rows.len(), 0),
            rows,
        };
        stage.busy(&Screen::new(self.look, true).draw(&frame, canvas.size))
    }

    fn begin_screens(&mut self) -> Result<(), PromptError> {
        if self.stage.is_none() {
            canvas(self.look, true).require_size(LEAST_SIZE)?;
            self.stage = Some(Stage::enter()?);
        }
        Ok(())
    }

    fn end_screens(&mut self) -> Result<(), PromptError> {
        let Some(mut stage) = self.stage.take() else {
            return Ok(());
        };
        stage.leave()?;
        // what no question has shown would be lost
        let canvas = canvas(self.look, false);
        let notes = std::mem::take(&mut self.notes);
        let written = notes.iter().map(|note| canvas.written(note));
        show(&written.collect::<String>())
    }
}

fn show(text: &str) -> Result<(), PromptError> {
    let mut output = io::stderr().lock();
    let shown = output
        .write_all(text.as_bytes())
        .and_then(|()| output.flush());
    shown.map_err(|error| PromptError::Write(error.kind()))
}
