//! The scan against `toml_edit`: on generated, mutated and published documents, every sure answer has to be the
//! right one, and most answers on valid documents have to be sure.

mod toml_documents;

use lassi::config::scan::{Look, Place, Unsure, Visitor, scan, segments};
use std::collections::BTreeMap;
use std::ops::Range;
use std::time::Instant;
use toml_documents::{Faults, Random, bounds, document, mutated, published};
use toml_edit::{Document, TableLike, Value};

/// What stands at each path: the span of a value, or nothing for a table.
type Paths = BTreeMap<Vec<String>, Option<Range<usize>>>;

fn collect(table: &dyn TableLike, path: &mut Vec<String>, paths: &mut Paths) {
    for (key, item) in table.iter() {
        path.push(key.to_string());
        let dotted = item
            .as_inline_table()
            .is_some_and(toml_edit::InlineTable::is_dotted);
        let value = item.as_value().filter(|_| !dotted).and_then(Value::span);
        paths.insert(path.clone(), value);
        if let Some(inner) = item.as_table_like() {
            collect(inner, path, paths);
        }
        path.pop();
    }
}

/// The paths of all keys of bodies, as the visitor is told of them.
#[derive(Default)]
struct Seen<'t> {
    text: &'t str,
    header: Vec<String>,
    in_array: bool,
    arrays: Vec<Vec<String>>,
    pairs: Vec<(Vec<String>, Range<usize>)>,
}

impl Seen<'_> {
    fn names(&self, key: Range<usize>) -> Vec<String> {
        segments(&self.text[key])
            .map(|(name, _)| name.into_owned())
            .collect()
    }
}

impl Visitor for Seen<'_> {
    fn table(&mut self, header: Range<usize>, array: bool) -> Result<(), Unsure> {
        self.header = self.names(header);
        if array {
            self.arrays.push(self.header.clone());
        }
        self.in_array = self
            .arrays
            .iter()
            .any(|array| self.header.starts_with(array));
        Ok(())
    }

    fn pair(&mut self, key: Range<usize>, value: Range<usize>) -> Result<(), Unsure> {
        if !self.in_array {
            let path = [self.header.clone(), self.names(key)].concat();
            self.pairs.push((path, value));
        }
        Ok(())
    }
}

#[derive(Default, Debug)]
struct Counts {
    documents: u64,
    valid: u64,
    sure: u64,
    unsure: u64,
    sections: u64,
    visited: u64,
}

/// Asks the scan for what is there and for what is not, and compares.
fn check(text: &str, random: &mut Random, counts: &mut Counts) {
    let parsed = Document::parse(text);
    counts.documents += 1;
    let mut paths = Paths::new();
    if let Ok(document) = &parsed {
        counts.valid += 1;
        collect(document.as_table(), &mut Vec::new(), &mut paths);
    }
    let mut questions: Vec<Vec<String>> = paths.keys().cloned().collect();
    while questions.len() > 6 {
        questions.swap_remove(random.below(questions.len()));
    }
    for _ in 0..2 {
        let name = |random: &mut Random| {
            random
                .pick(&["a", "b", "c", "d", "", "a.b", "[a]"])
                .to_string()
        };
        questions.push((0..=random.below(3)).map(|_| name(random)).collect());
    }
    for question in questions {
        let wanted: Vec<&str> = question.iter().map(String::as_str).collect();
        let answer = scan(text, &wanted, &mut ());
        let right = match (&answer, paths.get(&question)) {
            (Err(Unsure::Section), Some(None)) => {
                counts.sections += 1;
                true
            }
            (Err(_), _) => {
                counts.unsure += u64::from(parsed.is_ok());
                true
            }
            (Ok(found), expected) => {
                counts.sure += 1;
                parsed.is_ok()
                    && match (&found.look, expected) {
                        (Look::Value(span), Some(Some(expected))) => span == expected,
                        (Look::Absent, None) => place_is_right(text, &wanted, &found.place),
                        _ => false,
                    }
            }
        };
        assert!(
            right,
            "{question:?} in {text:?}\nscan: {answer:?}\ntoml_edit: {:?}",
            paths.get(&question)
        );
    }
    check_visits(text, &paths, counts);
}

/// A pair at the place that the scan names has to make the document that was meant.
fn place_is_right(text: &str, wanted: &[&str], place: &Place) -> bool {
    let mut all = wanted
        .iter()
        .map(|key| format!("{key:?}"))
        .collect::<Vec<_>>();
    let key = all.pop().expect("questions are not empty");
    let written = match place {
        Place::Ask => return true,
        Place::Line(last) => {
            let at = text[last.end..]
                .find('\n')
                .map_or(text.len(), |line_end| last.end + line_end + 1);
            format!("{}\n{key} = 7\n{}", &text[..at], &text[at..])
        }
        Place::NewTable => format!("{text}\n[{}]\n{key} = 7\n", all.join(".")),
    };
    let Ok(document) = Document::parse(written) else {
        return false;
    };
    let mut item = document.as_item();
    for key in wanted {
        match item.get(key) {
            Some(inner) => item = inner,
            None => return false,
        }
    }
    item.as_integer() == Some(7)
}

fn check_visits(text: &str, paths: &Paths, counts: &mut Counts) {
    let mut seen = Seen {
        text,
        ..Seen::default()
    };
    if scan(text, &[], &mut seen).is_err() {
        return;
    }
    for (path, span) in &seen.pairs {
        counts.visited += 1;
        assert_eq!(
            paths.get(path),
            Some(&Some(span.clone())),
            "visited {path:?} in {text:?}"
        );
    }
    // every value that does not lie in another one is a pair of a body
    let inner = |path: &[String]| {
        (1..path.len()).any(|end| matches!(paths.get(&path[..end]), Some(Some(_))))
    };
    let bodies = paths
        .iter()
        .filter(|(path, span)| span.is_some() && !inner(path))
        .count();
    assert_eq!(seen.pairs.len(), bodies, "pairs visited in {text:?}");
}

#[test]
fn sure_answers_are_those_of_toml_edit() {
    let (duration, seed) = bounds();
    let mut random = Random::new(seed);
    let mut counts = Counts::default();
    let start = Instant::now();
    let published = published();
    assert!(published.len() > 500, "the published documents are there");
    for text in &published {
        check(text, &mut random, &mut counts);
    }
    println!("seed {seed}, published documents: {counts:?}");
    while start.elapsed() < duration {
        let mut text = if random.one_in(2) {
            published[random.below(published.len())].clone()
        } else {
            let faults = random.pick(&[
                Faults::Never,
                Faults::Never,
                Faults::OneIn(40),
                Faults::OneIn(12),
            ]);
            document(&mut random, faults)
        };
        for _ in 0..4 {
            check(&text, &mut random, &mut counts);
            text = mutated(&mut random, &text);
        }
    }
    println!("seed {seed}, all documents: {counts:?}");
    assert!(
        counts.sure > 9 * counts.unsure,
        "the scan is hardly ever sure: {counts:?}"
    );
    assert!(
        counts.valid * 8 > counts.documents && counts.visited > counts.valid,
        "too few valid documents: {counts:?}"
    );
}
