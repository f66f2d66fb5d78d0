//! An address goes in; what runs there comes out. Asked without a credential, of a site that need not be configured.

use super::cloud_id;
use super::product::Product;
use super::route::{Deployment, gateway_id};
use crate::config::site_url;
use crate::http::header::{ACCEPT, HeaderValue};
use crate::http::{Answer, Client, HttpError, Method, Request, Url};
use serde_json::Value as Json;

/// Headers by which Confluence is known even where it refuses.
const OWN_HEADERS: [&str; 2] = ["x-confluence-request-time", "x-seraph-loginreason"];

/// What runs at a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discovered {
    /// The site.
    pub site: String,
    /// Cloud or Data Center.
    pub deployment: Deployment,
    /// The cloud ID, on Cloud.
    pub cloud_id: Option<String>,
    /// The version of Jira, where it tells it.
    pub version: Option<String>,
    /// The products that answered.
    pub products: Vec<Product>,
}

/// Asks a site what it is.
///
/// # Errors
/// The first request's, if the site cannot be reached at all.
pub async fn discover(client: &Client, site: &str) -> Result<Discovered, HttpError> {
    let known_cloud = site_url::is_cloud(site);
    let cloud_id = match gateway_id(site) {
        Some(id) => Some(id.to_owned()),
        None => match cloud_id::ask(client, site).await {
            Ok(id) => Some(id),
            Err(cloud_id::CloudIdError::Http(error)) => return Err(error),
            Err(_) => None,
        },
    };
    let info = json(client, site, "/rest/api/2/serverInfo").await;
    let told = info
        .as_ref()
        .and_then(|info| info["deploymentType"].as_str());
    let deployment = match told {
        Some("Cloud") => Deployment::Cloud,
        None if known_cloud || cloud_id.is_some() => Deployment::Cloud,
        Some(_) | None => Deployment::DataCenter,
    };
    let mut products = Vec::new();
    if told.is_some() {
        products.push(Product::Jira);
    }
    let confluence = match deployment {
        Deployment::Cloud => "/wiki/rest/api/user/current",
        Deployment::DataCenter => "/rest/api/user/current",
    };
    // on Data Center each has an address of its own
    let is_jira_alone = deployment == Deployment::DataCenter && told.is_some();
    if !is_jira_alone && is_there(client, site, confluence).await {
        products.push(Product::Confluence);
    }
    if json(client, site, "/rest/servicedeskapi/info")
        .await
        .is_some()
    {
        products.push(Product::Jsm);
    }
    let version = info
        .as_ref()
        .and_then(|info| info["version"].as_str())
        .map(str::to_owned);
    Ok(Discovered {
        site: site.to_owned(),
        deployment,
        cloud_id: cloud_id.filter(|_| deployment == Deployment::Cloud),
        version,
        products,
    })
}

async fn ask(client: &Client, site: &str, path: &str) -> Option<Answer> {
    let mut request = Request::new(Method::GET, Url::parse(&format!("{site}{path}")).ok()?);
    request
        .headers
        .insert(ACCEPT, HeaderValue::from_static("application/json"));
    request.route = "site";
    client.send(&request, None).await.ok()
}

/// The JSON that is answered to somebody who has not signed in.
async fn json(client: &Client, site: &str, path: &str) -> Option<Json> {
    let answer = ask(client, site, path).await?;
    answer.status.is_success().then_some(())?;
    let json: Json = serde_json::from_slice(&answer.body).ok()?;
    json.is_object().then_some(json)
}

/// Whether something of Confluence answers: somebody unknown is told so, and not that there is nothing.
async fn is_there(client: &Client, site: &str, path: &str) -> bool {
    match ask(client, site, path).await {
        Some(answer) => match answer.status.as_u16() {
            200 => serde_json::from_slice::<Json>(&answer.body)
                .is_ok_and(|json| json["type"].is_string()),
            // whatever stands in front of a server may refuse, too
            401 | 403 => {
                serde_json::from_slice::<Json>(&answer.body).is_ok_and(|json| json.is_object())
                    || OWN_HEADERS.iter().any(|name| answer.header(name).is_some())
            }
            _ => false,
        },
        None => false,
    }
}
