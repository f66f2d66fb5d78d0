//! Blocks go in; wiki markup comes out, which is what the bodies of Jira Data Center are written in.
//!
//! It is only written: its renderers disagree on what it means, so reading it would be guessing.

use super::inlines::{flattened, is_plain_link, strong, unknown};
use super::tree::{Block, Cell, Image, Inline, ListItem, Marks, PanelKind};

/// Writes a whole document.
pub(super) fn write(content: &[Block]) -> String {
    blocks(content)
}

fn blocks(content: &[Block]) -> String {
    let parts: Vec<String> = content
        .iter()
        .map(|one| block(one, ""))
        .filter(|part| !part.is_empty())
        .collect();
    parts.join("\n\n")
}

/// A block; within lists with the signs of all of them.
fn block(block: &Block, signs: &str) -> String {
    match block {
        Block::Paragraph(content) => inlines(content, "\n"),
        Block::Heading { content, .. } if !signs.is_empty() => inlines(&strong(content), "\\\\ "),
        Block::Heading { level, content } => {
            format!("h{level}. {}", inlines(content, "\\\\ "))
        }
        Block::BulletList(list) => items(list, &format!("{signs}*")),
        Block::OrderedList { items: list, .. } => items(list, &format!("{signs}#")),
        Block::TaskList(tasks) => {
            let signs = format!("{signs}*");
            let task = |task: &super::Task| {
                let icon = if task.done { "(/) " } else { "(x) " };
                item(&task.content, &signs, icon)
            };
            tasks.iter().map(task).collect::<Vec<_>>().join("\n")
        }
        Block::Code { language, text } => code(language.as_deref(), text),
        Block::Quote(content) => format!("{{quote}}\n{}\n{{quote}}", blocks(content)),
        Block::Panel { kind, content } => {
            let title = match kind {
                PanelKind::Info => "Info",
                PanelKind::Note => "Note",
                PanelKind::Warning => "Warning",
                PanelKind::Success => "Tip",
                PanelKind::Error => "Error",
            };
            format!("{{panel:title={title}}}\n{}\n{{panel}}", blocks(content))
        }
        Block::Table(rows) => {
            let rows = rows.iter().filter(|row| !row.is_empty());
            rows.map(|cells| row(cells)).collect::<Vec<_>>().join("\n")
        }
        Block::Rule => "----".to_owned(),
        Block::Expand { title, content } => {
            let title = inlines(&strong(&[Inline::plain(title.clone())]), " ");
            format!("{title}\n\n{}", blocks(content)).trim().to_owned()
        }
        Block::Unknown { name, text } => escaped(&unknown(name, text), true),
    }
}

fn items(items: &[ListItem], signs: &str) -> String {
    let items = items.iter().map(|content| item(content, signs, ""));
    items.collect::<Vec<_>>().join("\n")
}

/// An item ends at a blank line, so that everything in it stands close together.
fn item(content: &[Block], signs: &str, icon: &str) -> String {
    let mut result = format!("{signs} {icon}");
    for (index, inner) in content.iter().enumerate() {
        let text = block(inner, signs);
        let is_list = matches!(
            inner,
            Block::BulletList(_) | Block::OrderedList { .. } | Block::TaskList(_)
        );
        if index > 0 || is_list {
            result.push('\n');
        }
        if matches!(inner, Block::Code { .. }) {
            result.push_str(&text);
        } else {
            result.push_str(&text.replace("\n\n", "\n"));
        }
    }
    result.trim_end_matches(' ').to_owned()
}

/// Code ends at its own sign: text that has it is preformatted by the other one, or line by line.
fn code(language: Option<&str>, text: &str) -> String {
    if !text.contains("{code") {
        let is_word = |c: char| c.is_ascii_alphanumeric() || "+#-_.".contains(c);
        let language = language.filter(|language| language.chars().all(is_word));
        let language = language
            .map(|language| format!(":{language}"))
            .unwrap_or_default();
        return format!("{{code{language}}}\n{text}\n{{code}}");
    }
    if !text.contains("{noformat") {
        return format!("{{noformat}}\n{text}\n{{noformat}}");
    }
    let lines = text
        .lines()
        .map(|line| format!("{{{{{}}}}}", escaped(line, false)));
    lines.collect::<Vec<_>>().join("\n")
}

fn row(cells: &[Cell]) -> String {
    let mut line = String::new();
    for cell in cells {
        line.push_str(if cell.header { "||" } else { "|" });
        let text = inlines(&flattened(&cell.content), "\\\\ ");
        line.push_str(if text.is_empty() { " " } else { &text });
    }
    line.push_str(if cells.iter().all(|cell| cell.header) {
        "||"
    } else {
        "|"
    });
    line
}

fn inlines(content: &[Inline], line_break: &str) -> String {
    let mut result = String::new();
    for inline in content {
        let starts_line = result.is_empty() || result.ends_with('\n');
        match inline {
            Inline::Text { text, marks } => result.push_str(&marked(text, marks, starts_line)),
            Inline::Mention(mention) => {
                result.push_str(&format!("[~{}]", mention.account.replace([']', '|'], "")));
            }
            Inline::Emoji { name, text } => {
                result.push_str(&escaped(
                    if text.is_empty() { name } else { text },
                    starts_line,
                ));
            }
            Inline::Break => result.push_str(line_break),
            Inline::Status { text, .. } => {
                result.push_str(&marked(text, &strong_mark(), starts_line));
            }
            Inline::Date(day) => result.push_str(&day.to_string()),
            Inline::Card(url) => result.push_str(&link(None, url)),
            Inline::Image(Image::Address { url, .. })
                if is_plain_link(url) && !url.contains(['!', '|', '\n']) =>
            {
                result.push_str(&format!("!{url}!"));
            }
            Inline::Image(Image::Attachment { file, .. }) if !file.contains(['!', '|', '\n']) => {
                result.push_str(&format!("!{file}!"));
            }
            Inline::Image(image) => {
                result.push_str(&escaped(&unknown("image", image.caption()), starts_line));
            }
            Inline::Unknown { name, text } => {
                result.push_str(&escaped(&unknown(name, text), starts_line));
            }
        }
    }
    result
}

fn strong_mark() -> Marks {
    Marks {
        strong: true,
        ..Marks::default()
    }
}

/// A text with its marks. Signs count only around text that neither begins nor ends with a space.
fn marked(text: &str, marks: &Marks, starts_line: bool) -> String {
    let inner = text.trim_matches(' ');
    if inner.is_empty() {
        return text.to_owned();
    }
    let start = text.len() - text.trim_start_matches(' ').len();
    let has_marks = *marks != Marks::default();
    let mut result = escaped(inner, starts_line && !has_marks);
    if marks.code {
        result = format!("{{{{{result}}}}}");
    }
    for (is_set, sign) in [
        (marks.strike, "-"),
        (marks.emphasis, "_"),
        (marks.strong, "*"),
    ] {
        if is_set {
            result = format!("{sign}{result}{sign}");
        }
    }
    if let Some(url) = &marks.link {
        result = if url == inner {
            link(None, url)
        } else {
            link(Some(&result), url)
        };
    }
    format!("{}{result}{}", &text[..start], &text[start + inner.len()..])
}

fn link(text: Option<&str>, url: &str) -> String {
    let file = url
        .strip_prefix("attachment:")
        .map(|file| format!("^{file}"));
    let target = match &file {
        Some(file) => file,
        None if is_plain_link(url) => url,
        None => {
            let url = escaped(url, false);
            return match text {
                Some(text) => format!("{text} ({url})"),
                None => url,
            };
        }
    };
    let target = target
        .replace('|', "%7C")
        .replace('[', "%5B")
        .replace(']', "%5D")
        .replace(['\n', '\r'], "");
    match text {
        Some(text) => format!("[{text}|{target}]"),
        None => format!("[{target}]"),
    }
}

/// A text as it is. A backslash before a sign takes its meaning; two of them would be a line break.
fn escaped(text: &str, starts_line: bool) -> String {
    let mut result = String::with_capacity(text.len());
    let mut before: Option<char> = None;
    let mut following = text.chars().peekable();
    if starts_line && is_block_sign(text) {
        let end = text.find('.').unwrap_or_default();
        result.push_str(&text[..end]);
        result.push_str("&#46;");
        before = Some('.');
        for _ in 0..=end {
            following.next();
        }
    }
    while let Some(c) = following.next() {
        let next = following.peek().copied();
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        match c {
            '\\' => result.push_str("&#92;"),
            '*' | '_' | '+' | '^' | '~' | '{' | '}' | '[' | ']' | '|' | '!' => {
                result.extend(['\\', c]);
            }
            '-' if is_word(before) && is_word(next) => result.push(c),
            '-' if before == Some(' ') && next == Some(' ') => result.push(c),
            '-' => result.push_str("\\-"),
            '#' if starts_line && before.is_none() => result.push_str("\\#"),
            '?' if next == Some('?') || before == Some('?') => result.push_str("\\?"),
            '(' if next.is_some_and(|next| "!?+-/x*yni".contains(next)) => result.push_str("\\("),
            '&' => result.push_str("&amp;"),
            c => result.push(c),
        }
        before = Some(c);
    }
    result
}

/// Whether a text begins like a heading or a quote of one line.
fn is_block_sign(text: &str) -> bool {
    let sign = text.split_once('.').map(|(sign, _)| sign.as_bytes());
    matches!(sign, Some([b'h', b'1'..=b'6'] | b"bq"))
}
