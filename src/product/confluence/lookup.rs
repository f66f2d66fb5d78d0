//! Keys of spaces and titles of pages go in; the ids by which requests name them come out.

use super::names::PEOPLE;
use crate::auth::Deployment;
use crate::http::Method;
use crate::product::command::{Endpoint, ParameterKind, Thing, To};
use crate::product::error::{ApiError, Fault};
use crate::product::run::Run;
use crate::product::site::{Call, Site};
use serde_json::Value as Json;

const SPACE_BY_KEY: Endpoint = Endpoint::get("/wiki/api/v2/spaces")
    .cloud()
    .sends(&[("space", To::Query("keys"))]);
const PAGE_BY_TITLE: Endpoint = Endpoint::get("/wiki/api/v2/pages").cloud().sends(&[
    ("space-id", To::Query("space-id")),
    ("title", To::Query("title")),
]);
const CONTENT_BY_TITLE: Endpoint = Endpoint::get("/wiki/rest/api/content")
    .cloud()
    .fixed(&[("type", "page")])
    .sends(&[
        ("space", To::Query("spaceKey")),
        ("title", To::Query("title")),
    ]);
const DATA_CENTER_CONTENT_BY_TITLE: Endpoint = Endpoint::get("/rest/api/content")
    .data_center()
    .fixed(&[("type", "page")])
    .sends(&[
        ("space", To::Query("spaceKey")),
        ("title", To::Query("title")),
    ]);

/// What is sent to find ids and names, besides what the commands themselves send.
pub const LOOKUPS: &[Endpoint] = &[
    SPACE_BY_KEY,
    PAGE_BY_TITLE,
    CONTENT_BY_TITLE,
    DATA_CENTER_CONTENT_BY_TITLE,
    PEOPLE,
];

/// Replaces pages that are given as space and title, `DOCS/The countdown`, by their ids.
pub(in crate::product) async fn pages(run: &mut Run<'_>) -> Result<(), ApiError> {
    for parameter in run.command.parameters {
        if parameter.kind != ParameterKind::Key(Thing::Page) {
            continue;
        }
        let typed = run.values.text(parameter.name);
        let Some((space, title)) = typed.and_then(|typed| typed.split_once('/')) else {
            continue;
        };
        let id = page_id(run.site, space, title).await?;
        run.values.set(parameter.name, id);
    }
    Ok(())
}

/// The id of a space.
pub(in crate::product) async fn space_id(site: &Site, key: &str) -> Result<String, ApiError> {
    let found = first_id(site, &SPACE_BY_KEY, &[("space", key)]).await?;
    found.ok_or_else(|| not_there("space", key.to_owned()))
}

async fn page_id(site: &Site, space: &str, title: &str) -> Result<String, ApiError> {
    let by_key = [("space", space), ("title", title)];
    let found = match site.deployment {
        Deployment::DataCenter => first_id(site, &DATA_CENTER_CONTENT_BY_TITLE, &by_key).await,
        Deployment::Cloud => match by_space_id(site, space, title).await {
            Err(error) if error.fault() == Some(Fault::Scope) => {
                first_id(site, &CONTENT_BY_TITLE, &by_key).await
            }
            other => other,
        },
    };
    found?.ok_or_else(|| not_there("page", format!("{space}/{title}")))
}

async fn by_space_id(site: &Site, space: &str, title: &str) -> Result<Option<String>, ApiError> {
    let id = space_id(site, space).await?;
    let values = [("space-id", id.as_str()), ("title", title)];
    first_id(site, &PAGE_BY_TITLE, &values).await
}

fn not_there(what: &'static str, typed: String) -> ApiError {
    ApiError::NotThere {
        what,
        typed,
        known: Vec::new(),
    }
}

/// The id of the first thing that is found, which older servers write as a number.
async fn first_id(
    site: &Site,
    endpoint: &Endpoint,
    values: &[(&str, &str)],
) -> Result<Option<String>, ApiError> {
    let mut call = Call::new(Method::GET, endpoint.path);
    for (name, value) in endpoint.fixed {
        call = call.query(*name, *value);
    }
    for (name, to) in endpoint.sends {
        let value = values.iter().find(|(known, _)| known == name);
        if let (To::Query(query), Some((_, value))) = (to, value) {
            call = call.query(*query, *value);
        }
    }
    let answer = site.json(&call).await?;
    Ok(match answer.pointer("/results/0/id") {
        Some(Json::String(id)) => Some(id.clone()),
        Some(Json::Number(id)) => Some(id.to_string()),
        _ => None,
    })
}
