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
