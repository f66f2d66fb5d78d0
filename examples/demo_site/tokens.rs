//! The sign-ins that the site knows, all made up: headers of a request go in, who it is comes out.

use super::request::Request;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The account of all of them.
pub(crate) const EMAIL: &str = "you@acme.example";
/// An API token without scopes: good at the site and at the gateway.
pub(crate) const API_TOKEN: &str = "demo-api-token";
/// An API token with the scopes of `scopes.rs`: good at the gateway only.
pub(crate) const SCOPED_TOKEN: &str = "demo-scoped-token";
/// As [`API_TOKEN`], but every other request, the first one included, is told to come again.
pub(crate) const BUSY_TOKEN: &str = "demo-busy-token";
/// An API token whose account has to sign in in a browser first, after too many wrong passwords.
pub(crate) const CAPTCHA_TOKEN: &str = "demo-captcha-token";
/// A personal access token of Data Center.
pub(crate) const PERSONAL_ACCESS_TOKEN: &str = "demo-personal-access-token";
/// The cookie of a session in a browser, for Data Center.
pub(crate) const SESSION_COOKIES: &str = "JSESSIONID=demo-session";
/// An API token of Bitbucket, with all scopes.
pub(crate) const BITBUCKET_TOKEN: &str = "demo-bitbucket-token";
/// An access token of the workspace, which has no account.
pub(crate) const WORKSPACE_TOKEN: &str = "demo-workspace-token";

/// Who sends a request. Any token that is not one of the above is [`Caller::Unknown`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Caller {
    /// Without a credential.
    Nobody,
    /// With [`API_TOKEN`].
    ApiToken,
    /// With [`SCOPED_TOKEN`].
    ScopedToken,
    /// With [`BUSY_TOKEN`].
    BusyToken,
    /// With [`CAPTCHA_TOKEN`].
    CaptchaToken,
    /// With [`BITBUCKET_TOKEN`].
    BitbucketToken,
    /// With [`PERSONAL_ACCESS_TOKEN`] as Bearer.
    PersonalAccessToken,
    /// With [`WORKSPACE_TOKEN`] as Bearer.
    WorkspaceToken,
    /// With [`SESSION_COOKIES`].
    Session,
    /// With an account or token that the site does not know, as Basic.
    Unknown,
    /// With a token that the site does not know, as Bearer.
    UnknownBearer,
}

impl Caller {
    /// Reads the headers.
    pub(crate) fn of(request: &Request) -> Caller {
        let Some(authorization) = request.header("authorization") else {
            let session = request
                .header("cookie")
                .is_some_and(|cookies| cookies.contains(SESSION_COOKIES));
            return if session {
                Caller::Session
            } else {
                Caller::Nobody
            };
        };
        if let Some(token) = authorization.strip_prefix("Bearer ") {
            return match token {
                PERSONAL_ACCESS_TOKEN => Caller::PersonalAccessToken,
                WORKSPACE_TOKEN => Caller::WorkspaceToken,
                _ => Caller::UnknownBearer,
            };
        }
        let plain = authorization
            .strip_prefix("Basic ")
            .and_then(|text| STANDARD.decode(text).ok())
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .unwrap_or_default();
        match plain.split_once(':') {
            Some((EMAIL, API_TOKEN)) => Caller::ApiToken,
            Some((EMAIL, SCOPED_TOKEN)) => Caller::ScopedToken,
            Some((EMAIL, BUSY_TOKEN)) => Caller::BusyToken,
            Some((EMAIL, CAPTCHA_TOKEN)) => Caller::CaptchaToken,
            Some((EMAIL, BITBUCKET_TOKEN)) => Caller::BitbucketToken,
            _ => Caller::Unknown,
        }
    }
}
