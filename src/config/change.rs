//! A file's text and a list of steps go in, the text that the file is to have comes out; or why it may not.
//!
//! Paths become the keys that the file spells, steps become edits, and the whole result is judged before
//! anybody writes it. Nothing is written here, and no secret comes by.

use super::check::{Checked, Problem, SyntaxError, Trust, check};
use super::edit::{self, Edit, EditError};
use super::path::Path;
use super::quick;
use super::value::Value;
use std::borrow::Cow;
use std::collections::HashMap;
use std::mem::{Discriminant, discriminant};
use std::ops::Range;
use toml_edit::Document;

/// One change of a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Set a setting, which is neither secret nor, in a shared file, protected.
    Set {
        /// The setting's path.
        path: Path,
        /// Its new value.
        value: Value,
    },
    /// See that there is a profile or an instance, with or without settings.
    Table {
        /// Its path.
        path: Path,
    },
    /// Back to the default: a setting, or all of a section. Nothing there is fine.
    Unset {
        /// Its path.
        path: Path,
    },
    /// Another name for a profile, another address for an instance.
    Rename {
        /// Its path.
        from: Path,
        /// The new last key.
        name: String,
    },
}

/// Why a file cannot be changed like this.
#[derive(Debug, Clone, PartialEq)]
pub enum PlanError {
    /// It is not TOML.
    Syntax(SyntaxError),
    /// The keys to change stand there in two spellings; which one is meant?
    TwoSpellings(Problem),
    /// The document has no place for it.
    Edit(EditError),
    /// The result would have an error that the file does not have now; `text` is the result.
    WouldAdd {
        /// What would be wrong.
        problem: Box<Problem>,
        /// The text in which it would be wrong.
        text: String,
    },
}

/// What a file is to hold.
#[derive(Debug, PartialEq)]
pub struct Planned<'a> {
    /// The whole text; the one that was given if nothing changes.
    pub text: Cow<'a, str>,
    /// Whether it was seen that nothing at all is wrong with it. If not, [`check`] knows more.
    pub fine: bool,
}

/// The text that a file has after the steps; the same text if they change nothing.
pub fn plan<'a>(text: &'a str, trust: Trust, steps: &[Step]) -> Result<Planned<'a>, PlanError> {
    if let [Step::Set { path, value }] = steps
        && let Ok(answer) = quick::find(text, path, trust)
    {
        if answer.value.as_ref() == Some(value) {
            return Ok(Planned {
                text: text.into(),
                fine: true,
            });
        }
        // in a file that is fine, every key is spelled as in the path
        let keys = path.to_keys();
        if let Some(changed) = edit::set_found(text, &answer.found, &keys, &value.to_toml()) {
            return judged(text, changed, trust);
        }
    }
    let now = Now::of(text, trust, steps)?;
    if let Some(replacements) = now.replacements(steps) {
        if replacements.is_empty() {
            return Ok(Planned {
                text: text.into(),
                fine: true,
            });
        }
        if let Some(changed) = edit::replace_found(text, replacements) {
            return judged(text, changed, trust);
        }
    }
    let mut edits = Vec::with_capacity(steps.len());
    for step in steps {
        edits.extend(now.edit(step)?);
    }
    if edits.is_empty() {
        return Ok(Planned {
            text: text.into(),
            fine: matches!(now, Now::Plain(_)),
        });
    }
    let changed = edit::apply(text, &edits).map_err(PlanError::Edit)?;
    judged(text, changed, trust)
}

/// The changed text, if nothing is wrong with it that was not wrong before.
fn judged<'a>(text: &str, changed: String, trust: Trust) -> Result<Planned<'a>, PlanError> {
    let fine = quick::judge(&changed, trust).is_ok();
    if !fine {
        refuse_new_problems(text, &changed, trust)?;
    }
    Ok(Planned {
        text: changed.into(),
        fine,
    })
}

/// What a file sets now, as far as the steps need it.
enum Now<'a> {
    /// The quick pass found nothing unusual: every key is spelled as its canonical path.
    Plain(HashMap<Path, (Value, Range<usize>)>),
    /// Something is unusual, or the steps have to know of more than values.
    Exact {
        checked: Box<Checked>,
        document: Box<Document<&'a str>>,
    },
}

impl<'a> Now<'a> {
    fn of(text: &'a str, trust: Trust, steps: &[Step]) -> Result<Now<'a>, PlanError> {
        // to know what is there to be unset takes the tables, too
        let paths = steps.iter().map(|step| match step {
            Step::Set { path, .. } => Some(path),
            _ => None,
        });
        if let Some(paths) = paths.collect::<Option<Vec<_>>>()
            && let Ok(entries) = quick::find_all(text, paths, trust)
        {
            let values = entries
                .into_iter()
                .map(|entry| (entry.path, (entry.value, entry.span)));
            return Ok(Now::Plain(values.collect()));
        }
        Now::exact(text, trust)
    }

    fn exact(text: &'a str, trust: Trust) -> Result<Now<'a>, PlanError> {
        let checked = check(text, trust).map_err(PlanError::Syntax)?;
        let document =
            Document::parse(text).map_err(|error| PlanError::Syntax(SyntaxError::of(&error)))?;
        Ok(Now::Exact {
            checked: Box::new(checked),
            document: Box::new(document),
        })
    }

    /// Where values change and to what, if that is all that the steps do.
    fn replacements(&self, steps: &[Step]) -> Option<Vec<(Range<usize>, String)>> {
        let Now::Plain(values) = self else {
            return None;
        };
        let mut replacements = Vec::with_capacity(steps.len());
        for step in steps {
            let Step::Set { path, value } = step else {
                return None;
            };
            let (old, span) = values.get(path)?;
            if old != value {
                replacements.push((span.clone(), value.to_toml()));
            }
        }
        Some(replacements)
    }

    fn keys_of(&self, path: &Path) -> Result<Vec<String>, PlanError> {
        let Now::Exact { checked, .. } = self else {
            return Ok(path.to_keys());
        };
        match checked.two_spellings(path) {
            Some(problem) => Err(PlanError::TwoSpellings(problem.clone())),
            None => Ok(checked.keys_of(path)),
        }
    }

    fn edit(&self, step: &Step) -> Result<Option<Edit>, PlanError> {
        Ok(match step {
            Step::Set { path, value } => {
                let same = match self {
                    Now::Plain(values) => values.get(path).is_some_and(|(old, _)| old == value),
                    Now::Exact { checked, .. } => checked
                        .entries
                        .iter()
                        .any(|entry| entry.path == *path && entry.value == *value),
                };
                let keys = self.keys_of(path)?;
                (!same).then(|| Edit::Set {
                    keys,
                    value: value.to_toml(),
                })
            }
            Step::Table { path } => Some(Edit::Table {
                keys: self.keys_of(path)?,
            }),
            Step::Unset { path } => {
                let keys = self.keys_of(path)?;
                self.holds(&keys).then_some(Edit::Unset { keys })
            }
            Step::Rename { from, name } => Some(Edit::Rename {
                keys: self.keys_of(from)?,
                name: name.clone(),
            }),
        })
    }

    /// Whether something stands at these keys, right or wrong.
    fn holds(&self, keys: &[String]) -> bool {
        let Now::Exact { document, .. } = self else {
            return true;
        };
        let mut at = Some(document.as_item());
        for key in keys {
            at = at.and_then(|item| item.get(key.as_str()));
        }
        at.is_some()
    }
}

/// A change may leave errors where they are, and may not add one. An old text that does not parse has none to
/// leave.
pub fn refuse_new_problems(old: &str, new: &str, trust: Trust) -> Result<(), PlanError> {
    type Kind<'a> = (&'a Path, Discriminant<super::check::Fault>);
    fn kind(problem: &Problem) -> Kind<'_> {
        (&problem.path, discriminant(&problem.fault))
    }
    let before = check(old, trust).unwrap_or_default().problems;
    let mut known: HashMap<Kind<'_>, usize> = HashMap::new();
    for problem in &before {
        *known.entry(kind(problem)).or_default() += 1;
    }
    let after = check(new, trust).map_err(PlanError::Syntax)?.problems;
    for problem in &after {
        match known.get_mut(&kind(problem)) {
            Some(count) if *count > 0 => *count -= 1,
            _ => {
                return Err(PlanError::WouldAdd {
                    problem: Box::new(problem.clone()),
                    text: new.to_owned(),
                });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(path: &str, value: &str) -> Step {
        let path = Path::parse(path).unwrap();
        let super::super::schema::Match::Setting(setting) = path.lookup() else {
            panic!("{path}")
        };
        Step::Set {
            value: Value::from_text(&setting.kind, value).unwrap(),
            path,
        }
    }

    fn unset(path: &str) -> Step {
        Step::Unset {
            path: Path::parse(path).unwrap(),
        }
    }

    fn text_after(text: &str, steps: &[Step]) -> String {
        plan(text, Trust::User, steps).unwrap().text.into_owned()
    }

    #[test]
    fn a_hand_written_spelling_is_edited_in_place() {
        let text = "[auth.jira.\"ACME.atlassian.net/\"] # ours\nusername = \"me\"\n";
        let step = set("auth.jira.https://acme.atlassian.net.username", "you");
        let changed = text_after(text, std::slice::from_ref(&step));
        assert_eq!(changed, text.replace("\"me\"", "\"you\""));
        let other = set("auth.jira.https://acme.atlassian.net.deployment", "cloud");
        let changed = text_after(text, &[step, other]);
        assert_eq!(
            changed,
            text.replace("\"me\"", "\"you\"") + "deployment = \"cloud\"\n"
        );
    }

    #[test]
    fn what_changes_nothing_leaves_the_text_alone() {
        let text = "output.format = 'json'\ndefault_profile = \"work\"\n";
        for steps in [
            vec![set("output.format", "json")],
            vec![set("output.format", "json"), set("default_profile", "work")],
            vec![unset("output.color"), unset("profiles.gone")],
        ] {
            let planned = plan(text, Trust::User, &steps).unwrap();
            assert!(matches!(planned.text, Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn several_values_change_as_they_would_one_by_one() {
        let text =
            "# c\noutput.format = 'json' # c\n\n[connection]\ntimeout = 5 # c\nmax_retries = 1";
        let there = [
            set("connection.max_retries", "2"),
            set("output.format", "csv"),
            set("connection.timeout", "5"),
        ];
        let new = set("connection.max_workers", "3");
        for steps in [&there[..], &[&there[..], &[new]].concat()] {
            let together = text_after(text, steps);
            let one_by_one = steps.iter().fold(text.to_owned(), |text, step| {
                text_after(&text, std::slice::from_ref(step))
            });
            assert_eq!(together, one_by_one);
            assert!(together.contains("format = \"csv\" # c\n"), "{together}");
        }
    }

    #[test]
    fn errors_that_are_there_may_stay_and_may_be_mended_and_none_may_come() {
        let text = "[output]\nformat = \"jsn\"\ncolour = \"x\"\n";
        let changed = text_after(text, &[set("output.color", "never")]);
        assert_eq!(changed, format!("{text}color = \"never\"\n"));
        let mended = text_after(
            text,
            &[set("output.format", "json"), unset("output.colour")],
        );
        assert_eq!(mended, "[output]\nformat = \"json\"\n");
        let raw = Step::Set {
            path: Path::parse("output.format").unwrap(),
            value: Value::Integer(1),
        };
        let refused = plan("", Trust::User, &[raw]);
        assert!(
            matches!(refused, Err(PlanError::WouldAdd { .. })),
            "{refused:?}"
        );
    }

    #[test]
    fn two_spellings_of_what_is_to_be_changed_are_refused() {
        let text = "[auth.jira.'https://A.b']\n[auth.jira.'https://a.b/']\n[output]\n";
        let refused = plan(
            text,
            Trust::User,
            &[set("auth.jira.https://a.b.username", "x")],
        );
        assert!(
            matches!(refused, Err(PlanError::TwoSpellings(_))),
            "{refused:?}"
        );
        assert!(plan(text, Trust::User, &[set("output.format", "json")]).is_ok());
    }
}
