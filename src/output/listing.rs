//! Rows go in as they arrive, the text of a list comes out: as a table, JSON, YAML, CSV, or keys alone.

use super::csv;
use super::escape::{Visible, escaped_json};
use super::table::Table;
use super::yaml;
use crate::config::views::Format;
use serde_json::Value as Json;

/// A thing that is listed.
#[derive(Debug, Clone)]
pub struct Row {
    /// What people see of it; the first cell is its key.
    pub cells: Vec<String>,
    /// All of it.
    pub object: Json,
}

/// A list under way.
#[derive(Debug)]
pub struct Listing {
    format: Format,
    titles: Vec<String>,
    table: Table,
    /// Whether anything was listed so far.
    begun: bool,
}

impl Listing {
    /// A list with these headings; `width` limits a table's, in columns of a terminal.
    pub fn new(format: Format, titles: Vec<String>, width: Option<usize>) -> Listing {
        Listing {
            format,
            titles,
            table: Table::new(width),
            begun: false,
        }
    }

    /// The text of the next rows.
    pub fn page(&mut self, rows: &[Row]) -> String {
        let first = !self.begun;
        self.begun |= !rows.is_empty();
        match self.format {
            Format::Table => {
                let cells: Vec<&[String]> = rows.iter().map(|row| row.cells.as_slice()).collect();
                self.table.rows(&self.titles, &cells)
            }
            Format::Json => json(rows, first),
            Format::Yaml => rows
                .iter()
                .map(|row| yaml::to_text(&Json::Array(vec![row.object.clone()])))
                .collect(),
            Format::Csv => {
                let head = first && !rows.is_empty();
                csv::rows(head.then_some(self.titles.as_slice()), rows)
            }
            Format::Quiet => {
                let keys = rows.iter().filter_map(|row| row.cells.first());
                keys.fold(String::new(), |text, key| {
                    text + &Visible(key).to_string() + "\n"
                })
            }
        }
    }

    /// The text behind the last row.
    pub fn end(&mut self) -> String {
        match (self.format, self.begun) {
            (Format::Json, true) => "\n]\n".to_owned(),
            (Format::Json | Format::Yaml, false) => "[]\n".to_owned(),
            // an empty table has no headings, an empty file of values has
            (Format::Csv, false) => csv::rows(Some(self.titles.as_slice()), &[]),
            _ => String::new(),
        }
    }
}

/// The members of one array, each on lines of its own.
fn json(rows: &[Row], first: bool) -> String {
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        text.push_str(if first && index == 0 { "[\n" } else { ",\n" });
        let object = escaped_json(&format!("{:#}", row.object));
        // a line break within a text is escaped in JSON, so each one here is between members
        text.push_str("  ");
        text.push_str(&object.replace('\n', "\n  "));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn rows(keys: &[&str]) -> Vec<Row> {
        let row = |key: &&str| Row {
            cells: vec![(*key).to_owned(), "a, \"b\"".to_owned()],
            object: json!({"key": key}),
        };
        keys.iter().map(row).collect()
    }

    fn listed(format: Format, pages: &[&[&str]]) -> String {
        let mut listing = Listing::new(format, vec!["KEY".to_owned(), "TEXT".to_owned()], None);
        let mut text = String::new();
        for page in pages {
            text.push_str(&listing.page(&rows(page)));
        }
        text + &listing.end()
    }

    #[test]
    fn pages_make_one_document() {
        let text = listed(Format::Json, &[&["A", "B"], &["C"]]);
        let json: Json = serde_json::from_str(&text).expect("JSON");
        assert_eq!(json, json!([{"key": "A"}, {"key": "B"}, {"key": "C"}]));
        let text = listed(Format::Yaml, &[&["A"], &["no"]]);
        assert_eq!(text, "- key: A\n- key: \"no\"\n");
        assert_eq!(
            listed(Format::Csv, &[&["A"], &["B"]]),
            "KEY,TEXT\r\nA,\"a, \"\"b\"\"\"\r\nB,\"a, \"\"b\"\"\"\r\n"
        );
        assert_eq!(listed(Format::Quiet, &[&["A"], &["B"]]), "A\nB\n");
        assert_eq!(
            listed(Format::Table, &[&["A"], &["B"]]),
            "KEY  TEXT\nA    a, \"b\"\nB    a, \"b\"\n"
        );
    }

    #[test]
    fn nothing_is_a_document_too() {
        for (format, text) in [
            (Format::Json, "[]\n"),
            (Format::Yaml, "[]\n"),
            (Format::Csv, "KEY,TEXT\r\n"),
            (Format::Quiet, ""),
            (Format::Table, ""),
        ] {
            assert_eq!(listed(format, &[]), text);
        }
    }
}
