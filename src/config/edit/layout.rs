//! The outline, a table and what it lacks go in; new tokens at the right place come out: a line in its body, a
//! member in its braces, a header at the end of the text.

use super::encode::encode_key;
use super::outline::{Form, NodeId, Outline, Run};
use super::tokens::{EDGE, Kind, TokenId, Tokens};
use std::borrow::Cow;

/// A pair more in the host's body or braces, behind those that are there.
pub(super) fn add_pair(outline: &mut Outline<'_>, host: NodeId, keys: &[String], value: &str) {
    let last = outline.last_pair(host).map(|pair| outline.run_of(pair));
    let first = match (&outline.node(host).form, last) {
        (Form::InlineTable { .. }, Some(last)) => {
            let next = outline.tokens.next(last.last);
            put(outline, next, Kind::Comma, ",");
            put(outline, next, Kind::Blank, " ");
            put_pair(outline, next, keys, value)
        }
        (&Form::InlineTable { value: braces }, None) => {
            let next = outline.tokens.next(braces.first);
            put(outline, next, Kind::Blank, " ");
            let first = put_pair(outline, next, keys, value);
            if outline.tokens.kind(next) == Kind::InlineClose {
                put(outline, next, Kind::Blank, " ");
            }
            first
        }
        (_, last) => match last.or(outline.header(host)) {
            Some(line) => put_line_behind(outline, line, keys, value),
            None => put_first_line(outline, keys, value),
        },
    };
    outline.read_pair(host, first);
}

/// A line behind the one on which this run ends, with the indentation of the one on which it starts.
fn put_line_behind(outline: &mut Outline<'_>, line: Run, keys: &[String], value: &str) -> TokenId {
    let newline = outline.tokens.newline();
    let indentation = outline.tokens.indentation(line.first);
    let end = outline.tokens.skip(
        outline.tokens.next(line.last),
        &[Kind::Blank, Kind::Comment],
    );
    if end == EDGE {
        put(outline, EDGE, Kind::Newline, newline);
    }
    let next = if end == EDGE {
        EDGE
    } else {
        outline.tokens.next(end)
    };
    if !indentation.is_empty() {
        outline
            .tokens
            .put_before(next, Kind::Blank, Cow::Owned(indentation));
    }
    let first = put_pair(outline, next, keys, value);
    if end != EDGE {
        put(outline, next, Kind::Newline, newline);
    }
    first
}

/// The first line of the root: below a first comment that stands for itself, else on top of everything.
fn put_first_line(outline: &mut Outline<'_>, keys: &[String], value: &str) -> TokenId {
    let newline = outline.tokens.newline();
    let tokens = &outline.tokens;
    let is_blank_line = |token| {
        matches!(
            tokens.kind(tokens.skip(token, &[Kind::Blank])),
            Kind::Newline | Kind::Edge
        )
    };
    let top = tokens.skip(tokens.next(EDGE), &[Kind::Mark]);
    let below = below_comment(tokens, top);
    let end = tokens.skip(below, &[Kind::Blank]);
    if below != top && end == EDGE {
        // nothing but a comment: a blank line sets it apart, and the text ends as it ended before
        let complete = tokens.kind(tokens.previous(EDGE)) == Kind::Newline;
        put(outline, EDGE, Kind::Newline, newline);
        if !complete {
            put(outline, EDGE, Kind::Newline, newline);
        }
        let first = put_pair(outline, EDGE, keys, value);
        if complete {
            put(outline, EDGE, Kind::Newline, newline);
        }
        return first;
    }
    let apart = tokens.kind(end) == Kind::Newline;
    let next = if below != top && apart {
        tokens.next(end)
    } else {
        top
    };
    let gap = !is_blank_line(next);
    let first = put_pair(outline, next, keys, value);
    put(outline, next, Kind::Newline, newline);
    if gap {
        put(outline, next, Kind::Newline, newline);
    }
    first
}

/// The start of the first line that is no comment.
fn below_comment(tokens: &Tokens<'_>, top: TokenId) -> TokenId {
    let mut below = top;
    while tokens.kind(tokens.skip(below, &[Kind::Blank])) == Kind::Comment {
        let end = tokens.skip(below, &[Kind::Blank, Kind::Comment]);
        below = if end == EDGE { EDGE } else { tokens.next(end) };
    }
    below
}

/// A header at the end of the text, with a blank line before it; its table.
pub(super) fn add_header(outline: &mut Outline<'_>, keys: &[String]) -> NodeId {
    let newline = outline.tokens.newline();
    let tokens = &outline.tokens;
    let last = tokens.previous(EDGE);
    let complete = matches!(tokens.kind(last), Kind::Newline | Kind::Mark | Kind::Edge);
    let above = if tokens.kind(last) == Kind::Newline {
        tokens.skip_back(tokens.previous(last), &[Kind::Blank])
    } else {
        last
    };
    if !matches!(tokens.kind(above), Kind::Newline | Kind::Mark | Kind::Edge) {
        put(outline, EDGE, Kind::Newline, newline);
    }
    if !complete {
        put(outline, EDGE, Kind::Newline, newline);
    }
    let open = put(outline, EDGE, Kind::HeaderOpen, "[");
    put_keys(outline, EDGE, keys);
    put(outline, EDGE, Kind::HeaderClose, "]");
    if complete {
        put(outline, EDGE, Kind::Newline, newline);
    }
    outline.read_header(open)
}

fn put(outline: &mut Outline<'_>, next: TokenId, kind: Kind, text: &'static str) -> TokenId {
    outline.tokens.put_before(next, kind, Cow::Borrowed(text))
}

fn put_keys(outline: &mut Outline<'_>, next: TokenId, keys: &[String]) {
    for (index, key) in keys.iter().enumerate() {
        if index > 0 {
            put(outline, next, Kind::Dot, ".");
        }
        outline
            .tokens
            .put_before(next, Kind::Key, Cow::Owned(encode_key(key)));
    }
}

/// The first token of the key.
fn put_pair(outline: &mut Outline<'_>, next: TokenId, keys: &[String], value: &str) -> TokenId {
    let before = outline.tokens.previous(next);
    put_keys(outline, next, keys);
    put(outline, next, Kind::Blank, " ");
    put(outline, next, Kind::Equals, "=");
    put(outline, next, Kind::Blank, " ");
    outline.tokens.put_value_before(next, value);
    outline.tokens.next(before)
}

#[cfg(test)]
mod tests {
    use crate::config::edit::{Edit, apply};

    /// Sets a value, on its own and by the outline.
    fn check(cases: &[(&str, &[&str], &str)]) {
        for (text, keys, expected) in cases {
            let keys = keys.iter().map(ToString::to_string).collect();
            let set = Edit::Set {
                keys,
                value: "7".to_string(),
            };
            let nothing = Edit::Table { keys: Vec::new() };
            assert_eq!(
                apply(text, &[nothing, set.clone()]).as_deref(),
                Ok(*expected),
                "{text:?} by the outline"
            );
            assert_eq!(apply(text, &[set]).as_deref(), Ok(*expected), "{text:?}");
        }
    }

    #[test]
    fn a_key_goes_behind_the_last_pair_of_its_body() {
        check(&[
            (
                "[t]\na = 1 # c\n\n# about u\n[u]\n",
                &["t", "b"],
                "[t]\na = 1 # c\nb = 7\n\n# about u\n[u]\n",
            ),
            (
                "[t]\n  a = [\n1] # c\n# end\n",
                &["t", "b"],
                "[t]\n  a = [\n1] # c\n  b = 7\n# end\n",
            ),
            ("[t] # c\n[u]\n", &["t", "b"], "[t] # c\nb = 7\n[u]\n"),
            (
                "\t[t]\n[t.u]\nx = 1\n",
                &["t", "b c"],
                "\t[t]\n\t\"b c\" = 7\n[t.u]\nx = 1\n",
            ),
            ("a = 1\r\n[t]\r\n", &["b"], "a = 1\r\nb = 7\r\n[t]\r\n"),
            ("a = 1", &["b"], "a = 1\nb = 7"),
            ("x = 1\r\n[t]", &["t", "b"], "x = 1\r\n[t]\r\nb = 7"),
            ("\u{feff}a = 1 # c", &["b"], "\u{feff}a = 1 # c\nb = 7"),
        ]);
    }

    #[test]
    fn what_dotted_keys_define_takes_dotted_keys() {
        check(&[
            (
                "a.b = 1\nc = 2\n[t]\n",
                &["a", "d"],
                "a.b = 1\nc = 2\na.d = 7\n[t]\n",
            ),
            (
                "[t]\na.b.c = 1\n",
                &["t", "a", "b", "x", "y"],
                "[t]\na.b.c = 1\na.b.x.y = 7\n",
            ),
        ]);
    }

    #[test]
    fn a_table_goes_to_the_end_below_one_blank_line() {
        check(&[
            ("", &["t", "a"], "[t]\na = 7\n"),
            ("\u{feff}", &["t", "a"], "\u{feff}[t]\na = 7\n"),
            (
                "a = 1\r\n",
                &["t", "u v", "a"],
                "a = 1\r\n\r\n[t.\"u v\"]\r\na = 7\r\n",
            ),
            ("a = 1\n \n", &["t", "a"], "a = 1\n \n[t]\na = 7\n"),
            ("a = 1", &["t", "a"], "a = 1\n\n[t]\na = 7"),
            (
                "# only a comment\n",
                &["t", "a"],
                "# only a comment\n\n[t]\na = 7\n",
            ),
            (
                "[t.u]\nx = 1\n",
                &["t", "a"],
                "[t.u]\nx = 1\n\n[t]\na = 7\n",
            ),
            (
                "[t]\nx = 1\n",
                &["t", "u", "a"],
                "[t]\nx = 1\n\n[t.u]\na = 7\n",
            ),
            ("\n", &["t", "a"], "\n[t]\na = 7\n"),
        ]);
    }

    #[test]
    fn the_first_key_of_the_root_goes_below_a_comment_that_stands_for_itself() {
        check(&[
            ("", &["a"], "a = 7\n"),
            ("\u{feff}", &["a"], "\u{feff}a = 7\n"),
            (
                "#:schema x\n# mine\n",
                &["a"],
                "#:schema x\n# mine\n\na = 7\n",
            ),
            (
                "# mine\r\n# really",
                &["a"],
                "# mine\r\n# really\r\n\r\na = 7",
            ),
            ("# mine\n\n", &["a"], "# mine\n\na = 7\n"),
            ("# mine\n\n[t]\n", &["a"], "# mine\n\na = 7\n\n[t]\n"),
            ("# mine\n\n\n[t]\n", &["a"], "# mine\n\na = 7\n\n[t]\n"),
            (
                "\u{feff}# of t\n[t]\n",
                &["a"],
                "\u{feff}a = 7\n\n# of t\n[t]\n",
            ),
            ("\n[t]\n", &["a"], "a = 7\n\n[t]\n"),
            ("# mine\n ", &["a"], "# mine\n \n\na = 7"),
        ]);
    }

    #[test]
    fn inline_tables_take_members() {
        check(&[
            ("t = {}", &["t", "a"], "t = { a = 7 }"),
            ("t = { }", &["t", "a"], "t = { a = 7 }"),
            ("t = { a = 1 } # c", &["t", "b"], "t = { a = 1, b = 7 } # c"),
            ("t = {a=1,}", &["t", "b", "c"], "t = {a=1, b.c = 7,}"),
            (
                "t = { a.b = 1, c = 2 }",
                &["t", "a", "d"],
                "t = { a.b = 1, c = 2, a.d = 7 }",
            ),
            (
                "t = { u = { a = 1 } }",
                &["t", "u", "b"],
                "t = { u = { a = 1, b = 7 } }",
            ),
            (
                "t = {\n  a = 1, # one\n  # end\n}",
                &["t", "b"],
                "t = {\n  a = 1, b = 7, # one\n  # end\n}",
            ),
            ("t = { # none\n}", &["t", "a"], "t = { a = 7 # none\n}"),
        ]);
    }
}
