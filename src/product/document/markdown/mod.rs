//! Markdown: text in, tree out, and back. What is read beyond `CommonMark` stands in `docs/markdown.md`.

mod escape;
mod html;
mod link;
mod read;
mod read_inline;
mod write;
mod write_inline;

pub(super) use read::read;
pub(super) use write::write;
