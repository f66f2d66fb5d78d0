//! `lassi jsm request`: reading requests, and what is said to them.

use super::PAGES;
use super::desk::DESK;
use crate::auth::Product;
use crate::config::views::Format;
use crate::product::column::Column;
use crate::product::command::{
    Action, Command, Ending, Endpoint, Own, Parameter, ParameterKind, Thing, To,
};
use crate::product::run::Run;
use crate::product::show;
use serde_json::{Value as Json, json};

const ONE: &str = "/rest/servicedeskapi/request/{request}";
const SAID: &str = "/rest/servicedeskapi/request/{request}/comment";

const KEY: Column = Column::new("KEY", &["/issueKey"]);
const STATUS: Column = Column::new("STATUS", &["/currentStatus/status"]);
const TYPE: Column = Column::new("TYPE", &["/requestType/name", "/requestTypeId"]);
const REPORTER: Column = Column::new("REPORTER", &["/reporter"]);
const CREATED: Column = Column::moment(
    "CREATED",
    &["/createdDate/epochMillis", "/createdDate/iso8601"],
);
/// Data Center has it among the fields only, where it is the first one.
const SUMMARY: Column = Column::new("SUMMARY", &["/summary", "/requestFieldValues/0/value"]);

/// A request, by its issue's key.
pub(super) const REQUEST: Parameter = Parameter::argument(
    "request",
    "REQUEST",
    ParameterKind::Key(Thing::Issue),
    "The key of a request, such as HELP-1, or its address",
);

/// Its page for customers shows what they may see; agents find their own by the issue.
const PAGE: &str = "/browse/{request}";

pub(super) static LIST: Command = Command::list(
    Product::Jsm,
    "request list",
    "List the requests that you have made or take part in; of agents, all that they see",
    &[KEY, STATUS, TYPE, REPORTER, CREATED, SUMMARY],
)
.takes(&[
    DESK,
    Parameter::flag(
        "type",
        "ID",
        ParameterKind::Integer,
        "Only those of this type, with `--servicedesk`: `lassi jsm requesttype list` shows their numbers",
    ),
    Parameter::flag(
        "status",
        "STATUS",
        ParameterKind::Named(&[
            ("open", "OPEN_REQUESTS"),
            ("closed", "CLOSED_REQUESTS"),
            ("all", "ALL_REQUESTS"),
        ]),
        "Only those that are",
    ),
    Parameter::flag(
        "ownership",
        "WHOSE",
        ParameterKind::Named(&[
            ("owned", "OWNED_REQUESTS"),
            ("participated", "PARTICIPATED_REQUESTS"),
            ("organization", "ORGANIZATION"),
            ("organizations", "ALL_ORGANIZATIONS"),
            ("approver", "APPROVER"),
            ("all", "ALL_REQUESTS"),
        ]),
        "Only those that you have made, take part in, share with one or all of your organizations, or approve",
    ),
    Parameter::flag(
        "text",
        "TEXT",
        ParameterKind::Text,
        "Only those with this in their summary",
    ),
])
.calls(&[Endpoint::get("/rest/servicedeskapi/request")
    .fixed(&[("expand", "requestType")])
    .sends(&[
        ("servicedesk", To::Query("serviceDeskId")),
        ("type", To::Query("requestTypeId")),
        ("status", To::Query("requestStatus")),
        ("ownership", To::Query("requestOwnership")),
        ("text", To::Query("searchTerm")),
    ])
    .pages(PAGES, "/values")]);

pub(super) static GET: Command = Command::of(
    Product::Jsm,
    "request get",
    "Show a request",
    Action::Own(Own {
        run: get,
        changes: false,
        lists: false,
    }),
)
.takes(&[REQUEST])
.calls(&[Endpoint::get(ONE).fixed(&[("expand", "requestType,serviceDesk,participant")])])
.web(PAGE);

pub(super) static COMMENTS: Command = Command::list(
    Product::Jsm,
    "request comment list",
    "List what was said to a request",
    &[
        Column::new("ID", &["/id"]),
        Column::new("AUTHOR", &["/author"]),
        Column::new("PUBLIC", &["/public"]),
        Column::moment("CREATED", &["/created/epochMillis", "/created/iso8601"]),
        Column::new("COMMENT", &["/body"]),
    ],
)
.takes(&[REQUEST])
.calls(&[Endpoint::get(SAID).pages(PAGES, "/values")])
.web(PAGE);

pub(super) static ADD_COMMENT: Command = Command::send(
    Product::Jsm,
    "request comment add",
    "Say something to a request, for the customer to see or not",
    "added comment {/id} to {request}",
)
.takes(&[
    REQUEST,
    Parameter::flag(
        "body",
        "TEXT",
        ParameterKind::Markdown,
        "What to say, in Markdown: a text, `@file`, or `-` for standard input",
    )
    .required(),
    Parameter::switch("internal", "Only for agents, not for the customer"),
])
.calls(&[Endpoint::of("POST", SAID).sends(&[
    ("body", To::Wiki("/body")),
    ("internal", To::Unless("/public")),
])]);

/// What was filled in is a list of fields; people are shown a line for each.
fn get<'a>(run: &'a Run<'a>) -> Ending<'a> {
    const COLUMNS: &[Column] = &[
        KEY,
        SUMMARY,
        STATUS,
        TYPE,
        Column::new("DESK", &["/serviceDesk/projectName", "/serviceDeskId"]),
        REPORTER,
        Column::new("PARTICIPANTS", &["/participants/values"]),
        CREATED,
        Column::new("PAGE", &["/_links/web"]),
        Column::document("FIELDS", &["/fields"]),
    ];
    Box::pin(async move {
        let call = run.call(run.endpoint_at(ONE)?)?;
        let mut request = run.site.json(&call).await?;
        if run.talk.format() == Format::Table {
            request["fields"] = json!(fields(&request));
        }
        show::object(run.talk, COLUMNS, &request)
    })
}

/// The fields besides the summary, as text.
fn fields(request: &Json) -> String {
    const VALUE: Column = Column::document("", &["/value"]);
    let all = request["requestFieldValues"].as_array();
    let mut text = String::new();
    for field in all.into_iter().flatten() {
        let value = VALUE.text(field);
        if field["fieldId"] == "summary" || value.is_empty() {
            continue;
        }
        let label = field["label"].as_str().or(field["fieldId"].as_str());
        text.push_str(&format!("{}:\n{value}\n\n", label.unwrap_or_default()));
    }
    text.trim_end().to_owned()
}
