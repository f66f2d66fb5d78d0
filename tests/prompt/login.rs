//! Signing in at a terminal: a long token, the way back, and the way out.

use crate::program::Home;
use crate::terminal::Conversation;

const SITE: &str = "Site (any address of it, copied from the browser)";
const HOW: &str = "How do you sign in?";
const ACCOUNT: &str = "Account (email address)";
const NAME: &str = "Name of the profile";

fn signing_in(home: &Home) -> Conversation {
    let mut asked = Conversation::start(home.lassi(&["auth", "login", "--no-test"]), 120, 24);
    asked.expect(SITE);
    asked.send("https://other.atlassian.net/jira/software/projects/DEV/boards/1\r");
    asked.expect(HOW);
    // the second one: with scopes
    asked.send("j\r");
    asked.expect(ACCOUNT);
    asked.send("you@acme.example\r");
    // the last of the scopes to choose, and then the question
    asked.expect("search:confluence");
    asked.expect("Token ");
    asked
}

#[test]
fn a_token_of_4000_characters_is_saved_and_never_shown() {
    for paste in [false, true] {
        let home = Home::new();
        let token = "s3cret0K".repeat(500);
        let mut asked = signing_in(&home);
        if paste {
            asked.send(&format!("\u{1b}[200~{token}\u{1b}[201~\r"));
        } else {
            asked.send(&format!("{token}\r"));
        }
        asked.expect(NAME);
        asked.send("\r");
        let ended = asked.finish();
        assert!(ended.status.success(), "{}", ended.shown);
        assert!(!ended.shown.contains("s3cret0K"), "{}", ended.shown);
        assert!(!home.configuration().contains("s3cret0K"));
        let printed = home
            .lassi(&["auth", "token", "--profile", "other"])
            .output()
            .expect("it runs");
        assert_eq!(printed.stdout, format!("{token}\n").as_bytes());
    }
}

#[test]
fn esc_goes_back_and_out_of_the_first_question() {
    let home = Home::new();
    let before = home.configuration();
    let mut asked = signing_in(&home);
    asked.send("half\u{1b}");
    asked.expect(ACCOUNT);
    asked.send("\u{1b}");
    asked.expect(HOW);
    asked.send("\u{1b}");
    asked.expect(SITE);
    asked.send("\u{1b}");
    let ended = asked.finish();
    assert_eq!(ended.status.code(), Some(1), "{}", ended.shown);
    assert!(
        ended.shown.contains("nothing was changed"),
        "{}",
        ended.shown
    );
    assert_eq!(home.configuration(), before);
}

#[test]
fn ctrl_c_leaves_from_the_token_with_nothing_written() {
    let home = Home::new();
    let before = home.configuration();
    let asked = signing_in(&home);
    asked.send("s3cret0K\u{3}");
    let ended = asked.finish();
    assert_eq!(ended.status.code(), Some(130), "{}", ended.shown);
    assert!(!ended.shown.contains("s3cret0K"), "{}", ended.shown);
    assert_eq!(home.configuration(), before);
}

#[test]
fn the_default_profile_is_chosen_from_a_list() {
    let home = Home::new();
    let added = home
        .lassi(&[
            "config",
            "set",
            "profiles.other.base_url=https://other.example",
        ])
        .status();
    assert!(added.expect("it runs").success());
    let mut asked = Conversation::start(home.lassi(&["auth", "switch"]), 100, 24);
    asked.expect("Which profile is used when none is named?");
    asked.send("\r");
    let ended = asked.finish();
    assert!(ended.status.success(), "{}", ended.shown);
    assert!(home.configuration().contains("default_profile = \"other\""));
}
