//! Killed at any moment: the file is the old one or the new one, whole, and the next command is not blocked.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::home::{Home, overwrite};

/// For each of the tests: a good hundred kills.
const ENOUGH: Duration = Duration::from_secs(2);

/// A file that is long enough for a write to take time.
fn long_text() -> String {
    let mut text = "[output]\nformat = \"json\" # mine\n".to_owned();
    for number in 0..2_000 {
        text.push_str(&format!(
            "[profiles.p{number}]\nemail = \"{number}@acme.example\" # {number}\n"
        ));
    }
    text
}

/// Kills a process within the time that it takes, or a little later.
fn kill_some_time(mut child: Child) {
    // not waiting for anything: a moment at random is what is to be tested
    let moment = RandomState::new().build_hasher().finish() % 30_000;
    thread::sleep(Duration::from_micros(moment));
    child.kill().expect("it was not waited for yet");
    child.wait().expect("it is gone");
}

fn started(home: &Home, arguments: &[&str]) -> Child {
    let mut command = home.lassi(arguments);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("the program is there")
}

#[test]
fn the_file_is_the_old_one_or_the_new_one() {
    let home = Home::new();
    let (json, csv) = (long_text(), long_text().replace("\"json\"", "\"csv\""));
    home.write(&json);
    let since = Instant::now();
    let mut outcomes = [0, 0];
    while since.elapsed() < ENOUGH {
        overwrite(&home.file(), &json);
        kill_some_time(started(&home, &["config", "set", "output.format=csv"]));
        let text = home.text();
        assert!(text == json || text == csv, "{} bytes", text.len());
        outcomes[usize::from(text == csv)] += 1;
        home.run(&["config", "set", "output.format=yaml"]).fine();
        assert_eq!(home.text(), long_text().replace("\"json\"", "\"yaml\""));
        home.run(&["config", "undo"]).fine();
        assert_eq!(
            home.text(),
            text,
            "undo takes back the last change and not one that never happened"
        );
    }
    assert!(outcomes.iter().sum::<u32>() > 5, "{outcomes:?}");
}

#[test]
fn secrets_stay_readable_and_can_be_saved() {
    let home = Home::new();
    let path = "auth.jira.https://acme.atlassian.net.pat";
    let since = Instant::now();
    let mut round = 0;
    let mut last = None;
    while since.elapsed() < ENOUGH {
        round += 1;
        let pair = format!("{path}=token-{round}");
        kill_some_time(started(&home, &["config", "set", &pair]));
        let ran = home.run(&["config", "get", path, "--reveal"]);
        let now = (ran.code == Some(0)).then(|| ran.output.trim_end().to_owned());
        assert!(
            now == last || now == Some(format!("token-{round}")),
            "{ran:?}"
        );
        home.run(&[
            "config",
            "set",
            "auth.jira.https://other.atlassian.net.pat=mine",
        ])
        .fine();
        last = now;
    }
    assert!(round > 5);
}
