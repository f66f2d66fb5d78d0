//! The storage format of Confluence: XHTML-like text in, tree out, and back.

mod element;
mod macros;
mod read;
mod resource;
mod write;
mod write_inline;

pub(super) use read::read;
pub(super) use write::write;
