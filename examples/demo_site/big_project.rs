//! The project with a hundred thousand issues, each made when it is asked for.

use super::jira::Issue;
use super::jira_seed::NOW;
use serde_json::Value;

/// Its key.
pub(crate) const BIG: &str = "BIG";
/// How many there are.
pub(crate) const ISSUES: usize = 100_000;

/// The issue of a place in the list of all.
pub(crate) fn at(place: usize) -> Issue {
    let number = place as u64 + 1;
    Issue {
        id: 1_000_000 + number,
        project: BIG,
        number,
        summary: format!("Small thing number {number}"),
        kind: place % 3,
        status: place % 4,
        priority: place % 5,
        assignee: (!place.is_multiple_of(5)).then_some(place % 4),
        reporter: place % 4,
        labels: Vec::new(),
        components: Vec::new(),
        description: Value::Null,
        due: None,
        sprint: None,
        comments: Vec::new(),
        attachments: Vec::new(),
        watchers: Vec::new(),
        created: NOW.to_owned(),
        updated: NOW.to_owned(),
    }
}

/// The issue that a key names.
pub(crate) fn issue(key: &str) -> Option<Issue> {
    let (project, number) = key.split_once('-')?;
    let number: usize = number.parse().ok()?;
    (project.eq_ignore_ascii_case(BIG) && (1..=ISSUES).contains(&number)).then(|| at(number - 1))
}
