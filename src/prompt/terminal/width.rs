//! Text goes in; how many columns it takes, and its words on lines of a width, come out.

use crate::output::escape::is_hidden;
use console::measure_text_width;

/// Stands for a character that must not reach the terminal as it is.
const REPLACEMENT: char = '?';

/// A character as it is shown, and how many columns it takes: none for an accent, two for a wide one.
pub(super) fn cell(character: char) -> (char, usize) {
    if is_hidden(character) {
        (REPLACEMENT, 1)
    } else {
        (character, width(character.encode_utf8(&mut [0; 4])))
    }
}

/// How many columns a text takes that has no control characters.
pub(super) fn width(text: &str) -> usize {
    measure_text_width(text)
}

/// The lines of a text: broken at spaces, and inside of a word that has no line of its own.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ') {
        let needed = width(word);
        let space = usize::from(used > 0);
        if used + space + needed <= columns {
            push(&mut lines, if space == 1 { " " } else { "" });
            push(&mut lines, word);
            used += space + needed;
            continue;
        }
        if used > 0 {
            lines.push(String::new());
            used = 0;
        }
        for character in word.chars() {
            let needed = cell(character).1;
            if used + needed > columns {
                lines.push(String::new());
                used = 0;
            }
            push(&mut lines, character.encode_utf8(&mut [0; 4]));
            used += needed;
        }
    }
    lines
}

fn push(lines: &mut [String], text: &str) {
    if let Some(line) = lines.last_mut() {
        line.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("one two three", 13), ["one two three"]);
        assert_eq!(wrap("", 5), [""]);
    }

    #[test]
    fn a_long_word_is_broken() {
        assert_eq!(wrap("a abcdefgh b", 3), ["a", "abc", "def", "gh", "b"]);
        assert_eq!(wrap("日本語", 5), ["日本", "語"]);
    }

    #[test]
    fn what_must_not_reach_the_terminal_is_replaced() {
        assert_eq!(cell('\u{1b}'), ('?', 1));
        assert_eq!(cell('\u{202e}'), ('?', 1));
        assert_eq!(cell('e'), ('e', 1));
        assert_eq!(cell('日'), ('日', 2));
        assert_eq!(cell('\u{301}'), ('\u{301}', 0));
    }
}
