//! Why a request to a product did not do what it was to do, as cases with fields. The wording is in `cli::messages`.

use crate::auth::{Deployment, Product, Route};
use crate::http::{HttpError, Method};
use std::io;
use std::path::PathBuf;

/// Why a command of a product ends without its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApiError {
    /// There is no answer.
    Http(HttpError),
    /// A profile allows nothing but reading.
    ReadOnly {
        /// The method that would change something.
        method: Method,
    },
    /// The command is not there on this deployment.
    NotOffered {
        /// The command, such as `jira board list`.
        command: String,
        /// What runs at the site.
        deployment: Deployment,
    },
    /// The answer is a refusal.
    Refused(Refusal),
    /// The answer is a refusal of fields, of which more is known.
    Fields {
        /// The refusal.
        refusal: Box<Refusal>,
        /// What is known of the fields that it names.
        facts: Vec<FieldFacts>,
    },
    /// What was typed cannot be what is needed there.
    Argument {
        /// The name of the flag or argument.
        name: String,
        /// The text as typed.
        typed: String,
        /// What is wrong with it.
        reason: String,
    },
    /// An argument that is needed, and that nothing else says.
    Missing {
        /// The names of flags, any of which would do.
        flags: Vec<&'static str>,
        /// Why it is needed.
        reason: String,
    },
    /// Nobody is called like this.
    NoPerson {
        /// The name as typed.
        typed: String,
    },
    /// Several people are called like this.
    SeveralPeople {
        /// The name as typed.
        typed: String,
        /// Who they are.
        people: Vec<String>,
    },
    /// There is nothing of this name.
    NotThere {
        /// What kind of thing, such as `transition`.
        what: &'static str,
        /// The name as typed.
        typed: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// Some of many were not done; the others were. Each with its reason.
    Some {
        /// How many were done.
        done: usize,
        /// What was not, and why.
        failed: Vec<(String, ApiError)>,
        /// How many were not tried after that.
        untried: usize,
    },
    /// The answer says yes, and is not what was asked for, or not all of it.
    Odd(OddAnswer),
    /// A file on this machine.
    File {
        /// The file.
        file: PathBuf,
        /// Why it cannot be read or written.
        reason: io::ErrorKind,
    },
    /// A file that would be overwritten.
    Exists {
        /// The file.
        file: PathBuf,
    },
    /// The answer to a question was no.
    Declined,
    /// A question that nobody is there to answer.
    NotConfirmed {
        /// The question.
        question: String,
    },
    /// The output cannot be written; `None` is a closed pipe.
    Output(Option<io::ErrorKind>),
    /// A question was interrupted, or standard input cannot be read; told by whoever asked.
    Asked,
}

/// An answer that says yes, and is not what was asked for, or not all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OddAnswer {
    /// The list goes on at another site, where nothing is asked.
    NextPage {
        /// Where it is said to go on, without secrets.
        url: String,
    },
    /// The page behind a page of a list is said to be that page itself.
    Circle,
    /// The list names one more page again and again, and nothing is on them.
    NoEnd {
        /// How many pages there were with nothing on them.
        pages: u32,
    },
    /// The answer is JSON, and not what was asked for.
    Unexpected {
        /// What should be there, such as `list`.
        wanted: &'static str,
    },
}

impl From<OddAnswer> for ApiError {
    fn from(odd: OddAnswer) -> ApiError {
        ApiError::Odd(odd)
    }
}

/// An answer that is a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is the case.
    pub fault: Fault,
    /// The product that was asked.
    pub product: Product,
    /// What runs there.
    pub deployment: Deployment,
    /// How the request travelled.
    pub route: Route,
    /// The request's method.
    pub method: Method,
    /// Where it was answered, without secrets.
    pub url: String,
    /// The status.
    pub status: u16,
    /// What the server says, in its words: none, or several lines.
    pub messages: Vec<String>,
    /// What it says of single fields: the field's name, and the message.
    pub fields: Vec<(String, String)>,
}

/// What is known of a field that was not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFacts {
    /// Its id, by which the refusal names it.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The values that it may have, if they are few enough to be listed.
    pub allowed: Vec<String>,
    /// The flag that sets it, and a value for it.
    pub example: Option<(&'static str, String)>,
}

/// What a refusal means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The credential is not accepted.
    Credential,
    /// The credential is not accepted, and the request was answered as if nobody had signed in.
    AnsweredAsAnonymous,
    /// A CAPTCHA has to be solved in a browser first.
    Captcha,
    /// Data Center, where the administrator has switched off signing in with an account and a secret.
    BasicOff,
    /// A Bearer token that a Cloud site does not know.
    BearerAtCloud,
    /// A web page instead of an API's answer, with 401: often a token with scopes, which belongs to the gateway.
    PageAtSite,
    /// The token is known, and lacks a scope for this.
    Scope,
    /// Signed in, and without access to Confluence; or not signed in at all: both are answered the same.
    NoConfluence,
    /// A token of Bitbucket that is wrong, has ended, or has no scopes.
    BitbucketToken,
    /// The page of a single sign-on or of a proxy.
    SignOnPage,
    /// Signed in, and not allowed.
    Permission,
    /// There is no such thing, or it may not be seen.
    NotFound,
    /// The API has been removed.
    Removed,
    /// What was sent is not right.
    Invalid,
    /// Somebody changed it meanwhile, or it is there already.
    Conflict,
    /// Too many requests, even after waiting.
    TooMany,
    /// The server failed.
    Server,
    /// The server says yes, and its answer cannot be read.
    NotJson,
    /// Anything else.
    Other,
}

impl Fault {
    /// Whether it is about who signs in.
    pub fn is_sign_in(self) -> bool {
        matches!(
            self,
            Fault::Credential
                | Fault::AnsweredAsAnonymous
                | Fault::Captcha
                | Fault::BasicOff
                | Fault::BearerAtCloud
                | Fault::PageAtSite
                | Fault::Scope
                | Fault::NoConfluence
                | Fault::BitbucketToken
                | Fault::SignOnPage
        )
    }
}

impl From<HttpError> for ApiError {
    fn from(error: HttpError) -> ApiError {
        ApiError::Http(error)
    }
}

impl ApiError {
    /// What the answer's refusal means, if it is one.
    pub fn fault(&self) -> Option<Fault> {
        match self {
            ApiError::Refused(refusal) => Some(refusal.fault),
            ApiError::Fields { refusal, .. } => Some(refusal.fault),
            _ => None,
        }
    }
}
