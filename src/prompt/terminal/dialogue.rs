//! One question as a state: keys go in, and what it looks like and what came of it come out.
//!
//! Nothing here knows a terminal, so that every question is tested key by key without one.

use super::frame::{Canvas, Frame, Size};
use super::keys::Key;
use crate::prompt::PromptError;

/// A question while it is asked.
pub(super) trait Dialogue {
    /// What an answer is.
    type Given;

    /// The question itself.
    fn question(&self) -> &str;

    /// What it looks like now.
    fn frame(&mut self, canvas: Canvas) -> Result<Frame, PromptError>;

    /// The size without which it is not asked on a screen of its own; questions without one say so in their frames.
    fn least_size(&self) -> Option<Size> {
        None
    }

    /// Does what Esc means within the question; `false` where it means to go back.
    fn escape(&mut self) -> bool {
        false
    }

    /// Whether a frame showed only what was found so far, and the next one shows more.
    fn is_unfinished(&self) -> bool {
        false
    }

    /// The row of its frames before which notes have their place.
    fn place_for_notes(&self) -> usize {
        0
    }

    /// Does what a key means. Esc, Ctrl-C and Ctrl-Z never come here, Ctrl-D only where something was typed.
    fn press(&mut self, key: Key) -> Step<Self::Given>;

    /// Whether nothing is there that Ctrl-D could delete.
    fn is_blank(&self) -> bool;

    /// What remains of an answer on the screen.
    fn remains(&self, given: &Self::Given, canvas: Canvas) -> String;
}

/// What a key has led to.
#[derive(Debug)]
pub(super) enum Step<T> {
    /// The question is still open.
    Open,
    /// This is the answer.
    Given(T),
}

#[cfg(test)]
pub(super) mod play {
    //! Plays keys to a question and shows what it looks like.

    use super::super::frame::Size;
    use super::super::look::Look;
    use super::{Canvas, Dialogue, Frame, Key, Step};

    /// A terminal without colours and with nothing but ASCII.
    pub(in super::super) fn canvas(columns: usize, rows: usize) -> Canvas {
        let look = Look {
            unicode: false,
            colour: false,
        };
        Canvas {
            look,
            size: Size { columns, rows },
            whole: false,
        }
    }

    /// The whole screen of such a terminal.
    pub(in super::super) fn whole(columns: usize, rows: usize) -> Canvas {
        Canvas {
            whole: true,
            ..canvas(columns, rows)
        }
    }

    /// The answer that keys lead to, all of them being needed.
    pub(in super::super) fn press<D: Dialogue>(dialogue: &mut D, keys: &[Key]) -> Option<D::Given> {
        let mut given = None;
        for key in keys {
            assert!(given.is_none(), "{key:?} comes after the answer");
            given = match dialogue.press(*key) {
                Step::Open => None,
                Step::Given(given) => Some(given),
            };
        }
        given
    }

    /// A text, key by key.
    pub(in super::super) fn typed(text: &str) -> Vec<Key> {
        text.chars().map(Key::Typed).collect()
    }

    /// The rows of a frame, as text.
    pub(in super::super) fn rows(frame: &Frame) -> Vec<String> {
        let text =
            |row: &super::super::frame::Row| row.0.iter().map(|(_, text)| text.as_str()).collect();
        frame.rows.iter().map(text).collect()
    }
}
