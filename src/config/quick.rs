//! The text of a file goes in; 'all is fine, and this is there' comes out, or 'ask [`check`]'.
//!
//! One pass over the bytes, and no document is built: a single value out of a large file costs no more than
//! reading it. Whatever is unusual (another spelling of an address, an escape, anything wrong) is an [`Unsure`]
//! and never an answer of its own.
//!
//! [`check`]: super::check

use super::check::{Entry, Trust};
use super::path::Path;
use super::scan::{self, Found, Look, Unsure, Visitor, scan, segments};
use super::schema::{Key, Kind, Match, Node, Setting, UrlUse, root};
use super::site_url;
use super::value::{Value, is_profile_name, is_uuid};
use std::ops::Range;

/// What a file that is fine holds at the path of a setting.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The value, if it is set.
    pub value: Option<Value>,
    /// Where it stands, or could stand.
    pub found: Found,
}

/// What stands at the path of a setting.
pub fn find(text: &str, path: &Path, trust: Trust) -> Result<Answer, Unsure> {
    let Match::Setting(setting) = path.lookup() else {
        return Err(Unsure::Section);
    };
    let wanted: Vec<&str> = path.keys().collect();
    let mut judge = Judge::new(text, trust);
    let found = scan(text, &wanted, &mut judge)?;
    let value = match &found.look {
        Look::Absent => None,
        Look::Value(span) => {
            let value = Value::from_toml_text(&setting.kind, &text[span.clone()]);
            Some(value.map_err(|_| Unsure::Visitor)?)
        }
    };
    Ok(Answer { value, found })
}

/// Says nothing if nothing at all is wrong with a file.
pub fn judge(text: &str, trust: Trust) -> Result<(), Unsure> {
    scan(text, &[], &mut Judge::new(text, trust)).map(|_| ())
}

/// All that a file sets below a path, in the order of the text.
pub fn entries(text: &str, below: &Path, trust: Trust) -> Result<Vec<Entry>, Unsure> {
    let mut collector = Collector {
        judge: Judge::new(text, trust),
        table: Path::default(),
        below,
        relevant: true,
        found: Vec::new(),
    };
    scan(text, &[], &mut collector)?;
    Ok(collector.found)
}

/// Holds every key and value against the declarations.
struct Judge<'a> {
    text: &'a str,
    trust: Trust,
    /// Where the table at hand leads.
    node: &'static Node,
    /// How the keys before the last one of a header are spelled, and where they lead.
    above: (&'a str, &'static Node),
}

impl<'a> Judge<'a> {
    fn new(text: &'a str, trust: Trust) -> Judge<'a> {
        Judge {
            text,
            trust,
            node: root(),
            above: ("", root()),
        }
    }

    /// Where a header leads. Thousands of headers in a row differ in their last key alone.
    fn header(&mut self, header: &'a str) -> Option<&'static Node> {
        let (spelled, above) = self.above;
        if let Some(key) = header.strip_prefix(spelled).and_then(scan::name) {
            return step(above, &key);
        }
        let mut node = root();
        for (key, place) in segments(header) {
            self.above = (&header[..place.start], node);
            node = step(node, &key)?;
        }
        Some(node)
    }

    /// The setting of a pair, if it is declared, may stand in this file, and has a value that it can have.
    #[inline]
    fn setting(
        &self,
        key: &Range<usize>,
        value: &Range<usize>,
    ) -> Result<&'static Setting, Unsure> {
        let node = walk(self.node, &self.text[key.clone()]).ok_or(Unsure::Visitor)?;
        let setting = node.setting().ok_or(Unsure::Visitor)?;
        let barred = setting.secret() || setting.protected && self.trust == Trust::Shared;
        if barred || !fits(&setting.kind, &self.text[value.clone()]) {
            return Err(Unsure::Visitor);
        }
        Ok(setting)
    }
}

impl Visitor for Judge<'_> {
    fn table(&mut self, header: Range<usize>, array: bool) -> Result<(), Unsure> {
        let node = self.header(&self.text[header]);
        let section = node.filter(|node| !array && node.setting().is_none());
        self.node = section.ok_or(Unsure::Visitor)?;
        Ok(())
    }

    #[inline]
    fn pair(&mut self, key: Range<usize>, value: Range<usize>) -> Result<(), Unsure> {
        self.setting(&key, &value).map(|_| ())
    }
}

/// Judges, and keeps what stands below a path.
struct Collector<'a> {
    judge: Judge<'a>,
    /// The table at hand.
    table: Path,
    below: &'a Path,
    /// Whether anything of the table at hand can be below it.
    relevant: bool,
    found: Vec<Entry>,
}

impl Visitor for Collector<'_> {
    fn table(&mut self, header: Range<usize>, array: bool) -> Result<(), Unsure> {
        self.judge.table(header.clone(), array)?;
        self.table = Path::default();
        for (key, _) in segments(&self.judge.text[header]) {
            self.table.push(&key);
        }
        self.relevant = self.table.starts_with(self.below) || self.below.starts_with(&self.table);
        Ok(())
    }

    fn pair(&mut self, key: Range<usize>, value: Range<usize>) -> Result<(), Unsure> {
        let setting = self.judge.setting(&key, &value)?;
        if !self.relevant {
            return Ok(());
        }
        let mut path = self.table.clone();
        for (key, _) in segments(&self.judge.text[key]) {
            path.push(&key);
        }
        if path.starts_with(self.below) {
            let text = &self.judge.text[value.clone()];
            let read = Value::from_toml_text(&setting.kind, text).map_err(|_| Unsure::Visitor)?;
            self.found.push(Entry {
                path,
                setting,
                value: read,
                span: value,
            });
        }
        Ok(())
    }
}

/// The node behind a dotted key, if its keys are declared and spelled in their normal form.
#[inline]
fn walk(from: &'static Node, keys: &str) -> Option<&'static Node> {
    // declared names are bare, so a key that is spelled like one is that one
    from.named(keys).or_else(|| {
        let mut keys = segments(keys);
        keys.try_fold(from, |node, (key, _)| step(node, &key))
    })
}

/// The node behind one key, if it is declared and in its normal form.
fn step(node: &'static Node, key: &str) -> Option<&'static Node> {
    node.named(key).or_else(|| {
        let (kind, child) = node.any()?;
        let normal = match kind {
            Key::Url => site_url::is_normal(key),
            Key::Name => is_profile_name(key),
        };
        normal.then_some(child)
    })
}

/// Whether the text of a value is surely a value of the kind. The usual spellings are looked at as they stand;
/// the rest is read in full.
#[inline]
fn fits(kind: &Kind, text: &str) -> bool {
    let inner = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    match (kind, inner) {
        (Kind::Text | Kind::Path, Some(inner)) if is_plain_text(inner) => true,
        (Kind::Url(UrlUse::Site), Some(inner)) if site_url::is_normal(inner) => true,
        (Kind::Uuid, Some(inner)) if is_uuid(inner) => true,
        (Kind::Choice(words), Some(inner)) if words.contains(&inner) => true,
        (Kind::Date, None) if scan::is_plain_date(text) => true,
        _ => Value::from_toml_text(kind, text).is_ok(),
    }
}

/// Whether what stands between two quotes is the text that it spells, in one line and without control characters.
fn is_plain_text(inner: &str) -> bool {
    let plain = |byte| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\';
    !inner.is_empty() && inner.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::check::check;

    const FILE: &str = "default_profile = \"work\"\n\n[profiles.work]\nbase_url = \"https://acme.atlassian.net\"\n\
        bitbucket.workspace = 'acme'\ntoken_expires = 2027-01-31\n\n[auth.jira.\"https://acme.atlassian.net\"]\n\
        username = \"me\" # mine\n\n[connection]\nretry_status_codes = [\n  429,\n]\n";

    #[test]
    fn agrees_with_the_exact_judgement() {
        let exact = check(FILE, Trust::User).unwrap();
        assert_eq!(exact.problems, []);
        let quick = entries(FILE, &Path::default(), Trust::User).unwrap();
        let shown = |entries: &[Entry]| -> Vec<_> {
            entries
                .iter()
                .map(|e| (e.path.clone(), e.value.clone(), e.span.clone()))
                .collect()
        };
        assert_eq!(shown(&quick), shown(&exact.entries));
        for entry in &quick {
            let answer = find(FILE, &entry.path, Trust::User).unwrap();
            assert_eq!(answer.value.as_ref(), Some(&entry.value));
            assert_eq!(answer.found.look, Look::Value(entry.span.clone()));
        }
        let absent = Path::parse("output.format").unwrap();
        assert_eq!(find(FILE, &absent, Trust::User).unwrap().value, None);
    }

    #[test]
    fn whatever_is_wrong_or_unusual_is_a_doubt() {
        for text in [
            "outptu.format = 1",
            "[output]\nformat = \"jsn\"",
            "[output]\nformat = true",
            "output = {format = \"json\"}",
            "profiles.work.api_token = \"x\"",
            "[profiles.\"a b\"]",
            "[auth.jira.\"https://ACME.net\"]",
            "[auth.jira.username]",
            "[[profiles.work]]",
            "[output.format]",
            "profiles.work.email = \"\"",
            "profiles.work.email = \"\\u0007\"",
            "profiles.work.email = \"a\tb\"",
            "profiles.work.email = \"\"\"\"\"\"",
        ] {
            assert!(judge(text, Trust::User).is_err(), "{text}");
        }
        assert!(judge("connection.proxy = \"http://p:1\"", Trust::User).is_ok());
        assert!(judge("connection.proxy = \"http://p:1\"", Trust::Shared).is_err());
    }
}
