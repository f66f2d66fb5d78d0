//! Text that a person typed goes in, a [`Path`] comes out; printed, it is the canonical form.
//!
//! A path is a list of keys and never a string that somebody splits: this is the one place that does. Where the
//! schema expects the address of a site, unquoted text is read as one, because shells eat quotes; the names of
//! the fields alone decide where such an address ends, never what a file holds.
//!
//! ```text
//! path    = segment *( "." segment / "[" quoted "]" )
//! segment = bare / quoted
//! bare    = 1*( A-Z a-z 0-9 _ - )
//! quoted  = TOML basic string "..." / TOML literal string '...'
//! ```

use super::edit::{encode_key, encode_text};
use super::scan;
use super::schema::{self, Key, Match, Node};
use super::site_url::{self, UrlError};
use std::fmt;
use std::sync::Arc;

/// One key of a path, decoded; an address is in normal form. Paths of one table share the keys of the table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Segment(Arc<str>);

impl Segment {
    /// The key itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The address of a setting or of a section.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Path {
    segments: Vec<Segment>,
}

/// Why a text is not a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathError {
    /// The text as typed; without what may be a secret.
    pub text: String,
    /// Where it goes wrong, in bytes of `text`.
    pub offset: usize,
    /// What is wrong there.
    pub fault: PathFault,
}

/// What is wrong at a place in the text of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathFault {
    /// A key was expected.
    KeyExpected,
    /// A character that has to be quoted.
    Character(char),
    /// A quote without its end.
    QuoteNotClosed,
    /// A bracket without its end.
    BracketNotClosed,
    /// Something else than a quoted key within brackets.
    QuoteExpected,
    /// An escape that TOML does not know.
    Escape,
    /// Where an address belongs stands none.
    Url(UrlError),
}

impl fmt::Display for PathFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PathFault::KeyExpected => f.write_str("a key is missing here"),
            PathFault::Character(c) => write!(f, "`{}` has to be quoted", c.escape_debug()),
            PathFault::QuoteNotClosed => f.write_str("this quote is not closed"),
            PathFault::BracketNotClosed => f.write_str("`]` is missing here"),
            PathFault::QuoteExpected => f.write_str("a quoted key is missing here"),
            PathFault::Escape => f.write_str("an escape in this key is not known"),
            PathFault::Url(error) => error.fmt(f),
        }
    }
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fault.fmt(f)
    }
}

impl std::error::Error for PathError {}

/// A field of the only instance of a product: `auth.jira.username`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShortForm {
    /// `auth.jira`
    pub product: Path,
    /// `username`, or `url` for the key itself.
    pub field: String,
}

/// The field of a short form that stands for the key of the instance.
pub const URL_FIELD: &str = "url";

impl Path {
    /// Reads a path as typed.
    pub fn parse(text: &str) -> Result<Path, PathError> {
        let mut parser = Parser {
            text,
            at: 0,
            node: Some(schema::root()),
            segments: Vec::new(),
        };
        parser.path().map_err(|(offset, fault)| {
            let hidden = matches!(fault, PathFault::Url(error) if error.hides_text());
            // a password may stand where no address belongs
            let address = text.find("://").filter(|at| text[*at..].contains('@'));
            let cut = if hidden { Some(offset) } else { address };
            let offset = offset.min(cut.unwrap_or(offset));
            let text = match cut {
                Some(end) => format!("{}…", &text[..end.max(offset)]),
                None => text.to_owned(),
            };
            PathError {
                text,
                offset,
                fault,
            }
        })?;
        Ok(Path {
            segments: parser.segments,
        })
    }

    /// The path of keys as a file spells them; a key that is an address is brought into its normal form.
    pub fn from_keys<'a>(keys: impl IntoIterator<Item = &'a str>) -> Result<Path, UrlError> {
        let mut node = Some(schema::root());
        let mut segments = Vec::new();
        for key in keys {
            let key = match node.and_then(Node::any) {
                Some((Key::Url, fields)) if !is_field(fields, key) && !site_url::is_normal(key) => {
                    site_url::normalise(key)?
                }
                _ => key.to_owned(),
            };
            node = node.and_then(|node| node.child(&key));
            segments.push(Segment(key.into()));
        }
        Ok(Path { segments })
    }

    /// The path of keys that are known to be declared and in normal form.
    pub(crate) fn from_declared<'a>(keys: impl IntoIterator<Item = &'a str>) -> Path {
        let segments = keys.into_iter().map(|key| Segment(key.into()));
        Path {
            segments: segments.collect(),
        }
    }

    /// Its keys, one by one.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator + Clone {
        self.segments.iter().map(Segment::as_str)
    }

    /// Its keys as owned texts, as the editor of documents takes them.
    pub fn to_keys(&self) -> Vec<String> {
        self.keys().map(str::to_owned).collect()
    }

    /// Its segments.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// What is declared at it.
    pub fn lookup(&self) -> Match {
        schema::lookup(self.keys())
    }

    /// Whether this is `other` or lies below it.
    pub fn starts_with(&self, other: &Path) -> bool {
        self.segments.starts_with(&other.segments)
    }

    /// The path of a key below it. The key is taken as it is: an address has to be in normal form already.
    #[must_use]
    pub fn join(&self, key: &str) -> Path {
        let mut segments = Vec::with_capacity(self.segments.len() + 1);
        segments.extend_from_slice(&self.segments);
        segments.push(Segment(key.into()));
        Path { segments }
    }

    /// Adds a key below it, taken as it is.
    pub fn push(&mut self, key: &str) {
        self.segments.push(Segment(key.into()));
    }

    /// The path without its last key; of the empty path, the empty path.
    #[must_use]
    pub fn parent(&self) -> Path {
        self.first(self.segments.len().saturating_sub(1))
    }

    /// The path of the first `count` keys.
    #[must_use]
    pub fn first(&self, count: usize) -> Path {
        Path {
            segments: self.segments[..count.min(self.segments.len())].to_vec(),
        }
    }

    /// The last key.
    pub fn last(&self) -> Option<&str> {
        self.segments.last().map(Segment::as_str)
    }

    /// `auth.<product>.<field>` without an address means the only instance of the product.
    pub fn short_form(&self) -> Option<ShortForm> {
        let [auth, product, field] = self.segments.as_slice() else {
            return None;
        };
        let Match::Section(node) = schema::lookup([auth.as_str(), product.as_str()]) else {
            return None;
        };
        let (_, fields) = node.any().filter(|(key, _)| *key == Key::Url)?;
        is_field(fields, field.as_str()).then(|| ShortForm {
            product: self.parent(),
            field: field.as_str().to_owned(),
        })
    }

    /// Splits `PATH=VALUE` at its first `=` outside of quotes and brackets.
    pub fn split_argument(text: &str) -> Option<(&str, &str)> {
        let (mut quote, mut depth) = (None, 0_usize);
        let mut escaped = false;
        for (at, c) in text.char_indices() {
            match (quote, c) {
                _ if escaped => escaped = false,
                (Some('"'), '\\') => escaped = true,
                (Some(open), _) if open == c => quote = None,
                (None, '"' | '\'') => quote = Some(c),
                (None, '[') => depth += 1,
                (None, ']') => depth = depth.saturating_sub(1),
                (None, '=') if depth == 0 => return Some((&text[..at], &text[at + 1..])),
                _ => {}
            }
        }
        None
    }
}

/// Whether a key is a field of an instance, and so cannot be its address.
fn is_field(fields: &Node, key: &str) -> bool {
    key == URL_FIELD || fields.names().any(|name| name == key)
}

/// The canonical form.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, key) in self.keys().enumerate() {
            match (index, scan::is_bare(key)) {
                (0, _) => f.write_str(&encode_key(key))?,
                (_, true) => write!(f, ".{key}")?,
                (_, false) => write!(f, "[{}]", encode_text(key))?,
            }
        }
        Ok(())
    }
}

type Fault = (usize, PathFault);

struct Parser<'a> {
    text: &'a str,
    at: usize,
    /// Where the keys so far lead; `None` once they lead nowhere.
    node: Option<&'static Node>,
    segments: Vec<Segment>,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn path(&mut self) -> Result<(), Fault> {
        self.segment()?;
        while let Some(c) = self.rest().chars().next() {
            match c {
                '.' => {
                    self.at += 1;
                    self.segment()?;
                }
                '[' => {
                    self.at += 1;
                    self.bracket()?;
                }
                other => return Err((self.at, PathFault::Character(other))),
            }
        }
        Ok(())
    }

    /// The fields of an instance, where the next key is its address.
    fn url_fields(&self) -> Option<&'static Node> {
        self.node
            .and_then(Node::any)
            .filter(|(key, _)| *key == Key::Url)
            .map(|(_, fields)| fields)
    }

    fn segment(&mut self) -> Result<(), Fault> {
        let from = self.at;
        if self.rest().starts_with(['"', '\'']) {
            let key = self.quoted()?;
            return self.push(from, key);
        }
        if let Some(fields) = self.url_fields() {
            return self.unquoted_url(fields);
        }
        let bare = self
            .rest()
            .find(|c: char| !is_bare(c))
            .unwrap_or(self.rest().len());
        if bare == 0 {
            return Err((
                from,
                self.rest()
                    .chars()
                    .next()
                    .map_or(PathFault::KeyExpected, key_fault),
            ));
        }
        self.at += bare;
        self.push_as_it_is(self.text[from..self.at].to_owned());
        Ok(())
    }

    /// All that is left, or all before the dot of a field that ends it.
    fn unquoted_url(&mut self, fields: &'static Node) -> Result<(), Fault> {
        let (from, rest) = (self.at, self.rest());
        if rest.is_empty() {
            return Err((from, PathFault::KeyExpected));
        }
        if is_field(fields, rest) {
            self.at = self.text.len();
            self.push_as_it_is(rest.to_owned());
            return Ok(());
        }
        let url = match rest.rsplit_once('.') {
            Some((url, field)) if is_field(fields, field) => url,
            _ => rest,
        };
        self.at += url.len();
        self.push(from, url.to_owned())
    }

    fn bracket(&mut self) -> Result<(), Fault> {
        let from = self.at;
        let key = if self.rest().starts_with(['"', '\'']) {
            self.quoted()?
        } else if self.url_fields().is_some() {
            // the quotes were eaten by a shell; an IPv6 address has brackets of its own
            let end = self
                .rest()
                .rfind(']')
                .ok_or((self.text.len(), PathFault::BracketNotClosed))?;
            self.at += end;
            self.text[from..self.at].to_owned()
        } else {
            return Err((from, PathFault::QuoteExpected));
        };
        if !self.rest().starts_with(']') {
            return Err((self.at, PathFault::BracketNotClosed));
        }
        self.at += 1;
        self.push(from, key)
    }

    fn quoted(&mut self) -> Result<String, Fault> {
        let from = self.at;
        let quote = self.text.as_bytes()[from];
        let mut end = from + 1;
        loop {
            match self.text.as_bytes().get(end) {
                None => return Err((from, PathFault::QuoteNotClosed)),
                Some(b) if *b == quote => break,
                Some(b'\\') if quote == b'"' => end += 2,
                Some(_) => end += 1,
            }
        }
        self.at = end + 1;
        match toml_edit::Key::parse(&self.text[from..self.at]) {
            Ok(keys) if keys.len() == 1 => Ok(keys[0].get().to_owned()),
            _ => Err((from, PathFault::Escape)),
        }
    }

    /// Adds a key that may be an address.
    fn push(&mut self, from: usize, key: String) -> Result<(), Fault> {
        let key = match self.url_fields() {
            Some(_) => site_url::normalise(&key).map_err(|error| (from, PathFault::Url(error)))?,
            None => key,
        };
        self.push_as_it_is(key);
        Ok(())
    }

    fn push_as_it_is(&mut self, key: String) {
        self.node = self.node.and_then(|node| node.child(&key));
        self.segments.push(Segment(key.into()));
    }
}

fn is_bare(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '-'
}

fn key_fault(c: char) -> PathFault {
    if matches!(c, '.' | '[' | ']' | '=') {
        PathFault::KeyExpected
    } else {
        PathFault::Character(c)
    }
}

#[cfg(test)]
mod tests;
