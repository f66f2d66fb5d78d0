//! The text of a file goes in; whether a secret may stand in it, in plain text, comes out.
//!
//! Such a version is never kept for undo. The text is looked at as it stands, comments and broken parts
//! included, so the answer errs to yes.

use crate::config::schema;

/// What Atlassian's API tokens start with.
const TOKEN_STARTS: [&str; 2] = ["ATATT3", "ATCTT3"];

/// Whether a text seems to hold a secret: a key with the name of one and a value behind it, a token as such, or
/// an address with a password in it.
pub fn holds_secret(text: &str) -> bool {
    let fields = schema::all()
        .filter(|setting| setting.secret())
        .map(schema::Setting::field);
    TOKEN_STARTS.iter().any(|start| text.contains(start))
        || fields.into_iter().any(|field| assigns(text, field))
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

/// Whether a key of this name has a value somewhere.
fn assigns(text: &str, field: &str) -> bool {
    text.match_indices(field).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let starts_here =
            !before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
        let behind = text[at + field.len()..].trim_start_matches(['"', '\'', ' ', '\t']);
        starts_here && behind.starts_with('=')
    })
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
            "username = \"me@acme.example\" # https://acme.example",
            "",
        ] {
            assert!(!holds_secret(text), "{text}");
        }
    }
}
