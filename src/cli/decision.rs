//! A decision about a sign-in, as `auth status` and `config explain URL` show it. Never with a secret.

use super::describe;
use super::failure::{Exit, Message};
use super::session::Session;
use crate::auth::{
    Address, ChosenBy, Considered, Credential, Decision, Missing, Outcome, Product, Scheme,
    Selected, TOKEN_PAGE, TokenSource,
};
use crate::config::value::Value;
use serde_json::{Value as Json, json};

/// How many days before its end a token is warned about.
const WARN_DAYS: i32 = 14;

/// The product that an address names, if it is one and names any.
pub(super) fn product_of(url: &str) -> Option<Product> {
    Address::parse(url).ok()?.product()
}

/// For people.
pub(super) fn text(decision: &Decision) -> String {
    let mut text = format!("{}\n", decision.product);
    let mut row = |name: &str, value: &str| text.push_str(&format!("  {name:<10}{value}\n"));
    row(
        "site",
        &format!(
            "{}  ({})",
            decision.site.value,
            describe::origin(&decision.site.origin)
        ),
    );
    row("chosen", &chosen(decision));
    match &decision.credential {
        Ok(credential) => {
            row("sign-in", &scheme(&credential.scheme));
            row("token", &source(&credential.source));
            if let Some(expires) = &credential.expires {
                row("expires", &expires.value.to_plain());
            }
        }
        Err(Missing::Token) => row("token", "missing"),
        Err(Missing::Account) => row("account", "missing: Basic needs one"),
    }
    for considered in &decision.considered {
        if let Some((name, words)) = outcome(considered) {
            row(name, &words);
        }
    }
    for (profile, origin) in &decision.read_only {
        row(
            "read only",
            &format!("says profile {profile} ({})", describe::origin(origin)),
        );
    }
    text
}

/// For programs.
pub(super) fn json(decision: &Decision) -> Json {
    let (profile, instance) = match &decision.selected {
        Selected::Profile(profile) => (Some(profile.name.as_str()), None),
        Selected::Instance(instance) => (None, Some(instance.path.to_string())),
    };
    let credential = decision.credential.as_ref().ok().map(|credential| {
        json!({
            "scheme": scheme_name(&credential.scheme),
            "account": account(&credential.scheme),
            "source": source_json(&credential.source),
            "token_expires": credential.expires.as_ref().map(|date| date.value.to_json()),
        })
    });
    let missing = decision
        .credential
        .as_ref()
        .err()
        .map(|missing| match missing {
            Missing::Token => "token",
            Missing::Account => "account",
        });
    json!({
        "product": decision.product.name(),
        "site": decision.site.value,
        "site_origin": describe::origin_json(&decision.site.origin),
        "profile": profile,
        "instance": instance,
        "chosen_by": chosen_name(&decision.by),
        "credential": credential,
        "missing": missing,
        "considered": decision.considered.iter().map(considered_json).collect::<Json>(),
        "read_only": !decision.read_only.is_empty(),
    })
}

fn chosen(decision: &Decision) -> String {
    let what = match &decision.selected {
        Selected::Profile(profile) => format!("profile {}", profile.name),
        Selected::Instance(instance) => instance.path.to_string(),
    };
    let why = match &decision.by {
        ChosenBy::ProfileFlag => "named by --profile".to_owned(),
        ChosenBy::ProfileVariable => "named by the variable LASSI_PROFILE".to_owned(),
        ChosenBy::DefaultProfile(origin) => {
            format!("the default profile ({})", describe::origin(origin))
        }
        ChosenBy::OnlyProfile => "the only profile".to_owned(),
        ChosenBy::OnlyInstance => "the only site".to_owned(),
        ChosenBy::Address => "the site at the address".to_owned(),
    };
    format!("{what}, {why}")
}

fn chosen_name(by: &ChosenBy) -> &'static str {
    match by {
        ChosenBy::ProfileFlag => "profile-flag",
        ChosenBy::ProfileVariable => "profile-variable",
        ChosenBy::DefaultProfile(_) => "default-profile",
        ChosenBy::OnlyProfile => "only-profile",
        ChosenBy::OnlyInstance => "only-instance",
        ChosenBy::Address => "address",
    }
}

/// How a request is signed in, in words.
pub(super) fn scheme(scheme: &Scheme) -> String {
    match scheme {
        Scheme::Basic { account } => format!("Basic, as {account}"),
        Scheme::Bearer => "Bearer".to_owned(),
        Scheme::Cookies => "session cookies".to_owned(),
    }
}

/// How a request is signed in, for programs.
pub(super) fn scheme_name(scheme: &Scheme) -> &'static str {
    match scheme {
        Scheme::Basic { .. } => "basic",
        Scheme::Bearer => "bearer",
        Scheme::Cookies => "cookies",
    }
}

fn account(scheme: &Scheme) -> Option<&str> {
    match scheme {
        Scheme::Basic { account } => Some(account),
        Scheme::Bearer | Scheme::Cookies => None,
    }
}

/// Where a token is, in words.
pub(super) fn source(source: &TokenSource) -> String {
    match source {
        TokenSource::Variable(name) => format!("the variable {name}"),
        TokenSource::Stored(name) => match &name.origin {
            Some(site) => format!("{}, stored for {site}", name.path),
            None => format!("{}, stored", name.path),
        },
    }
}

fn source_json(source: &TokenSource) -> Json {
    match source {
        TokenSource::Variable(name) => json!({ "variable": name }),
        TokenSource::Stored(name) => {
            json!({ "stored": name.path.to_string(), "site": name.origin })
        }
    }
}

/// What is worth saying of a source that is not used.
fn outcome(considered: &Considered) -> Option<(&'static str, String)> {
    let source = source(&considered.source);
    match &considered.outcome {
        Outcome::Used | Outcome::NotSet => None,
        Outcome::Shadowed => Some(("shadows", source)),
        Outcome::NotSentThere => Some((
            "not used",
            format!("{source}: only a shared file names this site, and the variable names no host"),
        )),
        Outcome::OtherAccount { account } => {
            Some(("not used", format!("{source}: it belongs to {account}")))
        }
        Outcome::OtherSite { site } => {
            let path = match &considered.source {
                TokenSource::Stored(name) => name.path.to_string(),
                TokenSource::Variable(name) => name.clone(),
            };
            Some(("not used", format!("{path}: it was saved for {site}")))
        }
        Outcome::NoAccount => Some(("not used", format!("{source}: no account is set"))),
    }
}

fn considered_json(considered: &Considered) -> Json {
    let outcome = match &considered.outcome {
        Outcome::Used => "used",
        Outcome::Shadowed => "shadowed",
        Outcome::NotSet => "not-set",
        Outcome::NotSentThere => "not-sent-there",
        Outcome::OtherAccount { .. } => "other-account",
        Outcome::OtherSite { .. } => "other-site",
        Outcome::NoAccount => "no-account",
    };
    json!({ "source": source_json(&considered.source), "outcome": outcome })
}

/// Warns about a token that has ended, or soon will.
pub(super) fn warn_about_expiry(session: &Session<'_>, credential: &Credential) {
    let Some(date) = credential
        .expires
        .as_ref()
        .and_then(|located| match &located.value {
            Value::Date(date) => Some(*date),
            _ => None,
        })
    else {
        return;
    };
    let Some(left) = days_until(date) else { return };
    let what = match left {
        ..0 => format!("the token ended on {date}"),
        0 => "the token ends today".to_owned(),
        1..=WARN_DAYS => format!("the token ends on {date}, in {left} days"),
        _ => return,
    };
    session.warn(&Message::new(Exit::SignIn, what).hint(format!("make a new one: {TOKEN_PAGE}")));
}

/// Days from today (UTC) to a date; `None` for a date that no calendar has.
fn days_until(date: toml_edit::Date) -> Option<i32> {
    let end = jiff::civil::Date::new(
        i16::try_from(date.year).ok()?,
        i8::try_from(date.month).ok()?,
        i8::try_from(date.day).ok()?,
    )
    .ok()?;
    let today = jiff::Timestamp::now()
        .to_zoned(jiff::tz::TimeZone::UTC)
        .date();
    Some(end.since(today).ok()?.get_days())
}
