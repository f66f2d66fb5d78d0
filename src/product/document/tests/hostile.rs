//! Documents that somebody made to break a reader.

use super::super::tree::Block;
use super::super::{Document, MAX_DEPTH};
use serde_json::{Value, json};

/// How deep a tree is.
fn depth(blocks: &[Block]) -> usize {
    let below = blocks.iter().map(|block| match block {
        Block::Quote(content) | Block::Panel { content, .. } | Block::Expand { content, .. } => {
            depth(content)
        }
        Block::BulletList(items) | Block::OrderedList { items, .. } => {
            items.iter().map(|item| depth(item)).max().unwrap_or(0)
        }
        Block::TaskList(tasks) => tasks
            .iter()
            .map(|task| depth(&task.content))
            .max()
            .unwrap_or(0),
        Block::Table(rows) => {
            let cells = rows.iter().flatten();
            cells.map(|cell| depth(&cell.content)).max().unwrap_or(0)
        }
        _ => 0,
    });
    below.max().unwrap_or(0) + 1
}

/// Everything is written in every format, and the innermost text is still there.
#[track_caller]
fn is_kept(document: &Document) {
    assert!(depth(&document.blocks) <= MAX_DEPTH + 1);
    let written = [
        document.to_markdown(),
        document.to_text(),
        document.to_storage(),
        document.to_wiki_markup(),
        document.to_adf().to_string(),
    ];
    for text in written {
        assert!(text.contains("innermost"));
    }
}

/// A document whose nodes stand in each other 10,000 times. Made from the inside: it is too deep to be compared.
fn nested(wrap: impl Fn(Value) -> Value) -> Document {
    let mut node =
        json!({ "type": "paragraph", "content": [{ "type": "text", "text": "innermost" }] });
    for _ in 0..10_000 {
        node = wrap(node);
    }
    let value = around("doc", node);
    let document = Document::from_adf(&value).expect("a document");
    dismantle(value);
    document
}

/// Drops a value without recursion.
fn dismantle(value: Value) {
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(values) => open.extend(values),
            Value::Object(fields) => open.extend(fields.into_iter().map(|(_, value)| value)),
            _ => {}
        }
    }
}

/// A node around another one, moved rather than copied.
fn around(kind: &str, inner: Value) -> Value {
    let mut fields = serde_json::Map::new();
    fields.insert("type".to_owned(), kind.into());
    fields.insert("content".to_owned(), Value::Array(vec![inner]));
    Value::Object(fields)
}

#[test]
fn deep_adf() {
    is_kept(&nested(|node| around("blockquote", node)));
    is_kept(&nested(|node| around("panel", node)));
    is_kept(&nested(|node| around("unheardOf", node)));
    is_kept(&nested(|node| around("layoutSection", node)));
    is_kept(&nested(|node| around("taskList", node)));
    is_kept(&nested(|node| around("taskList", around("taskItem", node))));
    is_kept(&nested(|node| {
        around("bulletList", around("listItem", node))
    }));
    is_kept(&nested(|node| around("bulletList", node)));
    is_kept(&nested(|node| around("table", node)));
    is_kept(&nested(|node| {
        around("table", around("tableRow", around("tableCell", node)))
    }));
}

#[test]
fn deep_storage() {
    for (start, end) in [
        ("<ul><li>", "</li></ul>"),
        ("<blockquote>", "</blockquote>"),
        ("<strong>", "</strong>"),
        ("<table><tr><td>", "</td></tr></table>"),
        (
            "<ac:task-list><ac:task><ac:task-body>",
            "</ac:task-body></ac:task></ac:task-list>",
        ),
        (
            "<ac:structured-macro ac:name=\"info\"><ac:rich-text-body>",
            "</ac:rich-text-body></ac:structured-macro>",
        ),
    ] {
        let storage = format!("{}innermost{}", start.repeat(10_000), end.repeat(10_000));
        is_kept(&Document::from_storage(&storage).expect("storage format"));
    }
    is_kept(
        &Document::from_storage(&format!("{}innermost", "<p>".repeat(10_000)))
            .expect("storage format"),
    );
}

#[test]
fn deep_markdown() {
    is_kept(&Document::from_markdown(&format!(
        "{}innermost",
        "> ".repeat(5_000)
    )));
    is_kept(&Document::from_markdown(&format!(
        "{}innermost",
        "- ".repeat(2_000)
    )));
    is_kept(&Document::from_markdown(&format!(
        "{}innermost",
        "<details>\n\n".repeat(2_000)
    )));
    is_kept(&Document::from_markdown(&format!(
        "{}innermost",
        "[".repeat(5_000)
    )));
    is_kept(&Document::from_markdown(&format!(
        "{}innermost",
        "**_".repeat(5_000)
    )));
}

#[test]
fn addresses_that_are_none() {
    is_kept(&Document::from_markdown(&format!(
        "{} innermost",
        "http://(".repeat(30_000)
    )));
    is_kept(&Document::from_markdown(&format!(
        "http://a{} innermost",
        ")".repeat(100_000)
    )));
}

#[test]
fn huge_tables() {
    let row =
        "<tr>".to_owned() + &"<td colspan=\"99999\" rowspan=\"70000\">x</td>".repeat(100) + "</tr>";
    let storage = format!(
        "<table>{}<tr><td>innermost</td></tr></table>",
        row.repeat(50)
    );
    is_kept(&Document::from_storage(&storage).expect("storage format"));
    let cell = json!({ "type": "tableCell", "attrs": { "colspan": 1e300, "rowspan": -4 } });
    let table = json!({ "type": "table", "content": [{ "type": "tableRow", "content": [cell] }] });
    let adf = json!({ "type": "doc", "version": 1, "content": [table] });
    let document = Document::from_adf(&adf).expect("a document");
    let Some(Block::Table(rows)) = document.blocks.first() else {
        panic!("{document:?}");
    };
    assert_eq!((rows[0][0].columns, rows[0][0].rows), (100, 1));
}

#[test]
fn attributes_of_other_types_are_no_reason_to_stop() {
    let adf = json!({ "type": "doc", "version": 1, "content": [
        { "type": "heading", "attrs": { "level": "big" }, "content": "text" },
        { "type": "heading", "attrs": { "level": 99 }, "content": [{ "type": "text", "text": 7 }] },
        { "type": "paragraph", "content": [
            { "type": "date", "attrs": { "timestamp": "99999999999999999999" } },
            { "type": "date", "attrs": { "timestamp": 0 } },
            { "type": "status", "attrs": null },
            { "type": "mention" },
            { "type": "text", "text": "x", "marks": "strong" },
        ] },
        { "type": "orderedList", "attrs": { "order": -1 }, "content": [null, [], "x"] },
    ] });
    let document = Document::from_adf(&adf).expect("a document");
    let text = document.to_text();
    assert!(
        text.contains("[date: 99999999999999999999]1970-01-01@x"),
        "{text}"
    );
    assert_eq!(
        super::adf_rules::broken(&document.to_adf()),
        Vec::<String>::new()
    );
}

#[test]
fn control_characters_are_left_to_whoever_shows_them() {
    let document = Document::from_markdown("a\u{1b}[31mb\u{0}c");
    assert_eq!(document.to_text(), "a\u{1b}[31mb\u{fffd}c\n");
    assert_eq!(document.to_storage(), "<p>a\u{fffd}[31mb\u{fffd}c</p>");
}
