//! What is answered, with every kind of question.

use crate::terminal::{Conversation, ask};
use std::process::Stdio;

/// As long as the longest tokens there are, and of characters that a terminal could take for something else.
fn token() -> String {
    "ATATT3xFfGF0=~[200~é".chars().cycle().take(4_000).collect()
}

/// Answers the secret of `ask` and makes sure that it arrives, and that nothing of it is shown.
fn enter_token(keys: &str) {
    let mut asked = Conversation::start(ask(&["secret"]), 60, 24);
    asked.expect("API token ");
    asked.send(keys);
    let ended = asked.finish();
    assert_eq!(ended.output, format!("secret: {}\n", token()));
    assert!(!ended.shown.contains("ATATT"), "{}", ended.shown);
    let longest = ended
        .shown
        .lines()
        .map(|line| line.chars().filter(|mark| *mark == '•').count())
        .max();
    assert!(longest <= Some(60), "{}", ended.shown);
    assert!(
        ended.shown.contains("API token ••••••••\r"),
        "{}",
        ended.shown
    );
    assert!(ended.status.success());
}

#[test]
fn a_secret_of_4000_characters_arrives_typed() {
    enter_token(&format!("{}\r", token()));
}

#[test]
fn a_secret_of_4000_characters_arrives_pasted() {
    enter_token(&format!("\u{1b}[200~{}\r\n\u{1b}[201~\r", token()));
}

#[test]
fn a_secret_can_be_corrected() {
    let mut asked = Conversation::start(ask(&["secret"]), 60, 24);
    asked.expect("API token ");
    asked.send("\r");
    asked.expect("nothing was typed");
    asked.send("wrong\u{15}rightt\u{7f}\u{1b}[A\u{1b}OP\u{1b}[15~\r");
    assert_eq!(asked.finish().output, "secret: right\n");
}

#[test]
fn a_row_is_chosen_by_keys() {
    let mut asked = Conversation::start(ask(&["select"]), 60, 8);
    asked.expect("❯ https://acme.atlassian.net");
    asked.send("\u{1b}[6~");
    asked.expect("❯ https://one.example");
    asked.send("\u{1b}[Fk\u{1b}[5~j");
    asked.expect("❯ https://two.example");
    asked.send("\r");
    let ended = asked.finish();
    assert_eq!(ended.output, "select: https://two.example\n");
}

#[test]
fn a_wrong_text_is_explained_and_can_be_edited() {
    let mut asked = Conversation::start(ask(&["text"]), 60, 24);
    asked.expect("Site https://");
    asked.send("\u{15}acme.example\r");
    asked.expect("✘ an address starts with https://");
    asked.send("\u{1b}[Hhttps://\r");
    let ended = asked.finish();
    assert_eq!(ended.output, "text: https://acme.example\n");
}

#[test]
fn yes_and_no_are_letters_and_enter() {
    for (keys, answer) in [("\r", "true"), ("n\r", "false"), ("n\u{7f}yes\n", "true")] {
        let mut asked = Conversation::start(ask(&["confirm"]), 60, 24);
        asked.expect("Save it? [Y/n] ");
        asked.send(keys);
        assert_eq!(asked.finish().output, format!("confirm: {answer}\n"));
    }
}

#[test]
fn what_is_typed_ahead_answers_the_next_question() {
    let mut asked = Conversation::start(ask(&["secret", "text", "confirm"]), 60, 24);
    asked.expect("API token ");
    asked.send("hunter2\racme\rn\r");
    let ended = asked.finish();
    assert_eq!(
        ended.output,
        "secret: hunter2\ntext: https://acme\nconfirm: false\n"
    );
    assert!(!ended.shown.contains("hunter2"), "{}", ended.shown);
}

#[test]
fn a_resized_terminal_is_drawn_anew() {
    let mut asked = Conversation::start(ask(&["text"]), 60, 24);
    asked.expect("Site https://");
    asked.send("wiki.acme.example/confluence");
    asked.expect("confluence");
    asked.resize(30, 24);
    asked.expect("…");
    asked.resize(60, 24);
    asked.expect("https://wiki.acme.example/confluence");
    asked.send("\r");
    let ended = asked.finish();
    assert_eq!(ended.output, "text: https://wiki.acme.example/confluence\n");
}

#[test]
fn without_utf8_and_colour_there_is_nothing_but_ascii() {
    let mut command = ask(&["select", "text", "secret", "confirm"]);
    command.env("LC_ALL", "C").env("NO_COLOR", "1");
    let mut asked = Conversation::start(command, 60, 24);
    asked.expect("> https://acme.atlassian.net");
    asked.send("\r");
    asked.expect("Site https://");
    asked.send("\u{15}\r");
    asked.expect("! an address");
    asked.send("https://acme.example\r");
    asked.expect("API token ");
    asked.send("x");
    asked.expect("*");
    asked.send("\r");
    asked.expect("Save it?");
    asked.send("\r");
    let ended = asked.finish();
    assert!(ended.shown.is_ascii(), "{}", ended.shown);
    // what ends in `m` is a colour
    let mut sequences = ended.shown.split("\u{1b}[").skip(1);
    let is_colour = |rest: &str| {
        rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';')
            .starts_with('m')
    };
    assert!(!sequences.any(is_colour), "{:?}", ended.shown);
}

#[test]
fn without_a_terminal_nothing_is_asked() {
    let output = ask(&["confirm"])
        .stdin(Stdio::null())
        .output()
        .expect("it runs");
    assert_eq!(output.stdout, b"confirm: no terminal\n");
    assert_eq!(output.stderr, b"");
}
