//! The text of a file goes in; what it sets, and what is wrong with it, comes out.
//!
//! This is the exact judgement, made on a parsed document. The quick one in `quick.rs` only ever says 'all is
//! fine' or 'ask here', so there is one place that knows what is wrong.

use super::path::{Path, URL_FIELD};
use super::schema::{Key, Node, Setting, root};
use super::site_url::UrlError;
use super::value::{Value, ValueError, is_profile_name};
use indexmap::IndexMap;
use std::ops::Range;
use toml_edit::{Document, Item, TableLike};

/// Whom a file may speak for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// The user's own file: everything but secrets.
    User,
    /// A file that anybody may have written: no secrets and no protected settings either.
    Shared,
}

/// A value that a file sets and that may be used.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Where it belongs, in canonical form.
    pub path: Path,
    /// Its declaration.
    pub setting: &'static Setting,
    /// What it is set to.
    pub value: Value,
    /// Where the value stands in the text, in bytes.
    pub span: Range<usize>,
}

/// A profile or an instance that a file spells out, with the keys as the file spells them.
#[derive(Debug, Clone)]
pub struct Spelling {
    /// The keys in the file.
    pub keys: Vec<String>,
    /// Where it stands first, in bytes.
    pub offset: usize,
}

/// Something wrong in a file that parses.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// What it is about, in canonical form where there is one.
    pub path: Path,
    /// Where it stands in the text, in bytes; of a value, the value itself.
    pub span: Range<usize>,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a key or a value of a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// Nothing is declared there.
    UnknownKey,
    /// Not a value that the setting can have.
    Value {
        /// Its declaration.
        setting: &'static Setting,
        /// Why not.
        error: ValueError,
    },
    /// A value stands where a table is needed.
    TableExpected,
    /// A table stands where a value is needed.
    ValueExpected {
        /// The declaration of the value.
        setting: &'static Setting,
    },
    /// A secret, in plain text.
    Secret {
        /// Its declaration.
        setting: &'static Setting,
    },
    /// A setting that shared files may not decide.
    Protected {
        /// Its declaration.
        setting: &'static Setting,
    },
    /// A key that should be an address and is none.
    Url(UrlError),
    /// A field stands where the address of an instance is needed.
    FieldWithoutUrl,
    /// A profile's name with characters that are not allowed.
    ProfileName,
    /// Another spelling of an address that stands in the file already.
    SameUrl {
        /// Where the other one stands, in bytes.
        other: usize,
    },
    /// `http://` to a host that `connection.allow_http` does not list.
    PlainHttp {
        /// The host, with its port.
        host: String,
    },
}

/// A file, judged.
#[derive(Debug, Default)]
pub struct Checked {
    /// What may be used, in the order of the text.
    pub entries: Vec<Entry>,
    /// Its profiles and instances, by their canonical paths.
    pub spellings: IndexMap<Path, Spelling>,
    /// What is wrong with it, in the order of the text.
    pub problems: Vec<Problem>,
}

/// Why a text is not TOML. Holds nothing of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// Where, in bytes.
    pub offset: usize,
    /// What the parser says.
    pub message: String,
}

impl SyntaxError {
    /// What of the parser's error may be shown: its own Debug prints the whole file.
    pub(crate) fn of(error: &toml_edit::TomlError) -> SyntaxError {
        SyntaxError {
            offset: error.span().map_or(0, |span| span.start),
            message: error.message().to_owned(),
        }
    }
}

/// Judges the text of a file.
pub fn check(text: &str, trust: Trust) -> Result<Checked, SyntaxError> {
    let document = Document::parse(text).map_err(|error| SyntaxError::of(&error))?;
    let mut walk = Walk {
        trust,
        keys: Vec::new(),
        checked: Checked::default(),
    };
    walk.table(document.as_table(), root(), &Path::default());
    let mut checked = walk.checked;
    checked.entries.sort_by_key(|entry| entry.span.start);
    checked.problems.sort_by_key(|problem| problem.span.start);
    Ok(checked)
}

struct Walk {
    trust: Trust,
    /// The keys that lead to the table at hand, as the file spells them.
    keys: Vec<String>,
    checked: Checked,
}

impl Walk {
    fn problem(&mut self, path: Path, span: Range<usize>, fault: Fault) {
        self.checked.problems.push(Problem { path, span, fault });
    }

    fn table(&mut self, table: &dyn TableLike, node: &'static Node, path: &Path) {
        for (key, item) in table.iter() {
            let key_span = table.key(key).and_then(toml_edit::Key::span);
            let at = key_span.or_else(|| item.span()).unwrap_or_default();
            self.keys.push(key.to_owned());
            self.member(key, item, at, node, path);
            self.keys.pop();
        }
    }

    fn member(
        &mut self,
        key: &str,
        item: &Item,
        at: Range<usize>,
        node: &'static Node,
        parent: &Path,
    ) {
        let wildcard = node.any().filter(|_| !node.names().any(|name| name == key));
        let path = match wildcard {
            None => parent.join(key),
            Some((Key::Name, _)) if is_profile_name(key) => parent.join(key),
            Some((Key::Name, _)) => return self.problem(parent.join(key), at, Fault::ProfileName),
            Some((Key::Url, fields)) => {
                if key == URL_FIELD || fields.names().any(|name| name == key) {
                    return self.problem(parent.join(key), at, Fault::FieldWithoutUrl);
                }
                match Path::from_keys(parent.keys().chain([key])) {
                    Ok(path) => path,
                    Err(error) => return self.problem(parent.clone(), at, Fault::Url(error)),
                }
            }
        };
        let Some(child) = path.last().and_then(|key| node.child(key)) else {
            return self.problem(path, at, Fault::UnknownKey);
        };
        if let Some(setting) = child.setting() {
            return self.leaf(setting, path, item, at);
        }
        let Some(table) = item.as_table_like() else {
            return self.problem(path, at, Fault::TableExpected);
        };
        if wildcard.is_some() {
            if let Some(other) = self.checked.spellings.get(&path).map(|twin| twin.offset) {
                // neither of the two may be used: nobody can tell which one is meant
                self.checked
                    .entries
                    .retain(|entry| !entry.path.starts_with(&path));
                return self.problem(path, at, Fault::SameUrl { other });
            }
            let spelling = Spelling {
                keys: self.keys.clone(),
                offset: at.start,
            };
            self.checked.spellings.insert(path.clone(), spelling);
        }
        self.table(table, child, &path);
    }

    fn leaf(&mut self, setting: &'static Setting, path: Path, item: &Item, at: Range<usize>) {
        let span = item.span().unwrap_or(at);
        let value = match item {
            Item::Value(value) if !value.is_inline_table() => value,
            _ => return self.problem(path, span, Fault::ValueExpected { setting }),
        };
        if setting.secret() {
            return self.problem(path, span, Fault::Secret { setting });
        }
        if setting.protected && self.trust == Trust::Shared {
            return self.problem(path, span, Fault::Protected { setting });
        }
        match Value::from_toml(&setting.kind, value) {
            Ok(value) => self.checked.entries.push(Entry {
                path,
                setting,
                value,
                span,
            }),
            Err(error) => self.problem(path, span, Fault::Value { setting, error }),
        }
    }
}

impl Checked {
    /// The problem that keeps a path from meaning one place: its address stands there in two spellings.
    pub fn two_spellings(&self, path: &Path) -> Option<&Problem> {
        let of_path = |problem: &&Problem| {
            matches!(problem.fault, Fault::SameUrl { .. }) && path.starts_with(&problem.path)
        };
        self.problems.iter().find(of_path)
    }

    /// The keys that a file uses for a path: its own spelling of an address where it has one.
    pub fn keys_of(&self, path: &Path) -> Vec<String> {
        let spelled = (1..=path.segments().len()).rev().find_map(|count| {
            self.spellings
                .get(&path.first(count))
                .map(|spelling| (spelling, count))
        });
        match spelled {
            Some((spelling, count)) => {
                let below = path.keys().skip(count).map(str::to_owned);
                spelling.keys.iter().cloned().chain(below).collect()
            }
            None => path.to_keys(),
        }
    }
}

/// Line and column of a byte, both from one; the column counts characters.
pub fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(offset)];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line_text = before[line_start..].trim_start_matches('\u{feff}');
    (
        line_ends(before.as_bytes()) + 1,
        line_text.chars().count() + 1,
    )
}

/// How many lines end here.
pub(super) fn line_ends(bytes: &[u8]) -> usize {
    // as many bytes at a time as one byte can count, which compilers make vectors of
    let ends = |chunk: &[u8]| {
        chunk
            .iter()
            .map(|byte| u8::from(*byte == b'\n'))
            .sum::<u8>()
    };
    let chunks = bytes.chunks(usize::from(u8::MAX));
    chunks.map(|chunk| usize::from(ends(chunk))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str, trust: Trust) -> Vec<(String, Fault)> {
        let problems = check(text, trust).unwrap().problems;
        problems
            .into_iter()
            .map(|problem| (problem.path.to_string(), problem.fault))
            .collect()
    }

    #[test]
    fn what_may_be_used_is_found_with_its_place() {
        let text = "default_profile = \"work\"\n[profiles.work]\nbitbucket.email = 'me'\n\
                    [auth.jira.\"ACME.atlassian.net/\"]\nusername = \"you\"\n";
        let checked = check(text, Trust::Shared).unwrap();
        assert_eq!(checked.problems, []);
        let found: Vec<_> = checked
            .entries
            .iter()
            .map(|entry| (entry.path.to_string(), &text[entry.span.clone()]))
            .collect();
        assert_eq!(
            found,
            [
                ("default_profile".to_owned(), "\"work\""),
                ("profiles.work.bitbucket.email".to_owned(), "'me'"),
                (
                    "auth.jira[\"https://acme.atlassian.net\"].username".to_owned(),
                    "\"you\""
                ),
            ]
        );
        let path = Path::parse("auth.jira.acme.atlassian.net.cloud_id").unwrap();
        assert_eq!(
            checked.keys_of(&path),
            ["auth", "jira", "ACME.atlassian.net/", "cloud_id"]
        );
    }

    #[test]
    fn every_fault_is_named() {
        let unknown = |path: &str| (path.to_owned(), Fault::UnknownKey);
        assert_eq!(
            faults("outptu.format = 1", Trust::User),
            [unknown("outptu")]
        );
        assert_eq!(
            faults("[output]\nfromat = 1", Trust::User),
            [unknown("output.fromat")]
        );
        assert!(matches!(
            faults("output.format = \"x\"", Trust::User)[..],
            [(
                _,
                Fault::Value {
                    error: ValueError::NotAllowed { .. },
                    ..
                }
            )]
        ));
        assert!(matches!(
            faults("output = 1", Trust::User)[..],
            [(_, Fault::TableExpected)]
        ));
        assert!(matches!(
            faults("[output.format]", Trust::User)[..],
            [(_, Fault::ValueExpected { .. })]
        ));
        assert!(matches!(
            faults("profiles.a.api_token = \"x\"", Trust::User)[..],
            [(_, Fault::Secret { .. })]
        ));
        let protected = "credentials.store = \"file\"";
        assert!(matches!(
            faults(protected, Trust::Shared)[..],
            [(_, Fault::Protected { .. })]
        ));
        assert_eq!(faults(protected, Trust::User), []);
        assert!(matches!(
            faults("auth.jira.username = 1", Trust::User)[..],
            [(_, Fault::FieldWithoutUrl)]
        ));
        assert!(matches!(
            faults("auth.jira.'a@b' = {}", Trust::User)[..],
            [(_, Fault::Url(UrlError::UserInfo))]
        ));
        assert!(matches!(
            faults("profiles.'a b' = {}", Trust::User)[..],
            [(_, Fault::ProfileName)]
        ));
        assert!(matches!(
            faults("[[output]]", Trust::User)[..],
            [(_, Fault::TableExpected)]
        ));
    }

    #[test]
    fn two_spellings_of_one_address_are_an_error_and_neither_is_used() {
        let text = "[auth.jira.'https://A.b']\nusername = 'x'\n[auth.jira.'https://a.b/']\nusername = 'y'\n";
        let checked = check(text, Trust::User).unwrap();
        assert!(matches!(
            checked.problems[..],
            [Problem {
                fault: Fault::SameUrl { other: 11 },
                ..
            }]
        ));
        assert!(checked.entries.is_empty());
    }

    #[test]
    fn lines_and_columns_count_from_one() {
        assert_eq!(line_and_column("\u{feff}é = 1\nb", 0), (1, 1));
        assert_eq!(line_and_column("\u{feff}é = 1\nb", 5), (1, 2));
        assert_eq!(line_and_column("a\nbc", 3), (2, 2));
    }
}
