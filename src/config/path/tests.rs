use super::*;
use proptest::prelude::*;

fn canonical(text: &str) -> String {
    match Path::parse(text) {
        Ok(path) => path.to_string(),
        Err(error) => format!("{}: {error}", error.offset),
    }
}

#[test]
fn readings() {
    for (text, want) in [
        ("output.format", "output.format"),
        ("output.\"format\"", "output.format"),
        ("output['format']", "output.format"),
        ("profiles.my-work.base_url", "profiles.my-work.base_url"),
        ("\"a b\".c", "\"a b\".c"),
        ("a[\"b\\\"c\"].d", "a[\"b\\\"c\"].d"),
        (
            "auth.jira.https://acme.atlassian.net.pat",
            "auth.jira[\"https://acme.atlassian.net\"].pat",
        ),
        (
            "auth.jira.https://acme.atlassian.net",
            "auth.jira[\"https://acme.atlassian.net\"]",
        ),
        (
            "auth.jira.\"https://acme.atlassian.net\".pat",
            "auth.jira[\"https://acme.atlassian.net\"].pat",
        ),
        (
            "auth.jira['https://acme.atlassian.net'].pat",
            "auth.jira[\"https://acme.atlassian.net\"].pat",
        ),
        // quotes eaten by a shell
        (
            "auth.jira[https://acme.atlassian.net].pat",
            "auth.jira[\"https://acme.atlassian.net\"].pat",
        ),
        (
            "auth.jira[https://[::1]:8080].pat",
            "auth.jira[\"https://[::1]:8080\"].pat",
        ),
        (
            "auth.jira.https://[::1]:8080.pat",
            "auth.jira[\"https://[::1]:8080\"].pat",
        ),
        (
            "auth.jira.HTTPS://ACME.Atlassian.net:443/.pat",
            "auth.jira[\"https://acme.atlassian.net\"].pat",
        ),
        (
            "auth.confluence.https://acme.atlassian.net/wiki.username",
            "auth.confluence[\"https://acme.atlassian.net\"].username",
        ),
        (
            "auth.confluence.https://wiki.corp/confluence.pat",
            "auth.confluence[\"https://wiki.corp/confluence\"].pat",
        ),
        (
            "auth.jira.acme.atlassian.net.pat",
            "auth.jira[\"https://acme.atlassian.net\"].pat",
        ),
        (
            "auth.jira.https://10.0.0.1.pat",
            "auth.jira[\"https://10.0.0.1\"].pat",
        ),
        (
            "auth.jira.http://localhost:8080/jira.pat",
            "auth.jira[\"http://localhost:8080/jira\"].pat",
        ),
        (
            "auth.jira.https://api.atlassian.com/ex/jira/11111111-2222.cloud_id",
            "auth.jira[\"https://api.atlassian.com/ex/jira/11111111-2222\"].cloud_id",
        ),
        // short forms
        ("auth.jira", "auth.jira"),
        ("auth.jira.username", "auth.jira.username"),
        ("auth.jira.url", "auth.jira.url"),
        // the field wins; the other reading needs quotes
        (
            "auth.jira.https://jira.pat",
            "auth.jira[\"https://jira\"].pat",
        ),
        (
            "auth.jira[\"https://jira.pat\"]",
            "auth.jira[\"https://jira.pat\"]",
        ),
        (
            "auth.jira.https://jira.pat.pat",
            "auth.jira[\"https://jira.pat\"].pat",
        ),
        (
            "auth.jira.https://corp/x.url",
            "auth.jira[\"https://corp/x\"].url",
        ),
        // fields are those of the product
        (
            "auth.bitbucket.https://bitbucket.org.workspace",
            "auth.bitbucket[\"https://bitbucket.org\"].workspace",
        ),
        (
            "auth.jira.https://x.workspace",
            "auth.jira[\"https://x.workspace\"]",
        ),
        // a mistyped field looks like a host: readable, and nothing is there
        (
            "auth.jira.https://acme.atlassian.net.usrname",
            "auth.jira[\"https://acme.atlassian.net.usrname\"]",
        ),
        ("auth.jsm.x", "auth.jsm.x"),
    ] {
        assert_eq!(canonical(text), want, "{text}");
    }
}

#[test]
fn what_is_no_path_is_refused_at_its_place() {
    for (text, want) in [
        ("", "0: a key is missing here"),
        ("output.", "7: a key is missing here"),
        (".output", "0: a key is missing here"),
        ("output..format", "7: a key is missing here"),
        ("out put", "3: ` ` has to be quoted"),
        ("a[b]", "2: a quoted key is missing here"),
        ("auth.jira[\"https://a.b\"", "23: `]` is missing here"),
        ("auth.jira[https://a.b", "21: `]` is missing here"),
        ("auth.jira.\"https://a.b", "10: this quote is not closed"),
        ("a.\"\\q\"", "2: an escape in this key is not known"),
        (
            "auth.jira.https://u:p@a.b.pat",
            "10: an address here has no user or password in it",
        ),
        (
            "auth.jira.https://a.b?x.pat",
            "10: an address here has no query (`?…`)",
        ),
        (
            "auth.jira.ftp://a.b.pat",
            "10: an address starts with `https://`",
        ),
        ("auth.jira.", "10: a key is missing here"),
    ] {
        assert_eq!(canonical(text), want, "{text}");
    }
}

#[test]
fn a_password_in_an_address_is_not_shown_again() {
    for text in [
        "auth.jira.https://me:hunter2@a.b.pat",
        "auth.confluense.https://me:hunter2@a.b.pat",
        "profiles.https://me:hunter2@a.b",
    ] {
        let error = Path::parse(text).unwrap_err();
        assert!(
            !format!("{error:?}{error}").contains("hunter2"),
            "{error:?}"
        );
    }
}

#[test]
fn short_forms_name_the_product_and_the_field() {
    let short = Path::parse("auth.jira.username")
        .unwrap()
        .short_form()
        .unwrap();
    assert_eq!(
        (short.product.to_string().as_str(), short.field.as_str()),
        ("auth.jira", "username")
    );
    for whole in [
        "auth.jira.https://a.b",
        "auth.jira",
        "output.format",
        "auth.jsm.username",
    ] {
        assert_eq!(Path::parse(whole).unwrap().short_form(), None, "{whole}");
    }
}

#[test]
fn arguments_split_at_the_first_equals_sign_outside_of_quotes_and_brackets() {
    for (text, want) in [
        ("output.format=json", Some(("output.format", "json"))),
        ("a=b=c", Some(("a", "b=c"))),
        ("a[\"x=y\"].b=c", Some(("a[\"x=y\"].b", "c"))),
        ("a[x=y].b=c", Some(("a[x=y].b", "c"))),
        ("a.\"\\\"=\"=c", Some(("a.\"\\\"=\"", "c"))),
        ("a=", Some(("a", ""))),
        ("a", None),
        ("a[\"=\"]", None),
    ] {
        assert_eq!(Path::split_argument(text), want, "{text}");
    }
}

#[test]
fn every_spelling_of_an_address_agrees() {
    let labels = [
        "acme",
        "jira",
        "pat",
        "x-1",
        "url",
        "username",
        "7",
        "net",
        "token_expires",
    ];
    for first in labels {
        for last in labels {
            for tail in [
                "", ":443", ":8443", "/", "/wiki", "/jira", "/a.pat", "/x.url/y",
            ] {
                let url = format!("https://{first}.{last}{tail}");
                let quoted = Path::parse(&format!("auth.jira[\"{url}\"].username"));
                for text in [
                    format!("auth.jira.\"{url}\".username"),
                    format!("auth.jira[{url}].username"),
                    format!("auth.jira.{url}.username"),
                ] {
                    let read = Path::parse(&text);
                    match (&quoted, &read) {
                        (Ok(a), Ok(b)) => assert_eq!(a, b, "{text}"),
                        (Err(a), Err(b)) => assert_eq!(a.fault, b.fault, "{text}"),
                        _ => panic!("{text}: {quoted:?} {read:?}"),
                    }
                }
            }
        }
    }
}

fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z_-]{1,8}",
        "[ -~]{0,8}",
        "\\PC{0,6}",
        any::<String>(),
        Just("output".to_owned()),
        Just("profiles".to_owned()),
        Just("a\"b'c\\".to_owned()),
    ]
}

proptest! {
    #[test]
    fn printing_then_parsing_gives_the_same_path(keys in prop::collection::vec(key(), 1..5)) {
        let path = Path::from_keys(keys.iter().map(String::as_str));
        prop_assume!(path.is_ok());
        let path = path.unwrap();
        prop_assert_eq!(Path::parse(&path.to_string()), Ok(path));
    }

    #[test]
    fn parsing_then_printing_is_canonical(text in prop_oneof![
        "auth\\.(jira|confluence|bitbucket)[.\\[]\"?[a-z:/.@?#-]{0,20}\"?\\]?(\\.pat|\\.url|\\.[a-z]{1,4})?",
        "[a-z.\\[\\]\"'\\\\= -]{0,16}",
        any::<String>(),
    ]) {
        if let Ok(path) = Path::parse(&text) {
            let printed = path.to_string();
            let again = Path::parse(&printed);
            prop_assert_eq!(again.as_ref(), Ok(&path), "{}", printed);
            prop_assert_eq!(again.unwrap().to_string(), printed);
        }
    }

    #[test]
    fn errors_point_into_the_text(text in any::<String>()) {
        if let Err(error) = Path::parse(&text) {
            prop_assert!(error.offset <= error.text.len() && error.text.is_char_boundary(error.offset));
        }
    }
}
