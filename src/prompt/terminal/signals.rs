//! Signals go in; while a question is asked they end it like a key does, so that the terminal is put in order on
//! the way out.
//!
//! At any other time they do what they would have done without lassi. Handlers stay for the rest of the run:
//! taking one away would leave the signal ignored.

use crate::prompt::PromptError;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGWINCH};
use signal_hook::{flag, low_level};
use std::io::{self, Read};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

/// What signals have said.
pub(super) struct Signals {
    /// No question is asked: signals do what they do by default.
    idle: Arc<AtomicBool>,
    interrupt: Arc<AtomicBool>,
    terminate: Arc<AtomicBool>,
    hang_up: Arc<AtomicBool>,
    resize: Arc<AtomicBool>,
    resume: Arc<AtomicBool>,
    /// Can be read after a signal: what waits for keys waits for this as well.
    wake: UnixStream,
}

/// What happened to the terminal or the process, and does not end the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Happening {
    /// The terminal has another size.
    Resized,
    /// The process was stopped and goes on: the terminal may be in any mode, with anything on it.
    Resumed,
}

impl Signals {
    /// The handlers of this process, installed at the first call.
    pub(super) fn watch() -> Result<&'static Signals, PromptError> {
        static SIGNALS: OnceLock<Result<Signals, io::ErrorKind>> = OnceLock::new();
        SIGNALS
            .get_or_init(|| Signals::install().map_err(|error| error.kind()))
            .as_ref()
            .map_err(|kind| PromptError::Mode(*kind))
    }

    fn install() -> io::Result<Signals> {
        let (wake, waker) = UnixStream::pair()?;
        wake.set_nonblocking(true)?;
        let idle = Arc::new(AtomicBool::new(true));
        let watched = |signal| -> io::Result<Arc<AtomicBool>> {
            let came = Arc::new(AtomicBool::new(false));
            // in the order in which they run
            flag::register_conditional_default(signal, Arc::clone(&idle))?;
            flag::register(signal, Arc::clone(&came))?;
            low_level::pipe::register(signal, waker.try_clone()?)?;
            Ok(came)
        };
        Ok(Signals {
            interrupt: watched(SIGINT)?,
            terminate: watched(SIGTERM)?,
            hang_up: watched(SIGHUP)?,
            resize: watched(SIGWINCH)?,
            resume: watched(SIGCONT)?,
            idle,
            wake,
        })
    }

    /// From here signals are kept for [`Signals::take`].
    pub(super) fn begin(&self) {
        self.idle.store(false, Ordering::SeqCst);
    }

    /// From here they do again what they do by default. One that came while the question was asked ends it still.
    pub(super) fn end(&self) -> Result<(), PromptError> {
        self.idle.store(true, Ordering::SeqCst);
        self.take().map(|_| ())
    }

    /// What came since the last call.
    pub(super) fn take(&self) -> Result<Option<Happening>, PromptError> {
        self.drain();
        let came = |flag: &AtomicBool| flag.swap(false, Ordering::SeqCst);
        if came(&self.interrupt) {
            return Err(PromptError::Interrupted);
        }
        if came(&self.terminate) {
            return Err(PromptError::Terminated);
        }
        if came(&self.hang_up) {
            return Err(PromptError::HungUp);
        }
        let resized = came(&self.resize);
        if came(&self.resume) {
            return Ok(Some(Happening::Resumed));
        }
        Ok(resized.then_some(Happening::Resized))
    }

    /// What is behind it is in the flags: the bytes only wake.
    fn drain(&self) {
        let mut bytes = [0; 64];
        while (&self.wake).read(&mut bytes).is_ok_and(|count| count > 0) {}
    }
}

impl AsFd for Signals {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.wake.as_fd()
    }
}
