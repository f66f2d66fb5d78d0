//! Jira: a request below `/rest` goes in, what a person who is signed in gets comes out. The issues and what hangs on
//! them are here; the other files of this product are its calls.

use super::answer::Answer;
use super::people::{self, YOU};
use super::request::Request;
use super::{
    boards, jira_attachments, jira_change, jira_conversation, jira_issues, jira_projects,
    jira_search, jira_seed,
};
use serde_json::{Value, json};

/// The kind of installation: which names for people, which texts, which calls.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Deployment {
    Cloud,
    DataCenter,
}

/// A request that was let in.
pub(crate) struct Visit<'visit> {
    pub(crate) request: &'visit Request,
    /// What is left of the path.
    pub(crate) path: &'visit [&'visit str],
    /// What stands in front of `/rest` in addresses of answers.
    pub(crate) site: &'visit str,
    /// Where downloads are.
    pub(crate) media: &'visit str,
    pub(crate) deployment: Deployment,
}

/// All that Jira knows.
pub(crate) struct Jira {
    pub(crate) deployment: Deployment,
    pub(crate) issues: Vec<Issue>,
    pub(crate) links: Vec<Link>,
    /// The next id of an issue, a comment, a file or a link.
    pub(crate) next_id: u64,
}

/// An issue.
#[derive(Clone)]
pub(crate) struct Issue {
    pub(crate) id: u64,
    pub(crate) project: &'static str,
    pub(crate) number: u64,
    pub(crate) summary: String,
    /// Its place in [`jira_seed::TYPES`].
    pub(crate) kind: usize,
    /// Its place in [`jira_seed::STATUSES`].
    pub(crate) status: usize,
    /// Its place in [`jira_seed::PRIORITIES`].
    pub(crate) priority: usize,
    pub(crate) assignee: Option<usize>,
    pub(crate) reporter: usize,
    pub(crate) labels: Vec<String>,
    /// Their places in [`jira_seed::COMPONENTS`].
    pub(crate) components: Vec<usize>,
    /// As it was given: a document or a text.
    pub(crate) description: Value,
    pub(crate) due: Option<String>,
    pub(crate) sprint: Option<u64>,
    pub(crate) comments: Vec<Comment>,
    pub(crate) attachments: Vec<Attachment>,
    pub(crate) watchers: Vec<usize>,
    pub(crate) created: String,
    pub(crate) updated: String,
}

/// What somebody said.
#[derive(Clone)]
pub(crate) struct Comment {
    pub(crate) id: u64,
    pub(crate) author: usize,
    pub(crate) body: Value,
    pub(crate) created: String,
    pub(crate) updated: String,
}

/// A file.
#[derive(Clone)]
pub(crate) struct Attachment {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// One issue blocks, relates to or repeats another.
pub(crate) struct Link {
    pub(crate) id: u64,
    /// Its place in [`jira_seed::LINK_TYPES`].
    pub(crate) kind: usize,
    pub(crate) inward: String,
    pub(crate) outward: String,
}

impl Issue {
    /// As people write it.
    pub(crate) fn key(&self) -> String {
        format!("{}-{}", self.project, self.number)
    }
}

impl Jira {
    /// Jira as it is at the start.
    pub(crate) fn new(deployment: Deployment) -> Jira {
        jira_seed::jira(deployment)
    }

    /// A number that nothing has yet.
    pub(crate) fn new_id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    /// Where an issue is kept; its key or its id names it. Those of the big project are kept nowhere.
    pub(crate) fn place_of(&self, name: &str) -> Option<usize> {
        let wanted = name.to_uppercase();
        self.issues
            .iter()
            .position(|issue| issue.key() == wanted || issue.id.to_string() == wanted)
    }

    /// The bytes of a file.
    pub(crate) fn attachment_bytes(&self, id: &str) -> Option<&[u8]> {
        let files = self.issues.iter().flat_map(|issue| &issue.attachments);
        let mut files = files.filter(|file| file.id.to_string() == id);
        files.next().map(|file| file.bytes.as_slice())
    }

    /// Answers what is asked below `/rest`.
    pub(crate) fn answer(&mut self, visit: &Visit) -> Answer {
        match visit.path {
            ["agile", "1.0", rest @ ..] => boards::answer(self, visit, rest),
            ["api", version, rest @ ..] if self.has_version(version) => self.platform(visit, rest),
            _ => no_such_call(),
        }
    }

    fn has_version(&self, version: &str) -> bool {
        match self.deployment {
            Deployment::Cloud => version == "2" || version == "3",
            Deployment::DataCenter => version == "2" || version == "latest",
        }
    }

    fn platform(&mut self, visit: &Visit, path: &[&str]) -> Answer {
        let cloud = self.deployment == Deployment::Cloud;
        match (visit.request.verb(), path) {
            ("GET", ["serverInfo"]) => Answer::ok(&server_info(visit)),
            ("GET", ["myself"]) => {
                Answer::ok(&people::jira_user(YOU, visit.site, visit.deployment))
            }
            ("GET", ["user" | "users", ..]) => user(visit, &path[1..]),
            ("GET" | "POST", ["search", "jql"]) if cloud => jira_search::by_token(self, visit),
            (_, ["search"]) if cloud => Answer::jira_message(
                410,
                "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.",
            ),
            ("GET" | "POST", ["search"]) => jira_search::by_number(self, visit),
            ("POST", ["search", "approximate-count"]) if cloud => jira_search::count(self, visit),
            (_, ["issue", ..]) => self.issue(visit, &path[1..]),
            (_, ["issueLink", ..] | ["issueLinkType"]) => {
                jira_conversation::links(self, visit, path)
            }
            (_, ["attachment", ..]) => jira_attachments::answer(self, visit, &path[1..]),
            ("GET", _) => jira_projects::answer(visit, path),
            _ => no_such_call(),
        }
    }

    fn issue(&mut self, visit: &Visit, path: &[&str]) -> Answer {
        match (visit.request.verb(), path) {
            ("POST", []) => jira_change::create(self, visit),
            ("GET", ["createmeta", rest @ ..]) => jira_projects::create_meta(visit, rest),
            ("GET", [name, rest @ ..]) => jira_issues::answer(self, visit, name, rest),
            (_, [name, rest @ ..]) => match self.place_of(name) {
                Some(place) => jira_change::answer(self, visit, place, rest),
                None if super::big_project::issue(name).is_some() => Answer::jira_message(
                    400,
                    "You do not have permission to edit issues in this project.",
                ),
                None => Answer::jira_message(404, jira_issues::NO_ISSUE),
            },
            _ => no_such_call(),
        }
    }
}

/// A path that Jira does not know.
pub(crate) fn no_such_call() -> Answer {
    Answer::jira_message(404, "null for uri: there is no such resource.")
}

fn server_info(visit: &Visit) -> Value {
    let (version, numbers, deployment) = match visit.deployment {
        Deployment::Cloud => ("1001.0.0-SNAPSHOT", [1001, 0, 0], "Cloud"),
        Deployment::DataCenter => ("10.3.2", [10, 3, 2], "Server"),
    };
    json!({
        "baseUrl": visit.site, "version": version, "versionNumbers": numbers,
        "deploymentType": deployment, "buildNumber": 100_300, "serverTitle": "Acme",
    })
}

fn user(visit: &Visit, path: &[&str]) -> Answer {
    let request = visit.request;
    let shown = |person| people::jira_user(person, visit.site, visit.deployment);
    let cloud = visit.deployment == Deployment::Cloud;
    let (identity, text) = if cloud {
        ("accountId", "query")
    } else {
        ("username", "username")
    };
    match path {
        ["search"] | ["assignable", "search"] => {
            let wanted = request.parameter(text).unwrap_or_default();
            let found = people::found(if wanted == "." { "" } else { wanted });
            let start = request.number("startAt").unwrap_or(0);
            let limit = request.number("maxResults").unwrap_or(50);
            let page: Vec<Value> = found
                .into_iter()
                .skip(start)
                .take(limit)
                .map(shown)
                .collect();
            Answer::ok(&page.into())
        }
        [] => {
            let wanted = request.parameter(identity).unwrap_or_default();
            match people::named(wanted, visit.deployment) {
                Some(person) => Answer::ok(&shown(person)),
                None => Answer::jira_message(
                    404,
                    "Specified user does not exist or you do not have required permissions",
                ),
            }
        }
        _ => no_such_call(),
    }
}
