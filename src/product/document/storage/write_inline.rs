//! Running text goes in; storage format comes out, every text escaped.

use super::super::inlines::{is_plain_link, unknown};
use super::super::tree::{Image, Inline, Marks};

/// Writes running text.
pub(super) fn inlines(content: &[Inline]) -> String {
    content.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> String {
    match inline {
        Inline::Text { text, marks } => linked(text, marks),
        Inline::Mention(mention) => format!(
            "<ac:link><ri:user ri:account-id=\"{}\"/></ac:link>",
            escaped(&mention.account)
        ),
        Inline::Emoji { name, text } => escaped(if text.is_empty() { name } else { text }),
        Inline::Break => "<br/>".to_owned(),
        Inline::Status { text, color } => format!(
            "<ac:structured-macro ac:name=\"status\"><ac:parameter ac:name=\"title\">{}</ac:parameter>\
             <ac:parameter ac:name=\"colour\">{}</ac:parameter></ac:structured-macro>",
            escaped(text),
            color.names().1
        ),
        Inline::Date(day) => format!("<time datetime=\"{day}\"/>"),
        Inline::Card(url) if is_plain_link(url) => {
            let url = escaped(url);
            format!("<a href=\"{url}\" data-card-appearance=\"inline\">{url}</a>")
        }
        Inline::Card(url) => escaped(url),
        Inline::Image(image) => picture(image),
        Inline::Unknown { name, text } => escaped(&unknown(name, text)),
    }
}

fn picture(image: &Image) -> String {
    let (resource, alt) = match image {
        Image::Attachment { file, alt } => (
            format!("<ri:attachment ri:filename=\"{}\"/>", escaped(file)),
            alt,
        ),
        Image::Address { url, alt } if is_plain_link(url) => {
            (format!("<ri:url ri:value=\"{}\"/>", escaped(url)), alt)
        }
        other => return escaped(&unknown("image", other.caption())),
    };
    let alt = match alt.as_str() {
        "" => String::new(),
        alt => format!(" ac:alt=\"{}\"", escaped(alt)),
    };
    format!("<ac:image{alt}>{resource}</ac:image>")
}

/// A text and where it leads. What leads nowhere on the web or on the site is spelled out.
fn linked(text: &str, marks: &Marks) -> String {
    let shown = marked(text, marks);
    let Some(url) = marks.link.as_deref() else {
        return shown;
    };
    let page = url
        .strip_prefix("page:")
        .and_then(|page| page.split_once('/'));
    let resource = match (page, url.strip_prefix("attachment:")) {
        (Some((space, title)), _) => {
            let space = match space {
                "" => String::new(),
                space => format!(" ri:space-key=\"{}\"", escaped(space)),
            };
            format!("<ri:page{space} ri:content-title=\"{}\"/>", escaped(title))
        }
        (None, Some(file)) => format!("<ri:attachment ri:filename=\"{}\"/>", escaped(file)),
        (None, None) if is_plain_link(url) => {
            return format!("<a href=\"{}\">{shown}</a>", escaped(url));
        }
        (None, None) if url == text => return shown,
        (None, None) => return format!("{shown} ({})", escaped(url)),
    };
    format!("<ac:link>{resource}<ac:link-body>{shown}</ac:link-body></ac:link>")
}

fn marked(text: &str, marks: &Marks) -> String {
    let mut result = escaped(text);
    for (is_set, name) in [
        (marks.code, "code"),
        (marks.strike, "del"),
        (marks.emphasis, "em"),
        (marks.strong, "strong"),
    ] {
        if is_set {
            result = format!("<{name}>{result}</{name}>");
        }
    }
    result
}

/// A text that is nothing but text, within elements and attributes.
pub(super) fn escaped(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => result.push_str("&amp;"),
            '<' => result.push_str("&lt;"),
            '>' => result.push_str("&gt;"),
            '"' => result.push_str("&quot;"),
            '\'' => result.push_str("&#39;"),
            c => result.push(allowed(c)),
        }
    }
    result
}

/// A text between the signs of CDATA, which it cannot end.
pub(super) fn cdata(text: &str) -> String {
    let text: String = text.chars().map(allowed).collect();
    format!("<![CDATA[{}]]>", text.replace("]]>", "]]]]><![CDATA[>"))
}

/// Characters that XML does not allow are replaced.
fn allowed(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' => c,
        '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        _ => c,
    }
}
