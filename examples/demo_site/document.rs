//! Texts of Jira: Cloud writes documents (the Atlassian Document Format), Data Center plain text.

use super::jira::Deployment;
use serde_json::{Value, json};

/// A text as a document of paragraphs.
pub(crate) fn of_text(text: &str) -> Value {
    let paragraphs: Vec<Value> = text
        .split("\n\n")
        .map(|paragraph| {
            json!({ "type": "paragraph", "content": [{ "type": "text", "text": paragraph }] })
        })
        .collect();
    json!({ "type": "doc", "version": 1, "content": paragraphs })
}

/// What was given, in the form of this kind of installation.
pub(crate) fn shown(given: &Value, deployment: Deployment) -> Value {
    match (deployment, given) {
        (Deployment::Cloud, Value::String(text)) => of_text(text),
        _ => given.clone(),
    }
}

/// Whether this kind of installation takes it as a text.
pub(crate) fn is_accepted(given: &Value, deployment: Deployment) -> bool {
    match deployment {
        Deployment::Cloud => {
            given.is_null() || (given["type"] == "doc" && given["content"].is_array())
        }
        Deployment::DataCenter => given.is_null() || given.is_string(),
    }
}

/// Why it is not.
pub(crate) fn refusal(deployment: Deployment) -> &'static str {
    match deployment {
        Deployment::Cloud => {
            "Operation value must be an Atlassian Document (see the Atlassian Document Format)"
        }
        Deployment::DataCenter => "Operation value must be a string",
    }
}

/// All texts in it, to search.
pub(crate) fn plain(given: &Value) -> String {
    match given {
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().map(plain).collect::<Vec<_>>().join(" "),
        Value::Object(part) => match part.get("text").and_then(Value::as_str) {
            Some(text) => text.to_owned(),
            None => part.get("content").map(plain).unwrap_or_default(),
        },
        _ => String::new(),
    }
}
