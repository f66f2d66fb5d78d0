//! `lassi jira search`: issues by JQL, by filters, or by both. Lists of issues in general.

use super::jql;
use crate::auth::Product;
use crate::config::views::Format;
use crate::output::escape::Visible;
use crate::product::column::{self, Column};
use crate::product::command::{
    Action, Command, Ending, Endpoint, Own, Parameter, ParameterKind, Thing, To,
};
use crate::product::error::ApiError;
use crate::product::paging::{Pages, Paging};
use crate::product::run::Run;
use crate::product::site::Call;
use serde_json::Value as Json;

/// What is shown where `--fields` says nothing, and the fields that it takes.
const COLUMNS: &[Column] = &[
    KEY,
    Column::new("TYPE", &["/fields/issuetype/name"]),
    Column::new("STATUS", &["/fields/status/name"]),
    Column::new("ASSIGNEE", &["/fields/assignee/displayName"]),
    Column::moment("UPDATED", &["/fields/updated"]),
    Column::new("SUMMARY", &["/fields/summary"]),
];
const SHOWN_FIELDS: &str = "issuetype,status,assignee,updated,summary";
const KEY: Column = Column::new("KEY", &["/key"]);

/// The fields of lists of issues.
pub(super) const FIELDS: Parameter = Parameter::flag(
    "fields",
    "FIELDS",
    ParameterKind::List,
    "The fields to ask for and to show: `summary,status,customfield_10010`",
);

/// A search on Cloud.
pub(super) const ON_CLOUD: Endpoint = Endpoint::get("/rest/api/3/search/jql")
    .cloud()
    .sends(&[("jql", To::Query("jql")), ("fields", To::Query("fields"))])
    .pages(Paging::Token { size: 100 }, "/issues");

/// A search on Data Center.
pub(super) const ON_DATA_CENTER: Endpoint = Endpoint::get("/rest/api/2/search")
    .data_center()
    .sends(&[("jql", To::Query("jql")), ("fields", To::Query("fields"))])
    .pages(Paging::StartAt { size: 100 }, "/issues");

pub(super) static SEARCH: Command = Command::of(
    Product::Jira,
    "search",
    "Find issues by JQL and filters",
    Action::Own(Own {
        run: search,
        changes: false,
        lists: true,
    }),
)
.details(
    "All filters have to hold, and `--jql` besides; of several values of one filter any will do. `--show-query` \
     prints the query that they make. In `--text`, `*` and `?` stand for any letters, and quotes make a phrase.",
)
.takes(&[
    Parameter::flag(
        "jql",
        "JQL",
        ParameterKind::Text,
        "Which issues: `project = DEV order by updated`",
    ),
    Parameter::flag(
        "project",
        "PROJECT",
        ParameterKind::Key(Thing::Project),
        "Of this project",
    ),
    Parameter::flag(
        "assignee",
        "PERSON",
        ParameterKind::Text,
        "Assigned to an address, an account id, `@me` or `none`",
    ),
    Parameter::flag(
        "status",
        "STATUS",
        ParameterKind::List,
        "In one of these states: `\"In Progress\",Done`",
    ),
    Parameter::flag(
        "type",
        "TYPE",
        ParameterKind::List,
        "Of one of these types: `Bug,Task`",
    ),
    Parameter::flag(
        "label",
        "LABEL",
        ParameterKind::List,
        "With one of these labels",
    ),
    Parameter::flag(
        "text",
        "TEXT",
        ParameterKind::Text,
        "With these words in a text",
    ),
    FIELDS,
    Parameter::switch("show-query", "Print the query in JQL and search nothing"),
])
.calls(&[ON_CLOUD, ON_DATA_CENTER]);

fn search<'a>(run: &'a Run<'a>) -> Ending<'a> {
    Box::pin(async move {
        let Some(query) = jql::of(run).await? else {
            return Err(ApiError::Missing {
                flags: jql::FLAGS.to_vec(),
                reason: "all issues of a site are too many".to_owned(),
            });
        };
        if run.values.is_set("show-query") {
            return run.talk.print(&format!("{}\n", Visible(&query)));
        }
        let endpoint = run.endpoint()?;
        let call = asking(run.call(endpoint)?, &query);
        list_issues(run, endpoint, call).await
    })
}

/// The call with this query.
pub(super) fn asking(mut call: Call, query: &str) -> Call {
    call.query.retain(|(name, _)| name != "jql");
    call.query("jql", query)
}

/// Lists the issues that the command's first call finds; for commands that only take `--fields` besides.
pub(super) fn list<'a>(run: &'a Run<'a>) -> Ending<'a> {
    Box::pin(async move {
        let endpoint = run.endpoint()?;
        list_issues(run, endpoint, run.call(endpoint)?).await
    })
}

async fn list_issues(run: &Run<'_>, endpoint: &Endpoint, mut call: Call) -> Result<(), ApiError> {
    let wanted = run.values.texts("fields");
    if wanted.is_empty() {
        let whole = matches!(run.talk.format(), Format::Json | Format::Yaml);
        call = call.query("fields", if whole { "*navigable" } else { SHOWN_FIELDS });
        return run.list(call, endpoint, COLUMNS).await;
    }
    let pages = Pages::new(run.site, call, endpoint.paging, endpoint.items, run.limit());
    let titles = wanted.iter().map(|field| field.to_uppercase());
    let titles = std::iter::once(KEY.title.to_owned())
        .chain(titles)
        .collect();
    let cells = |issue: &Json| {
        let fields = wanted
            .iter()
            .map(|field| column::text(&issue["fields"][field]));
        std::iter::once(KEY.text(issue)).chain(fields).collect()
    };
    run.list_pages(pages, titles, cells).await
}
