//! A credential as it is sent, and where it may be sent: a secret goes in, a header comes out, for its own origins only.

use super::redact::MASK;
use crate::secret::Secret;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use reqwest::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue};
use url::Url;
use zeroize::Zeroizing;

/// A header that signs in, bound to the origins (RFC 6454) that it belongs to.
#[derive(Debug, Clone)]
pub struct Authorization {
    header: HeaderName,
    /// Marked as sensitive, so that it is not shown by `Debug`.
    value: HeaderValue,
    origins: Vec<url::Origin>,
    /// What the trace says of it: scheme and source, never the secret.
    description: String,
}

impl Authorization {
    /// Account and token (RFC 7617). `None` if they cannot stand in a header.
    pub fn basic(account: &str, token: &Secret) -> Option<Authorization> {
        let pair = Zeroizing::new(format!("{account}:{}", token.expose()));
        let encoded = Zeroizing::new(BASE64_STANDARD.encode(pair.as_bytes()));
        Self::of(
            AUTHORIZATION,
            &Zeroizing::new(format!("Basic {}", *encoded)),
        )
    }

    /// The token alone (RFC 6750). `None` if it cannot stand in a header.
    pub fn bearer(token: &Secret) -> Option<Authorization> {
        Self::of(
            AUTHORIZATION,
            &Zeroizing::new(format!("Bearer {}", token.expose())),
        )
    }

    /// Cookies of a browser's session, as `name=value; name=value`. `None` if they cannot stand in a header.
    pub fn cookies(cookies: &Secret) -> Option<Authorization> {
        Self::of(COOKIE, cookies.expose())
    }

    fn of(header: HeaderName, text: &str) -> Option<Authorization> {
        let mut value = HeaderValue::from_str(text).ok()?;
        value.set_sensitive(true);
        Some(Authorization {
            header,
            value,
            origins: Vec::new(),
            description: String::new(),
        })
    }

    /// Lets it go to the origin of an address, too.
    #[must_use]
    pub fn for_origin_of(mut self, url: &Url) -> Authorization {
        let origin = url.origin();
        if !self.origins.contains(&origin) {
            self.origins.push(origin);
        }
        self
    }

    /// Says what it is, for the trace.
    #[must_use]
    pub fn described(self, description: String) -> Authorization {
        Authorization {
            description,
            ..self
        }
    }

    /// What it is, without the secret.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// A text in which the secret is masked, as it is and as it is sent: a server may say what it was sent.
    pub fn masked(&self, text: &str) -> String {
        /// What is shorter stands in too many words that say nothing of it.
        const SHORTEST: usize = 6;
        let sent = Zeroizing::new(String::from_utf8_lossy(self.value.as_bytes()).into_owned());
        let mut secrets: Vec<Zeroizing<String>> = Vec::new();
        let mut add = |text: &str| secrets.push(Zeroizing::new(text.to_owned()));
        if self.header == COOKIE {
            for cookie in sent.split(';') {
                add(cookie
                    .split_once('=')
                    .map_or(cookie, |(_, value)| value)
                    .trim());
            }
        } else if let Some((scheme, value)) = sent.split_once(' ') {
            add(value);
            let plain = BASE64_STANDARD.decode(value).map(Zeroizing::new);
            if let ("Basic", Ok(plain)) = (scheme, plain)
                && let Some((_, token)) = std::str::from_utf8(&plain)
                    .ok()
                    .and_then(|pair| pair.split_once(':'))
            {
                add(token);
            }
        }
        let long = secrets.iter().filter(|secret| secret.len() >= SHORTEST);
        long.fold(text.to_owned(), |text, secret| {
            text.replace(secret.as_str(), MASK)
        })
    }

    /// The header for a request to an address; `None` where it does not belong.
    pub(super) fn header_for(&self, url: &Url) -> Option<(&HeaderName, &HeaderValue)> {
        self.origins
            .contains(&url.origin())
            .then_some((&self.header, &self.value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Secret {
        Secret::from_input(text.to_owned()).expect("a secret")
    }

    #[test]
    fn a_credential_goes_to_its_own_origins_only() {
        let site = Url::parse("https://acme.atlassian.net/wiki").expect("a URL");
        let authorization = Authorization::basic("me@acme.example", &secret("hunter2"))
            .expect("a header")
            .for_origin_of(&site);
        for (url, goes) in [
            ("https://acme.atlassian.net/rest/api/3/myself", true),
            ("https://acme.atlassian.net:443/", true),
            ("http://acme.atlassian.net/", false),
            ("https://acme.atlassian.net:8443/", false),
            ("https://acme.atlassian.net.evil.example/", false),
        ] {
            let url = Url::parse(url).expect("a URL");
            assert_eq!(authorization.header_for(&url).is_some(), goes, "{url}");
        }
    }

    #[test]
    fn what_a_server_says_of_the_secret_is_masked() {
        let basic = Authorization::basic("me", &secret("hunter2")).expect("a header");
        assert_eq!(
            basic.masked("me: hunter2 or bWU6aHVudGVyMg== is wrong"),
            "me: ******** or ******** is wrong"
        );
        let bearer = Authorization::bearer(&secret("hunter2")).expect("a header");
        assert_eq!(bearer.masked("hunter2?"), "********?");
        let cookies = Authorization::cookies(&secret("A=hunter2; b=1")).expect("a header");
        assert_eq!(cookies.masked("A=hunter2; b=1"), "A=********; b=1");
    }

    #[test]
    fn the_secret_is_not_shown() {
        let authorization = Authorization::bearer(&secret("hunter2")).expect("a header");
        assert!(!format!("{authorization:?}").contains("hunter2"));
        let basic = Authorization::basic("a", &secret("hunter2")).expect("a header");
        assert!(!format!("{basic:?}").contains("OmVt"), "{basic:?}");
    }
}
