//! The menu of the program itself on a pseudo-terminal: what stands on its screens, and what keys do.

mod editing;
mod emulator;
mod endings;
mod instances;
mod page;
mod screens;
mod signing_in;
mod waiting;

use crate::program::Home;
use crate::terminal::Conversation;
use emulator::screen;
use rustix::process::Signal;

/// A menu that is open on a terminal.
pub(crate) struct Menu {
    conversation: Conversation,
    columns: usize,
    rows: usize,
}

impl Menu {
    /// Opens it with these arguments.
    pub(crate) fn open(home: &Home, arguments: &[&str], columns: u16, rows: u16) -> Menu {
        let mut command = home.lassi(arguments);
        command.env_remove("NO_COLOR");
        Menu {
            conversation: Conversation::start(command, columns, rows),
            columns: columns.into(),
            rows: rows.into(),
        }
    }

    pub(crate) fn send(&self, keys: &str) {
        self.conversation.send(keys);
    }

    /// Waits until a text stands on the screen, and the whole of it was drawn: that ends with placing the cursor.
    pub(crate) fn screen_with(&mut self, text: &str) -> Vec<String> {
        loop {
            let written = self.conversation.written();
            let now = screen(written, self.columns, self.rows);
            if now.iter().any(|row| row.contains(text)) && written.ends_with(b"H") {
                return now;
            }
            let is_more = self.conversation.wait_for_more();
            assert!(
                is_more,
                "{text:?} is not on the screen:\n{}",
                now.join("\n")
            );
        }
    }

    /// Presses keys and waits for a text.
    pub(crate) fn press(&mut self, keys: &str, text: &str) -> Vec<String> {
        self.send(keys);
        self.screen_with(text)
    }

    /// Changes the terminal's size. What was drawn before is forgotten.
    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        self.conversation.resize(columns, rows);
        (self.columns, self.rows) = (columns.into(), rows.into());
    }

    /// Waits until the program has stopped itself, and lets it go on.
    pub(crate) fn stopped(self) -> Menu {
        self.conversation.wait_for_stop();
        self.conversation.signal(Signal::CONT);
        self
    }

    pub(crate) fn into_conversation(self) -> Conversation {
        self.conversation
    }
}
