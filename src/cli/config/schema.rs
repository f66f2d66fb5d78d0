//! `lassi config schema`: the JSON Schema of the configuration, for editors.

use crate::changes::SCHEMA_FILE;
use crate::cli::failure::Failure;
use crate::cli::session::Session;
use crate::cli::{Subcommand, messages};
use crate::config::check::Trust;
use crate::config::schema::documents::json_schema;
use crate::disk;
use clap::{Args, FromArgMatches};

/// `lassi config schema`.
pub(super) const COMMAND: Subcommand = Subcommand {
    name: "schema",
    about: "Print the JSON Schema of the configuration",
    arguments: Arguments::augment_args,
    run: |session, matches| run(session, &Arguments::from_arg_matches(matches)?),
};

/// Draft 2020-12. Editors find it through the first line of the file: `#:schema ./config.schema.json`.
#[derive(Debug, Args)]
struct Arguments {
    /// The schema of shared files, in which secret and protected settings are errors
    #[arg(long, conflicts_with = "install")]
    shared: bool,

    /// Write it beside the user file, where its first line says it is
    #[arg(long)]
    install: bool,
}

fn run(session: &Session<'_>, arguments: &Arguments) -> Result<(), Failure> {
    if arguments.install {
        install(session)?;
        let file = session.locations()?.user_folder.join(SCHEMA_FILE);
        session.note(format_args!("wrote {}", file.display()));
        return Ok(());
    }
    let trust = if arguments.shared {
        Trust::Shared
    } else {
        Trust::User
    };
    session.print(&json_schema::text(trust))
}

/// Puts the schema beside the user file.
pub(super) fn install(session: &Session<'_>) -> Result<(), Failure> {
    let locations = session.locations()?;
    let state = locations.state_folder().map_err(messages::location)?;
    let file = locations.user_folder.join(SCHEMA_FILE);
    let text = json_schema::text(Trust::User);
    disk::make_user_folder(&locations.user_folder).map_err(|error| messages::disk(&error))?;
    Ok(
        disk::write_whole(&file, &state.join("locks"), text.as_bytes(), 0o600)
            .map_err(|error| messages::disk(&error))?,
    )
}
