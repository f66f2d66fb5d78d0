//! Asks one question of each kind and prints the answers: what questions look like, and what the tests on a
//! pseudo-terminal talk to.
//!
//! `cargo run --example ask`, or only some: `cargo run --example ask -- select text secret confirm`. For tests
//! `panic` asks and panics, and `wait` asks nothing and waits to be ended.

use lassi::environment::Environment;
use lassi::prompt::{
    Answer, ConfirmQuestion, Look, PromptError, Prompter, SecretQuestion, SelectQuestion,
    TerminalPrompter, TextQuestion,
};
use std::io::{self, Write};
use std::process::ExitCode;

const SITES: [&str; 12] = [
    "https://acme.atlassian.net",
    "https://example.atlassian.net",
    "https://jira.acme.example",
    "https://wiki.acme.example/confluence",
    "https://bitbucket.org",
    "https://one.example",
    "https://two.example",
    "https://three.example",
    "https://four.example",
    "https://five.example",
    "https://six.example",
    "https://seven.example",
];

fn main() -> ExitCode {
    let environment = Environment::of_process();
    let colour = environment.variable("NO_COLOR").is_none();
    let mut prompter = TerminalPrompter::new(Look::new(&environment, colour));
    let wanted: Vec<&str> = environment
        .arguments
        .iter()
        .skip(1)
        .filter_map(|kind| kind.to_str())
        .collect();
    let kinds = if wanted.is_empty() {
        ["select", "text", "secret", "confirm"].as_slice()
    } else {
        &wanted
    };
    for kind in kinds {
        match ask(&mut prompter, kind, environment.output_is_terminal) {
            Ok(answer) => say(&format!("{kind}: {answer}")),
            Err(PromptError::Interrupted) => return ExitCode::from(130),
            Err(error) => {
                say(&format!("{kind}: {error}"));
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

/// The answer in words. A secret is told to a pipe, and never to a terminal.
fn ask(
    prompter: &mut TerminalPrompter,
    kind: &str,
    output_is_terminal: bool,
) -> Result<String, PromptError> {
    let answer = match kind {
        "select" => prompter
            .select(&SelectQuestion::new("Which site?", &SITES))?
            .map(|row| SITES[row].to_owned()),
        "text" => {
            let question = TextQuestion::new("Site")
                .initial("https://")
                .check(&is_address);
            prompter.text(&question)?
        }
        "secret" => {
            let secret = prompter.secret(&SecretQuestion::new("API token"))?;
            secret.map(|secret| {
                if output_is_terminal {
                    format!("{} bytes", secret.expose().len())
                } else {
                    secret.expose().to_owned()
                }
            })
        }
        "panic" => prompter.text(&TextQuestion::new("Panic").check(&|_| panic!("as wanted")))?,
        "wait" => {
            let _ = write!(io::stderr(), "waiting");
            loop {
                std::thread::park();
            }
        }
        _ => prompter
            .confirm(&ConfirmQuestion::new("Save it?", true))?
            .map(|answer| answer.to_string()),
    };
    Ok(match answer {
        Answer::Given(answer) => answer,
        Answer::Back => "(back)".to_owned(),
    })
}

fn is_address(answer: &str) -> Result<(), String> {
    match answer.strip_prefix("https://") {
        Some(host) if !host.is_empty() => Ok(()),
        _ => Err("an address starts with https://".to_owned()),
    }
}

fn say(text: &str) {
    // whoever does not listen needs no answers
    let _ = writeln!(io::stdout(), "{text}");
}
