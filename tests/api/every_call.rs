//! Every request that a product command can send is one that Atlassian documents.

use super::documented::Documented;
use lassi::auth::Product;
use lassi::product::Command;
use lassi::product::command::{Action, Endpoint, On, To};
use std::collections::BTreeSet;

/// The names in the query that a call can use.
fn query_names(endpoint: &Endpoint) -> Vec<&'static str> {
    let fixed = endpoint.fixed.iter().map(|(name, _)| *name);
    let sent = endpoint.sends.iter().filter_map(|(_, to)| match to {
        To::Query(name) | To::Each(name) | To::QueryId(name) => Some(*name),
        _ => None,
    });
    fixed
        .chain(sent)
        .chain(endpoint.paging.query_names().iter().copied())
        .collect()
}

/// What is wrong with the calls of a command.
fn faults(documented: &Documented, command: &Command) -> Vec<String> {
    let found = faults_of(documented, command.endpoints);
    let name = command.name();
    found
        .map(|fault| format!("lassi {name}: {fault}"))
        .collect()
}

/// What is wrong with calls.
fn faults_of(documented: &Documented, endpoints: &[Endpoint]) -> impl Iterator<Item = String> {
    let mut faults = Vec::new();
    for endpoint in endpoints {
        let on_data_center = endpoint.on == On::DataCenter;
        // a repository is named by two parts of a path: `acme/rocket`
        let path = endpoint
            .path
            .replace("{repository}", "{workspace}/{repo_slug}");
        let names = query_names(endpoint).into_iter().map(Some);
        for name in std::iter::once(None).chain(names) {
            let allowed = if on_data_center {
                documented.allows_on_data_center(endpoint.method, &path, name)
            } else {
                documented.allows(endpoint.method, &path, name)
            };
            if let Err(fault) = allowed {
                faults.push(fault);
            }
        }
    }
    faults.into_iter()
}

#[test]
fn every_call_of_every_command_is_documented() {
    let documented = Documented::load();
    let mut faults_of_all = Vec::new();
    for product in [
        Product::Jira,
        Product::Confluence,
        Product::Jsm,
        Product::Bitbucket,
    ] {
        for command in lassi::product::commands(product) {
            assert!(
                !command.endpoints.is_empty(),
                "lassi {} says nothing about what it sends",
                command.name()
            );
            faults_of_all.extend(faults(&documented, command));
        }
    }
    faults_of_all.extend(faults_of(
        &documented,
        lassi::product::confluence::lookup::LOOKUPS,
    ));
    assert!(
        faults_of_all.is_empty(),
        "right all the same? then it stands with its reason in tests/api/documented/undocumented.txt:\n{}",
        faults_of_all.join("\n")
    );
}

#[test]
fn the_guide_lists_every_command_with_a_function() {
    let guide = include_str!("../../docs/product-commands.md");
    let (_, list) = guide
        .split_once("| command | because |")
        .expect("the list of commands with a function");
    let listed: BTreeSet<&str> = list
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` |"))
        .flat_map(|(commands, _)| commands.split("`, `"))
        .collect();
    let products = [
        Product::Jira,
        Product::Confluence,
        Product::Jsm,
        Product::Bitbucket,
    ];
    let commands = products.into_iter().flat_map(lassi::product::commands);
    let with_function: BTreeSet<String> = commands
        .filter(|command| matches!(command.action, Action::Own(_)))
        .map(|command| command.name())
        .collect();
    assert_eq!(
        with_function
            .iter()
            .map(String::as_str)
            .collect::<BTreeSet<_>>(),
        listed
    );
}

const MISSPELT: &[Endpoint] = &[
    Endpoint::get("/rest/api/3/mySelf").cloud(),
    Endpoint::get("/rest/api/3/project/search").fixed(&[("limit", "1")]),
];

#[test]
fn a_call_that_no_document_has_is_found() {
    let documented = Documented::load();
    let misspelt = Command::show(Product::Jira, "whoami", "", &[]).calls(MISSPELT);
    assert_eq!(
        faults(&documented, &misspelt),
        [
            "lassi jira whoami: no document has `GET /rest/api/3/mySelf`",
            "lassi jira whoami: `GET /rest/api/3/project/search` has no query parameter `limit`",
        ]
    );
}
