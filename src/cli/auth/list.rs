//! `lassi auth list`: all profiles and instances, and what they sign in with.

use crate::auth::{Candidates, Instance, Product, Profile, default_profile};
use crate::changes::EntryName;
use crate::cli::Subcommand;
use crate::cli::describe::columns;
use crate::cli::failure::Failure;
use crate::cli::json_flag::{JsonFlag, json_text};
use crate::cli::messages;
use crate::cli::session::Session;
use crate::cli::stores;
use clap::{Args, FromArgMatches};
use serde_json::{Value as Json, json};

/// `lassi auth list`.
pub(super) const COMMAND: Subcommand = Subcommand {
    name: "list",
    about: "List profiles and instances, and what they sign in with",
    arguments: Arguments::augment_args,
    run: |session, matches| run(session, &Arguments::from_arg_matches(matches)?),
};

/// A `*` stands before the default profile. Nothing is sent anywhere.
#[derive(Debug, Args)]
struct Arguments {
    #[command(flatten)]
    format: JsonFlag,
}

/// A profile or an instance, as the table shows it.
struct Row {
    name: String,
    site: Option<String>,
    account: Option<String>,
    products: Vec<&'static str>,
    credential: Vec<String>,
    expires: Option<String>,
    default: bool,
}

fn run(session: &Session<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let stack = session.stack()?;
    let stored = session.stored()?;
    let load = |error| Failure::from(messages::load(&error));
    let default = default_profile(stack)
        .map_err(load)?
        .map(|default| default.value);
    let mut rows = Vec::new();
    let profiles = Candidates::read(stack, &stored, Product::Jira)
        .map_err(load)?
        .profiles;
    rows.extend(
        profiles
            .iter()
            .map(|profile| of_profile(profile, &stored, default.as_deref())),
    );
    for product in [Product::Confluence, Product::Jira, Product::Bitbucket] {
        let candidates = Candidates::read(stack, &stored, product).map_err(load)?;
        rows.extend(
            candidates
                .instances
                .iter()
                .map(|instance| of_instance(instance, product)),
        );
    }
    if rows.is_empty() && !arguments.format.json() {
        session.note("there are no profiles yet: `lassi auth login` makes one");
        return Ok(());
    }
    let store = stores::word(session.store_kind()?);
    session.print(&if arguments.format.json() {
        json_text(
            &rows
                .iter()
                .map(|row| row_json(row, store))
                .collect::<Json>(),
        )
    } else {
        let head = [
            "",
            "NAME",
            "SITE",
            "ACCOUNT",
            "PRODUCTS",
            "CREDENTIAL",
            "STORED IN",
            "EXPIRES",
        ];
        let mut cells = vec![head.map(str::to_owned).to_vec()];
        cells.extend(rows.iter().map(|row| row_cells(row, store)));
        columns(&cells)
    })
}

fn of_profile(profile: &Profile, stored: &[EntryName], default: Option<&str>) -> Row {
    let mut products = Vec::new();
    if profile.site(Product::Jira).is_some() {
        products.extend(["jira", "confluence", "jsm"]);
    } else if profile.site(Product::Confluence).is_some() {
        products.push("confluence");
    }
    if profile.site(Product::Bitbucket).is_some() {
        products.push("bitbucket");
    }
    let mut credential = Vec::new();
    for product in [Product::Jira, Product::Bitbucket] {
        let Some(site) = profile.site(product) else {
            continue;
        };
        let path = profile.token_path(product);
        let kind = match (product, profile.is_bearer(product)) {
            (Product::Bitbucket, true) => "Bitbucket access token",
            (Product::Bitbucket, false) => "Bitbucket API token",
            (_, true) => "personal access token",
            (_, false) => "API token",
        };
        if stored.contains(&EntryName::new(path.clone(), Some(&site.value))) {
            credential.push(kind.to_owned());
        } else if let Some(other) = stored.iter().find(|entry| entry.path == path) {
            credential.push(format!(
                "{kind} (for {})",
                other.origin.as_deref().unwrap_or("another site")
            ));
        }
    }
    Row {
        name: profile.name.clone(),
        site: profile
            .site(Product::Jira)
            .or_else(|| profile.site(Product::Bitbucket))
            .map(|site| site.value),
        account: profile
            .account(Product::Jira)
            .or_else(|| profile.account(Product::Bitbucket))
            .map(|account| account.value),
        products,
        credential,
        expires: profile.token_expires().map(|date| date.value.to_plain()),
        default: default == Some(profile.name.as_str()),
    }
}

fn of_instance(instance: &Instance, product: Product) -> Row {
    let kinds = [
        ("pat", "personal access token"),
        ("api_token", "API token"),
        ("session_cookies", "session cookies"),
    ];
    let held = kinds
        .iter()
        .filter(|(field, _)| instance.has_secret(field))
        .map(|(_, kind)| (*kind).to_owned());
    Row {
        name: instance.path.to_string(),
        site: Some(instance.url.clone()),
        account: instance.account().map(|account| account.value),
        products: if product == Product::Jira {
            vec!["jira", "jsm"]
        } else {
            vec![product.name()]
        },
        credential: held.collect(),
        expires: instance.token_expires().map(|date| date.value.to_plain()),
        default: false,
    }
}

fn row_cells(row: &Row, store: &str) -> Vec<String> {
    let or_dash = |text: Option<&String>| text.cloned().unwrap_or_else(|| "-".to_owned());
    let stored_in = if row.credential.is_empty() {
        "-"
    } else {
        store
    };
    vec![
        if row.default { "*" } else { "" }.to_owned(),
        row.name.clone(),
        or_dash(row.site.as_ref()),
        or_dash(row.account.as_ref()),
        row.products.join(", "),
        if row.credential.is_empty() {
            "none".to_owned()
        } else {
            row.credential.join(", ")
        },
        stored_in.to_owned(),
        or_dash(row.expires.as_ref()),
    ]
}

fn row_json(row: &Row, store: &str) -> Json {
    json!({
        "name": row.name,
        "site": row.site,
        "account": row.account,
        "products": row.products,
        "credentials": row.credential,
        "stored_in": if row.credential.is_empty() { None } else { Some(store) },
        "token_expires": row.expires,
        "default": row.default,
    })
}

/// The names of all profiles.
pub(super) fn known_profiles(session: &Session<'_>) -> Result<Vec<String>, Failure> {
    let candidates = Candidates::read(session.stack()?, &[], Product::Jira)
        .map_err(|error| messages::load(&error))?;
    Ok(candidates
        .profiles
        .into_iter()
        .map(|profile| profile.name)
        .collect())
}
