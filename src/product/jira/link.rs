//! `lassi jira issue link` and `unlink`: one issue blocks, repeats or concerns another.

use super::issue::KEY;
use crate::auth::Product;
use crate::http::Method;
use crate::product::column;
use crate::product::command::{
    Action, Command, Ending, Endpoint, Own, Parameter, ParameterKind, Thing,
};
use crate::product::error::ApiError;
use crate::product::run::{self, Run};
use crate::product::site::Call;
use serde_json::{Value as Json, json};

const OTHER: Parameter = Parameter::argument(
    "other",
    "OTHER",
    ParameterKind::Key(Thing::Issue),
    "The other issue",
);

pub(super) static LINK: Command = Command::of(
    Product::Jira,
    "issue link",
    "Link an issue with another one",
    Action::Own(Own {
        run: link,
        changes: true,
        lists: false,
    }),
)
.details(
    "`lassi jira issue link DEV-1 DEV-2 --type blocks` says that DEV-1 blocks DEV-2, and `--type \"is blocked by\"` \
     the other way round.",
)
.plain()
.takes(&[
    KEY,
    OTHER,
    Parameter::flag(
        "type",
        "TYPE",
        ParameterKind::Text,
        "The type of link, or its words in either direction",
    )
    .default("Relates"),
])
.calls(&[
    Endpoint::get("/rest/api/3/issueLinkType").cloud().items("/issueLinkTypes"),
    Endpoint::of("POST", "/rest/api/3/issueLink").cloud(),
    Endpoint::get("/rest/api/2/issueLinkType")
        .data_center()
        .items("/issueLinkTypes"),
    Endpoint::of("POST", "/rest/api/2/issueLink").data_center(),
]);

pub(super) static UNLINK: Command = Command::of(
    Product::Jira,
    "issue unlink",
    "Remove the links between two issues",
    Action::Own(Own {
        run: unlink,
        changes: true,
        lists: false,
    }),
)
.plain()
.takes(&[KEY, OTHER])
.calls(&[
    Endpoint::get("/rest/api/3/issue/{key}")
        .cloud()
        .fixed(&[("fields", "issuelinks")])
        .items("/fields/issuelinks"),
    Endpoint::of("DELETE", "/rest/api/3/issueLink/{link}").cloud(),
    Endpoint::get("/rest/api/2/issue/{key}")
        .data_center()
        .fixed(&[("fields", "issuelinks")])
        .items("/fields/issuelinks"),
    Endpoint::of("DELETE", "/rest/api/2/issueLink/{link}").data_center(),
])
.confirm("Remove the links between {key} and {other}?");

fn link<'a>(run: &'a Run<'a>) -> Ending<'a> {
    Box::pin(async move {
        let types = run.answer_of(run.endpoint_of("GET")?).await?;
        let wanted = run.values.text("type").unwrap_or_default();
        let (name, words, reversed) = type_of(&types, wanted)?;
        let value = |name| run.values.text(name).unwrap_or_default();
        let (from, to) = if reversed {
            (value("other"), value("key"))
        } else {
            (value("key"), value("other"))
        };
        // Jira says `blocks` of the issue that it calls the inward one
        let body = json!({
            "type": { "name": name },
            "inwardIssue": { "key": from },
            "outwardIssue": { "key": to },
        });
        let call = run.call(run.endpoint_of("POST")?)?.json(body);
        if run.send_call(&call).await?.is_some() {
            run.talk
                .note(&format!("{} {words} {}", value("key"), value("other")));
        }
        Ok(())
    })
}

/// The type that is meant: its name, its words as they were meant, and whether they are those of the other direction.
fn type_of(types: &Json, wanted: &str) -> Result<(String, String, bool), ApiError> {
    let mut known = Vec::new();
    for one in types.as_array().into_iter().flatten() {
        let part = |name: &str| column::text(&one[name]);
        let is_meant = |name: &str| part(name).eq_ignore_ascii_case(wanted);
        if is_meant("name") || is_meant("outward") {
            return Ok((part("name"), part("outward"), false));
        }
        if is_meant("inward") {
            return Ok((part("name"), part("inward"), true));
        }
        known.push(format!("{} ({})", part("name"), part("outward")));
    }
    Err(ApiError::NotThere {
        what: "type of link",
        typed: wanted.to_owned(),
        known,
    })
}

fn unlink<'a>(run: &'a Run<'a>) -> Ending<'a> {
    Box::pin(async move {
        let links = run.answer_of(run.endpoint_of("GET")?).await?;
        let wanted = run.values.text("other").unwrap_or_default();
        let mut known = Vec::new();
        let mut ids = Vec::new();
        for link in links.as_array().into_iter().flatten() {
            let ends = [&link["outwardIssue"]["key"], &link["inwardIssue"]["key"]];
            let other = ends.iter().find_map(|key| key.as_str()).unwrap_or_default();
            if other == wanted {
                ids.push(column::text(&link["id"]));
            } else {
                known.push(other.to_owned());
            }
        }
        if ids.is_empty() {
            return Err(ApiError::NotThere {
                what: "link to",
                typed: wanted.to_owned(),
                known,
            });
        }
        let endpoint = run.endpoint_of("DELETE")?;
        for id in ids {
            let path = run::fill_path(endpoint.path, |_| Some(id.as_str()))?;
            if run
                .send_call(&Call::new(Method::DELETE, path))
                .await?
                .is_some()
            {
                run.talk.note(
                    &run.values
                        .fill("removed the link between {key} and {other}"),
                );
            }
        }
        Ok(())
    })
}
