//! `lassi jira issue create` and `update`: fields go in by flags, or by name as JSON, and become one request. What Jira
//! refuses is explained by what it says of its fields.

use super::field_facts;
use super::issue::KEY;
use crate::auth::Product;
use crate::config::views::Format;
use crate::http::Body;
use crate::product::column::Column;
use crate::product::command::{
    Action, Command, Ending, Endpoint, Own, Parameter, ParameterKind, Thing, To,
};
use crate::product::error::ApiError;
use crate::product::run::{Run, put};
use crate::product::show;
use crate::product::site::Call;
use serde_json::{Map, Value as Json, json};

const PROJECT: Parameter = Parameter::flag(
    "project",
    "PROJECT",
    ParameterKind::Key(Thing::Project),
    "The project: `DEV`",
);
const TYPE: Parameter = Parameter::flag(
    "type",
    "TYPE",
    ParameterKind::Text,
    "The type of issue: `Bug`",
);
const SUMMARY: Parameter =
    Parameter::flag("summary", "TEXT", ParameterKind::Text, "What it is about");
const BODY: Parameter = Parameter::flag(
    "body",
    "TEXT",
    ParameterKind::Markdown,
    "The description, in Markdown: a text, `@file`, or `-` for standard input",
);
const ASSIGNEE: Parameter = Parameter::flag(
    "assignee",
    "PERSON",
    ParameterKind::Person,
    "Who does it: an address, an account id, `@me` or `none`",
);
const PRIORITY: Parameter = Parameter::flag(
    "priority",
    "PRIORITY",
    ParameterKind::Text,
    "How urgent it is: `High`",
);
const PARENT: Parameter = Parameter::flag(
    "parent",
    "KEY",
    ParameterKind::Key(Thing::Issue),
    "The epic or issue that it is a part of",
);
const FIELD: Parameter = Parameter::flag(
    "field",
    "NAME=JSON",
    ParameterKind::Fields,
    "Any field by id or name, several times: `customfield_10016=3`",
);

const DETAILS: &str = "What stands behind `=` of `--field` is JSON; what is no JSON is a text. `lassi jira field list` lists the \
     fields.";

/// Where the flags go, on Cloud and on Data Center.
const TO_CLOUD: &[(&str, To)] = &[
    ("project", To::Body("/fields/project/key")),
    ("type", To::Body("/fields/issuetype/name")),
    ("summary", To::Body("/fields/summary")),
    ("body", To::Adf("/fields/description")),
    ("assignee", To::Body("/fields/assignee/accountId")),
    ("label", To::Body("/fields/labels")),
    ("priority", To::Body("/fields/priority/name")),
    ("parent", To::Body("/fields/parent/key")),
];
const TO_DATA_CENTER: &[(&str, To)] = &[
    ("project", To::Body("/fields/project/key")),
    ("type", To::Body("/fields/issuetype/name")),
    ("summary", To::Body("/fields/summary")),
    ("body", To::Wiki("/fields/description")),
    ("assignee", To::Body("/fields/assignee/name")),
    ("label", To::Body("/fields/labels")),
    ("priority", To::Body("/fields/priority/name")),
    ("parent", To::Body("/fields/parent/key")),
];

pub(super) static CREATE: Command = Command::of(
    Product::Jira,
    "issue create",
    "Make an issue",
    Action::Own(Own {
        run: create,
        changes: true,
        lists: false,
    }),
)
.details(DETAILS)
.takes(&[
    PROJECT,
    TYPE,
    SUMMARY,
    BODY,
    ASSIGNEE,
    Parameter::flag("label", "LABEL", ParameterKind::List, "Its labels"),
    PRIORITY,
    PARENT,
    FIELD,
])
.calls(&[
    Endpoint::of("POST", "/rest/api/3/issue")
        .cloud()
        .sends(TO_CLOUD),
    field_facts::FIELDS_ON_CLOUD,
    field_facts::TYPES_ON_CLOUD,
    field_facts::CREATION_ON_CLOUD,
    Endpoint::of("POST", "/rest/api/2/issue")
        .data_center()
        .sends(TO_DATA_CENTER),
    field_facts::FIELDS_ON_DATA_CENTER,
    field_facts::TYPES_ON_DATA_CENTER,
    field_facts::CREATION_ON_DATA_CENTER,
]);

pub(super) static UPDATE: Command = Command::of(
    Product::Jira,
    "issue update",
    "Change fields of an issue",
    Action::Own(Own {
        run: update,
        changes: true,
        lists: false,
    }),
)
.details(DETAILS)
.plain()
.takes(&[
    KEY,
    SUMMARY,
    BODY,
    ASSIGNEE,
    Parameter::flag(
        "label",
        "LABEL",
        ParameterKind::List,
        "Its labels, in place of those it has; `\"\"` for none",
    ),
    Parameter::flag(
        "add-label",
        "LABEL",
        ParameterKind::List,
        "More labels besides",
    ),
    Parameter::flag(
        "remove-label",
        "LABEL",
        ParameterKind::List,
        "Labels that it is to have no longer",
    ),
    PRIORITY,
    TYPE,
    PARENT,
    FIELD,
])
.calls(&[
    Endpoint::of("PUT", "/rest/api/3/issue/{key}")
        .cloud()
        .sends(TO_CLOUD),
    field_facts::FIELDS_ON_CLOUD,
    field_facts::EDITING_ON_CLOUD,
    Endpoint::of("PUT", "/rest/api/2/issue/{key}")
        .data_center()
        .sends(TO_DATA_CENTER),
    field_facts::FIELDS_ON_DATA_CENTER,
    field_facts::EDITING_ON_DATA_CENTER,
]);

fn create<'a>(run: &'a Run<'a>) -> Ending<'a> {
    Box::pin(async move {
        let (call, body) = prepared(run).await?;
        for (pointer, flag, why) in [
            ("/fields/project", "project", "an issue belongs to one"),
            (
                "/fields/summary",
                "summary",
                "an issue says what it is about",
            ),
        ] {
            if body.pointer(pointer).is_none() {
                return Err(missing(flag, why.to_owned()));
            }
        }
        if body.pointer("/fields/issuetype").is_none() {
            let types = field_facts::type_names(run, &body["fields"]["project"]).await?;
            let reason = match types.as_slice() {
                [] => "an issue has one".to_owned(),
                types => format!("there are {}", types.join(", ")),
            };
            return Err(missing("type", reason));
        }
        match run.send_call(&call.json(body.clone())).await {
            Ok(None) => Ok(()),
            Ok(Some(answer)) => created(run, &answer),
            Err(error) => Err(field_facts::of_creation(run, &body, error).await),
        }
    })
}

fn missing(flag: &'static str, reason: String) -> ApiError {
    ApiError::Missing {
        flags: vec![flag],
        reason,
    }
}

fn created(run: &Run<'_>, answer: &Json) -> Result<(), ApiError> {
    const KEY_ALONE: &[Column] = &[Column::new("KEY", &["/key"])];
    if run.talk.format() == Format::Table {
        return show::sent(run, "created {/key}", answer);
    }
    show::object(run.talk, KEY_ALONE, answer)
}

fn update<'a>(run: &'a Run<'a>) -> Ending<'a> {
    Box::pin(async move {
        let (call, mut body) = prepared(run).await?;
        let steps = label_steps(run);
        if !steps.is_empty()
            && let Some(body) = body.as_object_mut()
        {
            put(body, "/update/labels", steps.into());
        }
        if body == json!({}) {
            let flags = run.command.parameters.iter();
            let flags = flags.filter(|parameter| !parameter.positional);
            return Err(ApiError::Missing {
                flags: flags.map(|parameter| parameter.name).collect(),
                reason: "nothing is to be changed".to_owned(),
            });
        }
        match run.send_call(&call.json(body)).await {
            Ok(None) => Ok(()),
            Ok(Some(answer)) => show::sent(run, "changed {key}", &answer),
            Err(error) => Err(field_facts::of_editing(run, error).await),
        }
    })
}

/// What is to happen to single labels.
fn label_steps(run: &Run<'_>) -> Vec<Json> {
    let mut steps = Vec::new();
    for (flag, step) in [("add-label", "add"), ("remove-label", "remove")] {
        let labels = run.values.texts(flag).iter();
        steps.extend(labels.map(|label| json!({ step: label })));
    }
    steps
}

/// The call, and what goes along: the flags, then the fields that are named.
async fn prepared(run: &Run<'_>) -> Result<(Call, Json), ApiError> {
    let mut call = run.call(run.endpoint()?)?;
    let mut body = match std::mem::take(&mut call.body) {
        Body::Json(Json::Object(body)) => body,
        _ => Map::new(),
    };
    let assignee = body
        .get_mut("fields")
        .and_then(|fields| fields.get_mut("assignee"));
    if let Some(assignee) = assignee
        && assignee
            .as_object()
            .is_some_and(|who| who.values().all(Json::is_null))
    {
        *assignee = Json::Null;
    }
    for (id, value) in field_facts::named_fields(run).await? {
        // a name with `/` in it is no pointer
        match body.entry("fields").or_insert_with(|| json!({})) {
            Json::Object(fields) => fields.insert(id, value),
            _ => None,
        };
    }
    Ok((call, Json::Object(body)))
}
