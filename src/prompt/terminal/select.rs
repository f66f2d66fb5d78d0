//! One row of several: a marker is moved, Enter takes the row that it stands at.

use super::dialogue::{Dialogue, Step};
use super::frame::{Canvas, Frame, Row, Style};
use super::keys::Key;
use super::line::first_columns;
use super::width::width;
use crate::output::escape::Visible;
use crate::prompt::{PromptError, SelectQuestion};

/// With fewer rows in sight, a longer list is not worth looking at.
const LEAST_ROWS: usize = 3;

/// A question for a row, and where the marker is.
pub(super) struct Select<'a> {
    question: &'a SelectQuestion<'a>,
    marked: usize,
    /// The first row in sight.
    top: usize,
    /// How many rows are in sight: what a page up or down moves by.
    page: usize,
}

impl<'a> Select<'a> {
    pub(super) fn new(question: &'a SelectQuestion<'a>) -> Result<Select<'a>, PromptError> {
        let last = question.rows.len().checked_sub(1);
        let last = last.ok_or(PromptError::NothingToSelect)?;
        Ok(Select {
            question,
            marked: question.marked.min(last),
            top: 0,
            page: 1,
        })
    }

    fn last(&self) -> usize {
        self.question.rows.len() - 1
    }

    /// Keeps the marker in sight, and no room unused while rows are left.
    fn scroll(&mut self) {
        let lowest = self.question.rows.len().saturating_sub(self.page);
        self.top = self
            .top
            .min(self.marked)
            .max((self.marked + 1).saturating_sub(self.page))
            .min(lowest);
    }

    fn row(&self, index: usize, canvas: Canvas) -> Row {
        let text = cut(&Visible(self.question.rows[index]).to_string(), canvas, 2);
        if index == self.marked {
            Row::of(Style::Accent, format!("{} {text}", canvas.marks().chosen))
        } else {
            Row::of(Style::Plain, format!("  {text}"))
        }
    }

    fn help(&self, canvas: Canvas) -> Row {
        let arrows = if canvas.look.unicode {
            "↑ ↓"
        } else {
            "Up Down"
        };
        let mut text = format!("{arrows} move, Enter takes, Esc goes back");
        if self.page < self.question.rows.len() {
            let place = format!("{} of {}: ", self.marked + 1, self.question.rows.len());
            text.insert_str(0, &place);
        }
        Row::of(Style::Faint, format!("  {}", cut(&text, canvas, 2)))
    }
}

/// A text that fits behind an indentation.
fn cut(text: &str, canvas: Canvas, indent: usize) -> String {
    let room = canvas.columns().saturating_sub(indent);
    if width(text) <= room {
        return text.to_owned();
    }
    let start = first_columns(text, room.saturating_sub(1));
    format!("{start}{}", canvas.marks().cut)
}

impl Dialogue for Select<'_> {
    type Given = usize;

    fn question(&self) -> &str {
        self.question.question
    }

    fn frame(&mut self, canvas: Canvas) -> Result<Frame, PromptError> {
        let mut frame = canvas.asking(self.question.question);
        let around = frame.rows.len() + 1;
        canvas.require(around + LEAST_ROWS.min(self.question.rows.len()))?;
        self.page = (canvas.size.rows - around).min(self.question.rows.len());
        self.scroll();
        // the cursor stands at the marker, where a screen reader looks for it
        frame.cursor = (frame.rows.len() + self.marked - self.top, 0);
        let in_sight = self.top..self.top + self.page;
        frame
            .rows
            .extend(in_sight.map(|index| self.row(index, canvas)));
        frame.rows.push(self.help(canvas));
        Ok(frame)
    }

    fn press(&mut self, key: Key) -> Step<usize> {
        let page = self.page.saturating_sub(1).max(1);
        self.marked = match key {
            Key::Enter => return Step::Given(self.marked),
            Key::Up | Key::Typed('k') => self.marked.saturating_sub(1),
            Key::Down | Key::Typed('j') => self.marked + 1,
            Key::PageUp => self.marked.saturating_sub(page),
            Key::PageDown => self.marked + page,
            Key::Home => 0,
            Key::End => self.last(),
            _ => self.marked,
        }
        .min(self.last());
        Step::Open
    }

    fn is_blank(&self) -> bool {
        true
    }

    fn remains(&self, given: &usize, _canvas: Canvas) -> String {
        self.question.rows[*given].to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::super::dialogue::play::{canvas, press, rows};
    use super::*;

    const DIGITS: [&str; 9] = ["0", "1", "2", "3", "4", "5", "6", "7", "8"];

    #[test]
    fn the_marker_is_a_character_and_enter_takes_its_row() {
        let question = SelectQuestion::new("Which?", &["Cloud", "Data Center"]).marked(7);
        let mut select = Select::new(&question).expect("it has rows");
        let frame = select.frame(canvas(60, 24)).expect("it fits");
        assert_eq!(
            rows(&frame),
            [
                "? Which?",
                "  Cloud",
                "> Data Center",
                "  Up Down move, Enter takes, Esc goes back"
            ]
        );
        assert_eq!(frame.cursor, (2, 0));
        assert_eq!(press(&mut select, &[Key::Up, Key::Enter]), Some(0));
    }

    #[test]
    fn keys_move_the_marker_and_stop_at_the_ends() {
        use Key::*;
        let expected: [(&[Key], usize); 9] = [
            (&[Enter], 0),
            (&[Up, Enter], 0),
            (&[Down, Typed('j'), Typed('k'), Enter], 1),
            (&[End, Down, Enter], 8),
            (&[End, Home, Enter], 0),
            (&[PageDown, Enter], 3),
            (&[PageDown, PageDown, PageDown, PageUp, Enter], 5),
            (&[PageUp, Enter], 0),
            (&[Typed('x'), Pasted('j'), Tab, Enter], 0),
        ];
        for (keys, index) in expected {
            let question = SelectQuestion::new("Which?", &DIGITS);
            let mut select = Select::new(&question).expect("it has rows");
            select.frame(canvas(60, 6)).expect("it fits");
            assert_eq!(press(&mut select, keys), Some(index), "{keys:?}");
        }
    }

    #[test]
    fn the_marker_is_always_in_sight() {
        let question = SelectQuestion::new("Which?", &DIGITS);
        let mut select = Select::new(&question).expect("it has rows");
        let keys = [Key::PageDown, Key::End, Key::Up, Key::PageUp, Key::Home];
        for (key, height) in keys.iter().cycle().zip((5..14).rev().chain(5..14)) {
            press(&mut select, &[*key]);
            let frame = select.frame(canvas(30, height)).expect("it fits");
            assert!(frame.rows.len() <= height);
            let marker = format!("> {}", DIGITS[select.marked]);
            assert_eq!(rows(&frame)[frame.cursor.0], marker);
        }
    }

    #[test]
    fn long_rows_are_cut_and_escaped() {
        let question = SelectQuestion::new("Which?", &["\u{1b}[2J and so on and on"]);
        let mut select = Select::new(&question).expect("it has rows");
        let frame = select.frame(canvas(20, 5)).expect("it fits");
        assert_eq!(rows(&frame)[1], "> \\u{1b}[2J and so~");
    }

    #[test]
    fn too_few_rows_are_an_error() {
        let question = SelectQuestion::new("Which?", &DIGITS);
        let mut select = Select::new(&question).expect("it has rows");
        assert!(select.frame(canvas(60, 5)).is_ok());
        let too_small = PromptError::TooSmall {
            columns: 60,
            rows: 4,
            needed_columns: 20,
            needed_rows: 5,
        };
        assert_eq!(select.frame(canvas(60, 4)), Err(too_small));
    }

    #[test]
    fn nothing_to_select_is_an_error() {
        let question = SelectQuestion::new("Which?", &[]);
        let error = Select::new(&question).err();
        assert_eq!(error, Some(PromptError::NothingToSelect));
    }
}
