//! Blocks go in; Markdown comes out that reads as the same blocks.

use super::super::inlines::{flattened, strong, unknown};
use super::super::tree::{Block, Cell, Inline, PanelKind};
use super::escape::{self, Place};
use super::write_inline;

/// Writes a whole document, with a line break at its end unless it is empty.
pub(in super::super) fn write(content: &[Block]) -> String {
    let mut text = blocks(content, None, false);
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

const PARAGRAPH: Place = Place {
    starts_line: true,
    in_heading: false,
    in_table: false,
};
const HEADING: Place = Place {
    starts_line: false,
    in_heading: true,
    in_table: false,
};
const CELL: Place = Place {
    starts_line: false,
    in_heading: false,
    in_table: true,
};

/// Larger numbers are no lists in `CommonMark`.
const LARGEST_NUMBER: u64 = 999_999_999;

/// Writes blocks below each other. `outer` is the sign of the list in which they are an item: a list that begins
/// right behind it, or behind another list, takes another sign.
fn blocks(content: &[Block], outer: Option<char>, in_item: bool) -> String {
    let mut text = String::new();
    let mut sign = outer;
    let mut follows_paragraph = false;
    for block in content {
        let (own, next_sign) = one(block, sign);
        sign = next_sign;
        if own.is_empty() {
            continue;
        }
        if !text.is_empty() {
            let is_tight = in_item && follows_paragraph && may_follow_directly(&own);
            text.push_str(if is_tight { "\n" } else { "\n\n" });
        }
        text.push_str(&own);
        follows_paragraph = matches!(block, Block::Paragraph(_));
    }
    text
}

/// Whether this is a list that ends a paragraph without a blank line before it.
fn may_follow_directly(list: &str) -> bool {
    let first = list.lines().next().unwrap_or_default();
    ["- ", "* ", "1. ", "1) "].iter().any(|sign| {
        first
            .strip_prefix(sign)
            .is_some_and(|rest| !rest.trim().is_empty())
    })
}

/// A block, and the sign that it used if it is a list.
fn one(block: &Block, sign: Option<char>) -> (String, Option<char>) {
    let text = match block {
        Block::Paragraph(content) => write_inline::write(content, PARAGRAPH),
        Block::Heading { level, content } => {
            let signs = "#".repeat(usize::from((*level).clamp(1, 6)));
            let text = write_inline::write(content, HEADING);
            format!("{signs} {text}").trim_end_matches(' ').to_owned()
        }
        Block::BulletList(items) => {
            let sign = if sign == Some('-') { '*' } else { '-' };
            let items = items
                .iter()
                .map(|item| (format!("{sign}"), item.as_slice()));
            return (list(items, sign), Some(sign));
        }
        Block::OrderedList { start, items } => {
            let sign = if sign == Some('.') { ')' } else { '.' };
            let numbers = u64::from(*start)..;
            let numbered = numbers.zip(items).map(|(number, item)| {
                let number = number.min(LARGEST_NUMBER);
                (format!("{number}{sign}"), item.as_slice())
            });
            return (list(numbered, sign), Some(sign));
        }
        Block::TaskList(tasks) => {
            let sign = if sign == Some('-') { '*' } else { '-' };
            let items = tasks.iter().map(|task| {
                let state = if task.done { "x" } else { " " };
                let content = blocks(&task.content, None, true);
                let gap = match task.content.first() {
                    None => "",
                    Some(Block::Paragraph(_)) => " ",
                    Some(_) => "\n",
                };
                item(&format!("{sign}"), &format!("[{state}]{gap}{content}"))
            });
            return (joined(&items.collect::<Vec<_>>()), Some(sign));
        }
        Block::Code { language, text } => escape::code_block(language.as_deref(), text),
        Block::Quote(content) => quoted(&blocks(content, None, false)),
        Block::Panel { kind, content } => {
            let text = blocks(content, None, false);
            let gap = match content.first() {
                None => "",
                Some(Block::Paragraph(_)) => "\n",
                Some(_) => "\n\n",
            };
            quoted(&format!("[!{}]{gap}{text}", alert(*kind)))
        }
        Block::Table(rows) => table(rows),
        Block::Rule => "___".to_owned(),
        Block::Expand { title, content } => {
            let title = quick_xml::escape::partial_escape(title.as_str()).replace('\n', " ");
            let text = blocks(content, None, false);
            let gap = if text.is_empty() { "" } else { "\n\n" };
            format!("<details>\n<summary>{title}</summary>{gap}{text}\n\n</details>")
        }
        Block::Unknown { name, text } => {
            let content: Vec<Inline> = unknown(name, text)
                .split('\n')
                .flat_map(|line| [Inline::Break, Inline::plain(line.trim())])
                .skip(1)
                .collect();
            write_inline::write(&content, PARAGRAPH)
        }
    };
    (text, None)
}

fn list<'a>(items: impl Iterator<Item = (String, &'a [Block])>, sign: char) -> String {
    let items = items.map(|(own, content)| item(&own, &blocks(content, Some(sign), true)));
    joined(&items.collect::<Vec<_>>())
}

/// Items stand close together unless one of them has a gap in it.
fn joined(items: &[String]) -> String {
    let has_gap = items.iter().any(|item| item.contains("\n\n"));
    items.join(if has_gap { "\n\n" } else { "\n" })
}

/// An item: the sign, and what is in it, moved in by the width of the sign.
fn item(sign: &str, content: &str) -> String {
    let mut text = sign.to_owned();
    let indent = " ".repeat(sign.len() + 1);
    for (index, line) in content.lines().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        if !line.is_empty() {
            text.push_str(if index == 0 { " " } else { &indent });
            text.push_str(line);
        }
    }
    text
}

fn quoted(content: &str) -> String {
    if content.is_empty() {
        return ">".to_owned();
    }
    let lines = content.split('\n').map(|line| {
        if line.is_empty() {
            ">".to_owned()
        } else {
            format!("> {line}")
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn alert(kind: PanelKind) -> &'static str {
    match kind {
        PanelKind::Info => "NOTE",
        PanelKind::Success => "TIP",
        PanelKind::Note => "IMPORTANT",
        PanelKind::Warning => "WARNING",
        PanelKind::Error => "CAUTION",
    }
}

/// A table. Markdown wants a row of headings; one that says nothing stands for none.
fn table(rows: &[Vec<Cell>]) -> String {
    let width = |row: &Vec<Cell>| {
        row.iter()
            .map(|cell| usize::from(cell.columns))
            .sum::<usize>()
    };
    let Some(columns) = rows.iter().map(width).max().filter(|columns| *columns > 0) else {
        return String::new();
    };
    let first = rows.first().map_or(&[][..], Vec::as_slice);
    let has_header = !first.is_empty() && first.iter().all(|cell| cell.header);
    let mut lines = Vec::new();
    if has_header {
        let gap = columns - width(&rows[0]);
        lines.push(format!("{}{}", row(first, true), "  |".repeat(gap)));
    } else {
        lines.push(format!("|{}", "  |".repeat(columns)));
    }
    lines.push(format!("|{}", " --- |".repeat(columns)));
    lines.extend(
        rows[usize::from(has_header)..]
            .iter()
            .map(|cells| row(cells, false)),
    );
    lines.join("\n")
}

fn row(cells: &[Cell], is_header: bool) -> String {
    let mut line = "|".to_owned();
    for cell in cells {
        let mut content = flattened(&cell.content);
        if cell.header && !is_header {
            content = strong(&content);
        }
        let text = write_inline::write(&content, CELL);
        line.push_str(&format!(" {text} |"));
        line.push_str(&"  |".repeat(usize::from(cell.columns).saturating_sub(1)));
    }
    if cells.is_empty() {
        line.push_str("  |");
    }
    line
}
