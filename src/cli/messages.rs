//! The wording of errors and warnings: enums with fields go in, messages with hints come out.
//!
//! One line says what is wrong with the thing, named as the user typed it; then where; then the command that
//! mends it.

mod api;
mod auth;
mod change;
mod disk;
mod http;
mod keyring;
mod problem;
mod prompt;
mod stores;
mod undo;

pub(super) use api::{Context, api};
pub(super) use auth::{missing_credential, resolve, unknown_profile, unmatched_host_variable};
pub(super) use change::{change, plan, refused_change, write};
pub(super) use disk::{disk, note, reason, store};
pub(super) use http::http;
pub(super) use problem::problem;
pub(super) use prompt::prompt;
pub(super) use stores::{elsewhere, left_behind, migrate};
pub(super) use undo::undo;

use super::describe::{self, shell_word};
use super::failure::{Exit, Message};
use crate::config::env::{UnknownVariable, VariableError, VariableFault, token_variable};
use crate::config::layer::{LoadError, LoadFault, Origin};
use crate::config::locations::{LOCAL_FILE, LocationError, PROJECT_FILE, USER_FILE};
use crate::config::name::NameError;
use crate::config::path::{Path, PathError, PathFault};
use crate::config::schema::{self, Kind, Setting, UrlUse};
use crate::config::site_url::UrlError;
use crate::config::value::{Value, ValueError};
use crate::config::views::ViewError;
use crate::secret::{LONGEST_SECRET, SecretError};
use std::path::Path as FilePath;

/// The flag that makes a command mean this file, with a space in front; nothing for the user's own.
fn flag_of(file: &FilePath) -> String {
    match file.file_name().and_then(|name| name.to_str()) {
        Some(USER_FILE) if file.is_absolute() => String::new(),
        Some(PROJECT_FILE) if file.is_absolute() => " --project".to_owned(),
        Some(LOCAL_FILE) if file.is_absolute() => " --local".to_owned(),
        _ => format!(" --file {}", shell_word(&file.to_string_lossy())),
    }
}

/// What mends a file that does not parse.
fn mend(file: &FilePath) -> String {
    let flag = flag_of(file);
    format!(
        "`lassi config edit --editor{flag}` opens it, `lassi config undo{flag}` takes the last change back"
    )
}

/// What takes something out of a file.
fn remove(file: &FilePath, path: &str) -> String {
    format!(
        "to remove it: `lassi config unset{} {}`",
        flag_of(file),
        shell_word(path)
    )
}

/// A place that could not be named.
pub(super) fn location(error: LocationError) -> Message {
    let message = Message::new(Exit::Failed, error.to_string());
    match error {
        LocationError::NoUserFolder => {
            message.hint("set HOME, or LASSI_CONFIG_DIR to a folder of your choice")
        }
        LocationError::NoStateFolder => {
            message.hint("set HOME, or XDG_STATE_HOME to a folder of your choice")
        }
        LocationError::NoCurrentFolder => message.hint("change to a folder that exists"),
    }
}

/// A text that is no path: with a caret under the character in question.
pub(super) fn path(error: &PathError) -> Message {
    let before = error.text[..error.offset].chars().count();
    let message = Message::new(Exit::Usage, format!("not a path: {}", error.fault))
        .excerpt(error.text.clone())
        .excerpt(format!("{}^", " ".repeat(before)));
    match error.fault {
        PathFault::Url(UrlError::UserInfo) => {
            message.hint("leave user and password out; they are set as `username` and `api_token`")
        }
        PathFault::Character(_) | PathFault::KeyExpected | PathFault::QuoteExpected => {
            message.hint("a path looks like `output.format` or `auth.jira[\"https://acme.atlassian.net\"].username`")
        }
        _ => message,
    }
}

/// A text that names nothing; `typed` is the text.
pub(super) fn name(typed: &str, error: &NameError) -> Message {
    match error {
        NameError::Path(error) => path(error),
        NameError::Unknown { suggestion, .. } => {
            let message = Message::new(Exit::Usage, format!("there is no setting `{typed}`"));
            match suggestion {
                Some(near) => message.hint(format!("did you mean `{near}`?")),
                None => message.hint("`lassi config list --defaults` lists the settings"),
            }
        }
        NameError::ProfileName { name } => Message::new(
            Exit::Usage,
            format!("`{name}` cannot be the name of a profile"),
        )
        .hint("use letters, digits, `_` and `-`"),
        NameError::NoInstance(short) => {
            let example = short
                .product
                .join("https://acme.atlassian.net")
                .join(&short.field);
            Message::new(
                Exit::NotFound,
                format!("`{typed}` needs a site, and {} has none yet", short.product),
            )
            .hint(format!(
                "name the site: {}",
                shell_word(&example.to_string())
            ))
        }
        NameError::SeveralInstances { short, instances } => {
            let what = format!(
                "`{typed}` is ambiguous: {} has {} sites",
                short.product,
                instances.len()
            );
            instances
                .iter()
                .take(10)
                .fold(Message::new(Exit::Usage, what), |message, instance| {
                    message.hint(shell_word(&instance.join(&short.field).to_string()))
                })
        }
    }
}

/// A section, where a setting is needed.
pub(super) fn not_a_setting(path: &Path) -> Message {
    let message = Message::new(Exit::Usage, format!("`{path}` is a section, not a setting"));
    match path.nearest_field() {
        Some(near) => message.hint(format!("did you mean {}?", shell_word(&near.to_string()))),
        None => message.hint(format!(
            "`lassi config list --defaults {}` lists what is below it",
            shell_word(&path.to_string())
        )),
    }
}

/// A value that a setting cannot have; `typed` names the setting.
pub(super) fn value(typed: &str, setting: &Setting, error: &ValueError) -> Message {
    let what = match (error, setting.kind) {
        (ValueError::Url(UrlError::Scheme), Kind::Url(UrlUse::Proxy)) => {
            "a proxy's address starts with `http://`, `https://`, `socks5://` or `socks5h://`"
                .to_owned()
        }
        _ => error.to_string(),
    };
    let message = Message::new(Exit::Usage, format!("{typed}: {what}"));
    let nearest = |found: &str| match setting.kind {
        Kind::Choice(words) => schema::nearest(found, words.iter().copied()),
        _ => None,
    };
    match error {
        ValueError::Empty => message.hint(format!(
            "to clear it: `lassi config unset {}`",
            shell_word(typed)
        )),
        ValueError::NotAllowed { found, .. } => match nearest(found.trim_matches(['"', '\''])) {
            Some(near) => message.hint(format!("did you mean `{near}`?")),
            None => message,
        },
        ValueError::Url(_) => message.hint(format!("for example {}", setting.example)),
        ValueError::ControlCharacter { .. } | ValueError::Secret => message,
    }
}

/// A text that is to be TOML and is none; `typed` names the setting.
pub(super) fn not_toml(typed: &str) -> Message {
    Message::new(Exit::Usage, format!("{typed}: the value is not TOML"))
        .hint("texts stand in quotes, such as `output.format = \"json\"`")
}

/// A secret given by `--set`.
pub(super) fn secret_by_flag(path: &Path) -> Message {
    Message::new(
        Exit::Usage,
        format!("`{path}` is a secret and cannot be given by `--set`"),
    )
    .hint(format!("use the variable {}", token_variable(path)))
    .hint(format!(
        "or save it: `lassi config set --secret-stdin {}`",
        shell_word(&path.to_string())
    ))
}

/// A secret given to a file that is not the user's.
pub(super) fn secret_in_other_file(path: &Path, words: &str) -> Message {
    Message::new(
        Exit::Usage,
        format!("`{path}` is a secret and cannot be set in {words}"),
    )
    .hint(format!(
        "everybody saves their own: `lassi config set --secret-stdin {}`",
        shell_word(&path.to_string())
    ))
}

/// A protected setting given to a shared file.
pub(super) fn protected(path: &Path) -> Message {
    Message::new(
        Exit::Usage,
        format!("`{path}` is protected: shared files cannot decide it"),
    )
    .hint(format!(
        "set it in your own file: `lassi config set {}`",
        shell_word(&format!("{path}=VALUE"))
    ))
}

/// A text that cannot be a secret.
pub(super) fn secret(named: impl std::fmt::Display, error: SecretError) -> Message {
    let what = match error {
        SecretError::Empty => "the secret is empty".to_owned(),
        SecretError::ControlCharacter { position } => {
            format!("the secret has a control character at position {position}")
        }
        SecretError::TooLong { length } => {
            format!("the secret has {length} bytes, and {LONGEST_SECRET} are the most")
        }
    };
    Message::new(Exit::Usage, format!("{named}: {what}"))
}

/// A file that cannot be used as a layer.
pub(super) fn load(error: &LoadError) -> Message {
    let file = error.file.display();
    match &error.fault {
        LoadFault::Read(kind) => {
            Message::new(Exit::Failed, format!("{file} cannot be read: {kind}"))
        }
        LoadFault::NotAFile => Message::new(Exit::Failed, format!("{file} is not a file")),
        LoadFault::NotUtf8 { line } => {
            Message::new(Exit::Invalid, "the configuration is not UTF-8 text")
                .at(format!("{file}:{line}"))
                .hint(mend(&error.file))
        }
        LoadFault::Syntax {
            line,
            column,
            message,
            excerpt,
        } => {
            let told = Message::new(
                Exit::Invalid,
                format!("the configuration is not valid TOML: {message}"),
            )
            .at(format!("{file}:{line}:{column}"))
            .hint(mend(&error.file));
            if excerpt.is_empty() {
                told
            } else {
                told.excerpt(excerpt.clone())
            }
        }
    }
}

/// A section that cannot be read as what the program expects.
pub(super) fn view(error: &ViewError) -> Message {
    match error {
        ViewError::Load(error) => load(error),
        ViewError::Shape { path, reason } => {
            Message::new(Exit::Invalid, format!("{path}: {reason}"))
        }
    }
}

/// A variable that must not be there, or whose value is wrong.
pub(super) fn variable(error: &VariableError) -> Message {
    let name = &error.variable;
    let message = match &error.fault {
        VariableFault::Value { path, error } => {
            Message::new(Exit::Usage, format!("{path}: {error}"))
        }
        fault => Message::new(Exit::Usage, format!("{name}: {fault}")),
    };
    let message = message.at(format!("the variable {name}"));
    match &error.fault {
        VariableFault::BelowUrl => message
            .hint("for one run: `--set 'auth.jira[\"https://acme.atlassian.net\"].username=you@acme.example'`")
            .hint("for a token: the variable LASSI_TOKEN_<HOST>, such as LASSI_TOKEN_ACME_ATLASSIAN_NET"),
        VariableFault::Secret { instead } => message.hint(format!("use the variable {instead}")),
        VariableFault::Value { .. } | VariableFault::NotUnicode => message.hint(format!("`unset {name}` clears it")),
        VariableFault::Ambiguous { .. } => message.hint("use `--set`, which takes the whole path"),
    }
}

/// A variable with our prefix that matches nothing.
pub(super) fn unknown_variable(unknown: &UnknownVariable) -> Message {
    let message = Message::new(
        Exit::Usage,
        format!("{} is not a setting and is not used", unknown.variable),
    );
    match &unknown.nearest {
        Some(near) => message.hint(format!("did you mean {near}?")),
        None => message,
    }
}

/// A shared file that is somebody else's.
pub(super) fn foreign_file(file: &FilePath) -> Message {
    Message::new(
        Exit::Invalid,
        "the file belongs to another user and is not used",
    )
    .at(file.display())
}

/// What a shared file tried and may not.
pub(super) fn refused(path: &Path, value: &Value, by: &Origin, stands: &Origin) -> Message {
    let what = format!(
        "{path} = {} is not used: a shared file cannot change it",
        value.to_toml()
    );
    Message::new(Exit::Invalid, what)
        .at(describe::origin(by))
        .hint(format!("it stands in {}", describe::origin(stands)))
}

/// `http://` to a host that is not listed.
pub(super) fn plain_http(path: &Path, host: &str, exit: Exit) -> Message {
    Message::new(
        exit,
        format!("{path}: `http://` to {host} is not allowed: it sends credentials unencrypted"),
    )
    .hint(format!(
        "use `https://`, or allow it: `lassi config set connection.allow_http={}`",
        shell_word(host)
    ))
}

/// A profile's secret that is stored for another site than the profile has now.
pub(super) fn saved_for_another_site(typed: &str, site: &str) -> Message {
    Message::new(
        Exit::NotFound,
        format!("`{typed}` is not set for the site as it is now: it was saved for {site}"),
    )
    .hint(format!(
        "to save one for this site: `lassi config set --secret-stdin {}`",
        shell_word(typed)
    ))
}

/// A secret in a file, while the store holds another one.
pub(super) fn stored_already(path: &Path) -> Message {
    let quoted = shell_word(&path.to_string());
    Message::new(Exit::Invalid, format!("the store holds another `{path}` already; the one in the file stays where it is"))
        .hint(format!("to use the one from the file: `lassi config set --secret-stdin {quoted}`, then `lassi config check --fix`"))
}
