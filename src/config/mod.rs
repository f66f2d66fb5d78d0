//! The engine: no terminal, no network, no secret values.

pub mod history;
mod transaction;
pub mod write;
