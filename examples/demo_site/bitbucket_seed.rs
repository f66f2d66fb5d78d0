//! What is in Bitbucket at the start: the rocket and a few smaller repositories.

use super::bitbucket::{Bitbucket, Commit, Pipeline, Pull, Repository};

/// The branch of releases.
pub(crate) const MAIN: &str = "main";
/// The moment at which everything happens that happens now.
pub(crate) const NOW: &str = "2027-03-01T09:30:00.000000+00:00";

const MESSAGES: [&str; 14] = [
    "Pack biscuits",
    "Lids for the sample jars",
    "Label both red buttons",
    "Oil the ramp",
    "Say \"over\" once",
    "Compass: skip lunch",
    "Fins are red now",
    "Bring the seven back",
    "Measure the melon",
    "Countdown",
    "Quieter thrusters",
    "First fin",
    "An engine",
    "Begin",
];

/// Bitbucket with all of it.
pub(crate) fn bitbucket() -> Bitbucket {
    let smaller = [
        ("landing-site", "Where to land, and where not to"),
        ("melon-tests", "Parachutes, tried out"),
        ("star-map", "The far side, with a legend"),
    ];
    let mut repositories = vec![rocket()];
    for (slug, description) in smaller {
        repositories.push(Repository {
            slug: slug.to_owned(),
            description: description.to_owned(),
            is_private: slug != "star-map",
            commits: commits().into_iter().skip(12).collect(),
            branches: vec![(MAIN.to_owned(), hash(2))],
            pulls: Vec::new(),
            pipelines: Vec::new(),
        });
    }
    Bitbucket {
        repositories,
        next_id: 500,
    }
}

/// The hash of the commit of a number, the first one having 1.
fn hash(number: usize) -> String {
    format!(
        "{:040x}",
        (number as u128 + 11) * 0x9e37_79b9_7f4a_7c15_f39c_c060
    )
}

fn commits() -> Vec<Commit> {
    MESSAGES
        .into_iter()
        .enumerate()
        .map(|(place, message)| {
            let number = MESSAGES.len() - place;
            Commit {
                hash: hash(number),
                author: place % 4,
                when: format!("2027-02-{:02}T14:00:00+00:00", number + 10),
                message: format!("{message}\n"),
            }
        })
        .collect()
}

fn rocket() -> Repository {
    let branch = |name: &str, number| (name.to_owned(), hash(number));
    Repository {
        slug: "rocket".to_owned(),
        description: "The rocket".to_owned(),
        is_private: true,
        commits: commits(),
        branches: vec![
            branch(MAIN, MESSAGES.len()),
            branch("feature/red-fins", 8),
            branch("feature/wave", 9),
            branch("fix/the-seven", 7),
            branch("spike/kites", 3),
        ],
        pulls: vec![
            pull(1, "Paint the fins red", "feature/red-fins", "MERGED"),
            pull(2, "Bring the seven back", "fix/the-seven", "OPEN"),
            pull(3, "Teach the autopilot to wave", "feature/wave", "OPEN"),
            pull(4, "Catch kites with the antenna", "spike/kites", "DECLINED"),
        ],
        pipelines: [
            (1, "feature/red-fins", Some("SUCCESSFUL")),
            (2, "fix/the-seven", Some("FAILED")),
            (3, "fix/the-seven", Some("SUCCESSFUL")),
            (4, MAIN, None),
        ]
        .into_iter()
        .map(|(number, branch, result)| Pipeline {
            number,
            branch: branch.to_owned(),
            result,
            author: 0,
            when: format!("2027-02-2{number}T14:05:00.000000Z"),
        })
        .collect(),
    }
}

fn pull(id: u64, title: &str, source: &str, state: &'static str) -> Pull {
    let first = (400 + id, 2, "Does it squeak?".to_owned());
    Pull {
        id,
        title: title.to_owned(),
        description: format!("{title}.\n\nTried on the ramp."),
        state,
        author: usize::from(!id.is_multiple_of(2)),
        source: source.to_owned(),
        destination: MAIN.to_owned(),
        approvals: if id == 1 { vec![2] } else { Vec::new() },
        comments: if id < 3 { vec![first] } else { Vec::new() },
        closes_branch: false,
        has_conflict: id == 3,
    }
}
