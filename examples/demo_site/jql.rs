//! The little of JQL that the site understands: comparisons joined by `AND`, the order ignored. A text goes in, a test
//! for issues comes out, or what Jira says of a query that is wrong.

use super::document;
use super::jira::Issue;
use super::jira_seed::{COMPONENTS, DONE, PRIORITIES, PROJECTS, STATUSES, TYPES};
use super::people::{PEOPLE, YOU};

/// Comparisons that all have to hold.
pub(crate) struct Query {
    clauses: Vec<Clause>,
}

struct Clause {
    field: String,
    operator: String,
    values: Vec<String>,
}

/// The fields that can be compared.
const FIELDS: [&str; 22] = [
    "project",
    "key",
    "issuekey",
    "id",
    "status",
    "type",
    "issuetype",
    "labels",
    "assignee",
    "reporter",
    "text",
    "summary",
    "priority",
    "statuscategory",
    "component",
    "resolution",
    "sprint",
    "fixversion",
    "created",
    "updated",
    "duedate",
    "due",
];

impl Query {
    /// Reads a query.
    pub(crate) fn parse(text: &str) -> Result<Query, String> {
        let words = words(text);
        let mut words = words.iter().map(String::as_str).peekable();
        let mut clauses = Vec::new();
        while let Some(word) = words.next() {
            if word.eq_ignore_ascii_case("order") {
                break;
            }
            if word.eq_ignore_ascii_case("and") {
                continue;
            }
            let field = word.to_lowercase();
            if field == "or" || field == "not" || word == "(" {
                return Err(format!(
                    "Error in the JQL Query: this site understands no `{word}`."
                ));
            }
            if !FIELDS.contains(&field.as_str()) {
                return Err(format!(
                    "Field '{word}' does not exist or you do not have permission to view it."
                ));
            }
            let mut operator = words.next().unwrap_or_default().to_lowercase();
            if operator == "not" || operator == "is" {
                let next =
                    words.next_if(|word| ["in", "not"].contains(&word.to_lowercase().as_str()));
                operator = format!("{operator} {}", next.unwrap_or_default().to_lowercase());
            }
            let mut values = Vec::new();
            match words.next() {
                Some("(") => {
                    // a function has its own parentheses, with nothing between them
                    let mut depth = 1;
                    for value in words.by_ref() {
                        match value {
                            "(" => depth += 1,
                            ")" => depth -= 1,
                            value => values.push(value.to_owned()),
                        }
                        if depth == 0 {
                            break;
                        }
                    }
                }
                Some(value) => values.push(value.to_owned()),
                None => {
                    return Err(format!(
                        "Error in the JQL Query: Expecting a value after the field '{word}'."
                    ));
                }
            }
            if words.next_if_eq(&"(").is_some() {
                words.next_if_eq(&")");
            }
            clauses.push(Clause {
                field,
                operator: operator.trim().to_owned(),
                values,
            });
        }
        let query = Query { clauses };
        query.check()?;
        Ok(query)
    }

    /// Jira does not search where nothing is asked for.
    pub(crate) fn is_bounded(&self) -> bool {
        !self.clauses.is_empty()
    }

    fn check(&self) -> Result<(), String> {
        for clause in &self.clauses {
            for value in &clause.values {
                let known = match clause.field.as_str() {
                    "project" => PROJECTS.iter().any(|(key, id, name, _)| {
                        [key, id, name]
                            .iter()
                            .any(|known| known.eq_ignore_ascii_case(value))
                    }),
                    "status" => STATUSES
                        .iter()
                        .any(|(name, ..)| name.eq_ignore_ascii_case(value)),
                    "type" | "issuetype" => {
                        TYPES.iter().any(|name| name.eq_ignore_ascii_case(value))
                    }
                    "key" | "issuekey" if !value.contains('-') => {
                        return Err(format!(
                            "The issue key '{value}' for field '{}' is invalid.",
                            clause.field
                        ));
                    }
                    _ => true,
                };
                if !known {
                    return Err(format!(
                        "The value '{value}' does not exist for the field '{}'.",
                        clause.field
                    ));
                }
            }
        }
        Ok(())
    }

    /// The keys of issues that are asked for by name.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        let meant = |clause: &&Clause| clause.field.ends_with("key") && clause.operator == "=";
        self.clauses
            .iter()
            .filter(meant)
            .flat_map(|clause| clause.values.iter().map(String::as_str))
    }

    /// Whether only the big project can have what is asked for.
    pub(crate) fn asks_for(&self, project: &str) -> bool {
        self.clauses.iter().any(|clause| {
            let named = clause
                .values
                .iter()
                .any(|value| match clause.field.as_str() {
                    "project" => value.eq_ignore_ascii_case(project),
                    "key" | "issuekey" => value
                        .split('-')
                        .next()
                        .is_some_and(|key| key.eq_ignore_ascii_case(project)),
                    _ => false,
                });
            named && !clause.operator.starts_with("not") && clause.operator != "!="
        })
    }

    /// Whether the project is all that is asked for.
    pub(crate) fn is_project_alone(&self) -> bool {
        self.clauses.iter().all(|clause| clause.field == "project")
    }

    /// Whether an issue is meant.
    pub(crate) fn matches(&self, issue: &Issue) -> bool {
        self.clauses.iter().all(|clause| clause.matches(issue))
    }
}

impl Clause {
    fn matches(&self, issue: &Issue) -> bool {
        let holds = self.values.iter().any(|value| self.is(issue, value));
        let reversed =
            self.operator.starts_with("not") || self.operator == "!=" || self.operator == "is not";
        holds != reversed
    }

    fn is(&self, issue: &Issue, value: &str) -> bool {
        let same = |known: &str| known.eq_ignore_ascii_case(value);
        match self.field.as_str() {
            "project" => PROJECTS
                .iter()
                .find(|(key, ..)| *key == issue.project)
                .is_some_and(|(key, id, name, _)| same(key) || same(id) || same(name)),
            "key" | "issuekey" | "id" => same(&issue.key()) || same(&issue.id.to_string()),
            "status" => same(STATUSES[issue.status].0),
            "statuscategory" => same(STATUSES[issue.status].2) || same(STATUSES[issue.status].1),
            "type" | "issuetype" => same(TYPES[issue.kind]),
            "priority" => same(PRIORITIES[issue.priority]),
            "component" => issue
                .components
                .iter()
                .any(|place| same(COMPONENTS[*place])),
            "resolution" if issue.status == DONE => same("Done"),
            "resolution" => same("Unresolved") || same("EMPTY"),
            "sprint" if same("openSprints") => issue.sprint == Some(2),
            "sprint" => issue.sprint.map(|sprint| sprint.to_string()).as_deref() == Some(value),
            "fixversion" => same("EMPTY"),
            // every moment is as good as any other
            "created" | "updated" | "due" | "duedate" => true,
            "labels" => issue.labels.iter().any(|label| same(label)),
            "assignee" => is_person(issue.assignee, value),
            "reporter" => is_person(Some(issue.reporter), value),
            _ => {
                let text = if self.field == "text" {
                    format!("{} {}", issue.summary, document::plain(&issue.description))
                } else {
                    issue.summary.clone()
                };
                let wanted = value.trim_matches('"').trim_end_matches('*').to_lowercase();
                text.to_lowercase().contains(&wanted)
            }
        }
    }
}

fn is_person(person: Option<usize>, value: &str) -> bool {
    let Some(person) = person else {
        return value.eq_ignore_ascii_case("empty") || value.eq_ignore_ascii_case("null");
    };
    if value.eq_ignore_ascii_case("currentUser") {
        return person == YOU;
    }
    let who = &PEOPLE[person];
    [who.account_id, who.name, who.email, who.shown].contains(&value)
}

/// Words, texts in quotes, operators and parentheses.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' | '\'' => {
                let mut word = String::new();
                while let Some(next) = characters.next() {
                    match next {
                        '\\' => word.extend(characters.next()),
                        next if next == character => break,
                        next => word.push(next),
                    }
                }
                words.push(word);
            }
            '(' | ')' => words.push(character.to_string()),
            '=' | '!' | '~' | '<' | '>' => {
                let mut word = character.to_string();
                word.extend(characters.next_if(|next| ['=', '~'].contains(next)));
                words.push(word);
            }
            character if character.is_whitespace() || character == ',' => {}
            character => {
                let mut word = character.to_string();
                let ends = |next: &char| next.is_whitespace() || "()=!~<>,\"'".contains(*next);
                while let Some(next) = characters.next_if(|next| !ends(next)) {
                    word.push(next);
                }
                words.push(word);
            }
        }
    }
    words
}
