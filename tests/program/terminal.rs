//! At a real terminal: colours, and that nothing is asked of those who forbid it. What is asked, and what the answers
//! do, is in `tests/prompt/`.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::process::Stdio;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use crate::home::{Home, Ran};

/// Runs `lassi` at a terminal on which these keys are pressed; its messages are what the terminal showed, the keys left
/// out.
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
    let mut controller = File::from(controller);
    // before it starts: so the terminal shows the keys first, and what comes next is the program's
    controller
        .write_all(keys.as_bytes())
        .expect("the terminal takes keys");
    let mut child = command.spawn().expect("the program is there");
    // the ends that this process holds would keep the terminal open
    drop(command);
    let mut output = String::new();
    let pipe = child.stdout.as_mut().expect("it is piped");
    pipe.read_to_string(&mut output)
        .expect("the program prints UTF-8");
    let code = child.wait().expect("it ends").code();
    let mut shown = Vec::new();
    // a terminal that nobody holds any more ends in an error
    let _ = controller.read_to_end(&mut shown);
    let shown = String::from_utf8(shown).expect("the program prints UTF-8");
    let echoed = keys.replace('\n', "\r\n");
    let messages = shown
        .strip_prefix(&echoed)
        .unwrap_or(&shown)
        .replace("\r\n", "\n");
    Ran {
        code,
        output,
        messages,
    }
}

fn with_profile() -> Home {
    let home = Home::new();
    home.run(&["config", "set", "profiles.work.email=me"])
        .fine();
    home
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
