//! The ways out of every kind of question in the menu: nothing is half-written, and the terminal is as it was.

use super::Menu;
use crate::program::Home;
use crate::terminal::Conversation;
use rustix::process::Signal;

/// A setting of each kind, and what its question shows.
const QUESTIONS: [(&str, &str); 7] = [
    ("output.format", "[default]"),
    ("profiles.work.read_only", "[y/N]"),
    ("connection.timeout", "answer. Allowed"),
    ("connection.ca_bundle", "system's. Allowed"),
    ("connection.retry_status_codes", "Done"),
    ("profiles.work.api_token", "it is not shown"),
    ("profiles.work.token_expires", "ends. Allowed"),
];

fn asked(home: &Home, path: &str, question: &str) -> Menu {
    let mut menu = Menu::open(home, &["config", "edit", path], 100, 24);
    menu.screen_with("Show where it comes from");
    menu.press("j\r", question);
    menu
}

#[test]
fn ctrl_c_leaves_from_every_kind_of_question() {
    for (path, question) in QUESTIONS {
        let home = Home::new();
        let before = home.configuration();
        let menu = asked(&home, path, question);
        menu.send("\u{3}");
        let ended = menu.into_conversation().finish();
        assert_eq!(ended.status.code(), Some(130), "{path}: {}", ended.shown);
        assert_eq!(ended.remaining(), "", "{path}");
        assert_eq!(home.configuration(), before);
    }
}

#[test]
fn esc_goes_back_to_the_setting_and_out_of_the_menu() {
    for (path, question) in QUESTIONS {
        let home = Home::new();
        let before = home.configuration();
        let mut menu = asked(&home, path, question);
        menu.press("\u{1b}", "Show where it comes from");
        menu.send("\u{1b}");
        let ended = menu.into_conversation().finish();
        assert!(ended.status.success(), "{path}: {}", ended.shown);
        assert_eq!(ended.remaining(), "", "{path}");
        assert_eq!(home.configuration(), before);
    }
}

#[test]
fn a_signal_leaves_the_menu_with_its_own_code() {
    for (signal, code) in [(Signal::HUP, 129), (Signal::INT, 130), (Signal::TERM, 143)] {
        let home = Home::new();
        let mut menu = Menu::open(&home, &["config"], 80, 24);
        menu.screen_with("Exit");
        let conversation = menu.into_conversation();
        conversation.signal(signal);
        assert_eq!(conversation.finish().status.code(), Some(code));
    }
}

#[test]
fn a_terminal_too_small_is_told_so() {
    let home = Home::new();
    let ended = Conversation::start(home.lassi(&["config"]), 39, 9).finish();
    assert_eq!(ended.status.code(), Some(1));
    let what = "make it at least 40 wide and 10 high";
    assert!(ended.remaining().contains(what), "{}", ended.shown);
}

#[test]
fn a_stopped_menu_is_drawn_again() {
    let home = Home::new();
    let mut menu = Menu::open(&home, &["config"], 80, 24);
    menu.screen_with("Exit");
    menu.send("\u{1a}");
    let mut menu = menu.stopped();
    menu.screen_with("Exit");
    menu.send("\u{1b}");
    assert!(menu.into_conversation().finish().status.success());
}
