//! A line that is being typed: keys go in, its text and the part of it that fits on the screen come out.

use super::keys::Key;
use super::width::{cell, width};
use zeroize::Zeroizing;

/// The text and where in it the cursor is. It may be a secret: it is overwritten when it is dropped.
pub(super) struct Line {
    text: Zeroizing<String>,
    /// A byte offset, always between two characters.
    cursor: usize,
    /// In bytes.
    longest: usize,
}

/// The part of a line that fits.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// What to show.
    pub text: String,
    /// How many columns are left of the cursor.
    pub cursor: usize,
}

/// How characters are shown.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shown {
    /// As they are; `cut` stands where some are left out.
    Plain { cut: char },
    /// Each as this one.
    Hidden(char),
}

impl Line {
    /// A line to edit, with the cursor at its end.
    pub(super) fn new(initial: &str) -> Line {
        Line {
            text: Zeroizing::new(initial.to_owned()),
            cursor: initial.len(),
            longest: usize::MAX,
        }
    }

    /// An empty line of at most `longest` bytes. All of them are reserved at once, as a text that grows leaves
    /// copies of itself in memory.
    pub(super) fn secret(longest: usize) -> Line {
        Line {
            text: Zeroizing::new(String::with_capacity(longest)),
            cursor: 0,
            longest,
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Puts another text there, with the cursor at its end.
    pub(super) fn set(&mut self, text: &str) {
        self.text.clear();
        self.text.push_str(text);
        self.cursor = text.len();
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Does what a key means for a line; other keys do nothing.
    pub(super) fn press(&mut self, key: Key) {
        match key {
            Key::Typed(typed) | Key::Pasted(typed) => self.insert(typed),
            Key::Backspace => self.delete(self.before(), self.cursor),
            Key::Delete | Key::EndOfInput => self.delete(self.cursor, self.after()),
            Key::DeleteToStart => self.delete(0, self.cursor),
            Key::DeleteToEnd => self.delete(self.cursor, self.text.len()),
            Key::DeleteWord => self.delete(self.word_before(), self.cursor),
            Key::Left => self.cursor = self.before(),
            Key::Right => self.cursor = self.after(),
            Key::WordLeft => self.cursor = self.word_before(),
            Key::WordRight => self.cursor = self.word_after(),
            Key::Home => self.cursor = 0,
            Key::End => self.cursor = self.text.len(),
            Key::Enter
            | Key::Escape
            | Key::Interrupt
            | Key::Suspend
            | Key::Up
            | Key::Down
            | Key::PageUp
            | Key::PageDown
            | Key::Tab
            | Key::Help
            | Key::Unknown => {}
        }
    }

    fn insert(&mut self, typed: char) {
        if self.text.len() + typed.len_utf8() <= self.longest {
            self.text.insert(self.cursor, typed);
            self.cursor += typed.len_utf8();
        }
    }

    fn delete(&mut self, from: usize, to: usize) {
        self.text.drain(from..to);
        self.cursor = from;
    }

    /// One character back, with the accents that are on it.
    fn before(&self) -> usize {
        let mut characters = self.text[..self.cursor].char_indices().rev();
        let start = characters.find(|(_, character)| cell(*character).1 > 0);
        start.map_or(0, |(offset, _)| offset)
    }

    /// One character on, with the accents that are on it.
    fn after(&self) -> usize {
        let mut characters = self.text[self.cursor..].char_indices().skip(1);
        let next = characters.find(|(_, character)| cell(*character).1 > 0);
        next.map_or(self.text.len(), |(offset, _)| self.cursor + offset)
    }

    fn word_before(&self) -> usize {
        let text = self.text[..self.cursor].trim_end_matches(is_between_words);
        text.rfind(is_between_words).map_or(0, |offset| {
            let rest = &text[offset..];
            offset + rest.chars().next().map_or(0, char::len_utf8)
        })
    }

    fn word_after(&self) -> usize {
        let text = &self.text[self.cursor..];
        let word = text.trim_start_matches(is_between_words);
        let skipped = text.len() - word.len();
        let length = word.find(is_between_words).unwrap_or(word.len());
        self.cursor + skipped + length
    }

    /// The part around the cursor that fits into `columns`, the cursor's own column included.
    pub(super) fn window(&self, columns: usize, shown: Shown) -> Window {
        match shown {
            Shown::Plain { cut } => self.plain_window(columns, cut),
            Shown::Hidden(mark) => self.hidden_window(columns, mark),
        }
    }

    /// As many marks as there are characters, and as have room.
    fn hidden_window(&self, columns: usize, mark: char) -> Window {
        let room = columns.saturating_sub(1);
        let before = self.text[..self.cursor].chars().count().min(room);
        let after = self.text[self.cursor..].chars().count().min(room - before);
        Window {
            text: mark.to_string().repeat(before + after),
            cursor: before,
        }
    }

    fn plain_window(&self, columns: usize, cut: char) -> Window {
        let before = shown_text(&self.text[..self.cursor]);
        let after = shown_text(&self.text[self.cursor..]);
        if width(&before) + width(&after) < columns {
            return Window {
                cursor: width(&before),
                text: before + &after,
            };
        }
        // one column each for a mark left, the cursor, and a mark right
        let room = columns.saturating_sub(3);
        let mut text = String::new();
        if width(&before) > room {
            text.push(cut);
            text += last_columns(&before, room);
        } else {
            text += &before;
        }
        let cursor = width(&text);
        let room = columns - 1 - cursor;
        if width(&after) > room {
            text += first_columns(&after, room.saturating_sub(1));
            text.push(cut);
        } else {
            text += &after;
        }
        Window { text, cursor }
    }
}

/// A site's name and path are words of their own.
fn is_between_words(character: char) -> bool {
    !character.is_alphanumeric()
}

fn shown_text(text: &str) -> String {
    text.chars().map(|character| cell(character).0).collect()
}

/// The longest end of a text that fits.
fn last_columns(text: &str, columns: usize) -> &str {
    let mut free = columns;
    for (offset, character) in text.char_indices().rev() {
        let needed = cell(character).1;
        if needed > free {
            return &text[offset + character.len_utf8()..];
        }
        free -= needed;
    }
    text
}

/// The longest start of a text that fits.
pub(super) fn first_columns(text: &str, columns: usize) -> &str {
    let mut free = columns;
    for (offset, character) in text.char_indices() {
        let needed = cell(character).1;
        if needed > free {
            return &text[..offset];
        }
        free -= needed;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Shown = Shown::Plain { cut: '~' };

    fn after(initial: &str, keys: &[Key]) -> (String, usize) {
        let mut line = Line::new(initial);
        for key in keys {
            line.press(*key);
        }
        (line.text().to_owned(), line.cursor)
    }

    #[test]
    fn keys_edit_the_line() {
        use Key::*;
        let expected: [(&str, &[Key], &str, usize); 12] = [
            ("ab", &[Typed('é'), Pasted('c')], "abéc", 5),
            ("abé", &[Left, Typed('c')], "abcé", 3),
            ("abé", &[Backspace, Backspace], "a", 1),
            ("abc", &[Home, Delete, EndOfInput], "c", 0),
            ("abc", &[Left, DeleteToStart], "c", 0),
            ("abc", &[Home, Right, DeleteToEnd, End], "a", 1),
            ("", &[Backspace, Delete, Left, Right, DeleteWord], "", 0),
            ("acme.atlassian.net/", &[DeleteWord], "acme.atlassian.", 15),
            ("acme.example", &[WordLeft, Typed('x')], "acme.xexample", 6),
            (
                "acme.example",
                &[Home, WordRight, WordRight],
                "acme.example",
                12,
            ),
            // an accent goes with its letter
            ("xe\u{301}", &[Backspace], "x", 1),
            ("e\u{301}x", &[Home, Right, Typed('-')], "e\u{301}-x", 4),
        ];
        for (initial, keys, text, cursor) in expected {
            assert_eq!(after(initial, keys), (text.to_owned(), cursor), "{initial}");
        }
    }

    #[test]
    fn other_keys_do_nothing() {
        use Key::*;
        let keys = [
            Enter, Escape, Interrupt, Suspend, Up, Down, PageUp, PageDown, Tab, Help, Unknown,
        ];
        assert_eq!(after("abc", &keys), ("abc".to_owned(), 3));
    }

    #[test]
    fn a_secret_ends_at_its_longest() {
        let mut line = Line::secret(4);
        for typed in "abé€x".chars() {
            line.press(Key::Typed(typed));
        }
        assert_eq!(line.text(), "abé");
    }

    #[test]
    fn what_fits_is_shown_whole() {
        let mut line = Line::new("naïve 日本");
        let all = "naïve 日本".to_owned();
        let window = Window {
            text: all,
            cursor: 10,
        };
        assert_eq!(line.window(11, PLAIN), window);
        line.press(Key::Left);
        assert_eq!(line.window(11, PLAIN).cursor, 8);
    }

    #[test]
    fn what_does_not_fit_is_cut_where_the_cursor_is_not() {
        let mut line = Line::new("0123456789");
        assert_eq!(
            line.window(8, PLAIN),
            Window {
                text: "~56789".to_owned(),
                cursor: 6
            }
        );
        line.press(Key::Home);
        assert_eq!(
            line.window(8, PLAIN),
            Window {
                text: "012345~".to_owned(),
                cursor: 0
            }
        );
        for _ in 0..7 {
            line.press(Key::Right);
        }
        assert_eq!(
            line.window(8, PLAIN),
            Window {
                text: "~23456~".to_owned(),
                cursor: 6
            }
        );
    }

    #[test]
    fn no_window_is_wider_than_its_columns() {
        let mut line = Line::new("日本語とabcと\u{7}\u{202e}e\u{301}の長い行");
        line.press(Key::Home);
        for _ in 0..20 {
            for columns in 4..40 {
                let window = line.window(columns, PLAIN);
                assert!(width(&window.text) < columns, "{window:?} in {columns}");
                assert!(window.cursor < columns, "{window:?} in {columns}");
                assert!(!window.text.contains(['\u{7}', '\u{202e}']));
            }
            line.press(Key::Right);
        }
    }

    #[test]
    fn a_hidden_line_shows_marks_as_far_as_there_is_room() {
        let mut line = Line::secret(10_000);
        for _ in 0..4_000 {
            line.press(Key::Pasted('é'));
        }
        let window = Window {
            text: "*".repeat(19),
            cursor: 19,
        };
        assert_eq!(line.window(20, Shown::Hidden('*')), window);
        line.press(Key::DeleteToStart);
        line.press(Key::Typed('x'));
        line.press(Key::Left);
        let window = Window {
            text: "*".to_owned(),
            cursor: 0,
        };
        assert_eq!(line.window(20, Shown::Hidden('*')), window);
    }
}
