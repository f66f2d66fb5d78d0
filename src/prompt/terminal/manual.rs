//! What `?` shows: a text over the page that asked for it, with keys to read on and to go back.

use super::frame::{Canvas, Frame, Row, Style};
use super::keys::Key;
use super::marker::letters_move;
use super::sheet::heading;

const KEYS: [&str; 2] = ["Esc goes back", "Up and Down read on"];

/// A text, and how far it was read.
pub(super) struct Manual {
    text: String,
    top: usize,
    /// How many lines have room.
    page: usize,
    lines: usize,
}

impl Manual {
    /// Shows these paragraphs, those that say something.
    pub(super) fn new(paragraphs: &[&str]) -> Manual {
        let paragraphs: Vec<&str> = paragraphs
            .iter()
            .copied()
            .filter(|paragraph| !paragraph.is_empty())
            .collect();
        Manual {
            text: paragraphs.join("\n\n"),
            top: 0,
            page: 1,
            lines: 0,
        }
    }

    /// The text as far as there is room, below the title of the page.
    pub(super) fn frame(&mut self, canvas: Canvas, title: &str) -> Frame {
        let lines = canvas.lines(&self.text);
        self.page = canvas.size.rows.saturating_sub(4).max(1);
        self.lines = lines.len();
        self.top = self.top.min(self.lines.saturating_sub(self.page));
        let mut rows = vec![heading(canvas, &["Help"], title), Row::default()];
        let in_sight = lines.into_iter().skip(self.top).take(self.page);
        rows.extend(in_sight.map(|line| Row::of(Style::Plain, line)));
        rows.push(Row::default());
        if canvas.whole {
            let missing = canvas.size.rows.saturating_sub(rows.len() + 1);
            rows.extend(std::iter::repeat_n(Row::default(), missing));
        }
        let keys = if self.lines > self.page {
            KEYS.as_slice()
        } else {
            &KEYS[..1]
        };
        rows.push(canvas.keys(keys));
        Frame {
            cursor: (rows.len() - 1, 0),
            rows,
        }
    }

    /// Reads on; `false` if the key ends the reading.
    pub(super) fn press(&mut self, key: Key) -> bool {
        let page = self.page.saturating_sub(1).max(1);
        self.top = match letters_move(key) {
            Key::Enter | Key::Help | Key::Typed('?' | 'q') => return false,
            Key::Up => self.top.saturating_sub(1),
            Key::Down => self.top + 1,
            Key::PageUp => self.top.saturating_sub(page),
            Key::PageDown | Key::Typed(' ') => self.top + page,
            Key::Home => 0,
            Key::End => self.lines,
            _ => self.top,
        }
        .min(self.lines.saturating_sub(self.page));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::dialogue::play::{rows, whole};
    use super::*;

    #[test]
    fn a_long_text_is_read_with_keys() {
        let text: Vec<String> = (0..30).map(|line| format!("line {line}")).collect();
        let text = text.join("\n");
        let mut manual = Manual::new(&["", &text]);
        let first_line = |manual: &mut Manual| {
            let frame = manual.frame(whole(40, 10), "Jira");
            assert_eq!(frame.rows.len(), 10);
            rows(&frame)[2].clone()
        };
        assert_eq!(first_line(&mut manual), "line 0");
        for (key, line) in [
            (Key::Down, "line 1"),
            (Key::PageDown, "line 6"),
            (Key::End, "line 24"),
            (Key::Up, "line 23"),
            (Key::Typed('x'), "line 23"),
            (Key::Home, "line 0"),
        ] {
            assert!(manual.press(key));
            assert_eq!(first_line(&mut manual), line, "{key:?}");
        }
        assert!(!manual.press(Key::Typed('?')));
    }
}
