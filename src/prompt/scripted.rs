//! A list of questions with their answers goes in; it answers them in order and keeps what was asked, so that a
//! flow of questions is tested without a terminal.

use super::{
    Answer, ConfirmQuestion, PromptError, Prompter, SecretQuestion, SelectQuestion, TextQuestion,
};
use crate::secret::Secret;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt::Debug;
use std::rc::Rc;

/// What to do when a question is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// Choose the row with this text.
    Row(String),
    /// Type this text. If the question refuses it, it is asked again and takes its next reply.
    Text(String),
    /// Type this secret.
    Secret(String),
    /// Yes or no.
    Confirm(bool),
    /// Press Enter at once: the marked row, the initial text or the default.
    Enter,
    /// Press Esc.
    Back,
    /// End in this way.
    Fail(PromptError),
}

/// The kinds of question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One of several rows.
    Select,
    /// A line of text.
    Text,
    /// A secret.
    Secret,
    /// Yes or no.
    Confirm,
}

/// A question that was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What kind of question.
    pub kind: Kind,
    /// The question.
    pub question: String,
    /// The rows of a select, in order; else empty.
    pub rows: Vec<String>,
    /// What stood there to be taken by Enter: the marked row, initial text or default, `yes` or `no`.
    pub offered: String,
    /// What was wrong with the answers before the one that was taken.
    pub complaints: Vec<String>,
}

/// Answers from a list. Clones share it: one is given away to be asked, the other is looked at afterwards.
#[derive(Debug, Clone)]
pub struct Scripted {
    script: Rc<RefCell<Script>>,
}

#[derive(Debug)]
struct Script {
    replies: VecDeque<(String, Reply)>,
    asked: Vec<Asked>,
}

impl Scripted {
    /// Expects these questions, word by word and in this order, and gives these replies.
    pub fn new<'a>(replies: impl IntoIterator<Item = (&'a str, Reply)>) -> Scripted {
        let replies = replies
            .into_iter()
            .map(|(question, reply)| (question.to_owned(), reply));
        let script = Script {
            replies: replies.collect(),
            asked: Vec::new(),
        };
        Scripted {
            script: Rc::new(RefCell::new(script)),
        }
    }

    /// What was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.script.borrow().asked.clone()
    }

    /// Makes sure that all questions were asked.
    ///
    /// # Panics
    ///
    /// If some were not.
    pub fn assert_finished(&self) {
        let left = &self.script.borrow().replies;
        assert!(left.is_empty(), "these were never asked: {left:?}");
    }

    fn ask(&self, kind: Kind, question: &str, rows: &[&str], offered: &str) -> Reply {
        let asked = Asked {
            kind,
            question: question.to_owned(),
            rows: rows.iter().copied().map(str::to_owned).collect(),
            offered: offered.to_owned(),
            complaints: Vec::new(),
        };
        self.script.borrow_mut().asked.push(asked);
        self.reply(question)
    }

    fn reply(&self, question: &str) -> Reply {
        match self.script.borrow_mut().replies.pop_front() {
            Some((expected, reply)) => {
                assert_eq!(question, expected, "another question was expected");
                reply
            }
            None => panic!("no question was expected, and this was asked: {question}"),
        }
    }

    /// The next reply to a question that has refused an answer.
    fn ask_again(&self, question: &str, complaint: String) -> Reply {
        if let Some(asked) = self.script.borrow_mut().asked.last_mut() {
            asked.complaints.push(complaint);
        }
        self.reply(question)
    }
}

fn mismatch(kind: Kind, question: &str, reply: &impl Debug) -> ! {
    panic!("`{question}` is a question of the kind {kind:?}, and the reply is {reply:?}")
}

/// A reply that does not fit its question panics and says so: the test is wrong, or what it tests.
impl Prompter for Scripted {
    fn select(&mut self, question: &SelectQuestion<'_>) -> Result<Answer<usize>, PromptError> {
        let rows = question.rows;
        let last = rows.len().checked_sub(1);
        let marked = question
            .marked
            .min(last.ok_or(PromptError::NothingToSelect)?);
        match self.ask(Kind::Select, question.question, rows, rows[marked]) {
            Reply::Row(text) => match rows.iter().position(|row| *row == text) {
                Some(index) => Ok(Answer::Given(index)),
                None => panic!("`{}` has no row {text:?}: {rows:?}", question.question),
            },
            Reply::Enter => Ok(Answer::Given(marked)),
            Reply::Back => Ok(Answer::Back),
            Reply::Fail(error) => Err(error),
            reply => mismatch(Kind::Select, question.question, &reply),
        }
    }

    fn text(&mut self, question: &TextQuestion<'_>) -> Result<Answer<String>, PromptError> {
        let offered = question.answer(question.initial);
        let mut reply = self.ask(Kind::Text, question.question, &[], offered);
        loop {
            let typed = match reply {
                Reply::Text(text) => text,
                Reply::Enter => question.initial.to_owned(),
                Reply::Back => return Ok(Answer::Back),
                Reply::Fail(error) => return Err(error),
                reply => mismatch(Kind::Text, question.question, &reply),
            };
            let answer = question.answer(&typed);
            match (question.check)(answer) {
                Ok(()) => return Ok(Answer::Given(answer.to_owned())),
                Err(complaint) => reply = self.ask_again(question.question, complaint),
            }
        }
    }

    fn secret(&mut self, question: &SecretQuestion<'_>) -> Result<Answer<Secret>, PromptError> {
        let mut reply = self.ask(Kind::Secret, question.question, &[], "");
        loop {
            let typed = match reply {
                Reply::Secret(text) => text,
                Reply::Enter => String::new(),
                Reply::Back => return Ok(Answer::Back),
                Reply::Fail(error) => return Err(error),
                reply => mismatch(Kind::Secret, question.question, &reply),
            };
            match Secret::from_input(typed) {
                Ok(secret) => return Ok(Answer::Given(secret)),
                Err(error) => reply = self.ask_again(question.question, error.to_string()),
            }
        }
    }

    fn confirm(&mut self, question: &ConfirmQuestion<'_>) -> Result<Answer<bool>, PromptError> {
        let offered = if question.default { "yes" } else { "no" };
        match self.ask(Kind::Confirm, question.question, &[], offered) {
            Reply::Confirm(answer) => Ok(Answer::Given(answer)),
            Reply::Enter => Ok(Answer::Given(question.default)),
            Reply::Back => Ok(Answer::Back),
            Reply::Fail(error) => Err(error),
            reply => mismatch(Kind::Confirm, question.question, &reply),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_answers_in_order_and_keeps_what_was_asked() {
        let script = Scripted::new([
            ("Which?", Reply::Row("Data Center".to_owned())),
            ("Name", Reply::Text("a b".to_owned())),
            ("Name", Reply::Text(" ab ".to_owned())),
            ("Token", Reply::Secret("hunter2".to_owned())),
            ("Sure?", Reply::Enter),
            ("Sure?", Reply::Back),
        ]);
        let mut prompter = script.clone();
        let rows = ["Cloud", "Data Center"];
        let row = prompter.select(&SelectQuestion::new("Which?", &rows));
        assert_eq!(row, Ok(Answer::Given(1)));
        let check = |text: &str| {
            if text.contains(' ') {
                Err("no spaces".to_owned())
            } else {
                Ok(())
            }
        };
        let question = TextQuestion::new("Name").initial("work").check(&check);
        let text = prompter.text(&question);
        assert_eq!(text, Ok(Answer::Given("ab".to_owned())));
        let secret = prompter.secret(&SecretQuestion::new("Token"));
        let exposed = secret.map(|secret| secret.map(|secret| secret.expose().to_owned()));
        assert_eq!(exposed, Ok(Answer::Given("hunter2".to_owned())));
        let question = ConfirmQuestion::new("Sure?", true);
        assert_eq!(prompter.confirm(&question), Ok(Answer::Given(true)));
        assert_eq!(prompter.confirm(&question), Ok(Answer::Back));
        script.assert_finished();
        let asked = &script.asked()[1];
        assert_eq!((asked.kind, asked.offered.as_str()), (Kind::Text, "work"));
        assert_eq!(asked.complaints, ["no spaces"]);
    }

    #[test]
    fn an_end_can_be_scripted() {
        let mut script = Scripted::new([("Sure?", Reply::Fail(PromptError::Interrupted))]);
        let question = ConfirmQuestion::new("Sure?", true);
        assert_eq!(script.confirm(&question), Err(PromptError::Interrupted));
    }

    #[test]
    #[should_panic(expected = "another question was expected")]
    fn another_question_than_expected_panics() {
        let mut script = Scripted::new([("Sure?", Reply::Enter)]);
        let _ = script.confirm(&ConfirmQuestion::new("Really?", true));
    }

    #[test]
    #[should_panic(expected = "no question was expected")]
    fn a_question_too_many_panics() {
        let _ = Scripted::new([]).confirm(&ConfirmQuestion::new("Really?", true));
    }

    #[test]
    #[should_panic(expected = "never asked")]
    fn a_question_that_is_not_asked_panics() {
        Scripted::new([("Sure?", Reply::Enter)]).assert_finished();
    }

    #[test]
    #[should_panic(expected = "of the kind Confirm")]
    fn a_reply_of_another_kind_panics() {
        let mut script = Scripted::new([("Sure?", Reply::Text("yes".to_owned()))]);
        let _ = script.confirm(&ConfirmQuestion::new("Sure?", true));
    }
}
