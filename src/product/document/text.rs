//! Blocks go in; text for people comes out, as plain as it gets.
//!
//! Lines are as long as they are, and characters are what they are: whoever shows the text wraps and escapes it.

use super::inlines::{flattened, unknown};
use super::tree::{Block, Cell, Inline, PanelKind};
use unicode_width::UnicodeWidthStr;

/// Columns of tables are not made wider than this to stand below each other.
const WIDEST_COLUMN: usize = 40;

/// Writes a whole document, with a line break at its end unless it is empty.
pub(super) fn write(content: &[Block]) -> String {
    let mut text = blocks(content);
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

fn blocks(content: &[Block]) -> String {
    let parts: Vec<String> = content
        .iter()
        .map(block)
        .filter(|part| !part.is_empty())
        .collect();
    parts.join("\n\n")
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading { level: 1, content } => {
            let text = inlines(content);
            let line = "=".repeat(text.width().clamp(1, 80));
            format!("{text}\n{line}")
        }
        Block::Heading { level: 2, content } => {
            let text = inlines(content);
            let line = "-".repeat(text.width().clamp(1, 80));
            format!("{text}\n{line}")
        }
        Block::Paragraph(content) | Block::Heading { content, .. } => inlines(content),
        Block::BulletList(items) => {
            let items = items.iter().map(|item| indented("• ", &in_item(item)));
            items.collect::<Vec<_>>().join("\n")
        }
        Block::OrderedList { start, items } => {
            let numbers = u64::from(*start)..;
            let item = |(number, item): (u64, &Vec<Block>)| {
                indented(&format!("{number}. "), &in_item(item))
            };
            numbers.zip(items).map(item).collect::<Vec<_>>().join("\n")
        }
        Block::TaskList(tasks) => {
            let task = |task: &super::Task| {
                let sign = if task.done { "[x] " } else { "[ ] " };
                indented(sign, &in_item(&task.content))
            };
            tasks.iter().map(task).collect::<Vec<_>>().join("\n")
        }
        Block::Code { text, .. } => indented("    ", text),
        Block::Quote(content) => quoted("> ", &blocks(content)),
        Block::Panel { kind, content } => {
            quoted("| ", &format!("{}:\n{}", panel(*kind), blocks(content)))
        }
        Block::Table(rows) => table(rows),
        Block::Rule => "-".repeat(20),
        Block::Expand { title, content } => {
            indented("▸ ", &format!("{title}\n{}", blocks(content)))
        }
        Block::Unknown { name, text } => unknown(name, text),
    }
}

/// The content of an item, without gaps.
fn in_item(content: &[Block]) -> String {
    content.iter().map(block).collect::<Vec<_>>().join("\n")
}

/// A sign before the first line, and all others moved in by its width.
fn indented(sign: &str, text: &str) -> String {
    let indent = " ".repeat(sign.width());
    let mut result = sign.to_owned();
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            result.push('\n');
            if !line.is_empty() {
                result.push_str(&indent);
            }
        }
        result.push_str(line);
    }
    result
}

fn quoted(sign: &str, text: &str) -> String {
    let lines = text
        .split('\n')
        .map(|line| format!("{sign}{line}").trim_end().to_owned());
    lines.collect::<Vec<_>>().join("\n")
}

fn panel(kind: PanelKind) -> &'static str {
    match kind {
        PanelKind::Info => "Info",
        PanelKind::Note => "Note",
        PanelKind::Warning => "Warning",
        PanelKind::Success => "Success",
        PanelKind::Error => "Error",
    }
}

fn table(rows: &[Vec<Cell>]) -> String {
    let texts: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(cell).collect())
        .collect();
    let mut widths: Vec<usize> = Vec::new();
    for row in &texts {
        widths.resize(widths.len().max(row.len()), 0);
        for (width, text) in widths.iter_mut().zip(row) {
            *width = (*width).max(text.width().min(WIDEST_COLUMN));
        }
    }
    let mut lines = Vec::new();
    for (row, cells) in texts.iter().zip(rows) {
        let mut line = String::new();
        for (index, (text, width)) in row.iter().zip(&widths).enumerate() {
            if index > 0 {
                line.push_str(" | ");
            }
            line.push_str(text);
            line.push_str(&" ".repeat(width.saturating_sub(text.width())));
        }
        lines.push(line.trim_end().to_owned());
        let is_header = !cells.is_empty() && cells.iter().all(|cell| cell.header);
        if is_header && lines.len() == 1 {
            let rules: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
            lines.push(rules.join("-+-"));
        }
    }
    lines.join("\n")
}

fn cell(cell: &Cell) -> String {
    inlines(&flattened(&cell.content)).replace('\n', " / ")
}

fn inlines(content: &[Inline]) -> String {
    let mut result = String::new();
    for (index, inline) in content.iter().enumerate() {
        match inline {
            Inline::Text { text, marks } => {
                result.push_str(text);
                let goes_on = matches!(
                    content.get(index + 1),
                    Some(Inline::Text { marks: next, .. }) if next.link == marks.link
                );
                match &marks.link {
                    Some(url) if !goes_on && !result.ends_with(url.as_str()) => {
                        result.push_str(&format!(" ({url})"));
                    }
                    _ => {}
                }
            }
            Inline::Mention(mention) if mention.name.is_empty() => {
                result.push_str(&format!("@{}", mention.account));
            }
            Inline::Mention(mention) => result.push_str(&format!("@{}", mention.name)),
            Inline::Emoji { name, text } => {
                result.push_str(if text.is_empty() { name } else { text });
            }
            Inline::Break => result.push('\n'),
            Inline::Status { text, .. } => result.push_str(&format!("[{text}]")),
            Inline::Date(day) => result.push_str(&day.to_string()),
            Inline::Card(url) => result.push_str(url),
            Inline::Image(image) => result.push_str(&unknown("image", image.caption())),
            Inline::Unknown { name, text } => result.push_str(&unknown(name, text)),
        }
    }
    result
}
