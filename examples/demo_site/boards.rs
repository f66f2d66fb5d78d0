//! Boards and sprints.

use super::answer::Answer;
use super::jira::{Issue, Jira, Visit, no_such_call};
use super::jira_issues::{Wanted, shown};
use super::listing;
use serde_json::{Value, json};

const BOARDS: [(u64, &str, &str, &str); 2] = [
    (1, "Rocket board", "scrum", "DEV"),
    (2, "Launch pad board", "kanban", "OPS"),
];
const SPRINTS: [(u64, &str, &str, &str); 3] = [
    (1, "Ignition", "closed", "Get it to hum"),
    (2, "Lift-off", "active", "Get it off the ground"),
    (3, "Orbit", "future", "Go round once"),
];

/// Answers below `/rest/agile/1.0`.
pub(crate) fn answer(jira: &Jira, visit: &Visit, path: &[&str]) -> Answer {
    if visit.request.verb() != "GET" {
        return no_such_call();
    }
    let request = visit.request;
    match path {
        ["board"] => {
            let project = request.parameter("projectKeyOrId");
            let kind = request.parameter("type");
            let found: Vec<Value> = BOARDS
                .iter()
                .filter(|(_, _, known, key)| {
                    project.is_none_or(|project| project == *key)
                        && kind.is_none_or(|kind| kind == *known)
                })
                .map(|known| board(known, visit))
                .collect();
            Answer::ok(&listing::jira(request, "values", &found))
        }
        ["board", id, rest @ ..] => {
            match BOARDS.iter().find(|(known, ..)| known.to_string() == *id) {
                Some(known) => of_board(jira, known, visit, rest),
                None => Answer::jira_message(404, &format!("No board with id {id} exists.")),
            }
        }
        ["sprint", id, rest @ ..] => {
            match (
                SPRINTS.iter().find(|(known, ..)| known.to_string() == *id),
                rest,
            ) {
                (Some(known), []) => Answer::ok(&sprint(known, visit)),
                (Some((id, ..)), ["issue"]) => {
                    issues(jira, visit, |issue| issue.sprint == Some(*id))
                }
                (Some(_), _) => no_such_call(),
                (None, _) => {
                    Answer::jira_message(404, &format!("Sprint with id {id} does not exist."))
                }
            }
        }
        _ => no_such_call(),
    }
}

type Board = (u64, &'static str, &'static str, &'static str);

fn of_board(jira: &Jira, known: &Board, visit: &Visit, path: &[&str]) -> Answer {
    let (_, _, kind, project) = known;
    match path {
        [] => Answer::ok(&board(known, visit)),
        ["sprint"] if *kind != "scrum" => {
            Answer::jira_message(400, "The board does not support sprints")
        }
        ["sprint"] => {
            let states = visit.request.words("state");
            let found: Vec<Value> = SPRINTS
                .iter()
                .filter(|(_, _, state, _)| states.is_empty() || states.contains(state))
                .map(|known| sprint(known, visit))
                .collect();
            Answer::ok(&listing::jira(visit.request, "values", &found))
        }
        ["issue"] => issues(jira, visit, |issue| issue.project == *project),
        ["backlog"] => issues(jira, visit, |issue| {
            issue.project == *project && issue.sprint.is_none()
        }),
        _ => no_such_call(),
    }
}

fn board((id, name, kind, project): &Board, visit: &Visit) -> Value {
    json!({
        "id": id, "self": format!("{}/rest/agile/1.0/board/{id}", visit.site), "name": name, "type": kind,
        "location": { "projectKey": project, "displayName": name },
    })
}

fn sprint((id, name, state, goal): &(u64, &str, &str, &str), visit: &Visit) -> Value {
    json!({
        "id": id, "self": format!("{}/rest/agile/1.0/sprint/{id}", visit.site), "state": state, "name": name,
        "startDate": format!("2027-0{id}-01T08:00:00.000Z"), "endDate": format!("2027-0{id}-15T17:00:00.000Z"),
        "originBoardId": 1, "goal": goal,
    })
}

fn issues(jira: &Jira, visit: &Visit, meant: impl Fn(&Issue) -> bool) -> Answer {
    let wanted = Wanted::of(&visit.request.words("fields"), "*navigable");
    let found: Vec<Value> = jira
        .issues
        .iter()
        .filter(|issue| meant(issue))
        .map(|issue| shown(jira, issue, &wanted, visit.site))
        .collect();
    Answer::ok(&listing::jira(visit.request, "issues", &found))
}
