//! Bitbucket: users, workspaces and repositories. What is in a repository is in `bitbucket_repository.rs`.

use super::answer::Answer;
use super::jira::Visit;
use super::listing;
use super::people::{self, PEOPLE, YOU};
use super::{bitbucket_repository, bitbucket_seed};
use serde_json::{Value, json};

/// The only workspace.
pub(crate) const WORKSPACE: &str = "acme";

/// All that Bitbucket knows.
pub(crate) struct Bitbucket {
    pub(crate) repositories: Vec<Repository>,
    /// The next id of a comment.
    pub(crate) next_id: u64,
}

/// A repository.
pub(crate) struct Repository {
    pub(crate) slug: String,
    pub(crate) description: String,
    pub(crate) is_private: bool,
    /// Newest first.
    pub(crate) commits: Vec<Commit>,
    /// Names and hashes of their latest commits.
    pub(crate) branches: Vec<(String, String)>,
    pub(crate) pulls: Vec<Pull>,
    pub(crate) pipelines: Vec<Pipeline>,
}

/// A commit.
pub(crate) struct Commit {
    pub(crate) hash: String,
    pub(crate) author: usize,
    pub(crate) when: String,
    pub(crate) message: String,
}

/// A pull request.
pub(crate) struct Pull {
    pub(crate) id: u64,
    pub(crate) title: String,
    pub(crate) description: String,
    /// `OPEN`, `MERGED` or `DECLINED`.
    pub(crate) state: &'static str,
    pub(crate) author: usize,
    pub(crate) source: String,
    pub(crate) destination: String,
    pub(crate) approvals: Vec<usize>,
    /// Id, author and text.
    pub(crate) comments: Vec<(u64, usize, String)>,
    pub(crate) closes_branch: bool,
    pub(crate) has_conflict: bool,
}

/// A run of the pipeline.
pub(crate) struct Pipeline {
    pub(crate) number: u64,
    pub(crate) branch: String,
    /// How it ended: `SUCCESSFUL`, `FAILED`, `STOPPED`; none while it runs.
    pub(crate) result: Option<&'static str>,
    pub(crate) author: usize,
    pub(crate) when: String,
}

impl Bitbucket {
    /// Bitbucket as it is at the start.
    pub(crate) fn new() -> Bitbucket {
        bitbucket_seed::bitbucket()
    }

    /// Answers what is asked below `/2.0`.
    pub(crate) fn answer(&mut self, visit: &Visit) -> Answer {
        let list = |all: Vec<Value>| page(visit, all);
        match (visit.request.verb(), visit.path) {
            ("GET", ["user"]) => {
                let mut user = people::bitbucket_user(YOU);
                user["username"] = PEOPLE[YOU].name.into();
                Answer::ok(&user)
            }
            ("GET", ["user", "emails"]) => list(vec![
                json!({ "type": "email", "email": PEOPLE[YOU].email, "is_primary": true, "is_confirmed": true }),
            ]),
            ("GET", ["user", "workspaces"]) => list(vec![
                json!({ "type": "workspace_access", "administrator": true, "workspace": workspace(visit) }),
            ]),
            ("GET", ["user", "permissions", "workspaces"]) => list(vec![
                json!({ "type": "workspace_membership", "permission": "owner", "user": people::bitbucket_user(YOU), "workspace": workspace(visit) }),
            ]),
            ("GET", ["workspaces"]) => list(vec![workspace(visit)]),
            ("GET", ["workspaces", WORKSPACE]) => Answer::ok(&workspace(visit)),
            ("GET", ["workspaces", WORKSPACE, "members"]) => list(
                (0..PEOPLE.len())
                    .filter(|person| is_asked_for(visit, *person))
                    .map(|person| json!({ "type": "workspace_membership", "user": people::bitbucket_user(person) }))
                    .collect(),
            ),
            ("GET", ["workspaces", WORKSPACE, "projects"]) => list(vec![project()]),
            ("GET", ["repositories"] | ["repositories", WORKSPACE]) => {
                let all = self.repositories.iter();
                list(all.map(|known| repository(known, visit)).collect())
            }
            ("POST", ["repositories", WORKSPACE, slug]) => self.create(visit, slug),
            (verb, ["repositories", WORKSPACE, slug, rest @ ..]) => {
                let mut all = self.repositories.iter();
                let Some(at) = all.position(|known| known.slug == *slug) else {
                    let message = format!("You may not have access to the repository {WORKSPACE}/{slug} or it no longer exists in this workspace.");
                    return Answer::bitbucket(404, &message);
                };
                match (verb, rest) {
                    ("GET", []) => Answer::ok(&repository(&self.repositories[at], visit)),
                    ("DELETE", []) => {
                        self.repositories.remove(at);
                        Answer::empty(204)
                    }
                    _ => {
                        self.next_id += 1;
                        let id = self.next_id;
                        bitbucket_repository::answer(&mut self.repositories[at], visit, rest, id)
                    }
                }
            }
            (_, ["workspaces" | "repositories", name, ..]) => {
                Answer::bitbucket(404, &format!("No workspace with identifier '{name}'."))
            }
            _ => Answer::bitbucket(404, "Resource not found"),
        }
    }

    fn create(&mut self, visit: &Visit, slug: &str) -> Answer {
        if self.repositories.iter().any(|known| known.slug == slug) {
            return Answer::bitbucket(400, "Repository with this Slug and Owner already exists.");
        }
        if slug.chars().any(char::is_uppercase) {
            return Answer::bitbucket(400, "Invalid slug: it must be in lower case.");
        }
        let body = visit.request.json();
        let made = Repository {
            slug: slug.to_owned(),
            description: body["description"].as_str().unwrap_or_default().to_owned(),
            is_private: body["is_private"].as_bool().unwrap_or(true),
            commits: Vec::new(),
            branches: Vec::new(),
            pulls: Vec::new(),
            pipelines: Vec::new(),
        };
        let shown = repository(&made, visit);
        self.repositories.push(made);
        Answer::ok(&shown)
    }
}

/// Whether a member is among those whose addresses are asked for: `user.email IN ("ada@acme.example")`.
fn is_asked_for(visit: &Visit, person: usize) -> bool {
    let asked = visit.request.parameter("q");
    let addresses = asked.and_then(|query| query.strip_prefix("user.email IN "));
    addresses.is_none_or(|list| list.contains(&format!("\"{}\"", PEOPLE[person].email)))
}

/// A page of what is left after `q`, in the order of `sort`.
pub(crate) fn page(visit: &Visit, mut all: Vec<Value>) -> Answer {
    let request = visit.request;
    if let Some(query) = request
        .parameter("q")
        .filter(|query| !query.contains(" IN "))
    {
        all.retain(|item| matches(item, query));
    }
    if let Some(sort) = request.parameter("sort") {
        let name = sort.trim_start_matches('-');
        all.sort_by_key(|item| at(item, name));
        if sort.starts_with('-') {
            all.reverse();
        }
    }
    // `next` holds whole addresses, with the path of the request behind the root of the site
    let root = visit.site.trim_end_matches("/bitbucket/2.0");
    Answer::ok(&listing::bitbucket(request, root, &all))
}

/// Comparisons with `=`, `!=` and `~`, joined by `AND`.
fn matches(item: &Value, query: &str) -> bool {
    query.split(" AND ").all(|clause| {
        let compared = |operator| clause.split_once(operator);
        let (name, value, operator) = if let Some((name, value)) = compared("!=") {
            (name, value, '!')
        } else if let Some((name, value)) = compared("~") {
            (name, value, '~')
        } else if let Some((name, value)) = compared("=") {
            (name, value, '=')
        } else {
            return false;
        };
        let known = at(item, name.trim());
        let value = value.trim().trim_matches('"');
        match operator {
            '~' => known.to_lowercase().contains(&value.to_lowercase()),
            '!' => known != value,
            _ => known == value,
        }
    })
}

/// The text at a path with dots.
fn at(item: &Value, path: &str) -> String {
    let found = path.split('.').fold(item, |value, name| &value[name]);
    found
        .as_str()
        .map_or_else(|| found.to_string(), str::to_owned)
}

fn workspace(visit: &Visit) -> Value {
    json!({
        "type": "workspace", "uuid": "{00000000-0000-4000-8000-000000000100}", "name": "Acme Rockets",
        "slug": WORKSPACE, "is_private": true, "created_on": "2026-12-01T08:00:00.000000+00:00",
        "links": {
            "self": { "href": format!("{}/workspaces/{WORKSPACE}", visit.site) },
            "html": { "href": format!("https://bitbucket.org/{WORKSPACE}/") },
        },
    })
}

fn project() -> Value {
    json!({ "type": "project", "key": "FLY", "name": "Flying", "uuid": "{00000000-0000-4000-8000-000000000200}" })
}

fn repository(known: &Repository, visit: &Visit) -> Value {
    let full = format!("{WORKSPACE}/{}", known.slug);
    let branch = known
        .branches
        .first()
        .map(|(name, _)| json!({ "type": "branch", "name": name }));
    json!({
        "type": "repository", "uuid": format!("{{00000000-0000-4000-8000-{:012}}}", known.slug.len() + 300),
        "full_name": full, "name": known.slug, "slug": known.slug, "description": known.description,
        "scm": "git", "is_private": known.is_private, "language": "rust", "size": 48_213, "project": project(),
        "has_issues": false, "fork_policy": "no_public_forks", "mainbranch": branch,
        "created_on": "2026-12-01T08:00:00.000000+00:00", "updated_on": "2027-02-26T15:00:00.000000+00:00",
        "owner": { "type": "team", "display_name": "Acme Rockets", "username": WORKSPACE },
        "links": {
            "self": { "href": format!("{}/repositories/{full}", visit.site) },
            "html": { "href": format!("https://bitbucket.org/{full}") },
            "clone": [
                { "name": "https", "href": format!("https://bitbucket.org/{full}.git") },
                { "name": "ssh", "href": format!("git@bitbucket.org:{full}.git") },
            ],
        },
    })
}
