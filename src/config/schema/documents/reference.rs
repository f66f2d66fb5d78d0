//! The declarations go in, the reference page of settings comes out, in Markdown.

use super::super::{SECTIONS, Setting};
use std::fmt::Write;

/// The page.
pub fn text() -> String {
    let mut page = String::from(
        "# Settings\n\n\
         This page is generated from the declarations in `src/config/schema/`.\n\n\
         A **secret** lives in the store, never in a file. A **protected** setting is taken from your own file, the\n\
         environment and the command line only, never from shared files. `<name>` is the name of a profile,\n\
         `<url>` the address of a site.\n",
    );
    for section in SECTIONS {
        // writing to a String cannot fail
        let _ = write!(page, "\n## {}\n\n{}\n", section.title, section.help);
        for setting in section.settings {
            page.push_str(&entry(setting));
        }
    }
    page
}

fn entry(setting: &Setting) -> String {
    let mut entry = format!("\n### `{}`\n\n{}\n\n", setting.pattern, setting.help);
    let mut row = |name: &str, value: &str| {
        let _ = writeln!(entry, "- {name}: {value}");
    };
    row("kind", setting.kind.word());
    if setting.secret() {
        row("secret", "`lassi config set --secret-stdin PATH` saves it");
        return entry;
    }
    row("allowed", &setting.kind.to_string());
    if let Some(default) = setting.default {
        row("default", &format!("`{default}`"));
    }
    row("example", &format!("`{}`", setting.example));
    match setting.variable() {
        Some(variable) => row("variable", &format!("`{variable}`")),
        None => row("variable", "none; `--set` for one run"),
    }
    if setting.protected {
        row("protected", "not taken from shared files");
    }
    entry
}
