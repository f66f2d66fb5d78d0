//! Cells go in, aligned columns come out, no wider than the terminal.
//!
//! How wide columns are is decided by the first rows, as the others arrive later; keys always stay whole.

use super::escape::Visible;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Blanks between columns.
const GAP: usize = 2;

/// A column is not made narrower than this to fit.
const NARROWEST: usize = 6;

/// The last column is mostly a title: it gives first, down to this.
const SHORT_TITLE: usize = 20;

/// What stands for the end of a text that is cut.
const CUT: char = '…';

/// A table under way.
#[derive(Debug)]
pub struct Table {
    width: Option<usize>,
    widths: Vec<usize>,
}

impl Table {
    /// A table that is at most as wide.
    pub fn new(width: Option<usize>) -> Table {
        Table {
            width,
            widths: Vec::new(),
        }
    }

    /// The lines of rows; before the first ones also that of the headings.
    pub fn rows(&mut self, titles: &[String], rows: &[&[String]]) -> String {
        if rows.is_empty() {
            return String::new();
        }
        let shown: Vec<Vec<String>> = rows
            .iter()
            .map(|row| row.iter().map(|cell| on_one_line(cell)).collect())
            .collect();
        let mut text = String::new();
        if self.widths.is_empty() {
            self.measure(titles, &shown);
            self.line(&mut text, titles);
        } else {
            self.make_room_for_keys(&shown);
        }
        for row in &shown {
            self.line(&mut text, row);
        }
        text
    }

    fn measure(&mut self, titles: &[String], rows: &[Vec<String>]) {
        self.widths = titles.iter().map(|title| title.width()).collect();
        for row in rows {
            for (width, cell) in self.widths.iter_mut().zip(row) {
                *width = (*width).max(cell.width());
            }
        }
        self.fit();
    }

    /// A key that is cut is none: the column in front grows where later ones are longer.
    fn make_room_for_keys(&mut self, rows: &[Vec<String>]) {
        let longest = rows.iter().filter_map(|row| row.first());
        let longest = longest.map(|key| key.width()).max().unwrap_or(0);
        if let Some(first) = self.widths.first_mut().filter(|first| **first < longest) {
            *first = longest;
            self.fit();
        }
    }

    /// Makes columns narrower until a line is no wider than it may be.
    fn fit(&mut self) {
        let Some(most) = self.width else { return };
        let gaps = GAP * self.widths.len().saturating_sub(1);
        let over = (self.widths.iter().sum::<usize>() + gaps).saturating_sub(most);
        if self.widths.len() > 1
            && let Some(last) = self.widths.last_mut()
        {
            *last -= over.min(last.saturating_sub(SHORT_TITLE));
        }
        // then the widest one; the key in front stays whole as long as another one can
        while self.widths.iter().sum::<usize>() + gaps > most {
            let widest = self
                .widths
                .iter_mut()
                .skip(1)
                .filter(|width| **width > NARROWEST)
                .max_by_key(|width| **width);
            match widest {
                Some(width) => *width -= 1,
                None => break,
            }
        }
        // later rows may have longer titles: whatever is left is theirs
        let left = most.saturating_sub(self.widths.iter().sum::<usize>() + gaps);
        if let Some(last) = self.widths.last_mut() {
            *last += left;
        }
    }

    fn line(&self, text: &mut String, cells: &[String]) {
        let mut line = String::new();
        let last = cells.len().saturating_sub(1);
        for (index, (cell, width)) in cells.iter().zip(&self.widths).enumerate() {
            let cell = if self.width.is_some() {
                cut(cell, *width)
            } else {
                cell.clone()
            };
            line.push_str(&cell);
            if index < last {
                let room = width.saturating_sub(cell.width());
                line.push_str(&" ".repeat(room + GAP));
            }
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
}

/// Breaks of lines are blanks in a table, other control characters are shown.
fn on_one_line(cell: &str) -> String {
    let words: Vec<&str> = cell.split_whitespace().collect();
    Visible(&words.join(" ")).to_string()
}

/// The start of a text that fits, with a mark where it is cut.
fn cut(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    if let Some(day) = day_of(text)
        && day.len() <= room
    {
        return day.to_owned();
    }
    let mut taken = 0;
    let mut start = String::new();
    for c in text.chars() {
        taken += c.width().unwrap_or(0);
        if taken >= room {
            break;
        }
        start.push(c);
    }
    start.push(CUT);
    start
}

/// The day of a moment such as `2027-03-01 09:30`: half of a time would mislead.
fn day_of(text: &str) -> Option<&str> {
    let (day, time) = text.split_once(' ')?;
    let shaped = |text: &str, mark: char, lengths: &[usize]| {
        let parts = text.split(mark);
        parts.clone().map(str::len).eq(lengths.iter().copied())
            && parts.flat_map(str::bytes).all(|byte| byte.is_ascii_digit())
    };
    (shaped(day, '-', &[4, 2, 2]) && shaped(time, ':', &[2, 2])).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(rows: &[[&str; 3]]) -> Vec<Vec<String>> {
        rows.iter()
            .map(|row| row.map(str::to_owned).to_vec())
            .collect()
    }

    fn lines(width: Option<usize>, rows: &[[&str; 3]]) -> Vec<String> {
        let rows = cells(rows);
        let rows: Vec<&[String]> = rows.iter().map(Vec::as_slice).collect();
        let titles = ["KEY", "STATUS", "SUMMARY"].map(str::to_owned);
        let text = Table::new(width).rows(&titles, &rows);
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn the_widest_column_gives_until_it_fits() {
        let rows = [
            ["DEV-1", "In Progress", "A long summary that does not fit"],
            ["DEV-2", "Done", "漢字漢字漢字漢字漢字漢字"],
        ];
        assert_eq!(
            lines(Some(36), &rows),
            [
                "KEY    STATUS       SUMMARY",
                "DEV-1  In Progress  A long summary …",
                "DEV-2  Done         漢字漢字漢字漢…"
            ]
        );
        for width in 20..60 {
            let lines = lines(Some(width), &rows);
            assert!(
                lines.iter().all(|line| line.width() <= width.max(23)),
                "{lines:?}"
            );
        }
    }

    #[test]
    fn keys_of_later_pages_are_whole() {
        let titles = ["KEY", "STATUS", "SUMMARY"].map(str::to_owned);
        let mut table = Table::new(Some(30));
        let mut text = String::new();
        for key in ["DEV-1", "DEV-1000000"] {
            let rows = cells(&[[key, "In Progress", "A summary"]]);
            let rows: Vec<&[String]> = rows.iter().map(Vec::as_slice).collect();
            text.push_str(&table.rows(&titles, &rows));
        }
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[1], "DEV-1  In Progress  A summary");
        assert!(lines[2].starts_with("DEV-1000000  In Pr"), "{text}");
        assert_eq!(lines[2].width(), 30, "{text}");
    }

    #[test]
    fn a_moment_without_room_is_its_day() {
        assert_eq!(cut("2027-03-01 09:30", 16), "2027-03-01 09:30");
        assert_eq!(cut("2027-03-01 09:30", 12), "2027-03-01");
        assert_eq!(cut("2027-03-01 09:30", 9), "2027-03-…");
        assert_eq!(cut("2027-03-01 or so", 12), "2027-03-01 …");
    }

    #[test]
    fn titles_of_later_rows_use_the_room_that_is_left() {
        let titles = ["KEY", "STATUS", "SUMMARY"].map(str::to_owned);
        let mut table = Table::new(Some(40));
        let first = cells(&[["DEV-1", "Done", "Short"]]);
        table.rows(&titles, &[first[0].as_slice()]);
        let later = cells(&[["DEV-2", "Done", "Longer than the one before"]]);
        assert_eq!(
            table.rows(&titles, &[later[0].as_slice()]),
            "DEV-2  Done    Longer than the one befo…\n"
        );
    }

    #[test]
    fn without_a_terminal_nothing_is_cut_and_nothing_moves_the_cursor() {
        let rows = [["DEV-1", "a\nb", "\u{1b}[2J"]];
        assert_eq!(
            lines(None, &rows),
            ["KEY    STATUS  SUMMARY", "DEV-1  a b     \\u{1b}[2J"]
        );
    }
}
