//! Storage format, element by element, both ways.

use super::super::tree::{Block, Cell, Color, Image, Inline, Marks, Mention, PanelKind, Task};
use super::super::{Document, DocumentError};

fn read(storage: &str) -> Vec<Block> {
    Document::from_storage(storage)
        .expect("storage format")
        .blocks
}

/// Reads a text, and has it written again just as it was.
#[track_caller]
fn both_ways(storage: &str, blocks: &[Block]) {
    assert_eq!(read(storage), blocks);
    let blocks = blocks.to_vec();
    assert_eq!(Document { blocks }.to_storage(), storage);
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(vec![Inline::plain(text)])
}

fn linked(text: &str, url: &str) -> Inline {
    Inline::Text {
        text: text.to_owned(),
        marks: Marks {
            link: Some(url.to_owned()),
            ..Marks::default()
        },
    }
}

#[test]
fn paragraphs_headings_rules_breaks() {
    let lines = vec![Inline::plain("a"), Inline::Break, Inline::plain("b")];
    both_ways(
        "<h2>Why</h2><p>Because</p><p>a<br/>b</p><hr/>",
        &[
            Block::Heading {
                level: 2,
                content: vec![Inline::plain("Why")],
            },
            paragraph("Because"),
            Block::Paragraph(lines),
            Block::Rule,
        ],
    );
}

#[test]
fn marks_and_links() {
    let all = Marks {
        link: Some("https://acme.example/?a=1&b=2".to_owned()),
        strong: true,
        emphasis: true,
        strike: true,
        code: true,
    };
    both_ways(
        "<p><a href=\"https://acme.example/?a=1&amp;b=2\"><strong><em><del><code>x</code></del></em></strong></a></p>",
        &[Block::Paragraph(vec![Inline::Text {
            text: "x".to_owned(),
            marks: all,
        }])],
    );
    assert_eq!(
        read("<p><u>under</u> H<sub>2</sub>O</p>"),
        [paragraph("under H2O")]
    );
}

#[test]
fn spaces_and_entities() {
    assert_eq!(
        read(
            "<p>\n  a\n  b&nbsp;c &rarr; &eacute; &#8364; &#x20AC; &unknown; AT&T &lt;x&gt;</p><p>&nbsp;</p>"
        ),
        [paragraph("a b\u{a0}c → é € € &unknown; AT&T <x>")]
    );
}

#[test]
fn lists() {
    both_ways(
        "<ul><li><p>one</p><ol start=\"3\"><li><p>first</p></li></ol></li><li><p>two</p></li></ul>",
        &[Block::BulletList(vec![
            vec![
                paragraph("one"),
                Block::OrderedList {
                    start: 3,
                    items: vec![vec![paragraph("first")]],
                },
            ],
            vec![paragraph("two")],
        ])],
    );
    assert_eq!(
        read("<ul><li>one</li><ul><li>below</li></ul></ul>"),
        [Block::BulletList(vec![vec![
            paragraph("one"),
            Block::BulletList(vec![vec![paragraph("below")]]),
        ]])]
    );
}

#[test]
fn tasks() {
    both_ways(
        "<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>complete</ac:task-status>\
         <ac:task-body>done</ac:task-body></ac:task></ac:task-list>",
        &[Block::TaskList(vec![Task {
            done: true,
            content: vec![paragraph("done")],
        }])],
    );
}

#[test]
fn tables() {
    let cell = |header, text: &str| Cell::new(header, vec![paragraph(text)]);
    both_ways(
        "<table><tbody><tr><th colspan=\"2\"><p>h</p></th></tr><tr><td><p>a</p></td><td><p>b</p></td></tr></tbody></table>",
        &[Block::Table(vec![
            vec![Cell {
                columns: 2,
                ..cell(true, "h")
            }],
            vec![cell(false, "a"), cell(false, "b")],
        ])],
    );
}

#[test]
fn code_with_everything_in_it() {
    let code = |text: &str| Block::Code {
        language: Some("xml".to_owned()),
        text: text.to_owned(),
    };
    both_ways(
        "<ac:structured-macro ac:name=\"code\"><ac:parameter ac:name=\"language\">xml</ac:parameter>\
         <ac:plain-text-body><![CDATA[<a>&amp;\n  </a>]]></ac:plain-text-body></ac:structured-macro>",
        &[code("<a>&amp;\n  </a>")],
    );
    let blocks = vec![code("a]]>b<script>]]]]>")];
    let storage = Document {
        blocks: blocks.clone(),
    }
    .to_storage();
    assert_eq!(read(&storage), blocks, "{storage}");
}

#[test]
fn panels_are_named_by_their_colour() {
    for (name, kind) in [
        ("info", PanelKind::Info),
        ("tip", PanelKind::Success),
        ("note", PanelKind::Warning),
        ("warning", PanelKind::Error),
        ("panel", PanelKind::Note),
    ] {
        both_ways(
            &format!(
                "<ac:structured-macro ac:name=\"{name}\"><ac:rich-text-body><p>x</p></ac:rich-text-body>\
                 </ac:structured-macro>"
            ),
            &[Block::Panel {
                kind,
                content: vec![paragraph("x")],
            }],
        );
    }
    assert_eq!(
        read(
            "<ac:adf-extension><ac:adf-node type=\"panel\"><ac:adf-attribute key=\"panel-type\">note</ac:adf-attribute>\
             <ac:adf-content><p>x</p></ac:adf-content></ac:adf-node><ac:adf-fallback><p>x</p></ac:adf-fallback>\
             </ac:adf-extension>"
        ),
        [Block::Panel {
            kind: PanelKind::Note,
            content: vec![paragraph("x")],
        }]
    );
}

#[test]
fn expands_quotes_status_days() {
    both_ways(
        "<ac:structured-macro ac:name=\"expand\"><ac:parameter ac:name=\"title\">More</ac:parameter>\
         <ac:rich-text-body><blockquote><p>x</p></blockquote></ac:rich-text-body></ac:structured-macro>",
        &[Block::Expand {
            title: "More".to_owned(),
            content: vec![Block::Quote(vec![paragraph("x")])],
        }],
    );
    both_ways(
        "<p><ac:structured-macro ac:name=\"status\"><ac:parameter ac:name=\"title\">DONE</ac:parameter>\
         <ac:parameter ac:name=\"colour\">Green</ac:parameter></ac:structured-macro><time datetime=\"2027-03-01\"/></p>",
        &[Block::Paragraph(vec![
            Inline::Status {
                text: "DONE".to_owned(),
                color: Color::Green,
            },
            Inline::Date(jiff::civil::date(2027, 3, 1)),
        ])],
    );
}

#[test]
fn people_pages_files() {
    both_ways(
        "<p><ac:link><ri:user ri:account-id=\"557058:ab\"/></ac:link>\
         <ac:link><ri:page ri:space-key=\"DOC\" ri:content-title=\"Start &amp; go\"/><ac:link-body>here</ac:link-body></ac:link>\
         <ac:link><ri:attachment ri:filename=\"a.pdf\"/><ac:link-body>file</ac:link-body></ac:link>\
         <a href=\"https://acme.example\" data-card-appearance=\"inline\">https://acme.example</a></p>",
        &[Block::Paragraph(vec![
            Inline::Mention(Mention {
                account: "557058:ab".to_owned(),
                name: String::new(),
            }),
            linked("here", "page:DOC/Start & go"),
            linked("file", "attachment:a.pdf"),
            Inline::Card("https://acme.example".to_owned()),
        ])],
    );
    assert_eq!(
        read("<ac:link><ri:page ri:content-title=\"Start\"/></ac:link>"),
        [Block::Paragraph(vec![linked("Start", "page:/Start")])]
    );
    assert_eq!(
        read(
            "<ac:link ac:anchor=\"top\"><ri:page ri:content-title=\"S\"/><ac:plain-text-link-body><![CDATA[a <b>]]>\
             </ac:plain-text-link-body></ac:link>"
        ),
        [Block::Paragraph(vec![linked("a <b>", "page:/S#top")])]
    );
}

#[test]
fn pictures_and_emoji() {
    both_ways(
        "<p><ac:image ac:alt=\"plan\"><ri:attachment ri:filename=\"p.png\"/></ac:image>\
         <ac:image><ri:url ri:value=\"https://acme.example/q.png\"/></ac:image></p>",
        &[Block::Paragraph(vec![
            Inline::Image(Image::Attachment {
                file: "p.png".to_owned(),
                alt: "plan".to_owned(),
            }),
            Inline::Image(Image::Address {
                url: "https://acme.example/q.png".to_owned(),
                alt: String::new(),
            }),
        ])],
    );
    let emoji = |name: &str, text: &str| Inline::Emoji {
        name: name.to_owned(),
        text: text.to_owned(),
    };
    assert_eq!(
        read(
            "<p><ac:emoticon ac:name=\"tick\"/><ac:emoticon ac:name=\"blue-star\" ac:emoji-shortname=\":rocket:\" \
             ac:emoji-fallback=\"🚀\"/></p>"
        ),
        [Block::Paragraph(vec![
            emoji(":tick:", "✅"),
            emoji(":rocket:", "🚀")
        ])]
    );
}

#[test]
fn what_is_not_known_stays_visible() {
    let shown = Document::from_storage(
        "<ac:structured-macro ac:name=\"toc\"/>\
         <p><ac:structured-macro ac:name=\"jira\"><ac:parameter ac:name=\"server\">Acme</ac:parameter>\
         <ac:parameter ac:name=\"key\">X-1</ac:parameter></ac:structured-macro> is next</p>\
         <ac:structured-macro ac:name=\"excerpt\"><ac:rich-text-body><p>kept</p></ac:rich-text-body></ac:structured-macro>\
         <ac:structured-macro ac:name=\"mermaid\"><ac:plain-text-body><![CDATA[a-->b]]></ac:plain-text-body></ac:structured-macro>\
         <ac:something-new/><p><ac:placeholder>who?</ac:placeholder></p><custom>text</custom>",
    );
    assert_eq!(
        shown.expect("storage format").to_text(),
        "[toc]\n\n[jira: X-1] is next\n\n[excerpt]\n\nkept\n\n[mermaid]\n\n    a-->b\n\n[ac:something-new]\n\n\
         [placeholder: who?]\n\ntext\n"
    );
}

#[test]
fn blocks_within_paragraphs_and_open_elements() {
    assert_eq!(
        read(
            "<p>a<ac:structured-macro ac:name=\"code\"><ac:plain-text-body>x</ac:plain-text-body></ac:structured-macro>b</p>"
        ),
        [
            paragraph("a"),
            Block::Code {
                language: None,
                text: "x".to_owned(),
            },
            paragraph("b"),
        ]
    );
    assert_eq!(
        read("<p>a<br>b</i></p><p>c"),
        read("<p>a<br/>b</p><p>c</p>")
    );
}

#[test]
fn no_text_becomes_an_element() {
    let evil = "</p><script>alert(\"1\")</script>&lt;'";
    let marks = Marks {
        link: Some(format!("https://acme.example/\"><script>{evil}")),
        ..Marks::default()
    };
    let document = Document {
        blocks: vec![
            paragraph(evil),
            Block::Paragraph(vec![Inline::Text {
                text: evil.to_owned(),
                marks,
            }]),
            Block::Paragraph(vec![Inline::Mention(Mention {
                account: evil.to_owned(),
                name: evil.to_owned(),
            })]),
            Block::Expand {
                title: evil.to_owned(),
                content: Vec::new(),
            },
            Block::Code {
                language: Some(evil.to_owned()),
                text: format!("]]>{evil}"),
            },
            Block::Unknown {
                name: evil.to_owned(),
                text: evil.to_owned(),
            },
        ],
    };
    let storage = document.to_storage();
    let outside_of_cdata: String = storage
        .split("<![CDATA[")
        .enumerate()
        .map(|(index, part)| match part.split_once("]]>") {
            Some((_, outside)) if index > 0 => outside,
            _ => part,
        })
        .collect();
    assert!(!outside_of_cdata.contains("<script"), "{storage}");
    assert_eq!(read(&storage)[0], paragraph(evil));
}

#[test]
fn links_that_run_are_spelled_out() {
    let storage = Document::from_markdown("[x](javascript:alert)").to_storage();
    assert_eq!(storage, "<p>x (javascript:alert)</p>");
}

#[test]
fn what_cannot_be_read_is_an_error_with_its_place() {
    assert_eq!(
        Document::from_storage("<p>fine</p><p"),
        Err(DocumentError::StorageSyntax { offset: 11 })
    );
    assert!(matches!(
        Document::from_storage("<p><![CDATA[x</p>"),
        Err(DocumentError::StorageSyntax { .. })
    ));
}
