//! Resolved values go in, typed settings come out: what the rest of the program reads instead of paths.
//!
//! figment extracts one section at a time from values that are resolved already, and names the origin of a value
//! that does not fit.

use super::layer::{LoadError, Origin};
use super::path::Path;
use super::stack::{Resolved, Stack};
use figment::value::{Dict, Map};
use figment::{Figment, Metadata, Profile, Provider};
use serde::Deserialize;

/// `credentials`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    /// Where secrets are kept.
    pub store: StoreKind,
}

/// Where secrets are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StoreKind {
    /// In an encrypted file beside the configuration.
    File,
    /// In the system's keyring.
    Keyring,
}

/// `output`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// The form in which product commands print.
    pub format: Format,
    /// Whether output is coloured.
    pub color: Colour,
}

/// The form in which product commands print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Columns for people.
    Table,
    /// JSON (RFC 8259).
    Json,
    /// YAML.
    Yaml,
    /// Comma-separated values (RFC 4180).
    Csv,
    /// Keys only, one a line.
    Quiet,
}

/// Whether output is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Colour {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// `connection`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Connection {
    /// Seconds to wait for an answer.
    pub timeout: u64,
    /// How often a failed request is sent again.
    pub max_retries: u32,
    /// How many times longer each wait is than the one before.
    pub backoff_factor: f64,
    /// Seconds that a wait lasts at the most.
    pub max_backoff: f64,
    /// Status codes after which a request is sent again.
    pub retry_status_codes: Vec<u16>,
    /// How many requests are under way at the same time.
    pub max_workers: usize,
    /// How requests travel to a Cloud site.
    pub route: Route,
    /// The gateway of Atlassian Cloud.
    pub gateway_url: String,
    /// Hosts that may be reached without encryption.
    pub allow_http: Vec<String>,
    /// Hosts whose certificates are not checked.
    pub allow_invalid_tls: Vec<String>,
    /// More certificates to trust.
    pub ca_bundle: Option<std::path::PathBuf>,
    /// The certificate that this machine shows.
    pub client_cert: Option<std::path::PathBuf>,
    /// Its key.
    pub client_key: Option<std::path::PathBuf>,
    /// The proxy for all requests.
    pub proxy: Option<String>,
}

/// How requests travel to a Cloud site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Route {
    /// Whichever works.
    Auto,
    /// Straight to the site.
    Site,
    /// Through the gateway.
    Gateway,
}

/// Why a section cannot be read.
#[derive(Debug, Clone, PartialEq)]
pub enum ViewError {
    /// A file cannot be used.
    Load(LoadError),
    /// A value does not fit what the program expects: the declarations and the views disagree.
    Shape {
        /// The setting.
        path: String,
        /// What figment says.
        reason: String,
    },
}

/// The settings of `connection`.
pub fn connection(stack: &Stack) -> Result<Connection, ViewError> {
    section(stack, "connection")
}

/// The settings of `credentials`.
pub fn credentials(stack: &Stack) -> Result<Credentials, ViewError> {
    section(stack, "credentials")
}

/// The settings of `output`.
pub fn output(stack: &Stack) -> Result<Output, ViewError> {
    section(stack, "output")
}

fn section<'de, T: Deserialize<'de>>(stack: &Stack, name: &'static str) -> Result<T, ViewError> {
    let resolved = stack
        .resolve_all(&Path::from_declared([name]), true)
        .map_err(ViewError::Load)?;
    let figment = resolved.iter().fold(Figment::new(), |figment, resolved| {
        figment.merge(One(resolved))
    });
    figment.extract().map_err(|error| ViewError::Shape {
        path: format!("{name}.{}", error.path.join(".")),
        reason: error.kind.to_string(),
    })
}

/// One resolved value, so that figment knows its origin.
struct One<'a>(&'a Resolved);

impl Provider for One<'_> {
    fn metadata(&self) -> Metadata {
        Metadata::named(match &self.0.origin {
            Origin::Default => "default".to_owned(),
            Origin::File { file, line, .. } => format!("{}:{line}", file.display()),
            Origin::Variable(name) => name.clone(),
            Origin::Flag => "--set".to_owned(),
            Origin::Store => "the store".to_owned(),
        })
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        let value = figment::value::Value::serialize(self.0.value.to_json())?;
        let field = self.0.setting.field().to_owned();
        Ok(Profile::Default.collect(Dict::from([(field, value)])))
    }
}

#[cfg(test)]
mod tests {
    use super::super::schema::{self, Kind};
    use super::super::value::Value;
    use super::*;
    use crate::config::layer::Assignment;
    use serde::de::{Deserializer, IntoDeserializer, Visitor, value::Error};

    /// The field names of a view: serde hands them to `deserialize_struct`.
    fn fields<'de, T: Deserialize<'de>>() -> Vec<&'static str> {
        struct Spy<'a>(&'a mut Vec<&'static str>);
        impl<'de> Deserializer<'de> for Spy<'_> {
            type Error = Error;
            fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
                ().into_deserializer().deserialize_any(visitor)
            }
            fn deserialize_struct<V: Visitor<'de>>(
                self,
                _name: &'static str,
                fields: &'static [&'static str],
                visitor: V,
            ) -> Result<V::Value, Error> {
                *self.0 = fields.to_vec();
                self.deserialize_any(visitor)
            }
            serde::forward_to_deserialize_any! {
                bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
                unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
            }
        }
        let mut seen = Vec::new();
        assert!(T::deserialize(Spy(&mut seen)).is_err());
        seen
    }

    #[test]
    fn views_and_declarations_name_the_same_fields() {
        for (section, mut viewed) in [
            ("connection", fields::<Connection>()),
            ("credentials", fields::<Credentials>()),
            ("output", fields::<Output>()),
        ] {
            let settings =
                schema::all().filter(|setting| setting.segments().next() == Some(section));
            let mut declared: Vec<_> = settings.map(schema::Setting::field).collect();
            declared.sort_unstable();
            viewed.sort_unstable();
            assert_eq!(declared, viewed);
        }
    }

    /// Every declared value at both ends of its range: what validation lets through must fit the view.
    #[test]
    fn declared_values_fit_the_views() {
        for last in [false, true] {
            let mut stack = Stack::default();
            for setting in schema::all().filter(|setting| !setting.pattern.contains('<')) {
                let value = match setting.kind {
                    Kind::Integer { min, max } => Value::Integer(if last { max } else { min }),
                    Kind::Number { min, max } => Value::Number(if last { max } else { min }),
                    Kind::StatusCodes { min, max, .. } => {
                        Value::List(vec![Value::Integer(if last { max } else { min })])
                    }
                    Kind::Choice(words) => {
                        Value::Text(words[if last { words.len() - 1 } else { 0 }].into())
                    }
                    kind => Value::from_toml_text(&kind, setting.example).unwrap(),
                };
                let path = Path::from_declared(setting.segments());
                stack.command_line.push(Assignment {
                    path,
                    setting,
                    value,
                    origin: Origin::Flag,
                });
            }
            connection(&stack).unwrap();
            credentials(&stack).unwrap();
            output(&stack).unwrap();
        }
        assert_eq!(connection(&Stack::default()).unwrap().timeout, 30);
    }
}
