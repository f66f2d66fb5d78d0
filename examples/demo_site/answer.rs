//! What the site answers: a status, headers and a body.

use serde_json::{Map, Value, json};

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    fn of(status: u16, kind: &str, body: Vec<u8>) -> Answer {
        Answer {
            status,
            headers: vec![("content-type", kind.to_owned())],
            body,
        }
    }

    /// JSON.
    pub(crate) fn json(status: u16, value: &Value) -> Answer {
        let body = value.to_string().into_bytes();
        Answer::of(status, "application/json;charset=UTF-8", body)
    }

    /// JSON of what was asked for.
    pub(crate) fn ok(value: &Value) -> Answer {
        Answer::json(200, value)
    }

    /// A page for people.
    pub(crate) fn html(status: u16, text: &str) -> Answer {
        let page = format!(
            "<!DOCTYPE html>\n<html><head><title>{text}</title></head><body><h1>{text}</h1></body></html>\n"
        );
        Answer::of(status, "text/html;charset=UTF-8", page.into_bytes())
    }

    /// Plain text: a diff, a log.
    pub(crate) fn text(text: &str) -> Answer {
        Answer::of(200, "text/plain;charset=UTF-8", text.as_bytes().to_vec())
    }

    /// A file.
    pub(crate) fn bytes(bytes: &[u8]) -> Answer {
        Answer::of(200, "application/octet-stream", bytes.to_vec())
    }

    /// A status alone.
    pub(crate) fn empty(status: u16) -> Answer {
        Answer {
            status,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// To another address.
    pub(crate) fn redirect(to: String) -> Answer {
        Answer::empty(302).with("location", to)
    }

    /// The same with one more header.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Answer {
        self.headers.push((name, value.into()));
        self
    }

    /// The error of Jira that is one sentence.
    pub(crate) fn jira_message(status: u16, message: &str) -> Answer {
        Answer::json(status, &json!({ "errorMessages": [message], "errors": {} }))
    }

    /// The error of Jira that names fields.
    pub(crate) fn jira_fields(errors: &Map<String, Value>) -> Answer {
        Answer::json(400, &json!({ "errorMessages": [], "errors": errors }))
    }

    /// The error of the gateway.
    pub(crate) fn gateway(status: u16, message: &str) -> Answer {
        Answer::json(status, &json!({ "code": status, "message": message }))
    }

    /// The error of Confluence's first API, and of Data Center.
    pub(crate) fn confluence_message(status: u16, message: &str) -> Answer {
        Answer::json(
            status,
            &json!({ "statusCode": status, "data": { "authorized": status != 403, "valid": false,
                "errors": [], "successful": false }, "message": message }),
        )
    }

    /// The error of Confluence's second API.
    pub(crate) fn confluence_title(status: u16, title: &str) -> Answer {
        let code = match status {
            400 => "INVALID_REQUEST_PARAMETER",
            409 => "CONFLICT",
            _ => "NOT_FOUND",
        };
        Answer::json(
            status,
            &json!({ "errors": [{ "status": status, "code": code, "title": title, "detail": null }] }),
        )
    }

    /// The error of Bitbucket.
    pub(crate) fn bitbucket(status: u16, message: &str) -> Answer {
        Answer::json(
            status,
            &json!({ "type": "error", "error": { "message": message } }),
        )
    }
}
