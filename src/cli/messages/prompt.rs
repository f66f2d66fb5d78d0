//! What is said when a question has no answer.

use crate::cli::failure::{Exit, Failure, Message};
use crate::prompt::PromptError;

/// The end of a command whose question has no answer. Whoever pressed Ctrl-C knows why.
pub(in crate::cli) fn prompt(error: PromptError) -> Failure {
    match error {
        PromptError::Interrupted => Failure::Silent(Exit::Interrupted),
        PromptError::Terminated => Failure::Silent(Exit::Terminated),
        PromptError::HungUp => Failure::Silent(Exit::HungUp),
        PromptError::NoTerminal => Message::new(Exit::Usage, "there is no terminal to ask on")
            .hint("standard input and standard error both have to be one")
            .into(),
        PromptError::EndOfInput => {
            Message::new(Exit::Failed, "the input ended before the question was answered").into()
        }
        PromptError::TooSmall {
            columns,
            rows,
            needed_columns,
            needed_rows,
        } => Message::new(
            Exit::Failed,
            format!("the terminal is too small to ask: {columns}x{rows} characters"),
        )
        .hint(format!(
            "make it at least {needed_columns} wide and {needed_rows} high, or give the answer as an argument"
        ))
        .into(),
        PromptError::NothingToSelect => {
            Message::new(Exit::NotFound, "there is nothing to choose from").into()
        }
        PromptError::Mode(kind) => Message::new(
            Exit::Failed,
            format!("the terminal cannot be made to ask: {kind}"),
        )
        .into(),
        PromptError::Read(kind) => {
            Message::new(Exit::Failed, format!("the answer cannot be read: {kind}")).into()
        }
        PromptError::Write(kind) => {
            Message::new(Exit::Failed, format!("the question cannot be shown: {kind}")).into()
        }
    }
}
