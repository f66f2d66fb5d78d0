//! Two texts of a file go in, the lines that differ come out. A secret in plain text is masked in both.

use super::describe::MASK;
use crate::changes::holds_secret;
use crate::config::check::{Fault, check};
use crate::config::layer::Layer;
use crate::output::escape::Visible;
use similar::{ChangeTag, TextDiff};
use std::fmt::Write;
use std::path::Path;

/// How many unchanged lines are shown around a change.
const CONTEXT: usize = 2;

/// The difference, as a unified diff; a line that says so if there is none.
pub(super) fn of(file: &Path, layer: Layer, before: &str, after: &str) -> String {
    if before == after {
        return format!(
            "{}: nothing would change\n",
            Visible(&file.display().to_string())
        );
    }
    let (before, after) = (masked(before, layer), masked(after, layer));
    let name = file.display().to_string();
    let mut text = format!("--- {0}\n+++ {0}\n", Visible(&name));
    let diff = TextDiff::from_lines(&before, &after);
    for group in diff.grouped_ops(CONTEXT) {
        text.push_str("@@\n");
        for change in group
            .iter()
            .flat_map(|operation| diff.iter_changes(operation))
        {
            let sign = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => ' ',
            };
            // writing to a String cannot fail
            let _ = writeln!(
                text,
                "{sign}{}",
                Visible(change.value().trim_end_matches(['\n', '\r']))
            );
        }
    }
    text
}

/// The text with its secrets masked. What does not parse is not shown at all: nobody can tell what is in it.
fn masked(text: &str, layer: Layer) -> String {
    let Ok(checked) = check(text, layer.trust()) else {
        return "(this text is not valid TOML and is not shown)\n".to_owned();
    };
    let mut shown = text.to_owned();
    for problem in checked.problems.iter().rev() {
        if matches!(problem.fault, Fault::Secret { .. }) {
            shown.replace_range(problem.span.clone(), &format!("\"{MASK}\""));
        }
    }
    // comments, and secrets at keys that nobody knows
    let lines = shown.split_inclusive('\n');
    lines
        .map(|line| {
            if holds_more_than_masked(line) {
                "(this line may hold a secret and is not shown)\n"
            } else {
                line
            }
        })
        .collect()
}

/// Whether a secret may be left in a line beside those that are masked in it.
fn holds_more_than_masked(line: &str) -> bool {
    let masked = format!("\"{MASK}\"");
    let mut between = line.split(&masked);
    // without the `=` in front of what is masked, its key is no assignment
    between.any(|part| holds_secret(part.trim_end().trim_end_matches('=')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_shown_and_no_secret() {
        let before = "a = 1\nb = 2\nc = 3\nd = 4\nprofiles.x.api_token = \"hunter2\"\n";
        let text = of(
            Path::new("/f"),
            Layer::User,
            before,
            &before.replace("d = 4", "d = 5"),
        );
        assert_eq!(
            text,
            "--- /f\n+++ /f\n@@\n b = 2\n c = 3\n-d = 4\n+d = 5\n profiles.x.api_token = \"********\"\n"
        );
        let comment = of(Path::new("/f"), Layer::User, "# pat = \"hunter2\"", "x = 1");
        assert!(!comment.contains("hunter2"), "{comment}");
        let address = "connection.proxy = \"http://me:hunter2@proxy\"";
        let address = of(Path::new("/f"), Layer::User, address, "x = 1");
        assert!(!address.contains("hunter2"), "{address}");
        let both = "profiles.x.api_token = \"a\" # pat = \"hunter2\"";
        let both = of(Path::new("/f"), Layer::User, both, "x = 1");
        assert!(!both.contains("hunter2"), "{both}");
        let broken = of(Path::new("/f"), Layer::User, "x = \"hunter2", "x = 1");
        assert!(!broken.contains("hunter2"), "{broken}");
    }
}
