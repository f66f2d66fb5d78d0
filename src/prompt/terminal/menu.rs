//! A menu: a marker is moved, rows are filtered, Enter takes the row that the marker stands at.

#[cfg(test)]
mod tests;

use super::dialogue::{Dialogue, Step};
use super::finder::Finder;
use super::frame::{Canvas, Frame, Size, Style};
use super::keys::Key;
use super::manual::Manual;
use super::marker::{Marker, letters_move};
use super::sheet::{Rows, Sheet};
use super::table::{Widths, whole};
use crate::prompt::{MenuQuestion, MenuRow, PromptError};

/// Smaller terminals are told so.
pub(super) const LEAST_SIZE: Size = Size {
    columns: 40,
    rows: 10,
};

const MANUAL: &str = "Up, Down, j, k: move\n\
    PageUp, PageDown, Home, End: move further\n\
    /: type to filter the rows, Esc shows all again\n\
    Enter: take the row at the marker\n\
    Esc: go back\n\
    Ctrl-C: leave";

/// A menu, and what was done to it so far.
pub(super) struct Menu<'a> {
    question: &'a MenuQuestion<'a>,
    widths: Widths,
    marker: Marker,
    filter: Option<Filter>,
    /// Enter was pressed at a row that cannot be taken.
    refused: bool,
    manual: Option<Manual>,
}

/// What the rows are filtered by.
struct Filter {
    finder: Finder,
    /// The row that was marked before.
    marked: usize,
}

impl<'a> Menu<'a> {
    pub(super) fn new(question: &'a MenuQuestion<'a>) -> Result<Menu<'a>, PromptError> {
        let last = question.rows.len().checked_sub(1);
        let last = last.ok_or(PromptError::NothingToSelect)?;
        Ok(Menu {
            question,
            widths: Widths::of(question.rows),
            marker: Marker::at(question.marked.min(last)),
            filter: None,
            refused: false,
            manual: None,
        })
    }

    /// The index of the row at a place in the list as it is filtered.
    fn index(&self, place: usize) -> Option<usize> {
        match &self.filter {
            Some(filter) => filter.finder.ranking.get(place),
            None => Some(place),
        }
    }

    fn count(&self) -> usize {
        match &self.filter {
            Some(filter) => filter.finder.ranking.len(),
            None => self.question.rows.len(),
        }
    }

    fn marked(&self) -> Option<(usize, &'a MenuRow)> {
        let index = self.index(self.marker.row)?;
        Some((index, self.question.rows.get(index)?))
    }

    fn detail(&self, canvas: Canvas) -> Option<(Style, String)> {
        let (_, row) = self.marked()?;
        let (_, is_cut) = self.widths.row(canvas, row, true);
        said_of(canvas, row, is_cut, self.refused)
    }

    fn manual(&self) -> Manual {
        let mut paragraphs: Vec<&str> = vec![self.question.help];
        paragraphs.extend(self.question.paragraphs.iter().map(String::as_str));
        if let Some((_, row)) = self.marked() {
            paragraphs.push(&row.about);
            paragraphs.extend(row.unavailable.as_deref());
        }
        paragraphs.push(MANUAL);
        Manual::new(&paragraphs)
    }
}

/// What is said below the rows of the marked one: why it cannot be taken, what it is about, what of it was cut.
pub(super) fn said_of(
    canvas: Canvas,
    row: &MenuRow,
    is_cut: bool,
    refused: bool,
) -> Option<(Style, String)> {
    let cut = if is_cut { whole(row) } else { String::new() };
    match &row.unavailable {
        Some(reason) if refused => {
            Some((Style::Wrong, format!("{} {reason}", canvas.marks().wrong)))
        }
        unavailable => {
            let texts = [
                cut.as_str(),
                unavailable.as_deref().unwrap_or_default(),
                &row.about,
            ];
            let texts: Vec<&str> = texts.into_iter().filter(|text| !text.is_empty()).collect();
            (!texts.is_empty()).then(|| (Style::Faint, texts.join("\n")))
        }
    }
}

impl Dialogue for Menu<'_> {
    type Given = usize;

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
        if let Some(filter) = &mut self.filter {
            filter.finder.advance(&self.question.rows);
        }
        let arrows = canvas.arrows();
        let keys: &[&str] = if self.filter.is_some() {
            &["Enter takes", "Esc shows all again", arrows]
        } else {
            &[
                "Enter takes",
                "Esc goes back",
                "/ filters",
                "? helps",
                arrows,
            ]
        };
        let mut marker = self.marker;
        let sheet = Sheet {
            trail: self.question.trail,
            title: self.question.title,
            paragraphs: self.question.paragraphs,
            entry: self
                .filter
                .as_ref()
                .map(|filter| ("/", &filter.finder.line)),
            detail: self.detail(canvas),
            keys,
        };
        let draw = |place, marked| {
            let row = self.index(place).map(|index| &self.question.rows[index]);
            row.map(|row| self.widths.row(canvas, row, marked).0)
                .unwrap_or_default()
        };
        let rows = Rows {
            count: self.count(),
            draw: &draw,
            none: "nothing found",
        };
        let frame = sheet.frame(canvas, &mut marker, &rows);
        self.marker = marker;
        Ok(frame)
    }

    fn press(&mut self, key: Key) -> Step<usize> {
        if let Some(manual) = &mut self.manual {
            if !manual.press(key) {
                self.manual = None;
            }
            return Step::Open;
        }
        if let Some(filter) = &mut self.filter
            && filter
                .finder
                .press(key, &self.question.rows, &mut self.marker)
        {
            self.refused = false;
            return Step::Open;
        }
        if key == Key::Enter {
            return match self.marked() {
                Some((index, row)) if row.unavailable.is_none() => Step::Given(index),
                _ => {
                    self.refused = true;
                    Step::Open
                }
            };
        }
        self.refused = false;
        match (&self.filter, key) {
            (_, Key::Help) | (None, Key::Typed('?')) => self.manual = Some(self.manual()),
            (None, Key::Typed('/')) => {
                self.filter = Some(Filter {
                    finder: Finder::new("", &self.question.rows),
                    marked: self.marker.row,
                });
                self.marker = Marker::at(0);
            }
            (_, key) => {
                self.marker
                    .press(letters_move(key), self.question.rows.len());
            }
        }
        Step::Open
    }

    fn escape(&mut self) -> bool {
        if self.manual.take().is_some() {
            return true;
        }
        let marked = self.marked().map(|(index, _)| index);
        let Some(filter) = self.filter.take() else {
            return false;
        };
        self.refused = false;
        self.marker = Marker::at(marked.unwrap_or(filter.marked));
        true
    }

    fn is_unfinished(&self) -> bool {
        let filter = self.filter.as_ref();
        filter.is_some_and(|filter| !filter.finder.ranking.is_finished())
    }

    fn place_for_notes(&self) -> usize {
        2
    }

    fn is_blank(&self) -> bool {
        let filter = self.filter.as_ref();
        filter.is_none_or(|filter| filter.finder.line.is_empty())
    }

    fn remains(&self, given: &usize, _canvas: Canvas) -> String {
        self.question.rows[*given].label.clone()
    }
}
