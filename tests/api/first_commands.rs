//! The first commands of all products, in every form, on both deployments.

use super::visitor::Visitor;
use serde_json::Value as Json;

fn json(text: &str) -> Json {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn a_search_is_shown_in_every_form() {
    let visitor = Visitor::new();
    let search = |more: &[&str]| {
        let base = ["jira", "search", "--jql", "project = DEV", "--limit", "2"];
        visitor.run(&[&base, more].concat()).fine()
    };
    let table = search(&[]);
    assert!(table.starts_with("KEY    TYPE"), "{table}");
    assert_eq!(table.lines().count(), 3, "{table}");
    let issues = json(&search(&["-f", "json"]));
    assert_eq!(issues.as_array().map(Vec::len), Some(2));
    assert_eq!(issues[0]["key"], "DEV-1");
    assert!(search(&["-f", "yaml"]).starts_with("- "));
    let csv = search(&["-f", "csv"]);
    assert!(
        csv.starts_with("KEY,TYPE,STATUS,ASSIGNEE,UPDATED,SUMMARY\r\nDEV-1,"),
        "{csv}"
    );
    assert_eq!(search(&["-f", "quiet"]), "DEV-1\nDEV-2\n");
    let fields = search(&["--fields", "summary"]);
    assert!(fields.starts_with("KEY    SUMMARY\n"), "{fields}");
}

#[test]
fn the_limit_is_kept_over_pages() {
    let visitor = Visitor::new();
    for (limit, lines) in [("1", 1), ("150", 150), ("201", 201)] {
        let arguments = [
            "jira",
            "search",
            "--jql",
            "project = BIG",
            "--limit",
            limit,
            "-f",
            "quiet",
        ];
        let keys = visitor.run(&arguments).fine();
        assert_eq!(keys.lines().count(), lines);
        assert!(keys.ends_with(&format!("BIG-{limit}\n")), "{keys}");
    }
}

#[test]
fn data_center_has_its_own_addresses() {
    let visitor = Visitor::at_data_center();
    let keys = visitor.run(&[
        "jira",
        "search",
        "--jql",
        "project = DEV",
        "--limit",
        "1",
        "-f",
        "quiet",
    ]);
    assert_eq!(keys.fine(), "DEV-1\n");
    visitor.say("jira whoami").fine();
    visitor.say("confluence whoami").fine();
    let asked = visitor.requested();
    assert_eq!(
        asked,
        [
            "GET /jira-dc/rest/api/2/search",
            "GET /jira-dc/rest/api/2/myself",
            "GET /wiki-dc/rest/api/user/current"
        ]
    );
}
