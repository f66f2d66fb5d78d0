//! What is in a repository: branches, commits and pull requests; runs of the pipeline are in `bitbucket_pipelines.rs`.

use super::answer::Answer;
use super::bitbucket::{Commit, Pull, Repository, WORKSPACE, page};
use super::bitbucket_pipelines;
use super::bitbucket_seed::{MAIN, NOW};
use super::jira::Visit;
use super::people::{self, PEOPLE, YOU};
use serde_json::{Value, json};

const DIFF: &str = "diff --git a/fins.txt b/fins.txt
index 3b18e51..a0423896 100644
--- a/fins.txt
+++ b/fins.txt
@@ -1,3 +1,3 @@
 fins: 4
-colour: grey
+colour: red
 squeak: no
";

/// Answers what is asked below a repository; `id` is one that nothing has yet.
pub(crate) fn answer(known: &mut Repository, visit: &Visit, path: &[&str], id: u64) -> Answer {
    match (visit.request.verb(), path) {
        ("GET", ["refs"] | ["refs", "branches"]) => page(
            visit,
            known
                .branches
                .iter()
                .map(|branch| shown_branch(known, branch))
                .collect(),
        ),
        ("POST", ["refs", "branches"]) => create_branch(known, visit),
        (verb, ["refs", "branches", name @ ..]) => branch(known, verb, &name.join("/")),
        ("GET", ["refs", "tags"] | ["default-reviewers"]) => page(visit, Vec::new()),
        ("GET", ["commits"]) => commits(known, visit),
        ("GET", ["commits", revision @ ..]) => {
            let revision = revision.join("/");
            match place_of(known, &revision) {
                Some(at) => page(visit, known.commits[at..].iter().map(commit).collect()),
                None => Answer::bitbucket(404, &format!("Commit not found: {revision}")),
            }
        }
        ("GET", ["commit", hash]) => match place_of(known, hash) {
            Some(at) => Answer::ok(&commit(&known.commits[at])),
            None => Answer::bitbucket(404, &format!("Commit not found: {hash}")),
        },
        ("GET", ["diff", ..]) => Answer::text(DIFF),
        ("GET", ["pullrequests"]) => {
            let states = visit.request.words("state");
            let states = if states.is_empty() {
                vec!["OPEN"]
            } else {
                states
            };
            let all = known.pulls.iter().rev();
            let meant = all.filter(|pull| states.contains(&pull.state));
            page(
                visit,
                meant.map(|pull| shown_pull(known, pull, visit)).collect(),
            )
        }
        ("POST", ["pullrequests"]) => create_pull(known, visit),
        (verb, ["pullrequests", number, rest @ ..]) => {
            match known
                .pulls
                .iter()
                .position(|pull| pull.id.to_string() == *number)
            {
                Some(at) => of_pull(known, visit, at, verb, rest, id),
                None => Answer::bitbucket(404, &format!("Pull request {number} does not exist.")),
            }
        }
        (_, ["pipelines", rest @ ..]) => bitbucket_pipelines::answer(known, visit, rest),
        _ => Answer::bitbucket(404, "Resource not found"),
    }
}

fn place_of(known: &Repository, revision: &str) -> Option<usize> {
    let mut branches = known.branches.iter();
    let branch = branches.find(|(name, _)| name == revision);
    let hash = branch.map_or(revision, |(_, hash)| hash);
    // short hashes are names, too
    let mut commits = known.commits.iter();
    commits.position(|commit| hash.len() >= 7 && commit.hash.starts_with(hash))
}

/// Of all branches, or those that one has and another one has not; `path` is compared with what they say.
fn commits(known: &Repository, visit: &Visit) -> Answer {
    let mut places = Vec::new();
    for (name, otherwise) in [("include", 0), ("exclude", known.commits.len())] {
        places.push(match visit.request.parameter(name) {
            None => otherwise,
            Some(revision) => match place_of(known, revision) {
                Some(place) => place,
                None => return Answer::bitbucket(404, &format!("Commit not found: {revision}")),
            },
        });
    }
    let path = visit.request.parameter("path").unwrap_or_default();
    let stem = path.split('.').next().unwrap_or_default().to_lowercase();
    let all = known.commits.iter().enumerate();
    let meant = all.filter(|(place, commit)| {
        (places[0]..places[1]).contains(place) && commit.message.to_lowercase().contains(&stem)
    });
    page(visit, meant.map(|(_, known)| commit(known)).collect())
}

fn commit(known: &Commit) -> Value {
    let who = &PEOPLE[known.author];
    json!({
        "type": "commit", "hash": known.hash, "date": known.when, "message": known.message,
        "author": { "type": "author", "raw": format!("{} <{}>", who.shown, who.email), "user": people::bitbucket_user(known.author) },
        "summary": { "raw": known.message, "markup": "markdown" }, "parents": [],
    })
}

fn shown_branch(known: &Repository, (name, hash): &(String, String)) -> Value {
    let target = known.commits.iter().find(|commit| commit.hash == *hash);
    json!({
        "type": "branch", "name": name, "target": target.map(commit),
        "merge_strategies": ["merge_commit", "squash", "fast_forward"], "default_merge_strategy": "merge_commit",
    })
}

fn branch(known: &mut Repository, verb: &str, name: &str) -> Answer {
    let Some(at) = known.branches.iter().position(|(branch, _)| branch == name) else {
        return Answer::bitbucket(404, &format!("Branch \"{name}\" does not exist."));
    };
    match verb {
        "GET" => Answer::ok(&shown_branch(known, &known.branches[at])),
        "DELETE" if name == MAIN => {
            Answer::bitbucket(400, "The main branch of a repository cannot be deleted.")
        }
        "DELETE" => {
            known.branches.remove(at);
            Answer::empty(204)
        }
        _ => Answer::bitbucket(405, "Method not allowed"),
    }
}

fn create_branch(known: &mut Repository, visit: &Visit) -> Answer {
    let body = visit.request.json();
    let name = body["name"].as_str().unwrap_or_default();
    let target = body["target"]["hash"].as_str().unwrap_or_default();
    if name.is_empty() {
        return Answer::bitbucket(400, "name: this field is required.");
    }
    if known.branches.iter().any(|(branch, _)| branch == name) {
        return Answer::bitbucket(400, &format!("Branch \"{name}\" already exists."));
    }
    let Some(at) = place_of(known, target) else {
        return Answer::bitbucket(
            400,
            &format!("Target \"{target}\" does not exist in the repository."),
        );
    };
    let branch = (name.to_owned(), known.commits[at].hash.clone());
    let shown = shown_branch(known, &branch);
    known.branches.push(branch);
    Answer::json(201, &shown)
}

fn shown_pull(known: &Repository, pull: &Pull, visit: &Visit) -> Value {
    let full = format!("{WORKSPACE}/{}", known.slug);
    let end = |branch: &str| {
        let hash = known
            .branches
            .iter()
            .find(|(name, _)| name == branch)
            .map(|(_, hash)| &hash[..12]);
        json!({ "branch": { "name": branch }, "commit": { "type": "commit", "hash": hash },
            "repository": { "type": "repository", "full_name": full, "name": known.slug } })
    };
    let participants: Vec<Value> = pull
        .approvals
        .iter()
        .map(|person| participant(*person))
        .collect();
    json!({
        "type": "pullrequest", "id": pull.id, "title": pull.title, "description": pull.description,
        "summary": { "raw": pull.description, "markup": "markdown" }, "state": pull.state,
        "author": people::bitbucket_user(pull.author), "source": end(&pull.source), "destination": end(&pull.destination),
        "comment_count": pull.comments.len(), "task_count": 0, "close_source_branch": pull.closes_branch, "reviewers": [],
        "participants": participants, "created_on": "2027-02-20T10:00:00.000000+00:00", "updated_on": NOW,
        "links": {
            "self": { "href": format!("{}/repositories/{full}/pullrequests/{}", visit.site, pull.id) },
            "html": { "href": format!("https://bitbucket.org/{full}/pull-requests/{}", pull.id) },
        },
    })
}

fn participant(person: usize) -> Value {
    json!({ "type": "participant", "user": people::bitbucket_user(person), "role": "PARTICIPANT", "approved": true,
        "state": "approved", "participated_on": NOW })
}

fn create_pull(known: &mut Repository, visit: &Visit) -> Answer {
    let body = visit.request.json();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let source = text(&body["source"]["branch"]["name"]);
    let destination = body["destination"]["branch"]["name"]
        .as_str()
        .unwrap_or(MAIN)
        .to_owned();
    let title = text(&body["title"]);
    if title.is_empty() {
        return Answer::bitbucket(400, "title: this field is required.");
    }
    for (end, branch) in [("source", &source), ("destination", &destination)] {
        if !known.branches.iter().any(|(name, _)| name == branch) {
            return Answer::bitbucket(400, &format!("{end}: branch not found: {branch}"));
        }
    }
    if source == destination {
        return Answer::bitbucket(400, "There are no changes to be pulled");
    }
    let pull = Pull {
        id: known.pulls.iter().map(|pull| pull.id).max().unwrap_or(0) + 1,
        title,
        description: text(&body["description"]),
        state: "OPEN",
        author: YOU,
        source,
        destination,
        approvals: Vec::new(),
        comments: Vec::new(),
        closes_branch: body["close_source_branch"] == true,
        has_conflict: false,
    };
    let shown = shown_pull(known, &pull, visit);
    known.pulls.push(pull);
    Answer::json(201, &shown)
}

fn of_pull(
    known: &mut Repository,
    visit: &Visit,
    at: usize,
    verb: &str,
    path: &[&str],
    id: u64,
) -> Answer {
    let pull = &mut known.pulls[at];
    match (verb, path) {
        ("GET", []) => {}
        ("PUT", []) => {
            let body = visit.request.json();
            if let Some(title) = body["title"].as_str() {
                title.clone_into(&mut pull.title);
            }
            if let Some(description) = body["description"].as_str() {
                description.clone_into(&mut pull.description);
            }
        }
        ("POST", ["approve"]) => {
            pull.approvals.retain(|person| *person != YOU);
            pull.approvals.push(YOU);
            return Answer::ok(&participant(YOU));
        }
        ("DELETE", ["approve"]) => {
            pull.approvals.retain(|person| *person != YOU);
            return Answer::empty(204);
        }
        ("POST", ["merge" | "decline"]) if pull.state != "OPEN" => {
            return Answer::bitbucket(400, "This pull request is already closed.");
        }
        ("POST", ["merge"]) if pull.has_conflict => {
            return Answer::bitbucket(
                409,
                "There are merge conflicts that have to be resolved first.",
            );
        }
        // a message may ask for a merge that takes long
        ("POST", ["merge"]) if visit.request.json()["message"] == "Slowly" => {
            let place = format!("{}/repositories/{WORKSPACE}/{}", visit.site, known.slug);
            let task = format!("{place}/pullrequests/{}/merge/task-status/1", pull.id);
            return Answer::empty(202).with("location", task);
        }
        ("POST", ["merge"]) => {
            pull.state = "MERGED";
            let closes = visit.request.json()["close_source_branch"].as_bool();
            if closes.unwrap_or(pull.closes_branch) {
                let gone = pull.source.clone();
                known.branches.retain(|(name, _)| *name != gone);
            }
        }
        ("POST", ["decline"]) => pull.state = "DECLINED",
        ("GET", ["comments"]) => {
            let all = pull
                .comments
                .iter()
                .map(|said| comment(said, pull.id))
                .collect();
            return page(visit, all);
        }
        ("POST", ["comments"]) => {
            let body = visit.request.json();
            let Some(text) = body["content"]["raw"]
                .as_str()
                .filter(|text| !text.is_empty())
            else {
                return Answer::bitbucket(400, "content: this field is required.");
            };
            let said = (id, YOU, text.to_owned());
            let shown = comment(&said, pull.id);
            pull.comments.push(said);
            return Answer::json(201, &shown);
        }
        ("GET", ["diff"]) => {
            let place = format!("{}/repositories/{WORKSPACE}/{}", visit.site, known.slug);
            return Answer::redirect(format!(
                "{place}/diff/{WORKSPACE}/{}:{}..{MAIN}",
                known.slug, known.pulls[at].id
            ));
        }
        ("GET", ["patch"]) => return Answer::text(DIFF),
        ("GET", ["commits"]) => {
            let all = known.commits.iter().take(2).map(commit).collect();
            return page(visit, all);
        }
        _ => return Answer::bitbucket(404, "Resource not found"),
    }
    Answer::ok(&shown_pull(known, &known.pulls[at], visit))
}

fn comment((id, author, text): &(u64, usize, String), pull: u64) -> Value {
    json!({
        "type": "pullrequest_comment", "id": id, "content": { "type": "rendered", "raw": text, "markup": "markdown", "html": format!("<p>{text}</p>") },
        "user": people::bitbucket_user(*author), "created_on": NOW, "updated_on": NOW, "deleted": false,
        "pullrequest": { "type": "pullrequest", "id": pull },
    })
}
