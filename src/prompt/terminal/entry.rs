//! What is typed behind a question, as text and secrets are: a line and what was wrong with it go in, a frame comes
//! out.

use super::frame::{Canvas, Frame, Row, Style};
use super::line::{Line, Shown};
use crate::prompt::PromptError;

/// With less room behind the question, what is typed has a row of its own.
const LEAST_ROOM: usize = 16;

/// The question, what is typed, and what was wrong with it.
pub(super) fn frame(
    canvas: Canvas,
    question: &str,
    line: &Line,
    shown: Shown,
    complaint: Option<&str>,
) -> Result<Frame, PromptError> {
    let mut frame = canvas.asking(question);
    let free = canvas.columns().saturating_sub(frame.cursor.1 + 1);
    match frame.rows.last_mut() {
        Some(row) if free >= LEAST_ROOM => row.push(Style::Plain, " "),
        _ => frame.rows.push(Row::of(Style::Plain, "  ")),
    }
    // a complaint may be cut, and never be missing
    canvas.require(frame.rows.len() + usize::from(complaint.is_some()))?;
    let row = frame.rows.len() - 1;
    let start = frame.rows[row].width();
    let window = line.window(canvas.columns() - start, shown);
    frame.rows[row].push(Style::Plain, window.text);
    frame.cursor = (row, start + window.cursor);
    if let Some(complaint) = complaint {
        let room = canvas.size.rows - frame.rows.len();
        frame
            .rows
            .extend(canvas.complaint(complaint).into_iter().take(room));
    }
    Ok(frame)
}

#[cfg(test)]
mod tests {
    use super::super::dialogue::play::{canvas, rows};
    use super::*;

    fn drawn(
        canvas: Canvas,
        complaint: Option<&str>,
    ) -> Result<(Vec<String>, (usize, usize)), PromptError> {
        let line = Line::new("work");
        let shown = Shown::Plain { cut: '~' };
        let frame = frame(canvas, "Name of the profile", &line, shown, complaint)?;
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
}
