//! A setting and the state go in, its row comes out: title, value, badges. Never a secret.

use super::state::{Kept, State, default_of};
use crate::config::layer::{Layer, Origin};
use crate::config::path::Path;
use crate::config::schema::Setting;
use crate::config::stack::Resolved;
use crate::config::value::Value;
use crate::prompt::MenuRow;

/// The row of a setting.
pub(super) fn of_setting(state: &State, path: &Path, setting: &'static Setting) -> MenuRow {
    let row = MenuRow::new(setting.title)
        .value(value_text(state, path, setting))
        .about(format!("{path}: {}", setting.help));
    let row = badges(state, path).into_iter().fold(row, MenuRow::badge);
    match unavailable(state.layer(), setting) {
        Some(reason) => row.unavailable(reason),
        None => row,
    }
}

/// The value that counts, as it is shown.
pub(super) fn value_text(state: &State, path: &Path, setting: &Setting) -> String {
    if setting.secret() {
        return match state.kept(path) {
            Kept::Saved => "saved".to_owned(),
            Kept::ForOtherSite(site) => format!("saved for {site}"),
            Kept::NotSet => "not set".to_owned(),
            Kept::Unknown => "the store cannot be asked".to_owned(),
        };
    }
    state
        .effective(path, setting)
        .map_or_else(|| "not set".to_owned(), |value| shown(&value))
}

/// A value, as it is shown: without quotes, a list with blanks behind its commas.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::List(items) if items.is_empty() => "none".to_owned(),
        Value::List(items) => {
            let items: Vec<_> = items.iter().map(Value::to_plain).collect();
            items.join(", ")
        }
        value => value.to_plain(),
    }
}

/// What is special about a value: who decides it, if it is not the declaration.
pub(super) fn badges(state: &State, path: &Path) -> Vec<String> {
    let Some(resolved) = state.value(path) else {
        return Vec::new();
    };
    let mut badges = Vec::new();
    if state.set_here(path).is_some() {
        badges.push("modified".to_owned());
    }
    badges.extend(decided_elsewhere(state.layer(), resolved));
    badges
}

/// Who decides a value, if it is not the file that is changed.
fn decided_elsewhere(layer: Layer, resolved: &Resolved) -> Option<String> {
    match &resolved.origin {
        Origin::Default | Origin::Store => None,
        Origin::File { layer: other, .. } if *other == layer => None,
        Origin::File { layer: other, .. } => Some(format!("from {}", file_of(*other))),
        Origin::Variable(name) => Some(format!("overridden by {name}")),
        Origin::Flag => Some("overridden by --set".to_owned()),
    }
}

/// What the file of a layer is called.
pub(super) fn file_of(layer: Layer) -> &'static str {
    match layer {
        Layer::Project => "the project file",
        Layer::Local => "the local file",
        _ => "your own file",
    }
}

/// Why a setting cannot be changed in the file of a layer.
pub(super) fn unavailable(layer: Layer, setting: &Setting) -> Option<&'static str> {
    if !layer.is_shared() {
        None
    } else if setting.secret() {
        Some("not available here: secrets are yours alone and never in a shared file")
    } else if setting.protected {
        Some("not available here: protected, as a shared file must not decide it for others")
    } else {
        None
    }
}

/// What a setting is worth when nobody sets it.
pub(super) fn default_text(setting: &Setting) -> Option<String> {
    default_of(setting).map(|value| shown(&value))
}

/// `no sites`, `1 site`, `2 sites`.
pub(super) fn count(number: usize, one: &str) -> String {
    match number {
        0 => format!("no {one}s"),
        1 => format!("1 {one}"),
        number => format!("{number} {one}s"),
    }
}
