//! Runs of the pipeline of a repository, their steps and logs.

use super::answer::Answer;
use super::bitbucket::{Pipeline, Repository, page};
use super::bitbucket_seed::NOW;
use super::jira::Visit;
use super::people::{self, YOU};
use serde_json::{Value, json};

/// Answers what is asked below `pipelines`.
pub(crate) fn answer(known: &mut Repository, visit: &Visit, path: &[&str]) -> Answer {
    match (visit.request.verb(), path) {
        ("GET", []) => pipelines(known, visit),
        ("POST", []) => trigger(known, visit),
        (verb, [name, rest @ ..]) => {
            let mut all = known.pipelines.iter();
            match all.position(|run| uuid(run.number) == *name || run.number.to_string() == *name) {
                Some(at) => of_pipeline(&mut known.pipelines[at], visit, verb, rest),
                None => Answer::bitbucket(404, "The requested pipeline was not found."),
            }
        }
        _ => Answer::bitbucket(404, "Resource not found"),
    }
}

fn uuid(number: u64) -> String {
    format!("{{00000000-0000-4000-8000-{:012}}}", 700 + number)
}

fn pipeline(run: &Pipeline) -> Value {
    let state = match run.result {
        Some(result) => json!({ "type": "pipeline_state_completed", "name": "COMPLETED",
            "result": { "type": "pipeline_state_completed_result", "name": result } }),
        None => json!({ "type": "pipeline_state_in_progress", "name": "IN_PROGRESS",
            "stage": { "type": "pipeline_state_in_progress_running", "name": "RUNNING" } }),
    };
    json!({
        "type": "pipeline", "uuid": uuid(run.number), "build_number": run.number, "state": state,
        "creator": people::bitbucket_user(run.author), "created_on": run.when,
        "completed_on": run.result.map(|_| run.when.as_str()), "build_seconds_used": 42, "duration_in_seconds": 42,
        "target": { "type": "pipeline_ref_target", "ref_type": "branch", "ref_name": run.branch },
        "trigger": { "type": "pipeline_trigger_push", "name": "PUSH" },
    })
}

/// Those of a branch, and those that are as `status` says.
fn pipelines(known: &Repository, visit: &Visit) -> Answer {
    let branch = visit.request.parameter("target.branch");
    let statuses = visit.request.words("status");
    let all = known.pipelines.iter();
    let meant = all.filter(|run| {
        let status = match run.result {
            Some("SUCCESSFUL") => "PASSED",
            Some(result) => result,
            None => "BUILDING",
        };
        branch.is_none_or(|branch| branch == run.branch)
            && (statuses.is_empty() || statuses.contains(&status))
    });
    page(visit, meant.map(pipeline).collect())
}

fn trigger(known: &mut Repository, visit: &Visit) -> Answer {
    let body = visit.request.json();
    let branch = body["target"]["ref_name"].as_str().unwrap_or_default();
    if !known.branches.iter().any(|(name, _)| name == branch) {
        return Answer::bitbucket(400, &format!("The branch '{branch}' does not exist."));
    }
    let run = Pipeline {
        number: known.pipelines.len() as u64 + 1,
        branch: branch.to_owned(),
        result: None,
        author: YOU,
        when: NOW.to_owned(),
    };
    let shown = pipeline(&run);
    known.pipelines.push(run);
    Answer::json(201, &shown)
}

fn of_pipeline(run: &mut Pipeline, visit: &Visit, verb: &str, path: &[&str]) -> Answer {
    const STEPS: [(&str, &str); 2] = [("build", "Build the rocket"), ("test", "Drop the melon")];
    let step = |place: usize| {
        format!(
            "{{00000000-0000-4000-8000-{:012}}}",
            800 + run.number * 10 + place as u64
        )
    };
    let shown = |place: usize| {
        json!({ "type": "pipeline_step", "uuid": step(place), "name": STEPS[place].1, "state": pipeline(run)["state"],
            "started_on": run.when, "duration_in_seconds": 21 })
    };
    match (verb, path) {
        ("GET", []) => Answer::ok(&pipeline(run)),
        ("POST", ["stopPipeline"]) if run.result.is_some() => {
            Answer::bitbucket(400, "The pipeline has already completed.")
        }
        ("POST", ["stopPipeline"]) => {
            run.result = Some("STOPPED");
            Answer::empty(204)
        }
        ("GET", ["steps"]) => page(visit, (0..STEPS.len()).map(shown).collect()),
        ("GET", ["steps", name, rest @ ..]) => {
            match ((0..STEPS.len()).find(|place| step(*place) == *name), rest) {
                (Some(place), []) => Answer::ok(&shown(place)),
                (Some(place), ["log"]) => {
                    let end = run.result.unwrap_or("still running");
                    let (command, title) = STEPS[place];
                    Answer::text(&format!("+ make {command}\n{title}: done\n{end}\n"))
                }
                _ => Answer::bitbucket(404, "The requested step was not found."),
            }
        }
        _ => Answer::bitbucket(404, "Resource not found"),
    }
}
