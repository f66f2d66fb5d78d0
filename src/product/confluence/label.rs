//! `lassi confluence page label`: the labels of pages. They are changed by the older API everywhere.

use super::page::PAGE;
use crate::auth::Product;
use crate::product::column::Column;
use crate::product::command::{
    Action, Command, Ending, Endpoint, Own, Parameter, ParameterKind, To,
};
use crate::product::paging::Paging;
use crate::product::run::Run;
use serde_json::{Value as Json, json};

pub(super) static LIST: Command = Command::list(
    Product::Confluence,
    "page label list",
    "List the labels of a page",
    &[
        Column::new("LABEL", &["/name"]),
        Column::new("PREFIX", &["/prefix"]),
    ],
)
.takes(&[PAGE])
.calls(&[
    Endpoint::get("/wiki/api/v2/pages/{page}/labels")
        .cloud()
        .pages(Paging::Links { size: 250 }, "/results"),
    Endpoint::get("/wiki/rest/api/content/{page}/label")
        .cloud()
        .pages(Paging::Links { size: 200 }, "/results"),
    Endpoint::get("/rest/api/content/{page}/label")
        .data_center()
        .pages(Paging::Links { size: 200 }, "/results"),
]);

pub(super) static ADD: Command = Command::of(
    Product::Confluence,
    "page label add",
    "Add labels to a page",
    Action::Own(Own {
        run: add,
        changes: true,
        lists: false,
    }),
)
.takes(&[
    PAGE,
    Parameter::argument("labels", "LABEL", ParameterKind::List, "The labels"),
])
.calls(&[
    Endpoint::of("POST", "/wiki/rest/api/content/{page}/label").cloud(),
    Endpoint::of("POST", "/rest/api/content/{page}/label").data_center(),
]);

pub(super) static REMOVE: Command = Command::send(
    Product::Confluence,
    "page label remove",
    "Take a label off a page",
    "page {page} has no label {label}",
)
.takes(&[
    PAGE,
    Parameter::argument("label", "LABEL", ParameterKind::Text, "The label"),
])
.calls(&[
    // in the path a label with a slash would not be understood
    Endpoint::of("DELETE", "/wiki/rest/api/content/{page}/label")
        .cloud()
        .sends(&[("label", To::Query("name"))]),
    Endpoint::of("DELETE", "/rest/api/content/{page}/label")
        .data_center()
        .sends(&[("label", To::Query("name"))]),
]);

/// What is sent is a list, not an object.
fn add<'a>(run: &'a Run<'a>) -> Ending<'a> {
    Box::pin(async move {
        let labels = run.values.texts("labels");
        let named: Vec<Json> = labels
            .iter()
            .map(|name| json!({"prefix": "global", "name": name}))
            .collect();
        let call = run.call(run.endpoint()?)?.json(Json::Array(named));
        if run.send_call(&call).await?.is_some() {
            let page = run.values.text("page").unwrap_or_default();
            run.talk
                .note(&format!("page {page} has {}", labels.join(", ")));
        }
        Ok(())
    })
}
