//! `lassi bitbucket workspace` and `lassi bitbucket repo`.

use super::{PAGES, QUERY, SORT, WORKSPACE};
use crate::auth::Product;
use crate::product::column::Column;
use crate::product::command::{Command, Endpoint, Parameter, ParameterKind, Thing, To};

const ONE: &str = "/2.0/repositories/{repository}";

/// A repository that has to be named: nothing is made or deleted because of the folder that somebody is in.
const NAMED: Parameter = Parameter::argument(
    "repository",
    "REPOSITORY",
    ParameterKind::Key(Thing::Repository),
    "The repository: `acme/rocket`, or `rocket` in its workspace",
);

/// `/2.0/workspaces` is deprecated: Atlassian's document names this one in its place. What it shows of a workspace is less.
pub(super) static WORKSPACES: Command = Command::list(
    Product::Bitbucket,
    "workspace list",
    "List the workspaces that you can see",
    &[
        Column::new("WORKSPACE", &["/workspace/slug"]),
        Column::new("ADMINISTRATOR", &["/administrator"]),
        Column::new("UUID", &["/workspace/uuid"]),
    ],
)
.calls(&[Endpoint::get("/2.0/user/workspaces").pages(PAGES, "/values")]);

pub(super) static LIST: Command = Command::list(
    Product::Bitbucket,
    "repo list",
    "List the repositories of a workspace",
    &[
        Column::new("REPOSITORY", &["/full_name"]),
        Column::new("PRIVATE", &["/is_private"]),
        Column::new("BRANCH", &["/mainbranch/name"]),
        Column::moment("UPDATED", &["/updated_on"]),
        Column::new("DESCRIPTION", &["/description"]),
    ],
)
.takes(&[
    WORKSPACE.required(),
    Parameter::flag(
        "role",
        "ROLE",
        ParameterKind::Choice(&["member", "contributor", "admin", "owner"]),
        "Only those in which you are at least that: member, contributor, admin, owner",
    ),
    QUERY,
    SORT,
])
.calls(&[Endpoint::get("/2.0/repositories/{workspace}")
    .sends(&[
        ("role", To::Query("role")),
        ("query", To::Query("q")),
        ("sort", To::Query("sort")),
    ])
    .pages(PAGES, "/values")])
.web("/{workspace}");

pub(super) static GET: Command = Command::show(
    Product::Bitbucket,
    "repo get",
    "Show a repository",
    &[
        Column::new("REPOSITORY", &["/full_name"]),
        Column::new("NAME", &["/name"]),
        Column::new("PROJECT", &["/project/key"]),
        Column::new("PRIVATE", &["/is_private"]),
        Column::new("BRANCH", &["/mainbranch/name"]),
        Column::new("LANGUAGE", &["/language"]),
        Column::moment("CREATED", &["/created_on"]),
        Column::moment("UPDATED", &["/updated_on"]),
        Column::new("CLONE", &["/links/clone/0/href"]),
        Column::new("PAGE", &["/links/html/href"]),
        Column::document("DESCRIPTION", &["/description"]),
    ],
)
.takes(&[
    Parameter::argument(
        "repository",
        "REPOSITORY",
        ParameterKind::Key(Thing::Repository),
        "The repository [default: that of the folder's git remote]",
    )
    .optional(),
    WORKSPACE,
])
.calls(&[Endpoint::get(ONE)])
.web("/{repository}");

pub(super) static CREATE: Command = Command::send(
    Product::Bitbucket,
    "repo create",
    "Create a repository, which only you and your workspace see",
    "created the repository {/full_name}: {/links/html/href}",
)
.takes(&[
    NAMED,
    WORKSPACE,
    Parameter::switch("public", "Let everybody see it"),
    Parameter::flag(
        "project",
        "KEY",
        ParameterKind::Text,
        "The project that it belongs to [default: the oldest one]",
    ),
    Parameter::flag(
        "description",
        "TEXT",
        ParameterKind::Text,
        "What it is, in a line",
    ),
])
.calls(&[Endpoint::of("POST", ONE).sends(&[
    ("public", To::Unless("/is_private")),
    ("project", To::Body("/project/key")),
    ("description", To::Body("/description")),
])]);

pub(super) static DELETE: Command = Command::send(
    Product::Bitbucket,
    "repo delete",
    "Delete a repository for good",
    "deleted the repository {repository}",
)
.takes(&[NAMED, WORKSPACE])
.calls(&[Endpoint::of("DELETE", ONE)])
.confirm("Delete the repository {repository} and all that is in it?");
