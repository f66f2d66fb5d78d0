//! Questions with a screen of their own: what stands on it after which keys, and that the terminal is as it was
//! before, whichever way they end. `Conversation::finish` compares the mode, and looks for the second screen.

use crate::terminal::{Conversation, ask};
use rustix::process::Signal;
use std::os::unix::process::ExitStatusExt;

/// The kinds of question, and what of each is shown last on a screen of its own.
const KINDS: [(&str, &str); 8] = [
    ("select", "Esc goes back"),
    ("text", "Enter takes"),
    ("secret", "Enter takes"),
    ("confirm", "Enter takes"),
    ("menu", "Enter takes"),
    ("search", "Enter takes"),
    ("list", "Enter takes"),
    ("path", "Tab completes"),
];

const ENTERS: &str = "\u{1b}[?1049h";
const LEAVES: &str = "\u{1b}[?1049l";

fn asked_of(kinds: &[&str], shown: &str, columns: u16, rows: u16) -> Conversation {
    let kinds = [&["screens"], kinds].concat();
    let mut asked = Conversation::start(ask(&kinds), columns, rows);
    asked.expect(shown);
    asked
}

fn asked(kind: &str, shown: &str) -> Conversation {
    asked_of(&[kind], shown, 60, 24)
}

#[test]
fn escape_and_ctrl_c_leave_nothing_behind() {
    for (kind, shown) in KINDS {
        let question = asked(kind, shown);
        question.send("\u{1b}");
        let ended = question.finish();
        assert_eq!(ended.output, format!("{kind}: (back)\n"));
        assert_eq!(ended.remaining(), "", "{kind}");
        let question = asked(kind, shown);
        question.send("x\u{3}");
        let ended = question.finish();
        assert_eq!(ended.status.code(), Some(130), "{kind}");
        assert_eq!(ended.remaining(), "", "{kind}");
    }
}

#[test]
fn a_signal_ends_each_question_and_leaves_its_screen() {
    for (kind, shown) in KINDS {
        for (signal, output) in [
            (Signal::INT, String::new()),
            (Signal::TERM, format!("{kind}: terminated\n")),
            (Signal::HUP, format!("{kind}: terminal closed\n")),
        ] {
            let question = asked(kind, shown);
            question.signal(signal);
            assert_eq!(question.finish().output, output);
        }
    }
}

#[test]
fn a_terminal_that_is_closed_ends_the_flow() {
    for (kind, shown) in KINDS {
        assert_eq!(asked(kind, shown).hang_up().code(), Some(1), "{kind}");
    }
}

#[test]
fn a_signal_between_two_questions_leaves_the_screen_and_does_what_it_always_does() {
    let question = asked_of(&["wait"], "waiting", 60, 24);
    question.signal(Signal::INT);
    let ended = question.finish();
    assert_eq!(ended.status.code(), Some(130));
    assert_eq!(ended.remaining(), "");
    for signal in [Signal::TERM, Signal::HUP] {
        let question = asked_of(&["wait"], "waiting", 60, 24);
        question.signal(signal);
        let ended = question.finish();
        assert_eq!(ended.status.signal(), Some(signal.as_raw()));
        assert_eq!(ended.remaining(), "");
    }
}

#[test]
fn what_is_typed_between_two_questions_is_not_shown() {
    let question = asked_of(&["wait"], "waiting", 60, 24);
    question.send("hunter2");
    question.wait_for_arrival();
    question.signal(Signal::TERM);
    let ended = question.finish();
    assert!(!ended.shown.contains("hunter2"), "{}", ended.shown);
}

#[test]
fn a_panic_is_read_on_the_first_screen() {
    let question = asked("panic", "Enter takes");
    question.send("\r");
    let ended = question.finish();
    assert_eq!(ended.status.code(), Some(101));
    assert!(ended.remaining().contains("as wanted"), "{}", ended.shown);
}

#[test]
fn a_stopped_program_leaves_screen_and_mode_and_comes_back() {
    for (kind, shown) in KINDS {
        let mut question = asked(kind, shown);
        question.send("\u{1a}");
        question.wait_for_stop();
        question.assert_mode_restored();
        question.expect(LEAVES);
        question.signal(Signal::CONT);
        question.expect(ENTERS);
        question.expect(shown);
        question.send("\u{1b}");
        assert_eq!(question.finish().output, format!("{kind}: (back)\n"));
    }
}

#[test]
fn others_can_stop_it_with_a_question_and_without() {
    for (kind, shown) in [("menu", "Enter takes"), ("wait", "waiting")] {
        let mut question = asked(kind, shown);
        question.signal(Signal::TSTP);
        question.wait_for_stop();
        question.assert_mode_restored();
        question.expect(LEAVES);
        question.signal(Signal::CONT);
        question.expect(ENTERS);
        question.expect(shown);
        question.signal(Signal::TERM);
        question.finish();
    }
}

#[test]
fn a_terminal_that_is_too_small_is_told_so_before_anything_is_shown() {
    for (columns, rows) in [(39, 24), (60, 9)] {
        let ended = Conversation::start(ask(&["screens", "menu"]), columns, rows).finish();
        let size = format!("terminal of {columns}x{rows}, needed 40x10");
        assert_eq!(ended.output, format!("screens: {size}\n"));
        assert_eq!(ended.shown, "");
    }
}

#[test]
fn a_terminal_that_becomes_too_small_can_become_larger() {
    let mut question = asked("menu", "Enter takes");
    question.resize(39, 9);
    question.expect("too small: 40x10 is needed");
    question.send("j\r");
    question.wait_until_read();
    question.resize(40, 10);
    question.expect("❯ Format");
    question.resize(100, 30);
    question.expect("❯ Format");
    question.send("j\r");
    assert_eq!(question.finish().output, "menu: Colour\n");
}

#[test]
fn a_menu_is_filtered_and_left() {
    let mut question = asked("menu", "Enter takes");
    question.send("/example atl");
    question.expect("❯ https://example.atlassian.net");
    question.send("\u{1b}");
    question.expect("/ filters");
    question.send("\r");
    let ended = question.finish();
    assert_eq!(ended.output, "menu: https://example.atlassian.net\n");
    assert_eq!(ended.remaining(), "");
}

#[test]
fn a_row_that_cannot_be_taken_says_why_and_help_tells_the_keys() {
    let mut question = asked("menu", "Enter takes");
    question.send("jj\r");
    question.expect("✘ A shared file cannot set this");
    question.send("?");
    question.expect("What product commands print, and how.");
    question.send("\u{1b}");
    question.expect("Format");
    question.send("\u{1b}[H\r");
    assert_eq!(question.finish().output, "menu: Format\n");
}

#[test]
fn one_of_60000_rows_is_found_by_typing() {
    let mut question = asked("search", "1 of 60000");
    question.send("site1234.example cook");
    question.expect("site1234.example\"].session_cookies");
    question.send("\r");
    let output = question.finish().output;
    assert_eq!(
        output,
        "search: auth.confluence[\"https://site1234.example\"].session_cookies\n"
    );
}

#[test]
fn a_list_is_edited_item_by_item() {
    let mut question = asked("list", "Enter takes");
    question.send("\u{1b}[H\r/x\r");
    question.expect("a host has no slashes");
    question.send("\u{7f}\u{7f}x\r");
    question.expect("one.examplex");
    question.send("jda");
    question.expect("Host: ");
    question.send("three.example\rj\r");
    assert_eq!(
        question.finish().output,
        "list: one.examplex,three.example\n"
    );
}

#[test]
fn a_path_is_completed() {
    let mut question = asked("path", "Tab completes");
    question.send("/e\t\t");
    question.expect("ssl");
    question.send("ssl/e\t\r");
    assert_eq!(question.finish().output, "path: /etc/ssl/example.pem\n");
}

#[test]
fn notes_stand_on_the_next_screen_and_the_last_ones_remain() {
    let question = asked_of(&["note", "menu", "note"], "Saved output.format", 60, 24);
    question.send("\r");
    let ended = question.finish();
    assert_eq!(ended.output, "note: said\nmenu: Format\nnote: said\n");
    assert_eq!(
        ended.remaining(),
        "Saved output.format in ~/.config/lassi/config.toml\r\n"
    );
}

#[test]
fn a_secret_of_4000_characters_is_pasted_and_never_shown() {
    let token = "s3cret0K".repeat(500);
    let question = asked("secret", "Enter takes");
    question.send(&format!("\u{1b}[200~{token}\u{1b}[201~\r"));
    let ended = question.finish();
    assert_eq!(ended.output, format!("secret: {token}\n"));
    assert!(!ended.shown.contains("s3cret0K"), "{}", ended.shown);
}

#[test]
fn all_kinds_follow_each_other_on_one_screen() {
    let mut question = asked_of(&[], "Which site?", 60, 24);
    question.send("\r");
    question.expect("Site");
    question.send("acme.example\r");
    question.expect("API token");
    question.send("hunter2\r");
    question.expect("Save it?");
    question.send("\r");
    question.expect("Output");
    question.send("\r");
    question.expect("Find:");
    question.send("\r");
    question.expect("Done");
    question.send("\r");
    question.expect("Certificates");
    question.send("/x\r");
    let ended = question.finish();
    assert!(ended.status.success());
    assert_eq!(ended.shown.matches(ENTERS).count(), 1);
    assert_eq!(ended.remaining(), "");
    assert!(ended.output.ends_with("path: /x\n"), "{}", ended.output);
}

#[test]
fn without_utf8_and_colour_menus_are_nothing_but_ascii() {
    for (kind, shown) in KINDS {
        let mut command = ask(&["screens", kind]);
        command.env("LC_ALL", "C").env("NO_COLOR", "1");
        let mut question = Conversation::start(command, 60, 24);
        question.expect(shown);
        question.send("\u{1b}");
        let ended = question.finish();
        assert!(ended.shown.is_ascii(), "{}", ended.shown);
        let mut sequences = ended.shown.split("\u{1b}[").skip(1);
        let is_colour = |rest: &str| {
            rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';')
                .starts_with('m')
        };
        assert!(!sequences.any(is_colour), "{:?}", ended.shown);
    }
}
