//! A home of its own for each test: the user's folder and the state folder in a temporary one.

use std::convert::Infallible;
use std::fs;
use std::path::{Path, PathBuf};

use lassi::config::write::{Change, Record, Target, WriteError, Written, change};
use lassi::secret::{FileStore, Secret, SecretChange};
use tempfile::TempDir;

/// Where one test, and the processes it starts, read and write.
pub(crate) struct Sandbox {
    base: PathBuf,
    _removed_at_the_end: Option<TempDir>,
}

impl Sandbox {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let base = fs::canonicalize(folder.path()).expect("it exists");
        Self {
            base,
            _removed_at_the_end: Some(folder),
        }
    }

    /// One that another process has made.
    pub(crate) fn of(base: &Path) -> Self {
        Self {
            base: base.to_path_buf(),
            _removed_at_the_end: None,
        }
    }

    pub(crate) fn base(&self) -> &Path {
        &self.base
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.base.join("config/lassi")
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.folder().join("config.toml")
    }

    pub(crate) fn state(&self) -> PathBuf {
        self.base.join("state/lassi")
    }

    pub(crate) fn target(&self) -> Target {
        Target {
            file: self.file(),
            state: self.state(),
            new_file_mode: 0o600,
            private_folder: true,
        }
    }

    pub(crate) fn store(&self) -> FileStore {
        FileStore::new(&self.folder(), &self.state())
    }

    /// A second store, to move secrets to.
    pub(crate) fn other_store(&self) -> FileStore {
        FileStore::new(&self.base.join("other/lassi"), &self.state())
    }

    pub(crate) fn text(&self) -> String {
        fs::read_to_string(self.file()).expect("a file of text")
    }

    /// What somebody does who does not know of locks.
    pub(crate) fn write_by_hand(&self, bytes: impl AsRef<[u8]>) {
        fs::create_dir_all(self.folder()).expect("the folder can be made");
        overwrite(&self.file(), bytes);
    }

    /// One ordinary change to a whole new text.
    pub(crate) fn put(&self, text: &str) -> Written {
        self.record(text, &entry("set", &[]))
            .expect("nothing stands in the way")
    }

    pub(crate) fn record(
        &self,
        text: &str,
        record: &Record,
    ) -> Result<Written, WriteError<Infallible>> {
        change(&self.target(), |_| {
            Ok(Change {
                text: text.to_owned(),
                record: record.clone(),
            })
        })
    }

    /// Files in the history of all files, by the end of their names.
    pub(crate) fn kept(&self, extension: &str) -> Vec<PathBuf> {
        let mut kept = Vec::new();
        for folder in fs::read_dir(self.state().join("history"))
            .into_iter()
            .flatten()
            .flatten()
        {
            for file in fs::read_dir(folder.path()).expect("a folder").flatten() {
                if file
                    .path()
                    .extension()
                    .is_some_and(|found| found == extension)
                {
                    kept.push(file.path());
                }
            }
        }
        kept.sort();
        kept
    }
}

/// What the history is told in most tests.
pub(crate) fn entry(command: &str, secrets: &[&str]) -> Record {
    Record::Entry {
        what: vec!["output.format".to_owned()],
        command: command.to_owned(),
        secrets: secrets.iter().map(|path| (*path).to_owned()).collect(),
        keep: true,
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "this is what a hand or a dotfile manager does"
)]
pub(crate) fn overwrite(file: &Path, bytes: impl AsRef<[u8]>) {
    fs::write(file, bytes).expect("it can be written");
}

pub(crate) fn put_secret(name: &str, text: &str) -> SecretChange {
    let secret = Secret::from_input(text.to_owned()).expect("a fine secret");
    SecretChange {
        name: name.to_owned(),
        secret: Some(secret),
    }
}

#[cfg(unix)]
pub(crate) fn mode_of(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).expect("it exists").permissions().mode() & 0o7777
}

#[cfg(unix)]
pub(crate) fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is ours");
}
