//! Which sign-in a command is about: a product, and a profile or an address.

use crate::auth::{
    Candidates, Credential, Decision, Inputs, Missing, Outcome, Product, Request, TokenSource,
};
use crate::changes::EntryName;
use crate::cli::decision;
use crate::cli::failure::{Exit, Failure, Message};
use crate::cli::messages;
use crate::cli::session::Session;
use crate::cli::stores;
use crate::secret::Secret;
use clap::{Args, ValueEnum};

/// The flags that choose a sign-in. `--profile` and `--url` are among the global ones.
#[derive(Debug, Args)]
pub(in crate::cli) struct IdentityArguments {
    /// The address of a configured site, or of any page on it
    #[arg(value_name = "URL")]
    pub address: Option<String>,

    /// The product
    #[arg(long, value_enum)]
    pub product: Option<ProductName>,
}

/// The products, as clap knows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ProductName {
    /// Jira
    Jira,
    /// Confluence
    Confluence,
    /// Jira Service Management
    Jsm,
    /// Bitbucket
    Bitbucket,
}

impl From<ProductName> for Product {
    fn from(name: ProductName) -> Product {
        match name {
            ProductName::Jira => Product::Jira,
            ProductName::Confluence => Product::Confluence,
            ProductName::Jsm => Product::Jsm,
            ProductName::Bitbucket => Product::Bitbucket,
        }
    }
}

impl IdentityArguments {
    /// The sign-in for a product, at an address if one is given.
    pub(in crate::cli) fn of(product: Product, address: Option<String>) -> IdentityArguments {
        let product = match product {
            Product::Jira => ProductName::Jira,
            Product::Confluence => ProductName::Confluence,
            Product::Jsm => ProductName::Jsm,
            Product::Bitbucket => ProductName::Bitbucket,
        };
        IdentityArguments {
            address,
            product: Some(product),
        }
    }

    /// The product that is meant: the flag, what the address names, or Jira.
    pub(super) fn product(&self, session: &Session<'_>) -> Product {
        let named = self.product.map(Product::from);
        named
            .or_else(|| decision::product_of(self.url(session)?))
            .unwrap_or(Product::Jira)
    }

    /// The address that is meant.
    pub(super) fn url<'a>(&'a self, session: &'a Session<'_>) -> Option<&'a str> {
        self.address.as_deref().or(session.global.url.as_deref())
    }

    /// The decision for a product, with the names of all stored secrets.
    pub(super) fn decide(
        &self,
        session: &Session<'_>,
        product: Product,
    ) -> Result<Decision, Failure> {
        let request = Request {
            product,
            url: self.url(session),
            profile: session.global.profile.as_deref(),
        };
        let stored = session.stored()?;
        let inputs = Inputs {
            stack: session.stack()?,
            environment: session.environment,
            stored: &stored,
        };
        Ok(crate::auth::resolve(request, inputs).map_err(|error| messages::resolve(&error))?)
    }

    /// The credential, and its secret, or the error that says what is missing.
    pub(in crate::cli) fn credential(
        &self,
        session: &Session<'_>,
    ) -> Result<(Decision, Credential, Secret), Failure> {
        let decision = self.decide(session, self.product(session))?;
        warn_about_unmatched_variables(session)?;
        let (credential, secret) = secret_of(session, &decision)?;
        Ok((decision, credential, secret))
    }
}

/// The credential of a decision, and its secret, or the error that says what is missing.
pub(in crate::cli) fn secret_of(
    session: &Session<'_>,
    decision: &Decision,
) -> Result<(Credential, Secret), Failure> {
    let credential = match &decision.credential {
        Ok(credential) => credential.clone(),
        Err(missing) => {
            let elsewhere = in_the_other_store(session, decision)?;
            let told = || missing_credential(decision, *missing);
            return Err(elsewhere.unwrap_or_else(told).into());
        }
    };
    decision::warn_about_expiry(session, &credential);
    let secret = read_secret(session, &credential.source)?;
    Ok((credential, secret))
}

/// Reads the secret where the decision found it.
fn read_secret(session: &Session<'_>, source: &TokenSource) -> Result<Secret, Failure> {
    match source {
        TokenSource::Variable(name) => {
            let text = session
                .environment
                .variable(name)
                .unwrap_or_default()
                .to_owned();
            Ok(Secret::from_input(text)
                .map_err(|error| messages::secret(format!("the variable {name}"), error))?)
        }
        TokenSource::Stored(name) => {
            let store = session.store()?;
            let secret = store
                .get(&name.to_string())
                .map_err(|error| messages::store(&error))?;
            let gone = || {
                Message::new(
                    Exit::SignIn,
                    format!("the secret {} was removed meanwhile", name.path),
                )
            };
            Ok(secret.ok_or_else(gone)?)
        }
    }
}

/// What to say if the store that is not in use holds what is missing.
fn in_the_other_store(
    session: &Session<'_>,
    decision: &Decision,
) -> Result<Option<Message>, Failure> {
    for considered in &decision.considered {
        if let (TokenSource::Stored(name), Outcome::NotSet) =
            (&considered.source, &considered.outcome)
            && let Some(message) = stores::elsewhere(session, name)?
        {
            return Ok(Some(Message {
                exit: Exit::SignIn,
                ..message
            }));
        }
    }
    Ok(None)
}

/// The error for a decision without a credential.
fn missing_credential(decision: &Decision, missing: Missing) -> Message {
    messages::missing_credential(decision, missing)
}

/// Warns about token variables that are named after a host that nothing is configured for.
pub(super) fn warn_about_unmatched_variables(session: &Session<'_>) -> Result<(), Failure> {
    let stored = session.stored()?;
    let mut sites = Vec::new();
    for product in Product::ALL {
        let candidates = Candidates::read(session.stack()?, &stored, product)
            .map_err(|error| messages::load(&error))?;
        sites.extend(
            candidates
                .profiles
                .iter()
                .filter_map(|profile| profile.site_when_named(product))
                .map(|site| site.value),
        );
        sites.extend(
            candidates
                .instances
                .iter()
                .map(|instance| instance.url.clone()),
        );
    }
    for variable in crate::auth::unmatched_host_variables(session.environment, &sites) {
        session.warn(&messages::unmatched_host_variable(variable));
    }
    Ok(())
}

/// The names of the stored secrets of a profile.
pub(super) fn secrets_of_profile(
    session: &Session<'_>,
    profile: &str,
) -> Result<Vec<EntryName>, Failure> {
    let path = crate::config::path::Path::from_declared(["profiles", profile]);
    Ok(session
        .stored()?
        .into_iter()
        .filter(|entry| entry.path.starts_with(&path))
        .collect())
}
