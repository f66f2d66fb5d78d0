//! Every kind of setting is changed, kept and cleared.

use super::*;
use crate::prompt::{Edit, PromptError};

const EXIT: (&str, Reply) = ("lassi config", Reply::Back);

#[test]
fn a_choice_is_saved_at_once_and_its_row_shows_it() {
    let home = Home::with("# mine\n[output]\nformat = \"json\" # as always\n");
    let shown = home.top(&[
        ("lassi config", row("Output")),
        ("Output", row("Format")),
        ("Format", row("Change")),
        ("Format", row("csv")),
        ("Output", Reply::Back),
        ("lassi config", row("Exit")),
    ]);
    assert_eq!(
        home.file(),
        "# mine\n[output]\nformat = \"csv\" # as always\n"
    );
    let format = shown.last("Output").row("Format");
    assert_eq!(format.value, "csv");
    assert_eq!(format.badges, ["modified"]);
    shown.assert_said("set output.format = \"csv\" in");
    // the word that stands there now is marked
    assert_eq!(shown.last("Format").offered, "json");
    let top = shown.last("lassi config");
    assert_eq!(top.row("Output").value, "1 of 2 set");
    assert_eq!(top.row("Output").badges, ["modified"]);
    assert_eq!(top.row("Undo last change").value, "set output.format");
}

#[test]
fn undo_takes_a_change_back() {
    let home = Home::with("[output]\nformat = \"json\"\n");
    let shown = home.top(&[
        ("lassi config", row("Output")),
        ("Output", row("Colour")),
        ("Colour", row("Change")),
        ("Colour", row("never")),
        ("Output", Reply::Back),
        ("lassi config", row("Undo last change")),
        EXIT,
    ]);
    assert_eq!(home.file(), "[output]\nformat = \"json\"\n");
    shown.assert_said("took back `set output.color`");
    assert_eq!(
        shown.asked[0]
            .row("Undo last change")
            .unavailable
            .as_deref(),
        Some(
            format!(
                "there is no change of {} to take back",
                home.path("lassi/config.toml").display()
            )
            .as_str()
        )
    );
}

#[test]
fn a_number_out_of_range_is_explained_and_asked_again() {
    let home = Home::with("");
    let shown = home.at(
        "connection.timeout",
        &[
            ("Timeout", row("Change")),
            ("Timeout", text("0")),
            ("Timeout", text("soon")),
            ("Timeout", text("60")),
        ],
    );
    assert_eq!(
        home.file(),
        format!("{FIRST_LINES}\n[connection]\ntimeout = 60\n")
    );
    let question = shown.last("Timeout");
    assert_eq!(question.offered, "30");
    assert_eq!(
        question.complaints,
        [
            "`0` is not a whole number from 1 to 600",
            "`soon` is not a whole number from 1 to 600"
        ]
    );
    shown.assert_said("set connection.timeout = 60");
}

#[test]
fn a_number_with_a_fraction_and_a_path_and_a_proxy_are_typed() {
    let home = Home::with("");
    home.write("work/ca.pem", "");
    home.top(&[
        ("lassi config", row("Connection")),
        ("Connection", row("Backoff factor")),
        ("Backoff factor", row("Change")),
        ("Backoff factor", text("1.5")),
        ("Connection", row("CA bundle")),
        ("CA bundle", row("Change")),
        ("CA bundle", Reply::Completed("ca".to_owned())),
        ("Connection", row("Proxy")),
        ("Proxy", row("Change")),
        ("Proxy", text("http://me:hunter2@proxy.corp")),
        ("Proxy", text("proxy.corp:3128")),
        ("Connection", Reply::Back),
        EXIT,
    ]);
    assert_eq!(
        home.file(),
        format!(
            "{FIRST_LINES}\n[connection]\nbackoff_factor = 1.5\nca_bundle = \"ca.pem\"\nproxy = \"http://proxy.corp:3128\"\n"
        )
    );
}

#[test]
fn lists_are_edited_item_by_item() {
    let home = Home::with("");
    let shown = home.top(&[
        ("lassi config", row("Connection")),
        ("Connection", row("Retry on")),
        ("Retry on", row("Change")),
        (
            "Retry on",
            Reply::List(vec![
                Edit::Remove("429".to_owned()),
                Edit::Add("401".to_owned()),
                Edit::Add("500".to_owned()),
            ]),
        ),
        ("Connection", row("Allow http")),
        ("Allow http", row("Change")),
        (
            "Allow http",
            Reply::List(vec![
                Edit::Add("Wiki.corp".to_owned()),
                Edit::Add("http://wiki.corp/".to_owned()),
                Edit::Add("[::1]:8080".to_owned()),
            ]),
        ),
        ("Connection", Reply::Back),
        EXIT,
    ]);
    assert_eq!(
        home.file(),
        format!(
            "{FIRST_LINES}\n[connection]\nretry_status_codes = [502, 503, 504, 500]\nallow_http = [\"wiki.corp\", \"[::1]:8080\"]\n"
        )
    );
    assert_eq!(
        shown.last("Retry on").complaints,
        ["`401` cannot be in a list of status codes from 400 to 599 without 401 and 403"]
    );
    assert_eq!(
        shown.last("Connection").row("Retry on").value,
        "502, 503, 504, 500"
    );
}

#[test]
fn yes_or_no_and_a_date_and_a_text() {
    let home = Home::with("[profiles.work]\nbase_url = \"https://acme.atlassian.net\"\n");
    home.at(
        "profiles.work",
        &[
            ("work", row("Read only")),
            ("Read only", row("Change")),
            ("Read only?", Reply::Confirm(true)),
            ("work", row("Token expires")),
            ("Token expires", row("Change")),
            ("Token expires", text("2027-02-30")),
            ("Token expires", text("2027-01-31")),
            ("work", row("Account")),
            ("Account", row("Change")),
            ("Account", text("")),
            ("Account", text("you@acme.example")),
            ("work", row("Account")),
            ("Account", row("Keep")),
            ("work", Reply::Back),
        ],
    );
    assert_eq!(
        home.file(),
        "[profiles.work]\nbase_url = \"https://acme.atlassian.net\"\nread_only = true\ntoken_expires = 2027-01-31\nemail = \"you@acme.example\"\n"
    );
}

#[test]
fn an_address_is_normalised_and_plain_http_is_refused_with_the_answer_kept() {
    let home = Home::with("[profiles.work]\nemail = \"you@acme.example\"\n");
    let shown = home.at(
        "profiles.work.base_url",
        &[
            ("Site", row("Change")),
            ("Site", text("http://wiki.corp")),
            ("Site", text("ACME.atlassian.net/wiki/")),
        ],
    );
    assert!(
        home.file()
            .ends_with("base_url = \"https://acme.atlassian.net\"\n")
    );
    // what was refused stands there to be edited, and why
    let again = shown.last("Site");
    assert_eq!(again.offered, "http://wiki.corp");
    assert!(
        again.notes.iter().any(|note| note.contains("wiki.corp")),
        "{again:?}"
    );
}

#[test]
fn a_secret_goes_to_the_store_and_is_never_shown() {
    let home = Home::with("[profiles.work]\nbase_url = \"https://acme.atlassian.net\"\n");
    let shown = home.at(
        "profiles.work.api_token",
        &[
            ("Token", row("Change")),
            ("Token (it is not shown)", secret("hunter2")),
        ],
    );
    let name = "profiles.work.api_token@https://acme.atlassian.net";
    assert_eq!(home.stored(), [name]);
    assert_eq!(home.secret(name), "hunter2");
    shown.assert_said("saved profiles.work.api_token");
    let cleared = home.at(
        "profiles.work",
        &[
            ("work", row("Token")),
            ("Token", row("Show where it comes from")),
            ("Where it comes from", Reply::Enter),
            ("Token", row("Clear")),
            ("work", Reply::Back),
        ],
    );
    assert!(home.stored().is_empty());
    assert_eq!(cleared.asked[0].row("Token").value, "saved");
    assert_eq!(cleared.last("work").row("Token").value, "not set");
    for shown in [shown, cleared] {
        let all = format!("{:?}{:?}", shown.asked, shown.said);
        assert!(!all.contains("hunter2"), "{all}");
    }
    assert!(!home.file().contains("hunter2"));
}

#[test]
fn a_secret_that_has_no_site_is_refused_in_words() {
    let home = Home::with("[profiles.work]\nemail = \"you@acme.example\"\n");
    let shown = home.at(
        "profiles.work.api_token",
        &[
            ("Token", row("Change")),
            ("Token (it is not shown)", secret("hunter2")),
            ("Token", Reply::Back),
        ],
    );
    assert!(home.stored().is_empty());
    shown.assert_said("base_url");
}

#[test]
fn the_default_profile_is_one_of_those_there_are() {
    let two = "[profiles.work]\nemail = \"me\"\n\n[profiles.home]\nemail = \"me\"\n";
    let home = Home::with(two);
    let shown = home.top(&[
        ("lassi config", row("Profiles")),
        ("Profiles", row("Default profile")),
        ("Default profile", row("Change")),
        ("Default profile", row("work")),
        ("Profiles", row("Default profile")),
        ("Default profile", row("Change")),
        ("Default profile", row("Another name")),
        ("Default profile", text("my work")),
        ("Default profile", text("later")),
        ("Profiles", Reply::Back),
        EXIT,
    ]);
    assert_eq!(home.file(), format!("default_profile = \"later\"\n\n{two}"));
    assert_eq!(
        shown.last("lassi config").row("Profiles").value,
        "later is the default"
    );
}

#[test]
fn clear_goes_back_to_the_default() {
    let home = Home::with("[output]\nformat = \"json\"\ncolor = \"never\"\n");
    let shown = home.at("output.format", &[("Format", row("Clear"))]);
    assert_eq!(home.file(), "[output]\ncolor = \"never\"\n");
    assert_eq!(shown.asked[0].row("Clear").value, "back to table");
    let shown = home.at(
        "output.format",
        &[("Format", row("Clear")), ("Format", Reply::Back)],
    );
    assert_eq!(
        shown.last("Format").complaints,
        ["it is not set in your own file"]
    );
}

#[test]
fn esc_changes_nothing_anywhere() {
    let before = "[output]\nformat = \"json\"\n\n[profiles.work]\nbase_url = \"https://acme.atlassian.net\"\n";
    let home = Home::with(before);
    for (path, title, question) in [
        ("output.format", "Format", "Format"),
        ("connection.timeout", "Timeout", "Timeout"),
        ("connection.retry_status_codes", "Retry on", "Retry on"),
        ("connection.ca_bundle", "CA bundle", "CA bundle"),
        ("profiles.work.read_only", "Read only", "Read only?"),
        (
            "profiles.work.api_token",
            "Token",
            "Token (it is not shown)",
        ),
        ("default_profile", "Default profile", "Default profile"),
    ] {
        home.at(
            path,
            &[
                (title, row("Change")),
                (question, Reply::Back),
                (title, Reply::Back),
            ],
        );
    }
    assert_eq!(home.file(), before);
    assert!(home.stored().is_empty());
}

#[test]
fn ctrl_c_leaves_from_anywhere() {
    let home = Home::with("");
    let interrupted = Reply::Fail(PromptError::Interrupted);
    let replies = [
        ("lassi config", row("Output")),
        ("Output", row("Format")),
        ("Format", row("Change")),
        ("Format", interrupted),
    ];
    let script = Scripted::new(replies);
    let session = Session::with_prompter(&home.environment, global(&[]), Box::new(script.clone()));
    match run(&session, Layer::User, None) {
        Err(Failure::Silent(exit)) => assert_eq!(exit, Exit::Interrupted),
        other => panic!("{other:?}"),
    }
    script.assert_finished();
    assert!(!home.path("lassi/config.toml").exists());
}
