//! What hangs on an issue: comments, watchers, links to others.

use super::answer::Answer;
use super::document;
use super::jira::{Comment, Issue, Jira, Link, Visit, no_such_call};
use super::jira_issues::{NO_ISSUE, comment, no_comment};
use super::jira_projects;
use super::jira_seed::{LINK_TYPES, NOW};
use super::people::{self, YOU};
use serde_json::{Map, Value};

/// Adds a comment.
pub(crate) fn say(issue: &mut Issue, id: u64, body: &Value, visit: &Visit) -> Answer {
    if let Some(refusal) = refused_comment(body, visit) {
        return refusal;
    }
    let said = Comment {
        id,
        author: YOU,
        body: body.clone(),
        created: NOW.to_owned(),
        updated: NOW.to_owned(),
    };
    let shown = comment(issue, &said, visit.site, visit.deployment);
    issue.comments.push(said);
    Answer::json(201, &shown)
}

fn refused_comment(body: &Value, visit: &Visit) -> Option<Answer> {
    let fault = if body.is_null() || body == "" {
        "Comment body can not be empty!"
    } else if document::is_accepted(body, visit.deployment) {
        return None;
    } else {
        document::refusal(visit.deployment)
    };
    Some(Answer::jira_fields(&Map::from_iter([(
        "comment".to_owned(),
        fault.into(),
    )])))
}

/// Changes or removes a comment.
pub(crate) fn change_comment(issue: &mut Issue, id: &str, body: &Value, visit: &Visit) -> Answer {
    let Some(place) = issue
        .comments
        .iter()
        .position(|said| said.id.to_string() == id)
    else {
        return no_comment(id);
    };
    match visit.request.verb() {
        "DELETE" => {
            issue.comments.remove(place);
            Answer::empty(204)
        }
        "PUT" => {
            if let Some(refusal) = refused_comment(body, visit) {
                return refusal;
            }
            issue.comments[place].body = body.clone();
            NOW.clone_into(&mut issue.comments[place].updated);
            let said = &issue.comments[place];
            Answer::ok(&comment(issue, said, visit.site, visit.deployment))
        }
        _ => no_such_call(),
    }
}

/// Adds or removes a watcher.
pub(crate) fn watch(issue: &mut Issue, body: &Value, visit: &Visit) -> Answer {
    let request = visit.request;
    let given = request
        .parameter("accountId")
        .or(request.parameter("username"));
    let person = match body.as_str().or(given) {
        Some(identity) => match people::named(identity, visit.deployment) {
            Some(person) => person,
            None => return Answer::jira_message(404, "The user does not exist."),
        },
        None => YOU,
    };
    issue.watchers.retain(|watcher| *watcher != person);
    if request.verb() == "POST" {
        issue.watchers.push(person);
    }
    Answer::empty(204)
}

/// Answers for links of issues.
pub(crate) fn links(jira: &mut Jira, visit: &Visit, path: &[&str]) -> Answer {
    match (visit.request.verb(), path) {
        ("GET", ["issueLinkType"]) => Answer::ok(&jira_projects::link_types()),
        ("POST", ["issueLink"]) => {
            let body = visit.request.json();
            let name = body["type"]["name"].as_str().unwrap_or_default();
            let Some(kind) = LINK_TYPES
                .iter()
                .position(|(known, ..)| known.eq_ignore_ascii_case(name))
            else {
                return Answer::jira_message(
                    404,
                    &format!("No issue link type with name '{name}' found."),
                );
            };
            let key = |end: &str| {
                let place = jira.place_of(body[end]["key"].as_str().unwrap_or_default())?;
                Some(jira.issues[place].key())
            };
            let (Some(inward), Some(outward)) = (key("inwardIssue"), key("outwardIssue")) else {
                return Answer::jira_message(404, NO_ISSUE);
            };
            let id = jira.new_id();
            jira.links.push(Link {
                id,
                kind,
                inward,
                outward,
            });
            Answer::empty(201)
        }
        ("DELETE", ["issueLink", id]) => {
            let before = jira.links.len();
            jira.links.retain(|link| link.id.to_string() != *id);
            if jira.links.len() < before {
                Answer::empty(204)
            } else {
                Answer::jira_message(404, &format!("No issue link with id '{id}' exists."))
            }
        }
        _ => no_such_call(),
    }
}
