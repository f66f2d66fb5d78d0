//! Markdown, construct by construct, both ways.

use super::super::Document;
use super::super::tree::{Block, Cell, Color, Image, Inline, Marks, Mention, PanelKind, Task};

/// Reads a text, and has it written again just as it was.
#[track_caller]
fn both_ways(markdown: &str, blocks: &[Block]) {
    let document = Document::from_markdown(markdown);
    assert_eq!(document.blocks, blocks);
    assert_eq!(document.to_markdown(), format!("{markdown}\n"));
}

/// Has a text read and written.
fn rewritten(markdown: &str) -> String {
    Document::from_markdown(markdown).to_markdown()
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(vec![Inline::plain(text)])
}

fn marked(text: &str, set: impl Fn(&mut Marks)) -> Inline {
    let mut marks = Marks::default();
    set(&mut marks);
    let text = text.to_owned();
    Inline::Text { text, marks }
}

#[test]
fn paragraphs_headings_rules() {
    let heading = Block::Heading {
        level: 2,
        content: vec![Inline::plain("Why")],
    };
    both_ways(
        "## Why\n\nBecause.\n\n___",
        &[heading, paragraph("Because."), Block::Rule],
    );
}

#[test]
fn lines_of_a_paragraph() {
    assert_eq!(rewritten("one\ntwo"), "one two\n");
    both_ways(
        "one\\\ntwo",
        &[Block::Paragraph(vec![
            Inline::plain("one"),
            Inline::Break,
            Inline::plain("two"),
        ])],
    );
    assert_eq!(rewritten("a<br><br>b"), "a<br><br>b\n");
}

#[test]
fn marks() {
    both_ways(
        "**bold** _italic_ ~~gone~~ `code` **both _of_**",
        &[Block::Paragraph(vec![
            marked("bold", |marks| marks.strong = true),
            Inline::plain(" "),
            marked("italic", |marks| marks.emphasis = true),
            Inline::plain(" "),
            marked("gone", |marks| marks.strike = true),
            Inline::plain(" "),
            marked("code", |marks| marks.code = true),
            Inline::plain(" "),
            marked("both ", |marks| marks.strong = true),
            marked("of", |marks| {
                marks.strong = true;
                marks.emphasis = true;
            }),
        ])],
    );
}

#[test]
fn marks_that_delimiters_cannot_write_become_tags() {
    assert_eq!(rewritten("in<em>side</em>"), "in<em>side</em>\n");
    assert_eq!(rewritten("a<b>(b)</b>c"), "a<strong>(b)</strong>c\n");
    assert_eq!(rewritten("in**side**"), "in**side**\n");
    assert_eq!(rewritten("<b>spaces </b>outside"), "**spaces** outside\n");
}

#[test]
fn links_and_addresses() {
    let url = "https://acme.example/a_b";
    let link = |text| {
        marked(text, |marks: &mut Marks| {
            marks.link = Some("https://acme.example/a_b".to_owned());
        })
    };
    both_ways(
        "[the _page_](https://acme.example/a_b)",
        &[Block::Paragraph(vec![
            link("the "),
            Inline::Text {
                text: "page".to_owned(),
                marks: Marks {
                    link: Some(url.to_owned()),
                    emphasis: true,
                    ..Marks::default()
                },
            },
        ])],
    );
    assert_eq!(
        Document::from_markdown("see https://acme.example/a_b.").blocks,
        [Block::Paragraph(vec![
            Inline::plain("see "),
            link("https://acme.example/a_b"),
            Inline::plain("."),
        ])]
    );
    both_ways(
        "<https://acme.example>",
        &[Block::Paragraph(vec![Inline::Card(
            "https://acme.example".to_owned(),
        )])],
    );
    assert_eq!(
        rewritten("see https://acme.example now"),
        "see https://acme.example now\n"
    );
    assert_eq!(
        rewritten("(https://acme.example/x)"),
        "([https://acme.example/x](https://acme.example/x))\n"
    );
    assert_eq!(
        rewritten("[](https://acme.example)"),
        "https://acme.example\n"
    );
}

#[test]
fn people_words_and_days() {
    both_ways(
        "[@Mia Krause](accountid:557058:ab-cd) [DONE](status:green) [2027-03-01](date:2027-03-01)",
        &[Block::Paragraph(vec![
            Inline::Mention(Mention {
                account: "557058:ab-cd".to_owned(),
                name: "Mia Krause".to_owned(),
            }),
            Inline::plain(" "),
            Inline::Status {
                text: "DONE".to_owned(),
                color: Color::Green,
            },
            Inline::plain(" "),
            Inline::Date(jiff::civil::date(2027, 3, 1)),
        ])],
    );
}

#[test]
fn mentions_are_listed_and_changed() {
    let markdown = "[@Mia](accountid:mia@acme.example)\n\n- a [@Bo](accountid:7)\n\n| [@Cy](accountid:8) |\n|---|\n";
    let mut document = Document::from_markdown(markdown);
    let accounts: Vec<&str> = document
        .mentions()
        .iter()
        .map(|mention| mention.account.as_str())
        .collect();
    assert_eq!(accounts, ["mia@acme.example", "7", "8"]);
    document.map_mentions(|mention| {
        if mention.account.contains('@') {
            mention.account = "5b10".to_owned();
            mention.name = "Mia Krause".to_owned();
        }
    });
    assert_eq!(document.mentions()[0].account, "5b10");
    assert!(
        document
            .to_markdown()
            .starts_with("[@Mia Krause](accountid:5b10)\n")
    );
}

#[test]
fn pictures() {
    let picture = |image| Block::Paragraph(vec![Inline::Image(image)]);
    both_ways(
        "![plan](https://acme.example/p.png)\n\n![](<attachment:my plan.png>)\n\n![](media:collection/id)",
        &[
            picture(Image::Address {
                url: "https://acme.example/p.png".to_owned(),
                alt: "plan".to_owned(),
            }),
            picture(Image::Attachment {
                file: "my plan.png".to_owned(),
                alt: String::new(),
            }),
            picture(Image::Stored {
                id: "id".to_owned(),
                collection: "collection".to_owned(),
                alt: String::new(),
            }),
        ],
    );
    assert_eq!(rewritten("![](plan.png)"), "![](attachment:plan.png)\n");
}

#[test]
fn lists() {
    both_ways(
        "- one\n  1. first\n  2. second\n- two",
        &[Block::BulletList(vec![
            vec![
                paragraph("one"),
                Block::OrderedList {
                    start: 1,
                    items: vec![vec![paragraph("first")], vec![paragraph("second")]],
                },
            ],
            vec![paragraph("two")],
        ])],
    );
    both_ways(
        "7. seven\n8. eight",
        &[Block::OrderedList {
            start: 7,
            items: vec![vec![paragraph("seven")], vec![paragraph("eight")]],
        }],
    );
    let one = |text| Block::BulletList(vec![vec![paragraph(text)]]);
    both_ways("- a\n\n* b", &[one("a"), one("b")]);
}

#[test]
fn tasks() {
    let task = |done, content| Task { done, content };
    both_ways(
        "- [ ] open\n  - [x] below\n- [x] done",
        &[Block::TaskList(vec![
            task(
                false,
                vec![
                    paragraph("open"),
                    Block::TaskList(vec![task(true, vec![paragraph("below")])]),
                ],
            ),
            task(true, vec![paragraph("done")]),
        ])],
    );
    assert_eq!(rewritten("- [ ] a\n- b"), "- [ ] a\n\n* b\n");
    assert_eq!(rewritten("1. [ ] a"), "1. \\[ \\] a\n");
}

#[test]
fn code() {
    let block = |language: Option<&str>, text: &str| Block::Code {
        language: language.map(str::to_owned),
        text: text.to_owned(),
    };
    both_ways(
        "```rust\nfn main() {}\n```",
        &[block(Some("rust"), "fn main() {}")],
    );
    both_ways("````\n```\n````", &[block(None, "```")]);
    assert_eq!(rewritten("    indented"), "```\nindented\n```\n");
    assert_eq!(rewritten("`` a`b ``"), "``a`b``\n");
}

#[test]
fn quotes_and_panels() {
    both_ways("> said", &[Block::Quote(vec![paragraph("said")])]);
    for (name, kind) in [
        ("NOTE", PanelKind::Info),
        ("TIP", PanelKind::Success),
        ("IMPORTANT", PanelKind::Note),
        ("WARNING", PanelKind::Warning),
        ("CAUTION", PanelKind::Error),
    ] {
        let content = vec![
            paragraph("x"),
            Block::BulletList(vec![vec![paragraph("y")]]),
        ];
        both_ways(
            &format!("> [!{name}]\n> x\n>\n> - y"),
            &[Block::Panel { kind, content }],
        );
    }
}

#[test]
fn expands() {
    both_ways(
        "<details>\n<summary>More &amp; more</summary>\n\ninside\n\n</details>",
        &[Block::Expand {
            title: "More & more".to_owned(),
            content: vec![paragraph("inside")],
        }],
    );
}

#[test]
fn tables() {
    let cell = |header, text: &str| Cell::new(header, vec![paragraph(text)]);
    both_ways(
        "| a | b |\n| --- | --- |\n| c \\| d |  |",
        &[Block::Table(vec![
            vec![cell(true, "a"), cell(true, "b")],
            vec![cell(false, "c | d"), Cell::new(false, Vec::new())],
        ])],
    );
    both_ways(
        "|  |\n| --- |\n| no header |",
        &[Block::Table(vec![vec![cell(false, "no header")]])],
    );
}

#[test]
fn cells_with_blocks_are_one_line() {
    let content = Document::from_markdown("- a\n- b\n\n```\nx|y\n```").blocks;
    let blocks = vec![Block::Table(vec![vec![Cell::new(true, content)]])];
    assert_eq!(
        Document { blocks }.to_markdown(),
        "| • a<br>• b<br>`x\\|y` |\n| --- |\n"
    );
}

#[test]
fn signs_that_mean_nothing_here_are_escaped() {
    for text in [
        "# no heading",
        "1. no list",
        "- no list",
        "> no quote",
        "*no* _mark_",
        "[no](link)",
        "a & b &amp; c",
        "<b>",
        "`no code`",
        "| no | table |",
        "=== ",
        "snake_case_name",
        "![x](y)",
        "~~x~~",
        "\\",
    ] {
        let blocks = vec![paragraph(text.trim_end())];
        let markdown = Document {
            blocks: blocks.clone(),
        }
        .to_markdown();
        assert_eq!(
            Document::from_markdown(&markdown).blocks,
            blocks,
            "{markdown}"
        );
    }
    assert_eq!(
        rewritten("snake_case & 1.5 - (x): #1"),
        "snake_case & 1.5 - (x): #1\n"
    );
}

#[test]
fn html_stays_text() {
    assert_eq!(
        Document::from_markdown("<script>alert(1)</script>").blocks,
        [paragraph("<script>alert(1)</script>")]
    );
}
