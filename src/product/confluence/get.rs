//! `lassi confluence page get`: a page as it is, or as it was.

use super::content::{CONTENT, WEB, WHOLE};
use super::page::PAGE;
use crate::auth::Product;
use crate::product::command::{
    Action, Command, Ending, Endpoint, Own, Parameter, ParameterKind, To,
};
use crate::product::error::{ApiError, Fault};
use crate::product::run::Run;
use serde_json::Value as Json;

const OLDER: &str = "/wiki/rest/api/content/{page}";
const DATA_CENTER: &str = "/rest/api/content/{page}";
/// In the older API a version goes with this state.
const FORMER: (&str, &str) = ("status", "historical");

pub(super) static GET: Command = Command::of(
    Product::Confluence,
    "page get",
    "Show a page and its text",
    Action::Own(Own {
        run: get,
        changes: false,
        lists: false,
    }),
)
.details(
    "`--format markdown` prints the text alone, as Markdown; `--format json` has it in Confluence's storage format.",
)
.takes(&[
    PAGE,
    Parameter::flag(
        "version",
        "NUMBER",
        ParameterKind::Integer,
        "As it was then; `page versions` lists them",
    ),
])
.calls(&[
    Endpoint::get("/wiki/api/v2/pages/{page}")
        .cloud()
        .fixed(&[("body-format", "storage")])
        .sends(&[("version", To::Query("version"))]),
    Endpoint::get(OLDER)
        .cloud()
        .fixed(&[WHOLE])
        .sends(&[("version", To::Query("version")), FORMER_STATE]),
    Endpoint::get(DATA_CENTER)
        .data_center()
        .fixed(&[WHOLE])
        .sends(&[("version", To::Query("version")), FORMER_STATE]),
])
.web(WEB)
.markdown();

/// It is sent where a version is.
const FORMER_STATE: (&str, To) = (FORMER.0, To::Query(FORMER.0));

fn get<'a>(run: &'a Run<'a>) -> Ending<'a> {
    Box::pin(async move {
        let page = run
            .on_endpoints(async |endpoint| match run.values.text("version") {
                Some(version) if [OLDER, DATA_CENTER].contains(&endpoint.path) => {
                    former(run, endpoint, version).await
                }
                _ => run.answer_of(endpoint).await,
            })
            .await?;
        run.show(CONTENT, page).await
    })
}

/// A page as it was, by the older API, to which the latest version is not a former one.
async fn former(run: &Run<'_>, endpoint: &Endpoint, version: &str) -> Result<Json, ApiError> {
    let call = run.call(endpoint)?.query(FORMER.0, FORMER.1);
    let missing = match run.site.json(&call).await {
        Err(error) if error.fault() == Some(Fault::NotFound) => error,
        other => return other,
    };
    let mut latest = call;
    latest
        .query
        .retain(|(name, _)| name != "version" && name != FORMER.0);
    let page = run.site.json(&latest).await?;
    let number = page["version"]["number"].as_u64();
    if number.is_some_and(|number| version.parse() == Ok(number)) {
        Ok(page)
    } else {
        Err(missing)
    }
}
