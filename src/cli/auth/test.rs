//! `lassi auth test`: asks each product who is signed in.

use super::identity::IdentityArguments;
use super::probe::{self, Tested};
use crate::auth::{Candidates, Product, Profile};
use crate::cli::failure::{Failure, Message};
use crate::cli::json_flag::JsonFlag;
use crate::cli::messages;
use crate::cli::session::Session;
use crate::cli::{Exit, Subcommand, network};
use clap::{Args, FromArgMatches};

/// `lassi auth test`.
pub(super) const COMMAND: Subcommand = Subcommand {
    name: "test",
    about: "Ask each product who is signed in",
    arguments: Arguments::augment_args,
    run: |session, matches| run(session, &Arguments::from_arg_matches(matches)?),
};

/// Nothing is changed. Exit code 4 if a sign-in is refused.
#[derive(Debug, Args)]
struct Arguments {
    /// The address of a configured site, or of any page on it
    #[arg(value_name = "URL", conflicts_with = "all")]
    address: Option<String>,

    /// Bitbucket only
    #[arg(long)]
    bitbucket: bool,

    /// All profiles, and the sites that no profile is for
    #[arg(long)]
    all: bool,

    #[command(flatten)]
    format: JsonFlag,
}

/// Jira Service Management signs in as Jira.
const PRODUCTS: [Product; 3] = [Product::Jira, Product::Confluence, Product::Bitbucket];

fn run(session: &Session<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let products: &[Product] = if arguments.bitbucket {
        &[Product::Bitbucket]
    } else {
        &PRODUCTS
    };
    let tested = network::block_on(async {
        if arguments.all {
            return every_one(session, products).await;
        }
        let identity = IdentityArguments {
            address: arguments.address.clone(),
            product: None,
        };
        probe::products(session, &identity, products).await
    })?;
    probe::report(session, &tested, arguments.format.json())
}

/// One of many: that nothing can be decided for it keeps the others from nothing.
async fn one(
    session: &Session<'_>,
    identity: &IdentityArguments,
    product: Product,
    selected: &str,
    site: &str,
) -> Result<Vec<Tested>, Failure> {
    match probe::products(session, identity, &[product]).await {
        Err(Failure::Message(message)) => {
            Ok(vec![Tested::undecided(selected, product, site, message)])
        }
        other => other,
    }
}

/// All profiles with the products that they have a site for, and the instances that are part of no profile.
async fn every_one(session: &Session<'_>, products: &[Product]) -> Result<Vec<Tested>, Failure> {
    let mut all = Vec::new();
    let stored = session.stored()?;
    for product in products {
        let candidates = Candidates::read(session.stack()?, &stored, *product)
            .map_err(|error| messages::load(&error))?;
        let with_site: Vec<(&Profile, String)> = candidates
            .profiles
            .iter()
            .filter_map(|profile| Some((profile, profile.site(*product)?.value)))
            .collect();
        for (profile, site) in &with_site {
            let named = session.with_profile(&profile.name);
            let identity = IdentityArguments::of(*product, None);
            let selected = format!("profile {}", profile.name);
            all.extend(one(&named, &identity, *product, &selected, site).await?);
        }
        for instance in &candidates.instances {
            if !with_site.iter().any(|(_, site)| *site == instance.url) {
                let unnamed = session.without_profile();
                let identity = IdentityArguments::of(*product, Some(instance.url.clone()));
                let selected = instance.path.to_string();
                all.extend(one(&unnamed, &identity, *product, &selected, &instance.url).await?);
            }
        }
    }
    if all.is_empty() {
        return Err(
            Message::new(Exit::SignIn, "there is no sign-in to test yet")
                .hint("`lassi auth login` makes one")
                .into(),
        );
    }
    probe::by_sign_in(&mut all);
    Ok(all)
}
