//! What goes along with a request.

use serde_json::Value as Json;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What goes along with a request.
#[derive(Debug, Clone, Default)]
pub enum Body {
    /// Nothing.
    #[default]
    Empty,
    /// JSON (RFC 8259).
    Json(Json),
    /// Bytes as they are, with their media type.
    Bytes {
        /// The bytes.
        bytes: Vec<u8>,
        /// `Content-Type`.
        media_type: String,
    },
    /// A file in a form (RFC 7578), read while it is sent.
    Upload(Upload),
}

/// A file that is sent in a form.
#[derive(Debug, Clone)]
pub struct Upload {
    /// The name of the form's field.
    pub field: &'static str,
    /// The file.
    pub file: PathBuf,
    /// What the server is to call it.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// Other fields of the form.
    pub texts: Vec<(&'static str, String)>,
    /// How many bytes were read so far; shared with whoever shows progress.
    pub sent: Arc<AtomicU64>,
}

impl Upload {
    /// How many bytes were read so far.
    pub fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }
}
