//! What a command can fail with, in words for people: what is wrong, where, and the command that mends it.

use crate::output::escape::Visible;
use std::fmt;

/// The exit codes, as the reference lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Something failed: a file that cannot be written, a store that is locked.
    Failed = 1,
    /// Wrong usage, unknown setting, bad value, ambiguous short form.
    Usage = 2,
    /// Not set, or not found.
    NotFound = 3,
    /// A sign-in is needed, or was refused.
    SignIn = 4,
    /// The configuration is invalid.
    Invalid = 5,
    /// The terminal was closed: 128 and the number of SIGHUP, as shells say it.
    HungUp = 129,
    /// Interrupted by the user: 128 and the number of SIGINT.
    Interrupted = 130,
    /// Ended by another process: 128 and the number of SIGTERM.
    Terminated = 143,
}

/// The end of a command that did not do what it was asked.
#[derive(Debug)]
pub enum Failure {
    /// Something to tell.
    Message(Message),
    /// clap's own answer: help, the version, wrong usage.
    Usage(clap::Error),
    /// Everything was said already; only the code is left.
    Silent(Exit),
    /// A command that was run in our place ended with this code.
    Child(u8),
    /// Whoever read the output has closed it: nothing to tell, and no failure.
    ClosedPipe,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What is wrong with the thing, named as typed. May hold text of files: it is escaped when it is shown.
    pub what: String,
    /// Lines that show it: a path with a caret, an excerpt of a file.
    pub excerpt: Vec<String>,
    /// `file:line:column`, or a variable.
    pub place: Option<String>,
    /// What mends it, usually a command. Several are several lines.
    pub hints: Vec<String>,
    /// The exit code, if it is what ends the command.
    pub exit: Exit,
}

impl Message {
    /// A message with nothing but what is wrong.
    pub fn new(exit: Exit, what: impl Into<String>) -> Message {
        Message {
            what: what.into(),
            excerpt: Vec::new(),
            place: None,
            hints: Vec::new(),
            exit,
        }
    }

    /// Adds where it is.
    #[must_use]
    pub fn at(self, place: impl fmt::Display) -> Message {
        Message {
            place: Some(place.to_string()),
            ..self
        }
    }

    /// Adds what mends it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Message {
        self.hints.push(hint.into());
        self
    }

    /// Adds what mends it, if something is known to.
    #[must_use]
    pub fn maybe_hint(self, hint: Option<String>) -> Message {
        match hint {
            Some(hint) => self.hint(hint),
            None => self,
        }
    }

    /// Adds a line that shows it.
    #[must_use]
    pub fn excerpt(mut self, line: impl Into<String>) -> Message {
        self.excerpt.push(line.into());
        self
    }
}

impl From<Message> for Failure {
    fn from(message: Message) -> Failure {
        Failure::Message(message)
    }
}

impl From<clap::Error> for Failure {
    fn from(error: clap::Error) -> Failure {
        Failure::Usage(error)
    }
}

/// How strongly something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// It ends the command, or makes a file invalid.
    Error,
    /// The command goes on.
    Warning,
}

impl Severity {
    /// The word in front of the message.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

impl Message {
    /// The message line by line, without the word in front and without colours, for whoever shows it elsewhere. Not
    /// escaped.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![self.what.clone()];
        lines.extend(self.excerpt.iter().map(|line| format!("  {line}")));
        lines.extend(self.place.iter().map(|place| format!("  at {place}")));
        lines.extend(self.hints.iter().map(|hint| format!("hint: {hint}")));
        lines
    }

    /// The message as its lines stand on standard error.
    pub fn render(&self, severity: Severity, colour: bool) -> String {
        let (label, hint) = match (colour, severity) {
            (false, _) => (severity.word().to_owned(), "hint".to_owned()),
            (true, Severity::Error) => (
                "\u{1b}[1;31merror\u{1b}[0m".to_owned(),
                "\u{1b}[36mhint\u{1b}[0m".to_owned(),
            ),
            (true, Severity::Warning) => (
                "\u{1b}[1;33mwarning\u{1b}[0m".to_owned(),
                "\u{1b}[36mhint\u{1b}[0m".to_owned(),
            ),
        };
        let mut lines = vec![format!("{label}: {}", Visible(&self.what))];
        lines.extend(
            self.excerpt
                .iter()
                .map(|line| format!("  {}", Visible(line))),
        );
        lines.extend(
            self.place
                .iter()
                .map(|place| format!("  at {}", Visible(place))),
        );
        lines.extend(
            self.hints
                .iter()
                .map(|line| format!("{hint}: {}", Visible(line))),
        );
        lines.join("\n") + "\n"
    }
}
