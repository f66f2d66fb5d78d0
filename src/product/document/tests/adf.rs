//! Atlassian Document Format, node by node, both ways.

use super::super::tree::{Block, Cell, Color, Image, Inline, Marks, Mention, PanelKind, Task};
use super::super::{Document, DocumentError};
use super::adf_rules;
use serde_json::{Value, json};

fn read(content: &Value) -> Vec<Block> {
    let document = json!({ "type": "doc", "version": 1, "content": content });
    Document::from_adf(&document).expect("a document").blocks
}

/// Reads a node, and has it written again.
#[track_caller]
fn both_ways(node: &Value, block: Block) {
    let blocks = vec![block];
    assert_eq!(read(&json!([node])), blocks);
    let written = Document { blocks }.to_adf();
    assert_eq!(adf_rules::broken(&written), Vec::<String>::new());
    assert_eq!(written["content"], json!([node]));
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(vec![Inline::plain(text)])
}

fn adf_paragraph(text: &str) -> Value {
    json!({ "type": "paragraph", "content": [{ "type": "text", "text": text }] })
}

#[test]
fn paragraphs_and_headings() {
    both_ways(&adf_paragraph("Hello"), paragraph("Hello"));
    both_ways(
        &json!({ "type": "heading", "attrs": { "level": 3 }, "content": [{ "type": "text", "text": "Why" }] }),
        Block::Heading {
            level: 3,
            content: vec![Inline::plain("Why")],
        },
    );
}

#[test]
fn marks_and_links() {
    let marks = Marks {
        link: Some("https://acme.example".to_owned()),
        strong: true,
        emphasis: true,
        strike: true,
        code: false,
    };
    both_ways(
        &json!({ "type": "paragraph", "content": [{ "type": "text", "text": "all", "marks": [
            { "type": "strong" }, { "type": "em" }, { "type": "strike" },
            { "type": "link", "attrs": { "href": "https://acme.example" } },
        ] }] }),
        Block::Paragraph(vec![Inline::Text {
            text: "all".to_owned(),
            marks,
        }]),
    );
}

#[test]
fn code_takes_no_other_mark_than_a_link() {
    let marks = Marks {
        strong: true,
        code: true,
        ..Marks::default()
    };
    let text = "x".to_owned();
    let blocks = vec![Block::Paragraph(vec![Inline::Text { text, marks }])];
    let written = Document { blocks }.to_adf();
    let marks = &written["content"][0]["content"][0]["marks"];
    assert_eq!(*marks, json!([{ "type": "code" }]));
}

#[test]
fn marks_that_are_not_known_leave_the_text() {
    let node = json!([{ "type": "paragraph", "content": [
        { "type": "text", "text": "red", "marks": [{ "type": "textColor", "attrs": { "color": "#ff0000" } }] },
        { "type": "text", "text": " and plain" },
    ] }]);
    assert_eq!(read(&node), [paragraph("red and plain")]);
}

#[test]
fn lists_within_lists() {
    let list = json!({ "type": "orderedList", "attrs": { "order": 4 }, "content": [
        { "type": "listItem", "content": [
            adf_paragraph("one"),
            { "type": "bulletList", "content": [{ "type": "listItem", "content": [adf_paragraph("below")] }] },
        ] },
        { "type": "listItem", "content": [adf_paragraph("two")] },
    ] });
    let below = Block::BulletList(vec![vec![paragraph("below")]]);
    both_ways(
        &list,
        Block::OrderedList {
            start: 4,
            items: vec![vec![paragraph("one"), below], vec![paragraph("two")]],
        },
    );
}

#[test]
fn tasks_have_ids_that_stay_the_same() {
    let task = |done, text| Task {
        done,
        content: vec![paragraph(text)],
    };
    let id = |number: u32| format!("00000000-0000-4000-8000-{number:012x}");
    both_ways(
        &json!({ "type": "taskList", "attrs": { "localId": id(1) }, "content": [
            { "type": "taskItem", "attrs": { "localId": id(2), "state": "TODO" },
              "content": [{ "type": "text", "text": "a" }] },
            { "type": "taskItem", "attrs": { "localId": id(3), "state": "DONE" },
              "content": [{ "type": "text", "text": "b" }] },
        ] }),
        Block::TaskList(vec![task(false, "a"), task(true, "b")]),
    );
}

#[test]
fn tasks_below_tasks() {
    let blocks = Document::from_markdown("- [ ] a\n  - [x] b\n- [ ] c").blocks;
    let written = Document {
        blocks: blocks.clone(),
    }
    .to_adf();
    assert_eq!(adf_rules::broken(&written), Vec::<String>::new());
    let kinds: Vec<&str> = written["content"][0]["content"]
        .as_array()
        .expect("nodes")
        .iter()
        .filter_map(|node| node["type"].as_str())
        .collect();
    assert_eq!(kinds, ["taskItem", "taskList", "taskItem"]);
    assert_eq!(Document::from_adf(&written), Ok(Document { blocks }));
}

#[test]
fn code_quotes_rules() {
    both_ways(
        &json!({ "type": "codeBlock", "attrs": { "language": "rust" },
                "content": [{ "type": "text", "text": "fn main() {}\n\n// end" }] }),
        Block::Code {
            language: Some("rust".to_owned()),
            text: "fn main() {}\n\n// end".to_owned(),
        },
    );
    both_ways(
        &json!({ "type": "codeBlock", "attrs": {}, "content": [] }),
        Block::Code {
            language: None,
            text: String::new(),
        },
    );
    both_ways(
        &json!({ "type": "blockquote", "content": [adf_paragraph("said")] }),
        Block::Quote(vec![paragraph("said")]),
    );
    both_ways(&json!({ "type": "rule" }), Block::Rule);
}

#[test]
fn panels_of_each_kind() {
    for (name, kind) in [
        ("info", PanelKind::Info),
        ("note", PanelKind::Note),
        ("warning", PanelKind::Warning),
        ("success", PanelKind::Success),
        ("error", PanelKind::Error),
    ] {
        both_ways(
            &json!({ "type": "panel", "attrs": { "panelType": name }, "content": [adf_paragraph("x")] }),
            Block::Panel {
                kind,
                content: vec![paragraph("x")],
            },
        );
    }
}

#[test]
fn tables_with_headers_and_spans() {
    let cell = |header, columns, text| Cell {
        columns,
        ..Cell::new(header, vec![paragraph(text)])
    };
    both_ways(
        &json!({ "type": "table", "content": [
            { "type": "tableRow", "content": [
                { "type": "tableHeader", "attrs": { "colspan": 2 }, "content": [adf_paragraph("h")] },
            ] },
            { "type": "tableRow", "content": [
                { "type": "tableCell", "attrs": {}, "content": [adf_paragraph("a")] },
                { "type": "tableCell", "attrs": {}, "content": [adf_paragraph("b")] },
            ] },
        ] }),
        Block::Table(vec![
            vec![cell(true, 2, "h")],
            vec![cell(false, 1, "a"), cell(false, 1, "b")],
        ]),
    );
}

#[test]
fn expands_are_nested_ones_inside_of_others() {
    let expand = |title: &str, content| Block::Expand {
        title: title.to_owned(),
        content,
    };
    both_ways(
        &json!({ "type": "expand", "attrs": { "title": "outer" }, "content": [
            { "type": "nestedExpand", "attrs": { "title": "inner" }, "content": [adf_paragraph("x")] },
        ] }),
        expand("outer", vec![expand("inner", vec![paragraph("x")])]),
    );
}

#[test]
fn inlines_of_each_kind() {
    both_ways(
        &json!({ "type": "paragraph", "content": [
            { "type": "mention", "attrs": { "id": "557058:ab", "text": "@Mia Krause" } },
            { "type": "hardBreak" },
            { "type": "emoji", "attrs": { "shortName": ":smile:", "text": "😄" } },
            { "type": "status", "attrs": { "text": "DONE", "color": "green" } },
            { "type": "date", "attrs": { "timestamp": "1709251200000" } },
            { "type": "inlineCard", "attrs": { "url": "https://acme.atlassian.net/browse/X-1" } },
            { "type": "mediaInline", "attrs": { "type": "file", "id": "m1", "collection": "c" } },
        ] }),
        Block::Paragraph(vec![
            Inline::Mention(Mention {
                account: "557058:ab".to_owned(),
                name: "Mia Krause".to_owned(),
            }),
            Inline::Break,
            Inline::Emoji {
                name: ":smile:".to_owned(),
                text: "😄".to_owned(),
            },
            Inline::Status {
                text: "DONE".to_owned(),
                color: Color::Green,
            },
            Inline::Date(jiff::civil::date(2024, 3, 1)),
            Inline::Card("https://acme.atlassian.net/browse/X-1".to_owned()),
            Inline::Image(Image::Stored {
                id: "m1".to_owned(),
                collection: "c".to_owned(),
                alt: String::new(),
            }),
        ]),
    );
}

#[test]
fn pictures_stand_on_their_own() {
    both_ways(
        &json!({ "type": "mediaSingle", "attrs": { "layout": "center" }, "content": [
            { "type": "media", "attrs": { "type": "external", "url": "https://acme.example/a.png", "alt": "plan" } },
        ] }),
        Block::Paragraph(vec![Inline::Image(Image::Address {
            url: "https://acme.example/a.png".to_owned(),
            alt: "plan".to_owned(),
        })]),
    );
}

#[test]
fn what_is_not_known_stays_visible() {
    let shown = Document {
        blocks: read(&json!([
            { "type": "extension", "attrs": { "extensionKey": "roadmap", "text": "Plan 2027" } },
            { "type": "somethingNew", "content": [adf_paragraph("inside")] },
            { "type": "decisionList", "content": [
                { "type": "decisionItem", "content": [{ "type": "text", "text": "we go" }] },
            ] },
            { "type": "paragraph", "content": [{ "type": "newInline", "attrs": { "text": "hi" } }] },
            { "type": "layoutSection", "content": [
                { "type": "layoutColumn", "content": [adf_paragraph("left")] },
            ] },
            42,
        ])),
    }
    .to_text();
    assert_eq!(
        shown,
        "[roadmap: Plan 2027]\n\n[somethingNew]\n\ninside\n\n[decisionList]\n\n[decisionItem] we go\n\n\
         [newInline: hi]\n\nleft\n\n[node]\n"
    );
}

#[test]
fn what_a_place_does_not_take_is_written_otherwise() {
    let markdown = "- # Title\n- > said\n- | a | b |\n  |---|---|\n  | c | d |\n- ___\n\n> # In a quote\n>\n> > twice";
    let document = Document::from_markdown(markdown);
    let adf = document.to_adf();
    assert_eq!(adf_rules::broken(&adf), Vec::<String>::new());
    let again = Document::from_adf(&adf).expect("a document");
    assert_eq!(
        again.to_markdown(),
        "- **Title**\n\n- said\n\n- a | b\n\n  c | d\n\n- ⸻\n\n> **In a quote**\n>\n> twice\n"
    );
}

#[test]
fn links_that_run_or_lead_nowhere_are_spelled_out() {
    let document = Document::from_markdown("[x](javascript:alert) [y](page:DOC/Start)");
    let adf = document.to_adf().to_string();
    assert!(!adf.contains("\"link\""), "{adf}");
    assert!(adf.contains("x (javascript:alert)"), "{adf}");
    assert!(adf.contains("y (page:DOC/Start)"), "{adf}");
}

#[test]
fn an_empty_field_is_an_empty_document() {
    assert_eq!(Document::from_adf(&Value::Null), Ok(Document::default()));
    assert_eq!(
        Document::default().to_adf(),
        json!({ "type": "doc", "version": 1, "content": [] })
    );
}

#[test]
fn what_is_no_document_is_an_error() {
    assert_eq!(
        Document::from_adf(&json!("h1. Wiki")),
        Err(DocumentError::NotAdf { found: None })
    );
    let found = Some("paragraph".to_owned());
    assert_eq!(
        Document::from_adf(&adf_paragraph("x")),
        Err(DocumentError::NotAdf { found })
    );
    let newer = json!({ "type": "doc", "version": 2, "content": [] });
    let found = "2".to_owned();
    assert_eq!(
        Document::from_adf(&newer),
        Err(DocumentError::AdfVersion { found })
    );
}
