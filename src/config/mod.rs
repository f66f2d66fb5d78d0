//! The engine: no terminal, no network, no secret values.

pub mod edit;
pub mod scan;
