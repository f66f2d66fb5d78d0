//! The one place that asks the process about its surroundings; everything else gets this snapshot.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;

/// Arguments, variables, working directory and terminals, as they were when the program started.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    /// The arguments, the program's name first.
    pub arguments: Vec<OsString>,
    /// Where relative paths start; `None` if the folder is gone.
    pub current_folder: Option<PathBuf>,
    /// Whether standard input is a terminal.
    pub input_is_terminal: bool,
    /// Whether standard output is a terminal.
    pub output_is_terminal: bool,
    /// Whether standard error is a terminal.
    pub error_is_terminal: bool,
    variables: BTreeMap<String, OsString>,
}

impl Environment {
    /// The surroundings of this process.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the snapshot that everything else reads"
    )]
    pub fn of_process() -> Environment {
        Environment {
            arguments: std::env::args_os().collect(),
            current_folder: std::env::current_dir().ok(),
            input_is_terminal: std::io::stdin().is_terminal(),
            output_is_terminal: std::io::stdout().is_terminal(),
            error_is_terminal: std::io::stderr().is_terminal(),
            // a name that is not Unicode is none of ours
            variables: std::env::vars_os()
                .filter_map(|(name, value)| Some((name.into_string().ok()?, value)))
                .collect(),
        }
    }

    /// A made-up environment that holds these variables, for tests.
    pub fn with_variables<'a>(
        variables: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Environment {
        let variables = variables
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.into()));
        Environment {
            variables: variables.collect(),
            ..Environment::default()
        }
    }

    /// A variable's text. Empty means unset, and so does a text that is not Unicode.
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables
            .get(name)
            .and_then(|value| value.to_str())
            .filter(|value| !value.is_empty())
    }

    /// A variable that holds a path. Empty means unset.
    pub fn path_variable(&self, name: &str) -> Option<PathBuf> {
        self.variables
            .get(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    }

    /// All variables that start with a prefix and are not empty, in the order of their names; a value that is
    /// not Unicode is `None`.
    pub fn variables_with_prefix<'a>(
        &'a self,
        prefix: &'a str,
    ) -> impl Iterator<Item = (&'a str, Option<&'a str>)> {
        self.variables
            .range(prefix.to_owned()..)
            .take_while(move |(name, _)| name.starts_with(prefix))
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (name.as_str(), value.to_str()))
    }
}
