//! Blocks go in; JSON of Atlassian Document Format comes out that sites accept.
//!
//! Sites refuse a document in which one node stands where it must not. What a place does not take is written as
//! something that it does take and that says the same: a heading in a list becomes a bold paragraph, a table in a
//! panel becomes a line for each row.

use super::super::inlines::{flattened, joined_cells, strong, unknown};
use super::super::tree::{Block, Cell, Inline, ListItem, PanelKind, Task};
use super::write_inline::{inlines, media_block};
use serde_json::{Value, json};

/// Writes a whole document.
pub(in super::super) fn write(blocks: &[Block]) -> Value {
    let mut writer = Writer { tasks: 0 };
    let mut content = Vec::new();
    writer.blocks(blocks, Place::Root, &mut content);
    holding(json!({ "type": "doc", "version": 1 }), content)
}

/// What a node stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Root,
    Item,
    Quote,
    Panel,
    Cell,
    Expand,
    InnerExpand,
}

impl Place {
    /// Takes everything but tables and expands that hold tables.
    fn is_roomy(self) -> bool {
        !matches!(self, Place::Item | Place::Quote | Place::Panel)
    }

    fn takes(self, block: &Block) -> bool {
        match block {
            Block::Heading { .. } | Block::Rule => self.is_roomy() || self == Place::Panel,
            Block::Quote(_) | Block::Panel { .. } => self.is_roomy(),
            Block::Table(_) => matches!(self, Place::Root | Place::Expand),
            Block::Expand { .. } => matches!(self, Place::Root | Place::Expand | Place::Cell),
            Block::TaskList(_) => self != Place::Quote,
            _ => true,
        }
    }
}

struct Writer {
    /// How many tasks and lists of them got an id.
    tasks: u64,
}

impl Writer {
    fn blocks(&mut self, blocks: &[Block], place: Place, into: &mut Vec<Value>) {
        for block in blocks {
            if place.takes(block) {
                self.block(block, place, into);
            } else {
                self.replaced(block, place, into);
            }
        }
    }

    /// What has to hold at least one block.
    fn filled(&mut self, blocks: &[Block], place: Place) -> Vec<Value> {
        let mut content = Vec::new();
        self.blocks(blocks, place, &mut content);
        if content.is_empty() {
            content.push(paragraph(&[]));
        }
        content
    }

    fn block(&mut self, block: &Block, place: Place, into: &mut Vec<Value>) {
        let node = match block {
            Block::Paragraph(content) => match media_block(content) {
                Some(media) if content.len() == 1 || place != Place::Item => media,
                _ => paragraph(content),
            },
            Block::Heading { level, content } => holding(
                json!({ "type": "heading", "attrs": { "level": (*level).clamp(1, 6) } }),
                inlines(content),
            ),
            Block::BulletList(list) if list.is_empty() => return,
            Block::BulletList(list) => holding(json!({ "type": "bulletList" }), self.items(list)),
            Block::OrderedList { items, .. } if items.is_empty() => return,
            Block::OrderedList { start, items } => holding(
                json!({ "type": "orderedList", "attrs": { "order": start } }),
                self.items(items),
            ),
            Block::TaskList(tasks) if tasks.is_empty() => return,
            Block::TaskList(tasks) => self.tasks(tasks),
            Block::Code { language, text } => code(language.as_deref(), text),
            Block::Quote(content) => holding(
                json!({ "type": "blockquote" }),
                self.filled(content, Place::Quote),
            ),
            Block::Panel { kind, content } => holding(
                json!({ "type": "panel", "attrs": { "panelType": panel_type(*kind) } }),
                self.filled(content, Place::Panel),
            ),
            Block::Table(rows) => {
                if rows.iter().all(Vec::is_empty) {
                    return;
                }
                self.table(rows)
            }
            Block::Rule => json!({ "type": "rule" }),
            Block::Expand { title, content } => {
                let (name, inside) = match place {
                    Place::Root => ("expand", Place::Expand),
                    _ => ("nestedExpand", Place::InnerExpand),
                };
                holding(
                    json!({ "type": name, "attrs": { "title": title } }),
                    self.filled(content, inside),
                )
            }
            Block::Unknown { name, text } => paragraph(&[Inline::plain(unknown(name, text))]),
        };
        into.push(node);
    }

    /// Writes what this place does not take as something that it takes.
    fn replaced(&mut self, block: &Block, place: Place, into: &mut Vec<Value>) {
        match block {
            Block::Heading { content, .. } => into.push(paragraph(&strong(content))),
            Block::Quote(content) | Block::Panel { content, .. } => {
                self.blocks(content, place, into);
            }
            Block::Expand { title, content } => {
                into.push(paragraph(&strong(&[Inline::plain(title.clone())])));
                self.blocks(content, place, into);
            }
            Block::Table(rows) => {
                into.extend(rows.iter().map(|row| paragraph(&joined_cells(row))));
            }
            other => into.push(paragraph(&flattened(std::slice::from_ref(other)))),
        }
    }

    fn items(&mut self, items: &[ListItem]) -> Vec<Value> {
        let mut nodes = Vec::new();
        for item in items {
            let mut content = self.filled(item, Place::Item);
            let first = content.first().and_then(|node| node["type"].as_str());
            if !matches!(first, Some("paragraph" | "mediaSingle" | "codeBlock")) {
                content.insert(0, paragraph(&[]));
            }
            nodes.push(holding(json!({ "type": "listItem" }), content));
        }
        nodes
    }

    /// An id that is the same whenever the same document is written.
    fn id(&mut self) -> String {
        self.tasks += 1;
        format!("00000000-0000-4000-8000-{:012x}", self.tasks)
    }

    /// A task holds running text only; lists of tasks below it follow it.
    fn tasks(&mut self, tasks: &[Task]) -> Value {
        let list = self.id();
        let mut nodes = Vec::new();
        for task in tasks {
            let lists = task.content.iter().rev();
            let below = lists.take_while(|block| matches!(block, Block::TaskList(_)));
            let (own, below) = task.content.split_at(task.content.len() - below.count());
            nodes.push(json!({
                "type": "taskItem",
                "attrs": {
                    "localId": self.id(),
                    "state": if task.done { "DONE" } else { "TODO" },
                },
                "content": inlines(&flattened(own)),
            }));
            for block in below {
                self.block(block, Place::Item, &mut nodes);
            }
        }
        holding(
            json!({ "type": "taskList", "attrs": { "localId": list } }),
            nodes,
        )
    }

    fn table(&mut self, rows: &[Vec<Cell>]) -> Value {
        let mut nodes = Vec::new();
        for row in rows.iter().filter(|row| !row.is_empty()) {
            let mut cells = Vec::new();
            for cell in row {
                let name = if cell.header {
                    "tableHeader"
                } else {
                    "tableCell"
                };
                let content = self.filled(&cell.content, Place::Cell);
                let mut attributes = serde_json::Map::new();
                for (name, span) in [("colspan", cell.columns), ("rowspan", cell.rows)] {
                    if span > 1 {
                        attributes.insert(name.to_owned(), span.into());
                    }
                }
                cells.push(holding(
                    json!({ "type": name, "attrs": attributes }),
                    content,
                ));
            }
            nodes.push(holding(json!({ "type": "tableRow" }), cells));
        }
        holding(json!({ "type": "table" }), nodes)
    }
}

/// A node with what it holds, which moves in: `json!` would copy it at each level.
fn holding(mut node: Value, content: Vec<Value>) -> Value {
    node["content"] = Value::Array(content);
    node
}

fn paragraph(content: &[Inline]) -> Value {
    holding(json!({ "type": "paragraph" }), inlines(content))
}

fn code(language: Option<&str>, text: &str) -> Value {
    let mut node = json!({ "type": "codeBlock", "attrs": {}, "content": [] });
    if let Some(language) = language {
        node["attrs"]["language"] = language.into();
    }
    if !text.is_empty() {
        node["content"] = json!([{ "type": "text", "text": text }]);
    }
    node
}

fn panel_type(kind: PanelKind) -> &'static str {
    match kind {
        PanelKind::Info => "info",
        PanelKind::Note => "note",
        PanelKind::Warning => "warning",
        PanelKind::Success => "success",
        PanelKind::Error => "error",
    }
}
