//! What the menus want to know of sites goes out, what the sites say comes back. The network is on the other side.

use crate::auth::{Product, Scheme};
use crate::config::path::Path;
use crate::secret::Secret;

/// Somebody who can reach sites.
pub trait Connector {
    /// What answers at the address of a site. Sends no credential.
    fn recognise(&mut self, site: &str) -> Recognised;

    /// Signs in, and says what came of it for each product that was tried.
    fn test(&mut self, attempt: &Attempt) -> Tested;
}

/// What answers at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recognised {
    /// A site of Atlassian Cloud.
    Cloud {
        /// Its ID, if it told it.
        cloud_id: Option<String>,
    },
    /// A server of one's own.
    DataCenter {
        /// Which product it is, if it told it.
        product: Option<Product>,
        /// Its version, if it told it.
        version: Option<String>,
    },
    /// Nothing could be asked.
    Unreachable(Trouble),
    /// Something else answers there.
    NotAtlassian,
}

/// Why something did not work, in words for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What is the case.
    pub what: String,
    /// What may mend it.
    pub hint: Option<String>,
}

/// A sign-in to try.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// Whose sign-in it is.
    pub whose: Whose,
    /// The products to try.
    pub products: Vec<Product>,
}

/// Whose sign-in is tried.
#[derive(Debug, Clone)]
pub enum Whose {
    /// One that is not saved yet.
    New {
        /// The site, in normal form.
        site: String,
        /// Its ID, if it is known.
        cloud_id: Option<String>,
        /// How it is sent.
        scheme: Scheme,
        /// The token or cookies.
        token: Secret,
    },
    /// That of a profile, as it is configured.
    Profile(String),
    /// That of an instance, as it is configured: `auth.<product>["<url>"]`.
    Instance(Path),
}

/// What came of a sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tested {
    /// For each product that was tried.
    pub products: Vec<(Product, Verdict)>,
}

/// What came of a sign-in to a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It worked.
    SignedIn {
        /// As whom: a name, an email address.
        who: String,
    },
    /// The credential was refused.
    Refused(Trouble),
    /// The credential is known, and lacks a scope.
    ScopeMissing(Trouble),
    /// Nothing could be asked.
    Unreachable(Trouble),
}

impl Tested {
    /// Whether it worked for any product. A token with few scopes may be right and still not do for all of them.
    pub fn worked(&self) -> bool {
        let mut verdicts = self.products.iter();
        verdicts.any(|(_, verdict)| matches!(verdict, Verdict::SignedIn { .. }))
    }

    /// One sentence for each product.
    pub fn sentences(&self) -> Vec<String> {
        let sentence = |(product, verdict): &(Product, Verdict)| {
            let product = product.title();
            match verdict {
                Verdict::SignedIn { who } => format!("{product}: signed in as {who}"),
                Verdict::Refused(trouble) => format!("{product}: refused: {trouble}"),
                Verdict::ScopeMissing(trouble) => {
                    format!("{product}: the token lacks a scope: {trouble}")
                }
                Verdict::Unreachable(trouble) => format!("{product}: {trouble}"),
            }
        };
        self.products.iter().map(sentence).collect()
    }
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.hint {
            Some(hint) => write!(f, "{}; {hint}", self.what),
            None => f.write_str(&self.what),
        }
    }
}
