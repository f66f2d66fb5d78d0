//! A line of text: edited until it passes the question's check.

use super::dialogue::{Dialogue, Step};
use super::entry;
use super::frame::{Canvas, Frame};
use super::keys::Key;
use super::line::{Line, Shown};
use crate::prompt::{PromptError, TextQuestion};

/// A question for text, and what is typed so far.
pub(super) struct Text<'a> {
    question: &'a TextQuestion<'a>,
    /// With the default behind it.
    wording: String,
    line: Line,
    complaint: Option<String>,
}

impl<'a> Text<'a> {
    pub(super) fn new(question: &'a TextQuestion<'a>) -> Text<'a> {
        let wording = match question.default {
            Some(default) => format!("{} [{default}]", question.question),
            None => question.question.to_owned(),
        };
        Text {
            question,
            wording,
            line: Line::new(question.initial),
            complaint: None,
        }
    }
}

impl Dialogue for Text<'_> {
    type Given = String;

    fn question(&self) -> &str {
        self.question.question
    }

    fn frame(&mut self, canvas: Canvas) -> Result<Frame, PromptError> {
        let shown = Shown::Plain {
            cut: canvas.marks().cut,
        };
        let complaint = self.complaint.as_deref();
        entry::frame(canvas, &self.wording, &self.line, shown, complaint)
    }

    fn press(&mut self, key: Key) -> Step<String> {
        if key != Key::Enter {
            self.line.press(key);
            return Step::Open;
        }
        let answer = self.question.answer(self.line.text());
        match (self.question.check)(answer) {
            Ok(()) => Step::Given(answer.to_owned()),
            Err(complaint) => {
                self.complaint = Some(complaint);
                Step::Open
            }
        }
    }

    fn is_blank(&self) -> bool {
        self.line.is_empty()
    }

    fn remains(&self, given: &String, _canvas: Canvas) -> String {
        given.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::super::dialogue::play::{canvas, press, rows, typed};
    use super::*;

    fn https(answer: &str) -> Result<(), String> {
        if answer.starts_with("https://") {
            Ok(())
        } else {
            Err("an address starts with https://".to_owned())
        }
    }

    #[test]
    fn a_wrong_answer_is_explained_and_stays_for_editing() {
        let question = TextQuestion::new("Site").check(&https);
        let mut text = Text::new(&question);
        let mut keys = typed("acme.example ");
        keys.push(Key::Enter);
        assert_eq!(press(&mut text, &keys), None);
        let frame = text.frame(canvas(40, 5)).expect("it fits");
        assert_eq!(
            rows(&frame),
            ["? Site acme.example ", "! an address starts with https://"]
        );
        assert_eq!(frame.cursor, (0, 20));
        let mut keys = vec![Key::Home];
        keys.extend(typed("https://"));
        keys.push(Key::Enter);
        let given = press(&mut text, &keys);
        assert_eq!(given.as_deref(), Some("https://acme.example"));
    }

    #[test]
    fn enter_alone_is_the_default() {
        let question = TextQuestion::new("Name").default("work");
        let mut text = Text::new(&question);
        let frame = text.frame(canvas(60, 5)).expect("it fits");
        assert_eq!(rows(&frame), ["? Name [work] "]);
        assert_eq!(press(&mut text, &[Key::Enter]).as_deref(), Some("work"));
        let mut text = Text::new(&question);
        let keys = [Key::Typed('x'), Key::Enter];
        assert_eq!(press(&mut text, &keys).as_deref(), Some("x"));
    }

    #[test]
    fn the_initial_text_can_be_edited() {
        let question = TextQuestion::new("Name").initial("work");
        let mut text = Text::new(&question);
        assert!(!text.is_blank());
        let keys = [Key::Backspace, Key::Typed('d'), Key::Enter];
        assert_eq!(press(&mut text, &keys).as_deref(), Some("word"));
    }

    #[test]
    fn a_long_question_leaves_a_row_for_the_answer() {
        let question = TextQuestion::new("What is the address of your site?");
        let mut text = Text::new(&question);
        press(&mut text, &typed("https://acme.atlassian.net"));
        let frame = text.frame(canvas(24, 3)).expect("it fits");
        assert_eq!(
            rows(&frame),
            [
                "? What is the address",
                "  of your site?",
                "  ~acme.atlassian.net"
            ]
        );
        let too_small = PromptError::TooSmall {
            columns: 24,
            rows: 2,
            needed_columns: 20,
            needed_rows: 3,
        };
        assert_eq!(text.frame(canvas(24, 2)), Err(too_small));
    }
}
