//! `lassi auth status`: which sign-in would be used, from where, and what it shadows. Asks no network.

use super::identity::{IdentityArguments, warn_about_unmatched_variables};
use crate::auth::{Decision, Product};
use crate::cli::failure::{Exit, Failure};
use crate::cli::json_flag::{JsonFlag, json_text};
use crate::cli::session::Session;
use crate::cli::{Subcommand, decision};
use clap::{Args, FromArgMatches};
use serde_json::Value as Json;

/// `lassi auth status`.
pub(super) const COMMAND: Subcommand = Subcommand {
    name: "status",
    about: "Say which sign-in would be used, from where, and what it shadows",
    arguments: Arguments::augment_args,
    run: |session, matches| run(session, &Arguments::from_arg_matches(matches)?),
};

/// Nothing is sent anywhere. Exit code 4 if a credential is missing.
#[derive(Debug, Args)]
struct Arguments {
    #[command(flatten)]
    identity: IdentityArguments,

    #[command(flatten)]
    format: JsonFlag,
}

fn run(session: &Session<'_>, arguments: &Arguments) -> Result<(), Failure> {
    show(session, &arguments.identity, arguments.format.json())
}

/// Shows the decisions for one product, or for all that have a site.
pub(super) fn show(
    session: &Session<'_>,
    identity: &IdentityArguments,
    as_json: bool,
) -> Result<(), Failure> {
    let decided = if identity.product.is_some()
        || identity
            .url(session)
            .is_some_and(|url| decision::product_of(url).is_some())
    {
        vec![(
            identity.product(session),
            identity.decide(session, identity.product(session)),
        )]
    } else {
        // Jira Service Management signs in as Jira
        let products = [Product::Jira, Product::Confluence, Product::Bitbucket];
        products
            .into_iter()
            .map(|product| (product, identity.decide(session, product)))
            .collect()
    };
    warn_about_unmatched_variables(session)?;
    let mut made: Vec<Decision> = Vec::new();
    let mut first_failure = None;
    for (_, result) in decided {
        match result {
            Ok(decision) => made.push(decision),
            // one product without a site is no failure as long as another has one
            Err(failure) => first_failure = first_failure.or(Some(failure)),
        }
    }
    if let (true, Some(failure)) = (made.is_empty(), first_failure) {
        return Err(failure);
    }
    for decision in &made {
        if let Ok(credential) = &decision.credential {
            decision::warn_about_expiry(session, credential);
        }
    }
    session.print(&if as_json {
        json_text(&made.iter().map(decision::json).collect::<Json>())
    } else {
        made.iter()
            .map(decision::text)
            .collect::<Vec<_>>()
            .join("\n")
    })?;
    if made.iter().any(|decision| decision.credential.is_ok()) {
        Ok(())
    } else {
        Err(Failure::Silent(Exit::SignIn))
    }
}
