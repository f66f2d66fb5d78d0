//! What is generated from the declarations for people and editors: the JSON Schemas, the reference of settings,
//! an example configuration.

pub mod example;
pub mod json_schema;
pub mod reference;

use super::super::check::Trust;

/// The generated files: their paths in the repository, and their texts.
pub fn all() -> Vec<(&'static str, String)> {
    vec![
        ("schema/config.schema.json", json_schema::text(Trust::User)),
        (
            "schema/shared.schema.json",
            json_schema::text(Trust::Shared),
        ),
        ("docs/settings.md", reference::text()),
        ("docs/example.toml", example::text()),
    ]
}
