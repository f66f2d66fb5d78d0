//! Blocks go in; storage format comes out. Every text is escaped: none can become an element.

use super::super::inlines::unknown;
use super::super::tree::{Block, Cell, ListItem, PanelKind, Task};
use super::write_inline::{cdata, escaped, inlines};

/// Writes a whole document.
pub(in super::super) fn write(blocks: &[Block]) -> String {
    let mut writer = Writer {
        text: String::new(),
        tasks: 0,
    };
    writer.blocks(blocks);
    writer.text
}

struct Writer {
    text: String,
    /// How many tasks there are so far: each has a number within the page.
    tasks: u64,
}

impl Writer {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(content) => self.element("p", &inlines(content)),
            Block::Heading { level, content } => {
                let name = format!("h{}", (*level).clamp(1, 6));
                self.element(&name, &inlines(content));
            }
            Block::BulletList(items) => {
                self.text.push_str("<ul>");
                self.items(items);
                self.text.push_str("</ul>");
            }
            Block::OrderedList { start: 1, items } => {
                self.text.push_str("<ol>");
                self.items(items);
                self.text.push_str("</ol>");
            }
            Block::OrderedList { start, items } => {
                self.text.push_str(&format!("<ol start=\"{start}\">"));
                self.items(items);
                self.text.push_str("</ol>");
            }
            Block::TaskList(tasks) => self.task_list(tasks),
            Block::Code { language, text } => {
                let language = language.as_deref().unwrap_or_default();
                self.macro_start("code", "language", language);
                let text = cdata(text);
                self.element("ac:plain-text-body", &text);
                self.text.push_str("</ac:structured-macro>");
            }
            Block::Quote(content) => {
                self.text.push_str("<blockquote>");
                self.blocks(content);
                self.text.push_str("</blockquote>");
            }
            Block::Panel { kind, content } => self.rich_macro(panel(*kind), "", content),
            Block::Expand { title, content } => self.rich_macro("expand", title, content),
            Block::Table(rows) => self.table(rows),
            Block::Rule => self.text.push_str("<hr/>"),
            Block::Unknown { name, text } => {
                self.element("p", &escaped(&unknown(name, text)));
            }
        }
    }

    fn element(&mut self, name: &str, content: &str) {
        self.text.push_str(&format!("<{name}>{content}</{name}>"));
    }

    fn macro_start(&mut self, name: &str, parameter: &str, value: &str) {
        self.text
            .push_str(&format!("<ac:structured-macro ac:name=\"{name}\">"));
        if !value.is_empty() {
            self.text.push_str(&format!(
                "<ac:parameter ac:name=\"{parameter}\">{}</ac:parameter>",
                escaped(value)
            ));
        }
    }

    fn rich_macro(&mut self, name: &str, title: &str, content: &[Block]) {
        self.macro_start(name, "title", title);
        self.text.push_str("<ac:rich-text-body>");
        self.blocks(content);
        self.text
            .push_str("</ac:rich-text-body></ac:structured-macro>");
    }

    fn items(&mut self, items: &[ListItem]) {
        for item in items {
            self.text.push_str("<li>");
            self.blocks(item);
            self.text.push_str("</li>");
        }
    }

    fn task_list(&mut self, tasks: &[Task]) {
        self.text.push_str("<ac:task-list>");
        for task in tasks {
            self.tasks += 1;
            let state = if task.done { "complete" } else { "incomplete" };
            self.text.push_str(&format!(
                "<ac:task><ac:task-id>{}</ac:task-id><ac:task-status>{state}</ac:task-status>",
                self.tasks
            ));
            self.text.push_str("<ac:task-body>");
            match task.content.as_slice() {
                [Block::Paragraph(first), rest @ ..] => {
                    self.text.push_str(&inlines(first));
                    self.blocks(rest);
                }
                other => self.blocks(other),
            }
            self.text.push_str("</ac:task-body></ac:task>");
        }
        self.text.push_str("</ac:task-list>");
    }

    fn table(&mut self, rows: &[Vec<Cell>]) {
        self.text.push_str("<table><tbody>");
        for row in rows {
            self.text.push_str("<tr>");
            for cell in row {
                let name = if cell.header { "th" } else { "td" };
                self.text.push_str(&format!("<{name}"));
                for (attribute, span) in [("colspan", cell.columns), ("rowspan", cell.rows)] {
                    if span > 1 {
                        self.text.push_str(&format!(" {attribute}=\"{span}\""));
                    }
                }
                self.text.push('>');
                self.blocks(&cell.content);
                self.text.push_str(&format!("</{name}>"));
            }
            self.text.push_str("</tr>");
        }
        self.text.push_str("</tbody></table>");
    }
}

/// The macro that has this colour: they are named otherwise than in Atlassian Document Format.
fn panel(kind: PanelKind) -> &'static str {
    match kind {
        PanelKind::Info => "info",
        PanelKind::Note => "panel",
        PanelKind::Warning => "note",
        PanelKind::Success => "tip",
        PanelKind::Error => "warning",
    }
}
