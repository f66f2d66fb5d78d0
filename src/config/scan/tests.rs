use super::*;

const SITES: &str = "# mine\r\n[auth.jira.\"https://acme.atlassian.net\"] # work\r\nusername = \"me\"\r\n\
                     tags = [\r\n  \"a\", # one\r\n]\r\n\r\n[connection]\r\ntimeout = 30\r\n";

fn found<'t>(text: &'t str, wanted: &[&str]) -> Result<(Option<&'t str>, Place), Unsure> {
    let Found { look, place } = scan(text, wanted, &mut ())?;
    let value = match look {
        Look::Value(range) => Some(&text[range]),
        Look::Absent => None,
    };
    Ok((value, place))
}

fn value<'t>(text: &'t str, wanted: &[&str]) -> Option<&'t str> {
    found(text, wanted).unwrap().0
}

#[test]
fn a_value_is_found_by_its_decoded_keys() {
    let instance = ["auth", "jira", "https://acme.atlassian.net"];
    assert_eq!(
        value(SITES, &[instance[0], instance[1], instance[2], "username"]),
        Some("\"me\"")
    );
    assert_eq!(value(SITES, &["connection", "timeout"]), Some("30"));
    assert_eq!(
        value("\u{feff}\"\\u0061\" . 'b.c' = '''x'''", &["a", "b.c"]),
        Some("'''x'''")
    );
    assert_eq!(
        value("a = { b.c = 1, d = [{ e = 2 }] }", &["a", "b", "c"]),
        Some("1")
    );
    assert_eq!(value("a = { b.c = 1 }", &["a"]), Some("{ b.c = 1 }"));
}

#[test]
fn what_stands_in_strings_arrays_and_elements_is_not_there() {
    for text in [
        "a = \"\"\"\n[b]\nc = 1\n\"\"\"",
        "a = [{ b = 1 }]\nb = []",
        "[[b]]\nc = 1\n[b.d]\nc = 2",
        "#[b]\n#c = 1",
    ] {
        assert_eq!(value(text, &["b", "c"]), None, "{text}");
        assert_eq!(value(text, &["b", "d", "c"]), None, "{text}");
    }
}

#[test]
fn a_new_key_goes_behind_the_last_pair_of_its_table() {
    let after = |text: &str, wanted: &[&str]| match found(text, wanted) {
        Ok((None, Place::Line(last))) => text[last].to_string(),
        other => panic!("{other:?}"),
    };
    let instance = "https://acme.atlassian.net";
    assert_eq!(
        after(SITES, &["auth", "jira", instance, "pat"]),
        "tags = [\r\n  \"a\", # one\r\n]"
    );
    assert_eq!(after("[a]\n[b]\nx = 1", &["a", "x"]), "[a]");
    assert_eq!(after("x.y = 1\n[b]\nz = 2", &["a"]), "x.y = 1");
}

#[test]
fn a_new_table_is_for_keys_whose_tables_are_absent() {
    for wanted in [
        &["output", "format"][..],
        &["auth", "username"],
        &["connection", "retry", "limit"],
    ] {
        assert_eq!(
            found(SITES, wanted),
            Ok((None, Place::NewTable)),
            "{wanted:?}"
        );
    }
    for (text, wanted) in [
        ("a.b = 1", &["a", "c"][..]),
        ("a = {}", &["a", "c"]),
        ("a = 1", &["a", "c"]),
        ("[[a]]", &["a", "c"]),
        ("[a]", &["c"]),
    ] {
        assert_eq!(found(text, wanted), Ok((None, Place::Ask)), "{text}");
    }
}

#[test]
fn a_section_is_no_answer() {
    for text in ["[a]", "[a.b]", "a.b = 1", "[[a]]"] {
        assert_eq!(scan(text, &["a"], &mut ()), Err(Unsure::Section), "{text}");
    }
}

#[test]
fn names_that_cannot_stand_together_are_not_accepted() {
    for text in [
        "a = 1\n'a' = 2",
        "[a]\n[\"\\u0061\"]",
        "a.b = 1\na = 2",
        "a = {}\n[a.b]",
        "[a]\n[[a]]",
        "[[a]]\n[a]",
        "[a.b]\n[a]\nb.c = 1",
        "x = { a = 1, a.b = 2 }",
        "[a]\nb = 1\n[a.b.c]",
        "[a.b]\n[a]\nb = 1",
    ] {
        assert!(
            matches!(scan(text, &[], &mut ()), Err(Unsure::Duplicate { .. })),
            "{text}"
        );
    }
}

#[test]
fn what_is_no_toml_is_not_accepted() {
    for text in [
        "a",
        "a =",
        "a = 1 2",
        "= 1",
        "[a",
        "[[a]",
        "a = \"x",
        "a = 'x\ny'",
        "a = 01",
        "a = [1 2]",
        "a = {,}",
        "a = 1\r",
        "\0",
        "a = \u{feff}1",
        "'''a''' = 1",
        "\"\"\"a\"\"\" = 1",
        "a.\"\\q\" = 1",
        "a b = 1",
        "# \u{7f}",
        "a = 1979-13-01",
    ] {
        assert!(
            matches!(scan(text, &[], &mut ()), Err(Unsure::Syntax { .. })),
            "{text:?}"
        );
    }
}

#[test]
fn nesting_is_followed_to_a_limit() {
    let nested = |depth: usize| format!("a = {}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(scan(&nested(40), &[], &mut ()).is_ok());
    assert_eq!(scan(&nested(41), &[], &mut ()), Err(Unsure::Deep));
}

#[derive(Default)]
struct Seen<'t> {
    text: &'t str,
    lines: Vec<String>,
    unsure_at: Option<&'t str>,
}

impl Visitor for Seen<'_> {
    fn table(&mut self, header: Range<usize>, array: bool) -> Result<(), Unsure> {
        self.lines.push(format!("{array} {}", &self.text[header]));
        Ok(())
    }

    fn pair(&mut self, key: Range<usize>, value: Range<usize>) -> Result<(), Unsure> {
        let key = &self.text[key];
        self.lines.push(format!("{key} -> {}", &self.text[value]));
        if self.unsure_at == Some(key) {
            Err(Unsure::Visitor)
        } else {
            Ok(())
        }
    }
}

#[test]
fn a_visitor_sees_headers_and_pairs_in_order() {
    let text = "a . 'b' = { c = 1 } # x\n[ d.\"e\" ]\nf = [\n1]\n[[g]]\nh=''";
    let mut seen = Seen {
        text,
        ..Seen::default()
    };
    scan(text, &[], &mut seen).unwrap();
    assert_eq!(
        seen.lines,
        [
            "a . 'b' -> { c = 1 }",
            "false d.\"e\"",
            "f -> [\n1]",
            "true g",
            "h -> ''"
        ]
    );
}

#[test]
fn a_visitor_can_end_the_pass() {
    let mut seen = Seen {
        text: "a = 1\nb = 2\nc = 3",
        unsure_at: Some("b"),
        ..Seen::default()
    };
    assert_eq!(scan(seen.text, &[], &mut seen), Err(Unsure::Visitor));
    assert_eq!(seen.lines, ["a -> 1", "b -> 2"]);
}
