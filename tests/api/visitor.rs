//! A person with a home of their own and a sign-in at a demo site of their own.

use crate::demo_site::DemoSite;
use crate::demo_site::tokens::{API_TOKEN, BITBUCKET_TOKEN, EMAIL, PERSONAL_ACCESS_TOKEN};
use crate::home::{Home, Ran};
use serde_json::Value as Json;
use std::process::Command;

/// The home, and the site.
pub(crate) struct Visitor {
    pub site: DemoSite,
    pub home: Home,
}

impl Visitor {
    /// Signed in to everything on Cloud with an API token: profile `demo`, which is the default one.
    pub(crate) fn new() -> Visitor {
        Visitor::with_token(API_TOKEN)
    }

    /// The same with another token.
    pub(crate) fn with_token(token: &str) -> Visitor {
        let visitor = Visitor {
            site: DemoSite::start(),
            home: Home::new(),
        };
        let url = visitor.site.url();
        visitor.home.write(format!(
            "default_profile = \"demo\"\n\
             [profiles.demo]\n\
             base_url = \"{url}\"\n\
             email = \"{EMAIL}\"\n\
             [profiles.demo.bitbucket]\n\
             base_url = \"{url}/bitbucket\"\n\
             workspace = \"acme\"\n\
             [auth.jira.\"{url}\"]\n\
             deployment = \"cloud\"\n\
             [auth.confluence.\"{url}\"]\n\
             deployment = \"cloud\"\n\
             [connection]\n\
             gateway_url = \"{url}\"\n\
             max_backoff = 0\n"
        ));
        visitor.save("profiles.demo.api_token", token);
        visitor.save("profiles.demo.bitbucket.token", BITBUCKET_TOKEN);
        visitor
    }

    /// Signed in to Jira and Confluence on Data Center with a personal access token.
    pub(crate) fn at_data_center() -> Visitor {
        let visitor = Visitor {
            site: DemoSite::start(),
            home: Home::new(),
        };
        let url = visitor.site.url();
        visitor.home.write(format!(
            "default_profile = \"dc\"\n\
             [profiles.dc]\n\
             jira_url = \"{url}/jira-dc\"\n\
             confluence_url = \"{url}/wiki-dc\"\n\
             auth = \"bearer\"\n\
             [connection]\n\
             max_backoff = 0\n"
        ));
        for (product, context) in [("jira", "jira-dc"), ("confluence", "wiki-dc")] {
            let path = format!("auth.{product}[\"{url}/{context}\"].pat");
            visitor.save(&path, PERSONAL_ACCESS_TOKEN);
        }
        visitor
    }

    /// Saves a secret.
    pub(crate) fn save(&self, path: &str, secret: &str) {
        let arguments = ["config", "set", "--secret-stdin", path];
        self.home.run_with_input(secret, &arguments).fine();
    }

    /// Runs `lassi` to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.home.run(arguments)
    }

    /// Runs `lassi` with words that are parted by blanks.
    pub(crate) fn say(&self, line: &str) -> Ran {
        self.run(&line.split(' ').collect::<Vec<_>>())
    }

    /// `lassi` with these arguments, not started yet.
    pub(crate) fn lassi(&self, arguments: &[&str]) -> Command {
        self.home.lassi(arguments)
    }

    /// The requests to Confluence that the site got, whichever way they came, with their queries as they were meant.
    pub(crate) fn asked_confluence(&self) -> Vec<String> {
        let mut asked = Vec::new();
        for request in self.site.requests() {
            let Some(at) = request.path.find("/wiki") else {
                continue;
            };
            let query: Vec<String> = request
                .query
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            let path = &request.path[at..];
            let mark = if query.is_empty() { "" } else { "?" };
            asked.push(format!(
                "{} {path}{mark}{}",
                request.method,
                query.join("&")
            ));
        }
        asked
    }

    /// Methods and paths of all requests that the site got.
    pub(crate) fn requested(&self) -> Vec<String> {
        let requests = self.site.requests();
        let shown = requests
            .iter()
            .map(|request| format!("{} {}", request.method, request.path));
        shown.collect()
    }

    /// Methods, paths below the site, and bodies of the requests that the site got after the first `known` ones. Who
    /// is signed in and which cloud it is are left out.
    pub(crate) fn sent_after(&self, known: usize) -> Vec<(String, Json)> {
        let requests = self.site.requests();
        let sent = requests[known..].iter().filter_map(|request| {
            let (_, below) = request.path.split_once("/rest/")?;
            let line = format!("{} /rest/{below}", request.method);
            Some((line, request.json()))
        });
        sent.collect()
    }
}
