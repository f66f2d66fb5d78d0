//! Changes of pages, posts, comments, labels and files, in the words of both APIs of Confluence.

use super::answer::Answer;
use super::confluence::{Confluence, Content, PageComment, PageFile, Version};
use super::confluence_seed::{NOW, SPACES};
use super::jira::Visit;
use super::jira_attachments::files_in_form;
use super::listing::{self, Place};
use super::people::YOU;
use super::{confluence_v1, confluence_v2};
use serde_json::{Value, json};

/// What a page is to become, out of a body of either API.
struct Wish {
    title: Option<String>,
    text: Option<String>,
    number: Option<u64>,
    message: String,
}

impl Wish {
    fn of(body: &Value) -> Wish {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let given = &body["body"];
        Wish {
            title: text(&body["title"]).filter(|title| !title.is_empty()),
            text: text(&given["value"])
                .or_else(|| text(&given["storage"]["value"]))
                .or_else(|| text(&given["atlas_doc_format"]["value"])),
            number: body["version"]["number"].as_u64(),
            message: text(&body["version"]["message"]).unwrap_or_default(),
        }
    }
}

fn add(
    wiki: &mut Confluence,
    wish: Wish,
    space: usize,
    parent: Option<u64>,
    is_post: bool,
) -> usize {
    let content = Content {
        id: wiki.new_id(),
        is_post,
        title: wish.title.unwrap_or_default(),
        space,
        parent,
        labels: Vec::new(),
        versions: vec![Version {
            author: YOU,
            when: NOW.to_owned(),
            message: wish.message,
            body: wish.text.unwrap_or_default(),
        }],
        is_in_trash: false,
    };
    wiki.contents.push(content);
    wiki.contents.len() - 1
}

fn is_taken(wiki: &Confluence, title: &str, space: usize) -> bool {
    let mut contents = wiki.contents.iter();
    contents.any(|known| known.title == title && known.space == space && !known.is_in_trash)
}

/// `POST /pages` or `/blogposts`.
pub(crate) fn create_v2(wiki: &mut Confluence, visit: &Visit, is_post: bool) -> Answer {
    let body = visit.request.json();
    let wish = Wish::of(&body);
    let Some(id) = body["spaceId"].as_str() else {
        return Answer::confluence_title(400, "Space id is required");
    };
    let Some(space) = SPACES
        .iter()
        .position(|(_, known, ..)| known.to_string() == id)
    else {
        return confluence_v2::missing("spaces", id);
    };
    let Some(title) = &wish.title else {
        return Answer::confluence_title(400, "Title is required");
    };
    if is_taken(wiki, title, space) {
        return Answer::confluence_title(
            400,
            "A page with this title already exists: A page already exists with the same TITLE in this space",
        );
    }
    let parent = body["parentId"].as_str().and_then(|id| id.parse().ok());
    let at = add(wiki, wish, space, parent, is_post);
    Answer::ok(&confluence_v2::shown(&wiki.contents[at], visit, true))
}

/// `POST /content`: pages, posts and comments.
pub(crate) fn create_v1(wiki: &mut Confluence, visit: &Visit, place: &Place) -> Answer {
    let body = visit.request.json();
    let wish = Wish::of(&body);
    if body["type"] == "comment" {
        let page = body["container"]["id"].as_str().unwrap_or_default();
        let Some(at) = wiki.place_of(page) else {
            return Answer::confluence_message(
                404,
                &format!("No content found with id: ContentId{{id={page}}}"),
            );
        };
        let page = wiki.contents[at].id;
        let id = say(wiki, page, wish.text.unwrap_or_default());
        return Answer::ok(&confluence_v1::comment(wiki, id, visit, place));
    }
    let key = body["space"]["key"].as_str().unwrap_or_default();
    let Some(space) = SPACES.iter().position(|(known, ..)| *known == key) else {
        return Answer::confluence_message(404, &format!("No space with key : {key}"));
    };
    let Some(title) = &wish.title else {
        return Answer::confluence_message(400, "Title is required");
    };
    if is_taken(wiki, title, space) {
        return Answer::confluence_message(
            400,
            "A page with this title already exists: A page already exists with the same TITLE in this space",
        );
    }
    let parent = &body["ancestors"][0]["id"];
    let parent = parent.as_u64().or_else(|| parent.as_str()?.parse().ok());
    let at = add(wiki, wish, space, parent, body["type"] == "blogpost");
    Answer::ok(&confluence_v1::shown(&wiki.contents[at], visit, place))
}

/// Puts a new version in place; the sentence says why not.
fn update(content: &mut Content, wish: Wish) -> Result<(), (u16, String)> {
    let Some(title) = wish.title else {
        return Err((400, "Title is required".to_owned()));
    };
    let next = content.number() + 1;
    if wish.number != Some(next as u64) {
        let given = wish
            .number
            .map_or("none".to_owned(), |number| number.to_string());
        return Err((
            409,
            format!(
                "Version must be incremented when updating a page. Current Version: [{}]. Provided version: [{given}]",
                content.number()
            ),
        ));
    }
    content.title = title;
    let body = wish.text.unwrap_or_else(|| content.body().to_owned());
    content.versions.push(Version {
        author: YOU,
        when: NOW.to_owned(),
        message: wish.message,
        body,
    });
    Ok(())
}

/// `PUT /pages/{id}`.
pub(crate) fn update_v2(wiki: &mut Confluence, visit: &Visit, at: usize) -> Answer {
    match update(&mut wiki.contents[at], Wish::of(&visit.request.json())) {
        Ok(()) => Answer::ok(&confluence_v2::shown(&wiki.contents[at], visit, true)),
        Err((status, title)) => Answer::confluence_title(status, &title),
    }
}

/// `PUT /content/{id}`.
pub(crate) fn update_v1(wiki: &mut Confluence, visit: &Visit, place: &Place, at: usize) -> Answer {
    match update(&mut wiki.contents[at], Wish::of(&visit.request.json())) {
        Ok(()) => Answer::ok(&confluence_v1::shown(&wiki.contents[at], visit, place)),
        Err((status, message)) => Answer::confluence_message(status, &message),
    }
}

/// Moves a page or post to the trash.
pub(crate) fn delete(wiki: &mut Confluence, at: usize) -> Answer {
    wiki.contents[at].is_in_trash = true;
    Answer::empty(204)
}

/// Takes a file away.
pub(crate) fn delete_file(wiki: &mut Confluence, id: &str) -> Answer {
    let Some(known) = wiki.file(id).map(|file| file.id) else {
        return confluence_v2::missing("attachments", id);
    };
    wiki.files.retain(|file| file.id != known);
    Answer::empty(204)
}

fn say(wiki: &mut Confluence, page: u64, body: String) -> u64 {
    let id = wiki.new_id();
    wiki.comments.push(PageComment {
        id,
        page,
        author: YOU,
        body,
        version: 1,
    });
    id
}

/// `POST /footer-comments`.
pub(crate) fn comment_v2(wiki: &mut Confluence, visit: &Visit) -> Answer {
    let body = visit.request.json();
    let page = body["pageId"].as_str().or(body["blogPostId"].as_str());
    let page = page.unwrap_or_default();
    let Some(at) = wiki.place_of(page) else {
        return confluence_v2::missing("pages", page);
    };
    let page = wiki.contents[at].id;
    say(wiki, page, Wish::of(&body).text.unwrap_or_default());
    match wiki.comments.last() {
        Some(said) => Answer::json(201, &confluence_v2::comment(said, visit)),
        None => Answer::confluence_title(404, "Not Found"),
    }
}

/// A comment that is there already.
pub(crate) fn change_comment_v2(
    wiki: &mut Confluence,
    visit: &Visit,
    verb: &str,
    id: &str,
) -> Answer {
    let Some(at) = wiki
        .comments
        .iter()
        .position(|said| said.id.to_string() == id)
    else {
        return confluence_v2::missing("footer-comments", id);
    };
    match verb {
        "GET" => Answer::ok(&confluence_v2::comment(&wiki.comments[at], visit)),
        "DELETE" => {
            wiki.comments.remove(at);
            Answer::empty(204)
        }
        "PUT" => {
            let wish = Wish::of(&visit.request.json());
            let said = &mut wiki.comments[at];
            if wish.number != Some(said.version as u64 + 1) {
                return Answer::confluence_title(
                    409,
                    &format!(
                        "Version must be incremented when updating a comment. Current Version: [{}]",
                        said.version
                    ),
                );
            }
            said.version += 1;
            said.body = wish.text.unwrap_or_default();
            Answer::ok(&confluence_v2::comment(said, visit))
        }
        _ => Answer::confluence_title(404, "Not Found"),
    }
}

/// `POST /content/{id}/label`.
pub(crate) fn add_labels(wiki: &mut Confluence, visit: &Visit, place: &Place, at: usize) -> Answer {
    let body = visit.request.json();
    let given = body.as_array().map(Vec::as_slice).unwrap_or_default();
    let content = &mut wiki.contents[at];
    for name in given.iter().filter_map(|label| label["name"].as_str()) {
        if !content.labels.iter().any(|known| known == name) {
            content.labels.push(name.to_owned());
        }
    }
    let all = confluence_v2::labels(content);
    Answer::ok(&listing::confluence_by_number(visit.request, place, &all))
}

/// `DELETE /content/{id}/label/{name}`.
pub(crate) fn remove_label(wiki: &mut Confluence, at: usize, name: &str) -> Answer {
    wiki.contents[at].labels.retain(|known| known != name);
    Answer::empty(204)
}

/// `POST` or `PUT /content/{id}/child/attachment`: one that is there already gets a new version by `PUT` only.
pub(crate) fn attach(wiki: &mut Confluence, visit: &Visit, place: &Place, at: usize) -> Answer {
    if !["no-check", "nocheck"].contains(
        &visit
            .request
            .header("x-atlassian-token")
            .unwrap_or_default(),
    ) {
        return Answer::confluence_message(403, "XSRF check failed");
    }
    let page = wiki.contents[at].id;
    let mut added = Vec::new();
    for (name, bytes) in files_in_form(visit.request) {
        let known = wiki
            .files
            .iter()
            .position(|file| file.page == page && file.name == name);
        let version = match known {
            Some(_) if visit.request.verb() == "POST" => {
                return Answer::confluence_message(
                    400,
                    &format!(
                        "Cannot add a new attachment with same file name as an existing attachment: {name}"
                    ),
                );
            }
            Some(known) => wiki.files.remove(known).version + 1,
            None => 1,
        };
        let file = PageFile {
            id: wiki.new_id(),
            page,
            name,
            bytes,
            version,
        };
        added.push(confluence_v1::file(&file, visit, place));
        wiki.files.push(file);
    }
    Answer::ok(
        &json!({ "results": added, "size": added.len(), "start": 0, "limit": 50, "_links": { "base": place.base(), "context": place.context } }),
    )
}

/// `POST /content/{id}/child/attachment/{file}/data`: a new version of a file, which is answered alone.
pub(crate) fn attach_again(
    wiki: &mut Confluence,
    visit: &Visit,
    place: &Place,
    id: &str,
) -> Answer {
    let number = id.strip_prefix("att").unwrap_or(id);
    let given = files_in_form(visit.request).into_iter().next();
    let known = wiki
        .files
        .iter_mut()
        .find(|file| file.id.to_string() == number);
    match (known, given) {
        (Some(file), Some((_, bytes))) => {
            file.bytes = bytes;
            file.version += 1;
            Answer::ok(&confluence_v1::file(file, visit, place))
        }
        _ => Answer::confluence_message(404, "No content found"),
    }
}
