//! An address as a person gives it, copied from a browser perhaps, goes in; whether a site is meant by it comes
//! out.

use super::product::Product;
use crate::config::site_url::{self, UrlError};

/// An address below a site: host, port and whole path segments count, what follows `?` or `#` does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    normal: String,
}

/// Where API tokens for Atlassian's own hosts are made.
pub const TOKEN_PAGE: &str = "https://id.atlassian.com/manage-profile/security/api-tokens";

/// Why a text is no address.
pub type AddressError = UrlError;

/// The first path segments under which the products of a Cloud site live, and whose they are.
const CLOUD_PATHS: [(&str, Product); 9] = [
    ("wiki", Product::Confluence),
    ("jira", Product::Jira),
    ("browse", Product::Jira),
    ("projects", Product::Jira),
    ("issues", Product::Jira),
    ("secure", Product::Jira),
    ("servicedesk", Product::Jsm),
    ("helpcenter", Product::Jsm),
    ("plugins", Product::Jira),
];

impl Address {
    /// Reads an address; user-info is refused.
    pub fn parse(text: &str) -> Result<Address, AddressError> {
        let without = text.split(['?', '#']).next().unwrap_or_default();
        // `/wiki` is dropped on Cloud hosts only at the end of an address, which is right for both readings
        Ok(Address {
            normal: site_url::normalise(without)?,
        })
    }

    /// Its normal form.
    pub fn as_str(&self) -> &str {
        &self.normal
    }

    /// Whether it is at or below the address of a site. `/conf` is not below `/confluence`.
    pub fn is_below(&self, site: &str) -> bool {
        self.normal
            .strip_prefix(site)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The site that it is on, as far as the address alone tells: on Cloud and Bitbucket the host; elsewhere
    /// without what is surely a page, with the context path kept.
    pub fn site(&self) -> String {
        let origin = site_url::origin(&self.normal);
        let path = &self.normal[origin.len()..];
        if self.is_cloud() || self.is_bitbucket() {
            return origin.to_owned();
        }
        if path.starts_with("/ex/") {
            return self.normal.split('/').take(6).collect::<Vec<_>>().join("/");
        }
        let pages = [
            "browse",
            "projects",
            "issues",
            "secure",
            "display",
            "pages",
            "spaces",
            "plugins",
            "servicedesk",
            "dashboard.action",
        ];
        let context: Vec<&str> = path
            .split('/')
            .take_while(|part| !pages.contains(part))
            .collect();
        format!("{origin}{}", context.join("/").trim_end_matches('/'))
    }

    /// The product that its first path segment or its host names.
    pub fn product(&self) -> Option<Product> {
        if self.is_bitbucket() {
            return Some(Product::Bitbucket);
        }
        let path = &self.normal[site_url::origin(&self.normal).len()..];
        let first = path.trim_start_matches('/').split('/').next()?;
        CLOUD_PATHS
            .iter()
            .find(|(segment, _)| *segment == first)
            .map(|(_, product)| *product)
    }

    /// Whether the host is one of Atlassian Cloud.
    pub fn is_cloud(&self) -> bool {
        site_url::is_cloud(&self.normal)
    }

    /// Whether its host is Atlassian's own.
    pub fn is_atlassians(&self) -> bool {
        is_atlassians(site_url::origin(&self.normal))
    }

    fn is_bitbucket(&self) -> bool {
        matches!(
            site_url::host_and_port(&self.normal),
            "bitbucket.org" | "api.bitbucket.org"
        )
    }
}

/// Whether a host is Atlassian's own: what is sent there reaches Atlassian and nobody else.
pub(super) fn is_atlassians(site: &str) -> bool {
    let host = site_url::host_and_port(site);
    site.starts_with("https://")
        && (host.ends_with(".atlassian.net")
            || matches!(
                host,
                "api.atlassian.com" | "bitbucket.org" | "api.bitbucket.org"
            ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_segments_count() {
        let below = |text: &str, site| Address::parse(text).unwrap().is_below(site);
        assert!(below(
            "https://wiki.corp/confluence/display/X?a=b#c",
            "https://wiki.corp/confluence"
        ));
        assert!(!below(
            "https://wiki.corp/confluence",
            "https://wiki.corp/conf"
        ));
        assert!(!below(
            "https://wiki.corp.evil/confluence",
            "https://wiki.corp"
        ));
        assert!(!below("https://wiki.corp:8443/", "https://wiki.corp"));
        assert!(below("ACME.atlassian.net", "https://acme.atlassian.net"));
    }

    #[test]
    fn addresses_from_a_browser_name_their_site_and_product() {
        for (text, site, product) in [
            (
                "https://acme.atlassian.net/jira/software/projects/DEV/boards/1",
                "https://acme.atlassian.net",
                Some(Product::Jira),
            ),
            (
                "https://acme.atlassian.net/wiki/spaces/X/pages/1/T?focus=1",
                "https://acme.atlassian.net",
                Some(Product::Confluence),
            ),
            (
                "https://acme.atlassian.net/browse/DEV-1#c",
                "https://acme.atlassian.net",
                Some(Product::Jira),
            ),
            (
                "https://acme.atlassian.net",
                "https://acme.atlassian.net",
                None,
            ),
            (
                "https://bitbucket.org/acme/repo/src",
                "https://bitbucket.org",
                Some(Product::Bitbucket),
            ),
            (
                "https://host.corp/jira/browse/DEV-1",
                "https://host.corp/jira",
                Some(Product::Jira),
            ),
            (
                "https://jira.corp:8443/secure/Dashboard.jspa",
                "https://jira.corp:8443",
                Some(Product::Jira),
            ),
            (
                "https://wiki.corp/confluence/display/X",
                "https://wiki.corp/confluence",
                None,
            ),
        ] {
            let address = Address::parse(text).unwrap();
            assert_eq!(
                (address.site().as_str(), address.product()),
                (site, product),
                "{text}"
            );
        }
        assert_eq!(
            Address::parse("https://me:pw@x.y/"),
            Err(UrlError::UserInfo)
        );
    }

    #[test]
    fn atlassians_hosts_are_known_exactly() {
        for (site, own) in [
            ("https://acme.atlassian.net", true),
            ("https://bitbucket.org", true),
            ("http://acme.atlassian.net", false),
            ("https://atlassian.net.evil.example", false),
            ("https://evilatlassian.net", false),
            ("https://acme.atlassian.net:8443", false),
        ] {
            assert_eq!(is_atlassians(site), own, "{site}");
        }
    }
}
