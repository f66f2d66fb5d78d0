//! The wording for fields that were not accepted: what a server says of them, the values that they may have, and the flag
//! that sets them.

use crate::cli::describe::shell_word;
use crate::product::FieldFacts;

/// As many of the values that a field may have are shown.
const MOST_VALUES: usize = 30;

/// A field that was not accepted, what the server says of it, and what it may be.
pub(super) fn line(field: &str, said: &str, known: Option<&FieldFacts>) -> String {
    let Some(known) = known else {
        return format!("{field}: {said}");
    };
    let mut text = if known.name.is_empty() || known.name.eq_ignore_ascii_case(field) {
        format!("{field}: {said}")
    } else {
        format!("{field} ({}): {said}", known.name)
    };
    if !known.allowed.is_empty() {
        let shown: Vec<&str> = known.allowed.iter().map(String::as_str).collect();
        let rest = shown.len().saturating_sub(MOST_VALUES);
        text.push_str(if said.ends_with('.') {
            " One of: "
        } else {
            ". One of: "
        });
        text.push_str(&shown[..shown.len() - rest].join(", "));
        if rest > 0 {
            text.push_str(&format!(" and {rest} more"));
        }
    }
    text
}

/// The flags that set them.
pub(super) fn examples(facts: &[FieldFacts]) -> impl Iterator<Item = String> {
    facts.iter().filter_map(|known| {
        let (flag, value) = known.example.as_ref()?;
        Some(format!("`--{flag} {}` sets it", shell_word(value)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(name: &str, allowed: usize) -> FieldFacts {
        FieldFacts {
            id: "customfield_1".to_owned(),
            name: name.to_owned(),
            allowed: (0..allowed).map(|number| format!("v{number}")).collect(),
            example: Some(("field", "customfield_1={\"value\":\"v0\"}".to_owned())),
        }
    }

    #[test]
    fn a_field_is_called_as_people_know_it() {
        let said = |known: Option<&FieldFacts>| line("customfield_1", "Team is required.", known);
        assert_eq!(said(None), "customfield_1: Team is required.");
        assert_eq!(
            said(Some(&facts("Team", 2))),
            "customfield_1 (Team): Team is required. One of: v0, v1"
        );
        assert_eq!(
            said(Some(&facts("", 0))),
            "customfield_1: Team is required."
        );
        let many = said(Some(&facts("Team", 40)));
        assert!(many.ends_with(", v29 and 10 more"), "{many}");
    }

    #[test]
    fn an_example_can_be_pasted() {
        let hints: Vec<String> = examples(&[facts("Team", 1)]).collect();
        assert_eq!(
            hints,
            ["`--field 'customfield_1={\"value\":\"v0\"}'` sets it"]
        );
    }
}
