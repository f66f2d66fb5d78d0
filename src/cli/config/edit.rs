//! `lassi config edit`: the menu, or with `--editor` a file in your own editor, opened again until it is valid or you
//! give up.

use super::target::{Chosen, TargetArguments};
use super::{menu, report};
use crate::changes::holds_secret;
use crate::cli::Subcommand;
use crate::cli::confirm::ask;
use crate::cli::failure::{Exit, Failure, Message, Severity};
use crate::cli::messages;
use crate::cli::session::{Session, show};
use crate::config::change::{PlanError, refuse_new_problems};
use crate::config::write::{self, Change, Outcome, Record};
use crate::disk;
use clap::{Args, FromArgMatches};
use std::io::{Read, Seek, Write};
use std::path::Path;
use std::process::Command;
use tempfile::NamedTempFile;

/// `lassi config edit`.
pub(super) const COMMAND: Subcommand = Subcommand {
    name: "edit",
    about: "Open the menu at a setting or section, or a file in your editor",
    arguments: Arguments::augment_args,
    run: |session, matches| run(session, &Arguments::from_arg_matches(matches)?),
};

/// Without a path the menu starts at its top. The editor gets a private copy; the file is changed when the result is
/// valid.
#[derive(Debug, Args)]
struct Arguments {
    /// The path of a setting or section, or the address of a site: open the menu there
    #[arg(conflicts_with = "editor")]
    path: Option<String>,

    /// Open the file in $VISUAL or $EDITOR
    #[arg(short, long)]
    editor: bool,

    #[command(flatten)]
    target: TargetArguments,
}

fn run(session: &Session<'_>, arguments: &Arguments) -> Result<(), Failure> {
    if arguments.editor {
        return edit(session, &arguments.target.choose(session)?);
    }
    let layer = arguments.target.menu_layer()?;
    menu::run(session, layer, arguments.path.as_deref())
}

/// Opens a file in the editor until it is valid or given up.
pub(super) fn edit(session: &Session<'_>, chosen: &Chosen) -> Result<(), Failure> {
    let file = &chosen.target.file;
    let editor = session
        .environment
        .variable("VISUAL")
        .or_else(|| session.environment.variable("EDITOR"))
        .ok_or_else(|| {
            Message::new(Exit::Usage, "there is no editor")
                .hint("set EDITOR, for example `EDITOR=nano`")
        })?;
    // not read as a layer: it may be anything but text
    let original = disk::read_file(file).map_err(|error| messages::disk(&error))?;
    let start = original
        .clone()
        .unwrap_or_else(|| chosen.first_lines().as_bytes().to_vec());
    let mut copy = private_copy(&chosen.target.state, file, &start)?;
    loop {
        open(editor, copy.path())?;
        let edited = read_again(&mut copy)?;
        if edited == start {
            session.note(format_args!("nothing was changed in {}", file.display()));
            return Ok(());
        }
        match judge(chosen, original.as_deref(), edited) {
            Ok(text) => return save(session, chosen, original.as_deref(), &text, copy),
            Err(message) if session.may_ask() => {
                show(&message.render(Severity::Error, session.error_colour()));
                if !ask(session, "Edit it again?", true)? {
                    return Err(Message::new(Exit::Invalid, "given up: nothing was changed").into());
                }
            }
            Err(message) => return Err(message.hint("nothing was changed").into()),
        }
    }
}

/// A copy that nobody else can read, and that goes when the command ends.
fn private_copy(state: &Path, file: &Path, bytes: &[u8]) -> Result<NamedTempFile, Failure> {
    let folder = state.join("edit");
    disk::make_private_folder(&folder).map_err(|error| messages::disk(&error))?;
    let failed = |error: std::io::Error| {
        Message::new(
            Exit::Failed,
            format!(
                "no copy can be made in {}: {}",
                folder.display(),
                error.kind()
            ),
        )
    };
    let name = file
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let mut copy = tempfile::Builder::new()
        .suffix(&format!("-{name}"))
        .tempfile_in(&folder)
        .map_err(failed)?;
    copy.write_all(bytes)
        .and_then(|()| copy.flush())
        .map_err(failed)?;
    Ok(copy)
}

/// Runs the editor as a shell would: it may be a command with arguments, such as `code --wait`.
fn open(editor: &str, file: &Path) -> Result<(), Failure> {
    let mut command = if cfg!(windows) {
        let mut words = editor.split_whitespace();
        let mut command = Command::new(words.next().unwrap_or_default());
        command.args(words);
        command
    } else {
        let mut command = Command::new("sh");
        command
            .arg("-c")
            .arg(format!("{editor} \"$@\""))
            .arg(editor);
        command
    };
    let failed = |what: String| {
        Message::new(Exit::Failed, what).hint("nothing was changed; is EDITOR right?")
    };
    let status = command.arg(file).status().map_err(|error| {
        failed(format!(
            "the editor `{editor}` cannot be run: {}",
            error.kind()
        ))
    })?;
    if status.success() {
        Ok(())
    } else {
        Err(failed(format!("the editor `{editor}` failed ({status})")).into())
    }
}

/// What the editor left: it may have put another file in the place of the copy.
fn read_again(copy: &mut NamedTempFile) -> Result<Vec<u8>, Failure> {
    let failed = |error: std::io::Error| {
        Message::new(
            Exit::Failed,
            format!("the copy cannot be read: {}", error.kind()),
        )
    };
    let mut bytes = Vec::new();
    let mut file = copy
        .reopen()
        .or_else(|_| std::fs::File::open(copy.path()))
        .map_err(failed)?;
    file.rewind()
        .and_then(|()| file.read_to_end(&mut bytes))
        .map_err(failed)?;
    Ok(bytes)
}

/// The text, if it may be saved: it parses, and has no error that was not there before.
fn judge(chosen: &Chosen, original: Option<&[u8]>, edited: Vec<u8>) -> Result<String, Message> {
    let text = String::from_utf8(edited)
        .map_err(|_| Message::new(Exit::Invalid, "the configuration is not UTF-8 text"))?;
    let before = original
        .and_then(|bytes| std::str::from_utf8(bytes).ok())
        .unwrap_or_default();
    refuse_new_problems(before, &text, chosen.layer.trust()).map_err(|error| {
        let message = messages::plan(&chosen.target.file, &text, &error);
        match error {
            // those hints are for a file that is broken, and this one is as it was
            PlanError::Syntax(_) => Message {
                hints: Vec::new(),
                ..message
            },
            _ => message,
        }
    })?;
    Ok(text)
}

fn save(
    session: &Session<'_>,
    chosen: &Chosen,
    original: Option<&[u8]>,
    text: &str,
    copy: NamedTempFile,
) -> Result<(), Failure> {
    let written = write::change_bytes(&chosen.target, |current| {
        if current != original {
            return Err(());
        }
        let record = Record::Entry {
            what: vec!["edit".to_owned()],
            command: "edit".to_owned(),
            secrets: Vec::new(),
            keep: !current.is_some_and(|bytes| holds_secret(&String::from_utf8_lossy(bytes))),
        };
        Ok(Change {
            text: text.to_owned(),
            record,
        })
    });
    let file = chosen.target.file.display();
    match written {
        Ok(written) => {
            report::notes(session, &written.notes);
            match written.outcome {
                Outcome::Unchanged => session.note(format_args!("nothing was changed in {file}")),
                _ => session.note(format_args!("saved {file}")),
            }
            Ok(())
        }
        Err(write::WriteError::Refused(())) => {
            let message = Message::new(
                Exit::Failed,
                format!("{file} was changed by somebody else meanwhile"),
            );
            Err(match copy.keep() {
                Ok((_, kept)) => {
                    message.hint(format!("your version is kept in {}", kept.display()))
                }
                Err(_) => message,
            }
            .into())
        }
        Err(error) => Err(messages::write(&chosen.target.file, &error).into()),
    }
}
