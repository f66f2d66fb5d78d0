//! The text of a file goes in; whether a secret may stand in it, in plain text, comes out.
//!
//! Such a version is never kept for undo. The text is looked at as it stands, comments and broken parts
//! included, so the answer errs to yes.

use crate::config::schema;
use std::collections::BTreeSet;

/// What Atlassian's API tokens start with.
const TOKEN_STARTS: [&str; 2] = ["ATATT3", "ATCTT3"];

/// Whether a text seems to hold a secret: a key with the name of one and a value behind it, a token as such, or
/// an address with a password in it.
pub fn holds_secret(text: &str) -> bool {
    let secrets = schema::all().filter(|setting| setting.secret());
    let fields: BTreeSet<&str> = secrets.map(schema::Setting::field).collect();
    let ends = text
        .match_indices('=')
        .map(|(at, _)| &text.as_bytes()[..at]);
    TOKEN_STARTS.iter().any(|start| text.contains(start))
        || ends
            .map(without_quotes)
            .any(|key| fields.iter().any(|field| ends_in(key, field)))
        || has_user_info(text)
}

/// Whether a word looks like `user:password@host`, with or without a scheme.
fn has_user_info(text: &str) -> bool {
    let ends_word = |c: char| c.is_whitespace() || matches!(c, '"' | '\'');
    text.match_indices('@').any(|(at, _)| {
        let before = text[..at].chars().rev();
        before.take_while(|c| !ends_word(*c)).any(|c| c == ':')
    })
}

/// What stands before the quotes and blanks at the end.
fn without_quotes(bytes: &[u8]) -> &[u8] {
    let quotes = bytes.iter().rev();
    let quotes = quotes.take_while(|byte| matches!(byte, b'"' | b'\'' | b' ' | b'\t'));
    &bytes[..bytes.len() - quotes.count()]
}

/// Whether this name, and not just a longer one, stands at the end.
fn ends_in(bytes: &[u8], name: &str) -> bool {
    let in_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    bytes
        .strip_suffix(name.as_bytes())
        .is_some_and(|before| !before.last().is_some_and(in_name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_seen_wherever_they_stand() {
        for text in [
            "profiles.work.api_token = \"x\"",
            "auth.jira = { \"https://a.b\" = { 'pat' = \"x\" } }",
            "# token=\"x\"",
            "[broken\nsession_cookies =",
            "x = \"ATATT3xFf\"",
            "\u{e9}pat\" \t'=",
            "connection.proxy = \"http://me:hunter2@proxy:80\"",
            "proxy = 'me:hunter2@proxy'",
            "[auth.jira.\"https://me:hunter2@a.b\"]",
            "base_url = \"https://a.b/?token=hunter2\"",
        ] {
            assert!(holds_secret(text), "{text}");
        }
        for text in [
            "token_expires = 2027-01-31",
            "path = \"pat\"",
            "# a token",
            "my_pat = 1\nx-token = 2\n= 3",
            "username = \"me@acme.example\" # https://acme.example",
            "",
        ] {
            assert!(!holds_secret(text), "{text}");
        }
    }
}
