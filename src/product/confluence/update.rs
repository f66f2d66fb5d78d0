//! `lassi confluence page update`: what is not given stays as it is, so the page is read first, and the next version of it
//! is written. A version that somebody else wrote meanwhile is not written over: the server refuses the number.

use super::page::{PAGE, PARENT};
use crate::auth::{Deployment, Product};
use crate::product::column;
use crate::product::command::{Action, Command, Ending, Endpoint, Own, Parameter, ParameterKind};
use crate::product::document::Document;
use crate::product::error::{ApiError, Fault};
use crate::product::run::Run;
use serde_json::{Value as Json, json};

const NEWER: &str = "/wiki/api/v2/pages/{page}";
const OLDER: &str = "/wiki/rest/api/content/{page}";
const DATA_CENTER: &str = "/rest/api/content/{page}";
const WHOLE: &[(&str, &str)] = &[("expand", "body.storage,version")];

pub(super) static UPDATE: Command = Command::of(
    Product::Confluence,
    "page update",
    "Change the title, text or place of a page",
    Action::Own(Own {
        run: update,
        changes: true,
        lists: false,
    }),
)
.details(
    "What is not given stays. `page get --format markdown` prints a text that can be changed and given back. Macros that Markdown does not know would be lost by a new text: then it asks first.",
)
.takes(&[
    PAGE,
    Parameter::flag("title", "TITLE", ParameterKind::Text, "Its new title"),
    Parameter::flag(
        "body",
        "MARKDOWN",
        ParameterKind::Markdown,
        "Its new text as Markdown: TEXT, `@file`, or `-` for standard input",
    ),
    PARENT,
    Parameter::flag(
        "message",
        "TEXT",
        ParameterKind::Text,
        "What was changed, for the list of versions",
    ),
    Parameter::flag(
        "version",
        "NUMBER",
        ParameterKind::Integer,
        "The version that was read; if there is a newer one, nothing is written",
    ),
    Parameter::switch("yes", "Do not ask"),
])
.calls(&[
    Endpoint::get(NEWER)
        .cloud()
        .fixed(&[("body-format", "storage")]),
    Endpoint::of("PUT", NEWER).cloud(),
    Endpoint::get(OLDER).cloud().fixed(WHOLE),
    Endpoint::of("PUT", OLDER).cloud(),
    Endpoint::get(DATA_CENTER).data_center().fixed(WHOLE),
    Endpoint::of("PUT", DATA_CENTER).data_center(),
]);

fn update<'a>(run: &'a Run<'a>) -> Ending<'a> {
    Box::pin(async move {
        let flags = vec!["title", "body", "parent"];
        if !flags.iter().any(|flag| run.values.is_set(flag)) {
            return Err(ApiError::Missing {
                flags,
                reason: "there is nothing to change".to_owned(),
            });
        }
        let written = match run.site.deployment {
            Deployment::DataCenter => by(run, DATA_CENTER, older).await?,
            Deployment::Cloud => match by(run, NEWER, newer).await {
                Err(refused) if refused.fault() == Some(Fault::Scope) => {
                    match by(run, OLDER, older).await {
                        Err(error) if error.fault() == Some(Fault::Scope) => return Err(refused),
                        other => other?,
                    }
                }
                other => other?,
            },
        };
        if let Some(page) = written {
            let part = |pointer| page.pointer(pointer).map_or(String::new(), column::text);
            run.talk.note(&format!(
                "updated page {}: {} (version {})",
                part("/id"),
                part("/title"),
                part("/version/number")
            ));
        }
        Ok(())
    })
}

/// Reads the page and writes it by one of the APIs, and gives what was written; `None` where it was only shown.
async fn by(
    run: &Run<'_>,
    path: &str,
    changed: impl Fn(&Run<'_>, &Json) -> Json,
) -> Result<Option<Json>, ApiError> {
    let page = run.call(run.endpoint_for("GET", path)?)?;
    let page = run.site.json(&page).await?;
    confirm_losses(run, &page)?;
    let next = changed(run, &page);
    let call = run.call(run.endpoint_for("PUT", path)?)?.json(next.clone());
    let answer = run.send_call(&call).await?;
    Ok(answer.map(|_| next))
}

/// A new text takes the place of everything, also of what Markdown cannot say.
fn confirm_losses(run: &Run<'_>, page: &Json) -> Result<(), ApiError> {
    if run.values.text("body").is_none() || run.options.dry_run {
        return Ok(());
    }
    let present = page["body"]["storage"]["value"]
        .as_str()
        .unwrap_or_default();
    // a text that cannot be read may hold anything
    let lost = match Document::from_storage(present) {
        Ok(document) => document
            .unknown()
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
            .join(", "),
        Err(_) => "what cannot be read".to_owned(),
    };
    if lost.is_empty() {
        return Ok(());
    }
    let question = format!(
        "The page holds what Markdown does not know, and the new text will not: {lost}. Write it?"
    );
    run.talk.confirm(&question, run.options.yes)
}

/// The next version of a page, as the newer API takes it.
fn newer(run: &Run<'_>, page: &Json) -> Json {
    let mut next = json!({
        "id": page["id"],
        "status": page["status"],
        "title": title(run, page),
        "body": {"representation": "storage", "value": body(run, page)},
        "version": version(run, page),
    });
    if let Some(parent) = run.values.text("parent") {
        next["parentId"] = parent.into();
    }
    next
}

/// The same as the older API and Data Center take it.
fn older(run: &Run<'_>, page: &Json) -> Json {
    let mut next = json!({
        "id": page["id"],
        "type": page["type"],
        "title": title(run, page),
        "body": {"storage": {"representation": "storage", "value": body(run, page)}},
        "version": version(run, page),
    });
    if let Some(parent) = run.values.text("parent") {
        next["ancestors"] = json!([{"id": parent}]);
    }
    next
}

fn title(run: &Run<'_>, page: &Json) -> Json {
    run.values
        .text("title")
        .map_or_else(|| page["title"].clone(), Json::from)
}

fn body(run: &Run<'_>, page: &Json) -> Json {
    match run.values.text("body") {
        Some(markdown) => Document::from_markdown(markdown).to_storage().into(),
        None => page["body"]["storage"]["value"].clone(),
    }
}

fn version(run: &Run<'_>, page: &Json) -> Json {
    let read = run
        .values
        .text("version")
        .and_then(|number| number.parse().ok());
    let read = read.or(page["version"]["number"].as_u64()).unwrap_or(0);
    let mut version = json!({"number": read.saturating_add(1)});
    if let Some(message) = run.values.text("message") {
        version["message"] = message.into();
    }
    version
}
