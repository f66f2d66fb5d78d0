//! The commands of Bitbucket.

mod branch;
mod commit;
pub(super) mod members;
mod pipeline;
mod pull_request;
mod repository;
pub(super) mod surroundings;
mod whoami;

use super::command::{Command, Parameter, ParameterKind, Thing};
use super::paging::Paging;

/// All of them, in the order in which help lists them.
pub const COMMANDS: &[&Command] = &[
    &repository::WORKSPACES,
    &repository::LIST,
    &repository::GET,
    &repository::CREATE,
    &repository::DELETE,
    &pull_request::LIST,
    &pull_request::GET,
    &pull_request::CREATE,
    &pull_request::APPROVE,
    &pull_request::MERGE,
    &pull_request::DECLINE,
    &pull_request::DIFF,
    &pull_request::COMMENTS,
    &pull_request::ADD_COMMENT,
    &branch::LIST,
    &branch::CREATE,
    &branch::DELETE,
    &commit::LIST,
    &commit::GET,
    &pipeline::LIST,
    &pipeline::GET,
    &pipeline::TRIGGER,
    &pipeline::STOP,
    &pipeline::LOGS,
    &whoami::WHOAMI,
];

/// `--workspace`, which completes a repository that is named without one.
const WORKSPACE: Parameter = Parameter::flag(
    "workspace",
    "WORKSPACE",
    ParameterKind::Key(Thing::Workspace),
    "The workspace [default: the profile's, else that of the folder's git remote]",
);

/// `--repository`.
const REPOSITORY: Parameter = Parameter::flag(
    "repository",
    "REPOSITORY",
    ParameterKind::Key(Thing::Repository),
    "The repository: `acme/rocket`, or `rocket` in its workspace [default: that of the folder's git remote]",
)
.required();

/// A filter in Bitbucket's own language.
const QUERY: Parameter = Parameter::flag(
    "query",
    "QUERY",
    ParameterKind::Text,
    "Which ones, in Bitbucket's language of filters: `name ~ \"rocket\"`",
);

/// An order.
const SORT: Parameter = Parameter::flag(
    "sort",
    "FIELD",
    ParameterKind::Text,
    "In the order of a field of the answer: `--sort=name`, `--sort=-updated_on`",
);

/// Pages as large as Bitbucket gives them.
const PAGES: Paging = Paging::Next { size: 100 };
