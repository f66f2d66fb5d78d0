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
use std::collections::HashSet;
use std::ops::Range;

/// What a file that is fine holds at the path of a setting.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The value, if it is set.
    pub value: Option<Value>,
    /// Where it stands, or could stand.
    pub found: Found,
    /// The sections of the file.
    pub sections: Sections,
}

/// Which of the declared top-level keys a file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sections(u64);

impl Sections {
    fn bit(key: &str) -> u64 {
        let position = u32::try_from(root().position(key)).unwrap_or(u32::MAX);
        1_u64.checked_shl(position).unwrap_or_default()
    }

    fn add(&mut self, key: &str) {
        self.0 |= Sections::bit(key);
    }

    /// Whether anything can be set at or below this path.
    pub fn may_hold(self, path: &Path) -> bool {
        path.keys()
            .next()
            .is_none_or(|key| self.0 & Sections::bit(key) != 0)
    }
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
    Ok(Answer {
        value,
        found,
        sections: judge.sections,
    })
}

/// The sections of a file, if nothing at all is wrong with it.
pub fn judge(text: &str, trust: Trust) -> Result<Sections, Unsure> {
    let mut judge = Judge::new(text, trust);
    scan(text, &[], &mut judge)?;
    Ok(judge.sections)
}

/// All that a file sets below a path, in the order of the text, and its sections.
pub fn entries(text: &str, below: &Path, trust: Trust) -> Result<(Vec<Entry>, Sections), Unsure> {
    collect(text, Wanted::Below(below), trust)
}

/// Those of these settings that a file sets, in the order of the text.
pub fn find_all<'p>(
    text: &str,
    paths: impl IntoIterator<Item = &'p Path>,
    trust: Trust,
) -> Result<Vec<Entry>, Unsure> {
    let paths: HashSet<&Path> = paths.into_iter().collect();
    let tables = paths.iter().flat_map(|path| {
        let above = 0..path.segments().len();
        above.map(|count| path.first(count))
    });
    let tables = tables.collect();
    Ok(collect(text, Wanted::These { paths, tables }, trust)?.0)
}

fn collect(text: &str, wanted: Wanted<'_>, trust: Trust) -> Result<(Vec<Entry>, Sections), Unsure> {
    let mut collector = Collector {
        judge: Judge::new(text, trust),
        table: Path::default(),
        wanted,
        relevant: true,
        found: Vec::new(),
    };
    scan(text, &[], &mut collector)?;
    Ok((collector.found, collector.judge.sections))
}

/// Holds every key and value against the declarations.
struct Judge<'a> {
    text: &'a str,
    trust: Trust,
    /// Where the table at hand leads.
    node: &'static Node,
    /// How the keys before the last one of a header are spelled, and where they lead.
    above: (&'a str, &'static Node),
    sections: Sections,
}

impl<'a> Judge<'a> {
    fn new(text: &'a str, trust: Trust) -> Judge<'a> {
        Judge {
            text,
            trust,
            node: root(),
            above: ("", root()),
            sections: Sections::default(),
        }
    }

    /// Where a header leads. Thousands of headers in a row differ in their last key alone.
    fn header(&mut self, header: &'a str) -> Option<&'static Node> {
        let (spelled, above) = self.above;
        if let Some(key) = header.strip_prefix(spelled).and_then(scan::name) {
            if spelled.is_empty() {
                self.sections.add(&key);
            }
            return step(above, &key);
        }
        let mut node = root();
        for (key, place) in segments(header) {
            if place.start == 0 {
                self.sections.add(&key);
            }
            self.above = (&header[..place.start], node);
            node = step(node, &key)?;
        }
        Some(node)
    }

    /// The setting of a pair, if it is declared, may stand in this file, and has a value that it can have.
    #[inline]
    fn setting(
        &mut self,
        key: &Range<usize>,
        value: &Range<usize>,
    ) -> Result<&'static Setting, Unsure> {
        let key = &self.text[key.clone()];
        if std::ptr::eq(self.node, root())
            && let Some((first, _)) = segments(key).next()
        {
            self.sections.add(&first);
        }
        let node = walk(self.node, key).ok_or(Unsure::Visitor)?;
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

/// What is collected.
enum Wanted<'a> {
    /// All at and below a path.
    Below(&'a Path),
    /// These settings; `tables` are all tables above them.
    These {
        paths: HashSet<&'a Path>,
        tables: HashSet<Path>,
    },
}

impl Wanted<'_> {
    /// Whether anything in a table can be wanted.
    fn concerns(&self, table: &Path) -> bool {
        match self {
            Wanted::Below(path) => table.starts_with(path) || path.starts_with(table),
            Wanted::These { tables, .. } => tables.contains(table),
        }
    }

    fn includes(&self, path: &Path) -> bool {
        match self {
            Wanted::Below(above) => path.starts_with(above),
            Wanted::These { paths, .. } => paths.contains(path),
        }
    }
}

/// Judges, and keeps what is wanted.
struct Collector<'a> {
    judge: Judge<'a>,
    /// The table at hand.
    table: Path,
    wanted: Wanted<'a>,
    /// Whether anything in the table at hand can be wanted.
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
        self.relevant = self.wanted.concerns(&self.table);
        Ok(())
    }

    fn pair(&mut self, key: Range<usize>, value: Range<usize>) -> Result<(), Unsure> {
        let setting = self.judge.setting(&key, &value)?;
        if !self.relevant {
            return Ok(());
        }
        let key = &self.judge.text[key];
        let path = if scan::is_bare(key) {
            self.table.join(key)
        } else {
            let mut path = self.table.clone();
            for (key, _) in segments(key) {
                path.push(&key);
            }
            path
        };
        if self.wanted.includes(&path) {
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
        (Kind::Text | Kind::Path, Some(inner)) if scan::is_plain_text(inner) => !inner.is_empty(),
        (Kind::Url(UrlUse::Site), Some(inner)) if site_url::is_normal(inner) => true,
        (Kind::Uuid, Some(inner)) if is_uuid(inner) => true,
        (Kind::Choice(words), Some(inner)) if words.contains(&inner) => true,
        (Kind::Date, None) if scan::is_plain_date(text) => true,
        _ => Value::from_toml_text(kind, text).is_ok(),
    }
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
        let (quick, sections) = entries(FILE, &Path::default(), Trust::User).unwrap();
        assert_eq!(judge(FILE, Trust::User), Ok(sections));
        for (key, there) in [("auth", true), ("default_profile", true), ("output", false)] {
            assert_eq!(
                sections.may_hold(&Path::from_declared([key])),
                there,
                "{key}"
            );
        }
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
        let some = || quick.iter().step_by(2);
        let paths = some().map(|entry| &entry.path).chain([&absent]);
        let found = find_all(FILE, paths, Trust::User).unwrap();
        let expected: Vec<_> = some().cloned().collect();
        assert_eq!(shown(&found), shown(&expected));
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
