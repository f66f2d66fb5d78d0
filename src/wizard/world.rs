//! What the menus need of the world, as a trait: state comes in, edits go out.
//!
//! The menus never touch files, stores, editors or the network themselves.

use super::connector::Connector;
use super::state::State;
use crate::changes::{Changes, EntryName};
use crate::config::layer::Layer;
use crate::config::path::Path;
use crate::secret::Secret;

/// Why something was not done, in words for people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Complaint {
    /// Its lines: what is the case, where, and what mends it.
    pub lines: Vec<String>,
}

impl Complaint {
    /// A complaint of one line.
    pub fn new(line: impl Into<String>) -> Complaint {
        Complaint {
            lines: vec![line.into()],
        }
    }
}

/// Something wrong in a file that can be read, and is used without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What it is about.
    pub path: Path,
    /// Which file it stands in.
    pub layer: Layer,
    /// Whether it is a secret, which no file should hold.
    pub holds_secret: bool,
    /// What is the case, where, and what mends it.
    pub lines: Vec<String>,
}

/// Why there is no state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// A file cannot be used until somebody mends it.
    Broken {
        /// Which one.
        layer: Layer,
        /// What is wrong with it, and where.
        complaint: Complaint,
    },
    /// Something else, which the world keeps to itself and tells when the menu has ended.
    Stopped,
}

/// The world around the menus.
pub trait World {
    /// The configuration as it is at this moment, whoever changed it.
    fn read(&mut self) -> Result<State, ReadError>;

    /// What is wrong inside the files, as they were when they were read last.
    fn problems(&self) -> Vec<Problem>;

    /// Carries out changes of the file that the menu is opened on, as one transaction; what was written where.
    fn apply(&mut self, changes: &Changes) -> Result<Vec<String>, Complaint>;

    /// Gives an entry another name or address; whether its secrets follow. What was written where.
    fn rename(
        &mut self,
        from: &Path,
        name: &str,
        with_secrets: bool,
    ) -> Result<Vec<String>, Complaint>;

    /// What undo would take back in the file that the menu is opened on.
    fn undoable(&mut self) -> Result<String, Complaint>;

    /// Takes the latest change of a file back; what was taken back.
    fn undo(&mut self, layer: Layer) -> Result<Vec<String>, Complaint>;

    /// Opens a file in the editor; what became of it.
    fn edit(&mut self, layer: Layer) -> Result<Vec<String>, Complaint>;

    /// Where the value of a setting comes from, what it shadows, and what else is known of it, line by line.
    fn explain(&mut self, path: &Path) -> Result<Vec<String>, Complaint>;

    /// A secret of the store.
    fn secret(&mut self, name: &EntryName) -> Result<Option<Secret>, Complaint>;

    /// The files and folders that a typed path could go on to be.
    fn complete_path(&self, typed: &str) -> Vec<String>;

    /// Who can reach sites, if anybody can.
    fn connector(&mut self) -> Option<&mut dyn Connector>;
}
