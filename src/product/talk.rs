//! What a command of a product needs of whoever runs it: to show, to say, to ask.

use super::error::ApiError;
use crate::config::views::Format;
use serde_json::Value as Json;
use std::path::Path;

/// Whoever runs a command of a product.
pub trait Talk {
    /// The form in which things are shown.
    fn format(&self) -> Format;

    /// How many columns a table may have; `None` where nothing limits it.
    fn width(&self) -> Option<usize>;

    /// Prints data. Control characters are escaped already, or the data is wanted as it is.
    fn print(&self, text: &str) -> Result<(), ApiError>;

    /// Prints bytes as they are.
    fn print_bytes(&self, bytes: &[u8]) -> Result<(), ApiError>;

    /// Says something that is no data.
    fn note(&self, text: &str);

    /// Says that something is not as it should be.
    fn warn(&self, text: &str);

    /// Says how far something is that takes long; an empty text takes the line away. Shown on a terminal only.
    fn progress(&self, text: &str);

    /// Asks for yes or no. Where nobody is there, `yes` decides, and without it that is an error.
    fn confirm(&self, question: &str, yes: bool) -> Result<(), ApiError>;

    /// Opens an address in a browser; where there is none, prints it.
    fn open_in_browser(&self, address: &str) -> Result<(), ApiError>;

    /// The addresses of the remotes of the git repository around the working directory, that of `origin` first.
    fn git_remotes(&self) -> Vec<String>;

    /// The branch of the git repository around the working directory.
    fn git_branch(&self) -> Option<String>;

    /// The working directory's path of a file that was named.
    fn file(&self, named: &Path) -> std::path::PathBuf;

    /// What the command would send, for `--dry-run`.
    fn show_request(&self, method: &str, url: &str, body: Option<&Json>) -> Result<(), ApiError>;
}
