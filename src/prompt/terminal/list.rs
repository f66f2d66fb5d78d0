//! A list: its items are changed, added and removed one by one, and taken together by a row of its own.

#[cfg(test)]
mod tests;

use super::dialogue::{Dialogue, Step};
use super::frame::{Canvas, Frame, Size, Style};
use super::keys::Key;
use super::line::Line;
use super::manual::Manual;
use super::marker::{Marker, letters_move};
use super::menu::LEAST_SIZE;
use super::sheet::{Rows, Sheet};
use super::table::Widths;
use crate::prompt::{ListQuestion, MenuRow, PromptError};

const ADD: &str = "+ Add";
const DONE: &str = "= Done";

const UNSAVED: &str = "Esc again drops the changes, Done takes them";

const MANUAL: &str = "Up, Down, j, k: move\n\
    PageUp, PageDown, Home, End: move further\n\
    Enter: change the item at the marker, add one, or take the list at Done\n\
    a: add an item\n\
    d, Delete: remove the item at the marker\n\
    Esc: go back\n\
    Ctrl-C: leave";

/// A list, and what was done to it so far.
pub(super) struct List<'a> {
    question: &'a ListQuestion<'a>,
    items: Vec<String>,
    marker: Marker,
    typing: Option<Typing>,
    /// Esc was pressed, and there are changes.
    leaving: bool,
    manual: Option<Manual>,
}

/// An item while it is typed.
struct Typing {
    line: Line,
    /// The item that it takes the place of; without one it is added.
    index: Option<usize>,
    complaint: Option<String>,
}

impl<'a> List<'a> {
    pub(super) fn new(question: &'a ListQuestion<'a>) -> List<'a> {
        let items = question.items.to_vec();
        // Enter alone takes a list as it is, and adds to one where nothing is
        let row = if items.is_empty() { 0 } else { items.len() + 1 };
        List {
            question,
            items,
            marker: Marker::at(row),
            typing: None,
            leaving: false,
            manual: None,
        }
    }

    /// The items and the rows below them.
    fn count(&self) -> usize {
        self.items.len() + 2
    }

    fn row(&self, index: usize) -> MenuRow {
        match self.items.get(index) {
            Some(item) => MenuRow::new(item.as_str()),
            None if index == self.items.len() => MenuRow::new(ADD),
            None => MenuRow::new(DONE),
        }
    }

    fn is_changed(&self) -> bool {
        self.items != self.question.items
    }

    fn type_item(&mut self, index: Option<usize>) {
        let initial = index.and_then(|index| self.items.get(index));
        self.typing = Some(Typing {
            line: Line::new(initial.map_or("", String::as_str)),
            index,
            complaint: None,
        });
    }

    /// Enter, while an item is typed.
    fn take_item(&mut self) {
        let Some(typing) = &mut self.typing else {
            return;
        };
        let item = typing.line.text().trim().to_owned();
        typing.complaint = self.question.complaint(&item);
        if typing.complaint.is_some() {
            return;
        }
        if let Some(index) = typing.index {
            self.items[index] = item;
        } else {
            self.items.push(item);
            // still at the row that adds, for the next one
            self.marker.row = self.items.len();
        }
        self.typing = None;
    }

    fn remove_marked(&mut self) {
        if self.marker.row < self.items.len() {
            self.items.remove(self.marker.row);
        }
    }

    fn manual(&self) -> Manual {
        let mut paragraphs: Vec<&str> = vec![self.question.help];
        paragraphs.extend(self.question.paragraphs.iter().map(String::as_str));
        paragraphs.push(MANUAL);
        Manual::new(&paragraphs)
    }

    fn complaint(&self) -> Option<&str> {
        match &self.typing {
            Some(typing) => typing.complaint.as_deref(),
            None => self.leaving.then_some(UNSAVED),
        }
    }
}

impl Dialogue for List<'_> {
    type Given = Vec<String>;

    fn question(&self) -> &str {
        self.question.title
    }

    fn least_size(&self) -> Option<Size> {
        Some(LEAST_SIZE)
    }

    fn frame(&mut self, canvas: Canvas) -> Result<Frame, PromptError> {
        if let Some(manual) = &mut self.manual {
            return Ok(manual.frame(canvas, self.question.title));
        }
        let arrows = canvas.arrows();
        let keys: &[&str] = match (&self.typing, self.marker.row < self.items.len()) {
            (Some(_), _) => &["Enter takes", "Esc goes back"],
            (None, true) => &[
                "Enter changes",
                "d removes",
                "Esc goes back",
                "? helps",
                arrows,
            ],
            (None, false) => &["Enter takes", "Esc goes back", "a adds", "? helps", arrows],
        };
        let complaint = self.complaint();
        let complaint = complaint.map(|text| format!("{} {text}", canvas.marks().wrong));
        let wording = format!("{}:", self.question.item);
        let sheet = Sheet {
            trail: self.question.trail,
            title: self.question.title,
            paragraphs: self.question.paragraphs,
            entry: self
                .typing
                .as_ref()
                .map(|typing| (wording.as_str(), &typing.line)),
            detail: complaint.map(|text| (Style::Wrong, text)),
            keys,
        };
        let all: Vec<MenuRow> = (0..self.count()).map(|index| self.row(index)).collect();
        let widths = Widths::of(&all);
        let draw = |index: usize, marked| widths.row(canvas, &all[index], marked).0;
        let rows = Rows {
            count: all.len(),
            draw: &draw,
            none: "",
        };
        Ok(sheet.frame(canvas, &mut self.marker, &rows))
    }

    fn press(&mut self, key: Key) -> Step<Vec<String>> {
        if let Some(manual) = &mut self.manual {
            if !manual.press(key) {
                self.manual = None;
            }
            return Step::Open;
        }
        if let Some(typing) = &mut self.typing {
            if key == Key::Enter {
                self.take_item();
            } else {
                typing.line.press(key);
            }
            return Step::Open;
        }
        self.leaving = false;
        match key {
            Key::Enter if self.marker.row > self.items.len() => {
                return Step::Given(std::mem::take(&mut self.items));
            }
            Key::Enter if self.marker.row == self.items.len() => self.type_item(None),
            Key::Enter => self.type_item(Some(self.marker.row)),
            Key::Typed('a') => {
                self.marker.row = self.items.len();
                self.type_item(None);
            }
            Key::Typed('d') | Key::Delete => self.remove_marked(),
            Key::Help | Key::Typed('?') => self.manual = Some(self.manual()),
            key => {
                self.marker.press(letters_move(key), self.count());
            }
        }
        Step::Open
    }

    fn escape(&mut self) -> bool {
        if self.manual.take().is_some() || self.typing.take().is_some() {
            return true;
        }
        let stays = self.is_changed() && !self.leaving;
        self.leaving = stays;
        stays
    }

    fn place_for_notes(&self) -> usize {
        2
    }

    fn is_blank(&self) -> bool {
        let typing = self.typing.as_ref();
        typing.is_none_or(|typing| typing.line.is_empty())
    }

    fn remains(&self, given: &Vec<String>, _canvas: Canvas) -> String {
        given.join(", ")
    }
}
