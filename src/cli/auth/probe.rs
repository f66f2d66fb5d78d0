//! A sign-in goes in, who it belongs to comes out, product by product: what `auth test`, `auth login` and the menus show.

use super::identity::{IdentityArguments, secret_of};
use crate::auth::{Decision, Product, Route, Scheme, Selected};
use crate::cli::connect::{self, Connected};
use crate::cli::decision;
use crate::cli::failure::{Exit, Failure, Message, Severity};
use crate::cli::messages;
use crate::cli::session::{Session, show};
use crate::http::Client;
use crate::product::identity::{self, Identity};
use crate::product::{ApiError, Fault};
use serde_json::{Value as Json, json};
use std::rc::Rc;
use std::time::{Duration, Instant};

/// What came of asking one product.
pub(in crate::cli) struct Tested {
    /// The profile or instance that signs in, in words.
    selected: String,
    /// The product.
    pub product: Product,
    /// The site.
    pub site: String,
    /// What came of it.
    pub outcome: Outcome,
    /// How long it took.
    time: Duration,
    /// The route that answered.
    route: Option<Route>,
    /// How it was signed in.
    scheme: Option<Scheme>,
}

/// What came of it.
pub(in crate::cli) enum Outcome {
    /// Signed in.
    SignedIn(Identity),
    /// The token is valid, and its scopes do not reach for this question.
    NoScope(Message),
    /// Not signed in, or without access to this product: the server does not tell which.
    NoAccess(Message),
    /// The product is not there.
    NotThere(Message),
    /// Refused, or out of reach.
    Failed(Message),
}

/// Asks the products that a decision was made for; those without a site are left out.
pub(in crate::cli) async fn products(
    session: &Session<'_>,
    identity: &IdentityArguments,
    products: &[Product],
) -> Result<Vec<Tested>, Failure> {
    let client = connect::client(session)?;
    let mut tested = Vec::new();
    let mut first_failure = None;
    for product in products {
        match identity.decide(session, *product) {
            Ok(decision) if products.len() > 1 && !is_used(&decision) => {}
            Ok(decision) => {
                tested.push(product_of(session, &client, decision).await);
            }
            Err(failure) => first_failure = first_failure.or(Some(failure)),
        }
    }
    match first_failure {
        Some(failure) if tested.is_empty() => Err(failure),
        _ => Ok(tested),
    }
}

/// A profile that was named has a site for Bitbucket, as that is always at the same place, whether it uses it or not.
fn is_used(decision: &Decision) -> bool {
    match &decision.selected {
        Selected::Profile(profile) => profile.site(decision.product).is_some(),
        Selected::Instance(_) => true,
    }
}

async fn product_of(session: &Session<'_>, client: &Rc<Client>, decision: Decision) -> Tested {
    let started = Instant::now();
    let product = decision.product;
    let site = decision.site.value.clone();
    let scheme = decision
        .credential
        .as_ref()
        .ok()
        .map(|credential| credential.scheme.clone());
    let selected = match &decision.selected {
        Selected::Profile(profile) => format!("profile {}", profile.name),
        Selected::Instance(instance) => instance.path.to_string(),
    };
    let mut tested = Tested {
        selected,
        product,
        site,
        outcome: Outcome::Failed(Message::new(Exit::Failed, "nothing was asked")),
        time: Duration::ZERO,
        route: None,
        scheme,
    };
    match connected(session, client, decision).await {
        Ok(connected) => {
            let answer = identity::ask(&connected.site).await;
            connected.remember_route(session);
            tested.route = connected.site.route();
            tested.outcome = outcome(answer, &connected);
        }
        Err(failure) => {
            tested.outcome = Outcome::Failed(match failure {
                Failure::Message(message) => message,
                _ => Message::new(Exit::Failed, "the sign-in cannot be read"),
            });
        }
    }
    tested.time = started.elapsed();
    tested
}

async fn connected(
    session: &Session<'_>,
    client: &Rc<Client>,
    decision: Decision,
) -> Result<Connected, Failure> {
    let (credential, secret) = secret_of(session, &decision)?;
    connect::with_client(session, client.clone(), decision, &credential, &secret).await
}

fn outcome(answer: Result<Identity, ApiError>, connected: &Connected) -> Outcome {
    let error = match answer {
        Ok(identity) => return Outcome::SignedIn(identity),
        Err(error) => error,
    };
    let message = messages::api(&error, &messages::Context::at("auth test", connected));
    match error.fault() {
        Some(Fault::Scope) => Outcome::NoScope(message),
        Some(Fault::NoConfluence) => Outcome::NoAccess(message),
        Some(Fault::NotFound) => Outcome::NotThere(message),
        _ => Outcome::Failed(message),
    }
}

/// Puts what belongs to the same sign-in together, in the order of the first ones.
pub(super) fn by_sign_in(tested: &mut [Tested]) {
    let mut order: Vec<String> = Vec::new();
    for one in tested.iter() {
        if !order.contains(&one.selected) {
            order.push(one.selected.clone());
        }
    }
    tested.sort_by_key(|one| order.iter().position(|name| *name == one.selected));
}

/// Shows what came of it: lines for people, an array for programs; failures are told on standard error. The exit code is that
/// of the first failure.
pub(in crate::cli) fn report(
    session: &Session<'_>,
    tested: &[Tested],
    as_json: bool,
) -> Result<(), Failure> {
    if as_json {
        let all: Json = tested.iter().map(|one| one.json(tested)).collect();
        session.print(&crate::cli::json_flag::json_text(&all))?;
    } else {
        session.print(&text(tested))?;
    }
    let failures = tested.iter().filter_map(|one| one.failure(tested));
    let mut told: Vec<&str> = Vec::new();
    let mut exit = None;
    for message in failures {
        exit = exit.or(Some(message.exit));
        // a token that one product refuses is refused by the others for the same reason
        if !told.contains(&message.what.as_str()) {
            told.push(&message.what);
            show(&message.render(Severity::Error, session.error_colour()));
        }
    }
    exit.map_or(Ok(()), |exit| Err(Failure::Silent(exit)))
}

/// For people.
fn text(tested: &[Tested]) -> String {
    let mut text = String::new();
    for group in tested.chunk_by(|one, other| one.selected == other.selected) {
        if let Some(first) = group.first() {
            text.push_str(&format!("{}\n", first.selected));
        }
        let rows: Vec<Vec<String>> = group.iter().map(|one| one.cells(tested)).collect();
        for line in crate::cli::describe::columns(&rows).lines() {
            text.push_str(&format!("  {line}\n"));
        }
    }
    text
}

impl Tested {
    /// A sign-in that could not be decided on, so that nothing was asked.
    pub(super) fn undecided(
        selected: &str,
        product: Product,
        site: &str,
        message: Message,
    ) -> Tested {
        Tested {
            selected: selected.to_owned(),
            product,
            site: site.to_owned(),
            outcome: Outcome::Failed(message),
            time: Duration::ZERO,
            route: None,
            scheme: None,
        }
    }

    /// What went wrong, if it is worth an error. A product that is not there, or to which the account has no access, is none
    /// where another product has accepted the same sign-in.
    fn failure(&self, all: &[Tested]) -> Option<&Message> {
        match &self.outcome {
            Outcome::SignedIn(_) | Outcome::NoScope(_) => None,
            Outcome::NoAccess(_) | Outcome::NotThere(_) if self.is_accepted_elsewhere(all) => None,
            Outcome::NoAccess(message) | Outcome::NotThere(message) | Outcome::Failed(message) => {
                Some(message)
            }
        }
    }

    /// What came of it, in words.
    pub(in crate::cli) fn words(&self, all: &[Tested]) -> String {
        match &self.outcome {
            Outcome::SignedIn(identity) => match &identity.account {
                Some(account) => format!("signed in as {} ({account})", identity.name),
                None => format!("signed in as {}", identity.name),
            },
            Outcome::NoScope(_) => {
                "the token is valid, and has no scope to say whose it is".to_owned()
            }
            Outcome::NoAccess(_) if self.is_accepted_elsewhere(all) => "no access".to_owned(),
            Outcome::NotThere(_) if self.is_accepted_elsewhere(all) => "not there".to_owned(),
            Outcome::NoAccess(message) | Outcome::NotThere(message) | Outcome::Failed(message) => {
                match message.exit {
                    Exit::SignIn => "refused".to_owned(),
                    _ => "failed".to_owned(),
                }
            }
        }
    }

    fn cells(&self, all: &[Tested]) -> Vec<String> {
        let mut how = vec![format!("{} ms", self.time.as_millis())];
        if let (Some(route), true) = (self.route, self.product != Product::Bitbucket) {
            how.push(route.name().to_owned());
        }
        how.extend(self.scheme.as_ref().map(decision::scheme));
        vec![
            self.product.name().to_owned(),
            self.site.clone(),
            self.words(all),
            how.join(", "),
        ]
    }

    fn json(&self, all: &[Tested]) -> Json {
        let (outcome, message) = match &self.outcome {
            Outcome::SignedIn(_) => ("signed-in", None),
            Outcome::NoScope(message) => ("no-scope", Some(message)),
            Outcome::NoAccess(message) => ("no-access", Some(message)),
            Outcome::NotThere(message) => ("not-there", Some(message)),
            Outcome::Failed(message) if message.exit == Exit::SignIn => ("refused", Some(message)),
            Outcome::Failed(message) => ("failed", Some(message)),
        };
        let who = match &self.outcome {
            Outcome::SignedIn(identity) => json!({
                "name": identity.name, "account": identity.account, "id": identity.id,
            }),
            _ => Json::Null,
        };
        json!({
            "selected": self.selected,
            "product": self.product.name(),
            "site": self.site,
            "outcome": outcome,
            "is_error": self.failure(all).is_some(),
            "identity": who,
            "message": message.map(|message| message.what.as_str()),
            "milliseconds": u64::try_from(self.time.as_millis()).unwrap_or(u64::MAX),
            "route": self.route.map(Route::name),
            "scheme": self.scheme.as_ref().map(decision::scheme_name),
        })
    }

    /// Whether another product has accepted the same sign-in.
    fn is_accepted_elsewhere(&self, all: &[Tested]) -> bool {
        all.iter().any(|one| {
            one.selected == self.selected
                && matches!(one.outcome, Outcome::SignedIn(_) | Outcome::NoScope(_))
        })
    }
}
