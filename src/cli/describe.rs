//! Origins, values and texts, as commands show them.

use super::failure::Failure;
use crate::config::layer::Origin;
use crate::config::value::Value;
use crate::output::escape::Visible;
use serde_json::json;

/// What stands in the place of a secret.
pub(super) const MASK: &str = "********";

/// Where a value comes from, for people: `/home/you/.config/lassi/config.toml:3`.
pub(super) fn origin(origin: &Origin) -> String {
    origin.to_string()
}

/// Where a value comes from, for programs.
pub(super) fn origin_json(origin: &Origin) -> serde_json::Value {
    let layer = origin.layer().name();
    match origin {
        Origin::Default | Origin::Flag | Origin::Store => json!({ "layer": layer }),
        Origin::File { file, line, .. } => {
            json!({ "layer": layer, "file": file.to_string_lossy(), "line": line })
        }
        Origin::Variable(name) => json!({ "layer": layer, "variable": name }),
    }
}

/// A value and its origin, for programs.
pub(super) fn value_json(value: &Value, from: &Origin) -> serde_json::Value {
    json!({ "value": value.to_json(), "origin": origin_json(from) })
}

/// What a failure says, for those who go on all the same.
pub(super) fn failure(failure: &Failure) -> String {
    match failure {
        Failure::Message(message) => message.what.clone(),
        Failure::Usage(error) => error.kind().to_string(),
        Failure::Silent(_) | Failure::Child(_) | Failure::ClosedPipe => String::new(),
    }
}

/// A word as a shell takes it: in single quotes where it would read it otherwise.
pub(super) fn shell_word(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./:@%+=,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// Columns, aligned, with their control characters escaped; the last column is as long as it is.
pub(super) fn columns(rows: &[Vec<String>]) -> String {
    let shown: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| Visible(cell).to_string()).collect())
        .collect();
    let count = shown.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        shown
            .iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
    };
    let widths: Vec<usize> = (0..count)
        .map(|column| width(column).unwrap_or(0))
        .collect();
    let mut text = String::new();
    for row in &shown {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width - cell.chars().count() + 2));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_only_where_a_shell_needs_it() {
        assert_eq!(shell_word("output.format=json"), "output.format=json");
        assert_eq!(
            shell_word("auth.jira[\"https://a.b\"].pat"),
            "'auth.jira[\"https://a.b\"].pat'"
        );
        assert_eq!(shell_word("it's"), "'it'\\''s'");
    }

    #[test]
    fn columns_line_up_and_show_no_control_characters() {
        let rows = vec![
            vec!["a".to_owned(), "b".to_owned()],
            vec!["long".to_owned(), "\u{7}".to_owned()],
        ];
        assert_eq!(columns(&rows), "a     b\nlong  \\u{7}\n");
    }
}
