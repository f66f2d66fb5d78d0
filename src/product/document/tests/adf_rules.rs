//! The rules of Atlassian Document Format by which sites refuse a document.

use serde_json::Value;

const BLOCKS: &[&str] = &[
    "paragraph",
    "heading",
    "bulletList",
    "orderedList",
    "taskList",
    "codeBlock",
    "rule",
    "panel",
    "blockquote",
    "mediaSingle",
    "mediaGroup",
];
const INLINES: &[&str] = &[
    "text",
    "hardBreak",
    "mention",
    "emoji",
    "status",
    "date",
    "inlineCard",
    "mediaInline",
];

/// The names of nodes that may stand in a node, besides, and whether it must hold at least one.
fn allowed(parent: &str) -> (Vec<&'static str>, bool) {
    let blocks = |more: &[&'static str]| [BLOCKS, more].concat();
    match parent {
        "doc" => (blocks(&["table", "expand"]), false),
        "expand" => (blocks(&["table", "nestedExpand"]), true),
        "nestedExpand" => (blocks(&[]), true),
        "tableCell" | "tableHeader" => (blocks(&["nestedExpand"]), true),
        "table" => (vec!["tableRow"], true),
        "tableRow" => (vec!["tableCell", "tableHeader"], true),
        "blockquote" => (
            vec![
                "paragraph",
                "orderedList",
                "bulletList",
                "codeBlock",
                "mediaSingle",
                "mediaGroup",
            ],
            true,
        ),
        "panel" => (
            vec![
                "paragraph",
                "heading",
                "bulletList",
                "orderedList",
                "mediaGroup",
                "mediaSingle",
                "codeBlock",
                "taskList",
                "rule",
            ],
            true,
        ),
        "bulletList" | "orderedList" => (vec!["listItem"], true),
        "listItem" => (
            vec![
                "paragraph",
                "bulletList",
                "orderedList",
                "taskList",
                "mediaSingle",
                "codeBlock",
            ],
            true,
        ),
        "taskList" => (vec!["taskItem", "taskList"], true),
        "paragraph" | "heading" | "taskItem" => (INLINES.to_vec(), false),
        "codeBlock" => (vec!["text"], false),
        "mediaSingle" | "mediaGroup" => (vec!["media"], true),
        _ => (Vec::new(), false),
    }
}

/// What must be among the attributes of a node.
fn required(kind: &str) -> &'static [&'static str] {
    match kind {
        "heading" => &["level"],
        "panel" => &["panelType"],
        "taskList" => &["localId"],
        "taskItem" => &["localId", "state"],
        "mention" => &["id"],
        "emoji" => &["shortName"],
        "status" => &["text", "color"],
        "date" => &["timestamp"],
        "inlineCard" => &["url"],
        "media" => &["type"],
        "mediaInline" => &["id", "collection"],
        "mediaSingle" => &["layout"],
        "nestedExpand" => &["title"],
        _ => &[],
    }
}

/// Every rule that the document breaks.
pub(in super::super) fn broken(document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    if document["type"] != "doc" || document["version"] != 1 || !document["content"].is_array() {
        found.push("the root is no document of version 1".to_owned());
    }
    node(document, &mut found);
    let mut ids: Vec<String> = Vec::new();
    collect_ids(document, &mut ids);
    let count = ids.len();
    ids.sort();
    ids.dedup();
    if ids.len() != count {
        found.push("an id is used twice".to_owned());
    }
    found
}

fn collect_ids(value: &Value, ids: &mut Vec<String>) {
    ids.extend(value["attrs"]["localId"].as_str().map(str::to_owned));
    for child in value["content"].as_array().into_iter().flatten() {
        collect_ids(child, ids);
    }
}

fn node(value: &Value, found: &mut Vec<String>) {
    let kind = value["type"].as_str().unwrap_or("?");
    let (names, must_hold) = allowed(kind);
    let content: Vec<&Value> = value["content"].as_array().into_iter().flatten().collect();
    if must_hold && content.is_empty() {
        found.push(format!("{kind} is empty"));
    }
    for name in required(kind) {
        if value["attrs"][name].is_null() {
            found.push(format!("{kind} has no {name}"));
        }
    }
    if kind == "text" {
        text(value, found);
    }
    if kind == "status" && value["attrs"]["text"] == "" {
        found.push("a status says nothing".to_owned());
    }
    let first = content.first().and_then(|first| first["type"].as_str());
    if kind == "listItem" && !matches!(first, Some("paragraph" | "codeBlock" | "mediaSingle")) {
        found.push(format!("an item starts with {first:?}"));
    }
    if kind == "taskList" && first != Some("taskItem") {
        found.push("a list of tasks starts with none".to_owned());
    }
    for child in content {
        let name = child["type"].as_str().unwrap_or("?");
        if !names.contains(&name) {
            found.push(format!("{name} in {kind}"));
        }
        if kind == "codeBlock" && !child["marks"].is_null() {
            found.push("marks in code".to_owned());
        }
        node(child, found);
    }
}

fn text(value: &Value, found: &mut Vec<String>) {
    if value["text"].as_str().is_none_or(str::is_empty) {
        found.push("an empty text".to_owned());
    }
    let marks: Vec<&str> = value["marks"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|mark| mark["type"].as_str())
        .collect();
    if marks.contains(&"code") && marks.iter().any(|mark| !matches!(*mark, "code" | "link")) {
        found.push(format!("code with {marks:?}"));
    }
}
