//! A site and what settings say of it go in; whether it is Cloud, and the ways that a request can take, come out.
//!
//! Pure: nothing is asked of a network. The order is that of the design's section 'From settings to a request'.

use super::candidates::Located;
use super::product::Product;
use crate::config::layer::LoadError;
use crate::config::path::Path;
use crate::config::schema::Match;
use crate::config::site_url;
use crate::config::stack::Stack;
use crate::config::views;

/// The gateway of Atlassian's public cloud, which is the default of `connection.gateway_url`.
const PUBLIC_GATEWAY: &str = "https://api.atlassian.com";

/// What runs at a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Deployment {
    /// Atlassian's own servers.
    Cloud,
    /// Somebody's own server.
    DataCenter,
}

/// How a request to Cloud travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Route {
    /// Straight to the site.
    Site,
    /// Through the gateway.
    Gateway,
}

impl Route {
    /// Its name in settings and output.
    pub fn name(self) -> &'static str {
        match self {
            Route::Site => "site",
            Route::Gateway => "gateway",
        }
    }

    /// The route of that name.
    pub fn named(name: &str) -> Option<Route> {
        [Route::Site, Route::Gateway]
            .into_iter()
            .find(|route| route.name() == name)
    }
}

impl Deployment {
    /// Its name in settings and output.
    pub fn name(self) -> &'static str {
        match self {
            Deployment::Cloud => "cloud",
            Deployment::DataCenter => "datacenter",
        }
    }
}

/// What settings say of a site.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SiteFacts {
    /// `deployment`, where it is not `auto`.
    pub deployment: Option<Deployment>,
    /// `cloud_id`, and who says so.
    pub cloud_id: Option<Located<String>>,
}

impl SiteFacts {
    /// What settings say of a product at a site.
    pub fn read(stack: &Stack, product: Product, site: &str) -> Result<SiteFacts, LoadError> {
        let field = |name| -> Result<Option<Located<String>>, LoadError> {
            let path = site_path(product, site).join(name);
            let Match::Setting(setting) = path.lookup() else {
                return Ok(None);
            };
            let resolved = stack.resolve(&path, setting)?;
            Ok(resolved.and_then(|resolved| {
                Some(Located {
                    value: resolved.value.as_text()?.to_owned(),
                    origin: resolved.origin,
                })
            }))
        };
        let deployment = match field("deployment")?.as_ref().map(|d| d.value.as_str()) {
            Some("cloud") => Some(Deployment::Cloud),
            Some("datacenter") => Some(Deployment::DataCenter),
            _ => None,
        };
        Ok(SiteFacts {
            deployment,
            cloud_id: field("cloud_id")?,
        })
    }

    /// What runs at the site.
    pub fn deployment_of(&self, site: &str) -> Deployment {
        self.deployment.unwrap_or_else(|| {
            let cloud = site_url::is_cloud(site) || gateway_id(site).is_some();
            if cloud || self.cloud_id.is_some() {
                Deployment::Cloud
            } else {
                Deployment::DataCenter
            }
        })
    }
}

/// `auth.<product>["<site>"]`.
pub fn site_path(product: Product, site: &str) -> Path {
    Path::from_declared(["auth", product.auth_key(), site])
}

/// The setting that holds the cloud ID of a product at a site.
pub fn cloud_id_path(product: Product, site: &str) -> Path {
    site_path(product, site).join("cloud_id")
}

/// The cloud ID in an address of the gateway: `https://api.atlassian.com/ex/<product>/<cloudId>`.
pub fn gateway_id(site: &str) -> Option<&str> {
    let path = &site[site_url::origin(site).len()..];
    let (_product, id) = path.strip_prefix("/ex/")?.split_once('/')?;
    (!id.is_empty() && !id.contains('/')).then_some(id)
}

/// The ways to a site, the first one to try first: where paths such as `/rest/api/3/myself` and `/wiki/rest/api/…` go.
///
/// `preferred` is the one that worked before.
pub fn ways(
    product: Product,
    site: &str,
    cloud_id: Option<&str>,
    connection: &views::Connection,
    preferred: Option<Route>,
) -> Vec<(Route, String)> {
    if product == Product::Bitbucket {
        return vec![(Route::Site, bitbucket_base(site))];
    }
    if let Some(id) = gateway_id(site) {
        let base = gateway_base(site_url::origin(site), product, id);
        return vec![(Route::Gateway, base)];
    }
    let straight = (Route::Site, site.to_owned());
    let Some(id) = cloud_id else {
        return vec![straight];
    };
    if site_url::is_government_cloud(site) && connection.gateway_url == PUBLIC_GATEWAY {
        // what is a government's has no business there, whatever the route
        return vec![straight];
    }
    let gateway = (
        Route::Gateway,
        gateway_base(&connection.gateway_url, product, id),
    );
    match connection.route {
        views::Route::Site => vec![straight],
        views::Route::Gateway => vec![gateway],
        views::Route::Auto if preferred == Some(Route::Site) => vec![straight, gateway],
        views::Route::Auto => vec![gateway, straight],
    }
}

fn gateway_base(gateway: &str, product: Product, id: &str) -> String {
    format!("{gateway}/ex/{}/{id}", product.auth_key())
}

/// Where Bitbucket's API is: for Bitbucket itself on a host of its own, elsewhere at the address. Without `/2.0`.
fn bitbucket_base(site: &str) -> String {
    match site {
        "https://bitbucket.org" => "https://api.bitbucket.org".to_owned(),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::stack::Stack;

    const ID: &str = "11111111-2222-3333-4444-555555555555";

    fn connection() -> views::Connection {
        views::connection(&Stack::default()).expect("the defaults fit")
    }

    fn bases(product: Product, site: &str, id: Option<&str>, before: Option<Route>) -> Vec<String> {
        let ways = ways(product, site, id, &connection(), before);
        ways.into_iter().map(|(_, base)| base).collect()
    }

    #[test]
    fn with_a_cloud_id_the_gateway_comes_first() {
        let site = "https://acme.atlassian.net";
        let gateway = format!("https://api.atlassian.com/ex/jira/{ID}");
        assert_eq!(bases(Product::Jira, site, None, None), [site]);
        assert_eq!(
            bases(Product::Jsm, site, Some(ID), None),
            [gateway.as_str(), site]
        );
        assert_eq!(
            bases(Product::Jira, site, Some(ID), Some(Route::Site)),
            [site, gateway.as_str()]
        );
    }

    #[test]
    fn a_government_is_not_led_through_the_gateway_of_the_public() {
        let site = "https://acme.atlassian-us-gov-mod.net";
        assert_eq!(bases(Product::Jira, site, Some(ID), None), [site]);
        let own = views::Connection {
            gateway_url: "https://api.atlassian-us-gov-mod.com".to_owned(),
            ..connection()
        };
        let ways = ways(Product::Jira, site, Some(ID), &own, None);
        assert_eq!(ways.len(), 2);
        let forced = views::Connection {
            route: views::Route::Gateway,
            ..connection()
        };
        let ways = super::ways(Product::Jira, site, Some(ID), &forced, None);
        assert_eq!(ways, [(Route::Site, site.to_owned())]);
    }

    #[test]
    fn an_address_of_the_gateway_is_its_own_way() {
        let site = format!("https://api.atlassian.com/ex/jira/{ID}");
        assert_eq!(
            bases(Product::Jira, &site, None, None),
            std::slice::from_ref(&site)
        );
        assert_eq!(
            bases(Product::Confluence, &site, None, None),
            [format!("https://api.atlassian.com/ex/confluence/{ID}")]
        );
        let facts = SiteFacts::default();
        assert_eq!(facts.deployment_of(&site), Deployment::Cloud);
        assert_eq!(
            facts.deployment_of("https://jira.acme.example"),
            Deployment::DataCenter
        );
    }

    #[test]
    fn bitbucket_has_a_host_of_its_own() {
        let base = |site| bases(Product::Bitbucket, site, None, None);
        assert_eq!(base("https://bitbucket.org"), ["https://api.bitbucket.org"]);
        assert_eq!(base("http://127.0.0.1:1/b"), ["http://127.0.0.1:1/b"]);
    }
}
