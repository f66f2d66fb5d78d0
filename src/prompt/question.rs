//! The kinds of question, as data. Texts may come from files: they are escaped when they are shown.

mod list;
mod menu;
mod search;

pub use list::ListQuestion;
pub use menu::{MenuQuestion, MenuRow};
pub use search::{SearchQuestion, SearchRows};

use std::fmt;

/// What a check says about an answer: nothing, or what is wrong with it, in words for the person who typed it.
pub type Check<'a> = &'a dyn Fn(&str) -> Result<(), String>;

/// What a text could go on to be: whole texts, each of which starts with what is typed.
pub type Completion<'a> = &'a dyn Fn(&str) -> Vec<String>;

/// Which of several rows?
#[derive(Debug, Clone, Copy)]
pub struct SelectQuestion<'a> {
    /// The question, on one line.
    pub question: &'a str,
    /// The rows to choose from.
    pub rows: &'a [&'a str],
    /// The index of the row that is marked at first; beyond the last row it is the last.
    pub marked: usize,
}

impl<'a> SelectQuestion<'a> {
    /// Asks for one of `rows`, with the first one marked.
    pub fn new(question: &'a str, rows: &'a [&'a str]) -> SelectQuestion<'a> {
        SelectQuestion {
            question,
            rows,
            marked: 0,
        }
    }

    /// Marks another row at first.
    #[must_use]
    pub fn marked(self, marked: usize) -> SelectQuestion<'a> {
        SelectQuestion { marked, ..self }
    }
}

/// What text?
#[derive(Clone, Copy)]
pub struct TextQuestion<'a> {
    /// The question, on one line.
    pub question: &'a str,
    /// What stands there at first, to be edited.
    pub initial: &'a str,
    /// The answer if nothing is typed; shown with the question.
    pub default: Option<&'a str>,
    /// Called with the answer, white space at its ends left out. An answer that it refuses stays for editing.
    pub check: Check<'a>,
    /// Asked by Tab.
    pub completion: Option<Completion<'a>>,
    /// Said below the question; wrapped to the width.
    pub help: &'a str,
}

impl<'a> TextQuestion<'a> {
    /// Asks for any text, the empty one too.
    pub fn new(question: &'a str) -> TextQuestion<'a> {
        TextQuestion {
            question,
            initial: "",
            default: None,
            check: &|_| Ok(()),
            completion: None,
            help: "",
        }
    }

    /// Starts with a text to edit.
    #[must_use]
    pub fn initial(self, initial: &'a str) -> TextQuestion<'a> {
        TextQuestion { initial, ..self }
    }

    /// Takes Enter alone for this answer.
    #[must_use]
    pub fn default(self, default: &'a str) -> TextQuestion<'a> {
        TextQuestion {
            default: Some(default),
            ..self
        }
    }

    /// Takes only answers that pass.
    #[must_use]
    pub fn check(self, check: Check<'a>) -> TextQuestion<'a> {
        TextQuestion { check, ..self }
    }

    /// Completes what is typed when Tab is pressed.
    #[must_use]
    pub fn completion(self, completion: Completion<'a>) -> TextQuestion<'a> {
        TextQuestion {
            completion: Some(completion),
            ..self
        }
    }

    /// Says something below the question.
    #[must_use]
    pub fn help(self, help: &'a str) -> TextQuestion<'a> {
        TextQuestion { help, ..self }
    }

    /// The answer that a typed text means.
    pub(super) fn answer<'text>(&self, typed: &'text str) -> &'text str
    where
        'a: 'text,
    {
        match (typed.trim(), self.default) {
            ("", Some(default)) => default,
            (text, _) => text,
        }
    }
}

impl fmt::Debug for TextQuestion<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TextQuestion")
            .field("question", &self.question)
            .field("initial", &self.initial)
            .field("default", &self.default)
            .field("help", &self.help)
            .finish_non_exhaustive()
    }
}

/// Which secret?
#[derive(Debug, Clone, Copy)]
pub struct SecretQuestion<'a> {
    /// The question, on one line.
    pub question: &'a str,
}

impl<'a> SecretQuestion<'a> {
    /// Asks for a token, password or set of cookies.
    pub fn new(question: &'a str) -> SecretQuestion<'a> {
        SecretQuestion { question }
    }
}

/// Yes or no?
#[derive(Debug, Clone, Copy)]
pub struct ConfirmQuestion<'a> {
    /// The question, on one line.
    pub question: &'a str,
    /// The answer that Enter alone gives.
    pub default: bool,
}

impl<'a> ConfirmQuestion<'a> {
    /// Asks for a yes or a no.
    pub fn new(question: &'a str, default: bool) -> ConfirmQuestion<'a> {
        ConfirmQuestion { question, default }
    }
}
