//! Text, addresses and code go in; Markdown that reads as exactly these comes out.

/// Where a text stands.
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    /// At the start of a line, where signs make lists, headings and quotes.
    pub(super) starts_line: bool,
    /// In a heading, which ends with signs that do not show.
    pub(super) in_heading: bool,
    /// In a table, whose cells end at `|`.
    pub(super) in_table: bool,
}

/// A text as it is.
pub(super) fn text(text: &str, place: Place) -> String {
    let mut result = String::with_capacity(text.len() + 8);
    let numbered = place.starts_line.then(|| number_sign(text)).flatten();
    let mut before = None;
    let mut following = text.char_indices().peekable();
    while let Some((at, c)) = following.next() {
        let next = following.peek().map(|(_, next)| *next);
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let starts_line = place.starts_line && at == 0;
        let has_meaning = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' => true,
            '_' => !(is_word(before) && is_word(next)),
            '|' => place.in_table || starts_line,
            '&' => next.is_none_or(|next| next.is_alphanumeric() || next == '#'),
            '!' => next.is_none(),
            '#' => starts_line || place.in_heading,
            '>' | '-' | '+' | '=' => starts_line,
            ':' => starts_line && next == Some('-'),
            '.' | ')' => numbered == Some(at),
            _ => false,
        };
        if has_meaning {
            result.push('\\');
        }
        result.push(if c == '\n' { ' ' } else { c });
        before = Some(c);
    }
    result
}

/// Where the sign stands that makes a number at the start of a line that of a list.
fn number_sign(text: &str) -> Option<usize> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    (digits > 0 && text[digits..].starts_with(['.', ')'])).then_some(digits)
}

/// Where a link leads.
pub(super) fn target(url: &str, in_table: bool) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-._:/?#@!$'+,;=%&".contains(c);
    let is_bracketed = url.is_empty() || !url.chars().all(is_plain);
    let mut result = String::with_capacity(url.len() + 2);
    for c in url.chars() {
        match c {
            '<' | '>' | '\\' | '&' => result.extend(['\\', c]),
            '|' if in_table => result.push_str("\\|"),
            '\n' => result.push_str("&#10;"),
            '\r' => result.push_str("&#13;"),
            _ => result.push(c),
        }
    }
    if is_bracketed {
        format!("<{result}>")
    } else {
        result
    }
}

/// Code within running text.
pub(super) fn code(text: &str, in_table: bool) -> String {
    let fence = "`".repeat(free_length(text, '`'));
    let text = text.replace('\n', " ");
    let is_padded =
        text.starts_with(' ') && text.ends_with(' ') && !text.trim_matches(' ').is_empty();
    let space = if is_padded || text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    let text = if in_table {
        text.replace('|', "\\|")
    } else {
        text
    };
    format!("{fence}{space}{text}{space}{fence}")
}

/// The smallest number of signs in a row that the text does not have.
fn free_length(text: &str, sign: char) -> usize {
    let mut lengths: Vec<usize> = Vec::new();
    let mut run = 0;
    for c in text.chars().chain([' ']) {
        if c == sign {
            run += 1;
        } else if run > 0 {
            lengths.push(run);
            run = 0;
        }
    }
    lengths.sort_unstable();
    lengths.dedup();
    let taken = lengths
        .iter()
        .zip(1..)
        .take_while(|(length, free)| **length == *free);
    taken.count() + 1
}

/// A block of code between signs that do not stand in it.
pub(super) fn code_block(language: Option<&str>, text: &str) -> String {
    let longest = text
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let language: String = language
        .unwrap_or_default()
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .flat_map(|c| {
            let escape = matches!(c, '\\' | '&').then_some('\\');
            escape.into_iter().chain([c])
        })
        .collect();
    let sign = if language.contains('`') { "~" } else { "`" };
    let longest = match sign {
        "`" => longest,
        _ => text
            .split(|c| c != '~')
            .map(str::len)
            .max()
            .unwrap_or_default(),
    };
    let fence = sign.repeat(longest.max(2) + 1);
    if text.is_empty() {
        return format!("{fence}{language}\n{fence}");
    }
    format!("{fence}{language}\n{text}\n{fence}")
}
