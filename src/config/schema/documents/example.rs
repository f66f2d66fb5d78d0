//! The declarations go in, an example configuration comes out: every setting that a file can hold, with its title.

use super::super::{Setting, all};
use crate::config::edit::encode_key;
use indexmap::IndexMap;
use std::fmt::Write;

/// What stands for `<name>` and `<url>`.
const NAME: &str = "work";
const URL: &str = "https://acme.atlassian.net";
const BITBUCKET_URL: &str = "https://bitbucket.org";

/// The file.
pub fn text() -> String {
    let mut text = String::from(
        "#:schema ../schema/config.schema.json\n# Every setting that a file can hold, with an example. Secrets are not among them.\n",
    );
    let mut tables: IndexMap<String, String> = IndexMap::new();
    for setting in all().filter(|setting| !setting.secret()) {
        let mut keys = written_out(setting);
        let field = keys.pop().unwrap_or_default();
        let header = keys
            .iter()
            .map(|key| encode_key(key))
            .collect::<Vec<_>>()
            .join(".");
        let body = tables.entry(header).or_default();
        let gap = if body.is_empty() { "" } else { "\n" };
        // writing to a String cannot fail
        let _ = write!(
            body,
            "{gap}# {}: {}\n{field} = {}\n",
            setting.title, setting.kind, setting.example
        );
    }
    for (header, body) in tables {
        text.push('\n');
        if !header.is_empty() {
            let _ = writeln!(text, "[{header}]");
        }
        text.push_str(&body);
    }
    text
}

/// The keys of a setting; one product shows how all are written.
fn written_out(setting: &'static Setting) -> Vec<String> {
    let is_bitbucket = setting.pattern.starts_with("auth.bitbucket");
    let key = |segment: &'static str| match segment {
        "<name>" => NAME,
        "<url>" if is_bitbucket => BITBUCKET_URL,
        "<url>" => URL,
        other => other
            .trim_matches(['{', '}'])
            .split(',')
            .next()
            .unwrap_or_default(),
    };
    setting.segments().map(key).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::super::check::{Trust, check};

    #[test]
    fn the_example_is_valid() {
        let checked = check(&super::text(), Trust::User).unwrap();
        assert_eq!(checked.problems, []);
        assert!(checked.entries.len() > 20);
    }
}
