//! A question for a list, which is edited item by item.

use super::Check;
use std::fmt;

/// Which items?
#[derive(Clone, Copy)]
pub struct ListQuestion<'a> {
    /// What the list is called, on one line.
    pub title: &'a str,
    /// The titles of the menus that led here, the first one first.
    pub trail: &'a [&'a str],
    /// What is said above the items; each is wrapped to the width.
    pub paragraphs: &'a [String],
    /// The items there are at first.
    pub items: &'a [String],
    /// What one item is called, where it is typed: `Host`.
    pub item: &'a str,
    /// Called with each item that is typed, white space at its ends left out. One that it refuses stays for editing.
    pub check: Check<'a>,
    /// What `?` shows above the keys.
    pub help: &'a str,
}

impl<'a> ListQuestion<'a> {
    /// Asks for a list of any texts that are not empty.
    pub fn new(title: &'a str, items: &'a [String]) -> ListQuestion<'a> {
        ListQuestion {
            title,
            trail: &[],
            paragraphs: &[],
            items,
            item: "Item",
            check: &|_| Ok(()),
            help: "",
        }
    }

    /// Says which menus led here.
    #[must_use]
    pub fn trail(self, trail: &'a [&'a str]) -> ListQuestion<'a> {
        ListQuestion { trail, ..self }
    }

    /// Says something above the items.
    #[must_use]
    pub fn paragraphs(self, paragraphs: &'a [String]) -> ListQuestion<'a> {
        ListQuestion { paragraphs, ..self }
    }

    /// Names one item.
    #[must_use]
    pub fn item(self, item: &'a str) -> ListQuestion<'a> {
        ListQuestion { item, ..self }
    }

    /// Takes only items that pass.
    #[must_use]
    pub fn check(self, check: Check<'a>) -> ListQuestion<'a> {
        ListQuestion { check, ..self }
    }

    /// Explains itself when `?` is pressed.
    #[must_use]
    pub fn help(self, help: &'a str) -> ListQuestion<'a> {
        ListQuestion { help, ..self }
    }

    /// What is wrong with a typed item, if anything. An empty one is none.
    pub(in crate::prompt) fn complaint(&self, item: &str) -> Option<String> {
        if item.is_empty() {
            Some("nothing was typed; Esc goes back".to_owned())
        } else {
            (self.check)(item).err()
        }
    }
}

impl fmt::Debug for ListQuestion<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ListQuestion")
            .field("title", &self.title)
            .field("items", &self.items)
            .finish_non_exhaustive()
    }
}
