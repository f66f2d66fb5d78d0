//! A question goes in and is asked to its end: what it looks like is shown, keys are handed to it, and what came
//! of it comes out.

use super::dialogue::{Dialogue, Step};
use super::frame::{Canvas, Frame, Row, Size, Style};
use super::keyboard::Keyboard;
use super::keys::Key;
use super::look::Look;
use super::screen::Screen;
use super::sheet::{SPACIOUS, fitting, heading};
use super::stage::Stage;
use super::{Event, show};
use crate::prompt::{Answer, PromptError};
use console::Term;

/// The size of a terminal that does not tell it, such as a serial line: that of the terminals all others copy.
const UNKNOWN_SIZE: Size = Size {
    columns: 80,
    rows: 24,
};

/// Notes leave at least so many rows to a question: to a page of rows, and to what is typed behind a question.
const LEAST_FOR_PAGE: usize = 8;
const LEAST_FOR_LINE: usize = 5;

/// What stands above a question.
pub(super) struct Above<'a> {
    /// The titles of the menus that led to it, on a screen of its own.
    pub place: &'a [String],
    /// What is said.
    pub notes: Vec<String>,
}

/// A question while it is asked on the terminal.
pub(super) struct Conversation<'a> {
    look: Look,
    keyboard: &'a mut Keyboard,
    /// Where it has a screen of its own.
    stage: Option<&'a mut Stage>,
    screen: Screen,
    above: Above<'a>,
    is_shown: bool,
    /// The terminal has become too small, and keys mean nothing until it is larger.
    is_too_small: bool,
}

impl<'a> Conversation<'a> {
    pub(super) fn new(
        look: Look,
        keyboard: &'a mut Keyboard,
        stage: Option<&'a mut Stage>,
        above: Above<'a>,
    ) -> Conversation<'a> {
        Conversation {
            look,
            keyboard,
            screen: Screen::new(look, stage.is_some()),
            stage,
            above,
            is_shown: false,
            is_too_small: false,
        }
    }

    /// Asks; the terminal is as it was before, whatever comes of it.
    pub(super) fn ask<D: Dialogue>(
        mut self,
        mut dialogue: D,
    ) -> Result<Answer<D::Given>, PromptError> {
        if let Some(stage) = self.stage.as_deref_mut() {
            stage.busy("")?;
        }
        self.keyboard.begin()?;
        let answer = self.converse(&mut dialogue);
        let left = show(&self.screen.leave());
        match (self.keyboard.end(), answer) {
            // where the terminal was closed much else fails, too
            (Err(signal @ (PromptError::Terminated | PromptError::HungUp)), _) => Err(signal),
            (_, Err(error)) => Err(error),
            (ended, Ok(answer)) => left.and(ended).map(|()| answer),
        }
    }

    fn converse<D: Dialogue>(&mut self, dialogue: &mut D) -> Result<Answer<D::Given>, PromptError> {
        if self.stage.is_none() {
            for note in std::mem::take(&mut self.above.notes) {
                show(&self.canvas().written(&note))?;
            }
        }
        loop {
            match self.next_key(dialogue)? {
                None => {}
                Some(Key::Interrupt) => {
                    self.leave(dialogue.question(), "Ctrl-C")?;
                    return Err(PromptError::Interrupted);
                }
                Some(Key::Suspend) => {
                    show(&self.screen.leave())?;
                    self.keyboard.suspend(self.stage.as_deref_mut())?;
                }
                Some(Key::Escape) if !self.is_too_small && dialogue.escape() => {}
                Some(Key::Escape) => {
                    self.leave(dialogue.question(), "Esc")?;
                    return Ok(Answer::Back);
                }
                Some(_) if self.is_too_small => {}
                Some(Key::EndOfInput) if dialogue.is_blank() => {
                    return Err(PromptError::EndOfInput);
                }
                Some(key) => {
                    if let Step::Given(given) = dialogue.press(key) {
                        let canvas = self.canvas();
                        let remains = dialogue.remains(&given, canvas);
                        self.remain(&canvas.answered(dialogue.question(), &remains))?;
                        return Ok(Answer::Given(given));
                    }
                }
            }
        }
    }

    /// The next key; without one something else has happened, and the question is to be drawn anew.
    fn next_key<D: Dialogue>(&mut self, dialogue: &mut D) -> Result<Option<Key>, PromptError> {
        if let Some(key) = self.keyboard.key_at_hand() {
            return Ok(Some(key));
        }
        // only now: a paste is many keys and one drawing
        self.draw(dialogue)?;
        while dialogue.is_unfinished() && !Keyboard::is_ready()? {
            self.draw(dialogue)?;
        }
        match self.keyboard.wait()? {
            Event::Key(key) => return Ok(Some(key)),
            Event::Resized => self.screen.resized(),
            Event::Resumed => {
                if let Some(stage) = self.stage.as_deref_mut() {
                    stage.resume()?;
                }
                self.screen.forget();
            }
        }
        Ok(None)
    }

    fn draw<D: Dialogue>(&mut self, dialogue: &mut D) -> Result<(), PromptError> {
        let canvas = self.canvas();
        let frame = match self.frame(dialogue, canvas) {
            // where it was large enough before, it can be again
            Err(error @ PromptError::TooSmall { .. }) if self.is_shown && canvas.whole => {
                self.is_too_small = true;
                too_small(canvas, error)
            }
            frame => {
                self.is_too_small = false;
                frame?
            }
        };
        show(&self.screen.draw(&frame, canvas.size))?;
        self.is_shown = true;
        Ok(())
    }

    /// The question's frame, with the notes in their place.
    fn frame<D: Dialogue>(&self, dialogue: &mut D, canvas: Canvas) -> Result<Frame, PromptError> {
        if let Some(least) = dialogue.least_size() {
            canvas.require_size(least)?;
        }
        let heading = self.heading(dialogue, canvas);
        let lines: Vec<String> = self
            .above
            .notes
            .iter()
            .flat_map(|note| canvas.lines(note))
            .collect();
        let least = match dialogue.least_size() {
            Some(_) => LEAST_FOR_PAGE,
            None => LEAST_FOR_LINE,
        };
        let room = canvas.size.rows.saturating_sub(least + 1 + heading.len());
        let mut notes = fitting(canvas, lines, room, Style::Plain);
        if !notes.is_empty() {
            notes.push(Row::default());
        }
        notes.splice(0..0, heading);
        let mut rest = canvas;
        rest.size.rows -= notes.len();
        let mut frame = dialogue.frame(rest)?;
        let place = dialogue.place_for_notes().min(frame.rows.len());
        if frame.cursor.0 >= place {
            frame.cursor.0 += notes.len();
        }
        frame.rows.splice(place..place, notes);
        Ok(frame)
    }

    /// Where a question belongs that has no title of its own, and an empty row; nothing where there is no room for it.
    fn heading<D: Dialogue>(&self, dialogue: &D, canvas: Canvas) -> Vec<Row> {
        let has_title = dialogue.least_size().is_some();
        let Some((last, before)) = self.above.place.split_last() else {
            return Vec::new();
        };
        if has_title || self.stage.is_none() || canvas.size.rows < SPACIOUS {
            return Vec::new();
        }
        let before: Vec<&str> = before.iter().map(String::as_str).collect();
        vec![heading(canvas, &before, last), Row::default()]
    }

    /// Shows that a question was left.
    fn leave(&mut self, question: &str, how: &str) -> Result<(), PromptError> {
        self.remain(&self.canvas().left(question, how))
    }

    /// Shows what remains of a question, where something does.
    fn remain(&mut self, frame: &Frame) -> Result<(), PromptError> {
        if self.stage.is_some() {
            return Ok(());
        }
        let size = self.canvas().size;
        show(&self.screen.draw(frame, size))
    }

    fn canvas(&self) -> Canvas {
        canvas(self.look, self.stage.is_some())
    }
}

/// The terminal as it is now.
pub(super) fn canvas(look: Look, whole: bool) -> Canvas {
    let size = Term::stderr().size_checked();
    let size = size.map_or(UNKNOWN_SIZE, |(rows, columns)| Size {
        columns: columns.into(),
        rows: rows.into(),
    });
    Canvas { look, size, whole }
}

fn too_small(canvas: Canvas, error: PromptError) -> Frame {
    let text = match error {
        PromptError::TooSmall {
            needed_columns,
            needed_rows,
            ..
        } => format!("too small: {needed_columns}x{needed_rows} is needed"),
        error => error.to_string(),
    };
    let columns = canvas.size.columns.saturating_sub(1);
    Frame {
        rows: vec![Row::of(Style::Plain, canvas.cut(&text, columns))],
        cursor: (0, 0),
    }
}
