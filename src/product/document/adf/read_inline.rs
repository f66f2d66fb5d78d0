//! JSON of Atlassian Document Format goes in; running text comes out. Also what nodes say, whatever they are.

use super::super::tree::{Color, Image, Inline, Marks, Mention};
use jiff::{Timestamp, tz::TimeZone};
use serde_json::Value;

/// The type of a node; empty for what is none.
pub(super) fn kind(node: &Value) -> &str {
    node.get("type").and_then(Value::as_str).unwrap_or_default()
}

/// The nodes in a node.
pub(super) fn content(node: &Value) -> &[Value] {
    node.get("content")
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// A text among the attributes of a node.
pub(super) fn text_of<'a>(node: &'a Value, attribute: &str) -> Option<&'a str> {
    node.get("attrs")?.get(attribute)?.as_str()
}

/// A whole number among the attributes of a node.
pub(super) fn number(node: &Value, attribute: &str) -> Option<u64> {
    let value = node.get("attrs")?.get(attribute)?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates; JSON may spell 1 as 1.0"
    )]
    let rounded = value.as_f64().map(|number| number as u64);
    value.as_u64().or(rounded)
}

/// Whether a node is running text.
pub(super) fn is_inline(node: &Value) -> bool {
    matches!(
        kind(node),
        "text"
            | "hardBreak"
            | "mention"
            | "emoji"
            | "status"
            | "date"
            | "inlineCard"
            | "mediaInline"
            | "media"
            | "placeholder"
            | "inlineExtension"
    )
}

/// Running text, in order. Whatever stands in it is read as running text.
pub(super) fn inlines(nodes: &[Value]) -> Vec<Inline> {
    nodes.iter().filter_map(inline).collect()
}

/// One node of running text; nothing where it is empty.
pub(super) fn inline(node: &Value) -> Option<Inline> {
    let found = match kind(node) {
        "text" => {
            let text = node.get("text").and_then(Value::as_str).unwrap_or_default();
            if text.is_empty() {
                return None;
            }
            Inline::Text {
                text: text.to_owned(),
                marks: marks(node),
            }
        }
        "hardBreak" => Inline::Break,
        "mention" => Inline::Mention(Mention {
            account: text_of(node, "id").unwrap_or_default().to_owned(),
            name: text_of(node, "text")
                .map(|text| text.strip_prefix('@').unwrap_or(text))
                .unwrap_or_default()
                .to_owned(),
        }),
        "emoji" => {
            let name = text_of(node, "shortName").unwrap_or_default();
            Inline::Emoji {
                name: name.to_owned(),
                text: text_of(node, "text").unwrap_or(name).to_owned(),
            }
        }
        "status" => {
            let text = text_of(node, "text").unwrap_or_default().trim();
            if text.is_empty() {
                return None;
            }
            Inline::Status {
                text: text.to_owned(),
                color: Color::named(text_of(node, "color").unwrap_or_default()),
            }
        }
        "date" => day(node)?,
        "inlineCard" => card(node),
        "mediaInline" | "media" => media(node)?,
        _ => {
            let (name, mut text) = (unknown_name(node), unknown_text(node));
            if text.is_empty() {
                text = texts_below(node);
            }
            Inline::Unknown { name, text }
        }
    };
    Some(found)
}

fn marks(node: &Value) -> Marks {
    let mut marks = Marks::default();
    let list = node.get("marks").and_then(Value::as_array);
    for mark in list.into_iter().flatten() {
        match kind(mark) {
            "strong" => marks.strong = true,
            "em" => marks.emphasis = true,
            "strike" => marks.strike = true,
            "code" => marks.code = true,
            "link" => {
                marks.link = text_of(mark, "href")
                    .filter(|href| !href.is_empty())
                    .map(str::to_owned);
            }
            _ => {}
        }
    }
    marks
}

/// A day is the number of milliseconds until its beginning in UTC, as text.
fn day(node: &Value) -> Option<Inline> {
    let raw = node.get("attrs")?.get("timestamp")?;
    let raw = raw.as_str().map_or_else(|| raw.to_string(), str::to_owned);
    let moment = raw
        .parse()
        .ok()
        .and_then(|milliseconds| Timestamp::from_millisecond(milliseconds).ok());
    Some(match moment {
        Some(moment) => Inline::Date(moment.to_zoned(TimeZone::UTC).date()),
        None => Inline::Unknown {
            name: "date".to_owned(),
            text: raw,
        },
    })
}

/// A link that shows the title of its target: by its address, or by data that say what it is.
pub(super) fn card(node: &Value) -> Inline {
    let data = node.get("attrs").and_then(|attrs| attrs.get("data"));
    let of_data = |name| data?.get(name)?.as_str();
    match text_of(node, "url").or_else(|| of_data("url")) {
        Some(url) if !url.is_empty() => Inline::Card(url.to_owned()),
        _ => Inline::Unknown {
            name: kind(node).to_owned(),
            text: of_data("name").unwrap_or_default().to_owned(),
        },
    }
}

/// A picture or a file.
pub(super) fn media(node: &Value) -> Option<Inline> {
    let own = |name| text_of(node, name).unwrap_or_default().to_owned();
    let alt = own("alt");
    Some(Inline::Image(
        if text_of(node, "type") == Some("external") {
            Image::Address {
                url: own("url"),
                alt,
            }
        } else {
            Image::Stored {
                id: text_of(node, "id").filter(|id| !id.is_empty())?.to_owned(),
                collection: own("collection"),
                alt,
            }
        },
    ))
}

/// What a node that is not known is called: an extension by its key.
pub(super) fn unknown_name(node: &Value) -> String {
    let name = text_of(node, "extensionKey").unwrap_or_else(|| kind(node));
    if name.is_empty() { "node" } else { name }.to_owned()
}

/// What a node that is not known says of itself.
pub(super) fn unknown_text(node: &Value) -> String {
    let own = ["text", "title", "url", "name"]
        .into_iter()
        .find_map(|name| text_of(node, name));
    own.or_else(|| node.get("text").and_then(Value::as_str))
        .unwrap_or_default()
        .to_owned()
}

/// All texts in a node, without recursion: it may be too deep for that.
pub(super) fn texts_below(node: &Value) -> String {
    let mut result = String::new();
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        let own = node.get("text").and_then(Value::as_str);
        let shown = || {
            ["text", "title", "url"]
                .into_iter()
                .find_map(|name| text_of(node, name))
        };
        if let Some(text) = own.or_else(shown) {
            result.push_str(text);
        } else if kind(node) == "hardBreak" {
            result.push('\n');
        }
        let is_block = !is_inline(node) && !result.is_empty() && !result.ends_with(' ');
        if is_block && !content(node).is_empty() {
            result.push(' ');
        }
        open.extend(content(node).iter().rev());
    }
    result
}
