//! Each kind of node in each format, both ways, and documents as sites send them.

mod adf;
pub(super) mod adf_rules;
mod hostile;
mod markdown;
mod samples;
mod storage;
mod text;
