//! `lassi confluence attachment`: files of pages, listed, downloaded, uploaded.

use super::page::PAGE;
use crate::auth::{Deployment, Product};
use crate::config::views::Format;
use crate::http::Method;
use crate::output::escape::Visible;
use crate::product::column::{self, Column};
use crate::product::command::{
    Action, Command, Ending, Endpoint, Own, Parameter, ParameterKind, To,
};
use crate::product::error::{ApiError, Fault};
use crate::product::paging::Paging;
use crate::product::run::{self, Run};
use crate::product::show;
use crate::product::site::Call;
use crate::product::transfer::{self, Incoming, Outgoing};
use serde_json::Value as Json;

const COLUMNS: &[Column] = &[
    Column::new("ID", &["/id"]),
    Column::made("SIZE", &["/fileSize", "/extensions/fileSize"], size),
    Column::new(
        "TYPE",
        &["/mediaType", "/extensions/mediaType", "/metadata/mediaType"],
    ),
    Column::moment(
        "CREATED",
        &["/version/createdAt", "/version/when", "/createdAt"],
    ),
    Column::person("AUTHOR", &["/version/by/displayName", "/version/authorId"]),
    Column::new("NAME", &["/title"]),
];

pub(super) static LIST: Command = Command::list(
    Product::Confluence,
    "attachment list",
    "List the files of a page",
    COLUMNS,
)
.takes(&[
    PAGE,
    Parameter::flag(
        "name",
        "NAME",
        ParameterKind::Text,
        "Only the file of this name",
    ),
])
.calls(&[
    Endpoint::get("/wiki/api/v2/pages/{page}/attachments")
        .cloud()
        .sends(&[("name", To::Query("filename"))])
        .pages(Paging::Links { size: 250 }, "/results"),
    Endpoint::get("/wiki/rest/api/content/{page}/child/attachment")
        .cloud()
        .fixed(&[("expand", "version,metadata")])
        .sends(&[("name", To::Query("filename"))])
        .pages(Paging::Links { size: 100 }, "/results"),
    Endpoint::get("/rest/api/content/{page}/child/attachment")
        .data_center()
        .fixed(&[("expand", "version,metadata")])
        .sends(&[("name", To::Query("filename"))])
        .pages(Paging::Links { size: 100 }, "/results"),
])
.web("/pages/viewpageattachments.action?pageId={page}");

const ONE: &str = "/wiki/api/v2/attachments/{id}";
const ONE_OF_OLDER: &str = "/wiki/rest/api/content/{id}";
const ONE_ON_DATA_CENTER: &str = "/rest/api/content/{id}";
const CONTENT: &str = "/wiki/rest/api/content/{page}/child/attachment/{id}/download";
const CONTENT_ON_DATA_CENTER: &str = "/download/attachments/{page}/{name}";
const WHERE: &[(&str, &str)] = &[("expand", "container,version")];

pub(super) static GET: Command = Command::of(
    Product::Confluence,
    "attachment get",
    "Download a file of a page",
    Action::Own(Own {
        run: get,
        changes: false,
        lists: false,
    }),
)
.details(
    "Nothing is written over without `--force`, and a download that breaks leaves no file behind.",
)
.takes(&[
    Parameter::argument(
        "id",
        "ID",
        ParameterKind::Text,
        "The file: its id, as `attachment list` shows it",
    ),
    transfer::OUTPUT,
    transfer::FORCE,
])
.calls(&[
    Endpoint::get(ONE).cloud(),
    Endpoint::get(ONE_OF_OLDER).cloud().fixed(WHERE),
    Endpoint::get(CONTENT).cloud(),
    Endpoint::get(ONE_ON_DATA_CENTER).data_center().fixed(WHERE),
    Endpoint::get(CONTENT_ON_DATA_CENTER).data_center(),
]);

const FILES: &str = "/wiki/rest/api/content/{page}/child/attachment";
const FILES_ON_DATA_CENTER: &str = "/rest/api/content/{page}/child/attachment";
const DATA_ON_DATA_CENTER: &str = "/rest/api/content/{page}/child/attachment/{id}/data";

pub(super) static ADD: Command = Command::of(
    Product::Confluence,
    "attachment add",
    "Upload files to a page",
    Action::Own(Own {
        run: add,
        changes: true,
        lists: false,
    }),
)
.details("A file of the same name is kept, and refused by the server, unless `--replace` makes it a new version.")
.takes(&[
    PAGE,
    Parameter::argument("file", "FILE", ParameterKind::Files, "The files"),
    Parameter::flag(
        "comment",
        "TEXT",
        ParameterKind::Text,
        "What is to be said of them",
    ),
    Parameter::switch("replace", "Make it a new version of a file of the same name"),
])
.calls(&[
    Endpoint::of("POST", FILES).cloud(),
    Endpoint::of("PUT", FILES).cloud(),
    Endpoint::get(FILES_ON_DATA_CENTER)
        .data_center()
        .sends(&[("name", To::Query("filename"))]),
    Endpoint::of("POST", FILES_ON_DATA_CENTER).data_center(),
    Endpoint::of("POST", DATA_ON_DATA_CENTER).data_center(),
]);

fn size(bytes: &Json) -> String {
    bytes.as_u64().map_or(String::new(), transfer::amount)
}

/// The id as servers write it, `att` and a number; people may leave out the first part.
fn id_of(typed: &str) -> Result<String, ApiError> {
    let number = typed.strip_prefix("att").unwrap_or(typed);
    if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
        return Err(ApiError::Argument {
            name: "id".to_owned(),
            typed: typed.to_owned(),
            reason: "the id of a file is `att` and a number".to_owned(),
        });
    }
    Ok(format!("att{number}"))
}

fn get<'a>(run: &'a Run<'a>) -> Ending<'a> {
    Box::pin(async move {
        let id = id_of(run.values.text("id").unwrap_or_default())?;
        let (file, content) = match run.site.deployment {
            Deployment::DataCenter => {
                let file = read(run, ONE_ON_DATA_CENTER, &id).await?;
                (file, CONTENT_ON_DATA_CENTER)
            }
            Deployment::Cloud => {
                let file = match read(run, ONE, &id).await {
                    Err(error) if error.fault() == Some(Fault::Scope) => {
                        read(run, ONE_OF_OLDER, &id).await
                    }
                    other => other,
                };
                (file?, CONTENT)
            }
        };
        let part = |pointers: &'static [&'static str]| Column::new("", pointers).text(&file);
        let name = part(&["/title"]);
        let page = part(&[
            "/pageId",
            "/blogPostId",
            "/customContentId",
            "/container/id",
        ]);
        let path = run::fill_path(run.endpoint_at(content)?.path, |placeholder| {
            Some(match placeholder {
                "page" => page.as_str(),
                "name" => name.as_str(),
                _ => id.as_str(),
            })
        })?;
        let sizes = ["/fileSize", "/extensions/fileSize"];
        let incoming = Incoming {
            name: &name,
            output: run.values.text("output"),
            force: run.values.is_set("force"),
            size: sizes
                .iter()
                .find_map(|pointer| file.pointer(pointer)?.as_u64()),
        };
        let call = Call::new(Method::GET, path);
        let Some(target) = transfer::download(run, call, &incoming).await? else {
            return Ok(());
        };
        match run.talk.format() {
            Format::Json | Format::Yaml => show::object(run.talk, COLUMNS, &file),
            _ => {
                let target = target.to_string_lossy();
                run.talk.print(&format!("{}\n", Visible(&target)))
            }
        }
    })
}

/// What is known of a file.
async fn read(run: &Run<'_>, path: &str, id: &str) -> Result<Json, ApiError> {
    let endpoint = run.endpoint_at(path)?;
    let mut call = Call::new(Method::GET, run::fill_path(endpoint.path, |_| Some(id))?);
    for (name, value) in endpoint.fixed {
        call = call.query(*name, *value);
    }
    run.site.json(&call).await
}

fn add<'a>(run: &'a Run<'a>) -> Ending<'a> {
    Box::pin(async move {
        let comment = run.values.text("comment");
        let texts: Vec<(&'static str, String)> = comment
            .map(|comment| ("comment", comment.to_owned()))
            .into_iter()
            .chain([("minorEdit", "false".to_owned())])
            .collect();
        let mut added = Vec::new();
        for file in run.values.texts("file") {
            let outgoing = Outgoing {
                file,
                field: "file",
                texts: &texts,
            };
            let call = destination(run, file).await?;
            let Some(mut answer) = transfer::upload(run, call, &outgoing).await? else {
                continue;
            };
            run.talk.note(&format!("added {file}"));
            match answer["results"].take() {
                Json::Array(files) => added.extend(files),
                // a new version of one file is answered alone
                _ => added.push(answer),
            }
        }
        if run.options.dry_run {
            return Ok(());
        }
        show::list(run.talk, COLUMNS, added)
    })
}

/// Where a file goes: Data Center takes new versions at an address of their own.
async fn destination(run: &Run<'_>, file: &str) -> Result<Call, ApiError> {
    let replaces = run.values.is_set("replace");
    if run.site.deployment == Deployment::Cloud {
        let method = if replaces { "PUT" } else { "POST" };
        return run.call(run.endpoint_for(method, FILES)?);
    }
    if replaces {
        let name = std::path::Path::new(file).file_name().unwrap_or_default();
        let known = run.call(run.endpoint_for("GET", FILES_ON_DATA_CENTER)?)?;
        let known = known.query("filename", name.to_string_lossy());
        let known = run.site.json(&known).await?;
        let id = column::text(&known["results"][0]["id"]);
        if !id.is_empty() {
            let endpoint = run.endpoint_for("POST", DATA_ON_DATA_CENTER)?;
            let path = run::fill_path(endpoint.path, |placeholder| match placeholder {
                "page" => run.values.text("page"),
                _ => Some(id.as_str()),
            })?;
            return Ok(Call::new(Method::POST, path));
        }
    }
    run.call(run.endpoint_for("POST", FILES_ON_DATA_CENTER)?)
}
