//! The flag of commands that print text or JSON.

use clap::{Args, ValueEnum};
use serde_json::Value as Json;

/// The flag of commands that print text or JSON.
#[derive(Debug, Args)]
pub(super) struct JsonFlag {
    /// Print another form than text
    #[arg(short, long, value_enum)]
    format: Option<OnlyJson>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OnlyJson {
    /// JSON
    Json,
}

impl JsonFlag {
    /// Whether JSON is wanted.
    pub(super) fn json(&self) -> bool {
        self.format.is_some()
    }
}

/// JSON on several lines, as all commands print it.
pub(super) fn json_text(json: &Json) -> String {
    format!("{json:#}\n")
}
