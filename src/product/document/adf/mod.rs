//! Atlassian Document Format, version 1: JSON in, tree out, and back.

mod read;
mod read_inline;
mod write;
mod write_inline;

pub(super) use read::read;
pub(super) use write::write;
