//! `lassi bitbucket pipeline`: its runs.

use super::{PAGES, REPOSITORY, WORKSPACE};
use crate::auth::Product;
use crate::http::Method;
use crate::product::column::Column;
use crate::product::command::{
    Action, Command, Ending, Endpoint, Own, Parameter, ParameterKind, Thing, To,
};
use crate::product::error::{ApiError, Fault};
use crate::product::paging::Pages;
use crate::product::run::{Run, fill_path};
use crate::product::show;
use crate::product::site::Call;
use serde_json::{Value as Json, json};

const ALL: &str = "/2.0/repositories/{repository}/pipelines";
const ONE: &str = "/2.0/repositories/{repository}/pipelines/{pipeline}";
const STEPS: &str = "/2.0/repositories/{repository}/pipelines/{pipeline}/steps";
const LOG: &str = "/2.0/repositories/{repository}/pipelines/{pipeline}/steps/{step}/log";

const STARTED: &str = "started run {/build_number} on {branch} of {repository}";

const NUMBER: Column = Column::new("NUMBER", &["/build_number"]);
const STATE: Column = Column::new(
    "STATE",
    &["/state/result/name", "/state/stage/name", "/state/name"],
);
const BRANCH: Column = Column::new("BRANCH", &["/target/ref_name", "/target/source"]);
const CREATOR: Column = Column::new("CREATOR", &["/creator"]);
const CREATED: Column = Column::moment("CREATED", &["/created_on"]);

/// Bitbucket's document knows UUIDs only, and Bitbucket takes the numbers of runs, too, which is what people see.
const PIPELINE: Parameter = Parameter::argument(
    "pipeline",
    "NUMBER",
    ParameterKind::Key(Thing::Pipeline),
    "The number of a run, its UUID or its address, which names the repository, too",
);

pub(super) static LIST: Command = Command::list(
    Product::Bitbucket,
    "pipeline list",
    "List the runs of a repository's pipelines, newest first",
    &[NUMBER, STATE, BRANCH, CREATOR, CREATED],
)
.takes(&[
    Parameter::flag(
        "branch",
        "BRANCH",
        ParameterKind::Text,
        "Only those of this branch",
    ),
    Parameter::flag(
        "status",
        "STATUS",
        ParameterKind::Choices(&[
            "PENDING", "BUILDING", "PAUSED", "HALTED", "PASSED", "FAILED", "STOPPED", "ERROR",
        ]),
        "Only those that are: pending, building, paused, halted, passed, failed, stopped, error",
    ),
    REPOSITORY,
    WORKSPACE,
])
.calls(&[Endpoint::get(ALL)
    .fixed(&[("sort", "-created_on")])
    .sends(&[
        ("branch", To::Query("target.branch")),
        ("status", To::Each("status")),
    ])
    .pages(PAGES, "/values")])
.web("/{repository}/pipelines");

pub(super) static GET: Command = Command::show(
    Product::Bitbucket,
    "pipeline get",
    "Show a run of a pipeline",
    &[
        NUMBER,
        STATE,
        BRANCH,
        Column::new("PIPELINE", &["/target/selector/pattern"]),
        Column::new("COMMIT", &["/target/commit/hash"]),
        Column::new("TRIGGER", &["/trigger/name"]),
        CREATOR,
        CREATED,
        Column::moment("COMPLETED", &["/completed_on"]),
        Column::new("SECONDS", &["/duration_in_seconds", "/build_seconds_used"]),
        Column::new("UUID", &["/uuid"]),
    ],
)
.takes(&[PIPELINE, REPOSITORY, WORKSPACE])
.calls(&[Endpoint::get(ONE)])
.web("/{repository}/pipelines/results/{pipeline}");

pub(super) static TRIGGER: Command = Command::of(
    Product::Bitbucket,
    "pipeline trigger",
    "Run a pipeline on a branch",
    Action::Own(Own {
        run: trigger,
        changes: true,
        lists: false,
    }),
)
.plain()
.takes(&[
    Parameter::flag(
        "branch",
        "BRANCH",
        ParameterKind::Branch,
        "The branch [default: the folder's]",
    )
    .required(),
    Parameter::flag(
        "pipeline",
        "NAME",
        ParameterKind::Text,
        "A custom pipeline of `bitbucket-pipelines.yml` [default: the branch's]",
    ),
    Parameter::flag(
        "variable",
        "NAME=VALUE",
        ParameterKind::Fields,
        "A variable of the run; may be given several times",
    ),
    REPOSITORY,
    WORKSPACE,
])
.calls(&[Endpoint::of("POST", ALL)]);

pub(super) static STOP: Command = Command::send(
    Product::Bitbucket,
    "pipeline stop",
    "Stop a run of a pipeline",
    "run {pipeline} of {repository} is being stopped",
)
.takes(&[PIPELINE, REPOSITORY, WORKSPACE])
.calls(&[Endpoint::of(
    "POST",
    "/2.0/repositories/{repository}/pipelines/{pipeline}/stopPipeline",
)]);

pub(super) static LOGS: Command = Command::of(
    Product::Bitbucket,
    "pipeline logs",
    "Print the logs of a run's steps",
    Action::Own(Own {
        run: logs,
        changes: false,
        lists: false,
    }),
)
.plain()
.takes(&[
    PIPELINE,
    Parameter::flag(
        "step",
        "STEP",
        ParameterKind::Text,
        "Only that of this step: its name, its number, or its UUID",
    ),
    REPOSITORY,
    WORKSPACE,
])
.calls(&[
    Endpoint::get(STEPS).pages(PAGES, "/values"),
    Endpoint::get(LOG),
])
.web("/{repository}/pipelines/results/{pipeline}");

/// What is run, and where, is a target whose kind Bitbucket wants to be told.
fn trigger<'a>(run: &'a Run<'a>) -> Ending<'a> {
    Box::pin(async move {
        let mut target = json!({
            "type": "pipeline_ref_target",
            "ref_type": "branch",
            "ref_name": run.values.text("branch"),
        });
        if let Some(name) = run.values.text("pipeline") {
            target["selector"] = json!({"type": "custom", "pattern": name});
        }
        let mut body = json!({"target": target});
        let variables = run.values.texts("variable").iter();
        let variables: Vec<Json> = variables
            .filter_map(|variable| variable.split_once('='))
            .map(|(key, value)| json!({"key": key, "value": value}))
            .collect();
        if !variables.is_empty() {
            body["variables"] = Json::from(variables);
        }
        let call = run.call(run.endpoint_at(ALL)?)?.json(body);
        match run.send_call(&call).await? {
            Some(answer) => show::sent(run, STARTED, &answer),
            None => Ok(()),
        }
    })
}

/// The logs of the steps, one after the other; titles are no data. A step that has not run yet has none.
fn logs<'a>(run: &'a Run<'a>) -> Ending<'a> {
    Box::pin(async move {
        let endpoint = run.endpoint_at(STEPS)?;
        let mut pages = Pages::new(
            run.site,
            run.call(endpoint)?,
            endpoint.paging,
            endpoint.items,
            0,
        );
        let mut steps = Vec::new();
        while let Some(page) = pages.next().await? {
            steps.extend(page);
        }
        let wanted = run.values.text("step");
        let meant: Vec<(usize, &Json)> = (1..)
            .zip(&steps)
            .filter(|(number, step)| wanted.is_none_or(|wanted| is_step(step, *number, wanted)))
            .collect();
        if let (Some(wanted), []) = (wanted, meant.as_slice()) {
            return Err(ApiError::NotThere {
                what: "step",
                typed: wanted.to_owned(),
                known: steps.iter().map(name_of).collect(),
            });
        }
        for (number, step) in meant {
            let title = format!(
                "step {number} of {}: {} ({})",
                steps.len(),
                name_of(step),
                STATE.text(step)
            );
            let path = fill_path(LOG, |name| match name {
                "step" => step["uuid"].as_str(),
                other => run.values.text(other),
            })?;
            let mut call = Call::new(Method::GET, path);
            // a log is whatever the step has printed
            call.accept = "*/*";
            match run.site.answer(&call).await {
                Ok(log) => {
                    run.talk.note(&title);
                    run.talk.print_bytes(&log.body)?;
                }
                Err(error) if error.fault() == Some(Fault::NotFound) => {
                    run.talk.note(&format!("{title}: no log yet"));
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    })
}

fn name_of(step: &Json) -> String {
    let name = step["name"].as_str().or_else(|| step["uuid"].as_str());
    name.unwrap_or_default().to_owned()
}

fn is_step(step: &Json, number: usize, wanted: &str) -> bool {
    let uuid = step["uuid"].as_str().unwrap_or_default();
    name_of(step).eq_ignore_ascii_case(wanted)
        || number.to_string() == wanted
        || uuid.trim_matches(['{', '}']) == wanted.trim_matches(['{', '}'])
}
