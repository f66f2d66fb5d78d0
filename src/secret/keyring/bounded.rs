//! Calls to a keyring that may never answer: a call goes in, its result or [`KeyringFault::Silent`] comes out in time.
//!
//! All calls run on one thread of their own, which also reaches the keyring, as that can hang as well. After the first
//! call that was not answered no other is made: whatever waits there is left to wait, and ends with the process.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::fault::KeyringFault;
use super::ring::Ring;

/// A keyring, if it was reached.
pub(super) type Opened = Result<Box<dyn Ring>, KeyringFault>;
/// How it is reached.
type Open = Arc<dyn Fn() -> Opened + Send + Sync>;
type Call = Box<dyn FnOnce(&Opened) + Send>;

/// A keyring that is reached at the first call.
pub(super) struct Bounded {
    open: Open,
    limit: Duration,
    line: Mutex<Line>,
}

/// The way to the thread.
enum Line {
    NotStarted,
    Connected(Sender<Call>),
    Lost(KeyringFault),
}

impl Bounded {
    /// Waits for `limit` at each call.
    pub(super) fn new(open: impl Fn() -> Opened + Send + Sync + 'static, limit: Duration) -> Self {
        Self {
            open: Arc::new(open),
            limit,
            line: Mutex::new(Line::NotStarted),
        }
    }

    /// Makes one call.
    ///
    /// # Errors
    /// [`KeyringFault::Silent`] when this call, or one before, was not answered in time: it may still be carried out.
    /// [`KeyringFault::Stopped`] when the thread ended by itself. Otherwise what the keyring says.
    pub(super) fn call<Output: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn Ring) -> Result<Output, KeyringFault> + Send + 'static,
    ) -> Result<Output, KeyringFault> {
        // a panic elsewhere leaves a line that is whole
        let mut line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
        let calls = match &*line {
            Line::Lost(fault) => return Err(fault.clone()),
            Line::Connected(calls) => calls.clone(),
            Line::NotStarted => start(Arc::clone(&self.open))?,
        };
        *line = Line::Connected(calls.clone());
        let (answer, answered) = mpsc::channel();
        let call: Call = Box::new(move |opened| {
            let result = match opened {
                Ok(ring) => work(ring.as_ref()),
                Err(fault) => Err(fault.clone()),
            };
            // after the limit nobody listens any more
            let _ = answer.send(result);
        });
        // a thread that has ended drops the call, and with it the sender of the answer
        let _ = calls.send(call);
        let lost = match answered.recv_timeout(self.limit) {
            Ok(result) => return result,
            Err(RecvTimeoutError::Timeout) => KeyringFault::Silent { waited: self.limit },
            Err(RecvTimeoutError::Disconnected) => KeyringFault::Stopped,
        };
        *line = Line::Lost(lost.clone());
        Err(lost)
    }
}

/// Starts the thread, which ends when its line is dropped.
fn start(open: Open) -> Result<Sender<Call>, KeyringFault> {
    let (calls, received) = mpsc::channel::<Call>();
    thread::Builder::new()
        .name("keyring".to_owned())
        .spawn(move || {
            let opened = open();
            for call in received {
                call(&opened);
            }
        })
        .map_err(|error| KeyringFault::Failed {
            reason: error.to_string(),
        })?;
    Ok(calls)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicUsize, Ordering};

    struct Echo;

    impl Ring for Echo {
        fn read(&self, name: &str) -> Result<Option<Vec<u8>>, KeyringFault> {
            Ok(Some(name.as_bytes().to_vec()))
        }
        fn write(&self, _name: &str, _secret: &[u8]) -> Result<(), KeyringFault> {
            Err(KeyringFault::Refused)
        }
        fn remove(&self, _name: &str) -> Result<(), KeyringFault> {
            Ok(())
        }
    }

    const LONG: Duration = Duration::from_mins(1);

    #[test]
    fn calls_are_answered_and_the_keyring_is_reached_once() {
        static OPENED: AtomicUsize = AtomicUsize::new(0);
        let bounded = Bounded::new(
            || {
                OPENED.fetch_add(1, Ordering::SeqCst);
                Ok(Box::new(Echo))
            },
            LONG,
        );
        assert_eq!(OPENED.load(Ordering::SeqCst), 0);
        let read = |name: &'static str| bounded.call(move |ring| ring.read(name));
        assert_eq!(read("a"), Ok(Some(b"a".to_vec())));
        assert_eq!(
            bounded.call(|ring| ring.write("a", b"")),
            Err(KeyringFault::Refused)
        );
        assert_eq!(read("b"), Ok(Some(b"b".to_vec())));
        assert_eq!(OPENED.load(Ordering::SeqCst), 1);
    }

    #[test]
    fn what_cannot_be_reached_says_so_at_each_call() {
        let bounded = Bounded::new(|| Err(KeyringFault::NoBus), LONG);
        for _ in 0..2 {
            assert_eq!(
                bounded.call(|ring| ring.remove("a")),
                Err(KeyringFault::NoBus)
            );
        }
    }

    #[test]
    fn a_thread_that_ends_by_itself_is_noticed() {
        let bounded = Bounded::new(|| Ok(Box::new(Echo)), LONG);
        for _ in 0..2 {
            let answer = bounded.call::<()>(|_| panic!("this is what is to be noticed"));
            assert_eq!(answer, Err(KeyringFault::Stopped));
        }
    }

    #[test]
    fn a_keyring_that_never_answers_is_not_asked_again() {
        static ASKED: AtomicUsize = AtomicUsize::new(0);
        static NEVER: Barrier = Barrier::new(2);
        let limit = Duration::from_millis(1);
        let bounded = Bounded::new(
            || {
                NEVER.wait();
                Ok(Box::new(Echo))
            },
            limit,
        );
        for _ in 0..2 {
            let answer = bounded.call(|_| {
                ASKED.fetch_add(1, Ordering::SeqCst);
                Ok(())
            });
            assert_eq!(answer, Err(KeyringFault::Silent { waited: limit }));
        }
        assert_eq!(ASKED.load(Ordering::SeqCst), 0);
    }
}
