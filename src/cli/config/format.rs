//! The forms in which `config` commands print many values.

use crate::config::path::Path;
use crate::config::value::Value;
use clap::ValueEnum;
use serde_json::{Map, Value as Json};

/// A form of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// A TOML document
    Toml,
    /// JSON
    Json,
    /// YAML
    Yaml,
    /// Columns for people
    Table,
}

/// Something to be shown: a value, or the fact that there is a secret.
#[derive(Debug, Clone)]
pub(super) struct Shown<'a> {
    /// Where it belongs.
    pub path: &'a Path,
    /// Its value; `None` for a secret.
    pub value: Option<&'a Value>,
}

/// A TOML document with one table per section. Secrets are comments.
pub(super) fn toml(shown: &[Shown<'_>]) -> String {
    use crate::cli::describe::MASK;
    use crate::config::edit::encode_key;
    let mut text = String::new();
    let mut table: Option<Path> = None;
    for Shown { path, value, .. } in shown {
        let parent = path.parent();
        if table.as_ref() != Some(&parent) {
            if !parent.segments().is_empty() {
                let keys: Vec<_> = parent.keys().map(encode_key).collect();
                let gap = if text.is_empty() { "" } else { "\n" };
                text.push_str(&format!("{gap}[{}]\n", keys.join(".")));
            }
            table = Some(parent);
        }
        let key = path.last().map(encode_key).unwrap_or_default();
        text.push_str(&match value {
            Some(value) => format!("{key} = {}\n", value.to_toml()),
            None => format!("# {key} = {MASK}\n"),
        });
    }
    text
}

/// The values as one tree below a path. Secrets are left out: a program asks for them one by one.
pub(super) fn tree(shown: &[Shown<'_>], below: &Path) -> Json {
    let mut root = Map::new();
    for Shown { path, value, .. } in shown {
        let Some(value) = value else { continue };
        let mut keys: Vec<&str> = path.keys().skip(below.segments().len()).collect();
        let Some(last) = keys.pop() else { continue };
        let mut at = &mut root;
        for key in keys {
            let table = at.entry(key).or_insert_with(|| Json::Object(Map::new()));
            match table {
                Json::Object(table) => at = table,
                // a declared path never leads through a value
                _ => return Json::Object(root),
            }
        }
        at.insert(last.to_owned(), value.to_json());
    }
    Json::Object(root)
}

/// YAML, with every text quoted that a reader of YAML 1.1 would take for something else.
pub(super) fn yaml_text(json: &Json) -> String {
    crate::output::yaml::to_text(json)
}
