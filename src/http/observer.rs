//! What happens while a request is under way, for whoever shows it.

use super::{Authorization, HttpError};
use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};
use std::time::Duration;
use url::Url;

/// Something that happened. Secrets are still in it: show it through [`super::redact`].
#[derive(Debug)]
pub enum Event<'a> {
    /// A request is about to be sent.
    Sending {
        /// Its method.
        method: &'a Method,
        /// Where to.
        url: &'a Url,
        /// Its headers, those of the credential left out.
        headers: &'a HeaderMap,
        /// How it travels.
        route: &'static str,
        /// What signs it in, without the secret; empty where nothing does.
        credential: &'a str,
        /// Whose secret may stand anywhere in it: a server that is asked again may have said where.
        secret: Option<&'a Authorization>,
    },
    /// An answer's headers are there.
    Answered {
        /// Its status.
        status: StatusCode,
        /// Its headers.
        headers: &'a HeaderMap,
        /// Whose secret may stand in them: a server may say what it was sent.
        secret: Option<&'a Authorization>,
        /// Since the request was sent.
        time: Duration,
    },
    /// There is no answer.
    Failed {
        /// Why.
        error: &'a HttpError,
        /// Since the request was sent.
        time: Duration,
    },
    /// It will be tried again.
    Waiting {
        /// The host.
        host: &'a str,
        /// The status that was answered; `None` where the connection broke.
        status: Option<StatusCode>,
        /// How long.
        duration: Duration,
        /// The next try's number, the first one being 1.
        next: u32,
        /// How many tries there are at the most.
        of: u32,
    },
    /// A host whose certificate is not checked.
    Unchecked {
        /// The host.
        host: &'a str,
    },
}

/// Somebody who is told what happens.
pub trait Observer {
    /// Something happened.
    fn see(&self, event: &Event<'_>);
}

/// Nobody.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Observer for Silent {
    fn see(&self, _event: &Event<'_>) {}
}
