//! Many things go in, each is done by requests of its own, a few at a time; what was done and what was not comes out.

use super::error::ApiError;
use super::run::Run;
use super::talk::Talk;
use futures_util::stream::{self, StreamExt};
use std::cell::Cell;

/// What became of many things, in the order in which they were given.
#[derive(Debug)]
pub struct Outcome<T> {
    /// What was done.
    pub done: Vec<T>,
    /// The names of those that were not, and why.
    pub failed: Vec<(String, ApiError)>,
    /// How many were not tried: after a refusal that all of them would meet.
    pub untried: usize,
}

/// Does something for each of many, at most `connection.max_workers` at a time. One that fails does not keep the others
/// from being done, unless the sign-in is refused.
pub async fn each<T, R>(
    run: &Run<'_>,
    things: &[T],
    name: impl Fn(&T) -> String,
    act: impl AsyncFn(&T) -> Result<R, ApiError>,
) -> Outcome<R> {
    let workers = run.site.connection().max_workers.max(1);
    let stop = Cell::new(false);
    let tally = Tally {
        talk: run.talk,
        done: Cell::new(0),
        finished: Cell::new(0),
        of: things.len(),
    };
    let work = stream::iter(things.iter().enumerate()).map(|(index, thing)| {
        let (act, stop, tally) = (&act, &stop, &tally);
        async move {
            if stop.get() {
                return (index, None);
            }
            let result = act(thing).await;
            if result.as_ref().is_err_and(meets_all) {
                stop.set(true);
            }
            tally.add(result.is_ok());
            (index, Some(result))
        }
    });
    let mut results: Vec<_> = work.buffer_unordered(workers).collect().await;
    tally.finish();
    results.sort_by_key(|(index, _)| *index);
    let mut outcome = Outcome {
        done: Vec::new(),
        failed: Vec::new(),
        untried: 0,
    };
    for (index, result) in results {
        match result {
            Some(Ok(done)) => outcome.done.push(done),
            Some(Err(error)) => outcome.failed.push((name(&things[index]), error)),
            None => outcome.untried += 1,
        }
    }
    outcome
}

/// How far it is. Who interrupts it is told.
struct Tally<'a> {
    talk: &'a dyn Talk,
    done: Cell<usize>,
    finished: Cell<usize>,
    of: usize,
}

impl Tally<'_> {
    fn add(&self, is_done: bool) {
        self.done.set(self.done.get() + usize::from(is_done));
        self.finished.set(self.finished.get() + 1);
        self.talk
            .progress(&format!("{} of {}", self.finished.get(), self.of));
    }

    fn finish(self) {
        self.finished.set(self.of);
    }
}

impl Drop for Tally<'_> {
    fn drop(&mut self) {
        self.talk.progress("");
        if self.finished.get() < self.of {
            self.talk.warn(&format!(
                "interrupted: {} of {} were done before",
                self.done.get(),
                self.of
            ));
        }
    }
}

impl<T> Outcome<T> {
    /// What was not done, if anything was not.
    pub fn failure(self) -> Result<(), ApiError> {
        if self.failed.is_empty() {
            return Ok(());
        }
        Err(ApiError::Some {
            done: self.done.len(),
            failed: self.failed,
            untried: self.untried,
        })
    }
}

/// Whether every other request would be refused, too: a wrong password sent a hundred times locks an account.
fn meets_all(error: &ApiError) -> bool {
    matches!(error, ApiError::ReadOnly { .. })
        || error.fault().is_some_and(super::Fault::is_sign_in)
}
