//! One run of the program: its environment, its flags, and what is read at most once.

use super::failure::{Exit, Failure, Message, Severity};
use super::global::{Colour, Global};
use super::messages;
use super::stores;
use crate::config::layer::{Assignment, Origin};
use crate::config::locations::Locations;
use crate::config::name::{NameError, Named};
use crate::config::path::Path;
use crate::config::stack::Stack;
use crate::config::value::Value;
use crate::config::views::{self, StoreKind};
use crate::environment::Environment;
use crate::prompt::{Look, Prompter, TerminalPrompter};
use crate::secret::Store;
use indexmap::IndexSet;
use std::cell::{OnceCell, RefCell, RefMut};
use std::fmt::Display;
use std::io::{self, Read, Write};
use std::path::{Path as FilePath, PathBuf};

/// What commands get.
pub(super) struct Session<'a> {
    /// The surroundings of the process.
    pub environment: &'a Environment,
    /// The flags that every command takes.
    pub global: Global,
    locations: OnceCell<Locations>,
    stack: OnceCell<Stack>,
    prompter: OnceCell<RefCell<Box<dyn Prompter>>>,
    /// What would be said, where somebody else shows it.
    heard: Option<RefCell<Vec<String>>>,
}

impl<'a> Session<'a> {
    /// A run that has read nothing yet.
    pub(super) fn new(environment: &'a Environment, global: Global) -> Session<'a> {
        Session {
            environment,
            global,
            locations: OnceCell::new(),
            stack: OnceCell::new(),
            prompter: OnceCell::new(),
            heard: None,
        }
    }

    /// A run whose questions are answered by somebody else than the person at the terminal.
    #[cfg(test)]
    pub(super) fn with_prompter(
        environment: &'a Environment,
        global: Global,
        prompter: Box<dyn Prompter>,
    ) -> Session<'a> {
        Session {
            prompter: OnceCell::from(RefCell::new(prompter)),
            ..Session::new(environment, global)
        }
    }

    /// The same run with nothing read yet: after something was written.
    pub(super) fn anew(&self) -> Session<'a> {
        Session::new(self.environment, self.global.clone())
    }

    /// The same run as if another profile had been named, and no address.
    pub(super) fn with_profile(&self, name: &str) -> Session<'a> {
        let global = Global {
            profile: Some(name.to_owned()),
            url: None,
            ..self.global.clone()
        };
        Session {
            heard: self.heard.as_ref().map(|_| RefCell::default()),
            ..Session::new(self.environment, global)
        }
    }

    /// The same run as if no profile had been named.
    pub(super) fn without_profile(&self) -> Session<'a> {
        let global = Global {
            profile: None,
            ..self.global.clone()
        };
        Session::new(self.environment, global)
    }

    /// The same run with nothing read yet, which keeps what it says to itself: a menu is on the screen.
    pub(super) fn unheard(&self) -> Session<'a> {
        Session {
            heard: Some(RefCell::default()),
            ..self.anew()
        }
    }

    /// Whether what it says is kept to itself.
    pub(super) fn is_unheard(&self) -> bool {
        self.heard.is_some()
    }

    /// What was said to nobody, line by line.
    pub(super) fn heard(&self) -> Vec<String> {
        let heard = self.heard.as_ref();
        heard.map(RefCell::take).unwrap_or_default()
    }

    /// The layers of this run, if they were read.
    pub(super) fn into_stack(self) -> Option<Stack> {
        self.stack.into_inner()
    }

    /// Where the files are.
    pub(super) fn locations(&self) -> Result<&Locations, Failure> {
        if let Some(locations) = self.locations.get() {
            return Ok(locations);
        }
        let found = Locations::find(self.environment, self.global.config_dir.as_deref())
            .map_err(messages::location)?;
        self.debug(|| format!("user folder {}", found.user_folder.display()));
        Ok(self.locations.get_or_init(|| found))
    }

    /// The layers of this run. Warns once about variables and files that are not used.
    pub(super) fn stack(&self) -> Result<&Stack, Failure> {
        if let Some(stack) = self.stack.get() {
            return Ok(stack);
        }
        let mut stack = Stack::load(self.environment, self.locations()?)
            .map_err(|error| messages::variable(&error))?;
        for file in stack.files() {
            self.debug(|| format!("{} file {}", file.layer.name(), file.file.display()));
        }
        for text in &self.global.set {
            let assignment = self.flag_assignment(&stack, text)?;
            stack.command_line.push(assignment);
        }
        for unknown in &stack.unknown_variables {
            self.warn(&messages::unknown_variable(unknown));
        }
        for file in &stack.foreign {
            self.warn(&messages::foreign_file(file));
        }
        Ok(self.stack.get_or_init(|| stack))
    }

    /// `--set PATH=VALUE`.
    fn flag_assignment(&self, stack: &Stack, text: &str) -> Result<Assignment, Failure> {
        let Some((path, value)) = Path::split_argument(text) else {
            let what = "`--set` takes PATH=VALUE";
            return Err(Message::new(Exit::Usage, what)
                .hint("for example `--set output.format=json`")
                .into());
        };
        let (path, setting) = match self.name_in(stack, path)? {
            Named::Setting(path, setting) => (path, setting),
            Named::Section(path) | Named::Url(path) | Named::NoUrl(path) => {
                return Err(messages::not_a_setting(&path).into());
            }
        };
        if setting.secret() {
            return Err(messages::secret_by_flag(&path).into());
        }
        let value = Value::from_text(&setting.kind, value)
            .map_err(|error| messages::value(&path.to_string(), setting, &error).at("--set"))?;
        Ok(Assignment {
            path,
            setting,
            value,
            origin: Origin::Flag,
        })
    }

    /// What a path as typed names, short forms included.
    pub(super) fn name(&self, text: &str) -> Result<Named, Failure> {
        self.name_in(self.stack()?, text)
    }

    fn name_in(&self, stack: &Stack, text: &str) -> Result<Named, Failure> {
        Named::parse(text, |product| self.instances(stack, product)).map_err(|error| match error {
            Unnamed::Name(error) => messages::name(text, &error).into(),
            Unnamed::Other(failure) => failure,
        })
    }

    /// The instances of a product: those with an account or a secret; where there is none, those that are only
    /// spelled out.
    pub(super) fn instances(&self, stack: &Stack, product: &Path) -> Result<Vec<Path>, Unnamed> {
        let failed = |error| Unnamed::Other(messages::load(&error).into());
        let mut instances: IndexSet<Path> = IndexSet::new();
        for resolved in stack.resolve_all(product, false).map_err(failed)? {
            if resolved.setting.field() == "username" {
                instances.insert(resolved.path.parent());
            }
        }
        for stored in self.stored().map_err(Unnamed::Other)? {
            if stored.path.starts_with(product) {
                instances.insert(stored.path.parent());
            }
        }
        if instances.is_empty() {
            for file in stack.files() {
                instances.extend(file.tables(product).map_err(failed)?);
            }
        }
        Ok(instances.into_iter().collect())
    }

    /// Where secrets live, as it is configured.
    pub(super) fn store_kind(&self) -> Result<StoreKind, Failure> {
        let credentials =
            views::credentials(self.stack()?).map_err(|error| messages::view(&error))?;
        Ok(credentials.store)
    }

    /// Where secrets live.
    pub(super) fn store(&self) -> Result<Box<dyn Store>, Failure> {
        stores::open(self, self.store_kind()?)
    }

    /// The secrets that the store holds, by name; nothing is decrypted.
    pub(super) fn stored(&self) -> Result<Vec<crate::changes::EntryName>, Failure> {
        let names = self
            .store()?
            .names()
            .map_err(|error| messages::store(&error))?;
        Ok(names
            .iter()
            .filter_map(|name| crate::changes::EntryName::parse(name))
            .collect())
    }

    /// Prints data. Control characters in it have to be escaped already.
    #[expect(clippy::unused_self, reason = "all output goes through the session")]
    pub(super) fn print(&self, text: &str) -> Result<(), Failure> {
        let mut output = io::stdout().lock();
        let written = output
            .write_all(text.as_bytes())
            .and_then(|()| output.flush());
        written.map_err(|error| match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::ClosedPipe,
            kind => Message::new(
                Exit::Failed,
                format!("the output cannot be written: {kind}"),
            )
            .into(),
        })
    }

    /// Says what was done.
    pub(super) fn note(&self, text: impl Display) {
        if let Some(heard) = &self.heard {
            heard.borrow_mut().push(text.to_string());
        } else if !self.global.quiet {
            show(&format!(
                "{}\n",
                crate::output::escape::Visible(&text.to_string())
            ));
        }
    }

    /// Says that something is not as it should be, though the command goes on.
    pub(super) fn warn(&self, message: &Message) {
        if let Some(heard) = &self.heard {
            let mut lines = message.lines();
            if let Some(first) = lines.first_mut() {
                *first = format!("{}: {first}", Severity::Warning.word());
            }
            heard.borrow_mut().extend(lines);
            return;
        }
        show(&message.render(Severity::Warning, self.error_colour()));
    }

    /// Says what is read and why, if wanted.
    pub(super) fn debug(&self, text: impl FnOnce() -> String) {
        if self.global.debug {
            show(&format!(
                "debug: {}\n",
                crate::output::escape::Visible(&text())
            ));
        }
    }

    /// All of standard input, as text.
    #[expect(clippy::unused_self, reason = "all input goes through the session")]
    pub(super) fn read_input(&self) -> Result<String, Failure> {
        let mut bytes = Vec::new();
        let read = io::stdin().lock().read_to_end(&mut bytes);
        read.map_err(|error| {
            Message::new(
                Exit::Failed,
                format!("standard input cannot be read: {}", error.kind()),
            )
        })?;
        let not_text = |_| Message::new(Exit::Usage, "standard input is not UTF-8 text");
        Ok(String::from_utf8(bytes).map_err(not_text)?)
    }

    /// A file as it was named: from the working directory, or from home with a `~/` that no shell has replaced.
    pub(super) fn file(&self, named: &FilePath) -> PathBuf {
        if let Ok(below) = named.strip_prefix("~")
            && let Some(home) = self.environment.path_variable("HOME")
        {
            return home.join(below);
        }
        match &self.environment.current_folder {
            Some(folder) => folder.join(named),
            None => named.to_path_buf(),
        }
    }

    /// The text that an argument means: itself, that of a file (`@file`), or that of standard input (`-`).
    pub(super) fn text_argument(&self, argument: &str) -> Result<String, Failure> {
        if argument == "-" {
            return self.read_input();
        }
        let Some(name) = argument.strip_prefix('@') else {
            return Ok(argument.to_owned());
        };
        let file = self.file(FilePath::new(name));
        let bytes = std::fs::read(&file).map_err(|error| {
            let exit = match error.kind() {
                io::ErrorKind::NotFound => Exit::NotFound,
                _ => Exit::Failed,
            };
            let why = messages::reason(error.kind());
            Message::new(exit, format!("{name} cannot be read: {why}"))
                .hint("a text that starts with `@` names a file")
        })?;
        let not_text = |_| Message::new(Exit::Usage, format!("{name} is not UTF-8 text"));
        Ok(String::from_utf8(bytes).map_err(not_text)?)
    }

    /// Who answers questions. Ask [`Session::may_ask`] first, to name the flag that does without.
    pub(super) fn prompter(&self) -> RefMut<'_, Box<dyn Prompter>> {
        let terminal = || {
            let look = Look::new(self.environment, self.error_colour());
            RefCell::new(Box::new(TerminalPrompter::new(look)) as Box<dyn Prompter>)
        };
        self.prompter.get_or_init(terminal).borrow_mut()
    }

    /// Whether anything may be asked: there is somebody at a terminal, which can move its cursor, and they have not
    /// forbidden it.
    pub(super) fn may_ask(&self) -> bool {
        self.why_not_ask().is_none()
    }

    /// Why nothing may be asked.
    pub(super) fn why_not_ask(&self) -> Option<&'static str> {
        let environment = self.environment;
        let reasons = [
            (self.global.no_input, "`--no-input` forbids questions"),
            (
                environment.variable("LASSI_NO_INPUT").is_some(),
                "LASSI_NO_INPUT forbids questions",
            ),
            (
                environment.variable("CI").is_some(),
                "CI is set, so there is nobody to ask",
            ),
            (
                !(environment.input_is_terminal && environment.error_is_terminal),
                "there is no terminal to ask on",
            ),
            (
                environment.variable("TERM") == Some("dumb"),
                "this terminal cannot move its cursor",
            ),
        ];
        let holds = reasons.iter().find(|(holds, _)| *holds);
        holds.map(|(_, reason)| *reason)
    }

    /// Whether messages are coloured: the flag, else `NO_COLOR`, else what was read of the configuration.
    pub(super) fn error_colour(&self) -> bool {
        let configured = || {
            let stack = self.stack.get()?;
            Some(views::output(stack).ok()?.color)
        };
        match self.global.color {
            Some(Colour::Always) => return true,
            Some(Colour::Never) => return false,
            Some(Colour::Auto) | None if self.environment.variable("NO_COLOR").is_some() => {
                return false;
            }
            Some(Colour::Auto) => return self.environment.error_is_terminal,
            None => {}
        }
        match configured() {
            Some(views::Colour::Always) => true,
            Some(views::Colour::Never) => false,
            Some(views::Colour::Auto) | None => self.environment.error_is_terminal,
        }
    }
}

/// What can keep a path from naming something in a session.
pub(super) enum Unnamed {
    /// The path itself.
    Name(NameError),
    /// The files that had to be asked.
    Other(Failure),
}

impl From<NameError> for Unnamed {
    fn from(error: NameError) -> Unnamed {
        Unnamed::Name(error)
    }
}

/// Writes to standard error. If nobody listens there any more, there is nobody to tell.
pub(super) fn show(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
