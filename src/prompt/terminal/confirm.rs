//! Yes or no: a letter or the word, and Enter.
//!
//! Two keys, so that one which was meant for something else decides nothing, and neither does a text that is
//! pasted by mistake.

use super::dialogue::{Dialogue, Step};
use super::entry::Entry;
use super::frame::{Canvas, Frame};
use super::keys::Key;
use super::line::{Line, Shown};
use crate::prompt::{ConfirmQuestion, PromptError};

const COMPLAINT: &str = "answer y or n";

/// A question for yes or no, and what is typed so far.
pub(super) struct Confirm<'a> {
    question: &'a ConfirmQuestion<'a>,
    /// With the letters behind it.
    wording: String,
    line: Line,
    /// Whether something else was answered.
    refused: bool,
}

impl<'a> Confirm<'a> {
    pub(super) fn new(question: &'a ConfirmQuestion<'a>) -> Confirm<'a> {
        let letters = if question.default { "Y/n" } else { "y/N" };
        Confirm {
            question,
            wording: format!("{} [{letters}]", question.question),
            line: Line::new(""),
            refused: false,
        }
    }
}

impl Dialogue for Confirm<'_> {
    type Given = bool;

    fn question(&self) -> &str {
        self.question.question
    }

    fn frame(&mut self, canvas: Canvas) -> Result<Frame, PromptError> {
        let shown = Shown::Plain {
            cut: canvas.marks().cut,
        };
        let entry = Entry {
            question: &self.wording,
            line: &self.line,
            shown,
            complaint: self.refused.then_some(COMPLAINT),
            below: Vec::new(),
            keys: &["y or n", "Enter takes", "Esc goes back"],
        };
        entry.frame(canvas)
    }

    fn press(&mut self, key: Key) -> Step<bool> {
        if key != Key::Enter {
            self.line.press(key);
            return Step::Open;
        }
        match self.line.text().trim().to_lowercase().as_str() {
            "" => Step::Given(self.question.default),
            "y" | "yes" => Step::Given(true),
            "n" | "no" => Step::Given(false),
            _ => {
                self.refused = true;
                Step::Open
            }
        }
    }

    fn is_blank(&self) -> bool {
        self.line.is_empty()
    }

    fn remains(&self, given: &bool, _canvas: Canvas) -> String {
        if *given { "yes" } else { "no" }.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::super::dialogue::play::{canvas, press, rows, typed};
    use super::*;

    fn answer(default: bool, text: &str) -> Option<bool> {
        let question = ConfirmQuestion::new("Sure?", default);
        let mut keys = typed(text);
        keys.push(Key::Enter);
        press(&mut Confirm::new(&question), &keys)
    }

    #[test]
    fn letters_and_words_answer() {
        for default in [false, true] {
            assert_eq!(answer(default, ""), Some(default));
            for yes in ["y", "Y", "yes", "YES", " y "] {
                assert_eq!(answer(default, yes), Some(true), "{yes}");
            }
            for no in ["n", "No"] {
                assert_eq!(answer(default, no), Some(false), "{no}");
            }
        }
    }

    #[test]
    fn nothing_else_answers() {
        for text in ["yes please", "yy", "x", "yn"] {
            assert_eq!(answer(true, text), None, "{text}");
        }
        let question = ConfirmQuestion::new("Sure?", false);
        let mut confirm = Confirm::new(&question);
        assert_eq!(press(&mut confirm, &typed("y")), None);
    }

    #[test]
    fn what_is_typed_stands_behind_the_question() {
        let question = ConfirmQuestion::new("Remove all of `profiles.work`?", false);
        let mut confirm = Confirm::new(&question);
        let mut keys = typed("maybe");
        keys.push(Key::Enter);
        press(&mut confirm, &keys);
        let frame = confirm.frame(canvas(60, 5)).expect("it fits");
        assert_eq!(
            rows(&frame),
            [
                "? Remove all of `profiles.work`? [y/N] maybe",
                "! answer y or n"
            ]
        );
        assert_eq!(frame.cursor, (0, 44));
    }
}
