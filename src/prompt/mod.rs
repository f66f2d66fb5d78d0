//! Questions go in, answers of the person at the terminal come out.
//!
//! Whatever asks, asks through [`Prompter`] and never touches a terminal: [`TerminalPrompter`] does, and
//! [`Scripted`] answers from a list, so that every flow is tested without one.

mod error;
mod question;
mod scripted;
mod terminal;

pub use error::PromptError;
pub use question::{Check, ConfirmQuestion, SecretQuestion, SelectQuestion, TextQuestion};
pub use scripted::{Asked, Kind, Reply, Scripted};
pub use terminal::{Look, TerminalPrompter};

use crate::secret::Secret;

/// What came of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer<T> {
    /// An answer.
    Given(T),
    /// Esc: back to where the question came from, with nothing decided.
    Back,
}

impl<T> Answer<T> {
    /// The same answer in another form.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Answer<U> {
        match self {
            Answer::Given(given) => Answer::Given(change(given)),
            Answer::Back => Answer::Back,
        }
    }
}

/// Somebody who can be asked.
///
/// Every question can end without an answer, for the reasons that [`PromptError`] lists.
pub trait Prompter {
    /// One row of several; the answer is its index.
    fn select(&mut self, question: &SelectQuestion<'_>) -> Result<Answer<usize>, PromptError>;

    /// A line of text, without white space at its ends. Asked until it passes the question's check.
    fn text(&mut self, question: &TextQuestion<'_>) -> Result<Answer<String>, PromptError>;

    /// A secret, which is not shown. Asked until it can be one.
    fn secret(&mut self, question: &SecretQuestion<'_>) -> Result<Answer<Secret>, PromptError>;

    /// Yes or no.
    fn confirm(&mut self, question: &ConfirmQuestion<'_>) -> Result<Answer<bool>, PromptError>;
}
