//! Every request comes in here: by its path it is led to a product, and by its sign-in it is let in, refused, or
//! answered as nobody in the way of that product.

use super::answer::Answer;
use super::bitbucket::Bitbucket;
use super::confluence::Confluence;
use super::jira::{Deployment, Jira, Visit};
use super::jira_issues::NO_ISSUE;
use super::jsm::ServiceManagement;
use super::request::Request;
use super::tokens::Caller;
use super::{CLOUD_ID, listing, scopes};
use serde_json::json;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What the gateway says to a token without the scope, word for word.
const SCOPE_MISSING: &str = "Unauthorized; scope does not match";
const TOKEN_REFUSED: &str = "Token is invalid, expired, or not supported for this endpoint.";

/// The products behind the entrance.
pub(crate) struct Site {
    url: String,
    media_url: String,
    products: Mutex<Products>,
}

struct Products {
    jira: Jira,
    jira_data_center: Jira,
    confluence: Confluence,
    confluence_data_center: Confluence,
    bitbucket: Bitbucket,
    service_management: ServiceManagement,
    service_management_data_center: ServiceManagement,
    /// Requests with the token that is told to come again.
    busy: usize,
}

impl Site {
    /// A site with its content as it is at the start.
    pub(crate) fn new(url: &str, media_url: &str) -> Site {
        Site {
            url: url.to_owned(),
            media_url: media_url.to_owned(),
            products: Mutex::new(Products {
                jira: Jira::new(Deployment::Cloud),
                jira_data_center: Jira::new(Deployment::DataCenter),
                confluence: Confluence::new(Deployment::Cloud),
                confluence_data_center: Confluence::new(Deployment::DataCenter),
                bitbucket: Bitbucket::new(),
                service_management: ServiceManagement::new(),
                service_management_data_center: ServiceManagement::new(),
                busy: 0,
            }),
        }
    }

    fn products(&self) -> MutexGuard<'_, Products> {
        self.products.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers at the address of the site.
    pub(crate) fn answer(&self, request: &Request) -> Answer {
        let segments = request.segments();
        let path: Vec<&str> = segments.iter().map(String::as_str).collect();
        let caller = Caller::of(request);
        if caller == Caller::BusyToken {
            let mut products = self.products();
            products.busy += 1;
            if products.busy % 2 == 1 {
                return Answer::json(429, &json!({ "message": "Rate limit exceeded." }))
                    .with("retry-after", "1")
                    .with("x-ratelimit-reset", "2027-03-01T09:31Z");
            }
        }
        match path.as_slice() {
            [] => Answer::html(200, "Acme, a demo site"),
            ["_edge", "tenant_info"] => Answer::ok(&json!({ "cloudId": CLOUD_ID })),
            ["ex", product @ ("jira" | "confluence"), CLOUD_ID, rest @ ..] => {
                self.at_gateway(request, caller, product, rest)
            }
            ["ex", ..] => Answer::gateway(404, "No such resource"),
            ["bitbucket", "2.0", rest @ ..] => self.at_bitbucket(request, caller, rest),
            ["jira-dc", rest @ ..] => self.at_jira_data_center(request, caller, rest),
            ["wiki-dc", rest @ ..] => self.at_confluence_data_center(request, caller, rest),
            // whoever is not signed in there is led to a page for people
            ["sso", "sign-in"] => Answer::html(200, "Sign in to Acme"),
            ["sso", ..] => Answer::redirect(format!("{}/sso/sign-in", self.url)),
            ["wiki" | "rest" | "secure", ..] => self.at_site(request, caller, &path),
            _ => Answer::html(404, "Oops, you have found a dead link"),
        }
    }

    /// Answers at the address of downloads, which wants no sign-in.
    pub(crate) fn answer_download(&self, request: &Request) -> Answer {
        let segments = request.segments();
        let path: Vec<&str> = segments.iter().map(String::as_str).collect();
        let products = self.products();
        let bytes = match path.as_slice() {
            ["jira", id] => products.jira.attachment_bytes(id),
            ["confluence", id] => products.confluence.attachment_bytes(id),
            _ => None,
        };
        match bytes {
            Some(bytes) => Answer::bytes(bytes),
            None => Answer::html(404, "Not Found"),
        }
    }

    fn at_gateway(
        &self,
        request: &Request,
        caller: Caller,
        product: &str,
        path: &[&str],
    ) -> Answer {
        match caller {
            Caller::ApiToken | Caller::BusyToken => {}
            Caller::ScopedToken => {
                if !scopes::granted(product, request.verb(), path) {
                    return Answer::gateway(401, SCOPE_MISSING);
                }
            }
            _ => return Answer::gateway(401, "Unauthorized"),
        }
        match (product, path) {
            ("confluence", ["wiki", ..]) | ("jira", ["rest", ..]) => self.inside(request, path),
            _ => Answer::gateway(404, "No such resource"),
        }
    }

    fn at_site(&self, request: &Request, caller: Caller, path: &[&str]) -> Answer {
        if let ["rest", "api", _, "serverInfo"] | ["rest", "servicedeskapi", "info"] = path {
            return self.inside(request, path);
        }
        match caller {
            Caller::ApiToken | Caller::BusyToken => self.inside(request, path),
            Caller::ScopedToken => Answer::html(401, "Unauthorized"),
            Caller::CaptchaToken => {
                let reason = format!("CAPTCHA_CHALLENGE; login-url={}/login.jsp", self.url);
                Answer::html(403, "Forbidden").with("x-authentication-denied-reason", reason)
            }
            Caller::PersonalAccessToken | Caller::WorkspaceToken | Caller::UnknownBearer => {
                Answer::json(
                    403,
                    &json!({ "error": "Failed to parse Connect Session Auth Token" }),
                )
            }
            Caller::Nobody | Caller::Session => as_nobody(request, path, false),
            Caller::Unknown | Caller::BitbucketToken => as_nobody(request, path, true),
        }
    }

    /// What somebody gets who is let in at the site or at the gateway.
    fn inside(&self, request: &Request, path: &[&str]) -> Answer {
        let products = &mut *self.products();
        let visit = |path| Visit {
            request,
            path,
            site: &self.url,
            media: &self.media_url,
            deployment: Deployment::Cloud,
        };
        match path {
            ["rest", "servicedeskapi", rest @ ..] => {
                products.service_management.answer(&visit(rest))
            }
            ["rest", rest @ ..] => products.jira.answer(&visit(rest)),
            ["wiki", rest @ ..] => {
                let place = listing::Place {
                    site: &self.url,
                    context: "/wiki",
                };
                products.confluence.answer(&visit(rest), &place)
            }
            _ => Answer::html(404, "Not Found"),
        }
    }

    fn at_bitbucket(&self, request: &Request, caller: Caller, path: &[&str]) -> Answer {
        match (caller, path) {
            (Caller::WorkspaceToken, ["user", ..]) => {
                return Answer::bitbucket(403, "This API is not accessible with an access token.");
            }
            (Caller::BitbucketToken | Caller::WorkspaceToken, _) => {}
            (Caller::Nobody, ["repositories", _, slug, ..]) => {
                let message = format!(
                    "You may not have access to the repository {slug} or it no longer exists in this workspace."
                );
                return Answer::bitbucket(404, &message);
            }
            _ => return Answer::bitbucket(401, TOKEN_REFUSED),
        }
        let site = format!("{}/bitbucket/2.0", self.url);
        self.products().bitbucket.answer(&Visit {
            request,
            path,
            site: &site,
            media: &self.media_url,
            deployment: Deployment::Cloud,
        })
    }

    fn at_jira_data_center(&self, request: &Request, caller: Caller, path: &[&str]) -> Answer {
        let is_open = matches!(
            path,
            ["rest", "api", "2", "serverInfo"] | ["rest", "servicedeskapi", "info"]
        );
        if !is_open {
            match caller {
                Caller::PersonalAccessToken | Caller::Session => {}
                Caller::Nobody => return as_nobody(request, path, false),
                Caller::UnknownBearer | Caller::WorkspaceToken => {
                    return Answer::html(401, "Unauthorized");
                }
                _ => {
                    return Answer::html(
                        403,
                        "Basic Authentication has been disabled on this instance.",
                    );
                }
            }
        }
        let site = format!("{}/jira-dc", self.url);
        let visit = |path| Visit {
            request,
            path,
            site: &site,
            media: &self.media_url,
            deployment: Deployment::DataCenter,
        };
        let products = &mut *self.products();
        match path {
            ["rest", "servicedeskapi", rest @ ..] => {
                products.service_management_data_center.answer(&visit(rest))
            }
            ["rest", rest @ ..] => products.jira_data_center.answer(&visit(rest)),
            ["secure", "attachment", id, _] => match products.jira_data_center.attachment_bytes(id)
            {
                Some(bytes) => Answer::bytes(bytes),
                None => Answer::html(404, "Not Found"),
            },
            _ => Answer::html(404, "Oops, you have found a dead link"),
        }
    }

    fn at_confluence_data_center(
        &self,
        request: &Request,
        caller: Caller,
        path: &[&str],
    ) -> Answer {
        match caller {
            Caller::PersonalAccessToken | Caller::Session => {}
            Caller::Nobody => {
                return match path {
                    ["rest", "api", "user", "current"] => Answer::ok(&json!({
                        "type": "anonymous", "displayName": "Anonymous", "profilePicture": {},
                    })),
                    _ => Answer::confluence_message(
                        403,
                        "The current user is not permitted to use Confluence",
                    ),
                };
            }
            Caller::UnknownBearer | Caller::WorkspaceToken => {
                return Answer::html(401, "Unauthorized");
            }
            _ => {
                return Answer::html(
                    403,
                    "Basic Authentication has been disabled on this instance.",
                );
            }
        }
        let visit = Visit {
            request,
            path,
            site: &self.url,
            media: &self.media_url,
            deployment: Deployment::DataCenter,
        };
        let place = listing::Place {
            site: &self.url,
            context: "/wiki-dc",
        };
        self.products()
            .confluence_data_center
            .answer(&visit, &place)
    }
}

/// What somebody gets who is not signed in, or `refused`: with a token that is wrong. Much of it is no refusal.
fn as_nobody(request: &Request, path: &[&str], refused: bool) -> Answer {
    let answer = match (request.verb(), path) {
        (_, ["wiki", "api", "v2", ..]) => return Answer::confluence_title(404, "Not Found"),
        (_, ["wiki", "rest", "api", "user", "current"]) => {
            return Answer::confluence_message(
                403,
                "Request rejected because caller cannot access Confluence",
            );
        }
        (_, ["wiki", ..]) => {
            return Answer::confluence_message(
                403,
                "The current user is not permitted to use Confluence",
            );
        }
        (_, ["rest", "api", _, "search", "jql"]) => {
            Answer::ok(&json!({ "issues": [], "isLast": true }))
        }
        (_, ["rest", "api", "2", "search"]) => {
            Answer::ok(&json!({ "startAt": 0, "maxResults": 50, "total": 0, "issues": [] }))
        }
        ("GET", ["rest", "api", _, "project", "search"]) => {
            Answer::ok(&listing::jira(request, "values", &[]))
        }
        ("GET", ["rest", "api", _, "project"]) => Answer::ok(&json!([])),
        ("GET", ["rest", "api", _, "issue", ..]) => Answer::jira_message(404, NO_ISSUE),
        (_, ["rest", "api", _, "myself"]) if !refused => Answer::json(
            401,
            &json!({ "message": "Client must be authenticated to access this resource.", "status-code": 401 }),
        ),
        _ => Answer::html(401, "Unauthorized"),
    };
    if refused {
        answer.with("x-seraph-loginreason", "AUTHENTICATED_FAILED")
    } else {
        answer
    }
}
