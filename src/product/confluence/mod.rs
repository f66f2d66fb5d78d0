//! The commands of Confluence.

mod attachment;
mod blog;
mod comment;
mod content;
mod get;
mod label;
pub mod lookup;
pub(super) mod names;
mod page;
mod space;
mod update;
mod whoami;

use super::column::Column;
use super::command::{Command, Endpoint, Parameter, ParameterKind, To};
use super::paging::Paging;
use crate::auth::Product;

/// All of them, in the order in which help lists them.
pub const COMMANDS: &[&Command] = &[
    &SEARCH,
    &get::GET,
    &page::LIST,
    &page::CREATE,
    &update::UPDATE,
    &page::DELETE,
    &page::CHILDREN,
    &page::VERSIONS,
    &label::LIST,
    &label::ADD,
    &label::REMOVE,
    &comment::LIST,
    &comment::ADD,
    &space::LIST,
    &space::GET,
    &attachment::LIST,
    &attachment::GET,
    &attachment::ADD,
    &blog::LIST,
    &blog::GET,
    &whoami::WHOAMI,
];

static SEARCH: Command = Command::list(
    Product::Confluence,
    "search",
    "Find pages and more by CQL",
    &[
        Column::new(
            "ID",
            &["/content/id", "/space/key", "/user/accountId", "/url"],
        ),
        Column::new("TYPE", &["/content/type", "/entityType"]),
        Column::moment("MODIFIED", &["/lastModified"]),
        Column::new("TITLE", &["/content/title", "/title"]),
    ],
)
.takes(&[Parameter::flag(
    "cql",
    "CQL",
    ParameterKind::Text,
    "What to find: `type = page and text ~ \"rocket\"`",
)
.required()])
.calls(&[
    Endpoint::get("/wiki/rest/api/search")
        .cloud()
        .sends(&[("cql", To::Query("cql"))])
        .pages(Paging::Links { size: 100 }, "/results"),
    Endpoint::get("/rest/api/search")
        .data_center()
        .sends(&[("cql", To::Query("cql"))])
        .pages(Paging::Links { size: 100 }, "/results"),
]);
