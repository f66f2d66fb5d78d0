//! lassi: how you reach Jira, Confluence, Bitbucket and Jira Service Management.
//!
//! `ARCHITECTURE.md` walks one reading and one writing command through these modules.

pub mod auth;
pub mod changes;
pub mod cli;
pub mod config;
pub mod disk;
pub mod environment;
pub mod http;
pub mod output;
pub mod product;
pub mod prompt;
pub mod secret;
pub mod wizard;
