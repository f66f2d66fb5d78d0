//! A person with a home of their own and one profile, `p`, at any address; the token is in a variable.

use crate::home::{Home, Ran};
use std::process::Command;

/// The token of everything.
pub(crate) const TOKEN: &str = "correct-horse-battery-staple";
/// The account.
pub(crate) const EMAIL: &str = "me@acme.example";
/// A cloud ID.
pub(crate) const ID: &str = "0a1b2c3d-1111-4222-8333-444455556666";

/// The home.
pub(crate) struct Person {
    pub home: Home,
}

impl Person {
    /// Signed in at an address, which is Data Center where nothing else says so.
    pub(crate) fn at(url: &str) -> Person {
        Person::with(url, "")
    }

    /// The same with other lines in `[connection]`, and with tables behind it.
    pub(crate) fn with(url: &str, connection: &str) -> Person {
        let home = Home::new();
        home.write(format!(
            "default_profile = \"p\"\n\
             [profiles.p]\n\
             base_url = \"{url}\"\n\
             email = \"{EMAIL}\"\n\
             bitbucket.base_url = \"{url}/bitbucket\"\n\
             bitbucket.workspace = \"acme\"\n\
             [connection]\n\
             max_backoff = 0\n\
             {connection}\n"
        ));
        Person { home }
    }

    /// Signed in at a Cloud site whose gateway is at the same address.
    pub(crate) fn on_cloud(url: &str, connection: &str) -> Person {
        Person::with(
            url,
            &format!(
                "gateway_url = \"{url}\"\n{connection}\n\
                 [auth.jira.\"{url}\"]\n\
                 deployment = \"cloud\" # by hand\n\
                 [auth.confluence.\"{url}\"]\n\
                 deployment = \"cloud\"\n"
            ),
        )
    }

    /// `lassi` with these arguments and the token, not started yet.
    pub(crate) fn lassi(&self, arguments: &[&str]) -> Command {
        let mut command = self.home.lassi(arguments);
        command
            .env("ATLASSIAN_CLI_TOKEN_P", TOKEN)
            .env("ATLASSIAN_CLI_BITBUCKET_TOKEN_P", TOKEN);
        command
    }

    /// Runs `lassi` to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(&mut self.lassi(arguments))
    }

    /// Runs `lassi` with words that are parted by blanks.
    pub(crate) fn say(&self, line: &str) -> Ran {
        self.run(&line.split(' ').collect::<Vec<_>>())
    }
}

/// Whether a message starts with this line, and has a hint with that in it.
#[track_caller]
pub(crate) fn assert_says(messages: &str, first: &str, hint: &str) {
    let error = messages
        .lines()
        .find(|line| line.starts_with("error: "))
        .unwrap_or_default();
    assert_eq!(error, format!("error: {first}"), "{messages}");
    let is_hinted = |line: &str| line.starts_with("hint: ") && line.contains(hint);
    assert!(
        messages.lines().any(is_hinted),
        "no hint {hint}: {messages}"
    );
}
