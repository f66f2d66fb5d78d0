//! The outline and an edit that puts something in: the value is replaced in its place, or a line, a member of an
//! inline table or a header is added.

use super::EditError;
use super::layout::{add_header, add_pair};
use super::outline::{Form, NodeId, Outline, ROOT};

/// How far keys lead.
struct Reach {
    /// The last node that is there, and how many keys lead to it.
    node: NodeId,
    depth: usize,
    /// The last node on the way that can take pairs, and how many keys lead to it.
    host: NodeId,
    host_depth: usize,
}

impl Reach {
    fn of(outline: &Outline<'_>, keys: &[String]) -> Result<Self, EditError> {
        let mut reach = Self {
            node: ROOT,
            depth: 0,
            host: ROOT,
            host_depth: 0,
        };
        for key in keys {
            let passed = || (keys[..reach.depth].to_vec(), outline.offset(reach.node));
            match outline.node(reach.node).form {
                Form::Value { .. } => {
                    let (keys, offset) = passed();
                    return Err(EditError::ValueInTheWay { keys, offset });
                }
                Form::ArrayOfTables { .. } => {
                    let (keys, offset) = passed();
                    return Err(EditError::ArrayOfTables { keys, offset });
                }
                Form::Table { .. } | Form::InlineTable { .. } => {}
            }
            if outline.is_host(reach.node) {
                (reach.host, reach.host_depth) = (reach.node, reach.depth);
            }
            let Some(member) = outline.member(reach.node, key) else {
                break;
            };
            reach.node = member;
            reach.depth += 1;
        }
        Ok(reach)
    }

    /// Whether only the host can take what is missing: headers cannot reach into what braces or dotted keys define.
    fn is_closed(&self, outline: &Outline<'_>) -> bool {
        outline.node(self.node).dotted > 0
            || matches!(outline.node(self.host).form, Form::InlineTable { .. })
    }
}

/// Puts a value there.
pub(super) fn set(
    outline: &mut Outline<'_>,
    keys: &[String],
    value: &str,
) -> Result<(), EditError> {
    let Some((_, above)) = keys.split_last() else {
        return Err(EditError::Root);
    };
    let reach = Reach::of(outline, keys)?;
    if reach.depth == keys.len() {
        return replace(outline, reach.node, keys, value);
    }
    if reach.is_closed(outline) || reach.host_depth == above.len() {
        add_pair(outline, reach.host, &keys[reach.host_depth..], value);
    } else {
        let host = add_header(outline, above);
        add_pair(outline, host, &keys[above.len()..], value);
    }
    Ok(())
}

/// Sees that a table stands there.
pub(super) fn table(outline: &mut Outline<'_>, keys: &[String]) -> Result<(), EditError> {
    let reach = Reach::of(outline, keys)?;
    if reach.depth == keys.len() {
        let there = || (keys.to_vec(), outline.offset(reach.node));
        return match outline.node(reach.node).form {
            Form::Table { .. } | Form::InlineTable { .. } => Ok(()),
            Form::Value { .. } => {
                let (keys, offset) = there();
                Err(EditError::ValueInTheWay { keys, offset })
            }
            Form::ArrayOfTables { .. } => {
                let (keys, offset) = there();
                Err(EditError::ArrayOfTables { keys, offset })
            }
        };
    }
    if reach.is_closed(outline) {
        add_pair(outline, reach.host, &keys[reach.host_depth..], "{}");
    } else {
        add_header(outline, keys);
    }
    Ok(())
}

fn replace(
    outline: &mut Outline<'_>,
    node: NodeId,
    keys: &[String],
    value: &str,
) -> Result<(), EditError> {
    let there = || (keys.to_vec(), outline.offset(node));
    let old = match outline.node(node).form {
        Form::Value { value: old } => old,
        Form::InlineTable { value: old }
            if outline.tokens.text_of(old.first, old.last) == value =>
        {
            return Ok(());
        }
        Form::InlineTable { .. } | Form::Table { .. } => {
            let (keys, offset) = there();
            return Err(EditError::TableInTheWay { keys, offset });
        }
        Form::ArrayOfTables { .. } => {
            let (keys, offset) = there();
            return Err(EditError::ArrayOfTables { keys, offset });
        }
    };
    if outline.tokens.text_of(old.first, old.last) != value {
        let first = outline.tokens.put_value_before(old.first, value);
        outline.tokens.take_out(old.first, old.last);
        outline.read_value(node, first);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::config::edit::{Edit, EditError, apply};

    fn keys(keys: &[&str]) -> Vec<String> {
        keys.iter().map(ToString::to_string).collect()
    }

    fn set(text: &str, wanted: &[&str], value: &str) -> Result<String, EditError> {
        apply(
            text,
            &[Edit::Set {
                keys: keys(wanted),
                value: value.to_string(),
            }],
        )
    }

    fn table(text: &str, wanted: &[&str]) -> Result<String, EditError> {
        apply(text, &[Edit::Table { keys: keys(wanted) }])
    }

    #[test]
    fn only_the_text_of_a_value_is_replaced() {
        for (text, wanted, expected) in [
            (
                "\u{feff}[a]\r\n  b  =\t1  # c\r\n",
                &["a", "b"][..],
                "\u{feff}[a]\r\n  b  =\t7  # c\r\n",
            ),
            ("a.'b' = [\n  1, # one\n] # c", &["a", "b"], "a.'b' = 7 # c"),
            ("a = '''\nx\n''' # c\n", &["a"], "a = 7 # c\n"),
            (
                "t = { a = 1, b.c = 2, }",
                &["t", "b", "c"],
                "t = { a = 1, b.c = 7, }",
            ),
            (
                "t = {\n  a = 1, # c\n}",
                &["t", "a"],
                "t = {\n  a = 7, # c\n}",
            ),
            ("t = { a =\n1, }", &["t", "a"], "t = { a =\n7, }"),
        ] {
            assert_eq!(set(text, wanted, "7").as_deref(), Ok(expected), "{text:?}");
        }
    }

    #[test]
    fn the_same_text_changes_nothing() {
        for (text, value) in [
            ("a = 1 # c", "1"),
            ("a = { b = 1 }", "{ b = 1 }"),
            ("a = [1]", "[1]"),
        ] {
            assert_eq!(set(text, &["a"], value).as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_is_in_the_way_is_told_with_its_place() {
        let value_in_the_way = |wanted: &[&str], offset| {
            Err(EditError::ValueInTheWay {
                keys: keys(wanted),
                offset: Some(offset),
            })
        };
        let table_in_the_way = |wanted: &[&str], offset| {
            Err(EditError::TableInTheWay {
                keys: keys(wanted),
                offset: Some(offset),
            })
        };
        let array = |offset| {
            Err(EditError::ArrayOfTables {
                keys: keys(&["a"]),
                offset: Some(offset),
            })
        };
        assert_eq!(
            set("# c\na = 1", &["a", "b", "c"], "7"),
            value_in_the_way(&["a"], 4)
        );
        assert_eq!(
            set("[a]\nb = []", &["a", "b", "c"], "7"),
            value_in_the_way(&["a", "b"], 4)
        );
        assert_eq!(
            table("[a]\nb = 1", &["a", "b"]),
            value_in_the_way(&["a", "b"], 4)
        );
        for (text, offset) in [("[a]", 1), ("[ 'a'.b]", 2), ("a.b = 1", 0), ("\na = {}", 1)] {
            assert_eq!(
                set(text, &["a"], "7"),
                table_in_the_way(&["a"], offset),
                "{text}"
            );
        }
        assert_eq!(set("[[a]]", &["a"], "7"), array(2));
        assert_eq!(set("[[a]]", &["a", "b"], "7"), array(2));
        assert_eq!(table("[[a]]", &["a"]), array(2));
    }

    #[test]
    fn a_table_that_stands_is_left_alone() {
        for text in ["[a]", "[a.b]", "a.b = 1", "a = {}"] {
            assert_eq!(table(text, &["a"]).as_deref(), Ok(text));
        }
        assert_eq!(table("x = 1", &[]).as_deref(), Ok("x = 1"));
    }

    #[test]
    fn a_table_is_added_where_it_can_be() {
        for (text, wanted, expected) in [
            ("", &["a", "b"][..], "[a.b]\n"),
            ("[a]\nx = 1\n", &["a", "b c"], "[a]\nx = 1\n\n[a.\"b c\"]\n"),
            ("a = {}\n", &["a", "b"], "a = { b = {} }\n"),
            ("a.b = 1\n", &["a", "c"], "a.b = 1\na.c = {}\n"),
        ] {
            assert_eq!(table(text, wanted).as_deref(), Ok(expected), "{text:?}");
        }
    }
}
