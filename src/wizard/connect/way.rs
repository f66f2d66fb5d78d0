//! The kinds of sign-in, in plain words: which fit a site, where a token is made, and which scopes it needs.

use crate::auth::{Product, Scheme, TOKEN_PAGE};

/// The scopes that a token with scopes needs to read.
const JIRA_SCOPES: &str = "read:jira-work read:jira-user (and write:jira-work to change things)";
const CONFLUENCE_SCOPES: &str = "read:confluence-content.all read:account read:confluence-content.permission \
    read:confluence-content.summary read:confluence-groups read:confluence-props read:confluence-space.summary \
    read:confluence-user read:me readonly:content.attachment:confluence search:confluence";
const BITBUCKET_SCOPES: &str =
    "read:user:bitbucket read:repository:bitbucket read:pullrequest:bitbucket";

/// A kind of sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Account and a token that may do all that the account may.
    ApiToken,
    /// Account and a token with scopes.
    ScopedToken,
    /// A personal access token of Data Center.
    PersonalToken,
    /// Account and password, or token, of Data Center.
    Password,
    /// The cookies of a browser.
    Cookies,
    /// Account and token, for Bitbucket.
    BitbucketToken,
    /// An access token of Bitbucket.
    AccessToken,
}

/// What is known of where a site runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deployment {
    Cloud,
    DataCenter,
    Bitbucket,
    Unknown,
}

impl Way {
    /// Those that fit.
    pub(super) fn offered(deployment: Deployment) -> &'static [Way] {
        match deployment {
            Deployment::Cloud => &[Way::ApiToken, Way::ScopedToken],
            Deployment::DataCenter => &[Way::PersonalToken, Way::Password, Way::Cookies],
            Deployment::Bitbucket => &[Way::BitbucketToken, Way::AccessToken],
            Deployment::Unknown => &[
                Way::PersonalToken,
                Way::ApiToken,
                Way::ScopedToken,
                Way::Password,
                Way::Cookies,
            ],
        }
    }

    /// The one that flags or a profile mean, where nobody is asked.
    pub(super) fn meant(bearer: bool, deployment: Deployment) -> Way {
        match (bearer, deployment) {
            (true, Deployment::Bitbucket) => Way::AccessToken,
            (true, _) => Way::PersonalToken,
            (false, Deployment::Bitbucket) => Way::BitbucketToken,
            (false, Deployment::DataCenter) => Way::Password,
            (false, _) => Way::ApiToken,
        }
    }

    pub(super) fn label(self) -> &'static str {
        match self {
            Way::ApiToken => "API token",
            Way::ScopedToken | Way::BitbucketToken => "API token with scopes",
            Way::PersonalToken => "Personal access token",
            Way::Password => "Account and token, or password",
            Way::Cookies => "Browser session",
            Way::AccessToken => "Access token",
        }
    }

    pub(super) fn about(self) -> &'static str {
        match self {
            Way::ApiToken => "Your email address and a token that may do all that you may.",
            Way::ScopedToken => "Your email address and a token that may do only what you tick.",
            Way::BitbucketToken => "Your email address and a token with scopes for Bitbucket.",
            Way::PersonalToken => "A token of Data Center alone, without an account.",
            Way::Password => "For a Data Center whose administrator allows it.",
            Way::Cookies => {
                "The cookies of a signed-in browser, for Data Center behind single sign-on."
            }
            Way::AccessToken => {
                "A token of a repository, project or workspace, without an account."
            }
        }
    }

    pub(super) fn needs_account(self) -> bool {
        !self.is_bearer() && self != Way::Cookies
    }

    pub(super) fn is_bearer(self) -> bool {
        matches!(self, Way::PersonalToken | Way::AccessToken)
    }

    /// How it is sent.
    pub(super) fn scheme(self, account: &str) -> Scheme {
        match self {
            Way::Cookies => Scheme::Cookies,
            way if way.is_bearer() => Scheme::Bearer,
            _ => Scheme::Basic {
                account: account.to_owned(),
            },
        }
    }

    /// What is asked for.
    pub(super) fn secret(self) -> &'static str {
        match self {
            Way::Cookies => "Cookies",
            Way::Password => "Token or password",
            _ => "Token",
        }
    }

    /// Where it is made, and with which scopes; sentences to be said before it is asked for.
    pub(super) fn instructions(self, site: &str, products: &[Product]) -> Vec<String> {
        // the address stands alone, so that it can be copied
        let made_at = |what: &str| vec![format!("Make {what} here:"), TOKEN_PAGE.to_owned()];
        match self {
            Way::ApiToken => made_at("an API token"),
            Way::ScopedToken => {
                let mut lines = made_at("an API token with scopes");
                for product in products {
                    let scopes = match product {
                        Product::Confluence => CONFLUENCE_SCOPES,
                        Product::Jira | Product::Jsm => JIRA_SCOPES,
                        Product::Bitbucket => BITBUCKET_SCOPES,
                    };
                    lines.push(format!("Scopes to tick for {}: {scopes}", product.title()));
                }
                lines
            }
            Way::BitbucketToken => {
                let mut lines = made_at("an API token with scopes, for Bitbucket,");
                lines.push(format!("Scopes to tick: {BITBUCKET_SCOPES}"));
                lines
            }
            Way::PersonalToken => vec![format!(
                "Personal access tokens are made at {site}: your picture, Profile or Settings, Personal Access Tokens"
            )],
            Way::Password => vec!["An administrator may have switched passwords off: then use a personal access token".to_owned()],
            Way::Cookies => vec![format!(
                "Sign in to {site} with a browser, and copy the Cookie header of any request from its developer tools: NAME=VALUE; NAME=VALUE"
            )],
            Way::AccessToken => vec![
                "Access tokens are made in the settings of a repository, project or workspace: Access tokens".to_owned(),
                "Scopes to tick: repository and pull request, read".to_owned(),
            ],
        }
    }
}
