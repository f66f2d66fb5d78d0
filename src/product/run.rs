//! One command under way: its values, the site, and who is told. The engine of rows, and what functions of commands with
//! logic of their own are given.

use super::column::{Cell, Column};
use super::command::{Action, Command, Endpoint};
use super::confluence::lookup;
use super::confluence::names::Names;
use super::error::{ApiError, Fault};
use super::paging::Pages;
use super::people;
use super::show;
use super::site::{Call, Site};
use super::talk::Talk;
use super::values::Values;
use crate::auth::{Deployment, Product};
use crate::config::views::Format;
use crate::http::Method;
use crate::output::listing::{Listing, Row};
use serde_json::Value as Json;

pub use super::fill::{fill_path, put};

/// As many are shown where `--limit` says nothing.
pub const DEFAULT_LIMIT: u64 = 50;

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
    /// `--format markdown`: the text alone is shown, as Markdown.
    pub markdown: bool,
}

impl Run<'_> {
    /// Runs it to its end.
    pub async fn finish(mut self) -> Result<(), ApiError> {
        super::bitbucket::surroundings::fill_in(&mut self)?;
        self.refuse_what_is_offered_elsewhere()?;
        lookup::pages(&mut self).await?;
        if self.options.web
            && let Some(page) = self.command.web
        {
            let site = self.site;
            let context = match (site.product, site.deployment) {
                (Product::Confluence, Deployment::Cloud) => "/wiki",
                _ => "",
            };
            let address = format!("{}{context}{}", site.address, self.fill_path(page)?);
            return self.talk.open_in_browser(&address);
        }
        people::resolve(&mut self).await?;
        super::bitbucket::members::resolve(&mut self).await?;
        super::jsm::desk::resolve(&mut self).await?;
        if let (Some(question), false) = (self.command.confirm, self.options.dry_run) {
            self.refuse_to_change()?;
            let question = self.values.fill(question);
            self.talk.confirm(&question, self.options.yes)?;
        }
        match self.command.action {
            Action::Own(own) => (own.run)(&self).await,
            Action::List(columns) => {
                self.on_endpoints(async |endpoint| {
                    let call = self.prepared(endpoint).await?;
                    self.list(call, endpoint, columns).await
                })
                .await
            }
            Action::Show(columns) => {
                let object = self.answer().await?;
                self.show(columns, object).await
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

    /// Nobody is asked whether something may be done that is refused all the same.
    fn refuse_to_change(&self) -> Result<(), ApiError> {
        let methods = self.endpoints().filter(|endpoint| !endpoint.reads);
        let mut methods = methods.filter_map(|endpoint| endpoint.method.parse().ok());
        match methods.find(|method| *method != Method::GET) {
            Some(method) if self.site.read_only => Err(ApiError::ReadOnly { method }),
            _ => Ok(()),
        }
    }

    /// A value that only the other deployment takes is not dropped in silence.
    fn refuse_what_is_offered_elsewhere(&self) -> Result<(), ApiError> {
        let sends = |endpoint: &Endpoint, name: &str| {
            endpoint.sends.iter().any(|(sent, _)| *sent == name)
                || endpoint.path.contains(&format!("{{{name}}}"))
        };
        for parameter in self.command.parameters {
            let name = parameter.name;
            let typed = self.values.is_set(name) && parameter.default.is_none();
            let elsewhere = || self.command.endpoints.iter().any(|one| sends(one, name));
            if typed && !self.endpoints().any(|one| sends(one, name)) && elsewhere() {
                return Err(ApiError::NotOffered {
                    command: format!("{} --{name}", self.command.name()),
                    deployment: self.site.deployment,
                });
            }
        }
        Ok(())
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

    /// The first endpoint with this method; for functions that read before they change.
    pub fn endpoint_of(&self, method: &str) -> Result<&'static Endpoint, ApiError> {
        self.endpoints()
            .find(|endpoint| endpoint.method == method)
            .ok_or_else(|| self.not_offered())
    }

    /// The endpoint with this method and path; for functions that do so by several APIs.
    pub fn endpoint_for(&self, method: &str, path: &str) -> Result<&'static Endpoint, ApiError> {
        self.endpoints()
            .find(|endpoint| endpoint.method == method && endpoint.path == path)
            .ok_or_else(|| self.not_offered())
    }

    /// That the deployment has no such thing.
    pub fn not_offered(&self) -> ApiError {
        ApiError::NotOffered {
            command: self.command.name(),
            deployment: self.site.deployment,
        }
    }

    /// Tries the endpoints in turn, as long as a token's scopes do not reach for one. An older one that is not there any more
    /// says nothing of what is missing.
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
                Err(error) if error.fault() == Some(Fault::Removed) && refused.is_some() => {}
                other => return other,
            }
        }
        Err(refused.unwrap_or_else(|| self.not_offered()))
    }

    /// A path with the values in it, encoded; a repository is two segments.
    pub fn fill_path(&self, template: &str) -> Result<String, ApiError> {
        fill_path(template, |name| self.values.text(name))
    }

    /// The one object that is asked for. Where it would be found in a list, an empty list says that it is not there.
    pub async fn answer(&self) -> Result<Json, ApiError> {
        self.on_endpoints(async |endpoint| {
            let call = self.prepared(endpoint).await?;
            self.answer_to(&call, endpoint).await
        })
        .await
    }

    /// What one endpoint answers; for functions that send several.
    pub async fn answer_of(&self, endpoint: &Endpoint) -> Result<Json, ApiError> {
        self.answer_to(&self.call(endpoint)?, endpoint).await
    }

    async fn answer_to(&self, call: &Call, endpoint: &Endpoint) -> Result<Json, ApiError> {
        let mut answer = self.site.json(call).await?;
        let found = answer.pointer_mut(endpoint.items).map(Json::take);
        found.ok_or_else(|| self.not_there())
    }

    /// That there is nothing of the name that was given first.
    fn not_there(&self) -> ApiError {
        let words = self.command.words;
        let first = self.command.parameters.first();
        ApiError::NotThere {
            what: words.rsplit_once(' ').map_or(words, |(noun, _)| noun),
            typed: first
                .and_then(|parameter| self.values.text(parameter.name))
                .unwrap_or_default()
                .to_owned(),
            known: Vec::new(),
        }
    }

    /// Sends what changes something; `None` where it was only shown. Where a token's scopes do not reach for it nothing was
    /// changed, so that the next endpoint can be tried.
    pub async fn send(&self) -> Result<Option<Json>, ApiError> {
        self.on_endpoints(async |endpoint| self.send_call(&self.prepared(endpoint).await?).await)
            .await
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

    /// Shows one object, in the form that is wanted.
    pub async fn show(&self, columns: &[Column], mut object: Json) -> Result<(), ApiError> {
        if let Some(mut names) = self.names(columns) {
            names.put(std::slice::from_mut(&mut object)).await;
        }
        if self.options.markdown {
            return show::markdown(self.talk, columns, &object);
        }
        show::object(self.talk, columns, &object)
    }

    /// The names of people for what is shown to people; programs get answers as they are.
    fn names(&self, columns: &[Column]) -> Option<Names<'_>> {
        let for_people = matches!(self.talk.format(), Format::Table | Format::Csv);
        (for_people || self.options.markdown)
            .then(|| Names::wanted(self.site, columns))
            .flatten()
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
        )
        .with_names(self.names(columns));
        let below = columns
            .iter()
            .any(|column| matches!(column.cell, Cell::Below));
        if below && self.talk.format() == Format::Table {
            let mut first = true;
            return self
                .print_pages(pages, |things| {
                    let blocks = things.iter().map(|thing| {
                        let gap = if std::mem::take(&mut first) { "" } else { "\n" };
                        format!("{gap}{}", show::block(columns, thing))
                    });
                    blocks.collect()
                })
                .await;
        }
        self.list_pages(pages, show::titles(columns), |thing| {
            show::cells(columns, thing)
        })
        .await
    }

    /// Lists pages as they arrive, with these headings and the cells that are made of a thing.
    pub async fn list_pages(
        &self,
        pages: Pages<'_>,
        titles: Vec<String>,
        cells: impl Fn(&Json) -> Vec<String>,
    ) -> Result<(), ApiError> {
        let mut listing = Listing::new(self.talk.format(), titles, self.talk.width());
        let row = |thing| Row {
            cells: cells(&thing),
            object: thing,
        };
        self.print_pages(pages, |things| {
            let end = things.is_empty();
            let rows: Vec<Row> = things.into_iter().map(row).collect();
            if end {
                listing.end()
            } else {
                listing.page(&rows)
            }
        })
        .await
    }

    /// Prints pages as they arrive, by the text that is made of each; after the last one, that of nothing.
    async fn print_pages(
        &self,
        mut pages: Pages<'_>,
        mut text: impl FnMut(Vec<Json>) -> String,
    ) -> Result<(), ApiError> {
        let mut count = 0;
        while let Some(things) = pages.next().await? {
            count += things.len();
            self.talk.progress("");
            self.talk.print(&text(things))?;
            match pages.total() {
                Some(total) => self.talk.progress(&format!("{count} of {total}")),
                None => self.talk.progress(&format!("{count} so far")),
            }
        }
        self.talk.progress("");
        self.talk.print(&text(Vec::new()))?;
        if count == 0 && self.talk.width().is_some() {
            // an empty table is nothing to see
            self.talk.note("nothing was found");
        }
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
