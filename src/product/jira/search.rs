//! `lassi jira search`: issues by JQL.

use crate::auth::Product;
use crate::config::views::Format;
use crate::product::column::{self, Column};
use crate::product::command::{
    Action, Command, Ending, Endpoint, Own, Parameter, ParameterKind, To,
};
use crate::product::paging::{Pages, Paging};
use crate::product::run::Run;
use crate::product::show;
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
const FIELDS: &str = "issuetype,status,assignee,updated,summary";
const KEY: Column = Column::new("KEY", &["/key"]);

pub(super) static SEARCH: Command = Command::of(
    Product::Jira,
    "search",
    "Find issues by JQL",
    Action::Own(Own {
        run: search,
        changes: false,
        lists: true,
    }),
)
.takes(&[
    Parameter::flag(
        "jql",
        "JQL",
        ParameterKind::Text,
        "Which issues: `project = DEV order by updated`",
    )
    .required(),
    Parameter::flag(
        "fields",
        "FIELDS",
        ParameterKind::List,
        "The fields to ask for and to show: `summary,status,customfield_10010`",
    ),
])
.calls(&[
    Endpoint::get("/rest/api/3/search/jql")
        .cloud()
        .sends(&[("jql", To::Query("jql")), ("fields", To::Query("fields"))])
        .pages(Paging::Token { size: 100 }, "/issues"),
    Endpoint::get("/rest/api/2/search")
        .data_center()
        .sends(&[("jql", To::Query("jql")), ("fields", To::Query("fields"))])
        .pages(Paging::StartAt { size: 100 }, "/issues"),
]);

fn search<'a>(run: &'a Run<'a>) -> Ending<'a> {
    Box::pin(async move {
        let endpoint = run.endpoint()?;
        let mut call = run.call(endpoint)?;
        let wanted = run.values.texts("fields");
        if wanted.is_empty() {
            let whole = matches!(run.talk.format(), Format::Json | Format::Yaml);
            call = call.query("fields", if whole { "*navigable" } else { FIELDS });
        }
        let pages = Pages::new(run.site, call, endpoint.paging, endpoint.items, run.limit());
        if wanted.is_empty() {
            let cells = |issue: &Json| show::cells(COLUMNS, issue);
            return run.list_pages(pages, show::titles(COLUMNS), cells).await;
        }
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
    })
}
