//! The network for menus: what sites say comes from real requests, made as any command makes them.

use super::identity::IdentityArguments;
use super::probe::{self, Outcome, Tested};
use crate::auth::{Candidates, Deployment, Product, Scheme, discover, ways};
use crate::changes::EntryName;
use crate::cli::connect;
use crate::cli::failure::{Exit, Failure, Message};
use crate::cli::session::Session;
use crate::cli::{messages, network};
use crate::config::path::Path;
use crate::config::site_url;
use crate::http::{Client, HttpError};
use crate::product::identity::Identity;
use crate::product::{ApiError, Fault, Site, identity};
use crate::secret::Secret;
use crate::wizard::{self, Attempt, Connector, Recognised, Trouble, Verdict, Whose};
use std::rc::Rc;

/// Reaches sites with the settings of a session, read anew each time: the menus may have changed them.
pub(in crate::cli) struct NetworkConnector<'a> {
    session: &'a Session<'a>,
}

/// A sign-in by itself, part of no configuration.
struct SignIn<'a> {
    site: &'a str,
    cloud_id: Option<&'a str>,
    scheme: &'a Scheme,
    token: &'a Secret,
}

impl<'a> NetworkConnector<'a> {
    /// Nothing is reached yet.
    pub(in crate::cli) fn new(session: &'a Session<'a>) -> NetworkConnector<'a> {
        NetworkConnector { session }
    }

    fn verdicts(&self, attempt: &Attempt) -> Result<Vec<(Product, Verdict)>, Failure> {
        match &attempt.whose {
            Whose::New {
                site,
                cloud_id,
                scheme,
                token,
            } => {
                let sign_in = SignIn {
                    site,
                    cloud_id: cloud_id.as_deref(),
                    scheme,
                    token,
                };
                self.sign_in(&attempt.products, &sign_in)
            }
            Whose::Profile(name) => {
                let session = self.session.unheard().with_profile(name);
                let identity = IdentityArguments {
                    address: None,
                    product: None,
                };
                let products = &attempt.products;
                let tested = network::block_on(probe::products(&session, &identity, products))?;
                Ok(tested.into_iter().map(verdict_of).collect())
            }
            Whose::Instance(path) => self.instance(path, &attempt.products),
        }
    }

    /// An instance as it is configured, whatever profile is at the same site.
    fn instance(
        &self,
        path: &Path,
        products: &[Product],
    ) -> Result<Vec<(Product, Verdict)>, Failure> {
        let session = self.session.unheard();
        let url = path.last().unwrap_or_default();
        let product = products.first().copied().unwrap_or(Product::Jira);
        let candidates = Candidates::read(session.stack()?, &session.stored()?, product)
            .map_err(|error| messages::load(&error))?;
        let missing = || Message::new(Exit::SignIn, format!("{url} has no token yet"));
        let instance = candidates.instance(url).ok_or_else(missing)?;
        let secret = |field: &str| -> Result<Option<Secret>, Failure> {
            if !instance.has_secret(field) {
                return Ok(None);
            }
            let name = EntryName::new(path.join(field), None).to_string();
            let secret = session.store()?.get(&name);
            Ok(secret.map_err(|error| messages::store(&error))?)
        };
        let account = instance.account().map(|account| account.value);
        let (scheme, token) = if let Some(token) = secret("pat")? {
            (Scheme::Bearer, token)
        } else if let (Some(account), Some(token)) = (account, secret("api_token")?) {
            (Scheme::Basic { account }, token)
        } else if let Some(cookies) = secret("session_cookies")? {
            (Scheme::Cookies, cookies)
        } else {
            return Err(missing().into());
        };
        let facts = crate::auth::SiteFacts::read(session.stack()?, product, url)
            .map_err(|error| messages::load(&error))?;
        let cloud_id = facts.cloud_id.as_ref().map(|id| id.value.as_str());
        let sign_in = SignIn {
            site: url,
            cloud_id,
            scheme: &scheme,
            token: &token,
        };
        self.sign_in(products, &sign_in)
    }

    fn sign_in(
        &self,
        products: &[Product],
        sign_in: &SignIn<'_>,
    ) -> Result<Vec<(Product, Verdict)>, Failure> {
        let session = self.session.unheard();
        let client = connect::client(&session)?;
        network::block_on(async {
            let mut verdicts = Vec::new();
            for product in products {
                let site = site(&client, *product, sign_in)?;
                let answer = identity::ask(&site).await;
                verdicts.push((*product, verdict(answer, sign_in.site)));
            }
            Ok(verdicts)
        })
    }
}

/// The site that a sign-in is for.
fn site(client: &Rc<Client>, product: Product, sign_in: &SignIn<'_>) -> Result<Site, Failure> {
    let address = sign_in.site;
    connect::refuse_plain_http(address, client.connection())?;
    let is_cloud =
        product == Product::Bitbucket || sign_in.cloud_id.is_some() || site_url::is_cloud(address);
    let deployment = if is_cloud {
        Deployment::Cloud
    } else {
        Deployment::DataCenter
    };
    let ways = ways(
        product,
        address,
        sign_in.cloud_id,
        client.connection(),
        None,
    );
    let authorization =
        connect::authorization(sign_in.scheme, sign_in.token, "the sign-in", &ways)?;
    let mut site = Site::new(
        client.clone(),
        product,
        deployment,
        address.to_owned(),
        ways,
    );
    site.bearer = *sign_in.scheme == Scheme::Bearer;
    site.authorization = Some(authorization);
    Ok(site)
}

fn verdict(answer: Result<Identity, ApiError>, site: &str) -> Verdict {
    let error = match answer {
        Ok(identity) => return signed_in(&identity),
        Err(error) => error,
    };
    let message = messages::api(&error, &messages::Context::untold(site));
    let trouble = trouble(&message);
    // the menu offers what mends a sign-in; commands would be no help in it
    let without_command = Trouble {
        hint: None,
        ..trouble.clone()
    };
    match error.fault() {
        Some(Fault::Scope) => Verdict::ScopeMissing(without_command),
        Some(fault) if fault.is_sign_in() => Verdict::Refused(without_command),
        _ => Verdict::Unreachable(trouble),
    }
}

fn signed_in(identity: &Identity) -> Verdict {
    Verdict::SignedIn {
        who: match &identity.account {
            Some(account) => format!("{} ({account})", identity.name),
            None => identity.name.clone(),
        },
    }
}

fn verdict_of(tested: Tested) -> (Product, Verdict) {
    let verdict = match tested.outcome {
        Outcome::SignedIn(identity) => signed_in(&identity),
        Outcome::NoScope(message) => Verdict::ScopeMissing(trouble(&message)),
        Outcome::NoAccess(message) => Verdict::Refused(trouble(&message)),
        Outcome::Failed(message) if message.exit == Exit::SignIn => {
            Verdict::Refused(trouble(&message))
        }
        Outcome::NotThere(message) | Outcome::Failed(message) => {
            Verdict::Unreachable(trouble(&message))
        }
    };
    (tested.product, verdict)
}

fn trouble(message: &Message) -> Trouble {
    let said = message.excerpt.first();
    Trouble {
        what: match said {
            Some(said) => format!("{} ({said})", message.what),
            None => message.what.clone(),
        },
        hint: message.hints.first().cloned(),
    }
}

/// Why a site cannot be asked, without the sites that there are: this one has just been typed.
fn untold(error: &HttpError) -> Message {
    let mut message = messages::http(error);
    if matches!(error, HttpError::Resolve { .. }) {
        message.hints.clear();
    }
    message
}

fn failure_trouble(failure: Failure) -> Trouble {
    match failure {
        Failure::Message(message) => trouble(&message),
        _ => Trouble {
            what: "the test was interrupted".to_owned(),
            hint: None,
        },
    }
}

impl Connector for NetworkConnector<'_> {
    fn recognise(&mut self, site: &str) -> Recognised {
        let session = self.session.unheard();
        let found = connect::client(&session).and_then(|client| {
            connect::refuse_plain_http(site, client.connection())?;
            network::block_on(async {
                discover(&client, site)
                    .await
                    .map_err(|error| untold(&error).into())
            })
        });
        match found {
            Err(failure) => Recognised::Unreachable(failure_trouble(failure)),
            Ok(found) if found.products.is_empty() && found.cloud_id.is_none() => {
                Recognised::NotAtlassian
            }
            Ok(found) if found.deployment == Deployment::Cloud => Recognised::Cloud {
                cloud_id: found.cloud_id,
            },
            Ok(found) => Recognised::DataCenter {
                product: found.products.first().copied(),
                version: found.version,
            },
        }
    }

    fn test(&mut self, attempt: &Attempt) -> wizard::Tested {
        let products = match self.verdicts(attempt) {
            Ok(verdicts) => verdicts,
            Err(failure) => {
                let trouble = failure_trouble(failure);
                let same = |product: &Product| (*product, Verdict::Unreachable(trouble.clone()));
                attempt.products.iter().map(same).collect()
            }
        };
        wizard::Tested { products }
    }
}
