//! The ways in which a question ends without an answer.

use std::fmt;
use std::io;

/// Why there is no answer. The terminal is as it was before the question, whichever it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PromptError {
    /// Standard input or standard error is no terminal.
    NoTerminal,
    /// Ctrl-C, or a SIGINT from elsewhere.
    Interrupted,
    /// A SIGTERM.
    Terminated,
    /// A SIGHUP: the terminal was closed.
    HungUp,
    /// Ctrl-D where nothing was typed, or a terminal that has nothing more to say.
    EndOfInput,
    /// The question does not fit. All in character cells.
    TooSmall {
        /// The terminal's width.
        columns: usize,
        /// The terminal's height.
        rows: usize,
        /// The width that the question needs.
        needed_columns: usize,
        /// The height that the question needs.
        needed_rows: usize,
    },
    /// A choice without rows.
    NothingToSelect,
    /// The terminal's mode cannot be changed, or signals cannot be watched.
    Mode(io::ErrorKind),
    /// Keys cannot be read.
    Read(io::ErrorKind),
    /// The question cannot be shown.
    Write(io::ErrorKind),
}

impl fmt::Display for PromptError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PromptError::NoTerminal => formatter.write_str("no terminal"),
            PromptError::Interrupted => formatter.write_str("interrupted"),
            PromptError::Terminated => formatter.write_str("terminated"),
            PromptError::HungUp => formatter.write_str("terminal closed"),
            PromptError::EndOfInput => formatter.write_str("end of input"),
            PromptError::TooSmall {
                columns,
                rows,
                needed_columns,
                needed_rows,
            } => write!(
                formatter,
                "terminal of {columns}x{rows}, needed {needed_columns}x{needed_rows}"
            ),
            PromptError::NothingToSelect => formatter.write_str("no rows"),
            PromptError::Mode(kind) => write!(formatter, "terminal mode: {kind}"),
            PromptError::Read(kind) => write!(formatter, "reading keys: {kind}"),
            PromptError::Write(kind) => write!(formatter, "showing the question: {kind}"),
        }
    }
}

impl std::error::Error for PromptError {}
