//! The products, by the names that commands and settings use.

use std::fmt;

/// A product of Atlassian.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Product {
    /// Jira.
    Jira,
    /// Confluence.
    Confluence,
    /// Jira Service Management, which signs in as Jira.
    Jsm,
    /// Bitbucket.
    Bitbucket,
}

impl Product {
    /// All of them.
    pub const ALL: [Product; 4] = [
        Product::Jira,
        Product::Confluence,
        Product::Jsm,
        Product::Bitbucket,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Product::Jira => "jira",
            Product::Confluence => "confluence",
            Product::Jsm => "jsm",
            Product::Bitbucket => "bitbucket",
        }
    }

    /// Its name in sentences and headings.
    pub fn title(self) -> &'static str {
        match self {
            Product::Jira => "Jira",
            Product::Confluence => "Confluence",
            Product::Jsm => "Jira Service Management",
            Product::Bitbucket => "Bitbucket",
        }
    }

    /// The product of that name.
    pub fn named(name: &str) -> Option<Product> {
        Product::ALL
            .into_iter()
            .find(|product| product.name() == name)
    }

    /// Whose instances under `auth` it uses.
    pub fn auth_key(self) -> &'static str {
        match self {
            Product::Jsm => Product::Jira.name(),
            other => other.name(),
        }
    }

    /// The field of a profile that gives it an address of its own, where it has one.
    pub(super) fn own_url_field(self) -> Option<&'static str> {
        match self {
            Product::Jira | Product::Jsm => Some("jira_url"),
            Product::Confluence => Some("confluence_url"),
            Product::Bitbucket => None,
        }
    }
}

impl fmt::Display for Product {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
