//! What is typed behind a question, as text and secrets are: a line and what was wrong with it go in, a frame comes
//! out.

use super::frame::{Canvas, Frame, Row, Style};
use super::line::{Line, Shown};
use crate::prompt::PromptError;

/// With less room behind the question, what is typed has a row of its own.
const LEAST_ROOM: usize = 16;

/// A question with what is typed.
pub(super) struct Entry<'a> {
    pub question: &'a str,
    pub line: &'a Line,
    pub shown: Shown,
    /// What was wrong with the last answer.
    pub complaint: Option<&'a str>,
    /// Said below, as far as there is room.
    pub below: Vec<Row>,
    /// What keys do, for a screen of its own.
    pub keys: &'a [&'a str],
}

impl Entry<'_> {
    pub(super) fn frame(self, canvas: Canvas) -> Result<Frame, PromptError> {
        let mut frame = canvas.asking(self.question);
        let free = canvas.columns().saturating_sub(frame.cursor.1 + 1);
        match frame.rows.last_mut() {
            Some(row) if free >= LEAST_ROOM => row.push(Style::Plain, " "),
            _ => frame.rows.push(Row::of(Style::Plain, "  ")),
        }
        // a complaint may be cut, and never be missing
        canvas.require(frame.rows.len() + usize::from(self.complaint.is_some()))?;
        let row = frame.rows.len() - 1;
        let start = frame.rows[row].width();
        let window = self.line.window(canvas.columns() - start, self.shown);
        frame.rows[row].push(Style::Plain, window.text);
        frame.cursor = (row, start + window.cursor);
        let complaint = self.complaint.map(|complaint| canvas.complaint(complaint));
        let below = complaint.into_iter().flatten().chain(self.below);
        let room = canvas.size.rows - frame.rows.len();
        frame.rows.extend(below.take(room));
        let room = canvas.size.rows - frame.rows.len();
        if canvas.whole && room > 1 {
            let blank = std::iter::repeat_n(Row::default(), room - 1);
            frame.rows.extend(blank);
            frame.rows.push(canvas.keys(self.keys));
        }
        Ok(frame)
    }
}

#[cfg(test)]
mod tests {
    use super::super::dialogue::play::{canvas, rows, whole};
    use super::*;

    fn drawn(
        canvas: Canvas,
        complaint: Option<&str>,
    ) -> Result<(Vec<String>, (usize, usize)), PromptError> {
        let entry = Entry {
            question: "Name of the profile",
            line: &Line::new("work"),
            shown: Shown::Plain { cut: '~' },
            complaint,
            below: Vec::new(),
            keys: &["Enter takes"],
        };
        let frame = entry.frame(canvas)?;
        Ok((rows(&frame), frame.cursor))
    }

    #[test]
    fn what_is_typed_stands_behind_the_question_where_there_is_room() {
        let (rows, cursor) = drawn(canvas(60, 5), None).expect("it fits");
        assert_eq!(rows, ["? Name of the profile work"]);
        assert_eq!(cursor, (0, 26));
        let (rows, cursor) = drawn(canvas(30, 5), None).expect("it fits");
        assert_eq!(rows, ["? Name of the profile", "  work"]);
        assert_eq!(cursor, (1, 6));
    }

    #[test]
    fn a_complaint_takes_the_rows_that_are_left() {
        let complaint = Some("a profile of this name is there");
        let (rows, cursor) = drawn(canvas(30, 5), complaint).expect("it fits");
        assert_eq!(rows[2..], ["! a profile of this name is", "there"]);
        assert_eq!(cursor, (1, 6));
        let (rows, _) = drawn(canvas(30, 3), complaint).expect("it fits");
        assert_eq!(rows.len(), 3);
        assert!(drawn(canvas(30, 2), None).is_ok());
        assert!(drawn(canvas(30, 2), complaint).is_err());
    }

    #[test]
    fn on_a_screen_of_its_own_the_keys_stand_at_the_end() {
        let (rows, cursor) = drawn(whole(60, 4), Some("it is taken")).expect("it fits");
        assert_eq!(
            rows,
            [
                "? Name of the profile work",
                "! it is taken",
                "",
                "Enter takes"
            ]
        );
        assert_eq!(cursor, (0, 26));
    }
}
