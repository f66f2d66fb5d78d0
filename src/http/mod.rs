//! Requests go in, answers come out: one client for all of them, with retries, limits and a trace without secrets.
//!
//! Knows nothing of Atlassian: what an answer means is read in `product`.

mod answer;
mod authorization;
mod body;
mod client;
mod download;
mod error;
mod observer;
pub mod redact;
mod redirect;
mod request;
mod retry;
mod tls;

pub use answer::{Answer, LARGEST_PACKED, LARGEST_UNPACKED};
pub use authorization::Authorization;
pub use body::{Body, Upload};
pub use client::Client;
pub use download::Download;
pub use error::{CertificateFault, HttpError, ProxyFault, RedirectFault, TlsFile};
pub use observer::{Event, Observer, Silent};
pub use request::Request;
pub use reqwest::header;
pub use reqwest::{Method, StatusCode};
pub use retry::{Retry, Wait};
pub use url::Url;
