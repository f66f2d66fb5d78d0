use super::*;

fn keys(keys: &[&str]) -> Vec<String> {
    keys.iter().map(ToString::to_string).collect()
}

fn set(wanted: &[&str], value: &str) -> Edit {
    Edit::Set {
        keys: keys(wanted),
        value: value.to_string(),
    }
}

fn unset(wanted: &[&str]) -> Edit {
    Edit::Unset { keys: keys(wanted) }
}

fn rename(wanted: &[&str], name: &str) -> Edit {
    Edit::Rename {
        keys: keys(wanted),
        name: name.to_string(),
    }
}

fn table(wanted: &[&str]) -> Edit {
    Edit::Table { keys: keys(wanted) }
}

#[test]
fn new_pairs_of_one_table_stand_together() {
    let edits = [
        set(&["profiles", "work", "email"], "\"me\""),
        set(&["default_profile"], "\"work\""),
        set(&["profiles", "work", "bitbucket", "auth"], "\"basic\""),
        set(&["profiles", "work", "auth"], "\"basic\""),
        set(&["output", "format"], "\"json\""),
    ];
    let text = "# mine\r\n\r\n[output]\r\ncolor = \"never\"\r\n";
    let expected = "# mine\r\n\r\ndefault_profile = \"work\"\r\n\r\n[output]\r\ncolor = \"never\"\r\nformat = \"json\"\r\n\r\n\
                    [profiles.work]\r\nemail = \"me\"\r\nauth = \"basic\"\r\n\r\n\
                    [profiles.work.bitbucket]\r\nauth = \"basic\"\r\n";
    assert_eq!(apply(text, &edits).as_deref(), Ok(expected));
}

#[test]
fn edits_build_on_those_before_them() {
    for (text, edits, expected) in [
        (
            "",
            vec![
                set(&["a"], "1"),
                set(&["a"], "2"),
                rename(&["a"], "b"),
                set(&["b"], "3"),
            ],
            "b = 3\n",
        ),
        (
            "[a]\nx = 1\n",
            vec![unset(&["a"]), set(&["a", "y"], "2")],
            "[a]\ny = 2\n",
        ),
        (
            "[a]\nx = 1\n",
            vec![
                rename(&["a"], "b"),
                set(&["b", "y"], "2"),
                unset(&["b", "x"]),
            ],
            "[b]\ny = 2\n",
        ),
        (
            "",
            vec![
                set(&["a"], "{ b = 1 }"),
                set(&["a", "c"], "2"),
                unset(&["a", "b"]),
            ],
            "a = { c = 2 }\n",
        ),
        (
            "a = { b = 1 }",
            vec![unset(&["a", "b"]), set(&["a", "c"], "2")],
            "a = { c = 2 }",
        ),
        (
            "[a]\nb.x = 1\n[a.b.c]\n",
            vec![unset(&["a", "b", "x"]), set(&["a", "b", "y"], "2")],
            "[a]\n[a.b.c]\n\n[a.b]\ny = 2\n",
        ),
        (
            "[a]\nb.x = 1\n",
            vec![
                rename(&["a", "b"], "c"),
                rename(&["a", "c"], "d"),
                set(&["a", "d", "y"], "2"),
            ],
            "[a]\nd.x = 1\nd.y = 2\n",
        ),
        (
            "a = 1\nb = 2\n",
            vec![
                unset(&["b"]),
                set(&["c"], "3"),
                unset(&["a"]),
                set(&["d"], "4"),
            ],
            "c = 3\nd = 4\n",
        ),
        (
            "x = 1",
            vec![table(&["t"]), set(&["t", "a"], "1"), unset(&["t"])],
            "x = 1\n",
        ),
    ] {
        assert_eq!(apply(text, &edits).as_deref(), Ok(expected), "{edits:?}");
        let one_by_one = edits.iter().try_fold(text.to_string(), |text, edit| {
            apply(&text, std::slice::from_ref(edit))
        });
        assert_eq!(one_by_one.as_deref(), Ok(expected), "{edits:?} one by one");
    }
}

#[test]
fn one_edit_that_cannot_be_made_undoes_all() {
    let edits = [set(&["b"], "2"), unset(&["c"])];
    assert_eq!(
        apply("a = 1", &edits),
        Err(EditError::Missing { keys: keys(&["c"]) })
    );
}

#[test]
fn places_are_those_of_the_given_text() {
    let moved = [
        set(&["x"], "\"a long line above\""),
        rename(&["a"], "longer"),
        set(&["longer", "b"], "1"),
    ];
    let in_the_way = EditError::ValueInTheWay {
        keys: keys(&["longer"]),
        offset: Some(8),
    };
    assert_eq!(apply("# c\nx=0\na = 1", &moved), Err(in_the_way));
    let written = [set(&["a"], "1"), set(&["a", "b"], "1")];
    assert_eq!(
        apply("", &written),
        Err(EditError::ValueInTheWay {
            keys: keys(&["a"]),
            offset: None
        })
    );
}

#[test]
fn no_edits_leave_the_text_alone() {
    let text = "\u{feff} a = 1\r\n\n[b]";
    assert_eq!(apply(text, &[]).as_deref(), Ok(text));
    assert_eq!(apply(text, &[table(&[])]).as_deref(), Ok(text));
}

#[test]
fn a_text_that_is_no_toml_is_not_edited_and_not_quoted() {
    for text in [
        "token = hunter2",
        "a = 1\na = hunter2",
        "[hunter2",
        "token = \"hunter2\\q\"",
        "hunter2 = 1\nhunter2 = 2",
    ] {
        for edits in [vec![set(&["x"], "1")], vec![table(&["x"])], vec![]] {
            match apply(text, &edits) {
                Err(EditError::Syntax { offset, message }) => {
                    assert!(
                        offset <= text.len() && !message.contains("hunter2"),
                        "{message}"
                    );
                }
                other => panic!("{other:?}"),
            }
        }
    }
}

#[test]
fn values_that_are_no_single_value_are_refused() {
    for value in ["", "1\n[b]", "1 # c", "a", "\"\"\"\n\"\"\""] {
        assert_eq!(
            apply("", &[set(&["a"], value)]),
            Err(EditError::Value { keys: keys(&["a"]) }),
            "{value:?}"
        );
    }
    assert_eq!(apply("", &[set(&[], "1")]), Err(EditError::Root));
}

#[test]
fn errors_name_keys_as_they_are_written() {
    let error = EditError::Missing {
        keys: keys(&["auth", "https://a.b"]),
    };
    assert_eq!(error.to_string(), "auth.\"https://a.b\" is not there");
}
