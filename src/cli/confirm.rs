//! A question with yes or no, for what cannot be taken back lightly.

use super::failure::{Exit, Failure, Message};
use super::session::{Session, show};
use crate::output::escape::Visible;
use std::io::{self, BufRead};

/// Asks, if there is somebody to ask. `yes` is the flag that says it beforehand; without it and without a
/// terminal it is an error that names the flag.
pub(super) fn confirm(
    session: &Session<'_>,
    yes: bool,
    question: &str,
    flag: &str,
) -> Result<(), Failure> {
    if yes {
        return Ok(());
    }
    if !session.may_ask() {
        let what = format!("{question} There is nobody to ask.");
        return Err(Message::new(Exit::Usage, what)
            .hint(format!("add `{flag}` to say yes"))
            .into());
    }
    if ask(question, false)? {
        Ok(())
    } else {
        Err(Message::new(Exit::Failed, "nothing was changed").into())
    }
}

/// Asks; an empty answer is `default`, and the end of the input is no.
pub(super) fn ask(question: &str, default: bool) -> Result<bool, Failure> {
    let choices = if default { "Y/n" } else { "y/N" };
    show(&format!("{} [{choices}] ", Visible(question)));
    let mut answer = String::new();
    let read = io::stdin().lock().read_line(&mut answer);
    let length = read.map_err(|error| {
        Message::new(
            Exit::Failed,
            format!("the answer cannot be read: {}", error.kind()),
        )
    })?;
    Ok(match answer.trim().to_ascii_lowercase().as_str() {
        "" => default && length > 0,
        word => matches!(word, "y" | "yes"),
    })
}
