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
    /// A person: by name where the answer has one, else the account id at the last pointer.
    Person,
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

    /// A column of people; the last pointer is that of an account id, for which a name is looked up.
    pub const fn person(title: &'static str, pointers: &'static [&'static str]) -> Column {
        Column {
            title,
            pointers,
            cell: Cell::Person,
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

    /// Where an account id stands instead of a name.
    pub fn nameless_pointer(&self, object: &Json) -> Option<&'static str> {
        let (id, names) = self.pointers.split_last()?;
        let is_named = names
            .iter()
            .any(|pointer| object.pointer(pointer).is_some_and(|name| !name.is_null()));
        (!is_named).then_some(*id)
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
            Cell::Plain | Cell::Person => text(value),
            Cell::Moment => moment(value),
            Cell::Document | Cell::Below => document(value),
            Cell::Made(words) => words(value),
        }
    }

    /// Its document in an object as Markdown. A text that is not in the format it should be in stays as it is.
    pub fn markdown(&self, object: &Json) -> String {
        let value = self.value(object);
        read(value).map_or_else(|| raw(value), |document| document.to_markdown())
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
    read(value).map_or_else(|| raw(value), |document| shown(&document))
}

/// A value as a document; nothing where it is none, or one that cannot be read.
fn read(value: &Json) -> Option<Document> {
    if let Some(text) = in_storage_format(value) {
        return Document::from_storage(text).ok();
    }
    if value["representation"] == "markdown" {
        return value["value"].as_str().map(Document::from_markdown);
    }
    value
        .is_object()
        .then(|| Document::from_adf(value).ok())
        .flatten()
}

/// What is no document, or none that can be read, as it is.
fn raw(value: &Json) -> String {
    match (in_storage_format(value), value) {
        (Some(text), _) => text.to_owned(),
        (None, Json::Object(_)) => value.to_string(),
        (None, other) => text(other),
    }
}

/// A text in Confluence's storage format: a body that says so, or a text that begins with a tag.
pub fn in_storage_format(value: &Json) -> Option<&str> {
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
