//! Files go in, one layer each comes out: what it sets, where, and what is wrong with it.
//!
//! A layer keeps the untouched text of its file. A single value is found by the quick pass; the exact judgement
//! is made at most once, and only where the quick one is not sure.

mod error;

pub use error::{LoadError, LoadFault};

use super::check::{Checked, Entry, Trust, check, line_and_column, line_ends};
use super::path::Path;
use super::positions::Positions;
use super::quick::{self, Answer, Sections};
use super::scan::Look;
use super::schema::Setting;
use super::value::Value;
use crate::disk::{self, DiskError};
use std::cell::{Cell, OnceCell};
use std::fmt;
use std::path::Path as FilePath;
use std::rc::Rc;

/// The sources of values, lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// What the declarations say.
    Defaults,
    /// The user's own file.
    User,
    /// The file that a team shares.
    Project,
    /// One person's file beside it.
    Local,
    /// Variables.
    Environment,
    /// Flags.
    CommandLine,
}

impl Layer {
    /// Its name, as in `--user` and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Layer::Defaults => "default",
            Layer::User => "user",
            Layer::Project => "project",
            Layer::Local => "local",
            Layer::Environment => "environment",
            Layer::CommandLine => "command line",
        }
    }

    /// Whether anybody may have written it.
    pub fn is_shared(self) -> bool {
        matches!(self, Layer::Project | Layer::Local)
    }

    /// What a file of this layer may decide.
    pub fn trust(self) -> Trust {
        if self.is_shared() {
            Trust::Shared
        } else {
            Trust::User
        }
    }
}

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The declaration.
    Default,
    /// A line of a file.
    File {
        /// Which one of the files.
        layer: Layer,
        /// Its path.
        file: Rc<FilePath>,
        /// The line, from one.
        line: usize,
    },
    /// A variable, by its name.
    Variable(String),
    /// `--set` on the command line.
    Flag,
    /// The store: a secret was saved for it.
    Store,
}

impl Origin {
    /// The layer that it belongs to.
    pub fn layer(&self) -> Layer {
        match self {
            Origin::Default => Layer::Defaults,
            Origin::File { layer, .. } => *layer,
            Origin::Variable(_) => Layer::Environment,
            Origin::Flag => Layer::CommandLine,
            // what the user saved is the user's
            Origin::Store => Layer::User,
        }
    }
}

/// For people: `/home/you/.config/lassi/config.toml:3`. Not escaped.
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Default => f.write_str("the default"),
            Origin::File { file, line, .. } => write!(f, "{}:{line}", file.display()),
            Origin::Variable(name) => write!(f, "the variable {name}"),
            Origin::Flag => f.write_str("--set on the command line"),
            Origin::Store => f.write_str("the store"),
        }
    }
}

/// A value with its place.
#[derive(Debug, Clone)]
pub struct Assignment {
    /// Where it belongs.
    pub path: Path,
    /// Its declaration.
    pub setting: &'static Setting,
    /// What it is set to.
    pub value: Value,
    /// Who says so.
    pub origin: Origin,
}

/// What the quick pass says of a file.
#[derive(Debug, Clone, Copy)]
enum Quick {
    /// Nothing at all is wrong with it, and these are its sections.
    Fine(Sections),
    /// Only the exact judgement can tell.
    Unsure,
}

/// One file.
#[derive(Debug)]
pub struct FileLayer {
    /// Which one.
    pub layer: Layer,
    /// Its path.
    pub file: Rc<FilePath>,
    /// Its text as it is on disk.
    pub text: String,
    /// What the quick pass said; empty until it was asked.
    quick: Cell<Option<Quick>>,
    exact: OnceCell<Result<Checked, LoadError>>,
    positions: OnceCell<Positions>,
}

impl FileLayer {
    /// Reads a file; `None` if it is not there.
    pub fn open(layer: Layer, file: &FilePath) -> Result<Option<FileLayer>, LoadError> {
        let failed = |fault| LoadError {
            file: file.to_path_buf(),
            fault,
        };
        let bytes = match disk::read_file(file) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Ok(None),
            Err(DiskError::System { source, .. }) => {
                return Err(failed(LoadFault::Read(source.kind())));
            }
            Err(_) => return Err(failed(LoadFault::NotAFile)),
        };
        let text = String::from_utf8(bytes).map_err(|error| {
            let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            failed(LoadFault::NotUtf8 {
                line: line_ends(good) + 1,
            })
        })?;
        Ok(Some(FileLayer::of_text(layer, file, text)))
    }

    /// A layer of a text that stands, or will stand, in a file.
    pub fn of_text(layer: Layer, file: &FilePath, text: String) -> FileLayer {
        FileLayer {
            layer,
            file: file.into(),
            text,
            quick: Cell::new(None),
            exact: OnceCell::new(),
            positions: OnceCell::new(),
        }
    }

    /// Line and column of a byte of its text, both from one. Made for many questions: the first one costs a look
    /// at the whole text.
    pub fn position(&self, offset: usize) -> (usize, usize) {
        self.positions
            .get_or_init(|| Positions::of(&self.text))
            .find(&self.text, offset)
    }

    /// The exact judgement of the file.
    pub fn checked(&self) -> Result<&Checked, LoadError> {
        let exact = self.exact.get_or_init(|| {
            check(&self.text, self.layer.trust())
                .map_err(|error| LoadError::syntax(&self.file, &self.text, &error))
        });
        exact.as_ref().map_err(Clone::clone)
    }

    /// Whether nothing at all is wrong with it, as far as the quick pass can tell.
    pub fn is_fine(&self) -> bool {
        let quick = self.quick.get().unwrap_or_else(|| {
            let judged = quick::judge(&self.text, self.layer.trust());
            judged.map_or(Quick::Unsure, Quick::Fine)
        });
        self.quick.set(Some(quick));
        matches!(quick, Quick::Fine(_))
    }

    /// Whether it is known already that nothing is set at or below a path.
    fn is_known_to_lack(&self, path: &Path) -> bool {
        matches!(self.quick.get(), Some(Quick::Fine(sections)) if !sections.may_hold(path))
    }

    /// What it sets a setting to.
    pub fn find(
        &self,
        path: &Path,
        setting: &'static Setting,
    ) -> Result<Option<Assignment>, LoadError> {
        if self.is_known_to_lack(path) {
            return Ok(None);
        }
        let unsure = matches!(self.quick.get(), Some(Quick::Unsure));
        if !unsure && self.exact.get().is_none() {
            let answer = quick::find(&self.text, path, self.layer.trust());
            let sections = answer.as_ref().map(|answer| answer.sections);
            self.quick
                .set(Some(sections.map_or(Quick::Unsure, Quick::Fine)));
            if let Ok(Answer { value, found, .. }) = answer {
                let (Some(value), Look::Value(span)) = (value, found.look) else {
                    return Ok(None);
                };
                return Ok(Some(self.assignment(path, setting, value, span.start)));
            }
        }
        let entry = self
            .checked()?
            .entries
            .iter()
            .find(|entry| entry.path == *path);
        Ok(entry.map(|entry| {
            let value = entry.value.clone();
            self.assignment(path, setting, value, entry.span.start)
        }))
    }

    fn assignment(
        &self,
        path: &Path,
        setting: &'static Setting,
        value: Value,
        offset: usize,
    ) -> Assignment {
        let (line, _) = line_and_column(&self.text, offset);
        Assignment {
            path: path.clone(),
            setting,
            value,
            origin: self.origin(line),
        }
    }

    /// All that it sets below a path, in the order of its text.
    pub fn assignments(&self, below: &Path) -> Result<Vec<Assignment>, LoadError> {
        if self.is_known_to_lack(below) {
            return Ok(Vec::new());
        }
        let quick = quick::entries(&self.text, below, self.layer.trust());
        let entries = if let Ok((entries, sections)) = quick {
            self.quick.set(Some(Quick::Fine(sections)));
            entries
        } else {
            self.quick.set(Some(Quick::Unsure));
            let entries = self.checked()?.entries.iter();
            entries
                .filter(|entry| entry.path.starts_with(below))
                .cloned()
                .collect()
        };
        let (mut line, mut counted) = (1, 0);
        let assignments = entries.into_iter().map(
            |Entry {
                 path,
                 setting,
                 value,
                 span,
             }| {
                line += line_ends(&self.text.as_bytes()[counted..span.start]);
                counted = span.start;
                Assignment {
                    path,
                    setting,
                    value,
                    origin: self.origin(line),
                }
            },
        );
        Ok(assignments.collect())
    }

    /// The profiles or instances right below a path, by their canonical paths, whether they set anything or not.
    pub fn tables(&self, below: &Path) -> Result<Vec<Path>, LoadError> {
        let length = below.segments().len() + 1;
        let tables = self.checked()?.spellings.keys();
        Ok(tables
            .filter(|path| path.starts_with(below) && path.segments().len() == length)
            .cloned()
            .collect())
    }

    fn origin(&self, line: usize) -> Origin {
        Origin::File {
            layer: self.layer,
            file: Rc::clone(&self.file),
            line,
        }
    }
}

#[cfg(test)]
mod tests;
