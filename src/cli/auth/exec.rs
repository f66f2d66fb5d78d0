//! `lassi auth exec`: runs a command that finds the token in its variables, and in nothing else.

use super::identity::{IdentityArguments, ProductName};
use crate::auth::{Product, Selected};
use crate::cli::Subcommand;
use crate::cli::failure::{Exit, Failure, Message};
use crate::cli::session::Session;
use crate::config::env::{host_part, variable_part};
use crate::config::site_url;
use clap::{Args, FromArgMatches};
use std::ffi::OsString;
use std::io::ErrorKind;
use std::process::Command;

/// `lassi auth exec`.
pub(super) const COMMAND: Subcommand = Subcommand {
    name: "exec",
    about: "Run a command with the token in its variables",
    arguments: Arguments::augment_args,
    run: |session, matches| run(session, &Arguments::from_arg_matches(matches)?),
};

/// The variables are those that lassi itself reads a token from: see the guide on variables.
#[derive(Debug, Args)]
struct Arguments {
    /// The product
    #[arg(long, value_enum)]
    product: Option<ProductName>,

    /// The command and its arguments
    #[arg(required = true, last = true, value_name = "COMMAND")]
    command: Vec<OsString>,
}

fn run(session: &Session<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let identity = IdentityArguments {
        address: None,
        product: arguments.product,
    };
    let (decision, _, secret) = identity.credential(session)?;
    let [program, words @ ..] = arguments.command.as_slice() else {
        return Err(Message::new(Exit::Usage, "no command was given").into());
    };
    let mut command = Command::new(program);
    command.args(words);
    let profile = match &decision.selected {
        Selected::Profile(profile) => Some(profile.name.as_str()),
        Selected::Instance(_) => None,
    };
    for variable in variables(decision.product, &decision.site.value, profile) {
        command.env(variable, secret.expose());
    }
    let failed = |error: std::io::Error| {
        let program = program.to_string_lossy();
        let what = match error.kind() {
            ErrorKind::NotFound => format!("there is no command `{program}`"),
            kind => format!("{program} cannot be run: {kind}"),
        };
        Failure::from(Message::new(Exit::Failed, what))
    };
    become_command(command, failed)
}

/// The variables in which the command finds the token.
fn variables(product: Product, site: &str, profile: Option<&str>) -> Vec<String> {
    let host = format!("LASSI_TOKEN_{}", host_part(site_url::host_and_port(site)));
    let (prefix, general): (_, &[&str]) = match product {
        Product::Bitbucket => (
            "ATLASSIAN_CLI_BITBUCKET_TOKEN_",
            &["ATLASSIAN_BITBUCKET_TOKEN", "BITBUCKET_TOKEN"],
        ),
        _ => ("ATLASSIAN_CLI_TOKEN_", &["ATLASSIAN_API_TOKEN"]),
    };
    let of_profile = profile.map(|name| format!("{prefix}{}", variable_part(name)));
    of_profile
        .into_iter()
        .chain([host])
        .chain(general.iter().map(|name| (*name).to_owned()))
        .collect()
}

/// The command takes the place of this process, so that signals and the exit code are its own.
#[cfg(unix)]
fn become_command(
    mut command: Command,
    failed: impl Fn(std::io::Error) -> Failure,
) -> Result<(), Failure> {
    use std::os::unix::process::CommandExt;
    Err(failed(command.exec()))
}

#[cfg(not(unix))]
fn become_command(
    mut command: Command,
    failed: impl Fn(std::io::Error) -> Failure,
) -> Result<(), Failure> {
    let status = command.status().map_err(failed)?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::Child(
            status
                .code()
                .and_then(|code| u8::try_from(code).ok())
                .unwrap_or(1),
        ))
    }
}
