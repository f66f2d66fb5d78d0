//! Filters as they were typed go in, one query in JQL comes out: everything quoted, and no text reads as anything else.

use crate::product::error::ApiError;
use crate::product::people;
use crate::product::run::Run;

/// The flags that filter, for whoever says that one of them is needed.
pub(super) const FLAGS: [&str; 7] = [
    "jql", "project", "assignee", "status", "type", "label", "text",
];

/// The query that `--jql` and the filters make; `None` where nothing was given. People named by address are looked up.
pub(super) async fn of(run: &Run<'_>) -> Result<Option<String>, ApiError> {
    let mut clauses = Vec::new();
    if let Some(project) = run.values.text("project") {
        clauses.push(is("project", project));
    }
    for (flag, field) in [
        ("type", "issuetype"),
        ("status", "status"),
        ("label", "labels"),
    ] {
        clauses.extend(one_of(field, run.values.texts(flag)));
    }
    match run.values.text("assignee") {
        Some(people::ME) => clauses.push("assignee = currentUser()".to_owned()),
        Some(people::NOBODY) => clauses.push("assignee is EMPTY".to_owned()),
        Some(person) => {
            let person = people::find(run.site, person).await?;
            clauses.push(is("assignee", &person));
        }
        None => {}
    }
    if let Some(text) = run.values.text("text") {
        clauses.push(format!("text ~ {}", quoted(&search_text(text))));
    }
    Ok(joined(&clauses, run.values.text("jql").unwrap_or_default()))
}

/// Clauses that all have to hold, with a query that may be more than one clause and may have an order.
fn joined(clauses: &[String], jql: &str) -> Option<String> {
    let (condition, order) = split_order(jql);
    let mut all: Vec<String> = clauses.to_vec();
    if !condition.is_empty() {
        all.push(if clauses.is_empty() {
            condition.to_owned()
        } else {
            format!("({condition})")
        });
    }
    let words = [all.join(" AND "), order.to_owned()];
    let words: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| !word.is_empty())
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn is(field: &str, value: &str) -> String {
    format!("{field} = {}", quoted(value))
}

fn one_of(field: &str, values: &[String]) -> Option<String> {
    match values {
        [] => None,
        [one] => Some(is(field, one)),
        several => {
            let quoted: Vec<String> = several.iter().map(|value| quoted(value)).collect();
            Some(format!("{field} in ({})", quoted.join(", ")))
        }
    }
}

/// A text as JQL quotes it: always, as words such as `empty` mean something without quotes.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

/// A text to search for: what Jira's search reads as an operator is meant as it stands. Wildcards and, if they are
/// balanced, quotes around phrases keep their meaning.
fn search_text(text: &str) -> String {
    let phrases = text.matches('"').count().is_multiple_of(2);
    let mut escaped = String::new();
    for c in text.chars() {
        let is_operator = "+-&|!(){}[]^~:\\/".contains(c) || (c == '"' && !phrases);
        if is_operator {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// A query as its condition and its order, which begins with `order by` outside of quotes.
fn split_order(jql: &str) -> (&str, &str) {
    let mut quote = None;
    let mut escaped = false;
    let mut before = ' ';
    for (at, c) in jql.char_indices() {
        match quote {
            Some(_) if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(open) if c == open => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            None if !(before.is_alphanumeric() || before == '_') && begins_order(&jql[at..]) => {
                return (jql[..at].trim(), jql[at..].trim());
            }
            _ => {}
        }
        before = c;
    }
    (jql.trim(), "")
}

fn begins_order(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let mut is_next = |word: &str| {
        words
            .next()
            .is_some_and(|next| next.eq_ignore_ascii_case(word))
    };
    is_next("order") && is_next("by")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn values_are_quoted_whatever_they_hold() {
        for (text, jql) in [
            ("In Progress", r#""In Progress""#),
            ("empty", r#""empty""#),
            (r#"says "over""#, r#""says \"over\"""#),
            (r"C:\temp", r#""C:\\temp""#),
            ("a\nb", r#""a\nb""#),
            (r#"x" OR project = "Y"#, r#""x\" OR project = \"Y""#),
        ] {
            assert_eq!(quoted(text), jql);
        }
    }

    #[test]
    fn operators_of_the_search_are_meant_as_they_stand() {
        for (text, searched) in [
            ("fuel gauge", "fuel gauge"),
            ("C++ (new)", r"C\+\+ \(new\)"),
            ("plätz*", "plätz*"),
            (r#""fuel gauge""#, r#""fuel gauge""#),
            (r#"6" pipe"#, r#"6\" pipe"#),
        ] {
            assert_eq!(search_text(text), searched);
        }
    }

    #[test]
    fn an_order_stays_at_the_end() {
        let filter = [is("project", "DEV")];
        for (jql, query) in [
            ("", r#"project = "DEV""#),
            ("status = Done", r#"project = "DEV" AND (status = Done)"#),
            (
                "status = Done OR x = 1 ORDER  BY rank",
                r#"project = "DEV" AND (status = Done OR x = 1) ORDER  BY rank"#,
            ),
            (
                r#"summary ~ "order by \" x" order by key"#,
                r#"project = "DEV" AND (summary ~ "order by \" x") order by key"#,
            ),
            ("order by created", r#"project = "DEV" order by created"#),
            (
                "a = '\" order by' ",
                r#"project = "DEV" AND (a = '" order by')"#,
            ),
        ] {
            assert_eq!(joined(&filter, jql).as_deref(), Some(query), "{jql}");
        }
        assert_eq!(
            joined(&[], "a = 1 order by b").as_deref(),
            Some("a = 1 order by b")
        );
        assert_eq!(joined(&[], "  "), None);
    }

    proptest! {
        /// Read as Jira reads it, a quoted text is the text.
        #[test]
        fn quoting_can_be_undone(text in any::<String>()) {
            let jql = quoted(&text);
            let inner = &jql[1..jql.len() - 1];
            let mut read = String::new();
            let mut characters = inner.chars();
            while let Some(c) = characters.next() {
                prop_assert_ne!(c, '"');
                if c != '\\' {
                    read.push(c);
                    continue;
                }
                read.push(match characters.next() {
                    Some('n') => '\n',
                    Some('r') => '\r',
                    Some('t') => '\t',
                    Some(other) => other,
                    None => return Err(TestCaseError::fail("a backslash at the end")),
                });
            }
            prop_assert_eq!(read, text);
        }

        /// Nothing of a query is lost when its order is split off.
        #[test]
        fn splitting_keeps_all(jql in "[a-z\"'\\\\ ]{0,20}( order by [a-z]{1,5})?") {
            let (condition, order) = split_order(&jql);
            let whole: String = jql.split_whitespace().collect();
            let parts: String = format!("{condition} {order}").split_whitespace().collect();
            prop_assert_eq!(whole, parts);
        }
    }
}
