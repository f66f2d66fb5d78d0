//! `lassi config set`: sets settings and saves secrets, all or nothing.

use super::assignments::{Assignments, Spelling};
use super::report;
use super::target::{Chosen, TargetArguments};
use crate::auth::{Product, cloud_id};
use crate::changes::{Changes, Place};
use crate::cli::Subcommand;
use crate::cli::describe::shell_word;
use crate::cli::diff;
use crate::cli::failure::{Exit, Failure, Message};
use crate::cli::messages;
use crate::cli::session::Session;
use crate::cli::stores;
use crate::config::change::Step;
use crate::config::path::Path;
use crate::config::schema::Match;
use crate::config::value::Value;
use crate::config::views::StoreKind;
use crate::config::write::Outcome;
use crate::secret::Store;
use clap::{Args, FromArgMatches};
use std::collections::HashMap;

/// `lassi config set`.
pub(super) const COMMAND: Subcommand = Subcommand {
    name: "set",
    about: "Set settings and save secrets, all or nothing",
    arguments: Arguments::augment_args,
    run: |session, matches| run(session, &Arguments::from_arg_matches(matches)?),
};

/// How many settings are named one by one before they are only counted.
const MOST_NAMED: usize = 10;

/// A value is read by the kind of its setting: `output.format=json`, lists separated by commas.
/// Secrets go into the store, never into the file.
#[derive(Debug, Args)]
struct Arguments {
    /// What to set: PATH=VALUE, several if you like, or one PATH and its VALUE
    #[arg(value_name = "PATH=VALUE", required_unless_present_any = ["stdin", "secret_stdin"])]
    pairs: Vec<String>,

    /// Read `PATH = VALUE` lines with TOML values from standard input
    #[arg(long, conflicts_with = "secret_stdin")]
    stdin: bool,

    /// Save the secret that standard input holds
    #[arg(long, value_name = "PATH")]
    secret_stdin: Option<String>,

    /// Show what would change and write nothing
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    target: TargetArguments,
}

fn run(session: &Session<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let chosen = arguments.target.choose(session)?;
    let mut assignments = Assignments::new(session, &chosen, "set");
    for (path, value) in pairs(&arguments.pairs)? {
        assignments.add(path, value, Spelling::Raw)?;
    }
    let secrets_before_input = assignments.changes.secrets.len();
    if arguments.stdin {
        add_lines(&mut assignments, &session.read_input()?)?;
    }
    if let Some(path) = &arguments.secret_stdin {
        assignments.add_secret_input(path, session.read_input()?)?;
    }
    let changes = assignments.changes;
    if secrets_before_input > 0 {
        session.note("an argument is seen by others and stays in the shell's history: `--secret-stdin` is safer");
    }
    if arguments.dry_run {
        return preview(session, &chosen, &changes);
    }
    carry_out(session, &chosen, &changes)
}

/// `PATH=VALUE …`, or `PATH VALUE`.
fn pairs(arguments: &[String]) -> Result<Vec<(&str, &str)>, Failure> {
    if let [path, value] = arguments
        && Path::split_argument(path).is_none()
    {
        return Ok(vec![(path, value)]);
    }
    let pair = |text| Path::split_argument(text).ok_or_else(|| not_a_pair(text));
    Ok(arguments
        .iter()
        .map(|text| pair(text))
        .collect::<Result<_, _>>()?)
}

fn not_a_pair(text: &str) -> Message {
    // a word that is no path may be a secret that slipped
    let shown = Path::parse(text)
        .is_ok_and(|path| !matches!(path.lookup(), Match::Unknown { known: 0, .. }));
    let what = if shown {
        format!("`{text}` has no value")
    } else {
        "an argument is no PATH=VALUE pair".to_owned()
    };
    Message::new(Exit::Usage, what).hint("for example `lassi config set output.format=json`")
}

fn add_lines(assignments: &mut Assignments<'_>, text: &str) -> Result<(), Failure> {
    for (index, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let place = format!("standard input, line {}", index + 1);
        let Some((path, value)) = Path::split_argument(line) else {
            let message = Message::new(Exit::Usage, "a line is no `PATH = VALUE` pair").at(place);
            return Err(message
                .hint("for example `output.format = \"json\"`")
                .into());
        };
        let added = assignments.add(path.trim(), without_comment(value.trim()), Spelling::Toml);
        added.map_err(|failure| match failure {
            Failure::Message(message) if message.place.is_none() => message.at(place).into(),
            other => other,
        })?;
    }
    Ok(())
}

/// A TOML value without the comment behind it.
fn without_comment(value: &str) -> &str {
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in value.char_indices() {
        match (quote, c) {
            _ if escaped => escaped = false,
            (Some('"'), '\\') => escaped = true,
            (Some(open), _) if open == c => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '#') => return value[..at].trim_end(),
            _ => {}
        }
    }
    value
}

/// Shows what would change.
pub(super) fn preview(
    session: &Session<'_>,
    chosen: &Chosen,
    changes: &Changes,
) -> Result<(), Failure> {
    let store = store_for(session, chosen, changes)?;
    let place = place(session, chosen, store.as_deref())?;
    let before = chosen.open()?;
    let text = before.as_ref().map(|file| file.text.as_str());
    let after = changes
        .preview(&place, text)
        .map_err(|error| messages::refused_change(&chosen.target.file, &error))?;
    session.print(&diff::of(
        &chosen.target.file,
        chosen.layer,
        text.unwrap_or_default(),
        &after,
    ))?;
    for path in changes
        .secrets
        .iter()
        .map(|(path, _)| path)
        .chain(changes.copied.iter().map(|(name, _)| &name.path))
    {
        session.note(format_args!("would save {path} in the store"));
    }
    for name in &changes.forget {
        session.note(format_args!("would remove {} from the store", name.path));
    }
    for (from, to) in &changes.rename {
        session.note(format_args!(
            "would move {} to {} in the store",
            from.path, to.path
        ));
    }
    Ok(())
}

/// Makes the changes in the user file and says so.
pub(in crate::cli) fn carry_out_for_user(
    session: &Session<'_>,
    changes: &Changes,
) -> Result<(), Failure> {
    carry_out(session, &Chosen::of_user(session)?, changes)
}

/// Makes another store the one in use, by the user file, and says so. What the other one holds is the caller's to move.
pub(in crate::cli) fn choose_store(session: &Session<'_>, kind: StoreKind) -> Result<(), Failure> {
    let changes = Changes {
        steps: vec![Step::Set {
            path: stores::setting_path(),
            value: Value::Text(stores::word(kind).to_owned()),
        }],
        command: "migrate",
        ..Changes::default()
    };
    make(session, &Chosen::of_user(session)?, &changes)
}

/// Saves the cloud ID that a site gave to the user file, without a word and without an entry in the history.
pub(in crate::cli) fn save_cloud_id(
    session: &Session<'_>,
    product: Product,
    site: &str,
    id: &str,
) -> Result<(), Failure> {
    let chosen = Chosen::of_user(session)?;
    let place = place(session, &chosen, None)?;
    let written = cloud_id::save(&place, product, site, id)
        .map_err(|error| messages::change(&chosen.target.file, &error))?;
    if written.outcome == Outcome::Created {
        super::schema::install(session)?;
    }
    Ok(())
}

/// Makes the changes and says so.
pub(super) fn carry_out(
    session: &Session<'_>,
    chosen: &Chosen,
    changes: &Changes,
) -> Result<(), Failure> {
    make(session, chosen, changes)?;
    match chosen_store(chosen, changes) {
        Some(kind) => stores::warn_left_behind(session, kind),
        None => Ok(()),
    }
}

fn make(session: &Session<'_>, chosen: &Chosen, changes: &Changes) -> Result<(), Failure> {
    let store = store_for(session, chosen, changes)?;
    let place = place(session, chosen, store.as_deref())?;
    let applied = changes
        .apply(&place)
        .map_err(|error| messages::change(&chosen.target.file, &error))?;
    report::applied(session, &applied, &done(changes), "nothing to change");
    if let Some(store) = &store {
        report::notes(session, &store.take_notes());
    }
    if applied.written.outcome == Outcome::Created && chosen.takes_secrets() {
        super::schema::install(session)?;
    }
    if !applied.fine
        && let Some(file) = chosen.open()?.filter(|file| !file.is_fine())
    {
        report::warn_about_file(session, &file);
    }
    warn_overridden(session, chosen, changes)
}

fn warn_overridden(
    session: &Session<'_>,
    chosen: &Chosen,
    changes: &Changes,
) -> Result<(), Failure> {
    if !chosen.in_stack {
        return Ok(());
    }
    let set = changes.steps.iter().filter_map(|step| match step {
        Step::Set { path, value } => Some((path, value)),
        _ => None,
    });
    let settings = set.clone().filter_map(|(path, _)| match path.lookup() {
        Match::Setting(setting) => Some((path, setting)),
        _ => None,
    });
    let overriding = session.stack()?.overriding(settings, chosen.layer);
    let set: HashMap<_, _> = set.collect();
    for other in overriding {
        if set.get(&other.path) != Some(&&other.value) {
            report::warn_overridden(
                session,
                &other.path,
                &other.value.to_toml(),
                &crate::cli::describe::origin(&other.origin),
            );
        }
    }
    Ok(())
}

/// What was done to the file, in words.
fn done(changes: &Changes) -> String {
    let words = |step: &Step| match step {
        Step::Set { path, value } => format!("set {path} = {}", value.to_toml()),
        Step::Table { path } => format!("added {path}"),
        Step::Unset { path } => format!("unset {path}"),
        Step::Rename { from, name } => format!("renamed {from} to {}", from.parent().join(name)),
    };
    match changes.steps.len() {
        0 => "changed nothing".to_owned(),
        count if count > MOST_NAMED => format!("set {count} settings"),
        _ => changes
            .steps
            .iter()
            .map(words)
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// The store, if the changes need one: the one that is in use after all of them.
fn store_for(
    session: &Session<'_>,
    chosen: &Chosen,
    changes: &Changes,
) -> Result<Option<Box<dyn Store>>, Failure> {
    if !changes.touch_the_store() {
        return Ok(None);
    }
    let store = match chosen_store(chosen, changes) {
        Some(kind) => stores::open(session, kind),
        None => session.store(),
    };
    store.map(Some)
}

/// The store that these changes choose; only the user's own file can.
fn chosen_store(chosen: &Chosen, changes: &Changes) -> Option<StoreKind> {
    let counts = chosen.takes_secrets();
    counts.then(|| stores::chosen_by(&changes.steps)).flatten()
}

fn place<'a>(
    session: &'a Session<'_>,
    chosen: &'a Chosen,
    store: Option<&'a dyn Store>,
) -> Result<Place<'a>, Failure> {
    Ok(Place {
        target: &chosen.target,
        layer: chosen.layer,
        first_lines: chosen.first_lines(),
        stack: session.stack()?,
        store,
    })
}

/// A hint at the command that sets a path.
pub(super) fn command_for(path: &Path) -> String {
    format!("lassi config set {}", shell_word(&format!("{path}=VALUE")))
}
