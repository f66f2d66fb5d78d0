//! Signals go in; while a question is asked they end it like a key does, so that the terminal is put in order on
//! the way out.
//!
//! At any other time they do what they would have done without lassi, but for Ctrl-C, which is the exit code of an
//! interrupted question there, too; between the questions of a flow that has a screen of its own, after that was
//! left. Handlers stay for the rest of the run: taking one away would leave the signal ignored.

use crate::prompt::PromptError;
use rustix::process::{Signal, kill_current_process_group};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGTTIN, SIGWINCH};
use signal_hook::{flag, low_level};
use std::io::{self, Read};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

/// The exit code of an interrupted run: 128 and the number of SIGINT.
const INTERRUPTED: i32 = 128 + SIGINT;

/// What signals have said.
pub(super) struct Signals {
    /// No question is asked, and no flow is on: signals do what they do by default.
    idle: Arc<AtomicBool>,
    /// A question is asked.
    asking: AtomicBool,
    /// A flow of questions is on.
    held: AtomicBool,
    interrupt: Arc<AtomicBool>,
    terminate: Arc<AtomicBool>,
    hang_up: Arc<AtomicBool>,
    resize: Arc<AtomicBool>,
    resume: Arc<AtomicBool>,
    stop: Arc<AtomicBool>,
    /// Whether a SIGTSTP is kept, too, and does nothing by itself.
    keeps_stops: AtomicBool,
    /// Can be read after a signal: what waits for keys waits for this as well.
    wake: UnixStream,
    waker: UnixStream,
}

/// What happened to the terminal or the process, and does not end the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Happening {
    /// The terminal has another size.
    Resized,
    /// The process was stopped and goes on: the terminal may be in any mode, with anything on it.
    Resumed,
    /// The process is to be stopped.
    Stopping,
}

/// What a signal does where nothing is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// It ends the process with an exit code.
    Exit(i32),
    /// It ends the process.
    Die(i32),
    /// It stops the process for a while.
    Stop,
}

impl Ending {
    /// Does what the signal does by default.
    pub(super) fn carry_out(self) -> io::Result<()> {
        match self {
            // nothing is left to be done: files are written in one step or not at all
            Ending::Exit(code) => low_level::exit(code),
            Ending::Die(signal) => low_level::emulate_default_handler(signal),
            // not SIGSTOP, which stops even a process that nobody could continue; and SIGTSTP is kept
            Ending::Stop => low_level::raise(SIGTTIN),
        }
    }
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
            if signal == SIGINT {
                flag::register_conditional_shutdown(signal, INTERRUPTED, Arc::clone(&idle))?;
            } else {
                flag::register_conditional_default(signal, Arc::clone(&idle))?;
            }
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
            stop: Arc::new(AtomicBool::new(false)),
            keeps_stops: AtomicBool::new(false),
            asking: AtomicBool::new(false),
            held: AtomicBool::new(false),
            idle,
            wake,
            waker,
        })
    }

    /// Keeps SIGTSTP from here on. What comes out can be read after a signal.
    pub(super) fn watch_stops(&self) -> io::Result<UnixStream> {
        let (wake, waker) = UnixStream::pair()?;
        flag::register(SIGTSTP, Arc::clone(&self.stop))?;
        for signal in [SIGINT, SIGTERM, SIGHUP, SIGTSTP] {
            low_level::pipe::register(signal, waker.try_clone()?)?;
        }
        low_level::pipe::register(SIGTSTP, self.waker.try_clone()?)?;
        self.keeps_stops.store(true, Ordering::SeqCst);
        Ok(wake)
    }

    /// From here signals are kept for [`Signals::take`].
    pub(super) fn begin(&self) {
        self.asking.store(true, Ordering::SeqCst);
        self.idle.store(false, Ordering::SeqCst);
    }

    /// From here they do again what they did before. One that came while the question was asked ends it still.
    pub(super) fn end(&self) -> Result<(), PromptError> {
        self.asking.store(false, Ordering::SeqCst);
        let idle = !self.held.load(Ordering::SeqCst);
        self.idle.store(idle, Ordering::SeqCst);
        self.take().map(|_| ())
    }

    /// From here they are kept for [`Signals::ending_between_questions`].
    pub(super) fn hold(&self) {
        self.held.store(true, Ordering::SeqCst);
        self.idle.store(false, Ordering::SeqCst);
    }

    /// From here they do again what they do by default.
    pub(super) fn release(&self) -> Result<(), PromptError> {
        self.held.store(false, Ordering::SeqCst);
        self.end()
    }

    /// What a signal that came is to do, unless a question is asked, which does it.
    pub(super) fn ending_between_questions(&self) -> Option<Ending> {
        if self.asking.load(Ordering::SeqCst) {
            return None;
        }
        let came = |flag: &AtomicBool| flag.swap(false, Ordering::SeqCst);
        if came(&self.interrupt) {
            Some(Ending::Exit(INTERRUPTED))
        } else if came(&self.terminate) {
            Some(Ending::Die(SIGTERM))
        } else if came(&self.hang_up) {
            Some(Ending::Die(SIGHUP))
        } else {
            came(&self.stop).then_some(Ending::Stop)
        }
    }

    /// Stops this process and its companions, as Ctrl-Z does where no question is asked, and comes back when they
    /// are continued. Without a shell that could continue them the system ignores it.
    pub(super) fn stop(&self) -> io::Result<()> {
        kill_current_process_group(Signal::TSTP)?;
        if self.keeps_stops.load(Ordering::SeqCst) {
            Ending::Stop.carry_out()?;
        }
        // that it goes on is known: it must not be taken for a stop by somebody else
        self.stop.store(false, Ordering::SeqCst);
        self.resume.store(false, Ordering::SeqCst);
        Ok(())
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
        if came(&self.stop) {
            return Ok(Some(Happening::Stopping));
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
