//! The operations that Atlassian documents: method, template of a path and name of a query parameter go in, whether a
//! document has them comes out.
//!
//! The lists are made by `examples/list_operations.rs`, which says where the documents are found. What is right and in
//! no document stands with its reason in `undocumented.txt`.

use std::collections::{BTreeMap, BTreeSet};

const LISTS: [&str; 7] = [
    include_str!("bitbucket.txt"),
    include_str!("confluence-v1.txt"),
    include_str!("confluence-v1-legacy.txt"),
    include_str!("confluence-v2.txt"),
    include_str!("jira-platform.txt"),
    include_str!("jira-software.txt"),
    include_str!("jsm.txt"),
];
const UNDOCUMENTED: &str = include_str!("undocumented.txt");

/// Every operation with the names of its query parameters.
pub(crate) struct Documented {
    operations: BTreeMap<String, BTreeSet<&'static str>>,
    /// Names that every operation below a path understands.
    everywhere: Vec<(&'static str, BTreeSet<&'static str>)>,
}

impl Documented {
    /// Reads the lists.
    pub(crate) fn load() -> Documented {
        let mut documented = Documented {
            operations: BTreeMap::new(),
            everywhere: Vec::new(),
        };
        for line in LISTS.iter().flat_map(|list| list.lines()) {
            documented.add(line);
        }
        for line in UNDOCUMENTED.lines() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if !line.is_empty() {
                documented.add(line);
            }
        }
        documented
    }

    fn add(&mut self, line: &'static str) {
        let (operation, names) = line.split_once(" ?").unwrap_or((line, ""));
        let names = names.split(',').filter(|name| !name.is_empty());
        if operation.starts_with('/') {
            self.everywhere.push((operation, names.collect()));
        } else {
            // several documents may describe one operation
            let known = self.operations.entry(nameless(operation)).or_default();
            known.extend(names);
        }
    }

    /// Whether a request may be sent: placeholders of `path_template` may have any name.
    pub(crate) fn allows(
        &self,
        method: &str,
        path_template: &str,
        query_name: Option<&str>,
    ) -> Result<(), String> {
        let operation = format!("{method} {path_template}");
        let Some(names) = self.operations.get(&nameless(&operation)) else {
            return Err(format!("no document has `{operation}`"));
        };
        let Some(name) = query_name else {
            return Ok(());
        };
        let everywhere = self
            .everywhere
            .iter()
            .any(|(path, names)| path_template.starts_with(path) && names.contains(name));
        if everywhere || names.contains(name) {
            Ok(())
        } else {
            Err(format!("`{operation}` has no query parameter `{name}`"))
        }
    }

    /// The same for Data Center, which the documents do not describe: what they say of Cloud's older calls holds for it,
    /// and what is different stands in `undocumented.txt`.
    pub(crate) fn allows_on_data_center(
        &self,
        method: &str,
        path_template: &str,
        query_name: Option<&str>,
    ) -> Result<(), String> {
        let fault = match self.allows(method, path_template, query_name) {
            Ok(()) => return Ok(()),
            Err(fault) => fault,
        };
        let jira = path_template.replacen("/rest/api/2/", "/rest/api/3/", 1);
        let confluence = format!("/wiki{path_template}");
        let on_cloud = [jira, confluence]
            .iter()
            .any(|path| path != path_template && self.allows(method, path, query_name).is_ok());
        if on_cloud { Ok(()) } else { Err(fault) }
    }
}

/// A template whose placeholders have lost their names.
fn nameless(template: &str) -> String {
    let mut shown = true;
    let mut rest = String::new();
    for character in template.chars() {
        if character == '}' {
            shown = true;
        }
        if shown {
            rest.push(character);
        }
        if character == '{' {
            shown = false;
        }
    }
    rest
}

#[test]
fn operations_of_all_documents_are_found_by_any_placeholder_name() {
    let documented = Documented::load();
    for (method, path, name) in [
        ("GET", "/rest/api/3/search/jql", Some("nextPageToken")),
        ("PUT", "/rest/api/3/issue/{key}", None),
        (
            "GET",
            "/rest/agile/1.0/board/{board}/sprint",
            Some("startAt"),
        ),
        ("GET", "/rest/servicedeskapi/servicedesk", Some("limit")),
        ("GET", "/wiki/api/v2/pages/{page}", Some("body-format")),
        ("GET", "/wiki/rest/api/search", Some("cql")),
        (
            "GET",
            "/wiki/rest/api/content/{page}/child/{kind}",
            Some("limit"),
        ),
        (
            "GET",
            "/2.0/repositories/{owner}/{name}/pullrequests",
            Some("state"),
        ),
        (
            "GET",
            "/2.0/repositories/{owner}/{name}/pullrequests",
            Some("pagelen"),
        ),
        ("GET", "/_edge/tenant_info", None),
    ] {
        assert_eq!(documented.allows(method, path, name), Ok(()));
    }
}

#[test]
fn what_no_document_has_is_refused_by_name() {
    let documented = Documented::load();
    let refused = |method, path, name| documented.allows(method, path, name).expect_err("refused");
    assert_eq!(
        refused("PATCH", "/rest/api/3/issue/{key}", None),
        "no document has `PATCH /rest/api/3/issue/{key}`"
    );
    assert_eq!(
        refused("GET", "/rest/api/3/search/jql", Some("startAt")),
        "`GET /rest/api/3/search/jql` has no query parameter `startAt`"
    );
    assert_eq!(
        refused("GET", "/rest/api/3/myself", Some("pagelen")),
        "`GET /rest/api/3/myself` has no query parameter `pagelen`"
    );
}

#[test]
fn data_center_has_what_cloud_had_first() {
    let documented = Documented::load();
    let allows = |path, name| documented.allows_on_data_center("GET", path, name);
    assert_eq!(allows("/rest/api/2/issue/{key}", Some("fields")), Ok(()));
    assert_eq!(allows("/rest/api/2/search", Some("startAt")), Ok(()));
    assert_eq!(allows("/rest/api/content/{id}", Some("expand")), Ok(()));
    assert_eq!(allows("/rest/api/2/user/search", Some("username")), Ok(()));
    assert_eq!(
        allows("/rest/api/2/rocket", None),
        Err("no document has `GET /rest/api/2/rocket`".to_owned())
    );
}

#[test]
fn every_request_without_a_document_has_a_reason() {
    for line in UNDOCUMENTED
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
    {
        let reason = line.split_once("  # ").map_or("", |(_, reason)| reason);
        assert!(reason.len() > 10, "without a reason: {line}");
    }
}
