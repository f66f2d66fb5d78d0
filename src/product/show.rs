//! Objects of an answer go in; what is printed of them comes out, in the form that is wanted.

use super::column::Column;
use super::error::{ApiError, OddAnswer};
use super::run::Run;
use super::site::Call;
use super::talk::Talk;
use super::values::Values;
use crate::config::views::Format;
use crate::http::Body;
use crate::output::escape::{Visible, escaped_json};
use crate::output::listing::{Listing, Row};
use serde_json::{Map, Value as Json};

/// The headings of columns.
pub fn titles(columns: &[Column]) -> Vec<String> {
    columns
        .iter()
        .map(|column| column.title.to_owned())
        .collect()
}

/// Things as rows of a list.
pub fn rows(columns: &[Column], things: Vec<Json>) -> Vec<Row> {
    let row = |thing: Json| Row {
        cells: cells(columns, &thing),
        object: thing,
    };
    things.into_iter().map(row).collect()
}

/// The cells of one thing.
pub fn cells(columns: &[Column], thing: &Json) -> Vec<String> {
    columns.iter().map(|column| column.text(thing)).collect()
}

/// One object, by itself.
pub fn object(talk: &dyn Talk, columns: &[Column], object: &Json) -> Result<(), ApiError> {
    refuse_other_than_object(object)?;
    let text = match talk.format() {
        Format::Table => lines(columns, object),
        Format::Json => escaped_json(&format!("{object:#}\n")),
        Format::Yaml => crate::output::yaml::to_text(object),
        Format::Csv | Format::Quiet => {
            let mut listing = Listing::new(talk.format(), titles(columns), None);
            let row = rows(columns, vec![object.clone()]);
            listing.page(&row) + &listing.end()
        }
    };
    talk.print(&text)
}

/// A list or nothing at all would be shown as if it had no values.
fn refuse_other_than_object(answer: &Json) -> Result<(), ApiError> {
    if answer.is_object() {
        Ok(())
    } else {
        Err(OddAnswer::Unexpected { wanted: "object" }.into())
    }
}

/// The text of one object alone, as Markdown.
pub fn markdown(talk: &dyn Talk, columns: &[Column], object: &Json) -> Result<(), ApiError> {
    refuse_other_than_object(object)?;
    let mut text = String::new();
    for column in columns.iter().filter(|column| column.is_document()) {
        text.push_str(column.markdown(object).trim_end());
        text.push('\n');
    }
    talk.print_bytes(text.as_bytes())
}

/// For people: a line for each value that is there, then the documents.
fn lines(columns: &[Column], object: &Json) -> String {
    let width = columns
        .iter()
        .filter(|column| !column.is_document())
        .map(|column| column.title.len())
        .max()
        .unwrap_or(0);
    let mut lines = String::new();
    let mut documents = String::new();
    for column in columns {
        let text = column.text(object);
        if text.is_empty() {
            continue;
        }
        if column.is_document() {
            documents.push('\n');
            for line in text.lines() {
                documents.push_str(&format!("{}\n", Visible(line)));
            }
        } else {
            let title = column.title.to_lowercase();
            lines.push_str(&format!("{title:<width$}  {}\n", Visible(&text)));
        }
    }
    lines + &documents
}

/// One of several with a document, for people: a line, and below it the document.
pub fn block(columns: &[Column], thing: &Json) -> String {
    let texts = columns.iter().map(|column| (column, column.text(thing)));
    let (documents, cells): (Vec<_>, Vec<_>) = texts
        .filter(|(_, text)| !text.is_empty())
        .partition(|(column, _)| column.is_document());
    let cells: Vec<String> = cells
        .iter()
        .map(|(_, text)| Visible(text).to_string())
        .collect();
    let mut block = format!("{}\n", cells.join("  "));
    for line in documents.iter().flat_map(|(_, text)| text.lines()) {
        let line = format!("  {}", Visible(line));
        block.push_str(&format!("{}\n", line.trim_end()));
    }
    block
}

/// What was sent, and what is printed of it: the words are no data, the key of what was made is.
pub fn sent(run: &Run<'_>, done: &str, answer: &Json) -> Result<(), ApiError> {
    let key = key_of(done, answer);
    if key.is_none() && done.contains("{/") {
        return Err(OddAnswer::Unexpected {
            wanted: "key of what was made",
        }
        .into());
    }
    run.talk.note(&fill(&run.values, done, answer));
    key.map_or(Ok(()), |key| run.talk.print(&format!("{key}\n")))
}

/// Several that are there already, by themselves.
pub fn list(talk: &dyn Talk, columns: &[Column], things: Vec<Json>) -> Result<(), ApiError> {
    let mut listing = Listing::new(talk.format(), titles(columns), talk.width());
    let text = listing.page(&rows(columns, things));
    talk.print(&(text + &listing.end()))
}

/// What was done, in words: `{parameter}` stands for a value, `{/pointer}` for a part of the answer.
pub fn fill(values: &Values, done: &str, answer: &Json) -> String {
    let mut text = String::new();
    let mut rest = done;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (name, behind) = after.split_once('}').unwrap_or((after, ""));
        if name.starts_with('/') {
            let part = answer.pointer(name).map(super::column::text);
            text.push_str(&part.unwrap_or_default());
        } else {
            text.push_str(&values.texts(name).join(", "));
        }
        rest = behind;
    }
    text + rest
}

/// The key of what was made: the first part of the answer that the words name. It is the command's data.
pub fn key_of(done: &str, answer: &Json) -> Option<String> {
    let (_, after) = done.split_once("{/")?;
    let (pointer, _) = after.split_once('}')?;
    let key = super::column::text(answer.pointer(&format!("/{pointer}"))?);
    (!key.is_empty()).then(|| Visible(&key).to_string())
}

/// A request that is only shown.
pub fn request(run: &Run<'_>, call: &Call) -> Result<(), ApiError> {
    let query = if call.query.is_empty() {
        String::new()
    } else {
        let pairs = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&call.query)
            .finish();
        format!("?{pairs}")
    };
    let address = format!("{}{}{query}", run.site.api_address(), call.path);
    let body = match &call.body {
        Body::Json(json) => Some(json.clone()),
        Body::Upload(upload) => {
            let mut form = Map::new();
            for (name, text) in &upload.texts {
                form.insert((*name).to_owned(), Json::from(text.as_str()));
            }
            form.insert(upload.field.to_owned(), format!("@{}", upload.name).into());
            Some(Json::Object(form))
        }
        Body::Empty | Body::Bytes { .. } => None,
    };
    run.talk
        .show_request(call.method.as_str(), &address, body.as_ref())
}
