//! How a command of a product shows, says and asks: on the terminal of this run.

use super::confirm::confirm;
use super::failure::{Failure, Message};
use super::session::{Session, show};
use crate::config::views::Format;
use crate::output::escape::{Visible, escaped_json};
use crate::product::{ApiError, Talk};
use console::Term;
use serde_json::Value as Json;
use std::cell::{Cell, RefCell};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Clears the line that the cursor is in and goes to its start (ECMA-48, 8.3.41).
const CLEAR_LINE: &str = "\r\u{1b}[K";

/// The terminal of this run.
pub(super) struct TerminalTalk<'a> {
    session: &'a Session<'a>,
    format: Format,
    /// Whether a line of progress stands on the terminal.
    progress_shown: Cell<bool>,
    /// What kept a question from being answered.
    failure: RefCell<Option<Failure>>,
}

impl<'a> TerminalTalk<'a> {
    /// Shows things in this form.
    pub(super) fn new(session: &'a Session<'a>, format: Format) -> TerminalTalk<'a> {
        TerminalTalk {
            session,
            format,
            progress_shown: Cell::new(false),
            failure: RefCell::new(None),
        }
    }

    /// Whether data is printed to a terminal.
    pub(super) fn is_terminal(&self) -> bool {
        self.session.environment.output_is_terminal
    }

    /// What kept a question from being answered, or data from being printed.
    pub(super) fn take_failure(&self) -> Option<Failure> {
        self.failure.borrow_mut().take()
    }

    fn shows_progress(&self) -> bool {
        self.session.environment.error_is_terminal
            && !self.session.global.quiet
            && self.session.environment.variable("TERM") != Some("dumb")
    }

    fn keep(&self, failure: Failure) -> ApiError {
        *self.failure.borrow_mut() = Some(failure);
        ApiError::Asked
    }

    /// What git says about the working directory; nothing where it fails.
    fn git(&self, arguments: &[&str]) -> Option<String> {
        let folder = self.session.environment.current_folder.as_ref()?;
        let output = Command::new("git")
            .arg("-C")
            .arg(folder)
            .args(arguments)
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output()
            .ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        output.status.success().then_some(text)
    }

    fn show(&self, text: &str) -> Result<(), ApiError> {
        self.clear_progress();
        self.session
            .print(text)
            .map_err(|failure| self.keep(failure))
    }

    fn clear_progress(&self) {
        if self.progress_shown.replace(false) {
            show(CLEAR_LINE);
        }
    }
}

impl Talk for TerminalTalk<'_> {
    fn format(&self) -> Format {
        self.format
    }

    fn width(&self) -> Option<usize> {
        if !self.session.environment.output_is_terminal {
            return None;
        }
        let size = Term::stdout().size_checked();
        size.map(|(_, columns)| usize::from(columns))
    }

    fn print(&self, text: &str) -> Result<(), ApiError> {
        if text.is_empty() {
            return Ok(());
        }
        // these are printed as they are for programs, and are not escaped yet
        if self.format == Format::Csv && self.is_terminal() {
            return self.print_bytes(text.as_bytes());
        }
        self.show(text)
    }

    fn print_bytes(&self, bytes: &[u8]) -> Result<(), ApiError> {
        self.clear_progress();
        if self.session.environment.output_is_terminal {
            // on a terminal, lines stay lines and nothing else moves the cursor
            let text = String::from_utf8_lossy(bytes);
            let shown: String = text
                .split_inclusive('\n')
                .map(|line| {
                    let content = line.strip_suffix('\n');
                    let end = if content.is_some() { "\n" } else { "" };
                    let content = content.unwrap_or(line).trim_end_matches('\r');
                    let tabs: Vec<String> = content
                        .split('\t')
                        .map(|part| Visible(part).to_string())
                        .collect();
                    tabs.join("\t") + end
                })
                .collect();
            return self.show(&shown);
        }
        let mut output = io::stdout().lock();
        let written = output.write_all(bytes).and_then(|()| output.flush());
        written.map_err(|error| match error.kind() {
            io::ErrorKind::BrokenPipe => ApiError::Output(None),
            kind => ApiError::Output(Some(kind)),
        })
    }

    fn note(&self, text: &str) {
        self.clear_progress();
        self.session.note(text);
    }

    fn warn(&self, text: &str) {
        self.clear_progress();
        self.session
            .warn(&Message::new(super::Exit::Failed, text.to_owned()));
    }

    fn progress(&self, text: &str) {
        if text.is_empty() {
            self.clear_progress();
        } else if self.shows_progress() {
            self.progress_shown.set(true);
            show(&format!("{CLEAR_LINE}{}", Visible(text)));
        }
    }

    fn confirm(&self, question: &str, yes: bool) -> Result<(), ApiError> {
        self.clear_progress();
        confirm(self.session, yes, question, "--yes").map_err(|failure| self.keep(failure))
    }

    fn open_in_browser(&self, address: &str) -> Result<(), ApiError> {
        let has_screen = !cfg!(all(unix, not(target_os = "macos")))
            || ["DISPLAY", "WAYLAND_DISPLAY", "BROWSER"]
                .iter()
                .any(|name| self.session.environment.variable(name).is_some());
        if has_screen && open::that_detached(address).is_ok() {
            self.note(&format!("opened {address}"));
            return Ok(());
        }
        self.print(&format!("{}\n", Visible(address)))
    }

    fn git_remotes(&self) -> Vec<String> {
        let listed = self.git(&["remote", "-v"]).unwrap_or_default();
        // `origin\tgit@bitbucket.org:acme/rocket.git (fetch)`
        let remotes = listed.lines().filter_map(|line| {
            let (name, rest) = line.split_once('\t')?;
            Some((name, rest.strip_suffix(" (fetch)")?.to_owned()))
        });
        let (mut first, others): (Vec<_>, Vec<_>) =
            remotes.partition(|(name, _)| *name == "origin");
        first.extend(others);
        first.into_iter().map(|(_, address)| address).collect()
    }

    fn git_branch(&self) -> Option<String> {
        let name = self.git(&["symbolic-ref", "--quiet", "--short", "HEAD"])?;
        let name = name.trim();
        (!name.is_empty()).then(|| name.to_owned())
    }

    fn file(&self, named: &Path) -> PathBuf {
        self.session.file(named)
    }

    fn show_request(&self, method: &str, url: &str, body: Option<&Json>) -> Result<(), ApiError> {
        let mut text = format!("{method} {}\n", Visible(url));
        if let Some(body) = body {
            text.push_str(&escaped_json(&format!("{body:#}\n")));
        }
        self.print(&text)
    }
}

impl Drop for TerminalTalk<'_> {
    fn drop(&mut self) {
        self.clear_progress();
    }
}
