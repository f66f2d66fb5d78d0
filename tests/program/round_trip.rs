//! What one command prints another one takes: `list --user` and `set --stdin`, `set` and `get`, for every setting.

use lassi::config::edit::encode_text;
use lassi::config::schema::{Kind, Setting, UrlUse, all};
use proptest::prelude::*;

use crate::home::Home;

/// Texts that a shell, TOML, or a parser of lines could stumble over.
const ODD_TEXTS: [&str; 6] = [
    "me@acme.example",
    "a \"quoted\" text with 'both' kinds",
    "back\\slash\\n and \\u0041",
    "# no comment = no pair [x] {y}",
    "h\u{e9} \u{1d11e} \u{65e5}\u{672c} \u{202e}hidden",
    "a,b;c|d`e$f",
];

/// The paths of a setting: its placeholders replaced.
fn paths(setting: &Setting) -> Vec<String> {
    let pattern = setting.pattern.replace("<name>", "my-work");
    let Some((start, rest)) = pattern.split_once("<url>") else {
        return vec![pattern];
    };
    let products = start
        .trim_end_matches('.')
        .trim_start_matches("auth.")
        .trim_matches(['{', '}']);
    let url = "https://jira.acme.example:8443/jira";
    products
        .split(',')
        .map(|product| format!("auth.{product}[\"{url}\"]{rest}"))
        .collect()
}

/// TOML values that a setting can have, in the form in which they are printed.
fn samples(setting: &Setting) -> Vec<String> {
    let texts = |texts: &[&str]| texts.iter().map(|text| encode_text(text)).collect();
    match setting.kind {
        Kind::Bool => vec!["true".to_owned(), "false".to_owned()],
        Kind::Integer { min, max } => vec![min.to_string(), max.to_string()],
        Kind::Number { min, max } => vec![
            min.to_string(),
            ((min + max) / 4.0 + 0.25).to_string(),
            max.to_string(),
        ],
        Kind::Text | Kind::Path => texts(&ODD_TEXTS),
        Kind::ProfileName => texts(&["work", "-", "_9", "My-Work_2"]),
        Kind::Uuid => texts(&["11111111-2222-3333-4444-abcdefabcdef"]),
        Kind::Choice(words) => texts(words),
        Kind::StatusCodes { .. } => vec![
            "[]".to_owned(),
            "[429]".to_owned(),
            "[400, 500, 599]".to_owned(),
        ],
        Kind::Hosts => vec![
            "[]".to_owned(),
            "[\"a.example\", \"localhost:8080\", \"[::1]:8443\"]".to_owned(),
        ],
        Kind::Url(UrlUse::Site) => texts(&[
            "https://acme.atlassian.net",
            "http://localhost:2990/jira",
            "https://[::1]:8443",
        ]),
        Kind::Url(UrlUse::Proxy) => {
            texts(&["http://proxy.acme.example:3128", "socks5h://localhost:1080"])
        }
        Kind::Date => vec!["2027-01-31".to_owned(), "1999-12-31".to_owned()],
        Kind::Secret => Vec::new(),
    }
}

/// Lists that together hold every sample of every setting.
fn lists() -> Vec<String> {
    let settings: Vec<(String, Vec<String>)> = all()
        .filter(|setting| !setting.secret())
        .flat_map(|setting| {
            paths(setting)
                .into_iter()
                .map(move |path| (path, samples(setting)))
        })
        .collect();
    let most = settings
        .iter()
        .map(|(_, samples)| samples.len())
        .max()
        .unwrap_or(0);
    let list = |round: usize| {
        let line = |(path, samples): &(String, Vec<String>)| {
            format!("{path} = {}\n", samples[round % samples.len()])
        };
        settings.iter().map(line).collect()
    };
    (0..most).map(list).collect()
}

#[test]
fn a_list_read_back_gives_the_same_list() {
    for lines in lists() {
        let home = Home::new();
        home.run_with_input(&lines, &["config", "set", "--stdin"])
            .fine();
        let list = home.run(&["config", "list", "--user"]).fine();
        let mut given: Vec<&str> = lines.lines().collect();
        let mut listed: Vec<&str> = list.lines().collect();
        given.sort_unstable();
        listed.sort_unstable();
        assert_eq!(listed, given, "all of it is listed as it was given");

        let fresh = Home::new();
        fresh
            .run_with_input(&list, &["config", "set", "--stdin"])
            .fine();
        assert_eq!(fresh.run(&["config", "list", "--user"]).fine(), list);
        home.run_with_input(&list, &["config", "set", "--stdin"])
            .fine();
        assert_eq!(
            home.run(&["config", "list", "--user"]).fine(),
            list,
            "over itself it changes nothing"
        );
        assert_eq!(fresh.run(&["config", "check"]).fine(), "");
    }
}

#[test]
fn a_list_with_comments_reads_back() {
    let home = Home::new();
    let lines = &lists()[3].replace("\"keyring\"", "\"file\"");
    home.run_with_input(lines, &["config", "set", "--stdin"])
        .fine();
    home.run(&[
        "config",
        "set",
        "auth.jira.https://jira.acme.example:8443/jira.pat=hunter2",
    ])
    .fine();
    let list = home
        .run(&["config", "list", "--user", "--origin", "--overridden"])
        .fine();
    assert!(
        list.contains("# auth.jira[\"https://jira.acme.example:8443/jira\"].pat = ********\n"),
        "{list}"
    );
    let fresh = Home::new();
    fresh
        .run_with_input(&list, &["config", "set", "--stdin"])
        .fine();
    let without_secret = home.run(&["config", "list", "--user"]).fine().replace(
        "# auth.jira[\"https://jira.acme.example:8443/jira\"].pat = ********\n",
        "",
    );
    assert_eq!(
        fresh.run(&["config", "list", "--user"]).fine(),
        without_secret
    );
}

#[test]
fn what_get_prints_set_takes() {
    for lines in lists() {
        let home = Home::new();
        home.run_with_input(&lines, &["config", "set", "--stdin"])
            .fine();
        let list = home.run(&["config", "list", "--user"]).fine();
        let mut pairs = Vec::new();
        for line in lines.lines() {
            let (path, toml) = line.split_once(" = ").expect("a pair");
            assert_eq!(
                home.run(&["config", "get", path, "-f", "toml"]).fine(),
                format!("{toml}\n")
            );
            let plain = home.run(&["config", "get", path]).fine();
            // hidden characters are shown escaped, and an escape is not what a command line takes
            if !toml.contains("hidden") {
                pairs.push(format!("{path}={}", plain.trim_end_matches('\n')));
            }
        }
        let fresh = Home::new();
        let mut arguments = vec!["config", "set"];
        arguments.extend(pairs.iter().map(String::as_str));
        fresh.run(&arguments).fine();
        let mut shown = String::new();
        for line in list.lines().filter(|line| !line.contains("hidden")) {
            shown += line;
            shown += "\n";
        }
        assert_eq!(fresh.run(&["config", "list", "--user"]).fine(), shown);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever text it is: it is refused, or `get` gives back what was set.
    #[test]
    fn set_then_get_of_any_text(text in "\\PC{1,40}|[\"'\\\\#=\\[\\]{} a]{1,20}") {
        let home = Home::new();
        let ran = home.run(&["config", "set", &format!("profiles.work.email={text}")]);
        if text.trim().is_empty() {
            ran.failed(2);
        } else {
            ran.fine();
            let got = home.run(&["config", "get", "profiles.work.email", "-f", "json"]).fine();
            prop_assert_eq!(serde_json::from_str::<String>(&got).expect("JSON"), text.trim());
            let document = toml_edit::Document::parse(home.text()).expect("TOML");
            prop_assert_eq!(document["profiles"]["work"]["email"].as_str(), Some(text.trim()));
        }
    }

    /// Numbers, dates, lists and words: in the bounds they come back, outside they are refused.
    #[test]
    fn set_then_get_of_numbers(number in -5_i64..700, code in 390_i64..610, day in 1_u8..31) {
        let home = Home::new();
        let set = |pair: String| home.run(&["config", "set", &pair]).code == Some(0);
        let get = |path: &str| home.run(&["config", "get", path]).fine().trim_end().to_owned();
        if set(format!("connection.timeout={number}")) {
            prop_assert_eq!(get("connection.timeout"), number.to_string());
        }
        prop_assert_eq!(get("connection.timeout") == number.to_string(), (1..=600).contains(&number) || number == 30);
        prop_assert_eq!(
            set(format!("connection.retry_status_codes=500,{code}")),
            (400..=599).contains(&code) && code != 401 && code != 403
        );
        let date = format!("2027-01-{day:02}");
        let taken = set(format!("profiles.work.token_expires={date}"));
        prop_assert!(taken);
        prop_assert_eq!(get("profiles.work.token_expires"), date);
    }
}
