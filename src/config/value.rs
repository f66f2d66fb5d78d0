//! Text from the command line, from variables and from files goes in; typed values come out, and back again.
//!
//! The kind of a setting decides how a text is read; nothing is guessed from the text itself.

use super::edit::encode_text;
use super::scan;
use super::schema::{Kind, UrlUse};
use super::site_url::{self, UrlError};
use crate::output::escape::Visible;
use std::fmt;
use toml_edit::{Date, Value as TomlValue};

/// The value of a setting that is not a secret.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number that may have a fraction.
    Number(f64),
    /// Text, names, choices, addresses, paths.
    Text(String),
    /// A day.
    Date(Date),
    /// Texts or whole numbers.
    List(Vec<Value>),
}

/// Why a text or a TOML value is not a value of a kind. Never holds a secret.
#[derive(Debug, Clone, PartialEq)]
pub enum ValueError {
    /// Another kind of value, or outside its bounds; `found` is the text as given.
    NotAllowed {
        /// What is allowed.
        expected: Kind,
        /// What was given, as typed or as TOML.
        found: String,
    },
    /// Nothing was given; a setting is cleared by unsetting it.
    Empty,
    /// A control character, by its position in characters.
    ControlCharacter {
        /// How many characters stand before it.
        position: usize,
    },
    /// Not an address.
    Url(UrlError),
    /// A secret where a plain value was to be read.
    Secret,
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ValueError::NotAllowed { expected, found } => {
                write!(f, "`{}` is not {expected}", Visible(found))
            }
            ValueError::Empty => f.write_str("the value is empty"),
            ValueError::ControlCharacter { position } => {
                write!(
                    f,
                    "the value has a control character at position {}",
                    position + 1
                )
            }
            ValueError::Url(error) => error.fmt(f),
            ValueError::Secret => f.write_str("this setting is a secret"),
        }
    }
}

impl std::error::Error for ValueError {}

impl Value {
    /// Reads raw text, as it stands on a command line or in a variable. Lists are separated by commas, or TOML.
    pub fn from_text(kind: &Kind, text: &str) -> Result<Value, ValueError> {
        let refused = || ValueError::NotAllowed {
            expected: *kind,
            found: text.to_owned(),
        };
        let trimmed = text.trim();
        match kind {
            Kind::Bool => trimmed.parse().map(Value::Bool).map_err(|_| refused()),
            Kind::Integer { .. } => {
                let number = trimmed.parse().map_err(|_| refused())?;
                Value::checked(kind, Value::Integer(number), refused)
            }
            Kind::Number { .. } => {
                let number = trimmed.parse().map_err(|_| refused())?;
                Value::checked(kind, Value::Number(number), refused)
            }
            Kind::Date => parse_date(trimmed).map(Value::Date).ok_or_else(refused),
            Kind::StatusCodes { .. } | Kind::Hosts if trimmed.starts_with('[') => {
                Value::from_toml_text(kind, trimmed)
            }
            Kind::StatusCodes { .. } => {
                let numbers = list_items(trimmed).map(|item| item.parse().map(Value::Integer));
                let list = numbers.collect::<Result<_, _>>().map_err(|_| refused())?;
                Value::checked(kind, Value::List(list), refused)
            }
            Kind::Hosts => {
                let hosts = list_items(trimmed)
                    .map(|item| Value::Text(item.to_owned()))
                    .collect();
                Value::checked(kind, Value::List(hosts), refused)
            }
            Kind::Secret => Err(ValueError::Secret),
            Kind::Text
            | Kind::ProfileName
            | Kind::Uuid
            | Kind::Choice(_)
            | Kind::Url(_)
            | Kind::Path => Value::checked(kind, Value::Text(trimmed.to_owned()), refused),
        }
    }

    /// Reads TOML text that holds one value.
    pub fn from_toml_text(kind: &Kind, text: &str) -> Result<Value, ValueError> {
        // toml_edit skips a byte order mark in front, which is only allowed in front of a whole file
        if text.starts_with('\u{feff}') {
            return Err(ValueError::ControlCharacter { position: 0 });
        }
        // the usual spellings need no parser
        if let Some(plain) = scan::plain_text(text) {
            return Value::from_toml(kind, &TomlValue::from(plain));
        }
        if matches!(kind, Kind::Date)
            && scan::is_plain_date(text)
            && let Some(date) = parse_date(text)
        {
            return Ok(Value::Date(date));
        }
        match text.parse::<TomlValue>() {
            Ok(value) => Value::from_toml(kind, &value),
            Err(_) => Err(ValueError::NotAllowed {
                expected: *kind,
                found: text.to_owned(),
            }),
        }
    }

    /// Reads a value out of a document.
    pub fn from_toml(kind: &Kind, toml: &TomlValue) -> Result<Value, ValueError> {
        let refused = || ValueError::NotAllowed {
            expected: *kind,
            found: toml.to_string().trim().to_owned(),
        };
        let value = match (kind, toml) {
            (Kind::Secret, _) => return Err(ValueError::Secret),
            (Kind::Bool, TomlValue::Boolean(value)) => Value::Bool(*value.value()),
            (Kind::Integer { .. }, TomlValue::Integer(value)) => Value::Integer(*value.value()),
            #[expect(
                clippy::cast_precision_loss,
                reason = "far outside of every declared range"
            )]
            (Kind::Number { .. }, TomlValue::Integer(value)) => {
                Value::Number(*value.value() as f64)
            }
            (Kind::Number { .. }, TomlValue::Float(value)) => Value::Number(*value.value()),
            (Kind::Date, TomlValue::Datetime(value)) => match value.value() {
                toml_edit::Datetime {
                    date: Some(date),
                    time: None,
                    offset: None,
                } => Value::Date(*date),
                _ => return Err(refused()),
            },
            (Kind::Date, TomlValue::String(text)) => {
                Value::Date(parse_date(text.value()).ok_or_else(refused)?)
            }
            (Kind::StatusCodes { .. }, TomlValue::Array(items)) => {
                let codes = items
                    .iter()
                    .map(|item| item.as_integer().map(Value::Integer));
                Value::List(codes.collect::<Option<_>>().ok_or_else(refused)?)
            }
            (Kind::Hosts, TomlValue::Array(items)) => {
                let hosts = items
                    .iter()
                    .map(|item| item.as_str().map(|host| Value::Text(host.to_owned())));
                Value::List(hosts.collect::<Option<_>>().ok_or_else(refused)?)
            }
            (
                Kind::Text
                | Kind::ProfileName
                | Kind::Uuid
                | Kind::Choice(_)
                | Kind::Url(_)
                | Kind::Path,
                TomlValue::String(text),
            ) => Value::Text(text.value().clone()),
            _ => return Err(refused()),
        };
        Value::checked(kind, value, refused)
    }

    /// Holds a value against the bounds of its kind and brings it into its normal form.
    fn checked(
        kind: &Kind,
        value: Value,
        refused: impl Fn() -> ValueError,
    ) -> Result<Value, ValueError> {
        let allowed = |fine: bool, value: Value| if fine { Ok(value) } else { Err(refused()) };
        match (kind, value) {
            (Kind::Integer { min, max }, Value::Integer(number)) => {
                allowed((*min..=*max).contains(&number), Value::Integer(number))
            }
            (Kind::Number { min, max }, Value::Number(number)) => {
                allowed((*min..=*max).contains(&number), Value::Number(number))
            }
            (Kind::StatusCodes { min, max, without }, Value::List(codes)) => {
                let fine = codes.iter().all(|code| {
                    matches!(code, Value::Integer(code) if (*min..=*max).contains(code) && !without.contains(code))
                });
                allowed(fine, Value::List(codes))
            }
            (Kind::Hosts, Value::List(hosts)) => {
                let hosts = hosts.into_iter().map(|host| match host {
                    Value::Text(host) => normal_host(&host).map(Value::Text).ok_or_else(&refused),
                    _ => Err(refused()),
                });
                hosts.collect::<Result<_, _>>().map(Value::List)
            }
            (_, Value::Text(text)) => Value::checked_text(kind, text, refused),
            (_, value) => Ok(value),
        }
    }

    fn checked_text(
        kind: &Kind,
        text: String,
        refused: impl Fn() -> ValueError,
    ) -> Result<Value, ValueError> {
        if text.is_empty() {
            return Err(ValueError::Empty);
        }
        if let Some(position) = text.chars().position(char::is_control) {
            return Err(ValueError::ControlCharacter { position });
        }
        let text = match kind {
            Kind::Choice(words) if !words.contains(&text.as_str()) => return Err(refused()),
            Kind::ProfileName if !is_profile_name(&text) => return Err(refused()),
            Kind::Uuid if !is_uuid(&text) => return Err(refused()),
            Kind::Uuid => text.to_ascii_lowercase(),
            Kind::Url(UrlUse::Site) => site_url::normalise(&text).map_err(ValueError::Url)?,
            Kind::Url(UrlUse::Proxy) => {
                site_url::normalise_proxy(&text).map_err(ValueError::Url)?
            }
            _ => text,
        };
        Ok(Value::Text(text))
    }

    /// One line of TOML, as a file holds it.
    pub fn to_toml(&self) -> String {
        match self {
            Value::Bool(value) => value.to_string(),
            Value::Integer(value) => value.to_string(),
            Value::Number(value) => value.to_string(),
            Value::Text(value) => encode_text(value),
            Value::Date(value) => value.to_string(),
            Value::List(items) => {
                let items: Vec<_> = items.iter().map(Value::to_toml).collect();
                format!("[{}]", items.join(", "))
            }
        }
    }

    /// The bare value, as `config get` prints it and `config set` takes it: lists separated by commas.
    pub fn to_plain(&self) -> String {
        match self {
            Value::Text(value) => value.clone(),
            Value::List(items) => items
                .iter()
                .map(Value::to_plain)
                .collect::<Vec<_>>()
                .join(","),
            other => other.to_toml(),
        }
    }

    /// The value in JSON's terms; a date is a text.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Value::Bool(value) => (*value).into(),
            Value::Integer(value) => (*value).into(),
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a whole number within a declared range"
            )]
            Value::Number(value) if value.fract() == 0.0 => (*value as i64).into(),
            Value::Number(value) => (*value).into(),
            Value::Text(value) => value.as_str().into(),
            Value::Date(value) => value.to_string().into(),
            Value::List(items) => items.iter().map(Value::to_json).collect(),
        }
    }

    /// The text of a text value.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The texts of a list of texts; empty for anything else.
    pub fn texts(&self) -> Vec<String> {
        match self {
            Value::List(items) => items
                .iter()
                .filter_map(Value::as_text)
                .map(str::to_owned)
                .collect(),
            _ => Vec::new(),
        }
    }
}

fn parse_date(text: &str) -> Option<Date> {
    match text.parse().ok()? {
        toml_edit::Datetime {
            date: Some(date),
            time: None,
            offset: None,
        } => Some(date),
        _ => None,
    }
}

fn list_items(text: &str) -> impl Iterator<Item = &str> {
    text.split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
}

/// Letters, digits, `_` and `-`: what can stand bare in a path and in the name of a variable.
pub fn is_profile_name(text: &str) -> bool {
    scan::is_bare(text)
}

/// Five groups of hexadecimal digits: 8-4-4-4-12 (RFC 9562).
pub(super) fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// A host as the lists of `connection` hold it: lower case, with or without a port, and nothing else.
fn normal_host(text: &str) -> Option<String> {
    if text.contains('/') || text.contains("://") {
        return None;
    }
    let url = site_url::normalise(&format!("https://{text}")).ok()?;
    // a default port that was written down is kept apart from 'every port'
    Some(url.strip_prefix("https://")?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::schema;

    fn kind(pattern: &str) -> &'static Kind {
        &schema::all()
            .find(|setting| setting.pattern == pattern)
            .unwrap()
            .kind
    }

    #[test]
    fn the_usual_spellings_are_read_as_a_parser_reads_them() {
        let plain = schema::all().filter(|setting| !setting.secret());
        let examples = plain.flat_map(|setting| [setting.default, Some(setting.example)]);
        let odd = [
            "\"\"",
            "\" it's #1 \"",
            "\"2027-01-31\"",
            "\"7\"",
            "\"true\"",
        ];
        let texts: Vec<_> = examples.flatten().chain(odd).collect();
        for setting in schema::all() {
            for text in &texts {
                let parsed = text.parse::<TomlValue>().unwrap();
                assert_eq!(
                    Value::from_toml_text(&setting.kind, text),
                    Value::from_toml(&setting.kind, &parsed),
                    "{}: {text}",
                    setting.pattern
                );
            }
        }
    }

    #[test]
    fn text_is_read_by_the_kind_alone() {
        for (pattern, text, toml) in [
            ("default_profile", "true", "\"true\""),
            ("profiles.<name>.email", "007", "\"007\""),
            ("profiles.<name>.read_only", "true", "true"),
            (
                "profiles.<name>.base_url",
                "ACME.atlassian.net/wiki",
                "\"https://acme.atlassian.net\"",
            ),
            ("profiles.<name>.token_expires", "2027-01-31", "2027-01-31"),
            ("connection.timeout", " 60 ", "60"),
            ("connection.backoff_factor", "1.5", "1.5"),
            ("connection.backoff_factor", "2", "2"),
            ("connection.retry_status_codes", "429, 503", "[429, 503]"),
            ("connection.retry_status_codes", "[429,503]", "[429, 503]"),
            ("connection.retry_status_codes", "", "[]"),
            (
                "connection.allow_http",
                "Wiki.corp,localhost:8080",
                "[\"wiki.corp\", \"localhost:8080\"]",
            ),
            (
                "connection.proxy",
                "proxy.corp:3128",
                "\"http://proxy.corp:3128\"",
            ),
            ("output.format", "json", "\"json\""),
        ] {
            let value = Value::from_text(kind(pattern), text).unwrap();
            assert_eq!(value.to_toml(), toml, "{pattern}={text}");
            assert_eq!(
                Value::from_text(kind(pattern), &value.to_plain()),
                Ok(value.clone())
            );
            assert_eq!(
                Value::from_toml_text(kind(pattern), &value.to_toml()),
                Ok(value)
            );
        }
    }

    #[test]
    fn what_is_not_allowed_is_refused_and_named() {
        for (pattern, text, message) in [
            (
                "connection.timeout",
                "0",
                "`0` is not a whole number from 1 to 600",
            ),
            (
                "connection.timeout",
                "soon",
                "`soon` is not a whole number from 1 to 600",
            ),
            (
                "connection.backoff_factor",
                "NaN",
                "`NaN` is not a number from 1 to 10",
            ),
            (
                "connection.retry_status_codes",
                "401",
                "`401` is not a list of status codes from 400 to 599 without 401 and 403",
            ),
            (
                "output.format",
                "jsn",
                "`jsn` is not one of table, json, yaml, csv, quiet",
            ),
            ("output.format", "", "the value is empty"),
            (
                "profiles.<name>.read_only",
                "yes",
                "`yes` is not true or false",
            ),
            (
                "profiles.<name>.token_expires",
                "2027-02-30",
                "`2027-02-30` is not a date, such as 2027-01-31",
            ),
            (
                "profiles.<name>.email",
                "a\u{7}b",
                "the value has a control character at position 2",
            ),
            (
                "profiles.<name>.base_url",
                "https://me:pw@x.y",
                "an address here has no user or password in it",
            ),
            (
                "default_profile",
                "my work",
                "`my work` is not a profile's name: letters, digits, `_` and `-`",
            ),
        ] {
            assert_eq!(
                Value::from_text(kind(pattern), text)
                    .unwrap_err()
                    .to_string(),
                message
            );
        }
        let toml = Value::from_toml_text(kind("connection.timeout"), "\"30\"").unwrap_err();
        assert_eq!(
            toml.to_string(),
            "`\"30\"` is not a whole number from 1 to 600"
        );
    }

    #[test]
    fn a_date_may_be_written_as_text() {
        let kind = kind("profiles.<name>.token_expires");
        assert_eq!(
            Value::from_toml_text(kind, "\"2027-01-31\"")
                .unwrap()
                .to_toml(),
            "2027-01-31"
        );
        assert!(Value::from_toml_text(kind, "2027-01-31T10:00:00Z").is_err());
    }
}
