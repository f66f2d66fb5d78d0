//! What goes along with a request.

use super::HttpError;
use futures_util::StreamExt;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
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

impl Body {
    /// Adds it to a request under construction; a file is opened and read while it is sent.
    pub(super) async fn put_into(
        &self,
        builder: reqwest::RequestBuilder,
    ) -> Result<reqwest::RequestBuilder, HttpError> {
        Ok(match self {
            Body::Empty => builder,
            Body::Json(json) => builder
                .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
                .body(json.to_string()),
            Body::Bytes { bytes, media_type } => builder
                .header(CONTENT_TYPE, media_type.as_str())
                .body(bytes.clone()),
            Body::Upload(upload) => builder.multipart(upload.form().await?),
        })
    }
}

impl Upload {
    /// The form, whose file is read while it is sent.
    async fn form(&self) -> Result<reqwest::multipart::Form, HttpError> {
        let unreadable = |error: std::io::Error| HttpError::Upload {
            file: self.file.clone(),
            reason: error.kind(),
        };
        let file = tokio::fs::File::open(&self.file)
            .await
            .map_err(unreadable)?;
        let sent = self.sent.clone();
        sent.store(0, Ordering::Relaxed);
        let chunks = futures_util::stream::unfold(file, |mut file| async move {
            let mut chunk = vec![0; 64 * 1024];
            let read = tokio::io::AsyncReadExt::read(&mut file, &mut chunk).await;
            match read {
                Ok(0) => None,
                Ok(length) => {
                    chunk.truncate(length);
                    Some((Ok(chunk), file))
                }
                Err(error) => Some((Err(error), file)),
            }
        });
        let counted = chunks.inspect(move |chunk| {
            if let Ok(chunk) = chunk {
                sent.fetch_add(chunk.len() as u64, Ordering::Relaxed);
            }
        });
        let part = reqwest::multipart::Part::stream_with_length(
            reqwest::Body::wrap_stream(counted),
            self.size,
        )
        .file_name(self.name.clone());
        let mut form = reqwest::multipart::Form::new();
        for (name, text) in &self.texts {
            form = form.text(*name, text.clone());
        }
        Ok(form.part(self.field, part))
    }

    /// How many bytes were read so far.
    pub fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }
}
