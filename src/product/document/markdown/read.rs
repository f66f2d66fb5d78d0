//! Markdown goes in, event by event; blocks come out. A stack of what is open stands in for recursion.

use super::super::MAX_DEPTH;
use super::super::inlines::paragraph;
use super::super::tree::{Block, Cell, PanelKind, Task};
use super::html::{self, HtmlBlock};
use super::read_inline::Line;
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// Reads a text.
pub(in super::super) fn read(text: &str) -> Vec<Block> {
    let text = text
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .replace('\0', "\u{fffd}");
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_GFM;
    let mut reader = Reader {
        open: vec![Open::new(Container::Root)],
        line: Line::default(),
        html: None,
        code: None,
        skipped: None,
    };
    for event in Parser::new_ext(&text, options) {
        reader.take(event);
    }
    while reader.open.len() > 1 {
        reader.close();
    }
    reader.end_line();
    reader
        .open
        .pop()
        .map(|root| root.blocks)
        .unwrap_or_default()
}

/// What holds blocks.
enum Container {
    Root,
    Quote(Option<PanelKind>),
    Expand(String),
    List {
        start: Option<u64>,
        /// Each item, and whether it is done, if it is a task.
        items: Vec<(Option<bool>, Vec<Block>)>,
    },
    Item(Option<bool>),
    Table(Vec<Vec<Cell>>),
    Row {
        header: bool,
        cells: Vec<Cell>,
    },
    Cell,
    Heading(u8),
}

/// A container that has begun, with the blocks in it.
struct Open {
    container: Container,
    blocks: Vec<Block>,
}

impl Open {
    fn new(container: Container) -> Open {
        Open {
            container,
            blocks: Vec::new(),
        }
    }
}

struct Reader {
    open: Vec<Open>,
    line: Line,
    /// The text of the block of HTML that is being read.
    html: Option<String>,
    /// The language and the text of the code that is being read.
    code: Option<(Option<String>, String)>,
    /// What is nested too deeply: how many starts wait for their ends, and the text so far.
    skipped: Option<(usize, String)>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        if let Some((starts, text)) = &mut self.skipped {
            match event {
                Event::Start(_) => *starts += 1,
                Event::End(_) => *starts -= 1,
                Event::Text(part)
                | Event::Code(part)
                | Event::Html(part)
                | Event::InlineHtml(part) => text.push_str(&part),
                _ => text.push(' '),
            }
            if *starts == 0 {
                let text = std::mem::take(text).trim().to_owned();
                self.skipped = None;
                self.push(Block::Unknown {
                    name: "nested".to_owned(),
                    text,
                });
            }
            return;
        }
        if let Some(html) = &mut self.html {
            match event {
                Event::Html(part) | Event::Text(part) => html.push_str(&part),
                _ => self.end_html(),
            }
            return;
        }
        if let Some((_, code)) = &mut self.code {
            match event {
                Event::Text(part) => code.push_str(&part),
                _ => self.end_code(),
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Rule => {
                self.end_line();
                self.push(Block::Rule);
            }
            Event::TaskListMarker(done) => self.task(done),
            other => self.line.take_event(&other),
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        let container = match tag {
            Tag::Paragraph => return self.end_line(),
            Tag::Heading { level, .. } => Container::Heading(*level as u8),
            Tag::BlockQuote(kind) => Container::Quote(kind.map(panel)),
            Tag::List(start) => Container::List {
                start: *start,
                items: Vec::new(),
            },
            Tag::Item => Container::Item(None),
            Tag::Table(_) => Container::Table(Vec::new()),
            Tag::TableHead => Container::Row {
                header: true,
                cells: Vec::new(),
            },
            Tag::TableRow => Container::Row {
                header: false,
                cells: Vec::new(),
            },
            Tag::TableCell => Container::Cell,
            Tag::CodeBlock(kind) => {
                self.end_line();
                let language = match kind {
                    CodeBlockKind::Fenced(info) => {
                        info.split_whitespace().next().map(str::to_owned)
                    }
                    CodeBlockKind::Indented => None,
                };
                self.code = Some((language, String::new()));
                return;
            }
            Tag::HtmlBlock => {
                self.end_line();
                self.html = Some(String::new());
                return;
            }
            inline => return self.line.take_event(&Event::Start(inline.clone())),
        };
        self.end_line();
        let is_part = matches!(
            container,
            Container::Item(_) | Container::Row { .. } | Container::Cell | Container::Heading(_)
        );
        if self.open.len() >= MAX_DEPTH && !is_part {
            self.skipped = Some((1, String::new()));
        } else {
            self.open.push(Open::new(container));
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.end_line(),
            TagEnd::Strong
            | TagEnd::Emphasis
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image => self.line.take_event(&Event::End(tag)),
            TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell
            | TagEnd::Heading(_) => {
                while let Some(Container::Expand(_)) = self.open.last().map(|open| &open.container)
                {
                    self.close();
                }
                self.close();
            }
            _ => {}
        }
    }

    /// A sign that says whether something is done makes the item a task, unless the items have numbers.
    fn task(&mut self, done: bool) {
        let mut open = self.open.iter_mut().rev();
        let item = open.next().map(|open| &mut open.container);
        let list = open.next().map(|open| &open.container);
        match (item, list) {
            (Some(Container::Item(task)), Some(Container::List { start: None, .. })) => {
                *task = Some(done);
            }
            _ => self.line.take_event(&Event::TaskListMarker(done)),
        }
    }

    /// What stands in the line becomes a paragraph, if anything does.
    fn end_line(&mut self) {
        let in_heading = matches!(
            self.open.last().map(|open| &open.container),
            Some(Container::Heading(_))
        );
        if in_heading {
            return;
        }
        if let Some(block) = paragraph(self.line.take()) {
            self.push(block);
        }
    }

    fn end_code(&mut self) {
        if let Some((language, mut text)) = self.code.take() {
            if text.ends_with('\n') {
                text.pop();
            }
            self.push(Block::Code { language, text });
        }
    }

    fn end_html(&mut self) {
        let Some(text) = self.html.take() else { return };
        let is_in_details = matches!(
            self.open.last().map(|open| &open.container),
            Some(Container::Expand(_))
        );
        match html::block(&text) {
            HtmlBlock::Details(title) if self.open.len() < MAX_DEPTH => {
                self.open.push(Open::new(Container::Expand(title)));
            }
            HtmlBlock::EndOfDetails if is_in_details => self.close(),
            _ => {
                self.line.push_text(text.trim());
                self.end_line();
            }
        }
    }

    fn push(&mut self, block: Block) {
        if let Some(open) = self.open.last_mut() {
            open.blocks.push(block);
        }
    }

    /// The container that was opened last ends.
    fn close(&mut self) {
        self.end_line();
        let Some(Open { container, blocks }) = self.open.pop() else {
            return;
        };
        match container {
            Container::Root => self.open.push(Open { container, blocks }),
            Container::Quote(None) => self.push(Block::Quote(blocks)),
            Container::Quote(Some(kind)) => self.push(Block::Panel {
                kind,
                content: blocks,
            }),
            Container::Expand(title) => self.push(Block::Expand {
                title,
                content: blocks,
            }),
            Container::Heading(level) => {
                let content = self.line.take();
                self.push(Block::Heading { level, content });
            }
            Container::List { start, items } => self.close_list(start, items),
            Container::Item(task) => {
                if let Some(Container::List { items, .. }) = self.parent() {
                    items.push((task, blocks));
                }
            }
            Container::Table(rows) => self.push(Block::Table(without_empty_header(rows))),
            Container::Row { cells, .. } => {
                if let Some(Container::Table(rows)) = self.parent() {
                    rows.push(cells);
                }
            }
            Container::Cell => {
                if let Some(Container::Row { header, cells }) = self.parent() {
                    cells.push(Cell::new(*header, blocks));
                }
            }
        }
    }

    fn parent(&mut self) -> Option<&mut Container> {
        self.open.last_mut().map(|open| &mut open.container)
    }

    /// Tasks and other items of one list become lists of their own.
    fn close_list(&mut self, start: Option<u64>, items: Vec<(Option<bool>, Vec<Block>)>) {
        if let Some(start) = start {
            let items = items.into_iter().map(|(_, blocks)| blocks).collect();
            let start = u32::try_from(start).unwrap_or(1);
            return self.push(Block::OrderedList { start, items });
        }
        let Some(open) = self.open.last_mut() else {
            return;
        };
        let before = open.blocks.len();
        for (task, content) in items {
            let is_new = open.blocks.len() == before;
            match (task, open.blocks.last_mut()) {
                (Some(done), Some(Block::TaskList(tasks))) if !is_new => {
                    tasks.push(Task { done, content });
                }
                (None, Some(Block::BulletList(items))) if !is_new => items.push(content),
                (Some(done), _) => open
                    .blocks
                    .push(Block::TaskList(vec![Task { done, content }])),
                (None, _) => open.blocks.push(Block::BulletList(vec![content])),
            }
        }
    }
}

/// A table needs a header in Markdown; one that says nothing stands for none.
fn without_empty_header(mut rows: Vec<Vec<Cell>>) -> Vec<Vec<Cell>> {
    let is_empty = |row: &Vec<Cell>| row.iter().all(|cell| cell.content.is_empty());
    if rows.len() > 1 && rows.first().is_some_and(is_empty) {
        rows.remove(0);
    }
    rows
}

fn panel(kind: BlockQuoteKind) -> PanelKind {
    match kind {
        BlockQuoteKind::Note => PanelKind::Info,
        BlockQuoteKind::Tip => PanelKind::Success,
        BlockQuoteKind::Important => PanelKind::Note,
        BlockQuoteKind::Warning => PanelKind::Warning,
        BlockQuoteKind::Caution => PanelKind::Error,
    }
}
