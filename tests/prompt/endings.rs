//! The ways out of a question. After each of them `Conversation::finish` compares the terminal's mode with the one
//! before, and looks for the cursor and the marking of pastes.

use crate::terminal::{Conversation, ask};
use rustix::process::Signal;
use std::os::unix::process::ExitStatusExt;

/// The kinds of question, and what of each is shown last.
const KINDS: [(&str, &str); 4] = [
    ("select", "Esc goes back"),
    ("text", "https://"),
    ("secret", "API token "),
    ("confirm", "[Y/n] "),
];

/// What each drawing begins with: it clears what is below.
const DRAWS: &str = "\u{1b}[J";

/// A question that was asked, on a terminal of 60 columns.
fn asked(kind: &str, shown: &str) -> Conversation {
    let mut asked = Conversation::start(ask(&[kind]), 60, 24);
    asked.expect(shown);
    asked
}

#[test]
fn escape_goes_back() {
    for (kind, shown) in KINDS {
        let question = asked(kind, shown);
        question.send("\u{1b}");
        let ended = question.finish();
        assert_eq!(ended.output, format!("{kind}: (back)\n"));
        assert!(ended.shown.contains("(Esc)"), "{}", ended.shown);
        assert!(ended.status.success());
    }
}

#[test]
fn escape_goes_back_from_what_was_typed() {
    for (kind, shown) in [KINDS[1], KINDS[2]] {
        let question = asked(kind, shown);
        question.send("hunter2\u{1b}");
        assert_eq!(question.finish().output, format!("{kind}: (back)\n"));
    }
}

#[test]
fn ctrl_c_interrupts() {
    for (kind, shown) in KINDS {
        let question = asked(kind, shown);
        question.send("x\u{3}");
        let ended = question.finish();
        assert_eq!(ended.status.code(), Some(130), "{kind}");
        assert_eq!(ended.output, "");
        assert!(ended.shown.contains("(Ctrl-C)"), "{}", ended.shown);
    }
}

#[test]
fn a_signal_from_elsewhere_ends_the_question() {
    for (kind, shown) in KINDS {
        let question = asked(kind, shown);
        question.signal(Signal::INT);
        assert_eq!(question.finish().status.code(), Some(130), "{kind}");
        for (signal, error) in [
            (Signal::TERM, "terminated"),
            (Signal::HUP, "terminal closed"),
        ] {
            let question = asked(kind, shown);
            question.signal(signal);
            let ended = question.finish();
            assert_eq!(ended.output, format!("{kind}: {error}\n"));
        }
    }
}

#[test]
fn ctrl_d_where_nothing_is_typed_is_the_end_of_input() {
    for (kind, shown) in KINDS {
        let question = asked(kind, shown);
        // Ctrl-U: the text question has something to begin with
        question.send("\u{15}\u{4}");
        let ended = question.finish();
        assert_eq!(ended.output, format!("{kind}: end of input\n"));
    }
}

#[test]
fn a_terminal_that_is_closed_ends_the_question() {
    for (kind, shown) in KINDS {
        assert_eq!(asked(kind, shown).hang_up().code(), Some(1), "{kind}");
    }
}

#[test]
fn a_panic_leaves_the_terminal_as_it_was() {
    let question = asked("panic", "Panic ");
    question.send("\r");
    let ended = question.finish();
    assert_eq!(ended.status.code(), Some(101));
    assert!(ended.shown.contains("as wanted"), "{}", ended.shown);
}

#[test]
fn a_stopped_program_leaves_the_terminal_meanwhile() {
    for (kind, shown) in KINDS {
        let mut question = asked(kind, shown);
        question.send("\u{1a}");
        question.wait_for_stop();
        question.assert_mode_restored();
        question.signal(Signal::CONT);
        question.expect(shown);
        question.send("\u{1b}");
        let ended = question.finish();
        assert_eq!(ended.output, format!("{kind}: (back)\n"));
        // before, after, and when it was left
        assert_eq!(ended.shown.matches(DRAWS).count(), 3, "{:?}", ended.shown);
    }
}

#[test]
fn a_program_that_others_stop_asks_anew_when_it_goes_on() {
    let mut question = asked("secret", "API token ");
    question.signal(Signal::STOP);
    question.wait_for_stop();
    question.signal(Signal::CONT);
    question.expect("API token ");
    question.send("hunter2\r");
    assert_eq!(question.finish().output, "secret: hunter2\n");
}

#[test]
fn a_signal_between_two_questions_does_what_it_always_does() {
    let mut question = Conversation::start(ask(&["confirm", "wait"]), 60, 24);
    question.expect("[Y/n] ");
    question.send("\r");
    question.expect("waiting");
    question.signal(Signal::TERM);
    let ended = question.finish();
    assert_eq!(ended.status.signal(), Some(Signal::TERM.as_raw()));
}

#[test]
fn a_terminal_that_is_too_small_is_told_so() {
    for (kind, columns, rows, needed) in [
        ("select", 60, 4, "20x5"),
        ("select", 19, 24, "20x5"),
        ("text", 10, 1, "20x2"),
        ("secret", 10, 1, "20x2"),
        ("confirm", 10, 1, "20x2"),
    ] {
        let ended = Conversation::start(ask(&[kind]), columns, rows).finish();
        let size = format!("terminal of {columns}x{rows}, needed {needed}");
        assert_eq!(ended.output, format!("{kind}: {size}\n"));
        assert_eq!(ended.status.code(), Some(1));
    }
}

#[test]
fn a_terminal_that_becomes_too_small_is_told_so() {
    let question = asked("select", "Esc goes back");
    question.resize(60, 3);
    let ended = question.finish();
    assert_eq!(ended.output, "select: terminal of 60x3, needed 20x5\n");
}
