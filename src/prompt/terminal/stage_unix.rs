//! The terminal's second screen, on which nothing remains: entered for a flow of questions, and left by every end
//! of it.
//!
//! Between two questions something may take long, and a signal must still leave the terminal as it was. So a
//! thread waits for signals from the first flow on. `stage_other.rs` does the same where there are no signals.

use super::show;
use super::signals::{Ending, Signals};
use crate::prompt::PromptError;
use rustix::io::Errno;
use rustix::termios::{
    LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
};
use std::io::{self, IsTerminal, Read};
use std::os::unix::net::UnixStream;
use std::panic;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::{self, ThreadId};

/// xterm's `ctlseqs`, private mode 1049: keeps the cursor's place and goes to the second screen, and back.
const ENTER: &str = "\u{1b}[?1049h\u{1b}[H\u{1b}[2J";
const LEAVE: &str = "\u{1b}[?1049l";

/// What the thread and a panic have to put in order, if a flow is on.
static ENTERED: Mutex<Option<Entered>> = Mutex::new(None);

/// A terminal with a flow on it.
pub(super) struct Entered {
    /// The mode from before the flow.
    original: Termios,
    on_screen: bool,
    /// What is being done, as it was drawn; until the next question.
    busy: String,
    thread: ThreadId,
}

impl Entered {
    fn show(&mut self) -> Result<(), PromptError> {
        set_mode(&quiet(&self.original))?;
        self.on_screen = true;
        show(ENTER)?;
        show(&self.busy)
    }

    fn hide(&mut self) -> Result<(), PromptError> {
        let left = self.leave_screen();
        let restored = set_mode(&self.original);
        left.and(restored)
    }

    fn leave_screen(&mut self) -> Result<(), PromptError> {
        if std::mem::take(&mut self.on_screen) {
            show(LEAVE)?;
        }
        Ok(())
    }
}

/// A flow of questions is on. Dropped, by a panic too, it leaves the terminal as it was.
pub(super) struct Stage {
    entered: &'static Mutex<Option<Entered>>,
}

impl Stage {
    pub(super) fn enter() -> Result<Stage, PromptError> {
        if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
            return Err(PromptError::NoTerminal);
        }
        watch()?;
        let original = tcgetattr(io::stdin()).map_err(mode_error)?;
        let mut entered = locked(&ENTERED);
        Signals::watch()?.hold();
        let shown = entered
            .insert(Entered {
                original,
                on_screen: false,
                busy: String::new(),
                thread: thread::current().id(),
            })
            .show();
        drop(entered);
        // dropped, if it cannot be shown
        let stage = Stage { entered: &ENTERED };
        shown.map(|()| stage)
    }

    /// Goes back to the screen and the mode from before.
    pub(super) fn leave(&mut self) -> Result<(), PromptError> {
        let mut entered = locked(self.entered);
        let Some(mut left) = entered.take() else {
            return Ok(());
        };
        let hidden = left.hide();
        drop(entered);
        // after the mode is back: a signal can end the process from here on
        Signals::watch()?.release()?;
        hidden
    }

    /// Leaves the screen as long as something else has the terminal.
    pub(super) fn while_left(
        &mut self,
        other: impl FnOnce() -> Result<(), PromptError>,
    ) -> Result<(), PromptError> {
        let mut entered = locked(self.entered);
        let Some(entered) = entered.as_mut() else {
            return other();
        };
        entered.hide()?;
        let done = other();
        entered.show()?;
        done
    }

    /// Somebody else stopped the process, and it goes on: which screen is shown is not known.
    pub(super) fn resume(&mut self) -> Result<(), PromptError> {
        if let Some(entered) = locked(self.entered).as_mut() {
            entered.on_screen = true;
        }
        show(ENTER)
    }

    /// Shows what is being done until the next question; nothing, if that has come.
    pub(super) fn busy(&mut self, drawn: &str) -> Result<(), PromptError> {
        if let Some(entered) = locked(self.entered).as_mut() {
            drawn.clone_into(&mut entered.busy);
        }
        show(drawn)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // there is nobody left to tell if it cannot be done
        let _ = self.leave();
    }
}

/// As long as it is held, the thread carries nothing out.
pub(super) fn hold_endings() -> MutexGuard<'static, Option<Entered>> {
    locked(&ENTERED)
}

fn locked(entered: &'static Mutex<Option<Entered>>) -> MutexGuard<'static, Option<Entered>> {
    entered.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Between questions keys are not shown, and wait for the next one; those that send signals still do.
fn quiet(original: &Termios) -> Termios {
    let mut quiet = original.clone();
    quiet
        .local_modes
        .remove(LocalModes::ECHO | LocalModes::ICANON);
    quiet.special_codes[SpecialCodeIndex::VMIN] = 1;
    quiet.special_codes[SpecialCodeIndex::VTIME] = 0;
    quiet
}

/// Starts the thread and prepares for a panic, at the first flow.
fn watch() -> Result<(), PromptError> {
    static WATCHED: OnceLock<Result<(), io::ErrorKind>> = OnceLock::new();
    let signals = Signals::watch()?;
    let watched = WATCHED.get_or_init(|| {
        let wake = signals.watch_stops().map_err(|error| error.kind())?;
        let thread = thread::Builder::new().name("signals".to_owned());
        let started = thread.spawn(move || await_endings(&wake, signals));
        started.map_err(|error| error.kind())?;
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            leave_for_panic();
            before(panic);
        }));
        Ok(())
    });
    watched.map_err(PromptError::Mode)
}

/// Does what signals do where nothing is asked, after the terminal is in order.
fn await_endings(mut wake: &UnixStream, signals: &Signals) {
    let mut bytes = [0; 64];
    while wake.read(&mut bytes).is_ok_and(|count| count > 0) {
        let mut entered = locked(&ENTERED);
        let Some(ending) = signals.ending_between_questions() else {
            continue;
        };
        if let Some(entered) = entered.as_mut() {
            // nobody could be told
            let _ = entered.hide();
        }
        let _ = ending.carry_out();
        if let (Ending::Stop, Some(entered)) = (ending, entered.as_mut()) {
            let _ = entered.show();
        }
    }
}

/// What a panic says would be gone with the screen. The mode follows when the stage is dropped.
fn leave_for_panic() {
    if let Ok(mut entered) = ENTERED.try_lock()
        && let Some(entered) = entered.as_mut()
        && entered.thread == thread::current().id()
    {
        let _ = entered.leave_screen();
    }
}

fn set_mode(mode: &Termios) -> Result<(), PromptError> {
    match tcsetattr(io::stdin(), OptionalActions::Drain, mode) {
        // a terminal that is gone has no mode
        Ok(()) | Err(Errno::IO) => Ok(()),
        Err(error) => Err(mode_error(error)),
    }
}

fn mode_error(error: Errno) -> PromptError {
    PromptError::Mode(io::Error::from(error).kind())
}
