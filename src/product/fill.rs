//! Templates of paths and pointers into JSON go in with values; paths and JSON with the values in them come out.

use super::error::ApiError;
use serde_json::{Map, Value as Json};

/// A path template with values in it, each encoded as one segment; `/` in a value stays, as it parts a repository's name.
pub fn fill_path<'v>(
    template: &str,
    value: impl Fn(&str) -> Option<&'v str>,
) -> Result<String, ApiError> {
    let mut path = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        path.push_str(before);
        let (name, behind) = after.split_once('}').unwrap_or((after, ""));
        let typed = value(name).unwrap_or_default();
        // such segments lead elsewhere, however they are encoded (WHATWG URL, 4.4)
        if typed.split('/').any(|part| matches!(part, "" | "." | "..")) {
            return Err(ApiError::Argument {
                name: name.to_owned(),
                typed: typed.to_owned(),
                reason: "it names nothing".to_owned(),
            });
        }
        let parts = typed.split('/').map(encoded);
        path.push_str(&parts.collect::<Vec<_>>().join("/"));
        rest = behind;
    }
    Ok(path + rest)
}

/// A segment of a path (RFC 3986, 3.3): everything but unreserved characters is encoded.
fn encoded(segment: &str) -> String {
    let mut text = String::new();
    for byte in segment.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~@:".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

/// Puts a value at a pointer (RFC 6901), making the objects on the way, and a list where its first place is meant. An empty
/// pointer merges an object.
pub fn put(body: &mut Map<String, Json>, pointer: &str, value: Json) {
    let mut names = pointer.split('/').skip(1);
    let Some(first) = names.next() else {
        if let Json::Object(members) = value {
            body.extend(members);
        }
        return;
    };
    let place = body.entry(first).or_insert(Json::Null);
    *names.fold(place, member) = value;
}

fn member<'v>(value: &'v mut Json, name: &str) -> &'v mut Json {
    if name == "0" {
        if value.get(0).is_none() {
            *value = Json::Array(vec![Json::Null]);
        }
        return &mut value[0];
    }
    if !value.is_object() {
        *value = Json::Object(Map::new());
    }
    &mut value[name]
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_put_where_pointers_say() {
        let mut body = Map::new();
        for (pointer, value) in [
            ("/title", "T"),
            ("/body/storage/value", "V"),
            ("/body/storage/representation", "storage"),
            ("/ancestors/0/id", "5"),
            ("/ancestors/0/type", "page"),
        ] {
            put(&mut body, pointer, value.into());
        }
        put(&mut body, "", json!({"more": 1}));
        let wanted = json!({
            "title": "T",
            "body": {"storage": {"value": "V", "representation": "storage"}},
            "ancestors": [{"id": "5", "type": "page"}],
            "more": 1,
        });
        assert_eq!(Json::Object(body), wanted);
    }
}
