//! Markdown, Atlassian Document Format and Confluence storage format go in; one tree comes out, and from it each of
//! them, Jira wiki markup and plain text again.
//!
//! Nothing in here asks anybody: people are account ids, which the caller looks up ([`Document::map_mentions`]).
//! What a reader does not know stays in the text as [`Block::Unknown`] or [`Inline::Unknown`], so that nobody
//! overlooks it. Nesting deeper than [`MAX_DEPTH`] is kept as text: a hostile document cannot exhaust the stack.

mod adf;
mod inlines;
mod markdown;
mod mentions;
mod storage;
mod text;
mod tree;
mod walk;
mod wiki;

#[cfg(test)]
mod generated;
#[cfg(test)]
mod tests;

pub use tree::{Block, Cell, Color, Image, Inline, ListItem, Marks, Mention, PanelKind, Task};

use serde_json::Value;
use walk::Part;

/// How many nodes may stand inside each other; what is deeper is kept as text.
pub const MAX_DEPTH: usize = 100;

/// A text with its structure, independent of the format that it came in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// What the text consists of, from top to bottom.
    pub blocks: Vec<Block>,
}

/// Why a text is no document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentError {
    /// JSON whose root is not a `doc` of Atlassian Document Format.
    NotAdf {
        /// The `type` of the root, if it has one.
        found: Option<String>,
    },
    /// A version of Atlassian Document Format that is not known.
    AdfVersion {
        /// The version.
        found: String,
    },
    /// Storage format that cannot be read on from here.
    StorageSyntax {
        /// How many bytes stand before it.
        offset: u64,
    },
}

impl std::fmt::Display for DocumentError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            DocumentError::NotAdf { found: None } => {
                f.write_str("the text is not in Atlassian Document Format")
            }
            DocumentError::NotAdf { found: Some(found) } => write!(
                f,
                "the text is `{}`, not a `doc` of Atlassian Document Format",
                crate::output::escape::Visible(found)
            ),
            DocumentError::AdfVersion { found } => write!(
                f,
                "version {} of Atlassian Document Format is not known",
                crate::output::escape::Visible(found)
            ),
            DocumentError::StorageSyntax { offset } => write!(
                f,
                "the text is not in storage format: it cannot be read from byte {offset} on"
            ),
        }
    }
}

impl std::error::Error for DocumentError {}

impl Document {
    /// Reads Markdown, as `docs/markdown.md` describes it. Every text is Markdown.
    pub fn from_markdown(text: &str) -> Document {
        Document {
            blocks: markdown::read(text),
        }
    }

    /// Reads Atlassian Document Format. JSON `null`, which is what an empty field holds, is an empty document.
    pub fn from_adf(value: &Value) -> Result<Document, DocumentError> {
        adf::read(value).map(|blocks| Document { blocks })
    }

    /// Reads the storage format of Confluence.
    pub fn from_storage(text: &str) -> Result<Document, DocumentError> {
        storage::read(text).map(|blocks| Document { blocks })
    }

    /// Writes Atlassian Document Format, version 1.
    pub fn to_adf(&self) -> Value {
        adf::write(&self.blocks)
    }

    /// Writes Markdown that [`Document::from_markdown`] reads back.
    pub fn to_markdown(&self) -> String {
        markdown::write(&self.blocks)
    }

    /// Writes the storage format of Confluence.
    pub fn to_storage(&self) -> String {
        storage::write(&self.blocks)
    }

    /// Writes the wiki markup that Jira Data Center takes.
    pub fn to_wiki_markup(&self) -> String {
        wiki::write(&self.blocks)
    }

    /// Writes text for people to read. Neither wrapped nor escaped: both are up to whoever shows it.
    pub fn to_text(&self) -> String {
        text::write(&self.blocks)
    }

    /// Everybody who is mentioned, in order, as often as they are.
    pub fn mentions(&self) -> Vec<&Mention> {
        mentions::list(&self.blocks)
    }

    /// What the reader did not know, by the names of its format, each once: written back, it is text and no longer that.
    pub fn unknown(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        walk::each(&self.blocks, &mut |part| {
            if let Part::Block(Block::Unknown { name, .. })
            | Part::Inline(Inline::Unknown { name, .. }) = part
                && !names.contains(&name.as_str())
            {
                names.push(name);
            }
        });
        names
    }

    /// Changes each mention: an email address becomes an account id, an account id gets a name.
    pub fn map_mentions(&mut self, mut change: impl FnMut(&mut Mention)) {
        mentions::change(&mut self.blocks, &mut change);
    }
}
