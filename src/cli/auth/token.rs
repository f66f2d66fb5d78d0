//! `lassi auth token`: prints a token, for scripts.

use super::identity::IdentityArguments;
use crate::cli::Subcommand;
use crate::cli::failure::{Exit, Failure, Message};
use crate::cli::session::Session;
use clap::{Args, FromArgMatches};

/// `lassi auth token`.
pub(super) const COMMAND: Subcommand = Subcommand {
    name: "token",
    about: "Print the token of a sign-in, for scripts",
    arguments: Arguments::augment_args,
    run: |session, matches| run(session, &Arguments::from_arg_matches(matches)?),
};

/// The one that would be used: see `lassi auth status`.
#[derive(Debug, Args)]
struct Arguments {
    #[command(flatten)]
    identity: IdentityArguments,

    /// Print it to a terminal, too
    #[arg(long)]
    reveal: bool,
}

fn run(session: &Session<'_>, arguments: &Arguments) -> Result<(), Failure> {
    if session.environment.output_is_terminal && !arguments.reveal {
        return Err(
            Message::new(Exit::Usage, "a token is not printed to a terminal")
                .hint("add `--reveal`, or hand it on: `lassi auth exec -- COMMAND`")
                .into(),
        );
    }
    let (_, _, secret) = arguments.identity.credential(session)?;
    session.print(&format!("{}\n", secret.expose()))
}
