//! Running text goes in; JSON of Atlassian Document Format comes out.

use super::super::inlines::{is_plain_link, unknown};
use super::super::tree::{Image, Inline, Marks};
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

/// The nodes of running text. There are no empty texts among them.
pub(super) fn inlines(content: &[Inline]) -> Vec<Value> {
    content.iter().filter_map(inline).collect()
}

fn inline(inline: &Inline) -> Option<Value> {
    match inline {
        Inline::Text { text, marks } => marked(text, marks),
        Inline::Mention(mention) => {
            let mut attributes = Map::new();
            attributes.insert("id".to_owned(), mention.account.as_str().into());
            if !mention.name.is_empty() {
                attributes.insert("text".to_owned(), format!("@{}", mention.name).into());
            }
            Some(json!({ "type": "mention", "attrs": attributes }))
        }
        Inline::Emoji { name, text } => Some(json!({
            "type": "emoji",
            "attrs": { "shortName": name, "text": text },
        })),
        Inline::Break => Some(json!({ "type": "hardBreak" })),
        Inline::Status { text, .. } if text.is_empty() => None,
        Inline::Status { text, color } => Some(json!({
            "type": "status",
            "attrs": { "text": text, "color": color.names().0 },
        })),
        Inline::Date(day) => match day.to_zoned(TimeZone::UTC) {
            Ok(start) => Some(json!({
                "type": "date",
                "attrs": { "timestamp": start.timestamp().as_millisecond().to_string() },
            })),
            Err(_) => plain(&day.to_string()),
        },
        Inline::Card(url) if is_plain_link(url) => Some(json!({
            "type": "inlineCard",
            "attrs": { "url": url },
        })),
        Inline::Card(url) => plain(url),
        Inline::Image(Image::Stored {
            id,
            collection,
            alt,
        }) => {
            let mut attributes = Map::new();
            attributes.insert("type".to_owned(), "file".into());
            attributes.insert("id".to_owned(), id.as_str().into());
            attributes.insert("collection".to_owned(), collection.as_str().into());
            if !alt.is_empty() {
                attributes.insert("alt".to_owned(), alt.as_str().into());
            }
            Some(json!({ "type": "mediaInline", "attrs": attributes }))
        }
        Inline::Image(image @ Image::Address { url, .. }) => {
            let marks = Marks {
                link: Some(url.clone()),
                ..Marks::default()
            };
            marked(image.caption(), &marks)
        }
        Inline::Image(Image::Attachment { file, alt }) => plain(&unknown(file, alt)),
        Inline::Unknown { name, text } => plain(&unknown(name, text)),
    }
}

fn plain(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| json!({ "type": "text", "text": text }))
}

/// A text with its marks. Code takes no other mark than a link; a link that leads nowhere on the web is spelled out.
fn marked(text: &str, marks: &Marks) -> Option<Value> {
    let mut list = Vec::new();
    let mut text = text.to_owned();
    if marks.code {
        list.push(json!({ "type": "code" }));
    } else {
        for (is_set, name) in [
            (marks.strong, "strong"),
            (marks.emphasis, "em"),
            (marks.strike, "strike"),
        ] {
            if is_set {
                list.push(json!({ "type": name }));
            }
        }
    }
    match &marks.link {
        Some(url) if is_plain_link(url) => {
            list.push(json!({ "type": "link", "attrs": { "href": url } }));
        }
        Some(url) if *url != text => text.push_str(&format!(" ({url})")),
        _ => {}
    }
    let mut node = plain(&text)?;
    if !list.is_empty() {
        node["marks"] = list.into();
    }
    Some(node)
}

/// A paragraph of nothing but pictures, as pictures that stand on their own.
pub(super) fn media_block(content: &[Inline]) -> Option<Value> {
    let mut media = Vec::new();
    for inline in content {
        let Inline::Image(image) = inline else {
            return None;
        };
        let mut attributes = Map::new();
        let alt = match image {
            Image::Address { url, alt } if is_plain_link(url) && content.len() == 1 => {
                attributes.insert("type".to_owned(), "external".into());
                attributes.insert("url".to_owned(), url.as_str().into());
                alt
            }
            Image::Stored {
                id,
                collection,
                alt,
            } => {
                attributes.insert("type".to_owned(), "file".into());
                attributes.insert("id".to_owned(), id.as_str().into());
                attributes.insert("collection".to_owned(), collection.as_str().into());
                alt
            }
            _ => return None,
        };
        if !alt.is_empty() {
            attributes.insert("alt".to_owned(), alt.as_str().into());
        }
        media.push(json!({ "type": "media", "attrs": attributes }));
    }
    match media.len() {
        0 => None,
        1 => Some(json!({
            "type": "mediaSingle",
            "attrs": { "layout": "center" },
            "content": media,
        })),
        _ => Some(json!({ "type": "mediaGroup", "content": media })),
    }
}
