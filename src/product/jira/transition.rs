//! `lassi jira issue transition`: an issue to another status. What many issues have besides is in `transition_many.rs`.

use super::field_facts;
use super::search;
use super::transition_many;
use crate::auth::{Deployment, Product};
use crate::http::Method;
use crate::product::column;
use crate::product::command::{
    Action, Command, Ending, Endpoint, Own, Parameter, ParameterKind, Thing, To,
};
use crate::product::document::Document;
use crate::product::error::ApiError;
use crate::product::run::{self, Run};
use crate::product::site::Call;
use serde_json::{Map, Value as Json, json};

pub(super) const FIELDS: &str = "status,summary";

pub(super) static TRANSITION: Command = Command::of(
    Product::Jira,
    "issue transition",
    "Move an issue, or all that a query finds, to another status",
    Action::Own(Own {
        run: transition,
        changes: true,
        lists: false,
    }),
)
.details(
    "With `--jql`, the issues are shown first and you are asked; `--dry-run` shows them and what would become of each. \
     What cannot be moved is listed at the end, and the others are moved all the same.",
)
.takes(&[
    Parameter::argument(
        "key",
        "KEY",
        ParameterKind::Key(Thing::Issue),
        "The issue: `DEV-1`, or its address",
    )
    .optional(),
    Parameter::flag(
        "jql",
        "JQL",
        ParameterKind::Text,
        "All issues that this finds: `project = DEV and status = Done`",
    ),
    Parameter::flag(
        "to",
        "STATUS",
        ParameterKind::Text,
        "The status, or the name of the transition",
    )
    .required(),
    Parameter::flag(
        "comment",
        "TEXT",
        ParameterKind::Markdown,
        "Say something with it, in Markdown: a text, `@file`, or `-`",
    ),
    Parameter::flag(
        "resolution",
        "NAME",
        ParameterKind::Text,
        "The resolution: `Done`",
    ),
    Parameter::switch("yes", "Do not ask"),
])
.calls(&[
    search::ON_CLOUD,
    Endpoint::get("/rest/api/3/issue/{key}/transitions")
        .cloud()
        .fixed(&[("expand", "transitions.fields")]),
    Endpoint::get("/rest/api/3/issue/{key}")
        .cloud()
        .fixed(&[("fields", FIELDS)]),
    Endpoint::of("POST", "/rest/api/3/issue/{key}/transitions")
        .cloud()
        .sends(SENDS),
    search::ON_DATA_CENTER,
    Endpoint::get("/rest/api/2/issue/{key}/transitions")
        .data_center()
        .fixed(&[("expand", "transitions.fields")]),
    Endpoint::get("/rest/api/2/issue/{key}")
        .data_center()
        .fixed(&[("fields", FIELDS)]),
    Endpoint::of("POST", "/rest/api/2/issue/{key}/transitions")
        .data_center()
        .sends(SENDS),
]);

const SENDS: &[(&str, To)] = &[("resolution", To::Body("/fields/resolution/name"))];

/// The addresses on a deployment.
pub(super) struct Paths {
    pub(super) search: &'static str,
    issue: &'static str,
    transitions: &'static str,
}

impl Paths {
    pub(super) fn of(run: &Run<'_>) -> Paths {
        match run.site.deployment {
            Deployment::Cloud => Paths {
                search: "/rest/api/3/search/jql",
                issue: "/rest/api/3/issue/{key}",
                transitions: "/rest/api/3/issue/{key}/transitions",
            },
            Deployment::DataCenter => Paths {
                search: "/rest/api/2/search",
                issue: "/rest/api/2/issue/{key}",
                transitions: "/rest/api/2/issue/{key}/transitions",
            },
        }
    }
}

/// An issue that is to be moved.
pub(super) struct Issue {
    pub(super) key: String,
    pub(super) from: String,
    pub(super) summary: String,
}

impl Issue {
    pub(super) fn read(issue: &Json) -> Issue {
        Issue {
            key: column::text(&issue["key"]),
            from: column::text(&issue["fields"]["status"]),
            summary: column::text(&issue["fields"]["summary"]),
        }
    }
}

/// A way out of an issue's status.
pub(super) struct Step {
    id: String,
    /// The status that it leads to.
    pub(super) to: String,
    /// What its screen asks for.
    pub(super) fields: Json,
}

fn transition<'a>(run: &'a Run<'a>) -> Ending<'a> {
    Box::pin(async move {
        let given = |name| run.values.text(name);
        match (given("key"), given("jql")) {
            (Some(key), None) => one(run, key).await,
            (None, Some(query)) => transition_many::move_all(run, query).await,
            (Some(_), Some(query)) => Err(ApiError::Argument {
                name: "jql".to_owned(),
                typed: query.to_owned(),
                reason: "an issue is named besides".to_owned(),
            }),
            (None, None) => Err(ApiError::Missing {
                flags: vec!["jql"],
                reason: "no issue is named".to_owned(),
            }),
        }
    })
}

async fn one(run: &Run<'_>, key: &str) -> Result<(), ApiError> {
    let to = run.values.text("to").unwrap_or_default();
    let step = match find_step(run, key).await {
        Err(missing @ ApiError::NotThere { .. }) => {
            let path = Paths::of(run).issue;
            let call = run.call(run.endpoint_at(path)?)?;
            let issue = Issue::read(&run.site.json(&call).await?);
            if issue.from.eq_ignore_ascii_case(to) {
                run.talk
                    .note(&format!("{key} is in {} already", issue.from));
                return Ok(());
            }
            return Err(missing);
        }
        step => step?,
    };
    let sent = run.send_call(&change(run, key, &step)?).await;
    if sent
        .map_err(|error| field_facts::explained(error, run.command, &step.fields))?
        .is_some()
    {
        run.talk.note(&format!("{key} is in {} now", step.to));
    }
    Ok(())
}

/// The way from an issue's status to the one that is wanted.
pub(super) async fn find_step(run: &Run<'_>, key: &str) -> Result<Step, ApiError> {
    let path = run::fill_path(Paths::of(run).transitions, |_| Some(key))?;
    let call = Call::new(Method::GET, path).query("expand", "transitions.fields");
    let answer = run.site.json(&call).await?;
    let wanted = run.values.text("to").unwrap_or_default();
    choose(&answer["transitions"], wanted).ok_or_else(|| ApiError::NotThere {
        what: "transition to",
        typed: wanted.to_owned(),
        known: names(&answer["transitions"]),
    })
}

/// By the status that it leads to, else by its own name, else by its id.
fn choose(transitions: &Json, wanted: &str) -> Option<Step> {
    let transitions = transitions.as_array().map_or(&[][..], Vec::as_slice);
    let by = |pointer: &str| {
        transitions.iter().find(|one| {
            let part = one.pointer(pointer).map(column::text);
            part.is_some_and(|part| part.eq_ignore_ascii_case(wanted))
        })
    };
    let one = by("/to/name")
        .or_else(|| by("/name"))
        .or_else(|| by("/id"))?;
    Some(Step {
        id: column::text(&one["id"]),
        to: column::text(&one["to"]),
        fields: one["fields"].clone(),
    })
}

/// `Done, In Progress (Start progress)`.
fn names(transitions: &Json) -> Vec<String> {
    let names = transitions.as_array().into_iter().flatten().map(|one| {
        let (name, to) = (column::text(&one["name"]), column::text(&one["to"]));
        if name.eq_ignore_ascii_case(&to) {
            to
        } else {
            format!("{to} ({name})")
        }
    });
    names.collect()
}

/// The request that moves an issue.
pub(super) fn change(run: &Run<'_>, key: &str, step: &Step) -> Result<Call, ApiError> {
    let path = run::fill_path(Paths::of(run).transitions, |_| Some(key))?;
    let mut body = Map::new();
    body.insert("transition".to_owned(), json!({ "id": step.id }));
    if let Some(resolution) = run.values.text("resolution") {
        run::put(&mut body, "/fields/resolution/name", resolution.into());
    }
    if let Some(comment) = run.values.text("comment") {
        let comment = Document::from_markdown(comment);
        let comment = match run.site.deployment {
            Deployment::Cloud => comment.to_adf(),
            Deployment::DataCenter => comment.to_wiki_markup().into(),
        };
        let add = json!([{ "add": { "body": comment } }]);
        run::put(&mut body, "/update/comment", add);
    }
    Ok(Call::new(Method::POST, path).json(Json::Object(body)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transitions() -> Json {
        json!([
            { "id": "11", "name": "Done", "to": { "name": "Review" } },
            { "id": "21", "name": "Finish", "to": { "name": "Done" } },
            { "id": "31", "name": "Reopen", "to": { "name": "Open" } },
        ])
    }

    #[test]
    fn a_status_counts_before_the_name_of_a_transition() {
        let chosen = |wanted| choose(&transitions(), wanted).map(|step| step.id);
        assert_eq!(chosen("done").as_deref(), Some("21"));
        assert_eq!(chosen("finish").as_deref(), Some("21"));
        assert_eq!(chosen("REOPEN").as_deref(), Some("31"));
        assert_eq!(chosen("11").as_deref(), Some("11"));
        assert_eq!(chosen("Closed"), None);
        assert_eq!(
            names(&transitions()),
            ["Review (Done)", "Done (Finish)", "Open (Reopen)"]
        );
    }
}
