//! Files and arguments as a clumsy or a hostile hand leaves them.

use std::fs;

use crate::home::{Home, Ran, overwrite};

#[test]
fn a_password_in_an_address_is_neither_kept_nor_shown() {
    let home = Home::new();
    home.write("connection.proxy = \"http://me:hunter2@proxy:80\"\nprofiles.w.email = \"x\"\n");
    let preview = home.run(&["config", "set", "--dry-run", "profiles.w.email=y"]);
    assert!(!preview.output.contains("hunter2"), "{}", preview.output);
    home.run(&["config", "set", "connection.proxy=http://proxy:80"])
        .fine();
    for (file, bytes) in home.files() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("hunter2"), "{}", file.display());
    }
}

#[test]
fn one_address_in_two_files_is_one_site() {
    let home = Home::new();
    Ran::of(home.command("git").args(["init", "--quiet"])).fine();
    let spelled_out = "[auth.jira.\"https://a.b\"]\ndeployment = \"cloud\"\n";
    fs::create_dir_all(home.folder()).expect("a folder");
    home.write(spelled_out);
    overwrite(&home.work().join(".lassi.toml"), spelled_out);
    let got = home.run(&["config", "get", "auth.jira.deployment"]).fine();
    assert_eq!(got, "cloud\n");
}

/// The commands between backquotes behind `hint:`.
fn hinted(text: &str) -> Vec<Vec<String>> {
    let hints = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("hint: "));
    let commands =
        hints.filter_map(|hint| hint.split('`').find_map(|part| part.strip_prefix("lassi ")));
    commands
        .map(|command| command.split(' ').map(str::to_owned).collect())
        .collect()
}

#[test]
fn the_hints_for_a_shared_file_mend_that_file() {
    let home = Home::new();
    Ran::of(home.command("git").args(["init", "--quiet"])).fine();
    for name in [".lassi.toml", ".lassi.local.toml"] {
        let file = home.work().join(name);
        overwrite(
            &file,
            "output.format = {}\n[connection]\ntimeout = 9999\nretries = 1\n",
        );
        let found = home.run(&["config", "check", "--project"]);
        let commands = hinted(&found.output);
        assert_eq!(commands.len(), 3, "{}", found.output);
        for command in commands {
            let words = command.iter().map(|word| word.replace("VALUE", "5"));
            let words: Vec<_> = words.collect();
            home.run(&words.iter().map(String::as_str).collect::<Vec<_>>())
                .fine();
        }
        home.run(&["config", "check", "--project"]).fine();
        assert_eq!(
            fs::read_to_string(&file).expect("the file"),
            "[connection]\ntimeout = 5\n"
        );
    }
    assert!(!home.file().exists(), "the user's own file is not touched");
}
