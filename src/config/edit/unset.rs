//! The outline and an edit that takes something out: pairs and headers go, comments stay.

use super::EditError;
use super::outline::{BETWEEN, Form, NodeId, Outline, PairId, ROOT, Run};
use super::tokens::{Kind, TokenId, Tokens};

/// The node at these keys.
pub(super) fn find(outline: &Outline<'_>, keys: &[String]) -> Result<NodeId, EditError> {
    if keys.is_empty() {
        return Err(EditError::Root);
    }
    let mut node = ROOT;
    for (depth, key) in keys.iter().enumerate() {
        if matches!(outline.node(node).form, Form::ArrayOfTables { .. }) {
            let offset = outline.offset(node);
            return Err(EditError::ArrayOfTables {
                keys: keys[..depth].to_vec(),
                offset,
            });
        }
        node = outline
            .member(node, key)
            .ok_or_else(|| EditError::Missing {
                keys: keys.to_vec(),
            })?;
    }
    Ok(node)
}

/// Takes away the value or the section.
pub(super) fn unset(outline: &mut Outline<'_>, keys: &[String]) -> Result<(), EditError> {
    let node = find(outline, keys)?;
    let (pairs, headers) = parts(outline, node);
    for pair in pairs {
        let run = outline.run_of(pair);
        match outline.node(outline.pair(pair).host).form {
            Form::InlineTable { value: braces } => cut_member(&mut outline.tokens, run, braces),
            _ => cut(&mut outline.tokens, run),
        }
        outline.forget_pair(pair);
    }
    for header in headers {
        let above = outline.tokens.previous(header.first);
        cut(&mut outline.tokens, header);
        close_gap(&mut outline.tokens, above);
    }
    detach(outline, node, keys);
    Ok(())
}

/// Everything that makes a node and what lies below it.
fn parts(outline: &Outline<'_>, top: NodeId) -> (Vec<PairId>, Vec<Run>) {
    let (mut pairs, mut headers, mut open) = (Vec::new(), Vec::new(), vec![top]);
    while let Some(id) = open.pop() {
        let node = outline.node(id);
        // what lies in braces goes with them
        if let Some(pair) = node.pair {
            pairs.push(pair);
            continue;
        }
        if let Form::ArrayOfTables { elements } = &node.form {
            open.extend(elements);
        }
        headers.extend(outline.header(id));
        open.extend(node.members.values());
    }
    // members come in any order, but cuts are made in that of the text
    pairs.sort_unstable();
    headers.sort_unstable_by_key(|header| header.first);
    (pairs, headers)
}

/// Forgets the node, and the tables above it that only it had made.
fn detach(outline: &mut Outline<'_>, node: NodeId, keys: &[String]) {
    let mut table = outline.node(node).parent;
    for key in keys.iter().rev() {
        outline.node_mut(table).members.remove(key.as_str());
        let left = outline.node(table);
        if outline.is_host(table) || left.dotted > 0 || !left.members.is_empty() {
            break;
        }
        table = left.parent;
    }
}

/// Takes a pair out of its braces, with the comma that it no longer needs.
fn cut_member(tokens: &mut Tokens<'_>, member: Run, braces: Run) {
    let behind = tokens.skip(tokens.next(member.last), BETWEEN);
    let ahead = tokens.skip_back(tokens.previous(member.first), BETWEEN);
    let one = |token: TokenId| Run {
        first: token,
        last: token,
    };
    if tokens.kind(behind) == Kind::Comma {
        if tokens.skip(tokens.next(member.last), &[Kind::Blank]) == behind {
            cut(
                tokens,
                Run {
                    first: member.first,
                    last: behind,
                },
            );
        } else {
            cut(tokens, member);
            cut(tokens, one(behind));
        }
    } else {
        if tokens.kind(ahead) == Kind::Comma {
            cut(tokens, one(ahead));
        }
        cut(tokens, member);
    }
    if tokens.skip(tokens.next(braces.first), &[Kind::Blank, Kind::Newline]) == braces.last {
        tokens.take_out_between(braces.first, braces.last);
    }
}

/// Takes out a run of tokens and what of the blanks around it has lost its sense: the whole line, if nothing else
/// stands on it.
fn cut(tokens: &mut Tokens<'_>, run: Run) {
    let (before, after) = (tokens.previous(run.first), tokens.next(run.last));
    tokens.take_out(run.first, run.last);
    let ahead = tokens.skip_back(before, &[Kind::Blank]);
    let behind = tokens.skip(after, &[Kind::Blank]);
    let starts_line = matches!(tokens.kind(ahead), Kind::Edge | Kind::Mark | Kind::Newline);
    match (starts_line, tokens.kind(behind)) {
        (true, Kind::Newline) => {
            let next = tokens.next(behind);
            tokens.take_out_between(ahead, next);
        }
        // the last line had no line end: now the one before it has none
        (true, Kind::Edge) if tokens.kind(ahead) == Kind::Newline => {
            let previous = tokens.previous(ahead);
            tokens.take_out_between(previous, behind);
        }
        (false, Kind::Newline | Kind::Edge) | (true, Kind::Edge) => {
            tokens.take_out_between(ahead, behind);
        }
        // what follows keeps its own distance
        (false, Kind::Comment | Kind::InlineClose) => tokens.take_out_between(ahead, after),
        // what follows comes into the place of what is gone
        _ => tokens.take_out_between(before, behind),
    }
}

/// Where a header went, the blank line above it and the one below it, or the end of the text, do not both stay.
fn close_gap(tokens: &mut Tokens<'_>, above: TokenId) {
    let above = tokens.skip_back(above, &[Kind::Blank]);
    let is_edge = |kind| matches!(kind, Kind::Edge | Kind::Mark | Kind::Newline);
    let blank_above =
        tokens.kind(above) == Kind::Newline && is_edge(tokens.kind(tokens.previous(above)));
    let below = tokens.next(above);
    if blank_above && matches!(tokens.kind(below), Kind::Newline | Kind::Edge) {
        tokens.take_out(above, above);
    }
}

#[cfg(test)]
mod tests {
    use crate::config::edit::{Edit, EditError, apply};

    #[test]
    fn a_section_takes_one_of_the_blank_lines_around_it_along() {
        let text = "a = 1\n\n[b]\nc = 1\n\n[d]\ne = 1\n";
        assert_eq!(unset(text, &["b"]).unwrap(), "a = 1\n\n[d]\ne = 1\n");
        assert_eq!(unset(text, &["d"]).unwrap(), "a = 1\n\n[b]\nc = 1\n");
        let commented = "a = 1\n\n# about b\n[b]\nc = 1\n\n[d]\n";
        assert_eq!(
            unset(commented, &["b"]).unwrap(),
            "a = 1\n\n# about b\n\n[d]\n"
        );
    }

    fn unset(text: &str, keys: &[&str]) -> Result<String, EditError> {
        apply(
            text,
            &[Edit::Unset {
                keys: keys.iter().map(ToString::to_string).collect(),
            }],
        )
    }

    fn check(cases: &[(&str, &[&str], &str)]) {
        for (text, keys, expected) in cases {
            assert_eq!(
                unset(text, keys).as_deref(),
                Ok(*expected),
                "{keys:?} of {text:?}"
            );
        }
    }

    #[test]
    fn the_line_goes_and_comments_stay() {
        check(&[
            (
                "# above\na = 1\n# below\nb = 2\n",
                &["a"],
                "# above\n# below\nb = 2\n",
            ),
            (
                "[t]\n  a = 1  # behind\n  b = 2\n",
                &["t", "a"],
                "[t]\n  # behind\n  b = 2\n",
            ),
            ("a = 1\n\nb = 2\n\nc = 3\n", &["b"], "a = 1\n\n\nc = 3\n"),
            ("\u{feff}a = 1\r\nb = 2\r\n", &["a"], "\u{feff}b = 2\r\n"),
            ("\u{feff} a = 1 # c\r\n", &["a"], "\u{feff} # c\r\n"),
            ("a = 1\n  b = 2  \n", &["b"], "a = 1\n"),
            (
                "a = [ # in\n  1, # one\n] # behind\nb = 2\n",
                &["a"],
                "# behind\nb = 2\n",
            ),
            ("a = \"\"\"\n# text\n\"\"\"\nb = 2\n", &["a"], "b = 2\n"),
        ]);
    }

    #[test]
    fn a_missing_final_newline_stays_missing() {
        check(&[
            ("a = 1\r\nb = 2", &["b"], "a = 1"),
            ("a = 1\nb = 2 # c", &["b"], "a = 1\n# c"),
            ("a = 1", &["a"], ""),
            ("\u{feff}a = 1", &["a"], "\u{feff}"),
        ]);
    }

    #[test]
    fn a_table_that_lost_its_last_value_stays() {
        check(&[
            ("[a]\nb = 1\n", &["a", "b"], "[a]\n"),
            ("[a]\nb.c = 1\n", &["a", "b", "c"], "[a]\n"),
            ("a = { b = 1 }", &["a", "b"], "a = {}"),
            ("a = {\n  b = 1,\n}", &["a", "b"], "a = {}"),
        ]);
    }

    #[test]
    fn a_section_goes_with_all_that_makes_it() {
        let text = "x = 1\n# about a\n[a] # header\n# of b\nb = 1 # one\n\n[a.c]\nd = 2\n[e]\n[[a.f]]\ng = 3\n[a.f.h]\n# end\n";
        let expected = "x = 1\n# about a\n# header\n# of b\n# one\n\n[e]\n# end\n";
        check(&[
            (text, &["a"], expected),
            (
                "a.b.c = 1\na.d = 2\na.b.e = 3\n[a.f]\n",
                &["a", "b"],
                "a.d = 2\n[a.f]\n",
            ),
            ("[a.b.c]\nx = 1\n[d]\n", &["a"], "[d]\n"),
            ("[[a]]\nx = 1\n[[a]] # two\n[b]\n", &["a"], "# two\n[b]\n"),
            (
                "[p]\na = { x = { y = 1 } } # a\n",
                &["p", "a"],
                "[p]\n# a\n",
            ),
            ("[a]\n[a.b]\nx = 1\n", &["a", "b"], "[a]\n"),
        ]);
    }

    #[test]
    fn members_of_one_line_go_with_a_comma_and_tidy_blanks() {
        check(&[
            (
                "t = { a = 1, b = 2, c = 3 }",
                &["t", "a"],
                "t = { b = 2, c = 3 }",
            ),
            (
                "t = { a = 1, b = 2, c = 3 }",
                &["t", "b"],
                "t = { a = 1, c = 3 }",
            ),
            (
                "t = { a = 1, b = 2, c = 3 }",
                &["t", "c"],
                "t = { a = 1, b = 2 }",
            ),
            ("t = {a=1,b=2}", &["t", "a"], "t = {b=2}"),
            ("t = {a=1,b=2}", &["t", "b"], "t = {a=1}"),
            ("t = { a = 1 , b = 2 }", &["t", "b"], "t = { a = 1 }"),
            (
                "t = { a.x = 1, b = 2, a.y = 3 }",
                &["t", "a"],
                "t = { b = 2 }",
            ),
            (
                "t = { a = { b = 1, c = 2 } }",
                &["t", "a", "c"],
                "t = { a = { b = 1 } }",
            ),
            ("t = { a = 1, b = 2, }", &["t", "b"], "t = { a = 1, }"),
        ]);
    }

    #[test]
    fn members_of_many_lines_go_and_comments_beside_them_stay() {
        let text = "t = { # open\n  a = 1, # one\n  # between\n  b = [ # in\n  ], # two\n  c = 3 # three\n}";
        check(&[
            (
                text,
                &["t", "a"],
                "t = { # open\n  # one\n  # between\n  b = [ # in\n  ], # two\n  c = 3 # three\n}",
            ),
            (
                text,
                &["t", "b"],
                "t = { # open\n  a = 1, # one\n  # between\n  # two\n  c = 3 # three\n}",
            ),
            (
                text,
                &["t", "c"],
                "t = { # open\n  a = 1, # one\n  # between\n  b = [ # in\n  ] # two\n  # three\n}",
            ),
            (
                "t = {\n  a = 1,\n  b = 2,\n}",
                &["t", "a"],
                "t = {\n  b = 2,\n}",
            ),
            (
                "t = {\n  a = 1\n, b = 2 # two\n}",
                &["t", "b"],
                "t = {\n  a = 1\n# two\n}",
            ),
            (
                "t = {\n  a = 1 # one\n, b = 2\n}",
                &["t", "a"],
                "t = {\n  # one\nb = 2\n}",
            ),
            ("t = { a = 1 # one\n}", &["t", "a"], "t = { # one\n}"),
        ]);
    }

    #[test]
    fn what_is_not_there_is_told() {
        let keys = |keys: &[&str]| keys.iter().map(ToString::to_string).collect::<Vec<_>>();
        for wanted in [&["b"][..], &["a", "b"], &["a", "b", "c"], &["t", "x"]] {
            assert_eq!(
                unset("a = 1\n[t]\n", wanted),
                Err(EditError::Missing { keys: keys(wanted) })
            );
        }
        let inside = unset("[[a]]\nb = 1", &["a", "b"]);
        assert_eq!(
            inside,
            Err(EditError::ArrayOfTables {
                keys: keys(&["a"]),
                offset: Some(2)
            })
        );
        assert_eq!(unset("a = 1", &[]), Err(EditError::Root));
    }
}
