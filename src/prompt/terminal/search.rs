//! A search: what is typed finds rows at once, the best first; Enter takes the row that the marker stands at.

use super::dialogue::{Dialogue, Step};
use super::finder::Finder;
use super::frame::{Canvas, Frame, Size, Style};
use super::keys::Key;
use super::marker::Marker;
use super::menu::{LEAST_SIZE, said_of};
use super::sheet::{Rows, Sheet};
use super::table::Widths;
use crate::prompt::{MenuRow, PromptError, SearchQuestion};

/// What stands before what is typed.
const WORDING: &str = "Find:";

/// A search, and what is typed so far.
pub(super) struct Search<'a> {
    question: &'a SearchQuestion<'a>,
    finder: Finder,
    marker: Marker,
    /// Enter was pressed at a row that cannot be taken.
    refused: bool,
}

impl<'a> Search<'a> {
    pub(super) fn new(question: &'a SearchQuestion<'a>) -> Result<Search<'a>, PromptError> {
        if question.rows.count() == 0 {
            return Err(PromptError::NothingToSelect);
        }
        Ok(Search {
            question,
            finder: Finder::new(question.initial, question.rows),
            marker: Marker::at(0),
            refused: false,
        })
    }

    fn marked(&self) -> Option<(usize, MenuRow)> {
        let index = self.finder.ranking.get(self.marker.row)?;
        Some((index, self.question.rows.row(index)))
    }

    fn detail(&self, canvas: Canvas, widths: Widths) -> Option<(Style, String)> {
        let (_, row) = self.marked()?;
        let (_, is_cut) = widths.row(canvas, &row, true);
        said_of(canvas, &row, is_cut, self.refused)
    }
}

impl Dialogue for Search<'_> {
    type Given = usize;

    fn question(&self) -> &str {
        self.question.title
    }

    fn least_size(&self) -> Option<Size> {
        Some(LEAST_SIZE)
    }

    fn frame(&mut self, canvas: Canvas) -> Result<Frame, PromptError> {
        self.finder.advance(self.question.rows);
        let mut marker = self.marker;
        let count = self.finder.ranking.len();
        // no more rows are asked for than can be in sight
        let in_sight: Vec<MenuRow> = marker
            .in_sight(canvas.size.rows, count)
            .filter_map(|place| self.finder.ranking.get(place))
            .map(|index| self.question.rows.row(index))
            .collect();
        let widths = Widths::of(&in_sight);
        let help = Some(self.question.help.to_owned()).filter(|help| !help.is_empty());
        let keys = ["Enter takes", "Esc goes back", canvas.arrows()];
        let sheet = Sheet {
            trail: self.question.trail,
            title: self.question.title,
            paragraphs: help.as_slice(),
            entry: Some((WORDING, &self.finder.line)),
            detail: self.detail(canvas, widths),
            keys: &keys,
        };
        let draw = |place, marked| {
            let row = self.finder.ranking.get(place);
            let row = row.map(|index| self.question.rows.row(index));
            row.map(|row| widths.row(canvas, &row, marked).0)
                .unwrap_or_default()
        };
        let is_finished = self.finder.ranking.is_finished();
        let rows = Rows {
            count,
            draw: &draw,
            none: if is_finished { "nothing found" } else { "" },
        };
        let frame = sheet.frame(canvas, &mut self.marker, &rows);
        Ok(frame)
    }

    fn press(&mut self, key: Key) -> Step<usize> {
        if self.finder.press(key, self.question.rows, &mut self.marker) || key != Key::Enter {
            self.refused = false;
            return Step::Open;
        }
        match self.marked() {
            Some((index, row)) if row.unavailable.is_none() => Step::Given(index),
            _ => {
                self.refused = true;
                Step::Open
            }
        }
    }

    fn is_unfinished(&self) -> bool {
        !self.finder.ranking.is_finished()
    }

    fn place_for_notes(&self) -> usize {
        2
    }

    fn is_blank(&self) -> bool {
        self.finder.line.is_empty()
    }

    fn remains(&self, given: &usize, _canvas: Canvas) -> String {
        self.question.rows.row(*given).label
    }
}

#[cfg(test)]
mod tests {
    use super::super::dialogue::play::{press, rows, typed, whole};
    use super::*;
    use std::borrow::Cow;

    /// Settings of so many sites.
    struct Sites(usize);

    impl crate::prompt::SearchRows for Sites {
        fn count(&self) -> usize {
            self.0
        }

        fn text(&self, index: usize) -> Cow<'_, str> {
            format!("auth.jira[\"https://site{index}.example\"].username Account").into()
        }

        fn row(&self, index: usize) -> MenuRow {
            let row = MenuRow::new(format!("https://site{index}.example")).value("you");
            if index == 7 {
                row.unavailable("not in a shared file")
            } else {
                row
            }
        }
    }

    fn drawn(search: &mut Search<'_>) -> Vec<String> {
        let mut frame = search.frame(whole(60, 12)).expect("it fits");
        while search.is_unfinished() {
            frame = search.frame(whole(60, 12)).expect("it fits");
        }
        rows(&frame)
    }

    #[test]
    fn typing_finds_at_once_and_letters_are_typed() {
        let sites = Sites(3_000);
        let question = SearchQuestion::new("Search all settings", &sites).trail(&["lassi"]);
        let mut search = Search::new(&question).expect("it has rows");
        let all = drawn(&mut search);
        assert_eq!(all[2..4], ["Find: ", "> https://site0.example   you"]);
        assert_eq!(all[9], "  1 of 3000");
        press(&mut search, &typed("jk"));
        assert_eq!(drawn(&mut search)[3], "  nothing found");
        assert!(matches!(search.press(Key::Enter), Step::Open));
        press(&mut search, &[Key::Backspace, Key::Backspace]);
        press(&mut search, &typed("site2999 acc"));
        assert_eq!(
            drawn(&mut search),
            [
                "lassi > Search all settings",
                "",
                "Find: site2999 acc",
                "> https://site2999.example  you",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "Enter takes, Esc goes back, Up Down move",
            ]
        );
        assert_eq!(press(&mut search, &[Key::Enter]), Some(2999));
    }

    #[test]
    fn keys_typed_ahead_mean_what_was_found_by_then() {
        let sites = Sites(30_000);
        let question = SearchQuestion::new("Search", &sites).initial("site2999");
        let mut search = Search::new(&question).expect("it has rows");
        let keys = [Key::Typed('9'), Key::Enter];
        assert_eq!(press(&mut search, &keys), Some(29_999));
        let mut search = Search::new(&question).expect("it has rows");
        let keys = [Key::Down, Key::Enter];
        assert_eq!(press(&mut search, &keys), Some(29_990));
    }

    #[test]
    fn a_row_that_cannot_be_taken_says_why() {
        let sites = Sites(20);
        let question = SearchQuestion::new("Search", &sites)
            .initial("site7")
            .help("Any part of it.");
        let mut search = Search::new(&question).expect("it has rows");
        let screen = drawn(&mut search);
        assert_eq!(screen[2..5], ["Any part of it.", "", "Find: site7"]);
        assert!(screen.contains(&"not in a shared file".to_owned()));
        assert_eq!(press(&mut search, &[Key::Enter]), None);
        assert!(drawn(&mut search).contains(&"! not in a shared file".to_owned()));
        press(&mut search, &[Key::Up]);
        assert!(drawn(&mut search).contains(&"not in a shared file".to_owned()));
    }

    #[test]
    fn nothing_to_search_is_an_error() {
        let sites = Sites(0);
        let error = Search::new(&SearchQuestion::new("Search", &sites)).err();
        assert_eq!(error, Some(PromptError::NothingToSelect));
    }
}
