//! JSON of Atlassian Document Format goes in; blocks come out.
//!
//! Sites send nodes and marks that no schema lists, so nothing but the root is required to be what it should be.

use super::super::tree::{Block, Cell, Image, Inline, ListItem, PanelKind, Task};
use super::super::{DocumentError, MAX_DEPTH, inlines};
use super::read_inline::{self, content, kind, media, number, text_of, texts_below};
use serde_json::Value;

/// Reads a whole document.
pub(in super::super) fn read(value: &Value) -> Result<Vec<Block>, DocumentError> {
    if value.is_null() {
        return Ok(Vec::new());
    }
    if kind(value) != "doc" {
        let found = value.get("type").and_then(Value::as_str);
        return Err(DocumentError::NotAdf {
            found: found.map(str::to_owned),
        });
    }
    match value.get("version") {
        Some(version) if version.as_f64() != Some(1.0) => Err(DocumentError::AdfVersion {
            found: version.to_string(),
        }),
        _ => Ok(blocks(content(value), 1)),
    }
}

/// The blocks that these nodes are. Running text that stands where blocks should is a paragraph.
fn blocks(nodes: &[Value], depth: usize) -> Vec<Block> {
    let mut result = Vec::new();
    let mut loose: Vec<Inline> = Vec::new();
    for node in nodes {
        if read_inline::is_inline(node) {
            loose.extend(read_inline::inline(node));
            continue;
        }
        result.extend(inlines::paragraph(std::mem::take(&mut loose)));
        if depth >= MAX_DEPTH {
            result.push(Block::Unknown {
                name: kind(node).to_owned(),
                text: texts_below(node),
            });
        } else {
            block(node, depth, &mut result);
        }
    }
    result.extend(inlines::paragraph(loose));
    result
}

fn block(node: &Value, depth: usize, result: &mut Vec<Block>) {
    let inside = || blocks(content(node), depth + 1);
    match kind(node) {
        "paragraph" => result.extend(inlines::paragraph(read_inline::inlines(content(node)))),
        "heading" => {
            let level = number(node, "level").unwrap_or(1).clamp(1, 6);
            result.push(Block::Heading {
                level: u8::try_from(level).unwrap_or(1),
                content: inlines::normalised(read_inline::inlines(content(node))),
            });
        }
        "bulletList" => result.push(Block::BulletList(items(node, depth))),
        "orderedList" => result.push(Block::OrderedList {
            start: number(node, "order")
                .and_then(|order| u32::try_from(order).ok())
                .unwrap_or(1),
            items: items(node, depth),
        }),
        "taskList" => result.push(Block::TaskList(tasks(node, depth))),
        "codeBlock" => {
            let text: String = content(node).iter().map(texts_below).collect();
            result.push(Block::Code {
                language: text_of(node, "language")
                    .and_then(|language| language.split_whitespace().next())
                    .map(str::to_owned),
                text: text.replace("\r\n", "\n").replace('\r', "\n"),
            });
        }
        "blockquote" => result.push(Block::Quote(inside())),
        "panel" => result.push(Block::Panel {
            kind: match text_of(node, "panelType") {
                Some("note") => PanelKind::Note,
                Some("warning") => PanelKind::Warning,
                Some("success" | "tip") => PanelKind::Success,
                Some("error") => PanelKind::Error,
                _ => PanelKind::Info,
            },
            content: inside(),
        }),
        "table" => result.push(Block::Table(rows(node, depth))),
        "rule" => result.push(Block::Rule),
        "expand" | "nestedExpand" => result.push(Block::Expand {
            title: title(text_of(node, "title").unwrap_or_default()),
            content: inside(),
        }),
        "mediaSingle" | "mediaGroup" => media_block(node, result),
        "blockCard" | "embedCard" => {
            result.extend(inlines::paragraph(vec![read_inline::card(node)]));
        }
        "layoutSection" | "layoutColumn" => result.extend(inside()),
        _ => unknown(node, depth, result),
    }
}

/// A title stands on one line.
fn title(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn items(node: &Value, depth: usize) -> Vec<ListItem> {
    let item = |item: &Value| blocks(content(item), depth + 2);
    if depth + 1 >= MAX_DEPTH {
        return vec![vec![Block::Unknown {
            name: kind(node).to_owned(),
            text: texts_below(node),
        }]];
    }
    content(node)
        .iter()
        .map(|node| match kind(node) {
            "listItem" => item(node),
            _ => blocks(std::slice::from_ref(node), depth + 1),
        })
        .collect()
}

/// Lists within a list of tasks are siblings of the task that they belong to.
fn tasks(node: &Value, depth: usize) -> Vec<Task> {
    let mut tasks: Vec<Task> = Vec::new();
    for item in content(node) {
        match kind(item) {
            "taskItem" | "blockTaskItem" => tasks.push(Task {
                done: text_of(item, "state") == Some("DONE"),
                content: blocks(content(item), depth + 2),
            }),
            _ => {
                let below = blocks(std::slice::from_ref(item), depth + 1);
                match tasks.last_mut() {
                    Some(task) => task.content.extend(below),
                    None => tasks.push(Task {
                        done: false,
                        content: below,
                    }),
                }
            }
        }
    }
    tasks
}

fn rows(node: &Value, depth: usize) -> Vec<Vec<Cell>> {
    let span = |cell: &Value, name| {
        let span = number(cell, name).unwrap_or(1).clamp(1, 100);
        u16::try_from(span).unwrap_or(1)
    };
    let cell = |cell: &Value| match kind(cell) {
        "tableCell" | "tableHeader" => Cell {
            header: kind(cell) == "tableHeader",
            columns: span(cell, "colspan"),
            rows: span(cell, "rowspan"),
            content: blocks(content(cell), depth + 3),
        },
        _ => Cell::new(false, blocks(std::slice::from_ref(cell), depth + 2)),
    };
    content(node)
        .iter()
        .map(|row| content(row).iter().map(cell).collect())
        .collect()
}

fn media_block(node: &Value, result: &mut Vec<Block>) {
    let mut pictures = Vec::new();
    let mut captions = Vec::new();
    for child in content(node) {
        match kind(child) {
            "media" => pictures.extend(media(child)),
            "caption" => captions.extend(read_inline::inlines(content(child))),
            _ => pictures.extend(read_inline::inline(child)),
        }
    }
    let leads_on = |picture: &Inline| !matches!(picture, Inline::Image(Image::Stored { .. }));
    if pictures.iter().any(leads_on) || pictures.len() == 1 {
        for picture in pictures {
            result.extend(inlines::paragraph(vec![picture]));
        }
    } else {
        result.extend(inlines::paragraph(pictures));
    }
    result.extend(inlines::paragraph(captions));
}

/// Keeps a node that is not known: its name, and all of what is in it.
fn unknown(node: &Value, depth: usize, result: &mut Vec<Block>) {
    let name = read_inline::unknown_name(node);
    let inside = content(node);
    if inside.is_empty() {
        result.push(Block::Unknown {
            name,
            text: read_inline::unknown_text(node),
        });
    } else if inside.iter().all(read_inline::is_inline) {
        let text = read_inline::unknown_text(node);
        let mut line = vec![Inline::Unknown { name, text }, Inline::plain(" ")];
        line.extend(read_inline::inlines(inside));
        result.extend(inlines::paragraph(line));
    } else {
        let text = read_inline::unknown_text(node);
        result.push(Block::Unknown { name, text });
        result.extend(blocks(inside, depth + 1));
    }
}
