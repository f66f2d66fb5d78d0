//! Changes of issues: making, editing, moving, assigning, deleting.

use super::answer::Answer;
use super::big_project::BIG;
use super::document;
use super::jira::{Issue, Jira, Visit, no_such_call};
use super::jira_issues::transitions;
use super::jira_seed::{
    COMPONENTS, DONE, NEEDS_COMPONENT, NEVER_DONE, NOW, PRIORITIES, PROJECTS, TYPES,
};
use super::people::{self, YOU};
use super::{jira_attachments, jira_conversation as conversation};
use serde_json::{Map, Value, json};

type Errors = Map<String, Value>;

/// Makes an issue.
pub(crate) fn create(jira: &mut Jira, visit: &Visit) -> Answer {
    let body = visit.request.json();
    let Some(fields) = body["fields"].as_object() else {
        return Answer::jira_message(
            400,
            "Invalid request payload. Refer to the REST API documentation and try again.",
        );
    };
    let mut errors = Errors::new();
    let project = place_of_named(
        &fields.get("project").cloned().unwrap_or_default(),
        "key",
        |place| PROJECTS.get(place).map(|(key, id, ..)| [*key, *id]),
    );
    if project.is_none() {
        errors.insert(
            "project".to_owned(),
            "Specify a valid project ID or key".into(),
        );
    }
    let kind = kind_of(fields);
    if kind.is_none() {
        errors.insert("issuetype".to_owned(), "Specify an issue type".into());
    }
    if fields
        .get("summary")
        .and_then(Value::as_str)
        .is_none_or(str::is_empty)
    {
        errors.insert(
            "summary".to_owned(),
            "You must specify a summary of the issue.".into(),
        );
    }
    let components = fields.get("components").and_then(Value::as_array);
    if kind.map(|kind| TYPES[kind]) == Some(NEEDS_COMPONENT) && components.is_none_or(Vec::is_empty)
    {
        errors.insert("components".to_owned(), "Components is required.".into());
    }
    let project = PROJECTS[project.unwrap_or(0)].0;
    if project == BIG {
        let fault = "You do not have permission to create issues in this project.";
        errors.insert("project".to_owned(), fault.into());
    }
    let numbers = jira.issues.iter().filter(|issue| issue.project == project);
    let mut issue = Issue {
        id: jira.next_id + 1,
        project,
        number: numbers.map(|issue| issue.number).max().unwrap_or(0) + 1,
        summary: String::new(),
        kind: kind.unwrap_or(0),
        status: 0,
        priority: 2,
        assignee: None,
        reporter: YOU,
        labels: Vec::new(),
        components: Vec::new(),
        description: Value::Null,
        due: None,
        sprint: None,
        comments: Vec::new(),
        attachments: Vec::new(),
        watchers: vec![YOU],
        created: NOW.to_owned(),
        updated: NOW.to_owned(),
    };
    apply(&mut issue, fields, visit, &mut errors);
    if !errors.is_empty() {
        return Answer::jira_fields(&errors);
    }
    jira.next_id += 1;
    let (id, key) = (issue.id.to_string(), issue.key());
    jira.issues.push(issue);
    let address = format!("{}/rest/api/2/issue/{id}", visit.site);
    Answer::json(201, &json!({ "id": id, "key": key, "self": address }))
}

/// The place of what an object names by `name`, `key` or `id`.
fn place_of_named<const NAMES: usize>(
    given: &Value,
    by: &str,
    known: impl Fn(usize) -> Option<[&'static str; NAMES]>,
) -> Option<usize> {
    let wanted = given[by].as_str().or(given["id"].as_str())?;
    (0..)
        .map_while(|place| known(place).map(|names| (place, names)))
        .find(|(_, names)| names.iter().any(|name| name.eq_ignore_ascii_case(wanted)))
        .map(|(place, _)| place)
}

/// The place in a list of names whose ids are numbers from `first`.
fn place_in(names: &[&'static str], first: usize, given: &Value) -> Option<usize> {
    let by_id = given["id"].as_str().and_then(|id| id.parse::<usize>().ok());
    let by_id = by_id
        .and_then(|id| id.checked_sub(first))
        .filter(|place| *place < names.len());
    let name = given["name"].as_str().unwrap_or_default();
    by_id.or_else(|| {
        names
            .iter()
            .position(|known| known.eq_ignore_ascii_case(name))
    })
}

fn kind_of(fields: &Map<String, Value>) -> Option<usize> {
    place_in(&TYPES, 10_001, fields.get("issuetype")?)
}

/// Puts values into an issue; what cannot be is told by field.
fn apply(issue: &mut Issue, fields: &Map<String, Value>, visit: &Visit, errors: &mut Errors) {
    for (name, value) in fields {
        let fault = match name.as_str() {
            "issuetype" => match kind_of(fields) {
                Some(kind) => {
                    issue.kind = kind;
                    None
                }
                None => Some("The issue type selected is invalid.".to_owned()),
            },
            "summary" => match value.as_str().filter(|text| !text.is_empty()) {
                Some(text) => {
                    text.clone_into(&mut issue.summary);
                    None
                }
                None => Some("You must specify a summary of the issue.".to_owned()),
            },
            "description" => {
                issue.description = value.clone();
                let accepted = document::is_accepted(value, visit.deployment);
                (!accepted).then(|| document::refusal(visit.deployment).to_owned())
            }
            "priority" => match place_in(&PRIORITIES, 1, value) {
                Some(priority) => {
                    issue.priority = priority;
                    None
                }
                None => Some("The priority selected is invalid.".to_owned()),
            },
            "labels" => set_labels(issue, value),
            "components" => set_components(issue, value),
            "duedate" => {
                issue.due = value.as_str().map(str::to_owned);
                None
            }
            "assignee" | "reporter" => set_person(issue, name, value, visit),
            // where it is was seen to before, and nobody asks for the others again
            "project" | "customfield_10016" | "fixVersions" => None,
            _ => Some(format!(
                "Field '{name}' cannot be set. It is not on the appropriate screen, or unknown."
            )),
        };
        if let Some(fault) = fault {
            errors.entry(name.as_str()).or_insert(fault.into());
        }
    }
}

fn set_labels(issue: &mut Issue, value: &Value) -> Option<String> {
    let given = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let labels: Vec<String> = given
        .iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect();
    let spaced = labels.iter().find(|label| label.contains(' ')).cloned();
    issue.labels = labels;
    spaced.map(|label| format!("The label '{label}' contains spaces which is invalid."))
}

fn set_components(issue: &mut Issue, value: &Value) -> Option<String> {
    issue.components.clear();
    for given in value.as_array().map(Vec::as_slice).unwrap_or_default() {
        let Some(place) = place_in(&COMPONENTS, 10_200, given) else {
            let name = given["name"].as_str().unwrap_or_default();
            return Some(format!("Component name '{name}' is not valid"));
        };
        issue.components.push(place);
    }
    None
}

fn set_person(issue: &mut Issue, field: &str, value: &Value, visit: &Visit) -> Option<String> {
    let identity = value["accountId"]
        .as_str()
        .or(value["id"].as_str())
        .or(value["name"].as_str());
    let Some(identity) = identity else {
        if field == "assignee" {
            issue.assignee = None;
        }
        return None;
    };
    let Some(person) = people::named(identity, visit.deployment) else {
        return Some(format!("User '{identity}' cannot be assigned issues."));
    };
    if field == "assignee" {
        issue.assignee = Some(person);
    } else {
        issue.reporter = person;
    }
    None
}

/// Answers what changes the issue of a place.
pub(crate) fn answer(jira: &mut Jira, visit: &Visit, place: usize, path: &[&str]) -> Answer {
    let body = visit.request.json();
    match (visit.request.verb(), path) {
        ("PUT", []) => edit(&mut jira.issues[place], &body, visit),
        ("DELETE", []) => {
            let gone = jira.issues.remove(place).key();
            jira.links
                .retain(|link| link.inward != gone && link.outward != gone);
            Answer::empty(204)
        }
        ("POST", ["transitions"]) => transition(&mut jira.issues[place], &body),
        ("PUT", ["assignee"]) => {
            let issue = &mut jira.issues[place];
            match set_person(issue, "assignee", &body, visit) {
                Some(fault) => {
                    Answer::jira_fields(&Errors::from_iter([("assignee".to_owned(), fault.into())]))
                }
                None => Answer::empty(204),
            }
        }
        ("POST", ["comment"]) => {
            let id = jira.new_id();
            conversation::say(&mut jira.issues[place], id, &body["body"], visit)
        }
        (_, ["comment", id]) => {
            conversation::change_comment(&mut jira.issues[place], id, &body["body"], visit)
        }
        (_, ["watchers"]) => conversation::watch(&mut jira.issues[place], &body, visit),
        ("POST", ["attachments"]) => jira_attachments::add(jira, visit, place),
        _ => no_such_call(),
    }
}

fn edit(issue: &mut Issue, body: &Value, visit: &Visit) -> Answer {
    let mut changed = issue.clone();
    let mut errors = Errors::new();
    if let Some(fields) = body["fields"].as_object() {
        apply(&mut changed, fields, visit, &mut errors);
    }
    let steps = body["update"]["labels"].as_array();
    for step in steps.map(Vec::as_slice).unwrap_or_default() {
        if let Some(label) = step["remove"].as_str() {
            changed.labels.retain(|known| known != label);
        }
        if let Some(label) = step["add"].as_str() {
            changed.labels.retain(|known| known != label);
            changed.labels.push(label.to_owned());
        }
    }
    if !errors.is_empty() {
        return Answer::jira_fields(&errors);
    }
    NOW.clone_into(&mut changed.updated);
    *issue = changed;
    Answer::empty(204)
}

fn transition(issue: &mut Issue, body: &Value) -> Answer {
    let id = body["transition"]["id"].as_str().unwrap_or_default();
    let Some((_, _, status)) = transitions(issue)
        .into_iter()
        .find(|(known, ..)| known == id)
    else {
        return Answer::jira_message(
            400,
            &format!("Transition id '{id}' is not valid for this issue."),
        );
    };
    if status == DONE && issue.key() == NEVER_DONE {
        return Answer::jira_message(400, "A checklist can only be closed after launch.");
    }
    issue.status = status;
    NOW.clone_into(&mut issue.updated);
    Answer::empty(204)
}
