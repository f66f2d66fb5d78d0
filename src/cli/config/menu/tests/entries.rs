//! Profiles and instances: all their settings, and everything that can be done with them.

use super::*;
use crate::auth::Product;
use crate::wizard::{Trouble, Verdict};

const ACME: &str = "https://acme.atlassian.net";
const TWO: &str = "\
[auth.confluence.\"https://acme.atlassian.net\"]
username = \"you@acme.example\"
cloud_id = \"11111111-2222-3333-4444-555555555555\"

[auth.confluence.\"https://wiki.corp\"]
username = \"you\"
";

fn tested(verdict: Verdict) -> Sites {
    Sites {
        tested: [Tested {
            products: vec![(Product::Confluence, verdict)],
        }]
        .into(),
        ..Sites::default()
    }
}

#[test]
fn instances_are_listed_by_address_with_what_they_are_known_by() {
    let home = Home::with(TWO);
    home.store_secret("auth.confluence[\"https://wiki.corp\"].pat", "hunter2");
    let shown = home.top(&[
        ("lassi config", row("Authentication")),
        ("Authentication", row("Confluence")),
        ("Confluence", row("https://wiki.corp")),
        ("https://wiki.corp", Reply::Back),
        ("Confluence", Reply::Back),
        ("Authentication", Reply::Back),
        ("lassi config", Reply::Back),
    ]);
    let top = shown.last("lassi config");
    assert_eq!(top.row("Authentication").value, "2 sites");
    assert!(!top.rows.contains(&"Connect to a site".to_owned()));
    let section = shown.last("Authentication");
    assert_eq!(section.rows, ["Confluence", "Jira", "Bitbucket"]);
    assert_eq!(section.row("Confluence").value, "2 sites");
    let list = shown.last("Confluence");
    assert_eq!(list.rows, [ACME, "https://wiki.corp", "Add a site"]);
    assert_eq!(list.trail, ["Authentication"]);
    assert_eq!(
        list.row(ACME).value,
        "you@acme.example, 11111111-2222-3333-4444-555555555555"
    );
    assert_eq!(list.row("https://wiki.corp").value, "you, 1 secret");
    let instance = shown.last("https://wiki.corp");
    assert_eq!(instance.trail, ["Authentication", "Confluence"]);
    assert_eq!(
        instance.rows,
        [
            "Account",
            "API token",
            "Access token",
            "Session cookies",
            "Cloud ID",
            "Deployment",
            "Token expires",
            "Test connection",
            "Find cloud ID",
            "Use the same sign-in for Jira",
            "Rename URL",
            "Remove",
        ]
    );
    assert_eq!(instance.row("Access token").value, "saved");
    assert_eq!(instance.row("API token").value, "not set");
    // nobody can reach sites here
    assert!(instance.row("Test connection").unavailable.is_some());
}

#[test]
fn the_same_sign_in_is_used_for_another_product() {
    let home = Home::with(TWO);
    home.store_secret(
        "auth.confluence[\"https://acme.atlassian.net\"].api_token",
        "hunter2",
    );
    let shown = home.at(
        "auth.confluence[\"https://acme.atlassian.net\"]",
        &[
            (ACME, row("Use the same sign-in for Jira")),
            (ACME, row("Use the same sign-in for Jira")),
            (
                "Jira has a sign-in for this site. Replace it?",
                Reply::Confirm(false),
            ),
            (ACME, Reply::Back),
        ],
    );
    assert_eq!(
        home.file(),
        format!(
            "{TWO}\n[auth.jira.\"{ACME}\"]\nusername = \"you@acme.example\"\ncloud_id = \"11111111-2222-3333-4444-555555555555\"\n"
        )
    );
    assert_eq!(
        home.stored(),
        [
            "auth.confluence[\"https://acme.atlassian.net\"].api_token",
            "auth.jira[\"https://acme.atlassian.net\"].api_token",
        ]
    );
    assert_eq!(
        home.secret("auth.jira[\"https://acme.atlassian.net\"].api_token"),
        "hunter2"
    );
    shown.assert_said("saved auth.jira");
}

#[test]
fn a_replaced_sign_in_leaves_nothing_of_the_old_one() {
    let home = Home::with(&format!(
        "[auth.confluence.\"{ACME}\"]\nusername = \"you\"\n\n[auth.jira.\"{ACME}\"]\nusername = \"other\"\ntoken_expires = 2027-01-31\n"
    ));
    home.store_secret("auth.jira[\"https://acme.atlassian.net\"].pat", "0ld");
    home.at(
        "auth.confluence[\"https://acme.atlassian.net\"]",
        &[
            (ACME, row("Use the same sign-in for Jira")),
            (
                "Jira has a sign-in for this site. Replace it?",
                Reply::Confirm(true),
            ),
            (ACME, Reply::Back),
        ],
    );
    assert_eq!(
        home.file(),
        format!(
            "[auth.confluence.\"{ACME}\"]\nusername = \"you\"\n\n[auth.jira.\"{ACME}\"]\nusername = \"you\"\n"
        )
    );
    assert!(home.stored().is_empty());
}

#[test]
fn another_address_takes_secrets_along_only_if_they_may_go_there() {
    for (follow, stored) in [
        (
            Reply::Confirm(true),
            "auth.confluence[\"https://new.corp\"].pat",
        ),
        (Reply::Back, "auth.confluence[\"https://wiki.corp\"].pat"),
    ] {
        let home = Home::with(TWO);
        home.store_secret("auth.confluence[\"https://wiki.corp\"].pat", "hunter2");
        let shown = home.at(
            "auth.confluence[\"https://wiki.corp\"]",
            &[
                ("https://wiki.corp", row("Rename URL")),
                ("New address", text(ACME)),
                ("New address", text("new.corp/")),
                (
                    "It has 1 secret, which would be sent to https://new.corp. Let them follow?",
                    follow,
                ),
                ("https://new.corp", Reply::Back),
            ],
        );
        assert_eq!(home.file(), TWO.replace("wiki.corp", "new.corp"));
        assert_eq!(home.stored(), [stored]);
        assert_eq!(
            shown.last("New address").complaints,
            ["https://acme.atlassian.net is there already"]
        );
    }
}

#[test]
fn a_profile_is_renamed_made_the_default_and_removed() {
    let home = Home::with("[profiles.work]\nbase_url = \"https://acme.atlassian.net\"\n");
    home.store_secret("profiles.work.api_token", "hunter2");
    let shown = home.top(&[
        ("lassi config", row("Profiles")),
        ("Profiles", row("work")),
        ("work", row("Make it the default")),
        ("work", row("Rename")),
        ("New name", text("my work")),
        ("New name", text("office")),
        ("office", row("Make it the default")),
        ("office", Reply::Back),
        ("Profiles", row("office")),
        ("office", row("Remove")),
        (
            "Remove office from your own file, and 1 secret of it?",
            Reply::Confirm(false),
        ),
        ("office", row("Remove")),
        (
            "Remove office from your own file, and 1 secret of it?",
            Reply::Confirm(true),
        ),
        ("Profiles", Reply::Back),
        ("lassi config", Reply::Back),
    ]);
    assert_eq!(shown.last("office").complaints, Vec::<String>::new());
    let refused: Vec<_> = shown
        .asked
        .iter()
        .flat_map(|asked| &asked.complaints)
        .collect();
    assert_eq!(
        refused,
        [
            "use letters, digits, `_` and `-`",
            "it is the default already"
        ]
    );
    assert_eq!(home.file(), "");
    assert!(home.stored().is_empty());
}

#[test]
fn a_connection_is_tested_with_what_is_configured() {
    let home = Home::with(TWO);
    let path = "auth.confluence[\"https://acme.atlassian.net\"]";
    let replies = [(ACME, row("Test connection")), (ACME, Reply::Back)];
    let sites = tested(Verdict::SignedIn {
        who: "You".to_owned(),
    });
    let shown = home.menu(Layer::User, Some(path), Some(sites), &replies);
    shown.assert_said("Confluence: signed in as You");
    let sites = tested(Verdict::ScopeMissing(Trouble {
        what: "scope does not match".to_owned(),
        hint: Some("make a token with read:confluence-user".to_owned()),
    }));
    let shown = home.menu(Layer::User, Some(path), Some(sites), &replies);
    shown.assert_said("the token lacks a scope: scope does not match; make a token with");
    assert_eq!(home.file(), TWO);
}

#[test]
fn a_cloud_id_is_found_and_saved() {
    let home = Home::with("[auth.confluence.\"https://wiki.acme.example\"]\nusername = \"you\"\n");
    let url = "https://wiki.acme.example";
    let sites = Sites {
        recognised: [
            Recognised::DataCenter {
                product: None,
                version: None,
            },
            Recognised::Cloud {
                cloud_id: Some("99999999-2222-3333-4444-555555555555".to_owned()),
            },
        ]
        .into(),
        ..Sites::default()
    };
    let shown = home.menu(
        Layer::User,
        Some("auth.confluence[\"https://wiki.acme.example\"]"),
        Some(sites),
        &[
            (url, row("Find cloud ID")),
            (url, row("Find cloud ID")),
            (url, Reply::Back),
        ],
    );
    shown.assert_said("is Data Center, which has no cloud ID");
    assert!(
        home.file()
            .ends_with("cloud_id = \"99999999-2222-3333-4444-555555555555\"\n")
    );
    assert_eq!(
        shown.last(url).row("Cloud ID").value,
        "99999999-2222-3333-4444-555555555555"
    );
}

#[test]
fn bitbucket_has_its_own_fields_and_no_cloud_id() {
    let home = Home::with("[auth.bitbucket.\"https://bitbucket.org\"]\nusername = \"you\"\n");
    let url = "https://bitbucket.org";
    let shown = home.at(
        "auth.bitbucket[\"https://bitbucket.org\"]",
        &[(url, Reply::Back)],
    );
    assert_eq!(
        shown.last(url).rows,
        [
            "Account",
            "API token",
            "Access token",
            "Workspace",
            "Token expires",
            "Test connection",
            "Rename URL",
            "Remove",
        ]
    );
}

#[test]
fn a_default_profile_that_is_removed_is_no_longer_the_default() {
    let profiles = "[profiles.work]\nemail = \"me\"\n\n[profiles.other]\nemail = \"me\"\n";
    for (name, default) in [("work", ""), ("other", "default_profile = \"work\"\n")] {
        let home = Home::with(&format!("default_profile = \"work\"\n{profiles}"));
        home.at(
            &format!("profiles.{name}"),
            &[
                (name, row("Remove")),
                (
                    &format!("Remove {name} from your own file?"),
                    Reply::Confirm(true),
                ),
            ],
        );
        assert!(home.file().starts_with(default), "{}", home.file());
        assert_eq!(home.file().contains("default_profile"), !default.is_empty());
        assert!(!home.file().contains(&format!("profiles.{name}")));
    }
}
