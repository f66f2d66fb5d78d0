//! An answer whose body is read as it comes, piece by piece: for files, which may be larger than memory.

use super::answer;
use super::client::host_and_port;
use super::{Answer, HttpError};
use std::io::Write;

/// A body that is read as it comes.
pub struct Download {
    /// Status and headers; the body is empty, but for a refusal's.
    pub head: Answer,
    /// Its size in bytes, where the server says it.
    pub size: Option<u64>,
    pub(super) response: reqwest::Response,
    /// `connection.timeout`: how long each piece may take.
    pub(super) seconds: u64,
}

impl Download {
    /// Reads the whole body into `target`, which is told of every piece.
    pub async fn copy_to(
        mut self,
        target: &mut dyn Write,
        progress: &mut dyn FnMut(u64),
    ) -> Result<u64, HttpError> {
        let host = host_and_port(self.response.url());
        let mut received = 0;
        loop {
            let chunk = answer::chunk(&mut self.response, &host, self.seconds).await?;
            let Some(chunk) = chunk else {
                break;
            };
            target.write_all(&chunk).map_err(|error| HttpError::Keep {
                reason: error.kind(),
            })?;
            received += chunk.len() as u64;
            progress(received);
        }
        if self.size.is_some_and(|size| size != received) {
            return Err(HttpError::Broken { host });
        }
        Ok(received)
    }
}
