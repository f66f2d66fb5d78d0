//! The variables that can hold a token for a site, in their order.

use super::address::is_atlassians;
use super::candidates::{Candidates, Profile};
use super::product::Product;
use crate::config::env::{host_part, variable_part};
use crate::config::layer::Origin;
use crate::config::site_url;
use crate::environment::Environment;

/// The prefix of variables that are named after a host.
const HOST_PREFIX: &str = "LASSI_TOKEN_";

/// A variable that could hold the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TokenVariable {
    /// Its name.
    pub name: String,
    /// Whether it is set.
    pub is_set: bool,
    /// Whether it names the host that the token is for.
    pub names_host: bool,
}

/// Two profiles whose names read as the same variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmbiguousVariable {
    /// The variable.
    pub variable: String,
    /// The profiles.
    pub profiles: Vec<String>,
}

/// The variables for a site, first found first.
pub(super) fn for_site(
    environment: &Environment,
    product: Product,
    site: &str,
    profile: Option<&Profile>,
    candidates: &Candidates,
) -> Result<Vec<TokenVariable>, AmbiguousVariable> {
    let (prefix, general): (_, &[&str]) = match product {
        Product::Bitbucket => (
            "ATLASSIAN_CLI_BITBUCKET_TOKEN_",
            &["ATLASSIAN_BITBUCKET_TOKEN", "BITBUCKET_TOKEN"],
        ),
        _ => ("ATLASSIAN_CLI_TOKEN_", &["ATLASSIAN_API_TOKEN"]),
    };
    let mut variables = Vec::new();
    if let Some(profile) = profile {
        let name = format!("{prefix}{}", variable_part(&profile.name));
        let is_set = environment.variable(&name).is_some();
        let same = |other: &&Profile| variable_part(&other.name) == variable_part(&profile.name);
        let profiles: Vec<String> = candidates
            .profiles
            .iter()
            .filter(same)
            .map(|other| other.name.clone())
            .collect();
        if is_set && profiles.len() > 1 {
            return Err(AmbiguousVariable {
                variable: name,
                profiles,
            });
        }
        variables.push(TokenVariable {
            name,
            is_set,
            names_host: false,
        });
    }
    let wanted = format!("{HOST_PREFIX}{}", host_part(site_url::host_and_port(site)));
    let written = host_variables(environment).find(|name| name.eq_ignore_ascii_case(&wanted));
    let is_set = written.is_some();
    variables.push(TokenVariable {
        name: written.map_or(wanted, str::to_owned),
        is_set,
        names_host: true,
    });
    variables.extend(general.iter().map(|name| TokenVariable {
        name: (*name).to_owned(),
        is_set: environment.variable(name).is_some(),
        names_host: false,
    }));
    Ok(variables)
}

/// Whether a token that names no host may go to a site: the user named it, or it is Atlassian's own.
pub(super) fn may_go_to(site: &str, origin: &Origin) -> bool {
    !origin.layer().is_shared() || is_atlassians(site)
}

/// Variables that are named after a host, in any case.
fn host_variables(environment: &Environment) -> impl Iterator<Item = &str> {
    environment
        .variables_with_prefix("")
        .map(|(name, _)| name)
        .filter(|name| {
            name.len() > HOST_PREFIX.len()
                && name
                    .get(..HOST_PREFIX.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(HOST_PREFIX))
        })
}

/// Variables that are named after a host that nothing is configured for; `sites` are all addresses.
pub fn unmatched_host_variables<'a>(
    environment: &'a Environment,
    sites: &[String],
) -> Vec<&'a str> {
    let known: Vec<String> = sites
        .iter()
        .map(|site| format!("{HOST_PREFIX}{}", host_part(site_url::host_and_port(site))))
        .collect();
    host_variables(environment)
        .filter(|name| !known.iter().any(|known| known.eq_ignore_ascii_case(name)))
        .collect()
}
