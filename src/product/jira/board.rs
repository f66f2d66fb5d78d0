//! `lassi jira board` and `sprint`: how teams plan.

use super::search;
use crate::auth::Product;
use crate::product::column::Column;
use crate::product::command::{
    Action, Command, Endpoint, Own, Parameter, ParameterKind, Thing, To,
};
use crate::product::paging::Paging;

pub(super) static BOARDS: Command = Command::list(
    Product::Jira,
    "board list",
    "List boards",
    &[
        Column::new("ID", &["/id"]),
        Column::new("TYPE", &["/type"]),
        Column::new("PROJECT", &["/location/projectKey"]),
        Column::new("NAME", &["/name"]),
    ],
)
.takes(&[
    Parameter::flag(
        "project",
        "PROJECT",
        ParameterKind::Key(Thing::Project),
        "With issues of this project",
    ),
    Parameter::flag(
        "type",
        "TYPE",
        ParameterKind::Choice(&["scrum", "kanban", "simple"]),
        "Of this type: scrum, kanban or simple",
    ),
    Parameter::flag(
        "name",
        "TEXT",
        ParameterKind::Text,
        "With this text in its name",
    ),
])
.calls(&[Endpoint::get("/rest/agile/1.0/board")
    .sends(&[
        ("project", To::Query("projectKeyOrId")),
        ("type", To::Query("type")),
        ("name", To::Query("name")),
    ])
    .pages(Paging::StartAt { size: 50 }, "/values")]);

pub(super) static SPRINTS: Command = Command::list(
    Product::Jira,
    "sprint list",
    "List the sprints of a board",
    &[
        Column::new("ID", &["/id"]),
        Column::new("STATE", &["/state"]),
        Column::moment("START", &["/startDate"]),
        Column::moment("END", &["/completeDate", "/endDate"]),
        Column::new("NAME", &["/name"]),
        Column::new("GOAL", &["/goal"]),
    ],
)
.takes(&[
    Parameter::flag(
        "board",
        "BOARD",
        ParameterKind::Key(Thing::Board),
        "The board: its number, or its address",
    )
    .required(),
    Parameter::flag(
        "state",
        "STATE",
        ParameterKind::Choices(&["future", "active", "closed"]),
        "In one of these states: `future,active,closed`",
    ),
])
.calls(&[Endpoint::get("/rest/agile/1.0/board/{board}/sprint")
    .sends(&[("state", To::Query("state"))])
    .pages(Paging::StartAt { size: 50 }, "/values")])
.web("/secure/RapidBoard.jspa?rapidView={board}");

pub(super) static SPRINT_ISSUES: Command = Command::of(
    Product::Jira,
    "sprint issues",
    "List the issues of a sprint",
    Action::Own(Own {
        run: search::list,
        changes: false,
        lists: true,
    }),
)
.takes(&[
    Parameter::argument(
        "sprint",
        "SPRINT",
        ParameterKind::Integer,
        "The sprint: its number, as `sprint list` shows it",
    ),
    Parameter::flag(
        "jql",
        "JQL",
        ParameterKind::Text,
        "Only those that this finds, too: `assignee = currentUser()`",
    ),
    search::FIELDS,
])
.calls(&[Endpoint::get("/rest/agile/1.0/sprint/{sprint}/issue")
    .sends(&[("jql", To::Query("jql")), ("fields", To::Query("fields"))])
    .pages(Paging::StartAt { size: 100 }, "/issues")]);
