//! What a question looks like at one moment: rows of styled text, none wider than the terminal, and the cursor.

use super::line::first_columns;
use super::look::{Look, Marks};
use super::width::{width, wrap};
use crate::output::escape::Visible;
use crate::prompt::PromptError;

/// Narrower terminals are told so.
const LEAST_COLUMNS: usize = 20;

/// What indents the second and later rows of a question: as wide as its mark and a space.
const INDENT: &str = "  ";

/// A terminal's size, in character cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Size {
    pub columns: usize,
    pub rows: usize,
}

/// How a piece of text is shown, where colours are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    /// The question's mark, and the row that Enter takes.
    Accent,
    /// What a menu is called.
    Title,
    /// The mark of an answered question.
    Answered,
    /// Help.
    Faint,
    /// What is wrong with an answer.
    Wrong,
}

impl Style {
    /// The parameters of `SGR`, the terminals' command for colours (ECMA-48, 8.3.117).
    pub(super) fn parameters(self) -> Option<&'static str> {
        match self {
            Style::Plain => None,
            Style::Accent => Some("36"),
            Style::Title => Some("1"),
            Style::Answered => Some("32"),
            Style::Faint => Some("2"),
            Style::Wrong => Some("31"),
        }
    }
}

/// A row, as pieces of styled text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Row(pub Vec<(Style, String)>);

impl Row {
    /// A row of one style.
    pub(super) fn of(style: Style, text: impl Into<String>) -> Row {
        Row(vec![(style, text.into())])
    }

    /// Adds text.
    pub(super) fn push(&mut self, style: Style, text: impl Into<String>) {
        self.0.push((style, text.into()));
    }

    /// In columns.
    pub(super) fn width(&self) -> usize {
        self.0.iter().map(|(_, text)| width(text)).sum()
    }
}

/// The rows, and where the cursor is in them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Frame {
    pub rows: Vec<Row>,
    /// Row and column, counted from 0.
    pub cursor: (usize, usize),
}

/// What frames are made for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Canvas {
    pub look: Look,
    pub size: Size,
    /// Whether all of the screen is free, and nothing remains of it.
    pub whole: bool,
}

impl Canvas {
    /// The columns that are used: text in the last one makes some terminals go to the next row and some not. For a
    /// terminal that is too narrow, what would be used if it were not: what it needs is told by that.
    pub(super) fn columns(self) -> usize {
        self.size.columns.max(LEAST_COLUMNS) - 1
    }

    pub(super) fn marks(self) -> Marks {
        self.look.marks()
    }

    /// The rows of a question that is being asked, the cursor at the end.
    pub(super) fn asking(self, question: &str) -> Frame {
        self.headed(Style::Accent, self.marks().asking, question)
    }

    /// The rows of a question with its answer, which is all that remains of it.
    pub(super) fn answered(self, question: &str, answer: &str) -> Frame {
        let text = format!("{question} {answer}");
        self.headed(Style::Answered, self.marks().answered, &text)
    }

    /// The rows of a question that was left.
    pub(super) fn left(self, question: &str, how: &str) -> Frame {
        let text = format!("{question} ({how})");
        self.headed(Style::Faint, self.marks().asking, &text)
    }

    fn headed(self, style: Style, mark: char, text: &str) -> Frame {
        let text = Visible(text).to_string();
        let lines = wrap(&text, self.columns() - INDENT.len());
        let row = |(index, line): (usize, String)| {
            let mut row = if index == 0 {
                Row::of(style, format!("{mark} "))
            } else {
                Row::of(Style::Plain, INDENT)
            };
            row.push(Style::Plain, line);
            row
        };
        let rows: Vec<Row> = lines.into_iter().enumerate().map(row).collect();
        let end = rows.last().map_or(0, Row::width);
        Frame {
            cursor: (rows.len().saturating_sub(1), end),
            rows,
        }
    }

    /// A text that has been made visible, as far as it fits into `columns`.
    pub(super) fn cut(self, text: &str, columns: usize) -> String {
        if width(text) <= columns {
            return text.to_owned();
        }
        let start = first_columns(text, columns.saturating_sub(1));
        format!("{start}{}", self.marks().cut)
    }

    /// The lines of a text of the program, whose line breaks are kept.
    pub(super) fn lines(self, text: &str) -> Vec<String> {
        text.lines()
            .flat_map(|line| wrap(&Visible(line).to_string(), self.columns()))
            .collect()
    }

    /// The same lines as they are written outside of a frame.
    pub(super) fn written(self, text: &str) -> String {
        let lines = self.lines(text).into_iter();
        lines.map(|line| line + "\n").collect()
    }

    /// What moves a marker.
    pub(super) fn arrows(self) -> &'static str {
        if self.look.unicode {
            "↑ ↓ move"
        } else {
            "Up Down move"
        }
    }

    /// What keys do, as far as it fits, the most important first.
    pub(super) fn keys(self, keys: &[&str]) -> Row {
        let mut text = String::new();
        for key in keys {
            let between = if text.is_empty() { "" } else { ", " };
            if width(&text) + between.len() + width(key) > self.columns() {
                break;
            }
            text += between;
            text += key;
        }
        Row::of(Style::Faint, text)
    }

    /// The rows that say what is wrong with an answer.
    pub(super) fn complaint(self, text: &str) -> Vec<Row> {
        let text = format!("{} {}", self.marks().wrong, Visible(text));
        let lines = wrap(&text, self.columns());
        lines
            .into_iter()
            .map(|line| Row::of(Style::Wrong, line))
            .collect()
    }

    /// Fails if the terminal is smaller than this.
    pub(super) fn require_size(self, needed: Size) -> Result<(), PromptError> {
        let Size { columns, rows } = self.size;
        if columns < needed.columns || rows < needed.rows {
            return Err(PromptError::TooSmall {
                columns,
                rows,
                needed_columns: needed.columns,
                needed_rows: needed.rows,
            });
        }
        Ok(())
    }

    /// Fails if the terminal has fewer rows than needed, or is too narrow for any question.
    pub(super) fn require(self, needed_rows: usize) -> Result<(), PromptError> {
        self.require_size(Size {
            columns: LEAST_COLUMNS,
            rows: needed_rows,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canvas(columns: usize, rows: usize) -> Canvas {
        let look = Look {
            unicode: false,
            colour: false,
        };
        Canvas {
            look,
            size: Size { columns, rows },
            whole: false,
        }
    }

    #[test]
    fn a_question_is_wrapped_below_its_text() {
        let frame = canvas(20, 5).asking("Remove all of `profiles.work`?");
        let rows: Vec<String> = frame
            .rows
            .iter()
            .map(|row| row.0.iter().map(|(_, text)| text.as_str()).collect())
            .collect();
        assert_eq!(rows, ["? Remove all of", "  `profiles.work`?"]);
        assert_eq!(frame.cursor, (1, 18));
    }

    #[test]
    fn what_a_question_quotes_cannot_move_the_cursor() {
        let frame = canvas(60, 5).asking("Remove \u{1b}[2J?");
        assert_eq!(frame.rows[0].0[1].1, "Remove \\u{1b}[2J?");
        let complaint = canvas(60, 5).complaint("not \u{9b}2J");
        assert_eq!(complaint, [Row::of(Style::Wrong, "! not \\u{9b}2J")]);
    }

    #[test]
    fn too_small_is_said_with_what_is_needed() {
        assert_eq!(canvas(20, 3).require(3), Ok(()));
        let too_small = |columns, rows| PromptError::TooSmall {
            columns,
            rows,
            needed_columns: 20,
            needed_rows: 3,
        };
        assert_eq!(canvas(19, 3).require(3), Err(too_small(19, 3)));
        assert_eq!(canvas(80, 2).require(3), Err(too_small(80, 2)));
    }
}
