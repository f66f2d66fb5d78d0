//! The wording for sign-ins that cannot be chosen, or have no credential.

use super::super::decision::source;
use super::super::describe::shell_word;
use super::super::failure::{Exit, Message};
use super::load;
use crate::auth::TOKEN_PAGE;
use crate::auth::{
    Address, AmbiguousVariable, ChooseError, Decision, Missing, Outcome, Product, ResolveError,
    Selected, TokenSource,
};
use crate::config::site_url::UrlError;

/// Why no decision was made.
pub(in crate::cli) fn resolve(error: &ResolveError) -> Message {
    match error {
        ResolveError::Load(error) => load(error),
        ResolveError::Variable(error) => ambiguous_variable(error),
        ResolveError::Choose(error) => choose(error),
    }
}

fn choose(error: &ChooseError) -> Message {
    let usage = |what: String| Message::new(Exit::Usage, what);
    match error {
        ChooseError::Address(error) => {
            let message = usage(format!("not the address of a site: {error}"));
            if *error == UrlError::UserInfo {
                message.hint("leave user and password out")
            } else {
                message
            }
        }
        ChooseError::UnknownProfile {
            name,
            nearest,
            known,
        } => unknown_profile(name, nearest.as_deref(), known),
        ChooseError::NoSite { profile, product } => {
            let field = match product {
                Product::Bitbucket => "bitbucket.base_url",
                _ => "base_url",
            };
            usage(format!("profile `{profile}` has no site for {product}"))
                .hint(format!("to set it: `lassi config set profiles.{profile}.{field}=https://acme.atlassian.net`"))
        }
        ChooseError::NotConfigured { url, product } => {
            let site = Address::parse(url).map_or_else(|_| url.clone(), |address| address.site());
            Message::new(
                Exit::NotFound,
                format!("no site is configured for {url} and {product}"),
            )
            .hint(format!(
                "to sign in there: `lassi auth login {}`",
                shell_word(&site)
            ))
            .hint("`lassi auth list` lists the sites")
        }
        ChooseError::OtherSite { profile, site, url } => {
            usage(format!("profile `{profile}` is for {site}, not for {url}"))
                .hint("leave `--profile` out to choose by the address")
        }
        ChooseError::SeveralProfiles { site, profiles } => profiles.iter().take(10).fold(
            usage(format!("several profiles are for {site}")),
            |message, name| message.hint(format!("`--profile {name}`")),
        ),
        ChooseError::NoDefault {
            product,
            profiles,
            instances,
        } => {
            let message = usage(format!(
                "No default profile configured, and there are several sites for {product}"
            ));
            let message = profiles
                .iter()
                .take(10)
                .fold(message, |message, (name, site)| {
                    message.excerpt(format!("profile {name}: {site}"))
                });
            let message = instances
                .iter()
                .take(10)
                .fold(message, |message, url| message.excerpt(url.clone()));
            let example = profiles.first().map_or("NAME", |(name, _)| name);
            message
                .hint(format!("for good: `lassi auth switch {example}`"))
                .hint(format!(
                    "for one command: `--profile {example}`, or `--url URL`"
                ))
        }
        ChooseError::Nothing { product } => nothing(*product),
    }
}

fn nothing(product: Product) -> Message {
    let (login, variables) = match product {
        Product::Bitbucket => (
            "`lassi auth login --bitbucket --profile work --email you@acme.example`",
            "ATLASSIAN_BITBUCKET_TOKEN or BITBUCKET_TOKEN",
        ),
        _ => (
            "`lassi auth login --profile work --base-url https://acme.atlassian.net --email you@acme.example`",
            "ATLASSIAN_API_TOKEN or LASSI_TOKEN_<HOST>",
        ),
    };
    Message::new(
        Exit::SignIn,
        format!("No default profile configured: there is no site for {product} yet"),
    )
    .hint(format!("to sign in: {login}"))
    .hint(format!("the token may come from a variable: {variables}"))
}

/// A profile that is not there.
pub(in crate::cli) fn unknown_profile(
    name: &str,
    nearest: Option<&str>,
    known: &[String],
) -> Message {
    let message = Message::new(Exit::NotFound, format!("there is no profile `{name}`"));
    match (nearest, known) {
        (Some(near), _) => message.hint(format!("did you mean `{near}`?")),
        (None, []) => message.hint("`lassi auth login` makes one"),
        (None, known) => message.hint(format!("there are: {}", known.join(", "))),
    }
}

fn ambiguous_variable(error: &AmbiguousVariable) -> Message {
    let what = format!(
        "{} means each of the profiles {}",
        error.variable,
        error.profiles.join(", ")
    );
    Message::new(Exit::Usage, what)
        .hint("use the variable LASSI_TOKEN_<HOST>, or rename one: `lassi config rename`")
}

/// A token variable that is named after a host that nothing is configured for.
pub(in crate::cli) fn unmatched_host_variable(variable: &str) -> Message {
    Message::new(Exit::Usage, format!("{variable} names a host that no site is configured for, and is not used"))
        .hint("`.` is written `_`, `-` is written `__`, a port `_8443`; `lassi auth list` lists the sites")
}

/// A decision without a credential.
pub(in crate::cli) fn missing_credential(decision: &Decision, missing: Missing) -> Message {
    let who = match &decision.selected {
        Selected::Profile(profile) => format!("profile `{}`", profile.name),
        Selected::Instance(instance) => format!("`{}`", instance.path),
    };
    let site = &decision.site.value;
    if missing == Missing::Account {
        let set = match &decision.selected {
            Selected::Profile(profile) => {
                format!("profiles.{}.email=you@acme.example", profile.name)
            }
            Selected::Instance(instance) => format!("{}.username=you@acme.example", instance.path),
        };
        return Message::new(
            Exit::SignIn,
            format!("{who} has a token for {site}, and no account: Basic needs one"),
        )
        .hint(format!(
            "to set it: `lassi config set {}`",
            shell_word(&set)
        ));
    }
    let mut message = Message::new(Exit::SignIn, format!("{who} has no token for {site}"));
    for considered in &decision.considered {
        match &considered.outcome {
            Outcome::OtherSite { site } => {
                message.what = format!(
                    "{}: one is stored for {site}, and stays there",
                    message.what
                );
            }
            Outcome::OtherAccount { account } => {
                message = message.hint(format!(
                    "{} belongs to {account} and is not used",
                    source(&considered.source)
                ));
            }
            Outcome::NotSentThere => {
                message = message.hint(format!(
                    "{} is not sent there: only a shared file names this site",
                    source(&considered.source)
                ));
            }
            _ => {}
        }
    }
    let login = match (&decision.selected, decision.product) {
        (Selected::Profile(profile), Product::Bitbucket) => {
            format!("lassi auth login --bitbucket --profile {}", profile.name)
        }
        (Selected::Profile(profile), _) => format!("lassi auth login --profile {}", profile.name),
        (Selected::Instance(instance), _) => {
            format!(
                "lassi config set --secret-stdin {}",
                shell_word(&instance.path.join("api_token").to_string())
            )
        }
    };
    let variable = decision
        .considered
        .iter()
        .find_map(|considered| match &considered.source {
            TokenSource::Variable(name) if name.starts_with("LASSI_TOKEN_") => Some(name.clone()),
            _ => None,
        });
    let made_at = if Address::parse(site).is_ok_and(|site| site.is_atlassians()) {
        format!(" (made at {TOKEN_PAGE})")
    } else {
        String::new()
    };
    message = message.hint(format!("to save one: `{login}`{made_at}"));
    match variable {
        Some(variable) => message.hint(format!("or for this run: the variable {variable}")),
        None => message,
    }
}
