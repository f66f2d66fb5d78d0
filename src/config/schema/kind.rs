//! What the value of a setting may be.

use std::fmt;

/// The kind of a setting's value, with its bounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// `true` or `false`.
    Bool,
    /// A whole number from `min` to `max`.
    Integer {
        /// The smallest value allowed.
        min: i64,
        /// The largest value allowed.
        max: i64,
    },
    /// A number, whole or not, from `min` to `max`.
    Number {
        /// The smallest value allowed.
        min: f64,
        /// The largest value allowed.
        max: f64,
    },
    /// One line of text.
    Text,
    /// The name of a profile.
    ProfileName,
    /// A UUID in its usual form (RFC 9562), kept in lower case.
    Uuid,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// HTTP status codes from `min` to `max`, without some.
    StatusCodes {
        /// The smallest code allowed.
        min: i64,
        /// The largest code allowed.
        max: i64,
        /// Codes in between that are refused.
        without: &'static [i64],
    },
    /// Host names, each with or without a port.
    Hosts,
    /// The address of something, kept in normal form.
    Url(UrlUse),
    /// The path of a file.
    Path,
    /// A day.
    Date,
    /// Kept in the store, never in a file.
    Secret,
}

/// What an address is for; decides which schemes it may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UrlUse {
    /// Requests with credentials go there: `https`, or `http` where `connection.allow_http` says so.
    Site,
    /// A proxy: `http`, `https`, `socks5`, `socks5h`.
    Proxy,
}

/// What is allowed, as it stands in messages and in the reference: `a whole number from 1 to 600`.
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::Bool => f.write_str("true or false"),
            Kind::Integer { min, max } => write!(f, "a whole number from {min} to {max}"),
            Kind::Number { min, max } => write!(f, "a number from {min} to {max}"),
            Kind::Text => f.write_str("a text"),
            Kind::ProfileName => f.write_str("a profile's name: letters, digits, `_` and `-`"),
            Kind::Uuid => f.write_str("a UUID, such as 11111111-2222-3333-4444-555555555555"),
            Kind::Choice(words) => write!(f, "one of {}", words.join(", ")),
            Kind::StatusCodes { min, max, without } => {
                write!(f, "a list of status codes from {min} to {max}")?;
                if !without.is_empty() {
                    let without: Vec<_> = without.iter().map(ToString::to_string).collect();
                    write!(f, " without {}", without.join(" and "))?;
                }
                Ok(())
            }
            Kind::Hosts => f.write_str("a list of hosts, such as `wiki.acme.example` or `localhost:8080`"),
            Kind::Url(UrlUse::Site) => f.write_str("an address, such as `https://acme.atlassian.net`"),
            Kind::Url(UrlUse::Proxy) => {
                f.write_str("the address of a proxy, such as `http://proxy.acme.example:3128`, without user or password")
            }
            Kind::Path => f.write_str("the path of a file"),
            Kind::Date => f.write_str("a date, such as 2027-01-31"),
            Kind::Secret => f.write_str("a secret"),
        }
    }
}

impl Kind {
    /// The one word for the kind, as in the reference page's table.
    pub fn word(&self) -> &'static str {
        match self {
            Kind::Bool => "bool",
            Kind::Integer { .. } => "integer",
            Kind::Number { .. } => "number",
            Kind::Text | Kind::ProfileName | Kind::Uuid => "text",
            Kind::Choice(_) => "choice",
            Kind::StatusCodes { .. } | Kind::Hosts => "list",
            Kind::Url(_) => "URL",
            Kind::Path => "path",
            Kind::Date => "date",
            Kind::Secret => "secret",
        }
    }
}
