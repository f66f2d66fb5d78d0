//! What is to be sent: data, made by whoever wants something, sent by the client.

use super::Body;
use reqwest::Method;
use reqwest::header::HeaderMap;
use url::Url;

/// One request. The credential is no part of it: the client adds it where it belongs.
#[derive(Debug, Clone)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// Where to, without user-info.
    pub url: Url,
    /// Headers besides those that every request has.
    pub headers: HeaderMap,
    /// What goes along.
    pub body: Body,
    /// Whether sending it twice does no more than sending it once (RFC 9110, 9.2.2). Searches by POST are, too.
    pub idempotent: bool,
    /// What stands at the server's place in the trace: how the request travels, `site` or `gateway`.
    pub route: &'static str,
}

impl Request {
    /// A request without headers and body of its own.
    pub fn new(method: Method, url: Url) -> Request {
        let idempotent = method.is_idempotent();
        Request {
            method,
            url,
            headers: HeaderMap::new(),
            body: Body::Empty,
            idempotent,
            route: "direct",
        }
    }
}
