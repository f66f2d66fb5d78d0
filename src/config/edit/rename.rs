//! The outline and a new last name go in: every token that spells the old one is written anew, nothing else.

use super::EditError;
use super::encode::encode_key;
use super::outline::Outline;
use super::unset::find;
use std::borrow::Cow;

/// Gives the section or the value another name in its place.
pub(super) fn rename(
    outline: &mut Outline<'_>,
    keys: &[String],
    name: &str,
) -> Result<(), EditError> {
    let node = find(outline, keys)?;
    let Some((last, above)) = keys.split_last() else {
        return Err(EditError::Root);
    };
    if last == name {
        return Ok(());
    }
    let table = outline.node(node).parent;
    if let Some(other) = outline.member(table, name) {
        let keys = [above, &[name.to_string()]].concat();
        return Err(EditError::Exists {
            keys,
            offset: outline.offset(other),
        });
    }
    for token in outline.node(node).spellings.clone() {
        outline.tokens.rewrite(token, encode_key(name));
    }
    let members = &mut outline.node_mut(table).members;
    members.remove(last.as_str());
    members.insert(Cow::Owned(name.to_string()), node);
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::config::edit::{Edit, EditError, apply};

    fn renamed(text: &str, keys: &[&str], name: &str) -> Result<String, EditError> {
        let keys = keys.iter().map(ToString::to_string).collect();
        apply(
            text,
            &[Edit::Rename {
                keys,
                name: name.to_string(),
            }],
        )
    }

    #[test]
    fn every_spelling_of_the_name_is_renamed_and_nothing_else() {
        let text = "\u{feff}# work\r\n[ profiles . 'work' ] # work\r\nwork = \"work\"\r\n\r\n[profiles.\"work\".bitbucket]\r\n\
                    [[profiles.\"\\u0077ork\".list]]\r\n[profiles.home]\r\nwork = 1";
        let expected = "\u{feff}# work\r\n[ profiles . \"at work\" ] # work\r\nwork = \"work\"\r\n\r\n[profiles.\"at work\".bitbucket]\r\n\
                        [[profiles.\"at work\".list]]\r\n[profiles.home]\r\nwork = 1";
        assert_eq!(
            renamed(text, &["profiles", "work"], "at work").as_deref(),
            Ok(expected)
        );
    }

    #[test]
    fn dotted_keys_inline_members_values_and_arrays_of_tables_are_renamed() {
        for (text, keys, expected) in [
            (
                "a . b.c = 1\na.b.d = 2\n[x]\na.b = 3",
                &["a", "b"][..],
                "a . new.c = 1\na.new.d = 2\n[x]\na.b = 3",
            ),
            (
                "x = { b.c = 1, b . d = { b = 2 } }",
                &["x", "b"],
                "x = { new.c = 1, new . d = { b = 2 } }",
            ),
            (
                "x = {\n  b = 1, # b\n}",
                &["x", "b"],
                "x = {\n  new = 1, # b\n}",
            ),
            ("  'b'= [ # b\n]", &["b"], "  new= [ # b\n]"),
            (
                "[[b]]\nb = 1\n[b.c]\n[[b]]",
                &["b"],
                "[[new]]\nb = 1\n[new.c]\n[[new]]",
            ),
        ] {
            assert_eq!(
                renamed(text, keys, "new").as_deref(),
                Ok(expected),
                "{text}"
            );
        }
    }

    #[test]
    fn the_same_name_leaves_the_text_alone() {
        assert_eq!(renamed("'a' = 1", &["a"], "a").as_deref(), Ok("'a' = 1"));
    }

    #[test]
    fn a_name_that_is_taken_is_refused() {
        let taken = |offset| {
            Err(EditError::Exists {
                keys: vec!["a".to_string(), "c".to_string()],
                offset: Some(offset),
            })
        };
        assert_eq!(renamed("a.b = 1\na.'c' = 2", &["a", "b"], "c"), taken(10));
        assert_eq!(renamed("[a]\nb = 1\n[a.c.d]", &["a", "b"], "c"), taken(13));
    }

    #[test]
    fn what_is_not_there_has_no_name() {
        let keys = |keys: &[&str]| keys.iter().map(ToString::to_string).collect::<Vec<_>>();
        for wanted in [&["b"][..], &["a", "b"], &["a", "b", "c"]] {
            assert_eq!(
                renamed("a = 1", wanted, "c"),
                Err(EditError::Missing { keys: keys(wanted) })
            );
        }
        let inside = renamed("[[a]]\nb = 1", &["a", "b"], "c");
        assert_eq!(
            inside,
            Err(EditError::ArrayOfTables {
                keys: keys(&["a"]),
                offset: Some(2)
            })
        );
        assert_eq!(renamed("a = 1", &[], "c"), Err(EditError::Root));
    }
}
