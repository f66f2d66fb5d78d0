//! Projects and what belongs to them, and the lists of fields, statuses and priorities.

use super::answer::Answer;
use super::jira::{Deployment, Visit, no_such_call};
use super::jira_issues::{FIELDS, component, status};
use super::jira_seed::{
    COMPONENTS, LINK_TYPES, NEEDS_COMPONENT, PRIORITIES, PROJECTS, STATUSES, TYPES, VERSIONS,
};
use super::listing;
use super::people;
use serde_json::{Map, Value, json};

/// Answers the lists.
pub(crate) fn answer(visit: &Visit, path: &[&str]) -> Answer {
    let request = visit.request;
    match path {
        ["project", "search"] if visit.deployment == Deployment::Cloud => {
            let text = request
                .parameter("query")
                .unwrap_or_default()
                .to_lowercase();
            let keys = request.words("keys");
            let found: Vec<Value> = PROJECTS
                .iter()
                .filter(|(key, _, name, _)| {
                    (key.to_lowercase().contains(&text) || name.to_lowercase().contains(&text))
                        && (keys.is_empty() || keys.contains(key))
                })
                .map(|known| project(known, visit))
                .collect();
            Answer::ok(&listing::jira(request, "values", &found))
        }
        ["project"] => {
            let all: Vec<Value> = PROJECTS.iter().map(|known| project(known, visit)).collect();
            Answer::ok(&all.into())
        }
        ["project", name, rest @ ..] => {
            let wanted = name.to_uppercase();
            match PROJECTS
                .iter()
                .find(|(key, id, ..)| *key == wanted || *id == wanted)
            {
                Some(known) => of_project(known, visit, rest),
                None => Answer::jira_message(
                    404,
                    &format!("No project could be found with key '{name}'."),
                ),
            }
        }
        ["component", id] => one_of(components("DEV"), id, "component"),
        ["version", id] => one_of(versions(visit, "DEV"), id, "version"),
        ["field"] => Answer::ok(&fields().into()),
        ["field", "search"] => Answer::ok(&listing::jira(request, "values", &fields())),
        ["status"] => Answer::ok(&(0..STATUSES.len()).map(status).collect()),
        ["statuses", "search"] => {
            let all: Vec<Value> = (0..STATUSES.len()).map(status).collect();
            Answer::ok(&listing::jira(request, "values", &all))
        }
        ["issuetype"] => Answer::ok(&types().into()),
        ["priority"] => Answer::ok(&priorities().into()),
        ["priority", "search"] => Answer::ok(&listing::jira(request, "values", &priorities())),
        ["label"] => {
            let all = ["outside", "paint"].map(Value::from);
            Answer::ok(&listing::jira(request, "values", &all))
        }
        ["mypermissions"] => Answer::ok(&json!({ "permissions": { "BROWSE_PROJECTS": {
            "id": "10", "key": "BROWSE_PROJECTS", "name": "Browse Projects", "havePermission": true } } })),
        _ => no_such_call(),
    }
}

type Project = (&'static str, &'static str, &'static str, &'static str);

fn project((key, id, name, kind): &Project, visit: &Visit) -> Value {
    let version = match visit.deployment {
        Deployment::Cloud => 3,
        Deployment::DataCenter => 2,
    };
    json!({
        "self": format!("{}/rest/api/{version}/project/{id}", visit.site), "id": id, "key": key, "name": name,
        "projectTypeKey": kind, "simplified": false, "style": "classic", "isPrivate": false,
        "lead": people::jira_user(1, visit.site, visit.deployment),
    })
}

fn of_project(known: &Project, visit: &Visit, path: &[&str]) -> Answer {
    let request = visit.request;
    let key = known.0;
    match path {
        [] => {
            let mut whole = project(known, visit);
            whole["description"] = format!("All about: {}", known.2).into();
            whole["issueTypes"] = types().into();
            whole["components"] = components(key).into();
            whole["versions"] = versions(visit, key).into();
            Answer::ok(&whole)
        }
        ["components"] => Answer::ok(&components(key).into()),
        ["component"] => Answer::ok(&listing::jira(request, "values", &components(key))),
        ["versions"] => Answer::ok(&versions(visit, key).into()),
        ["version"] => Answer::ok(&listing::jira(request, "values", &versions(visit, key))),
        ["statuses"] => {
            let statuses: Vec<Value> = (0..STATUSES.len()).map(status).collect();
            let all = types().into_iter().map(|mut kind| {
                kind["statuses"] = statuses.clone().into();
                kind
            });
            Answer::ok(&all.collect())
        }
        _ => no_such_call(),
    }
}

fn one_of(all: Vec<Value>, id: &str, kind: &str) -> Answer {
    match all.into_iter().find(|known| known["id"] == id) {
        Some(found) => Answer::ok(&found),
        None => Answer::jira_message(404, &format!("The {kind} with id {id} does not exist.")),
    }
}

fn components(project: &str) -> Vec<Value> {
    let all = if project == "DEV" {
        COMPONENTS.len()
    } else {
        0
    };
    (0..all)
        .map(|place| {
            let mut shown = component(place);
            shown["project"] = project.into();
            shown["description"] =
                format!("Everything in the {}", COMPONENTS[place].to_lowercase()).into();
            shown["assigneeType"] = "PROJECT_DEFAULT".into();
            shown
        })
        .collect()
}

fn versions(visit: &Visit, project: &str) -> Vec<Value> {
    let all = if project == "DEV" {
        VERSIONS.as_slice()
    } else {
        &[]
    };
    all.iter()
        .enumerate()
        .map(|(place, (name, released))| {
            let id = 10_400 + place;
            json!({
                "self": format!("{}/rest/api/2/version/{id}", visit.site), "id": id.to_string(), "name": name,
                "description": format!("Rocket {name}"), "released": released, "archived": false,
                "releaseDate": format!("2027-0{}-01", place + 2), "projectId": 10_000,
            })
        })
        .collect()
}

fn types() -> Vec<Value> {
    let all = TYPES.iter().enumerate();
    all.map(|(place, name)| json!({ "id": (10_001 + place).to_string(), "name": name, "subtask": false }))
        .collect()
}

fn priorities() -> Vec<Value> {
    let all = PRIORITIES.iter().enumerate();
    all.map(|(place, name)| json!({ "id": (place + 1).to_string(), "name": name }))
        .collect()
}

fn fields() -> Vec<Value> {
    let all = FIELDS.iter();
    all.map(|(id, name, kind)| {
        let custom = id.starts_with("customfield_");
        json!({ "id": id, "key": id, "name": name, "custom": custom, "navigable": true, "searchable": true,
            "clauseNames": [id], "schema": { "type": kind } })
    })
    .collect()
}

/// What an issue of a kind is made with, by field.
pub(crate) fn editable(kind: &str) -> Value {
    let allowed = |id: &str| -> Option<Vec<Value>> {
        match id {
            "priority" => Some(priorities()),
            "components" => Some(components("DEV")),
            "issuetype" => Some(types()),
            _ => None,
        }
    };
    let mut shown = Map::new();
    for (id, name, field_kind) in FIELDS {
        let required = ["summary", "issuetype", "project"].contains(&id)
            || (id == "components" && kind == NEEDS_COMPONENT);
        if ![
            "creator",
            "status",
            "created",
            "updated",
            "watches",
            "comment",
            "resolution",
        ]
        .contains(&id)
        {
            let mut field = json!({ "fieldId": id, "key": id, "name": name, "required": required,
                "schema": { "type": field_kind, "system": id }, "operations": ["set"] });
            if let Some(allowed) = allowed(id) {
                field["allowedValues"] = allowed.into();
            }
            shown.insert(id.to_owned(), field);
        }
    }
    shown.into()
}

/// What issues can be made, and of what.
pub(crate) fn create_meta(visit: &Visit, path: &[&str]) -> Answer {
    let request = visit.request;
    let known = |name: &str| {
        PROJECTS
            .iter()
            .any(|(key, id, ..)| *key == name || *id == name)
    };
    // the two kinds of installation call their lists by other names
    let cloud = visit.deployment == Deployment::Cloud;
    match path {
        [project, "issuetypes"] if known(project) => {
            let name = if cloud { "issueTypes" } else { "values" };
            Answer::ok(&listing::jira(request, name, &types()))
        }
        [project, "issuetypes", kind] if known(project) => {
            let name = if cloud { "fields" } else { "values" };
            let place = types().into_iter().find(|known| known["id"] == *kind);
            let kind = place.unwrap_or_default();
            let fields = editable(kind["name"].as_str().unwrap_or_default());
            let fields: Vec<Value> = fields
                .as_object()
                .map(|fields| fields.values().cloned().collect())
                .unwrap_or_default();
            Answer::ok(&listing::jira(request, name, &fields))
        }
        [project, ..] => Answer::jira_message(
            404,
            &format!("No project could be found with key '{project}'."),
        ),
        [] => no_such_call(),
    }
}

/// The kinds of links.
pub(crate) fn link_types() -> Value {
    let all = LINK_TYPES.iter().enumerate();
    let all: Vec<Value> = all
        .map(|(place, (name, inward, outward))| {
            json!({ "id": (10_300 + place).to_string(), "name": name, "inward": inward, "outward": outward })
        })
        .collect();
    json!({ "issueLinkTypes": all })
}
