//! The text of a file goes in; whether a secret may stand in it, in plain text, comes out.
//!
//! Such a version is never kept for undo. The text is looked at as it stands, comments and broken parts
//! included, so the answer errs to yes.

use crate::config::schema;
use std::collections::BTreeSet;

/// What Atlassian's API tokens start with.
const TOKEN_STARTS: [&str; 2] = ["ATATT3", "ATCTT3"];

/// Whether a text seems to hold a secret: a key with the name of one and a value behind it, or a token as such.
pub fn holds_secret(text: &str) -> bool {
    let secrets = schema::all().filter(|setting| setting.secret());
    let fields: BTreeSet<&str> = secrets.map(schema::Setting::field).collect();
    TOKEN_STARTS.iter().any(|start| text.contains(start))
        || text.match_indices('=').any(|(at, _)| {
            let key = text[..at].trim_end_matches(['"', '\'', ' ', '\t']);
            fields.iter().any(|field| ends_in(key, field))
        })
}

/// Whether this name, and not just a longer one, stands at the end.
fn ends_in(text: &str, name: &str) -> bool {
    let in_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    text.strip_suffix(name)
        .is_some_and(|before| !before.ends_with(in_name))
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
        ] {
            assert!(holds_secret(text), "{text}");
        }
        for text in [
            "token_expires = 2027-01-31",
            "path = \"pat\"",
            "# a token",
            "my_pat = 1\nx-token = 2\n= 3",
            "",
        ] {
            assert!(!holds_secret(text), "{text}");
        }
    }
}
