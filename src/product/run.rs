//! One command under way: its values, the site, and who is told. The engine of rows, and what functions of commands with
//! logic of their own are given.

use super::column::Column;
use super::command::{Action, Command, Endpoint, ParameterKind, To};
use super::error::{ApiError, Fault};
use super::paging::Pages;
use super::people;
use super::site::{Call, Site};
use super::talk::Talk;
use super::values::Values;
use super::{document::Document, show};
use crate::http::Method;
use crate::http::header::{HeaderName, HeaderValue};
use crate::output::listing::{Listing, Row};
use serde_json::{Map, Value as Json, json};

/// As many are shown where `--limit` says nothing.
pub const DEFAULT_LIMIT: u64 = 50;

/// What a switch is in a query.
const TRUE: &str = "true";

/// One command under way.
pub struct Run<'a> {
    /// Its declaration.
    pub command: &'static Command,
    /// The site.
    pub site: &'a Site,
    /// The values of its parameters.
    pub values: Values,
    /// Who is told.
    pub talk: &'a dyn Talk,
    /// What every command of products takes.
    pub options: Options,
}

/// What every command of products takes, where it makes sense.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// `--limit`; 0 is all.
    pub limit: Option<u64>,
    /// `--yes`: questions are answered by yes.
    pub yes: bool,
    /// `--dry-run`: what would change something is shown and not sent.
    pub dry_run: bool,
    /// `--web`: the page is opened instead.
    pub web: bool,
}

impl Run<'_> {
    /// Runs it to its end.
    pub async fn finish(mut self) -> Result<(), ApiError> {
        super::bitbucket::surroundings::fill_in(&mut self)?;
        if self.options.web
            && let Some(page) = self.command.web
        {
            let address = format!("{}{}", self.site.address, self.fill_path(page)?);
            return self.talk.open_in_browser(&address);
        }
        people::resolve(&mut self).await?;
        super::bitbucket::members::resolve(&mut self).await?;
        super::jsm::desk::resolve(&mut self).await?;
        if let (Some(question), false) = (self.command.confirm, self.options.dry_run) {
            let question = self.values.fill(question);
            self.talk.confirm(&question, self.options.yes)?;
        }
        match self.command.action {
            Action::Own(own) => (own.run)(&self).await,
            Action::List(columns) => {
                self.on_endpoints(async |endpoint| {
                    let call = self.call(endpoint)?;
                    self.list(call, endpoint, columns).await
                })
                .await
            }
            Action::Show(columns) => {
                let object = self.answer().await?;
                show::object(self.talk, columns, &object)
            }
            Action::Send(done) => {
                let Some(answer) = self.send().await? else {
                    return Ok(());
                };
                show::sent(&self, done, &answer)
            }
            Action::Text(media_type) => {
                let endpoint = self.endpoint()?;
                let mut call = self.call(endpoint)?;
                call.accept = media_type;
                let answer = self.site.answer(&call).await?;
                self.talk.print_bytes(&answer.body)
            }
        }
    }

    /// The endpoints that the site's deployment has.
    fn endpoints(&self) -> impl Iterator<Item = &'static Endpoint> {
        let deployment = self.site.deployment;
        self.command
            .endpoints
            .iter()
            .filter(move |endpoint| endpoint.on.is_on(deployment))
    }

    /// The endpoint that is used first.
    pub fn endpoint(&self) -> Result<&'static Endpoint, ApiError> {
        self.endpoints().next().ok_or_else(|| self.not_offered())
    }

    /// The endpoint with this path; for functions that send several.
    pub fn endpoint_at(&self, path: &str) -> Result<&'static Endpoint, ApiError> {
        self.endpoints()
            .find(|endpoint| endpoint.path == path)
            .ok_or_else(|| self.not_offered())
    }

    /// That the deployment has no such thing.
    pub fn not_offered(&self) -> ApiError {
        ApiError::NotOffered {
            command: self.command.name(),
            deployment: self.site.deployment,
        }
    }

    /// Tries the endpoints in turn, as long as a token's scopes do not reach for one.
    pub async fn on_endpoints<T>(
        &self,
        act: impl AsyncFn(&'static Endpoint) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let mut refused = None;
        for endpoint in self.endpoints() {
            match act(endpoint).await {
                Err(error) if error.fault() == Some(Fault::Scope) => {
                    refused = refused.or(Some(error));
                }
                other => return other,
            }
        }
        Err(refused.unwrap_or_else(|| self.not_offered()))
    }

    /// The call that an endpoint and the values make.
    pub fn call(&self, endpoint: &Endpoint) -> Result<Call, ApiError> {
        let method = Method::from_bytes(endpoint.method.as_bytes()).unwrap_or_default();
        let mut call = Call::new(method, self.fill_path(endpoint.path)?);
        call.reads |= endpoint.reads;
        if endpoint.experimental {
            let name = HeaderName::from_static("x-experimentalapi");
            call.headers
                .insert(name, HeaderValue::from_static("opt-in"));
        }
        for (name, value) in endpoint.fixed {
            call = call.query(*name, *value);
        }
        let mut body = Map::new();
        for (name, to) in endpoint.sends {
            let texts = self.values.texts(name);
            let switch = self.values.is_set(name) && texts.is_empty();
            if let To::Unless(pointer) = to {
                put(&mut body, pointer, Json::Bool(!switch));
                continue;
            }
            let texts = if switch { &[TRUE.to_owned()] } else { texts };
            let Some(first) = texts.first() else { continue };
            match to {
                To::Unless(_) => {}
                To::Objects(pointer, member) => {
                    let objects = texts.iter().map(|text| json!({ *member: text }));
                    put(&mut body, pointer, objects.collect());
                }
                To::Fields(pointer) => {
                    for text in texts {
                        let (field, value) = Self::field(name, text)?;
                        put(&mut body, &format!("{pointer}/{field}"), value);
                    }
                }
                To::Query(query) => call = call.query(*query, texts.join(",")),
                To::Each(query) => {
                    for text in texts {
                        call = call.query(*query, text);
                    }
                }
                To::Body(pointer) => put(&mut body, pointer, self.typed(name, texts)),
                To::Json(pointer) => {
                    let json = serde_json::from_str(first).map_err(|error| ApiError::Argument {
                        name: (*name).to_owned(),
                        typed: first.clone(),
                        reason: format!("it is no JSON: line {}", error.line()),
                    })?;
                    put(&mut body, pointer, json);
                }
                To::Adf(pointer) => {
                    put(&mut body, pointer, Document::from_markdown(first).to_adf());
                }
                To::Wiki(pointer) => {
                    let text = Document::from_markdown(first).to_wiki_markup();
                    put(&mut body, pointer, Json::from(text));
                }
                To::Storage(pointer) => {
                    let text = Document::from_markdown(first).to_storage();
                    put(&mut body, pointer, Json::from(text));
                }
            }
        }
        if !body.is_empty() {
            call = call.json(Json::Object(body));
        }
        Ok(call)
    }

    /// A field and what stands behind its `NAME=`: JSON, or else a text. What begins like JSON was meant to be it.
    fn field<'t>(name: &str, typed: &'t str) -> Result<(&'t str, Json), ApiError> {
        let (field, text) = typed.split_once('=').unwrap_or((typed, ""));
        let value = match serde_json::from_str(text) {
            Ok(value) => value,
            Err(error) if text.starts_with(['{', '[', '"']) => {
                return Err(ApiError::Argument {
                    name: name.to_owned(),
                    typed: typed.to_owned(),
                    reason: format!("its value is no JSON: column {}", error.column()),
                });
            }
            Err(_) => Json::from(text),
        };
        Ok((field, value))
    }

    /// A value as JSON, by the kind of its parameter.
    fn typed(&self, name: &str, texts: &[String]) -> Json {
        let kind = self.command.parameter(name).map(|parameter| parameter.kind);
        match (kind, texts) {
            (Some(ParameterKind::Switch), _) => Json::Bool(true),
            (Some(ParameterKind::List | ParameterKind::Choices(_)), texts) => {
                texts.iter().cloned().collect()
            }
            (Some(ParameterKind::Integer), [text, ..]) => text
                .parse::<u64>()
                .map_or_else(|_| Json::from(text.as_str()), Json::from),
            (_, [text, ..]) => Json::from(text.as_str()),
            (_, []) => Json::Null,
        }
    }

    /// A path with the values in it, encoded; a repository is two segments.
    pub fn fill_path(&self, template: &str) -> Result<String, ApiError> {
        fill_path(template, |name| self.values.text(name))
    }

    /// The one object that is asked for.
    pub async fn answer(&self) -> Result<Json, ApiError> {
        self.on_endpoints(async |endpoint| {
            let mut answer = self.site.json(&self.call(endpoint)?).await?;
            Ok(answer
                .pointer_mut(endpoint.items)
                .map(Json::take)
                .unwrap_or_default())
        })
        .await
    }

    /// Sends what changes something; `None` where it was only shown.
    pub async fn send(&self) -> Result<Option<Json>, ApiError> {
        let endpoint = self.endpoint()?;
        self.send_call(&self.call(endpoint)?).await
    }

    /// Sends a call that changes something; `None` where it was only shown.
    pub async fn send_call(&self, call: &Call) -> Result<Option<Json>, ApiError> {
        if self.options.dry_run {
            show::request(self, call)?;
            return Ok(None);
        }
        self.site.json(call).await.map(Some)
    }

    /// How many are wanted; 0 is all.
    pub fn limit(&self) -> u64 {
        self.options.limit.unwrap_or(DEFAULT_LIMIT)
    }

    /// Lists what a call finds, page by page.
    pub async fn list(
        &self,
        call: Call,
        endpoint: &Endpoint,
        columns: &[Column],
    ) -> Result<(), ApiError> {
        let pages = Pages::new(
            self.site,
            call,
            endpoint.paging,
            endpoint.items,
            self.limit(),
        );
        self.list_pages(pages, show::titles(columns), |thing| {
            show::cells(columns, thing)
        })
        .await
    }

    /// Lists pages as they arrive, with these headings and the cells that are made of a thing.
    pub async fn list_pages(
        &self,
        mut pages: Pages<'_>,
        titles: Vec<String>,
        cells: impl Fn(&Json) -> Vec<String>,
    ) -> Result<(), ApiError> {
        let mut listing = Listing::new(self.talk.format(), titles, self.talk.width());
        let mut count = 0;
        while let Some(things) = pages.next().await? {
            count += things.len();
            let row = |thing| Row {
                cells: cells(&thing),
                object: thing,
            };
            let rows: Vec<Row> = things.into_iter().map(row).collect();
            self.talk.progress("");
            self.talk.print(&listing.page(&rows))?;
            match pages.total() {
                Some(total) => self.talk.progress(&format!("{count} of {total}")),
                None => self.talk.progress(&format!("{count} so far")),
            }
        }
        self.talk.progress("");
        self.talk.print(&listing.end())?;
        if pages.has_more() && self.options.limit.is_none() {
            let all = pages
                .total()
                .map_or(String::new(), |total| format!(" of {total}"));
            self.talk.note(&format!(
                "{count}{all} shown: `--limit 0` shows all, `--limit N` as many"
            ));
        }
        Ok(())
    }
}

/// A path template with values in it, each encoded as one segment; `/` in a value stays, as it parts a repository's name.
pub fn fill_path<'v>(
    template: &str,
    value: impl Fn(&str) -> Option<&'v str>,
) -> Result<String, ApiError> {
    let mut path = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        path.push_str(before);
        let (name, behind) = after.split_once('}').unwrap_or((after, ""));
        let typed = value(name).unwrap_or_default();
        // such segments lead elsewhere, however they are encoded (WHATWG URL, 4.4)
        if typed.split('/').any(|part| matches!(part, "" | "." | "..")) {
            return Err(ApiError::Argument {
                name: name.to_owned(),
                typed: typed.to_owned(),
                reason: "it names nothing".to_owned(),
            });
        }
        let parts = typed.split('/').map(encoded);
        path.push_str(&parts.collect::<Vec<_>>().join("/"));
        rest = behind;
    }
    Ok(path + rest)
}

/// A segment of a path (RFC 3986, 3.3): everything but unreserved characters is encoded.
fn encoded(segment: &str) -> String {
    let mut text = String::new();
    for byte in segment.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~@:".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

/// Puts a value at a pointer (RFC 6901), making the objects on the way. An empty pointer merges an object.
pub fn put(body: &mut Map<String, Json>, pointer: &str, value: Json) {
    let mut names: Vec<&str> = pointer.split('/').skip(1).collect();
    let Some(last) = names.pop() else {
        if let Json::Object(members) = value {
            body.extend(members);
        }
        return;
    };
    let mut place = body;
    for name in names {
        let next = place
            .entry(name)
            .or_insert_with(|| Json::Object(Map::new()));
        if !next.is_object() {
            *next = Json::Object(Map::new());
        }
        let Json::Object(members) = next else { return };
        place = members;
    }
    place.insert(last.to_owned(), value);
}
