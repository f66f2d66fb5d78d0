//! Every kind of setting is changed with keys, and the file says what came of it.

use super::Menu;
use crate::program::Home;

const ENTER: &str = "\r";
const ESCAPE: &str = "\u{1b}";
const CLEAR_LINE: &str = "\u{15}";

/// Opens a setting, goes to `Change`, and waits for its question.
fn changing(home: &Home, path: &str, question: &str) -> Menu {
    let mut menu = Menu::open(home, &["config", "edit", path], 100, 24);
    menu.screen_with("Show where it comes from");
    menu.press("j\r", question);
    menu
}

#[test]
fn each_kind_of_setting_is_edited_with_keys() {
    for (path, question, keys, line) in [
        ("output.format", "[default]", "jj\r", "format = \"csv\""),
        (
            "profiles.work.read_only",
            "Read only?",
            "y\r",
            "read_only = true",
        ),
        (
            "connection.timeout",
            "Timeout",
            "\u{15}60\r",
            "timeout = 60",
        ),
        (
            "connection.backoff_factor",
            "before. Allowed",
            "\u{15}1.5\r",
            "backoff_factor = 1.5",
        ),
        (
            "connection.proxy",
            "count. Allowed",
            "proxy.corp:3128\r",
            "proxy = \"http://proxy.corp:3128\"",
        ),
        (
            "connection.ca_bundle",
            "system's. Allowed",
            "las\t\r",
            "ca_bundle = \"lassi/\"",
        ),
        (
            "profiles.work.token_expires",
            "ends. Allowed",
            "2027-01-31\r",
            "token_expires = 2027-01-31",
        ),
        (
            "profiles.work.email",
            "address. Allowed",
            "you@acme.example\r",
            "email = \"you@acme.example\"",
        ),
        (
            "profiles.work.base_url",
            "Management. Allowed",
            "\u{15}OTHER.atlassian.net/wiki\r",
            "base_url = \"https://other.atlassian.net\"",
        ),
        (
            "default_profile",
            "Another name",
            "\r",
            "default_profile = \"work\"",
        ),
    ] {
        let home = Home::new();
        let menu = changing(&home, path, question);
        menu.send(keys);
        let ended = menu.into_conversation().finish();
        assert!(ended.status.success(), "{path}: {}", ended.shown);
        assert!(
            home.configuration().contains(line),
            "{path}: {}",
            home.configuration()
        );
        assert!(
            ended.remaining().contains("set "),
            "{path}: {}",
            ended.remaining()
        );
    }
}

#[test]
fn a_wrong_answer_stays_for_editing() {
    let home = Home::new();
    let mut menu = changing(&home, "connection.timeout", "answer. Allowed");
    menu.press(
        &format!("{CLEAR_LINE}9000{ENTER}"),
        "is not a whole number from 1 to 600",
    );
    menu.send("\u{7f}\u{7f}\r");
    assert!(menu.into_conversation().finish().status.success());
    assert!(home.configuration().contains("timeout = 90\n"));
}

#[test]
fn rows_are_filtered_and_settings_are_searched() {
    let home = Home::new();
    let mut menu = Menu::open(&home, &["config"], 80, 24);
    menu.screen_with("Exit");
    menu.press("/outp\r", "Colour");
    menu.press(ESCAPE, "Search all settings");
    menu.press("/search\r", "Letters of a path");
    menu.press("retr code\r", "Show where it comes from");
    menu.send("\u{3}");
    let ended = menu.into_conversation().finish();
    assert_eq!(ended.status.code(), Some(130), "{}", ended.shown);
}

#[test]
fn a_token_of_4000_characters_is_pasted_and_never_shown() {
    let home = Home::new();
    let bearer = ["config", "set", "profiles.work.auth=bearer"];
    assert!(home.lassi(&bearer).status().expect("it runs").success());
    let menu = changing(&home, "profiles.work.api_token", "it is not shown");
    let token = "s3cret0K".repeat(500);
    menu.send(&format!("\u{1b}[200~{token}\u{1b}[201~\r"));
    let ended = menu.into_conversation().finish();
    assert!(ended.status.success(), "{}", ended.shown);
    assert!(!ended.shown.contains("s3cret0K"), "{}", ended.shown);
    let printed = home
        .lassi(&["auth", "token", "--profile", "work"])
        .output()
        .expect("it runs");
    assert_eq!(printed.stdout, format!("{token}\n").as_bytes());
}
