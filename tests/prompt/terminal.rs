//! A pseudo-terminal and a program on it: keys go in, and what is shown, the output and the exit come out.
//!
//! The test keeps the program's end open, too: so it can compare the terminal's mode before and after.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags, open};
use rustix::io::{Errno, FdFlags, fcntl_setfd};
use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcgetattr, tcsetwinsize};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};

/// Much longer than anything takes: when it is over, what is waited for will not come.
const LONG_ENOUGH: Timespec = Timespec {
    tv_sec: 60,
    tv_nsec: 0,
};

/// What begins and ends the mode in which a terminal marks pastes.
const MARKS_PASTES: &str = "\u{1b}[?2004h";
const MARKS_NO_PASTES: &str = "\u{1b}[?2004l";
const HIDES_CURSOR: &str = "\u{1b}[?25l";

/// What goes to a terminal's second screen, and back.
const ENTERS_SCREEN: &str = "\u{1b}[?1049h";
const LEAVES_SCREEN: &str = "\u{1b}[?1049l";

/// A program that runs on a pseudo-terminal of its own.
pub(crate) struct Conversation {
    child: Child,
    /// Our end.
    controller: OwnedFd,
    /// The program's end, as long as the terminal's mode is looked at.
    device: Option<OwnedFd>,
    mode_before: String,
    shown: Vec<u8>,
    /// How much of what was shown was expected already.
    matched: usize,
}

/// How a program ended.
pub(crate) struct Ended {
    pub status: ExitStatus,
    /// Standard output.
    pub output: String,
    /// All that was written to the terminal.
    pub shown: String,
}

/// The example that asks.
pub(crate) fn ask(kinds: &[&str]) -> Command {
    let mut command = example("ask");
    command.args(kinds);
    command
}

/// An example, which cargo builds together with the tests.
pub(crate) fn example(name: &str) -> Command {
    let mut program = PathBuf::from(env!("CARGO_BIN_EXE_lassi"));
    program.pop();
    program.extend(["examples", name]);
    assert!(
        program.is_file(),
        "{} is not there: `cargo build --examples` makes it",
        program.display()
    );
    let mut command = Command::new(program);
    in_clean_environment(&mut command);
    command
}

/// Sets no variable but those that a terminal with UTF-8 has.
pub(crate) fn in_clean_environment(command: &mut Command) {
    command
        .env_clear()
        .env("PATH", env!("PATH"))
        .env("TERM", "xterm-256color")
        .env("LANG", "C.UTF-8");
}

impl Ended {
    /// What was written to the first screen after the second one was left.
    pub(crate) fn remaining(&self) -> &str {
        let left = self.shown.rsplit_once(LEAVES_SCREEN);
        left.map_or(self.shown.as_str(), |(_, remaining)| remaining)
    }
}

impl Conversation {
    /// Starts a program on a terminal of this size. Its standard output is a pipe.
    pub(crate) fn start(mut command: Command, columns: u16, rows: u16) -> Conversation {
        let controller =
            openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a pseudo-terminal");
        // the program must not have our end, or it could never be closed under it
        fcntl_setfd(&controller, FdFlags::CLOEXEC).expect("it is open");
        grantpt(&controller).expect("it is ours");
        unlockpt(&controller).expect("it is ours");
        let name = ptsname(&controller, Vec::new()).expect("it has a name");
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
        let device = open(name.as_c_str(), flags, Mode::empty()).expect("it can be opened");
        resize(&controller, columns, rows);
        let mode_before = mode(&controller);
        let end = || Stdio::from(device.try_clone().expect("a second handle"));
        let child = command
            .stdin(end())
            .stderr(end())
            .stdout(Stdio::piped())
            // a group of its own, as a shell would give it
            .process_group(0)
            .spawn()
            .expect("the program is there");
        // the command holds handles of the terminal
        drop(command);
        Conversation {
            mode_before,
            child,
            controller,
            device: Some(device),
            shown: Vec::new(),
            matched: 0,
        }
    }

    /// Waits until a text is shown behind what was expected before.
    pub(crate) fn expect(&mut self, text: &str) {
        loop {
            let new = &self.shown[self.matched..];
            let found = new
                .windows(text.len())
                .position(|part| part == text.as_bytes());
            if let Some(start) = found {
                self.matched += start + text.len();
                return;
            }
            assert!(
                self.read(),
                "the program is gone before {text:?}: {}",
                self.shown()
            );
        }
    }

    /// All that was written to the terminal so far.
    pub(crate) fn written(&self) -> &[u8] {
        &self.shown
    }

    /// Waits for more to be written; `false` when the program is gone.
    pub(crate) fn wait_for_more(&mut self) -> bool {
        self.read()
    }

    /// Presses keys.
    pub(crate) fn send(&self, keys: &str) {
        let mut rest = keys.as_bytes();
        while !rest.is_empty() {
            let written = rustix::io::write(&self.controller, rest).expect("it is open");
            rest = &rest[written..];
        }
    }

    /// Waits until what was sent has come to the program's end, where nobody reads it.
    pub(crate) fn wait_for_arrival(&self) {
        let device = self.device.as_ref().expect("it is looked at");
        let mut sources = [PollFd::new(device, PollFlags::IN)];
        let ready = poll(&mut sources, Some(&LONG_ENOUGH)).expect("it can be waited for");
        assert!(ready > 0, "nothing arrives: {}", self.shown());
    }

    /// Waits until the program has read all that was sent.
    pub(crate) fn wait_until_read(&self) {
        let device = self.device.as_ref().expect("it is looked at");
        let at_once = Timespec::default();
        let is_pending = || {
            let mut sources = [PollFd::new(device, PollFlags::IN)];
            poll(&mut sources, Some(&at_once)).expect("it can be looked at") > 0
        };
        while is_pending() {
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
    }

    /// Changes the terminal's size, as a window's corner does.
    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        resize(&self.controller, columns, rows);
        self.signal(Signal::WINCH);
    }

    /// Sends a signal to the program alone.
    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).expect("it is running");
    }

    /// Waits until the program has been stopped.
    pub(crate) fn wait_for_stop(&self) {
        let (_, status) = waitpid(Some(self.pid()), WaitOptions::UNTRACED)
            .expect("it is our child")
            .expect("it was waited for");
        assert!(status.stopped(), "{status:?}: {}", self.shown());
    }

    /// Makes sure that the terminal is as it was before the program was started.
    pub(crate) fn assert_mode_restored(&self) {
        assert_eq!(mode(&self.controller), self.mode_before, "{}", self.shown());
    }

    /// Closes the terminal under the program.
    pub(crate) fn hang_up(mut self) -> ExitStatus {
        self.device = None;
        let (nobody, _) = rustix::pipe::pipe().expect("a pipe");
        drop(std::mem::replace(&mut self.controller, nobody));
        self.child.wait().expect("it is our child")
    }

    /// Waits for the program's end, and makes sure that the terminal is as it was before.
    pub(crate) fn finish(mut self) -> Ended {
        let mut output = Vec::new();
        let pipe = self.child.stdout.take().expect("a pipe");
        while read(&pipe, &mut output) {}
        let status = self.child.wait().expect("it is our child");
        self.assert_mode_restored();
        self.device = None;
        while self.read() {}
        let shown = self.shown();
        assert!(!shown.contains(HIDES_CURSOR), "{shown}");
        let last = |text| shown.rfind(text);
        assert!(last(MARKS_PASTES) <= last(MARKS_NO_PASTES), "{shown}");
        assert!(last(ENTERS_SCREEN) <= last(LEAVES_SCREEN), "{shown}");
        Ended {
            status,
            output: String::from_utf8(output).expect("text"),
            shown,
        }
    }

    fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    fn shown(&self) -> String {
        String::from_utf8_lossy(&self.shown).into_owned()
    }

    fn read(&mut self) -> bool {
        read(&self.controller, &mut self.shown)
    }
}

/// No program outlives its test.
impl Drop for Conversation {
    fn drop(&mut self) {
        // it has usually ended by itself
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits for something to read and appends it; `false` at the end.
fn read(source: impl AsFd, to: &mut Vec<u8>) -> bool {
    let mut sources = [PollFd::new(&source, PollFlags::IN)];
    let ready = poll(&mut sources, Some(&LONG_ENOUGH)).expect("it can be waited for");
    let so_far = String::from_utf8_lossy(to);
    assert!(ready > 0, "nothing more comes after {so_far:?}");
    let mut bytes = [0; 4096];
    match rustix::io::read(&source, &mut bytes) {
        // the other end of a terminal is closed
        Ok(0) | Err(Errno::IO) => false,
        Ok(count) => {
            to.extend_from_slice(&bytes[..count]);
            true
        }
        Err(error) => panic!("it cannot be read: {error}"),
    }
}

fn resize(terminal: &OwnedFd, columns: u16, rows: u16) {
    let size = Winsize {
        ws_col: columns,
        ws_row: rows,
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    tcsetwinsize(terminal, size).expect("it has a size");
}

/// All of a terminal's mode, in words that can be compared.
fn mode(terminal: &OwnedFd) -> String {
    format!("{:?}", tcgetattr(terminal).expect("it has a mode"))
}
