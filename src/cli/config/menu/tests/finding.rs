//! Ways into the menu and through it: search, paths, other files, and what others decide.

use super::*;

const EXIT: (&str, Reply) = ("lassi config", Reply::Back);
const SEARCH: &str = "Search all settings";

#[test]
fn any_setting_is_found_by_path_title_or_help() {
    let home = Home::with("[profiles.work]\nbase_url = \"https://acme.atlassian.net\"\n");
    let shown = home.top(&[
        ("lassi config", row(SEARCH)),
        (SEARCH, Reply::Find("timeout".to_owned())),
        ("Timeout", row("Change")),
        ("Timeout", text("45")),
        (
            SEARCH,
            Reply::FindRow("pem file".to_owned(), "connection.client_cert".to_owned()),
        ),
        ("Client certificate", Reply::Back),
        (
            SEARCH,
            Reply::FindRow(
                "work token".to_owned(),
                "profiles.work.api_token".to_owned(),
            ),
        ),
        ("Token", Reply::Back),
        // of a product without a site the list is opened
        (
            SEARCH,
            Reply::FindRow(
                "jira cookies".to_owned(),
                "auth.jira.<url>.session_cookies".to_owned(),
            ),
        ),
        ("Jira", Reply::Back),
        (SEARCH, Reply::Back),
        EXIT,
    ]);
    assert!(home.file().contains("timeout = 45"));
    assert_eq!(shown.last("Client certificate").trail, ["Search"]);
    let search = shown.last(SEARCH);
    for setting in schema::all().filter(|setting| !setting.pattern.contains('<')) {
        assert!(
            search.rows.iter().any(|row| row == setting.pattern),
            "{}",
            setting.pattern
        );
    }
}

#[test]
fn of_very_many_sites_each_is_one_row_that_its_fields_find() {
    let mut file = String::new();
    for number in 0..3_000 {
        file.push_str(&format!(
            "[auth.jira.\"https://site{number}.example\"]\nusername = \"you{number}\"\n"
        ));
    }
    let home = Home::with(&file);
    let shown = home.top(&[
        ("lassi config", row(SEARCH)),
        (
            SEARCH,
            Reply::FindRow(
                "site2718 user".to_owned(),
                "auth.jira[\"https://site2718.example\"]".to_owned(),
            ),
        ),
        ("https://site2718.example", row("Account")),
        ("Account", row("Change")),
        ("Account", text("me")),
        ("https://site2718.example", Reply::Back),
        (SEARCH, Reply::Back),
        EXIT,
    ]);
    assert_eq!(home.file(), file.replace("\"you2718\"", "\"me\""));
    assert!(shown.last(SEARCH).rows.len() < 3_200);
}

#[test]
fn paths_open_their_screens() {
    let home = Home::with("[auth.jira.\"https://acme.atlassian.net\"]\nusername = \"you\"\n");
    for (path, title) in [
        ("output", "Output"),
        ("output.format", "Format"),
        ("auth", "Authentication"),
        ("auth.jira", "Jira"),
        ("auth.jira.username", "Account"),
        ("auth.jira.url", "https://acme.atlassian.net"),
        ("https://acme.atlassian.net/", "https://acme.atlassian.net"),
        ("profiles", "Profiles"),
        ("profiles.work", "work"),
        ("profiles.work.bitbucket", "work"),
    ] {
        home.at(path, &[(title, Reply::Back)]);
    }
    let session = Session::new(&home.environment, global(&[]));
    match entrance(&session, "output.fromat") {
        Err(Failure::Message(message)) => {
            assert_eq!(message.hints, ["did you mean `output.format`?"]);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_address_without_an_instance_opens_the_wizard_with_it_filled_in() {
    let home = Home::with("");
    let site = "Site (any address of it, copied from the browser)";
    let shown = home.at("auth.jira.https://new.example", &[(site, Reply::Back)]);
    assert_eq!(shown.last(site).offered, "https://new.example");
    let shown = home.at("https://new.example", &[(site, Reply::Back)]);
    assert_eq!(shown.last(site).offered, "https://new.example");
    assert!(!home.path("lassi/config.toml").exists());
}

#[test]
fn rows_say_who_decides() {
    let variables = [("LASSI_OUTPUT__FORMAT", "yaml")];
    let home = Home::with_variables("[output]\nformat = \"json\"\n", &variables);
    home.write("work/.lassi.toml", "[output]\ncolor = \"never\"\n");
    let shown = home.top(&[
        ("lassi config", row("Output")),
        ("Output", row("Format")),
        ("Format", row("Show where it comes from")),
        ("Where it comes from", row("Back")),
        ("Format", Reply::Back),
        ("Output", row("Format")),
        ("Format", row("Change")),
        ("Format", row("csv")),
        ("Output", Reply::Back),
        EXIT,
    ]);
    let output = shown.last("Output");
    assert_eq!(output.row("Format").value, "yaml");
    assert_eq!(
        output.row("Format").badges,
        ["modified", "overridden by LASSI_OUTPUT__FORMAT"]
    );
    assert_eq!(output.row("Colour").value, "never");
    assert_eq!(output.row("Colour").badges, ["from the project file"]);
    let explained = shown.last("Where it comes from").paragraphs.join("\n");
    assert!(
        explained.contains("the variable LASSI_OUTPUT__FORMAT"),
        "{explained}"
    );
    assert!(explained.contains("shadows   \"json\" from"), "{explained}");
    shown.assert_said("overridden here");
    let top = shown.asked[0].row("Output");
    assert_eq!(
        top.badges,
        [
            "modified",
            "overridden by LASSI_OUTPUT__FORMAT",
            "from the project file"
        ]
    );
}

#[test]
fn a_shared_file_takes_neither_secrets_nor_protected_settings() {
    let home = Home::with("");
    let shown = home.menu(
        Layer::Project,
        None,
        None,
        &[
            ("lassi config", row("Connection")),
            ("Connection", row("Proxy")),
            ("Connection", row("Timeout")),
            ("Timeout", row("Change")),
            ("Timeout", text("60")),
            ("Connection", Reply::Back),
            ("lassi config", row("Profiles")),
            ("Profiles", row("Connect to a site")),
            ("Profiles", row("Add a profile without a sign-in")),
            ("Name of the profile", text("team")),
            ("team", row("Site")),
            ("Site", row("Change")),
            ("Site", text("https://acme.atlassian.net")),
            ("team", row("Token")),
            ("team", Reply::Back),
            ("Profiles", Reply::Back),
            EXIT,
        ],
    );
    assert_eq!(
        home.read("work/.lassi.toml"),
        "# Settings of lassi that everybody who works here shares. Secrets and certificates do not belong here.\n\n\
         [connection]\ntimeout = 60\n\n[profiles.team]\nbase_url = \"https://acme.atlassian.net\"\n"
    );
    assert!(!home.path("lassi/config.toml").exists());
    assert!(home.stored().is_empty());
    let refused: Vec<_> = shown
        .asked
        .iter()
        .flat_map(|asked| &asked.complaints)
        .collect();
    assert_eq!(
        refused,
        [
            "not available here: protected, as a shared file must not decide it for others",
            "not available here: a sign-in is yours alone and never in a shared file",
            "not available here: secrets are yours alone and never in a shared file",
        ]
    );
    // and there is no sign-in to begin with
    assert_eq!(shown.asked[0].rows[0], "Authentication");
}

#[test]
fn the_local_file_is_changed_on_its_own() {
    let home = Home::with("[output]\nformat = \"json\"\n");
    let shown = home.menu(
        Layer::Local,
        Some("output.format"),
        None,
        &[("Format", row("Change")), ("Format", row("csv"))],
    );
    assert!(
        home.read("work/.lassi.local.toml")
            .ends_with("[output]\nformat = \"csv\"\n")
    );
    assert_eq!(home.file(), "[output]\nformat = \"json\"\n");
    let badges = shown.asked[0].paragraphs.join("\n");
    assert!(badges.contains("(from your own file)"), "{badges}");
}
