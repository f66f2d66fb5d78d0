//! A secret: typed or pasted unseen, until it can be one.

use super::dialogue::{Dialogue, Step};
use super::entry::Entry;
use super::frame::{Canvas, Frame};
use super::keys::Key;
use super::line::{Line, Shown};
use crate::prompt::{PromptError, SecretQuestion};
use crate::secret::{LONGEST_SECRET, Secret, SecretError};

/// So many marks remain of a secret, however long it is.
const REMAINING_MARKS: usize = 8;

/// A question for a secret, and what is typed so far.
pub(super) struct Hidden<'a> {
    question: &'a SecretQuestion<'a>,
    line: Line,
    complaint: Option<SecretError>,
}

impl<'a> Hidden<'a> {
    pub(super) fn new(question: &'a SecretQuestion<'a>) -> Hidden<'a> {
        Hidden {
            question,
            // one character more than a secret can have, so that one too long is not cut to one that is not
            line: Line::secret(LONGEST_SECRET + char::MAX.len_utf8()),
            complaint: None,
        }
    }
}

impl Dialogue for Hidden<'_> {
    type Given = Secret;

    fn question(&self) -> &str {
        self.question.question
    }

    fn frame(&mut self, canvas: Canvas) -> Result<Frame, PromptError> {
        let shown = Shown::Hidden(canvas.marks().hidden);
        let complaint = self.complaint.map(explanation);
        let entry = Entry {
            question: self.question.question,
            line: &self.line,
            shown,
            complaint: complaint.as_deref(),
            below: Vec::new(),
            keys: &["Enter takes", "Esc goes back", "Ctrl-U starts over"],
        };
        entry.frame(canvas)
    }

    fn press(&mut self, key: Key) -> Step<Secret> {
        if key != Key::Enter {
            self.line.press(key);
            return Step::Open;
        }
        match Secret::from_input(self.line.text().to_owned()) {
            Ok(secret) => Step::Given(secret),
            Err(error) => {
                self.complaint = Some(error);
                Step::Open
            }
        }
    }

    fn is_blank(&self) -> bool {
        self.line.is_empty()
    }

    fn remains(&self, _given: &Secret, canvas: Canvas) -> String {
        canvas.marks().hidden.to_string().repeat(REMAINING_MARKS)
    }
}

fn explanation(error: SecretError) -> String {
    match error {
        SecretError::Empty => "nothing was typed; Esc goes back".to_owned(),
        SecretError::ControlCharacter { position } => {
            format!("character {position} is a control character")
        }
        SecretError::TooLong { length } => {
            format!("{length} bytes are too many: at most {LONGEST_SECRET}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::dialogue::play::{canvas, press, rows, typed};
    use super::*;

    const QUESTION: SecretQuestion<'_> = SecretQuestion {
        question: "API token",
    };

    fn exposed(secret: Option<Secret>) -> Option<String> {
        secret.map(|secret| secret.expose().to_owned())
    }

    #[test]
    fn a_secret_of_any_length_is_one_row_of_marks() {
        let token = "ATATT3x-é".repeat(500);
        let mut hidden = Hidden::new(&QUESTION);
        assert_eq!(exposed(press(&mut hidden, &typed(&token))), None);
        let frame = hidden.frame(canvas(40, 5)).expect("it fits");
        assert_eq!(rows(&frame), [format!("? API token {}", "*".repeat(26))]);
        let given = press(&mut hidden, &[Key::Enter]);
        assert_eq!(exposed(given), Some(token));
    }

    #[test]
    fn what_remains_tells_no_length() {
        let mut hidden = Hidden::new(&QUESTION);
        let given = press(&mut hidden, &[Key::Typed('x'), Key::Enter]).expect("a secret");
        assert_eq!(hidden.remains(&given, canvas(40, 5)), "********");
    }

    #[test]
    fn it_can_be_corrected_unseen() {
        let mut hidden = Hidden::new(&QUESTION);
        let mut keys = typed("wrong");
        keys.push(Key::DeleteToStart);
        keys.extend(typed("rightt"));
        keys.extend([Key::Backspace, Key::Unknown, Key::Enter]);
        assert_eq!(exposed(press(&mut hidden, &keys)).as_deref(), Some("right"));
    }

    #[test]
    fn nothing_is_no_secret() {
        let mut hidden = Hidden::new(&QUESTION);
        assert!(press(&mut hidden, &[Key::Typed(' '), Key::Enter]).is_none());
        let frame = hidden.frame(canvas(60, 5)).expect("it fits");
        assert_eq!(
            rows(&frame),
            ["? API token *", "! nothing was typed; Esc goes back"]
        );
    }

    #[test]
    fn one_too_long_is_refused_and_never_cut() {
        let mut hidden = Hidden::new(&QUESTION);
        for _ in 0..LONGEST_SECRET + 100 {
            press(&mut hidden, &[Key::Pasted('x')]);
        }
        assert!(press(&mut hidden, &[Key::Enter]).is_none());
        let length = LONGEST_SECRET + 4;
        assert_eq!(hidden.complaint, Some(SecretError::TooLong { length }));
    }
}
