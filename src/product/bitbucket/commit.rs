//! `lassi bitbucket commit`.

use super::{PAGES, REPOSITORY, WORKSPACE};
use crate::auth::Product;
use crate::product::column::Column;
use crate::product::command::{Command, Endpoint, Parameter, ParameterKind, Thing, To};

const HASH: Column = Column::new("COMMIT", &["/hash"]);
const DATE: Column = Column::moment("DATE", &["/date"]);
const AUTHOR: Column = Column::new("AUTHOR", &["/author/user", "/author/raw"]);

pub(super) static LIST: Command = Command::list(
    Product::Bitbucket,
    "commit list",
    "List commits, newest first, of all branches or of one",
    &[HASH, DATE, AUTHOR, Column::new("MESSAGE", &["/message"])],
)
.takes(&[
    Parameter::flag(
        "branch",
        "REVISION",
        ParameterKind::Text,
        "Only those of this branch, tag or commit",
    ),
    Parameter::flag(
        "exclude",
        "REVISION",
        ParameterKind::Text,
        "Without those of this one: `--branch fix --exclude main`",
    ),
    Parameter::flag(
        "path",
        "PATH",
        ParameterKind::Text,
        "Only those that change this file or folder",
    ),
    REPOSITORY,
    WORKSPACE,
])
.calls(&[Endpoint::get("/2.0/repositories/{repository}/commits")
    .sends(&[
        ("branch", To::Query("include")),
        ("exclude", To::Query("exclude")),
        ("path", To::Query("path")),
    ])
    .pages(PAGES, "/values")])
.web("/{repository}/commits");

pub(super) static GET: Command = Command::show(
    Product::Bitbucket,
    "commit get",
    "Show a commit",
    &[
        HASH,
        AUTHOR,
        DATE,
        Column::new("PAGE", &["/links/html/href"]),
        Column::document("MESSAGE", &["/message"]),
    ],
)
.takes(&[
    Parameter::argument(
        "commit",
        "COMMIT",
        ParameterKind::Key(Thing::Commit),
        "The hash of a commit, or its address",
    ),
    REPOSITORY,
    WORKSPACE,
])
.calls(&[Endpoint::get(
    "/2.0/repositories/{repository}/commit/{commit}",
)])
.web("/{repository}/commits/{commit}");
