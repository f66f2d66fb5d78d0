//! A page of a menu, search or list goes in, a frame of it comes out: title, what is said above the rows, a typed
//! line, the rows around the marker, what is said about the marked one, and the keys.

use super::frame::{Canvas, Frame, Row, Style};
use super::line::{Line, Shown};
use super::marker::Marker;
use super::width::width;
use crate::output::escape::Visible;

/// On a terminal of so many rows there is room for more than what has to be there.
pub(super) const SPACIOUS: usize = 16;

/// A page, but for its rows.
pub(super) struct Sheet<'a> {
    pub trail: &'a [&'a str],
    pub title: &'a str,
    pub paragraphs: &'a [String],
    /// What is being typed, and what stands before it.
    pub entry: Option<(&'a str, &'a Line)>,
    /// What is said below the rows, and how.
    pub detail: Option<(Style, String)>,
    pub keys: &'a [&'a str],
}

/// The rows of a page.
pub(super) struct Rows<'a> {
    pub count: usize,
    /// What a row looks like; it may be the marked one.
    pub draw: &'a dyn Fn(usize, bool) -> Row,
    /// Said where there are none.
    pub none: &'a str,
}

impl Sheet<'_> {
    /// The page on a canvas, which may have any size.
    pub(super) fn frame(&self, canvas: Canvas, marker: &mut Marker, rows: &Rows<'_>) -> Frame {
        let mut frame = Frame {
            rows: vec![self.heading(canvas), Row::default()],
            cursor: (0, 0),
        };
        let detail = self.detail_rows(canvas);
        let below = 2 + Self::room_for_detail(canvas);
        let around = frame.rows.len() + usize::from(self.entry.is_some()) + below;
        let room = canvas.size.rows.saturating_sub(around).max(1);
        let paragraphs = self.paragraph_rows(canvas, room.saturating_sub(least(canvas, rows)));
        let room = (room - paragraphs.len().min(room)).max(1);
        frame.rows.extend(paragraphs);
        let mut cursor = None;
        if let Some((wording, line)) = self.entry {
            let (row, column) = entry_row(canvas, wording, line);
            cursor = Some((frame.rows.len(), column));
            frame.rows.push(row);
        }
        let in_sight = marker.in_sight(room, rows.count);
        // without a typed line the cursor stands at the marker, where a screen reader looks for it
        frame.cursor = cursor.unwrap_or((
            frame.rows.len() + marker.row - in_sight.start.min(marker.row),
            0,
        ));
        if rows.count == 0 {
            frame
                .rows
                .push(Row::of(Style::Faint, format!("  {}", rows.none)));
        }
        let page = in_sight.len();
        let drawn = in_sight.map(|index| (rows.draw)(index, index == marker.row));
        frame.rows.extend(drawn);
        frame.rows.push(if page < rows.count {
            let place = format!("  {} of {}", marker.row + 1, rows.count);
            Row::of(Style::Faint, place)
        } else {
            Row::default()
        });
        frame.rows.extend(detail);
        if canvas.whole {
            let missing = canvas.size.rows.saturating_sub(frame.rows.len() + 1);
            let blank = std::iter::repeat_n(Row::default(), missing);
            frame.rows.extend(blank);
        }
        frame.rows.push(canvas.keys(self.keys));
        frame
    }

    /// The title, with those before it as far as they fit.
    fn heading(&self, canvas: Canvas) -> Row {
        heading(canvas, self.trail, self.title)
    }

    fn room_for_detail(canvas: Canvas) -> usize {
        if canvas.size.rows >= SPACIOUS { 3 } else { 1 }
    }

    fn detail_rows(&self, canvas: Canvas) -> Vec<Row> {
        let Some((style, text)) = &self.detail else {
            return Vec::new();
        };
        fitting(
            canvas,
            canvas.lines(text),
            Self::room_for_detail(canvas),
            *style,
        )
    }

    /// What is said above the rows, and a row of distance.
    fn paragraph_rows(&self, canvas: Canvas, room: usize) -> Vec<Row> {
        let lines = |paragraph: &String| canvas.lines(paragraph);
        let lines: Vec<String> = self.paragraphs.iter().flat_map(lines).collect();
        if lines.is_empty() || room < 2 {
            return Vec::new();
        }
        let mut rows = fitting(canvas, lines, room - 1, Style::Plain);
        rows.push(Row::default());
        rows
    }
}

/// The title of a page, with those of the pages that led to it as far as they fit.
pub(super) fn heading(canvas: Canvas, trail: &[&str], title: &str) -> Row {
    let between = if canvas.look.unicode { " › " } else { " > " };
    let title = canvas.cut(&Visible(title).to_string(), canvas.columns());
    let mut before = String::new();
    for step in trail.iter().rev() {
        let longer = format!("{}{between}{before}", Visible(step));
        if width(&longer) + width(&title) > canvas.columns() {
            let cut = format!("{}{between}{before}", canvas.marks().cut);
            if width(&cut) + width(&title) <= canvas.columns() {
                before = cut;
            }
            break;
        }
        before = longer;
    }
    let mut row = Row::of(Style::Faint, before);
    row.push(Style::Title, title);
    row
}

/// As many rows as are worth looking at, if there are as many.
fn least(canvas: Canvas, rows: &Rows<'_>) -> usize {
    let least = if canvas.size.rows >= SPACIOUS { 5 } else { 3 };
    rows.count.clamp(1, least)
}

/// Lines as far as there is room; what is left out is told by a mark.
pub(super) fn fitting(
    canvas: Canvas,
    mut lines: Vec<String>,
    room: usize,
    style: Style,
) -> Vec<Row> {
    if lines.len() > room {
        lines.truncate(room);
        if let Some(last) = lines.last_mut() {
            let longer = format!("{last} {}", canvas.marks().cut);
            *last = canvas.cut(&longer, canvas.columns());
        }
    }
    let row = |line| Row::of(style, line);
    lines.into_iter().map(row).collect()
}

/// What is being typed, and the column of the cursor.
fn entry_row(canvas: Canvas, wording: &str, line: &Line) -> (Row, usize) {
    let wording = canvas.cut(&Visible(wording).to_string(), canvas.columns() / 2);
    let mut row = Row::of(Style::Accent, format!("{wording} "));
    let start = row.width();
    let shown = Shown::Plain {
        cut: canvas.marks().cut,
    };
    let window = line.window(canvas.columns() - start, shown);
    row.push(Style::Plain, window.text);
    (row, start + window.cursor)
}

#[cfg(test)]
mod tests {
    use super::super::dialogue::play::{canvas, rows, whole};
    use super::*;

    const SHEET: Sheet<'_> = Sheet {
        trail: &["lassi", "Authentication"],
        title: "Jira",
        paragraphs: &[],
        entry: None,
        detail: None,
        keys: &["Enter takes", "Esc goes back", "/ filters", "? helps"],
    };

    fn drawn(canvas: Canvas, sheet: &Sheet<'_>, count: usize) -> Vec<String> {
        let draw = |index, marked| {
            let mark = if marked { '>' } else { ' ' };
            Row::of(Style::Plain, format!("{mark} {index}"))
        };
        let all = Rows {
            count,
            draw: &draw,
            none: "nothing",
        };
        let frame = sheet.frame(canvas, &mut Marker::at(1), &all);
        assert!(
            frame
                .rows
                .iter()
                .all(|row| row.width() < canvas.size.columns)
        );
        rows(&frame)
    }

    #[test]
    fn the_keys_stand_at_the_end_of_the_screen() {
        let rows = drawn(whole(40, 12), &SHEET, 2);
        assert_eq!(rows.len(), 12);
        assert_eq!(
            rows[..4],
            ["lassi > Authentication > Jira", "", "  0", "> 1"]
        );
        assert_eq!(rows[11], "Enter takes, Esc goes back, / filters");
        assert_eq!(drawn(canvas(40, 12), &SHEET, 2).len(), 6);
    }

    #[test]
    fn the_start_of_a_long_trail_is_left_out() {
        let sheet = Sheet {
            title: "https://acme.atlassian.net",
            ..SHEET
        };
        let heading = |columns| drawn(whole(columns, 10), &sheet, 1)[0].clone();
        assert_eq!(
            heading(60),
            "lassi > Authentication > https://acme.atlassian.net"
        );
        assert_eq!(
            heading(50),
            "~ > Authentication > https://acme.atlassian.net"
        );
        assert_eq!(heading(40), "~ > https://acme.atlassian.net");
        assert_eq!(heading(25), "https://acme.atlassian.~");
    }

    #[test]
    fn long_paragraphs_leave_room_for_rows() {
        let paragraphs = vec!["many words ".repeat(100), "the end".to_owned()];
        let sheet = Sheet {
            paragraphs: &paragraphs,
            detail: Some((Style::Faint, "said of the row ".repeat(30))),
            ..SHEET
        };
        for height in 8..30 {
            let rows = drawn(whole(40, height), &sheet, 9);
            assert_eq!(rows.len(), height);
            assert!(rows.iter().any(|row| row == "> 1"), "{rows:?}");
            assert!(rows.iter().any(|row| row.ends_with('~')), "{rows:?}");
        }
    }

    #[test]
    fn more_rows_than_fit_are_counted() {
        let rows = drawn(whole(40, 10), &SHEET, 50);
        assert_eq!(rows[2..8], ["  0", "> 1", "  2", "  3", "  4", "  2 of 50"]);
    }
}
