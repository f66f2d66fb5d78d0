//! Confluence's second API, which only Cloud has.

use super::answer::Answer;
use super::confluence::{Confluence, Content, PageComment, PageFile};
use super::confluence_changes as changes;
use super::confluence_seed::SPACES;
use super::jira::Visit;
use super::listing::{self, Place};
use super::people::{self, PEOPLE};
use serde_json::{Value, json};

/// Answers below `/wiki/api/v2`.
pub(crate) fn answer(wiki: &mut Confluence, visit: &Visit, place: &Place, path: &[&str]) -> Answer {
    let request = visit.request;
    match (request.verb(), path) {
        ("GET", ["spaces", rest @ ..]) => spaces(wiki, visit, place, rest),
        ("GET", [kind @ ("pages" | "blogposts")]) => {
            let titles = request.parameter("title");
            let ids = request.words("id");
            let spaces = request.words("space-id");
            let meant = |content: &Content| {
                is_of(content, kind)
                    && titles.is_none_or(|title| title == content.title)
                    && (ids.is_empty() || ids.contains(&content.id.to_string().as_str()))
                    && (spaces.is_empty() || spaces.contains(&space_id(content).as_str()))
            };
            contents(wiki, visit, place, meant)
        }
        ("POST", [kind @ ("pages" | "blogposts")]) => {
            changes::create_v2(wiki, visit, *kind == "blogposts")
        }
        (verb, [kind @ ("pages" | "blogposts"), id, rest @ ..]) => {
            let at = wiki
                .place_of(id)
                .filter(|at| is_of(&wiki.contents[*at], kind));
            match (at, verb) {
                (None, _) => missing(kind, id),
                (Some(at), "GET") => of_content(wiki, visit, place, at, rest),
                (Some(at), "PUT") if rest.is_empty() => changes::update_v2(wiki, visit, at),
                (Some(at), "DELETE") if rest.is_empty() => changes::delete(wiki, at),
                _ => Answer::confluence_title(404, "Not Found"),
            }
        }
        ("POST", ["footer-comments"]) => changes::comment_v2(wiki, visit),
        (verb, ["footer-comments", id]) => changes::change_comment_v2(wiki, visit, verb, id),
        ("GET", ["footer-comments"]) => {
            let all: Vec<Value> = wiki
                .comments
                .iter()
                .map(|said| comment(said, visit))
                .collect();
            Answer::ok(&listing::confluence_by_cursor(request, place, &all))
        }
        ("POST", ["users-bulk"]) => {
            let body = request.json();
            let wanted = body["accountIds"]
                .as_array()
                .map(Vec::as_slice)
                .unwrap_or_default();
            let known = wanted
                .iter()
                .filter_map(|id| people::named(id.as_str()?, visit.deployment))
                .map(|person| people::confluence_user(person, visit.deployment));
            Answer::ok(&json!({ "results": known.collect::<Vec<_>>() }))
        }
        ("GET", ["attachments"]) => {
            let all: Vec<Value> = wiki.files.iter().map(file).collect();
            Answer::ok(&listing::confluence_by_cursor(request, place, &all))
        }
        ("GET", ["attachments", id]) => match wiki.file(id) {
            Some(found) => Answer::ok(&file(found)),
            None => missing("attachments", id),
        },
        ("DELETE", ["attachments", id]) => changes::delete_file(wiki, id),
        _ => Answer::confluence_title(404, "Not Found"),
    }
}

fn is_of(content: &Content, kind: &str) -> bool {
    !content.is_in_trash && content.is_post == (kind == "blogposts")
}

fn space_id(content: &Content) -> String {
    SPACES[content.space].1.to_string()
}

/// A thing that is really missing is named, unlike where a sign-in is wrong.
pub(crate) fn missing(kind: &str, id: &str) -> Answer {
    let kind = match kind {
        "pages" => "page",
        "blogposts" => "blog post",
        "spaces" => "space",
        "attachments" => "attachment",
        _ => "comment",
    };
    Answer::confluence_title(404, &format!("Could not find {kind} with id {id}"))
}

fn contents(
    wiki: &Confluence,
    visit: &Visit,
    place: &Place,
    meant: impl Fn(&Content) -> bool,
) -> Answer {
    let found: Vec<Value> = wiki
        .contents
        .iter()
        .filter(|content| meant(content))
        .map(|content| shown(content, visit, false))
        .collect();
    Answer::ok(&listing::confluence_by_cursor(visit.request, place, &found))
}

fn spaces(wiki: &Confluence, visit: &Visit, place: &Place, path: &[&str]) -> Answer {
    let request = visit.request;
    match path {
        [] => {
            let keys = request.words("keys");
            let ids = request.words("ids");
            let found: Vec<Value> = (0..SPACES.len())
                .filter(|at| {
                    let (key, id, ..) = SPACES[*at];
                    (keys.is_empty() || keys.contains(&key))
                        && (ids.is_empty() || ids.contains(&id.to_string().as_str()))
                })
                .map(space)
                .collect();
            Answer::ok(&listing::confluence_by_cursor(request, place, &found))
        }
        [id, rest @ ..] => {
            let Some(at) = SPACES
                .iter()
                .position(|(_, known, ..)| known.to_string() == *id)
            else {
                return missing("spaces", id);
            };
            match rest {
                [] => Answer::ok(&space(at)),
                [kind @ ("pages" | "blogposts")] => contents(wiki, visit, place, |content| {
                    content.space == at && is_of(content, kind)
                }),
                _ => Answer::confluence_title(404, "Not Found"),
            }
        }
    }
}

/// A space.
fn space(at: usize) -> Value {
    let (key, id, name, kind) = SPACES[at];
    let home = if at == 0 { "98305" } else { "98405" };
    json!({
        "id": id.to_string(), "key": key, "name": name, "type": kind, "status": "current",
        "authorId": PEOPLE[1].account_id, "createdAt": "2026-12-01T08:00:00.000Z", "homepageId": home,
        "description": null, "icon": null, "_links": { "webui": format!("/spaces/{key}") },
    })
}

fn of_content(wiki: &Confluence, visit: &Visit, place: &Place, at: usize, path: &[&str]) -> Answer {
    let request = visit.request;
    let content = &wiki.contents[at];
    let list = |all: Vec<Value>| Answer::ok(&listing::confluence_by_cursor(request, place, &all));
    match path {
        [] => Answer::ok(&shown(content, visit, true)),
        ["children" | "direct-children"] => list(
            wiki.contents
                .iter()
                .filter(|child| child.parent == Some(content.id) && !child.is_in_trash)
                .map(|child| json!({ "id": child.id.to_string(), "type": "page", "status": "current",
                    "title": child.title, "spaceId": space_id(child), "childPosition": child.id % 1000 }))
                .collect(),
        ),
        ["labels"] => list(labels(content)),
        ["versions"] => list((1..=content.number()).rev().map(|number| version(content, number)).collect()),
        ["versions", number] => match number.parse() {
            Ok(number) if (1..=content.number()).contains(&number) => {
                Answer::ok(&version(content, number))
            }
            _ => Answer::confluence_title(404, &format!("Could not find version {number} of content {}", content.id)),
        },
        ["footer-comments"] => list(
            wiki.comments
                .iter()
                .filter(|said| said.page == content.id)
                .map(|said| comment(said, visit))
                .collect(),
        ),
        ["inline-comments"] => list(Vec::new()),
        ["attachments"] => list(
            wiki.files
                .iter()
                .filter(|known| known.page == content.id)
                .filter(|known| request.parameter("filename").is_none_or(|name| name == known.name))
                .map(file)
                .collect(),
        ),
        ["ancestors"] => {
            let mut above = Vec::new();
            let mut parent = content.parent;
            while let Some(id) = parent {
                above.push(json!({ "id": id.to_string(), "type": "page" }));
                let next = wiki.contents.iter().find(|known| known.id == id);
                parent = next.and_then(|known| known.parent);
            }
            above.reverse();
            Answer::ok(&json!({ "results": above, "_links": { "base": place.base() } }))
        }
        _ => Answer::confluence_title(404, "Not Found"),
    }
}

/// Labels, whose ids are made of their letters.
pub(crate) fn labels(content: &Content) -> Vec<Value> {
    let id = |label: &str| label.bytes().map(u64::from).sum::<u64>().to_string();
    let all = content.labels.iter();
    all.map(|label| json!({ "id": id(label), "name": label, "prefix": "global" }))
        .collect()
}

fn version(content: &Content, number: usize) -> Value {
    let known = &content.versions[number - 1];
    json!({
        "number": number, "message": known.message, "minorEdit": false, "createdAt": known.when,
        "authorId": PEOPLE[known.author].account_id,
    })
}

/// A page or a post; `alone` has the body in the form that was asked for, a list only if one was.
pub(crate) fn shown(content: &Content, visit: &Visit, alone: bool) -> Value {
    let asked = visit.request.number("version");
    let number = asked.filter(|number| (1..=content.number()).contains(number));
    let number = number.unwrap_or(content.number());
    let first = &content.versions[0];
    let mut whole = json!({
        "id": content.id.to_string(), "status": "current", "title": content.title, "spaceId": space_id(content),
        "parentId": content.parent.map(|parent| parent.to_string()), "parentType": content.parent.map(|_| "page"),
        "authorId": PEOPLE[first.author].account_id, "createdAt": first.when,
        "version": version(content, number), "body": body(visit, &content.versions[number - 1].body),
        "_links": { "webui": content.address(), "editui": format!("/pages/resumedraft.action?draftId={}", content.id),
            "tinyui": format!("/x/{}", content.id) },
    });
    if alone {
        whole["_links"]["base"] = format!("{}/wiki", visit.site).into();
    }
    whole
}

fn body(visit: &Visit, storage: &str) -> Value {
    match visit.request.parameter("body-format") {
        Some("storage") => json!({ "storage": { "representation": "storage", "value": storage } }),
        Some("view") => json!({ "view": { "representation": "view", "value": storage } }),
        Some("atlas_doc_format") => {
            let document = super::document::of_text("Everything that the crew knows.").to_string();
            json!({ "atlas_doc_format": { "representation": "atlas_doc_format", "value": document } })
        }
        _ => json!({}),
    }
}

/// A comment.
pub(crate) fn comment(said: &PageComment, visit: &Visit) -> Value {
    json!({
        "id": said.id.to_string(), "status": "current", "title": "Re: comment", "pageId": said.page.to_string(),
        "version": { "number": said.version, "createdAt": super::confluence_seed::NOW, "authorId": PEOPLE[said.author].account_id },
        "body": body(visit, &said.body), "_links": { "webui": format!("/pages/viewpage.action?pageId={}&focusedCommentId={}", said.page, said.id) },
    })
}

/// A file.
fn file(known: &PageFile) -> Value {
    let address = format!("/download/attachments/{}/{}", known.page, known.name);
    json!({
        "id": format!("att{}", known.id), "status": "current", "title": known.name, "mediaType": "text/plain",
        "fileSize": known.bytes.len(), "pageId": known.page.to_string(), "createdAt": super::confluence_seed::NOW,
        "webuiLink": format!("/pages/viewpageattachments.action?pageId={}", known.page), "downloadLink": address,
        "version": { "number": known.version, "createdAt": super::confluence_seed::NOW, "authorId": PEOPLE[people::YOU].account_id }, "_links": { "download": address },
    })
}
