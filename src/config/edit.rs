//! The only code that changes a document: a text and edits go in, the edited text comes out.
//!
//! It splices and never prints a document. What no edit addresses comes out byte for byte: comments, order, spacing,
//! inline tables, dotted keys, arrays over many lines, CRLF, a byte order mark, unknown keys, a missing final
//! newline. It never writes TOML 1.1, though it reads it, and no bare LF into a text with CRLF.
//!
//! One value takes the way of `single`: a scan and a splice. All else takes that of the `outline`: the text is
//! read once, and every edit changes the chain of tokens and the tree over it, so that a list of edits is the same
//! as the edits one by one, and costs a look-up each.

mod encode;
mod layout;
mod outline;
mod rename;
mod set;
mod single;
mod tokens;
mod unset;

pub use encode::{encode_key, encode_text};

use super::scan::{Found, scan};
use outline::Outline;
use std::fmt;
use std::ops::Range;
use toml_edit::Document;

/// One change of a document. Keys are decoded names, from the root on. Members of arrays have no keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Puts a value at these keys: TOML 1.0 on one line, as [`encode_text`] makes it. Where there is a value, only
    /// its text is replaced. A new key goes behind the last pair of its table's own body, a new table to the end.
    Set {
        /// Where.
        keys: Vec<String>,
        /// The value as it is written.
        value: String,
    },
    /// Sees that a table stands at these keys. Where there is none, an empty one is added: as a header, or as
    /// `key = {}` where only an inline table or a dotted key can hold it.
    Table {
        /// Where.
        keys: Vec<String>,
    },
    /// Takes away the value at these keys, or the whole section: headers, dotted keys, members, arrays of tables.
    /// Comments stay, those behind what is gone on a line of their own; those within a value go with it. A table
    /// whose last value goes stays if it has a header or braces.
    Unset {
        /// What.
        keys: Vec<String>,
    },
    /// Gives the section or value at these keys another last name, in every header and key that spells it.
    Rename {
        /// What.
        keys: Vec<String>,
        /// The new last name.
        name: String,
    },
}

/// Why a list of edits was not made.
///
/// `keys` are what is in the way, and `offset` is where their last name is first spelled: a byte offset in the text
/// as it was given, or nothing if an earlier edit of the same list wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditError {
    /// The text is no TOML.
    Syntax {
        /// Byte offset of the fault.
        offset: usize,
        /// What `toml_edit` says of it. It quotes nothing of the text.
        message: String,
    },
    /// The value of an edit is not one TOML value on one line.
    Value {
        /// The keys of that edit.
        keys: Vec<String>,
    },
    /// An edit without keys means the document itself: it has no name and is always a table.
    Root,
    /// A value stands where a table is needed.
    ValueInTheWay {
        /// The keys of the value.
        keys: Vec<String>,
        /// Where it is.
        offset: Option<usize>,
    },
    /// A table stands where a value should go.
    TableInTheWay {
        /// The keys of the table.
        keys: Vec<String>,
        /// Where it is.
        offset: Option<usize>,
    },
    /// The keys lead to or through an array of tables, whose members they cannot tell apart.
    ArrayOfTables {
        /// The keys of the array.
        keys: Vec<String>,
        /// Where it is.
        offset: Option<usize>,
    },
    /// There is nothing to take away or to rename.
    Missing {
        /// The keys of that edit.
        keys: Vec<String>,
    },
    /// The new name is taken.
    Exists {
        /// The keys with the new name.
        keys: Vec<String>,
        /// Where it is.
        offset: Option<usize>,
    },
}

impl fmt::Display for EditError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let dotted = |keys: &[String]| encode::encode_keys(keys);
        match self {
            Self::Syntax { offset, message } => write!(formatter, "{message} at byte {offset}"),
            Self::Value { keys } => write!(formatter, "no single value for {}", dotted(keys)),
            Self::Root => write!(formatter, "no keys"),
            Self::ValueInTheWay { keys, .. } => write!(formatter, "{} is a value", dotted(keys)),
            Self::TableInTheWay { keys, .. } => write!(formatter, "{} is a table", dotted(keys)),
            Self::ArrayOfTables { keys, .. } => {
                write!(formatter, "{} is an array of tables", dotted(keys))
            }
            Self::Missing { keys } => write!(formatter, "{} is not there", dotted(keys)),
            Self::Exists { keys, .. } => write!(formatter, "{} is there already", dotted(keys)),
        }
    }
}

impl std::error::Error for EditError {}

/// Makes all edits, in their order, or none. The result is what making them one by one would give.
///
/// # Errors
///
/// The first edit that cannot be made, or a text that is no TOML. See [`EditError`].
pub fn apply(text: &str, edits: &[Edit]) -> Result<String, EditError> {
    for edit in edits {
        if let Edit::Set { keys, value } = edit
            && !encode::is_single_value(value)
        {
            return Err(EditError::Value { keys: keys.clone() });
        }
    }
    if let [Edit::Set { keys, value }] = edits
        && let Some(edited) = single::set(text, keys, value)
    {
        return Ok(edited);
    }
    apply_in_outline(text, edits)
}

/// Makes one [`Edit::Set`] where a scan of this text has found its keys, or their place; nothing where that does not
/// suffice. [`apply`] then tells what can be done.
pub fn set_found(text: &str, found: &Found, keys: &[String], value: &str) -> Option<String> {
    encode::is_single_value(value)
        .then(|| single::set_found(text, found, keys, value))
        .flatten()
}

/// Puts values in the place of others, whose spans a scan of this text has found; nothing where that is not possible.
pub fn replace_found(text: &str, mut values: Vec<(Range<usize>, String)>) -> Option<String> {
    values.sort_by_key(|(span, _)| span.start);
    let mut replaced = String::with_capacity(text.len());
    let mut kept = 0;
    for (span, value) in &values {
        if !encode::is_single_value(value) {
            return None;
        }
        // nothing for spans that overlap
        replaced.push_str(text.get(kept..span.start)?);
        replaced.push_str(value);
        kept = span.end;
    }
    replaced.push_str(text.get(kept..)?);
    Some(replaced)
}

fn apply_in_outline(text: &str, edits: &[Edit]) -> Result<String, EditError> {
    validate(text)?;
    let mut outline = Outline::new(text);
    for edit in edits {
        match edit {
            Edit::Set { keys, value } => set::set(&mut outline, keys, value)?,
            Edit::Table { keys } => set::table(&mut outline, keys)?,
            Edit::Unset { keys } => unset::unset(&mut outline, keys)?,
            Edit::Rename { keys, name } => rename::rename(&mut outline, keys, name)?,
        }
    }
    Ok(outline.tokens.join())
}

/// The scan is sure of most texts, and much faster than a document is built.
fn validate(text: &str) -> Result<(), EditError> {
    if scan(text, &[], &mut ()).is_ok() {
        return Ok(());
    }
    match Document::parse(text) {
        Ok(_) => Ok(()),
        Err(error) => Err(EditError::Syntax {
            offset: error.span().map_or(text.len(), |span| span.start),
            message: error.message().to_string(),
        }),
    }
}

#[cfg(test)]
mod tests;
