//! Edits of all kinds on generated documents against a decoded model: exactly the addressed values change, bytes that
//! no edit addresses and all comments stay, and a list of edits is the same as the edits one by one.

mod edit_model;
mod toml_documents;

use edit_model::{Model, Table};
use lassi::config::edit::{Edit, EditError, apply, encode_text};
use std::mem::discriminant;
use std::ops::Range;
use std::time::Instant;
use toml_documents::{Faults, Random, bounds, document, mutated, published};
use toml_edit::Document;
use toml_parser::Source;
use toml_parser::parser::{Event, EventKind, parse_document};

#[derive(Default, Debug)]
struct Counts {
    documents: u64,
    set: u64,
    table: u64,
    unset: u64,
    rename: u64,
    refused: u64,
    lists: u64,
}

fn events(text: &str) -> Vec<(EventKind, Range<usize>)> {
    let mut events = Vec::new();
    let mut receiver =
        |event: Event| events.push((event.kind(), event.span().start()..event.span().end()));
    parse_document(&Source::new(text).lex().into_vec(), &mut receiver, &mut ());
    events
}

/// All comments but those in these spans, sorted.
fn comments<'t>(text: &'t str, gone: &[Range<usize>]) -> Vec<&'t str> {
    let stays = |range: &Range<usize>| !gone.iter().any(|span| span.contains(&range.start));
    let comments = events(text)
        .into_iter()
        .filter(|(kind, range)| *kind == EventKind::Comment && stays(range));
    let mut comments: Vec<&str> = comments.map(|(_, range)| &text[range]).collect();
    comments.sort_unstable();
    comments
}

/// The lines that look like headers.
fn header_lines(text: &str) -> usize {
    let starts = |line: &&str| {
        line.trim_start_matches([' ', '\t', '\u{feff}'])
            .starts_with('[')
    };
    text.lines().filter(starts).count()
}

/// Lines outside of values on which nothing stands.
fn blank_lines(text: &str) -> usize {
    let mut depth = 0;
    let mut blank = true;
    let mut count = 0;
    for (kind, _) in events(text) {
        match kind {
            EventKind::Newline => {
                count += usize::from(blank && depth == 0);
                blank = true;
            }
            EventKind::Whitespace => {}
            _ => blank = false,
        }
        match kind {
            EventKind::ArrayOpen | EventKind::InlineTableOpen => depth += 1,
            EventKind::ArrayClose | EventKind::InlineTableClose => depth -= 1,
            _ => {}
        }
    }
    count
}

/// Whether an inline table ends in a comma or has many lines, as only TOML 1.1 allows.
fn has_new_inline_tables(text: &str) -> bool {
    let mut open = Vec::new();
    let mut comma = false;
    events(text).into_iter().any(|(kind, _)| {
        match kind {
            EventKind::ArrayOpen | EventKind::InlineTableOpen => open.push(kind),
            EventKind::Newline if open.last() == Some(&EventKind::InlineTableOpen) => return true,
            EventKind::InlineTableClose if comma => return true,
            EventKind::ArrayClose | EventKind::InlineTableClose => {
                open.pop();
            }
            EventKind::Whitespace => return false,
            _ => {}
        }
        comma = kind == EventKind::ValueSep;
        false
    })
}

fn is_pure_crlf(text: &str) -> bool {
    text.contains('\n') && !text.replace("\r\n", "").contains('\n')
}

fn is_subsequence(part: &str, whole: &str) -> bool {
    let mut whole = whole.chars();
    part.chars()
        .all(|wanted| whole.any(|character| character == wanted))
}

/// How many bytes two texts have in common at their start and at their end.
fn common(one: &str, two: &str) -> (usize, usize) {
    let start = one
        .bytes()
        .zip(two.bytes())
        .take_while(|(one, two)| one == two)
        .count();
    let end = one
        .bytes()
        .rev()
        .zip(two.bytes().rev())
        .take_while(|(one, two)| one == two)
        .count();
    (start, end)
}

/// The fault in what an edit made of the text, if there is one.
fn fault(text: &str, before: &Table, edit: &Edit, edited: &str) -> Option<String> {
    let mut expected = before.clone();
    if expected.apply(text, edit).is_err() {
        return Some("made though it cannot be".to_string());
    }
    let Ok(document) = Document::parse(edited) else {
        return Some("does not parse".to_string());
    };
    let after = Table::of(&document);
    if after != expected {
        return Some(format!("other values: {after:?}"));
    }
    if is_pure_crlf(text) && !is_pure_crlf(edited) && edited.contains('\n') {
        return Some("a bare LF".to_string());
    }
    if has_new_inline_tables(edited) && !has_new_inline_tables(text) {
        return Some("TOML 1.1".to_string());
    }
    let (start, end) = common(text, edited);
    let mut gone = Vec::new();
    let confined = match edit {
        Edit::Set { keys, .. } | Edit::Table { keys } => match before.get(keys) {
            Some(Model::Leaf(_, Some(span))) => {
                gone.push(span.clone());
                start >= span.start && end >= text.len() - span.end
            }
            Some(_) => text == edited,
            None => {
                let braces = before.braces_above(keys).unwrap_or(0..text.len());
                start + end >= text.len() && start >= braces.start && end >= text.len() - braces.end
            }
        },
        Edit::Unset { keys } => {
            gone = before.get(keys).map(Model::spans).unwrap_or_default();
            let braces = before.braces_above(keys);
            // a header takes one of the blank lines around it along
            let headers = match before.get(keys) {
                Some(Model::Leaf(..)) => 0,
                _ => header_lines(text).saturating_sub(header_lines(edited)),
            };
            let lost = blank_lines(text).checked_sub(blank_lines(edited));
            let lines = braces.is_some()
                || !text.ends_with('\n')
                || lost.is_some_and(|lost| lost <= headers);
            let braces = braces.unwrap_or(0..text.len());
            lines
                && is_subsequence(edited, text)
                && start >= braces.start
                && end >= text.len() - braces.end
        }
        Edit::Rename { keys, name } => only_names_differ(text, edited, keys.last()?, name),
    };
    if !confined {
        return Some("bytes that it does not address".to_string());
    }
    (comments(text, &gone) != comments(edited, &[])).then(|| "comments".to_string())
}

fn only_names_differ(text: &str, edited: &str, last: &str, name: &str) -> bool {
    let (old, new) = (events(text), events(edited));
    let decoded = |text: &str| {
        text.parse::<toml_edit::Key>()
            .map(|key| key.get().to_string())
    };
    old.len() == new.len()
        && old.into_iter().zip(new).all(|((kind, old), (other, new))| {
            let (old, new) = (&text[old], &edited[new]);
            let renamed = || {
                decoded(old).is_ok_and(|old| old == last)
                    && decoded(new).is_ok_and(|new| new == name)
            };
            kind == other && (old == new || kind == EventKind::SimpleKey && renamed())
        })
}

const NAMES: &[&str] = &[
    "a",
    "b",
    "c",
    "q",
    "x y",
    "\u{e9}",
    "new",
    "https://x.y",
    "",
];

fn random_edit(random: &mut Random, table: &Table) -> Edit {
    let mut keys = Vec::new();
    let mut at = table;
    while !random.one_in(5) {
        let names: Vec<&String> = at.members.keys().collect();
        if names.is_empty() {
            break;
        }
        let name = names[random.below(names.len())];
        keys.push(name.clone());
        match &at.members[name] {
            Model::Table(inner) => at = inner,
            Model::Leaf(..) | Model::Elements(_) => break,
        }
    }
    if keys.is_empty() || random.one_in(3) {
        keys.extend((0..=random.below(2)).map(|_| random.pick(NAMES).to_string()));
    }
    let values = [
        "7",
        "true",
        "[1, 2]",
        "{ a = 1, b.c = 2 }",
        "{}",
        "1979-05-27",
        "'x'",
    ];
    match random.below(9) {
        0..4 => Edit::Set {
            keys,
            value: encode_text("q\"\n#"),
        },
        4 => Edit::Set {
            keys,
            value: random.pick(&values).to_string(),
        },
        5 => Edit::Table { keys },
        6 | 7 => Edit::Unset { keys },
        _ => Edit::Rename {
            keys,
            name: random.pick(NAMES).to_string(),
        },
    }
}

/// Makes one edit and judges the result.
fn step(text: &str, edit: &Edit, counts: &mut Counts) -> Result<String, EditError> {
    let document = Document::parse(text).expect("a valid document");
    let before = Table::of(&document);
    let outcome = apply(text, std::slice::from_ref(edit));
    // an edit of nothing first, and the outline has to do what the scan did
    let outlined = apply(text, &[Edit::Table { keys: Vec::new() }, edit.clone()]);
    assert_eq!(outcome, outlined, "{edit:?}\nin {text:?}");
    match &outcome {
        Ok(edited) => {
            let fault = fault(text, &before, edit, edited);
            assert!(
                fault.is_none(),
                "{fault:?}\n{edit:?}\nin  {text:?}\nout {edited:?}"
            );
            match edit {
                Edit::Set { .. } => counts.set += 1,
                Edit::Table { .. } => counts.table += 1,
                Edit::Unset { .. } => counts.unset += 1,
                Edit::Rename { .. } => counts.rename += 1,
            }
        }
        Err(error) => {
            counts.refused += 1;
            let expected = before.clone().apply(text, edit);
            assert_eq!(
                expected,
                Err(discriminant(error)),
                "{edit:?}: {error:?}\nin {text:?}"
            );
        }
    }
    outcome
}

#[test]
fn edits_change_what_they_address_and_nothing_else() {
    let (duration, seed) = bounds();
    let mut random = Random::new(seed);
    let mut counts = Counts::default();
    let start = Instant::now();
    let published = published();
    while start.elapsed() < duration {
        let mut text = if random.one_in(6) {
            published[random.below(published.len())].clone()
        } else {
            let faults = random.pick(&[Faults::Never, Faults::Never, Faults::OneIn(40)]);
            document(&mut random, faults)
        };
        if random.one_in(3) {
            text = mutated(&mut random, &text);
        }
        if Document::parse(text.as_str()).is_err() {
            continue;
        }
        counts.documents += 1;
        let original = text.clone();
        let mut edits = Vec::new();
        for _ in 0..=random.below(6) {
            let table = Table::of(&Document::parse(text.as_str()).expect("a valid document"));
            let edit = random_edit(&mut random, &table);
            if let Ok(edited) = step(&text, &edit, &mut counts) {
                text = edited;
                edits.push(edit);
            }
        }
        counts.lists += 1;
        assert_eq!(
            apply(&original, &edits).as_ref(),
            Ok(&text),
            "{edits:?}\nin {original:?}"
        );
    }
    println!("seed {seed}: {counts:?}");
    let kinds = [
        counts.set,
        counts.table,
        counts.unset,
        counts.rename,
        counts.refused,
    ];
    assert!(
        kinds.iter().all(|&kind| kind > counts.documents / 20),
        "a kind of edit is hardly ever made: {counts:?}"
    );
}
