//! HTML within Markdown goes in; the few tags that mean something here come out. All other HTML stays text.

use super::super::tree::Marks;
use quick_xml::escape::{resolve_html5_entity, unescape_with};

/// A tag within running text.
pub(super) enum Tag {
    /// `<br>`
    Break,
    /// `<strong>` and the like, and their ends.
    Mark {
        /// Which mark.
        mark: Mark,
        /// Whether it begins.
        opens: bool,
    },
}

/// A mark that has a tag.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Mark {
    /// Bold.
    Strong,
    /// Italic.
    Emphasis,
    /// Struck through.
    Strike,
}

impl Mark {
    /// The field of the marks that it sets.
    pub(super) fn of(self, marks: &Marks) -> bool {
        match self {
            Mark::Strong => marks.strong,
            Mark::Emphasis => marks.emphasis,
            Mark::Strike => marks.strike,
        }
    }

    /// The name of its tag.
    pub(super) fn tag(self) -> &'static str {
        match self {
            Mark::Strong => "strong",
            Mark::Emphasis => "em",
            Mark::Strike => "del",
        }
    }

    /// What stands before and behind the text in Markdown.
    pub(super) fn delimiter(self) -> &'static str {
        match self {
            Mark::Strong => "**",
            Mark::Emphasis => "_",
            Mark::Strike => "~~",
        }
    }
}

/// The meaning of a tag, if it has one here.
pub(super) fn tag(html: &str) -> Option<Tag> {
    let name = html.strip_prefix('<')?.strip_suffix('>')?;
    let (name, opens) = match name.strip_prefix('/') {
        Some(name) => (name, false),
        None => (name.trim_end_matches('/'), true),
    };
    let mark = match name.trim().to_ascii_lowercase().as_str() {
        "br" => return Some(Tag::Break),
        "strong" | "b" => Mark::Strong,
        "em" | "i" => Mark::Emphasis,
        "del" | "s" => Mark::Strike,
        _ => return None,
    };
    Some(Tag::Mark { mark, opens })
}

/// What a block of HTML is.
pub(super) enum HtmlBlock {
    /// The start of `<details>` with its summary.
    Details(String),
    /// `</details>`
    EndOfDetails,
    /// Anything else.
    Other,
}

/// The meaning of a block of HTML.
pub(super) fn block(html: &str) -> HtmlBlock {
    let html = html.trim();
    if html == "</details>" {
        return HtmlBlock::EndOfDetails;
    }
    let title = html.strip_prefix("<details>").and_then(|rest| {
        let rest = rest.trim();
        if rest.is_empty() {
            return Some("");
        }
        let title = rest.strip_prefix("<summary>")?.strip_suffix("</summary>")?;
        (!title.contains('<')).then_some(title)
    });
    match title {
        Some(title) => {
            let title = unescape_with(title, resolve_html5_entity)
                .map_or_else(|_| title.to_owned(), std::borrow::Cow::into_owned);
            HtmlBlock::Details(title.split_whitespace().collect::<Vec<_>>().join(" "))
        }
        None => HtmlBlock::Other,
    }
}
