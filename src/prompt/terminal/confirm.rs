//! Yes or no: a letter chooses, Enter takes.
//!
//! Two keys, so that one which was meant for something else, or a text that is pasted by mistake, decides nothing.

use super::dialogue::{Dialogue, Step};
use super::frame::{Canvas, Frame};
use super::keys::Key;
use crate::prompt::{ConfirmQuestion, PromptError};

const YES: &str = "yes";
const NO: &str = "no";

/// A question for yes or no, and what is chosen so far.
pub(super) struct Confirm<'a> {
    question: &'a ConfirmQuestion<'a>,
    /// With the keys behind it.
    wording: String,
    chosen: Option<bool>,
}

impl<'a> Confirm<'a> {
    pub(super) fn new(question: &'a ConfirmQuestion<'a>) -> Confirm<'a> {
        let keys = if question.default { "Y/n" } else { "y/N" };
        Confirm {
            question,
            wording: format!("{} [{keys}]", question.question),
            chosen: None,
        }
    }
}

impl Dialogue for Confirm<'_> {
    type Given = bool;

    fn question(&self) -> &str {
        self.question.question
    }

    fn frame(&mut self, canvas: Canvas) -> Result<Frame, PromptError> {
        // the word is wrapped with the question: it is never on its own without room
        let chosen = self.chosen.map_or("", word);
        let frame = canvas.asking(&format!("{} {chosen}", self.wording));
        canvas.require(frame.rows.len())?;
        Ok(frame)
    }

    fn press(&mut self, key: Key) -> Step<bool> {
        match key {
            Key::Enter => return Step::Given(self.chosen.unwrap_or(self.question.default)),
            Key::Typed('y' | 'Y') => self.chosen = Some(true),
            Key::Typed('n' | 'N') => self.chosen = Some(false),
            Key::Backspace | Key::DeleteToStart => self.chosen = None,
            _ => {}
        }
        Step::Open
    }

    fn is_blank(&self) -> bool {
        true
    }

    fn remains(&self, given: &bool, _canvas: Canvas) -> String {
        word(*given).to_owned()
    }
}

fn word(answer: bool) -> &'static str {
    if answer { YES } else { NO }
}

#[cfg(test)]
mod tests {
    use super::super::dialogue::play::{canvas, press, rows, typed};
    use super::*;

    fn answer(default: bool, keys: &[Key]) -> Option<bool> {
        let question = ConfirmQuestion::new("Sure?", default);
        press(&mut Confirm::new(&question), keys)
    }

    #[test]
    fn a_letter_and_enter_answer() {
        let enter = Key::Enter;
        assert_eq!(answer(false, &[Key::Typed('y'), enter]), Some(true));
        assert_eq!(answer(true, &[Key::Typed('N'), enter]), Some(false));
        assert_eq!(answer(true, &[enter]), Some(true));
        assert_eq!(answer(false, &[enter]), Some(false));
        let changed = [Key::Typed('y'), Key::Backspace, enter];
        assert_eq!(answer(false, &changed), Some(false));
    }

    #[test]
    fn neither_words_nor_pastes_answer() {
        assert_eq!(answer(false, &typed("y")), None);
        assert_eq!(answer(false, &[Key::Pasted('y'), Key::Enter]), Some(false));
        assert_eq!(answer(false, &[Key::Typed('x'), Key::Enter]), Some(false));
    }

    #[test]
    fn what_is_chosen_stands_behind_the_question() {
        let question = ConfirmQuestion::new("Remove all of `profiles.work`?", false);
        let mut confirm = Confirm::new(&question);
        let frame = confirm.frame(canvas(60, 5)).expect("it fits");
        assert_eq!(rows(&frame), ["? Remove all of `profiles.work`? [y/N] "]);
        assert_eq!(frame.cursor, (0, 39));
        press(&mut confirm, &[Key::Typed('y')]);
        let frame = confirm.frame(canvas(42, 5)).expect("it fits");
        assert_eq!(
            rows(&frame),
            ["? Remove all of `profiles.work`? [y/N]", "  yes"]
        );
    }
}
