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
    fn nothing_that_moves_or_hides_gets_through() {
        let shown = Visible("a\u{1b}[31m\n\u{202e}é\u{7f}\"").to_string();
        assert_eq!(shown, "a\\u{1b}[31m\\n\\u{202e}é\\u{7f}\"");
    }
}
