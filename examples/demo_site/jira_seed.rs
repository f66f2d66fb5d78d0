//! What is in Jira at the start: two projects to work in, a big one to list, a service desk's.

use super::document;
use super::jira::{Attachment, Comment, Deployment, Issue, Jira, Link};
use serde_json::{Value, json};

/// Key, id, name, kind.
pub(crate) const PROJECTS: [(&str, &str, &str, &str); 4] = [
    ("DEV", "10000", "Rocket development", "software"),
    (
        "BIG",
        "10001",
        "A hundred thousand small things",
        "software",
    ),
    ("HELP", "10002", "Help desk", "service_desk"),
    ("OPS", "10003", "Launch pad", "business"),
];
/// Kinds of issues. The last one must have a component.
pub(crate) const TYPES: [&str; 4] = ["Task", "Bug", "Story", "Incident"];
/// The kind that cannot be made without a component.
pub(crate) const NEEDS_COMPONENT: &str = "Incident";
/// Name, key and name of its category.
pub(crate) const STATUSES: [(&str, &str, &str); 4] = [
    ("To Do", "new", "To Do"),
    ("In Progress", "indeterminate", "In Progress"),
    ("In Review", "indeterminate", "In Progress"),
    ("Done", "done", "Done"),
];
/// The place of the status that ends work.
pub(crate) const DONE: usize = 3;
/// From the most urgent one.
pub(crate) const PRIORITIES: [&str; 5] = ["Highest", "High", "Medium", "Low", "Lowest"];
/// Parts of the rocket.
pub(crate) const COMPONENTS: [&str; 3] = ["Engine", "Guidance", "Cabin"];
/// Name and whether it is out.
pub(crate) const VERSIONS: [(&str, bool); 3] = [("1.0", true), ("1.1", false), ("2.0", false)];
/// Name, inward and outward words.
pub(crate) const LINK_TYPES: [(&str, &str, &str); 3] = [
    ("Blocks", "is blocked by", "blocks"),
    ("Relates", "relates to", "relates to"),
    ("Duplicate", "is duplicated by", "duplicates"),
];
/// The issue that cannot be closed: changing many meets a fault with it.
pub(crate) const NEVER_DONE: &str = "DEV-7";
/// The moment at which everything happens that happens now: answers are the same whenever a test runs.
pub(crate) const NOW: &str = "2027-03-01T09:30:00.000+0000";

const SUMMARIES: [&str; 30] = [
    "Give the rocket a name",
    "Paint the fins red",
    "The countdown skips seven",
    "Teach the autopilot to wave",
    "Order more stardust",
    "Window of the cabin fogs up",
    "Write the launch checklist",
    "Telemetry arrives upside down",
    "Cup holders for zero gravity",
    "Test the parachute with a melon",
    "The airlock plays no music",
    "Choose a landing song",
    "Fuel gauge shows \"plenty\"",
    "Map of the far side, with a legend",
    "Seat belts for the houseplants",
    "Radio says \"over\" twice",
    "Compass points at lunch",
    "Weather balloon is missed by everybody",
    "Quiet mode for the thrusters",
    "Night light in the engine room",
    "Orbit is a little oval",
    "Spare key for the hatch",
    "Rehearse the speech after landing",
    "Antenna catches kites",
    "Cooling runs warm, a bit",
    "Ramp squeaks",
    "Label both of the red buttons",
    "Sample jars need lids",
    "Simulator has a high score of zero",
    "Pack biscuits, with umlauts: Plätzchen",
];

/// Jira with all of it.
pub(crate) fn jira(deployment: Deployment) -> Jira {
    let mut jira = Jira {
        deployment,
        issues: Vec::new(),
        links: Vec::new(),
        next_id: 20_000,
    };
    for (place, summary) in SUMMARIES.into_iter().enumerate() {
        jira.issues.push(issue("DEV", place, summary));
    }
    for (place, summary) in ["Mow the launch pad", "Replace the windsock"]
        .into_iter()
        .enumerate()
    {
        let mut issue = issue("OPS", place, summary);
        issue.id += 1_000;
        jira.issues.push(issue);
    }
    jira.issues[0].attachments.push(Attachment {
        id: 15_001,
        name: "names.txt".to_owned(),
        bytes: b"Rocket\nLassi One\nPeter\n".to_vec(),
    });
    for (id, inward, outward) in [(16_001, "DEV-2", "DEV-1"), (16_002, "DEV-7", "DEV-10")] {
        jira.links.push(Link {
            id,
            kind: 0,
            inward: inward.to_owned(),
            outward: outward.to_owned(),
        });
    }
    if deployment == Deployment::Cloud {
        jira.issues[3].description = long_document();
    }
    jira
}

fn issue(project: &'static str, place: usize, summary: &str) -> Issue {
    let number = place as u64 + 1;
    let day = place % 28 + 1;
    let created = format!("2027-01-{day:02}T08:15:00.000+0000");
    let mut comments = Vec::new();
    for comment in 0..place % 3 {
        comments.push(Comment {
            id: 14_000 + number * 10 + comment as u64,
            author: (place + comment) % 4,
            body: Value::from(["Looks good to me.", "Shall we try that on Friday?"][comment]),
            created: created.clone(),
            updated: created.clone(),
        });
    }
    Issue {
        id: 10_100 + number,
        project,
        number,
        summary: summary.to_owned(),
        kind: place % 3,
        status: [0, 1, 0, 2, 3][place % 5],
        priority: [2, 1, 3, 2, 0, 4][place % 6],
        assignee: [Some(0), Some(1), None, Some(2)][place % 4],
        reporter: (place + 1) % 4,
        labels: if place % 4 == 1 {
            vec!["paint".to_owned(), "outside".to_owned()]
        } else {
            Vec::new()
        },
        components: vec![place % 3],
        description: Value::from(format!("{summary}.\n\nWhoever has a free hour takes it.")),
        due: place.is_multiple_of(7).then(|| format!("2027-04-{day:02}")),
        sprint: (place < 12).then_some(if place < 8 { 1 } else { 2 }),
        comments,
        attachments: Vec::new(),
        watchers: vec![place % 4],
        updated: created.clone(),
        created,
    }
}

/// A description with one of everything that people write.
fn long_document() -> Value {
    let text = |text: &str| json!({ "type": "text", "text": text });
    let marked = |text: &str, mark: &str| json!({ "type": "text", "text": text, "marks": [{ "type": mark }] });
    let paragraph = |content: Value| json!({ "type": "paragraph", "content": content });
    let mut document = document::of_text("The crew likes to be greeted.");
    if let Some(content) = document["content"].as_array_mut() {
        content.extend([
            json!({ "type": "heading", "attrs": { "level": 2 }, "content": [text("What it must do")] }),
            json!({ "type": "bulletList", "content": [
                { "type": "listItem", "content": [paragraph(json!([text("wave with the "), marked("left", "strong"), text(" fin")]))] },
                { "type": "listItem", "content": [paragraph(json!([text("and "), marked("never", "em"), text(" during launch")]))] },
            ] }),
            json!({ "type": "taskList", "attrs": { "localId": "1" }, "content": [
                { "type": "taskItem", "attrs": { "localId": "2", "state": "DONE" }, "content": [text("ask the fin")] },
                { "type": "taskItem", "attrs": { "localId": "3", "state": "TODO" }, "content": [text("oil the hinge")] },
            ] }),
            json!({ "type": "codeBlock", "attrs": { "language": "rust" }, "content": [text("fin.wave(Times(3));")] }),
            json!({ "type": "panel", "attrs": { "panelType": "info" }, "content": [
                paragraph(json!([{ "type": "mention", "attrs": { "id": "5f0000000000000000000002", "text": "@Ada Park" } }, text(" knows the hinge "), { "type": "emoji", "attrs": { "shortName": ":wave:", "text": "👋" } }])),
            ] }),
        ]);
    }
    document
}
