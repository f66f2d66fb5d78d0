//! Screens at two sizes, held against stored ones in `screens/`.
//!
//! A screen that differs is written to the folder of temporary files of the build; if it is right, it is copied over.

use super::Menu;
use crate::program::Home;
use crate::site::Site;
use std::fs;
use std::path::Path;

/// A name, the keys that lead there from the first screen, and what is last drawn of it.
const SCREENS: [(&str, &str, &str); 7] = [
    ("top", "", "Exit"),
    ("section", "jj\r", "Proxy"),
    ("setting", "/outp\r\r", "Show where it comes from"),
    ("choice", "/outp\r\rj\r", "[default]"),
    ("profile", "j\rj\r", "profiles.work.base_url"),
    ("search", "/search\rtoken", "profiles.work.api_token"),
    ("connect", "/auth\r/jira\r\r", "Site (any"),
];

/// The same where nothing is configured: the steps of a sign-in at the demo site.
const SIGN_IN: [(&str, &str, &str); 5] = [
    ("first-run", "", "Exit"),
    ("kind", "\r{site}\r", "How do you sign in?"),
    ("token", "\r{site}\r\ryou@acme.example\r", "Token"),
    (
        "failed",
        "\r{site}\r\ryou@acme.example\rwr0ng\r",
        "Another kind of sign-in",
    ),
    (
        "name",
        "\r{site}\r\ryou@acme.example\rdemo-api-token\r",
        "Name of the profile",
    ),
];

#[expect(clippy::disallowed_methods, reason = "a file of the test alone")]
fn compare(name: &str, rows: &[String]) -> bool {
    let shown = rows.join("\n") + "\n";
    let stored = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/menu/screens");
    let expected = fs::read_to_string(stored.join(name)).unwrap_or_default();
    if expected != shown {
        let new = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::write(&new, &shown).expect("the folder of the build");
        eprintln!(
            "{name} is another screen now, see {}:\n{shown}",
            new.display()
        );
    }
    expected == shown
}

#[test]
fn screens_are_as_they_are_stored() {
    let mut all_fine = true;
    for (columns, rows) in [(60, 24), (200, 60)] {
        for (name, keys, last) in SCREENS {
            let home = Home::new();
            let mut menu = Menu::open(&home, &["config"], columns, rows);
            menu.screen_with("Exit");
            let screen = menu.press(keys, last);
            all_fine &= compare(&format!("{name}-{columns}x{rows}.txt"), &screen);
        }
        let site = Site::start();
        for (name, keys, last) in SIGN_IN {
            let home = Home::empty(Some(site.url()).filter(|_| !keys.is_empty()));
            let mut menu = Menu::open(&home, &["config"], columns, rows);
            menu.screen_with("Exit");
            let screen = menu.press(&keys.replace("{site}", site.url()), last);
            let screen: Vec<String> = screen.iter().map(|row| site.renamed(row)).collect();
            all_fine &= compare(&format!("{name}-{columns}x{rows}.txt"), &screen);
        }
    }
    assert!(all_fine, "screens differ");
}
