//! The commands of Jira Service Management.

use super::column::Column;
use super::command::{Command, Endpoint};
use super::paging::Paging;
use crate::auth::Product;

/// All of them, in the order in which help lists them.
pub const COMMANDS: &[&Command] = &[&SERVICE_DESKS];

static SERVICE_DESKS: Command = Command::list(
    Product::Jsm,
    "servicedesk list",
    "List service desks",
    &[
        Column::new("ID", &["/id"]),
        Column::new("PROJECT", &["/projectKey"]),
        Column::new("NAME", &["/projectName"]),
    ],
)
.calls(&[
    Endpoint::get("/rest/servicedeskapi/servicedesk").pages(Paging::Start { size: 50 }, "/values")
]);
