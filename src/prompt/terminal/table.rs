//! Rows of a menu go in, rows of text with their parts below each other come out, none wider than the terminal.

use super::frame::{Canvas, Row, Style};
use super::width::width;
use crate::output::escape::Visible;
use crate::prompt::MenuRow;

/// Between two columns.
const GAP: usize = 2;

/// The place of badges among the parts of a row.
const BADGES: usize = 2;

/// Badges are worth showing from this width on.
const LEAST: usize = 10;

/// What stands among the badges of a row that cannot be taken.
const UNAVAILABLE: &str = "not available";

/// How wide the parts of rows are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Widths {
    label: usize,
    value: usize,
    badges: usize,
}

/// A row's parts, safe to be shown.
struct Parts {
    label: String,
    value: String,
    badges: String,
}

impl Parts {
    fn of(row: &MenuRow) -> Parts {
        let unavailable = row.unavailable.as_ref().map(|_| UNAVAILABLE);
        let badges = unavailable
            .into_iter()
            .chain(row.badges.iter().map(String::as_str));
        let badges: Vec<String> = badges
            .map(|badge| format!("[{}]", Visible(badge)))
            .collect();
        Parts {
            label: Visible(&row.label).to_string(),
            value: Visible(&row.value).to_string(),
            badges: badges.join(" "),
        }
    }
}

impl Widths {
    /// What rows need.
    pub(super) fn of<'a>(rows: impl IntoIterator<Item = &'a MenuRow>) -> Widths {
        rows.into_iter().fold(Widths::default(), |widths, row| {
            let parts = Parts::of(row);
            Widths {
                label: widths.label.max(width(&parts.label)),
                value: widths.value.max(width(&parts.value)),
                badges: widths.badges.max(width(&parts.badges)),
            }
        })
    }

    /// What they get of `columns`. Labels tell rows apart, so they give way least; badges can be cut most.
    fn within(self, columns: usize) -> Widths {
        let gap = |part: usize| if part == 0 { 0 } else { GAP };
        let room = columns.saturating_sub(gap(self.value) + gap(self.badges));
        let left = room.saturating_sub(self.value + self.badges);
        let label = self.label.min(left.max(room * 3 / 5));
        let kept = self.badges.min(LEAST);
        let value = self.value.min(room.saturating_sub(label + kept));
        let badges = self.badges.min(room.saturating_sub(label + value));
        Widths {
            label,
            value,
            badges,
        }
    }

    /// A row, and whether something of it had to be cut. Its last part may go on to the end.
    pub(super) fn row(self, canvas: Canvas, row: &MenuRow, marked: bool) -> (Row, bool) {
        let columns = canvas.columns().saturating_sub(2);
        let widths = self.within(columns);
        let style = match (marked, &row.unavailable) {
            (true, _) => Style::Accent,
            (false, Some(_)) => Style::Faint,
            (false, None) => Style::Plain,
        };
        let badge_style = if marked { style } else { Style::Faint };
        let parts = Parts::of(row);
        let value = widths.label + GAP;
        let badges = value + widths.value + if widths.value == 0 { 0 } else { GAP };
        let places = [
            (parts.label, 0, widths.label, style),
            (parts.value, value, widths.value, style),
            (parts.badges, badges, widths.badges, badge_style),
        ];
        let last = places.iter().rposition(|(text, ..)| !text.is_empty());
        let mark = if marked { canvas.marks().chosen } else { ' ' };
        let mut shown = Row::default();
        let mut start = format!("{mark} ");
        let mut used = 0;
        let mut is_cut = false;
        for (index, (text, place, width_of_column, style)) in places.into_iter().enumerate() {
            if text.is_empty() && index > 0 {
                continue;
            }
            // badges that have no room below each other stand where there is most
            let place = if index == BADGES && width(&text) > columns.saturating_sub(place) {
                place.min(used + GAP)
            } else {
                place
            };
            let room = if Some(index) == last {
                columns.saturating_sub(place)
            } else {
                width_of_column
            };
            let part = canvas.cut(&text, room);
            is_cut |= part != text;
            let distance = " ".repeat(place.saturating_sub(used));
            used = place + width(&part);
            shown.push(style, format!("{start}{distance}{part}"));
            start.clear();
        }
        (shown, is_cut)
    }
}

/// All of a row, for where there is more room than in the row itself.
pub(super) fn whole(row: &MenuRow) -> String {
    let parts = Parts::of(row);
    let texts = [parts.label, parts.value, parts.badges];
    let texts: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).collect();
    texts.join("  ")
}

#[cfg(test)]
mod tests {
    use super::super::dialogue::play::canvas;
    use super::*;

    fn drawn(columns: usize, rows: &[MenuRow]) -> Vec<String> {
        let widths = Widths::of(rows);
        let text = |row: &MenuRow| {
            let (row, _) = widths.row(canvas(columns, 24), row, false);
            assert!(row.width() < columns, "{row:?}");
            row.0.iter().map(|(_, text)| text.as_str()).collect()
        };
        rows.iter().map(text).collect()
    }

    #[test]
    fn parts_stand_below_each_other() {
        let rows = [
            MenuRow::new("Format").value("json").badge("modified"),
            MenuRow::new("Colour of output").badge("from the project file"),
            MenuRow::new("Exit"),
        ];
        assert_eq!(
            drawn(60, &rows),
            [
                "  Format            json  [modified]",
                "  Colour of output        [from the project file]",
                "  Exit",
            ]
        );
    }

    #[test]
    fn what_has_no_room_is_cut() {
        let rows = [MenuRow::new("Number of attempts after a failure")
            .value("https://a-rather-long.example/context")
            .badge("overridden by LASSI_CONNECTION__MAX_RETRIES")];
        let drawn = drawn(60, &rows);
        assert_eq!(
            drawn,
            ["  Number of attempts after a fai~  https://a-r~  [overridd~"]
        );
    }

    #[test]
    fn the_last_part_of_a_row_takes_the_room_that_others_leave() {
        let rows = [
            MenuRow::new("https://wiki.acme.example/confluence").value("you@acme.example"),
            MenuRow::new("https://jira.acme.example/a/longer/context").badge("cloud"),
            MenuRow::new("Colour")
                .value("auto")
                .badge("overridden by LASSI_OUTPUT__COLOR"),
        ];
        assert_eq!(
            drawn(60, &rows),
            [
                "  https://wiki.acme.example/conf~  you@acme.example",
                "  https://jira.acme.example/a/lo~                [cloud]",
                "  Colour                           auto  [overridden by LA~",
            ]
        );
    }

    #[test]
    fn a_long_label_alone_has_the_whole_row() {
        let rows = [MenuRow::new("x".repeat(80))];
        assert_eq!(drawn(40, &rows), [format!("  {}~", "x".repeat(36))]);
    }

    #[test]
    fn what_cannot_be_taken_is_told_by_words() {
        let rows = [MenuRow::new("API token").unavailable("secrets are not for shared files")];
        assert_eq!(drawn(60, &rows), ["  API token  [not available]"]);
    }

    #[test]
    fn nothing_moves_the_cursor() {
        let rows = [MenuRow::new("a\u{1b}[2J").value("b\n").badge("\u{202e}")];
        assert!(drawn(60, &rows)[0].chars().all(|shown| !shown.is_control()));
    }
}
