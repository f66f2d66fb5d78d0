//! A first page goes in; in which style its list is counted, and where the listed things are, comes out. For calls that no
//! declaration describes.

use super::paging::Paging;
use serde_json::Value as Json;

/// The largest page is the server's own choice: none is asked for.
const SIZE: u32 = 50;

/// The style, and the pointer to the listed things (RFC 6901); `None` where the answer is no list.
pub fn of(page: &Json) -> Option<(Paging, &'static str)> {
    if page.is_array() {
        // whether such a list has pages at all, it does not tell
        return Some((Paging::None, ""));
    }
    let items = ["/values", "/issues", "/results", "/worklogs", "/comments"]
        .into_iter()
        .find(|pointer| page.pointer(pointer).is_some_and(Json::is_array))?;
    let has = |name: &str| page.get(name).is_some();
    let style = if has("nextPageToken") || (has("isLast") && !has("startAt")) {
        Paging::Token { size: SIZE }
    } else if has("isLastPage") {
        Paging::Start { size: SIZE }
    } else if has("startAt") {
        Paging::StartAt { size: SIZE }
    } else if has("_links") {
        Paging::Links { size: SIZE }
    } else if has("pagelen") || has("next") {
        Paging::Next { size: SIZE }
    } else {
        Paging::None
    };
    Some((style, items))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn styles_are_told_by_what_stands_beside_the_list() {
        for (page, expected) in [
            (
                json!({"issues": [], "isLast": true}),
                Some((Paging::Token { size: SIZE }, "/issues")),
            ),
            (
                json!({"values": [], "isLast": true, "startAt": 0}),
                Some((Paging::StartAt { size: SIZE }, "/values")),
            ),
            (
                json!({"values": [], "isLastPage": true}),
                Some((Paging::Start { size: SIZE }, "/values")),
            ),
            (
                json!({"results": [], "_links": {}}),
                Some((Paging::Links { size: SIZE }, "/results")),
            ),
            (
                json!({"values": [], "pagelen": 10}),
                Some((Paging::Next { size: SIZE }, "/values")),
            ),
            (json!([]), Some((Paging::None, ""))),
            (json!({"id": 1}), None),
        ] {
            assert_eq!(of(&page), expected, "{page}");
        }
    }
}
