//! `lassi jira issue transition --jql …`: all issues that a query finds go in, each is moved by itself; what was moved and
//! what could not be moved comes out.

use super::field_facts;
use super::search;
use super::transition::{FIELDS, Issue, Paths, change, find_step};
use crate::config::views::Format;
use crate::http::Method;
use crate::output::listing::Listing;
use crate::product::bulk;
use crate::product::column::Column;
use crate::product::error::ApiError;
use crate::product::paging::Pages;
use crate::product::run::Run;
use crate::product::show;
use serde_json::{Value as Json, json};

/// As many are shown before the question.
const MOST_SHOWN: usize = 20;

/// What is shown of issues that are moved.
const COLUMNS: &[Column] = &[
    Column::new("KEY", &["/key"]),
    Column::new("FROM", &["/from"]),
    Column::new("TO", &["/to"]),
    Column::new("SUMMARY", &["/summary"]),
];

/// Moves the issues that a query finds, after they were shown and somebody said yes.
pub(super) async fn move_all(run: &Run<'_>, query: &str) -> Result<(), ApiError> {
    if run.site.read_only && !run.options.dry_run {
        return Err(ApiError::ReadOnly {
            method: Method::POST,
        });
    }
    let to = run.values.text("to").unwrap_or_default();
    let (there, issues): (Vec<_>, Vec<_>) = find_issues(run, query)
        .await?
        .into_iter()
        .partition(|issue| issue.from.eq_ignore_ascii_case(to));
    if !there.is_empty() {
        let keys: Vec<&str> = there.iter().map(|issue| issue.key.as_str()).collect();
        run.talk.note(&format!("in {to} already: {}", few(&keys)));
    }
    if issues.is_empty() {
        run.talk.note("there is no issue to move");
        return Ok(());
    }
    if run.options.dry_run {
        return preview(run, &issues).await;
    }
    if !run.options.yes {
        for line in table(&issues, to, run.talk.width()).lines() {
            run.talk.note(line);
        }
    }
    let question = match issues.as_slice() {
        [one] => format!("Move {} to {to}?", one.key),
        several => format!("Move {} issues to {to}?", several.len()),
    };
    run.talk.confirm(&question, run.options.yes)?;
    let outcome = bulk::each(
        run,
        &issues,
        |issue| issue.key.clone(),
        async |issue| {
            let step = find_step(run, &issue.key).await?;
            let sent = run.site.json(&change(run, &issue.key, &step)?).await;
            sent.map_err(|error| field_facts::explained(error, run.command, &step.fields))?;
            Ok(shown(issue, Some(&step.to)))
        },
    )
    .await;
    show::list(run.talk, COLUMNS, outcome.done.clone())?;
    outcome.failure()
}

/// What would become of issues: asked of each, and nothing changed.
async fn preview(run: &Run<'_>, issues: &[Issue]) -> Result<(), ApiError> {
    let outcome = bulk::each(
        run,
        issues,
        |issue| issue.key.clone(),
        async |issue| match find_step(run, &issue.key).await {
            Ok(step) => Ok(shown(issue, Some(&step.to))),
            Err(ApiError::NotThere { .. }) => Ok(shown(issue, None)),
            Err(error) => Err(error),
        },
    )
    .await;
    let stuck = outcome.done.iter().filter(|issue| issue["to"].is_null());
    let stuck: Vec<&str> = stuck.filter_map(|issue| issue["key"].as_str()).collect();
    if !stuck.is_empty() {
        let keys = few(&stuck);
        run.talk
            .warn(&format!("there is no way from where they are: {keys}"));
    }
    show::list(run.talk, COLUMNS, outcome.done.clone())?;
    outcome.failure()
}

/// The issues that a query finds, all of them.
async fn find_issues(run: &Run<'_>, query: &str) -> Result<Vec<Issue>, ApiError> {
    let endpoint = run.endpoint_at(Paths::of(run).search)?;
    let call = search::asking(run.call(endpoint)?, query).query("fields", FIELDS);
    let mut pages = Pages::new(run.site, call, endpoint.paging, endpoint.items, 0);
    let mut issues = Vec::new();
    while let Some(page) = pages.next().await? {
        issues.extend(page.iter().map(Issue::read));
        run.talk.progress(&format!("{} found", issues.len()));
    }
    run.talk.progress("");
    Ok(issues)
}

/// An issue as it is shown, and printed as JSON; `to` is null where it cannot be moved.
fn shown(issue: &Issue, to: Option<&str>) -> Json {
    json!({ "key": issue.key, "from": issue.from, "to": to, "summary": issue.summary })
}

/// What the question is about.
fn table(issues: &[Issue], to: &str, width: Option<usize>) -> String {
    let first = issues.iter().take(MOST_SHOWN);
    let rows = show::rows(COLUMNS, first.map(|issue| shown(issue, Some(to))).collect());
    let mut text = Listing::new(Format::Table, show::titles(COLUMNS), width).page(&rows);
    if issues.len() > MOST_SHOWN {
        text.push_str(&format!("and {} more", issues.len() - MOST_SHOWN));
    }
    text
}

/// The first keys, and how many more there are.
fn few(keys: &[&str]) -> String {
    let mut text = keys[..keys.len().min(MOST_SHOWN)].join(", ");
    if keys.len() > MOST_SHOWN {
        text.push_str(&format!(" and {} more", keys.len() - MOST_SHOWN));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_keys_are_cut() {
        let keys = ["A-1"; 25];
        assert!(few(&keys).ends_with("A-1 and 5 more"));
        assert_eq!(few(&keys[..2]), "A-1, A-1");
    }
}
