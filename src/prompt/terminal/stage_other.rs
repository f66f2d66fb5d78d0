//! The second screen of the console of Windows.
//!
//! `stage_unix.rs` does the same for terminals.

use super::show;
use crate::prompt::PromptError;
use console::Term;
use std::io::{self, IsTerminal};

/// xterm's `ctlseqs`, private mode 1049: keeps the cursor's place and goes to the second screen, and back.
const ENTER: &str = "\u{1b}[?1049h\u{1b}[H\u{1b}[2J";
const LEAVE: &str = "\u{1b}[?1049l";

/// A flow of questions is on. Dropped, by a panic too, it leaves the screen.
pub(super) struct Stage {
    on_screen: bool,
}

impl Stage {
    pub(super) fn enter() -> Result<Stage, PromptError> {
        if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
            return Err(PromptError::NoTerminal);
        }
        // asked for the answer's side effect: it makes the console understand control sequences
        Term::stderr().features().colors_supported();
        show(ENTER)?;
        Ok(Stage { on_screen: true })
    }

    /// Goes back to the screen from before.
    pub(super) fn leave(&mut self) -> Result<(), PromptError> {
        if std::mem::take(&mut self.on_screen) {
            show(LEAVE)?;
        }
        Ok(())
    }

    /// Which screen is shown is not known.
    #[expect(clippy::unused_self, reason = "the same as on Unix")]
    pub(super) fn resume(&mut self) -> Result<(), PromptError> {
        show(ENTER)
    }

    /// Shows what is being done until the next question; nothing, if that has come.
    #[expect(clippy::unused_self, reason = "the same as on Unix")]
    pub(super) fn busy(&mut self, drawn: &str) -> Result<(), PromptError> {
        show(drawn)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // there is nobody left to tell if it cannot be done
        let _ = self.leave();
    }
}
