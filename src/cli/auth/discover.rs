//! `lassi auth discover`: what runs at an address. Nothing is sent that signs in.

use super::identity::IdentityArguments;
use crate::auth::{Address, Candidates, Deployment, Discovered, Product, cloud_id_path, discover};
use crate::cli::config::save_cloud_id;
use crate::cli::connect;
use crate::cli::failure::{Exit, Failure, Message};
use crate::cli::json_flag::{JsonFlag, json_text};
use crate::cli::messages;
use crate::cli::session::Session;
use crate::cli::{Subcommand, network};
use crate::config::schema::Match;
use clap::{Args, FromArgMatches};
use serde_json::json;

/// `lassi auth discover`.
pub(super) const COMMAND: Subcommand = Subcommand {
    name: "discover",
    about: "Ask what runs at an address: deployment, cloud ID, products",
    arguments: Arguments::augment_args,
    run: |session, matches| run(session, &Arguments::from_arg_matches(matches)?),
};

/// The cloud ID of a configured site is saved to your own file.
#[derive(Debug, Args)]
struct Arguments {
    /// Any address of the site; without one, the site that Jira's commands use
    #[arg(value_name = "URL")]
    address: Option<String>,

    #[command(flatten)]
    format: JsonFlag,
}

fn run(session: &Session<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let site = site(session, arguments)?;
    let client = connect::client(session)?;
    connect::refuse_plain_http(&site, client.connection())?;
    let found = network::block_on(async {
        discover(&client, &site)
            .await
            .map_err(|error| messages::http(&error).into())
    })?;
    session.print(&if arguments.format.json() {
        json_text(&json!({
            "site": found.site,
            "deployment": found.deployment.name(),
            "cloud_id": found.cloud_id,
            "version": found.version,
            "products": found.products.iter().map(|product| product.name()).collect::<Vec<_>>(),
        }))
    } else {
        text(&found)
    })?;
    if found.products.is_empty() && found.cloud_id.is_none() {
        let what = format!("nothing of Atlassian answers at {}", found.site);
        return Err(Message::new(Exit::NotFound, what)
            .hint("the address may lack its context path, such as `/jira` or `/confluence`")
            .into());
    }
    save(session, &found)
}

/// The site of the address, or the one that is configured.
fn site(session: &Session<'_>, arguments: &Arguments) -> Result<String, Failure> {
    let address = arguments
        .address
        .as_deref()
        .or(session.global.url.as_deref());
    let Some(text) = address else {
        let identity = IdentityArguments::of(Product::Jira, None);
        return Ok(identity.decide(session, Product::Jira)?.site.value);
    };
    let address = Address::parse(text).map_err(|error| {
        Message::new(Exit::Usage, format!("not the address of a site: {error}"))
            .hint("for example https://acme.atlassian.net")
    })?;
    if address.product() == Some(Product::Bitbucket) {
        return Err(Message::new(
            Exit::Usage,
            "Bitbucket has no cloud ID and nothing to find out",
        )
        .hint("`lassi auth login --bitbucket` signs in")
        .into());
    }
    Ok(address.site())
}

fn text(found: &Discovered) -> String {
    let mut text = format!("{}\n", found.site);
    let mut row = |name: &str, value: &str| text.push_str(&format!("  {name:<12}{value}\n"));
    let deployment = match found.deployment {
        Deployment::Cloud => "Cloud",
        Deployment::DataCenter => "Data Center",
    };
    row("deployment", deployment);
    if let Some(id) = &found.cloud_id {
        row("cloud ID", id);
    }
    if let (Some(version), Deployment::DataCenter) = (&found.version, found.deployment) {
        row("version", version);
    }
    let products: Vec<&str> = found
        .products
        .iter()
        .map(|product| product.name())
        .collect();
    row("products", &products.join(", "));
    text
}

/// Saves the cloud ID for the products that are configured at the site and do not have it.
fn save(session: &Session<'_>, found: &Discovered) -> Result<(), Failure> {
    let Some(id) = &found.cloud_id else {
        return Ok(());
    };
    let stored = session.stored()?;
    for product in [Product::Jira, Product::Confluence] {
        let stack = session.stack()?;
        let candidates =
            Candidates::read(stack, &stored, product).map_err(|error| messages::load(&error))?;
        let is_configured = candidates.instance(&found.site).is_some()
            || candidates
                .profiles
                .iter()
                .filter_map(|profile| profile.site(product))
                .any(|site| site.value == found.site);
        let path = cloud_id_path(product, &found.site);
        let Match::Setting(setting) = path.lookup() else {
            continue;
        };
        let known = stack
            .resolve(&path, setting)
            .map_err(|error| messages::load(&error))?;
        let is_known = known.is_some_and(|known| {
            !known.origin.layer().is_shared() && known.value.as_text() == Some(id)
        });
        if is_configured && !is_known {
            save_cloud_id(session, product, &found.site, id)?;
            session.note(format_args!("saved {path}"));
        }
    }
    Ok(())
}
