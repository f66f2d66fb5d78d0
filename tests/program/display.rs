//! How things are shown: control characters, colours, and what goes where.

use crate::home::{Home, Ran};

#[test]
fn keys_and_values_are_shown_with_control_characters_escaped() {
    let home = Home::new();
    for arguments in [
        &["config", "set", "out\u{1b}put.format=1"][..],
        &["config", "set", "output.format=j\u{1b}[31m"],
        &["config", "set", "profiles.work.email=a\u{7}"],
        &["config", "get", "\u{202e}output"],
        &["config", "get", "output.\"\u{1b}\""],
        &["config", "explain", "\u{9b}31m"],
        &["--set", "output.format=\u{1b}c", "config", "list"],
        &["config", "rename", "profiles.work", "a\u{1b}"],
        &["config", "check", "no\u{1b}file"],
    ] {
        let ran = home.run(arguments);
        assert!(ran.code == Some(2) || ran.code == Some(3), "{ran:?}");
        assert!(!has_control(&ran), "{ran:?}");
    }
    let said = home
        .run(&["config", "set", "output.format=j\u{1b}[31m"])
        .failed(2);
    assert_eq!(
        said,
        "error: output.format: the value has a control character at position 2\n"
    );
    let said = home.run(&["config", "check", "no\u{1b}file"]).failed(3);
    assert_eq!(said, "error: there is no file no\\u{1b}file\n");
    home.write(
        "[output]\nformat = \"j\\u001b[31m\"\n\"\\u001b[2J\" = 1\n[profiles.work]\nemail = \"me\\u202eyou\"\n\
         [auth.jira.\"\\u001b\"]\n",
    );
    for arguments in [
        &["config", "list"][..],
        &["config", "list", "-f", "table"],
        &["config", "get", "profiles.work.email"],
        &["config", "check"],
        &["config", "explain", "profiles"],
    ] {
        let ran = home.run(arguments);
        assert!(!has_control(&ran), "{arguments:?} {ran:?}");
    }
}

fn has_control(ran: &Ran) -> bool {
    let odd = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
    ran.output.contains(odd) || ran.messages.contains(odd)
}

#[test]
fn a_path_that_cannot_be_read_has_its_caret_in_place() {
    let said = Home::new()
        .run(&["config", "get", "output.\"\\q\""])
        .failed(2);
    assert_eq!(
        said,
        "error: not a path: an escape in this key is not known\n  output.\"\\q\"\n         ^\n"
    );
}

#[test]
fn data_goes_to_one_place_and_everything_else_to_the_other() {
    let home = Home::new();
    home.write("outptu = 1\noutput.format = \"json\"\n");
    let ran = home.run(&["config", "get", "output.format"]);
    assert_eq!(ran.output, "json\n");
    assert!(
        ran.messages
            .starts_with("warning: there is no setting `outptu`\n"),
        "{ran:?}"
    );
    let ran = home.run(&["config", "set", "output.format=csv"]);
    assert_eq!(ran.output, "");
    assert!(
        ran.messages.starts_with("set output.format = \"csv\" in "),
        "{ran:?}"
    );
    let ran = home.run(&["--quiet", "config", "set", "output.format=yaml"]);
    assert_eq!(ran.output, "");
    assert!(
        ran.messages.starts_with("warning: "),
        "quiet hides no warnings: {ran:?}"
    );
}

#[test]
fn colours_are_for_terminals_and_for_those_who_ask() {
    let home = Home::new();
    let says_error = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = home.lassi(arguments);
        Ran::of(command.envs(variables.iter().copied())).failed(2)
    };
    let plain = "error: there is no setting `zzz`\n";
    assert!(says_error(&["config", "get", "zzz"], &[]).starts_with(plain));
    let coloured = "\u{1b}[1;31merror\u{1b}[0m: there is no setting `zzz`\n";
    assert!(says_error(&["--color", "always", "config", "get", "zzz"], &[]).starts_with(coloured));
    assert!(
        says_error(
            &["--color", "always", "config", "get", "zzz"],
            &[("NO_COLOR", "1")]
        )
        .starts_with(coloured)
    );
    assert!(says_error(&["--color", "never", "config", "get", "zzz"], &[]).starts_with(plain));
    home.run(&["config", "set", "output.color=always"]).fine();
    assert!(says_error(&["config", "get", "zzz"], &[]).starts_with(coloured));
    assert!(says_error(&["config", "get", "zzz"], &[("NO_COLOR", "1")]).starts_with(plain));
}

#[test]
fn without_a_terminal_nothing_prompts() {
    let home = Home::new();
    home.run(&["config", "set", "profiles.work.email=me"])
        .fine();
    for arguments in [
        &["config", "unset", "profiles.work"][..],
        &["config", "reset"],
    ] {
        let said = home.run_with_input("y\n", arguments).failed(2);
        assert!(
            said.ends_with("There is nobody to ask.\nhint: add `--yes` to say yes\n"),
            "{said}"
        );
    }
    assert_eq!(
        home.run(&["config", "get", "profiles.work.email"]).fine(),
        "me\n"
    );
}
