//! `lassi bitbucket whoami`: who is signed in; with an access token, which belongs to nobody, the workspace or repository that
//! it can see.

use crate::auth::Product;
use crate::product::column::Column;
use crate::product::command::{
    Action, Command, Ending, Endpoint, Own, Parameter, ParameterKind, Thing,
};
use crate::product::run::Run;
use crate::product::show;

const PERSON: &[Column] = &[
    Column::new("ID", &["/uuid", "/account_id"]),
    Column::new("NAME", &["/display_name"]),
    Column::new("NICKNAME", &["/nickname"]),
];
const REPOSITORY: &[Column] = &[
    Column::new("REPOSITORY", &["/full_name"]),
    Column::new("WORKSPACE", &["/workspace/slug"]),
    Column::new("NAME", &["/name"]),
];

const USER: &str = "/2.0/user";
const REPOSITORIES: &str = "/2.0/repositories/{workspace}";
const ONE_REPOSITORY: &str = "/2.0/repositories/{repository}";

pub(super) static WHOAMI: Command = Command::of(
    Product::Bitbucket,
    "whoami",
    "Show who is signed in, or what an access token can see",
    Action::Own(Own {
        run: whoami,
        changes: false,
        lists: false,
    }),
)
.takes(&[
    Parameter::flag(
        "workspace",
        "WORKSPACE",
        ParameterKind::Key(Thing::Workspace),
        "The workspace of an access token",
    ),
    Parameter::flag(
        "repository",
        "REPOSITORY",
        ParameterKind::Key(Thing::Repository),
        "The repository of an access token: `acme/rocket`",
    ),
])
.calls(&[
    Endpoint::get(USER),
    Endpoint::get(REPOSITORIES)
        .fixed(&[("pagelen", "1")])
        .items("/values"),
    Endpoint::get(ONE_REPOSITORY),
]);

fn whoami<'a>(run: &'a Run<'a>) -> Ending<'a> {
    Box::pin(async move {
        if !run.site.bearer {
            let call = run.call(run.endpoint_at(USER)?)?;
            return show::object(run.talk, PERSON, &run.site.json(&call).await?);
        }
        // an access token belongs to no person: what it can see says whose it is
        if run.values.is_set("repository") {
            let call = run.call(run.endpoint_at(ONE_REPOSITORY)?)?;
            let answer = run.site.json(&call).await;
            if answer.is_ok() || !run.values.is_set("workspace") {
                return show::object(run.talk, REPOSITORY, &answer?);
            }
        }
        if !run.values.is_set("workspace") {
            return Err(crate::product::ApiError::Missing {
                flags: vec!["workspace", "repository"],
                reason: "an access token belongs to no person, only to one of these".to_owned(),
            });
        }
        let call = run.call(run.endpoint_at(REPOSITORIES)?)?;
        let answer = run.site.json(&call).await?;
        let first = answer["values"][0].clone();
        if first.is_null() {
            run.talk
                .note("the token is accepted; there is no repository that it can see");
            return Ok(());
        }
        show::object(run.talk, REPOSITORY, &first)
    })
}
