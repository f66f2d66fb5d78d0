//! Typing that finds rows: keys go in, the line and the rows that it finds come out.

use super::keys::Key;
use super::line::Line;
use super::marker::Marker;
use crate::prompt::SearchRows;
use crate::prompt::ranking::Ranking;
use std::time::Duration;

/// A frame shows what was found in this time, and the next one goes on, if no key comes first. Much less than a
/// person notices.
const LONGEST: Duration = Duration::from_millis(15);

/// What is typed, and what it finds.
pub(super) struct Finder {
    pub line: Line,
    pub ranking: Ranking,
    /// Whether somebody can have seen what was found for this text so far.
    is_shown: bool,
}

impl Finder {
    pub(super) fn new(initial: &str, rows: &dyn SearchRows) -> Finder {
        let mut ranking = Ranking::new(rows.count());
        ranking.search(initial);
        Finder {
            line: Line::new(initial),
            ranking,
            is_shown: false,
        }
    }

    /// Looks for a while, for a frame that shows what was found.
    pub(super) fn advance(&mut self, rows: &dyn SearchRows) {
        self.ranking.advance(rows, LONGEST);
        self.is_shown = true;
    }

    /// Types, or moves the marker among what was found. `false` if the key means something else.
    pub(super) fn press(&mut self, key: Key, rows: &dyn SearchRows, marker: &mut Marker) -> bool {
        match key {
            Key::Enter | Key::Up | Key::Down | Key::PageUp | Key::PageDown => {
                // a key means the rows in sight, though more may be found yet; one that was typed ahead of them means
                // the rows that all before it has found
                while !self.is_shown && !self.ranking.is_finished() {
                    self.ranking.advance(rows, LONGEST);
                }
                marker.press(key, self.ranking.len())
            }
            Key::Help | Key::Tab => false,
            key => {
                let before = self.line.text().to_owned();
                self.line.press(key);
                if self.line.text() != before {
                    self.ranking.search(self.line.text());
                    self.is_shown = false;
                    *marker = Marker::at(0);
                }
                true
            }
        }
    }
}
