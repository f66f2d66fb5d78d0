//! What the menus need of the world, made of sessions: each question is asked of files and stores as they are then.

use super::super::history::words;
use super::super::rename::{self, EntryArguments};
use super::super::set;
use super::super::target::Chosen;
use super::super::{edit, explain, undo};
use crate::changes::{Changes, EntryName};
use crate::cli::failure::{Exit, Failure, Message};
use crate::cli::messages;
use crate::cli::session::Session;
use crate::config::check::Fault;
use crate::config::history;
use crate::config::layer::{Layer, LoadError};
use crate::config::path::Path;
use crate::config::schema::Match;
use crate::config::stack::Stack;
use crate::secret::Secret;
use crate::wizard::{Complaint, Connector, Problem, ReadError, State, World, shorten};
use std::path::{MAIN_SEPARATOR, PathBuf};

/// The world of one run of the menu.
pub(super) struct SessionWorld<'a> {
    session: &'a Session<'a>,
    layer: Layer,
    connector: Option<Box<dyn Connector + 'a>>,
    /// What is wrong inside the files that were read last.
    problems: Vec<Problem>,
    /// Why it cannot go on.
    failure: Option<Failure>,
}

impl<'a> SessionWorld<'a> {
    /// The world as it is for a menu on the file of a layer.
    pub(super) fn new(
        session: &'a Session<'a>,
        layer: Layer,
        connector: Option<Box<dyn Connector + 'a>>,
    ) -> SessionWorld<'a> {
        SessionWorld {
            session,
            layer,
            connector,
            problems: Vec::new(),
            failure: None,
        }
    }

    /// Why it could not go on.
    pub(super) fn into_failure(self) -> Failure {
        let unknown = || Message::new(Exit::Failed, "the menu cannot go on").into();
        self.failure.unwrap_or_else(unknown)
    }

    /// Does something with a session that has read nothing yet; what it said comes out.
    fn done(
        &self,
        layer: Layer,
        what: impl FnOnce(&Session<'_>, &Chosen) -> Result<(), Failure>,
    ) -> Result<Vec<String>, Complaint> {
        let session = self.session.unheard();
        let result = Chosen::of_layer(&session, layer).and_then(|chosen| what(&session, &chosen));
        match result {
            Ok(()) => Ok(self.shortened(session.heard())),
            Err(failure) => {
                let mut lines = session.heard();
                lines.extend(complaint(&failure).lines);
                Err(Complaint {
                    lines: self.shortened(lines),
                })
            }
        }
    }

    fn home(&self) -> Option<PathBuf> {
        let name = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
        self.session.environment.path_variable(name)
    }

    /// Lines with the home folder as `~`.
    fn shortened(&self, lines: Vec<String>) -> Vec<String> {
        match self.home() {
            Some(home) => lines.iter().map(|line| shorten(line, &home)).collect(),
            None => lines,
        }
    }

    fn state(&mut self) -> Result<Result<State, ReadError>, Failure> {
        let session = self.session.unheard();
        let chosen = Chosen::of_layer(&session, self.layer)?;
        if let Err(error) = usable(&session)? {
            let layer = layer_of(&session, &error);
            let lines = self.shortened(messages::load(&error).lines());
            let complaint = Complaint { lines };
            return Ok(Err(ReadError::Broken { layer, complaint }));
        }
        let mut problems = problems(session.stack()?);
        for problem in &mut problems {
            problem.lines = self.shortened(std::mem::take(&mut problem.lines));
        }
        self.problems = problems;
        let stored = session.stored().map_err(|failure| complaint(&failure));
        let file = chosen.target.file;
        let stack = session.into_stack().unwrap_or_default();
        Ok(Ok(State::new(stack, stored, self.layer, file, self.home())))
    }
}

/// Whether all files can be read and parsed: any setting asks each of them.
fn usable(session: &Session<'_>) -> Result<Result<(), LoadError>, Failure> {
    let path = Path::from_declared(["default_profile"]);
    let Match::Setting(setting) = path.lookup() else {
        return Ok(Ok(()));
    };
    Ok(session.stack()?.resolve(&path, setting).map(|_| ()))
}

/// What is wrong inside files that parse. Those that are all fine are not looked at twice.
fn problems(stack: &Stack) -> Vec<Problem> {
    let files = stack.files().filter(|file| !file.is_fine());
    files
        .flat_map(|file| {
            let problems = file.checked().map(|checked| checked.problems.as_slice());
            let problems = problems.unwrap_or_default().iter();
            problems.map(|problem| Problem {
                path: problem.path.clone(),
                layer: file.layer,
                holds_secret: matches!(problem.fault, Fault::Secret { .. }),
                lines: messages::problem(file, problem).lines(),
            })
        })
        .collect()
}

fn layer_of(session: &Session<'_>, error: &LoadError) -> Layer {
    let is_it = |layer: &Layer| {
        let chosen = Chosen::of_layer(session, *layer);
        chosen.is_ok_and(|chosen| chosen.target.file == error.file)
    };
    let layers = [Layer::User, Layer::Project, Layer::Local];
    layers.into_iter().find(is_it).unwrap_or(Layer::User)
}

/// A failure in the words that a command would end with.
fn complaint(failure: &Failure) -> Complaint {
    match failure {
        Failure::Message(message) => Complaint {
            lines: message.lines(),
        },
        Failure::Usage(error) => Complaint::new(error.to_string()),
        Failure::Silent(_) | Failure::Child(_) | Failure::ClosedPipe => {
            Complaint::new("nothing was changed")
        }
    }
}

impl World for SessionWorld<'_> {
    fn read(&mut self) -> Result<State, ReadError> {
        self.state().unwrap_or_else(|failure| {
            self.failure = Some(failure);
            Err(ReadError::Stopped)
        })
    }

    fn problems(&self) -> Vec<Problem> {
        self.problems.clone()
    }

    fn apply(&mut self, changes: &Changes) -> Result<Vec<String>, Complaint> {
        self.done(self.layer, |session, chosen| {
            set::carry_out(session, chosen, changes)
        })
    }

    fn rename(
        &mut self,
        from: &Path,
        name: &str,
        with_secrets: bool,
    ) -> Result<Vec<String>, Complaint> {
        let entry = EntryArguments::of_entry(from, name, with_secrets);
        self.done(self.layer, |session, chosen| {
            rename::rename(session, chosen, &entry)
        })
    }

    fn undoable(&mut self) -> Result<String, Complaint> {
        let session = self.session.unheard();
        let chosen =
            Chosen::of_layer(&session, self.layer).map_err(|failure| complaint(&failure))?;
        match history::preview(&chosen.target) {
            Ok(preview) => Ok(words(&preview.entry)),
            Err(error) => {
                let message = messages::undo(&chosen.target.file, &error);
                Err(Complaint {
                    lines: self.shortened(vec![message.what]),
                })
            }
        }
    }

    fn undo(&mut self, layer: Layer) -> Result<Vec<String>, Complaint> {
        self.done(layer, undo::take_back)
    }

    fn edit(&mut self, layer: Layer) -> Result<Vec<String>, Complaint> {
        self.done(layer, edit::edit)
    }

    fn explain(&mut self, path: &Path) -> Result<Vec<String>, Complaint> {
        let Match::Setting(setting) = path.lookup() else {
            return Ok(Vec::new());
        };
        let session = self.session.unheard();
        match explain::text_of(&session, path, setting) {
            Ok(text) => Ok(self.shortened(text.lines().map(str::to_owned).collect())),
            Err(failure) => Err(complaint(&failure)),
        }
    }

    fn secret(&mut self, name: &EntryName) -> Result<Option<Secret>, Complaint> {
        let session = self.session.unheard();
        let read = || -> Result<Option<Secret>, Failure> {
            let secret = session.store()?.get(&name.to_string());
            Ok(secret.map_err(|error| messages::store(&error))?)
        };
        read().map_err(|failure| complaint(&failure))
    }

    fn complete_path(&self, typed: &str) -> Vec<String> {
        let (folder, start) = match typed.rfind(MAIN_SEPARATOR) {
            Some(at) => typed.split_at(at + 1),
            None => ("", typed),
        };
        let current = self.session.environment.current_folder.clone();
        let whole = current.unwrap_or_default().join(folder);
        let entries = std::fs::read_dir(whole).into_iter().flatten().flatten();
        let mut found: Vec<String> = entries
            .filter_map(|entry| {
                // a name that is not Unicode cannot be in a file of ours
                let name = entry.file_name().into_string().ok()?;
                let is_meant =
                    name.starts_with(start) && (!name.starts_with('.') || start.starts_with('.'));
                // a link to a folder is as good as one
                let end = if entry.path().is_dir() {
                    std::path::MAIN_SEPARATOR_STR
                } else {
                    ""
                };
                is_meant.then(|| format!("{folder}{name}{end}"))
            })
            .collect();
        found.sort_unstable();
        found
    }

    fn connector(&mut self) -> Option<&mut dyn Connector> {
        match &mut self.connector {
            Some(connector) => Some(connector.as_mut()),
            None => None,
        }
    }
}
