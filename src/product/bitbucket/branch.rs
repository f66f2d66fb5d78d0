//! `lassi bitbucket branch`.

use super::{PAGES, QUERY, REPOSITORY, SORT, WORKSPACE};
use crate::auth::Product;
use crate::product::column::Column;
use crate::product::command::{Command, Endpoint, Parameter, ParameterKind, To};

const ALL: &str = "/2.0/repositories/{repository}/refs/branches";

const BRANCH: Parameter = Parameter::argument(
    "branch",
    "BRANCH",
    ParameterKind::Text,
    "The branch, without `refs/heads/`",
);

pub(super) static LIST: Command = Command::list(
    Product::Bitbucket,
    "branch list",
    "List the branches of a repository",
    &[
        Column::new("BRANCH", &["/name"]),
        Column::new("COMMIT", &["/target/hash"]),
        Column::moment("DATE", &["/target/date"]),
        Column::new("AUTHOR", &["/target/author/user", "/target/author/raw"]),
        Column::new("MESSAGE", &["/target/message"]),
    ],
)
.takes(&[REPOSITORY, WORKSPACE, QUERY, SORT])
.calls(&[Endpoint::get(ALL)
    .sends(&[("query", To::Query("q")), ("sort", To::Query("sort"))])
    .pages(PAGES, "/values")])
.web("/{repository}/branches");

pub(super) static CREATE: Command = Command::send(
    Product::Bitbucket,
    "branch create",
    "Create a branch",
    "created the branch {/name} of {repository}",
)
.takes(&[
    BRANCH,
    Parameter::flag(
        "from",
        "REVISION",
        ParameterKind::Text,
        "Where it starts: a branch, a tag or the hash of a commit",
    )
    .required(),
    REPOSITORY,
    WORKSPACE,
])
.calls(&[Endpoint::of("POST", ALL).sends(&[
    ("branch", To::Body("/name")),
    ("from", To::Body("/target/hash")),
])]);

pub(super) static DELETE: Command = Command::send(
    Product::Bitbucket,
    "branch delete",
    "Delete a branch at Bitbucket; yours stays",
    "deleted the branch {branch} of {repository}",
)
.takes(&[BRANCH, REPOSITORY, WORKSPACE])
.calls(&[Endpoint::of(
    "DELETE",
    "/2.0/repositories/{repository}/refs/branches/{branch}",
)])
.confirm("Delete the branch {branch} of {repository}?");
