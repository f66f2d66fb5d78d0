//! A product at a site, signed in: calls go in, JSON comes out. Where to go and as whom was decided before; here the
//! request takes the route that works, and a refusal gets its meaning.

use super::classify::{self, Sent};
use super::error::{ApiError, Fault, Refusal};
use crate::auth::{Deployment, Product, Route};
use crate::http::header::{ACCEPT, HeaderMap, HeaderName, HeaderValue};
use crate::http::{Answer, Authorization, Body, Client, Download, Method, Request, Url, redact};
use serde_json::Value as Json;
use std::cell::Cell;
use std::rc::Rc;

/// A product at a site, signed in.
pub struct Site {
    /// The product.
    pub product: Product,
    /// What runs there.
    pub deployment: Deployment,
    /// Its address, as it is configured.
    pub address: String,
    /// Whose credential is used, as typed in settings; `None` for Bearer and cookies.
    pub account: Option<String>,
    /// What signs in; nothing where nothing is needed.
    pub authorization: Option<Authorization>,
    /// Whether a token alone signs in.
    pub bearer: bool,
    /// The workspace of Bitbucket that settings name.
    pub workspace: Option<String>,
    /// Whether nothing but reading is allowed.
    pub read_only: bool,
    client: Rc<Client>,
    /// The ways to it, the first one to try first.
    ways: Vec<(Route, String)>,
    /// The index of the way that answered, once one did.
    worked: Cell<Option<usize>>,
}

/// A request to a product, its path below the site.
#[derive(Debug, Clone)]
pub struct Call {
    /// The method.
    pub method: Method,
    /// The path, such as `/rest/api/3/myself`; percent-encoded where needed.
    pub path: String,
    /// The query, not encoded yet.
    pub query: Vec<(String, String)>,
    /// What goes along.
    pub body: Body,
    /// Whether it only reads, whatever its method.
    pub reads: bool,
    /// Headers besides the usual ones.
    pub headers: HeaderMap,
    /// The media type that is asked for.
    pub accept: &'static str,
}

impl Call {
    /// A call that asks for JSON, with nothing but a path.
    pub fn new(method: Method, path: impl Into<String>) -> Call {
        let reads = matches!(method, Method::GET | Method::HEAD | Method::OPTIONS);
        Call {
            method,
            path: path.into(),
            query: Vec::new(),
            body: Body::Empty,
            reads,
            headers: HeaderMap::new(),
            accept: "application/json",
        }
    }

    /// Adds to the query.
    #[must_use]
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Call {
        self.query.push((name.into(), value.into()));
        self
    }

    /// Sends JSON along.
    #[must_use]
    pub fn json(self, json: Json) -> Call {
        Call {
            body: Body::Json(json),
            ..self
        }
    }
}

impl Site {
    /// A site that nothing was asked of yet. `ways` is not empty, and its addresses are in normal form.
    pub fn new(
        client: Rc<Client>,
        product: Product,
        deployment: Deployment,
        address: String,
        ways: Vec<(Route, String)>,
    ) -> Site {
        Site {
            product,
            deployment,
            address,
            account: None,
            authorization: None,
            bearer: false,
            workspace: None,
            read_only: false,
            client,
            ways,
            worked: Cell::new(None),
        }
    }

    /// Where its API is, as people write it: at the site, but for Bitbucket, which has a host for it.
    pub fn api_address(&self) -> &str {
        match (self.product, self.ways.first()) {
            (Product::Bitbucket, Some((_, base))) => base,
            _ => &self.address,
        }
    }

    /// The route that answered, once one did.
    pub fn route(&self) -> Option<Route> {
        self.worked.get().map(|index| self.ways[index].0)
    }

    /// The route that is tried first.
    pub fn first_route(&self) -> Route {
        self.ways.first().map_or(Route::Site, |(route, _)| *route)
    }

    /// Whether there is more than one way to it.
    pub fn has_several_ways(&self) -> bool {
        self.ways.len() > 1
    }

    /// How requests travel.
    pub fn connection(&self) -> &crate::config::views::Connection {
        self.client.connection()
    }

    /// Sends a call; what comes back is no refusal.
    pub async fn answer(&self, call: &Call) -> Result<Answer, ApiError> {
        self.on_a_way(call, async |request| {
            let answer = self
                .client
                .send(request, self.authorization.as_ref())
                .await?;
            Ok((answer, ()))
        })
        .await
        .map(|(answer, ())| answer)
    }

    /// Sends a call; the body is JSON, or null where there is none.
    pub async fn json(&self, call: &Call) -> Result<Json, ApiError> {
        let answer = self.answer(call).await?;
        if answer.body.iter().all(u8::is_ascii_whitespace) {
            return Ok(Json::Null);
        }
        serde_json::from_slice(&answer.body).map_err(|_| {
            let route = self.route().unwrap_or(Route::Site);
            ApiError::Refused(self.refusal(Fault::NotJson, call, &answer, route))
        })
    }

    /// Sends a call; the body is read as it comes.
    pub async fn download(&self, call: &Call) -> Result<Download, ApiError> {
        self.on_a_way(call, async |request| {
            let download = self
                .client
                .open(request, self.authorization.as_ref())
                .await?;
            Ok((download.head.clone(), download))
        })
        .await
        .map(|(_, download)| download)
    }

    /// Sends a call on the way that works: with a gateway that does not know the token, the site is tried once.
    async fn on_a_way<T>(
        &self,
        call: &Call,
        send: impl AsyncFn(&Request) -> Result<(Answer, T), ApiError>,
    ) -> Result<(Answer, T), ApiError> {
        if self.read_only && !(call.reads && names_its_method(call)) {
            return Err(ApiError::ReadOnly {
                method: call.method.clone(),
            });
        }
        let ways = match self.worked.get() {
            Some(index) => index..index + 1,
            None => 0..self.ways.len(),
        };
        let mut refused: Option<ApiError> = None;
        for index in ways {
            let (route, base) = &self.ways[index];
            let request = request(call, *route, base)?;
            let (answer, rest) = match (send(&request).await, refused.take()) {
                (Ok(answer), before) => {
                    refused = before;
                    answer
                }
                // that the other way is closed is not what has to be mended
                (Err(_), Some(first)) => return Err(first),
                (Err(error), None) => return Err(error),
            };
            let Some(fault) = classify::fault(&answer, self.sent(*route, call)) else {
                self.worked.set(Some(index));
                return Ok((answer, rest));
            };
            let refusal = ApiError::Refused(self.refusal(fault, call, &answer, *route));
            let other_way =
                answer.status.as_u16() == 401 && !matches!(fault, Fault::Scope | Fault::Captcha);
            if !other_way {
                if !fault.is_sign_in() || fault == Fault::Scope {
                    self.worked.set(Some(index));
                }
                // the second way knows better if it knows the credential, or what is the matter with it
                let knows_better = !fault.is_sign_in()
                    || matches!(fault, Fault::Scope | Fault::Captcha | Fault::BearerAtCloud);
                return Err(match refused {
                    Some(first) if !knows_better => first,
                    _ => refusal,
                });
            }
            refused = Some(match refused {
                // of two refusals the gateway's says more: a site does not take tokens with scopes
                Some(first) if *route == Route::Site => first,
                _ => refusal,
            });
        }
        Err(refused.unwrap_or(ApiError::NotOffered {
            command: call.path.clone(),
            deployment: self.deployment,
        }))
    }

    fn sent(&self, route: Route, call: &Call) -> Sent {
        Sent {
            product: self.product,
            deployment: self.deployment,
            route,
            bearer: self.bearer,
            signed: self.authorization.is_some(),
            wants_json: call.accept.starts_with("application/json")
                && !call.headers.contains_key(ACCEPT),
        }
    }

    fn refusal(&self, fault: Fault, call: &Call, answer: &Answer, route: Route) -> Refusal {
        let (messages, fields) = classify::messages(answer);
        let clean = |text: String| {
            let text = match &self.authorization {
                Some(authorization) => authorization.masked(&text),
                None => text,
            };
            redact::text(&text)
        };
        Refusal {
            fault,
            product: self.product,
            deployment: self.deployment,
            route,
            method: call.method.clone(),
            url: clean(redact::url(&answer.url)),
            status: answer.status.as_u16(),
            messages: messages.into_iter().map(clean).collect(),
            fields: fields
                .into_iter()
                .map(|(field, text)| (field, clean(text)))
                .collect(),
        }
    }

    /// A call to where the next page is: an address of this origin, or a path on this site.
    ///
    /// Atlassian's links name the site even where the gateway was asked, so only the part below the site counts.
    /// `None` for an address of another origin.
    pub fn next_page(&self, link: &str, context: &str) -> Option<Call> {
        let base = &self.ways[self.worked.get().unwrap_or(0)].1;
        let path_and_query = if link.starts_with('/') && !link.starts_with("//") {
            link.to_owned()
        } else {
            let url = Url::parse(link).ok()?;
            let below = [base.as_str(), self.address.as_str()]
                .into_iter()
                .find_map(|base| {
                    let base_url = Url::parse(base).ok()?;
                    if base_url.origin() != url.origin() {
                        return None;
                    }
                    let path = base_url.path().trim_end_matches('/');
                    Some(url.path().strip_prefix(path)?.to_owned())
                })?;
            match url.query() {
                Some(query) => format!("{below}?{query}"),
                None => below,
            }
        };
        let (path, query) = path_and_query
            .split_once('?')
            .unwrap_or((&path_and_query, ""));
        let own = Url::parse(base)
            .ok()?
            .path()
            .trim_end_matches('/')
            .to_owned();
        // a link may start below the site, below the context, or at the root of the host
        let path = match path.strip_prefix(&own) {
            Some(rest) if !own.is_empty() && rest.starts_with('/') => rest.to_owned(),
            _ if path.starts_with(context) => path.to_owned(),
            _ => format!("{context}{path}"),
        };
        let mut call = Call::new(Method::GET, path);
        call.query = url::form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect();
        Some(call)
    }
}

/// Whether the method of a call is the one that is carried out: some servers let a header choose another.
fn names_its_method(call: &Call) -> bool {
    let others = [
        "x-http-method-override",
        "x-http-method",
        "x-method-override",
    ];
    !others.iter().any(|name| call.headers.contains_key(*name))
}

/// The request that a call is on one of the ways.
fn request(call: &Call, route: Route, base: &str) -> Result<Request, ApiError> {
    let not_a_path = || ApiError::Argument {
        name: "path".to_owned(),
        typed: call.path.clone(),
        reason: "it is no path on the site".to_owned(),
    };
    let base_url = Url::parse(base).map_err(|_| not_a_path())?;
    let mut url = Url::parse(&format!("{base}{}", call.path)).map_err(|_| not_a_path())?;
    // whatever a path holds, it stays on the site: the same host may serve others, as the gateway does
    let context = base_url.path().trim_end_matches('/');
    let is_below = url
        .path()
        .strip_prefix(context)
        .is_some_and(|rest| rest.starts_with('/'));
    if url.origin() != base_url.origin() || !is_below || !call.path.starts_with('/') {
        return Err(not_a_path());
    }
    if !call.query.is_empty() {
        url.query_pairs_mut().extend_pairs(&call.query);
    }
    let mut request = Request::new(call.method.clone(), url);
    request.idempotent = call.reads || call.method.is_idempotent();
    request.body = call.body.clone();
    request.route = route.name();
    request
        .headers
        .insert(ACCEPT, HeaderValue::from_static(call.accept));
    if !call.reads {
        // Jira's and Confluence's guard against forged requests asks browsers for it, and uploads
        request.headers.insert(
            HeaderName::from_static("x-atlassian-token"),
            HeaderValue::from_static("no-check"),
        );
    }
    // one's own `Accept` takes the place of the usual one
    for name in call.headers.keys() {
        request.headers.remove(name);
    }
    request.headers.extend(call.headers.clone());
    Ok(request)
}
