//! Text that a person typed or a file holds goes in; the one normal form of a site's address comes out.
//!
//! Two spellings of one address have to meet in one key, so every address is normalised once, when it is
//! parsed: `https://` where no scheme is given, scheme and host in lower case, no default port, no slash at the
//! end, no `/wiki` on Cloud hosts. Paths like `/jira` are part of the address (Data Center context paths).

use std::fmt;

/// Hosts under these names are Atlassian Cloud sites; Confluence lives there under `/wiki`.
const CLOUD_DOMAINS: [&str; 2] = [".atlassian.net", ".atlassian-us-gov-mod.net"];

/// Why a text is not the address of a site. Holds nothing of the text: user-info and queries may be secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UrlError {
    /// There is no host in it.
    NoHost,
    /// A character that no address holds unescaped, such as a blank or a quote.
    Character(char),
    /// Another scheme than `http` or `https` (for a proxy: also `socks5`, `socks5h`).
    Scheme,
    /// `user:password@`: credentials are kept in the store.
    UserInfo,
    /// Something behind `?`.
    Query,
    /// Something behind `#`.
    Fragment,
    /// Not an address for any other reason.
    Malformed(url::ParseError),
}

impl UrlError {
    /// Whether the refused part may be a secret, so that the text must not be shown again.
    pub fn hides_text(self) -> bool {
        matches!(
            self,
            UrlError::UserInfo | UrlError::Query | UrlError::Fragment
        )
    }
}

impl fmt::Display for UrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UrlError::NoHost => {
                f.write_str("an address needs a host, such as `acme.atlassian.net`")
            }
            UrlError::Character(c) => write!(f, "an address holds no `{}`", c.escape_debug()),
            UrlError::Scheme => f.write_str("an address starts with `https://`"),
            UrlError::UserInfo => f.write_str("an address here has no user or password in it"),
            UrlError::Query => f.write_str("an address here has no query (`?…`)"),
            UrlError::Fragment => f.write_str("an address here has no fragment (`#…`)"),
            UrlError::Malformed(error) => write!(f, "not an address ({error})"),
        }
    }
}

impl std::error::Error for UrlError {}

/// The normal form of a site's address.
///
/// `ACME.atlassian.net/wiki/` becomes `https://acme.atlassian.net`. `http://` is let through here; whether it
/// may be used is asked of `connection.allow_http` (see [`plain_http_host`]).
pub fn normalise(raw: &str) -> Result<String, UrlError> {
    let url = parse(raw, &["https", "http"])?;
    let host = url.host_str().unwrap_or_default().trim_end_matches('.');
    if host.is_empty() {
        return Err(UrlError::NoHost);
    }
    let mut path = url.path().trim_end_matches('/');
    if CLOUD_DOMAINS.iter().any(|domain| host.ends_with(domain)) {
        path = path
            .strip_suffix("/wiki")
            .unwrap_or(path)
            .trim_end_matches('/');
    }
    let port = url.port().map_or(String::new(), |port| format!(":{port}"));
    Ok(format!("{}://{host}{port}{path}", url.scheme()))
}

/// The normal form of a proxy's address: `http`, `https`, `socks5` or `socks5h`, and no user-info.
pub fn normalise_proxy(raw: &str) -> Result<String, UrlError> {
    let with_scheme = if raw.contains("://") {
        raw.to_owned()
    } else {
        format!("http://{raw}")
    };
    let url = parse(&with_scheme, &["http", "https", "socks5", "socks5h"])?;
    let host = url
        .host_str()
        .filter(|host| !host.is_empty())
        .ok_or(UrlError::NoHost)?;
    let port = url.port().map_or(String::new(), |port| format!(":{port}"));
    Ok(format!("{}://{host}{port}", url.scheme()))
}

fn parse(raw: &str, schemes: &[&str]) -> Result<url::Url, UrlError> {
    let odd = |c: &char| c.is_whitespace() || c.is_control() || "\"'\\=<>`{}|^".contains(*c);
    // asked first, so that an address with a password in it is refused for that and never shown
    let authority = raw.split_once("://").map_or(raw, |(_, rest)| rest);
    if authority.contains('@') {
        return Err(UrlError::UserInfo);
    }
    if raw.contains('?') {
        return Err(UrlError::Query);
    }
    if raw.contains('#') {
        return Err(UrlError::Fragment);
    }
    if let Some(c) = raw.chars().find(odd) {
        return Err(UrlError::Character(c));
    }
    let text = if raw.contains("://") {
        raw.to_owned()
    } else {
        format!("https://{raw}")
    };
    let url = url::Url::parse(&text).map_err(|error| match error {
        url::ParseError::EmptyHost => UrlError::NoHost,
        other => UrlError::Malformed(other),
    })?;
    if !schemes.contains(&url.scheme()) {
        return Err(UrlError::Scheme);
    }
    Ok(url)
}

/// Whether a text is spelled just as [`normalise`] would print it. Cheap, and one-sided: `false` only means
/// 'ask `normalise`'.
pub fn is_normal(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://") else {
        return false;
    };
    let (host, path) = match rest.split_once('/') {
        Some((host, path)) => (host, Some(path)),
        None => (rest, None),
    };
    is_plain_host(host)
        && path.is_none_or(|path| is_plain_path(path) && !ends_in_cloud_wiki(host, path))
}

/// A name of lower-case labels whose last one cannot be a number: nothing that `Url` would rewrite.
fn is_plain_host(host: &str) -> bool {
    let mut last: &[u8] = b"";
    for label in host.as_bytes().split(|byte| *byte == b'.') {
        let plain = label
            .iter()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-');
        if label.is_empty() || !plain || label.starts_with(b"xn--") {
            return false;
        }
        last = label;
    }
    last.iter().any(u8::is_ascii_lowercase) && !last.starts_with(b"0x")
}

fn is_plain_path(path: &str) -> bool {
    path.split('/').all(|part| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    })
}

fn ends_in_cloud_wiki(host: &str, path: &str) -> bool {
    (path == "wiki" || path.ends_with("/wiki"))
        && CLOUD_DOMAINS.iter().any(|domain| host.ends_with(domain))
}

/// Whether an address in normal form is on a host of Atlassian Cloud.
pub fn is_cloud(normal: &str) -> bool {
    let host = host_and_port(normal);
    CLOUD_DOMAINS.iter().any(|domain| host.ends_with(domain))
}

/// Whether an address in normal form is on a host of Atlassian's cloud for governments, which has a gateway of its own.
pub fn is_government_cloud(normal: &str) -> bool {
    host_and_port(normal).ends_with(".atlassian-us-gov-mod.net")
}

/// Scheme, host and port of an address in normal form: what a credential is bound to (RFC 6454).
pub fn origin(normal: &str) -> &str {
    let host = normal.find("://").map_or(0, |at| at + 3);
    normal[host..]
        .find('/')
        .map_or(normal, |end| &normal[..host + end])
}

/// Host and port of an address in normal form, as `connection.allow_http` lists them.
pub fn host_and_port(normal: &str) -> &str {
    let origin = origin(normal);
    origin.split_once("://").map_or(origin, |(_, host)| host)
}

/// The host of an `http://` address that is not this machine: it needs an entry in `connection.allow_http`.
pub fn plain_http_host(normal: &str) -> Option<&str> {
    normal.strip_prefix("http://")?;
    let host = host_and_port(normal);
    let name = host
        .rsplit_once(':')
        .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
        .map_or(host, |p| p.0);
    let loopback = name == "localhost"
        || name == "[::1]"
        || name
            .parse::<std::net::Ipv4Addr>()
            .is_ok_and(|address| address.is_loopback());
    (!loopback).then_some(host)
}

/// Whether a list such as `connection.allow_http` holds the host: with its port, or for all ports.
pub fn host_is_listed(host: &str, list: &[String]) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    list.iter().any(|entry| entry == host || entry == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_meet_in_one_form() {
        for (raw, normal) in [
            ("acme.atlassian.net", "https://acme.atlassian.net"),
            (
                "HTTPS://ACME.Atlassian.net:443/",
                "https://acme.atlassian.net",
            ),
            (
                "https://acme.atlassian.net/wiki/",
                "https://acme.atlassian.net",
            ),
            (
                "https://acme.atlassian.net./wiki",
                "https://acme.atlassian.net",
            ),
            ("https://wiki.corp/wiki", "https://wiki.corp/wiki"),
            (
                "https://wiki.corp/confluence//",
                "https://wiki.corp/confluence",
            ),
            ("http://localhost:80/jira", "http://localhost/jira"),
            ("https://host:8443", "https://host:8443"),
            ("https://[::1]:8080", "https://[::1]:8080"),
            (
                "https://api.atlassian.com/ex/jira/11111111-2222-3333-4444-555555555555",
                "https://api.atlassian.com/ex/jira/11111111-2222-3333-4444-555555555555",
            ),
        ] {
            assert_eq!(normalise(raw).as_deref(), Ok(normal), "{raw}");
            assert_eq!(normalise(normal).as_deref(), Ok(normal), "{normal} again");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for (raw, error) in [
            ("https://me:pw@acme.example", UrlError::UserInfo),
            ("me@acme.example", UrlError::UserInfo),
            ("https://acme.example/?token=1", UrlError::Query),
            ("https://acme.example/#a", UrlError::Fragment),
            ("ftp://acme.example", UrlError::Scheme),
            ("https://", UrlError::NoHost),
            ("a b", UrlError::Character(' ')),
            ("a\"b", UrlError::Character('"')),
        ] {
            assert_eq!(normalise(raw), Err(error), "{raw}");
        }
    }

    #[test]
    fn cheap_check_never_disagrees() {
        for text in [
            "https://acme.atlassian.net",
            "https://acme.atlassian.net/wiki",
            "https://acme.atlassian.net/",
            "https://acme.atlassian.net:443",
            "https://ACME.net",
            "https://10.0.0.1",
            "https://010.0.0.0x1",
            "https://a.1",
            "https://xn--bcher-kva.example",
            "https://a..b",
            "https://host/a/../b",
            "https://host/%41",
            "https://host/a_b-C",
            "https://x.atlassian-us-gov-mod.net/wiki",
        ] {
            if is_normal(text) {
                assert_eq!(normalise(text).as_deref(), Ok(text));
            }
        }
        assert!(is_normal("https://site-05000.atlassian.net"));
        assert!(is_normal("https://wiki.corp/confluence"));
        assert!(!is_normal("https://acme.atlassian.net/wiki"));
    }

    #[test]
    fn plain_http_is_for_this_machine() {
        assert_eq!(plain_http_host("https://example.com"), None);
        assert_eq!(plain_http_host("http://localhost:8080/jira"), None);
        assert_eq!(plain_http_host("http://127.0.0.7"), None);
        assert_eq!(plain_http_host("http://[::1]:81"), None);
        assert_eq!(
            plain_http_host("http://example.com:81/x"),
            Some("example.com:81")
        );
        assert!(host_is_listed("example.com:81", &["example.com".into()]));
        assert!(host_is_listed("example.com:81", &["example.com:81".into()]));
        assert!(!host_is_listed(
            "example.com:82",
            &["example.com:81".into()]
        ));
        assert!(!host_is_listed("example.org", &["example.com".into()]));
    }

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        assert_eq!(
            origin("https://wiki.corp:8443/confluence"),
            "https://wiki.corp:8443"
        );
        assert_eq!(
            origin("https://acme.atlassian.net"),
            "https://acme.atlassian.net"
        );
        assert_eq!(
            host_and_port("https://wiki.corp:8443/confluence"),
            "wiki.corp:8443"
        );
    }
}
