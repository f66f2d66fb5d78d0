//! `Connect to a site` and `Add a site`: what is written, where, and when.

use super::*;
use crate::auth::Product;
use crate::wizard::{Trouble, Verdict};

const SITE: &str = "Site (any address of it, copied from the browser)";
const HOW: &str = "How do you sign in?";
const ACCOUNT: &str = "Account (email address)";
const NAME: &str = "Name of the profile";

fn cloud() -> Recognised {
    Recognised::Cloud {
        cloud_id: Some("11111111-2222-3333-4444-555555555555".to_owned()),
    }
}

fn signed_in() -> Tested {
    Tested {
        products: vec![(
            Product::Jira,
            Verdict::SignedIn {
                who: "You".to_owned(),
            },
        )],
    }
}

#[test]
fn a_first_run_ends_with_a_tested_sign_in() {
    let home = Home::with("");
    let sites = Sites {
        recognised: [cloud()].into(),
        tested: [signed_in()].into(),
    };
    let shown = home.menu(
        Layer::User,
        None,
        Some(sites),
        &[
            // the first row is the one that is needed
            ("lassi config", Reply::Enter),
            (
                SITE,
                text("https://acme.atlassian.net/wiki/spaces/X/pages/1"),
            ),
            (HOW, Reply::Enter),
            (ACCOUNT, text("you@acme.example")),
            ("Token", secret("hunter2")),
            (NAME, Reply::Enter),
            ("lassi config", row("Exit")),
        ],
    );
    assert_eq!(shown.asked[0].offered, "Connect to a site");
    assert_eq!(
        home.file(),
        format!(
            "{FIRST_LINES}\ndefault_profile = \"acme\"\n\n[profiles.acme]\nbase_url = \"https://acme.atlassian.net\"\n\
             email = \"you@acme.example\"\n\n[auth.jira.\"https://acme.atlassian.net\"]\n\
             cloud_id = \"11111111-2222-3333-4444-555555555555\"\n\n[auth.confluence.\"https://acme.atlassian.net\"]\n\
             cloud_id = \"11111111-2222-3333-4444-555555555555\"\n"
        )
    );
    let name = "profiles.acme.api_token@https://acme.atlassian.net";
    assert_eq!(home.stored(), [name]);
    assert_eq!(home.secret(name), "hunter2");
    let last = shown.last("lassi config");
    assert_eq!(last.row("Profiles").value, "acme is the default");
    assert!(!last.rows.contains(&"Connect to a site".to_owned()));
    let all = format!("{:?}{:?}", shown.asked, shown.said);
    assert!(!all.contains("hunter2"), "{all}");
}

#[test]
fn nothing_is_written_before_the_last_step() {
    let home = Home::with("");
    home.top(&[
        ("lassi config", row("Connect to a site")),
        (SITE, text("acme.atlassian.net")),
        (HOW, Reply::Enter),
        (ACCOUNT, text("you")),
        ("Token", secret("hunter2")),
        (NAME, Reply::Back),
        ("Use the token that you gave before?", Reply::Back),
        (ACCOUNT, Reply::Back),
        (HOW, Reply::Back),
        (SITE, Reply::Back),
        ("lassi config", Reply::Back),
    ]);
    assert!(!home.path("lassi/config.toml").exists());
    assert!(home.stored().is_empty());
}

#[test]
fn a_failed_test_is_saved_all_the_same_if_it_is_wanted() {
    let home = Home::with("");
    let trouble = Trouble {
        what: "the token is not known".to_owned(),
        hint: None,
    };
    let sites = Sites {
        recognised: [Recognised::DataCenter {
            product: Some(Product::Jira),
            version: None,
        }]
        .into(),
        tested: [Tested {
            products: vec![(Product::Jira, Verdict::Refused(trouble))],
        }]
        .into(),
    };
    home.menu(
        Layer::User,
        Some("https://jira.corp"),
        Some(sites),
        &[
            (SITE, Reply::Enter),
            (HOW, row("Personal access token")),
            ("Token", secret("hunter2")),
            ("The sign-in does not work", row("Save it all the same")),
            (NAME, text("corp")),
        ],
    );
    assert!(
        home.file()
            .contains("[profiles.corp]\nbase_url = \"https://jira.corp\"\nauth = \"bearer\"\n")
    );
    assert_eq!(home.stored(), ["profiles.corp.api_token@https://jira.corp"]);
}

#[test]
fn a_site_is_added_to_a_product_without_a_name() {
    let home = Home::with("default_profile = \"work\"\n");
    home.top(&[
        ("lassi config", row("Authentication")),
        ("Authentication", row("Confluence")),
        ("Confluence", row("Add a site")),
        (SITE, text("wiki.corp/confluence/display/X")),
        (HOW, row("Browser session")),
        ("Cookies", secret("JSESSIONID=1")),
        ("Name of a profile for it (empty for none)", Reply::Enter),
        ("Confluence", Reply::Back),
        ("Authentication", Reply::Back),
        ("lassi config", Reply::Back),
    ]);
    assert_eq!(
        home.file(),
        "default_profile = \"work\"\n\n[auth.confluence.\"https://wiki.corp/confluence\"]\n"
    );
    assert_eq!(
        home.stored(),
        ["auth.confluence[\"https://wiki.corp/confluence\"].session_cookies"]
    );
}

#[test]
fn a_site_is_added_with_a_name_for_it() {
    let home = Home::with("");
    home.at(
        "auth.bitbucket",
        &[
            ("Bitbucket", row("Add a site")),
            (SITE, Reply::Enter),
            (HOW, row("Access token")),
            ("Token", secret("hunter2")),
            ("Name of a profile for it (empty for none)", text("bb")),
            ("Bitbucket", Reply::Back),
        ],
    );
    let file = home.file();
    assert!(
        file.contains("[auth.bitbucket.\"https://bitbucket.org\"]\n"),
        "{file}"
    );
    assert!(file.contains("[profiles.bb.bitbucket]\nbase_url"), "{file}");
    assert_eq!(
        home.stored(),
        ["auth.bitbucket[\"https://bitbucket.org\"].pat"]
    );
}

#[test]
fn signing_in_again_offers_what_is_there() {
    let home = Home::with(
        "[profiles.work]\nbase_url = \"https://acme.atlassian.net\"\nemail = \"old@acme.example\"\nauth = \"bearer\"\n",
    );
    home.store_secret("profiles.work.api_token", "0ld");
    let shown = home.at(
        "profiles.work",
        &[
            ("work", row("Sign in again")),
            (HOW, row("API token")),
            (ACCOUNT, Reply::Enter),
            ("Token", secret("hunter2")),
            ("work", Reply::Back),
        ],
    );
    assert_eq!(shown.last(ACCOUNT).offered, "old@acme.example");
    assert_eq!(
        home.file(),
        "default_profile = \"work\"\n\n[profiles.work]\nbase_url = \"https://acme.atlassian.net\"\nemail = \"old@acme.example\"\nauth = \"basic\"\n"
    );
    assert_eq!(
        home.secret("profiles.work.api_token@https://acme.atlassian.net"),
        "hunter2"
    );
}
