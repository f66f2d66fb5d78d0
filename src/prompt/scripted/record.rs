//! What a script says to a question, and what it keeps of it.

use crate::prompt::{MenuRow, PromptError};

/// What to do when a question is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// Choose the row with this text, or in a menu or search with this label. If it cannot be taken, the menu stays
    /// and takes its next reply.
    Row(String),
    /// Type this into the filter of a menu or into a search, and press Enter: the best row that it finds.
    Find(String),
    /// Type this into the filter of a menu or into a search, and choose the row with this label from what it finds.
    FindRow(String, String),
    /// Type this text. If the question refuses it, it is asked again and takes its next reply.
    Text(String),
    /// Type this text, press Tab and then Enter.
    Completed(String),
    /// Type this secret.
    Secret(String),
    /// Yes or no.
    Confirm(bool),
    /// Edit a list in this way, one after the other, and then take it. An item that is refused is left out.
    List(Vec<Edit>),
    /// Press Enter at once: the marked row, the initial text or the default, a list as it is.
    Enter,
    /// Press Esc.
    Back,
    /// End in this way.
    Fail(PromptError),
}

/// A step in editing a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Add this item at the end.
    Add(String),
    /// Make this item another one.
    Change(String, String),
    /// Take this item away.
    Remove(String),
}

/// The kinds of question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One of several rows.
    Select,
    /// A line of text.
    Text,
    /// A secret.
    Secret,
    /// Yes or no.
    Confirm,
    /// A menu.
    Menu,
    /// One of very many rows.
    Search,
    /// A list of items.
    List,
}

/// A question that was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What kind of question.
    pub kind: Kind,
    /// The question, or the title of a menu, search or list.
    pub question: String,
    /// The titles of the menus that led here.
    pub trail: Vec<String>,
    /// What was said before the question by [`Prompter::note`](crate::prompt::Prompter::note).
    pub notes: Vec<String>,
    /// What the question itself says above its rows.
    pub paragraphs: Vec<String>,
    /// The rows of a select, the labels of a menu or search, or the items of a list, in order; else empty.
    pub rows: Vec<String>,
    /// The rows of a menu, with values and badges; else empty.
    pub menu: Vec<MenuRow>,
    /// What stood there to be taken by Enter: the marked row, initial text or default, `yes` or `no`.
    pub offered: String,
    /// The help of the question.
    pub help: String,
    /// Whether it had a screen of its own.
    pub on_screen: bool,
    /// What was wrong with the answers before the one that was taken.
    pub complaints: Vec<String>,
}

impl Asked {
    /// The row of a menu with this label.
    ///
    /// # Panics
    ///
    /// If there is none.
    pub fn row(&self, label: &str) -> &MenuRow {
        let row = self.menu.iter().find(|row| row.label == label);
        row.unwrap_or_else(|| panic!("`{}` has no row {label:?}: {:?}", self.question, self.rows))
    }

    pub(super) fn new(kind: Kind, question: &str, offered: impl Into<String>) -> Asked {
        Asked {
            kind,
            question: question.to_owned(),
            trail: Vec::new(),
            notes: Vec::new(),
            paragraphs: Vec::new(),
            rows: Vec::new(),
            menu: Vec::new(),
            offered: offered.into(),
            help: String::new(),
            on_screen: false,
            complaints: Vec::new(),
        }
    }
}
