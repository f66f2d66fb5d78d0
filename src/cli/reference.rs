//! The command line goes in, the reference page of commands comes out, in Markdown.
//!
//! What the page shows is what `--help` prints, so the two cannot differ.

use super::command;
use clap::Command;
use std::fmt::Write;

/// The width of the page's help texts, in characters; that of a terminal must not change a file.
const WIDTH: usize = 100;

/// The page's path in the repository, and its text.
pub fn page() -> (&'static str, String) {
    let mut text = String::from(
        "# Commands\n\n\
         This page is generated: it is what `--help` prints. The options that every command takes stand here once.\n\n",
    );
    add(&mut text, &["lassi"]);
    ("docs/commands.md", text)
}

/// Adds the help of the command that these words call, and an entry for each command below it.
fn add(text: &mut String, words: &[&str]) {
    let mut whole = command().term_width(WIDTH);
    if words.len() > 1 {
        whole = whole.mut_args(|argument| argument.hide(true));
    }
    let asked = words.iter().chain(&["--help"]);
    let answer = whole.try_get_matches_from_mut(asked);
    let help = answer.map_or_else(|help| help.to_string(), |_| String::new());
    // writing to a String cannot fail
    let _ = write!(text, "```text\n{}\n```\n", help.trim_end());
    let called = words[1..]
        .iter()
        .try_fold(&whole, |command, word| command.find_subcommand(word));
    for below in called.into_iter().flat_map(Command::get_subcommands) {
        let words = [words, &[below.get_name()]].concat();
        let about = below.get_about().map(ToString::to_string);
        let _ = write!(
            text,
            "\n## `{}`\n\n{}.\n\n",
            words.join(" "),
            about.unwrap_or_default()
        );
        add(text, &words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings(command: &Command, words: &str) -> Vec<String> {
        let below = command.get_subcommands().flat_map(|below| {
            let words = format!("{words} {}", below.get_name());
            let mut headings = vec![format!("\n## `{words}`\n")];
            headings.extend(self::headings(below, &words));
            headings
        });
        below.collect()
    }

    #[test]
    fn every_command_has_an_entry_with_its_own_options() {
        let (_, text) = page();
        let mut all = command();
        all.build();
        let headings = headings(&all, "lassi");
        assert!(headings.len() > 15, "{headings:?}");
        for heading in headings {
            assert_eq!(text.matches(&heading).count(), 1, "{heading}");
        }
        assert_eq!(text.matches("--config-dir <FOLDER>").count(), 1);
        assert!(text.contains("--secret-stdin <PATH>"), "{text}");
        // what a group of shared flags says of itself is for readers of the code
        assert!(!text.contains("The flag of commands"), "{text}");
    }
}
