//! Frames go in, bytes for the terminal come out: each frame is drawn in the place of the one before.
//!
//! Every control function is of ECMA-48 (CUP, CUU, CUF, ED, EL, SGR), which any terminal with a cursor has.

use super::frame::{Frame, Row, Size};
use super::look::Look;

/// What of the terminal belongs to a question.
pub(super) struct Screen {
    look: Look,
    /// All of it: nothing else is there, and nothing remains.
    whole: bool,
    /// The rows that stand on a whole screen, as they were written.
    rows: Option<Vec<String>>,
    /// The width of each row that stands there, and the cursor in them.
    drawn: Option<(Vec<usize>, (usize, usize))>,
}

impl Screen {
    pub(super) fn new(look: Look, whole: bool) -> Screen {
        Screen {
            look,
            whole,
            rows: None,
            drawn: None,
        }
    }

    /// The bytes that put a frame in the place of the last one.
    pub(super) fn draw(&mut self, frame: &Frame, size: Size) -> String {
        if self.whole {
            self.draw_whole(frame, size)
        } else {
            self.draw_below(frame, size)
        }
    }

    /// Writes only rows that have changed, which a slow connection is grateful for.
    fn draw_whole(&mut self, frame: &Frame, size: Size) -> String {
        let rows = frame.rows.iter().take(size.rows);
        let rows: Vec<String> = rows.map(|row| self.row(row)).collect();
        let mut output = String::new();
        let before = self.rows.take().unwrap_or_else(|| {
            output += "\u{1b}[H\u{1b}[2J";
            Vec::new()
        });
        for (index, row) in rows.iter().enumerate() {
            let was_blank = index >= before.len() && row.is_empty();
            if !was_blank && before.get(index) != Some(row) {
                output += &format!("\u{1b}[{};1H{row}\u{1b}[K", index + 1);
            }
        }
        if rows.len() < before.len() {
            output += &format!("\u{1b}[{};1H\u{1b}[J", rows.len() + 1);
        }
        let (row, column) = frame.cursor;
        output += &format!("\u{1b}[{};{}H", row + 1, column + 1);
        self.rows = Some(rows);
        output
    }

    /// A terminal that has become narrower has broken its
    /// rows, as far as is known to all terminals in the same way.
    fn draw_below(&mut self, frame: &Frame, size: Size) -> String {
        let mut output = String::from("\r");
        if let Some((widths, (row, column))) = &self.drawn {
            let above: usize = widths.iter().take(*row).map(|w| height(*w, size)).sum();
            output += &up(above + column / size.columns.max(1));
        }
        output += "\u{1b}[J";
        let rows: Vec<String> = frame.rows.iter().map(|row| self.row(row)).collect();
        output += &rows.join("\r\n");
        let (row, column) = frame.cursor;
        output += &up(frame.rows.len().saturating_sub(1 + row));
        output.push('\r');
        if column > 0 {
            output += &format!("\u{1b}[{column}C");
        }
        let widths = frame.rows.iter().map(Row::width).collect();
        self.drawn = Some((widths, frame.cursor));
        output
    }

    /// The bytes that leave what stands there, and go on below it.
    pub(super) fn leave(&mut self) -> String {
        self.rows = None;
        match self.drawn.take() {
            Some((widths, (row, _))) => "\r\n".repeat(widths.len().saturating_sub(row).max(1)),
            None => String::new(),
        }
    }

    /// Something else was written meanwhile: the next frame starts where the cursor is.
    pub(super) fn forget(&mut self) {
        self.drawn = None;
        self.rows = None;
    }

    /// The terminal has another size, and may have moved what stands there.
    pub(super) fn resized(&mut self) {
        self.rows = None;
    }

    fn row(&self, row: &Row) -> String {
        let pieces = row.0.iter().map(|(style, text)| match style.parameters() {
            Some(parameters) if self.look.colour => {
                format!("\u{1b}[{parameters}m{text}\u{1b}[0m")
            }
            _ => text.clone(),
        });
        pieces.collect()
    }
}

fn height(width: usize, size: Size) -> usize {
    width.div_ceil(size.columns.max(1)).max(1)
}

fn up(rows: usize) -> String {
    if rows == 0 {
        String::new()
    } else {
        format!("\u{1b}[{rows}A")
    }
}

#[cfg(test)]
mod tests {
    use super::super::frame::Style;
    use super::*;

    const SIZE: Size = Size {
        columns: 40,
        rows: 10,
    };

    fn screen(colour: bool) -> Screen {
        Screen::new(
            Look {
                unicode: false,
                colour,
            },
            false,
        )
    }

    fn frame(rows: &[&str], cursor: (usize, usize)) -> Frame {
        let row = |text: &&str| Row::of(Style::Accent, *text);
        Frame {
            rows: rows.iter().map(row).collect(),
            cursor,
        }
    }

    #[test]
    fn a_frame_takes_the_place_of_the_last() {
        let mut screen = screen(false);
        let first = screen.draw(&frame(&["a", "b", "c"], (1, 1)), SIZE);
        assert_eq!(first, "\r\u{1b}[Ja\r\nb\r\nc\u{1b}[1A\r\u{1b}[1C");
        let second = screen.draw(&frame(&["d"], (0, 0)), SIZE);
        assert_eq!(second, "\r\u{1b}[1A\u{1b}[Jd\r");
    }

    #[test]
    fn rows_that_a_narrower_terminal_broke_are_counted() {
        let mut screen = screen(false);
        screen.draw(&frame(&["0123456789012345678901234", "ab"], (1, 2)), SIZE);
        let narrow = Size {
            columns: 10,
            rows: 10,
        };
        let drawn = screen.draw(&frame(&["x"], (0, 1)), narrow);
        assert!(drawn.starts_with("\r\u{1b}[3A\u{1b}[J"), "{drawn:?}");
    }

    #[test]
    fn leaving_goes_below_all_rows() {
        let mut screen = screen(false);
        assert_eq!(screen.leave(), "");
        screen.draw(&frame(&["a", "b", "c"], (1, 1)), SIZE);
        assert_eq!(screen.leave(), "\r\n\r\n");
        let drawn = screen.draw(&frame(&["a"], (0, 1)), SIZE);
        assert!(drawn.starts_with("\r\u{1b}[J"), "{drawn:?}");
    }

    #[test]
    fn colours_are_there_only_where_they_are_wanted() {
        let colourful = screen(true).draw(&frame(&["a"], (0, 0)), SIZE);
        assert_eq!(colourful, "\r\u{1b}[J\u{1b}[36ma\u{1b}[0m\r");
        let plain = screen(false).draw(&frame(&["a"], (0, 0)), SIZE);
        assert_eq!(plain, "\r\u{1b}[Ja\r");
    }

    #[test]
    fn only_changed_rows_of_a_whole_screen_are_written() {
        let look = Look {
            unicode: false,
            colour: false,
        };
        let mut screen = Screen::new(look, true);
        let first = screen.draw(&frame(&["a", "", "c"], (2, 0)), SIZE);
        assert_eq!(
            first,
            "\u{1b}[H\u{1b}[2J\u{1b}[1;1Ha\u{1b}[K\u{1b}[3;1Hc\u{1b}[K\u{1b}[3;1H"
        );
        let second = screen.draw(&frame(&["a", "b"], (1, 1)), SIZE);
        assert_eq!(second, "\u{1b}[2;1Hb\u{1b}[K\u{1b}[3;1H\u{1b}[J\u{1b}[2;2H");
        screen.resized();
        let third = screen.draw(&frame(&["a"], (0, 0)), SIZE);
        assert!(third.starts_with("\u{1b}[H\u{1b}[2J"), "{third:?}");
        assert_eq!(screen.leave(), "");
    }
}
