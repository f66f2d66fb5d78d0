//! The engine: no terminal, no network, no secret values.

pub mod change;
pub mod check;
pub mod edit;
pub mod env;
pub mod history;
pub mod layer;
pub mod locations;
pub mod name;
pub mod path;
pub mod positions;
pub mod quick;
pub mod scan;
pub mod schema;
pub mod site_url;
pub mod stack;
mod transaction;
pub mod value;
pub mod views;
pub mod write;
