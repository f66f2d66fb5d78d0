//! What reads in Confluence: with any token by the newer API, with classic scopes by the older one, and on Data Center.

use super::person::{ID, Person};
use super::scripted::{Server, json, target};
use super::visitor::Visitor;
use crate::demo_site::tokens::SCOPED_TOKEN;
use serde_json::Value as Json;

/// A command that reads, the requests that it sends, and what is seen of their answers.
struct Reading {
    line: &'static str,
    /// By the newer API; of several, all but the last one look something up.
    newer: &'static [&'static str],
    /// By the older API.
    older: &'static str,
    /// The start of the table.
    table: &'static str,
    /// The keys.
    quiet: &'static str,
}

const PEOPLE: &str = "GET /wiki/rest/api/user/bulk?";
const WHOLE: &str = "expand=body.storage,version,space,history,ancestors";

const READINGS: &[Reading] = &[
    Reading {
        line: "page get 98306",
        newer: &["GET /wiki/api/v2/pages/98306?body-format=storage"],
        older: "GET /wiki/rest/api/content/98306?{WHOLE}",
        table: "id       98306\ntitle    Getting aboard\n",
        quiet: "98306\n",
    },
    Reading {
        line: "page get 98307 --version 1",
        newer: &["GET /wiki/api/v2/pages/98307?body-format=storage&version=1"],
        older: "GET /wiki/rest/api/content/98307?{WHOLE}&version=1&status=historical",
        table: "id       98307\ntitle    The countdown\n",
        quiet: "98307\n",
    },
    Reading {
        line: "page list --space FOOD",
        newer: &[
            "GET /wiki/api/v2/spaces?keys=FOOD",
            "GET /wiki/api/v2/pages?status=current&space-id=65538&limit=50",
        ],
        older: "GET /wiki/rest/api/content?type=page&expand=version,space&spaceKey=FOOD&status=current&limit=50",
        table: "ID     SPACE  VERSION  UPDATED           TITLE\n98405  FOOD   1        2027-01-14 10:00  Recipes\n",
        quiet: "98405\n98406\n98407\n",
    },
    Reading {
        line: "page list --title Engine --limit 2",
        newer: &["GET /wiki/api/v2/pages?title=Engine&status=current&limit=2"],
        older: "GET /wiki/rest/api/content?type=page&expand=version,space&title=Engine&status=current&limit=2",
        table: "ID     SPACE  VERSION  UPDATED           TITLE\n98308  DOCS   1        ",
        quiet: "98308\n",
    },
    Reading {
        line: "page children 98308",
        newer: &["GET /wiki/api/v2/pages/98308/direct-children?limit=50"],
        older: "GET /wiki/rest/api/content/98308/child/page?limit=50",
        table: "ID     TYPE  STATUS   TITLE\n98309  page  current  Starting the engine\n",
        quiet: "98309\n98310\n98311\n",
    },
    Reading {
        line: "page versions 98307",
        newer: &["GET /wiki/api/v2/pages/98307/versions?limit=50"],
        older: "GET /wiki/rest/api/content/98307/version?limit=50",
        table: "VERSION  CREATED           AUTHOR        MESSAGE\n\
                2        2027-02-01 10:00  Ada Park      the seven is back\n\
                1        2027-01-28 10:00  You Yourself\n",
        quiet: "2\n1\n",
    },
    Reading {
        line: "page label list 98305",
        newer: &["GET /wiki/api/v2/pages/98305/labels?limit=50"],
        older: "GET /wiki/rest/api/content/98305/label?limit=50",
        table: "LABEL   PREFIX\nstart   global\nrocket  global\n",
        quiet: "start\nrocket\n",
    },
    Reading {
        line: "page comment list 98306",
        newer: &["GET /wiki/api/v2/pages/98306/footer-comments?body-format=storage&limit=50"],
        older: "GET /wiki/rest/api/content/98306/child/comment?expand=body.storage,version,history&location=footer&limit=50",
        table: "131073  2027-03-01 09:30  Ada Park\n  Where is the door?\n",
        quiet: "131073\n131074\n",
    },
    Reading {
        line: "attachment list 98307",
        newer: &["GET /wiki/api/v2/pages/98307/attachments?limit=50"],
        older: "GET /wiki/rest/api/content/98307/child/attachment?expand=version,metadata&limit=50",
        table: "ID         SIZE  TYPE        CREATED           AUTHOR        NAME\n\
                att163841  21 B  text/plain  2027-03-01 09:30  You Yourself  countdown.txt\n",
        quiet: "att163841\n",
    },
    Reading {
        line: "space list",
        newer: &["GET /wiki/api/v2/spaces?limit=50"],
        older: "GET /wiki/rest/api/space?limit=50",
        table: "KEY   TYPE    STATUS   NAME\nDOCS  global  current  Rocket documentation\n",
        quiet: "DOCS\nFOOD\n",
    },
    Reading {
        line: "space get DOCS",
        newer: &["GET /wiki/api/v2/spaces?description-format=plain&keys=DOCS"],
        older: "GET /wiki/rest/api/space/DOCS?expand=description.plain,homepage",
        table: "key          DOCS\nid           65537\nname         Rocket documentation\n",
        quiet: "DOCS\n",
    },
    Reading {
        line: "blog list --space DOCS",
        newer: &[
            "GET /wiki/api/v2/spaces?keys=DOCS",
            "GET /wiki/api/v2/blogposts?space-id=65537&limit=50",
        ],
        older: "GET /wiki/rest/api/content?type=blogpost&expand=version,space&spaceKey=DOCS&limit=50",
        table: "ID     SPACE  VERSION  UPDATED           TITLE\n98505  DOCS   1        ",
        quiet: "98505\n98506\n98507\n",
    },
    Reading {
        line: "blog get 98505",
        newer: &["GET /wiki/api/v2/blogposts/98505?body-format=storage"],
        older: "GET /wiki/rest/api/content/98505?{WHOLE}",
        table: "id       98505\ntitle    The fins are red\n",
        quiet: "98505\n",
    },
];

/// Sees what a command prints, in every form; each is a run of its own with the same requests.
fn see(visitor: &Visitor, reading: &Reading, requests: &[String]) {
    for format in ["table", "quiet", "csv", "json", "yaml"] {
        let before = visitor.asked_confluence().len();
        let line = format!("confluence {} -f {format}", reading.line);
        let output = visitor.say(&line).fine();
        match format {
            "table" => assert!(output.starts_with(reading.table), "{line}:\n{output}"),
            "quiet" => assert_eq!(output, reading.quiet, "{line}"),
            "csv" => {
                for key in reading.quiet.lines() {
                    assert!(output.contains(&format!("\n{key},")), "{line}:\n{output}");
                }
            }
            _ => {
                let objects: Json = if format == "yaml" {
                    serde_yaml::from_str(&output).expect("YAML")
                } else {
                    serde_json::from_str(&output).expect("JSON")
                };
                let count = objects.as_array().map_or(1, Vec::len);
                assert_eq!(count, reading.quiet.lines().count(), "{line}: {objects}");
            }
        }
        let mut asked = visitor.asked_confluence().split_off(before);
        // names of people are for people
        if matches!(format, "table" | "csv") {
            asked.retain(|request| !request.starts_with(PEOPLE));
        }
        assert_eq!(asked, *requests, "{line}");
    }
}

impl Reading {
    fn older(&self) -> String {
        self.older.replace("{WHOLE}", WHOLE)
    }
}

#[test]
fn every_command_reads_by_the_newer_api() {
    let visitor = Visitor::new();
    for reading in READINGS {
        let requests: Vec<String> = reading.newer.iter().map(ToString::to_string).collect();
        see(&visitor, reading, &requests);
    }
}

#[test]
fn every_command_reads_with_classic_scopes() {
    let visitor = Visitor::with_token(SCOPED_TOKEN);
    for reading in READINGS {
        // the first request is refused for its scope, be it to look something up or not
        let requests = [reading.newer[0].to_owned(), reading.older()];
        see(&visitor, reading, &requests);
    }
    for line in ["confluence search --cql type=page", "confluence whoami"] {
        visitor.say(line).fine();
    }
}

#[test]
fn every_command_reads_on_data_center() {
    let visitor = Visitor::at_data_center();
    for reading in READINGS {
        let mut request = reading.older().replacen("/wiki/", "/wiki-dc/", 1);
        if request.contains("/version?") {
            request = request.replacen("/rest/api/", "/rest/experimental/", 1);
        }
        see(&visitor, reading, &[request]);
    }
}

#[test]
fn an_older_api_that_is_gone_does_not_hide_which_scope_is_missing() {
    let server = Server::plain(|request, _| {
        let path = target(request);
        if path.contains("tenant_info") {
            json(200, &format!("{{\"cloudId\":\"{ID}\"}}"))
        } else if path.contains("/api/v2/") {
            let message = "Unauthorized; scope does not match";
            json(401, &format!("{{\"code\":401,\"message\":\"{message}\"}}"))
        } else {
            json(410, "{\"message\":\"This endpoint has been removed.\"}")
        }
    });
    let ran = Person::on_cloud(&server.url(), "").say("confluence page get 5");
    assert_eq!(ran.code, Some(4), "{ran:?}");
    assert!(ran.messages.contains("lacks a scope"), "{ran:?}");
    let older = server.targets().pop().expect("a request");
    assert!(older.contains("/wiki/rest/api/content/5"), "{older}");
}

#[test]
fn a_page_is_shown_with_its_text() {
    let visitor = Visitor::new();
    let url = visitor.site.url();
    let table = visitor.say("confluence page get 98306").fine();
    let expected = format!(
        "id       98306\n\
         title    Getting aboard\n\
         space    DOCS\n\
         parent   98305\n\
         status   current\n\
         version  1\n\
         created  2027-01-27 10:00\n\
         updated  2027-01-27 10:00\n\
         by       Ada Park\n\
         url      {url}/wiki/spaces/DOCS/pages/98306/Getting+aboard\n\
         \n\
         Getting aboard\n\
         ==============\n\
         \n\
         Everything about Getting aboard that the crew knows.\n"
    );
    assert_eq!(table, expected);
    let markdown = visitor
        .say("confluence page get 98306 --format markdown")
        .fine();
    assert_eq!(
        markdown,
        "# Getting aboard\n\nEverything about _Getting aboard_ that the crew knows.\n"
    );
    let json: Json = serde_json::from_str(&visitor.say("confluence page get 98306 -f json").fine())
        .expect("JSON");
    assert_eq!(json["body"]["storage"]["representation"], "storage");
    let countdown = visitor.say("confluence page get 98307 -f markdown").fine();
    for part in [
        "1. ten\n",
        "- [x] find the seven\n",
        "```rust\n",
        "| number | word |",
    ] {
        assert!(countdown.contains(part), "{part} is not in\n{countdown}");
    }
    let post = visitor.say("confluence blog get 98505 -f markdown").fine();
    assert!(post.starts_with("# The fins are red\n"), "{post}");
}

#[test]
fn the_latest_version_is_a_version_too() {
    for visitor in [
        Visitor::new(),
        Visitor::with_token(SCOPED_TOKEN),
        Visitor::at_data_center(),
    ] {
        for number in ["1", "2"] {
            let line = format!("confluence page get 98307 --version {number}");
            let page = visitor.say(&line).fine();
            assert!(page.contains(&format!("version  {number}\n")), "{page}");
        }
    }
    let ran = Visitor::at_data_center().say("confluence page get 98307 --version 9");
    assert_eq!(ran.code, Some(3), "{ran:?}");
}

#[test]
fn people_are_named_as_people_know_them() {
    let visitor = Visitor::new();
    let table = visitor.say("confluence page get 98307").fine();
    assert!(table.contains("@Ada Park counts best."), "{table}");
    let asked = visitor.asked_confluence();
    let account = "5f0000000000000000000002";
    assert_eq!(asked[1..], [format!("{PEOPLE}accountId={account}")]);
    let markdown = visitor.say("confluence page get 98307 -f markdown").fine();
    assert!(
        markdown.contains(&format!("[@Ada Park](accountid:{account}) counts best.")),
        "{markdown}"
    );
    let scoped = Visitor::with_token(SCOPED_TOKEN);
    let by_older = scoped.say("confluence page get 98307").fine();
    assert_eq!(
        by_older.replace(scoped.site.url(), visitor.site.url()),
        table
    );
}

#[test]
fn markdown_is_a_form_of_texts_only() {
    let visitor = Visitor::new();
    let ran = visitor.say("confluence page list -f markdown");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.messages.contains("markdown"), "{ran:?}");
}

#[test]
fn pages_are_named_in_every_way() {
    let visitor = Visitor::new();
    let url = visitor.site.url();
    for (page, id) in [
        (
            format!("{url}/wiki/spaces/DOCS/pages/98307/The+countdown"),
            "98307\n",
        ),
        (
            format!("{url}/wiki/pages/viewpage.action?pageId=98307"),
            "98307\n",
        ),
        (format!("{url}/wiki/display/DOCS/The+countdown"), "98307\n"),
        (format!("{url}/wiki/x/A4AB"), "98307\n"),
        ("DOCS/The countdown".to_owned(), "98307\n"),
        ("FOOD/Plätzchen".to_owned(), "98407\n"),
    ] {
        let got = visitor.run(&["confluence", "page", "get", &page, "-f", "quiet"]);
        assert_eq!(got.fine(), id, "{page}");
    }
    let post = format!("{url}/wiki/spaces/DOCS/blog/2027/01/06/98505/The+fins+are+red");
    let got = visitor.run(&["confluence", "blog", "get", &post, "-f", "quiet"]);
    assert_eq!(got.fine(), "98505\n");
    let titled = [
        "confluence",
        "page",
        "get",
        "DOCS/The countdown",
        "-f",
        "quiet",
    ];
    for (visitor, expected) in [
        (
            Visitor::with_token(SCOPED_TOKEN),
            vec![
                "GET /wiki/api/v2/spaces?keys=DOCS".to_owned(),
                "GET /wiki/rest/api/content?type=page&spaceKey=DOCS&title=The countdown".to_owned(),
                "GET /wiki/api/v2/pages/98307?body-format=storage".to_owned(),
                format!("GET /wiki/rest/api/content/98307?{WHOLE}"),
            ],
        ),
        (
            Visitor::at_data_center(),
            vec![
                "GET /wiki-dc/rest/api/content?type=page&spaceKey=DOCS&title=The countdown"
                    .to_owned(),
                format!("GET /wiki-dc/rest/api/content/98307?{WHOLE}"),
            ],
        ),
    ] {
        assert_eq!(visitor.run(&titled).fine(), "98307\n");
        assert_eq!(visitor.asked_confluence(), expected);
    }
}

#[test]
fn what_is_not_there_is_said() {
    let visitor = Visitor::new();
    for (arguments, code, message) in [
        (
            &["page", "get", "1"][..],
            3,
            "Could not find page with id 1",
        ),
        (
            &["page", "children", "1"],
            3,
            "Could not find page with id 1",
        ),
        (
            &["page", "get", "DOCS/Nothing"],
            3,
            "there is no page `DOCS/Nothing`",
        ),
        (
            &["page", "get", "NONE/Nothing"],
            3,
            "there is no space `NONE`",
        ),
        (
            &["page", "list", "--space", "NONE"],
            3,
            "there is no space `NONE`",
        ),
        (&["space", "get", "NONE"], 3, "there is no space `NONE`"),
        (
            &["blog", "get", "98307"],
            3,
            "Could not find blog post with id 98307",
        ),
        (
            &["page", "get", "countdown"],
            2,
            "a page is named by its number",
        ),
        (&["page", "get"], 2, "<PAGE>"),
        (&["space", "get"], 2, "<SPACE>"),
    ] {
        let ran = visitor.run(&[&["confluence"], arguments].concat());
        assert_eq!(ran.code, Some(code), "{arguments:?}: {ran:?}");
        assert!(ran.messages.contains(message), "{arguments:?}: {ran:?}");
    }
    let scoped = Visitor::with_token(SCOPED_TOKEN).say("confluence page get 1");
    assert_eq!(scoped.code, Some(3), "{scoped:?}");
    let space = Visitor::at_data_center().say("confluence space get NONE");
    assert_eq!(space.code, Some(3), "{space:?}");
}

#[test]
fn pages_open_in_the_browser_where_they_are() {
    let cloud = Visitor::new();
    let data_center = Visitor::at_data_center();
    for (visitor, context) in [(&cloud, "/wiki"), (&data_center, "/wiki-dc")] {
        let url = visitor.site.url();
        let page = visitor.say("confluence page get 98307 --web").fine();
        assert_eq!(
            page,
            format!("{url}{context}/pages/viewpage.action?pageId=98307\n")
        );
        let space = visitor.say("confluence space get DOCS --web").fine();
        assert_eq!(space, format!("{url}{context}/spaces/DOCS\n"));
    }
}

#[test]
fn long_lists_go_on_over_pages() {
    for visitor in [
        Visitor::new(),
        Visitor::with_token(SCOPED_TOKEN),
        Visitor::at_data_center(),
    ] {
        let all = visitor
            .say("confluence page list --limit 0 -f quiet")
            .fine();
        assert_eq!(all.lines().count(), 33, "{all}");
        let some = visitor
            .say("confluence page list --limit 31 -f quiet")
            .fine();
        assert_eq!(some.lines().count(), 31, "{some}");
    }
}
