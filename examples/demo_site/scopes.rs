//! Which calls the token with scopes may make at the gateway: the product, method and path of a call go in, whether its
//! scope is there comes out.

/// The eleven scopes that together read all of Confluence's first API, and two that read Jira.
pub(crate) const SCOPES: [&str; 13] = [
    "read:confluence-content.all",
    "read:account",
    "read:confluence-content.permission",
    "read:confluence-content.summary",
    "read:confluence-groups",
    "read:confluence-props",
    "read:confluence-space.summary",
    "read:confluence-user",
    "read:me",
    "readonly:content.attachment:confluence",
    "search:confluence",
    "read:jira-work",
    "read:jira-user",
];

/// Whether the token may do this.
pub(crate) fn granted(product: &str, verb: &str, path: &[&str]) -> bool {
    let needed = match product {
        "jira" => jira(verb, path),
        _ => Some(confluence(verb, path)),
    };
    // what needs no scope needs no sign-in either
    needed.is_none_or(|scope| SCOPES.contains(&scope))
}

fn jira(verb: &str, path: &[&str]) -> Option<&'static str> {
    match (verb, path) {
        (_, ["rest", "api", _, "serverInfo"] | ["rest", "servicedeskapi", "info"]) => None,
        (_, ["rest", "agile", ..]) if verb == "GET" => Some("read:board-scope:jira-software"),
        (_, ["rest", "agile", ..]) => Some("write:board-scope:jira-software"),
        ("GET", ["rest", "servicedeskapi", ..]) => Some("read:servicedesk-request"),
        (_, ["rest", "servicedeskapi", ..]) => Some("write:servicedesk-request"),
        ("GET", ["rest", "api", _, "myself" | "user" | "users", ..]) => Some("read:jira-user"),
        ("GET", _) | ("POST", ["rest", "api", _, "search", ..]) => Some("read:jira-work"),
        _ => Some("write:jira-work"),
    }
}

fn confluence(verb: &str, path: &[&str]) -> &'static str {
    match (verb, path) {
        // the second API knows only scopes of its own, finer kind
        ("GET", ["wiki", "api", "v2", ..]) => "read:page:confluence",
        (_, ["wiki", "api", "v2", ..]) => "write:page:confluence",
        ("GET", ["wiki", "rest", "api", "user", ..]) => "read:confluence-user",
        (
            "GET",
            ["wiki", "rest", "api", "search", ..] | ["wiki", "rest", "api", "content", "search"],
        ) => "search:confluence",
        ("GET", ["wiki", "rest", "api", "space", _, "content", ..]) => {
            "read:confluence-content.all"
        }
        ("GET", ["wiki", "rest", "api", "space", ..]) => "read:confluence-space.summary",
        ("GET", ["wiki", "rest", "api", "content", _, "label", ..]) => {
            "read:confluence-content.summary"
        }
        (
            "GET",
            [
                "wiki",
                "rest",
                "api",
                "content",
                _,
                "child",
                "attachment",
                _,
                "download",
            ]
            | ["wiki", "download", ..],
        ) => "readonly:content.attachment:confluence",
        ("GET", _) => "read:confluence-content.all",
        _ => "write:confluence-content",
    }
}
