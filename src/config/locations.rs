//! The environment goes in, the places of the files come out. Nothing is read and nothing is made here, but for
//! looking which project file is there.

use crate::environment::Environment;
use std::path::{Path, PathBuf};

/// The name of the user's own file.
pub const USER_FILE: &str = "config.toml";
/// The name of the file that a team shares.
pub const PROJECT_FILE: &str = ".lassi.toml";
/// The name of the file beside it that is one person's own.
pub const LOCAL_FILE: &str = ".lassi.local.toml";

/// Where the user's files are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locations {
    /// The folder of the user file, the credentials and their key.
    pub user_folder: PathBuf,
    /// Locks, history and what was learned; `None` where the environment names no home.
    state_folder: Option<PathBuf>,
    /// The folder of the shared files: where the project file is, or where a new one belongs.
    pub project_folder: Option<PathBuf>,
}

/// Why no place can be named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocationError {
    /// Neither a home nor a variable says where the user's files are.
    NoUserFolder,
    /// Neither a home nor a variable says where locks and history are.
    NoStateFolder,
    /// The working directory is gone, so there is no project.
    NoCurrentFolder,
}

impl std::fmt::Display for LocationError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            LocationError::NoUserFolder => "there is no home folder to keep the configuration in",
            LocationError::NoStateFolder => "there is no home folder to keep locks and history in",
            LocationError::NoCurrentFolder => "the working directory does not exist any more",
        })
    }
}

impl std::error::Error for LocationError {}

impl Locations {
    /// Finds the places; `chosen` is the folder named on the command line.
    ///
    /// The order is that of the XDG base directory specification, with a variable of our own in front.
    pub fn find(
        environment: &Environment,
        chosen: Option<&Path>,
    ) -> Result<Locations, LocationError> {
        let absolute = |name| {
            environment
                .path_variable(name)
                .filter(|path| path.is_absolute())
        };
        let home = absolute(if cfg!(windows) { "USERPROFILE" } else { "HOME" });
        let in_current = |path: PathBuf| match &environment.current_folder {
            Some(folder) => folder.join(path),
            None => path,
        };
        let user_folder = chosen
            .map(Path::to_path_buf)
            .or_else(|| environment.path_variable("LASSI_CONFIG_DIR"))
            .map(in_current)
            .or_else(|| absolute("XDG_CONFIG_HOME").map(|folder| folder.join("lassi")))
            .or_else(|| {
                if cfg!(windows) {
                    absolute("APPDATA").map(|folder| folder.join("lassi"))
                } else {
                    None
                }
            })
            .or_else(|| home.as_ref().map(|home| home.join(".config").join("lassi")))
            .ok_or(LocationError::NoUserFolder)?;
        let state_folder = absolute("XDG_STATE_HOME")
            .or_else(|| {
                if cfg!(windows) {
                    absolute("LOCALAPPDATA")
                } else {
                    None
                }
            })
            .or_else(|| home.map(|home| home.join(".local").join("state")))
            .map(|folder| folder.join("lassi"));
        let project_folder = environment.current_folder.as_deref().map(find_project);
        Ok(Locations {
            user_folder,
            state_folder,
            project_folder,
        })
    }

    /// The user file.
    pub fn user_file(&self) -> PathBuf {
        self.user_folder.join(USER_FILE)
    }

    /// The project file, whether it is there or not.
    pub fn project_file(&self) -> Result<PathBuf, LocationError> {
        self.project_folder
            .as_ref()
            .map(|folder| folder.join(PROJECT_FILE))
            .ok_or(LocationError::NoCurrentFolder)
    }

    /// The local file, whether it is there or not.
    pub fn local_file(&self) -> Result<PathBuf, LocationError> {
        self.project_folder
            .as_ref()
            .map(|folder| folder.join(LOCAL_FILE))
            .ok_or(LocationError::NoCurrentFolder)
    }

    /// The folder of locks and history.
    pub fn state_folder(&self) -> Result<&Path, LocationError> {
        self.state_folder
            .as_deref()
            .ok_or(LocationError::NoStateFolder)
    }
}

/// The nearest folder with a project file, from here up to the root of the repository; where there is none, the
/// root of the repository, or outside of one the folder itself.
fn find_project(from: &Path) -> PathBuf {
    let mut with_file = None;
    for folder in from.ancestors() {
        if with_file.is_none() && folder.join(PROJECT_FILE).symlink_metadata().is_ok() {
            with_file = Some(folder);
        }
        if folder.join(".git").symlink_metadata().is_ok() {
            return with_file.unwrap_or(folder).to_path_buf();
        }
    }
    // not in a repository: a file further up may be anybody's
    from.to_path_buf()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn the_user_folder_follows_the_order_of_the_variables() {
        let find = |variables: &[(&str, &str)], chosen: Option<&str>| {
            let environment = Environment::with_variables(variables.iter().copied());
            Locations::find(&environment, chosen.map(Path::new)).map(|found| found.user_folder)
        };
        let all = [
            ("LASSI_CONFIG_DIR", "/l"),
            ("XDG_CONFIG_HOME", "/x"),
            ("HOME", "/h"),
        ];
        assert_eq!(find(&all, Some("/c")), Ok("/c".into()));
        assert_eq!(find(&all, None), Ok("/l".into()));
        assert_eq!(find(&all[1..], None), Ok("/x/lassi".into()));
        assert_eq!(find(&all[2..], None), Ok("/h/.config/lassi".into()));
        assert_eq!(
            find(&[("XDG_CONFIG_HOME", "relative"), ("HOME", "/h")], None),
            Ok("/h/.config/lassi".into())
        );
        assert_eq!(
            find(&[("HOME", "")], None),
            Err(LocationError::NoUserFolder)
        );
    }

    #[test]
    fn a_project_file_is_found_up_to_the_root_of_the_repository() {
        let top = tempfile::tempdir().unwrap();
        let (repository, below) = (top.path().join("r"), top.path().join("r/a/b"));
        std::fs::create_dir_all(&below).unwrap();
        std::fs::File::create(top.path().join(PROJECT_FILE)).unwrap();
        assert_eq!(
            find_project(&below),
            below,
            "outside of a repository only the folder itself counts"
        );
        std::fs::create_dir(repository.join(".git")).unwrap();
        assert_eq!(find_project(&below), repository);
        std::fs::File::create(repository.join("a").join(PROJECT_FILE)).unwrap();
        assert_eq!(find_project(&below), repository.join("a"));
        assert_eq!(find_project(&repository), repository);
    }
}
