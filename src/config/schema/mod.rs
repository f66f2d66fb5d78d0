//! Every setting is declared here once, as plain data; nothing about a setting is written down anywhere else.
//!
//! A path goes in, its declaration comes out ([`lookup`]). Validation, help, masking, names of variables, the
//! JSON Schemas and the reference page are all derived from these declarations.

mod auth;
mod connection;
mod credentials;
mod general;
mod kind;
mod output;
mod profiles;
mod suggest;
mod tree;

pub mod documents;

pub use kind::{Kind, UrlUse};
pub use suggest::{nearest, suggest};
pub use tree::{Key, Match, Node, lookup, root};

/// One declared leaf of the configuration.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting {
    /// `connection.timeout`, `profiles.<name>.email`, `auth.{confluence,jira}.<url>.pat`.
    pub pattern: &'static str,
    /// What its value may be.
    pub kind: Kind,
    /// A few words, for rows and headings.
    pub title: &'static str,
    /// One or two sentences.
    pub help: &'static str,
    /// The built-in value, as TOML text.
    pub default: Option<&'static str>,
    /// A value that could stand there, as TOML text; empty for secrets.
    pub example: &'static str,
    /// Taken from the user file, the environment and the command line only, never from shared files.
    pub protected: bool,
}

impl Setting {
    /// Whether its value lives in the store and never in a file.
    pub fn secret(&self) -> bool {
        matches!(self.kind, Kind::Secret)
    }

    /// The last segment of its pattern.
    pub fn field(&self) -> &'static str {
        self.pattern.rsplit('.').next().unwrap_or_default()
    }

    /// The segments of its pattern, with their placeholders.
    pub fn segments(&self) -> impl DoubleEndedIterator<Item = &'static str> + Clone {
        self.pattern.split('.')
    }

    /// The variable that sets it, `None` where none can: secrets, and settings below a URL.
    ///
    /// A profile's name stands as `<NAME>`.
    pub fn variable(&self) -> Option<String> {
        if self.secret() || self.pattern.contains("<url>") {
            return None;
        }
        let name = self
            .segments()
            .map(str::to_uppercase)
            .collect::<Vec<_>>()
            .join("__");
        Some(format!("LASSI_{name}"))
    }
}

/// The settings of one file under `schema/`: one table of the configuration.
#[derive(Debug, Clone, Copy)]
pub struct Section {
    /// The first segment that its settings share, or empty for those that stand at the root.
    pub name: &'static str,
    /// For menus and headings.
    pub title: &'static str,
    /// What it is for, in a sentence or two.
    pub help: &'static str,
    /// Its place in the menu, counted from one: there what is looked for most comes first.
    pub menu_place: u8,
    /// In the order in which they are shown.
    pub settings: &'static [Setting],
}

/// All sections, in the order in which they are shown.
pub static SECTIONS: [&Section; 6] = [
    &general::SECTION,
    &profiles::SECTION,
    &auth::SECTION,
    &connection::SECTION,
    &credentials::SECTION,
    &output::SECTION,
];

/// All settings, in the order of their declaration.
pub fn all() -> impl Iterator<Item = &'static Setting> {
    SECTIONS.iter().flat_map(|section| section.settings)
}

/// The products that have instances under `auth`.
pub const PRODUCTS: [&str; 3] = ["confluence", "jira", "bitbucket"];

/// The start of a declaration; the rest follows by [`Setting::default`], [`Setting::example`] and
/// [`Setting::protected`].
const fn setting(
    pattern: &'static str,
    kind: Kind,
    title: &'static str,
    help: &'static str,
) -> Setting {
    Setting {
        pattern,
        kind,
        title,
        help,
        default: None,
        example: "",
        protected: false,
    }
}

impl Setting {
    const fn default(self, toml: &'static str) -> Self {
        Setting {
            default: Some(toml),
            ..self
        }
    }

    const fn example(self, toml: &'static str) -> Self {
        Setting {
            example: toml,
            ..self
        }
    }

    const fn protected(self) -> Self {
        Setting {
            protected: true,
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::value::Value;
    use std::collections::HashSet;

    #[test]
    fn declarations_are_whole() {
        let mut seen = HashSet::new();
        for section in SECTIONS {
            assert!(!section.title.is_empty() && section.help.ends_with('.'));
            for setting in section.settings {
                let Setting {
                    pattern,
                    title,
                    help,
                    ..
                } = setting;
                assert!(seen.insert(*pattern), "{pattern} is declared twice");
                assert!(
                    section.name.is_empty() || pattern.starts_with(&format!("{}.", section.name)),
                    "{pattern}"
                );
                assert!(
                    !title.is_empty() && !title.ends_with('.'),
                    "{pattern}: title"
                );
                assert!(help.ends_with('.') && help.len() > 15, "{pattern}: help");
                assert_eq!(
                    setting.secret(),
                    setting.example.is_empty(),
                    "{pattern}: example"
                );
                assert!(
                    !(setting.secret() && setting.default.is_some()),
                    "{pattern}: a secret has no default"
                );
            }
        }
    }

    #[test]
    fn defaults_and_examples_are_valid_values() {
        for setting in all().filter(|setting| !setting.secret()) {
            for text in setting.default.iter().chain([&setting.example]) {
                let value = Value::from_toml_text(&setting.kind, text);
                assert_eq!(
                    value.map(|value| value.to_toml()).as_deref(),
                    Ok(*text),
                    "{}",
                    setting.pattern
                );
            }
        }
    }

    #[test]
    fn two_settings_never_share_a_variable() {
        let names: Vec<_> = all().filter_map(Setting::variable).collect();
        assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());
    }
}
