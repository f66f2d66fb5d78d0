//! `lassi confluence whoami`: who is signed in, and nobody is an error.

use crate::auth::{Deployment, Product};
use crate::product::column::Column;
use crate::product::command::{Action, Command, Ending, Endpoint, Own};
use crate::product::error::{ApiError, Fault, Refusal};
use crate::product::run::Run;
use crate::product::show;

const COLUMNS: &[Column] = &[
    Column::new("ID", &["/accountId", "/username"]),
    Column::new("NAME", &["/displayName", "/publicName"]),
    Column::new("EMAIL", &["/email"]),
];

pub(super) static WHOAMI: Command = Command::of(
    Product::Confluence,
    "whoami",
    "Show who is signed in",
    Action::Own(Own {
        run: whoami,
        changes: false,
        lists: false,
    }),
)
.calls(&[
    Endpoint::get("/wiki/rest/api/user/current").cloud(),
    Endpoint::get("/rest/api/user/current").data_center(),
]);

fn whoami<'a>(run: &'a Run<'a>) -> Ending<'a> {
    Box::pin(async move {
        let endpoint = run.endpoint()?;
        let call = run.call(endpoint)?;
        let person = run.site.json(&call).await?;
        // Data Center answers whoever it does not know as the anonymous user
        let is_known = person["type"] == "known"
            || (run.site.deployment == Deployment::Cloud && person["accountId"].is_string());
        if !is_known {
            return Err(ApiError::Refused(Refusal {
                fault: Fault::AnsweredAsAnonymous,
                product: run.site.product,
                deployment: run.site.deployment,
                route: run.site.first_route(),
                method: call.method,
                url: format!("{}{}", run.site.address, call.path),
                status: 200,
                messages: Vec::new(),
                fields: Vec::new(),
            }));
        }
        show::object(run.talk, COLUMNS, &person)
    })
}
