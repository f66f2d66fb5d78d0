//! The declarations as a tree, made once on first use: which keys can follow which.
//!
//! Keys go in, a [`Match`] comes out. The tree is also what tells the parser of paths where a URL stands.

use super::{Setting, all};
use std::sync::OnceLock;

/// A place in the tree: a section, or a leaf.
#[derive(Debug, Default)]
pub struct Node {
    children: Vec<(&'static str, Node)>,
    any: Option<(Key, Box<Node>)>,
    setting: Option<&'static Setting>,
}

/// What kind of key can stand where any key can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// The name of a profile: letters, digits, `_`, `-`.
    Name,
    /// The address of a site, in normal form.
    Url,
}

/// What is declared at a path.
#[derive(Debug, Clone, Copy)]
pub enum Match {
    /// A setting.
    Setting(&'static Setting),
    /// A table that can hold settings.
    Section(&'static Node),
    /// Nothing; the first `known` segments lead to `section`, the next one is not declared there.
    Unknown {
        /// How many segments are declared.
        known: usize,
        /// Where they lead.
        section: &'static Node,
    },
}

impl Node {
    /// The node behind a key, if one is declared.
    pub fn child(&self, key: &str) -> Option<&Node> {
        self.named(key)
            .or_else(|| self.any.as_ref().map(|(_, node)| &**node))
    }

    /// The node behind a key that is declared by its name.
    #[inline]
    pub fn named(&self, key: &str) -> Option<&Node> {
        let mut named = self.children.iter();
        named.find(|(name, _)| *name == key).map(|(_, node)| node)
    }

    /// The kind of key that is free to choose here, and what follows it.
    pub fn any(&self) -> Option<(Key, &Node)> {
        self.any.as_ref().map(|(key, node)| (*key, &**node))
    }

    /// The declared keys below it, in the order of their declaration.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.children.iter().map(|(name, _)| *name)
    }

    /// The setting that is declared here.
    pub fn setting(&self) -> Option<&'static Setting> {
        self.setting
    }

    /// The position of a declared key among its neighbours; keys that are free to choose come last.
    pub fn position(&self, key: &str) -> usize {
        self.children
            .iter()
            .position(|(name, _)| *name == key)
            .unwrap_or(usize::MAX)
    }

    fn put(
        &mut self,
        mut segments: impl Iterator<Item = &'static str> + Clone,
        setting: &'static Setting,
    ) {
        let Some(segment) = segments.next() else {
            self.setting = Some(setting);
            return;
        };
        match segment {
            "<name>" => self.wildcard(Key::Name).put(segments, setting),
            "<url>" => self.wildcard(Key::Url).put(segments, setting),
            _ => {
                for name in segment.trim_matches(['{', '}']).split(',') {
                    let index = self
                        .children
                        .iter()
                        .position(|(known, _)| *known == name)
                        .unwrap_or_else(|| {
                            self.children.push((name, Node::default()));
                            self.children.len() - 1
                        });
                    self.children[index].1.put(segments.clone(), setting);
                }
            }
        }
    }

    fn wildcard(&mut self, key: Key) -> &mut Node {
        &mut self.any.get_or_insert_with(|| (key, Box::default())).1
    }
}

/// The top of the tree.
pub fn root() -> &'static Node {
    static ROOT: OnceLock<Node> = OnceLock::new();
    ROOT.get_or_init(|| {
        let mut root = Node::default();
        for setting in all() {
            root.put(setting.segments(), setting);
        }
        root
    })
}

/// What is declared at these keys.
pub fn lookup<'a>(keys: impl IntoIterator<Item = &'a str>) -> Match {
    let mut node = root();
    for (known, key) in keys.into_iter().enumerate() {
        match node.child(key) {
            Some(child) => node = child,
            None => {
                return Match::Unknown {
                    known,
                    section: node,
                };
            }
        }
    }
    node.setting.map_or(Match::Section(node), Match::Setting)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_found_by_its_own_pattern() {
        for setting in all() {
            let keys: Vec<_> = setting
                .segments()
                .map(|s| s.trim_matches(['{', '}']).split(',').next().unwrap())
                .collect();
            match lookup(keys) {
                Match::Setting(found) => assert_eq!(found.pattern, setting.pattern),
                other => panic!("{}: {other:?}", setting.pattern),
            }
        }
    }

    #[test]
    fn products_have_their_own_fields() {
        assert!(matches!(
            lookup(["auth", "bitbucket", "https://bitbucket.org", "workspace"]),
            Match::Setting(_)
        ));
        assert!(matches!(
            lookup(["auth", "jira", "https://a.b", "workspace"]),
            Match::Unknown { known: 3, .. }
        ));
        assert!(matches!(
            lookup(["auth", "jsm"]),
            Match::Unknown { known: 1, .. }
        ));
        assert!(matches!(lookup(["output"]), Match::Section(_)));
        assert!(matches!(
            lookup(["output", "format", "x"]),
            Match::Unknown { known: 2, .. }
        ));
    }
}
