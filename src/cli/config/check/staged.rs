//! The shared files as git is about to commit them.

use super::super::target::layer_of;
use crate::cli::failure::{Exit, Failure, Message};
use crate::cli::session::Session;
use crate::config::layer::FileLayer;
use crate::config::locations::{LOCAL_FILE, PROJECT_FILE};
use std::path::Path;
use std::process::{Command, Output};

/// Reads them out of git's index.
pub(super) fn files(session: &Session<'_>) -> Result<Vec<FileLayer>, Failure> {
    // without a repository `git diff` would compare any two files, and complain of its arguments
    git(session, &["rev-parse", "--git-dir"])?;
    let names = git(
        session,
        &[
            "diff",
            "--cached",
            "--name-only",
            "--diff-filter=ACMRT",
            "--no-renames",
            "-z",
        ],
    )?;
    let names = String::from_utf8_lossy(&names.stdout).into_owned();
    let shared = names.split('\0').filter(|name| {
        let file = Path::new(name).file_name().and_then(|name| name.to_str());
        matches!(file, Some(PROJECT_FILE | LOCAL_FILE))
    });
    let mut files = Vec::new();
    for name in shared {
        let staged = git(session, &["show", &format!(":{name}")])?;
        let text = String::from_utf8(staged.stdout).map_err(|_| {
            Message::new(Exit::Invalid, "the staged configuration is not UTF-8 text").at(name)
        })?;
        files.push(FileLayer::of_text(
            layer_of(Path::new(name)),
            Path::new(name),
            text,
        ));
    }
    Ok(files)
}

fn git(session: &Session<'_>, arguments: &[&str]) -> Result<Output, Failure> {
    let failed = |what: String| {
        Message::new(Exit::Failed, what).hint("`--staged` needs git and a repository")
    };
    let output = Command::new("git")
        .args(arguments)
        .current_dir(
            session
                .environment
                .current_folder
                .as_deref()
                .unwrap_or(Path::new(".")),
        )
        .output()
        .map_err(|error| failed(format!("git cannot be run: {}", error.kind())))?;
    if output.status.success() {
        return Ok(output);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(failed(format!(
        "git failed: {}",
        said.lines().next().unwrap_or_default()
    ))
    .into())
}
