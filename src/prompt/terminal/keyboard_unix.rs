//! The terminal at standard input, key by key: raw while a question is asked, and as it was before at any other
//! time.
//!
//! The mode is changed once for a question and not for each key: between two keys a terminal in its own mode
//! would echo what comes in, and a pasted secret comes in at once. `keyboard_other.rs` does the same elsewhere.

use super::Event;
use super::decoder::Decoder;
use super::keys::Key;
use super::signals::{Happening, Signals};
use super::stage::{Stage, hold_endings};
use crate::prompt::PromptError;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};
use std::io::{self, IsTerminal, Write};

/// How long after an Esc the rest of a sequence may take to come before it was the key: long enough for one that a
/// connection has cut in two, and short enough for nobody to notice.
const SEQUENCE: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 25_000_000,
};

/// Asks the terminal to put markers around pastes (xterm's `ctlseqs`, bracketed paste mode), and not to.
const MARK_PASTES: &[u8] = b"\x1b[?2004h";
const DO_NOT_MARK_PASTES: &[u8] = b"\x1b[?2004l";

/// Reads keys. Dropped, by a panic too, it leaves the terminal as it was.
pub(super) struct Keyboard {
    decoder: Decoder,
    /// The mode to go back to, while a question is asked.
    saved: Option<Termios>,
}

impl Keyboard {
    pub(super) fn new() -> Keyboard {
        Keyboard {
            decoder: Decoder::new(),
            saved: None,
        }
    }

    /// From here keys are read, and not shown by the terminal itself.
    pub(super) fn begin(&mut self) -> Result<(), PromptError> {
        if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
            return Err(PromptError::NoTerminal);
        }
        let signals = Signals::watch()?;
        let mode = tcgetattr(io::stdin()).map_err(mode_error)?;
        {
            let _held = hold_endings();
            signals.begin();
        }
        self.saved = Some(mode);
        self.make_raw().or_else(|error| {
            self.end()?;
            Err(error)
        })
    }

    /// From here the terminal is as it was.
    pub(super) fn end(&mut self) -> Result<(), PromptError> {
        let restored = self.restore();
        // after the mode is back: a signal can end the process from here on
        Signals::watch()?.end()?;
        restored
    }

    /// Stops this process and its companions, with the terminal as it was before the question and, if it is on a
    /// screen of its own, before that.
    pub(super) fn suspend(&mut self, stage: Option<&mut Stage>) -> Result<(), PromptError> {
        let saved = self.saved.clone();
        self.restore()?;
        let signals = Signals::watch()?;
        let stop = || {
            let stopped = signals.stop();
            stopped.map_err(|error| PromptError::Mode(error.kind()))
        };
        let stopped = match stage {
            Some(stage) => stage.while_left(stop),
            None => stop(),
        };
        self.saved = saved;
        self.make_raw()?;
        stopped
    }

    /// Whether a key or something else waits.
    pub(super) fn is_ready() -> Result<bool, PromptError> {
        let input = io::stdin();
        let mut sources = [
            PollFd::new(&input, PollFlags::IN),
            PollFd::new(Signals::watch()?, PollFlags::IN),
        ];
        match poll(&mut sources, Some(&Timespec::default())) {
            Ok(ready) => Ok(ready > 0),
            Err(Errno::INTR) => Ok(true),
            Err(error) => Err(PromptError::Read(kind(error))),
        }
    }

    /// A key that was read already.
    pub(super) fn key_at_hand(&mut self) -> Option<Key> {
        self.decoder.key()
    }

    /// Waits for a key or something else to happen.
    pub(super) fn wait(&mut self) -> Result<Event, PromptError> {
        let signals = Signals::watch()?;
        loop {
            match signals.take()? {
                Some(Happening::Resized) => return Ok(Event::Resized),
                Some(Happening::Resumed) => {
                    self.make_raw()?;
                    return Ok(Event::Resumed);
                }
                Some(Happening::Stopping) => return Ok(Event::Key(Key::Suspend)),
                None => {}
            }
            if let Some(key) = self.decoder.key() {
                return Ok(Event::Key(key));
            }
            let input = io::stdin();
            let mut sources = [
                PollFd::new(&input, PollFlags::IN),
                PollFd::new(signals, PollFlags::IN),
            ];
            let timeout = self.decoder.is_undecided().then_some(&SEQUENCE);
            match poll(&mut sources, timeout) {
                Ok(0) => return Ok(Event::Key(self.decoder.decide())),
                Ok(_) if !sources[0].revents().is_empty() => self.read()?,
                Ok(_) | Err(Errno::INTR) => {}
                Err(error) => return Err(PromptError::Read(kind(error))),
            }
        }
    }

    /// Not through `std`, whose buffer would keep bytes of a secret.
    fn read(&mut self) -> Result<(), PromptError> {
        match rustix::io::read(io::stdin(), self.decoder.room()) {
            // a terminal that is gone has nothing to say, or says that it is gone
            Ok(0) | Err(Errno::IO) => Err(PromptError::EndOfInput),
            Ok(count) => {
                self.decoder.filled(count);
                Ok(())
            }
            Err(Errno::INTR | Errno::AGAIN) => Ok(()),
            Err(error) => Err(PromptError::Read(kind(error))),
        }
    }

    fn make_raw(&self) -> Result<(), PromptError> {
        let Some(saved) = &self.saved else {
            return Ok(());
        };
        let mut raw = saved.clone();
        raw.make_raw();
        // a line that something else writes meanwhile starts at the left all the same
        raw.output_modes = saved.output_modes;
        tcsetattr(io::stdin(), OptionalActions::Drain, &raw).map_err(mode_error)?;
        write(MARK_PASTES)
    }

    fn restore(&mut self) -> Result<(), PromptError> {
        let Some(saved) = self.saved.take() else {
            return Ok(());
        };
        let written = write(DO_NOT_MARK_PASTES);
        match tcsetattr(io::stdin(), OptionalActions::Drain, &saved) {
            // a terminal that is gone has no mode
            Ok(()) | Err(Errno::IO) => written,
            Err(error) => Err(mode_error(error)),
        }
    }
}

impl Drop for Keyboard {
    fn drop(&mut self) {
        if self.saved.is_some() {
            // there is nobody left to tell if it cannot be done
            let _ = self.end();
        }
    }
}

fn write(bytes: &[u8]) -> Result<(), PromptError> {
    let written = io::stderr().lock().write_all(bytes);
    written.map_err(|error| PromptError::Write(error.kind()))
}

fn mode_error(error: Errno) -> PromptError {
    PromptError::Mode(kind(error))
}

fn kind(error: Errno) -> io::ErrorKind {
    io::Error::from(error).kind()
}
