//! The cloud ID of a site: asked of the site itself, without a credential, and kept in the user's file.

use super::product::Product;
use super::route::cloud_id_path;
use crate::changes::{ChangeError, Changes, Place};
use crate::config::change::Step;
use crate::config::schema::Kind;
use crate::config::value::Value;
use crate::config::write::{WriteError, Written};
use crate::http::{Client, HttpError, Method, Request, StatusCode, Url};
use serde_json::Value as Json;

/// Why a site's cloud ID is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CloudIdError {
    /// No answer.
    Http(HttpError),
    /// The site has no such page: it is no Cloud site.
    NoCloudSite {
        /// The status that was answered.
        status: StatusCode,
    },
    /// An answer without a UUID in it.
    NoUuid,
}

/// Asks a site for its cloud ID: `GET <site>/_edge/tenant_info`, which needs no sign-in and gets none.
pub async fn ask(client: &Client, site: &str) -> Result<String, CloudIdError> {
    let url = format!("{site}/_edge/tenant_info");
    // addresses of sites are normal forms of URLs
    let url = Url::parse(&url).map_err(|_| CloudIdError::NoUuid)?;
    let mut request = Request::new(Method::GET, url);
    request.route = super::route::Route::Site.name();
    // a site that hangs would hold up every command several times: the cloud ID can be found out later, too
    request.idempotent = false;
    let answer = client
        .send(&request, None)
        .await
        .map_err(CloudIdError::Http)?;
    if !answer.status.is_success() {
        return Err(CloudIdError::NoCloudSite {
            status: answer.status,
        });
    }
    let json: Json = serde_json::from_slice(&answer.body).map_err(|_| CloudIdError::NoUuid)?;
    let id = json.get("cloudId").and_then(Json::as_str);
    id.and_then(uuid).ok_or(CloudIdError::NoUuid)
}

/// A UUID in the form in which it is kept.
fn uuid(text: &str) -> Option<String> {
    let value = Value::from_text(&Kind::Uuid, text).ok()?;
    value.as_text().map(str::to_owned)
}

/// Writes it to `auth.<product>["<site>"].cloud_id`. lassi does so by itself, so it makes no entry in the history.
pub fn save(
    place: &Place<'_>,
    product: Product,
    site: &str,
    id: &str,
) -> Result<Written, WriteError<ChangeError>> {
    let changes = Changes {
        steps: vec![Step::Set {
            path: cloud_id_path(product, site),
            value: Value::Text(id.to_owned()),
        }],
        command: "cloud ID",
        learned: true,
        ..Changes::default()
    };
    Ok(changes.apply(place)?.written)
}
