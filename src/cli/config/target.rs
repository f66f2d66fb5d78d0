//! Which file a command is about.

use crate::changes::new_file_text;
use crate::cli::failure::{Exit, Failure, Message};
use crate::cli::messages;
use crate::cli::session::Session;
use crate::config::layer::{FileLayer, Layer};
use crate::config::locations::{LOCAL_FILE, PROJECT_FILE};
use crate::config::write::Target;
use clap::Args;
use std::path::{Path, PathBuf};

/// The flags that choose a file.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct TargetArguments {
    /// Your own file
    #[arg(long, group = "target", help_heading = "Which file")]
    user: bool,

    /// The file that everybody who works in this repository shares: .lassi.toml
    #[arg(long, group = "target", help_heading = "Which file")]
    project: bool,

    /// Your own file for this repository: .lassi.local.toml
    #[arg(long, group = "target", help_heading = "Which file")]
    local: bool,

    /// Another file
    #[arg(
        long,
        group = "target",
        value_name = "FILE",
        help_heading = "Which file"
    )]
    file: Option<PathBuf>,
}

/// A file that a command is about.
#[derive(Debug)]
pub(super) struct Chosen {
    /// What it is for lassi.
    pub layer: Layer,
    /// The file and what may be made for it.
    pub target: Target,
    /// Whether it is one of the layers of this run, and not just any file.
    pub in_stack: bool,
}

impl TargetArguments {
    /// The layer that was asked for, if one was.
    pub(super) fn layer(&self) -> Option<Layer> {
        match (self.user, self.project, self.local) {
            (true, ..) => Some(Layer::User),
            (_, true, _) => Some(Layer::Project),
            (.., true) => Some(Layer::Local),
            _ => self.file.as_deref().map(layer_of),
        }
    }

    /// The layer that a menu is opened on; that cannot be just any file.
    pub(super) fn menu_layer(&self) -> Result<Layer, Failure> {
        match &self.file {
            None => Ok(self.layer().unwrap_or(Layer::User)),
            Some(_) => Err(Message::new(
                Exit::Usage,
                "the menu does not open any file, only those of this run",
            )
            .hint("`--project`, `--local`, or `--editor` with `--file`")
            .into()),
        }
    }

    /// The file that was asked for; the user's own without any flag.
    pub(super) fn choose(&self, session: &Session<'_>) -> Result<Chosen, Failure> {
        let layer = self.layer().unwrap_or(Layer::User);
        let Some(file) = &self.file else {
            return Chosen::of_layer(session, layer);
        };
        let file = match &session.environment.current_folder {
            Some(folder) => folder.join(file),
            None => file.clone(),
        };
        Ok(Chosen {
            layer,
            target: target_of(session, file)?,
            in_stack: false,
        })
    }
}

/// A file that is not in a folder of the user's alone.
fn target_of(session: &Session<'_>, file: PathBuf) -> Result<Target, Failure> {
    let state = session
        .locations()?
        .state_folder()
        .map_err(messages::location)?
        .to_path_buf();
    Ok(Target {
        file,
        state,
        new_file_mode: 0o644,
        private_folder: false,
    })
}

impl Chosen {
    /// The file of a layer of this run.
    pub(super) fn of_layer(session: &Session<'_>, layer: Layer) -> Result<Chosen, Failure> {
        let locations = session.locations()?;
        let file = match layer {
            Layer::Project => locations.project_file().map_err(messages::location)?,
            Layer::Local => locations.local_file().map_err(messages::location)?,
            _ => return Chosen::of_user(session),
        };
        Ok(Chosen {
            layer,
            target: target_of(session, file)?,
            in_stack: true,
        })
    }

    /// The user's own file.
    pub(super) fn of_user(session: &Session<'_>) -> Result<Chosen, Failure> {
        let locations = session.locations()?;
        let target = Target {
            file: locations.user_file(),
            state: locations
                .state_folder()
                .map_err(messages::location)?
                .to_path_buf(),
            new_file_mode: 0o600,
            private_folder: true,
        };
        Ok(Chosen {
            layer: Layer::User,
            target,
            in_stack: true,
        })
    }

    /// Whether secrets may be given together with it: they belong to the user alone.
    pub(super) fn takes_secrets(&self) -> bool {
        self.in_stack && self.layer == Layer::User
    }

    /// What the file starts with if it has to be made: nothing, if it is just any file.
    pub(super) fn first_lines(&self) -> &'static str {
        if self.in_stack {
            new_file_text(self.layer)
        } else {
            ""
        }
    }

    /// The file as it is now, if it is there.
    pub(super) fn open(&self) -> Result<Option<FileLayer>, Failure> {
        Ok(FileLayer::open(self.layer, &self.target.file)
            .map_err(|error| messages::load(&error))?)
    }
}

/// What a file is for lassi, by its name.
pub(super) fn layer_of(file: &Path) -> Layer {
    match file.file_name().and_then(|name| name.to_str()) {
        Some(PROJECT_FILE) => Layer::Project,
        Some(LOCAL_FILE) => Layer::Local,
        _ => Layer::User,
    }
}
