use super::*;

fn layer(text: &str) -> FileLayer {
    FileLayer::of_text(Layer::User, FilePath::new("/c.toml"), text.to_owned())
}

#[test]
fn both_ways_give_the_same_answer_and_line() {
    for text in [
        "# c\n[output]\nformat = \"json\"\n",
        "# c\noutput = {\n format = 'json' }\nzzz = 1\n",
    ] {
        let layer = layer(text);
        let path = Path::parse("output.format").unwrap();
        let super::super::schema::Match::Setting(setting) = path.lookup() else {
            panic!()
        };
        let found = layer.find(&path, setting).unwrap().unwrap();
        assert_eq!(found.value, Value::Text("json".into()));
        assert!(
            matches!(found.origin, Origin::File { line: 3, .. }),
            "{:?}",
            found.origin
        );
        let all = layer.assignments(&Path::default()).unwrap();
        assert_eq!(
            (all[0].value.clone(), all[0].origin.clone()),
            (found.value, found.origin)
        );
    }
}

#[test]
fn a_broken_file_is_an_error_that_shows_no_value() {
    for (text, line, excerpt) in [
        ("a = 1\ntoken = \"ATATT3secret\n", 2, "token = …"),
        ("[output\nformat = 1", 1, "[output"),
        ("x = 1\nATATT3secret\n", 2, ""),
        ("x = 1\nATATT3xFfGF0secretABCDEFGHIJKL=1A2B\n", 2, ""),
    ] {
        let error = layer(text).checked().map(|_| ()).unwrap_err();
        assert!(!format!("{error:?}").contains("secret"), "{error:?}");
        match error.fault {
            LoadFault::Syntax {
                line: found,
                excerpt: shown,
                ..
            } => assert_eq!((found, shown.as_str()), (line, excerpt)),
            other => panic!("{other:?}"),
        }
    }
}
