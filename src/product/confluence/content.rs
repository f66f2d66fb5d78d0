//! How pages and blog posts are shown: objects of either API go in, the same cells come out.

use crate::product::column::{self, Column};
use serde_json::Value as Json;

/// What a page or post is shown by, whichever API answers.
pub(super) const CONTENT: &[Column] = &[
    Column::new("ID", &["/id"]),
    Column::new("TITLE", &["/title"]),
    Column::made("SPACE", &[""], space),
    Column::made("PARENT", &[""], parent),
    Column::new("STATUS", &["/status"]),
    Column::new("VERSION", &["/version/number"]),
    Column::moment("CREATED", &["/createdAt", "/history/createdDate"]),
    Column::moment("UPDATED", &["/version/createdAt", "/version/when"]),
    Column::person("BY", &["/version/by/displayName", "/version/authorId"]),
    Column::new("MESSAGE", &["/version/message"]),
    Column::made("URL", &[""], address),
    Column::document("TEXT", &["/body/storage"]),
];

/// The address of a page or post for people; where an answer does not say where it is below, nothing.
fn address(content: &Json) -> String {
    let links = &content["_links"];
    match (links["base"].as_str(), links["webui"].as_str()) {
        (Some(base), Some(page)) => format!("{base}{page}"),
        _ => String::new(),
    }
}

/// The key of its space. The newer API has the key in the address for people only: `/spaces/DOCS/pages/98307/…`.
fn space(content: &Json) -> String {
    let key = content["space"]["key"].as_str().or_else(|| {
        let page = content["_links"]["webui"].as_str()?;
        page.strip_prefix("/spaces/")?.split('/').next()
    });
    key.unwrap_or_default().to_owned()
}

/// The id of the page above.
fn parent(content: &Json) -> String {
    let above = content["ancestors"].as_array().and_then(|all| all.last());
    let id = above.map_or(&content["parentId"], |parent| &parent["id"]);
    column::text(id)
}

/// What a list of pages or posts shows.
pub(super) const CONTENTS: &[Column] = &[
    Column::new("ID", &["/id"]),
    Column::made("SPACE", &[""], space),
    Column::new("VERSION", &["/version/number"]),
    Column::moment("UPDATED", &["/version/createdAt", "/version/when"]),
    Column::new("TITLE", &["/title"]),
];

/// What the older API has to be asked for, so that it says as much of a page or post as the newer one.
pub(super) const WHOLE: (&str, &str) = ("expand", "body.storage,version,space,history,ancestors");

/// The page of a page or post for people.
pub(super) const WEB: &str = "/pages/viewpage.action?pageId={page}";
