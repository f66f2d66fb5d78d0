//! The screens on the page about menus are those of the program.
//!
//! A screen stands in a `text` block behind a comment that says how it is reached: `<!-- screen: KEYS until TEXT -->`,
//! or `<!-- first run: KEYS until TEXT -->` where nothing is configured and the demo site can be reached. Where one differs, the whole page as it should be is written to the folder of temporary files of the build.

use super::Menu;
use crate::program::Home;
use crate::site::{API_TOKEN, EMAIL, Site};
use std::fs;
use std::path::Path;

const CONFIGURED: &str = "<!-- screen: ";
const FIRST_RUN: &str = "<!-- first run: ";

/// The keys that words on the page mean; any other word is typed.
fn keys(words: &str, site: &str) -> String {
    let key = |word: &str| match word {
        "ACCOUNT" => EMAIL.to_owned(),
        "TOKEN" => API_TOKEN.to_owned(),
        "Enter" => "\r".to_owned(),
        "Esc" => "\u{1b}".to_owned(),
        "Down" => "\u{1b}[B".to_owned(),
        typed => typed.replace("SITE", site),
    };
    words.split_whitespace().map(key).collect()
}

/// The screen that a comment describes; of several empty rows one is left.
fn screen(comment: &str, site: &Site) -> String {
    let (home, description) = match comment.strip_prefix(FIRST_RUN) {
        Some(description) => {
            let gateway = Some(site.url()).filter(|_| description.contains("SITE"));
            (Home::empty(gateway), description)
        }
        None => (Home::new(), comment.trim_start_matches(CONFIGURED)),
    };
    let (words, text) = description
        .trim_end_matches(" -->")
        .split_once("until ")
        .expect("KEYS until TEXT");
    let mut menu = Menu::open(&home, &["config"], 76, 24);
    menu.screen_with("Exit");
    let rows = menu.press(&keys(words, site.url()), text);
    let mut rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    rows.dedup_by(|row, before| row.is_empty() && before.is_empty());
    site.renamed(&rows.join("\n"))
}

/// The page with its screens made anew.
fn renewed(page: &str) -> String {
    let site = Site::start();
    let mut renewed = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        renewed += &format!("{line}\n");
        if line.starts_with(CONFIGURED) || line.starts_with(FIRST_RUN) {
            let block = lines.by_ref().skip_while(|line| *line != "```text").skip(1);
            block.take_while(|line| *line != "```").for_each(drop);
            renewed += &format!("```text\n{}\n```\n", screen(line, &site));
        }
    }
    renewed
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a file of the test alone")]
fn the_page_shows_the_screens_of_the_program() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/menus.md");
    let text = fs::read_to_string(page).expect("docs/menus.md");
    assert!(text.matches(CONFIGURED).count() > 4 && text.matches(FIRST_RUN).count() > 4);
    let renewed = renewed(&text);
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("menus.md");
    if text != renewed {
        fs::write(&place, &renewed).expect("the folder of the build");
    }
    assert!(
        text == renewed,
        "the page should be as in {}",
        place.display()
    );
}
