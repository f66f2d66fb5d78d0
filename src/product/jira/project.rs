//! `lassi jira project`, `component`, `version` and `field`: what issues belong to and consist of.

use crate::auth::Product;
use crate::product::column::Column;
use crate::product::command::{Command, Endpoint, Parameter, ParameterKind, Thing, To};
use crate::product::paging::Paging;

const PROJECT: Parameter = Parameter::flag(
    "project",
    "PROJECT",
    ParameterKind::Key(Thing::Project),
    "The project: `DEV`, or its address",
)
.required();

pub(super) static LIST: Command = Command::list(
    Product::Jira,
    "project list",
    "List the projects that you can see",
    &[
        Column::new("KEY", &["/key"]),
        Column::new("TYPE", &["/projectTypeKey"]),
        Column::new("LEAD", &["/lead"]),
        Column::new("NAME", &["/name"]),
    ],
)
.takes(&[Parameter::flag(
    "query",
    "TEXT",
    ParameterKind::Text,
    "With this text in key or name",
)])
.calls(&[
    Endpoint::get("/rest/api/3/project/search")
        .cloud()
        .fixed(&[("expand", "lead")])
        .sends(&[("query", To::Query("query"))])
        .pages(Paging::StartAt { size: 50 }, "/values"),
    Endpoint::get("/rest/api/2/project")
        .data_center()
        .fixed(&[("expand", "lead")]),
]);

pub(super) static GET: Command = Command::show(
    Product::Jira,
    "project get",
    "Show a project",
    &[
        Column::new("KEY", &["/key"]),
        Column::new("ID", &["/id"]),
        Column::new("NAME", &["/name"]),
        Column::new("TYPE", &["/projectTypeKey"]),
        Column::new("LEAD", &["/lead"]),
        Column::new("CATEGORY", &["/projectCategory"]),
        Column::new("URL", &["/url"]),
        Column::new("ISSUE TYPES", &["/issueTypes"]),
        Column::document("DESCRIPTION", &["/description"]),
    ],
)
.takes(&[Parameter::argument(
    "project",
    "PROJECT",
    ParameterKind::Key(Thing::Project),
    "The project: `DEV`, or its address",
)])
.calls(&[
    Endpoint::get("/rest/api/3/project/{project}").cloud(),
    Endpoint::get("/rest/api/2/project/{project}").data_center(),
])
.web("/browse/{project}");

pub(super) static COMPONENTS: Command = Command::list(
    Product::Jira,
    "component list",
    "List the components of a project",
    &[
        Column::new("ID", &["/id"]),
        Column::new("NAME", &["/name"]),
        Column::new("LEAD", &["/lead"]),
        Column::new("DESCRIPTION", &["/description"]),
    ],
)
.takes(&[PROJECT])
.calls(&[
    Endpoint::get("/rest/api/3/project/{project}/component")
        .cloud()
        .pages(Paging::StartAt { size: 50 }, "/values"),
    Endpoint::get("/rest/api/2/project/{project}/components").data_center(),
]);

pub(super) static VERSIONS: Command = Command::list(
    Product::Jira,
    "version list",
    "List the versions of a project",
    &[
        Column::new("ID", &["/id"]),
        Column::new("NAME", &["/name"]),
        Column::new("RELEASED", &["/released"]),
        Column::new("ARCHIVED", &["/archived"]),
        Column::new("DATE", &["/releaseDate"]),
        Column::new("DESCRIPTION", &["/description"]),
    ],
)
.takes(&[PROJECT])
.calls(&[
    Endpoint::get("/rest/api/3/project/{project}/version")
        .cloud()
        .pages(Paging::StartAt { size: 50 }, "/values"),
    Endpoint::get("/rest/api/2/project/{project}/versions").data_center(),
]);

pub(super) static FIELDS: Command = Command::list(
    Product::Jira,
    "field list",
    "List the fields of issues, with the ids that `--fields` and `--field` take",
    &[
        Column::new("ID", &["/id"]),
        Column::new("NAME", &["/name"]),
        Column::new("TYPE", &["/schema/type"]),
        Column::new("CUSTOM", &["/custom"]),
    ],
)
.calls(&[
    Endpoint::get("/rest/api/3/field").cloud(),
    Endpoint::get("/rest/api/2/field").data_center(),
]);
