//! What the configuration says of a sign-in goes in; a site that can be asked comes out.
//!
//! Decides by `auth`, reads the one secret, finds the cloud ID where it is not known yet and remembers what worked.

use super::auth::identity::IdentityArguments;
use super::config::save_cloud_id;
use super::failure::{Exit, Failure, Message};
use super::messages;
use super::session::Session;
use super::trace::Trace;
use super::{decision, describe};
use crate::auth::{
    Credential, Decision, Deployment, LearnedFile, Product, Route, Scheme, Selected, SiteFacts,
    TokenSource, cloud_id, gateway_id, ways,
};
use crate::config::site_url;
use crate::config::views;
use crate::http::{Authorization, Client, Observer, Silent, Url};
use crate::product::Site;
use crate::secret::Secret;
use std::rc::Rc;

/// A site that can be asked, and why it is this one.
pub(super) struct Connected {
    /// The site.
    pub site: Site,
    /// The decision behind it.
    pub decision: Decision,
    /// The name under which the route that works is remembered; nothing secret.
    credential: String,
    /// The route that was preferred.
    preferred: Option<Route>,
}

/// The client of this run.
pub(super) fn client(session: &Session<'_>) -> Result<Rc<Client>, Failure> {
    let mut connection =
        views::connection(session.stack()?).map_err(|error| messages::view(&error))?;
    if session.is_unheard() {
        // a person waits in a menu, sees nothing of the waits between the tries, and can try again
        connection.max_retries = 0;
    }
    for file in [
        &mut connection.ca_bundle,
        &mut connection.client_cert,
        &mut connection.client_key,
    ] {
        *file = file.as_ref().map(|named| session.file(named));
    }
    let trace = Trace {
        debug: session.global.debug,
        quiet: session.global.quiet,
        colour: session.error_colour(),
    };
    let observer: Rc<dyn Observer> = if session.is_unheard() {
        Rc::new(Silent)
    } else {
        Rc::new(trace)
    };
    Ok(Rc::new(Client::new(connection, observer)))
}

/// Connects to a product: at an address, or wherever the configuration says.
pub(super) async fn connect(
    session: &Session<'_>,
    product: Product,
    url: Option<&str>,
) -> Result<Connected, Failure> {
    let identity = IdentityArguments::of(product, url.map(str::to_owned));
    let (decision, credential, secret) = identity.credential(session)?;
    let client = client(session)?;
    with_client(session, client, decision, &credential, &secret).await
}

/// Connects with a client that is there already.
pub(super) async fn with_client(
    session: &Session<'_>,
    client: Rc<Client>,
    decision: Decision,
    credential: &Credential,
    secret: &Secret,
) -> Result<Connected, Failure> {
    let product = decision.product;
    let address = decision.site.value.clone();
    refuse_plain_http(&address, client.connection())?;
    let facts = SiteFacts::read(session.stack()?, product, &address)
        .map_err(|error| messages::load(&error))?;
    let deployment = match product {
        Product::Bitbucket => Deployment::Cloud,
        _ => facts.deployment_of(&address),
    };
    let id = match (product, deployment) {
        (Product::Bitbucket, _) | (_, Deployment::DataCenter) => None,
        _ => known_cloud_id(session, &client, product, &address, &facts).await?,
    };
    let name = credential_name(&credential.source, product, &address);
    let preferred = learned_file(session).and_then(|file| file.read().route(&name));
    let ways = ways(
        product,
        &address,
        id.as_deref(),
        client.connection(),
        preferred,
    );
    let source = decision::source(&credential.source);
    let authorization = authorization(&credential.scheme, secret, &source, &ways)?;
    let mut site = Site::new(client, product, deployment, address, ways);
    site.bearer = credential.scheme == Scheme::Bearer;
    site.account = match &credential.scheme {
        Scheme::Basic { account } => Some(account.clone()),
        Scheme::Bearer | Scheme::Cookies => None,
    };
    site.authorization = Some(authorization);
    site.read_only = !decision.read_only.is_empty();
    site.workspace = match &decision.selected {
        Selected::Profile(profile) => profile.workspace(),
        Selected::Instance(instance) => instance.workspace(),
    }
    .map(|located| located.value);
    Ok(Connected {
        site,
        decision,
        credential: name,
        preferred,
    })
}

impl Connected {
    /// Remembers the route that worked, if it is not the one that is tried first anyway.
    pub(super) fn remember_route(&self, session: &Session<'_>) {
        let Some(worked) = self.site.route() else {
            return;
        };
        let expected = self.preferred.unwrap_or(Route::Gateway);
        let has_choice = self.site.product != Product::Bitbucket
            && self.site.deployment == Deployment::Cloud
            && self.site.connection().route == views::Route::Auto
            && self.site.has_several_ways();
        if worked == expected || !has_choice {
            return;
        }
        if let Some(file) = learned_file(session)
            && let Err(error) = file.remember_route(&self.credential, worked)
        {
            session.debug(|| format!("the route is not remembered: {error}"));
        }
    }
}

/// Where what was learned is kept; nowhere, where there is no state folder.
fn learned_file(session: &Session<'_>) -> Option<LearnedFile> {
    let locations = session.locations().ok()?;
    Some(LearnedFile::new(locations.state_folder().ok()?))
}

/// What a credential is called, without anything secret.
fn credential_name(source: &TokenSource, product: Product, address: &str) -> String {
    let source = match source {
        TokenSource::Variable(name) => format!("{name}@{}", site_url::origin(address)),
        TokenSource::Stored(name) => name.to_string(),
    };
    format!("{source} {}", product.auth_key())
}

/// An address without encryption is refused before anything is looked up.
pub(super) fn refuse_plain_http(
    address: &str,
    connection: &views::Connection,
) -> Result<(), Failure> {
    match site_url::plain_http_host(address) {
        Some(host) if !site_url::host_is_listed(host, &connection.allow_http) => {
            let error = crate::http::HttpError::PlainHttp {
                host: host.to_owned(),
            };
            Err(messages::http(&error).into())
        }
        _ => Ok(()),
    }
}

/// What signs in, bound to where it may go; `source` says where the secret is from.
pub(super) fn authorization(
    scheme: &Scheme,
    secret: &Secret,
    source: &str,
    ways: &[(Route, String)],
) -> Result<Authorization, Failure> {
    let made = match scheme {
        Scheme::Basic { account } => Authorization::basic(account, secret),
        Scheme::Bearer => Authorization::bearer(secret),
        Scheme::Cookies => Authorization::cookies(secret),
    };
    let made = made.ok_or_else(|| {
        let what = format!("{source} holds characters that no request can carry");
        Message::new(Exit::SignIn, what).hint("to save another one: `lassi auth login`")
    })?;
    let description = format!("{} from {source}", decision::scheme(scheme));
    let bound = ways.iter().filter_map(|(_, base)| Url::parse(base).ok());
    Ok(bound.fold(made.described(description), |made, base| {
        made.for_origin_of(&base)
    }))
}

/// The cloud ID of a Cloud site: as it is set, else asked for and saved. Not knowing it is no error.
async fn known_cloud_id(
    session: &Session<'_>,
    client: &Client,
    product: Product,
    address: &str,
    facts: &SiteFacts,
) -> Result<Option<String>, Failure> {
    if gateway_id(address).is_some() || client.connection().route == views::Route::Site {
        return Ok(None);
    }
    let learned = learned_file(session);
    let confirmed = learned
        .as_ref()
        .and_then(|file| file.read().cloud_id(address).map(str::to_owned));
    let set = match &facts.cloud_id {
        Some(set) if !set.origin.layer().is_shared() => return Ok(Some(set.value.clone())),
        set => set.as_ref(),
    };
    if let Some(confirmed) = confirmed {
        warn_if_contradicted(session, set, &confirmed);
        return Ok(Some(confirmed));
    }
    let asked = match cloud_id::ask(client, address).await {
        Ok(asked) => asked,
        Err(error) => {
            session.debug(|| format!("no cloud ID: {}", no_cloud_id(&error)));
            return Ok(None);
        }
    };
    warn_if_contradicted(session, set, &asked);
    let saved = if set.is_some() {
        // the file of a team says it already; that it is right is what was learned
        false
    } else {
        match save_cloud_id(session, product, address, &asked) {
            Ok(()) => true,
            Err(failure) => {
                session.debug(|| {
                    format!("the cloud ID is not saved: {}", describe::failure(&failure))
                });
                false
            }
        }
    };
    if !saved
        && let Some(file) = learned
        && let Err(error) = file.remember_cloud_id(address, &asked)
    {
        session.debug(|| format!("the cloud ID is not remembered: {error}"));
    }
    Ok(Some(asked))
}

fn no_cloud_id(error: &cloud_id::CloudIdError) -> String {
    match error {
        cloud_id::CloudIdError::Http(error) => messages::http(error).what,
        cloud_id::CloudIdError::NoCloudSite { status } => {
            format!("the site answered {status}, and is none of Cloud")
        }
        cloud_id::CloudIdError::NoUuid => "the site's answer holds no UUID".to_owned(),
    }
}

/// A shared file must not choose whose requests a token signs.
fn warn_if_contradicted(
    session: &Session<'_>,
    set: Option<&crate::auth::Located<String>>,
    asked: &str,
) {
    if let Some(set) = set
        && set.value != asked
    {
        let what = format!(
            "the cloud ID {} is not that of the site, which says {asked}, and is not used",
            set.value
        );
        session.warn(&Message::new(Exit::Invalid, what).at(describe::origin(&set.origin)));
    }
}
