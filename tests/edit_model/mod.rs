//! A decoded document goes in; a plain tree comes out on which edits are made the simple way.

use lassi::config::edit::{Edit, EditError};
use std::collections::BTreeMap;
use std::mem::{Discriminant, discriminant};
use std::ops::Range;
use toml_edit::{Document, Item, TableLike, Value};

#[derive(Debug, Clone)]
pub(crate) enum Model {
    /// A value as it is decoded, and its span.
    Leaf(String, Option<Range<usize>>),
    Table(Table),
    /// An array of tables.
    Elements(Vec<Table>),
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    pub(crate) members: BTreeMap<String, Model>,
    /// Its header or braces stay when it is empty.
    lasting: bool,
    /// The span of its braces.
    braces: Option<Range<usize>>,
}

/// Spans and ways of writing do not count.
impl PartialEq for Model {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Leaf(one, _), Self::Leaf(two, _)) => one == two,
            (Self::Table(one), Self::Table(two)) => one == two,
            (Self::Elements(one), Self::Elements(two)) => one == two,
            _ => false,
        }
    }
}

impl PartialEq for Table {
    fn eq(&self, other: &Self) -> bool {
        self.members == other.members
    }
}

/// What kind of error an edit ends in.
pub(crate) type Refusal = Discriminant<EditError>;

fn refusal(make: impl FnOnce(Vec<String>) -> EditError) -> Refusal {
    discriminant(&make(Vec::new()))
}

fn value_in_the_way() -> Refusal {
    refusal(|keys| EditError::ValueInTheWay { keys, offset: None })
}

fn array_of_tables() -> Refusal {
    refusal(|keys| EditError::ArrayOfTables { keys, offset: None })
}

fn missing() -> Refusal {
    refusal(|keys| EditError::Missing { keys })
}

fn leaf(value: &Value) -> String {
    match value {
        Value::String(text) => format!("{:?}", text.value()),
        Value::Integer(number) => number.value().to_string(),
        Value::Float(number) => format!("{:?}", number.value()),
        Value::Boolean(truth) => truth.value().to_string(),
        Value::Datetime(time) => time.value().to_string(),
        Value::Array(array) => format!("{:?}", array.iter().map(leaf).collect::<Vec<_>>()),
        Value::InlineTable(table) => {
            let members = table
                .iter()
                .map(|(key, value)| (key.to_string(), leaf(value)));
            format!("{:?}", members.collect::<BTreeMap<_, _>>())
        }
    }
}

impl Table {
    pub(crate) fn of(document: &Document<&str>) -> Self {
        Self::from(document.as_table(), true, None)
    }

    fn from(table: &dyn TableLike, lasting: bool, braces: Option<Range<usize>>) -> Self {
        let members = table
            .iter()
            .map(|(key, item)| (key.to_string(), Model::from(item)));
        Self {
            members: members.collect(),
            lasting,
            braces,
        }
    }

    /// What stands at these keys.
    pub(crate) fn get(&self, keys: &[String]) -> Option<&Model> {
        let (first, rest) = keys.split_first()?;
        match (self.members.get(first)?, rest) {
            (found, []) => Some(found),
            (Model::Table(table), rest) => table.get(rest),
            _ => None,
        }
    }

    /// The braces of the outermost inline table on the way.
    pub(crate) fn braces_above(&self, keys: &[String]) -> Option<Range<usize>> {
        (1..keys.len()).find_map(|end| match self.get(&keys[..end]) {
            Some(Model::Table(table)) => table.braces.clone(),
            _ => None,
        })
    }

    /// Makes the edit in the tree of this text, or tells why it cannot be made.
    pub(crate) fn apply(&mut self, text: &str, edit: &Edit) -> Result<(), Refusal> {
        match edit {
            Edit::Set { keys, value } => {
                if matches!(self.get(keys), Some(Model::Table(Self { braces: Some(span), .. })) if &text[span.clone()] == value)
                {
                    return Ok(());
                }
                let value: Value = value.parse().expect("a value");
                self.put(keys, &Model::from(&Item::Value(value)), false)
            }
            Edit::Table { keys } => self.put(keys, &Model::Table(Self::default()), true),
            Edit::Unset { keys } => self.remove(keys).map(|_| ()),
            Edit::Rename { keys, name } => {
                let (last, above) = keys.split_last().expect("keys");
                if !matches!(
                    self.get(keys),
                    Some(Model::Leaf(..) | Model::Table(_) | Model::Elements(_))
                ) {
                    return self.remove(keys).map(|_| ());
                }
                let renamed = [above, std::slice::from_ref(name)].concat();
                if last != name && self.get(&renamed).is_some() {
                    return Err(refusal(|keys| EditError::Exists { keys, offset: None }));
                }
                self.rename(above, last, name);
                Ok(())
            }
        }
    }

    fn rename(&mut self, above: &[String], last: &str, name: &str) {
        if let Some((first, rest)) = above.split_first() {
            if let Some(Model::Table(table)) = self.members.get_mut(first) {
                table.rename(rest, last, name);
            }
        } else if let Some(member) = self.members.remove(last) {
            self.members.insert(name.to_string(), member);
        }
    }

    fn put(&mut self, keys: &[String], new: &Model, is_table: bool) -> Result<(), Refusal> {
        let (first, rest) = keys.split_first().expect("keys");
        match self.members.get_mut(first) {
            Some(Model::Elements(_)) => Err(array_of_tables()),
            Some(Model::Table(table)) if !rest.is_empty() => table.put(rest, new, is_table),
            Some(Model::Table(_)) if is_table => Ok(()),
            Some(Model::Table(_)) => Err(refusal(|keys| EditError::TableInTheWay {
                keys,
                offset: None,
            })),
            Some(Model::Leaf(..)) if !rest.is_empty() || is_table => Err(value_in_the_way()),
            Some(old) => {
                *old = new.clone();
                Ok(())
            }
            None => {
                let mut member = new.clone();
                for key in rest.iter().rev() {
                    let members = BTreeMap::from([(key.clone(), member)]);
                    member = Model::Table(Self {
                        members,
                        ..Self::default()
                    });
                }
                self.members.insert(first.clone(), member);
                Ok(())
            }
        }
    }

    fn remove(&mut self, keys: &[String]) -> Result<bool, Refusal> {
        let (first, rest) = keys.split_first().expect("keys");
        let emptied = match self.members.get_mut(first) {
            Some(_) if rest.is_empty() => true,
            Some(Model::Table(table)) => table.remove(rest)?,
            Some(Model::Elements(_)) => return Err(array_of_tables()),
            Some(Model::Leaf(..)) | None => return Err(missing()),
        };
        if emptied {
            self.members.remove(first);
        }
        Ok(self.members.is_empty() && !self.lasting)
    }
}

impl Model {
    fn from(item: &Item) -> Self {
        match item {
            Item::Value(Value::InlineTable(table)) => {
                let braces = table.span().filter(|_| !table.is_dotted());
                Self::Table(Table::from(table, !table.is_dotted(), braces))
            }
            Item::Value(value) => Self::Leaf(leaf(value), value.span()),
            Item::Table(table) => Self::Table(Table::from(
                table,
                !table.is_dotted() && !table.is_implicit(),
                None,
            )),
            Item::ArrayOfTables(array) => Self::Elements(
                array
                    .iter()
                    .map(|table| Table::from(table, true, None))
                    .collect(),
            ),
            Item::None => Self::Table(Table::default()),
        }
    }

    /// The spans of all its values.
    pub(crate) fn spans(&self) -> Vec<Range<usize>> {
        match self {
            Self::Leaf(_, span) => span.iter().cloned().collect(),
            Self::Table(table) if table.braces.is_some() => table.braces.iter().cloned().collect(),
            Self::Table(table) => table.members.values().flat_map(Self::spans).collect(),
            Self::Elements(elements) => elements
                .iter()
                .flat_map(|table| table.members.values())
                .flat_map(Self::spans)
                .collect(),
        }
    }
}
