//! Variables go in, the layer that they make comes out.
//!
//! `LASSI_` and the path in upper case, its keys joined by `__`: `LASSI_OUTPUT__FORMAT=json`. A name is matched
//! from its right end against the declared fields, longest first; what is left is a profile's name. Values have
//! the kind of their setting and nothing is guessed.

use super::layer::{Assignment, Origin};
use super::path::Path;
use super::schema::{Setting, all, nearest};
use super::value::{Value, ValueError};
use crate::environment::Environment;
use std::fmt;

/// Variables with our prefix that are no settings.
const RESERVED: [&str; 3] = ["LASSI_PROFILE", "LASSI_CONFIG_DIR", "LASSI_NO_INPUT"];
/// The prefix of variables that hold tokens.
const TOKEN_PREFIX: &str = "LASSI_TOKEN_";
const PREFIX: &str = "LASSI_";
const PROFILES_PREFIX: &str = "LASSI_PROFILES__";

/// A variable that must not be there, or whose value is wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct VariableError {
    /// Its name.
    pub variable: String,
    /// What is the case.
    pub fault: VariableFault,
}

/// What is wrong with a variable. Never holds a secret.
#[derive(Debug, Clone, PartialEq)]
pub enum VariableFault {
    /// Settings below an address have no variable.
    BelowUrl,
    /// Secrets have variables of their own.
    Secret {
        /// The one to use.
        instead: String,
    },
    /// Not a value that the setting can have.
    Value {
        /// The path of the setting.
        path: Path,
        /// Why not.
        error: ValueError,
    },
    /// It is not Unicode text.
    NotUnicode,
    /// Several profiles read as the same name.
    Ambiguous {
        /// These.
        profiles: Vec<String>,
    },
}

impl fmt::Display for VariableFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            VariableFault::BelowUrl => {
                f.write_str("settings below an address cannot be set by a variable")
            }
            VariableFault::Secret { .. } => f.write_str("a secret cannot be set by this variable"),
            VariableFault::Value { error, .. } => error.fmt(f),
            VariableFault::NotUnicode => f.write_str("the value is not UTF-8 text"),
            VariableFault::Ambiguous { profiles } => {
                write!(f, "it means each of the profiles {}", profiles.join(", "))
            }
        }
    }
}

/// A variable with our prefix that matches nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownVariable {
    /// Its name.
    pub variable: String,
    /// The one that was probably meant.
    pub nearest: Option<String>,
}

/// What the variables say.
#[derive(Debug, Default)]
pub struct Variables {
    /// The values that they set.
    pub assignments: Vec<Assignment>,
    /// Those that match nothing.
    pub unknown: Vec<UnknownVariable>,
}

/// Whether a variable names a profile, so that the known profiles are needed to read it.
pub fn names_a_profile(environment: &Environment) -> bool {
    environment
        .variables_with_prefix(PROFILES_PREFIX)
        .next()
        .is_some()
}

/// Reads all variables; `profiles` are the names that the files know.
pub fn read(environment: &Environment, profiles: &[String]) -> Result<Variables, VariableError> {
    let mut variables = Variables::default();
    for (name, value) in environment.variables_with_prefix(PREFIX) {
        if RESERVED.contains(&name) || name.starts_with(TOKEN_PREFIX) {
            continue;
        }
        let failed = |fault| VariableError {
            variable: name.to_owned(),
            fault,
        };
        if name.starts_with("LASSI_AUTH__") {
            return Err(failed(VariableFault::BelowUrl));
        }
        let Some((path, setting)) = named(name, profiles).map_err(failed)? else {
            variables.unknown.push(UnknownVariable {
                variable: name.to_owned(),
                nearest: suggestion(name),
            });
            continue;
        };
        if setting.secret() {
            return Err(failed(VariableFault::Secret {
                instead: token_variable(&path),
            }));
        }
        let text = value.ok_or_else(|| failed(VariableFault::NotUnicode))?;
        let value = Value::from_text(&setting.kind, text).map_err(|error| {
            failed(VariableFault::Value {
                path: path.clone(),
                error,
            })
        })?;
        variables.assignments.push(Assignment {
            path,
            setting,
            value,
            origin: Origin::Variable(name.to_owned()),
        });
    }
    Ok(variables)
}

/// The setting that a variable names, and its path.
fn named(
    variable: &str,
    profiles: &[String],
) -> Result<Option<(Path, &'static Setting)>, VariableFault> {
    let Some(rest) = variable.strip_prefix(PROFILES_PREFIX) else {
        let setting = all().find(|setting| {
            !setting.pattern.contains('<') && setting.variable().as_deref() == Some(variable)
        });
        return Ok(setting.map(|setting| (Path::from_declared(setting.segments()), setting)));
    };
    // longest first: BITBUCKET__BASE_URL before BASE_URL
    let fields = all()
        .filter_map(|setting| Some((setting.pattern.strip_prefix("profiles.<name>.")?, setting)));
    let matched = fields
        .filter_map(|(field, setting)| {
            let ending = format!("__{}", field.to_uppercase().replace('.', "__"));
            Some((rest.strip_suffix(&ending)?, field, setting))
        })
        .filter(|(name, ..)| !name.is_empty())
        .min_by_key(|(name, ..)| name.len());
    let Some((name, field, setting)) = matched else {
        return Ok(None);
    };
    let known: Vec<_> = profiles
        .iter()
        .filter(|profile| variable_part(profile) == name)
        .cloned()
        .collect();
    let profile = match known.as_slice() {
        [] => name.to_lowercase(),
        [only] => only.clone(),
        _ => return Err(VariableFault::Ambiguous { profiles: known }),
    };
    Ok(Some((
        Path::from_declared(["profiles", &profile].into_iter().chain(field.split('.'))),
        setting,
    )))
}

/// The variable that sets a setting at a path, `None` where none can.
pub fn variable_for(path: &Path, setting: &Setting) -> Option<String> {
    let variable = setting.variable()?;
    let name = path.keys().nth(1).map(variable_part).unwrap_or_default();
    Some(variable.replace("<NAME>", &name))
}

/// A profile's name as it stands in the name of a variable: upper case, and `_` for all but letters and digits.
pub fn variable_part(profile: &str) -> String {
    profile
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_uppercase()
            } else {
                '_'
            }
        })
        .collect()
}

/// The variable that can hold the token for the path of a secret.
pub fn token_variable(path: &Path) -> String {
    let keys: Vec<_> = path.keys().collect();
    match keys.as_slice() {
        ["profiles", name, "bitbucket", _] => {
            format!("ATLASSIAN_CLI_BITBUCKET_TOKEN_{}", variable_part(name))
        }
        ["profiles", name, _] => format!("ATLASSIAN_CLI_TOKEN_{}", variable_part(name)),
        ["auth", _, url, _] => format!(
            "{TOKEN_PREFIX}{}",
            host_part(super::site_url::host_and_port(url))
        ),
        _ => format!("{TOKEN_PREFIX}<HOST>"),
    }
}

/// A host as it stands in the name of a variable: `.` as `_`, `-` as `__`, a port as `_8443`.
pub fn host_part(host: &str) -> String {
    host.chars()
        .flat_map(|c| match c {
            '-' => vec!['_', '_'],
            c if c.is_ascii_alphanumeric() => vec![c.to_ascii_uppercase()],
            _ => vec!['_'],
        })
        .collect()
}

fn suggestion(variable: &str) -> Option<String> {
    let fixed = all()
        .filter(|setting| !setting.pattern.contains('<'))
        .filter_map(Setting::variable);
    let mut names: Vec<String> = RESERVED
        .iter()
        .map(|name| (*name).to_owned())
        .chain(fixed)
        .collect();
    if let Some((name, _)) = variable
        .strip_prefix(PROFILES_PREFIX)
        .and_then(|rest| rest.split_once("__"))
    {
        let fields = all().filter(|setting| setting.pattern.starts_with("profiles.<name>."));
        names.extend(
            fields
                .filter_map(Setting::variable)
                .map(|variable| variable.replace("<NAME>", name)),
        );
    }
    let lower: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    let near = nearest(variable, lower.iter().map(String::as_str))?;
    Some(near.to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_one(name: &str, value: &str, profiles: &[&str]) -> Result<Variables, VariableError> {
        let profiles: Vec<_> = profiles.iter().map(|name| (*name).to_owned()).collect();
        read(&Environment::with_variables([(name, value)]), &profiles)
    }

    #[test]
    fn names_are_matched_from_the_right() {
        for (name, value, profiles, path) in [
            ("LASSI_OUTPUT__FORMAT", "json", &[][..], "output.format"),
            ("LASSI_DEFAULT_PROFILE", "work", &[], "default_profile"),
            (
                "LASSI_PROFILES__WORK__BASE_URL",
                "a.b",
                &[],
                "profiles.work.base_url",
            ),
            (
                "LASSI_PROFILES__WORK__BITBUCKET__BASE_URL",
                "a.b",
                &[],
                "profiles.work.bitbucket.base_url",
            ),
            (
                "LASSI_PROFILES__MY_WORK__EMAIL",
                "me",
                &["my-work"],
                "profiles.my-work.email",
            ),
            (
                "LASSI_PROFILES__MY_WORK__EMAIL",
                "me",
                &["other"],
                "profiles.my_work.email",
            ),
            (
                "LASSI_PROFILES__A__B__EMAIL",
                "me",
                &["a--b"],
                "profiles.a--b.email",
            ),
        ] {
            let read = read_one(name, value, profiles).unwrap();
            assert_eq!(read.assignments[0].path.to_string(), path, "{name}");
            assert_eq!(
                read.assignments[0].origin,
                Origin::Variable(name.to_owned())
            );
        }
    }

    #[test]
    fn what_no_variable_can_set_is_refused() {
        let fault = |name, value, profiles| read_one(name, value, profiles).unwrap_err().fault;
        assert_eq!(fault("LASSI_AUTH__JIRA", "x", &[]), VariableFault::BelowUrl);
        assert_eq!(
            fault("LASSI_PROFILES__WORK__API_TOKEN", "x", &[]),
            VariableFault::Secret {
                instead: "ATLASSIAN_CLI_TOKEN_WORK".into()
            }
        );
        assert!(matches!(
            fault("LASSI_OUTPUT__FORMAT", "jsn", &[]),
            VariableFault::Value { .. }
        ));
        assert_eq!(
            fault(
                "LASSI_PROFILES__MY_WORK__EMAIL",
                "me",
                &["my-work", "my_work"]
            ),
            VariableFault::Ambiguous {
                profiles: vec!["my-work".into(), "my_work".into()]
            }
        );
    }

    #[test]
    fn unknown_ones_are_reported_with_what_was_meant() {
        for (name, near) in [
            ("LASSI_OUTPT__FORMAT", Some("LASSI_OUTPUT__FORMAT")),
            ("LASSI_PROFILS", Some("LASSI_PROFILE")),
            (
                "LASSI_PROFILES__WORK__EMIAL",
                Some("LASSI_PROFILES__WORK__EMAIL"),
            ),
            ("LASSI_XYZ", None),
        ] {
            let read = read_one(name, "x", &[]).unwrap();
            assert_eq!(
                read.unknown,
                [UnknownVariable {
                    variable: name.into(),
                    nearest: near.map(str::to_owned)
                }]
            );
        }
        for quiet in [
            "LASSI_PROFILE",
            "LASSI_CONFIG_DIR",
            "LASSI_NO_INPUT",
            "LASSI_TOKEN_ACME",
            "LASSI",
        ] {
            assert!(
                read_one(quiet, "x", &[]).unwrap().unknown.is_empty(),
                "{quiet}"
            );
        }
        assert!(
            read_one("LASSI_OUTPUT__FORMAT", "", &[])
                .unwrap()
                .assignments
                .is_empty()
        );
    }

    #[test]
    fn tokens_have_variables_named_after_the_profile_or_the_host() {
        for (path, variable) in [
            ("profiles.my-work.api_token", "ATLASSIAN_CLI_TOKEN_MY_WORK"),
            (
                "profiles.work.bitbucket.token",
                "ATLASSIAN_CLI_BITBUCKET_TOKEN_WORK",
            ),
            (
                "auth.jira[\"https://my-acme.atlassian.net:8443\"].pat",
                "LASSI_TOKEN_MY__ACME_ATLASSIAN_NET_8443",
            ),
        ] {
            assert_eq!(token_variable(&Path::parse(path).unwrap()), variable);
        }
    }
}
