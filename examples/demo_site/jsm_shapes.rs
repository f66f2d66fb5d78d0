//! Service Management's things as it shows them, and its desks, kinds of requests and queues.

use super::answer::Answer;
use super::jira::Visit;
use super::jira_seed::NOW;
use super::jsm::{Said, ServiceRequest};
use super::people;
use serde_json::{Value, json};

/// Id, project id, project key and name.
pub(crate) const DESKS: [(&str, &str, &str, &str); 2] = [
    ("1", "10002", "HELP", "Help desk"),
    ("2", "10004", "CREW", "Crew quarters"),
];
/// Id and name. All are of the first desk.
pub(crate) const TYPES: [(&str, &str); 3] = [
    ("11", "Something is broken"),
    ("12", "I need something"),
    ("13", "A question"),
];
/// Name and category.
pub(crate) const STATUSES: [(&str, &str); 3] = [
    ("Waiting for support", "NEW"),
    ("In progress", "INDETERMINATE"),
    ("Resolved", "DONE"),
];
/// Id and name of the queues of the first desk.
pub(crate) const QUEUES: [(&str, &str); 2] = [("21", "All open"), ("22", "Resolved")];
/// What the requests at the start are about.
pub(crate) const SUMMARIES: [&str; 7] = [
    "The coffee floats away",
    "A second pair of gravity boots",
    "Which button is it?",
    "The hatch sticks",
    "Longer straw",
    "Who waters the houseplants?",
    "My window shows the wrong planet",
];

/// The id of the transition to a status.
pub(crate) fn transition_id(status: usize) -> String {
    (900 + status).to_string()
}

/// Whether a queue has a request.
pub(crate) fn is_in(known: &ServiceRequest, queue: usize) -> bool {
    (known.status == 2) == (queue == 1)
}

/// The error of Service Management.
pub(crate) fn refusal(status: u16, message: &str) -> Answer {
    Answer::json(
        status,
        &json!({ "errorMessage": message, "i18nErrorMessage": { "i18nKey": "sd.demo", "parameters": [] } }),
    )
}

/// The moment at which everything happens.
pub(crate) fn date() -> Value {
    json!({ "iso8601": "2027-03-01T09:30:00+0000", "jira": NOW, "friendly": "Today 9:30 AM", "epochMillis": 1_803_893_400_000_u64 })
}

/// A desk.
pub(crate) fn desk(at: usize, visit: &Visit) -> Value {
    let (id, project, key, name) = DESKS[at];
    json!({
        "id": id, "projectId": project, "projectName": name, "projectKey": key,
        "_links": { "self": format!("{}/rest/servicedeskapi/servicedesk/{id}", visit.site) },
    })
}

/// A kind of request.
pub(crate) fn request_type(at: usize) -> Value {
    let (id, name) = TYPES[at];
    json!({ "_expands": ["field"], "id": id, "name": name, "description": name, "helpText": "Tell us what happened.",
        "issueTypeId": "10011", "serviceDeskId": DESKS[0].0, "portalId": "1", "groupIds": ["1"] })
}

/// A field of a form.
pub(crate) fn field(id: &str, required: bool) -> Value {
    json!({ "fieldId": id, "name": id, "description": "", "required": required, "validValues": [], "visible": true,
        "jiraSchema": { "type": "string", "system": id } })
}

/// The type of request that needs a size.
pub(crate) const SIZED: &str = "11";
/// The field of it.
pub(crate) const SIZE: &str = "customfield_10100";

/// The field of a size.
pub(crate) fn size() -> Value {
    let values: Vec<Value> = [("1", "Small"), ("2", "Large")]
        .into_iter()
        .map(|(value, label)| json!({ "value": value, "label": label, "children": [] }))
        .collect();
    json!({ "fieldId": SIZE, "name": "Size", "description": "", "required": true, "validValues": values, "visible": true,
        "jiraSchema": { "type": "option", "custom": "com.atlassian.jira.plugin.system.customfieldtypes:select" } })
}

/// Where a request is.
pub(crate) fn status(known: &ServiceRequest) -> Value {
    let (name, category) = STATUSES[known.status];
    json!({ "status": name, "statusCategory": category, "statusDate": date() })
}

/// A request.
pub(crate) fn shown(known: &ServiceRequest, visit: &Visit) -> Value {
    let key = known.key();
    let mut shown = json!({
        "_expands": ["participant", "status", "sla", "requestType", "serviceDesk", "attachment", "action", "comment"],
        "issueId": known.id.to_string(), "issueKey": key, "summary": known.summary,
        "requestTypeId": TYPES[known.kind].0, "serviceDeskId": DESKS[0].0, "createdDate": date(),
        "reporter": people::jira_user(known.reporter, visit.site, visit.deployment),
        "requestFieldValues": [
            { "fieldId": "summary", "label": "Summary", "value": known.summary },
            { "fieldId": "description", "label": "Description", "value": known.description },
        ],
        "currentStatus": status(known),
        "_links": {
            "self": format!("{}/rest/servicedeskapi/request/{}", visit.site, known.id),
            "web": format!("{}/servicedesk/customer/portal/1/{key}", visit.site),
            "jiraRest": format!("{}/rest/api/2/issue/{}", visit.site, known.id),
        },
    });
    let expanded = visit.request.words("expand");
    if expanded.contains(&"requestType") {
        shown["requestType"] = request_type(known.kind);
    }
    if expanded.contains(&"serviceDesk") {
        shown["serviceDesk"] = desk(0, visit);
    }
    shown
}

/// A request as the issue that it is.
pub(crate) fn issue(known: &ServiceRequest, visit: &Visit) -> Value {
    json!({
        "id": known.id.to_string(), "key": known.key(), "self": format!("{}/rest/api/2/issue/{}", visit.site, known.id),
        "fields": {
            "summary": known.summary, "created": NOW, "issuetype": { "id": "10011", "name": "Service request" },
            "status": { "name": STATUSES[known.status].0 },
            "reporter": people::jira_user(known.reporter, visit.site, visit.deployment),
        },
    })
}

/// A comment.
pub(crate) fn comment(said: &Said, visit: &Visit) -> Value {
    json!({
        "_expands": ["attachment", "renderedBody"], "id": said.id.to_string(), "body": said.body, "public": said.is_public,
        "author": people::jira_user(said.author, visit.site, visit.deployment), "created": date(),
        "_links": { "self": format!("{}/rest/servicedeskapi/comment/{}", visit.site, said.id) },
    })
}
