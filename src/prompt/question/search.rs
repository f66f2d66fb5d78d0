//! A question for one of very many rows, found by typing.

use super::MenuRow;
use std::borrow::Cow;
use std::fmt;

/// The rows of a search. They are asked for again and again: borrow what can be borrowed.
pub trait SearchRows {
    /// How many there are.
    fn count(&self) -> usize;

    /// What is searched of a row, in any words that somebody could type.
    fn text(&self, index: usize) -> Cow<'_, str>;

    /// What is shown of a row; asked only for rows in sight.
    fn row(&self, index: usize) -> MenuRow {
        MenuRow::new(self.text(index))
    }
}

impl<T: AsRef<str>> SearchRows for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn text(&self, index: usize) -> Cow<'_, str> {
        Cow::Borrowed(self[index].as_ref())
    }
}

/// A menu is searched by names and values.
impl SearchRows for &[MenuRow] {
    fn count(&self) -> usize {
        self.len()
    }

    fn text(&self, index: usize) -> Cow<'_, str> {
        let MenuRow { label, value, .. } = &self[index];
        Cow::Owned(format!("{label} {value}"))
    }

    fn row(&self, index: usize) -> MenuRow {
        self[index].clone()
    }
}

/// Which row of very many?
#[derive(Clone, Copy)]
pub struct SearchQuestion<'a> {
    /// What is searched, on one line.
    pub title: &'a str,
    /// The titles of the menus that led here, the first one first.
    pub trail: &'a [&'a str],
    /// The rows to choose from.
    pub rows: &'a dyn SearchRows,
    /// What is searched for at first.
    pub initial: &'a str,
    /// Said above what is typed; wrapped to the width.
    pub help: &'a str,
}

impl<'a> SearchQuestion<'a> {
    /// Asks for one of `rows`.
    pub fn new(title: &'a str, rows: &'a dyn SearchRows) -> SearchQuestion<'a> {
        SearchQuestion {
            title,
            trail: &[],
            rows,
            initial: "",
            help: "",
        }
    }

    /// Says which menus led here.
    #[must_use]
    pub fn trail(self, trail: &'a [&'a str]) -> SearchQuestion<'a> {
        SearchQuestion { trail, ..self }
    }

    /// Starts with a text, to be edited.
    #[must_use]
    pub fn initial(self, initial: &'a str) -> SearchQuestion<'a> {
        SearchQuestion { initial, ..self }
    }

    /// Says something above what is typed.
    #[must_use]
    pub fn help(self, help: &'a str) -> SearchQuestion<'a> {
        SearchQuestion { help, ..self }
    }
}

impl fmt::Debug for SearchQuestion<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SearchQuestion")
            .field("title", &self.title)
            .field("rows", &self.rows.count())
            .finish_non_exhaustive()
    }
}
