//! A tree goes in; the people that it mentions come out, to be read or changed.

use super::tree::{Block, Inline, Mention};

/// The people, in order.
pub(super) fn list(blocks: &[Block]) -> Vec<&Mention> {
    let mut found = Vec::new();
    for block in blocks {
        collect(block, &mut found);
    }
    found
}

fn collect<'a>(block: &'a Block, found: &mut Vec<&'a Mention>) {
    let inside: Vec<&'a Block> = match block {
        Block::Paragraph(content) | Block::Heading { content, .. } => {
            found.extend(content.iter().filter_map(|inline| match inline {
                Inline::Mention(mention) => Some(mention),
                _ => None,
            }));
            return;
        }
        Block::BulletList(items) | Block::OrderedList { items, .. } => {
            items.iter().flatten().collect()
        }
        Block::TaskList(tasks) => tasks.iter().flat_map(|task| &task.content).collect(),
        Block::Quote(content) | Block::Panel { content, .. } | Block::Expand { content, .. } => {
            content.iter().collect()
        }
        Block::Table(rows) => rows.iter().flatten().flat_map(|c| &c.content).collect(),
        Block::Code { .. } | Block::Rule | Block::Unknown { .. } => return,
    };
    for block in inside {
        collect(block, found);
    }
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
