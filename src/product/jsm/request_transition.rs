//! `lassi jsm request transition`: the name of a transition becomes its number.

use super::PAGES;
use super::request::REQUEST;
use crate::auth::Product;
use crate::http::Body;
use crate::product::column;
use crate::product::command::{
    Action, Command, Ending, Endpoint, Own, Parameter, ParameterKind, To,
};
use crate::product::error::ApiError;
use crate::product::paging::Pages;
use crate::product::run::{Run, put};
use serde_json::{Map, Value as Json};

const TRANSITIONS: &str = "/rest/servicedeskapi/request/{request}/transition";

pub(super) static TRANSITION: Command = Command::of(
    Product::Jsm,
    "request transition",
    "Move a request on, as far as its customer may",
    Action::Own(Own {
        run: transition,
        changes: true,
        lists: false,
    }),
)
.plain()
.takes(&[
    REQUEST,
    Parameter::flag(
        "to",
        "TRANSITION",
        ParameterKind::Text,
        "The transition: its name or its number",
    )
    .required(),
    Parameter::flag(
        "comment",
        "TEXT",
        ParameterKind::Markdown,
        "Why, for the customer to see, in Markdown: a text, `@file`, or `-` for standard input",
    ),
])
.calls(&[
    Endpoint::get(TRANSITIONS)
        .experimental()
        .pages(PAGES, "/values"),
    Endpoint::of("POST", TRANSITIONS)
        .experimental()
        .sends(&[("comment", To::Wiki("/additionalComment/body"))]),
]);

fn transition<'a>(run: &'a Run<'a>) -> Ending<'a> {
    Box::pin(async move {
        let [asking, moving] = run.command.endpoints else {
            return Err(run.not_offered());
        };
        let typed = run.values.text("to").unwrap_or_default();
        let mut pages = Pages::new(run.site, run.call(asking)?, asking.paging, asking.items, 0);
        let mut known: Vec<Json> = Vec::new();
        while let Some(page) = pages.next().await? {
            known.extend(page);
        }
        let is_meant = |one: &&Json| {
            column::text(&one["name"]).eq_ignore_ascii_case(typed)
                || column::text(&one["id"]) == typed
        };
        let Some(meant) = known.iter().find(is_meant) else {
            return Err(ApiError::NotThere {
                what: "transition",
                typed: typed.to_owned(),
                known: known.iter().map(|one| column::text(&one["name"])).collect(),
            });
        };
        let mut call = run.call(moving)?;
        let mut body = match call.body {
            Body::Json(Json::Object(body)) => body,
            _ => Map::new(),
        };
        put(&mut body, "/id", Json::from(column::text(&meant["id"])));
        call.body = Body::Json(Json::Object(body));
        if run.send_call(&call).await?.is_some() {
            let key = run.values.text("request").unwrap_or_default();
            let name = column::text(&meant["name"]);
            run.talk.note(&format!("moved {key} on: {name}"));
        }
        Ok(())
    })
}
