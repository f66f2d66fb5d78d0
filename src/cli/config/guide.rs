//! `lassi config` without a subcommand: the commands to use.

use crate::cli::failure::Failure;
use crate::cli::session::Session;

const GUIDE: &str = "\
See what is set:        lassi config list
All settings there are: lassi config list --defaults
Set one:                lassi config set output.format=json
Save a token:           lassi config set --secret-stdin 'auth.jira[\"https://acme.atlassian.net\"].api_token'
Why is it so?           lassi config explain output.format
Take it back:           lassi config undo
Open the file:          lassi config edit --editor
Everything else:        lassi config --help
";

/// Prints the guide.
pub(super) fn run(session: &Session<'_>) -> Result<(), Failure> {
    session.print(GUIDE)
}
