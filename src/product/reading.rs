//! Which requests only read although they are sent by POST: searches whose question is too long for an address.

use crate::http::Method;

/// The paths below a site, as Atlassian documents them.
const SEARCHES: [&str; 9] = [
    "/rest/api/2/search",
    "/rest/api/3/search",
    "/rest/api/2/search/jql",
    "/rest/api/3/search/jql",
    "/rest/api/2/search/approximate-count",
    "/rest/api/3/search/approximate-count",
    "/rest/api/2/issue/bulkfetch",
    "/rest/api/3/issue/bulkfetch",
    "/rest/api/3/jql/parse",
];

/// Whether a request only reads.
pub fn reads(method: &Method, path: &str) -> bool {
    match *method {
        Method::GET | Method::HEAD | Method::OPTIONS => true,
        Method::POST => SEARCHES.contains(&path.trim_end_matches('/')),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searches_by_post_only_read() {
        assert!(reads(&Method::POST, "/rest/api/3/search/jql"));
        assert!(!reads(&Method::POST, "/rest/api/3/issue"));
        assert!(!reads(&Method::PUT, "/rest/api/3/search/jql"));
        assert!(reads(&Method::HEAD, "/x"));
    }
}
