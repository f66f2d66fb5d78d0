//! What has to wait for a network goes in and is run to its end, or to Ctrl-C.

use super::failure::{Exit, Failure, Message};
use std::future::Future;
use tokio::runtime::Builder;
use tokio::signal;

/// Runs it. Ctrl-C ends it where it waits, never in the middle of a line of output.
pub(super) fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| {
            let what = format!("no connection can be made: {}", error.kind());
            Message::new(Exit::Failed, what)
        })?;
    let result = runtime.block_on(async {
        tokio::select! {
            biased;
            result = work => result,
            // where the signal cannot be watched, it ends the process by itself
            Ok(()) = signal::ctrl_c() => Err(Failure::Silent(Exit::Interrupted)),
        }
    });
    // a name that is still being looked up is not waited for
    runtime.shutdown_background();
    result
}
