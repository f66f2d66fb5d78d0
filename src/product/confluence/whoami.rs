//! `lassi confluence whoami`: who is signed in, and nobody is an error.

use crate::auth::Product;
use crate::product::column::Column;
use crate::product::command::{Action, Command, Ending, Endpoint, Own};
use crate::product::identity;
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
        identity::refuse_anonymous(run.site, &call, &person)?;
        show::object(run.talk, COLUMNS, &person)
    })
}
