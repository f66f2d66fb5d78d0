//! The commands of Jira.

mod attachment;
mod board;
mod comment;
mod field_facts;
mod issue;
mod jql;
mod link;
mod project;
mod search;
mod transition;
mod transition_many;
mod write;

use super::column::Column;
use super::command::{Command, Endpoint};
use crate::auth::Product;

/// All of them, in the order in which help lists them.
pub const COMMANDS: &[&Command] = &[
    &search::SEARCH,
    &issue::GET,
    &write::CREATE,
    &write::UPDATE,
    &transition::TRANSITION,
    &issue::TRANSITIONS,
    &issue::ASSIGN,
    &comment::LIST,
    &comment::GET,
    &comment::ADD,
    &comment::UPDATE,
    &comment::DELETE,
    &link::LINK,
    &link::UNLINK,
    &issue::WATCH,
    &issue::UNWATCH,
    &issue::DELETE,
    &attachment::LIST,
    &attachment::GET,
    &attachment::ADD,
    &attachment::DELETE,
    &project::LIST,
    &project::GET,
    &project::COMPONENTS,
    &project::VERSIONS,
    &project::FIELDS,
    &board::BOARDS,
    &board::SPRINTS,
    &board::SPRINT_ISSUES,
    &WHOAMI,
];

static WHOAMI: Command = Command::show(
    Product::Jira,
    "whoami",
    "Show who is signed in",
    &[
        Column::new("ID", &["/accountId", "/name"]),
        Column::new("NAME", &["/displayName"]),
        Column::new("EMAIL", &["/emailAddress"]),
        Column::new("TIME ZONE", &["/timeZone"]),
    ],
)
.calls(&[
    Endpoint::get("/rest/api/3/myself").cloud(),
    Endpoint::get("/rest/api/2/myself").data_center(),
]);
