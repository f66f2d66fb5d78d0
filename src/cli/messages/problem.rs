//! The wording of what is wrong in a file that parses: its place, and the command that mends it there.

use super::{flag_of, plain_http, remove, value};
use crate::cli::describe::shell_word;
use crate::cli::failure::{Exit, Message};
use crate::config::check::{Fault, Problem, line_and_column};
use crate::config::layer::FileLayer;
use crate::config::schema;
use crate::config::value::ValueError;
use std::path::Path as FilePath;

/// Something wrong in a file of this run that parses.
pub(in crate::cli) fn problem(file: &FileLayer, problem: &Problem) -> Message {
    worded(&file.file, problem, |offset| file.position(offset))
}

/// Something wrong in a text that a file was to get.
pub(super) fn in_text(file: &FilePath, text: &str, problem: &Problem) -> Message {
    worded(file, problem, |offset| line_and_column(text, offset))
}

fn worded(
    file: &FilePath,
    problem: &Problem,
    position: impl Fn(usize) -> (usize, usize),
) -> Message {
    let (line, column) = position(problem.span.start);
    let path = &problem.path;
    let quoted = shell_word(&path.to_string());
    let flag = flag_of(file);
    // `check` takes files as they are
    let files = flag.strip_prefix(" --file").unwrap_or_default();
    let message = match &problem.fault {
        Fault::UnknownKey => {
            let message = Message::new(Exit::Invalid, format!("there is no setting `{path}`"));
            match schema::suggest(path) {
                Some(near) => message.hint(format!("did you mean `{near}`?")),
                None => message.hint(remove(file, &path.to_string())),
            }
        }
        Fault::Value { setting, error } => {
            let mending = match error {
                ValueError::Empty => format!("to clear it: `lassi config unset{flag} {quoted}`"),
                _ => format!(
                    "to mend it: `lassi config set{flag} {}`",
                    shell_word(&format!("{path}=VALUE"))
                ),
            };
            let message = value(&path.to_string(), setting, error);
            Message {
                exit: Exit::Invalid,
                hints: Vec::new(),
                ..message
            }
            .hint(mending)
        }
        Fault::TableExpected => Message::new(
            Exit::Invalid,
            format!("`{path}` is a section, and a value stands there"),
        )
        .hint(remove(file, &path.to_string())),
        Fault::ValueExpected { setting } => Message::new(
            Exit::Invalid,
            format!("`{path}` is {}, and a table stands there", setting.kind),
        )
        .hint(remove(file, &path.to_string())),
        Fault::Secret { .. } => Message::new(
            Exit::Invalid,
            format!("`{path}` is a secret and is not used from a file"),
        )
        .hint(format!(
            "to move it into the store: `lassi config check --fix{files}`"
        )),
        Fault::Protected { .. } => Message::new(
            Exit::Invalid,
            format!("`{path}` is protected and is not used from a shared file"),
        )
        .hint("set it in your own file, and remove it here"),
        Fault::Url(error) => Message::new(
            Exit::Invalid,
            format!("a key below `{path}` is no address: {error}"),
        )
        .hint("for example `\"https://acme.atlassian.net\"`"),
        Fault::FieldWithoutUrl => {
            let written_out = path
                .parent()
                .join("https://acme.atlassian.net")
                .join(path.last().unwrap_or_default());
            Message::new(
                Exit::Invalid,
                format!("`{path}` needs the address of a site in front"),
            )
            .hint(format!("for example `{written_out}`"))
        }
        Fault::ProfileName => Message::new(
            Exit::Invalid,
            format!("`{path}` cannot be the name of a profile"),
        )
        .hint("use letters, digits, `_` and `-`"),
        Fault::SameUrl { other } => {
            let (other, _) = position(*other);
            Message::new(
                Exit::Invalid,
                format!("`{path}` stands here and in line {other}, in two spellings"),
            )
            .hint("keep one of them: neither is used")
        }
        Fault::PlainHttp { host } => plain_http(path, host, Exit::Invalid),
    };
    message.at(format!("{}:{line}:{column}", file.display()))
}
