//! `lassi confluence blog`: blog posts, which are read as pages are.

use super::content::{CONTENT, CONTENTS, WEB, WHOLE};
use super::page::{SPACE, TITLE};
use crate::auth::Product;
use crate::product::command::{Command, Endpoint, Parameter, ParameterKind, Thing, To};
use crate::product::paging::Paging;

pub(super) static LIST: Command = Command::list(
    Product::Confluence,
    "blog list",
    "List blog posts, of a space or of all",
    CONTENTS,
)
.takes(&[SPACE, TITLE])
.calls(&[
    Endpoint::get("/wiki/api/v2/blogposts")
        .cloud()
        .sends(&[
            ("space", To::QueryId("space-id")),
            ("title", To::Query("title")),
        ])
        .pages(Paging::Links { size: 250 }, "/results"),
    Endpoint::get("/wiki/rest/api/content")
        .cloud()
        .fixed(POSTS)
        .sends(OLDER)
        .pages(Paging::Links { size: 100 }, "/results"),
    Endpoint::get("/rest/api/content")
        .data_center()
        .fixed(POSTS)
        .sends(OLDER)
        .pages(Paging::Links { size: 100 }, "/results"),
]);

const POSTS: &[(&str, &str)] = &[("type", "blogpost"), ("expand", "version,space")];
const OLDER: &[(&str, To)] = &[
    ("space", To::Query("spaceKey")),
    ("title", To::Query("title")),
];

pub(super) static GET: Command = Command::show(
    Product::Confluence,
    "blog get",
    "Show a blog post and its text",
    CONTENT,
)
.details("`--format markdown` prints the text alone, as Markdown.")
.takes(&[Parameter::argument(
    "page",
    "POST",
    ParameterKind::Key(Thing::Page),
    "The post: its number, or its address in the browser",
)])
.calls(&[
    Endpoint::get("/wiki/api/v2/blogposts/{page}")
        .cloud()
        .fixed(&[("body-format", "storage")]),
    Endpoint::get("/wiki/rest/api/content/{page}")
        .cloud()
        .fixed(&[WHOLE]),
    Endpoint::get("/rest/api/content/{page}")
        .data_center()
        .fixed(&[WHOLE]),
])
.web(WEB)
.markdown();
