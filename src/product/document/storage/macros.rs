//! Macros of storage format go in; what they show comes out. One that is not known is named, with all of its content.

use super::super::inlines::strong;
use super::super::tree::{Block, Color, Inline, Marks, PanelKind};
use super::element::{Element, Node};
use super::read::{Flow, blocks, blocks_of};

/// Reads a macro.
pub(super) fn read(element: &Element, marks: &Marks, flow: &mut Flow) {
    let name = element.attribute("ac:name").unwrap_or("macro");
    match name {
        "code" | "noformat" => {
            if let Some(title) = parameter(element, "title") {
                flow.block(titled(&title));
            }
            let language = parameter(element, "language");
            flow.block(code(language.as_deref(), &plain_body(element)));
        }
        "info" => panel(element, PanelKind::Info, flow),
        "tip" => panel(element, PanelKind::Success, flow),
        "note" => panel(element, PanelKind::Warning, flow),
        "warning" => panel(element, PanelKind::Error, flow),
        "panel" => panel(element, PanelKind::Note, flow),
        "expand" => flow.block(Block::Expand {
            title: parameter(element, "title").unwrap_or_default(),
            content: rich_body(element),
        }),
        "status" => {
            let color = parameter(element, "colour").or_else(|| parameter(element, "color"));
            if let Some(text) = parameter(element, "title") {
                flow.inline(Inline::Status {
                    text,
                    color: Color::named(&color.unwrap_or_default()),
                });
            }
        }
        _ => unknown(element, name, marks, flow),
    }
}

/// Code without the line breaks around it.
pub(super) fn code(language: Option<&str>, text: &str) -> Block {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let language = language.and_then(|language| language.split_whitespace().next());
    Block::Code {
        language: language
            .filter(|language| *language != "none")
            .map(str::to_owned),
        text: text.strip_suffix('\n').unwrap_or(&text).to_owned(),
    }
}

fn panel(element: &Element, kind: PanelKind, flow: &mut Flow) {
    let title = parameter(element, "title").map(|title| titled(&title));
    let content = title.into_iter().chain(rich_body(element)).collect();
    flow.block(Block::Panel { kind, content });
}

fn titled(title: &str) -> Block {
    Block::Paragraph(strong(&[Inline::plain(title)]))
}

/// A parameter on one line, unless it is empty.
fn parameter(element: &Element, name: &str) -> Option<String> {
    let is_it = |part: &&Element| {
        part.name == "ac:parameter" && part.attribute("ac:name").unwrap_or_default() == name
    };
    let text = element.elements().find(is_it)?.text();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

fn plain_body(element: &Element) -> String {
    let parts = element.besides(&["ac:parameter"]).map(|node| match node {
        Node::Text(text) => text.clone(),
        Node::Element(body) => body.text(),
    });
    parts.collect()
}

fn rich_body(element: &Element) -> Vec<Block> {
    blocks_of(element.besides(&["ac:parameter"]))
}

/// A macro that is not known: its name and its parameters, then its body.
fn unknown(element: &Element, name: &str, marks: &Marks, flow: &mut Flow) {
    let mut said = Vec::new();
    for part in element
        .elements()
        .filter(|part| part.name == "ac:parameter")
    {
        let key = part.attribute("ac:name").unwrap_or_default();
        let value = part.text();
        let mut value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if value.is_empty() {
            let named = |part: &Element| {
                let names = [
                    "ri:content-title",
                    "ri:filename",
                    "ri:value",
                    "ri:account-id",
                ];
                names
                    .into_iter()
                    .find_map(|name| part.attribute(name))
                    .map(str::to_owned)
            };
            value = part.elements().find_map(named).unwrap_or_default();
        }
        let is_for_machines = matches!(key, "server" | "serverId" | "columnIds" | "columns");
        if value.is_empty() || is_for_machines {
            continue;
        }
        said.push(match (name, key) {
            ("jira", "key" | "jqlQuery") | (_, "") => value,
            _ => format!("{key}={value}"),
        });
    }
    let (name, text) = (name.to_owned(), said.join(", "));
    let bodies = ["ac:rich-text-body", "ac:plain-text-body"];
    if bodies.iter().all(|body| element.child(body).is_none()) {
        flow.inline(Inline::Unknown { name, text });
    } else {
        flow.block(Block::Unknown { name, text });
    }
    for node in element.besides(&["ac:parameter"]) {
        match node {
            Node::Element(body) if body.name == "ac:plain-text-body" => {
                flow.block(code(None, &body.text()));
            }
            other => flow.nodes(std::slice::from_ref(other), marks),
        }
    }
}

/// A node of Atlassian Document Format that storage format has no element for: a panel, or something with a fallback.
pub(super) fn adf_extension(element: &Element, marks: &Marks, flow: &mut Flow) {
    let node = element.child("ac:adf-node");
    let name = node
        .and_then(|node| node.attribute("type"))
        .unwrap_or("extension");
    let content = node.and_then(|node| node.child("ac:adf-content"));
    if let ("panel", Some(node), Some(content)) = (name, node, content) {
        let is_kind = |part: &&Element| {
            part.name == "ac:adf-attribute" && part.attribute("key") == Some("panel-type")
        };
        let kind = node.elements().find(is_kind).map(Element::text);
        return flow.block(Block::Panel {
            kind: match kind.as_deref().map(str::trim) {
                Some("info") => PanelKind::Info,
                Some("warning") => PanelKind::Warning,
                Some("success" | "tip") => PanelKind::Success,
                Some("error") => PanelKind::Error,
                _ => PanelKind::Note,
            },
            content: blocks(&content.children),
        });
    }
    flow.block(Block::Unknown {
        name: name.to_owned(),
        text: String::new(),
    });
    let nodes = match element.child("ac:adf-fallback").or(content) {
        Some(shown) => &shown.children,
        None => &element.children,
    };
    flow.nodes(nodes, marks);
    flow.all(Vec::new());
}
