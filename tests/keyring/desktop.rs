//! A desktop session without a display: a home, a session bus and a keyring service in a temporary folder.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

/// What a session needs; both are in Debian's packages `dbus` and `gnome-keyring`.
const PROGRAMS: [&str; 3] = ["dbus-daemon", "dbus-send", "gnome-keyring-daemon"];

/// A bus that starts no service by itself, so that there is one only if a test starts it.
const BUS: &str = r#"<busconfig>
  <type>session</type>
  <listen>unix:path=SOCKET</listen>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// How the keyring service is started.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Start {
    /// As a login does: with the password of the keyring, which is made when there is none.
    Unlocked,
    /// As an automatic login does: nobody has given the password.
    Locked,
}

/// One session. Its processes end with it.
pub(crate) struct Desktop {
    base: TempDir,
    bus: Option<Child>,
    service: Option<Child>,
}

impl Desktop {
    /// A home and nothing else, and `keyring` chosen as the store for the profile `work`.
    pub(crate) fn without_bus() -> Self {
        let desktop = Self {
            base: tempfile::tempdir().expect("a temporary folder"),
            bus: None,
            service: None,
        };
        for folder in ["home", "run", "data"] {
            fs::create_dir(desktop.base.path().join(folder)).expect("a new folder");
        }
        let site = "profiles.work.base_url=https://acme.atlassian.net";
        desktop.succeed(&["config", "set", "credentials.store=keyring", site]);
        desktop
    }

    /// With a bus, and nothing on it. `None`, after saying why, where programs are missing.
    pub(crate) fn with_bus() -> Option<Self> {
        for program in PROGRAMS {
            let found = Command::new(program).arg("--version").output();
            if found.is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
                eprintln!(
                    "skipped: there is no `{program}` on this machine; with the packages dbus and gnome-keyring this test runs"
                );
                return None;
            }
        }
        let mut desktop = Self::without_bus();
        let configuration = desktop.base.path().join("bus.xml");
        let socket = desktop.socket().display().to_string();
        File::create(&configuration)
            .and_then(|mut file| file.write_all(BUS.replace("SOCKET", &socket).as_bytes()))
            .expect("writable");
        let mut bus = desktop
            .command("dbus-daemon")
            .arg("--config-file")
            .arg(&configuration)
            .args(["--nofork", "--print-address=1"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("it is installed");
        let output = bus.stdout.take().expect("it is piped");
        desktop.bus = Some(bus);
        let mut address = String::new();
        let read = BufReader::new(output).read_line(&mut address);
        assert!(read.is_ok() && address.contains("unix:"), "{address:?}");
        Some(desktop)
    }

    /// With a bus and a keyring.
    pub(crate) fn with_keyring() -> Option<Self> {
        let mut desktop = Self::with_bus()?;
        desktop.start_keyring(Start::Unlocked);
        Some(desktop)
    }

    /// Starts the keyring service and waits until it is on the bus.
    pub(crate) fn start_keyring(&mut self, start: Start) {
        let mut command = self.command("gnome-keyring-daemon");
        command.args(["--foreground", "--components=secrets"]);
        command
            .arg("--control-directory")
            .arg(self.base.path().join("run"));
        if start == Start::Unlocked {
            command.arg("--unlock");
        }
        command.stdin(Stdio::piped()).stdout(Stdio::null());
        let mut service = command.spawn().expect("it is installed");
        let mut password = service.stdin.take().expect("it is piped");
        if start == Start::Unlocked {
            password.write_all(b"password").expect("it reads");
        }
        drop(password);
        self.service = Some(service);
        // each question starts a process, so this is no busy loop
        let owned = (0..5_000).any(|_| {
            let answer = self.ask_bus(
                "org.freedesktop.DBus",
                "/",
                &[
                    "org.freedesktop.DBus.NameHasOwner",
                    "string:org.freedesktop.secrets",
                ],
            );
            answer.contains("boolean true")
        });
        assert!(owned, "the keyring service is not on the bus");
    }

    /// Ends the keyring service as a logout does.
    pub(crate) fn stop_keyring(&mut self) {
        let mut service = self.service.take().expect("it was started");
        service.kill().expect("it is running");
        service.wait().expect("it is gone");
    }

    /// Lets the keyring service do nothing any more: it is there and never answers.
    pub(crate) fn freeze_keyring(&self) {
        let service = self.service.as_ref().expect("it was started");
        let stopped = Command::new("kill")
            .args(["-STOP", &service.id().to_string()])
            .status()
            .expect("kill is in POSIX");
        assert!(stopped.success());
    }

    /// Locks the default keyring, as a screen lock may.
    pub(crate) fn lock_keyring(&self) {
        let answer = self.ask_bus(
            "org.freedesktop.secrets",
            "/org/freedesktop/secrets",
            &[
                "org.freedesktop.Secret.Service.Lock",
                "array:objpath:/org/freedesktop/secrets/aliases/default",
            ],
        );
        assert!(answer.contains("method return"), "{answer}");
    }

    fn ask_bus(&self, destination: &str, object: &str, call: &[&str]) -> String {
        let output = self
            .command("dbus-send")
            .args(["--session", "--print-reply"])
            .arg(format!("--dest={destination}"))
            .arg(object)
            .args(call)
            .output()
            .expect("it is installed");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Removes what the keyring service keeps, as somebody does who forgot the password.
    pub(crate) fn lose_keyring(&self) {
        fs::remove_dir_all(self.base.path().join("data/keyrings")).expect("it has written there");
    }

    /// Where the bus listens.
    pub(crate) fn socket(&self) -> PathBuf {
        self.base.path().join("run/bus")
    }

    /// The folder of the user's files.
    pub(crate) fn user_folder(&self) -> PathBuf {
        self.base.path().join("config/lassi")
    }

    fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        let base = self.base.path();
        command
            .env("HOME", base.join("home"))
            .env("XDG_RUNTIME_DIR", base.join("run"))
            .env("XDG_DATA_HOME", base.join("data"))
            .env("XDG_CONFIG_HOME", base.join("config"))
            .env("XDG_STATE_HOME", base.join("state"))
            .env(
                "DBUS_SESSION_BUS_ADDRESS",
                format!("unix:path={}", self.socket().display()),
            )
            .env_remove("LASSI_CONFIG_DIR")
            .env_remove("LASSI_CREDENTIALS__STORE")
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .current_dir(base);
        command
    }

    /// The program, not started yet.
    pub(crate) fn lassi(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(env!("CARGO_BIN_EXE_lassi"));
        command.args(arguments).stdin(Stdio::null());
        command
    }

    /// Runs the program.
    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        Said::of(self.lassi(arguments).output().expect("it was built"))
    }

    /// Runs the program, which has to succeed.
    pub(crate) fn succeed(&self, arguments: &[&str]) -> Said {
        let said = self.run(arguments);
        assert_eq!(said.code, Some(0), "{said:?}");
        said
    }

    /// Saves a secret, read from standard input.
    pub(crate) fn save(&self, path: &str, secret: &str) -> Said {
        let mut child = self
            .lassi(&["config", "set", "--secret-stdin", path])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it was built");
        let mut input = child.stdin.take().expect("it is piped");
        input.write_all(secret.as_bytes()).expect("it reads");
        drop(input);
        Said::of(child.wait_with_output().expect("it ends by itself"))
    }

    /// Prints a secret.
    pub(crate) fn reveal(&self, path: &str) -> Said {
        self.run(&["config", "get", "--reveal", path])
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        for mut child in self.service.take().into_iter().chain(self.bus.take()) {
            // one that has ended already is as good
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// How a run of the program ended.
#[derive(Debug)]
pub(crate) struct Said {
    /// The exit code; `None` when it was killed.
    pub(crate) code: Option<i32>,
    /// Standard output without the last line break.
    pub(crate) output: String,
    /// Standard error.
    pub(crate) error: String,
}

impl Said {
    fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        Self {
            code: output.status.code(),
            output: text(output.stdout).trim_end().to_owned(),
            error: text(output.stderr),
        }
    }

    /// Fails unless it ended with this code and an error that starts like this.
    #[track_caller]
    pub(crate) fn assert_error(&self, code: i32, start: &str) {
        let error = format!("error: {start}");
        assert!(
            self.code == Some(code) && self.error.starts_with(&error),
            "{self:?}"
        );
    }
}
