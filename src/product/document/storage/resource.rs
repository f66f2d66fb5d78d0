//! Links, people, pictures, emoji and days of storage format go in; inlines come out.
//!
//! Links within a site have no address in storage format. In the tree a page is `page:SPACE/Title` (the space is
//! empty for a page of the same space) and a file of the page is `attachment:name`.

use super::super::tree::{Image, Inline, Marks, Mention};
use super::element::Element;
use super::read::Flow;

/// Reads an element that names something. False if it is none.
pub(super) fn read(element: &Element, marks: &Marks, flow: &mut Flow) -> bool {
    match element.name.as_str() {
        "ac:link" => link(element, marks, flow),
        "ri:user" => flow.inline(mention(element)),
        "ac:image" | "img" => image(element, marks, flow),
        "ac:emoticon" => flow.inline(emoji(element)),
        "ac:placeholder" => flow.inline(Inline::Unknown {
            name: "placeholder".to_owned(),
            text: element.text(),
        }),
        "time" => day(element, marks, flow),
        _ => return false,
    }
    true
}

fn mention(user: &Element) -> Inline {
    let names = ["ri:account-id", "ri:username", "ri:userkey"];
    let account = names.into_iter().find_map(|name| user.attribute(name));
    Inline::Mention(Mention {
        account: account.unwrap_or_default().to_owned(),
        name: String::new(),
    })
}

fn link(element: &Element, marks: &Marks, flow: &mut Flow) {
    if let Some(user) = element.child("ri:user") {
        return flow.inline(mention(user));
    }
    let anchor = element
        .attribute("ac:anchor")
        .map(|anchor| format!("#{anchor}"));
    let anchor = anchor.unwrap_or_default();
    let resource = element.elements().find(|part| part.name.starts_with("ri:"));
    let own = |name| {
        resource
            .and_then(|resource| resource.attribute(name))
            .unwrap_or_default()
    };
    let (url, title) = match resource.map(|resource| resource.name.as_str()) {
        Some("ri:page" | "ri:blog-post") => {
            let title = own("ri:content-title");
            (format!("page:{}/{title}", own("ri:space-key")), title)
        }
        Some("ri:attachment") => {
            let file = own("ri:filename");
            (format!("attachment:{file}"), file)
        }
        Some("ri:url") => (own("ri:value").to_owned(), own("ri:value")),
        Some("ri:space") => (
            format!("page:{}/", own("ri:space-key")),
            own("ri:space-key"),
        ),
        Some(_) => (
            format!("page:/{}", own("ri:content-id")),
            own("ri:content-id"),
        ),
        None => (String::new(), anchor.as_str()),
    };
    let mut marks = marks.clone();
    marks.link = Some(format!("{url}{anchor}"));
    let is_body = |part: &&Element| {
        matches!(
            part.name.as_str(),
            "ac:link-body" | "ac:plain-text-link-body"
        )
    };
    match element.elements().find(is_body) {
        Some(body) if !body.children.is_empty() => flow.nodes(&body.children, &marks),
        _ => flow.text(title, &marks),
    }
}

fn image(element: &Element, marks: &Marks, flow: &mut Flow) {
    let alt = element
        .attribute("ac:alt")
        .or_else(|| element.attribute("alt"));
    let alt = alt.unwrap_or_default().to_owned();
    let file = element.child("ri:attachment");
    let file = file.and_then(|file| file.attribute("ri:filename"));
    let url = element
        .child("ri:url")
        .and_then(|url| url.attribute("ri:value"));
    flow.inline(Inline::Image(
        match (file, url.or_else(|| element.attribute("src"))) {
            (Some(file), _) => Image::Attachment {
                file: file.to_owned(),
                alt,
            },
            (None, url) => Image::Address {
                url: url.unwrap_or_default().to_owned(),
                alt,
            },
        },
    ));
    if let Some(caption) = element.child("ac:caption") {
        flow.inline(Inline::Break);
        flow.nodes(&caption.children, marks);
    }
}

/// Emoticons that were there before emoji.
const EMOTICONS: [(&str, &str); 18] = [
    ("smile", "🙂"),
    ("sad", "🙁"),
    ("cheeky", "😛"),
    ("laugh", "😀"),
    ("wink", "😉"),
    ("thumbs-up", "👍"),
    ("thumbs-down", "👎"),
    ("information", "ℹ️"),
    ("tick", "✅"),
    ("cross", "❌"),
    ("warning", "⚠️"),
    ("plus", "➕"),
    ("minus", "➖"),
    ("question", "❓"),
    ("light-on", "💡"),
    ("yellow-star", "⭐"),
    ("heart", "❤️"),
    ("broken-heart", "💔"),
];

fn emoji(element: &Element) -> Inline {
    let old = element.attribute("ac:name").unwrap_or("emoji");
    let name = match element.attribute("ac:emoji-shortname") {
        Some(name) => name.to_owned(),
        None => format!(":{old}:"),
    };
    let known = || {
        let own = EMOTICONS.iter().find(|(known, _)| *known == old);
        own.map(|(_, text)| *text)
    };
    let text = element.attribute("ac:emoji-fallback").or_else(known);
    Inline::Emoji {
        text: text.unwrap_or(&name).to_owned(),
        name,
    }
}

fn day(element: &Element, marks: &Marks, flow: &mut Flow) {
    let moment = element.attribute("datetime").unwrap_or_default();
    match moment.get(..10).unwrap_or(moment).parse() {
        Ok(day) => flow.inline(Inline::Date(day)),
        Err(_) if element.children.is_empty() => flow.text(moment, marks),
        Err(_) => flow.nodes(&element.children, marks),
    }
}
