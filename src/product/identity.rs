//! A site goes in; who its sign-in belongs to comes out. The calls change nothing and need as little as any.

use super::error::{ApiError, Fault, Refusal};
use super::site::{Call, Site};
use crate::auth::{Deployment, Product};
use crate::http::Method;
use serde_json::Value as Json;

/// Who is signed in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// The name that people see.
    pub name: String,
    /// The address or user name, where the server tells it.
    pub account: Option<String>,
    /// Account id, name or UUID.
    pub id: String,
}

/// Asks who is signed in. For Bitbucket with an access token, which belongs to nobody, what its workspace is.
pub async fn ask(site: &Site) -> Result<Identity, ApiError> {
    let (path, name, account, id) = match (site.product, site.deployment) {
        (Product::Jira | Product::Jsm, Deployment::Cloud) => (
            "/rest/api/3/myself",
            "/displayName",
            "/emailAddress",
            "/accountId",
        ),
        (Product::Jira | Product::Jsm, Deployment::DataCenter) => (
            "/rest/api/2/myself",
            "/displayName",
            "/emailAddress",
            "/name",
        ),
        (Product::Confluence, Deployment::Cloud) => (
            "/wiki/rest/api/user/current",
            "/displayName",
            "/email",
            "/accountId",
        ),
        (Product::Confluence, Deployment::DataCenter) => (
            "/rest/api/user/current",
            "/displayName",
            "/username",
            "/username",
        ),
        (Product::Bitbucket, _) if site.bearer => return workspace(site).await,
        (Product::Bitbucket, _) => ("/2.0/user", "/display_name", "/nickname", "/uuid"),
    };
    let call = Call::new(Method::GET, path);
    let answer = site.json(&call).await?;
    let text = |pointer| answer.pointer(pointer).and_then(Json::as_str);
    if site.product == Product::Confluence {
        refuse_anonymous(site, &call, &answer)?;
    }
    Ok(Identity {
        name: text(name).unwrap_or_default().to_owned(),
        account: text(account)
            .filter(|text| !text.is_empty())
            .map(str::to_owned),
        id: text(id).unwrap_or_default().to_owned(),
    })
}

/// Confluence answers whoever it does not know as the anonymous user.
pub(super) fn refuse_anonymous(site: &Site, call: &Call, person: &Json) -> Result<(), ApiError> {
    let is_known = person["type"] == "known"
        || (site.deployment == Deployment::Cloud && person["accountId"].is_string());
    if is_known {
        return Ok(());
    }
    Err(ApiError::Refused(Refusal {
        fault: Fault::AnsweredAsAnonymous,
        product: site.product,
        deployment: site.deployment,
        route: site.route().unwrap_or(site.first_route()),
        method: call.method.clone(),
        url: format!("{}{}", site.address, call.path),
        status: 200,
        messages: Vec::new(),
        fields: Vec::new(),
    }))
}

/// What an access token of Bitbucket can see.
async fn workspace(site: &Site) -> Result<Identity, ApiError> {
    let Some(workspace) = &site.workspace else {
        return Err(ApiError::Missing {
            flags: vec!["workspace"],
            reason: "an access token belongs to no person, and the profile names no workspace"
                .to_owned(),
        });
    };
    let path = super::run::fill_path("/2.0/repositories/{workspace}", |_| Some(workspace))?;
    let call = Call::new(Method::GET, path).query("pagelen", "1");
    site.json(&call).await?;
    Ok(Identity {
        name: format!("the workspace {workspace}"),
        account: None,
        id: workspace.clone(),
    })
}
