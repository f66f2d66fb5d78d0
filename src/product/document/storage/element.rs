//! Storage format goes in; elements and texts come out, with all entities resolved.
//!
//! Pages come from many editors: elements that are not closed, ends without starts and HTML's empty elements are
//! taken as browsers take them. What is nested too deeply is kept as text of the last element that fits.

use super::super::{DocumentError, MAX_DEPTH};
use quick_xml::Reader;
use quick_xml::escape::{resolve_html5_entity, unescape_with};
use quick_xml::events::{BytesRef, BytesStart, Event};

/// An element or a text.
#[derive(Debug)]
pub(super) enum Node {
    Text(String),
    Element(Element),
}

/// An element with what is in it.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
}

impl Element {
    /// An attribute, unless it is empty.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let own = self.attributes.iter().find(|(known, _)| known == name);
        own.map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// The elements directly in it.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element of this name directly in it.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// What is directly in it, but for the elements of these names and the space between them.
    pub(super) fn besides(&self, names: &[&str]) -> impl Iterator<Item = &Node> {
        self.children.iter().filter(|node| match node {
            Node::Element(element) => !names.contains(&element.name.as_str()),
            Node::Text(text) => !text.trim().is_empty(),
        })
    }

    /// All texts in it, as they are.
    pub(super) fn text(&self) -> String {
        let mut result = String::new();
        self.collect_text(&mut result);
        result
    }

    fn collect_text(&self, into: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(text) => into.push_str(text),
                Node::Element(element) if element.name == "br" => into.push('\n'),
                Node::Element(element) => element.collect_text(into),
            }
        }
    }
}

/// Reads a whole text.
pub(super) fn parse(text: &str) -> Result<Vec<Node>, DocumentError> {
    let mut reader = Reader::from_str(text);
    let settings = reader.config_mut();
    settings.check_end_names = false;
    settings.allow_unmatched_ends = true;
    settings.allow_dangling_amp = true;
    let mut tree = Tree {
        open: vec![Element::default()],
        too_deep: 0,
    };
    loop {
        let event = reader
            .read_event()
            .map_err(|_| DocumentError::StorageSyntax {
                offset: reader.error_position(),
            })?;
        match event {
            Event::Start(start) => tree.start(&start),
            Event::Empty(start) => tree.push(Node::Element(element(&start))),
            Event::End(end) => tree.end(&name(&end)),
            Event::Text(part) => tree.text(&part),
            Event::CData(part) => tree.text(&part),
            Event::GeneralRef(reference) => tree.text(&resolved(&reference)),
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    while tree.open.len() > 1 {
        tree.close();
    }
    Ok(tree
        .open
        .pop()
        .map(|root| root.children)
        .unwrap_or_default())
}

/// The elements that are open, from the outside in; the first stands for the whole text.
struct Tree {
    open: Vec<Element>,
    /// How many elements are open that are not kept.
    too_deep: usize,
}

impl Tree {
    fn start(&mut self, start: &BytesStart<'_>) {
        let element = element(start);
        if matches!(element.name.as_str(), "br" | "hr" | "img" | "col") {
            self.push(Node::Element(element));
        } else if self.open.len() > MAX_DEPTH {
            self.too_deep += 1;
            self.text(" ");
        } else {
            self.open.push(element);
        }
    }

    fn end(&mut self, name: &str) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let Some(at) = self.open.iter().skip(1).rposition(|open| open.name == name) else {
            return;
        };
        while self.open.len() > at + 1 {
            self.close();
        }
    }

    fn close(&mut self) {
        if let Some(element) = self.open.pop() {
            self.push(Node::Element(element));
        }
    }

    fn push(&mut self, node: Node) {
        if let Some(open) = self.open.last_mut() {
            open.children.push(node);
        }
    }

    fn text(&mut self, part: &str) {
        let Some(open) = self.open.last_mut() else {
            return;
        };
        match open.children.last_mut() {
            Some(Node::Text(text)) => text.push_str(part),
            _ => open.children.push(Node::Text(part.to_owned())),
        }
    }
}

/// Names of HTML are known in either case.
fn name(raw: &str) -> String {
    let end = raw.find(|c: char| c.is_whitespace() || c == '/');
    raw[..end.unwrap_or(raw.len())].to_ascii_lowercase()
}

fn element(start: &BytesStart<'_>) -> Element {
    let mut attributes = Vec::new();
    for attribute in start.html_attributes().with_checks(false).flatten() {
        let raw: &str = &attribute.value;
        let value = unescape_with(raw, resolve_html5_entity)
            .map_or_else(|_| raw.to_owned(), std::borrow::Cow::into_owned);
        attributes.push((name(attribute.key.0), value));
    }
    Element {
        name: name(start.name().0),
        attributes,
        children: Vec::new(),
    }
}

/// The characters that an entity stands for; one that nobody knows stays as it is.
fn resolved(reference: &BytesRef<'_>) -> String {
    let name: &str = reference;
    if reference.is_char_ref() {
        if let Ok(Some(c)) = reference.resolve_char_ref() {
            return c.to_string();
        }
    } else if let Some(text) = resolve_html5_entity(name) {
        return text.to_owned();
    }
    format!("&{name};")
}
