//! The one client: requests go in, answers come out, after redirects and retries.
//!
//! Redirects are followed here and not by the library, so that a credential never crosses to another origin and nothing
//! leads from encryption to plain text.

use super::answer;
use super::download::Download;
use super::observer::{Event, Observer};
use super::retry::{Retry, Tried};
use super::{Answer, Authorization, Body, HttpError, ProxyFault, RedirectFault, Request, tls};
use crate::config::site_url;
use crate::config::views::Connection;
use reqwest::header::{ACCEPT_ENCODING, CONTENT_LENGTH, HeaderValue};
use reqwest::{Proxy, redirect};
use std::cell::{OnceCell, RefCell};
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::time::{Duration, Instant};
use tokio::time::timeout;
use url::Url;

/// What requests say they are made by. Some firewalls refuse what libraries call themselves.
const USER_AGENT: &str = concat!("lassi/", env!("CARGO_PKG_VERSION"));

/// As many redirects are followed as browsers follow at least half of.
const MOST_REDIRECTS: usize = 10;

/// Sends requests as `connection` says.
pub struct Client {
    connection: Connection,
    retry: Retry,
    observer: Rc<dyn Observer>,
    /// Made on first use: reading the system's certificates takes longer than a local request.
    checked: OnceCell<reqwest::Client>,
    /// For addresses without encryption, which need no certificates.
    plain: OnceCell<reqwest::Client>,
    /// For the hosts of `connection.allow_invalid_tls`.
    unchecked: OnceCell<reqwest::Client>,
    /// Those of them that were told of.
    told: RefCell<Vec<String>>,
}

/// How certificates are treated.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Checks {
    System,
    None,
    Unneeded,
}

impl Client {
    /// A client that has opened nothing yet.
    pub fn new(connection: Connection, observer: Rc<dyn Observer>) -> Client {
        let retry = Retry {
            most: connection.max_retries,
            factor: connection.backoff_factor,
            longest: Duration::try_from_secs_f64(connection.max_backoff).unwrap_or(Duration::MAX),
            codes: connection.retry_status_codes.clone(),
        };
        Client {
            connection,
            retry,
            observer,
            checked: OnceCell::new(),
            plain: OnceCell::new(),
            unchecked: OnceCell::new(),
            told: RefCell::default(),
        }
    }

    /// How requests travel.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Sends a request and reads the whole answer.
    pub async fn send(
        &self,
        request: &Request,
        authorization: Option<&Authorization>,
    ) -> Result<Answer, HttpError> {
        let attempt = async || self.once(request, authorization).await;
        self.retried(request, attempt, |answer| answer).await
    }

    /// Tries as often as it is worth it.
    async fn retried<T>(
        &self,
        request: &Request,
        attempt: impl AsyncFn() -> Result<T, HttpError>,
        head: impl Fn(&T) -> &Answer,
    ) -> Result<T, HttpError> {
        let mut tries = 1;
        loop {
            let result = attempt().await;
            let outcome = match &result {
                Ok(answered) => Tried::Answer(head(answered).status, &head(answered).headers),
                Err(error) if error.is_passing() => Tried::Fault,
                Err(_) => return result,
            };
            let Some(wait) = self.retry.after(tries, outcome, request.idempotent) else {
                return result;
            };
            self.observer.see(&Event::Waiting {
                host: request.url.host_str().unwrap_or_default(),
                status: result.as_ref().ok().map(|answered| head(answered).status),
                duration: wait.duration,
                next: wait.next,
                of: self.retry.most + 1,
            });
            tokio::time::sleep(wait.duration).await;
            tries = wait.next;
        }
    }

    /// Sends a request and leaves the body to be read as it comes. Tried again only until there is one: half of it may be
    /// used already.
    pub async fn open(
        &self,
        request: &Request,
        authorization: Option<&Authorization>,
    ) -> Result<Download, HttpError> {
        let attempt = async || self.opened(request, authorization).await;
        self.retried(request, attempt, |download| &download.head)
            .await
    }

    async fn opened(
        &self,
        request: &Request,
        authorization: Option<&Authorization>,
    ) -> Result<Download, HttpError> {
        let started = Instant::now();
        // packed bytes would have to be unpacked on the way, and files are packed in themselves
        let mut response = self.redirected(request, authorization, false).await?;
        let body = if response.status().is_success() {
            Vec::new()
        } else {
            // what a refusal means stands in it
            let host = host_and_port(response.url());
            answer::read(&mut response, &host, self.connection.timeout).await?
        };
        let size = response
            .headers()
            .get(CONTENT_LENGTH)
            .and_then(|length| length.to_str().ok()?.parse().ok());
        Ok(Download {
            head: Answer {
                url: response.url().clone(),
                status: response.status(),
                headers: response.headers().clone(),
                body,
                time: started.elapsed(),
            },
            size,
            response,
            seconds: self.connection.timeout,
        })
    }

    async fn once(
        &self,
        request: &Request,
        authorization: Option<&Authorization>,
    ) -> Result<Answer, HttpError> {
        let started = Instant::now();
        let mut response = self.redirected(request, authorization, true).await?;
        let host = host_and_port(response.url());
        let body = answer::read(&mut response, &host, self.connection.timeout).await;
        let body = body.inspect_err(|error| {
            let time = started.elapsed();
            self.observer.see(&Event::Failed { error, time });
        })?;
        Ok(Answer {
            url: response.url().clone(),
            status: response.status(),
            headers: std::mem::take(response.headers_mut()),
            body,
            time: started.elapsed(),
        })
    }

    /// Sends it, and what redirects ask for.
    async fn redirected(
        &self,
        request: &Request,
        authorization: Option<&Authorization>,
        packed: bool,
    ) -> Result<reqwest::Response, HttpError> {
        let mut current = request.clone();
        for _ in 0..=MOST_REDIRECTS {
            let response = self.hop(&current, authorization, packed).await?;
            let Some(next) = super::redirect::of(&response, &current)? else {
                return Ok(response);
            };
            current = next;
        }
        Err(HttpError::Redirect {
            host: host_and_port(&request.url),
            fault: RedirectFault::Circle,
        })
    }

    /// One request on the wire.
    async fn hop(
        &self,
        request: &Request,
        authorization: Option<&Authorization>,
        packed: bool,
    ) -> Result<reqwest::Response, HttpError> {
        let host = host_and_port(&request.url);
        self.refuse_plain_http(&request.url)?;
        let client = self.client_for(&request.url)?;
        let mut headers = request.headers.clone();
        if packed {
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        }
        let signed = authorization.and_then(|authorization| {
            let (name, value) = authorization.header_for(&request.url)?;
            Some((name, value, authorization.description()))
        });
        self.observer.see(&Event::Sending {
            method: &request.method,
            url: &request.url,
            headers: &headers,
            route: request.route,
            credential: signed.map_or("", |(_, _, description)| description),
            secret: authorization,
        });
        if let Some((name, value, _)) = signed {
            headers.insert(name.clone(), value.clone());
        }
        let builder = client
            .request(request.method.clone(), request.url.clone())
            .headers(headers);
        let builder = request.body.put_into(builder).await?;
        let started = Instant::now();
        let result = self.in_time(builder.send(), &request.body, &host).await;
        let time = started.elapsed();
        match &result {
            Ok(response) => self.observer.see(&Event::Answered {
                status: response.status(),
                headers: response.headers(),
                secret: authorization,
                time,
            }),
            Err(error) => self.observer.see(&Event::Failed { error, time }),
        }
        result
    }

    /// Waits for the head of an answer. A body that is still on its way counts as a sign of life.
    async fn in_time(
        &self,
        sending: impl Future<Output = Result<reqwest::Response, reqwest::Error>>,
        body: &Body,
        host: &str,
    ) -> Result<reqwest::Response, HttpError> {
        let seconds = self.connection.timeout;
        let sent = || match body {
            Body::Upload(upload) => upload.sent(),
            _ => 0,
        };
        let mut sending = pin!(sending);
        loop {
            let before = sent();
            match timeout(Duration::from_secs(seconds), &mut sending).await {
                Ok(result) => {
                    let failed = |error| self.through_proxy(HttpError::of(&error, host, seconds));
                    return result.map_err(failed);
                }
                Err(_) if sent() > before => {}
                Err(_) => {
                    return Err(HttpError::Timeout {
                        host: host.to_owned(),
                        seconds,
                    });
                }
            }
        }
    }

    /// Where a proxy is set, it is the proxy that cannot be reached.
    fn through_proxy(&self, error: HttpError) -> HttpError {
        match error {
            HttpError::Refused { host } | HttpError::Resolve { host }
                if self.connection.proxy.is_some() =>
            {
                HttpError::Proxy {
                    host,
                    fault: ProxyFault::Unreachable,
                }
            }
            other => other,
        }
    }

    fn refuse_plain_http(&self, url: &Url) -> Result<(), HttpError> {
        match site_url::plain_http_host(url.as_str()) {
            Some(host) if !site_url::host_is_listed(host, &self.connection.allow_http) => {
                Err(HttpError::PlainHttp {
                    host: host.to_owned(),
                })
            }
            _ => Ok(()),
        }
    }

    fn client_for(&self, url: &Url) -> Result<&reqwest::Client, HttpError> {
        let host = host_and_port(url);
        if url.scheme() == "http" && self.connection.proxy.is_none() {
            return made(&self.plain, || self.build(Checks::Unneeded));
        }
        if site_url::host_is_listed(&host, &self.connection.allow_invalid_tls) {
            let is_news = !self.told.borrow().contains(&host);
            if is_news {
                self.observer.see(&Event::Unchecked { host: &host });
                self.told.borrow_mut().push(host);
            }
            return made(&self.unchecked, || self.build(Checks::None));
        }
        made(&self.checked, || self.build(Checks::System))
    }

    fn build(&self, checks: Checks) -> Result<reqwest::Client, HttpError> {
        // whoever installed one first is as good
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .redirect(redirect::Policy::none())
            .connect_timeout(Duration::from_secs(self.connection.timeout))
            .pool_max_idle_per_host(self.connection.max_workers);
        builder = match checks {
            Checks::System => builder.tls_certs_merge(tls::bundle(&self.connection)?),
            Checks::None => builder.tls_danger_accept_invalid_certs(true),
            Checks::Unneeded => builder.tls_certs_only([]),
        };
        if checks != Checks::Unneeded
            && let Some(identity) = tls::identity(&self.connection)?
        {
            builder = builder.identity(identity);
        }
        if let Some(address) = &self.connection.proxy {
            let proxy = Proxy::all(address).map_err(|_| HttpError::ProxyAddress {
                proxy: address.clone(),
            })?;
            builder = builder.proxy(proxy.no_proxy(reqwest::NoProxy::from_env()));
        }
        builder.build().map_err(|_| HttpError::Client)
    }
}

/// The value of a cell, made by a function that can fail.
fn made<T>(
    cell: &OnceCell<T>,
    make: impl FnOnce() -> Result<T, HttpError>,
) -> Result<&T, HttpError> {
    if let Some(value) = cell.get() {
        return Ok(value);
    }
    let value = make()?;
    Ok(cell.get_or_init(|| value))
}

/// Host and port, the port only where it is not the scheme's own.
pub(super) fn host_and_port(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}
