//! `lassi jira issue`: one issue, its states, and who has to do with it. What is written into issues is in `write.rs`.

use crate::auth::Product;
use crate::product::column::{self, Column};
use crate::product::command::{Command, Endpoint, Parameter, ParameterKind, Thing, To};
use serde_json::Value as Json;

/// The issue that a command is about.
pub(super) const KEY: Parameter = Parameter::argument(
    "key",
    "KEY",
    ParameterKind::Key(Thing::Issue),
    "The issue: `DEV-1`, or its address",
);

pub(super) static GET: Command = Command::show(
    Product::Jira,
    "issue get",
    "Show an issue",
    &[
        Column::new("KEY", &["/key"]),
        Column::new("SUMMARY", &["/fields/summary"]),
        Column::new("TYPE", &["/fields/issuetype/name"]),
        Column::new("STATUS", &["/fields/status/name"]),
        Column::new("RESOLUTION", &["/fields/resolution/name"]),
        Column::new("PRIORITY", &["/fields/priority/name"]),
        Column::new("ASSIGNEE", &["/fields/assignee"]),
        Column::new("REPORTER", &["/fields/reporter"]),
        Column::new("PARENT", &["/fields/parent/key"]),
        Column::new("LABELS", &["/fields/labels"]),
        Column::new("COMPONENTS", &["/fields/components"]),
        Column::new("VERSIONS", &["/fields/fixVersions"]),
        Column::new("DUE", &["/fields/duedate"]),
        Column::moment("CREATED", &["/fields/created"]),
        Column::moment("UPDATED", &["/fields/updated"]),
        Column::made("LINKS", &["/fields/issuelinks"], links),
        Column::made("SUBTASKS", &["/fields/subtasks"], keys),
        Column::made("FILES", &["/fields/attachment"], file_names),
        Column::made("COMMENTS", &["/fields/comment/total"], how_many),
        Column::document("DESCRIPTION", &["/fields/description"]),
    ],
)
.details("Comments are shown by `lassi jira issue comment list KEY`.")
.markdown()
.takes(&[KEY])
.calls(&[
    Endpoint::get("/rest/api/3/issue/{key}").cloud(),
    Endpoint::get("/rest/api/2/issue/{key}").data_center(),
])
.web("/browse/{key}");

pub(super) static DELETE: Command = Command::send(
    Product::Jira,
    "issue delete",
    "Delete an issue for good",
    "deleted {key}",
)
.takes(&[
    KEY,
    Parameter::switch("subtasks", "Delete its subtasks, too"),
])
.calls(&[
    Endpoint::of("DELETE", "/rest/api/3/issue/{key}")
        .cloud()
        .sends(&[("subtasks", To::Query("deleteSubtasks"))]),
    Endpoint::of("DELETE", "/rest/api/2/issue/{key}")
        .data_center()
        .sends(&[("subtasks", To::Query("deleteSubtasks"))]),
])
.confirm("Delete {key} with its comments and files?");

pub(super) static ASSIGN: Command = Command::send(
    Product::Jira,
    "issue assign",
    "Assign an issue to somebody, or to nobody",
    "assigned {key}",
)
.takes(&[
    KEY,
    Parameter::argument(
        "person",
        "PERSON",
        ParameterKind::Person,
        "An address, an account id, `@me`, or `none` to unassign it",
    ),
])
.calls(&[
    Endpoint::of("PUT", "/rest/api/3/issue/{key}/assignee")
        .cloud()
        .sends(&[("person", To::Body("/accountId"))]),
    Endpoint::of("PUT", "/rest/api/2/issue/{key}/assignee")
        .data_center()
        .sends(&[("person", To::Body("/name"))]),
]);

pub(super) static TRANSITIONS: Command = Command::list(
    Product::Jira,
    "issue transitions",
    "List the states that an issue can be moved to",
    &[
        Column::new("ID", &["/id"]),
        Column::new("TRANSITION", &["/name"]),
        Column::new("TO", &["/to/name"]),
    ],
)
.takes(&[KEY])
.calls(&[
    Endpoint::get("/rest/api/3/issue/{key}/transitions")
        .cloud()
        .items("/transitions"),
    Endpoint::get("/rest/api/2/issue/{key}/transitions")
        .data_center()
        .items("/transitions"),
]);

const WATCHER: Parameter = Parameter::flag(
    "user",
    "PERSON",
    ParameterKind::Person,
    "Somebody else: an address or an account id",
)
.default("@me");

pub(super) static WATCH: Command = Command::send(
    Product::Jira,
    "issue watch",
    "Watch an issue: news of it are sent to you",
    "added to the watchers of {key}",
)
.takes(&[KEY, WATCHER])
.calls(&[
    Endpoint::of("POST", "/rest/api/3/issue/{key}/watchers")
        .cloud()
        .sends(&[("user", To::Whole)]),
    Endpoint::of("POST", "/rest/api/2/issue/{key}/watchers")
        .data_center()
        .sends(&[("user", To::Whole)]),
]);

pub(super) static UNWATCH: Command = Command::send(
    Product::Jira,
    "issue unwatch",
    "Watch an issue no longer",
    "removed from the watchers of {key}",
)
.takes(&[KEY, WATCHER])
.calls(&[
    Endpoint::of("DELETE", "/rest/api/3/issue/{key}/watchers")
        .cloud()
        .sends(&[("user", To::Query("accountId"))]),
    Endpoint::of("DELETE", "/rest/api/2/issue/{key}/watchers")
        .data_center()
        .sends(&[("user", To::Query("username"))]),
]);

fn all(list: &Json, words: impl Fn(&Json) -> String) -> String {
    let items = list.as_array().into_iter().flatten();
    let words: Vec<String> = items.map(words).collect();
    words.join(", ")
}

/// `blocks DEV-2, relates to DEV-3`.
fn links(list: &Json) -> String {
    all(list, |link| {
        let (words, other) = if link["outwardIssue"].is_object() {
            (&link["type"]["outward"], &link["outwardIssue"])
        } else {
            (&link["type"]["inward"], &link["inwardIssue"])
        };
        format!("{} {}", column::text(words), column::text(&other["key"]))
    })
}

fn keys(list: &Json) -> String {
    all(list, |issue| column::text(&issue["key"]))
}

fn file_names(list: &Json) -> String {
    all(list, |file| column::text(&file["filename"]))
}

/// None are not worth a line.
fn how_many(count: &Json) -> String {
    match count.as_u64() {
        Some(0) | None => String::new(),
        Some(count) => count.to_string(),
    }
}
