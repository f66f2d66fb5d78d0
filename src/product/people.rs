//! People as they were typed go in, the names by which servers know them come out: account ids on Cloud, names on Data
//! Center.

use super::command::ParameterKind;
use super::document::Document;
use super::error::ApiError;
use super::run::Run;
use super::site::{Call, Site};
use crate::auth::{Deployment, Product};
use crate::http::Method;
use serde_json::Value as Json;

/// What stands for whoever is signed in.
pub const ME: &str = "@me";

/// How the target of a mention begins in Markdown.
const MENTION: &str = "accountid:";

/// What stands for nobody: an issue is unassigned by it.
pub const NOBODY: &str = "none";

/// Replaces what was typed for people.
pub(super) async fn resolve(run: &mut Run<'_>) -> Result<(), ApiError> {
    for parameter in run.command.parameters {
        if parameter.kind != ParameterKind::Person {
            continue;
        }
        let Some(typed) = run.values.text(parameter.name) else {
            continue;
        };
        let found = find(run.site, typed).await?;
        run.values.set(parameter.name, found);
    }
    mentioned(run).await
}

/// Replaces what was typed for people who are mentioned in Markdown: `[@Ada](accountid:ada@acme.example)`. Bitbucket reads
/// Markdown itself.
async fn mentioned(run: &mut Run<'_>) -> Result<(), ApiError> {
    if run.site.product == Product::Bitbucket {
        return Ok(());
    }
    for parameter in run.command.parameters {
        let Some(text) = run.values.text(parameter.name) else {
            continue;
        };
        if parameter.kind != ParameterKind::Markdown || !text.contains(MENTION) {
            continue;
        }
        let mut text = text.to_owned();
        for mention in Document::from_markdown(&text).mentions() {
            let typed = &mention.account;
            if typed.contains('@') {
                let found = find(run.site, typed).await?;
                let target = |account: &str| format!("{MENTION}{account})");
                text = text.replace(&target(typed), &target(&found));
            }
        }
        run.values.set(parameter.name, text);
    }
    Ok(())
}

/// The name by which a server knows a person. What is no address and not `@me` is one already.
pub async fn find(site: &Site, typed: &str) -> Result<String, ApiError> {
    if typed == ME {
        return me(site).await;
    }
    if !typed.contains('@') {
        return Ok(typed.to_owned());
    }
    match site.product {
        // Confluence's users are Jira's, and it cannot be asked for addresses
        Product::Jira | Product::Jsm | Product::Confluence => by_address(site, typed).await,
        Product::Bitbucket => Err(ApiError::NoPerson {
            typed: typed.to_owned(),
        }),
    }
}

async fn me(site: &Site) -> Result<String, ApiError> {
    let (path, pointer) = match (site.product, site.deployment) {
        (Product::Jira | Product::Jsm, Deployment::Cloud) => ("/rest/api/3/myself", "/accountId"),
        (Product::Jira | Product::Jsm, Deployment::DataCenter) => ("/rest/api/2/myself", "/name"),
        (Product::Confluence, Deployment::Cloud) => ("/wiki/rest/api/user/current", "/accountId"),
        (Product::Confluence, Deployment::DataCenter) => ("/rest/api/user/current", "/username"),
        (Product::Bitbucket, _) => ("/2.0/user", "/uuid"),
    };
    let answer = site.json(&Call::new(Method::GET, path)).await?;
    let name = answer.pointer(pointer).and_then(Json::as_str);
    name.map(str::to_owned).ok_or_else(|| ApiError::NoPerson {
        typed: ME.to_owned(),
    })
}

/// The one person with an address. Servers that hide addresses find people by them all the same.
async fn by_address(site: &Site, typed: &str) -> Result<String, ApiError> {
    let (call, id) = match (site.product, site.deployment) {
        (Product::Confluence, Deployment::Cloud) => (
            Call::new(Method::GET, "/wiki/rest/api/search/user").query(
                "cql",
                format!("user.fullname ~ \"{}\"", typed.replace('"', "")),
            ),
            "accountId",
        ),
        (_, Deployment::Cloud) => (
            Call::new(Method::GET, "/rest/api/3/user/search").query("query", typed),
            "accountId",
        ),
        (_, Deployment::DataCenter) => (
            Call::new(Method::GET, "/rest/api/2/user/search").query("username", typed),
            "name",
        ),
    };
    let answer = site.json(&call).await?;
    let list = match &answer {
        Json::Array(people) => people.as_slice(),
        other => other["results"].as_array().map_or(&[][..], Vec::as_slice),
    };
    let people: Vec<&Json> = list
        .iter()
        .map(|person| person.get("user").unwrap_or(person))
        .filter(|person| person[id].is_string())
        .collect();
    let exact: Vec<&&Json> = people
        .iter()
        .filter(|person| {
            let address = person["emailAddress"].as_str();
            address.is_some_and(|address| address.eq_ignore_ascii_case(typed))
        })
        .collect();
    let chosen = match (exact.as_slice(), people.as_slice()) {
        ([one], _) => one,
        // one that was found by a part of another address is not meant
        ([], [one]) if one["emailAddress"].as_str().is_none_or(str::is_empty) => one,
        ([], [] | [_]) => {
            return Err(ApiError::NoPerson {
                typed: typed.to_owned(),
            });
        }
        _ => {
            return Err(ApiError::SeveralPeople {
                typed: typed.to_owned(),
                people: people
                    .iter()
                    .map(|person| super::column::text(person))
                    .collect(),
            });
        }
    };
    Ok(chosen[id].as_str().unwrap_or_default().to_owned())
}
