//! `lassi config path`: where the files are. Works whatever is in them.

use super::target::TargetArguments;
use crate::cli::Subcommand;
use crate::cli::describe;
use crate::cli::failure::Failure;
use crate::cli::json_flag::{JsonFlag, json_text};
use crate::cli::session::Session;
use crate::output::escape::Visible;
use clap::{Args, FromArgMatches};
use serde_json::{Value as Json, json};
use std::path::PathBuf;

/// `lassi config path`.
pub(super) const COMMAND: Subcommand = Subcommand {
    name: "path",
    about: "Print where the files are",
    arguments: Arguments::augment_args,
    run: |session, matches| run(session, &Arguments::from_arg_matches(matches)?),
};

/// Without a flag all of them, and whether they are there.
#[derive(Debug, Args)]
struct Arguments {
    #[command(flatten)]
    format: JsonFlag,

    #[command(flatten)]
    target: TargetArguments,
}

fn run(session: &Session<'_>, arguments: &Arguments) -> Result<(), Failure> {
    if arguments.target.layer().is_some() {
        let file = arguments.target.choose(session)?.target.file;
        return session.print(&format!("{}\n", Visible(&file.display().to_string())));
    }
    let locations = session.locations()?;
    let state = locations.state_folder().ok();
    let places: Vec<(&str, Option<PathBuf>)> = vec![
        ("user", Some(locations.user_file())),
        ("project", locations.project_file().ok()),
        ("local", locations.local_file().ok()),
        (
            "credentials",
            Some(locations.user_folder.join("credentials")),
        ),
        ("key", Some(locations.user_folder.join("key"))),
        ("history", state.map(|state| state.join("history"))),
    ];
    let places: Vec<(&str, PathBuf)> = places
        .into_iter()
        .filter_map(|(name, path)| Some((name, path?)))
        .collect();
    session.print(&if arguments.format.json() {
        let row = |(name, path): &(&str, PathBuf)| {
            json!({ "name": name, "path": path.to_string_lossy(), "exists": path.exists() })
        };
        json_text(&places.iter().map(row).collect::<Json>())
    } else {
        let row = |(name, path): &(&str, PathBuf)| {
            let there = if path.exists() { "" } else { "(not there)" };
            vec![(*name).to_owned(), path.display().to_string(), there.to_owned()]
        };
        describe::columns(&places.iter().map(row).collect::<Vec<_>>())
    })
}
