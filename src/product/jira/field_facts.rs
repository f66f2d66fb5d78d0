//! What Jira says of its fields: names go in, ids come out; a refusal goes in, the names of the fields that it is about and
//! the values that they may have come out.

use crate::http::Method;
use crate::product::column;
use crate::product::command::{Command, Endpoint};
use crate::product::error::{ApiError, Fault, FieldFacts};
use crate::product::paging::{Pages, Paging};
use crate::product::run::{self, Run};
use crate::product::site::Call;
use serde_json::{Value as Json, json};

/// The fields of a site.
pub(super) const FIELDS_ON_CLOUD: Endpoint = Endpoint::get("/rest/api/3/field").cloud();
/// The same on Data Center.
pub(super) const FIELDS_ON_DATA_CENTER: Endpoint = Endpoint::get("/rest/api/2/field").data_center();
/// The types of issues that a project has.
pub(super) const TYPES_ON_CLOUD: Endpoint =
    Endpoint::get("/rest/api/3/issue/createmeta/{project}/issuetypes")
        .cloud()
        .pages(Paging::StartAt { size: 50 }, "/issueTypes");
/// The same on Data Center.
pub(super) const TYPES_ON_DATA_CENTER: Endpoint =
    Endpoint::get("/rest/api/2/issue/createmeta/{project}/issuetypes")
        .data_center()
        .pages(Paging::StartAt { size: 50 }, "/values");
/// The fields with which an issue of a type is made.
pub(super) const CREATION_ON_CLOUD: Endpoint =
    Endpoint::get("/rest/api/3/issue/createmeta/{project}/issuetypes/{issuetype}")
        .cloud()
        .pages(Paging::StartAt { size: 50 }, "/fields");
/// The same on Data Center.
pub(super) const CREATION_ON_DATA_CENTER: Endpoint =
    Endpoint::get("/rest/api/2/issue/createmeta/{project}/issuetypes/{issuetype}")
        .data_center()
        .pages(Paging::StartAt { size: 50 }, "/values");
/// The fields of an issue that can be changed.
pub(super) const EDITING_ON_CLOUD: Endpoint =
    Endpoint::get("/rest/api/3/issue/{key}/editmeta").cloud();
/// The same on Data Center.
pub(super) const EDITING_ON_DATA_CENTER: Endpoint =
    Endpoint::get("/rest/api/2/issue/{key}/editmeta").data_center();

/// Fields that are set by a flag of their own.
const FLAGS: [(&str, &str); 8] = [
    ("project", "project"),
    ("issuetype", "type"),
    ("summary", "summary"),
    ("description", "body"),
    ("assignee", "assignee"),
    ("labels", "label"),
    ("priority", "priority"),
    ("parent", "parent"),
];

/// How like a name has to be to be suggested (Jaro-Winkler).
const LIKE: f64 = 0.8;

/// The endpoint whose path ends like this, on the deployment of the site.
fn endpoint(run: &Run<'_>, end: &str) -> Result<&'static Endpoint, ApiError> {
    let endpoints = run.command.endpoints.iter();
    endpoints
        .filter(|endpoint| endpoint.on.is_on(run.site.deployment))
        .find(|endpoint| endpoint.path.ends_with(end))
        .ok_or_else(|| run.not_offered())
}

/// The fields that `--field` names, by id.
pub(super) async fn named_fields(run: &Run<'_>) -> Result<Vec<(String, Json)>, ApiError> {
    let mut fields = Vec::new();
    for typed in run.values.texts("field") {
        fields.push(read_field(typed)?);
    }
    let is_id = |name: &str| {
        let number = name.strip_prefix("customfield_");
        let is_custom = number.is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()));
        is_custom || FLAGS.iter().any(|(id, _)| *id == name)
    };
    if fields.iter().all(|(name, _)| is_id(name)) {
        return Ok(fields);
    }
    let known = run.answer_of(endpoint(run, "/field")?).await?;
    for (name, _) in &mut fields {
        if !is_id(name) {
            *name = id_of(&known, name)?;
        }
    }
    Ok(fields)
}

/// `NAME=JSON`; what is no JSON is a text.
fn read_field(typed: &str) -> Result<(String, Json), ApiError> {
    let wrong = |reason: &str| ApiError::Argument {
        name: "field".to_owned(),
        typed: typed.to_owned(),
        reason: reason.to_owned(),
    };
    let (name, value) = typed
        .split_once('=')
        .ok_or_else(|| wrong("it is not NAME=JSON"))?;
    let name = name.trim();
    if name.is_empty() {
        return Err(wrong("it names no field"));
    }
    let value = match serde_json::from_str(value) {
        Ok(json) => json,
        Err(_) if value.trim_start().starts_with(['{', '[', '"']) => {
            return Err(wrong("what stands behind `=` is no JSON"));
        }
        Err(_) => Json::from(value),
    };
    Ok((name.to_owned(), value))
}

/// The id of a field that is called like this.
fn id_of(known: &Json, name: &str) -> Result<String, ApiError> {
    let fields = known.as_array().map_or(&[][..], Vec::as_slice);
    let part = |field: &Json, part: &str| field[part].as_str().unwrap_or_default().to_owned();
    if fields.iter().any(|field| part(field, "id") == name) {
        return Ok(name.to_owned());
    }
    let called = |field: &&Json| part(field, "name").eq_ignore_ascii_case(name);
    let ids: Vec<String> = fields
        .iter()
        .filter(called)
        .map(|field| part(field, "id"))
        .collect();
    match ids.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(ApiError::NotThere {
            what: "field",
            typed: name.to_owned(),
            known: fields
                .iter()
                .filter(|field| {
                    let other = part(field, "name").to_lowercase();
                    strsim::jaro_winkler(&other, &name.to_lowercase()) > LIKE
                })
                .map(|field| format!("{} ({})", part(field, "name"), part(field, "id")))
                .collect(),
        }),
        several => Err(ApiError::Argument {
            name: "field".to_owned(),
            typed: name.to_owned(),
            reason: format!("several fields are called so: {}", several.join(", ")),
        }),
    }
}

/// The names of the types of issues that a project has; none where it does not tell.
pub(super) async fn type_names(run: &Run<'_>, project: &Json) -> Result<Vec<String>, ApiError> {
    match types(run, &column::text(project)).await {
        Ok(types) => Ok(types.iter().map(column::text).collect()),
        Err(error) if error.fault().is_some_and(Fault::is_sign_in) => Err(error),
        Err(_) => Ok(Vec::new()),
    }
}

async fn types(run: &Run<'_>, project: &str) -> Result<Vec<Json>, ApiError> {
    let endpoint = endpoint(run, "/issuetypes")?;
    let path = run::fill_path(endpoint.path, |_| Some(project))?;
    all(run, path, endpoint).await
}

async fn all(run: &Run<'_>, path: String, endpoint: &Endpoint) -> Result<Vec<Json>, ApiError> {
    let call = Call::new(Method::GET, path);
    let mut pages = Pages::new(run.site, call, endpoint.paging, endpoint.items, 0);
    let mut things = Vec::new();
    while let Some(page) = pages.next().await? {
        things.extend(page);
    }
    Ok(things)
}

/// The refusal to make an issue, with what the project says of the fields. If it says nothing, the refusal is all there is.
pub(super) async fn of_creation(run: &Run<'_>, body: &Json, error: ApiError) -> ApiError {
    if !names_fields(&error) {
        return error;
    }
    match creation(run, body).await {
        Ok(fields) => explained(error, run.command, &fields),
        Err(_) => error,
    }
}

async fn creation(run: &Run<'_>, body: &Json) -> Result<Json, ApiError> {
    let part = |pointer: &str| body.pointer(pointer).map(column::text).unwrap_or_default();
    let project = part("/fields/project");
    let types = types(run, &project).await?;
    let (id, name) = (part("/fields/issuetype/id"), part("/fields/issuetype/name"));
    let kind = types.iter().find(|kind| {
        let is = |key: &str, wanted: &str| {
            !wanted.is_empty() && column::text(&kind[key]).eq_ignore_ascii_case(wanted)
        };
        is("id", &id) || is("name", &name)
    });
    let Some(kind) = kind else {
        return Ok(
            json!([{ "fieldId": "issuetype", "name": "Issue Type", "allowedValues": types }]),
        );
    };
    let kind = column::text(&kind["id"]);
    let endpoint = endpoint(run, "/issuetypes/{issuetype}")?;
    let path = run::fill_path(endpoint.path, |part| match part {
        "project" => Some(&project),
        _ => Some(&kind),
    })?;
    all(run, path, endpoint).await.map(Json::from)
}

/// The refusal to change an issue, with what the issue says of its fields.
pub(super) async fn of_editing(run: &Run<'_>, error: ApiError) -> ApiError {
    if !names_fields(&error) {
        return error;
    }
    let answer = async { run.answer_of(endpoint(run, "/editmeta")?).await };
    match answer.await {
        Ok(answer) => explained(error, run.command, &answer["fields"]),
        Err(_) => error,
    }
}

fn names_fields(error: &ApiError) -> bool {
    matches!(error, ApiError::Refused(refusal) if !refusal.fields.is_empty())
}

/// A refusal with what is known of the fields that it names. Jira gives fields as a list or by id.
pub(super) fn explained(error: ApiError, command: &Command, known: &Json) -> ApiError {
    let ApiError::Refused(refusal) = error else {
        return error;
    };
    let field = |id: &str| match known {
        Json::Array(fields) => fields
            .iter()
            .find(|field| field["fieldId"] == id || field["key"] == id),
        fields => fields.get(id),
    };
    let facts: Vec<FieldFacts> = refusal
        .fields
        .iter()
        .filter_map(|(id, _)| Some(facts(id, field(id)?, command)))
        .collect();
    if facts.is_empty() {
        return ApiError::Refused(refusal);
    }
    ApiError::Fields {
        refusal: Box::new(refusal),
        facts,
    }
}

fn facts(id: &str, field: &Json, command: &Command) -> FieldFacts {
    let values = field["allowedValues"].as_array();
    let values = values.map_or(&[][..], Vec::as_slice);
    let flag = FLAGS.iter().find(|(field, _)| *field == id);
    let flag = flag.and_then(|(_, flag)| command.parameter(flag));
    let example = match (flag, values.first()) {
        (Some(parameter), first) => {
            let value = first.map_or(parameter.value_name.to_owned(), column::text);
            Some((parameter.name, value))
        }
        (None, first) => command.parameter("field").map(|parameter| {
            let value = first.map_or("JSON".to_owned(), |first| example(field, first).to_string());
            (parameter.name, format!("{id}={value}"))
        }),
    };
    FieldFacts {
        id: id.to_owned(),
        name: column::text(&field["name"]),
        allowed: values.iter().map(column::text).collect(),
        example,
    }
}

/// A value as the field takes it: options are named by what they have, several stand in a list.
fn example(field: &Json, value: &Json) -> Json {
    let named = ["name", "value", "id"]
        .into_iter()
        .find(|part| value[part].is_string());
    let one = match named {
        Some(part) => json!({ part: value[part] }),
        None => value.clone(),
    };
    if field["schema"]["type"] == "array" {
        json!([one])
    } else {
        one
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_json_or_a_text() {
        for (typed, name, value) in [
            ("customfield_1=3", "customfield_1", json!(3)),
            ("duedate=2027-04-01", "duedate", json!("2027-04-01")),
            ("Story points = 5", "Story points", json!(5)),
            ("a=\"3\"", "a", json!("3")),
            ("a=x=y", "a", json!("x=y")),
            ("a=[{\"name\": \"b\"}]", "a", json!([{"name": "b"}])),
            ("a=null", "a", Json::Null),
            ("a=", "a", json!("")),
        ] {
            assert_eq!(read_field(typed), Ok((name.to_owned(), value)), "{typed}");
        }
        for typed in ["a", "=3", "a={", "a=[1", "a=\"b"] {
            assert!(read_field(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn a_name_has_to_be_that_of_one_field() {
        let known = json!([
            { "id": "summary", "name": "Summary" },
            { "id": "customfield_1", "name": "Team" },
            { "id": "customfield_2", "name": "Story points" },
            { "id": "customfield_3", "name": "team" },
        ]);
        assert_eq!(id_of(&known, "summary"), Ok("summary".to_owned()));
        assert_eq!(
            id_of(&known, "story POINTS"),
            Ok("customfield_2".to_owned())
        );
        assert!(matches!(
            id_of(&known, "team"),
            Err(ApiError::Argument { .. })
        ));
        let Err(ApiError::NotThere { known, .. }) = id_of(&known, "Story point") else {
            panic!("a field that is not there");
        };
        assert_eq!(known, ["Story points (customfield_2)"]);
    }
}
