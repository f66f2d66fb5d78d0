//! `lassi confluence page comment`: what people say below pages.

use super::page::PAGE;
use crate::auth::Product;
use crate::product::column::Column;
use crate::product::command::{Command, Endpoint, Parameter, ParameterKind, To};
use crate::product::paging::Paging;

pub(super) static LIST: Command = Command::list(
    Product::Confluence,
    "page comment list",
    "List the comments below a page",
    &[
        Column::new("ID", &["/id"]),
        Column::moment(
            "CREATED",
            &[
                "/version/createdAt",
                "/history/createdDate",
                "/version/when",
            ],
        ),
        Column::person(
            "AUTHOR",
            &[
                "/history/createdBy/displayName",
                "/version/by/displayName",
                "/version/authorId",
            ],
        ),
        Column::below("TEXT", &["/body/storage"]),
    ],
)
.details("Replies, and comments on a passage of the text, are not listed.")
.takes(&[PAGE])
.calls(&[
    Endpoint::get("/wiki/api/v2/pages/{page}/footer-comments")
        .cloud()
        .fixed(&[("body-format", "storage")])
        .pages(Paging::Links { size: 250 }, "/results"),
    Endpoint::get("/wiki/rest/api/content/{page}/child/comment")
        .cloud()
        .fixed(OLDER)
        .pages(Paging::Links { size: 100 }, "/results"),
    Endpoint::get("/rest/api/content/{page}/child/comment")
        .data_center()
        .fixed(OLDER)
        .pages(Paging::Links { size: 100 }, "/results"),
]);

const OLDER: &[(&str, &str)] = &[
    ("expand", "body.storage,version,history"),
    ("location", "footer"),
];

pub(super) static ADD: Command = Command::send(
    Product::Confluence,
    "page comment add",
    "Comment on a page",
    "added comment {/id} to page {page}",
)
.takes(&[
    PAGE,
    Parameter::flag(
        "body",
        "MARKDOWN",
        ParameterKind::Markdown,
        "The comment as Markdown: TEXT, `@file`, or `-` for standard input",
    )
    .required(),
])
.calls(&[
    Endpoint::of("POST", "/wiki/api/v2/footer-comments")
        .cloud()
        .constant(&[("/body/representation", "storage")])
        .sends(&[
            ("page", To::Body("/pageId")),
            ("body", To::Storage("/body/value")),
        ]),
    Endpoint::of("POST", "/wiki/rest/api/content")
        .cloud()
        .constant(NEW_COMMENT)
        .sends(NEW_CONTENT),
    Endpoint::of("POST", "/rest/api/content")
        .data_center()
        .constant(NEW_COMMENT)
        .sends(NEW_CONTENT),
]);

const NEW_COMMENT: &[(&str, &str)] = &[
    ("/type", "comment"),
    ("/container/type", "page"),
    ("/body/storage/representation", "storage"),
];
const NEW_CONTENT: &[(&str, To)] = &[
    ("page", To::Body("/container/id")),
    ("body", To::Storage("/body/storage/value")),
];
