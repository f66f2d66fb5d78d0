//! `lassi jira issue comment`: what was said about an issue.

use super::issue::KEY;
use crate::auth::Product;
use crate::product::column::Column;
use crate::product::command::{Command, Endpoint, Parameter, ParameterKind, To};
use crate::product::paging::Paging;

const COLUMNS: &[Column] = &[
    Column::new("ID", &["/id"]),
    Column::new("AUTHOR", &["/author"]),
    Column::moment("CREATED", &["/created"]),
    Column::below("TEXT", &["/body"]),
];

const ID: Parameter = Parameter::argument(
    "id",
    "ID",
    ParameterKind::Text,
    "The comment: its number, as `list` shows it",
);

const BODY: Parameter = Parameter::flag(
    "body",
    "TEXT",
    ParameterKind::Markdown,
    "What to say, in Markdown: a text, `@file`, or `-` for standard input",
)
.required();

pub(super) static LIST: Command = Command::list(
    Product::Jira,
    "issue comment list",
    "Show the comments of an issue, the oldest first",
    COLUMNS,
)
.takes(&[KEY])
.calls(&[
    Endpoint::get("/rest/api/3/issue/{key}/comment")
        .cloud()
        .pages(Paging::StartAt { size: 100 }, "/comments"),
    Endpoint::get("/rest/api/2/issue/{key}/comment")
        .data_center()
        .pages(Paging::StartAt { size: 100 }, "/comments"),
])
.web("/browse/{key}");

pub(super) static GET: Command = Command::show(
    Product::Jira,
    "issue comment get",
    "Show a comment",
    COLUMNS,
)
.markdown()
.takes(&[KEY, ID])
.calls(&[
    Endpoint::get("/rest/api/3/issue/{key}/comment/{id}").cloud(),
    Endpoint::get("/rest/api/2/issue/{key}/comment/{id}").data_center(),
])
.web("/browse/{key}?focusedCommentId={id}");

pub(super) static ADD: Command = Command::send(
    Product::Jira,
    "issue comment add",
    "Say something about an issue",
    "added comment {/id} to {key}",
)
.takes(&[KEY, BODY])
.calls(&[
    Endpoint::of("POST", "/rest/api/3/issue/{key}/comment")
        .cloud()
        .sends(&[("body", To::Adf("/body"))]),
    Endpoint::of("POST", "/rest/api/2/issue/{key}/comment")
        .data_center()
        .sends(&[("body", To::Wiki("/body"))]),
]);

pub(super) static UPDATE: Command = Command::send(
    Product::Jira,
    "issue comment update",
    "Change the text of a comment",
    "changed comment {id} of {key}",
)
.takes(&[KEY, ID, BODY])
.calls(&[
    Endpoint::of("PUT", "/rest/api/3/issue/{key}/comment/{id}")
        .cloud()
        .sends(&[("body", To::Adf("/body"))]),
    Endpoint::of("PUT", "/rest/api/2/issue/{key}/comment/{id}")
        .data_center()
        .sends(&[("body", To::Wiki("/body"))]),
]);

pub(super) static DELETE: Command = Command::send(
    Product::Jira,
    "issue comment delete",
    "Delete a comment",
    "deleted comment {id} of {key}",
)
.takes(&[KEY, ID])
.calls(&[
    Endpoint::of("DELETE", "/rest/api/3/issue/{key}/comment/{id}").cloud(),
    Endpoint::of("DELETE", "/rest/api/2/issue/{key}/comment/{id}").data_center(),
])
.confirm("Delete comment {id} of {key}?");
