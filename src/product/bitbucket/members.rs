//! Members of a workspace as they were typed go in, the UUIDs of their accounts come out.

use super::PAGES;
use crate::http::Method;
use crate::product::column;
use crate::product::command::{Endpoint, ParameterKind, Thing};
use crate::product::error::ApiError;
use crate::product::paging::Pages;
use crate::product::people;
use crate::product::run::{Run, fill_path};
use crate::product::site::Call;
use serde_json::Value as Json;

const MEMBERS: &str = "/2.0/workspaces/{workspace}/members";

/// What a command asks that takes members.
pub(super) const ASKED: Endpoint = Endpoint::get(MEMBERS).pages(PAGES, "/values");

/// Replaces what was typed for members of the workspace that a repository belongs to.
pub(in crate::product) async fn resolve(run: &mut Run<'_>) -> Result<(), ApiError> {
    for parameter in run.command.parameters {
        if parameter.kind != ParameterKind::Members {
            continue;
        }
        let mut found = Vec::new();
        for typed in run.values.texts(parameter.name) {
            found.push(find(run, typed).await?);
        }
        if !found.is_empty() {
            run.values.set_all(parameter.name, found);
        }
    }
    Ok(())
}

/// The UUID of one: given as it is, or of who has a name or an email address. Only administrators may look for addresses.
async fn find(run: &Run<'_>, typed: &str) -> Result<String, ApiError> {
    if typed == people::ME {
        return people::find(run.site, typed).await;
    }
    if typed.starts_with('{') {
        return Ok(typed.to_owned());
    }
    let mut call = Call::new(Method::GET, fill_path(MEMBERS, |_| workspace(run))?);
    let is_address = typed.contains('@');
    if is_address {
        let address = typed.replace(['"', '\\'], "");
        call = call.query("q", format!("user.email IN (\"{address}\")"));
    }
    let mut pages = Pages::new(run.site, call, ASKED.paging, ASKED.items, 0);
    let mut people: Vec<Json> = Vec::new();
    while let Some(page) = pages.next().await? {
        let members = page.into_iter().map(|mut member| member["user"].take());
        people.extend(members.filter(|person| is_address || is_called(person, typed)));
    }
    match people.as_slice() {
        [one] => Ok(column::text(&one["uuid"])),
        [] => Err(ApiError::NoPerson {
            typed: typed.to_owned(),
        }),
        several => Err(ApiError::SeveralPeople {
            typed: typed.to_owned(),
            people: several
                .iter()
                .map(|one| format!("{} {}", column::text(&one["uuid"]), column::text(one)))
                .collect(),
        }),
    }
}

fn is_called(person: &Json, name: &str) -> bool {
    let names = ["display_name", "nickname", "account_id", "uuid"];
    names.iter().any(|known| {
        let known = column::text(&person[*known]).to_lowercase();
        known.trim_matches(['{', '}']) == name.to_lowercase()
    })
}

/// The workspace of the repository that the command is about.
fn workspace<'r>(run: &'r Run<'_>) -> Option<&'r str> {
    let mut parameters = run.command.parameters.iter();
    let parameter = parameters.find(|one| one.kind == ParameterKind::Key(Thing::Repository))?;
    let (workspace, _) = run.values.text(parameter.name)?.split_once('/')?;
    Some(workspace)
}
