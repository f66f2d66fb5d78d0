//! Reading: what is asked for, and every form in which it is shown.

use super::{ROCKET, Visitor, at_rocket, requests};
use serde_json::Value as Json;

#[test]
fn reading_asks_for_what_is_shown() {
    let visitor = Visitor::new();
    for (line, request, first) in [
        ("pr list", "/pullrequests?pagelen=50", "ID  STATE  AUTHOR"),
        (
            "pr list --state open,Merged --query id>1 --sort=-id --limit 1",
            "/pullrequests?state=OPEN&state=MERGED&q=id>1&sort=-id&pagelen=1",
            "",
        ),
        ("pr get 2", "/pullrequests/2", "id           2"),
        ("pr get #2", "/pullrequests/2", "id           2"),
        (
            "pr comment list 1",
            "/pullrequests/1/comments?pagelen=50",
            "ID   AUTHOR   CREATED",
        ),
        (
            "branch list --query name~\"fix\"",
            "/refs/branches?q=name~\"fix\"&pagelen=50",
            "BRANCH         COMMIT",
        ),
        ("commit list --limit 3", "/commits?pagelen=3", "COMMIT"),
        (
            "commit list --branch feature/wave --exclude spike/kites --path fins.txt",
            "/commits?include=feature/wave&exclude=spike/kites&path=fins.txt&pagelen=50",
            "COMMIT",
        ),
        (
            "commit get 000000000000000f736ae31d6e461e24ca4ec960",
            "/commit/000000000000000f736ae31d6e461e24ca4ec960",
            "commit  000000000000000f736ae31d6e461e24ca4ec960",
        ),
        (
            "pipeline list --branch main --status building",
            "/pipelines?sort=-created_on&target.branch=main&status=BUILDING&pagelen=50",
            "NUMBER  STATE",
        ),
        ("pipeline get 3", "/pipelines/3", "number     3"),
        (
            "pipeline get 00000000-0000-4000-8000-000000000703",
            "/pipelines/%7B00000000-0000-4000-8000-000000000703%7D",
            "number     3",
        ),
        ("pr diff 2", "/pullrequests/2/diff", "diff --git"),
    ] {
        let before = requests(&visitor).len();
        let output = at_rocket(&visitor, &line.split(' ').collect::<Vec<_>>()).fine();
        assert!(output.starts_with(first), "{line}: {output}");
        let asked = &requests(&visitor)[before].0;
        assert_eq!(*asked, format!("GET {ROCKET}{request}"), "{line}");
    }
}

#[test]
fn lists_come_in_every_form() {
    let visitor = Visitor::new();
    let keys = |line: &str| {
        let line: Vec<&str> = line.split(' ').collect();
        let line = [&["bitbucket"], line.as_slice(), &["-f", "quiet"]].concat();
        visitor.run(&line).fine()
    };
    assert_eq!(keys("workspace list"), "acme\n");
    assert_eq!(
        keys("repo list --role member --sort name"),
        "acme/landing-site\nacme/melon-tests\nacme/rocket\nacme/star-map\n"
    );
    assert_eq!(keys("pr list --repository rocket"), "3\n2\n");
    assert_eq!(
        keys("pipeline list --repository rocket --status passed,failed --branch fix/the-seven"),
        "3\n2\n"
    );
    assert_eq!(
        keys("pipeline list --repository rocket --limit 2"),
        "4\n3\n"
    );
    let csv = at_rocket(&visitor, &["pr", "list", "--limit", "1", "-f", "csv"]).fine();
    assert_eq!(
        csv,
        "ID,STATE,AUTHOR,SOURCE,DESTINATION,UPDATED,TITLE\r\n\
         3,OPEN,Ada Park,feature/wave,main,2027-03-01 09:30,Teach the autopilot to wave\r\n"
    );
    let answer = at_rocket(&visitor, &["pr", "get", "2", "-f", "json"]).fine();
    let answer: Json = serde_json::from_str(&answer).expect("JSON");
    assert_eq!(answer["source"]["branch"]["name"], "fix/the-seven");
    let yaml = at_rocket(&visitor, &["branch", "list", "-f", "yaml"]).fine();
    assert!(yaml.starts_with("- type: branch\n"), "{yaml}");
}

#[test]
fn logs_are_data_and_their_titles_are_not() {
    let visitor = Visitor::new();
    let ran = at_rocket(&visitor, &["pipeline", "logs", "2"]);
    assert_eq!(
        ran.output,
        "+ make build\nBuild the rocket: done\nFAILED\n+ make test\nDrop the melon: done\nFAILED\n"
    );
    assert_eq!(
        ran.messages,
        "step 1 of 2: Build the rocket (FAILED)\nstep 2 of 2: Drop the melon (FAILED)\n"
    );
    for step in [
        "2",
        "drop the melon",
        "00000000-0000-4000-8000-000000000821",
    ] {
        let log = at_rocket(&visitor, &["pipeline", "logs", "2", "--step", step]).fine();
        assert_eq!(log, "+ make test\nDrop the melon: done\nFAILED\n", "{step}");
    }
    let unknown = at_rocket(&visitor, &["pipeline", "logs", "2", "--step", "lunch"]).failed(3);
    assert_eq!(
        unknown,
        "error: there is no step `lunch`\nhint: there are: Build the rocket, Drop the melon\n"
    );
}
