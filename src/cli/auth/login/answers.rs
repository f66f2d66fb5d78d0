//! What is known of a sign-in goes in, what is still missing is asked for or named, all of it comes out.

use super::super::connector::NetworkConnector;
use super::{candidates, checked_name};
use crate::auth::Product;
use crate::changes::allowed_hosts;
use crate::cli::describe;
use crate::cli::failure::{Exit, Failure, Message};
use crate::cli::messages;
use crate::cli::session::Session;
use crate::wizard::{Known, Place, SignIn, Surroundings, sign_in};

/// Completes it from the profile as it is, then from answers. `changes_something` is whether the flags say more
/// than which profile is meant: then a stored token is kept without asking for another. `asks_site` is whether the
/// site is asked what it is.
pub(super) fn complete(
    session: &Session<'_>,
    known: Known,
    changes_something: bool,
    asks_site: bool,
) -> Result<SignIn, Failure> {
    let known = match known.profile {
        Some(name) => Known {
            profile: Some(checked_name(&name)?),
            ..known
        },
        None => known,
    };
    if !session.may_ask() {
        return without_asking(session, known);
    }
    let candidates = candidates(session)?;
    let stored = session.stored()?;
    let allowed_http = allowed_hosts(session.stack()?).map_err(|error| messages::load(&error))?;
    let mut connector = NetworkConnector::new(session);
    let surroundings = Surroundings {
        candidates: &candidates,
        stored: &stored,
        allowed_http: &allowed_http,
        wants_token: !changes_something,
        // what is saved is tested, and not what is not
        wants_test: false,
        connector: if asks_site {
            Some(&mut connector)
        } else {
            None
        },
    };
    let answered =
        sign_in(session.prompter().as_mut(), &known, surroundings).map_err(messages::prompt)?;
    Ok(answered.ok_or_else(|| Message::new(Exit::Failed, "nothing was changed"))?)
}

/// Without a terminal everything but the token has to be known.
fn without_asking(session: &Session<'_>, known: Known) -> Result<SignIn, Failure> {
    let candidates = candidates(session)?;
    let mut missing: Vec<&str> = Vec::new();
    let present = known
        .profile
        .as_deref()
        .and_then(|name| candidates.profile(name));
    if known.profile.is_none() {
        missing.push("--profile NAME");
    }
    let bitbucket = known.product == Product::Bitbucket;
    if known.base_url.is_none() && !bitbucket {
        match present.and_then(|profile| profile.site(Product::Jira)) {
            None => missing.push("--base-url URL"),
            Some(site) if site.origin.layer().is_shared() => {
                let what = format!("only a shared file says that the site is {}", site.value);
                return Err(Message::new(Exit::Usage, what)
                    .at(describe::origin(&site.origin))
                    .hint(format!(
                        "if you trust it, say so: `--base-url {}`",
                        site.value
                    ))
                    .into());
            }
            Some(_) => {}
        }
    }
    let bearer = known.bearer || present.is_some_and(|profile| profile.is_bearer(known.product));
    let has_account = known.email.is_some()
        || present.is_some_and(|profile| profile.account(known.product).is_some());
    if !bearer && !has_account {
        missing.push("--email EMAIL");
    }
    if !missing.is_empty() {
        let what = format!(
            "to sign in without a terminal, these are missing: {}",
            missing.join(", ")
        );
        let example = if bitbucket {
            "lassi auth login --bitbucket --profile work --email you@acme.example --with-token"
        } else {
            "lassi auth login --profile work --base-url https://acme.atlassian.net --email you@acme.example --with-token"
        };
        return Err(Message::new(Exit::Usage, what)
            .hint(format!("for example `{example}`"))
            .into());
    }
    Ok(SignIn {
        place: Place::Profile,
        profile: known.profile,
        product: known.product,
        base_url: known.base_url,
        email: known.email,
        bearer: known.bearer.then_some(true),
        token: known.token,
        cookies: false,
        cloud_id: None,
    })
}
