//! What was typed for a command goes in; the values of its parameters come out, by name.

use super::command::{Command, Parameter, ParameterKind, Thing};
use super::error::ApiError;
use super::web_address::{self, WebAddress};
use indexmap::IndexMap;

/// The values of a command's parameters. What was not given and has no default is not there.
#[derive(Debug, Clone, Default)]
pub struct Values {
    values: IndexMap<&'static str, Vec<String>>,
}

impl Values {
    /// Reads what was typed. Of a web address the part that is asked for is taken, and what else it says fills gaps:
    /// the repository of a pull request.
    pub fn read(
        command: &Command,
        typed: &IndexMap<&'static str, Vec<String>>,
    ) -> Result<Values, ApiError> {
        let mut values = Values::default();
        let mut implied: Vec<(Thing, String)> = Vec::new();
        for parameter in command.parameters {
            let Some(texts) = typed.get(parameter.name) else {
                continue;
            };
            let mut read = Vec::new();
            for text in texts {
                read.extend(read_one(parameter, text, &mut implied)?);
            }
            values.values.insert(parameter.name, read);
        }
        for parameter in command.parameters {
            if let (ParameterKind::Key(thing), false) =
                (parameter.kind, values.values.contains_key(parameter.name))
                && let Some((_, value)) = implied.iter().find(|(other, _)| *other == thing)
            {
                values.set(parameter.name, value.clone());
            }
            if let (Some(default), false) = (
                parameter.default,
                values.values.contains_key(parameter.name),
            ) {
                values.set(parameter.name, default);
            }
        }
        Ok(values)
    }

    /// A parameter's value.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name)?.first().map(String::as_str)
    }

    /// All of a parameter's values.
    pub fn texts(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether a switch is there.
    pub fn is_set(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// Gives a parameter a value.
    pub fn set(&mut self, name: &'static str, value: impl Into<String>) {
        self.values.insert(name, vec![value.into()]);
    }

    /// Gives a parameter several values.
    pub fn set_all(&mut self, name: &'static str, values: Vec<String>) {
        self.values.insert(name, values);
    }

    /// The names of those that have one.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.values.keys().copied()
    }

    /// Replaces `{name}` in a text by values as they are.
    pub fn fill(&self, template: &str) -> String {
        let mut filled = String::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let (name, behind) = after.split_once('}').unwrap_or((after, ""));
            filled.push_str(&self.texts(name).join(", "));
            rest = behind;
        }
        filled + rest
    }
}

/// The first web address among what was typed for keys: it chooses the site, too.
pub fn web_address<'a>(
    command: &Command,
    typed: &'a IndexMap<&'static str, Vec<String>>,
) -> Option<&'a str> {
    command
        .parameters
        .iter()
        .filter(|parameter| matches!(parameter.kind, ParameterKind::Key(_)))
        .flat_map(|parameter| typed.get(parameter.name).into_iter().flatten())
        .find(|text| web_address::is_address(text))
        .map(String::as_str)
}

fn read_one(
    parameter: &Parameter,
    text: &str,
    implied: &mut Vec<(Thing, String)>,
) -> Result<Vec<String>, ApiError> {
    let wrong = |reason: String| ApiError::Argument {
        name: parameter.name.to_owned(),
        typed: text.to_owned(),
        reason,
    };
    Ok(match parameter.kind {
        ParameterKind::List | ParameterKind::Members => text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect(),
        ParameterKind::Choice(words) => vec![one_of(words, text).map_err(wrong)?],
        ParameterKind::Named(pairs) => {
            let words: Vec<&str> = pairs.iter().map(|(word, _)| *word).collect();
            let meant = one_of(&words, text).map_err(wrong)?;
            let names = pairs.iter().filter(|(word, _)| *word == meant);
            names.map(|(_, name)| (*name).to_owned()).collect()
        }
        ParameterKind::Choices(words) => text
            .split(',')
            .map(str::trim)
            .filter(|word| !word.is_empty())
            .map(|word| one_of(words, word).map_err(wrong))
            .collect::<Result<_, _>>()?,
        ParameterKind::Fields if !text.contains('=') || text.starts_with('=') => {
            return Err(wrong("it has to be `NAME=VALUE`".to_owned()));
        }
        ParameterKind::Integer => {
            let number: u64 = text
                .trim()
                .parse()
                .map_err(|_| wrong("it is no whole number".to_owned()))?;
            vec![number.to_string()]
        }
        ParameterKind::Key(thing) => {
            let key = if web_address::is_address(text) {
                let address = WebAddress::read(text);
                implied.extend(
                    address
                        .parts()
                        .map(|(thing, part)| (thing, part.to_owned())),
                );
                address.part(thing).map(str::to_owned).ok_or_else(|| {
                    wrong(format!("the address names no {}", web_address::word(thing)))
                })?
            } else {
                text.trim().to_owned()
            };
            if key.is_empty() {
                return Err(wrong("it is empty".to_owned()));
            }
            if thing == Thing::Page && !web_address::is_page(&key) {
                let reason = "a page is named by its number, its address, or `SPACE/Title`";
                return Err(wrong(reason.to_owned()));
            }
            vec![web_address::normal(thing, key)]
        }
        ParameterKind::Text
        | ParameterKind::Switch
        | ParameterKind::Branch
        | ParameterKind::Fields
        | ParameterKind::Markdown
        | ParameterKind::Json
        | ParameterKind::Person
        | ParameterKind::File
        | ParameterKind::Files => vec![text.to_owned()],
    })
}

/// The word that was meant, as it is declared.
fn one_of(words: &[&str], typed: &str) -> Result<String, String> {
    let meant = words.iter().find(|word| word.eq_ignore_ascii_case(typed));
    meant
        .map(|word| (*word).to_owned())
        .ok_or_else(|| format!("it is none of {}", words.join(", ")))
}
