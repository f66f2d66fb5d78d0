//! `lassi config check`: what is wrong with the files, for people, hooks and pipelines.

use super::report;
use super::target::layer_of;
use crate::changes::{Changes, Place, allowed_hosts};
use crate::cli::Subcommand;
use crate::cli::failure::{Exit, Failure, Message};
use crate::cli::json_flag::{JsonFlag, json_text};
use crate::cli::messages;
use crate::cli::session::Session;
use crate::config::change::Step;
use crate::config::check::{Fault, Problem};
use crate::config::layer::{FileLayer, Layer, LoadError};
use crate::config::site_url;
use crate::config::value::Value;
use crate::config::write::Target;
use crate::output::escape::Visible;
use crate::secret::{Secret, Store};
use clap::{Args, FromArgMatches};
use serde_json::{Value as Json, json};
use std::path::PathBuf;

mod staged;

/// `lassi config check`.
pub(super) const COMMAND: Subcommand = Subcommand {
    name: "check",
    about: "Say what is wrong with the files",
    arguments: Arguments::augment_args,
    run: |session, matches| run(session, &Arguments::from_arg_matches(matches)?),
};

/// Exit code 5 if anything is wrong. Without arguments your own file, the project file and the local file.
#[derive(Debug, Args)]
struct Arguments {
    /// These files; .lassi.toml and .lassi.local.toml are shared files, all others are like your own
    #[arg(value_name = "FILE", conflicts_with_all = ["project", "staged"])]
    files: Vec<PathBuf>,

    /// The shared files only
    #[arg(long)]
    project: bool,

    /// The shared files as git is about to commit them
    #[arg(long)]
    staged: bool,

    /// Move secrets out of the files into the store
    #[arg(long, conflicts_with = "staged")]
    fix: bool,

    #[command(flatten)]
    format: JsonFlag,
}

fn run(session: &Session<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let files = files(session, arguments)?;
    if arguments.fix {
        for file in files.iter().filter_map(|file| file.as_ref().ok()) {
            fix(session, file)?;
        }
    }
    let files = if arguments.fix {
        self::files(session, arguments)?
    } else {
        files
    };
    let mut findings = Vec::new();
    for file in &files {
        match file {
            Ok(file) => findings.extend(findings_of(session, file)?),
            Err(error) => findings.push(Finding::of_load(error)),
        }
    }
    session.print(&if arguments.format.json() {
        json_text(&findings.iter().map(Finding::json).collect::<Json>())
    } else {
        findings.iter().map(Finding::text).collect()
    })?;
    if findings.is_empty() {
        let words = if files.len() == 1 {
            "1 file".to_owned()
        } else {
            format!("{} files", files.len())
        };
        session.note(format_args!("{words} checked, nothing is wrong"));
        return Ok(());
    }
    Err(Failure::Silent(Exit::Invalid))
}

/// The files to look at, each as it is or why it cannot be read.
fn files(
    session: &Session<'_>,
    arguments: &Arguments,
) -> Result<Vec<Result<FileLayer, LoadError>>, Failure> {
    if arguments.staged {
        return Ok(staged::files(session)?.into_iter().map(Ok).collect());
    }
    let locations = session.locations()?;
    let named: Vec<(Layer, PathBuf)> = if arguments.files.is_empty() {
        let shared = [
            (Layer::Project, locations.project_file()),
            (Layer::Local, locations.local_file()),
        ];
        let shared = shared
            .into_iter()
            .filter_map(|(layer, file)| Some((layer, file.ok()?)));
        let user = (!arguments.project).then(|| (Layer::User, locations.user_file()));
        user.into_iter().chain(shared).collect()
    } else {
        arguments
            .files
            .iter()
            .map(|file| (layer_of(file), file.clone()))
            .collect()
    };
    let mut files = Vec::new();
    for (layer, file) in named {
        match FileLayer::open(layer, &file).transpose() {
            Some(opened) => files.push(opened),
            None if arguments.files.is_empty() => {}
            None => {
                let message = Message::new(
                    Exit::NotFound,
                    format!("there is no file {}", file.display()),
                );
                return Err(message.into());
            }
        }
    }
    Ok(files)
}

/// One thing that is wrong.
struct Finding {
    code: &'static str,
    path: Option<String>,
    place: (String, Option<(usize, usize)>),
    message: Message,
}

impl Finding {
    fn of_load(error: &LoadError) -> Finding {
        use crate::config::layer::LoadFault;
        let (code, at) = match &error.fault {
            LoadFault::Read(_) | LoadFault::NotAFile => ("unreadable", None),
            LoadFault::NotUtf8 { line } => ("not-utf8", Some((*line, 1))),
            LoadFault::Syntax { line, column, .. } => ("syntax", Some((*line, *column))),
        };
        Finding {
            code,
            path: None,
            place: (error.file.display().to_string(), at),
            message: messages::load(error),
        }
    }

    fn of_problem(file: &FileLayer, problem: &Problem) -> Finding {
        let at = file.position(problem.span.start);
        Finding {
            code: code(&problem.fault),
            path: Some(problem.path.to_string()),
            place: (file.file.display().to_string(), Some(at)),
            message: messages::problem(file, problem),
        }
    }

    fn text(&self) -> String {
        let (file, at) = &self.place;
        let place = match at {
            Some((line, column)) => format!("{file}:{line}:{column}"),
            None => file.clone(),
        };
        let mut text = format!(
            "{}: error: {}\n",
            Visible(&place),
            Visible(&self.message.what)
        );
        for hint in &self.message.hints {
            text.push_str(&format!("  hint: {}\n", Visible(hint)));
        }
        text
    }

    fn json(&self) -> Json {
        let (file, at) = &self.place;
        json!({
            "file": file,
            "line": at.map(|at| at.0),
            "column": at.map(|at| at.1),
            "severity": "error",
            "code": self.code,
            "path": self.path,
            "message": self.message.what,
            "hint": self.message.hints.first(),
        })
    }
}

/// The name of a fault, for programs.
fn code(fault: &Fault) -> &'static str {
    match fault {
        Fault::UnknownKey => "unknown-key",
        Fault::Value { .. } => "value",
        Fault::TableExpected => "table-expected",
        Fault::ValueExpected { .. } => "value-expected",
        Fault::Secret { .. } => "secret",
        Fault::Protected { .. } => "protected",
        Fault::Url(_) => "url",
        Fault::FieldWithoutUrl => "field-without-url",
        Fault::ProfileName => "profile-name",
        Fault::SameUrl { .. } => "same-url",
        Fault::PlainHttp { .. } => "plain-http",
    }
}

fn findings_of(session: &Session<'_>, file: &FileLayer) -> Result<Vec<Finding>, Failure> {
    let checked = match file.checked() {
        Ok(checked) => checked,
        Err(error) => return Ok(vec![Finding::of_load(&error)]),
    };
    let mut problems = checked.problems.clone();
    if file.layer == Layer::User {
        // who wrote a shared file cannot know whom its readers allow
        let allowed = own_allowed_hosts(session, file)?;
        problems.extend(checked.entries.iter().filter_map(|entry| {
            let Value::Text(url) = &entry.value else {
                return None;
            };
            let host = site_url::plain_http_host(url)?;
            let is_site = matches!(
                entry.setting.kind,
                crate::config::schema::Kind::Url(crate::config::schema::UrlUse::Site)
            );
            let refused = is_site && !site_url::host_is_listed(host, &allowed);
            let fault = Fault::PlainHttp {
                host: host.to_owned(),
            };
            refused.then(|| Problem {
                path: entry.path.clone(),
                span: entry.span.clone(),
                fault,
            })
        }));
        problems.extend(checked.spellings.iter().filter_map(|(path, spelling)| {
            path.instance_product()?;
            let host = site_url::plain_http_host(path.last()?)?;
            let fault = Fault::PlainHttp {
                host: host.to_owned(),
            };
            let span = spelling.offset..spelling.offset;
            (!site_url::host_is_listed(host, &allowed)).then(|| Problem {
                path: path.clone(),
                span,
                fault,
            })
        }));
        problems.sort_by_key(|problem| problem.span.start);
    }
    Ok(problems
        .iter()
        .map(|problem| Finding::of_problem(file, problem))
        .collect())
}

/// The hosts that the file itself and this run allow without encryption.
fn own_allowed_hosts(session: &Session<'_>, file: &FileLayer) -> Result<Vec<String>, Failure> {
    let of_run = allowed_hosts(session.stack()?).unwrap_or_default();
    let of_file = file.checked().map(|checked| {
        let lists = checked
            .entries
            .iter()
            .filter(|entry| entry.setting.pattern == "connection.allow_http");
        lists
            .flat_map(|entry| entry.value.texts())
            .collect::<Vec<_>>()
    });
    Ok(of_run
        .into_iter()
        .chain(of_file.unwrap_or_default())
        .collect())
}

/// Moves the secrets of a file into the store.
fn fix(session: &Session<'_>, file: &FileLayer) -> Result<(), Failure> {
    let Ok(checked) = file.checked() else {
        return Ok(());
    };
    let mut changes = Changes {
        command: "check --fix",
        ..Changes::default()
    };
    for problem in checked
        .problems
        .iter()
        .filter(|problem| matches!(problem.fault, Fault::Secret { .. }))
    {
        let text = file.text[problem.span.clone()].parse::<toml_edit::Value>();
        let Ok(toml_edit::Value::String(text)) = text else {
            continue;
        };
        match Secret::from_input(text.into_value()) {
            Ok(secret) => changes.secrets.push((problem.path.clone(), secret)),
            // it stays where it is, and is reported again
            Err(_) => continue,
        }
        changes.steps.push(Step::Unset {
            path: problem.path.clone(),
        });
    }
    if changes.secrets.is_empty() {
        return Ok(());
    }
    let store = session.store()?;
    keep_stored(session, &mut changes, store.as_ref())?;
    if changes.secrets.is_empty() {
        return Ok(());
    }
    let target = Target {
        file: file.file.to_path_buf(),
        state: session
            .locations()?
            .state_folder()
            .map_err(messages::location)?
            .to_path_buf(),
        new_file_mode: 0o600,
        private_folder: false,
    };
    let place = Place {
        target: &target,
        layer: file.layer,
        first_lines: "",
        stack: session.stack()?,
        store: Some(store.as_ref()),
    };
    let applied = changes
        .apply(&place)
        .map_err(|error| messages::change(&file.file, &error))?;
    report::applied(
        session,
        &applied,
        "removed what was saved",
        "nothing to change",
    );
    if file.layer.is_shared() && !applied.saved.is_empty() {
        session.note("tokens that were in a shared file may have been seen: renew them");
    }
    Ok(())
}

/// A secret that the store holds already is not overwritten by one from a file.
fn keep_stored(
    session: &Session<'_>,
    changes: &mut Changes,
    store: &dyn Store,
) -> Result<(), Failure> {
    let stored = session.stored()?;
    let mut kept = Vec::new();
    for (path, secret) in &changes.secrets {
        for name in stored.iter().filter(|name| name.path == *path) {
            let held = store
                .get(&name.to_string())
                .map_err(|error| messages::store(&error))?;
            if held.is_some_and(|held| held.expose() != secret.expose()) {
                session.warn(&messages::stored_already(path));
                kept.push(path.clone());
            }
        }
    }
    changes.secrets.retain(|(path, _)| !kept.contains(path));
    changes
        .steps
        .retain(|step| !matches!(step, Step::Unset { path } if kept.contains(path)));
    Ok(())
}
