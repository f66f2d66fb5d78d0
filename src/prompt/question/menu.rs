//! A question that fills the screen: rows with values, and what is to be known about them.

/// One row of a menu.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MenuRow {
    /// What it is called.
    pub label: String,
    /// The value or a summary, in a column of its own. Never a secret.
    pub value: String,
    /// What is special about the value, such as `modified`.
    pub badges: Vec<String>,
    /// Said while the marker stands at the row.
    pub about: String,
    /// Why it cannot be taken. Without a reason it can.
    pub unavailable: Option<String>,
}

impl MenuRow {
    /// A row with nothing but a name.
    pub fn new(label: impl Into<String>) -> MenuRow {
        MenuRow {
            label: label.into(),
            ..MenuRow::default()
        }
    }

    /// Shows a value.
    #[must_use]
    pub fn value(self, value: impl Into<String>) -> MenuRow {
        MenuRow {
            value: value.into(),
            ..self
        }
    }

    /// Adds a badge.
    #[must_use]
    pub fn badge(mut self, badge: impl Into<String>) -> MenuRow {
        self.badges.push(badge.into());
        self
    }

    /// Says more while the marker stands at the row.
    #[must_use]
    pub fn about(self, about: impl Into<String>) -> MenuRow {
        MenuRow {
            about: about.into(),
            ..self
        }
    }

    /// Cannot be taken, for this reason.
    #[must_use]
    pub fn unavailable(self, reason: impl Into<String>) -> MenuRow {
        MenuRow {
            unavailable: Some(reason.into()),
            ..self
        }
    }
}

/// Which row of a menu?
#[derive(Debug, Clone, Copy)]
pub struct MenuQuestion<'a> {
    /// What the menu is called, on one line.
    pub title: &'a str,
    /// The titles of the menus that led here, the first one first.
    pub trail: &'a [&'a str],
    /// What is said above the rows; each is wrapped to the width.
    pub paragraphs: &'a [String],
    /// The rows to choose from.
    pub rows: &'a [MenuRow],
    /// The index of the row that is marked at first; beyond the last row it is the last.
    pub marked: usize,
    /// What `?` shows above the keys.
    pub help: &'a str,
}

impl<'a> MenuQuestion<'a> {
    /// Asks for one of `rows`, with the first one marked.
    pub fn new(title: &'a str, rows: &'a [MenuRow]) -> MenuQuestion<'a> {
        MenuQuestion {
            title,
            trail: &[],
            paragraphs: &[],
            rows,
            marked: 0,
            help: "",
        }
    }

    /// Says which menus led here.
    #[must_use]
    pub fn trail(self, trail: &'a [&'a str]) -> MenuQuestion<'a> {
        MenuQuestion { trail, ..self }
    }

    /// Says something above the rows.
    #[must_use]
    pub fn paragraphs(self, paragraphs: &'a [String]) -> MenuQuestion<'a> {
        MenuQuestion { paragraphs, ..self }
    }

    /// Marks another row at first.
    #[must_use]
    pub fn marked(self, marked: usize) -> MenuQuestion<'a> {
        MenuQuestion { marked, ..self }
    }

    /// Explains itself when `?` is pressed.
    #[must_use]
    pub fn help(self, help: &'a str) -> MenuQuestion<'a> {
        MenuQuestion { help, ..self }
    }
}
