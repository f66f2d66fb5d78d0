//! The chain of tokens of a valid text goes in; a tree of its tables and values comes out, in which every node knows
//! the tokens that make it. Tokens that are put in later are read by the same code, so the tree always is what
//! reading the edited text anew would give.

use super::tokens::{EDGE, Kind, TokenId, Tokens};
use crate::config::scan;
use std::borrow::Cow;
use std::collections::HashMap;

/// A node's place in the outline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NodeId(usize);

/// The table that is the document.
pub(super) const ROOT: NodeId = NodeId(0);

/// A pair's place in the outline. Pairs of one host are in the order of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PairId(usize);

/// What may stand between the parts of an inline table. `toml_edit` lets it stand before a value there, too.
pub(super) const BETWEEN: &[Kind] = &[Kind::Blank, Kind::Newline, Kind::Comment];

/// A run of tokens, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) first: TokenId,
    pub(super) last: TokenId,
}

/// How the text makes a node.
#[derive(Debug, Clone)]
pub(super) enum Form {
    /// By a header (its brackets), or only by what lies below it.
    Table { header: Option<Run> },
    /// By a pair whose value has braces.
    InlineTable { value: Run },
    /// By a pair with any other value.
    Value { value: Run },
    /// By headers with two brackets, one for an element.
    ArrayOfTables { elements: Vec<NodeId> },
}

#[derive(Debug)]
pub(super) struct Node<'t> {
    pub(super) parent: NodeId,
    pub(super) form: Form,
    pub(super) members: HashMap<Cow<'t, str>, NodeId>,
    /// Every token that spells this node's own name, those that were taken out since among them.
    pub(super) spellings: Vec<TokenId>,
    /// The pair of which this is the value.
    pub(super) pair: Option<PairId>,
    /// How many pairs have this node's name before a dot of their key.
    pub(super) dotted: usize,
    /// The pairs of its own body or braces that were there; the last one still is.
    pairs: Vec<PairId>,
}

/// A key, dotted perhaps, and its value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    /// The node of the value.
    pub(super) node: NodeId,
    /// The table in whose body or braces it stands.
    pub(super) host: NodeId,
    first: TokenId,
    removed: bool,
}

#[derive(Debug)]
pub(super) struct Outline<'t> {
    pub(super) tokens: Tokens<'t>,
    nodes: Vec<Node<'t>>,
    pairs: Vec<Pair>,
}

impl<'t> Outline<'t> {
    /// Of a whole text, which has to be valid.
    pub(super) fn new(text: &'t str) -> Self {
        let mut outline = Self {
            tokens: Tokens::new(text),
            nodes: Vec::new(),
            pairs: Vec::new(),
        };
        outline.add(ROOT);
        let mut host = ROOT;
        let mut token = outline.tokens.next(EDGE);
        while token != EDGE {
            token = match outline.tokens.kind(token) {
                Kind::HeaderOpen | Kind::ArrayHeaderOpen => {
                    host = outline.read_header(token);
                    outline
                        .header(host)
                        .map_or(EDGE, |header| outline.tokens.next(header.last))
                }
                Kind::Key => {
                    let pair = outline.read_pair(host, token);
                    outline.tokens.next(outline.run_of(pair).last)
                }
                _ => outline.tokens.next(token),
            };
        }
        outline
    }

    pub(super) fn node(&self, node: NodeId) -> &Node<'t> {
        &self.nodes[node.0]
    }

    pub(super) fn node_mut(&mut self, node: NodeId) -> &mut Node<'t> {
        &mut self.nodes[node.0]
    }

    pub(super) fn pair(&self, pair: PairId) -> Pair {
        self.pairs[pair.0]
    }

    /// From the key to the value.
    pub(super) fn run_of(&self, pair: PairId) -> Run {
        let Pair { node, first, .. } = self.pair(pair);
        match &self.node(node).form {
            Form::Value { value } | Form::InlineTable { value } => Run {
                first,
                last: value.last,
            },
            Form::Table { .. } | Form::ArrayOfTables { .. } => Run { first, last: first },
        }
    }

    /// The member of this name.
    pub(super) fn member(&self, node: NodeId, name: &str) -> Option<NodeId> {
        self.node(node).members.get(name).copied()
    }

    /// The header of a table that has one.
    pub(super) fn header(&self, node: NodeId) -> Option<Run> {
        match self.node(node).form {
            Form::Table { header } => header,
            _ => None,
        }
    }

    /// Whether the table has a body or braces of its own: only such a table can take a pair.
    pub(super) fn is_host(&self, node: NodeId) -> bool {
        node == ROOT
            || match &self.node(node).form {
                Form::Table { header } => header.is_some(),
                Form::InlineTable { .. } => true,
                Form::Value { .. } | Form::ArrayOfTables { .. } => false,
            }
    }

    /// Where the node's name is spelled first: a byte offset in the original text, if it comes from there.
    pub(super) fn offset(&self, node: NodeId) -> Option<usize> {
        let spelled = self
            .node(node)
            .spellings
            .iter()
            .find(|&&token| self.tokens.is_in(token))?;
        self.tokens.offset(*spelled)
    }

    /// The last pair of the table's own body or braces.
    pub(super) fn last_pair(&mut self, host: NodeId) -> Option<PairId> {
        while let Some(&pair) = self.node(host).pairs.last() {
            if !self.pair(pair).removed {
                return Some(pair);
            }
            self.node_mut(host).pairs.pop();
        }
        None
    }

    /// Forgets a pair whose tokens were taken out.
    pub(super) fn forget_pair(&mut self, pair: PairId) {
        let Pair { node, host, .. } = self.pair(pair);
        self.pairs[pair.0].removed = true;
        let mut table = self.node(node).parent;
        while table != host {
            self.node_mut(table).dotted -= 1;
            table = self.node(table).parent;
        }
    }

    fn add(&mut self, parent: NodeId) -> NodeId {
        let node = NodeId(self.nodes.len());
        self.nodes.push(Node {
            parent,
            form: Form::Table { header: None },
            members: HashMap::new(),
            spellings: Vec::new(),
            pair: None,
            dotted: 0,
            pairs: Vec::new(),
        });
        node
    }

    /// The member that this token of a key names, a new one if there was none.
    fn enter(&mut self, table: NodeId, key: TokenId) -> NodeId {
        let table = match &self.node(table).form {
            Form::ArrayOfTables { elements } => elements.last().copied().unwrap_or(table),
            _ => table,
        };
        let name = match self.tokens.shared_text(key) {
            Cow::Borrowed(text) => scan::name(text),
            Cow::Owned(text) => scan::name(&text).map(|name| Cow::Owned(name.into_owned())),
        };
        let name = name.expect("keys of a valid text can be decoded");
        let node = self.member(table, &name).unwrap_or_else(|| {
            let node = self.add(table);
            self.node_mut(table).members.insert(name, node);
            node
        });
        self.node_mut(node).spellings.push(key);
        node
    }

    /// Reads the header that starts here; the table whose body follows.
    pub(super) fn read_header(&mut self, open: TokenId) -> NodeId {
        let mut node = ROOT;
        let mut token = open;
        while self.tokens.kind(token) != Kind::HeaderClose {
            if self.tokens.kind(token) == Kind::Key {
                node = self.enter(node, token);
            }
            token = self.tokens.next(token);
        }
        let header = Form::Table {
            header: Some(Run {
                first: open,
                last: token,
            }),
        };
        if self.tokens.kind(open) == Kind::HeaderOpen {
            self.node_mut(node).form = header;
            return node;
        }
        let element = self.add(node);
        self.node_mut(element).form = header;
        match &mut self.node_mut(node).form {
            Form::ArrayOfTables { elements } => elements.push(element),
            form => {
                *form = Form::ArrayOfTables {
                    elements: vec![element],
                }
            }
        }
        element
    }

    /// Reads the pair whose key starts here.
    pub(super) fn read_pair(&mut self, host: NodeId, first: TokenId) -> PairId {
        let mut node = host;
        let mut token = first;
        while self.tokens.kind(token) != Kind::Equals {
            if self.tokens.kind(token) == Kind::Key {
                node = self.enter(node, token);
            }
            token = self.tokens.next(token);
        }
        let pair = PairId(self.pairs.len());
        self.pairs.push(Pair {
            node,
            host,
            first,
            removed: false,
        });
        self.node_mut(host).pairs.push(pair);
        self.node_mut(node).pair = Some(pair);
        let mut table = self.node(node).parent;
        while table != host {
            self.node_mut(table).dotted += 1;
            table = self.node(table).parent;
        }
        let value = self.tokens.skip(self.tokens.next(token), BETWEEN);
        self.read_value(node, value);
        pair
    }

    /// Reads the value that starts here, with the members of its braces.
    pub(super) fn read_value(&mut self, node: NodeId, first: TokenId) {
        let mut last = first;
        self.node_mut(node).form = match self.tokens.kind(first) {
            Kind::InlineOpen => {
                last = self.tokens.next(first);
                while self.tokens.kind(last) != Kind::InlineClose {
                    if self.tokens.kind(last) == Kind::Key {
                        let member = self.read_pair(node, last);
                        last = self.run_of(member).last;
                    }
                    last = self.tokens.next(last);
                }
                Form::InlineTable {
                    value: Run { first, last },
                }
            }
            Kind::ArrayOpen => {
                let mut open = 1;
                while open > 0 {
                    last = self.tokens.next(last);
                    match self.tokens.kind(last) {
                        Kind::ArrayOpen => open += 1,
                        Kind::ArrayClose => open -= 1,
                        _ => {}
                    }
                }
                Form::Value {
                    value: Run { first, last },
                }
            }
            _ => Form::Value {
                value: Run { first, last },
            },
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(outline: &Outline<'_>, keys: &[&str]) -> Option<NodeId> {
        keys.iter()
            .try_fold(ROOT, |node, key| outline.member(node, key))
    }

    /// How each table on the way to a value is made, from the root on.
    fn hosts(outline: &Outline<'_>, keys: &[&str]) -> Vec<(bool, usize)> {
        let tables = (0..keys.len()).filter_map(|end| at(outline, &keys[..end]));
        tables
            .map(|table| (outline.is_host(table), outline.node(table).dotted))
            .collect()
    }

    #[test]
    fn tables_know_how_they_are_made() {
        let outline = Outline::new("[a.'b']\nc . d.e = { f.g = 1 }\nc.h = 2");
        let expected = [
            (true, 0),
            (false, 0),
            (true, 0),
            (false, 2),
            (false, 1),
            (true, 0),
            (false, 1),
        ];
        assert_eq!(
            hosts(&outline, &["a", "b", "c", "d", "e", "f", "g"]),
            expected
        );
    }

    #[test]
    fn elements_of_arrays_have_no_keys() {
        let outline = Outline::new("[[a]]\nb = 1\n[a.c]\n[[a]]\n[a.c]");
        let array = at(&outline, &["a"]).unwrap();
        let Form::ArrayOfTables { elements } = &outline.node(array).form else {
            panic!()
        };
        assert_eq!((elements.len(), outline.node(array).members.len()), (2, 0));
        assert_eq!(outline.node(array).spellings.len(), 4);
        assert!(
            elements
                .iter()
                .all(|&element| outline.member(element, "c").is_some())
        );
    }

    #[test]
    fn pairs_that_are_forgotten_define_nothing() {
        let mut outline = Outline::new("a.b = 1\na.c = [{ d = 2 }]");
        let last = outline.last_pair(ROOT).unwrap();
        assert_eq!(outline.pair(last).node, at(&outline, &["a", "c"]).unwrap());
        let run = outline.run_of(last);
        assert_eq!(
            outline.tokens.text_of(run.first, run.last),
            "a.c = [{ d = 2 }]"
        );
        outline.forget_pair(last);
        let first = outline.last_pair(ROOT).unwrap();
        assert_eq!(outline.pair(first).node, at(&outline, &["a", "b"]).unwrap());
        outline.forget_pair(first);
        assert_eq!(outline.last_pair(ROOT), None);
        assert_eq!(outline.node(at(&outline, &["a"]).unwrap()).dotted, 0);
    }
}
