//! Files of issues: descriptions, contents behind a redirect to another server, uploads as forms.

use super::answer::Answer;
use super::jira::{Attachment, Deployment, Jira, Visit, no_such_call};
use super::jira_issues::attachment;
use super::request::Request;
use serde_json::Value;

/// Answers below `/attachment`.
pub(crate) fn answer(jira: &mut Jira, visit: &Visit, path: &[&str]) -> Answer {
    let cloud = visit.deployment == Deployment::Cloud;
    let ([id] | ["content", id]) = path else {
        return no_such_call();
    };
    let files = jira.issues.iter().flat_map(|issue| &issue.attachments);
    let Some(file) = files.into_iter().find(|file| file.id.to_string() == *id) else {
        return Answer::jira_message(
            404,
            &format!("The attachment with id '{id}' does not exist"),
        );
    };
    match (visit.request.verb(), path) {
        ("GET", ["content", _]) if cloud => {
            if visit.request.parameter("redirect") == Some("false") {
                return Answer::bytes(&file.bytes);
            }
            Answer::redirect(format!("{}/jira/{id}", visit.media))
        }
        ("GET", [_]) => Answer::ok(&attachment(file, visit.site, visit.deployment)),
        ("DELETE", [_]) => {
            for issue in &mut jira.issues {
                issue.attachments.retain(|file| file.id.to_string() != *id);
            }
            Answer::empty(204)
        }
        _ => no_such_call(),
    }
}

/// Adds files to the issue of a place.
pub(crate) fn add(jira: &mut Jira, visit: &Visit, place: usize) -> Answer {
    if visit.request.header("x-atlassian-token") != Some("no-check") {
        return Answer::html(403, "XSRF check failed");
    }
    let mut added = Vec::new();
    for (name, bytes) in files_in_form(visit.request) {
        let file = Attachment {
            id: jira.new_id(),
            name,
            bytes,
        };
        added.push(attachment(&file, visit.site, visit.deployment));
        jira.issues[place].attachments.push(file);
    }
    if added.is_empty() {
        return Answer::jira_message(400, "The form has no part with the name 'file'.");
    }
    Answer::ok(&Value::from(added))
}

/// Names and contents of the files in a form (`multipart/form-data`).
pub(crate) fn files_in_form(request: &Request) -> Vec<(String, Vec<u8>)> {
    let kind = request.header("content-type").unwrap_or_default();
    let Some((_, boundary)) = kind.split_once("boundary=") else {
        return Vec::new();
    };
    let boundary = format!("--{}", boundary.trim_matches('"'));
    let mut files = Vec::new();
    let mut rest = request.body.as_slice();
    while let Some(start) = position(rest, boundary.as_bytes()) {
        rest = &rest[start + boundary.len()..];
        let part = &rest[..position(rest, boundary.as_bytes()).unwrap_or(rest.len())];
        let Some(end_of_headers) = position(part, b"\r\n\r\n") else {
            continue;
        };
        let headers = String::from_utf8_lossy(&part[..end_of_headers]).into_owned();
        let content = &part[end_of_headers + 4..];
        let content = content.strip_suffix(b"\r\n").unwrap_or(content);
        let name = headers
            .split_once("filename=\"")
            .and_then(|(_, after)| after.split_once('"'));
        if let Some((name, _)) = name {
            files.push((name.to_owned(), content.to_vec()));
        }
    }
    files
}

fn position(within: &[u8], wanted: &[u8]) -> Option<usize> {
    within
        .windows(wanted.len())
        .position(|window| window == wanted)
}
