//! The declarations go in, a JSON Schema comes out (draft 2020-12), for editors that check and complete the file.

use super::super::{Key, Kind, Node, SECTIONS, Setting, UrlUse, root};
use crate::config::check::Trust;
use crate::config::value::Value;
use serde_json::{Value as Json, json};

/// The schema of the user file, or of shared files, as its file holds it.
pub fn text(trust: Trust) -> String {
    format!("{:#}\n", schema(trust))
}

/// The schema of the user file, or of shared files, in which secret and protected settings are errors.
pub fn schema(trust: Trust) -> Json {
    let mut schema = table(root(), trust, None);
    let title = match trust {
        Trust::User => "lassi: the user's configuration",
        Trust::Shared => "lassi: a configuration that is shared",
    };
    if let Json::Object(members) = &mut schema {
        members.shift_insert(
            0,
            "$schema".to_owned(),
            "https://json-schema.org/draft/2020-12/schema".into(),
        );
        members.shift_insert(1, "title".to_owned(), title.into());
    }
    schema
}

fn table(node: &Node, trust: Trust, section: Option<&str>) -> Json {
    let mut properties = serde_json::Map::new();
    for name in node.names() {
        let Some(child) = node.child(name) else {
            continue;
        };
        let schema = match child.setting() {
            Some(setting) => leaf(setting, trust),
            None => table(child, trust, Some(name)),
        };
        properties.insert(name.to_owned(), schema);
    }
    let mut schema = json!({ "type": "object" });
    if let Some(section) = SECTIONS.iter().find(|known| Some(known.name) == section) {
        schema["title"] = section.title.into();
        schema["description"] = section.help.into();
    }
    match node.any() {
        None => {
            schema["properties"] = properties.into();
            schema["additionalProperties"] = false.into();
        }
        Some((key, child)) => {
            schema["propertyNames"] = match key {
                Key::Name => json!({ "pattern": "^[A-Za-z0-9_-]+$" }),
                Key::Url => {
                    json!({ "description": "The address of a site, such as https://acme.atlassian.net" })
                }
            };
            schema["additionalProperties"] = table(child, trust, None);
        }
    }
    schema
}

fn leaf(setting: &Setting, trust: Trust) -> Json {
    let described = |mut schema: Json| {
        schema["title"] = setting.title.into();
        schema["description"] = setting.help.into();
        schema
    };
    if setting.secret() {
        let mut schema = described(json!({ "not": {} }));
        schema["description"] = format!(
            "{} Kept in the store: `lassi config set --secret-stdin PATH`.",
            setting.help
        )
        .into();
        return schema;
    }
    if setting.protected && trust == Trust::Shared {
        let mut schema = described(json!({ "not": {} }));
        schema["description"] = format!("{} Shared files cannot decide this.", setting.help).into();
        return schema;
    }
    let mut schema = described(of_kind(&setting.kind));
    let json = |text: &str| {
        Value::from_toml_text(&setting.kind, text)
            .ok()
            .map(|value| value.to_json())
    };
    if let Some(default) = setting.default.and_then(json) {
        schema["default"] = default;
    }
    if let Some(example) = json(setting.example) {
        schema["examples"] = json!([example]);
    }
    schema
}

fn of_kind(kind: &Kind) -> Json {
    // control characters are refused everywhere
    let line = "^[^\\u0000-\\u001f\\u007f]+$";
    match kind {
        Kind::Bool => json!({ "type": "boolean" }),
        Kind::Integer { min, max } => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Kind::Number { min, max } => json!({ "type": "number", "minimum": min, "maximum": max }),
        Kind::Text | Kind::Path => json!({ "type": "string", "pattern": line }),
        Kind::ProfileName => json!({ "type": "string", "pattern": "^[A-Za-z0-9_-]+$" }),
        Kind::Uuid => json!({
            "type": "string",
            "pattern": "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$",
        }),
        Kind::Choice(words) => json!({ "enum": words }),
        Kind::StatusCodes { min, max, without } => json!({
            "type": "array",
            "items": { "type": "integer", "minimum": min, "maximum": max, "not": { "enum": without } },
        }),
        Kind::Hosts => {
            json!({ "type": "array", "items": { "type": "string", "pattern": "^[^/]+$" } })
        }
        Kind::Url(UrlUse::Site | UrlUse::Proxy) => {
            json!({ "type": "string", "pattern": "^[^\\s?#@]+$" })
        }
        Kind::Date => json!({ "type": "string", "format": "date" }),
        Kind::Secret => json!({ "not": {} }),
    }
}
