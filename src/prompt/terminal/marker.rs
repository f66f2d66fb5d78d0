//! The marker beside a row of many: keys move it, and the rows around it that are in sight come out.

use super::keys::Key;
use std::ops::Range;

/// Which row is marked, and which rows are in sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marker {
    pub row: usize,
    /// The first row in sight.
    top: usize,
    /// How many rows are in sight: what a page up or down moves by.
    page: usize,
}

impl Marker {
    pub(super) fn at(row: usize) -> Marker {
        Marker {
            row,
            top: 0,
            page: 1,
        }
    }

    /// Moves among `count` rows, and stops at their ends. `false` if the key means something else.
    pub(super) fn press(&mut self, key: Key, count: usize) -> bool {
        let page = self.page.saturating_sub(1).max(1);
        let row = match key {
            Key::Up => self.row.saturating_sub(1),
            Key::Down => self.row + 1,
            Key::PageUp => self.row.saturating_sub(page),
            Key::PageDown => self.row + page,
            Key::Home => 0,
            Key::End => count,
            _ => return false,
        };
        self.row = row.min(count.saturating_sub(1));
        true
    }

    /// The rows in sight where `page` of `count` have room: the marked one always, and no room unused while rows
    /// are left.
    pub(super) fn in_sight(&mut self, page: usize, count: usize) -> Range<usize> {
        self.page = page.min(count);
        self.row = self.row.min(count.saturating_sub(1));
        self.top = self
            .top
            .min(self.row)
            .max((self.row + 1).saturating_sub(self.page))
            .min(count.saturating_sub(self.page));
        self.top..self.top + self.page
    }
}

/// What the letters mean where nothing is typed.
pub(super) fn letters_move(key: Key) -> Key {
    match key {
        Key::Typed('j') => Key::Down,
        Key::Typed('k') => Key::Up,
        key => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_may_be_no_rows() {
        let mut marker = Marker::at(3);
        assert_eq!(marker.in_sight(5, 0), 0..0);
        assert!(marker.press(Key::End, 0));
        assert!(marker.press(Key::PageDown, 0));
        assert_eq!(marker.row, 0);
    }

    #[test]
    fn the_marked_row_is_in_sight_and_no_room_is_unused() {
        let mut marker = Marker::at(7);
        assert_eq!(marker.in_sight(3, 9), 5..8);
        assert_eq!(marker.in_sight(6, 9), 3..9);
        marker.press(Key::Home, 9);
        assert_eq!(marker.in_sight(4, 9), 0..4);
        assert_eq!(marker.in_sight(40, 9), 0..9);
    }
}
