//! What the history knows of one change: the fields of `<number>.json`, and what they mean for undo.

use serde::{Deserialize, Serialize};

use crate::disk::Fingerprint;

/// What a file held: `None` means that there was no file.
pub type State = Option<Fingerprint>;

/// One change of a file that lassi wrote, or of secrets that belong to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Counts up; later changes have higher numbers. It is the name of the file, not a field in it.
    #[serde(skip)]
    pub number: u64,
    /// When, in seconds since 1970-01-01 UTC.
    pub time: u64,
    /// The command that did it, such as `set`.
    pub command: String,
    /// Canonical paths of the settings it changed, or what else it did, such as `reset`.
    pub what: Vec<String>,
    /// Canonical paths of the secrets it changed; their values are in no history.
    pub secrets: Vec<String>,
    /// The file, links followed; characters that are not Unicode are replaced.
    pub file: String,
    /// What the file held before.
    pub before: State,
    /// What it held afterwards; more than one when lassi itself added something later that is no change of the user's.
    pub after: Vec<State>,
    /// Whether the bytes before are kept beside this entry.
    pub kept: bool,
}

impl Entry {
    /// Whether a file that is `now` in this state was last changed by this entry.
    pub fn led_to(&self, now: State) -> bool {
        self.after.contains(&now)
    }

    /// Whether there is nothing to take back: the file is as it was before. The entry is written before the file, so this
    /// is what a process leaves that was killed between the two. Whether secrets were changed cannot be seen
    /// in a file, so an entry that names some always counts.
    pub(super) fn is_void(&self, now: State) -> bool {
        self.secrets.is_empty() && self.before == now && !self.led_to(now)
    }

    /// Goes on to describe the file after lassi has added something to it: both states fit, as this is noted before the
    /// file is written and the process may be killed between the two.
    pub(super) fn carry_forward(&mut self, before: State, after: State) {
        self.after = vec![before, after];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    macro_rules! state {
        ($text:literal) => {
            Some(Fingerprint::of($text))
        };
    }

    fn entry(before: State, after: State) -> Entry {
        Entry {
            number: 1,
            time: 1_790_000_000,
            command: "set".to_owned(),
            what: vec!["output.format".to_owned()],
            secrets: Vec::new(),
            file: "/home/ann/.config/lassi/config.toml".to_owned(),
            before,
            after: vec![after],
            kept: true,
        }
    }

    #[test]
    fn an_entry_whose_change_did_not_happen_is_void() {
        let change = entry(state!(b"old"), state!(b"new"));
        assert!(change.is_void(state!(b"old")));
        assert!(!change.is_void(state!(b"new")));
        assert!(!change.is_void(state!(b"by hand")));
        assert!(entry(None, state!(b"new")).is_void(None));
    }

    #[test]
    fn an_entry_of_secrets_is_never_void() {
        let mut change = entry(state!(b"old"), state!(b"new"));
        change.secrets.push("profiles.work.api_token".to_owned());
        assert!(!change.is_void(state!(b"old")));
        assert!(!entry(state!(b"same"), state!(b"same")).is_void(state!(b"same")));
    }

    #[test]
    fn an_entry_carried_forward_fits_before_and_after() {
        let mut change = entry(state!(b"old"), state!(b"new"));
        change.carry_forward(state!(b"new"), state!(b"new + cloud_id"));
        assert!(change.led_to(state!(b"new")) && change.led_to(state!(b"new + cloud_id")));
        change.carry_forward(state!(b"new + cloud_id"), state!(b"new + two of them"));
        assert!(!change.led_to(state!(b"new")) && change.led_to(state!(b"new + two of them")));
    }

    /// Pinned: entries of one release are read by the next.
    #[test]
    fn the_file_format_is_stable() {
        let text = r#"{"time":1790000000,"command":"set","what":["output.format"],"secrets":[],"file":"/home/ann/.config/lassi/config.toml","before":null,"after":[{"length":3,"hash":9572867452413366000}],"kept":true}"#;
        let mut read: Entry = serde_json::from_str(text).expect("the format of version 0.1.0");
        read.number = 1;
        let hash = 9_572_867_452_413_366_000;
        assert_eq!(read, entry(None, Some(Fingerprint { length: 3, hash })));
        assert_eq!(
            serde_json::to_string(&read).expect("texts and numbers"),
            text
        );
    }
}
