//! The text of the credentials file: bytes go in, entries by name come out, and back.
//!
//! ```json
//! {
//!   "version": 1,
//!   "entries": {
//!     "auth.jira[\"https://jira.example\"].pat": {
//!       "nonce": "<12 bytes in base64>",
//!       "ciphertext": "<secret and tag in base64>"
//!     }
//!   }
//! }
//! ```
//! Entries keep the order in which they were made. What this release does not know, beside the entries and in those that
//! it does not change, is written back as it was.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::seal::Sealed;
use super::store::{Part, StoreError};
use super::versioned::{self, VERSION};

/// The credentials file in memory, secrets encrypted.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Document {
    /// Everything beside the entries, with an empty object in their place.
    around: Map<String, Value>,
    entries: Map<String, Value>,
}

impl Document {
    /// Reads the text of `file`; one that does not exist has no entries.
    pub(super) fn read(file: &Path, bytes: Option<&[u8]>) -> Result<Self, StoreError> {
        let Some(bytes) = bytes else {
            return Ok(Self::empty());
        };
        let mut around = versioned::read(file, bytes)?;
        match around.get_mut("entries").map(Value::take) {
            Some(Value::Object(entries)) => Ok(Self { around, entries }),
            _ => Err(versioned::malformed(file, Part::Entries)),
        }
    }

    fn empty() -> Self {
        let mut around = Map::new();
        around.insert("version".to_owned(), json!(VERSION));
        around.insert("entries".to_owned(), Value::Null);
        Self {
            around,
            entries: Map::new(),
        }
    }

    /// The text to be written.
    pub(super) fn write(&self) -> Vec<u8> {
        let mut whole = self.around.clone();
        whole.insert("entries".to_owned(), Value::Object(self.entries.clone()));
        versioned::write(whole)
    }

    pub(super) fn names(&self) -> impl ExactSizeIterator<Item = &String> {
        self.entries.keys()
    }

    pub(super) fn entry(&self, name: &str) -> Option<&Value> {
        self.entries.get(name)
    }

    /// Puts or removes an entry and returns the one that was there.
    pub(super) fn put(&mut self, name: &str, entry: Option<Value>) -> Option<Value> {
        match entry {
            Some(entry) => self.entries.insert(name.to_owned(), entry),
            // the others keep their order
            None => self.entries.shift_remove(name),
        }
    }
}

/// An entry as it is in the file.
pub(super) fn entry_of(sealed: &Sealed) -> Value {
    json!({
        "nonce": STANDARD.encode(&sealed.nonce),
        "ciphertext": STANDARD.encode(&sealed.ciphertext),
    })
}

/// The parts of an entry; `None` when they are not there or not in base64.
pub(super) fn sealed_in(entry: &Value) -> Option<Sealed> {
    let bytes = |field| STANDARD.decode(entry.get(field)?.as_str()?).ok();
    Some(Sealed {
        nonce: bytes("nonce")?,
        ciphertext: bytes("ciphertext")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Document, StoreError> {
        Document::read(Path::new("credentials"), Some(text.as_bytes()))
    }

    #[test]
    fn what_is_not_known_is_written_back() {
        let text = r#"{
  "comment": "by hand",
  "version": 1,
  "entries": {
    "z": {
      "nonce": "AAAA",
      "ciphertext": "BBBB",
      "made": "2026-11-23"
    },
    "b": {},
    "a": 7
  },
  "later": [
    1
  ]
}
"#;
        let mut document = read(text).expect("credentials");
        assert_eq!(document.write(), text.as_bytes());
        document.put("b", None);
        assert_eq!(document.names().collect::<Vec<_>>(), ["z", "a"]);
        assert_eq!(
            document.write(),
            text.replace("    \"b\": {},\n", "").as_bytes()
        );
    }

    #[test]
    fn a_missing_file_has_no_entries_and_an_empty_one_is_damaged() {
        let none = Document::read(Path::new("credentials"), None).expect("no file is fine");
        assert_eq!(none.names().len(), 0);
        assert_eq!(
            none.write(),
            b"{\n  \"version\": 1,\n  \"entries\": {}\n}\n"
        );
        assert!(matches!(
            read(""),
            Err(StoreError::NotJson {
                line: 1,
                column: 0,
                ..
            })
        ));
    }

    #[test]
    fn what_cannot_be_read_is_told_apart() {
        assert!(matches!(
            read("{\n\"version\": 1,}"),
            Err(StoreError::NotJson { line: 2, .. })
        ));
        assert!(matches!(
            read("[]"),
            Err(StoreError::Malformed {
                part: Part::Whole,
                ..
            })
        ));
        assert!(matches!(
            read("{\"entries\":{}}"),
            Err(StoreError::Malformed {
                part: Part::Version,
                ..
            })
        ));
        let text = "{\"version\":\"1\",\"entries\":{}}";
        assert!(matches!(
            read(text),
            Err(StoreError::Malformed {
                part: Part::Version,
                ..
            })
        ));
        assert!(matches!(
            read("{\"version\":1}"),
            Err(StoreError::Malformed {
                part: Part::Entries,
                ..
            })
        ));
        let text = "{\"version\":2,\"entries\":\"elsewhere\"}";
        assert!(matches!(
            read(text),
            Err(StoreError::UnknownVersion { version: 2, .. })
        ));
    }

    #[test]
    fn an_entry_without_its_parts_is_no_entry() {
        let sealed = Sealed {
            nonce: vec![1; 12],
            ciphertext: vec![2; 20],
        };
        let entry = entry_of(&sealed);
        let read = sealed_in(&entry).expect("both parts are there");
        assert_eq!(
            (read.nonce, read.ciphertext),
            (sealed.nonce, sealed.ciphertext)
        );
        for wrong in [
            json!({}),
            json!({"nonce": "AAAA"}),
            json!({"nonce": 1, "ciphertext": "AAAA"}),
            json!(7),
        ] {
            assert!(sealed_in(&wrong).is_none(), "{wrong}");
        }
        assert!(
            sealed_in(&json!({"nonce": "A", "ciphertext": "AAAA"})).is_none(),
            "no base64"
        );
    }
}
