//! Names and texts go in; how TOML 1.0 spells them on one line comes out (<https://toml.io/en/v1.0.0#string>).

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::config::scan;
use crate::output::escape::is_hidden;

/// A TOML basic string on one line. Quotes, backslashes, control characters and what else hides text are escaped, as
/// TOML 1.0 knows them: `\b \t \n \f \r \" \\ \uXXXX`. So it can be shown as it is.
pub fn encode_text(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() + 2);
    encoded.push('"');
    if scan::is_plain_text(text) {
        encoded.push_str(text);
        encoded.push('"');
        return encoded;
    }
    for character in text.chars() {
        match character {
            '"' => encoded.push_str("\\\""),
            '\\' => encoded.push_str("\\\\"),
            '\u{8}' => encoded.push_str("\\b"),
            '\t' => encoded.push_str("\\t"),
            '\n' => encoded.push_str("\\n"),
            '\u{c}' => encoded.push_str("\\f"),
            '\r' => encoded.push_str("\\r"),
            // four digits are enough: none of these lies above U+FFFF
            hidden if is_hidden(hidden) => {
                write!(encoded, "\\u{:04X}", u32::from(hidden)).expect("a String takes all text");
            }
            other => encoded.push(other),
        }
    }
    encoded.push('"');
    encoded
}

/// One segment of a key: bare where it can be, else a basic string as [`encode_text`] writes it.
pub fn encode_key(key: &str) -> String {
    if scan::is_bare(key) {
        key.to_string()
    } else {
        encode_text(key)
    }
}

/// Several segments, joined by dots.
pub(super) fn encode_keys(keys: &[String]) -> String {
    let encoded: Vec<Cow<'_, str>> = keys
        .iter()
        .map(|key| {
            if scan::is_bare(key) {
                Cow::Borrowed(key.as_str())
            } else {
                Cow::Owned(encode_text(key))
            }
        })
        .collect();
    encoded.join(".")
}

/// Whether this is one TOML value on one line, with nothing around it.
pub(super) fn is_single_value(text: &str) -> bool {
    scan::is_plain_value(text)
        || !text.contains(['\n', '\r', '\u{feff}'])
            && text.trim() == text
            && text.parse::<toml_edit::Value>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn control_characters_have_the_escapes_of_toml_1_0() {
        assert_eq!(encode_text("\u{8}\t\n\u{c}\r\"\\"), r#""\b\t\n\f\r\"\\""#);
        assert_eq!(
            encode_text("\0\u{1b}\u{7f}\u{85}\u{202e}\u{feff}"),
            r#""\u0000\u001B\u007F\u0085\u202E\uFEFF""#
        );
        assert_eq!(
            encode_text("it's h\u{e9} \u{1d11e} # []"),
            "\"it's h\u{e9} \u{1d11e} # []\""
        );
    }

    #[test]
    fn keys_are_bare_where_they_can_be() {
        assert_eq!(encode_key("a-B_9"), "a-B_9");
        assert_eq!(encode_key(""), "\"\"");
        assert_eq!(encode_key("https://a.b"), "\"https://a.b\"");
        assert_eq!(encode_key("h\u{e9}\n"), "\"h\u{e9}\\n\"");
        assert_eq!(
            encode_keys(&["a".to_string(), "b.c".to_string()]),
            "a.\"b.c\""
        );
    }

    #[test]
    fn a_value_is_one_value_on_one_line() {
        for value in [
            "1",
            "true",
            "\"a\"",
            "'a'",
            "\"\\n\"",
            "[1, 2]",
            "{ a = 1 }",
            "1979-05-27 07:32:00Z",
            "-inf",
        ] {
            assert!(is_single_value(value), "{value}");
        }
        for other in [
            "",
            " ",
            "1 ",
            " 1",
            "1 2",
            "a",
            "\"a",
            "[\n]",
            "'''a\nb'''",
            "\u{feff}1",
            "1 # c",
            "1\n",
            "[1] # c",
            "a = 1",
        ] {
            assert!(!is_single_value(other), "{other:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_encoded_decodes_to_the_same(text in any::<String>()) {
            let encoded = encode_text(&text);
            prop_assert!(!encoded.contains(|character: char| character.is_control()));
            let value: toml_edit::Value = encoded.parse().unwrap();
            prop_assert_eq!(value.as_str(), Some(text.as_str()));
            let key: toml_edit::Key = encode_key(&text).parse().unwrap();
            prop_assert_eq!(key.get(), text.as_str());
        }
    }
}
