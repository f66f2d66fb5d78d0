//! Files of issues: downloaded whole or not at all, never over another one, and uploaded as forms.

use super::visitor::Visitor;
use crate::home::overwrite;
use std::fs;

const CONTENT: &str = "Rocket\nLassi One\nPeter\n";

#[test]
fn a_download_is_written_once() {
    for visitor in [Visitor::new(), Visitor::at_data_center()] {
        let folder = visitor.home.work();
        let file = folder.join("names.txt");
        let said = visitor.say("jira attachment get 15001").fine();
        assert_eq!(said, format!("{}\n", file.display()));
        assert_eq!(fs::read_to_string(&file).expect("a file"), CONTENT);
        overwrite(&file, "mine");
        let told = visitor.say("jira attachment get 15001").failed(1);
        assert!(told.contains("is there already"), "{told}");
        assert_eq!(fs::read_to_string(&file).expect("a file"), "mine");
        visitor.say("jira attachment get 15001 --force").fine();
        assert_eq!(fs::read_to_string(&file).expect("a file"), CONTENT);
        assert_eq!(
            visitor.say("jira attachment get 15001 --output -").fine(),
            CONTENT
        );
        fs::create_dir(folder.join("sub")).expect("a folder");
        visitor.say("jira attachment get 15001 --output sub").fine();
        visitor
            .say("jira attachment get 15001 --output sub/other.txt")
            .fine();
        assert_eq!(
            fs::read_to_string(folder.join("sub/other.txt")).expect("a file"),
            CONTENT
        );
        visitor
            .say("jira attachment get 15001 --output nowhere/x")
            .failed(1);
        visitor.say("jira attachment get 1").failed(3);
        let left: Vec<_> = fs::read_dir(&folder)
            .expect("a folder")
            .flatten()
            .map(|entry| entry.file_name())
            .collect();
        assert!(
            left.iter()
                .all(|name| !name.to_string_lossy().contains("part")),
            "{left:?}"
        );
    }
}

#[test]
fn the_credential_stays_at_the_site() {
    let visitor = Visitor::new();
    visitor.say("jira attachment get 15001 --output -").fine();
    let requests = visitor.site.requests();
    let last = requests.last().expect("a request");
    assert_eq!(last.path, "/jira/15001");
    assert_eq!(last.header("authorization"), None);
}

#[test]
fn files_are_uploaded_under_their_names() {
    for visitor in [Visitor::new(), Visitor::at_data_center()] {
        let folder = visitor.home.work();
        overwrite(&folder.join("a, b.txt"), "first");
        overwrite(&folder.join("c.txt"), "second");
        let table = visitor
            .run(&["jira", "attachment", "add", "DEV-3", "a, b.txt", "c.txt"])
            .fine();
        assert!(
            table.contains("a, b.txt\n") && table.contains("c.txt\n"),
            "{table}"
        );
        let requests = visitor.site.requests();
        let last = requests.last().expect("a request");
        assert!(
            last.path.ends_with("/issue/DEV-3/attachments"),
            "{}",
            last.path
        );
        assert_eq!(last.header("x-atlassian-token"), Some("no-check"));
        let body = String::from_utf8_lossy(&last.body);
        assert!(
            body.contains("name=\"file\"; filename=\"c.txt\"") && body.contains("second"),
            "{body}"
        );
        let shown = visitor.say("jira issue get DEV-3").fine();
        assert!(shown.contains("a, b.txt, c.txt"), "{shown}");
    }
}

#[test]
fn a_file_that_cannot_be_read_keeps_no_other_from_being_uploaded() {
    let visitor = Visitor::new();
    overwrite(&visitor.home.work().join("c.txt"), "there");
    let told = visitor.say("jira attachment add DEV-3 nope.txt").failed(1);
    assert!(told.contains("nope.txt: "), "{told}");
    let ran = visitor.say("jira attachment add DEV-3 nope.txt c.txt -f csv");
    assert!(ran.output.contains("c.txt\r\n"), "{ran:?}");
    assert!(ran.failed(1).contains("1 done, 1 failed\n  nope.txt: "));
    let shown = visitor
        .say("jira attachment add DEV-3 c.txt --dry-run")
        .fine();
    assert!(
        shown.starts_with("POST ") && shown.contains("@c.txt"),
        "{shown}"
    );
    let posts = visitor.site.requests();
    assert_eq!(
        posts
            .iter()
            .filter(|request| request.method == "POST")
            .count(),
        1
    );
}
