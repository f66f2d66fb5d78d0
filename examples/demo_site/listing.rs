//! Lists in pages, in the ways of the products: all items and a request go in, the page that was asked for comes out.

use super::request::Request;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

/// Jira: `startAt`, `maxResults`, `total`, `isLast`.
pub(crate) fn jira(request: &Request, name: &str, items: &[Value]) -> Value {
    let start = request.number("startAt").unwrap_or(0);
    let limit = request.number("maxResults").unwrap_or(50).clamp(1, 100);
    let page = page_of(items, start, limit);
    json!({
        "startAt": start, "maxResults": limit, "total": items.len(),
        "isLast": start + page.len() >= items.len(), name: page,
    })
}

/// Jira Service Management: `start`, `limit`, `isLastPage` and addresses of the neighbours.
pub(crate) fn service_management(request: &Request, site: &str, items: &[Value]) -> Value {
    let start = request.number("start").unwrap_or(0);
    let limit = request.number("limit").unwrap_or(50).clamp(1, 100);
    let page = page_of(items, start, limit);
    let last = start + page.len() >= items.len();
    let mut links = json!({ "base": site, "context": "" });
    if !last {
        let next = start + page.len();
        // an address of the site, whichever way the request came
        let path = request
            .path
            .find("/rest/")
            .map_or("", |at| &request.path[at..]);
        let others = others(request, &["start", "limit"]);
        links["next"] = format!("{site}{path}?{others}start={next}&limit={limit}").into();
    }
    json!({
        "_expands": [], "size": page.len(), "start": start, "limit": limit, "isLastPage": last,
        "_links": links, "values": page,
    })
}

/// Confluence's first API, where it does not search: `start`, `limit`, `size`, and a path relative to the context.
pub(crate) fn confluence_by_number(request: &Request, place: &Place, items: &[Value]) -> Value {
    let start = request.number("start").unwrap_or(0);
    let limit = request.number("limit").unwrap_or(25).clamp(1, 100);
    let page = page_of(items, start, limit);
    let mut links = json!({ "base": place.base(), "context": place.context });
    if start + page.len() < items.len() {
        let path = place.below_context(&request.path);
        let others = others(request, &["start", "limit"]);
        links["next"] = format!("{path}?{others}limit={limit}&start={}", start + page.len()).into();
    }
    json!({ "results": page, "start": start, "limit": limit, "size": page.len(), "_links": links })
}

/// Confluence's search: a cursor alone leads on, `start` is ignored, and a page may be shorter than was asked for.
pub(crate) fn confluence_search(request: &Request, place: &Place, items: &[Value]) -> Value {
    let start = request.parameter("cursor").and_then(position).unwrap_or(0);
    let limit = request.number("limit").unwrap_or(25).clamp(1, 100);
    // as if something that may not be seen were left out of each page
    let page = page_of(items, start, (limit - 1).max(1));
    let next = start + page.len();
    let mut links = json!({ "base": place.base(), "context": place.context });
    if next < items.len() {
        let path = place.below_context(&request.path);
        let others = others(request, &["start", "limit", "cursor", "next"]);
        let cursor = cursor(next);
        links["next"] =
            format!("{path}?next=true&{others}cursor={cursor}&limit={limit}&start={next}").into();
    }
    json!({
        "results": page, "start": start, "limit": limit, "size": page.len(), "totalSize": items.len(),
        "_links": links,
    })
}

/// Confluence's second API: `_links.next` is a path from the root of the site, and absent at the end.
pub(crate) fn confluence_by_cursor(request: &Request, place: &Place, items: &[Value]) -> Value {
    let start = request.parameter("cursor").and_then(position).unwrap_or(0);
    let limit = request.number("limit").unwrap_or(25).clamp(1, 250);
    let page = page_of(items, start, limit);
    let next = start + page.len();
    let mut links = json!({ "base": place.base() });
    if next < items.len() {
        // a path of the site, whichever way the request came
        let path = request
            .path
            .find("/wiki/")
            .map_or("", |at| &request.path[at..]);
        let others = others(request, &["limit", "cursor"]);
        links["next"] = format!("{path}?{others}limit={limit}&cursor={}", cursor(next)).into();
    }
    json!({ "results": page, "_links": links })
}

/// Bitbucket: `page`, `pagelen`, `size`, and whole addresses.
pub(crate) fn bitbucket(request: &Request, site: &str, items: &[Value]) -> Value {
    let number = request.number("page").unwrap_or(1).max(1);
    let length = request.number("pagelen").unwrap_or(10).clamp(1, 100);
    let page = page_of(items, (number - 1) * length, length);
    let mut answer = json!({
        "pagelen": length, "page": number, "size": items.len(), "values": page,
    });
    if number * length < items.len() {
        let others = others(request, &["page", "pagelen"]);
        let path = &request.path;
        answer["next"] =
            format!("{site}{path}?{others}pagelen={length}&page={}", number + 1).into();
    }
    answer
}

/// Where a Confluence is.
pub(crate) struct Place<'place> {
    pub(crate) site: &'place str,
    /// `/wiki` on Cloud; on Data Center the context path.
    pub(crate) context: &'place str,
}

impl Place<'_> {
    pub(crate) fn base(&self) -> String {
        format!("{}{}", self.site, self.context)
    }

    fn below_context<'path>(&self, path: &'path str) -> &'path str {
        let at = path.find(&format!("{}/", self.context));
        at.map_or(path, |at| &path[at + self.context.len()..])
    }
}

/// A place in a list as text that nobody should read.
pub(crate) fn cursor(position: usize) -> String {
    URL_SAFE_NO_PAD.encode(format!("demo:{position}"))
}

/// The place that a cursor stands for.
pub(crate) fn position(cursor: &str) -> Option<usize> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    std::str::from_utf8(&bytes)
        .ok()?
        .strip_prefix("demo:")?
        .parse()
        .ok()
}

fn page_of(items: &[Value], start: usize, limit: usize) -> &[Value] {
    let start = start.min(items.len());
    let end = start.saturating_add(limit).min(items.len());
    &items[start..end]
}

/// The rest of the query, with `&` at its end if there is any.
fn others(request: &Request, without: &[&str]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in &request.query {
        if !without.contains(&name.as_str()) {
            query.append_pair(name, value);
        }
    }
    let query = query.finish();
    if query.is_empty() {
        query
    } else {
        format!("{query}&")
    }
}
