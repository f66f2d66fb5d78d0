//! Text from files, variables and servers goes in; text that is safe to show on a terminal comes out.

use std::fmt;

/// Shows a text with its control characters escaped, so that it cannot move the cursor, change colours or hide
/// what stands beside it.
#[derive(Debug, Clone, Copy)]
pub struct Visible<'a>(pub &'a str);

impl fmt::Display for Visible<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut plain = 0;
        for (at, c) in self.0.char_indices() {
            if is_hidden(c) {
                f.write_str(&self.0[plain..at])?;
                write!(f, "{}", c.escape_debug())?;
                plain = at + c.len_utf8();
            }
        }
        f.write_str(&self.0[plain..])
    }
}

/// The text of JSON with hidden characters as JSON's own escapes: it stays the same JSON, and is fit for YAML, too.
/// Breaks of lines between members stay.
pub fn escaped_json(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if is_hidden(c) && c != '\n' {
            // all of them are within the first 65,536
            text.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            text.push(c);
        }
    }
    text
}

/// Control characters, and those that reorder or hide text: Unicode's bidirectional controls (UAX #9), line and
/// paragraph separators, zero-width characters.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_with_escapes_is_the_same_json() {
        let json = serde_json::json!({"a\u{9b}": ["\u{7f}\u{202e}\u{1b}[2J\n", "👩\u{200d}🚀 é"], "b": {}});
        let text = escaped_json(&format!("{json:#}"));
        assert!(!text.chars().any(|c| c != '\n' && is_hidden(c)), "{text}");
        let read: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(read, json);
    }

    #[test]
    fn nothing_that_moves_or_hides_gets_through() {
        let shown = Visible("a\u{1b}[31m\n\u{202e}é\u{7f}\"").to_string();
        assert_eq!(shown, "a\\u{1b}[31m\\n\\u{202e}é\\u{7f}\"");
    }
}
