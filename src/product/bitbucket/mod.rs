//! The commands of Bitbucket.

pub(super) mod surroundings;
mod whoami;

use super::command::Command;

/// All of them, in the order in which help lists them.
pub const COMMANDS: &[&Command] = &[&whoami::WHOAMI];
