//! How a command of a product is declared: data, from which the command line, its help, the requests and the output are
//! derived. What has logic of its own has a function besides.

pub use super::parameter::{Parameter, ParameterKind, Thing};

use super::column::Column;
use super::error::ApiError;
use super::paging::Paging;
use super::run::Run;
use crate::auth::{Deployment, Product};
use std::future::Future;
use std::pin::Pin;

/// A command such as `lassi jira issue get`.
pub struct Command {
    /// The product, which is the first word.
    pub product: Product,
    /// The other words, with a blank between them: `issue comment list`.
    pub words: &'static str,
    /// What it does, in a few words, without a full stop.
    pub about: &'static str,
    /// More for its help; may be empty.
    pub details: &'static str,
    /// What it takes, in the order in which help shows it.
    pub parameters: &'static [Parameter],
    /// The requests that it can send. Of those for a deployment the first one is used; the next one where a token's scopes do
    /// not reach for it.
    pub endpoints: &'static [Endpoint],
    /// What is done.
    pub action: Action,
    /// A question before anything is sent, with `{parameter}` in it; without a terminal `--yes` answers it.
    pub confirm: Option<&'static str>,
    /// The page of the thing, below the site (in Confluence on Cloud below its `/wiki`), with `{parameter}` in it: what
    /// `--web` opens.
    pub web: Option<&'static str>,
    /// Whether `--format` makes no difference: it shows no objects.
    pub plain: bool,
    /// Whether the text of what is shown can be had as Markdown: `--format markdown`.
    pub markdown: bool,
}

/// What a command does.
#[derive(Clone, Copy)]
pub enum Action {
    /// Shows many, page by page. The first column is their key.
    List(&'static [Column]),
    /// Shows one. The first column is its key.
    Show(&'static [Column]),
    /// Sends, and says what was done: `{parameter}` stands for a value, `{/pointer}` for a part of the answer.
    Send(&'static str),
    /// Prints the answer as it is: a text, no JSON.
    Text(&'static str),
    /// Something of its own.
    Own(Own),
}

/// The function of a command that has logic of its own, and what is shown by it.
#[derive(Clone, Copy)]
pub struct Own {
    /// The function.
    pub run: Function,
    /// Whether it changes something at the site.
    pub changes: bool,
    /// Whether it shows many things, so that `--limit` makes sense.
    pub lists: bool,
}

/// What runs a command that has logic of its own.
pub type Function = for<'a> fn(&'a Run<'a>) -> Ending<'a>;

/// The end of it.
pub type Ending<'a> = Pin<Box<dyn Future<Output = Result<(), ApiError>> + 'a>>;

/// A request, as Atlassian documents it.
#[derive(Debug, Clone, Copy)]
pub struct Endpoint {
    /// Where there is such a thing.
    pub on: On,
    /// `GET`, `POST`, …
    pub method: &'static str,
    /// The path below the site, with `{parameter}` in it.
    pub path: &'static str,
    /// Parts of the query that are always the same.
    pub fixed: &'static [(&'static str, &'static str)],
    /// Where values go besides the path.
    pub sends: &'static [(&'static str, To)],
    /// Texts of the JSON that are always the same, by their pointers (RFC 6901).
    pub constant: &'static [(&'static str, &'static str)],
    /// How many are listed.
    pub paging: Paging,
    /// Where the listed things are in the answer (RFC 6901), or the one that is shown.
    pub items: &'static str,
    /// Whether it only reads although its method says otherwise.
    pub reads: bool,
    /// Whether Jira Service Management calls it experimental, on any deployment, and wants to be told that it is known.
    pub experimental: bool,
}

/// Where there is such a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// On Cloud.
    Cloud,
    /// On Data Center.
    DataCenter,
    /// On both.
    Both,
}

impl On {
    /// Whether a deployment has it.
    pub fn is_on(self, deployment: Deployment) -> bool {
        match self {
            On::Both => true,
            On::Cloud => deployment == Deployment::Cloud,
            On::DataCenter => deployment == Deployment::DataCenter,
        }
    }
}

/// Where a value goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// Into the query, under this name; several values are joined by commas.
    Query(&'static str),
    /// Into the query, once for each value.
    Each(&'static str),
    /// Into the JSON that is sent, at this pointer (RFC 6901).
    Body(&'static str),
    /// A switch, as its opposite: false where it is given, true where it is not.
    Unless(&'static str),
    /// As a list of objects, each with a value under this name.
    Objects(&'static str, &'static str),
    /// `NAME=JSON`, each below this pointer under its name.
    Fields(&'static str),
    /// The id of the thing that the key names, which is looked up, into the query.
    QueryId(&'static str),
    /// The id of the thing that the key names, which is looked up, into the JSON.
    BodyId(&'static str),
    /// As the whole JSON that is sent.
    Whole,
    /// As JSON of its own: the value is JSON text.
    Json(&'static str),
    /// Markdown, as Atlassian's document format.
    Adf(&'static str),
    /// Markdown, as Jira's wiki markup.
    Wiki(&'static str),
    /// Markdown, as Confluence's storage format.
    Storage(&'static str),
}

impl Command {
    /// What it is called on the command line: `jira issue get`.
    pub fn name(&self) -> String {
        format!("{} {}", self.product, self.words)
    }

    /// Whether it changes something at the site.
    pub fn changes(&self) -> bool {
        match self.action {
            Action::Own(own) => own.changes,
            Action::Send(_) => true,
            Action::List(_) | Action::Show(_) | Action::Text(_) => false,
        }
    }

    /// Whether it shows many things.
    pub fn lists(&self) -> bool {
        match self.action {
            Action::Own(own) => own.lists,
            Action::List(_) => true,
            Action::Show(_) | Action::Send(_) | Action::Text(_) => false,
        }
    }

    /// The parameter of that name.
    pub fn parameter(&self, name: &str) -> Option<&'static Parameter> {
        self.parameters
            .iter()
            .find(|parameter| parameter.name == name)
    }

    /// The start of a declaration that shows many.
    pub const fn list(
        product: Product,
        words: &'static str,
        about: &'static str,
        columns: &'static [Column],
    ) -> Command {
        Command::of(product, words, about, Action::List(columns))
    }

    /// The start of a declaration that shows one.
    pub const fn show(
        product: Product,
        words: &'static str,
        about: &'static str,
        columns: &'static [Column],
    ) -> Command {
        Command::of(product, words, about, Action::Show(columns))
    }

    /// The start of a declaration that sends, and says `done`.
    pub const fn send(
        product: Product,
        words: &'static str,
        about: &'static str,
        done: &'static str,
    ) -> Command {
        Command::of(product, words, about, Action::Send(done))
    }

    /// The start of a declaration of any kind.
    pub const fn of(
        product: Product,
        words: &'static str,
        about: &'static str,
        action: Action,
    ) -> Command {
        Command {
            product,
            words,
            about,
            details: "",
            parameters: &[],
            endpoints: &[],
            action,
            confirm: None,
            web: None,
            plain: false,
            markdown: false,
        }
    }

    /// Adds to its help.
    #[must_use]
    pub const fn details(self, details: &'static str) -> Command {
        Command { details, ..self }
    }

    /// Says what it takes.
    #[must_use]
    pub const fn takes(self, parameters: &'static [Parameter]) -> Command {
        Command { parameters, ..self }
    }

    /// Says what it sends.
    #[must_use]
    pub const fn calls(self, endpoints: &'static [Endpoint]) -> Command {
        Command { endpoints, ..self }
    }

    /// Asks before it does it.
    #[must_use]
    pub const fn confirm(self, question: &'static str) -> Command {
        Command {
            confirm: Some(question),
            ..self
        }
    }

    /// Says which page shows it.
    #[must_use]
    pub const fn web(self, path: &'static str) -> Command {
        Command {
            web: Some(path),
            ..self
        }
    }

    /// Shows no objects, so that `--format` makes no difference.
    #[must_use]
    pub const fn plain(self) -> Command {
        Command {
            plain: true,
            ..self
        }
    }

    /// Shows the text as Markdown, too.
    #[must_use]
    pub const fn markdown(self) -> Command {
        Command {
            markdown: true,
            ..self
        }
    }
}

impl Endpoint {
    /// A request to read, on both deployments.
    pub const fn get(path: &'static str) -> Endpoint {
        Endpoint::of("GET", path)
    }

    /// A request of any method, on both deployments.
    pub const fn of(method: &'static str, path: &'static str) -> Endpoint {
        Endpoint {
            on: On::Both,
            method,
            path,
            fixed: &[],
            sends: &[],
            constant: &[],
            paging: Paging::None,
            items: "",
            reads: false,
            experimental: false,
        }
    }

    /// On Cloud only.
    #[must_use]
    pub const fn cloud(self) -> Endpoint {
        Endpoint {
            on: On::Cloud,
            ..self
        }
    }

    /// On Data Center only.
    #[must_use]
    pub const fn data_center(self) -> Endpoint {
        Endpoint {
            on: On::DataCenter,
            ..self
        }
    }

    /// Always with this query.
    #[must_use]
    pub const fn fixed(self, fixed: &'static [(&'static str, &'static str)]) -> Endpoint {
        Endpoint { fixed, ..self }
    }

    /// Where values go.
    #[must_use]
    pub const fn sends(self, sends: &'static [(&'static str, To)]) -> Endpoint {
        Endpoint { sends, ..self }
    }

    /// Always with these texts in the JSON.
    #[must_use]
    pub const fn constant(self, constant: &'static [(&'static str, &'static str)]) -> Endpoint {
        Endpoint { constant, ..self }
    }

    /// In pages, which hold the listed things at a pointer (RFC 6901).
    #[must_use]
    pub const fn pages(self, paging: Paging, items: &'static str) -> Endpoint {
        Endpoint {
            paging,
            items,
            ..self
        }
    }

    /// The listed things, or the one that is shown, are at a pointer (RFC 6901).
    #[must_use]
    pub const fn items(self, items: &'static str) -> Endpoint {
        Endpoint { items, ..self }
    }

    /// Experimental, for Jira Service Management.
    #[must_use]
    pub const fn experimental(self) -> Endpoint {
        Endpoint {
            experimental: true,
            ..self
        }
    }

    /// Only reads, whatever its method says.
    #[must_use]
    pub const fn reads(self) -> Endpoint {
        Endpoint {
            reads: true,
            ..self
        }
    }
}
