//! The console of Windows, key by key. It hands out keys and no bytes, and its mode stays as it is.
//!
//! `keyboard_unix.rs` does the same for terminals.

use super::Event;
use super::keys::Key;
use super::stage::Stage;
use crate::prompt::PromptError;
use console::Term;
use std::io::{self, IsTerminal};

/// Reads keys.
pub(super) struct Keyboard {
    terminal: Term,
}

impl Keyboard {
    pub(super) fn new() -> Keyboard {
        Keyboard {
            terminal: Term::stderr(),
        }
    }

    /// From here keys are read.
    pub(super) fn begin(&mut self) -> Result<(), PromptError> {
        if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
            return Err(PromptError::NoTerminal);
        }
        // asked for the answer's side effect: it makes the console understand control sequences
        self.terminal.features().colors_supported();
        Ok(())
    }

    /// Nothing has to be put in order.
    #[expect(
        clippy::unused_self,
        clippy::unnecessary_wraps,
        reason = "the same as on Unix"
    )]
    pub(super) fn end(&mut self) -> Result<(), PromptError> {
        Ok(())
    }

    /// There is no such thing.
    #[expect(
        clippy::unused_self,
        clippy::unnecessary_wraps,
        reason = "the same as on Unix"
    )]
    pub(super) fn suspend(&mut self, _stage: Option<&mut Stage>) -> Result<(), PromptError> {
        Ok(())
    }

    /// It cannot be asked, so whatever is going on is done first.
    #[expect(clippy::unnecessary_wraps, reason = "the same as on Unix")]
    pub(super) fn is_ready() -> Result<bool, PromptError> {
        Ok(false)
    }

    /// Keys are never read ahead.
    #[expect(clippy::unused_self, reason = "the same as on Unix")]
    pub(super) fn key_at_hand(&mut self) -> Option<Key> {
        None
    }

    /// Waits for a key.
    pub(super) fn wait(&mut self) -> Result<Event, PromptError> {
        match self.terminal.read_key_raw() {
            Ok(key) => Ok(Event::Key(translate(&key))),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                Err(PromptError::Interrupted)
            }
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                Err(PromptError::EndOfInput)
            }
            Err(error) => Err(PromptError::Read(error.kind())),
        }
    }
}

fn translate(key: &console::Key) -> Key {
    match key {
        console::Key::ArrowLeft => Key::Left,
        console::Key::ArrowRight => Key::Right,
        console::Key::ArrowUp => Key::Up,
        console::Key::ArrowDown => Key::Down,
        console::Key::Enter => Key::Enter,
        console::Key::Escape => Key::Escape,
        console::Key::Backspace => Key::Backspace,
        console::Key::Home => Key::Home,
        console::Key::End => Key::End,
        console::Key::Tab => Key::Tab,
        console::Key::Del => Key::Delete,
        console::Key::PageUp => Key::PageUp,
        console::Key::PageDown => Key::PageDown,
        console::Key::CtrlC => Key::Interrupt,
        console::Key::Char(character) if character.is_control() => Key::of_control(*character),
        console::Key::Char(character) => Key::Typed(*character),
        _ => Key::Unknown,
    }
}
