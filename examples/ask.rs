//! Asks questions of all kinds and prints the answers: what questions look like, and what the tests on a
//! pseudo-terminal talk to.
//!
//! `cargo run --example ask`, or only some: `cargo run --example ask -- select text secret confirm menu search list
//! path`. After `screens` each has a screen of its own. For tests `panic` asks and panics, `note` and `busy` ask
//! nothing, and `wait` waits to be ended.

use lassi::environment::Environment;
use lassi::prompt::{
    Answer, ConfirmQuestion, ListQuestion, Look, MenuQuestion, MenuRow, PromptError, Prompter,
    SearchQuestion, SearchRows, SecretQuestion, SelectQuestion, TerminalPrompter, TextQuestion,
    on_screens,
};
use std::borrow::Cow;
use std::io::{self, Write};
use std::process::ExitCode;

const KINDS: [&str; 8] = [
    "select", "text", "secret", "confirm", "menu", "search", "list", "path",
];

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

const FIELDS: [(&str, &str); 6] = [
    ("username", "Account that signs in"),
    ("api_token", "API token, kept in the store"),
    ("pat", "Personal access token"),
    ("session_cookies", "Cookies of a browser session"),
    ("cloud_id", "Cloud ID of the site"),
    ("deployment", "Cloud or Data Center"),
];

/// Settings of very many sites.
struct Settings(usize);

impl SearchRows for Settings {
    fn count(&self) -> usize {
        self.0 * FIELDS.len()
    }

    fn text(&self, index: usize) -> Cow<'_, str> {
        let (field, title) = FIELDS[index % FIELDS.len()];
        let site = index / FIELDS.len();
        format!("auth.confluence[\"https://site{site}.example\"].{field} {title}").into()
    }

    fn row(&self, index: usize) -> MenuRow {
        let (field, title) = FIELDS[index % FIELDS.len()];
        let site = index / FIELDS.len();
        MenuRow::new(format!(
            "auth.confluence[\"https://site{site}.example\"].{field}"
        ))
        .about(title)
    }
}

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
    let output_is_terminal = environment.output_is_terminal;
    let asked = match wanted.as_slice() {
        [] => ask_all(&mut prompter, &KINDS, output_is_terminal, &mut say),
        ["screens", kinds @ ..] => {
            let kinds = if kinds.is_empty() { &KINDS } else { kinds };
            let mut answers = Vec::new();
            let mut is_begun = false;
            let asked = on_screens(&mut prompter, |prompter| {
                is_begun = true;
                let mut keep = |answer: &str| answers.push(answer.to_owned());
                ask_all(prompter, kinds, output_is_terminal, &mut keep)
            });
            if let (false, Err(error)) = (is_begun, &asked) {
                say(&format!("screens: {error}"));
            }
            for answer in answers {
                say(&answer);
            }
            asked
        }
        kinds => ask_all(&mut prompter, kinds, output_is_terminal, &mut say),
    };
    match asked {
        Ok(()) => ExitCode::SUCCESS,
        Err(PromptError::Interrupted) => ExitCode::from(130),
        Err(_) => ExitCode::FAILURE,
    }
}

fn ask_all(
    prompter: &mut dyn Prompter,
    kinds: &[&str],
    output_is_terminal: bool,
    say: &mut dyn FnMut(&str),
) -> Result<(), PromptError> {
    for kind in kinds {
        let answer = match *kind {
            "secret" => secret(prompter, output_is_terminal),
            kind => ask(prompter, kind),
        };
        match answer {
            Ok(Answer::Given(answer)) => say(&format!("{kind}: {answer}")),
            Ok(Answer::Back) => say(&format!("{kind}: (back)")),
            Err(error) => {
                if error != PromptError::Interrupted {
                    say(&format!("{kind}: {error}"));
                }
                return Err(error);
            }
        }
    }
    Ok(())
}

/// The answer in words.
fn ask(prompter: &mut dyn Prompter, kind: &str) -> Result<Answer<String>, PromptError> {
    match kind {
        "select" => {
            let row = prompter.select(&SelectQuestion::new("Which site?", &SITES))?;
            Ok(row.map(|row| SITES[row].to_owned()))
        }
        "text" => {
            let question = TextQuestion::new("Site")
                .initial("https://")
                .check(&is_address);
            prompter.text(&question)
        }
        "menu" => menu(prompter),
        "search" => {
            let settings = Settings(10_000);
            let question = SearchQuestion::new("Search all settings", &settings)
                .trail(&["lassi"])
                .help("Type a part of the name, or what it is about.");
            let row = prompter.search(&question)?;
            Ok(row.map(|row| settings.row(row).label))
        }
        "list" => {
            let items = ["one.example", "two.example"].map(str::to_owned);
            let question = ListQuestion::new("Hosts without TLS", &items)
                .trail(&["lassi", "Connection"])
                .item("Host")
                .check(&is_host)
                .help("Hosts that may be reached by plain http.");
            Ok(prompter.list(&question)?.map(|items| items.join(",")))
        }
        "path" => {
            let question = TextQuestion::new("Certificates")
                .completion(&certificates)
                .help("The absolute path of a file with certificates.");
            prompter.text(&question)
        }
        "panic" => prompter.text(&TextQuestion::new("Panic").check(&|_| panic!("as wanted"))),
        "note" => {
            prompter.note("Saved output.format in ~/.config/lassi/config.toml");
            Ok(Answer::Given("said".to_owned()))
        }
        "busy" => {
            prompter.busy("Testing the connection…")?;
            Ok(Answer::Given("said".to_owned()))
        }
        "wait" => {
            prompter.busy("waiting")?;
            loop {
                std::thread::park();
            }
        }
        _ => {
            let answer = prompter.confirm(&ConfirmQuestion::new("Save it?", true))?;
            Ok(answer.map(|answer| answer.to_string()))
        }
    }
}

/// A secret is told to a pipe, and never to a terminal.
fn secret(
    prompter: &mut dyn Prompter,
    output_is_terminal: bool,
) -> Result<Answer<String>, PromptError> {
    let secret = prompter.secret(&SecretQuestion::new("API token"))?;
    Ok(secret.map(|secret| {
        if output_is_terminal {
            format!("{} bytes", secret.expose().len())
        } else {
            secret.expose().to_owned()
        }
    }))
}

fn menu(prompter: &mut dyn Prompter) -> Result<Answer<String>, PromptError> {
    let mut rows = vec![
        MenuRow::new("Format")
            .value("json")
            .badge("modified")
            .about("How product commands print what they found: as a table, JSON, YAML or CSV."),
        MenuRow::new("Colour")
            .value("auto")
            .badge("overridden by LASSI_OUTPUT__COLOR"),
        MenuRow::new("Certificates of your own")
            .value("/etc/ssl/acme.pem")
            .unavailable("A shared file cannot set this: anybody may have written it."),
    ];
    rows.extend(SITES.map(|site| MenuRow::new(site).value("you@acme.example")));
    let paragraphs =
        ["Changes are saved at once in ~/.config/lassi/config.toml. `Undo last change` takes them back."]
            .map(str::to_owned);
    let question = MenuQuestion::new("Output", &rows)
        .trail(&["lassi", "Settings"])
        .paragraphs(&paragraphs)
        .help("What product commands print, and how.");
    let row = prompter.menu(&question)?;
    Ok(row.map(|row| rows[row].label.clone()))
}

fn certificates(typed: &str) -> Vec<String> {
    let all = ["/etc/ssl/acme.pem", "/etc/ssl/example.pem", "/etc/hosts"];
    let all = all.into_iter().filter(|path| path.starts_with(typed));
    all.map(str::to_owned).collect()
}

fn is_address(answer: &str) -> Result<(), String> {
    match answer.strip_prefix("https://") {
        Some(host) if !host.is_empty() => Ok(()),
        _ => Err("an address starts with https://".to_owned()),
    }
}

fn is_host(item: &str) -> Result<(), String> {
    if item.contains('/') {
        Err("a host has no slashes".to_owned())
    } else {
        Ok(())
    }
}

fn say(text: &str) {
    // whoever does not listen needs no answers
    let _ = writeln!(io::stdout(), "{text}");
}
