//! Where a file really is: the name a user gave goes in, the file behind all symbolic links comes out.
//!
//! Nothing has to exist yet: what is missing at the end of a path stays as it was written, so that a file has one
//! location before and after it is made.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::error::{Activity, DiskError};

/// As many links as Linux follows before it gives up (`path_resolution(7)`).
const LINKS_FOLLOWED: u32 = 40;

/// A file with every link on the way followed. Its name is complete: two names of one file have equal locations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    file: PathBuf,
    folder: PathBuf,
    dangling: Option<PathBuf>,
}

impl Location {
    /// Follows `named`, of which any part at the end may be missing. A relative path starts at the working folder.
    pub fn of(named: &Path) -> Result<Self, DiskError> {
        let mut dangling = None;
        let file = follow(named, LINKS_FOLLOWED, &mut dangling)?;
        match file.parent() {
            Some(folder) if file.file_name().is_some() => Ok(Self {
                folder: folder.to_path_buf(),
                dangling,
                file,
            }),
            _ => Err(DiskError::NoFileName {
                path: named.to_path_buf(),
            }),
        }
    }

    /// The file itself.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// The folder that holds it, or will.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether a symbolic link on the way leads to what does not exist (yet).
    pub fn is_behind_dangling_link(&self) -> bool {
        self.dangling.is_some()
    }

    /// The error for a folder that is not there: a link into nowhere is told apart.
    pub(super) fn folder_missing(&self) -> DiskError {
        match &self.dangling {
            Some(link) => DiskError::DanglingLink {
                link: link.clone(),
                target: self.file.clone(),
            },
            None => DiskError::FolderMissing {
                folder: self.folder.clone(),
                file: self.file.clone(),
            },
        }
    }

    /// A file beside it, hidden and with a fixed name, for the time of a write: `.config.toml.lassi-new`.
    pub(super) fn beside(&self, suffix: &str) -> PathBuf {
        let mut name = std::ffi::OsString::from(".");
        name.push(self.file.file_name().unwrap_or_default());
        name.push(".lassi-");
        name.push(suffix);
        self.folder.join(name)
    }
}

fn follow(path: &Path, links: u32, dangling: &mut Option<PathBuf>) -> Result<PathBuf, DiskError> {
    match fs::canonicalize(path) {
        Ok(real) => Ok(real),
        Err(error) if error.kind() == ErrorKind::NotFound => follow_missing(path, links, dangling),
        Err(error) => Err(DiskError::system(Activity::Resolve, path)(error)),
    }
}

fn follow_missing(
    path: &Path,
    links: u32,
    dangling: &mut Option<PathBuf>,
) -> Result<PathBuf, DiskError> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(DiskError::NoFileName {
            path: path.to_path_buf(),
        });
    };
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    match fs::read_link(path) {
        Ok(target) if links > 0 => {
            dangling.get_or_insert_with(|| path.to_path_buf());
            follow(&folder.join(target), links - 1, dangling)
        }
        Ok(_) => Err(DiskError::system(Activity::Resolve, path)(
            ErrorKind::TooManyLinks.into(),
        )),
        // not a link, or nothing at all: the name itself is what is missing
        Err(_) => Ok(follow(folder, links, dangling)?.join(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_file_has_the_location_it_will_have() {
        let folder = tempfile::tempdir().expect("a folder");
        let named = folder.path().join("a/b/config.toml");
        let before = Location::of(&named).expect("nothing has to exist");
        fs::create_dir_all(folder.path().join("a/b")).expect("folders");
        fs::File::create(&named).expect("file");
        assert_eq!(before, Location::of(&named).expect("now it exists"));
        assert_eq!(
            before.beside("new"),
            before.folder().join(".config.toml.lassi-new")
        );
    }

    #[test]
    fn a_path_without_a_name_is_refused() {
        assert!(matches!(
            Location::of(Path::new("/")),
            Err(DiskError::NoFileName { .. })
        ));
        assert!(matches!(
            Location::of(Path::new("/no-such-folder/..")),
            Err(DiskError::NoFileName { .. })
        ));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_even_into_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let real = fs::canonicalize(folder.path()).expect("it exists");
        std::os::unix::fs::symlink("dotfiles", real.join("lassi"))
            .expect("link to a folder that is missing");
        std::os::unix::fs::symlink("lassi/other.toml", real.join("config.toml"))
            .expect("link to a file in it");
        let location = Location::of(&real.join("config.toml")).expect("links into nothing resolve");
        assert_eq!(location.file(), real.join("dotfiles/other.toml"));
        assert!(matches!(location.folder_missing(),
            DiskError::DanglingLink { link, .. } if link == real.join("config.toml")));
    }

    #[cfg(unix)]
    #[test]
    fn links_in_a_circle_are_an_error() {
        let folder = tempfile::tempdir().expect("a folder");
        std::os::unix::fs::symlink("b", folder.path().join("a")).expect("link");
        std::os::unix::fs::symlink("a", folder.path().join("b")).expect("link");
        let error = Location::of(&folder.path().join("a")).expect_err("there is no file behind it");
        assert!(
            matches!(
                error,
                DiskError::System {
                    activity: Activity::Resolve,
                    ..
                }
            ),
            "{error:?}"
        );
    }
}
