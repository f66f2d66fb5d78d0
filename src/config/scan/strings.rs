//! Text that starts with a quoted string goes in; how it is quoted, how long it is and what it says come out.

use std::borrow::Cow;
use toml_parser::decoder::Encoding;
use toml_parser::{ParseError, Raw, Source, Span};

/// A string as it stands in a text.
pub(super) struct Quoted<'a> {
    pub(super) encoding: Encoding,
    /// Bytes, quotes included.
    pub(super) length: usize,
    pub(super) decoded: Cow<'a, str>,
}

/// The string at the start of this text, of any of the four kinds, or nothing if there is no valid one. The parser
/// below `toml_edit` finds its end and judges its inside.
#[cold]
pub(super) fn read(text: &str) -> Option<Quoted<'_>> {
    let token = Source::new(text).lex().next()?;
    let encoding = token.kind().encoding()?;
    let length = token.span().end();
    let raw = Raw::new_unchecked(
        &text[..length],
        Some(encoding),
        Span::new_unchecked(0, length),
    );
    let mut decoded = Cow::Borrowed("");
    let mut error: Option<ParseError> = None;
    // what kind of scalar it is, its quotes have told
    let _ = raw.decode_scalar(&mut decoded, &mut error);
    error.is_none().then_some(Quoted {
        encoding,
        length,
        decoded,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_of_all_kinds_are_read_to_their_end() {
        for (text, length, decoded) in [
            ("\"a\\\"b\" = 1", 6, "a\"b"),
            ("'a\\' = 1", 4, "a\\"),
            ("\"\"\"\na\\\n  b\"\"\"\"\nc", 14, "ab\""),
            ("'''a''' # '", 7, "a"),
        ] {
            let quoted = read(text).unwrap();
            assert_eq!(
                (quoted.length, &*quoted.decoded),
                (length, decoded),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_valid_string_is_not_read() {
        for text in [
            "",
            "a",
            "1",
            "\"a",
            "'a\n'",
            "\"\\q\"",
            "\"\"\"a",
            "\"\u{1}\"",
        ] {
            assert!(read(text).is_none(), "{text:?}");
        }
    }
}
