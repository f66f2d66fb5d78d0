//! A tree goes in, its parts come out, one by one and in order.

use super::tree::{Block, Inline};

/// A part of a tree.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part<'a> {
    /// A block.
    Block(&'a Block),
    /// A part of running text.
    Inline(&'a Inline),
}

/// Shows each part to `see`, what holds others before them.
pub(super) fn each<'a>(blocks: &'a [Block], see: &mut dyn FnMut(Part<'a>)) {
    for block in blocks {
        see(Part::Block(block));
        match block {
            Block::Paragraph(content) | Block::Heading { content, .. } => {
                for inline in content {
                    see(Part::Inline(inline));
                }
            }
            Block::BulletList(items) | Block::OrderedList { items, .. } => {
                for item in items {
                    each(item, see);
                }
            }
            Block::TaskList(tasks) => {
                for task in tasks {
                    each(&task.content, see);
                }
            }
            Block::Quote(content)
            | Block::Panel { content, .. }
            | Block::Expand { content, .. } => each(content, see),
            Block::Table(rows) => {
                for cell in rows.iter().flatten() {
                    each(&cell.content, see);
                }
            }
            Block::Code { .. } | Block::Rule | Block::Unknown { .. } => {}
        }
    }
}
