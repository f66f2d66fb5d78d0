//! What Jira's commands show: searches with filters, issues, comments, and what belongs to projects and boards.

use super::visitor::Visitor;
use serde_json::{Value as Json, json};

fn json_of(text: &str) -> Json {
    serde_json::from_str(text).expect("JSON")
}

/// Runs a search with filters, and gives back the JQL that was sent.
fn query_sent(visitor: &Visitor, filters: &[&str]) -> String {
    let arguments = [&["jira", "search", "-f", "quiet"], filters].concat();
    visitor.run(&arguments).fine();
    let requests = visitor.site.requests();
    let search = requests.last().expect("a request");
    assert!(search.path.ends_with("/search/jql"), "{}", search.path);
    search.parameter("jql").expect("a query").to_owned()
}

#[test]
fn filters_become_one_query() {
    let visitor = Visitor::new();
    for (filters, query) in [
        (&["--project", "dev"][..], r#"project = "DEV""#),
        (
            &[
                "--project",
                "DEV",
                "--status",
                "In Progress,Done",
                "--type",
                "Bug",
            ],
            r#"project = "DEV" AND issuetype = "Bug" AND status in ("In Progress", "Done")"#,
        ),
        (
            &[
                "--assignee",
                "@me",
                "--label",
                "paint",
                "--label",
                "outside",
            ],
            r#"labels in ("paint", "outside") AND assignee = currentUser()"#,
        ),
        (
            &["--project", "DEV", "--assignee", "none"],
            r#"project = "DEV" AND assignee is EMPTY"#,
        ),
        (
            &["--assignee", "ada@acme.example"],
            r#"assignee = "5f0000000000000000000002""#,
        ),
        (
            &["--text", "says \"over\" twice"],
            r#"text ~ "says \"over\" twice""#,
        ),
        (
            &["--jql", "order by key", "--project", "DEV"],
            r#"project = "DEV" order by key"#,
        ),
        (
            &["--jql", "project = DEV order by key"],
            "project = DEV order by key",
        ),
    ] {
        assert_eq!(query_sent(&visitor, filters), query);
        let shown = [&["jira", "search", "--show-query"], filters].concat();
        assert_eq!(visitor.run(&shown).fine(), format!("{query}\n"));
    }
}

#[test]
fn a_query_that_is_only_shown_is_not_sent() {
    let visitor = Visitor::new();
    visitor.say("jira whoami").fine();
    let known = visitor.site.requests().len();
    let arguments = [
        "jira",
        "search",
        "--assignee",
        "@me",
        "--jql",
        "a = 1 or b = 2",
        "--show-query",
    ];
    let query = visitor.run(&arguments).fine();
    assert_eq!(query, "assignee = currentUser() AND (a = 1 or b = 2)\n");
    assert_eq!(visitor.site.requests().len(), known);
}

#[test]
fn a_search_for_nothing_names_the_filters() {
    let visitor = Visitor::new();
    let told = visitor.say("jira search").failed(2);
    assert!(told.contains("`--jql` or `--project`"), "{told}");
}

#[test]
fn an_issue_is_shown_with_its_text() {
    let visitor = Visitor::new();
    let shown = visitor.say("jira issue get dev-2").fine();
    for line in [
        "key         DEV-2\n",
        "summary     Paint the fins red\n",
        "labels      paint, outside\n",
        "links       blocks DEV-1\n",
        "comments    1\n",
        "\nPaint the fins red.\n\nWhoever has a free hour takes it.\n",
    ] {
        assert!(shown.contains(line), "{line:?} in {shown}");
    }
    let rich = visitor.say("jira issue get DEV-4").fine();
    for part in ["What it must do", "fin.wave(Times(3));", "@Ada Park"] {
        assert!(rich.contains(part), "{part} in {rich}");
    }
    assert!(!rich.contains("\"type\""), "{rich}");
    let whole = json_of(&visitor.say("jira issue get DEV-1 -f json").fine());
    assert_eq!(whole["fields"]["attachment"][0]["filename"], "names.txt");
    let address = format!("{}/browse/DEV-3", visitor.site.url());
    let arguments = ["jira", "issue", "get", &address, "-f", "quiet"];
    assert_eq!(visitor.run(&arguments).fine(), "DEV-3\n");
    let page = visitor.say("jira issue get DEV-3 --web").fine();
    assert_eq!(page, format!("{address}\n"));
    let told = visitor.say("jira issue get DEV-999").failed(3);
    assert!(told.contains("Issue does not exist"), "{told}");
}

#[test]
fn comments_are_read_below_who_said_them() {
    let visitor = Visitor::new();
    let shown = visitor.say("jira issue comment list DEV-3").fine();
    assert_eq!(
        shown,
        "14030  Bo Lind  2027-01-03 08:15\n  Looks good to me.\n\n\
         14031  Cléo Marsh  2027-01-03 08:15\n  Shall we try that on Friday?\n"
    );
    let csv = visitor
        .say("jira issue comment list DEV-3 -f csv --limit 1")
        .fine();
    assert!(
        csv.ends_with("14030,Bo Lind,2027-01-03 08:15,Looks good to me.\r\n"),
        "{csv}"
    );
    let one = visitor
        .say("jira issue comment get DEV-3 14031 -f json")
        .fine();
    assert_eq!(json_of(&one)["id"], "14031");
    visitor.say("jira issue comment get DEV-3 1").failed(3);
    let dc = Visitor::at_data_center();
    let shown = dc.say("jira issue comment list DEV-2").fine();
    assert!(shown.ends_with("\n  Looks good to me.\n"), "{shown}");
}

/// The line, the request on Cloud, the request on Data Center (nothing where it is the same), the first row's start.
const LISTS: &[(&str, &str, &str, &str)] = &[
    (
        "project list",
        "GET /rest/api/3/project/search",
        "GET /rest/api/2/project",
        "DEV   software",
    ),
    (
        "component list --project DEV",
        "GET /rest/api/3/project/DEV/component",
        "GET /rest/api/2/project/DEV/components",
        "10200  Engine",
    ),
    (
        "version list --project dev",
        "GET /rest/api/3/project/DEV/version",
        "GET /rest/api/2/project/DEV/versions",
        "10400  1.0",
    ),
    (
        "field list",
        "GET /rest/api/3/field",
        "GET /rest/api/2/field",
        "summary",
    ),
    (
        "board list --project DEV",
        "GET /rest/agile/1.0/board",
        "",
        "1   scrum",
    ),
    (
        "sprint list --board 1 --state active",
        "GET /rest/agile/1.0/board/1/sprint",
        "",
        "2   active",
    ),
    (
        "sprint issues 1",
        "GET /rest/agile/1.0/sprint/1/issue",
        "",
        "DEV-1  Task",
    ),
    (
        "issue transitions DEV-1",
        "GET /rest/api/3/issue/DEV-1/transitions",
        "GET /rest/api/2/issue/DEV-1/transitions",
        "21  Start progress",
    ),
    (
        "attachment list DEV-1",
        "GET /rest/api/3/issue/DEV-1",
        "GET /rest/api/2/issue/DEV-1",
        "15001  23 B",
    ),
];

#[test]
fn lists_are_asked_for_where_each_deployment_has_them() {
    for (visitor, is_cloud) in [(Visitor::new(), true), (Visitor::at_data_center(), false)] {
        for (line, cloud, data_center, row) in LISTS {
            let known = visitor.site.requests().len();
            let table = visitor.say(&format!("jira {line}")).fine();
            let second = table.lines().nth(1).unwrap_or_default();
            assert!(second.starts_with(row), "{line}: {table}");
            let request = if is_cloud || data_center.is_empty() {
                cloud
            } else {
                data_center
            };
            let sent = visitor.sent_after(known);
            assert_eq!(sent.len(), 1, "{line}: {sent:?}");
            assert_eq!(sent[0].0, *request, "{line}");
            let objects = json_of(
                &visitor
                    .say(&format!("jira {line} -f json --limit 1"))
                    .fine(),
            );
            assert_eq!(objects.as_array().map(Vec::len), Some(1), "{line}");
        }
    }
}

#[test]
fn lists_are_filtered_by_the_server() {
    let visitor = Visitor::new();
    for (line, names) in [
        ("project list --query rocket", json!([["query", "rocket"]])),
        (
            "board list --type scrum --name Rocket",
            json!([["type", "scrum"], ["name", "Rocket"]]),
        ),
        (
            "sprint list --board 1 --state active,closed",
            json!([["state", "active,closed"]]),
        ),
        (
            "sprint issues 1 --jql status=Done --fields summary",
            json!([["jql", "status=Done"], ["fields", "summary"]]),
        ),
        ("attachment list DEV-1", json!([["fields", "attachment"]])),
    ] {
        visitor.say(&format!("jira {line}")).fine();
        let requests = visitor.site.requests();
        let query = requests.last().map(|request| request.query.clone());
        let query = query.unwrap_or_default();
        for pair in names.as_array().into_iter().flatten() {
            let is_sent = query
                .iter()
                .any(|(name, value)| pair[0] == *name && pair[1] == *value);
            assert!(is_sent, "{line}: {query:?}");
        }
    }
}

#[test]
fn a_project_is_shown_by_key_or_address() {
    let visitor = Visitor::new();
    let shown = visitor.say("jira project get dev").fine();
    assert!(
        shown.contains("issue types  Task, Bug, Story, Incident\n"),
        "{shown}"
    );
    assert!(
        shown.ends_with("\nAll about: Rocket development\n"),
        "{shown}"
    );
    let address = format!("{}/browse/DEV-7", visitor.site.url());
    let key = visitor.run(&["jira", "project", "get", &address, "-f", "quiet"]);
    assert_eq!(key.fine(), "DEV\n");
    visitor.say("jira project get NOPE").failed(3);
}

#[test]
fn what_is_missing_or_not_there_is_told_by_exit_code() {
    let visitor = Visitor::new();
    for (line, code, words) in [
        ("component list", 2, "needs --project PROJECT"),
        ("sprint list", 2, "needs --board BOARD"),
        ("sprint list --board 9", 3, "No board with id 9 exists."),
        (
            "sprint list --board 2",
            2,
            "The board does not support sprints",
        ),
        ("sprint issues 99", 3, "Sprint with id 99 does not exist."),
        (
            "version list --project NOPE",
            3,
            "No project could be found",
        ),
        ("attachment list DEV-999", 3, "Issue does not exist"),
        (
            "search --jql nonsense=1",
            2,
            "Field 'nonsense' does not exist",
        ),
    ] {
        let told = visitor.say(&format!("jira {line}")).failed(code);
        assert!(told.contains(words), "{line}: {told}");
    }
}

#[test]
fn a_filter_that_data_center_lacks_is_not_dropped() {
    let visitor = Visitor::at_data_center();
    let told = visitor.say("jira project list --query rocket").failed(1);
    assert!(
        told.contains("`jira project list --query` on Data Center"),
        "{told}"
    );
    assert_eq!(visitor.requested(), [""; 0]);
}

#[test]
fn lists_and_things_are_shown_in_every_form() {
    let visitor = Visitor::new();
    let lists = LISTS.iter().map(|(line, ..)| *line);
    let things = [
        "issue get DEV-1",
        "issue comment get DEV-3 14030",
        "project get DEV",
    ];
    for line in lists.chain(["issue comment list DEV-3"]).chain(things) {
        let shown = |form: &str| visitor.say(&format!("jira {line} -f {form}")).fine();
        let whole = json_of(&shown("json"));
        let objects = match &whole {
            Json::Array(objects) => objects.clone(),
            one => vec![one.clone()],
        };
        let yaml: Json = serde_yaml::from_str(&shown("yaml")).expect("YAML");
        assert_eq!(yaml, whole, "{line}");
        let keys: Vec<String> = shown("quiet").lines().map(str::to_owned).collect();
        assert_eq!(keys.len(), objects.len(), "{line}");
        for (key, object) in keys.iter().zip(&objects) {
            let names = [&object["key"], &object["id"]];
            let is_its_own = |name: &&Json| name.to_string().trim_matches('"') == key;
            assert!(names.iter().any(is_its_own), "{line}: {key}");
        }
        let csv = shown("csv");
        let mut rows = csv::Reader::from_reader(csv.as_bytes());
        let first: Vec<String> = rows
            .records()
            .flatten()
            .map(|row| row[0].to_owned())
            .collect();
        assert_eq!(first, keys, "{line}");
        assert!(shown("table").contains(&keys[0]), "{line}");
    }
}
