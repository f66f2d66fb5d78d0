//! Searching issues: a query goes in by address or as a body, a page of issues comes out, led on by a token on Cloud and
//! by numbers on Data Center.

use super::answer::Answer;
use super::big_project;
use super::jira::{Issue, Jira, Visit};
use super::jira_issues::{Wanted, shown};
use super::jql::Query;
use super::listing;
use serde_json::{Value, json};

/// What a search asks for, from the query of an address or from a body.
struct Search {
    query: Query,
    fields: Vec<String>,
    limit: Option<usize>,
    body: Value,
}

impl Search {
    fn of(jira: &Jira, visit: &Visit) -> Result<Search, Answer> {
        let request = visit.request;
        let (jql, fields, limit, body);
        if request.only_reads() {
            jql = request.parameter("jql").unwrap_or_default().to_owned();
            fields = request
                .words("fields")
                .into_iter()
                .map(str::to_owned)
                .collect();
            limit = request.number("maxResults");
            body = Value::Null;
        } else {
            body = request.json();
            if !body.is_object() {
                return Err(Answer::jira_message(
                    400,
                    "Invalid request payload. Refer to the REST API documentation and try again.",
                ));
            }
            jql = body["jql"].as_str().unwrap_or_default().to_owned();
            let given = body["fields"]
                .as_array()
                .map(Vec::as_slice)
                .unwrap_or_default();
            fields = given
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect();
            limit = body["maxResults"]
                .as_u64()
                .and_then(|limit| usize::try_from(limit).ok());
        }
        let query = Query::parse(&jql).map_err(|message| Answer::jira_message(400, &message))?;
        let missing = query
            .keys()
            .find(|key| jira.place_of(key).is_none() && big_project::issue(key).is_none());
        if let Some(key) = missing {
            let message = format!("An issue with key '{key}' does not exist for field 'key'.");
            return Err(Answer::jira_message(400, &message));
        }
        Ok(Search {
            query,
            fields,
            limit,
            body,
        })
    }

    fn wanted(&self, otherwise: &str) -> Wanted {
        let words: Vec<&str> = self.fields.iter().map(String::as_str).collect();
        Wanted::of(&words, otherwise)
    }
}

/// Issues that a query finds, and how many there are in all.
fn page(jira: &Jira, query: &Query, start: usize, limit: usize) -> (Vec<Issue>, usize) {
    if query.asks_for(big_project::BIG) {
        let all = 0..big_project::ISSUES;
        if query.is_project_alone() {
            let end = start.saturating_add(limit).min(all.end);
            return (
                (start.min(end)..end).map(big_project::at).collect(),
                all.end,
            );
        }
        let found: Vec<Issue> = all
            .map(big_project::at)
            .filter(|issue| query.matches(issue))
            .collect();
        let total = found.len();
        return (found.into_iter().skip(start).take(limit).collect(), total);
    }
    let found: Vec<&Issue> = jira
        .issues
        .iter()
        .filter(|issue| query.matches(issue))
        .collect();
    let total = found.len();
    let page = found.into_iter().skip(start).take(limit).cloned().collect();
    (page, total)
}

/// `/search/jql` of Cloud.
pub(crate) fn by_token(jira: &Jira, visit: &Visit) -> Answer {
    let search = match Search::of(jira, visit) {
        Ok(search) => search,
        Err(answer) => return answer,
    };
    if !search.query.is_bounded() {
        return Answer::jira_message(
            400,
            "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.",
        );
    }
    let token = search.body["nextPageToken"]
        .as_str()
        .or(visit.request.parameter("nextPageToken"));
    let start = match token.map(listing::position) {
        None => 0,
        Some(Some(position)) => position,
        Some(None) => return Answer::jira_message(400, "The provided next page token is invalid."),
    };
    let wanted = search.wanted("id");
    let most = if wanted.is_small() { 5_000 } else { 100 };
    let limit = search.limit.unwrap_or(50).min(most);
    let (issues, total) = page(jira, &search.query, start, limit);
    let next = start + issues.len();
    let issues: Vec<Value> = issues
        .iter()
        .map(|issue| shown(jira, issue, &wanted, visit.site))
        .collect();
    let mut answer = json!({ "issues": issues, "isLast": next >= total });
    if next < total {
        answer["nextPageToken"] = listing::cursor(next).into();
    }
    Answer::ok(&answer)
}

/// `/search` of Data Center.
pub(crate) fn by_number(jira: &Jira, visit: &Visit) -> Answer {
    let search = match Search::of(jira, visit) {
        Ok(search) => search,
        Err(answer) => return answer,
    };
    let in_body = search.body["startAt"]
        .as_u64()
        .and_then(|start| usize::try_from(start).ok());
    let start = visit.request.number("startAt").or(in_body).unwrap_or(0);
    let limit = search.limit.unwrap_or(50).min(1_000);
    let wanted = search.wanted("*navigable");
    let (issues, total) = page(jira, &search.query, start, limit);
    let issues: Vec<Value> = issues
        .iter()
        .map(|issue| shown(jira, issue, &wanted, visit.site))
        .collect();
    Answer::ok(&json!({
        "expand": "schema,names", "startAt": start, "maxResults": limit, "total": total, "issues": issues,
    }))
}

/// `/search/approximate-count` of Cloud.
pub(crate) fn count(jira: &Jira, visit: &Visit) -> Answer {
    match Search::of(jira, visit) {
        Ok(search) => {
            let (_, total) = page(jira, &search.query, 0, 0);
            Answer::ok(&json!({ "count": total }))
        }
        Err(answer) => answer,
    }
}
