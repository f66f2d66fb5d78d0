//! Properties that hold for any document: what was written reads as it was, and nothing panics or is dropped.

use super::inlines::normalised;
use super::tree::{Block, Cell, Color, Image, Inline, Marks, Mention, PanelKind, Task};
use super::{Document, tests::adf_rules};
use proptest::collection::vec;
use proptest::prelude::*;

/// Text with all signs that mean something in any of the formats.
fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        6 => "[a-zé]{1,4}",
        3 => Just(" ".to_owned()),
        3 => "[-\\\\`*_{}\\[\\]<>()#+.!|~:=&;'\"/@$%^,?0-9]{1,3}",
        1 => prop_oneof![
            Just("&amp;"), Just("1. "), Just("- "), Just("h1. "), Just("]]>"), Just("<b>"), Just("[x] "),
            Just("😀"), Just("\u{a0}"), Just("→"), Just("<script>"), Just("\u{301}"), Just("www.x.y"),
        ].prop_map(str::to_owned),
    ];
    vec(part, 1..6).prop_map(|parts| parts.concat())
}

fn word() -> impl Strategy<Value = String> {
    "[A-Za-z][A-Za-z0-9._-]{0,4}( [A-Za-z0-9._-]{0,3}[a-z0-9])?"
}

fn link() -> impl Strategy<Value = Option<String>> {
    let url = prop_oneof![
        Just("https://acme.example/a?b=c&d=e#f"),
        Just("https://acme.example/(x)_y <z>"),
        Just("mailto:you@acme.example"),
        Just("#top|side"),
    ];
    proptest::option::weighted(0.15, url.prop_map(str::to_owned))
}

fn marks() -> impl Strategy<Value = Marks> {
    let flags = (
        any::<[bool; 3]>(),
        proptest::bool::weighted(0.4),
        proptest::bool::weighted(0.15),
    );
    (link(), flags).prop_map(
        |(link, ([strong, emphasis, strike], is_marked, code))| Marks {
            link,
            strong: strong && is_marked && !code,
            emphasis: emphasis && is_marked && !code,
            strike: strike && is_marked && !code,
            code,
        },
    )
}

fn inline() -> impl Strategy<Value = Inline> {
    prop_oneof![
        12 => (text(), marks()).prop_map(|(text, marks)| Inline::Text { text, marks }),
        1 => Just(Inline::Break),
        1 => (word(), word()).prop_map(|(account, name)| Inline::Mention(Mention { account, name })),
        1 => (word(), 0usize..6).prop_map(|(text, color)| Inline::Status {
            text,
            color: Color::NAMES[color].0,
        }),
        1 => (1990i16..2100, 1i8..13, 1i8..29)
            .prop_map(|(year, month, day)| Inline::Date(jiff::civil::date(year, month, day))),
        1 => Just(Inline::Card("https://acme.example/browse/X-1".to_owned())),
        1 => word().prop_map(|id| Inline::Image(Image::Stored {
            id,
            collection: "c/d".to_owned(),
            alt: "a [b]".to_owned(),
        })),
    ]
}

fn inlines() -> impl Strategy<Value = Vec<Inline>> {
    vec(inline(), 1..7).prop_map(normalised)
}

fn paragraph() -> impl Strategy<Value = Block> {
    inlines()
        .prop_filter("an empty paragraph is none", |content| !content.is_empty())
        .prop_map(Block::Paragraph)
}

fn code() -> impl Strategy<Value = Block> {
    let language = proptest::option::of("[a-z+#]{1,5}");
    (
        language,
        vec(
            prop_oneof![text(), Just("```".to_owned()), Just("\t x".to_owned())],
            0..4,
        ),
    )
        .prop_map(|(language, lines)| Block::Code {
            language,
            text: lines.join("\n"),
        })
}

fn item() -> impl Strategy<Value = Block> {
    let leaf = prop_oneof![3 => paragraph(), 1 => code()];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let content = (prop_oneof![3 => paragraph(), 1 => code()], vec(inner, 0..3));
        let item = content
            .prop_map(|(first, mut rest)| {
                rest.insert(0, first);
                rest
            })
            .boxed();
        let task = (any::<bool>(), paragraph())
            .prop_map(|(done, first)| Task {
                done,
                content: vec![first],
            })
            .boxed();
        let nested = (vec(task.clone(), 1..3), vec(task, 1..3)).prop_map(|(mut tasks, below)| {
            if let Some(task) = tasks.first_mut() {
                task.content.push(Block::TaskList(below));
            }
            Block::TaskList(tasks)
        });
        prop_oneof![
            vec(item.clone(), 1..4).prop_map(Block::BulletList),
            (0u32..2000, vec(item, 1..4))
                .prop_map(|(start, items)| Block::OrderedList { start, items }),
            nested,
        ]
    })
}

fn panel_kind() -> impl Strategy<Value = PanelKind> {
    prop_oneof![
        Just(PanelKind::Info),
        Just(PanelKind::Note),
        Just(PanelKind::Warning),
        Just(PanelKind::Success),
        Just(PanelKind::Error),
    ]
}

fn heading() -> impl Strategy<Value = Block> {
    (1u8..7, inlines()).prop_map(|(level, content)| Block::Heading { level, content })
}

fn table() -> impl Strategy<Value = Block> {
    (1usize..4, 1usize..4, any::<bool>())
        .prop_flat_map(|(columns, rows, has_header)| {
            let cell = proptest::option::weighted(0.9, paragraph());
            (vec(vec(cell, columns), rows), Just(has_header))
        })
        .prop_map(|(rows, has_header)| {
            let rows = rows.into_iter().enumerate().map(|(index, row)| {
                let cell = |content: Option<Block>| {
                    Cell::new(has_header && index == 0, content.into_iter().collect())
                };
                row.into_iter().map(cell).collect()
            });
            Block::Table(rows.collect())
        })
        .prop_filter("an empty header is none", |table| match table {
            Block::Table(rows) => rows[0].iter().any(|cell| !cell.content.is_empty()),
            _ => false,
        })
}

/// Blocks that stand where both Markdown and Atlassian Document Format allow them.
fn block() -> impl Strategy<Value = Block> {
    let in_quote = || vec(paragraph(), 1..3);
    let in_panel = || vec(prop_oneof![item(), heading(), Just(Block::Rule)], 1..3);
    prop_oneof![
        4 => item(),
        2 => heading(),
        2 => table(),
        1 => Just(Block::Rule),
        1 => in_quote().prop_map(Block::Quote),
        1 => (panel_kind(), in_panel()).prop_map(|(kind, content)| Block::Panel { kind, content }),
        1 => (word(), vec(prop_oneof![item(), table()], 1..3))
            .prop_map(|(title, content)| Block::Expand { title, content }),
    ]
}

fn document() -> impl Strategy<Value = Document> {
    vec(block(), 0..5).prop_map(|blocks| Document { blocks })
}

/// Blocks in places where no format has them.
fn anything() -> impl Strategy<Value = Document> {
    let unknown = (word(), text()).prop_map(|(name, text)| Block::Unknown { name, text });
    let wild = prop_oneof![6 => block(), 1 => unknown].prop_recursive(4, 30, 3, |inner| {
        let content = || vec(inner.clone(), 0..3);
        let cell =
            (any::<bool>(), 1u16..4, content()).prop_map(|(header, columns, content)| Cell {
                header,
                columns,
                rows: 1,
                content,
            });
        prop_oneof![
            content().prop_map(Block::Quote),
            (panel_kind(), content()).prop_map(|(kind, content)| Block::Panel { kind, content }),
            (text(), content()).prop_map(|(title, content)| Block::Expand { title, content }),
            vec(content(), 0..3).prop_map(Block::BulletList),
            (0u32.., vec(content(), 0..3))
                .prop_map(|(start, items)| Block::OrderedList { start, items }),
            vec((any::<bool>(), content()), 0..3).prop_map(|tasks| Block::TaskList(
                tasks
                    .into_iter()
                    .map(|(done, content)| Task { done, content })
                    .collect()
            )),
            vec(vec(cell, 0..3), 0..3).prop_map(Block::Table),
        ]
    });
    vec(wild, 0..4).prop_map(|blocks| Document { blocks })
}

/// Markdown as it comes: pieces that mean something, in any order.
fn markdown() -> impl Strategy<Value = String> {
    let sign = prop::sample::select(vec![
        "a",
        "b ",
        " ",
        "\n",
        "\n\n",
        "- ",
        "* ",
        "1. ",
        "2) ",
        "> ",
        "# ",
        "## ",
        "**",
        "_",
        "*",
        "***",
        "~~",
        "~",
        "`",
        "``",
        "```\n",
        "```x\n",
        "[",
        "](",
        "](<",
        ")",
        "<br>",
        "<b>",
        "</b>",
        "<em>",
        "<i",
        "|",
        "| a | b |\n",
        "|---|---|\n",
        "[x] ",
        "[ ] ",
        "- [x] ",
        "- [ ] ",
        "\\",
        "&amp;",
        "&nbsp;",
        "&#32;",
        "&#10;",
        "&",
        ";",
        "http://x.y",
        "https://x.y/z_*.",
        "<http://a.b>",
        "<a@b.c>",
        "![",
        "> [!NOTE]\n",
        "[!TIP]\n",
        "<details>\n",
        "<details>\n<summary>T &lt;</summary>\n\n",
        "</details>\n",
        "\n\n</details>\n\n",
        "    ",
        "  ",
        "\t",
        "---\n",
        "===\n",
        "+ ",
        ":",
        "é",
        "😀",
        "[@Bob](accountid:1)",
        "[x](status:red)",
        "[x](date:2024-01-02)",
        "!",
        ".",
        "(",
        "\"",
        "'",
        "<!-- c -->",
        "<div>\n",
        "1",
        "0. ",
        "\u{a0}",
        "\r",
        "  \n",
        "\\\n",
        "x",
        "\u{301}",
    ]);
    vec(sign, 0..30).prop_map(|signs| signs.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn normal_form_is_stable(inlines in vec(inline(), 0..8)) {
        let once = normalised(inlines);
        prop_assert_eq!(normalised(once.clone()), once);
    }

    #[test]
    fn markdown_reads_back_what_was_written(document in document()) {
        let markdown = document.to_markdown();
        prop_assert_eq!(Document::from_markdown(&markdown), document, "{}", markdown);
    }

    #[test]
    fn any_markdown_is_read_the_same_after_it_was_written(markdown in markdown()) {
        let document = Document::from_markdown(&markdown);
        let again = document.to_markdown();
        prop_assert_eq!(Document::from_markdown(&again), document, "{}\n-----\n{}", markdown, again);
    }

    #[test]
    fn adf_reads_back_what_was_written(document in document()) {
        let adf = document.to_adf();
        prop_assert_eq!(Document::from_adf(&adf), Ok(document), "{}", adf);
    }

    #[test]
    fn any_tree_is_written_as_valid_adf_and_as_storage_that_can_be_read(document in anything()) {
        let adf = document.to_adf();
        prop_assert_eq!(adf_rules::broken(&adf), Vec::<String>::new(), "{}", adf);
        prop_assert!(Document::from_storage(&document.to_storage()).is_ok());
        document.to_markdown();
        document.to_wiki_markup();
        document.to_text();
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in "\\PC*", soup in vec(prop::sample::select(vec![
        "<p>", "</p>", "<", ">", "&", "&nbsp;", "&#x110000;", "<ac:link", "<![CDATA[", "]]>", "<!--", "-->", "<li>", "<ul>",
        "<td>", "<table>", "a", "\"", "'", "=", "<ac:task>", "<ac:task-list>", "<br>", "<?x", "?>", "<!D",
    ]), 0..30)) {
        let _ = Document::from_storage(&text);
        let _ = Document::from_storage(&soup.concat());
        Document::from_markdown(&text);
    }
}
