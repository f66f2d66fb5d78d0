//! A site and who stands for it go in; the credential for it comes out, with every source that was looked at.

use super::candidates::{Candidates, Instance, Located};
use super::choose::{Chosen, Selected};
use super::product::Product;
use super::variables::{self, AmbiguousVariable};
use crate::changes::EntryName;
use crate::config::site_url;
use crate::config::value::Value;
use crate::environment::Environment;

/// Where a token comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenSource {
    /// A variable, by its name.
    Variable(String),
    /// An entry of the store.
    Stored(EntryName),
}

/// How a request is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scheme {
    /// Account and token (RFC 7617).
    Basic {
        /// The account.
        account: String,
    },
    /// The token alone (RFC 6750).
    Bearer,
    /// The cookies of a browser's session.
    Cookies,
}

/// What became of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is used.
    Used,
    /// It has a token, and one before it is used.
    Shadowed,
    /// It has none.
    NotSet,
    /// It has a token, which names no host, and only a shared file names this site.
    NotSentThere,
    /// It belongs to another account.
    OtherAccount {
        /// That account.
        account: String,
    },
    /// A token is stored for another site of the profile.
    OtherSite {
        /// That site's origin.
        site: String,
    },
    /// It has a token and no account that belongs to it.
    NoAccount,
}

/// A source that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Considered {
    /// The source.
    pub source: TokenSource,
    /// What became of it.
    pub outcome: Outcome,
}

/// The credential of a request; the secret itself stays where it is until it is sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Credential {
    /// Where the token is.
    pub source: TokenSource,
    /// How it is sent.
    pub scheme: Scheme,
    /// The day on which it ends, where one is set for it.
    pub expires: Option<Located<Value>>,
}

/// Why there is no credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// No source has a token.
    Token,
    /// There is a token, and Basic needs an account.
    Account,
}

/// The credential, and all sources in their order.
pub(super) fn find(
    product: Product,
    chosen: &Chosen,
    candidates: &Candidates,
    stored: &[EntryName],
    environment: &Environment,
) -> Result<(Result<Credential, Missing>, Vec<Considered>), AmbiguousVariable> {
    let mut search = Search {
        product,
        chosen,
        candidates,
        stored,
        considered: Vec::new(),
        found: None,
    };
    search.variables(environment)?;
    search.of_profile();
    search.of_instance();
    let missing = if search
        .considered
        .iter()
        .any(|source| source.outcome == Outcome::NoAccount)
    {
        Missing::Account
    } else {
        Missing::Token
    };
    Ok((search.found.ok_or(missing), search.considered))
}

struct Search<'a> {
    product: Product,
    chosen: &'a Chosen,
    candidates: &'a Candidates,
    stored: &'a [EntryName],
    considered: Vec<Considered>,
    found: Option<Credential>,
}

impl Search<'_> {
    /// Takes a source that has a token, if it is the first one.
    fn offer(
        &mut self,
        source: TokenSource,
        scheme: Option<Scheme>,
        expires: Option<Located<Value>>,
    ) {
        let outcome = match (&self.found, scheme) {
            (Some(_), _) => Outcome::Shadowed,
            (None, None) => Outcome::NoAccount,
            (None, Some(scheme)) => {
                self.found = Some(Credential {
                    source: source.clone(),
                    scheme,
                    expires,
                });
                Outcome::Used
            }
        };
        self.considered.push(Considered { source, outcome });
    }

    fn skip(&mut self, source: TokenSource, outcome: Outcome) {
        self.considered.push(Considered { source, outcome });
    }

    /// The scheme for a token of no instance: what the settings say.
    fn settings_scheme(&self) -> Option<Scheme> {
        match &self.chosen.selected {
            Selected::Profile(profile) if profile.is_bearer(self.product) => Some(Scheme::Bearer),
            Selected::Profile(profile) => {
                let instance = self.candidates.instance(&self.chosen.site.value);
                let account = profile
                    .account(self.product)
                    .or_else(|| instance.and_then(Instance::account))?;
                Some(Scheme::Basic {
                    account: account.value,
                })
            }
            Selected::Instance(instance) => Some(match instance.account() {
                Some(account) => Scheme::Basic {
                    account: account.value,
                },
                None => Scheme::Bearer,
            }),
        }
    }

    fn variables(&mut self, environment: &Environment) -> Result<(), AmbiguousVariable> {
        let profile = match &self.chosen.selected {
            Selected::Profile(profile) => Some(profile),
            Selected::Instance(_) => None,
        };
        let site = &self.chosen.site;
        let all = variables::for_site(
            environment,
            self.product,
            &site.value,
            profile,
            self.candidates,
        )?;
        for variable in all {
            let source = TokenSource::Variable(variable.name);
            if !variable.is_set {
                self.skip(source, Outcome::NotSet);
            } else if !variable.names_host && !variables::may_go_to(&site.value, &site.origin) {
                self.skip(source, Outcome::NotSentThere);
            } else {
                self.offer(source, self.settings_scheme(), None);
            }
        }
        Ok(())
    }

    /// The profile's own secret, if it was saved for this site.
    fn of_profile(&mut self) {
        let Selected::Profile(profile) = &self.chosen.selected else {
            return;
        };
        let path = profile.token_path(self.product);
        let name = EntryName::new(path.clone(), Some(&self.chosen.site.value));
        if self.stored.contains(&name) {
            let expires = if self.product == Product::Bitbucket {
                None
            } else {
                profile.token_expires().cloned()
            };
            return self.offer(TokenSource::Stored(name), self.settings_scheme(), expires);
        }
        let elsewhere = self.stored.iter().find(|entry| entry.path == path);
        let outcome = match elsewhere.and_then(|entry| entry.origin.clone()) {
            Some(site) => Outcome::OtherSite { site },
            None => Outcome::NotSet,
        };
        self.skip(TokenSource::Stored(name), outcome);
    }

    /// The secrets of the instance at the site.
    fn of_instance(&mut self) {
        let Some(instance) = self.candidates.instance(&self.chosen.site.value) else {
            return;
        };
        let account = instance.account().map(|account| account.value);
        let expected = match &self.chosen.selected {
            Selected::Profile(profile) => {
                profile.account(self.product).map(|account| account.value)
            }
            Selected::Instance(_) => None,
        };
        let other = match (&account, &expected) {
            (Some(account), Some(expected)) if !account.eq_ignore_ascii_case(expected) => {
                Some(account.clone())
            }
            _ => None,
        };
        for field in ["pat", "api_token", "session_cookies"] {
            let source = TokenSource::Stored(EntryName::new(instance.path.join(field), None));
            if !instance.has_secret(field) {
                if field != "session_cookies" {
                    self.skip(source, Outcome::NotSet);
                }
                continue;
            }
            if let Some(account) = &other {
                self.skip(
                    source,
                    Outcome::OtherAccount {
                        account: account.clone(),
                    },
                );
                continue;
            }
            let scheme = match field {
                "pat" => Some(Scheme::Bearer),
                "api_token" => account
                    .clone()
                    .or(expected.clone())
                    .map(|account| Scheme::Basic { account }),
                _ => Some(Scheme::Cookies),
            };
            self.offer(source, scheme, instance.token_expires().cloned());
        }
    }
}

/// Whether the account and the site of a profile are those of a request.
pub(super) fn is_same_identity(
    site: &str,
    account: Option<&str>,
    other_site: &str,
    other_account: Option<&str>,
) -> bool {
    let accounts = match (account, other_account) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        // who names no account may be the same
        _ => true,
    };
    accounts && site_url::origin(site) == site_url::origin(other_site)
}
