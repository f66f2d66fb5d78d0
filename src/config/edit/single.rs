//! The commonest edit, one value in a text, without an outline: the scan says where it goes, and one splice puts it
//! there. The result is what the outline would give.

use super::encode::{encode_key, encode_keys};
use super::tokens::first_newline;
use crate::config::scan::{Found, Look, Place, scan};
use std::ops::Range;

const MARK: char = '\u{feff}';

/// The text with this value at these keys, or nothing where the scan is unsure or a table is in the way.
pub(super) fn set(text: &str, keys: &[String], value: &str) -> Option<String> {
    let wanted: Vec<&str> = keys.iter().map(String::as_str).collect();
    set_found(text, &scan(text, &wanted, &mut ()).ok()?, keys, value)
}

/// The same where a scan has found these keys, or their place.
pub(super) fn set_found(
    text: &str,
    Found { look, place }: &Found,
    keys: &[String],
    value: &str,
) -> Option<String> {
    let (name, above) = keys.split_last()?;
    match (look, place) {
        (Look::Value(old), _) if &text[old.clone()] == value => Some(text.to_string()),
        (Look::Value(old), _) if text[old.clone()].starts_with('{') => None,
        (Look::Value(old), _) => Some(splice(text, old.clone(), &[value])),
        (Look::Absent, Place::Line(last)) => Some(add_line(text, last, name, value)),
        (Look::Absent, Place::NewTable) => Some(add_table(text, above, name, value)),
        (Look::Absent, Place::Ask) => None,
    }
}

fn splice(text: &str, range: Range<usize>, parts: &[&str]) -> String {
    let mut spliced =
        String::with_capacity(text.len() + parts.iter().map(|part| part.len()).sum::<usize>());
    spliced.push_str(&text[..range.start]);
    spliced.extend(parts.iter().copied());
    spliced.push_str(&text[range.end..]);
    spliced
}

/// Behind the line on which the last one ends, with its indentation.
fn add_line(text: &str, last: &Range<usize>, name: &str, value: &str) -> String {
    let newline = first_newline(text).unwrap_or("\n");
    let indentation = &text[text[..last.start].trim_end_matches([' ', '\t']).len()..last.start];
    let key = encode_key(name);
    match text[last.end..].find('\n') {
        Some(line_end) => {
            let next = last.end + line_end + 1;
            splice(
                text,
                next..next,
                &[indentation, &key, " = ", value, newline],
            )
        }
        None => splice(
            text,
            text.len()..text.len(),
            &[newline, indentation, &key, " = ", value],
        ),
    }
}

/// At the end, with a blank line before the header.
fn add_table(text: &str, above: &[String], name: &str, value: &str) -> String {
    let newline = first_newline(text).unwrap_or("\n");
    let rest = text.strip_prefix(MARK).unwrap_or(text);
    let complete = rest.is_empty() || rest.ends_with('\n');
    let last_line = rest.lines().next_back().unwrap_or_default();
    let blank = complete && last_line.trim_matches([' ', '\t']).is_empty();
    let (start, end) = if complete {
        ("", newline)
    } else {
        (newline, "")
    };
    let gap = if blank { "" } else { newline };
    let (header, key) = (encode_keys(above), encode_key(name));
    splice(
        text,
        text.len()..text.len(),
        &[
            start, gap, "[", &header, "]", newline, &key, " = ", value, end,
        ],
    )
}
