//! From nothing to a tested sign-in, at the keyboard, against the demo site.

use super::Menu;
use crate::program::Home;
use crate::site::{API_TOKEN, CLOUD_ID, EMAIL, PERSONAL_ACCESS_TOKEN, Site};
use crate::terminal::Conversation;

const SITE: &str = "Site (any address of it, copied from the browser)";
const HOW: &str = "How do you sign in?";
const ACCOUNT: &str = "Account (email address)";
const WRONG: &str = "wr0ng-t0ken";

/// Counts what is pressed beside what is typed.
struct Person {
    menu: Menu,
    pressed: usize,
}

impl Person {
    fn press(&mut self, key: &str, until: &str) -> Vec<String> {
        self.pressed += 1;
        self.menu.press(key, until)
    }

    /// Types something, and takes it with Enter.
    fn give(&mut self, text: &str, until: &str) -> Vec<String> {
        self.menu.send(text);
        self.press("\r", until)
    }
}

fn shows(rows: &[String], text: &str) -> bool {
    rows.iter().any(|row| row.contains(text))
}

#[test]
fn the_first_run_ends_with_a_tested_sign_in() {
    let site = Site::start();
    let home = Home::empty(Some(site.url()));
    let mut menu = Menu::open(&home, &["config"], 80, 24);
    let top = menu.screen_with("Exit");
    let first = top.iter().find(|row| row.starts_with('❯'));
    assert!(
        first.expect("a marker").contains("Connect to a site"),
        "{top:#?}"
    );
    let mut person = Person { menu, pressed: 0 };
    let asked = person.press("\r", SITE);
    assert_eq!(asked[0], "Connect to a site");
    // a domain of one's own does not tell that it is Cloud
    let address = format!("{}/wiki/spaces/DOCS", site.url());
    let how = person.give(&address, HOW);
    assert!(shows(&how, "is Atlassian Cloud"), "{how:#?}");
    assert!(shows(&how, CLOUD_ID), "{how:#?}");
    person.press("\r", ACCOUNT);
    let token = person.give(EMAIL, "Token");
    assert!(shows(&token, "https://id.atlassian.com"), "{token:#?}");
    let failed = person.give(WRONG, "Another kind of sign-in");
    assert!(shows(&failed, "Jira: refused"), "{failed:#?}");
    assert!(
        home.is_untouched(),
        "nothing is written before the last step"
    );
    person.press("\r", "Token");
    let name = person.give(API_TOKEN, "Name of the profile");
    assert!(shows(&name, "Jira: signed in as"), "{name:#?}");
    assert!(shows(&name, "Confluence: signed in as"), "{name:#?}");
    assert!(shows(&name, "work"), "{name:#?}");
    assert!(
        home.is_untouched(),
        "nothing is written before the last step"
    );
    let top = person.press("\r", "work is the default");
    assert!(!shows(&top, "Connect to a site"), "{top:#?}");
    assert!(person.pressed < 10, "{}", person.pressed);
    person.menu.send("\u{1b}");
    let ended = person.menu.into_conversation().finish();
    assert!(ended.status.success(), "{}", ended.shown);
    for secret in [WRONG, API_TOKEN] {
        assert!(!ended.shown.contains(secret), "{}", ended.shown);
        assert!(!home.holds(secret));
    }
    let url = site.url();
    let settings = [
        "default_profile = \"work\"\n".to_owned(),
        format!("[profiles.work]\nbase_url = \"{url}\"\nemail = \"{EMAIL}\"\n"),
        format!("[auth.jira.\"{url}\"]\ncloud_id = \"{CLOUD_ID}\"\n"),
        format!("[auth.confluence.\"{url}\"]\ncloud_id = \"{CLOUD_ID}\"\n"),
    ];
    let file = home.configuration();
    for setting in settings {
        assert!(file.contains(&setting), "{setting} is not in\n{file}");
    }
    assert_eq!(home.stored(), [format!("profiles.work.api_token@{url}")]);
    assert_eq!(home.output(&["auth", "token"]), format!("{API_TOKEN}\n"));
    assert!(home.output(&["jira", "whoami"]).contains(EMAIL));
}

#[test]
fn nothing_is_written_where_the_last_step_is_left() {
    for key in ["\u{3}", "\u{1b}\u{1b}"] {
        let site = Site::start();
        let home = Home::empty(Some(site.url()));
        let mut menu = Menu::open(&home, &["config"], 60, 24);
        menu.screen_with("Exit");
        menu.press("\r", SITE);
        menu.press(&format!("{}\r", site.url()), HOW);
        menu.press("\r", ACCOUNT);
        menu.press(&format!("{EMAIL}\r"), "Token");
        menu.press(&format!("{API_TOKEN}\r"), "Name of the profile");
        if key == "\u{3}" {
            menu.send(key);
            let ended = menu.into_conversation().finish();
            assert_eq!(ended.status.code(), Some(130), "{}", ended.shown);
        } else {
            menu.press("\u{1b}", "Use the token that you gave before?");
            menu.press("\u{1b}", ACCOUNT);
            menu.press("\u{1b}", HOW);
            menu.press("\u{1b}", SITE);
            menu.press("\u{1b}", "Exit");
            menu.send("\u{1b}");
            let ended = menu.into_conversation().finish();
            assert!(ended.status.success(), "{}", ended.shown);
        }
        assert!(home.is_untouched());
        assert!(!home.holds(API_TOKEN));
    }
}

#[test]
fn data_center_is_recognised_and_offered_what_it_knows() {
    let site = Site::start();
    let home = Home::empty(None);
    let mut menu = Menu::open(&home, &["config"], 80, 24);
    menu.screen_with("Exit");
    menu.press("\r", SITE);
    let how = menu.press(&format!("{}/jira-dc/browse/DEV-1\r", site.url()), HOW);
    assert!(shows(&how, "is Jira Data Center"), "{how:#?}");
    let token = menu.press("\r", "Token");
    assert!(
        shows(&token, "Personal access tokens are made at"),
        "{token:#?}"
    );
    let name = menu.press(&format!("{PERSONAL_ACCESS_TOKEN}\r"), "Name of the profile");
    assert!(shows(&name, "Jira: signed in as"), "{name:#?}");
    menu.press("\u{15}dc\r", "dc is the default");
    menu.send("\u{1b}");
    assert!(menu.into_conversation().finish().status.success());
    let url = format!("{}/jira-dc", site.url());
    let profile = format!("[profiles.dc]\nbase_url = \"{url}\"\nauth = \"bearer\"\n");
    assert!(
        home.configuration().contains(&profile),
        "{}",
        home.configuration()
    );
    assert_eq!(home.stored().len(), 1);
}

#[test]
fn login_recognises_the_site_saves_and_tests() {
    for (is_asked, token, code, said) in [
        (true, API_TOKEN, 0, "signed in"),
        (false, WRONG, 4, "the sign-in is saved all the same"),
    ] {
        let site = Site::start();
        let home = Home::empty(Some(site.url()));
        let mut login = home.lassi(&["auth", "login"]);
        if !is_asked {
            login.arg(site.url());
        }
        let mut asked = Conversation::start(login, 100, 24);
        if is_asked {
            asked.expect(SITE);
            asked.send(&format!("{}\r", site.url()));
        }
        asked.expect("is Atlassian Cloud");
        asked.expect(HOW);
        asked.send("\r");
        asked.expect(ACCOUNT);
        asked.send(&format!("{EMAIL}\r"));
        asked.expect("Token ");
        asked.send(&format!("{token}\r"));
        asked.expect("Name of the profile");
        asked.send("\r");
        let ended = asked.finish();
        assert_eq!(ended.status.code(), Some(code), "{}", ended.shown);
        let told = format!("{}{}", ended.shown, ended.output);
        assert!(told.contains(said), "{told}");
        assert!(!told.contains(token), "{told}");
        let names = [format!("profiles.work.api_token@{}", site.url())];
        assert_eq!(home.stored(), names);
        assert!(home.configuration().contains("[profiles.work]"));
    }
}
