//! What commands take: names, kinds of values and help, from which the command line is derived.

/// What a command takes.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// The flag without its dashes, or the argument's name in paths.
    pub name: &'static str,
    /// What stands for the value in help; for an argument also its name.
    pub value_name: &'static str,
    /// One line, without a full stop.
    pub help: &'static str,
    /// What the value may be.
    pub kind: ParameterKind,
    /// Whether it is an argument and no flag.
    pub positional: bool,
    /// Whether it has to be there.
    pub required: bool,
    /// The value where none is given.
    pub default: Option<&'static str>,
}

/// What a parameter's value may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ParameterKind {
    /// A text.
    Text,
    /// A whole number.
    Integer,
    /// There or not.
    Switch,
    /// Several, separated by commas or given several times.
    List,
    /// One of these words, in any case.
    Choice(&'static [&'static str]),
    /// Several of these words, in any case, separated by commas or given several times.
    Choices(&'static [&'static str]),
    /// One of the first words, in any case; the second one is what servers call it.
    Named(&'static [(&'static str, &'static str)]),
    /// A branch of a git repository. Where one is required and none is given: that of the working directory.
    Branch,
    /// A key or id, or an address copied from the browser.
    Key(Thing),
    /// Markdown: a text, `@file`, or `-` for standard input.
    Markdown,
    /// JSON: a text, `@file`, or `-` for standard input.
    Json,
    /// `NAME=JSON`, given several times; what is no JSON is a text.
    Fields,
    /// A person: an account id (a name on Data Center), an email address, `@me`, or `none` for nobody.
    Person,
    /// Members of a workspace of Bitbucket: names, email addresses or UUIDs, separated by commas or given several times.
    Members,
    /// A file on this machine.
    File,
    /// Several files on this machine.
    Files,
}

/// What a key or an address names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// An issue of Jira, or a request of Jira Service Management: `DEV-1`.
    Issue,
    /// A project of Jira: `DEV`.
    Project,
    /// A board of Jira: a number.
    Board,
    /// A page or blog post of Confluence: a number.
    Page,
    /// A space of Confluence: `DOCS`.
    Space,
    /// A workspace of Bitbucket: `acme`. Where none is given: the settings', or that of the git remote.
    Workspace,
    /// A repository of Bitbucket: `acme/rocket`. Where none is given: that of the git remote.
    Repository,
    /// A pull request of Bitbucket: a number.
    PullRequest,
    /// A commit of a repository: its hash.
    Commit,
    /// A run of a pipeline of Bitbucket: a number, or a UUID.
    Pipeline,
    /// A service desk: a number, or the key of its project.
    ServiceDesk,
}

impl Parameter {
    /// An argument that has to be there.
    pub const fn argument(
        name: &'static str,
        value_name: &'static str,
        kind: ParameterKind,
        help: &'static str,
    ) -> Parameter {
        Parameter {
            name,
            value_name,
            help,
            kind,
            positional: true,
            required: true,
            default: None,
        }
    }

    /// A flag that may be left out.
    pub const fn flag(
        name: &'static str,
        value_name: &'static str,
        kind: ParameterKind,
        help: &'static str,
    ) -> Parameter {
        Parameter {
            name,
            value_name,
            help,
            kind,
            positional: false,
            required: false,
            default: None,
        }
    }

    /// A flag without a value.
    pub const fn switch(name: &'static str, help: &'static str) -> Parameter {
        Parameter::flag(name, "", ParameterKind::Switch, help)
    }

    /// Has to be there.
    #[must_use]
    pub const fn required(self) -> Parameter {
        Parameter {
            required: true,
            ..self
        }
    }

    /// May be left out.
    #[must_use]
    pub const fn optional(self) -> Parameter {
        Parameter {
            required: false,
            ..self
        }
    }

    /// Has this value where none is given.
    #[must_use]
    pub const fn default(self, default: &'static str) -> Parameter {
        Parameter {
            default: Some(default),
            ..self
        }
    }
}
