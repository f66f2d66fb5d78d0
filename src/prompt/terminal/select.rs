//! One row of several: a marker is moved, Enter takes the row that it stands at.

use super::dialogue::{Dialogue, Step};
use super::frame::{Canvas, Frame, Row, Style};
use super::keys::Key;
use super::marker::{Marker, letters_move};
use crate::output::escape::Visible;
use crate::prompt::{PromptError, SelectQuestion};

/// With fewer rows in sight, a longer list is not worth looking at.
const LEAST_ROWS: usize = 3;

/// A question for a row, and where the marker is.
pub(super) struct Select<'a> {
    question: &'a SelectQuestion<'a>,
    marker: Marker,
}

impl<'a> Select<'a> {
    pub(super) fn new(question: &'a SelectQuestion<'a>) -> Result<Select<'a>, PromptError> {
        let last = question.rows.len().checked_sub(1);
        let last = last.ok_or(PromptError::NothingToSelect)?;
        Ok(Select {
            question,
            marker: Marker::at(question.marked.min(last)),
        })
    }

    fn row(&self, index: usize, canvas: Canvas) -> Row {
        let text = Visible(self.question.rows[index]).to_string();
        let text = canvas.cut(&text, canvas.columns().saturating_sub(2));
        if index == self.marker.row {
            Row::of(Style::Accent, format!("{} {text}", canvas.marks().chosen))
        } else {
            Row::of(Style::Plain, format!("  {text}"))
        }
    }

    fn help(&self, canvas: Canvas, page: usize) -> Row {
        let mut text = format!("{}, Enter takes, Esc goes back", canvas.arrows());
        if page < self.question.rows.len() {
            let place = format!("{} of {}: ", self.marker.row + 1, self.question.rows.len());
            text.insert_str(0, &place);
        }
        let text = canvas.cut(&text, canvas.columns().saturating_sub(2));
        Row::of(Style::Faint, format!("  {text}"))
    }
}

impl Dialogue for Select<'_> {
    type Given = usize;

    fn question(&self) -> &str {
        self.question.question
    }

    fn frame(&mut self, canvas: Canvas) -> Result<Frame, PromptError> {
        let count = self.question.rows.len();
        let mut frame = canvas.asking(self.question.question);
        let around = frame.rows.len() + 1;
        canvas.require(around + LEAST_ROWS.min(count))?;
        let in_sight = self.marker.in_sight(canvas.size.rows - around, count);
        let page = in_sight.len();
        // the cursor stands at the marker, where a screen reader looks for it
        frame.cursor = (frame.rows.len() + self.marker.row - in_sight.start, 0);
        frame
            .rows
            .extend(in_sight.map(|index| self.row(index, canvas)));
        frame.rows.push(self.help(canvas, page));
        Ok(frame)
    }

    fn press(&mut self, key: Key) -> Step<usize> {
        if key == Key::Enter {
            return Step::Given(self.marker.row);
        }
        self.marker
            .press(letters_move(key), self.question.rows.len());
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
            let marker = format!("> {}", DIGITS[select.marker.row]);
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
