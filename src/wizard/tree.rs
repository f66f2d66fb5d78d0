//! The declarations as menus: a path goes in, the settings and the collections right below it come out.
//!
//! Nothing is listed by hand: a setting that is declared is in the menu.

use crate::config::path::Path;
use crate::config::schema::{self, Key, Kind, Match, Node, Section, Setting};

/// The sections in the order of the menu.
pub(super) fn sections() -> Vec<&'static Section> {
    let mut sections = schema::SECTIONS.to_vec();
    sections.sort_by_key(|section| section.menu_place);
    sections.retain(|section| !contents(section).is_empty());
    sections
}

/// What a section lists.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Content {
    /// A setting.
    Setting(Path, &'static Setting),
    /// Profiles, or the instances of a product: they lie right below this path.
    Collection(Path, Key),
}

/// What a section lists, in the order of the declarations.
pub(super) fn contents(section: &Section) -> Vec<Content> {
    let mut found = Vec::new();
    if section.name.is_empty() {
        let settings = section.settings.iter();
        let settings = settings.filter(|setting| !belongs_to_profiles(setting));
        found.extend(settings.map(of_root));
        return found;
    }
    let path = Path::from_declared([section.name]);
    let Match::Section(node) = path.lookup() else {
        return found;
    };
    collect(node, &path, &mut found);
    let names = |content: &Content| matches!(content, Content::Collection(_, Key::Name));
    if found.iter().any(names) {
        let of_the_root = schema::all().filter(|setting| belongs_to_profiles(setting));
        let settings: Vec<Content> = of_the_root.map(of_root).collect();
        found.splice(0..0, settings);
    }
    found
}

/// A setting at the root that says which profile is meant is looked for among the profiles.
fn belongs_to_profiles(setting: &Setting) -> bool {
    matches!(setting.kind, Kind::ProfileName) && setting.segments().count() == 1
}

fn of_root(setting: &'static Setting) -> Content {
    Content::Setting(Path::from_declared(setting.segments()), setting)
}

/// The settings at and below a path that has no key left to choose.
pub(super) fn fields(path: &Path) -> Vec<(Path, &'static Setting)> {
    let mut found = Vec::new();
    if let Match::Section(node) = path.lookup() {
        collect(node, path, &mut found);
    }
    let settings = found.into_iter().filter_map(|content| match content {
        Content::Setting(path, setting) => Some((path, setting)),
        Content::Collection(..) => None,
    });
    settings.collect()
}

/// The kind of key that is free to choose right below a path.
pub(super) fn key_below(path: &Path) -> Option<Key> {
    match path.lookup() {
        Match::Section(node) => node.any().map(|(key, _)| key),
        _ => None,
    }
}

fn collect(node: &Node, path: &Path, found: &mut Vec<Content>) {
    for name in node.names() {
        let Some(child) = node.named(name) else {
            continue;
        };
        let path = path.join(name);
        match child.setting() {
            Some(setting) => found.push(Content::Setting(path, setting)),
            None => collect(child, &path, found),
        }
    }
    if let Some((key, _)) = node.any() {
        found.push(Content::Collection(path.clone(), key));
    }
}

/// What a collection is called in headings: `Jira`, `Profiles`.
pub(super) fn collection_title(path: &Path) -> String {
    let name = path.last().unwrap_or_default();
    let mut letters = name.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_declared_setting_is_somewhere_in_the_menu() {
        let mut reached = HashSet::new();
        for section in sections() {
            for content in contents(section) {
                match content {
                    Content::Setting(_, setting) => assert!(reached.insert(setting.pattern)),
                    Content::Collection(path, key) => {
                        let entry = path.join(match key {
                            Key::Name => "work",
                            Key::Url => "https://acme.atlassian.net",
                        });
                        reached.extend(fields(&entry).iter().map(|(_, setting)| setting.pattern));
                    }
                }
            }
        }
        for setting in schema::all() {
            assert!(reached.contains(setting.pattern), "{}", setting.pattern);
        }
    }

    #[test]
    fn sections_are_in_the_order_in_which_they_are_looked_for() {
        let titles: Vec<_> = sections().iter().map(|section| section.title).collect();
        assert_eq!(
            titles,
            [
                "Authentication",
                "Profiles",
                "Connection",
                "Output",
                "Credentials"
            ]
        );
    }

    #[test]
    fn the_default_profile_stands_among_the_profiles() {
        let profiles = schema::SECTIONS
            .iter()
            .find(|section| section.name == "profiles");
        let contents = contents(profiles.expect("it is declared"));
        let Some(Content::Setting(path, _)) = contents.first() else {
            panic!("{contents:?}");
        };
        assert_eq!(path.to_string(), "default_profile");
    }
}
