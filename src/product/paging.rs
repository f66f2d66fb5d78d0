//! A call that lists goes in; pages of things come out, in every style in which Atlassian's APIs count.

use super::confluence::names::Names;
use super::error::{ApiError, OddAnswer};
use super::site::{Call, Site};
use crate::http::redact;
use futures_util::future::try_join;
use serde_json::Value as Json;
use std::collections::VecDeque;

/// So many pages in a row may have nothing on them. Servers leave out what may not be seen, but one that goes on like this has
/// no end.
const MOST_EMPTY: u32 = 100;

/// How a list comes in pages; `size` is the largest page that the server gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paging {
    /// In one piece.
    None,
    /// `maxResults` and `nextPageToken`; `isLast` (Jira's search).
    Token {
        /// The largest page.
        size: u32,
    },
    /// `startAt` and `maxResults`; `isLast` or `total` (Jira).
    StartAt {
        /// The largest page.
        size: u32,
    },
    /// `start` and `limit`; `isLastPage` (Jira Service Management).
    Start {
        /// The largest page.
        size: u32,
    },
    /// `limit`, and an address or path in `_links.next` (Confluence). A short page is not the end.
    Links {
        /// The largest page.
        size: u32,
    },
    /// `pagelen`, and an address in `next` (Bitbucket).
    Next {
        /// The largest page.
        size: u32,
    },
    /// `startAt` and `maxResults`, and nothing but the list in the answer: a short page is the end.
    Bare {
        /// The largest page.
        size: u32,
    },
}

impl Paging {
    /// The largest page, and the name of the parameter that asks for its size.
    fn size(self) -> Option<(&'static str, u32)> {
        match self {
            Paging::None => None,
            Paging::Token { size } | Paging::StartAt { size } | Paging::Bare { size } => {
                Some(("maxResults", size))
            }
            Paging::Start { size } | Paging::Links { size } => Some(("limit", size)),
            Paging::Next { size } => Some(("pagelen", size)),
        }
    }

    /// The names in the query that it uses, for whoever compares requests with their documents.
    pub fn query_names(self) -> &'static [&'static str] {
        match self {
            Paging::None => &[],
            Paging::Token { .. } => &["maxResults", "nextPageToken"],
            Paging::StartAt { .. } | Paging::Bare { .. } => &["maxResults", "startAt"],
            Paging::Start { .. } => &["limit", "start"],
            Paging::Links { .. } => &["limit"],
            Paging::Next { .. } => &["pagelen"],
        }
    }
}

/// The pages of a list, fetched when they are asked for.
pub struct Pages<'a> {
    site: &'a Site,
    call: Call,
    paging: Paging,
    items: &'static str,
    /// How many things are still wanted; `None` is all.
    left: Option<u64>,
    /// The page to ask for next; `None` at the end.
    next: Option<Call>,
    /// How many things came so far.
    seen: u64,
    /// How many came with the page before: a server may give fewer than it was asked for.
    step: u64,
    /// How many pages in a row had nothing on them.
    empty: u32,
    /// Whether the page behind the last one is said to be that one.
    circle: bool,
    /// How many there are in all, where the server says it.
    total: Option<u64>,
    /// A page that came along with the one before.
    ready: VecDeque<Json>,
    /// The page that was asked for last.
    asked: Option<Call>,
    more: bool,
    /// Names of people, where they are wanted and not in the answers.
    names: Option<Names<'a>>,
    /// Where the list goes on, if that is at another site.
    elsewhere: Option<String>,
}

impl<'a> Pages<'a> {
    /// The pages of a call; `limit` 0 is all.
    pub fn new(
        site: &'a Site,
        call: Call,
        paging: Paging,
        items: &'static str,
        limit: u64,
    ) -> Pages<'a> {
        let mut first = call;
        if let Some((name, size)) = paging.size() {
            let wanted = if limit == 0 {
                u64::from(size)
            } else {
                limit.min(u64::from(size))
            };
            first.query.push((name.to_owned(), wanted.to_string()));
        }
        Pages {
            site,
            call: first.clone(),
            paging,
            items,
            left: (limit > 0).then_some(limit),
            next: Some(first),
            seen: 0,
            step: 0,
            empty: 0,
            circle: false,
            total: None,
            ready: VecDeque::new(),
            asked: None,
            more: false,
            names: None,
            elsewhere: None,
        }
    }

    /// The pages behind a first one that was fetched already, and that one's things.
    pub fn behind(
        site: &'a Site,
        call: Call,
        paging: Paging,
        items: &'static str,
        first: Json,
    ) -> Result<(Pages<'a>, Vec<Json>), ApiError> {
        let mut pages = Pages::new(site, call.clone(), Paging::None, items, 0);
        pages.paging = paging;
        pages.next = None;
        pages.asked = Some(call);
        let things = pages.read(first)?;
        Ok((pages, things))
    }

    /// The same with names of people in place of their ids.
    #[must_use]
    pub(super) fn with_names(self, names: Option<Names<'a>>) -> Pages<'a> {
        Pages { names, ..self }
    }

    /// How many things there are in all, where the server says it.
    pub fn total(&self) -> Option<u64> {
        self.total
    }

    /// Whether there are more than were wanted.
    pub fn has_more(&self) -> bool {
        self.more
    }

    /// The next page's things; `None` at the end.
    pub async fn next(&mut self) -> Result<Option<Vec<Json>>, ApiError> {
        loop {
            if self.left == Some(0) {
                return Ok(None);
            }
            if self.circle {
                return Err(OddAnswer::Circle.into());
            }
            let Some(page) = self.page().await? else {
                return Ok(None);
            };
            let mut things = self.read(page)?;
            if let Some(left) = self.left {
                let wanted = usize::try_from(left).unwrap_or(usize::MAX);
                if things.len() > wanted {
                    things.truncate(wanted);
                    self.more = true;
                }
                let left = left - things.len() as u64;
                self.left = Some(left);
                self.more |= left == 0 && (self.next.is_some() || !self.ready.is_empty());
            }
            if things.is_empty() {
                self.empty += 1;
                if self.empty > MOST_EMPTY {
                    return Err(OddAnswer::NoEnd { pages: self.empty }.into());
                }
            } else {
                self.empty = 0;
                if let Some(names) = &mut self.names {
                    names.put(&mut things).await;
                }
                return Ok(Some(things));
            }
        }
    }

    /// One page, as it was answered. Where pages are counted and more than one is left, the next two are asked for at the
    /// same time.
    async fn page(&mut self) -> Result<Option<Json>, ApiError> {
        if let Some(page) = self.ready.pop_front() {
            return Ok(Some(page));
        }
        let Some(call) = self.next.take() else {
            // a list that looks whole and is not would be worse than none
            return match self.elsewhere.take() {
                Some(url) => Err(OddAnswer::NextPage { url }.into()),
                None => Ok(None),
            };
        };
        let second = self.page_behind(&call);
        self.asked = Some(second.clone().unwrap_or_else(|| call.clone()));
        let Some(second) = second else {
            return Ok(Some(self.site.json(&call).await?));
        };
        let (first, second) = try_join(self.site.json(&call), self.site.json(&second)).await?;
        self.ready.push_back(second);
        Ok(Some(first))
    }

    /// The page behind a counted one, if it is known that there is one and that it is wanted.
    fn page_behind(&self, call: &Call) -> Option<Call> {
        if !matches!(self.paging, Paging::StartAt { .. } | Paging::Start { .. }) {
            return None;
        }
        let behind = self.seen + self.step;
        let is_there = self.step > 0 && self.total? > behind;
        let is_wanted = self.left.is_none_or(|left| left > self.step);
        (is_there && is_wanted).then(|| self.at(call, behind))
    }

    fn at(&self, call: &Call, start: u64) -> Call {
        let name = match self.paging {
            Paging::Start { .. } => "start",
            _ => "startAt",
        };
        with(call, name, &start.to_string())
    }

    /// The things of a page, and where the next one is.
    fn read(&mut self, mut page: Json) -> Result<Vec<Json>, ApiError> {
        let Some(Json::Array(things)) = page.pointer_mut(self.items).map(Json::take) else {
            return Err(OddAnswer::Unexpected { wanted: "list" }.into());
        };
        let count = things.len() as u64;
        self.seen += count;
        if count != self.step {
            // a page that was asked for along with this one would not begin where this one ends
            self.ready.clear();
            self.step = count;
        }
        if let Some(total) = page["total"].as_u64() {
            self.total = Some(total);
        } else if self.paging == Paging::None {
            self.total = Some(count);
        }
        if self.ready.is_empty() {
            let next = self.next_call(&page, count);
            let asked = self.asked.as_ref();
            // a server that names the same page again would never end
            self.circle = asked
                .zip(next.as_ref())
                .is_some_and(|(asked, next)| is_same(asked, next));
            self.next = next.filter(|_| !self.circle);
        }
        Ok(things)
    }

    fn next_call(&mut self, page: &Json, count: u64) -> Option<Call> {
        match self.paging {
            Paging::None => None,
            Paging::Token { .. } => {
                let token = page["nextPageToken"].as_str()?;
                let is_last = page["isLast"] == Json::Bool(true);
                (!is_last).then(|| with(&self.call, "nextPageToken", token))
            }
            Paging::StartAt { .. } => {
                let is_last = page["isLast"].as_bool();
                let has_more = match (is_last, self.total) {
                    (Some(is_last), _) => !is_last,
                    (None, Some(total)) => self.seen < total,
                    (None, None) => false,
                };
                (has_more && count > 0).then(|| self.at(&self.call, self.seen))
            }
            Paging::Start { .. } => {
                let has_more = page["isLastPage"] == Json::Bool(false);
                (has_more && count > 0).then(|| self.at(&self.call, self.seen))
            }
            Paging::Bare { size } => {
                (count >= u64::from(size)).then(|| self.at(&self.call, self.seen))
            }
            Paging::Links { .. } => {
                let link = page["_links"]["next"].as_str()?;
                self.follow(link)
            }
            Paging::Next { .. } => {
                let link = page["next"].as_str()?;
                self.follow(link)
            }
        }
    }

    /// A link is followed only to the same site.
    fn follow(&mut self, link: &str) -> Option<Call> {
        let context = if self.call.path.starts_with("/wiki/") {
            "/wiki"
        } else {
            ""
        };
        let Some(next) = self.site.next_page(link, context) else {
            self.elsewhere = Some(redact::text(link));
            return None;
        };
        Some(Call {
            headers: self.call.headers.clone(),
            accept: self.call.accept,
            ..next
        })
    }
}

fn is_same(one: &Call, other: &Call) -> bool {
    one.path == other.path && one.query == other.query
}

/// The call with another value in its query.
fn with(call: &Call, name: &str, value: &str) -> Call {
    let mut changed = call.clone();
    changed.query.retain(|(known, _)| known != name);
    changed.query.push((name.to_owned(), value.to_owned()));
    changed
}
