//! All that can be done with an instance, at the keyboard, against the demo site; and thousands of them.

use super::Menu;
use crate::program::Home;
use crate::site::{API_TOKEN, CLOUD_ID, EMAIL, Site};

/// A home with an instance of Confluence at the site, signed in.
fn with_instance(site: &Site) -> Home {
    let home = Home::empty(Some(site.url()));
    let instance = format!("auth.confluence[\"{}\"]", site.url());
    home.output(&["config", "set", &format!("{instance}.username={EMAIL}")]);
    let path = format!("{instance}.api_token");
    let mut storing = home.lassi(&["config", "set", "--secret-stdin", &path]);
    let token = home.write("token", API_TOKEN);
    let token = std::fs::File::open(&token).expect("it is there");
    let stored = storing.stdin(token).output().expect("it runs");
    assert!(stored.status.success(), "{stored:?}");
    std::fs::remove_file(home.path("token")).expect("it is there");
    home
}

fn shows(rows: &[String], text: &str) -> bool {
    rows.iter().any(|row| row.contains(text))
}

#[test]
fn an_instance_is_tested_found_copied_renamed_and_removed() {
    let site = Site::start();
    let url = site.url();
    let home = with_instance(&site);
    let mut menu = Menu::open(&home, &["config", "edit", "auth.confluence"], 100, 40);
    menu.screen_with("Add a site");
    menu.press("\r", "Find cloud ID");
    menu.press(
        "/find\r",
        &format!("set auth.confluence[\"{url}\"].cloud_id"),
    );
    let found = format!("cloud_id = \"{CLOUD_ID}\"\n");
    assert!(
        home.configuration().contains(&found),
        "{}",
        home.configuration()
    );
    menu.press("/test\r", "Confluence: signed in as");
    menu.press("/same\r", "saved auth.jira[");
    let jira = format!("[auth.jira.\"{url}\"]\nusername = \"{EMAIL}\"\n{found}");
    assert!(
        home.configuration().contains(&jira),
        "{}",
        home.configuration()
    );
    let copied = format!("auth.jira[\"{url}\"].api_token");
    assert!(home.stored().contains(&copied), "{:?}", home.stored());
    menu.press("/rename\r", "New address");
    menu.press("\u{15}https://wiki.acme.example\r", "Let them follow?");
    menu.press(
        "y\r",
        "Path: auth.confluence[\"https://wiki.acme.example\"]",
    );
    let moved = "auth.confluence[\"https://wiki.acme.example\"].api_token".to_owned();
    assert!(home.stored().contains(&moved), "{:?}", home.stored());
    menu.press(
        "/remove\r",
        "Remove https://wiki.acme.example from your own file",
    );
    let left = menu.press("y\r", "Add a site");
    assert!(!shows(&left, "wiki.acme.example   "), "{left:#?}");
    menu.send("\u{1b}");
    let ended = menu.into_conversation().finish();
    assert!(ended.status.success(), "{}", ended.shown);
    assert!(!ended.shown.contains(API_TOKEN), "{}", ended.shown);
    assert_eq!(home.stored(), [copied]);
    assert!(!home.configuration().contains("wiki.acme.example"));
    assert!(!home.holds(API_TOKEN));
}

#[test]
fn thousands_of_instances_scroll_and_are_filtered() {
    let instance =
        |number| format!("[auth.jira.\"https://site-{number:05}.example\"]\nusername = \"me\"\n");
    let home = Home::with(&(1..=10_000).map(instance).collect::<String>());
    let mut menu = Menu::open(&home, &["config", "edit", "auth.jira"], 60, 24);
    menu.screen_with("1 of 10001");
    menu.press("\u{1b}[6~", "14 of 10001");
    menu.press("\u{1b}[F", "10001 of 10001");
    menu.press("k", "❯ https://site-10000.example");
    menu.press("\u{1b}[H", "❯ https://site-00001.example");
    menu.press("/site-07777", "❯ https://site-07777.example");
    menu.press("\r", "Find cloud ID");
    menu.press("\u{1b}", "❯ https://site-07777.example");
    menu.send("\u{3}");
    let ended = menu.into_conversation().finish();
    assert_eq!(ended.status.code(), Some(130), "{}", ended.shown);
}

#[test]
fn problems_inside_a_file_are_shown_and_mended() {
    let home = Home::with("[output]\nformat = \"jsn\"\ncolour = \"auto\"\n");
    let mut menu = Menu::open(&home, &["config"], 60, 24);
    let top = menu.screen_with("Exit");
    assert!(shows(&top, "❯ 2 problems"), "{top:#?}");
    menu.press("\r", "These values of the files are not used");
    menu.press("/form\r", "Open the file in the editor");
    menu.press("\r", "Show where it comes from");
    menu.press("j\r", "[default]");
    menu.press("/json\r", "❯ output.colour");
    menu.press("\r", "Remove it");
    menu.press("/remove\r", "Exit");
    menu.send("\u{1b}");
    assert!(menu.into_conversation().finish().status.success());
    assert_eq!(home.configuration(), "[output]\nformat = \"json\"\n");
}
