//! A dotted key as the text spells it goes in; its decoded segments and where each is spelled come out.

use super::{lexis, strings};
use std::borrow::Cow;
use std::ops::Range;
use toml_parser::decoder::Encoding;

/// Splits a dotted key (what stands in a header's brackets, or before `=`) into its segments: the decoded name, and
/// the range in `raw` where it is spelled, quotes included.
///
/// `raw` has to be a key that was found valid before, as [`Visitor`](super::Visitor) gets it. Where it is not, the
/// iteration ends at the offending byte.
pub fn segments(raw: &str) -> Segments<'_> {
    Segments { raw, at: 0 }
}

/// The iterator of [`segments`].
#[derive(Debug, Clone)]
pub struct Segments<'a> {
    raw: &'a str,
    at: usize,
}

impl<'a> Iterator for Segments<'a> {
    type Item = (Cow<'a, str>, Range<usize>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.raw.as_bytes();
        let start = self.at + count(&bytes[self.at..], |byte| matches!(byte, b' ' | b'\t'));
        let (name, length) = first(&self.raw[start..])?;
        let end = start + length;
        self.at = end + count(&bytes[end..], |byte| matches!(byte, b' ' | b'\t' | b'.'));
        Some((name, start..end))
    }
}

/// The name that one segment of a key spells, or nothing where it is no valid key.
#[inline]
pub(crate) fn name(spelled: &str) -> Option<Cow<'_, str>> {
    first(spelled)
        .filter(|(_, length)| *length == spelled.len())
        .map(|(name, _)| name)
}

/// The name of the segment at the start, and how many bytes spell it; nothing if there is none or its quotes stay open.
#[inline]
fn first(text: &str) -> Option<(Cow<'_, str>, usize)> {
    let bytes = text.as_bytes();
    let (class, quote) = match bytes.first()? {
        b'"' => (lexis::BASIC, b'"'),
        b'\'' => (lexis::LITERAL, b'\''),
        _ => {
            let bare = count(bytes, |byte| lexis::is(byte, lexis::BARE));
            return (bare > 0).then(|| (Cow::Borrowed(&text[..bare]), bare));
        }
    };
    let end = 1 + count(&bytes[1..], |byte| lexis::is(byte, class));
    match *bytes.get(end)? {
        byte if byte == quote => Some((Cow::Borrowed(&text[1..end]), end + 1)),
        b'\\' => strings::read(text)
            .filter(|quoted| matches!(quoted.encoding, Encoding::BasicString))
            .map(|quoted| (quoted.decoded, quoted.length)),
        _ => None,
    }
}

#[inline]
fn count(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> usize {
    bytes
        .iter()
        .position(|&byte| !wanted(byte))
        .unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(raw: &str) -> Vec<(String, &str)> {
        segments(raw)
            .map(|(name, range)| (name.into_owned(), &raw[range]))
            .collect()
    }

    #[test]
    fn every_way_to_spell_a_segment_is_decoded() {
        let raw = "auth . \"https://a.b\"\t.'c.d'.\"\\u0065\\\"\".\"\".''";
        let expected = [
            ("auth", "auth"),
            ("https://a.b", "\"https://a.b\""),
            ("c.d", "'c.d'"),
            ("e\"", "\"\\u0065\\\"\""),
            ("", "\"\""),
            ("", "''"),
        ];
        assert_eq!(
            split(raw),
            expected.map(|(name, spelled)| (name.to_string(), spelled))
        );
    }

    #[test]
    fn names_that_need_no_decoding_are_borrowed() {
        assert!(segments("a.\"b c\".'d'").all(|(name, _)| matches!(name, Cow::Borrowed(_))));
    }

    #[test]
    fn what_is_no_key_ends_the_segments() {
        for raw in ["", " ", "\"a", "'a", "\"a\\", "\"\\q\"", "=", "\u{e9}"] {
            assert_eq!(split(raw), [], "{raw}");
        }
        assert_eq!(split("a.+"), [("a".to_string(), "a")]);
    }
}
