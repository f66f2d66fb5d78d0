//! Files of pages in Confluence: they come whole or not at all, and never over another one unasked.

use super::visitor::Visitor;
use crate::demo_site::tokens::SCOPED_TOKEN;
use crate::home::overwrite;
use std::fs;

const CONTENT: &str = "10 9 8 7 6 5 4 3 2 1\n";

#[test]
fn a_file_is_downloaded_with_any_token() {
    let content = "GET /wiki/rest/api/content/98307/child/attachment/att163841/download";
    let newer = "GET /wiki/api/v2/attachments/att163841";
    let older = "GET /wiki/rest/api/content/att163841?expand=container,version";
    for (visitor, requests) in [
        (Visitor::new(), vec![newer, content]),
        (
            Visitor::with_token(SCOPED_TOKEN),
            vec![newer, older, content],
        ),
        (
            Visitor::at_data_center(),
            vec![
                "GET /wiki-dc/rest/api/content/att163841?expand=container,version",
                "GET /wiki-dc/download/attachments/98307/countdown.txt",
            ],
        ),
    ] {
        let printed = visitor.say("confluence attachment get att163841").fine();
        assert!(printed.ends_with("/countdown.txt\n"), "{printed}");
        assert_eq!(visitor.asked_confluence(), requests);
        let file = visitor.home.work().join("countdown.txt");
        assert_eq!(fs::read_to_string(&file).expect("a text"), CONTENT);
    }
}

#[test]
fn the_server_of_downloads_gets_no_credential() {
    let visitor = Visitor::new();
    visitor
        .say("confluence attachment get 163841 --output -")
        .fine();
    let requests = visitor.site.requests();
    let download = requests.last().expect("a request");
    assert_eq!(download.path, "/confluence/163841");
    assert_eq!(download.header("authorization"), None);
}

#[test]
fn a_file_that_is_there_stays() {
    let visitor = Visitor::new();
    let file = visitor.home.work().join("mine.txt");
    overwrite(&file, "mine");
    let get = "confluence attachment get 163841 --output mine.txt";
    let ran = visitor.say(get);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.messages.contains("is there already"), "{ran:?}");
    assert_eq!(fs::read_to_string(&file).expect("a text"), "mine");
    visitor.say(&format!("{get} --force")).fine();
    assert_eq!(fs::read_to_string(&file).expect("a text"), CONTENT);
    let printed = visitor
        .say("confluence attachment get 163841 --output -")
        .fine();
    assert_eq!(printed, CONTENT);
}

#[test]
fn a_file_that_is_not_there_is_said() {
    let visitor = Visitor::new();
    for (line, code, message) in [
        (
            "confluence attachment get 1",
            3,
            "Could not find attachment with id att1",
        ),
        (
            "confluence attachment get countdown.txt",
            2,
            "`att` and a number",
        ),
        ("confluence attachment add 98306 none.txt", 1, "none.txt"),
        ("confluence attachment add 98306", 2, "<FILE>"),
    ] {
        let ran = visitor.say(line);
        assert_eq!(ran.code, Some(code), "{line}: {ran:?}");
        assert!(ran.messages.contains(message), "{line}: {ran:?}");
    }
}

#[test]
fn files_are_uploaded_and_replaced_on_request_only() {
    for (visitor, context) in [
        (Visitor::new(), "/wiki"),
        (Visitor::at_data_center(), "/wiki-dc"),
    ] {
        let files = format!("{context}/rest/api/content/98306/child/attachment");
        for (name, text) in [("door.txt", "left"), ("roof.txt", "above")] {
            overwrite(&visitor.home.work().join(name), text);
        }
        let add = "confluence attachment add 98306 door.txt";
        let ran = visitor.say(&format!("{add} roof.txt --comment way-in -f quiet"));
        assert_eq!(ran.messages, "added door.txt\nadded roof.txt\n");
        assert_eq!(ran.fine(), "att200001\natt200002\n");
        assert_eq!(
            visitor.asked_confluence(),
            [format!("POST {files}"), format!("POST {files}")]
        );
        let sent = visitor.site.requests().pop().expect("a request").body;
        let sent = String::from_utf8_lossy(&sent).into_owned();
        for part in [
            "name=\"comment\"",
            "way-in",
            "name=\"minorEdit\"",
            "filename=\"roof.txt\"",
            "above",
        ] {
            assert!(sent.contains(part), "{part} is not in\n{sent}");
        }
        let ran = visitor.say(add);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.messages.contains("same file name"), "{ran:?}");
        overwrite(&visitor.home.work().join("door.txt"), "right");
        visitor.say(&format!("{add} --replace")).fine();
        let asked = visitor.asked_confluence();
        if context == "/wiki" {
            assert_eq!(asked.last(), Some(&format!("PUT {files}")));
        } else {
            assert_eq!(
                asked[asked.len() - 2..],
                [
                    format!("GET {files}?filename=door.txt"),
                    format!("POST {files}/att200001/data")
                ]
            );
        }
        let listed = visitor
            .say("confluence attachment list 98306 --name door.txt -f quiet")
            .fine();
        let id = listed.trim();
        let got = visitor.run(&["confluence", "attachment", "get", id, "--output", "-"]);
        assert_eq!(got.fine(), "right");
    }
}
