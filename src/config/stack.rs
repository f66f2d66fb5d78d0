//! Layers go in, one value per setting comes out, with where it comes from and what it shadows.
//!
//! Resolving never changes or drops a layer. For `profiles` and `auth` the user file stands above shared files:
//! those may fill gaps, never change what the user said.

use super::check::Problem;
use super::env::{self, UnknownVariable, VariableError};
use super::layer::{Assignment, FileLayer, Layer, LoadError, Origin};
use super::locations::Locations;
use super::path::Path;
use super::schema::{self, Match, Setting};
use super::value::Value;
use crate::disk;
use crate::environment::Environment;
use indexmap::map::Entry;
use indexmap::{IndexMap, IndexSet};
use std::collections::HashSet;
use std::path::PathBuf;

/// As many settings as are looked up one by one in less time than all that is set is collected.
const FEW: usize = 8;

/// A value with its origin, and what it shadows.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// Where it belongs.
    pub path: Path,
    /// Its declaration.
    pub setting: &'static Setting,
    /// The value that counts.
    pub value: Value,
    /// Who says so.
    pub origin: Origin,
    /// What others say, highest first.
    pub shadowed: Vec<(Value, Origin)>,
    /// Whether a shared file tried to change what is not its to change: its value and place.
    pub refused: Option<(Value, Origin)>,
}

/// The layers, each with its untouched source.
#[derive(Debug, Default)]
pub struct Stack {
    files: Vec<Result<FileLayer, LoadError>>,
    /// What the variables set.
    pub environment: Vec<Assignment>,
    /// What `--set` sets.
    pub command_line: Vec<Assignment>,
    /// Variables with our prefix that match nothing.
    pub unknown_variables: Vec<UnknownVariable>,
    /// Shared files that belong to somebody else, and are not used.
    pub foreign: Vec<PathBuf>,
}

impl Stack {
    /// Reads the files and the variables. A file that cannot be used stays an error of its own layer: it is one
    /// for those who need that layer, and none for those who write another.
    pub fn load(environment: &Environment, locations: &Locations) -> Result<Stack, VariableError> {
        let mut stack = Stack::default();
        let shared = [
            (Layer::Project, locations.project_file()),
            (Layer::Local, locations.local_file()),
        ];
        let shared = shared
            .into_iter()
            .filter_map(|(layer, file)| Some((layer, file.ok()?)));
        for (layer, file) in [(Layer::User, locations.user_file())]
            .into_iter()
            .chain(shared)
        {
            if layer.is_shared() && disk::belongs_to_another_user(&file) {
                stack.foreign.push(file);
                continue;
            }
            stack
                .files
                .extend(FileLayer::open(layer, &file).transpose());
        }
        let profiles = if env::names_a_profile(environment) {
            stack.profile_names()
        } else {
            Vec::new()
        };
        let variables = env::read(environment, &profiles)?;
        stack.environment = variables.assignments;
        stack.unknown_variables = variables.unknown;
        Ok(stack)
    }

    /// A stack of these files and nothing else.
    pub fn of_files(files: Vec<FileLayer>) -> Stack {
        Stack {
            files: files.into_iter().map(Ok).collect(),
            ..Stack::default()
        }
    }

    /// All files that are there and can be read.
    pub fn files(&self) -> impl Iterator<Item = &FileLayer> {
        self.files.iter().filter_map(|file| file.as_ref().ok())
    }

    /// Where a path is spelled twice in one file, so that nobody can tell which one is meant.
    pub fn two_spellings(&self, path: &Path) -> Option<(&FileLayer, &Problem)> {
        let mut unusual = self.files().filter(|file| !file.is_fine());
        unusual.find_map(|file| Some((file, file.checked().ok()?.two_spellings(path)?)))
    }

    /// The names of the profiles that the usable files know.
    pub fn profile_names(&self) -> Vec<String> {
        let profiles = Path::from_declared(["profiles"]);
        let mut names = IndexSet::new();
        for file in self.files() {
            // a file that cannot be used says so itself
            let tables = file.tables(&profiles).unwrap_or_default();
            names.extend(
                tables
                    .iter()
                    .filter_map(|path| path.last().map(str::to_owned)),
            );
        }
        names.into_iter().collect()
    }

    /// The value of a setting, or its default, or nothing.
    pub fn resolve(
        &self,
        path: &Path,
        setting: &'static Setting,
    ) -> Result<Option<Resolved>, LoadError> {
        let mut candidates = Vec::new();
        for file in &self.files {
            candidates.extend(file.as_ref().map_err(Clone::clone)?.find(path, setting)?);
        }
        let others = self.environment.iter().chain(&self.command_line);
        candidates.extend(
            others
                .filter(|assignment| assignment.path == *path)
                .cloned(),
        );
        let candidates = candidates
            .into_iter()
            .map(|Assignment { value, origin, .. }| Candidate { value, origin });
        Ok(decide(path.clone(), setting, candidates.collect()))
    }

    /// Which of these settings are set above a layer, by whom and to what: what is written there does not count.
    pub fn overriding<'p>(
        &self,
        settings: impl IntoIterator<Item = (&'p Path, &'static Setting)>,
        layer: Layer,
    ) -> Vec<Resolved> {
        let may_be_above = settings
            .into_iter()
            .filter(|(path, _)| self.has_something_above(path, layer));
        let asked: Vec<_> = may_be_above.collect();
        // a file that cannot be used says so itself
        let mut resolved: Vec<_> = if asked.len() > FEW {
            let wanted: HashSet<_> = asked.into_iter().map(|(path, _)| path).collect();
            let all = self.resolve_all(&Path::default(), false);
            let mut all = all.unwrap_or_default();
            all.retain(|resolved| wanted.contains(&resolved.path));
            all
        } else {
            let one = |(path, setting)| self.resolve(path, setting).ok().flatten();
            asked.into_iter().filter_map(one).collect()
        };
        resolved.retain(|resolved| decides_over(resolved.origin.layer(), layer, &resolved.path));
        resolved
    }

    /// Whether anything above a layer could set this. No file is looked into.
    fn has_something_above(&self, path: &Path, layer: Layer) -> bool {
        let mut files = self.files();
        let mut others = self.environment.iter().chain(&self.command_line);
        files.any(|file| decides_over(file.layer, layer, path))
            || others.any(|assignment| assignment.path == *path)
    }

    /// All values at and below a path, in the order of the declarations; with those that are only defaults, if
    /// wanted.
    pub fn resolve_all(
        &self,
        below: &Path,
        with_defaults: bool,
    ) -> Result<Vec<Resolved>, LoadError> {
        let mut found: IndexMap<Path, (&'static Setting, Vec<Candidate>)> = IndexMap::new();
        let mut add = |assignment: Assignment| {
            let candidate = Candidate {
                value: assignment.value,
                origin: assignment.origin,
            };
            match found.entry(assignment.path) {
                Entry::Occupied(mut known) => known.get_mut().1.push(candidate),
                Entry::Vacant(new) => {
                    new.insert((assignment.setting, vec![candidate]));
                }
            }
        };
        for file in &self.files {
            file.as_ref()
                .map_err(Clone::clone)?
                .assignments(below)?
                .into_iter()
                .for_each(&mut add);
        }
        let others = self.environment.iter().chain(&self.command_line);
        others
            .filter(|assignment| assignment.path.starts_with(below))
            .cloned()
            .for_each(&mut add);
        if with_defaults {
            let defaulted = defaulted_paths(found.keys());
            for (path, setting) in defaulted
                .into_iter()
                .filter(|(path, _)| path.starts_with(below))
            {
                found.entry(path).or_insert_with(|| (setting, Vec::new()));
            }
        }
        let decided = found
            .into_iter()
            .filter_map(|(path, (setting, candidates))| decide(path, setting, candidates));
        let mut resolved: Vec<_> = decided.collect();
        resolved.sort_by(|a, b| declared_order(&a.path, &b.path));
        Ok(resolved)
    }
}

/// The paths of all settings with a default: those that always exist, and those of the tables at hand.
fn defaulted_paths<'a>(present: impl Iterator<Item = &'a Path>) -> Vec<(Path, &'static Setting)> {
    let mut tables: IndexSet<Path> = IndexSet::new();
    for path in present {
        let keys: Vec<_> = path.keys().collect();
        let length = if keys[0] == "profiles" { 2 } else { 3 };
        let table = path.first(length);
        if matches!(keys[0], "profiles" | "auth") {
            tables.insert(table);
        }
    }
    let fixed = schema::all().filter(|setting| !setting.pattern.contains('<'));
    let fixed = fixed.map(|setting| (Path::from_declared(setting.segments()), setting));
    let below = tables.iter().flat_map(|table| {
        let placeholder = if table.keys().next() == Some("profiles") {
            "profiles.<name>."
        } else {
            ".<url>."
        };
        schema::all().filter_map(move |setting| {
            let (_, field) = setting.pattern.split_once(placeholder)?;
            let path = field
                .split('.')
                .fold(table.clone(), |path, key| path.join(key));
            matches!(path.lookup(), Match::Setting(found) if found == setting)
                .then_some((path, setting))
        })
    });
    fixed
        .chain(below)
        .filter(|(_, setting)| setting.default.is_some())
        .collect()
}

/// What one source says of a setting.
struct Candidate {
    value: Value,
    origin: Origin,
}

/// Which of the candidates counts.
fn decide(
    path: Path,
    setting: &'static Setting,
    mut candidates: Vec<Candidate>,
) -> Option<Resolved> {
    let user_stands = stands(&path);
    // highest first; among equals the later one, as on a command line
    candidates.reverse();
    candidates
        .sort_by_key(|candidate| std::cmp::Reverse(rank(candidate.origin.layer(), user_stands)));
    let tightened = candidates.iter().position(|candidate| {
        setting.field() == "read_only"
            && candidate.origin.layer().is_shared()
            && candidate.value == Value::Bool(true)
    });
    if let Some(position) = tightened {
        // a shared file may switch it on over the user file, but not over this run's own words
        let above = |layer| matches!(layer, Layer::Environment | Layer::CommandLine);
        let to = candidates
            .iter()
            .position(|candidate| !above(candidate.origin.layer()))
            .unwrap_or(position);
        let candidate = candidates.remove(position);
        candidates.insert(to.min(position), candidate);
    }
    if let Some(default) = setting.default
        && let Ok(value) = Value::from_toml_text(&setting.kind, default)
    {
        candidates.push(Candidate {
            value,
            origin: Origin::Default,
        });
    }
    let mut candidates = candidates.into_iter();
    let winner = candidates.next()?;
    let shadowed: Vec<_> = candidates
        .map(|candidate| (candidate.value, candidate.origin))
        .collect();
    let winner_layer = winner.origin.layer();
    let not_allowed = |layer: Layer| match winner_layer {
        Layer::User => user_stands && layer.is_shared(),
        // the local file may not loosen what the project file tightened
        Layer::Project => setting.field() == "read_only" && layer == Layer::Local,
        _ => false,
    };
    let refused = shadowed
        .iter()
        .find(|(value, origin)| not_allowed(origin.layer()) && *value != winner.value)
        .cloned();
    Some(Resolved {
        path,
        setting,
        value: winner.value,
        origin: winner.origin,
        shadowed,
        refused,
    })
}

/// Whether the user file stands above shared files here.
fn stands(path: &Path) -> bool {
    matches!(path.keys().next(), Some("profiles" | "auth"))
}

/// Whether what another layer says can count instead of what stands in this one: it is above, or it is a shared file
/// that makes a profile read-only.
fn decides_over(other: Layer, layer: Layer, path: &Path) -> bool {
    let tightens = path.last() == Some("read_only") && other.is_shared() && other != layer;
    tightens || is_above(other, layer, path)
}

/// Whether a layer stands above another one here.
fn is_above(layer: Layer, other: Layer, path: &Path) -> bool {
    let user_stands = stands(path);
    rank(layer, user_stands) > rank(other, user_stands)
}

fn rank(layer: Layer, user_stands: bool) -> Layer {
    match layer {
        // above both shared files, below the environment
        Layer::User if user_stands => Layer::Local,
        Layer::Local if user_stands => Layer::Project,
        Layer::Project if user_stands => Layer::User,
        other => other,
    }
}

/// The order of the declarations, and of the alphabet where keys are free to choose.
pub fn declared_order(a: &Path, b: &Path) -> std::cmp::Ordering {
    let mut node = Some(schema::root());
    for (left, right) in a.keys().zip(b.keys()) {
        if left != right {
            let position = |key| node.map_or(usize::MAX, |node| node.position(key));
            return position(left)
                .cmp(&position(right))
                .then_with(|| left.cmp(right));
        }
        node = node.and_then(|node| node.child(left));
    }
    a.segments().len().cmp(&b.segments().len())
}

#[cfg(test)]
mod tests;
