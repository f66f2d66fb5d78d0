//! Issues as Jira shows them: all fields or those that were asked for.

use super::answer::Answer;
use super::jira::{Attachment, Comment, Deployment, Issue, Jira, Visit, no_such_call};
use super::jira_seed::{COMPONENTS, DONE, LINK_TYPES, NOW, PRIORITIES, PROJECTS, STATUSES, TYPES};
use super::people::{self, YOU};
use super::{big_project, document, listing};
use serde_json::{Map, Value, json};

/// What Jira says of an issue that is missing or hidden.
pub(crate) const NO_ISSUE: &str = "Issue does not exist or you do not have permission to see it.";
/// Id, name and kind of every field.
pub(crate) const FIELDS: [(&str, &str, &str); 21] = [
    ("summary", "Summary", "string"),
    ("issuetype", "Issue Type", "issuetype"),
    ("status", "Status", "status"),
    ("priority", "Priority", "priority"),
    ("assignee", "Assignee", "user"),
    ("reporter", "Reporter", "user"),
    ("creator", "Creator", "user"),
    ("project", "Project", "project"),
    ("labels", "Labels", "array"),
    ("components", "Components", "array"),
    ("fixVersions", "Fix versions", "array"),
    ("created", "Created", "datetime"),
    ("updated", "Updated", "datetime"),
    ("duedate", "Due date", "date"),
    ("resolution", "Resolution", "resolution"),
    ("watches", "Watchers", "watches"),
    ("description", "Description", "string"),
    ("issuelinks", "Linked Issues", "array"),
    ("customfield_10016", "Story point estimate", "number"),
    ("comment", "Comment", "comments-page"),
    ("attachment", "Attachment", "array"),
];
/// The fields from here on are not shown in lists unless they are asked for.
const NOT_NAVIGABLE: [&str; 2] = ["comment", "attachment"];

/// Which fields an answer has.
pub(crate) struct Wanted {
    names: Vec<&'static str>,
    /// Without the key: what a search of Cloud gives where nothing was asked for.
    only_id: bool,
}

impl Wanted {
    /// Reads a list of names as Jira does; `otherwise` stands for an empty one.
    pub(crate) fn of(words: &[&str], otherwise: &str) -> Wanted {
        let words = if words.is_empty() {
            &[otherwise]
        } else {
            words
        };
        let only_removed = words.iter().all(|word| word.starts_with('-'));
        let included = |name: &str| {
            let navigable = !NOT_NAVIGABLE.contains(&name);
            let named = words.iter().any(|word| *word == name || *word == "*all");
            let all = only_removed || words.contains(&"*navigable");
            let removed = words
                .iter()
                .any(|word| word.strip_prefix('-') == Some(name));
            (named || (all && navigable)) && !removed
        };
        Wanted {
            names: FIELDS
                .iter()
                .map(|(id, ..)| *id)
                .filter(|id| included(id))
                .collect(),
            only_id: words == ["id"],
        }
    }

    /// Whether many fit into one page.
    pub(crate) fn is_small(&self) -> bool {
        self.names.is_empty()
    }
}

/// An issue with the fields that were asked for.
pub(crate) fn shown(jira: &Jira, issue: &Issue, wanted: &Wanted, site: &str) -> Value {
    let id = issue.id.to_string();
    if wanted.only_id {
        return json!({ "id": id });
    }
    let mut fields = Map::new();
    for name in &wanted.names {
        fields.insert((*name).to_owned(), field(jira, issue, name, site));
    }
    let version = version(jira.deployment);
    let mut shown = json!({
        "expand": "renderedFields,names,schema,operations,editmeta,changelog", "id": id,
        "self": format!("{site}/rest/api/{version}/issue/{id}"), "key": issue.key(),
    });
    if !fields.is_empty() {
        shown["fields"] = fields.into();
    }
    shown
}

fn version(deployment: Deployment) -> u8 {
    match deployment {
        Deployment::Cloud => 3,
        Deployment::DataCenter => 2,
    }
}

fn field(jira: &Jira, issue: &Issue, name: &str, site: &str) -> Value {
    let user = |person| people::jira_user(person, site, jira.deployment);
    match name {
        "summary" => issue.summary.as_str().into(),
        "issuetype" => {
            json!({ "id": (10_001 + issue.kind).to_string(), "name": TYPES[issue.kind], "subtask": false })
        }
        "status" => status(issue.status),
        "priority" => {
            json!({ "id": (issue.priority + 1).to_string(), "name": PRIORITIES[issue.priority] })
        }
        "assignee" => issue.assignee.map(user).into(),
        "reporter" | "creator" => user(issue.reporter),
        "project" => {
            let known = PROJECTS.iter().find(|(key, ..)| *key == issue.project);
            known.map_or(Value::Null, |(key, id, name, kind)| {
                json!({ "id": id, "key": key, "name": name, "projectTypeKey": kind })
            })
        }
        "labels" => issue.labels.clone().into(),
        "components" => issue
            .components
            .iter()
            .map(|place| component(*place))
            .collect(),
        "fixVersions" => json!([]),
        "created" => issue.created.as_str().into(),
        "updated" => issue.updated.as_str().into(),
        "duedate" => issue.due.clone().into(),
        "resolution" if issue.status == DONE => json!({ "id": "10000", "name": "Done" }),
        "watches" => json!({
            "watchCount": issue.watchers.len(), "isWatching": issue.watchers.contains(&YOU),
        }),
        "description" => document::shown(&issue.description, jira.deployment),
        "issuelinks" => links(jira, issue),
        "customfield_10016" => json!(issue.number % 8 + 1),
        "comment" => {
            let comments = comments(issue, site, jira.deployment);
            json!({ "comments": comments, "maxResults": comments.len(), "total": comments.len(), "startAt": 0 })
        }
        "attachment" => {
            let files = issue.attachments.iter();
            files
                .map(|file| attachment(file, site, jira.deployment))
                .collect()
        }
        _ => Value::Null,
    }
}

/// A status.
pub(crate) fn status(place: usize) -> Value {
    let (name, category, category_name) = STATUSES[place];
    json!({
        "id": (10_000 + place).to_string(), "name": name,
        "statusCategory": { "key": category, "name": category_name },
    })
}

/// A component.
pub(crate) fn component(place: usize) -> Value {
    json!({ "id": (10_200 + place).to_string(), "name": COMPONENTS[place] })
}

/// A file's description, with the address of its content.
pub(crate) fn attachment(file: &Attachment, site: &str, deployment: Deployment) -> Value {
    let id = file.id;
    let content = match deployment {
        Deployment::Cloud => format!("{site}/rest/api/3/attachment/content/{id}"),
        Deployment::DataCenter => format!("{site}/secure/attachment/{id}/{}", file.name),
    };
    json!({
        "self": format!("{site}/rest/api/{}/attachment/{id}", version(deployment)),
        "id": id.to_string(), "filename": file.name, "author": people::jira_user(YOU, site, deployment),
        "created": NOW, "size": file.bytes.len(), "mimeType": "text/plain", "content": content,
    })
}

/// What was said, oldest first.
pub(crate) fn comments(issue: &Issue, site: &str, deployment: Deployment) -> Vec<Value> {
    let shown = |said: &Comment| comment(issue, said, site, deployment);
    issue.comments.iter().map(shown).collect()
}

/// A comment.
pub(crate) fn comment(issue: &Issue, said: &Comment, site: &str, deployment: Deployment) -> Value {
    let author = people::jira_user(said.author, site, deployment);
    let version = version(deployment);
    json!({
        "self": format!("{site}/rest/api/{version}/issue/{}/comment/{}", issue.id, said.id),
        "id": said.id.to_string(), "author": author, "updateAuthor": author,
        "body": document::shown(&said.body, deployment), "created": said.created, "updated": said.updated,
        "jsdPublic": true,
    })
}

fn links(jira: &Jira, issue: &Issue) -> Value {
    let key = issue.key();
    let mut shown = Vec::new();
    for link in &jira.links {
        let (direction, other) = if link.inward == key {
            ("outwardIssue", &link.outward)
        } else if link.outward == key {
            ("inwardIssue", &link.inward)
        } else {
            continue;
        };
        let (name, inward, outward) = LINK_TYPES[link.kind];
        let mut entry = json!({
            "id": link.id.to_string(),
            "type": { "id": (10_300 + link.kind).to_string(), "name": name, "inward": inward, "outward": outward },
        });
        if let Some(place) = jira.place_of(other) {
            let other = &jira.issues[place];
            entry[direction] = json!({ "id": other.id.to_string(), "key": other.key(),
                "fields": { "summary": other.summary, "status": status(other.status) } });
        }
        shown.push(entry);
    }
    shown.into()
}

/// The statuses that an issue can be moved to: the id of the transition and the place of the status.
pub(crate) fn transitions(issue: &Issue) -> Vec<(String, &'static str, usize)> {
    let names = ["To Do", "Start progress", "Ask for review", "Done"];
    (0..STATUSES.len())
        .filter(|place| *place != issue.status)
        .map(|place| ((place * 10 + 11).to_string(), names[place], place))
        .collect()
}

/// Answers what only reads, below `/issue/{key}`.
pub(crate) fn answer(jira: &Jira, visit: &Visit, name: &str, path: &[&str]) -> Answer {
    let big = big_project::issue(name);
    let kept = jira.place_of(name).map(|place| &jira.issues[place]);
    let Some(issue) = big.as_ref().or(kept) else {
        return Answer::jira_message(404, NO_ISSUE);
    };
    let request = visit.request;
    let user = |person: &usize| people::jira_user(*person, visit.site, visit.deployment);
    match path {
        [] => {
            let wanted = Wanted::of(&request.words("fields"), "*all");
            Answer::ok(&shown(jira, issue, &wanted, visit.site))
        }
        ["transitions"] => {
            let list: Vec<Value> = transitions(issue)
                .into_iter()
                .map(|(id, name, place)| json!({ "id": id, "name": name, "to": status(place), "isAvailable": true, "hasScreen": false }))
                .collect();
            Answer::ok(&json!({ "expand": "transitions", "transitions": list }))
        }
        ["comment"] => {
            let mut all = comments(issue, visit.site, visit.deployment);
            if request.parameter("orderBy") == Some("-created") {
                all.reverse();
            }
            let mut page = listing::jira(request, "comments", &all);
            if let Some(page) = page.as_object_mut() {
                // comments have a total only
                page.remove("isLast");
            }
            Answer::ok(&page)
        }
        ["comment", id] => match issue
            .comments
            .iter()
            .find(|said| said.id.to_string() == *id)
        {
            Some(said) => Answer::ok(&comment(issue, said, visit.site, visit.deployment)),
            None => no_comment(id),
        },
        ["watchers"] => Answer::ok(&json!({
            "watchCount": issue.watchers.len(), "isWatching": issue.watchers.contains(&YOU),
            "watchers": issue.watchers.iter().map(user).collect::<Vec<_>>(),
        })),
        ["changelog"] => Answer::ok(&listing::jira(request, "values", &[])),
        ["editmeta"] => {
            Answer::ok(&json!({ "fields": super::jira_projects::editable(TYPES[issue.kind]) }))
        }
        _ => no_such_call(),
    }
}

/// A comment that is not there.
pub(crate) fn no_comment(id: &str) -> Answer {
    Answer::jira_message(404, &format!("Can not find a comment for the id: {id}."))
}
