//! The commands of Jira Service Management. It signs in as Jira does, and is the same on Cloud and on Data Center.

pub(super) mod desk;
mod queue;
mod request;
mod request_create;
mod request_transition;

use super::command::Command;
use super::paging::Paging;

/// All of them, in the order in which help lists them.
pub const COMMANDS: &[&Command] = &[
    &desk::LIST,
    &desk::GET,
    &desk::TYPES,
    &request::LIST,
    &request::GET,
    &request_create::CREATE,
    &request_transition::TRANSITION,
    &request::COMMENTS,
    &request::ADD_COMMENT,
    &queue::LIST,
    &queue::ISSUES,
];

/// Pages as large as they come.
const PAGES: Paging = Paging::Start { size: 50 };
