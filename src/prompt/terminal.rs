//! Questions go in and are asked on the terminal: keys from standard input, everything shown on standard error, as
//! data goes to standard output.
//!
//! Written on keys and not on `dialoguer`: that leaves the cursor hidden and the echo off after Ctrl-C, takes Esc
//! for a part of a password and ignores it in a text, panics where there are fewer than three rows, knows no page
//! keys, and has no way to keep a wrong secret for editing. All of these are in how its loops read and draw, and
//! cannot be mended from outside. `console` says how large a terminal and how wide a character is, and reads the
//! keys of Windows.

mod confirm;
#[cfg(unix)]
mod decoder;
mod dialogue;
mod entry;
mod frame;
#[cfg_attr(unix, path = "terminal/keyboard_unix.rs")]
#[cfg_attr(not(unix), path = "terminal/keyboard_other.rs")]
mod keyboard;
mod keys;
mod line;
mod look;
mod screen;
mod secret;
mod select;
#[cfg(unix)]
mod signals;
mod text;
mod width;

pub use look::Look;

use super::{
    Answer, ConfirmQuestion, ListQuestion, MenuQuestion, PromptError, Prompter, SearchQuestion,
    SecretQuestion, SelectQuestion, TextQuestion,
};
use crate::secret::Secret;
use confirm::Confirm;
use console::Term;
use dialogue::{Dialogue, Step};
use frame::{Canvas, Size};
use keyboard::Keyboard;
use keys::Key;
use screen::Screen;
use secret::Hidden;
use select::Select;
use std::io::{self, Write};
use text::Text;

/// The size of a terminal that does not tell it, such as a serial line: that of the terminals all others copy.
const UNKNOWN_SIZE: Size = Size {
    columns: 80,
    rows: 24,
};

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
    keyboard: Keyboard,
}

impl TerminalPrompter {
    /// Nothing is read or shown before the first question.
    pub fn new(look: Look) -> TerminalPrompter {
        TerminalPrompter {
            look,
            keyboard: Keyboard::new(),
        }
    }

    fn ask<D: Dialogue>(&mut self, mut dialogue: D) -> Result<Answer<D::Given>, PromptError> {
        self.keyboard.begin()?;
        let mut screen = Screen::new(self.look);
        let answer = self.converse(&mut dialogue, &mut screen);
        let left = show(&screen.leave());
        match (self.keyboard.end(), answer) {
            // where the terminal was closed much else fails, too
            (Err(signal @ (PromptError::Terminated | PromptError::HungUp)), _) => Err(signal),
            (_, Err(error)) => Err(error),
            (ended, Ok(answer)) => left.and(ended).map(|()| answer),
        }
    }

    fn converse<D: Dialogue>(
        &mut self,
        dialogue: &mut D,
        screen: &mut Screen,
    ) -> Result<Answer<D::Given>, PromptError> {
        loop {
            let event = if let Some(key) = self.keyboard.key_at_hand() {
                Event::Key(key)
            } else {
                // only now: a paste is many keys and one drawing
                let canvas = self.canvas();
                show(&screen.draw(&dialogue.frame(canvas)?, canvas.size))?;
                self.keyboard.wait()?
            };
            let key = match event {
                Event::Key(key) => key,
                Event::Resized => continue,
                Event::Resumed => {
                    screen.forget();
                    continue;
                }
            };
            let canvas = self.canvas();
            let leave = |screen: &mut Screen, how| {
                let frame = canvas.left(dialogue.question(), how);
                show(&screen.draw(&frame, canvas.size))
            };
            match key {
                Key::Escape => {
                    leave(screen, "Esc")?;
                    return Ok(Answer::Back);
                }
                Key::Interrupt => {
                    leave(screen, "Ctrl-C")?;
                    return Err(PromptError::Interrupted);
                }
                Key::EndOfInput if dialogue.is_blank() => return Err(PromptError::EndOfInput),
                Key::Suspend => {
                    show(&screen.leave())?;
                    self.keyboard.suspend()?;
                }
                key => {
                    if let Step::Given(given) = dialogue.press(key) {
                        let remains = dialogue.remains(&given, canvas);
                        let frame = canvas.answered(dialogue.question(), &remains);
                        show(&screen.draw(&frame, canvas.size))?;
                        return Ok(Answer::Given(given));
                    }
                }
            }
        }
    }

    fn canvas(&self) -> Canvas {
        let size = Term::stderr().size_checked();
        let size = size.map_or(UNKNOWN_SIZE, |(rows, columns)| Size {
            columns: columns.into(),
            rows: rows.into(),
        });
        Canvas {
            look: self.look,
            size,
        }
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
        let rows: Vec<String> = question
            .rows
            .iter()
            .map(|row| format!("{}  {}", row.label, row.value))
            .collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        self.select(&SelectQuestion::new(question.title, &rows).marked(question.marked))
    }

    fn search(&mut self, question: &SearchQuestion<'_>) -> Result<Answer<usize>, PromptError> {
        let rows: Vec<String> = (0..question.rows.count())
            .map(|index| question.rows.text(index).into_owned())
            .collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        self.select(&SelectQuestion::new(question.title, &rows))
    }

    fn list(&mut self, question: &ListQuestion<'_>) -> Result<Answer<Vec<String>>, PromptError> {
        let initial = question.items.join(", ");
        let items = |typed: &str| -> Vec<String> {
            typed
                .split(',')
                .map(|item| item.trim().to_owned())
                .collect()
        };
        let check = |typed: &str| {
            let complaint = items(typed)
                .iter()
                .find_map(|item| question.complaint(item));
            complaint.map_or(Ok(()), Err)
        };
        let text = TextQuestion::new(question.title)
            .initial(&initial)
            .check(&check);
        Ok(self.text(&text)?.map(|typed| items(&typed)))
    }

    fn note(&mut self, text: &str) {
        // the question behind it tells what is wrong with the terminal
        let _ = show(&format!("{text}\r\n"));
    }

    fn busy(&mut self, text: &str) -> Result<(), PromptError> {
        show(&format!("{text}\r\n"))
    }

    fn begin_screens(&mut self) -> Result<(), PromptError> {
        Ok(())
    }

    fn end_screens(&mut self) -> Result<(), PromptError> {
        Ok(())
    }
}

fn show(text: &str) -> Result<(), PromptError> {
    let mut output = io::stderr().lock();
    let shown = output
        .write_all(text.as_bytes())
        .and_then(|()| output.flush());
    shown.map_err(|error| PromptError::Write(error.kind()))
}
