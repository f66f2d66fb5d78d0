//! A part of an object goes in, the text of a cell comes out.

use super::document::Document;
use jiff::Timestamp;
use serde_json::Value as Json;

/// A column of what is listed, or a line of what is shown.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its heading.
    pub title: &'static str,
    /// Where its value is (RFC 6901); the first one that is there counts.
    pub pointers: &'static [&'static str],
    /// How the value is shown.
    pub cell: Cell,
}

/// How a value is shown.
#[derive(Debug, Clone, Copy)]
pub enum Cell {
    /// As it is.
    Plain,
    /// A moment, to the minute.
    Moment,
    /// A document: ADF, storage format or text; shown below the lines of what is shown, and on one line in a list.
    Document,
    /// A document that people read in a list, too: there it stands below its row.
    Below,
    /// In words that are made of it.
    Made(fn(&Json) -> String),
}

impl Column {
    /// A column that shows what is at a pointer.
    pub const fn new(title: &'static str, pointers: &'static [&'static str]) -> Column {
        Column {
            title,
            pointers,
            cell: Cell::Plain,
        }
    }

    /// A column of moments.
    pub const fn moment(title: &'static str, pointers: &'static [&'static str]) -> Column {
        Column {
            title,
            pointers,
            cell: Cell::Moment,
        }
    }

    /// A column of documents.
    pub const fn document(title: &'static str, pointers: &'static [&'static str]) -> Column {
        Column {
            title,
            pointers,
            cell: Cell::Document,
        }
    }

    /// A column of documents that stand below their rows.
    pub const fn below(title: &'static str, pointers: &'static [&'static str]) -> Column {
        Column {
            title,
            pointers,
            cell: Cell::Below,
        }
    }

    /// A column whose text is made of what is at a pointer.
    pub const fn made(
        title: &'static str,
        pointers: &'static [&'static str],
        words: fn(&Json) -> String,
    ) -> Column {
        Column {
            title,
            pointers,
            cell: Cell::Made(words),
        }
    }

    /// Whether it holds documents.
    pub fn is_document(&self) -> bool {
        matches!(self.cell, Cell::Document | Cell::Below)
    }

    /// Its value in an object.
    pub fn value<'a>(&self, object: &'a Json) -> &'a Json {
        static NULL: Json = Json::Null;
        self.pointers
            .iter()
            .filter_map(|pointer| object.pointer(pointer))
            .find(|value| !value.is_null())
            .unwrap_or(&NULL)
    }

    /// The text of its cell for an object.
    pub fn text(&self, object: &Json) -> String {
        let value = self.value(object);
        match self.cell {
            Cell::Plain => text(value),
            Cell::Moment => moment(value),
            Cell::Document | Cell::Below => document(value),
            Cell::Made(words) => words(value),
        }
    }

    /// Its document in an object as Markdown. A text that is not in the format it should be in stays as it is.
    pub fn markdown(&self, object: &Json) -> String {
        let value = self.value(object);
        let document = match in_storage_format(value) {
            Some(text) => Document::from_storage(text),
            None => Document::from_adf(value),
        };
        document.map_or_else(|_| raw(value), |document| document.to_markdown())
    }
}

/// What people call an object, by its first member of these.
const NAMES: [&str; 11] = [
    "displayName",
    "display_name",
    "name",
    "value",
    "title",
    "summary",
    "key",
    "full_name",
    "slug",
    "emailAddress",
    "id",
];

/// A value as a cell shows it: of an object what people call it, of a list its parts.
pub fn text(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        Json::Bool(_) | Json::Number(_) => value.to_string(),
        Json::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(", "),
        Json::Object(fields) => {
            if fields.get("type") == Some(&Json::from("doc")) {
                return document(value);
            }
            let named = NAMES.iter().find_map(|name| fields.get(*name));
            named.map_or_else(|| value.to_string(), text)
        }
    }
}

/// A moment to the minute, in UTC; what is none stays as it is.
fn moment(value: &Json) -> String {
    let raw = text(value);
    let parsed = raw
        .parse::<Timestamp>()
        .ok()
        .or_else(|| {
            raw.parse::<i64>()
                .ok()
                .and_then(|ms| Timestamp::from_millisecond(ms).ok())
        })
        .or_else(|| Timestamp::strptime("%Y-%m-%dT%H:%M:%S%.f%z", &raw).ok());
    parsed.map_or(raw, |moment| moment.strftime("%Y-%m-%d %H:%M").to_string())
}

fn document(value: &Json) -> String {
    let document = match (in_storage_format(value), value) {
        (Some(text), _) => Document::from_storage(text),
        (None, Json::Object(_)) => Document::from_adf(value),
        (None, other) => return text(other),
    };
    document.map_or_else(|_| raw(value), |document| shown(&document))
}

/// A document that cannot be read, as it is.
fn raw(value: &Json) -> String {
    in_storage_format(value).map_or_else(|| value.to_string(), str::to_owned)
}

/// A text in Confluence's storage format: a body that says so, or a text that begins with a tag.
fn in_storage_format(value: &Json) -> Option<&str> {
    match value {
        Json::Object(body) if body.get("representation")? == "storage" => {
            body.get("value")?.as_str()
        }
        Json::String(text) if text.starts_with('<') => Some(text),
        _ => None,
    }
}

/// A cell ends where its text does.
fn shown(document: &Document) -> String {
    document.to_text().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_shown_as_people_call_them() {
        let object = json!({"fields": {
            "status": {"name": "Done", "id": "3"},
            "assignee": null,
            "labels": ["a", "b"],
            "updated": "2027-03-01T09:30:12.000+0100",
            "done": true,
        }});
        let cell = |pointers| Column::new("", pointers).text(&object);
        assert_eq!(cell(&["/fields/status"]), "Done");
        assert_eq!(cell(&["/fields/assignee"]), "");
        assert_eq!(cell(&["/fields/assignee", "/fields/status/id"]), "3");
        assert_eq!(cell(&["/fields/labels"]), "a, b");
        assert_eq!(cell(&["/fields/done"]), "true");
        let updated = Column::moment("", &["/fields/updated"]).text(&object);
        assert_eq!(updated, "2027-03-01 08:30");
        assert_eq!(
            Column::moment("", &["/at"]).text(&json!({"at": 0})),
            "1970-01-01 00:00"
        );
        assert_eq!(
            Column::moment("", &["/at"]).text(&json!({"at": "soon"})),
            "soon"
        );
    }

    #[test]
    fn storage_format_is_read_even_if_it_begins_with_a_letter() {
        let storage = |text: &str| json!({"body": {"representation": "storage", "value": text}});
        let column = Column::document("", &["/body"]);
        let page = storage("One &amp; <strong>two</strong>");
        assert_eq!(column.text(&page).trim(), "One & two");
        assert_eq!(column.markdown(&page).trim(), "One & **two**");
        let broken = storage("a < b");
        assert_eq!(column.text(&broken), "a < b");
        assert_eq!(column.markdown(&broken), "a < b");
    }
}
