//! What is wrong with a file as a whole goes in; an error that shows no value of it comes out.

use crate::config::check::{SyntaxError, line_and_column};
use crate::config::schema;
use std::fmt;
use std::io;
use std::path::{Path as FilePath, PathBuf};

/// Why a file cannot be used as a layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadError {
    /// The file.
    pub file: PathBuf,
    /// What is the case.
    pub fault: LoadFault,
}

/// What is wrong with a file as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoadFault {
    /// It cannot be read.
    Read(io::ErrorKind),
    /// It is a folder, a pipe or a device.
    NotAFile,
    /// It is not UTF-8.
    NotUtf8 {
        /// The line, from one.
        line: usize,
    },
    /// It is not TOML.
    Syntax {
        /// The line, from one.
        line: usize,
        /// The column in characters, from one.
        column: usize,
        /// What the parser says.
        message: String,
        /// What of the line may be shown: never a value.
        excerpt: String,
    },
}

impl LoadError {
    /// The error for a text that does not parse.
    pub fn syntax(file: &FilePath, text: &str, error: &SyntaxError) -> LoadError {
        let (line, column) = line_and_column(text, error.offset);
        let fault = LoadFault::Syntax {
            line,
            column,
            message: error.message.clone(),
            excerpt: excerpt(text, line),
        };
        LoadError {
            file: file.to_path_buf(),
            fault,
        }
    }
}

impl fmt::Display for LoadFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LoadFault::Read(kind) => write!(f, "cannot be read: {kind}"),
            LoadFault::NotAFile => f.write_str("is not a file"),
            LoadFault::NotUtf8 { .. } => f.write_str("is not UTF-8 text"),
            LoadFault::Syntax { message, .. } => write!(f, "is not valid TOML: {message}"),
        }
    }
}

/// The part of a line that cannot hold a value: a header, or a key up to its `=`. Of that only the words of the
/// declarations are shown: a value may have slipped to the front of a line, and tokens have a `=` in them.
fn excerpt(text: &str, line: usize) -> String {
    let line = text.lines().nth(line - 1).unwrap_or_default().trim();
    let key = match line.split_once('=') {
        None if line.starts_with('[') => line,
        Some((key, _)) => key,
        None => "",
    };
    let is_declared = |word: &str| {
        schema::all().any(|setting| setting.segments().any(|segment| segment == word))
            || schema::PRODUCTS.contains(&word)
    };
    let mut shown = String::new();
    for part in key.split_inclusive([' ', '\t', '.', '[', ']']) {
        let word = part.trim_end_matches([' ', '\t', '.', '[', ']']);
        shown.push_str(if word.is_empty() || is_declared(word) {
            word
        } else {
            "…"
        });
        shown.push_str(&part[word.len()..]);
    }
    if !shown.chars().any(char::is_alphanumeric) {
        return String::new();
    }
    if key.len() < line.len() {
        shown.push_str("= …");
    }
    shown
}
