//! A home of its own for each test: arguments go in, what the program printed and its exit code come out.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use lassi::environment::Environment;
use tempfile::TempDir;

/// The program that is tested.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_lassi");

/// A user's home, and a folder beside it in which the program runs. Both go at the end of the test.
pub(crate) struct Home {
    base: PathBuf,
    _removed_at_the_end: TempDir,
}

/// What a run of the program left.
#[derive(Debug)]
pub(crate) struct Ran {
    /// The exit code; `None` if a signal ended it.
    pub code: Option<i32>,
    /// What it printed as data.
    pub output: String,
    /// What it printed for people.
    pub messages: String,
}

impl Home {
    pub(crate) fn new() -> Home {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let base = fs::canonicalize(folder.path()).expect("it exists");
        let home = Home {
            base,
            _removed_at_the_end: folder,
        };
        for folder in [home.path(), home.work()] {
            fs::create_dir(folder).expect("the base is empty");
        }
        home
    }

    /// The home itself.
    pub(crate) fn path(&self) -> PathBuf {
        self.base.join("home")
    }

    /// Where the program runs.
    pub(crate) fn work(&self) -> PathBuf {
        self.base.join("work")
    }

    /// The folder of the user file.
    pub(crate) fn folder(&self) -> PathBuf {
        self.path().join(".config/lassi")
    }

    /// The user file.
    pub(crate) fn file(&self) -> PathBuf {
        self.folder().join("config.toml")
    }

    /// The folder of locks and history.
    pub(crate) fn state(&self) -> PathBuf {
        self.path().join(".local/state/lassi")
    }

    /// The text of the user file.
    pub(crate) fn text(&self) -> String {
        fs::read_to_string(self.file()).expect("a file of text")
    }

    /// Writes the user file as a hand does, into a folder as the program makes it.
    pub(crate) fn write(&self, bytes: impl AsRef<[u8]>) {
        fs::create_dir_all(self.folder()).expect("the folder can be made");
        set_mode(&self.folder(), 0o700);
        overwrite(&self.file(), bytes);
    }

    /// Any program, with this home and nothing else in its environment but where programs are found, `lassi` first.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        let here = Path::new(PROGRAM).parent().map(Path::to_path_buf);
        let path = Environment::of_process()
            .path_variable("PATH")
            .unwrap_or_default();
        let path = std::env::join_paths(here.into_iter().chain(std::env::split_paths(&path)));
        command
            .env_clear()
            .env("HOME", self.path())
            .env(
                "PATH",
                path.expect("a folder of cargo and the folders of this process"),
            )
            .current_dir(self.work())
            .stdin(Stdio::null());
        command
    }

    /// `lassi` with these arguments, not started yet.
    pub(crate) fn lassi(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(PROGRAM);
        command.args(arguments);
        command
    }

    /// Runs `lassi` to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(&mut self.lassi(arguments))
    }

    /// Runs `lassi` and gives it a text on its standard input.
    pub(crate) fn run_with_input(&self, input: &str, arguments: &[&str]) -> Ran {
        let mut command = self.lassi(arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program is there");
        let mut pipe = child.stdin.take().expect("it is piped");
        // one that ends without reading its input says itself why
        let _ = pipe.write_all(input.as_bytes());
        drop(pipe);
        Ran::from(child.wait_with_output().expect("it ends"))
    }

    /// All files below the home, with their bytes.
    pub(crate) fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        let mut folders = vec![self.base.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let bytes = fs::read(&path).expect("readable");
                    files.push((path, bytes));
                }
            }
        }
        files
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Ran {
        let text = |bytes| String::from_utf8(bytes).expect("the program prints UTF-8");
        Ran {
            code: output.status.code(),
            output: text(output.stdout),
            messages: text(output.stderr),
        }
    }
}

impl Ran {
    /// Runs a command to its end.
    pub(crate) fn of(command: &mut Command) -> Ran {
        Ran::from(command.output().expect("the program is there"))
    }

    /// What it printed as data; it has to have succeeded.
    #[track_caller]
    pub(crate) fn fine(self) -> String {
        assert_eq!(self.code, Some(0), "{self:?}");
        self.output
    }

    /// What it said; it has to have ended with this code.
    #[track_caller]
    pub(crate) fn failed(self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{self:?}");
        self.messages
    }
}

/// Says that a test was left out, and why.
#[expect(
    clippy::print_stderr,
    reason = "a test that does nothing may not do so in silence"
)]
pub(crate) fn say_skipped(why: &str) {
    eprintln!("skipped: {why}");
}

/// What a hand, an editor or a dotfile manager does.
#[allow(
    clippy::disallowed_methods,
    reason = "not the program is to write here, but somebody who knows nothing of it"
)]
pub(crate) fn overwrite(file: &Path, bytes: impl AsRef<[u8]>) {
    fs::write(file, bytes).expect("it can be written");
}

pub(crate) fn mode_of(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).expect("it exists").permissions().mode() & 0o7777
}

pub(crate) fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is ours");
}
