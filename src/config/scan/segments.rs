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
        let end = start + length(&bytes[start..])?;
        let name = name(&self.raw[start..end])?;
        self.at = end + count(&bytes[end..], |byte| matches!(byte, b' ' | b'\t' | b'.'));
        Some((name, start..end))
    }
}

/// The name that one segment of a key spells, or nothing where it is no valid key.
pub(crate) fn name(spelled: &str) -> Option<Cow<'_, str>> {
    let bytes = spelled.as_bytes();
    match bytes {
        [b'\'', inside @ .., b'\'']
            if inside.iter().all(|&byte| lexis::is(byte, lexis::LITERAL)) =>
        {
            Some(Cow::Borrowed(&spelled[1..spelled.len() - 1]))
        }
        _ if lexis::is_plain_string(bytes) => Some(Cow::Borrowed(&spelled[1..spelled.len() - 1])),
        [b'"', ..] => strings::read(spelled)
            .filter(|quoted| {
                quoted.length == spelled.len() && matches!(quoted.encoding, Encoding::BasicString)
            })
            .map(|quoted| quoted.decoded),
        _ => lexis::all(bytes, lexis::BARE).then_some(Cow::Borrowed(spelled)),
    }
}

/// How many bytes the segment at the start takes: nothing if there is none or its quotes stay open.
#[inline]
fn length(bytes: &[u8]) -> Option<usize> {
    match *bytes.first()? {
        b'\'' => bytes[1..]
            .iter()
            .position(|&byte| byte == b'\'')
            .map(|inside| inside + 2),
        b'"' => {
            let mut at = 1;
            loop {
                match bytes.get(at)? {
                    b'"' => return Some(at + 1),
                    b'\\' => at += 2,
                    _ => at += 1,
                }
            }
        }
        _ => Some(count(bytes, |byte| lexis::is(byte, lexis::BARE))).filter(|&bare| bare > 0),
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
