//! Confluence's first API: content, spaces, search, users. Data Center has only this one.

use super::answer::Answer;
use super::confluence::{Confluence, Content, PageFile};
use super::confluence_changes as changes;
use super::confluence_seed::{NOW, SPACES};
use super::confluence_v2::labels;
use super::jira::{Deployment, Visit};
use super::listing::{self, Place};
use super::people::{self, YOU};
use serde_json::{Value, json};

/// Answers below `/rest/api`.
pub(crate) fn answer(wiki: &mut Confluence, visit: &Visit, place: &Place, path: &[&str]) -> Answer {
    let request = visit.request;
    match (request.verb(), path) {
        ("GET", ["user", "current"]) => Answer::ok(&people::confluence_user(YOU, visit.deployment)),
        ("GET", ["user", "bulk"]) => {
            let wanted = request.words("accountId");
            let people: Vec<Value> = wanted
                .iter()
                .filter_map(|id| people::named(id, visit.deployment))
                .map(|person| people::confluence_user(person, visit.deployment))
                .collect();
            Answer::ok(
                &json!({ "results": people, "start": 0, "limit": 100, "size": people.len() }),
            )
        }
        ("GET", ["user"]) => {
            let identity = request
                .parameter("accountId")
                .or(request.parameter("username"));
            match people::named(identity.unwrap_or_default(), visit.deployment) {
                Some(person) => Answer::ok(&people::confluence_user(person, visit.deployment)),
                None => Answer::confluence_message(404, "No user found with this identity"),
            }
        }
        ("GET", ["search"]) => search(wiki, visit, place, true),
        ("GET", ["content", "search"]) => search(wiki, visit, place, false),
        ("GET", ["space"]) => {
            let keys = request.words("spaceKey");
            let found: Vec<Value> = (0..SPACES.len())
                .filter(|at| keys.is_empty() || keys.contains(&SPACES[*at].0))
                .map(|at| space(at, place))
                .collect();
            Answer::ok(&listing::confluence_by_number(request, place, &found))
        }
        ("GET", ["space", key, rest @ ..]) => of_space(wiki, visit, place, key, rest),
        ("GET", ["content"]) => {
            let kind = request.parameter("type").unwrap_or("page");
            let (key, title) = (request.parameter("spaceKey"), request.parameter("title"));
            list(wiki, visit, place, |content| {
                content.kind() == kind
                    && key.is_none_or(|key| key == SPACES[content.space].0)
                    && title.is_none_or(|title| title == content.title)
            })
        }
        ("POST", ["content"]) => changes::create_v1(wiki, visit, place),
        (_, ["content", id, rest @ ..]) => match wiki.place_of(id) {
            Some(at) => of_content(wiki, visit, place, at, rest),
            None => comment_or_file(wiki, visit, place, id, rest),
        },
        _ => Answer::confluence_message(404, "null for uri"),
    }
}

fn no_content(id: &str) -> Answer {
    Answer::confluence_message(
        404,
        &format!("No content found with id: ContentId{{id={id}}}"),
    )
}

fn list(
    wiki: &Confluence,
    visit: &Visit,
    place: &Place,
    meant: impl Fn(&Content) -> bool,
) -> Answer {
    let found: Vec<Value> = wiki
        .contents
        .iter()
        .filter(|content| !content.is_in_trash && meant(content))
        .map(|content| shown(content, visit, place))
        .collect();
    Answer::ok(&listing::confluence_by_number(visit.request, place, &found))
}

fn space(at: usize, place: &Place) -> Value {
    let (key, id, name, kind) = SPACES[at];
    json!({
        "id": id, "key": key, "name": name, "type": kind, "status": "current",
        "_links": { "webui": format!("/spaces/{key}"), "self": format!("{}/rest/api/space/{key}", place.base()) },
    })
}

fn of_space(wiki: &Confluence, visit: &Visit, place: &Place, key: &str, path: &[&str]) -> Answer {
    let Some(at) = SPACES.iter().position(|(known, ..)| *known == key) else {
        return Answer::confluence_message(404, &format!("No space with key : {key}"));
    };
    match path {
        [] => Answer::ok(&space(at, place)),
        ["content", kind] => list(wiki, visit, place, |content| {
            content.space == at && content.kind() == *kind
        }),
        _ => Answer::confluence_message(404, "null for uri"),
    }
}

/// A page or a post, with what `expand` names.
pub(crate) fn shown(content: &Content, visit: &Visit, place: &Place) -> Value {
    let asked = visit.request.number("version");
    let number = asked.filter(|number| (1..=content.number()).contains(number));
    let number = number.unwrap_or(content.number());
    let words = visit.request.words("expand");
    let expanded = |name: &str| {
        words
            .iter()
            .any(|word| *word == name || word.starts_with(&format!("{name}.")))
    };
    let mut whole = json!({
        "id": content.id.to_string(), "type": content.kind(), "status": "current", "title": content.title,
        "_links": { "webui": content.address(), "self": format!("{}/rest/api/content/{}", place.base(), content.id) },
        "_expandable": { "body": "", "version": "", "space": "", "history": "" },
    });
    if expanded("body") {
        let mut body = json!({});
        for form in ["storage", "view"] {
            if words.contains(&format!("body.{form}").as_str()) {
                body[form] =
                    json!({ "value": content.versions[number - 1].body, "representation": form });
            }
        }
        whole["body"] = body;
    }
    if expanded("version") {
        whole["version"] = version(content, number, visit.deployment);
    }
    if expanded("space") {
        whole["space"] = space(content.space, place);
    }
    if expanded("history") {
        whole["history"] = history(content, visit.deployment);
    }
    if expanded("ancestors") {
        let parent = content
            .parent
            .map(|parent| json!({ "id": parent.to_string(), "type": "page" }));
        whole["ancestors"] = Value::from_iter(parent);
    }
    if expanded("metadata") {
        whole["metadata"] = json!({ "labels": { "results": labels(content) } });
    }
    whole
}

fn history(content: &Content, deployment: Deployment) -> Value {
    let first = &content.versions[0];
    json!({
        "latest": true, "createdBy": people::confluence_user(first.author, deployment), "createdDate": first.when,
        "lastUpdated": version(content, content.number(), deployment),
    })
}

fn version(content: &Content, number: usize, deployment: Deployment) -> Value {
    let known = &content.versions[number - 1];
    json!({
        "by": people::confluence_user(known.author, deployment), "when": known.when, "number": number,
        "message": known.message, "minorEdit": false,
    })
}

fn of_content(
    wiki: &mut Confluence,
    visit: &Visit,
    place: &Place,
    at: usize,
    path: &[&str],
) -> Answer {
    let request = visit.request;
    let content = &wiki.contents[at];
    let by_number =
        |all: Vec<Value>| Answer::ok(&listing::confluence_by_number(request, place, &all));
    match (request.verb(), path) {
        ("GET", []) => {
            // the latest version is no former one, and former ones are asked for as such
            let is_former = request.parameter("status") == Some("historical");
            let number = request.number("version");
            if number.is_some_and(|number| is_former == (number >= content.number())) {
                return no_content(&content.id.to_string());
            }
            let mut whole = shown(content, visit, place);
            whole["_links"]["base"] = place.base().into();
            Answer::ok(&whole)
        }
        ("PUT", []) => changes::update_v1(wiki, visit, place, at),
        ("DELETE", []) => changes::delete(wiki, at),
        ("GET", ["history"]) => Answer::ok(&history(content, visit.deployment)),
        // below `/rest/api`, Data Center has no versions
        ("GET", ["version"])
            if visit.deployment == Deployment::DataCenter && visit.path.contains(&"api") =>
        {
            Answer::confluence_message(404, "null for uri")
        }
        ("GET", ["version"]) => {
            let numbers = (1..=content.number()).rev();
            by_number(
                numbers
                    .map(|number| version(content, number, visit.deployment))
                    .collect(),
            )
        }
        ("GET", ["version", number]) => match number.parse() {
            Ok(number) if (1..=content.number()).contains(&number) => {
                Answer::ok(&version(content, number, visit.deployment))
            }
            _ => Answer::confluence_message(404, &format!("No version found with number {number}")),
        },
        ("GET", ["child", "page"]) => {
            let id = content.id;
            list(wiki, visit, place, |child| child.parent == Some(id))
        }
        ("GET", ["child", "comment"]) => by_number(
            wiki.comments
                .iter()
                .filter(|said| said.page == content.id)
                .map(|said| comment(wiki, said.id, visit, place))
                .collect(),
        ),
        ("GET", ["child", "attachment"]) => by_number(
            wiki.files
                .iter()
                .filter(|known| known.page == content.id)
                .filter(|known| {
                    request
                        .parameter("filename")
                        .is_none_or(|name| name == known.name)
                })
                .map(|known| file(known, visit, place))
                .collect(),
        ),
        ("PUT", ["child", "attachment"]) if visit.deployment == Deployment::DataCenter => {
            Answer::confluence_message(405, "null for uri")
        }
        ("POST" | "PUT", ["child", "attachment"]) => changes::attach(wiki, visit, place, at),
        ("POST", ["child", "attachment", id, "data"]) => {
            changes::attach_again(wiki, visit, place, id)
        }
        ("GET", ["child", "attachment", id, "download"]) => match wiki.file(id) {
            Some(known) if visit.deployment == Deployment::Cloud => {
                Answer::redirect(format!("{}/confluence/{}", visit.media, known.id))
            }
            Some(known) => Answer::bytes(&known.bytes),
            None => no_content(id),
        },
        ("GET", ["label"]) => by_number(labels(content)),
        ("POST", ["label"]) => changes::add_labels(wiki, visit, place, at),
        ("DELETE", ["label", name]) => changes::remove_label(wiki, at, name),
        ("DELETE", ["label"]) => {
            changes::remove_label(wiki, at, request.parameter("name").unwrap_or_default())
        }
        _ => Answer::confluence_message(404, "null for uri"),
    }
}

/// In the first API comments and files are content, too.
fn comment_or_file(
    wiki: &mut Confluence,
    visit: &Visit,
    place: &Place,
    id: &str,
    path: &[&str],
) -> Answer {
    let said = wiki
        .comments
        .iter()
        .position(|said| said.id.to_string() == id);
    match (visit.request.verb(), path, said) {
        ("GET", [], Some(at)) => Answer::ok(&comment(wiki, wiki.comments[at].id, visit, place)),
        ("PUT", [], Some(at)) => {
            let body = visit.request.json();
            let text = body["body"]["storage"]["value"]
                .as_str()
                .unwrap_or_default();
            text.clone_into(&mut wiki.comments[at].body);
            wiki.comments[at].version += 1;
            Answer::ok(&comment(wiki, wiki.comments[at].id, visit, place))
        }
        ("DELETE", [], Some(at)) => {
            wiki.comments.remove(at);
            Answer::empty(204)
        }
        ("GET", [], None) => match wiki.file(id) {
            Some(known) => Answer::ok(&file(known, visit, place)),
            None => no_content(id),
        },
        ("DELETE", [], None) if wiki.file(id).is_some() => changes::delete_file(wiki, id),
        _ => no_content(id),
    }
}

/// A comment as content.
pub(crate) fn comment(wiki: &Confluence, id: u64, visit: &Visit, place: &Place) -> Value {
    let Some(said) = wiki.comments.iter().find(|said| said.id == id) else {
        return Value::Null;
    };
    let author = people::confluence_user(said.author, visit.deployment);
    json!({
        "id": said.id.to_string(), "type": "comment", "status": "current", "title": "Re: comment",
        "body": { "storage": { "value": said.body, "representation": "storage" } },
        "version": { "number": said.version, "when": NOW, "by": author },
        "history": { "createdBy": author, "createdDate": NOW },
        "_links": { "self": format!("{}/rest/api/content/{}", place.base(), said.id) },
    })
}

/// A file as content.
pub(crate) fn file(known: &PageFile, visit: &Visit, place: &Place) -> Value {
    json!({
        "id": format!("att{}", known.id), "type": "attachment", "status": "current", "title": known.name,
        "version": { "number": known.version, "when": NOW, "by": people::confluence_user(YOU, visit.deployment) },
        "container": { "id": known.page.to_string(), "type": "page" },
        "metadata": { "mediaType": "text/plain" }, "extensions": { "mediaType": "text/plain", "fileSize": known.bytes.len() },
        "_links": { "download": format!("/download/attachments/{}/{}", known.page, known.name),
            "self": format!("{}/rest/api/content/att{}", place.base(), known.id) },
    })
}

/// Understands of CQL what is compared with `space`, `type`, `title`, `text` and `label`; all has to hold.
fn search(wiki: &Confluence, visit: &Visit, place: &Place, wrapped: bool) -> Answer {
    let cql = visit.request.parameter("cql").unwrap_or_default();
    let cql = cql.split(" order by ").next().unwrap_or_default();
    let cql = cql.split(" ORDER BY ").next().unwrap_or_default();
    let mut clauses = Vec::new();
    for clause in cql.replace(" and ", " AND ").split(" AND ") {
        let Some((field, value)) = clause.split_once(['=', '~']) else {
            return Answer::confluence_message(400, &format!("Could not parse cql : {cql}"));
        };
        let value = value.trim().trim_matches(['"', '\'']).to_lowercase();
        clauses.push((field.trim().to_lowercase(), value));
    }
    let meant = |content: &Content| {
        clauses.iter().all(|(field, value)| match field.as_str() {
            "space" | "space.key" => SPACES[content.space].0.eq_ignore_ascii_case(value),
            "type" => content.kind() == value,
            "label" => content.labels.contains(value),
            "title" => content.title.to_lowercase().contains(value),
            "text" | "sitesearch" => {
                content.title.to_lowercase().contains(value)
                    || content.body().to_lowercase().contains(value)
            }
            "id" | "content" => content.id.to_string() == *value,
            "creator" => true,
            _ => false,
        })
    };
    let known = [
        "space",
        "space.key",
        "type",
        "label",
        "title",
        "text",
        "sitesearch",
        "id",
        "content",
        "creator",
    ];
    if let Some((field, _)) = clauses
        .iter()
        .find(|(field, _)| !known.contains(&field.as_str()))
    {
        return Answer::confluence_message(
            400,
            &format!("Could not parse cql : no field exists with name {field}"),
        );
    }
    let found: Vec<Value> = wiki
        .contents
        .iter()
        .filter(|content| !content.is_in_trash && meant(content))
        .map(|content| {
            let content_shown = shown(content, visit, place);
            if !wrapped {
                return content_shown;
            }
            json!({
                "content": content_shown, "title": content.title, "excerpt": "Everything that the crew knows.",
                "url": content.address(), "entityType": "content", "lastModified": content.versions.last().map(|version| version.when.as_str()),
                "resultGlobalContainer": { "title": SPACES[content.space].2, "displayUrl": format!("/spaces/{}", SPACES[content.space].0) },
            })
        })
        .collect();
    Answer::ok(&listing::confluence_search(visit.request, place, &found))
}
