//! The commands of Bitbucket: what they send, what they show, and how they end.

mod changes;
mod reading;
mod surroundings;

use super::visitor::Visitor;
use crate::home::Ran;
use serde_json::Value as Json;

/// The requests that a command sends: method, path below the API with its query, and body.
#[track_caller]
fn sent(line: &[&str]) -> Vec<(String, Json)> {
    let visitor = Visitor::new();
    at_rocket(&visitor, line).fine();
    requests(&visitor)
}

fn requests(visitor: &Visitor) -> Vec<(String, Json)> {
    let requests = visitor.site.requests();
    let shown = requests.iter().map(|request| {
        let path = request.path.trim_start_matches("/bitbucket/2.0");
        let query: Vec<String> = request
            .query
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let query = query.join("&");
        let mark = if query.is_empty() { "" } else { "?" };
        (
            format!("{} {path}{mark}{query}", request.method),
            request.json(),
        )
    });
    shown.collect()
}

/// Runs a command of Bitbucket that is about `acme/rocket`.
fn at_rocket(visitor: &Visitor, line: &[&str]) -> Ran {
    visitor.run(&[&["bitbucket"], line, &["--repository", "rocket"]].concat())
}

const ROCKET: &str = "/repositories/acme/rocket";

#[test]
fn what_is_wrong_is_said_with_the_code_for_it() {
    let visitor = Visitor::new();
    for (line, code, said) in [
        ("pr get 99", 3, "Pull request 99 does not exist."),
        ("pr get x/../../..", 2, "it names nothing"),
        ("pr get", 2, "<PULL_REQUEST>"),
        ("pr list --state opn", 2, "it is none of OPEN, MERGED"),
        ("pr create --source spike/kites", 2, "--title"),
        ("pr merge 3", 1, "merge conflicts"),
        ("pr merge 1", 2, "already closed"),
        ("pr merge 2 --strategy quick", 2, "possible values"),
        ("branch create main --from main", 2, "already exists"),
        ("branch create new", 2, "--from"),
        ("branch delete feature/wave", 2, "add `--yes`"),
        ("branch delete nothing --yes", 3, "does not exist"),
        ("commit get nothing", 3, "Commit not found: nothing"),
        ("pipeline get 99", 3, "pipeline was not found"),
        ("pipeline stop 1", 2, "already completed"),
        ("pipeline trigger --branch nothing", 2, "does not exist"),
    ] {
        let messages = at_rocket(&visitor, &line.split(' ').collect::<Vec<_>>()).failed(code);
        assert!(messages.contains(said), "{line}: {messages}");
    }
}
