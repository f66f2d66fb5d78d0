//! Elements of storage format go in; blocks come out.
//!
//! Editors put blocks into paragraphs and text where blocks should be. So everything flows: an element adds text to
//! the current line, or ends it and adds blocks.

use super::super::DocumentError;
use super::super::inlines::{flattened, normalised};
use super::super::tree::{Block, Cell, Inline, Marks, Task};
use super::element::{Element, Node, parse};
use super::{macros, resource};

/// Reads a whole document.
pub(in super::super) fn read(text: &str) -> Result<Vec<Block>, DocumentError> {
    Ok(blocks(&parse(text)?))
}

/// The blocks that these nodes are.
pub(super) fn blocks(nodes: &[Node]) -> Vec<Block> {
    let mut flow = Flow::default();
    flow.nodes(nodes, &Marks::default());
    flow.end_line();
    flow.blocks
}

/// The blocks that these nodes are, which do not stand side by side.
pub(super) fn blocks_of<'a>(nodes: impl Iterator<Item = &'a Node>) -> Vec<Block> {
    let mut flow = Flow::default();
    for node in nodes {
        flow.nodes(std::slice::from_ref(node), &Marks::default());
    }
    flow.end_line();
    flow.blocks
}

/// What was read so far.
#[derive(Default)]
pub(super) struct Flow {
    blocks: Vec<Block>,
    line: Vec<Inline>,
}

impl Flow {
    /// Reads nodes whose text looks like this.
    pub(super) fn nodes(&mut self, nodes: &[Node], marks: &Marks) {
        for node in nodes {
            match node {
                Node::Text(text) => self.text(text, marks),
                Node::Element(element) => self.element(element, marks),
            }
        }
    }

    /// Adds something to the line.
    pub(super) fn inline(&mut self, inline: Inline) {
        self.line.push(inline);
    }

    /// Ends the line and adds a block.
    pub(super) fn block(&mut self, block: Block) {
        self.end_line();
        self.blocks.push(block);
    }

    /// Ends the line and adds blocks.
    pub(super) fn all(&mut self, blocks: Vec<Block>) {
        self.end_line();
        self.blocks.extend(blocks);
    }

    fn end_line(&mut self) {
        let content = normalised(std::mem::take(&mut self.line));
        let is_blank = |inline: &Inline| match inline {
            Inline::Text { text, .. } => text.trim().is_empty(),
            Inline::Break => true,
            _ => false,
        };
        if !content.iter().all(is_blank) {
            self.blocks.push(Block::Paragraph(content));
        }
    }

    /// Spaces and line breaks in a row are one space.
    pub(super) fn text(&mut self, text: &str, marks: &Marks) {
        let is_space = |c: char| c.is_ascii_whitespace();
        let mut result = String::with_capacity(text.len());
        let mut after_space = match self.line.last() {
            Some(Inline::Text { text, .. }) => text.ends_with(' '),
            Some(Inline::Break) => true,
            _ => false,
        };
        for c in text.chars() {
            if !is_space(c) {
                result.push(c);
            } else if !after_space {
                result.push(' ');
            }
            after_space = is_space(c);
        }
        self.inline(Inline::Text {
            text: result,
            marks: marks.clone(),
        });
    }

    fn element(&mut self, element: &Element, marks: &Marks) {
        let children = &element.children;
        match element.name.as_str() {
            "strong" | "b" => self.marked(element, marks, |marks| marks.strong = true),
            "em" | "i" => self.marked(element, marks, |marks| marks.emphasis = true),
            "del" | "s" | "strike" => self.marked(element, marks, |marks| marks.strike = true),
            "code" | "tt" | "kbd" | "samp" => {
                self.marked(element, marks, |marks| marks.code = true);
            }
            "br" => self.inline(Inline::Break),
            "a" => self.anchor(element, marks),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = element
                    .name
                    .as_bytes()
                    .get(1)
                    .map_or(1, |digit| digit - b'0');
                let content = flattened(&blocks(children));
                self.block(Block::Heading { level, content });
            }
            "ul" => {
                let items = items(element);
                self.block(Block::BulletList(items));
            }
            "ol" => {
                let start = element
                    .attribute("start")
                    .and_then(|start| start.parse().ok());
                let items = items(element);
                self.block(Block::OrderedList {
                    start: start.unwrap_or(1),
                    items,
                });
            }
            "blockquote" => self.block(Block::Quote(blocks(children))),
            "pre" => self.block(macros::code(None, &element.text())),
            "hr" => self.block(Block::Rule),
            "table" => self.table(element),
            "ac:task-list" => self.block(Block::TaskList(tasks(element))),
            "ac:structured-macro" | "ac:macro" => macros::read(element, marks, self),
            "ac:adf-extension" => macros::adf_extension(element, marks, self),
            "p" | "div" | "section" | "ac:layout" | "ac:layout-section" | "ac:layout-cell"
            | "ac:rich-text-body" | "ac:task-body" => {
                self.end_line();
                self.nodes(children, marks);
                self.end_line();
            }
            "colgroup" | "ac:task-id" | "ac:task-uuid" => {}
            _ => self.other(element, marks),
        }
    }

    fn marked(&mut self, element: &Element, marks: &Marks, set: impl Fn(&mut Marks)) {
        let mut marks = marks.clone();
        set(&mut marks);
        self.nodes(&element.children, &marks);
    }

    fn anchor(&mut self, element: &Element, marks: &Marks) {
        let Some(url) = element.attribute("href") else {
            return self.nodes(&element.children, marks);
        };
        if element.attribute("data-card-appearance").is_some() {
            return self.inline(Inline::Card(url.to_owned()));
        }
        let mut marks = marks.clone();
        marks.link = Some(url.to_owned());
        if element.children.is_empty() {
            self.text(url, &marks);
        } else {
            self.nodes(&element.children, &marks);
        }
    }

    /// Links, pictures, people and days; of all others what is in them, or that they are there.
    fn other(&mut self, element: &Element, marks: &Marks) {
        if resource::read(element, marks, self) {
            return;
        }
        let is_known_to_browsers = !element.name.contains(':');
        if element.children.is_empty() && !is_known_to_browsers {
            self.inline(Inline::Unknown {
                name: element.name.clone(),
                text: String::new(),
            });
        }
        self.nodes(&element.children, marks);
    }

    fn table(&mut self, element: &Element) {
        self.end_line();
        let mut rows = Vec::new();
        self.rows(element, &mut rows);
        self.block(Block::Table(rows));
    }

    /// The rows of a table; whatever else is in it stands before it.
    fn rows(&mut self, element: &Element, rows: &mut Vec<Vec<Cell>>) {
        for node in element.besides(&["colgroup", "col"]) {
            match node {
                Node::Element(row) if row.name == "tr" => {
                    rows.push(row.besides(&[]).map(cell).collect());
                }
                Node::Element(part)
                    if matches!(part.name.as_str(), "thead" | "tbody" | "tfoot") =>
                {
                    self.rows(part, rows);
                }
                other => self.all(blocks(std::slice::from_ref(other))),
            }
        }
    }
}

fn cell(node: &Node) -> Cell {
    let element = match node {
        Node::Element(element) if matches!(element.name.as_str(), "td" | "th") => element,
        other => return Cell::new(false, blocks(std::slice::from_ref(other))),
    };
    let span = |name| {
        let span = element.attribute(name).and_then(|span| span.parse().ok());
        span.unwrap_or(1u16).clamp(1, 100)
    };
    Cell {
        header: element.name == "th",
        columns: span("colspan"),
        rows: span("rowspan"),
        content: blocks(&element.children),
    }
}

/// The items of a list. A list right in a list belongs to the item before it.
fn items(element: &Element) -> Vec<Vec<Block>> {
    let mut items: Vec<Vec<Block>> = Vec::new();
    for node in &element.children {
        match node {
            Node::Element(item) if item.name == "li" => items.push(blocks(&item.children)),
            other => {
                let content = blocks(std::slice::from_ref(other));
                match items.last_mut() {
                    _ if content.is_empty() => {}
                    Some(item) => item.extend(content),
                    None => items.push(content),
                }
            }
        }
    }
    items
}

fn tasks(element: &Element) -> Vec<Task> {
    let mut tasks: Vec<Task> = Vec::new();
    for node in &element.children {
        match node {
            Node::Element(part) if part.name == "ac:task" => {
                let status = part.child("ac:task-status").map(Element::text);
                tasks.push(Task {
                    done: status.is_some_and(|status| status.trim() == "complete"),
                    content: blocks_of(part.besides(&["ac:task-status"])),
                });
            }
            other => {
                let content = blocks(std::slice::from_ref(other));
                match tasks.last_mut() {
                    _ if content.is_empty() => {}
                    Some(task) => task.content.extend(content),
                    None => tasks.push(Task {
                        done: false,
                        content,
                    }),
                }
            }
        }
    }
    tasks
}
