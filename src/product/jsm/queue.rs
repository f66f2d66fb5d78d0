//! `lassi jsm queue`: what agents work through. On Data Center these requests are experimental.

use super::PAGES;
use super::desk::DESK;
use crate::auth::Product;
use crate::product::column::Column;
use crate::product::command::{Command, Endpoint, Parameter, ParameterKind};

pub(super) static LIST: Command = Command::list(
    Product::Jsm,
    "queue list",
    "List the queues of a service desk",
    &[
        Column::new("ID", &["/id"]),
        Column::new("NAME", &["/name"]),
        Column::new("ISSUES", &["/issueCount"]),
        Column::new("JQL", &["/jql"]),
    ],
)
.takes(&[DESK.required()])
.calls(&[
    Endpoint::get("/rest/servicedeskapi/servicedesk/{servicedesk}/queue")
        .fixed(&[("includeCount", "true")])
        .experimental()
        .pages(PAGES, "/values"),
]);

/// A queue shows the fields that it is set up to show, and answers with no others.
pub(super) static ISSUES: Command = Command::list(
    Product::Jsm,
    "queue issues",
    "List the requests in a queue",
    &[
        Column::new("KEY", &["/key"]),
        Column::new("TYPE", &["/fields/issuetype/name"]),
        Column::new("STATUS", &["/fields/status/name"]),
        Column::new("REPORTER", &["/fields/reporter"]),
        Column::moment("CREATED", &["/fields/created"]),
        Column::new("SUMMARY", &["/fields/summary"]),
    ],
)
.takes(&[
    DESK.required(),
    Parameter::flag(
        "queue",
        "ID",
        ParameterKind::Integer,
        "The queue: `lassi jsm queue list` shows their numbers",
    )
    .required(),
])
.calls(&[
    Endpoint::get("/rest/servicedeskapi/servicedesk/{servicedesk}/queue/{queue}/issue")
        .experimental()
        .pages(PAGES, "/values"),
]);
