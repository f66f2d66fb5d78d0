//! No byte of a secret is anywhere but in the store, encrypted: all files are searched, and all that is printed.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE};

use crate::home::{Home, Ran, overwrite};

const TOKEN: &str = "ATATT3xFfGF0-correct-horse-battery-staple=1A2B3C4D";

/// Whether the token is in there: as it is, or in base64 at any of the three alignments.
fn holds_token(bytes: &[u8]) -> bool {
    let mut forms = vec![TOKEN.as_bytes().to_vec()];
    for engine in [STANDARD, STANDARD_NO_PAD, URL_SAFE] {
        for skip in 0..3 {
            // the last characters depend on what follows
            let encoded = engine.encode(&TOKEN.as_bytes()[skip..]);
            forms.push(encoded.as_bytes()[..encoded.len() - 6].to_vec());
        }
    }
    forms
        .iter()
        .any(|form| bytes.windows(form.len()).any(|window| window == form))
}

#[track_caller]
fn assert_silent(ran: &Ran) {
    assert!(!holds_token(ran.output.as_bytes()), "{ran:?}");
    assert!(!holds_token(ran.messages.as_bytes()), "{ran:?}");
}

#[track_caller]
fn assert_no_file_holds_it(home: &Home) {
    for (path, bytes) in home.files() {
        assert!(!holds_token(&bytes), "{}", path.display());
    }
}

#[test]
fn the_search_finds_what_it_should() {
    assert!(holds_token(format!("x{TOKEN}y").as_bytes()));
    for prefix in ["", "a", "ab"] {
        assert!(holds_token(
            STANDARD.encode(format!("{prefix}{TOKEN}x")).as_bytes()
        ));
    }
    assert!(!holds_token(b"ATATT3"));
}

#[test]
fn what_is_saved_is_nowhere_in_plain_text() {
    let home = Home::new();
    let url = "auth.jira[\"https://acme.atlassian.net\"]";
    let pairs = [
        format!("{url}.api_token={TOKEN}"),
        format!("{url}.username=me"),
        "profiles.work.base_url=acme.atlassian.net".to_owned(),
        format!("profiles.work.api_token={TOKEN}"),
    ];
    let mut arguments = vec!["--debug", "config", "set"];
    arguments.extend(pairs.iter().map(String::as_str));
    let ran = home.run(&arguments);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_silent(&ran);
    assert_silent(&home.run_with_input(
        TOKEN,
        &[
            "--debug",
            "config",
            "set",
            "--secret-stdin",
            &format!("{url}.pat"),
        ],
    ));
    assert_no_file_holds_it(&home);
    for arguments in [
        &["config", "list"][..],
        &["config", "list", "--user", "--origin"],
        &["config", "list", "-f", "json"],
        &["config", "list", "-f", "toml"],
        &["config", "list", "-f", "yaml"],
        &["config", "list", "-f", "table", "--overridden"],
        &["config", "get", "auth.jira.api_token"],
        &["config", "get", "auth"],
        &["config", "get", "profiles", "-f", "json"],
        &["config", "explain", "auth.jira.api_token"],
        &["config", "explain", "profiles", "-f", "json"],
        &["config", "check"],
        &["config", "history", "-f", "json"],
        &["config", "path"],
        &["config", "undo"],
        &["config", "rename", "--dry-run", "profiles.work", "office"],
        &["config", "rename", "profiles.work", "office"],
        &["config", "copy", "profiles.office", "home"],
        &[
            "config",
            "rename",
            "--with-secrets",
            "auth.jira.url",
            "other.atlassian.net",
        ],
        &["config", "unset", "--yes", "profiles.office"],
        &["config", "reset", "--yes"],
    ] {
        let mut with_debug = vec!["--debug"];
        with_debug.extend(arguments);
        assert_silent(&home.run(&with_debug));
        assert_no_file_holds_it(&home);
    }
    assert_eq!(
        home.run(&["config", "get", "auth.jira.pat", "--reveal"])
            .fine(),
        format!("{TOKEN}\n")
    );
}

#[test]
fn errors_do_not_show_it() {
    let home = Home::new();
    for arguments in [
        format!("profiles.work.api_token={TOKEN}"),
        format!("--project profiles.work.api_token={TOKEN}"),
        format!("--file other.toml auth.jira.acme.atlassian.net.pat={TOKEN}"),
        format!("auth.jira.acme.atlassian.net.pat={TOKEN}\u{1b}"),
        format!("auth.jira.acme.atlassian.net.pat={TOKEN} output.format=jsn"),
        format!("profiles.work.base_url=https://me:{TOKEN}@acme.atlassian.net"),
        format!("auth.jira.https://me:{TOKEN}@acme.atlassian.net.username=me"),
        format!("auth.jira.https://acme.atlassian.net?os_token={TOKEN}.username=me"),
        format!("auth.jira.acme.atlassian.net.pat {TOKEN} output.format=json"),
    ] {
        let mut command = vec!["--debug", "config", "set"];
        command.extend(arguments.split(' '));
        let ran = home.run(&command);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert_silent(&ran);
    }
    for lines in [
        format!("profiles.work.api_token = \"{TOKEN}\"\n"),
        format!("auth.jira.acme.atlassian.net.pat = {TOKEN}\n"),
        format!("auth.jira.acme.atlassian.net.pat = [\"{TOKEN}\"]\n"),
        format!("output.format = \"json\"\n\"{TOKEN}\"\n"),
    ] {
        let ran = home.run_with_input(&lines, &["--debug", "config", "set", "--stdin"]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert_silent(&ran);
    }
    for (name, value) in [
        ("LASSI_PROFILES__WORK__API_TOKEN", TOKEN),
        ("LASSI_AUTH__JIRA__HTTPS__PAT", TOKEN),
    ] {
        let mut command = home.lassi(&["--debug", "config", "list"]);
        let ran = Ran::of(command.env(name, value));
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert_silent(&ran);
    }
    let flag = format!("auth.jira.acme.atlassian.net.pat={TOKEN}");
    assert_silent(&home.run(&["--debug", "--set", &flag, "config", "list"]));
    assert_no_file_holds_it(&home);
}

#[test]
fn a_file_that_holds_it_shows_it_to_nobody() {
    let home = Home::new();
    for text in [
        format!(
            "profiles.work.api_token = \"{TOKEN}\"\nprofiles.work.base_url = \"https://acme.atlassian.net\"\n"
        ),
        format!("profiles.work.api_token = \"{TOKEN}\n"),
        format!("profiles.work.api_token = {TOKEN}\n"),
        format!("{TOKEN}\n"),
        format!("[{TOKEN}\n"),
        format!("x = \"\"\"\n{TOKEN}\n"),
        format!("profiles.work.api_token.value = \"{TOKEN}\"\n"),
        format!("auth.jira.\"https://me:{TOKEN}@acme.atlassian.net\".username = \"me\"\n"),
    ] {
        home.write(&text);
        for arguments in [
            &["config", "list"][..],
            &["config", "get", "output.format"],
            &["config", "check"],
            &["config", "check", "-f", "json"],
            &["config", "explain", "profiles.work.api_token"],
            &["config", "set", "--dry-run", "output.format=json"],
            &["config", "unset", "--dry-run", "profiles.work.api_token"],
            &["config", "undo", "--dry-run"],
        ] {
            let mut with_debug = vec!["--debug"];
            with_debug.extend(arguments);
            assert_silent(&home.run(&with_debug));
        }
    }
}

#[test]
fn a_short_secret_at_the_front_of_a_line_is_not_shown() {
    let home = Home::new();
    for text in [
        "hunter2=\n",
        "hunter2 = hunter2 = 1\n",
        "[profiles.work]\nc2VjcmV0LXRva2Vu=\n",
        "[hunter2\n",
    ] {
        home.write(text);
        let said = home.run(&["config", "list"]).failed(5);
        assert!(
            !said.contains("hunter2") && !said.contains("c2VjcmV0"),
            "{said}"
        );
    }
}

#[test]
fn the_history_never_keeps_a_version_that_holds_it() {
    let home = Home::new();
    let with_token = format!(
        "[profiles.work]\nbase_url = \"https://acme.atlassian.net\"\napi_token = \"{TOKEN}\"\n"
    );
    for arguments in [
        &["config", "set", "output.format=json"][..],
        &["config", "unset", "profiles.work.api_token"],
        &["config", "unset", "--yes", "profiles.work"],
        &["config", "rename", "profiles.work", "office"],
        &["config", "copy", "profiles.work", "office"],
        &["config", "reset", "--yes"],
        &["config", "check", "--fix"],
    ] {
        home.write(&with_token);
        assert_silent(&home.run(arguments));
        overwrite(&home.file(), "");
        assert_no_file_holds_it(&home);
    }
    home.write(&with_token);
    let mut edit = home.lassi(&["config", "edit", "--editor"]);
    assert_silent(&Ran::of(edit.env("EDITOR", "sed -i /api_token/d")));
    assert_no_file_holds_it(&home);
}
