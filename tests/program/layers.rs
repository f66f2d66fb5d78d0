//! Shared files: where they are found, whose they are, and what they cannot do.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::home::{Home, Ran, overwrite, say_skipped};

/// A home whose working directory is a repository with a folder three levels down.
fn repository() -> Home {
    let home = Home::new();
    Ran::of(home.command("git").args(["init", "--quiet"])).fine();
    fs::create_dir_all(home.work().join("a/b/c")).expect("a folder");
    home
}

fn run_in(home: &Home, folder: &str, arguments: &[&str]) -> Ran {
    Ran::of(home.lassi(arguments).current_dir(home.work().join(folder)))
}

#[test]
fn the_project_file_is_found_from_a_folder_below() {
    let home = repository();
    overwrite(
        &home.work().join(".lassi.toml"),
        "output.format = \"csv\"\n",
    );
    overwrite(
        &home.work().join(".lassi.local.toml"),
        "output.color = \"never\"\n",
    );
    for folder in [".", "a", "a/b/c"] {
        assert_eq!(
            run_in(&home, folder, &["config", "get", "output.format"]).fine(),
            "csv\n"
        );
        assert_eq!(
            run_in(&home, folder, &["config", "get", "output.color"]).fine(),
            "never\n"
        );
    }
    overwrite(
        &home.work().join("a/b/.lassi.toml"),
        "output.format = \"yaml\"\n",
    );
    assert_eq!(
        run_in(&home, "a/b/c", &["config", "get", "output.format"]).fine(),
        "yaml\n",
        "the nearest one"
    );
    assert_eq!(
        run_in(&home, "a", &["config", "get", "output.format"]).fine(),
        "csv\n"
    );
}

#[test]
fn project_makes_the_file_at_the_root_of_the_repository() {
    let home = repository();
    run_in(
        &home,
        "a/b/c",
        &["config", "set", "--project", "output.format=csv"],
    )
    .fine();
    run_in(
        &home,
        "a/b",
        &["config", "set", "--local", "output.color=never"],
    )
    .fine();
    let text = |name| fs::read_to_string(home.work().join(name)).expect("at the root");
    assert!(text(".lassi.toml").contains("format = \"csv\""));
    assert!(text(".lassi.local.toml").contains("color = \"never\""));
    assert!(!home.work().join("a/b/c/.lassi.toml").exists());
}

#[test]
fn outside_of_a_repository_only_the_folder_itself_counts() {
    let home = Home::new();
    fs::create_dir(home.work().join("below")).expect("a folder");
    overwrite(
        &home.work().join(".lassi.toml"),
        "output.format = \"csv\"\n",
    );
    assert_eq!(
        home.run(&["config", "get", "output.format"]).fine(),
        "csv\n"
    );
    assert_eq!(
        run_in(&home, "below", &["config", "get", "output.format"]).fine(),
        "table\n"
    );
}

#[test]
fn a_shared_file_of_another_user_is_ignored_with_a_warning() {
    let home = repository();
    let file = home.work().join(".lassi.toml");
    overwrite(&file, "output.format = \"csv\"\n");
    let given = Command::new("chown").args(["65533"]).arg(&file).output();
    if !given.is_ok_and(|output| output.status.success()) {
        say_skipped("giving a file to another user needs the superuser");
        return;
    }
    let ran = home.run(&["config", "get", "output.format"]);
    assert_eq!(
        (ran.output.as_str(), ran.messages),
        (
            "table\n",
            format!(
                "warning: the file belongs to another user and is not used\n  at {}\n",
                file.display()
            )
        )
    );
}

#[test]
fn an_entry_of_the_user_is_not_changed_by_a_shared_file() {
    let home = repository();
    let path = "auth.jira.https://acme.atlassian.net.username";
    home.run(&[
        "config",
        "set",
        &format!("{path}=me"),
        "auth.jira.https://acme.atlassian.net.pat=hunter2",
    ])
    .fine();
    let shared = "[auth.jira.\"https://acme.atlassian.net\"]\nusername = \"mallory\"\ndeployment = \"datacenter\"\n";
    overwrite(&home.work().join(".lassi.toml"), shared);
    let ran = home.run(&["config", "get", path]);
    assert_eq!(ran.output, "me\n");
    let place = format!("  at {}:2\n", home.work().join(".lassi.toml").display());
    assert!(
        ran.messages
            .contains("is not used: a shared file cannot change it\n"),
        "{ran:?}"
    );
    assert!(ran.messages.contains(&place), "{ran:?}");
    let gap = home.run(&["config", "get", "auth.jira.deployment"]);
    assert_eq!(gap.output, "datacenter\n", "gaps may be filled");
    for arguments in [
        &["config", "set", "output.format=csv"][..],
        &["config", "check", "--fix"],
    ] {
        home.run(arguments).fine();
        let text = fs::read_to_string(home.work().join(".lassi.toml")).expect("there");
        assert_eq!(text, shared);
    }
}

#[test]
fn protected_settings_of_a_shared_file_are_not_used_and_warned_about() {
    let home = repository();
    for (setting, value) in [
        ("gateway_url", "\"https://evil.example\""),
        ("allow_http", "[\"evil.example\"]"),
        ("allow_invalid_tls", "[\"evil.example\"]"),
        ("ca_bundle", "\"/tmp/evil.pem\""),
        ("client_cert", "\"/tmp/evil.pem\""),
        ("client_key", "\"/tmp/evil.pem\""),
        ("proxy", "\"http://evil.example\""),
    ] {
        for name in [".lassi.toml", ".lassi.local.toml"] {
            let file = home.work().join(name);
            overwrite(&file, format!("connection.{setting} = {value}\n"));
            let ran = home.run(&["config", "list"]);
            let said = format!(
                "warning: `connection.{setting}` is protected and is not used from a shared file\n  at {}:1:",
                file.display()
            );
            assert!(ran.messages.starts_with(&said), "{ran:?}");
            assert_eq!(ran.output, "");
            fs::remove_file(file).expect("ours");
        }
    }
}

#[test]
fn values_of_the_environment_are_never_written() {
    let home = repository();
    let mut command = home.lassi(&["config", "set", "connection.timeout=60"]);
    Ran::of(
        command
            .env("LASSI_OUTPUT__FORMAT", "json")
            .env("LASSI_PROFILES__WORK__EMAIL", "me"),
    )
    .fine();
    let mut command = home.lassi(&[
        "--set",
        "output.color=never",
        "config",
        "unset",
        "connection.timeout",
    ]);
    Ran::of(&mut command).fine();
    assert_eq!(home.run(&["config", "list", "--user"]).fine(), "");
}

/// Asks for one value with everything that a machine may have in its environment.
#[test]
fn variables_choose_the_folders() {
    let home = repository();
    let get = |variables: &[(&str, &Path)], arguments: &[&str]| {
        let mut command = home.lassi(arguments);
        Ran::of(command.envs(variables.iter().copied())).fine()
    };
    for (folder, format) in [("xdg/lassi", "csv"), ("own", "yaml"), ("flag", "json")] {
        fs::create_dir_all(home.work().join(folder)).expect("a folder");
        overwrite(
            &home.work().join(folder).join("config.toml"),
            format!("output.format = \"{format}\"\n"),
        );
    }
    let xdg = home.work().join("xdg");
    let own = home.work().join("own");
    let question = ["config", "get", "output.format"];
    assert_eq!(get(&[("XDG_CONFIG_HOME", &xdg)], &question), "csv\n");
    let both: &[(&str, &Path)] = &[("XDG_CONFIG_HOME", &xdg), ("LASSI_CONFIG_DIR", &own)];
    assert_eq!(get(both, &question), "yaml\n");
    assert_eq!(
        get(
            both,
            &["--config-dir", "flag", "config", "get", "output.format"]
        ),
        "json\n"
    );
}
