//! The demo site as a process of its own: its address comes out, and what tokens it knows.

use crate::terminal::example;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

/// The account of all sign-ins.
pub(crate) const EMAIL: &str = "you@acme.example";
/// An API token that is good everywhere.
pub(crate) const API_TOKEN: &str = "demo-api-token";
/// A personal access token of Data Center.
pub(crate) const PERSONAL_ACCESS_TOKEN: &str = "demo-personal-access-token";
/// The ID of the Cloud site.
pub(crate) const CLOUD_ID: &str = "11111111-2222-4333-8444-555555555555";

/// A running site. It stops when it is dropped.
pub(crate) struct Site {
    process: Child,
    url: String,
}

impl Site {
    pub(crate) fn start() -> Site {
        let mut process = example("demo_site")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the example runs");
        let output = process.stdout.take().expect("a pipe");
        let mut line = String::new();
        BufReader::new(output)
            .read_line(&mut line)
            .expect("it says where it is");
        let url = line
            .split_whitespace()
            .find(|word| word.starts_with("http"));
        let url = url.expect("its address").trim_end_matches('.').to_owned();
        Site { process, url }
    }

    /// What was shown, with an address that is the same in each run, and as long as its own.
    pub(crate) fn renamed(&self, shown: &str) -> String {
        let fixed = "https://jira.acme.corp";
        assert_eq!(self.url.len(), fixed.len(), "a port of five digits");
        shown.replace(&self.url, fixed)
    }

    /// The address of the Cloud site.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        // it has nothing to put in order
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
