//! An answer goes in; what it means comes out, for the answers that Atlassian's servers really give.
//!
//! Sources: Atlassian's support pages, public issue threads and measurements; what its documents in the form of `OpenAPI` say is only the
//! polite case.

use super::error::Fault;
use crate::auth::{Deployment, Product, Route};
use crate::http::Answer;
use serde_json::Value as Json;

/// How a request was made, as far as its answer's meaning depends on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sent {
    /// The product.
    pub product: Product,
    /// What runs there.
    pub deployment: Deployment,
    /// How it travelled.
    pub route: Route,
    /// Whether a token alone signed it in.
    pub bearer: bool,
    /// Whether anything signed it in.
    pub signed: bool,
    /// Whether JSON was asked for.
    pub wants_json: bool,
}

/// What is wrong with an answer; nothing, if it is what was asked for.
pub(super) fn fault(answer: &Answer, sent: Sent) -> Option<Fault> {
    let status = answer.status.as_u16();
    if let Some(fault) = denied_by_header(answer, sent) {
        return Some(fault);
    }
    if is_page(answer) && sent.wants_json && (answer.status.is_success() || is_redirect(status)) {
        return Some(Fault::SignOnPage);
    }
    if answer.status.is_success() {
        return None;
    }
    let text = lower_text(answer);
    Some(match status {
        401 => unauthorized(answer, sent, &text),
        403 => forbidden(sent, &text),
        404 if is_confluence_v2_denial(answer, sent) => Fault::Credential,
        404 => Fault::NotFound,
        410 => Fault::Removed,
        400 | 405 | 413 | 415 | 422 => Fault::Invalid,
        409 | 412 => Fault::Conflict,
        429 => Fault::TooMany,
        500.. => Fault::Server,
        _ if is_redirect(status) => Fault::SignOnPage,
        _ => Fault::Other,
    })
}

fn is_redirect(status: u16) -> bool {
    (300..400).contains(&status) && status != 304
}

fn is_page(answer: &Answer) -> bool {
    matches!(
        answer.media_type().as_str(),
        "text/html" | "application/xhtml+xml"
    )
}

/// Jira's Seraph says in headers what its status hides: a wrong token is answered with 200 and nothing in it.
fn denied_by_header(answer: &Answer, sent: Sent) -> Option<Fault> {
    let denied = answer.header("x-authentication-denied-reason");
    if denied.is_some_and(|reason| {
        reason.contains("CAPTCHA_CHALLENGE") || reason.contains("AUTHENTICATION_DENIED")
    }) {
        return Some(Fault::Captcha);
    }
    let reason = answer.header("x-seraph-loginreason")?;
    if sent.signed && reason.contains("AUTHENTICATION_DENIED") {
        return Some(Fault::Captcha);
    }
    if !sent.signed || !reason.contains("AUTHENTICATED_FAILED") {
        return None;
    }
    Some(if answer.status.is_success() {
        Fault::AnsweredAsAnonymous
    } else {
        Fault::Credential
    })
}

fn unauthorized(answer: &Answer, sent: Sent, text: &str) -> Fault {
    if text.contains("scope does not match") || text.contains("insufficient scope") {
        return Fault::Scope;
    }
    if sent.product == Product::Bitbucket {
        return Fault::BitbucketToken;
    }
    let at_cloud_site = sent.deployment == Deployment::Cloud && sent.route == Route::Site;
    if is_page(answer) && at_cloud_site && !sent.bearer && sent.signed {
        return Fault::PageAtSite;
    }
    Fault::Credential
}

fn forbidden(sent: Sent, text: &str) -> Fault {
    if text.contains("failed to parse connect session auth token") {
        return Fault::BearerAtCloud;
    }
    if text.contains("basic authentication has been disabled") {
        return Fault::BasicOff;
    }
    if text.contains("scope does not match") || text.contains("insufficient scope") {
        return Fault::Scope;
    }
    if text.contains("cannot access confluence") || text.contains("not permitted to use confluence")
    {
        return Fault::NoConfluence;
    }
    if sent.product == Product::Bitbucket && text.contains("privilege scopes") {
        return Fault::Scope;
    }
    Fault::Permission
}

/// Confluence's v2 API answers wrong credentials with 404; a page that is really missing has a title that names it.
fn is_confluence_v2_denial(answer: &Answer, sent: Sent) -> bool {
    if sent.product != Product::Confluence {
        return false;
    }
    let Ok(json) = serde_json::from_slice::<Json>(&answer.body) else {
        return false;
    };
    let first = &json["errors"][0];
    first["title"] == "Not Found" && first["detail"].is_null()
}

fn lower_text(answer: &Answer) -> String {
    const ENOUGH: usize = 8 * 1024;
    let body = &answer.body[..answer.body.len().min(ENOUGH)];
    String::from_utf8_lossy(body).to_lowercase()
}

/// What a server says in an answer: messages, and messages about single fields.
pub(super) fn messages(answer: &Answer) -> (Vec<String>, Vec<(String, String)>) {
    let Ok(json) = serde_json::from_slice::<Json>(&answer.body) else {
        return (plain_message(answer).into_iter().collect(), Vec::new());
    };
    let mut messages = Vec::new();
    let mut add = |value: &Json| {
        if let Some(text) = value.as_str().map(str::trim)
            && !text.is_empty()
            && !messages.iter().any(|known| known == text)
        {
            messages.push(text.to_owned());
        }
    };
    // Jira
    json["errorMessages"]
        .as_array()
        .into_iter()
        .flatten()
        .for_each(&mut add);
    add(&json["errorMessage"]);
    // Confluence's v2
    for error in json["errors"].as_array().into_iter().flatten() {
        add(&error["title"]);
        add(&error["detail"]);
        add(&error["message"]);
    }
    // Bitbucket
    add(&json["error"]["message"]);
    add(&json["error"]["detail"]);
    // Confluence's v1, the gateway, Jira Service Management
    add(&json["message"]);
    add(&json["i18nErrorMessage"]["parameters"][0]);
    let mut fields = Vec::new();
    for map in [&json["errors"], &json["error"]["fields"]] {
        for (field, message) in map.as_object().into_iter().flatten() {
            let text = match message {
                Json::String(text) => text.clone(),
                Json::Array(texts) => texts
                    .iter()
                    .filter_map(Json::as_str)
                    .collect::<Vec<_>>()
                    .join(" "),
                other => other.to_string(),
            };
            fields.push((field.clone(), text));
        }
    }
    (messages, fields)
}

/// A short answer in plain text is a message, too; a page is none.
fn plain_message(answer: &Answer) -> Option<String> {
    const LONGEST: usize = 300;
    let text = answer.text();
    let text = text.trim();
    (!is_page(answer) && !text.is_empty() && text.len() <= LONGEST).then(|| text.to_owned())
}

#[cfg(test)]
mod tests;
