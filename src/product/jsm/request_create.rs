//! `lassi jsm request create`: the name of a type becomes its number; where the desk refuses, the fields that it needs are
//! named.

use super::PAGES;
use super::desk::DESK;
use crate::auth::Product;
use crate::http::{Body, Method};
use crate::product::column;
use crate::product::command::{
    Action, Command, Ending, Endpoint, Own, Parameter, ParameterKind, To,
};
use crate::product::error::{ApiError, Fault, FieldFacts};
use crate::product::paging::Pages;
use crate::product::run::{Run, fill_path};
use crate::product::show;
use crate::product::site::Call;
use serde_json::{Value as Json, json};

/// What is said of a field that is lacking.
const NEEDED: &str = "it is needed";

const MADE: &str = "made the request {/issueKey}: {/_links/web}";

const ALL: &str = "/rest/servicedeskapi/request";
const TYPES: &str = "/rest/servicedeskapi/servicedesk/{servicedesk}/requesttype";
const FIELDS: &str = "/rest/servicedeskapi/servicedesk/{servicedesk}/requesttype/{type}/field";

pub(super) static CREATE: Command = Command::of(
    Product::Jsm,
    "request create",
    "Make a request",
    Action::Own(Own {
        run: create,
        changes: true,
        lists: false,
    }),
)
.plain()
.takes(&[
    DESK.required(),
    Parameter::flag(
        "type",
        "TYPE",
        ParameterKind::Text,
        "What is asked for: its name or number, of `lassi jsm requesttype list`",
    )
    .required(),
    Parameter::flag(
        "summary",
        "TEXT",
        ParameterKind::Text,
        "What it is about, in a line",
    ),
    Parameter::flag(
        "body",
        "TEXT",
        ParameterKind::Markdown,
        "Its description, in Markdown: a text, `@file`, or `-` for standard input",
    ),
    Parameter::flag(
        "field",
        "NAME=JSON",
        ParameterKind::Fields,
        "Another field: `--field duedate=2027-03-01`; may be given several times",
    ),
    Parameter::flag(
        "on-behalf-of",
        "PERSON",
        ParameterKind::Person,
        "Whose request it is [default: yours]",
    ),
])
.calls(&[
    Endpoint::of("POST", ALL).sends(&[
        ("servicedesk", To::Body("/serviceDeskId")),
        ("type", To::Body("/requestTypeId")),
        ("summary", To::Body("/requestFieldValues/summary")),
        ("body", To::Wiki("/requestFieldValues/description")),
        ("field", To::Fields("/requestFieldValues")),
        ("on-behalf-of", To::Body("/raiseOnBehalfOf")),
    ]),
    Endpoint::get(TYPES).pages(PAGES, "/values"),
    Endpoint::get(FIELDS),
]);

fn create<'a>(run: &'a Run<'a>) -> Ending<'a> {
    Box::pin(async move {
        let kind = type_number(run).await?;
        let mut call = run.call(run.endpoint_at(ALL)?)?;
        if let Body::Json(body) = &mut call.body {
            body["requestTypeId"] = Json::from(kind.as_str());
        }
        match run.send_call(&call).await {
            Ok(Some(answer)) => show::sent(run, MADE, &answer),
            Ok(None) => Ok(()),
            Err(ApiError::Refused(mut refusal)) if refusal.fault == Fault::Invalid => {
                let facts = missing(run, &kind, &call).await;
                let named = facts.iter().map(|one| (one.id.clone(), NEEDED.to_owned()));
                refusal.fields.extend(named);
                Err(ApiError::Fields {
                    refusal: Box::new(refusal),
                    facts,
                })
            }
            Err(error) => Err(error),
        }
    })
}

/// The number of the type that was named.
async fn type_number(run: &Run<'_>) -> Result<String, ApiError> {
    let typed = run.values.text("type").unwrap_or_default();
    if !typed.is_empty() && typed.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(typed.to_owned());
    }
    let endpoint = run.endpoint_at(TYPES)?;
    let call = run.call(endpoint)?;
    let mut pages = Pages::new(run.site, call, endpoint.paging, endpoint.items, 0);
    let mut known = Vec::new();
    while let Some(page) = pages.next().await? {
        for kind in page {
            let name = column::text(&kind["name"]);
            if name.eq_ignore_ascii_case(typed) {
                return Ok(column::text(&kind["id"]));
            }
            known.push(name);
        }
    }
    Err(ApiError::NotThere {
        what: "type of request",
        typed: typed.to_owned(),
        known,
    })
}

/// The fields that the type needs and the request lacks. That they cannot be asked for is no error: the refusal says more.
async fn missing(run: &Run<'_>, kind: &str, sent: &Call) -> Vec<FieldFacts> {
    let path = fill_path(FIELDS, |name| match name {
        "type" => Some(kind),
        other => run.values.text(other),
    });
    let (Ok(path), Body::Json(body)) = (path, &sent.body) else {
        return Vec::new();
    };
    let Ok(answer) = run.site.json(&Call::new(Method::GET, path)).await else {
        return Vec::new();
    };
    let given = &body["requestFieldValues"];
    let all = answer["requestTypeFields"].as_array();
    let needed = all.into_iter().flatten().filter(|field| {
        let id = field["fieldId"].as_str().unwrap_or_default();
        field["required"] == Json::Bool(true) && given[id].is_null()
    });
    needed.map(facts).collect()
}

/// What is known of a field, with the flag that sets it.
fn facts(field: &Json) -> FieldFacts {
    let id = column::text(&field["fieldId"]);
    let values = field["validValues"].as_array().into_iter().flatten();
    let example = match (id.as_str(), values.clone().next()) {
        ("summary", _) => ("summary", "TEXT".to_owned()),
        ("description", _) => ("body", "TEXT".to_owned()),
        (_, Some(first)) => ("field", format!("{id}={}", json!({"id": first["value"]}))),
        (_, None) => ("field", format!("{id}=JSON")),
    };
    FieldFacts {
        name: column::text(&field["name"]),
        allowed: values
            .map(|value| column::text(value.get("label").unwrap_or(value)))
            .collect(),
        example: Some(example),
        id,
    }
}
