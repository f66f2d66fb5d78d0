//! A tree goes in; the people that it mentions come out, to be read or changed.

use super::tree::{Block, Inline, Mention};
use super::walk::{self, Part};

/// The people, in order.
pub(super) fn list(blocks: &[Block]) -> Vec<&Mention> {
    let mut found = Vec::new();
    walk::each(blocks, &mut |part| {
        if let Part::Inline(Inline::Mention(mention)) = part {
            found.push(mention);
        }
    });
    found
}

/// Changes each of them, in order.
pub(super) fn change(blocks: &mut [Block], with: &mut dyn FnMut(&mut Mention)) {
    for block in blocks {
        match block {
            Block::Paragraph(content) | Block::Heading { content, .. } => {
                for inline in content {
                    if let Inline::Mention(mention) = inline {
                        with(mention);
                    }
                }
            }
            Block::BulletList(items) | Block::OrderedList { items, .. } => {
                for item in items {
                    change(item, with);
                }
            }
            Block::TaskList(tasks) => {
                for task in tasks {
                    change(&mut task.content, with);
                }
            }
            Block::Quote(content)
            | Block::Panel { content, .. }
            | Block::Expand { content, .. } => change(content, with),
            Block::Table(rows) => {
                for cell in rows.iter_mut().flatten() {
                    change(&mut cell.content, with);
                }
            }
            Block::Code { .. } | Block::Rule | Block::Unknown { .. } => {}
        }
    }
}
