//! The commands of Jira.

mod search;

use super::column::Column;
use super::command::{Command, Endpoint};
use crate::auth::Product;

/// All of them, in the order in which help lists them.
pub const COMMANDS: &[&Command] = &[&search::SEARCH, &WHOAMI];

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
