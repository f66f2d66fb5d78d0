//! What came back: status, headers and a body that is no larger than it may be, packed and unpacked.

use super::HttpError;
use flate2::write::GzDecoder;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap};
use std::io::{self, Write};
use std::ops::Deref;
use std::time::Duration;
use tokio::time::timeout;
use url::Url;

/// The largest body as it travels, in bytes.
pub const LARGEST_PACKED: usize = 32 * 1024 * 1024;
/// The largest body once it is unpacked, in bytes.
pub const LARGEST_UNPACKED: usize = 128 * 1024 * 1024;

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Where from, after redirects.
    pub url: Url,
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, unpacked.
    pub body: Vec<u8>,
    /// From sending the request, the last one if there were retries, to the last byte.
    pub time: Duration,
}

impl Answer {
    /// A header's text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The media type, without its parameters, in lower case.
    pub fn media_type(&self) -> String {
        let text = self.header(CONTENT_TYPE.as_str()).unwrap_or_default();
        let essence = text.split(';').next().unwrap_or_default();
        essence.trim().to_ascii_lowercase()
    }

    /// The body as text; what is no UTF-8 is replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Reads a body, unpacked, within the bounds.
pub(super) async fn read(
    response: &mut reqwest::Response,
    host: &str,
    seconds: u64,
) -> Result<Vec<u8>, HttpError> {
    let announced = response
        .headers()
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<usize>().ok())
        .unwrap_or_default();
    let packed = response
        .headers()
        .get(CONTENT_ENCODING)
        .and_then(|encoding| encoding.to_str().ok())
        .map(|encoding| encoding.trim().to_ascii_lowercase());
    let mut unpacking = match packed.as_deref() {
        None | Some("identity" | "") => Unpacking::Plain(Bounded::default()),
        Some("gzip" | "x-gzip") => Unpacking::Gzip(Box::new(GzDecoder::new(Bounded::default()))),
        Some(other) => {
            return Err(HttpError::Encoding {
                host: host.to_owned(),
                encoding: other.to_owned(),
            });
        }
    };
    let mut travelled = 0;
    while let Some(chunk) = chunk(response, host, seconds).await? {
        travelled += chunk.len();
        // an answer to HEAD announces a body, too, and none comes
        if travelled.max(announced) > LARGEST_PACKED {
            return Err(too_large(host, LARGEST_PACKED));
        }
        unpacking
            .write(&chunk)
            .map_err(|error| unpack_error(host, &error))?;
    }
    if travelled == 0 {
        // an answer to HEAD says how its body would be packed, and has none
        return Ok(Vec::new());
    }
    unpacking
        .finish()
        .map_err(|error| unpack_error(host, &error))
}

/// The next piece of a body; `None` at its end.
pub(super) async fn chunk(
    response: &mut reqwest::Response,
    host: &str,
    seconds: u64,
) -> Result<Option<impl Deref<Target = [u8]>>, HttpError> {
    match timeout(Duration::from_secs(seconds), response.chunk()).await {
        Ok(piece) => piece.map_err(|error| HttpError::of(&error, host, seconds)),
        Err(_) => Err(HttpError::Timeout {
            host: host.to_owned(),
            seconds,
        }),
    }
}

fn too_large(host: &str, largest: usize) -> HttpError {
    HttpError::TooLarge {
        host: host.to_owned(),
        largest,
    }
}

fn unpack_error(host: &str, error: &io::Error) -> HttpError {
    if error.kind() == io::ErrorKind::FileTooLarge {
        too_large(host, LARGEST_UNPACKED)
    } else {
        HttpError::Damaged {
            host: host.to_owned(),
        }
    }
}

enum Unpacking {
    Plain(Bounded),
    Gzip(Box<GzDecoder<Bounded>>),
}

impl Unpacking {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Unpacking::Plain(bounded) => bounded.write_all(bytes),
            Unpacking::Gzip(decoder) => decoder.write_all(bytes),
        }
    }

    fn finish(self) -> io::Result<Vec<u8>> {
        match self {
            Unpacking::Plain(bounded) => Ok(bounded.0),
            Unpacking::Gzip(decoder) => Ok(decoder.finish()?.0),
        }
    }
}

/// Memory with an end.
#[derive(Default)]
struct Bounded(Vec<u8>);

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > LARGEST_UNPACKED {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
