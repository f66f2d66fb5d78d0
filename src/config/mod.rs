//! The engine: no terminal, no network, no secret values.

pub mod check;
pub mod edit;
pub mod history;
pub mod locations;
pub mod path;
pub mod scan;
pub mod schema;
pub mod site_url;
mod transaction;
pub mod value;
pub mod write;
