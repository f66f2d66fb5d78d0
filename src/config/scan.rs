//! One validating pass over the bytes of a TOML text: the text and the keys of a value go in; the value's span, or
//! the proof that nothing is there and the place where a new line may go, come out.
//!
//! The pass accepts a subset of what `toml_edit` accepts. It judges plain strings, numbers and keys by itself,
//! hands unusual ones to `toml_edit`'s own parser value by value, and ends in [`Unsure`] at everything that is wrong
//! or doubtful. Then only `toml_edit` may speak: a fast path is never a different answer.

mod lexis;
mod names;
mod pass;
mod segments;
mod strings;

pub(super) use segments::name;
pub use segments::{Segments, segments};

use std::fmt;
use std::ops::Range;

/// What the pass found at the wanted keys. Ranges are bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    /// The span of the value: a scalar, an array, or an inline table with its braces.
    Value(Range<usize>),
    /// The text is provably fine, and nothing stands at these keys.
    Absent,
}

/// Where a key that is absent can go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// On a line of its own behind the line on which this span ends: the last pair of the table's body, from its key
    /// to its value, or the table's header if the body is empty. Its line's indentation is the body's.
    Line(Range<usize>),
    /// Under a new header at the end of the text.
    NewTable,
    /// The pass cannot tell.
    Ask,
}

/// The answer of a pass that was sure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What stands at the wanted keys.
    pub look: Look,
    /// Where the wanted key can go; means nothing if it has a value.
    pub place: Place,
}

/// Why the pass gives no answer. It says nothing about the text by itself, so it is for debugging and tests only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsure {
    /// Not TOML as the pass knows it.
    Syntax {
        /// Byte offset where the pass stopped.
        offset: usize,
    },
    /// Two keys or tables look the same, or one stands in the way of the other.
    Duplicate {
        /// Byte offset behind the later one.
        offset: usize,
    },
    /// The wanted keys name a section, or something whose hash says so: no answer rests on a hash alone.
    Section,
    /// Arrays or inline tables nested deeper than the pass follows.
    Deep,
    /// Too many names with the same hash: `toml_edit`'s maps cannot be flooded that way.
    Collisions,
    /// The visitor could not judge what it saw.
    Visitor,
}

impl fmt::Display for Unsure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax { offset } => write!(formatter, "unusual syntax at byte {offset}"),
            Self::Duplicate { offset } => write!(formatter, "a name seen before at byte {offset}"),
            Self::Section => write!(formatter, "a section"),
            Self::Deep => write!(formatter, "nested too deep"),
            Self::Collisions => write!(formatter, "too many colliding names"),
            Self::Visitor => write!(formatter, "the visitor is unsure"),
        }
    }
}

impl std::error::Error for Unsure {}

/// Sees every header and every key of a table's body, in the order of the text. Keys inside of inline tables and
/// arrays are not visited: the span of the value covers them. Ranges are bytes of the text.
///
/// What a visitor saw counts only if the pass ends sure: a fault further down makes all of it void.
pub trait Visitor {
    /// A header: the dotted key between its brackets (see [`segments`]), and whether it has two of them.
    fn table(&mut self, header: Range<usize>, array: bool) -> Result<(), Unsure>;
    /// A pair: its key, dotted perhaps (see [`segments`]), and its value.
    fn pair(&mut self, key: Range<usize>, value: Range<usize>) -> Result<(), Unsure>;
}

/// The visitor that ignores everything.
impl Visitor for () {
    #[inline]
    fn table(&mut self, _header: Range<usize>, _array: bool) -> Result<(), Unsure> {
        Ok(())
    }

    #[inline]
    fn pair(&mut self, _key: Range<usize>, _value: Range<usize>) -> Result<(), Unsure> {
        Ok(())
    }
}

/// Reads the whole text once: validates it, shows it to the visitor, and looks for the wanted keys (decoded names).
/// Without wanted keys it only validates and visits.
///
/// # Errors
///
/// [`Unsure`] where the pass cannot tell; ask `toml_edit` then.
pub fn scan<V: Visitor>(text: &str, wanted: &[&str], visitor: &mut V) -> Result<Found, Unsure> {
    pass::Pass::new(text, wanted, visitor).run()
}

/// Whether this can be a key without quotes.
pub(super) fn is_bare(key: &str) -> bool {
    lexis::all(key.as_bytes(), lexis::BARE)
}

/// Whether this is a value so plain that it is valid for sure: a boolean, a short integer, a plain date, a basic
/// string on one line in which nothing is escaped.
pub(super) fn is_plain_value(value: &str) -> bool {
    lexis::is_plain_scalar(value.as_bytes()) || lexis::is_plain_string(value.as_bytes())
}

/// Whether this is printable ASCII in which a basic string escapes nothing.
#[inline]
pub(super) fn is_plain_text(text: &str) -> bool {
    let plain = |byte| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\';
    text.bytes().all(plain)
}

/// The text of a basic string that [`is_plain_text`].
#[inline]
pub(super) fn plain_text(value: &str) -> Option<&str> {
    let inner = value.strip_prefix('"')?.strip_suffix('"')?;
    is_plain_text(inner).then_some(inner)
}

/// Whether this is a date so plain that it is valid for sure: `YYYY-MM-DD`, with a day that the month has in
/// every year.
pub(super) fn is_plain_date(value: &str) -> bool {
    lexis::is_plain_date(value.as_bytes())
}

#[cfg(test)]
mod tests;
