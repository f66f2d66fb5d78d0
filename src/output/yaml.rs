//! Values in JSON's terms go in, YAML comes out, quoted so that every reader reads the same.
//!
//! Written here because the serializers at hand choose the quotes themselves and leave `no`, `12:30` and dates
//! without any; the tests read everything back with one of them.

use super::escape::escaped_json;
use serde_json::Value as Json;

/// Words that YAML 1.1 reads as yes or no.
const WORDS: [&str; 8] = ["y", "n", "yes", "no", "on", "off", "true", "false"];

/// YAML of a value. Texts are double-quoted unless they are plain words: YAML 1.1 reads `no` as false, `12:30` as
/// a number in base 60 and `2027-01-31` as a date.
pub fn to_text(value: &Json) -> String {
    let mut text = String::new();
    write(&mut text, value, 0, false);
    text
}

fn write(text: &mut String, value: &Json, depth: usize, in_line: bool) {
    let indent = "  ".repeat(depth);
    match value {
        Json::Object(members) if !members.is_empty() => {
            for (index, (key, member)) in members.iter().enumerate() {
                if !(in_line && index == 0) {
                    text.push_str(&indent);
                }
                text.push_str(&scalar(key));
                text.push(':');
                member_text(text, member, depth);
            }
        }
        Json::Array(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                if !(in_line && index == 0) {
                    text.push_str(&indent);
                }
                text.push_str("- ");
                write(text, item, depth + 1, true);
            }
        }
        other => {
            text.push_str(&leaf(other));
            text.push('\n');
        }
    }
}

fn member_text(text: &mut String, member: &Json, depth: usize) {
    let nested = match member {
        Json::Object(members) => !members.is_empty(),
        Json::Array(items) => !items.is_empty(),
        _ => false,
    };
    text.push(if nested { '\n' } else { ' ' });
    write(text, member, depth + 1, false);
}

fn leaf(value: &Json) -> String {
    match value {
        Json::String(string) => scalar(string),
        // JSON's numbers, booleans, null and empty collections are YAML's
        other => other.to_string(),
    }
}

fn scalar(string: &str) -> String {
    let plain = string.starts_with(|c: char| c.is_ascii_alphabetic())
        && string
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
        && !WORDS.contains(&string.to_ascii_lowercase().as_str())
        && !matches!(string.to_ascii_lowercase().as_str(), "null" | "nan" | "inf");
    if plain {
        string.to_owned()
    } else {
        escaped_json(&Json::from(string).to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn what_yaml_must_not_hold_is_escaped() {
        let value = json!({"a": "\u{9b}31m\u{7f}\u{feff}"});
        assert_eq!(to_text(&value), "a: \"\\u009b31m\\u007f\\ufeff\"\n");
    }

    #[test]
    fn what_yaml_1_1_would_mistype_is_quoted() {
        let value = json!({"a": "no", "b": ["12:30", "2027-01-31", "plain-word"], "c": {"on": 1, "d": []}, "e": null});
        assert_eq!(
            to_text(&value),
            "a: \"no\"\nb:\n  - \"12:30\"\n  - \"2027-01-31\"\n  - plain-word\nc:\n  \"on\": 1\n  d: []\ne: null\n"
        );
        assert_eq!(
            to_text(&json!([{"a": 1, "b": [[1, 2], []]}])),
            "- a: 1\n  b:\n    - - 1\n      - 2\n    - []\n"
        );
    }

    fn json() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::from),
            any::<i32>().prop_map(Json::from),
            any::<String>().prop_map(Json::from),
            "[a-z0-9:.-]{0,6}".prop_map(Json::from),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
                prop::collection::btree_map("[a-z ]{1,4}", inner, 0..4)
                    .prop_map(|members| Json::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn every_value_reads_back(value in json()) {
            let text = to_text(&value);
            let read: Json = serde_yaml::from_str(&text).unwrap();
            prop_assert_eq!(read, value, "{}", text);
        }
    }
}
