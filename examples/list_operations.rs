//! Reads `OpenAPI` documents of Atlassian and writes the operations in them as lists, to which the tests hold every
//! request that lassi sends (`tests/api/documented/`).
//!
//! Download the documents first; each page has a menu that offers its document:
//!
//! | name | page |
//! |---|---|
//! | jira-platform | <https://developer.atlassian.com/cloud/jira/platform/rest/v3/> |
//! | jira-software | <https://developer.atlassian.com/cloud/jira/software/rest/> |
//! | jsm | <https://developer.atlassian.com/cloud/jira/service-desk/rest/> |
//! | confluence-v1 | <https://developer.atlassian.com/cloud/confluence/rest/v1/> |
//! | confluence-v2 | <https://developer.atlassian.com/cloud/confluence/rest/v2/> |
//! | bitbucket | <https://developer.atlassian.com/cloud/bitbucket/rest/> |
//!
//! `confluence-v1-legacy` is the first version's document as of October 2024: it still has calls for content which the
//! document dropped later and the servers kept.
//!
//! `cargo run --example list_operations -- jira-platform=swagger-v3.v3.json bitbucket=swagger.json`

use lassi::environment::Environment;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::{self, Display};
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// Keys of a path in a document that are operations; the others describe all of them.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

fn main() -> ExitCode {
    for argument in Environment::of_process().arguments.iter().skip(1) {
        let argument = argument.to_string_lossy();
        if let Err(fault) = renew(&argument) {
            let _ = writeln!(io::stderr(), "{argument}: {fault}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// What can be wrong with an argument.
enum Fault {
    NotNameAndFile,
    Unreadable(io::Error),
    NotJson(serde_json::Error),
    NoPaths,
}

impl Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::NotNameAndFile => formatter.write_str("give NAME=FILE, as in jsm=swagger.json"),
            Fault::Unreadable(error) => write!(formatter, "cannot be read or written: {error}"),
            Fault::NotJson(error) => write!(formatter, "is not JSON: {error}"),
            Fault::NoPaths => formatter.write_str("has no paths: is it an OpenAPI document?"),
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "files of the repository, which git keeps"
)]
fn renew(argument: &str) -> Result<(), Fault> {
    let (name, file) = argument.split_once('=').ok_or(Fault::NotNameAndFile)?;
    let text = std::fs::read_to_string(file).map_err(Fault::Unreadable)?;
    let document: Value = serde_json::from_str(&text).map_err(Fault::NotJson)?;
    let list = operations(&document).ok_or(Fault::NoPaths)?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/api/documented");
    std::fs::write(folder.join(format!("{name}.txt")), list).map_err(Fault::Unreadable)
}

/// `METHOD /path/{name} ?query,names`, one line an operation, sorted by path.
fn operations(document: &Value) -> Option<String> {
    let base = base_path(document);
    let mut lines = BTreeSet::new();
    for (path, item) in document["paths"].as_object()? {
        let path = format!("{base}{path}");
        for method in METHODS {
            let Some(operation) = item.get(method) else {
                continue;
            };
            let mut names = BTreeSet::new();
            for parameters in [&item["parameters"], &operation["parameters"]] {
                names.extend(query_names(document, parameters));
            }
            let names: Vec<&str> = names.into_iter().collect();
            let query = if names.is_empty() {
                String::new()
            } else {
                format!(" ?{}", names.join(","))
            };
            lines.insert((
                path.clone(),
                format!("{} {path}{query}\n", method.to_uppercase()),
            ));
        }
    }
    Some(lines.into_iter().map(|(_, line)| line).collect())
}

/// What stands in front of the document's paths at the root of a site: older documents say it as `basePath`, newer ones
/// in the address of the server.
fn base_path(document: &Value) -> &str {
    if let Some(base) = document["basePath"].as_str() {
        return base;
    }
    let server = document["servers"][0]["url"].as_str().unwrap_or_default();
    let after_scheme = server.split_once("//").map_or(server, |(_, rest)| rest);
    after_scheme
        .find('/')
        .map_or("", |slash| after_scheme[slash..].trim_end_matches('/'))
}

fn query_names<'document>(
    document: &'document Value,
    parameters: &'document Value,
) -> Vec<&'document str> {
    let parameters = parameters.as_array().map(Vec::as_slice).unwrap_or_default();
    parameters
        .iter()
        .map(|parameter| match parameter["$ref"].as_str() {
            Some(place) => document
                .pointer(place.trim_start_matches('#'))
                .unwrap_or(parameter),
            None => parameter,
        })
        .filter(|parameter| parameter["in"] == "query")
        .filter_map(|parameter| parameter["name"].as_str())
        .collect()
}
