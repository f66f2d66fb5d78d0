//! A list of questions with their answers goes in; it answers them in order and keeps what was asked, so that a
//! flow of questions is tested without a terminal.

mod answers;
mod record;
#[cfg(test)]
mod tests;

pub use record::{Asked, Edit, Kind, Reply};

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt::Debug;
use std::rc::Rc;

/// Answers from a list. Clones share it: one is given away to be asked, the other is looked at afterwards.
///
/// A reply that does not fit its question panics and says so: the test is wrong, or what it tests.
#[derive(Debug, Clone)]
pub struct Scripted {
    script: Rc<RefCell<Script>>,
}

#[derive(Debug)]
struct Script {
    replies: VecDeque<(String, Reply)>,
    asked: Vec<Asked>,
    /// What waits for the next question.
    notes: Vec<String>,
    busy: Vec<String>,
    /// Whether each question has a screen of its own.
    on_screen: bool,
}

impl Scripted {
    /// Expects these questions, word by word and in this order, and gives these replies. A menu, search or list is
    /// expected by its title.
    pub fn new<'a>(replies: impl IntoIterator<Item = (&'a str, Reply)>) -> Scripted {
        let replies = replies
            .into_iter()
            .map(|(question, reply)| (question.to_owned(), reply));
        let script = Script {
            replies: replies.collect(),
            asked: Vec::new(),
            notes: Vec::new(),
            busy: Vec::new(),
            on_screen: false,
        };
        Scripted {
            script: Rc::new(RefCell::new(script)),
        }
    }

    /// What was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.script.borrow().asked.clone()
    }

    /// What was said to be going on, in order.
    pub fn busy_with(&self) -> Vec<String> {
        self.script.borrow().busy.clone()
    }

    /// What was said after the last question and never shown with one.
    pub fn notes_left(&self) -> Vec<String> {
        self.script.borrow().notes.clone()
    }

    /// Makes sure that all questions were asked, and that the screens were ended.
    ///
    /// # Panics
    ///
    /// If they were not.
    pub fn assert_finished(&self) {
        let script = self.script.borrow();
        let left = &script.replies;
        assert!(left.is_empty(), "these were never asked: {left:?}");
        assert!(!script.on_screen, "the screens were begun and never ended");
    }

    fn ask(&self, asked: Asked) -> Reply {
        let question = asked.question.clone();
        {
            let mut script = self.script.borrow_mut();
            let asked = Asked {
                notes: std::mem::take(&mut script.notes),
                on_screen: script.on_screen,
                ..asked
            };
            script.asked.push(asked);
        }
        self.reply(&question)
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

    fn complain(&self, complaint: String) {
        if let Some(asked) = self.script.borrow_mut().asked.last_mut() {
            asked.complaints.push(complaint);
        }
    }

    /// The next reply to a question that has refused an answer.
    fn ask_again(&self, question: &str, complaint: String) -> Reply {
        self.complain(complaint);
        self.reply(question)
    }
}

fn mismatch(kind: Kind, question: &str, reply: &impl Debug) -> ! {
    panic!("`{question}` is a question of the kind {kind:?}, and the reply is {reply:?}")
}
