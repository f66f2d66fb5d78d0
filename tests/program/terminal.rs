//! At a real terminal: what is asked there, what the answers do, and that nothing is asked of those who forbid it.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::process::Stdio;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

use crate::home::{Home, Ran};

/// What ends the input of a terminal at the start of a line.
const END_OF_INPUT: &str = "\u{4}";

/// What goes back from a question.
const ESCAPE: &str = "\u{1b}";

/// What a question for yes or no ends with.
const QUESTIONS: [&str; 2] = ["[y/N] ", "[Y/n] "];

/// Runs `lassi` at a terminal on which these keys are pressed when a question is asked; its messages are what was
/// written to the terminal, the movements of the cursor left out.
fn run(home: &Home, keys: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
    let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a free terminal");
    grantpt(&controller).expect("it is ours");
    unlockpt(&controller).expect("it is ours");
    let name = ptsname(&controller, Vec::new()).expect("it has a name");
    let name = name.to_str().expect("a path under /dev");
    let terminal = || {
        let file = OpenOptions::new().read(true).write(true).open(name);
        Stdio::from(file.expect("the other end"))
    };
    let mut command = home.lassi(arguments);
    command
        .env("NO_COLOR", "1")
        .envs(variables.iter().copied())
        .stdin(terminal())
        .stdout(Stdio::piped())
        .stderr(terminal());
    // wide enough for any question to be on one line
    let size = Winsize {
        ws_col: 400,
        ws_row: 24,
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    tcsetwinsize(&controller, size).expect("it has a size");
    let mut controller = File::from(controller);
    let mut child = command.spawn().expect("the program is there");
    // the ends that this process holds would keep the terminal open
    drop(command);
    let mut shown = Vec::new();
    let mut bytes = [0; 4096];
    let mut asked = false;
    // a terminal that nobody holds any more ends in an error
    while let Ok(count) = controller.read(&mut bytes) {
        shown.extend_from_slice(&bytes[..count]);
        let is_question = |question: &&str| {
            let question = question.as_bytes();
            shown.windows(question.len()).any(|part| part == question)
        };
        if !asked && QUESTIONS.iter().any(is_question) {
            asked = true;
            controller
                .write_all(keys.as_bytes())
                .expect("the terminal takes keys");
        }
    }
    let mut output = String::new();
    let pipe = child.stdout.as_mut().expect("it is piped");
    pipe.read_to_string(&mut output)
        .expect("the program prints UTF-8");
    let code = child.wait().expect("it ends").code();
    let shown = String::from_utf8(shown).expect("the program prints UTF-8");
    Ran {
        code,
        output,
        messages: without_movements(&shown),
    }
}

/// Leaves out the control sequences, but those of colours.
fn without_movements(shown: &str) -> String {
    let shown = shown.replace('\r', "");
    let mut parts = shown.split("\u{1b}[");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(0);
        if part[end..].starts_with('m') {
            text += "\u{1b}[";
            text += part;
        } else {
            text += &part[end + 1..];
        }
    }
    text
}

fn with_profile() -> Home {
    let home = Home::new();
    home.run(&["config", "set", "profiles.work.email=me"])
        .fine();
    home
}

#[test]
fn yes_is_said_in_words() {
    for keys in ["y\n", "YES\n", " y \n"] {
        let home = with_profile();
        let ran = run(&home, keys, &["config", "unset", "profiles.work"], &[]);
        assert!(
            ran.messages
                .starts_with("? Remove all of `profiles.work`? [y/N] "),
            "{ran:?}"
        );
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert_eq!(home.run(&["config", "list"]).fine(), "");
    }
}

#[test]
fn everything_else_is_no() {
    let not_quite = format!("yes please\n{ESCAPE}");
    for keys in ["n\n", "\n", &not_quite, ESCAPE, END_OF_INPUT] {
        let home = with_profile();
        for arguments in [
            &["config", "unset", "profiles.work"][..],
            &["config", "reset"],
        ] {
            let ran = run(&home, keys, arguments, &[]);
            assert!(
                ran.messages.ends_with("error: nothing was changed\n"),
                "{ran:?}"
            );
            assert_eq!(ran.code, Some(1), "{ran:?}");
        }
        assert_eq!(
            home.run(&["config", "list"]).fine(),
            "profiles.work.email = \"me\"\n"
        );
    }
}

#[test]
fn the_secrets_that_go_along_are_counted() {
    let home = with_profile();
    let url = "auth.jira.acme.atlassian.net";
    home.run(&[
        "config",
        "set",
        &format!("{url}.pat=one"),
        &format!("{url}.api_token=two"),
    ])
    .fine();
    let ran = run(&home, "n\n", &["config", "unset", "auth"], &[]);
    assert!(
        ran.messages
            .starts_with("? Remove all of `auth`, and its 2 secrets? [y/N] "),
        "{ran:?}"
    );
    home.run(&["config", "unset", &format!("{url}.pat")]).fine();
    let ran = run(&home, "n\n", &["config", "reset", "--secrets"], &[]);
    assert!(
        ran.messages
            .contains(" back to the defaults, and remove 1 secret for good? [y/N] "),
        "{ran:?}"
    );
    let ran = run(&home, "y\n", &["config", "unset", "auth"], &[]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(
        home.run(&["config", "list"]).fine(),
        "profiles.work.email = \"me\"\n"
    );
}

#[test]
fn nothing_is_asked_of_those_who_forbid_it() {
    let home = with_profile();
    let unset = ["config", "unset", "profiles.work"];
    for (arguments, variables) in [
        (
            &["--no-input", "config", "unset", "profiles.work"][..],
            &[][..],
        ),
        (&unset, &[("CI", "true")]),
        (&unset, &[("LASSI_NO_INPUT", "1")]),
    ] {
        let ran = run(&home, "y\n", arguments, variables);
        let end = "There is nobody to ask.\nhint: add `--yes` to say yes\n";
        assert!(
            ran.messages.contains("Remove all of `profiles.work`? "),
            "{ran:?}"
        );
        assert!(ran.messages.ends_with(end), "{ran:?}");
        assert_eq!(ran.code, Some(2), "{ran:?}");
    }
    assert_eq!(
        home.run(&["config", "list"]).fine(),
        "profiles.work.email = \"me\"\n"
    );
}

#[test]
fn an_edit_that_is_not_valid_is_opened_again() {
    let home = Home::new();
    home.write("output.format = \"json\"\n");
    // wrong the first time, right the second
    let editor = [("EDITOR", "sed -i -e s/jsn/csv/ -e s/json/jsn/")];
    let arguments = ["config", "edit", "--editor"];
    let ran = run(&home, "\n", &arguments, &editor);
    assert!(
        ran.messages
            .contains("`\"jsn\"` is not one of table, json, yaml, csv, quiet"),
        "{ran:?}"
    );
    assert!(ran.messages.contains("Edit it again? [Y/n] "), "{ran:?}");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(home.text(), "output.format = \"csv\"\n");
}

#[test]
fn an_edit_may_be_given_up() {
    for keys in ["n\n", END_OF_INPUT] {
        let home = Home::new();
        home.write("output.format = \"json\"\n");
        let editor = [("EDITOR", "sed -i s/json/jsn/")];
        let ran = run(&home, keys, &["config", "edit", "--editor"], &editor);
        assert!(
            ran.messages
                .ends_with("error: given up: nothing was changed\n"),
            "{ran:?}"
        );
        assert_eq!(ran.code, Some(5), "{ran:?}");
        assert_eq!(home.text(), "output.format = \"json\"\n");
    }
}

#[test]
fn messages_are_coloured() {
    let home = Home::new();
    let error = |arguments: &[&str], variables: &[(&str, &str)]| {
        run(&home, "", arguments, variables).messages
    };
    let get = ["config", "get", "zzz"];
    let coloured = "\u{1b}[1;31merror\u{1b}[0m: ";
    // empty means unset
    let wanted = [("NO_COLOR", "")];
    assert!(error(&get, &wanted).starts_with(coloured));
    assert!(error(&get, &[]).starts_with("error: "));
    assert!(error(&["--color", "never", "config", "get", "zzz"], &wanted).starts_with("error: "));
    home.run(&["config", "set", "output.color=never"]).fine();
    assert!(error(&get, &wanted).starts_with("error: "));
}
