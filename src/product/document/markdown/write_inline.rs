//! Running text goes in; a line or a few of Markdown come out.
//!
//! The tree has flat texts with marks, Markdown has nested delimiters that only count in some surroundings. So spans
//! are opened and closed first, the result is looked at, and a span whose delimiters would not count becomes a tag.

use super::super::inlines::{effective_marks, is_text, unknown};
use super::super::tree::{Inline, Marks};
use super::escape::{self, Place};
use super::html::Mark;
use super::{link, read_inline};

/// Writes running text. Within a heading or a table it stays on one line.
pub(super) fn write(content: &[Inline], place: Place) -> String {
    let (pieces, count) = pieces(content, place);
    let mut tagged = vec![false; count];
    for round in 0.. {
        if round > 8 {
            tagged.fill(true);
        }
        let (text, delimiters) = rendered(&pieces, &tagged, place);
        let failed: Vec<usize> = delimiters
            .iter()
            .filter(|delimiter| !delimiter.counts(&text))
            .map(|delimiter| delimiter.span)
            .collect();
        if failed.is_empty() {
            return text;
        }
        for span in failed {
            tagged[span] = true;
        }
    }
    String::new()
}

/// A span of the same look that is open.
#[derive(Clone, PartialEq, Eq)]
enum Span {
    Mark(Mark, usize),
    Link(String),
}

enum Piece {
    Edge {
        mark: Mark,
        span: usize,
        opens: bool,
    },
    /// Markdown that is finished.
    Ready(String),
    /// A text, to be escaped by where it ends up.
    Text(String),
    Break,
}

fn pieces(content: &[Inline], place: Place) -> (Vec<Piece>, usize) {
    let marks = effective_marks(content, is_text);
    let mut pieces = Vec::new();
    let mut open: Vec<Span> = Vec::new();
    let mut count = 0;
    for (index, (inline, marks)) in content.iter().zip(&marks).enumerate() {
        if let Some(url) = bare_address(content, index) {
            close(&mut open, 0, &mut pieces, place);
            pieces.push(Piece::Ready(url.to_owned()));
            continue;
        }
        let is_wanted = |span: &Span| match span {
            Span::Mark(mark, _) => mark.of(marks),
            Span::Link(url) => marks.link.as_ref() == Some(url),
        };
        let kept = open.iter().take_while(|span| is_wanted(span)).count();
        close(&mut open, kept, &mut pieces, place);
        if let Some(url) = &marks.link
            && !open.iter().any(|span| matches!(span, Span::Link(_)))
        {
            open.push(Span::Link(url.clone()));
            pieces.push(Piece::Ready("[".to_owned()));
        }
        for mark in [Mark::Strong, Mark::Emphasis, Mark::Strike] {
            let is_open = open
                .iter()
                .any(|span| matches!(span, Span::Mark(known, _) if *known == mark));
            if mark.of(marks) && !is_open {
                open.push(Span::Mark(mark, count));
                pieces.push(Piece::Edge {
                    mark,
                    span: count,
                    opens: true,
                });
                count += 1;
            }
        }
        pieces.push(piece(inline, place));
    }
    close(&mut open, 0, &mut pieces, place);
    (pieces, count)
}

fn close(open: &mut Vec<Span>, kept: usize, pieces: &mut Vec<Piece>, place: Place) {
    while open.len() > kept {
        match open.pop() {
            Some(Span::Mark(mark, span)) => pieces.push(Piece::Edge {
                mark,
                span,
                opens: false,
            }),
            Some(Span::Link(url)) => {
                let target = escape::target(&url, place.in_table);
                pieces.push(Piece::Ready(format!("]({target})")));
            }
            None => {}
        }
    }
}

/// A link that shows its own address, which is read as a link wherever it stands alone.
fn bare_address(content: &[Inline], index: usize) -> Option<&str> {
    let Inline::Text { text, marks } = content.get(index)? else {
        return None;
    };
    let only_link = Marks {
        link: Some(text.clone()),
        ..Marks::default()
    };
    let is_simple = |c: char| c.is_ascii_alphanumeric() || ":/.?=%#+-&".contains(c);
    let ends_before = match index.checked_sub(1).map(|before| &content[before]) {
        None | Some(Inline::Break) => true,
        Some(Inline::Text { text, marks }) => *marks == Marks::default() && text.ends_with(' '),
        Some(_) => false,
    };
    let ends_behind = match content.get(index + 1) {
        None | Some(Inline::Break) => true,
        Some(Inline::Text { text, marks }) => *marks == Marks::default() && text.starts_with(' '),
        Some(_) => false,
    };
    let is_bare = *marks == only_link
        && ends_before
        && ends_behind
        && text.chars().all(is_simple)
        && read_inline::address(text) == Some((0, text.len()));
    is_bare.then_some(text)
}

fn piece(inline: &Inline, place: Place) -> Piece {
    let inner = Place {
        starts_line: false,
        ..place
    };
    let linked = |shown: &str, target: &str| {
        Piece::Ready(format!(
            "[{}]({})",
            escape::text(shown, inner),
            escape::target(target, place.in_table)
        ))
    };
    match inline {
        Inline::Text { text, marks } if marks.code => {
            Piece::Ready(escape::code(text, place.in_table))
        }
        Inline::Text { text, .. } => Piece::Text(text.clone()),
        Inline::Break => Piece::Break,
        Inline::Mention(mention) => linked(
            &format!("@{}", mention.name),
            &format!("accountid:{}", mention.account),
        ),
        Inline::Emoji { name, text } => {
            Piece::Text(if text.is_empty() { name } else { text }.clone())
        }
        Inline::Status { text, color } => linked(text, &format!("status:{}", color.names().0)),
        Inline::Date(day) => linked(&day.to_string(), &format!("date:{day}")),
        Inline::Card(url) if is_autolink(url, place) => Piece::Ready(format!("<{url}>")),
        Inline::Card(url) => linked(url, url),
        Inline::Image(image) => {
            let (target, alt) = link::of_image(image);
            Piece::Ready(format!(
                "![{}]({})",
                escape::text(alt, inner),
                escape::target(&target, place.in_table)
            ))
        }
        Inline::Unknown { name, text } => Piece::Text(unknown(name, text)),
    }
}

fn is_autolink(url: &str, place: Place) -> bool {
    let scheme = url.split_once(':').map(|(scheme, _)| scheme);
    let is_forbidden = |c: char| {
        c.is_whitespace() || c.is_control() || "<>".contains(c) || (place.in_table && c == '|')
    };
    scheme.is_some_and(|scheme| {
        (2..=32).contains(&scheme.len())
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c))
    }) && !url.starts_with("accountid:")
        && !url.contains(is_forbidden)
}

/// A delimiter as it was written.
struct Delimiter {
    span: usize,
    mark: Mark,
    opens: bool,
    start: usize,
    end: usize,
}

impl Delimiter {
    /// Whether it is sure to begin or end its span, by the characters on both sides: stricter than the rules of
    /// `CommonMark`, so that readers with other ideas of punctuation agree.
    fn counts(&self, text: &str) -> bool {
        let before = text[..self.start].chars().next_back();
        let behind = text[self.end..].chars().next();
        let (outer, inner) = if self.opens {
            (before, behind)
        } else {
            (behind, before)
        };
        let Some(inner) = inner.filter(|c| !c.is_whitespace()) else {
            return false;
        };
        let sign = self.mark.delimiter().chars().next();
        let Some(outer) = outer.filter(|c| !c.is_whitespace()) else {
            return Some(inner) != sign;
        };
        let is_clear = outer.is_ascii_punctuation();
        let fits = if inner.is_alphanumeric() {
            is_clear || (outer.is_alphanumeric() && self.mark == Mark::Strong)
        } else {
            is_clear
        };
        fits && Some(outer) != sign && Some(inner) != sign
    }
}

fn rendered(pieces: &[Piece], tagged: &[bool], place: Place) -> (String, Vec<Delimiter>) {
    let mut text = String::new();
    let mut delimiters = Vec::new();
    let is_break = |at: Option<usize>| {
        at.and_then(|at| pieces.get(at))
            .is_some_and(|piece| matches!(piece, Piece::Break))
    };
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Edge { mark, span, opens } if tagged[*span] => {
                let slash = if *opens { "" } else { "/" };
                text.push_str(&format!("<{slash}{}>", mark.tag()));
            }
            Piece::Edge { mark, span, opens } => {
                let start = text.len();
                text.push_str(mark.delimiter());
                delimiters.push(Delimiter {
                    span: *span,
                    mark: *mark,
                    opens: *opens,
                    start,
                    end: text.len(),
                });
            }
            Piece::Ready(markdown) => text.push_str(markdown),
            Piece::Text(own) => {
                let starts_line = place.starts_line && (text.is_empty() || text.ends_with('\n'));
                text.push_str(&escape::text(
                    own,
                    Place {
                        starts_line,
                        ..place
                    },
                ));
            }
            Piece::Break => {
                let is_lone = !is_break(index.checked_sub(1)) && !is_break(Some(index + 1));
                let may_wrap = place.starts_line && index > 0 && index + 1 < pieces.len();
                text.push_str(if is_lone && may_wrap { "\\\n" } else { "<br>" });
            }
        }
    }
    (text, delimiters)
}
