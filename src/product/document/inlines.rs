//! Inlines as a reader met them go in; inlines in normal form come out. Also blocks as inlines, for places that
//! take no blocks.

use super::tree::{Block, Inline, Marks};

/// Brings running text into normal form: line breaks within texts are breaks, equal neighbours are one text, and no
/// space or break stands at the start or the end of a line.
pub(super) fn normalised(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut lines: Vec<Vec<Inline>> = vec![Vec::new()];
    for inline in inlines {
        match inline {
            Inline::Break => lines.push(Vec::new()),
            Inline::Text { text, marks } => {
                for (index, part) in text.split('\n').enumerate() {
                    if index > 0 {
                        lines.push(Vec::new());
                    }
                    push_text(&mut lines, part, &marks);
                }
            }
            other => {
                if let Some(line) = lines.last_mut() {
                    line.push(other);
                }
            }
        }
    }
    for line in &mut lines {
        trim(line);
        *line = with_bare_spaces(std::mem::take(line));
    }
    let full = |line: &Vec<Inline>| !line.is_empty();
    let Some(first) = lines.iter().position(full) else {
        return Vec::new();
    };
    let last = lines.iter().rposition(full).unwrap_or(first);
    lines.truncate(last + 1);
    lines.drain(..first);
    let mut result = Vec::new();
    for (index, line) in lines.into_iter().enumerate() {
        if index > 0 {
            result.push(Inline::Break);
        }
        result.extend(line);
    }
    result
}

/// Adds a text to the last line, to the text before it where that looks the same.
fn push_text(lines: &mut [Vec<Inline>], part: &str, marks: &Marks) {
    let part = part
        .replace('\r', "")
        .replace(['\t', '\u{b}', '\u{c}'], " ")
        .replace('\0', "\u{fffd}");
    if let Some(line) = lines.last_mut() {
        append(line, &part, marks);
    }
}

fn append(line: &mut Vec<Inline>, part: &str, marks: &Marks) {
    match line.last_mut() {
        _ if part.is_empty() => {}
        Some(Inline::Text { text, marks: same }) if same == marks => text.push_str(part),
        _ => line.push(Inline::Text {
            text: part.to_owned(),
            marks: marks.clone(),
        }),
    }
}

/// Spaces at the edge of a marked text look the same without the mark; Markdown cannot write them with it. So spaces
/// between two texts have only the marks that both of these have.
fn with_bare_spaces(line: Vec<Inline>) -> Vec<Inline> {
    let mut pieces = Vec::new();
    for inline in line {
        match inline {
            Inline::Text { text, marks } if !marks.code => {
                let inner = text.trim_matches(' ');
                let start = text.len() - text.trim_start_matches(' ').len();
                let parts = [
                    &text[..start],
                    inner,
                    &text[(start + inner.len()).min(text.len())..],
                ];
                let parts = if inner.is_empty() {
                    [text.as_str(), "", ""]
                } else {
                    parts
                };
                for part in parts {
                    if !part.is_empty() {
                        pieces.push(Inline::Text {
                            text: part.to_owned(),
                            marks: marks.clone(),
                        });
                    }
                }
            }
            other => pieces.push(other),
        }
    }
    let marks = effective_marks(&pieces, is_solid);
    let mut result: Vec<Inline> = Vec::new();
    let mut from = 0;
    while let Some(piece) = pieces.get(from) {
        let length = pieces[from..]
            .iter()
            .take_while(|piece| is_space(piece))
            .count();
        if length == 0 {
            match piece {
                Inline::Text { text, marks } => append(&mut result, text, marks),
                other => result.push(other.clone()),
            }
            from += 1;
            continue;
        }
        let behind = from + length;
        let around = [from.checked_sub(1), Some(behind)];
        let around = around.into_iter().flatten().filter_map(|at| marks.get(at));
        let shared = around.chain(&marks[from..behind]).cloned();
        let shared = shared
            .reduce(|one, other| common(&one, &other))
            .unwrap_or_default();
        for piece in &pieces[from..behind] {
            if let Inline::Text { text, .. } = piece {
                append(&mut result, text, &shared);
            }
        }
        from = behind;
    }
    result
}

/// Whether an inline is nothing but spaces, and no code.
fn is_space(inline: &Inline) -> bool {
    matches!(inline, Inline::Text { text, marks } if !marks.code && text.trim_matches(' ').is_empty())
}

/// Whether an inline is a text that is more than spaces.
fn is_solid(inline: &Inline) -> bool {
    is_text(inline) && !is_space(inline)
}

/// Whether an inline is a text.
pub(super) fn is_text(inline: &Inline) -> bool {
    matches!(inline, Inline::Text { .. })
}

/// The marks of each inline: what is no text stands within the marks that the texts on both sides share. Which texts
/// are looked at for that is up to the caller.
pub(super) fn effective_marks(line: &[Inline], counts: fn(&Inline) -> bool) -> Vec<Marks> {
    let own = |inline: &Inline| match inline {
        Inline::Text { marks, .. } => Marks {
            code: false,
            ..marks.clone()
        },
        _ => Marks::default(),
    };
    let mut result: Vec<Marks> = Vec::with_capacity(line.len());
    let mut before = Marks::default();
    let mut next = 0;
    for (index, inline) in line.iter().enumerate() {
        if is_text(inline) {
            result.push(own(inline));
            if counts(inline) {
                before = own(inline);
            }
            continue;
        }
        if next <= index {
            let behind = line[index..].iter().position(counts);
            next = behind.map_or(line.len(), |behind| index + behind);
        }
        let behind = line.get(next).map(own).unwrap_or_default();
        result.push(Marks {
            link: None,
            ..common(&before, &behind)
        });
    }
    result
}

/// What both look like.
fn common(one: &Marks, other: &Marks) -> Marks {
    Marks {
        link: one.link.clone().filter(|_| one.link == other.link),
        strong: one.strong && other.strong,
        emphasis: one.emphasis && other.emphasis,
        strike: one.strike && other.strike,
        code: false,
    }
}

/// Takes spaces from both ends of a line; code keeps its own.
fn trim(line: &mut Vec<Inline>) {
    while let Some(Inline::Text { text, marks }) = line.last_mut()
        && !marks.code
    {
        text.truncate(text.trim_end_matches(' ').len());
        if !text.is_empty() {
            break;
        }
        line.pop();
    }
    let blank = line.iter().take_while(|inline| is_space(inline)).count();
    line.drain(..blank);
    if let Some(Inline::Text { text, marks }) = line.first_mut()
        && !marks.code
    {
        text.drain(..text.len() - text.trim_start_matches(' ').len());
    }
}

/// A paragraph of these inlines, unless there is nothing in it.
pub(super) fn paragraph(inlines: Vec<Inline>) -> Option<Block> {
    let content = normalised(inlines);
    (!content.is_empty()).then_some(Block::Paragraph(content))
}

/// Blocks as running text, one line for each: what a cell of Markdown, or a task of Atlassian Document Format, holds.
pub(super) fn flattened(blocks: &[Block]) -> Vec<Inline> {
    let mut lines = Vec::new();
    for block in blocks {
        flatten(block, &mut lines);
    }
    let mut result = Vec::new();
    for (index, line) in lines.into_iter().enumerate() {
        if index > 0 {
            result.push(Inline::Break);
        }
        result.extend(line);
    }
    result
}

fn flatten(block: &Block, lines: &mut Vec<Vec<Inline>>) {
    match block {
        Block::Paragraph(content) => lines.push(content.clone()),
        Block::Heading { content, .. } => lines.push(strong(content)),
        Block::BulletList(items) => {
            for item in items {
                flatten_item("• ", item, lines);
            }
        }
        Block::OrderedList { start, items } => {
            for (number, item) in (u64::from(*start)..).zip(items) {
                flatten_item(&format!("{number}. "), item, lines);
            }
        }
        Block::TaskList(tasks) => {
            for task in tasks {
                let sign = if task.done { "[x] " } else { "[ ] " };
                flatten_item(sign, &task.content, lines);
            }
        }
        Block::Code { text, .. } => lines.extend(text.lines().map(|line| {
            vec![Inline::Text {
                text: line.to_owned(),
                marks: Marks {
                    code: true,
                    ..Marks::default()
                },
            }]
        })),
        Block::Quote(content) | Block::Panel { content, .. } => {
            for block in content {
                flatten(block, lines);
            }
        }
        Block::Expand { title, content } => {
            lines.push(strong(&[Inline::plain(title.clone())]));
            for block in content {
                flatten(block, lines);
            }
        }
        Block::Table(rows) => lines.extend(rows.iter().map(|row| joined_cells(row))),
        Block::Rule => lines.push(vec![Inline::plain("⸻")]),
        Block::Unknown { name, text } => lines.push(vec![Inline::plain(unknown(name, text))]),
    }
}

fn flatten_item(sign: &str, content: &[Block], lines: &mut Vec<Vec<Inline>>) {
    let first = lines.len();
    for block in content {
        flatten(block, lines);
    }
    match lines.get_mut(first) {
        Some(line) => line.insert(0, Inline::plain(sign)),
        None => lines.push(vec![Inline::plain(sign)]),
    }
}

/// A row of a table as running text.
pub(super) fn joined_cells(row: &[super::Cell]) -> Vec<Inline> {
    let mut line = Vec::new();
    for (index, cell) in row.iter().enumerate() {
        if index > 0 {
            line.push(Inline::plain(" | "));
        }
        line.extend(flattened(&cell.content));
    }
    line
}

/// The same, in bold.
pub(super) fn strong(content: &[Inline]) -> Vec<Inline> {
    let mut content = content.to_vec();
    for inline in &mut content {
        if let Inline::Text { marks, .. } = inline {
            marks.strong = true;
        }
    }
    content
}

/// How what is not known is shown: its name in brackets, and what it says.
pub(super) fn unknown(name: &str, text: &str) -> String {
    if text.is_empty() {
        format!("[{name}]")
    } else {
        format!("[{name}: {text}]")
    }
}

/// Whether a link may be written as one: addresses of the web, of mail and within the site, nothing that runs.
pub(super) fn is_plain_link(url: &str) -> bool {
    let scheme = url
        .split_once([':', '/', '?', '#'])
        .filter(|(scheme, _)| url.as_bytes().get(scheme.len()) == Some(&b':'))
        .map(|(scheme, _)| scheme.trim().to_ascii_lowercase());
    match scheme.as_deref() {
        None => !url.is_empty() && !url.chars().any(char::is_control),
        Some(scheme) => matches!(
            scheme,
            "http" | "https" | "mailto" | "tel" | "ftp" | "ftps" | "sftp" | "ssh" | "git" | "slack"
        ),
    }
}
