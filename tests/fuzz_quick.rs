//! The quick judgement against the exact one: on generated, mutated and published documents, whatever the quick
//! pass accepts has no problems, and all that it finds is what the exact judgement finds, at the same places.

mod toml_documents;

use lassi::config::check::{Checked, Entry, Trust, check};
use lassi::config::path::Path;
use lassi::config::quick;
use lassi::config::scan::Look;
use lassi::config::schema::{self, Kind, Setting};
use std::time::Instant;
use toml_documents::{Faults, Random, bounds, document, mutated, published};

const PROFILES: &[&str] = &["work", "work", "home", "a-b_1", "\"work\"", "'home'"];
const ODD_PROFILES: &[&str] = &["\"a b\"", "\"\"", "\"w\\u006frk\"", "'a.b'", "\"\u{e9}\""];
#[rustfmt::skip]
const ADDRESSES: &[&str] = &[
    "\"https://acme.atlassian.net\"", "\"https://acme.atlassian.net\"", "'https://wiki.corp/confluence'",
    "\"https://bitbucket.org\"",
];
#[rustfmt::skip]
const ODD_ADDRESSES: &[&str] = &[
    "\"https://ACME.atlassian.net\"", "\"acme.atlassian.net\"", "'https://acme.atlassian.net/wiki'", "\"http://wiki.corp\"",
    "\"https://wiki.corp:443\"", "\"https://acme.atlassian\\u002enet\"", "\"https://me:x@wiki.corp\"", "username", "url",
    "\"https://wiki.corp/a/../b\"", "\"https://10.0.0.1\"", "\"https://a.0x1\"", "\"https://xn--a\"", "'https://a..b'", "\"\"",
];
#[rustfmt::skip]
const ODD_VALUES: &[&str] = &[
    "\"\"", "''", "\"a\\tb\"", "\"a\tb\"", "\"\\u0007\"", "\"\\\"\"", "'a\"b'", "\"\"\"a\"\"\"", "'''a'''", "\"\"\"\"\"\"",
    "\"\"\"\na\"\"\"", "\"\u{e9}\"", "\"\u{85}\"", "\"\u{feff}\"", "\" a \"", "1", "-1", "0x1F", "1_0", "+5", "601", "9e9", "1.5",
    "nan", "true", "false", "\"true\"", "2027-01-31", "\"2027-01-31\"", "2027-01-31T00:00:00Z", "2027-02-30", "07:32:00", "[]",
    "[429]", "[401]", "[\"a\"]", "[ 429, # c\n 500,\n]", "[[1]]", "{}", "{ a = 1 }", "\"acme.atlassian.net\"", "\"http://a.b\"",
    "\"socks5://p:1\"", "\"https://me:x@p\"", "\"https://a.b/?x=1\"", "\"JSON\"", "\"j\\u0073on\"", "\"a b\"",
];

/// A value as the declaration gives it for an example, one of its kind, or any other.
fn value(random: &mut Random, setting: &Setting, odd: usize) -> String {
    if random.one_in(odd) {
        return random.pick(ODD_VALUES).to_string();
    }
    match setting.kind {
        Kind::Secret => random.pick(ODD_VALUES).to_string(),
        Kind::Bool => random.pick(&["true", "false"]).to_string(),
        Kind::Choice(words) => {
            let quote = random.pick(&["\"", "'", "\"\"\""]);
            [quote, random.pick(words), quote].concat()
        }
        _ => setting.example.to_owned(),
    }
}

/// One of the products that a declaration is for, or the segment as it is.
fn one_product<'a>(random: &mut Random, segment: &'a str) -> &'a str {
    let inner = segment
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    match inner {
        Some(products) => random.pick(&products.split(',').collect::<Vec<_>>()),
        None => segment,
    }
}

/// The keys of a setting as somebody may spell them.
fn keys(random: &mut Random, setting: &Setting, odd: usize) -> Vec<String> {
    let mut keys = Vec::new();
    for segment in setting.pattern.split('.') {
        let segment = one_product(random, segment);
        let free = match segment {
            "<name>" => Some((PROFILES, ODD_PROFILES)),
            "<url>" => Some((ADDRESSES, ODD_ADDRESSES)),
            _ => None,
        };
        keys.push(match free {
            Some((_, odd_ones)) if random.one_in(odd) => random.pick(odd_ones).to_owned(),
            Some((plain, _)) => random.pick(plain).to_owned(),
            None if random.one_in(4 * odd) => "unknown".to_owned(),
            None if random.one_in(8) => format!("\"{segment}\""),
            None => segment.to_owned(),
        });
    }
    keys
}

/// A document in terms of the declarations: headers, dotted keys and inline tables; rarely or often odd.
fn configuration(random: &mut Random, settings: &[&Setting]) -> String {
    let odd = random.pick(&[1_000_000, 60, 12]);
    let newline = random.pick(&["\n", "\n", "\n", "\r\n"]);
    let mut text = String::from(if random.one_in(12) { "\u{feff}" } else { "" });
    // the table at hand, and the pairs that are in the file already, so that most documents are valid
    let mut header: Vec<String> = Vec::new();
    let mut seen: Vec<Vec<String>> = Vec::new();
    let mut headers: Vec<String> = Vec::new();
    for _ in 0..3 + random.below(10) {
        let setting = random.pick(settings);
        if setting.secret() && !random.one_in(odd) {
            continue;
        }
        let keys = keys(random, setting, odd);
        let plain: Vec<String> = keys
            .iter()
            .map(|key| key.trim_matches(['"', '\'']).to_owned())
            .collect();
        let clashes = |other: &Vec<String>| other.starts_with(&plain) || plain.starts_with(other);
        if seen.iter().any(clashes) && !random.one_in(odd) {
            continue;
        }
        seen.push(plain);
        let value = value(random, setting, odd);
        if !keys.starts_with(&header) || random.one_in(3) {
            let next = keys[..random.below(keys.len())].to_vec();
            let name = next.join(".").replace(['"', '\''], "");
            // one header of a kind, and none for pairs in front of the first
            let late = if next.is_empty() {
                !headers.is_empty()
            } else {
                headers.contains(&name)
            };
            if late && !random.one_in(odd) {
                continue;
            }
            if !next.is_empty() {
                let [open, close] = random.pick(&[["[", "]"], ["[", "]"], ["[ ", "\t]"]]);
                let array = if random.one_in(4 * odd) { 2 } else { 1 };
                text += &[
                    &open.repeat(array),
                    &next.join("."),
                    &close.repeat(array),
                    newline,
                ]
                .concat();
                headers.push(name);
            }
            header = next;
        }
        let rest = &keys[header.len()..];
        text += &if rest.len() > 1 && random.one_in(6) {
            format!("{} = {{ {} = {value} }}", rest[0], rest[1..].join("."))
        } else {
            format!("{} = {value}", rest.join("."))
        };
        text += random.pick(&["", "", " # behind", " \t"]);
        text += newline;
        text += random.pick(&["", "", newline, "# own\n"]);
    }
    text
}

#[derive(Default, Debug)]
struct Counts {
    documents: u64,
    fine: u64,
    accepted: u64,
    entries: u64,
    absent: u64,
}

type Shown = (Path, String, String, std::ops::Range<usize>);

/// What an entry says. A number that is none is not equal to itself, so values are compared as they are printed.
fn shown(entry: &Entry) -> Shown {
    let value = format!("{:?}", entry.value);
    let span = entry.span.clone();
    (
        entry.path.clone(),
        entry.setting.pattern.to_owned(),
        value,
        span,
    )
}

fn compare(text: &str, settings: &[&Setting], random: &mut Random, counts: &mut Counts) {
    for trust in [Trust::User, Trust::Shared] {
        counts.documents += 1;
        let exact = check(text, trust).ok();
        let fine = exact
            .as_ref()
            .is_some_and(|exact| exact.problems.is_empty());
        counts.fine += u64::from(fine);
        let judged = quick::judge(text, trust);
        if judged.is_ok() {
            counts.accepted += 1;
            assert!(fine, "accepted for {trust:?}: {text:?}\n{exact:?}");
        }
        let below = random.pick(&[
            "",
            "profiles",
            "profiles.work",
            "auth.jira",
            "output.format",
        ]);
        let below = if below.is_empty() {
            Path::default()
        } else {
            Path::parse(below).expect("a path")
        };
        let found = quick::entries(text, &below, trust);
        assert_eq!(found.is_ok(), judged.is_ok(), "{text:?}");
        let (Ok((found, _)), Some(exact)) = (found, exact) else {
            continue;
        };
        let expected = exact
            .entries
            .iter()
            .filter(|entry| entry.path.starts_with(&below));
        assert_eq!(
            found.iter().map(shown).collect::<Vec<_>>(),
            expected.map(shown).collect::<Vec<_>>(),
            "below {below} in {text:?}"
        );
        compare_values(text, trust, &exact, settings, random, counts);
    }
}

/// Asks for all that is there and for something that may be absent.
fn compare_values(
    text: &str,
    trust: Trust,
    exact: &Checked,
    settings: &[&Setting],
    random: &mut Random,
    counts: &mut Counts,
) {
    for entry in &exact.entries {
        counts.entries += 1;
        let answer = quick::find(text, &entry.path, trust)
            .expect("an accepted document has an answer for each of its values");
        let value = answer.value.expect("the value is there");
        let Look::Value(span) = answer.found.look else {
            panic!("{} has a value and no place in {text:?}", entry.path);
        };
        assert!(
            answer.sections.may_hold(&entry.path),
            "{} in {text:?}",
            entry.path
        );
        let found = Entry {
            value,
            span,
            ..entry.clone()
        };
        assert_eq!(shown(&found), shown(entry), "{text:?}");
    }
    let any = random.pick(settings);
    let keys = any.pattern.split('.').map(|key| match key {
        "<name>" => "work",
        "<url>" => "https://acme.atlassian.net",
        other => one_product(random, other),
    });
    let path = Path::from_keys(keys.collect::<Vec<_>>()).expect("a declared path");
    let there = exact.entries.iter().any(|entry| entry.path == path);
    let found = quick::find(text, &path, trust).map(|answer| answer.value.is_some());
    assert_eq!(found, Ok(there), "{path} in {text:?}");
    counts.absent += u64::from(!there);
}

#[test]
fn what_the_quick_pass_accepts_and_finds_is_what_the_exact_judgement_does() {
    let (duration, seed) = bounds();
    let mut random = Random::new(seed);
    let mut counts = Counts::default();
    let settings: Vec<&Setting> = schema::all().collect();
    for text in published() {
        compare(&text, &settings, &mut random, &mut counts);
    }
    let start = Instant::now();
    while start.elapsed() < duration {
        let mut text = if random.one_in(10) {
            let faults = random.pick(&[Faults::Never, Faults::OneIn(40)]);
            document(&mut random, faults)
        } else {
            configuration(&mut random, &settings)
        };
        for _ in 0..2 {
            compare(&text, &settings, &mut random, &mut counts);
            text = mutated(&mut random, &text);
        }
    }
    println!("seed {seed}: {counts:?}");
    assert!(
        2 * counts.accepted > counts.fine && 20 * counts.accepted > counts.documents,
        "too little is accepted: {counts:?}"
    );
    assert!(
        counts.entries > counts.accepted && counts.absent > counts.accepted / 2,
        "too little is found: {counts:?}"
    );
}
