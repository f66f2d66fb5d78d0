//! An answer and its request go in; the request that a redirect asks for comes out, if it is one that may be followed.

use super::client::host_and_port;
use super::{Body, HttpError, RedirectFault, Request};
use reqwest::header::{HeaderMap, LOCATION};
use reqwest::{Method, StatusCode};

/// The request that a redirect asks for, if it is one (RFC 9110, 15.4).
pub(super) fn of(
    response: &reqwest::Response,
    request: &Request,
) -> Result<Option<Request>, HttpError> {
    let status = response.status();
    let see_other = match status {
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND => request.method == Method::POST,
        StatusCode::SEE_OTHER => request.method != Method::HEAD,
        StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT => false,
        _ => return Ok(None),
    };
    let Some(location) = response.headers().get(LOCATION) else {
        return Ok(None);
    };
    let refused = |fault| HttpError::Redirect {
        host: host_and_port(response.url()),
        fault,
    };
    let next = location
        .to_str()
        .ok()
        .and_then(|location| response.url().join(location).ok())
        .filter(|next| matches!(next.scheme(), "http" | "https"))
        .ok_or_else(|| refused(RedirectFault::Nowhere))?;
    if response.url().scheme() == "https" && next.scheme() == "http" {
        return Err(refused(RedirectFault::Plain));
    }
    let crosses = next.origin() != request.url.origin();
    if crosses && !matches!(request.method, Method::GET | Method::HEAD) {
        // an answer of another server to another method would look like success
        return Err(refused(RedirectFault::Elsewhere {
            to: host_and_port(&next),
        }));
    }
    let mut redirected = request.clone();
    redirected.url = next;
    if see_other {
        redirected.method = Method::GET;
        redirected.body = Body::Empty;
    }
    if crosses {
        // headers of one's own were meant for the first server
        redirected.headers = HeaderMap::new();
    }
    Ok(Some(redirected))
}
