//! The command line goes in, the reference page of commands comes out, in Markdown.
//!
//! What the page shows is what `--help` prints, so the two cannot differ.

use super::{Subcommand, command, config};
use std::fmt::Write;

/// The width of the page's help texts, in characters; that of a terminal must not change a file.
const WIDTH: usize = 100;

/// The page's path in the repository, and its text.
pub fn page() -> (&'static str, String) {
    let mut text = String::from(
        "# Commands\n\n\
         This page is generated: it is what `--help` prints. The options that every command takes stand here once.\n\n",
    );
    text.push_str(&help(&["lassi"]));
    for subcommand in super::COMMANDS {
        entry(&mut text, &["lassi"], &subcommand);
    }
    for subcommand in config::COMMANDS {
        entry(&mut text, &["lassi", "config"], &subcommand);
    }
    ("docs/commands.md", text)
}

fn entry(text: &mut String, parents: &[&str], subcommand: &Subcommand) {
    let words = [parents, &[subcommand.name]].concat();
    // writing to a String cannot fail
    let _ = write!(
        text,
        "\n## `{}`\n\n{}.\n\n{}",
        words.join(" "),
        subcommand.about,
        help(&words)
    );
}

/// The help of the command that these words call; below the first one without the options that all of them take.
fn help(words: &[&str]) -> String {
    let whole = command().term_width(WIDTH);
    let whole = if words.len() > 1 {
        whole.mut_args(|argument| argument.hide(true))
    } else {
        whole
    };
    let answer = whole.try_get_matches_from(words.iter().chain(&["--help"]));
    let shown = answer.map_or_else(|help| help.to_string(), |_| String::new());
    format!("```text\n{}\n```\n", shown.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_an_entry_with_its_own_options() {
        let (_, text) = page();
        for subcommand in config::COMMANDS {
            let heading = format!("\n## `lassi config {}`\n", subcommand.name);
            assert_eq!(text.matches(&heading).count(), 1, "{heading}");
        }
        assert_eq!(text.matches("--config-dir <FOLDER>").count(), 1);
        assert!(text.contains("--secret-stdin <PATH>"), "{text}");
    }
}
