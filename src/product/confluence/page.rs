//! `lassi confluence page`: pages by id, address or title. What reads asks the newer API first and the older one where a
//! token's scopes are of the older kind.

use super::content::CONTENTS;
use crate::auth::Product;
use crate::product::column::Column;
use crate::product::command::{Command, Endpoint, Parameter, ParameterKind, Thing, To};
use crate::product::paging::Paging;

/// The page that a command is about.
pub(super) const PAGE: Parameter = Parameter::argument(
    "page",
    "PAGE",
    ParameterKind::Key(Thing::Page),
    "The page: its number, its address in the browser, or `SPACE/Title`",
);

/// The space that a list is limited to.
pub(super) const SPACE: Parameter = Parameter::flag(
    "space",
    "SPACE",
    ParameterKind::Key(Thing::Space),
    "Only in this space: its key, such as `DOCS`",
);

/// The title that a list is limited to.
pub(super) const TITLE: Parameter = Parameter::flag(
    "title",
    "TITLE",
    ParameterKind::Text,
    "Only with this title, exactly",
);

pub(super) static LIST: Command = Command::list(
    Product::Confluence,
    "page list",
    "List pages, of a space or of all",
    CONTENTS,
)
.details("`lassi confluence search --cql …` finds pages by text, label, author or date.")
.takes(&[
    SPACE,
    TITLE,
    Parameter::flag(
        "status",
        "STATUS",
        ParameterKind::Choice(&["current", "archived", "trashed"]),
        "Only pages in this state",
    )
    .default("current"),
])
.calls(&[
    Endpoint::get("/wiki/api/v2/pages")
        .cloud()
        .sends(&[
            ("space", To::QueryId("space-id")),
            ("title", To::Query("title")),
            ("status", To::Query("status")),
        ])
        .pages(Paging::Links { size: 250 }, "/results"),
    Endpoint::get("/wiki/rest/api/content")
        .cloud()
        .fixed(&[("type", "page"), ("expand", "version,space")])
        .sends(&[
            ("space", To::Query("spaceKey")),
            ("title", To::Query("title")),
            ("status", To::Query("status")),
        ])
        .pages(Paging::Links { size: 100 }, "/results"),
    Endpoint::get("/rest/api/content")
        .data_center()
        .fixed(&[("type", "page"), ("expand", "version,space")])
        .sends(&[
            ("space", To::Query("spaceKey")),
            ("title", To::Query("title")),
            ("status", To::Query("status")),
        ])
        .pages(Paging::Links { size: 100 }, "/results"),
]);

pub(super) static CHILDREN: Command = Command::list(
    Product::Confluence,
    "page children",
    "List what is right below a page",
    &[
        Column::new("ID", &["/id"]),
        Column::new("TYPE", &["/type"]),
        Column::new("STATUS", &["/status"]),
        Column::new("TITLE", &["/title"]),
    ],
)
.takes(&[PAGE])
.calls(&[
    Endpoint::get("/wiki/api/v2/pages/{page}/direct-children")
        .cloud()
        .pages(Paging::Links { size: 250 }, "/results"),
    Endpoint::get("/wiki/rest/api/content/{page}/child/page")
        .cloud()
        .pages(Paging::Links { size: 100 }, "/results"),
    Endpoint::get("/rest/api/content/{page}/child/page")
        .data_center()
        .pages(Paging::Links { size: 100 }, "/results"),
]);

pub(super) static VERSIONS: Command = Command::list(
    Product::Confluence,
    "page versions",
    "List the versions of a page, the latest first",
    &[
        Column::new("VERSION", &["/number"]),
        Column::moment("CREATED", &["/createdAt", "/when"]),
        Column::person("AUTHOR", &["/by/displayName", "/authorId"]),
        Column::new("MESSAGE", &["/message"]),
    ],
)
.takes(&[PAGE])
.calls(&[
    Endpoint::get("/wiki/api/v2/pages/{page}/versions")
        .cloud()
        .pages(Paging::Links { size: 250 }, "/results"),
    Endpoint::get("/wiki/rest/api/content/{page}/version")
        .cloud()
        .pages(Paging::Links { size: 200 }, "/results"),
    // Data Center keeps it apart: below `/rest/api` it answers 404
    Endpoint::get("/rest/experimental/content/{page}/version")
        .data_center()
        .pages(Paging::Links { size: 200 }, "/results"),
]);

pub(super) static CREATE: Command = Command::send(
    Product::Confluence,
    "page create",
    "Create a page",
    "created page {/id}: {/title}",
)
.details("Without `--parent` the page is put below the home page of the space.")
.takes(&[
    Parameter::flag(
        "space",
        "SPACE",
        ParameterKind::Key(Thing::Space),
        "The space: its key, such as `DOCS`",
    )
    .required(),
    Parameter::flag("title", "TITLE", ParameterKind::Text, "Its title").required(),
    Parameter::flag(
        "body",
        "MARKDOWN",
        ParameterKind::Markdown,
        "Its text as Markdown: TEXT, `@file`, or `-` for standard input",
    )
    .required(),
    PARENT,
])
.calls(&[
    Endpoint::of("POST", "/wiki/api/v2/pages")
        .cloud()
        .constant(&[("/status", "current"), ("/body/representation", "storage")])
        .sends(&[
            ("space", To::BodyId("/spaceId")),
            ("title", To::Body("/title")),
            ("parent", To::Body("/parentId")),
            ("body", To::Storage("/body/value")),
        ]),
    Endpoint::of("POST", "/wiki/rest/api/content")
        .cloud()
        .constant(NEW_PAGE)
        .sends(NEW_CONTENT),
    Endpoint::of("POST", "/rest/api/content")
        .data_center()
        .constant(NEW_PAGE)
        .sends(NEW_CONTENT),
]);

/// The page above.
pub(super) const PARENT: Parameter = Parameter::flag(
    "parent",
    "PAGE",
    ParameterKind::Key(Thing::Page),
    "The page above it: its number, its address, or `SPACE/Title`",
);

const NEW_PAGE: &[(&str, &str)] = &[
    ("/type", "page"),
    ("/status", "current"),
    ("/body/storage/representation", "storage"),
];
const NEW_CONTENT: &[(&str, To)] = &[
    ("space", To::Body("/space/key")),
    ("title", To::Body("/title")),
    ("parent", To::Body("/ancestors/0/id")),
    ("body", To::Storage("/body/storage/value")),
];

pub(super) static DELETE: Command = Command::send(
    Product::Confluence,
    "page delete",
    "Move a page to the trash",
    "page {page} is in the trash",
)
.details("The pages below it stay. The trash of the space has a way back.")
.takes(&[PAGE])
.calls(&[
    Endpoint::of("DELETE", "/wiki/api/v2/pages/{page}").cloud(),
    Endpoint::of("DELETE", "/wiki/rest/api/content/{page}").cloud(),
    Endpoint::of("DELETE", "/rest/api/content/{page}").data_center(),
])
.confirm("Move page {page} to the trash?");
