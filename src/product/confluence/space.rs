//! `lassi confluence space`: spaces, by the keys that people know.

use crate::auth::Product;
use crate::product::column::Column;
use crate::product::command::{Command, Endpoint, Parameter, ParameterKind, Thing, To};
use crate::product::paging::Paging;

pub(super) static LIST: Command = Command::list(
    Product::Confluence,
    "space list",
    "List spaces",
    &[
        Column::new("KEY", &["/key"]),
        Column::new("TYPE", &["/type"]),
        Column::new("STATUS", &["/status"]),
        Column::new("NAME", &["/name"]),
    ],
)
.takes(&[
    Parameter::flag(
        "type",
        "TYPE",
        ParameterKind::Choice(&["global", "collaboration", "knowledge_base", "personal"]),
        "Only spaces of this type",
    ),
    Parameter::flag(
        "status",
        "STATUS",
        ParameterKind::Choice(&["current", "archived"]),
        "Only spaces in this state",
    ),
])
.calls(&[
    Endpoint::get("/wiki/api/v2/spaces")
        .cloud()
        .sends(FILTERS)
        .pages(Paging::Links { size: 250 }, "/results"),
    Endpoint::get("/wiki/rest/api/space")
        .cloud()
        .sends(FILTERS)
        .pages(Paging::Links { size: 100 }, "/results"),
    Endpoint::get("/rest/api/space")
        .data_center()
        .sends(FILTERS)
        .pages(Paging::Links { size: 100 }, "/results"),
]);

const FILTERS: &[(&str, To)] = &[("type", To::Query("type")), ("status", To::Query("status"))];

pub(super) static GET: Command = Command::show(
    Product::Confluence,
    "space get",
    "Show a space",
    &[
        Column::new("KEY", &["/key"]),
        Column::new("ID", &["/id"]),
        Column::new("NAME", &["/name"]),
        Column::new("TYPE", &["/type"]),
        Column::new("STATUS", &["/status"]),
        Column::moment("CREATED", &["/createdAt"]),
        Column::new("HOME PAGE", &["/homepageId", "/homepage/id"]),
        Column::new("DESCRIPTION", &["/description/plain/value"]),
    ],
)
.takes(&[Parameter::argument(
    "space",
    "SPACE",
    ParameterKind::Key(Thing::Space),
    "The space: its key, such as `DOCS`, or its address in the browser",
)])
.calls(&[
    // by key a space is found in the list only
    Endpoint::get("/wiki/api/v2/spaces")
        .cloud()
        .fixed(&[("description-format", "plain")])
        .sends(&[("space", To::Query("keys"))])
        .items("/results/0"),
    Endpoint::get("/wiki/rest/api/space/{space}")
        .cloud()
        .fixed(&[("expand", "description.plain,homepage")]),
    Endpoint::get("/rest/api/space/{space}")
        .data_center()
        .fixed(&[("expand", "description.plain,homepage")]),
])
.web("/spaces/{space}");
