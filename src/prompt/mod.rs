//! Questions go in, answers of the person at the terminal come out.
//!
//! Whatever asks, asks through [`Prompter`] and never touches a terminal: [`TerminalPrompter`] does, and
//! [`Scripted`] answers from a list, so that every flow is tested without one.

mod completion;
mod error;
mod question;
mod ranking;
mod scripted;
mod terminal;

pub use error::PromptError;
pub use question::{
    Check, Completion, ConfirmQuestion, ListQuestion, MenuQuestion, MenuRow, SearchQuestion,
    SearchRows, SecretQuestion, SelectQuestion, TextQuestion,
};
pub use scripted::{Asked, Edit, Kind, Reply, Scripted};
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

    /// One row of a menu that can be taken; the answer is its index.
    fn menu(&mut self, question: &MenuQuestion<'_>) -> Result<Answer<usize>, PromptError>;

    /// One row of very many, found by typing; the answer is its index.
    fn search(&mut self, question: &SearchQuestion<'_>) -> Result<Answer<usize>, PromptError>;

    /// A list, edited item by item.
    fn list(&mut self, question: &ListQuestion<'_>) -> Result<Answer<Vec<String>>, PromptError>;

    /// Says something together with the next question, above it; where none comes before the screens end, then.
    fn note(&mut self, text: &str);

    /// Where the next questions belong: the titles of the menus that led to them. Shown above those that have no title
    /// of their own, where each has a screen.
    fn place(&mut self, _titles: &[String]) {}

    /// Says what is being done, while it takes long. The next question takes its place.
    fn busy(&mut self, text: &str) -> Result<(), PromptError>;

    /// From here each question has a clean screen of its own, and nothing remains of it.
    /// [`on_screens`] does not forget the end.
    fn begin_screens(&mut self) -> Result<(), PromptError>;

    /// From here questions are asked below each other again.
    fn end_screens(&mut self) -> Result<(), PromptError>;
}

/// Runs a flow whose questions have a screen each, and ends that however the flow ends.
pub fn on_screens<T, E: From<PromptError>>(
    prompter: &mut dyn Prompter,
    flow: impl FnOnce(&mut dyn Prompter) -> Result<T, E>,
) -> Result<T, E> {
    prompter.begin_screens()?;
    let result = flow(prompter);
    match (result, prompter.end_screens()) {
        (Ok(_), Err(error)) => Err(error.into()),
        (result, _) => result,
    }
}
