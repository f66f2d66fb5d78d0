//! `lassi jsm servicedesk` and `lassi jsm requesttype`; and the number of a desk that was named by the key of its project.

use super::PAGES;
use crate::auth::Product;
use crate::http::Method;
use crate::product::column::Column;
use crate::product::command::{Command, Endpoint, Parameter, ParameterKind, Thing};
use crate::product::error::ApiError;
use crate::product::run::{Run, fill_path};
use crate::product::site::Call;

const ONE: &str = "/rest/servicedeskapi/servicedesk/{servicedesk}";

const ID: Column = Column::new("ID", &["/id"]);
const PROJECT: Column = Column::new("PROJECT", &["/projectKey"]);
const NAME: Column = Column::new("NAME", &["/projectName"]);

/// `--servicedesk`.
pub(super) const DESK: Parameter = Parameter::flag(
    "servicedesk",
    "DESK",
    ParameterKind::Key(Thing::ServiceDesk),
    "The service desk: its number, the key of its project, or the address of its portal",
);

pub(super) static LIST: Command = Command::list(
    Product::Jsm,
    "servicedesk list",
    "List service desks",
    &[ID, PROJECT, NAME],
)
.calls(&[Endpoint::get("/rest/servicedeskapi/servicedesk").pages(PAGES, "/values")]);

pub(super) static GET: Command = Command::show(
    Product::Jsm,
    "servicedesk get",
    "Show a service desk",
    &[
        ID,
        PROJECT,
        NAME,
        Column::new("PROJECT ID", &["/projectId"]),
    ],
)
.takes(&[Parameter::argument(
    "servicedesk",
    "DESK",
    ParameterKind::Key(Thing::ServiceDesk),
    "Its number, the key of its project, or the address of its portal",
)])
.calls(&[Endpoint::get(ONE)])
.web("/servicedesk/customer/portal/{servicedesk}");

pub(super) static TYPES: Command = Command::list(
    Product::Jsm,
    "requesttype list",
    "List what can be asked for at a service desk",
    &[
        ID,
        Column::new("NAME", &["/name"]),
        Column::new("DESCRIPTION", &["/description"]),
    ],
)
.takes(&[DESK.required()])
.calls(&[
    Endpoint::get("/rest/servicedeskapi/servicedesk/{servicedesk}/requesttype")
        .pages(PAGES, "/values"),
]);

/// A path may name a desk by the key of its project; everything else wants its number.
pub(in crate::product) async fn resolve(run: &mut Run<'_>) -> Result<(), ApiError> {
    let sent = |name: &str| {
        let mut all = run.command.endpoints.iter().flat_map(|one| one.sends);
        all.any(|(sent, _)| *sent == name)
    };
    let mut parameters = run.command.parameters.iter();
    let Some(parameter) = parameters.find(|parameter| {
        parameter.kind == ParameterKind::Key(Thing::ServiceDesk) && sent(parameter.name)
    }) else {
        return Ok(());
    };
    let typed = match run.values.text(parameter.name) {
        Some(typed) if !typed.bytes().all(|b| b.is_ascii_digit()) => typed,
        _ => return Ok(()),
    };
    let path = fill_path(ONE, |_| Some(typed))?;
    let desk = run.site.json(&Call::new(Method::GET, path)).await?;
    let number = ID.text(&desk);
    if !number.is_empty() {
        run.values.set(parameter.name, number);
    }
    Ok(())
}
