//! The first lines of a file that lassi makes.

use crate::config::layer::Layer;

/// The name of the JSON Schema that is put beside a new user file, for editors.
pub const SCHEMA_FILE: &str = "config.schema.json";

/// What a new file starts with: for the user file a line that editors read, and what it is.
pub fn new_file_text(layer: Layer) -> &'static str {
    match layer {
        Layer::Project => {
            "# Settings of lassi that everybody who works here shares. Secrets and certificates do not belong here.\n"
        }
        Layer::Local => {
            "# Settings of lassi for this folder that are yours alone. Keep this file out of version control.\n"
        }
        _ => {
            "#:schema ./config.schema.json\n\
             # Your settings of lassi. Secrets are not in here: `lassi config set` puts them into the store.\n"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editors_find_the_schema_beside_the_user_file() {
        assert!(new_file_text(Layer::User).starts_with(&format!("#:schema ./{SCHEMA_FILE}\n")));
    }
}
