//! What is in Confluence at the start: the space of the documentation, and one for the cook.

use super::confluence::{Confluence, Content, PageComment, PageFile, Version};

/// Key, id, name and kind.
pub(crate) const SPACES: [(&str, u64, &str, &str); 2] = [
    ("DOCS", 65_537, "Rocket documentation", "global"),
    ("FOOD", 65_538, "Galley & recipes", "global"),
];
/// The moment at which everything happens that happens now.
pub(crate) const NOW: &str = "2027-03-01T09:30:00.000Z";

/// Title and parent (a place in this list) of the pages of the documentation.
const PAGES: [(&str, Option<usize>); 30] = [
    ("Rocket documentation", None),
    ("Getting aboard", Some(0)),
    ("The countdown", Some(0)),
    ("Engine", Some(0)),
    ("Starting the engine", Some(3)),
    ("Stopping the engine", Some(3)),
    ("Asking the engine nicely", Some(3)),
    ("Guidance", Some(0)),
    ("Reading the star map", Some(7)),
    ("When lost", Some(7)),
    ("Cabin", Some(0)),
    ("Houseplants", Some(10)),
    ("Windows, and how to wave", Some(10)),
    ("Cup holders", Some(10)),
    ("Landing", Some(0)),
    ("Choosing a field", Some(14)),
    ("Parachute & melon", Some(14)),
    ("Speech after landing", Some(14)),
    ("Glossary", Some(0)),
    ("Meeting notes", Some(0)),
    ("2027-01-11 Fins", Some(19)),
    ("2027-01-18 Paint", Some(19)),
    ("2027-01-25 More paint", Some(19)),
    ("2027-02-01 The seven", Some(19)),
    ("2027-02-08 Melon", Some(19)),
    ("2027-02-15 Fog", Some(19)),
    ("2027-02-22 Biscuits", Some(19)),
    ("Who to ask", Some(0)),
    ("Spare parts", Some(0)),
    ("Things we learned", Some(0)),
];
const POSTS: [&str; 3] = [
    "The fins are red",
    "We have a countdown",
    "Melon landed safely",
];
const RECIPES: [&str; 3] = ["Recipes", "Soup in a tube", "Plätzchen"];
const FIRST_PAGE: u64 = 98_305;

/// Confluence with all of it.
pub(crate) fn confluence() -> Confluence {
    let mut contents = Vec::new();
    for (place, (title, parent)) in PAGES.into_iter().enumerate() {
        let parent = parent.map(|parent| FIRST_PAGE + parent as u64);
        contents.push(content(FIRST_PAGE + place as u64, title, 0, parent));
    }
    for (place, title) in RECIPES.into_iter().enumerate() {
        let parent = (place > 0).then_some(FIRST_PAGE + 100);
        contents.push(content(FIRST_PAGE + 100 + place as u64, title, 1, parent));
    }
    for (place, title) in POSTS.into_iter().enumerate() {
        let mut post = content(FIRST_PAGE + 200 + place as u64, title, 0, None);
        post.is_post = true;
        contents.push(post);
    }
    contents[0].labels = vec!["start".to_owned(), "rocket".to_owned()];
    contents[2].labels = vec!["rocket".to_owned()];
    let body = COUNTDOWN.to_owned();
    contents[2].versions.push(Version {
        author: 1,
        when: "2027-02-01T10:00:00.000Z".to_owned(),
        message: "the seven is back".to_owned(),
        body,
    });
    let comments = [(0, "Where is the door?"), (1, "On the left, as ever.")];
    Confluence {
        contents,
        comments: comments
            .into_iter()
            .map(|(place, body)| PageComment {
                id: 131_073 + place as u64,
                page: FIRST_PAGE + 1,
                author: place + 1,
                body: format!("<p>{body}</p>"),
                version: 1,
            })
            .collect(),
        files: vec![PageFile {
            id: 163_841,
            page: FIRST_PAGE + 2,
            name: "countdown.txt".to_owned(),
            bytes: b"10 9 8 7 6 5 4 3 2 1\n".to_vec(),
            version: 1,
        }],
        next_id: 200_000,
    }
}

fn content(id: u64, title: &str, space: usize, parent: Option<u64>) -> Content {
    let day = id % 28 + 1;
    let shown = title.replace('&', "&amp;");
    Content {
        id,
        is_post: false,
        title: title.to_owned(),
        space,
        parent,
        labels: Vec::new(),
        versions: vec![Version {
            author: usize::from(id.is_multiple_of(2)),
            when: format!("2027-01-{day:02}T10:00:00.000Z"),
            message: String::new(),
            body: format!(
                "<h1>{shown}</h1><p>Everything about <em>{shown}</em> that the crew knows.</p>"
            ),
        }],
        is_in_trash: false,
    }
}

/// A page with one of everything that people write.
const COUNTDOWN: &str = r#"<h1>The countdown</h1>
<p>Count <strong>aloud</strong>, and <em>backwards</em>. See <a href="https://acme.example/numbers">numbers</a>.</p>
<ol><li><p>ten</p></li><li><p>nine</p></li></ol>
<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>find the seven</ac:task-body></ac:task><ac:task><ac:task-id>2</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>count again</ac:task-body></ac:task></ac:task-list>
<ac:structured-macro ac:name="code"><ac:parameter ac:name="language">rust</ac:parameter><ac:plain-text-body><![CDATA[for n in (1..=10).rev() { say(n); }]]></ac:plain-text-body></ac:structured-macro>
<ac:structured-macro ac:name="warning"><ac:rich-text-body><p>Do not stop at <code>2</code>.</p></ac:rich-text-body></ac:structured-macro>
<table><tbody><tr><th>number</th><th>word</th></tr><tr><td>1</td><td>one</td></tr></tbody></table>
<p><ac:link><ri:user ri:account-id="5f0000000000000000000002" /></ac:link> counts best.</p>"#;
