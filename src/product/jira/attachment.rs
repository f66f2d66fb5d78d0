//! `lassi jira attachment`: files of issues, listed, downloaded, uploaded.

use super::issue::KEY;
use crate::auth::{Deployment, Product};
use crate::config::views::Format;
use crate::http::Method;
use crate::output::escape::Visible;
use crate::product::bulk::Outcome;
use crate::product::column::{self, Column};
use crate::product::command::{Action, Command, Ending, Endpoint, Own, Parameter, ParameterKind};
use crate::product::error::ApiError;
use crate::product::run::{self, Run};
use crate::product::show;
use crate::product::site::Call;
use crate::product::transfer::{self, Incoming, Outgoing};
use serde_json::Value as Json;

const COLUMNS: &[Column] = &[
    Column::new("ID", &["/id"]),
    Column::made("SIZE", &["/size"], size),
    Column::new("TYPE", &["/mimeType"]),
    Column::new("AUTHOR", &["/author"]),
    Column::moment("CREATED", &["/created"]),
    Column::new("NAME", &["/filename"]),
];

const ID: Parameter = Parameter::argument(
    "id",
    "ID",
    ParameterKind::Integer,
    "The file: its number, as `list` shows it",
);

pub(super) static LIST: Command = Command::list(
    Product::Jira,
    "attachment list",
    "List the files of an issue",
    COLUMNS,
)
.takes(&[KEY])
.calls(&[
    Endpoint::get("/rest/api/3/issue/{key}")
        .cloud()
        .fixed(&[("fields", "attachment")])
        .items("/fields/attachment"),
    Endpoint::get("/rest/api/2/issue/{key}")
        .data_center()
        .fixed(&[("fields", "attachment")])
        .items("/fields/attachment"),
])
.web("/browse/{key}");

const ONE_ON_CLOUD: &str = "/rest/api/3/attachment/{id}";
const ONE_ON_DATA_CENTER: &str = "/rest/api/2/attachment/{id}";
const CONTENT_ON_CLOUD: &str = "/rest/api/3/attachment/content/{id}";
const CONTENT_ON_DATA_CENTER: &str = "/secure/attachment/{id}/{name}";

pub(super) static GET: Command = Command::of(
    Product::Jira,
    "attachment get",
    "Download a file of an issue",
    Action::Own(Own {
        run: get,
        changes: false,
        lists: false,
    }),
)
.details(
    "Nothing is written over without `--force`, and a download that breaks leaves no file behind.",
)
.takes(&[ID, transfer::OUTPUT, transfer::FORCE])
.calls(&[
    Endpoint::get(ONE_ON_CLOUD).cloud(),
    Endpoint::get(CONTENT_ON_CLOUD).cloud(),
    Endpoint::get(ONE_ON_DATA_CENTER).data_center(),
    Endpoint::get(CONTENT_ON_DATA_CENTER).data_center(),
]);

pub(super) static ADD: Command = Command::of(
    Product::Jira,
    "attachment add",
    "Upload files to an issue",
    Action::Own(Own {
        run: add,
        changes: true,
        lists: false,
    }),
)
.takes(&[
    KEY,
    Parameter::argument("file", "FILE", ParameterKind::Files, "The files"),
])
.calls(&[
    Endpoint::of("POST", "/rest/api/3/issue/{key}/attachments").cloud(),
    Endpoint::of("POST", "/rest/api/2/issue/{key}/attachments").data_center(),
]);

pub(super) static DELETE: Command = Command::send(
    Product::Jira,
    "attachment delete",
    "Delete a file of an issue",
    "deleted file {id}",
)
.takes(&[ID])
.calls(&[
    Endpoint::of("DELETE", "/rest/api/3/attachment/{id}").cloud(),
    Endpoint::of("DELETE", "/rest/api/2/attachment/{id}").data_center(),
])
.confirm("Delete file {id}?");

fn size(bytes: &Json) -> String {
    bytes.as_u64().map_or(String::new(), transfer::amount)
}

fn get<'a>(run: &'a Run<'a>) -> Ending<'a> {
    Box::pin(async move {
        let on_cloud = run.site.deployment == Deployment::Cloud;
        let one = if on_cloud {
            ONE_ON_CLOUD
        } else {
            ONE_ON_DATA_CENTER
        };
        let file = run.site.json(&run.call(run.endpoint_at(one)?)?).await?;
        let name = column::text(&file["filename"]);
        let call = if on_cloud {
            run.call(run.endpoint_at(CONTENT_ON_CLOUD)?)?
        } else {
            let path = run::fill_path(CONTENT_ON_DATA_CENTER, |part| match part {
                "name" => Some(name.as_str()),
                other => run.values.text(other),
            })?;
            Call::new(Method::GET, path)
        };
        let incoming = Incoming {
            name: &name,
            output: run.values.text("output"),
            force: run.values.is_set("force"),
            size: file["size"].as_u64(),
        };
        match transfer::download(run, call, &incoming).await? {
            Some(target) => downloaded(run, &target.to_string_lossy(), &file),
            None => Ok(()),
        }
    })
}

/// Where it is now: the command's data, unless what it is is wanted.
fn downloaded(run: &Run<'_>, target: &str, file: &Json) -> Result<(), ApiError> {
    match run.talk.format() {
        Format::Json | Format::Yaml => show::object(run.talk, COLUMNS, file),
        _ => run.talk.print(&format!("{}\n", Visible(target))),
    }
}

fn add<'a>(run: &'a Run<'a>) -> Ending<'a> {
    Box::pin(async move {
        let endpoint = run.endpoint()?;
        let files = run.values.texts("file");
        let mut added = Vec::new();
        let mut failed = Vec::new();
        for file in files {
            let outgoing = Outgoing {
                file,
                field: "file",
                texts: &[],
            };
            match transfer::upload(run, run.call(endpoint)?, &outgoing).await {
                Ok(Some(Json::Array(answer))) => added.extend(answer),
                Ok(_) => {}
                Err(error) if files.len() == 1 => return Err(error),
                Err(error) => failed.push((file.clone(), error)),
            }
        }
        if !run.options.dry_run {
            show::list(run.talk, COLUMNS, added.clone())?;
        }
        let outcome = Outcome {
            done: added,
            failed,
            untried: 0,
        };
        outcome.failure()
    })
}
