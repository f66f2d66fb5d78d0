//! The wording for files that are not changed as wanted: refused changes, documents without a place for them.

use super::super::describe::{self, shell_word};
use super::super::failure::{Exit, Message};
use super::{disk, problem};
use super::{load, mend, plain_http, remove};
use crate::changes::ChangeError;
use crate::config::change::PlanError;
use crate::config::check::{SyntaxError, line_and_column};
use crate::config::edit::EditError;
use crate::config::layer::LoadError;
use crate::config::path::Path;
use crate::config::write::WriteError;
use std::path::Path as FilePath;

/// Why nothing was changed.
pub(in crate::cli) fn change(file: &FilePath, error: &WriteError<ChangeError>) -> Message {
    match error {
        WriteError::Refused(error) => refused_change(file, error),
        WriteError::Disk(error) => disk::disk(error),
        WriteError::NotText { path, .. } => not_text(path),
        WriteError::Unsteady(unsteady) => disk::unsteady(&unsteady.path),
    }
}

/// Why a file was not written, where nothing could be refused.
pub(in crate::cli) fn write<E>(file: &FilePath, error: &WriteError<E>) -> Message {
    match error {
        WriteError::Refused(_) => disk::unsteady(file),
        WriteError::Disk(error) => disk::disk(error),
        WriteError::NotText { path, .. } => not_text(path),
        WriteError::Unsteady(unsteady) => disk::unsteady(&unsteady.path),
    }
}

fn not_text(file: &FilePath) -> Message {
    Message::new(Exit::Invalid, "the configuration is not UTF-8 text")
        .at(file.display())
        .hint(mend(file))
}

/// Why changes were refused before anything was written.
pub(in crate::cli) fn refused_change(file: &FilePath, error: &ChangeError) -> Message {
    match error {
        ChangeError::Plan { error, text } => plan(file, text, error),
        ChangeError::NoSite { path } => {
            let profile = path.first(2);
            let with_site = format!("{}=https://acme.atlassian.net", profile.join("base_url"));
            Message::new(
                Exit::Usage,
                format!(
                    "`{path}` needs a site, and `{profile}` has none: a token is saved for its site"
                ),
            )
            .hint(format!(
                "set it first: `lassi config set {}`",
                shell_word(&with_site)
            ))
        }
        ChangeError::SharedSite { path, url, origin } => {
            let site = format!("{}={url}", path.parent().join("base_url"));
            Message::new(
                Exit::Usage,
                format!("`{path}` is not saved: only a shared file says that its site is {url}"),
            )
            .at(describe::origin(origin))
            .hint(format!(
                "if you trust it, say so yourself: `lassi config set {}`",
                shell_word(&site)
            ))
        }
        ChangeError::PlainHttp { path, host } => plain_http(path, host, Exit::Usage),
        ChangeError::Load(error) => load(error),
        ChangeError::Store(error) => disk::store(error),
        ChangeError::NoStore => Message::new(Exit::Failed, "there is no store for secrets"),
    }
}

/// A document that has no place for a change.
fn edit(file: &FilePath, text: &str, error: &EditError) -> Message {
    let name = |keys: &[String]| Path::from_declared(keys.iter().map(String::as_str)).to_string();
    let place = |offset: Option<usize>| match offset {
        Some(offset) => {
            let (line, column) = line_and_column(text, offset);
            format!("{}:{line}:{column}", file.display())
        }
        None => file.display().to_string(),
    };
    match error {
        EditError::Syntax { offset, message } => load(&LoadError::syntax(
            file,
            text,
            &SyntaxError {
                offset: *offset,
                message: message.clone(),
            },
        )),
        EditError::ValueInTheWay { keys, offset } => Message::new(
            Exit::Invalid,
            format!("`{}` is a section, and a value stands there", name(keys)),
        )
        .at(place(*offset))
        .hint(remove(file, &name(keys))),
        EditError::TableInTheWay { keys, offset } => Message::new(
            Exit::Invalid,
            format!("`{}` is a setting, and a table stands there", name(keys)),
        )
        .at(place(*offset))
        .hint(remove(file, &name(keys))),
        EditError::ArrayOfTables { keys, offset } => Message::new(
            Exit::Invalid,
            format!(
                "`{}` is a list of tables, which has no place for a setting",
                name(keys)
            ),
        )
        .at(place(*offset))
        .hint(remove(file, &name(keys))),
        EditError::Missing { keys } => {
            Message::new(Exit::NotFound, format!("`{}` is not set", name(keys))).at(file.display())
        }
        EditError::Exists { keys, offset } => {
            Message::new(Exit::Usage, format!("`{}` is there already", name(keys)))
                .at(place(*offset))
        }
        EditError::Value { keys } => Message::new(
            Exit::Failed,
            format!(
                "the value of `{}` cannot be written on one line",
                name(keys)
            ),
        ),
        EditError::Root => Message::new(Exit::Usage, "the document itself has no name"),
    }
}

/// Why a file cannot be changed as wanted.
pub(in crate::cli) fn plan(file: &FilePath, text: &str, error: &PlanError) -> Message {
    match error {
        PlanError::Syntax(error) => load(&LoadError::syntax(file, text, error)),
        PlanError::TwoSpellings(found) => problem::in_text(file, text, found),
        PlanError::Edit(error) => edit(file, text, error),
        PlanError::WouldAdd {
            problem: found,
            text,
        } => problem::in_text(file, text, found),
    }
}
