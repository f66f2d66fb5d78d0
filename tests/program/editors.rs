//! `config edit --editor` with editors that are scripts: what they leave is judged before the file is changed.

use std::fs;

use crate::home::{Home, Ran, mode_of};

/// Runs it with this as the editor: the script gets the copy as `$1`.
fn edit(home: &Home, script: &str) -> Ran {
    let mut command = home.lassi(&["config", "edit", "--editor"]);
    Ran::of(command.env("EDITOR", format!("sh -c '{script}' editor")))
}

/// No copy is left, but where its loss would be that of somebody's work.
fn copies(home: &Home) -> Vec<std::path::PathBuf> {
    let folder = fs::read_dir(home.state().join("edit"));
    folder
        .into_iter()
        .flatten()
        .map(|entry| entry.expect("readable").path())
        .collect()
}

#[test]
fn a_valid_change_is_saved_as_it_is() {
    let home = Home::new();
    home.write("output.format = \"json\"");
    let ran = edit(
        &home,
        "printf \"# mine\\r\\noutput.format = \\\"csv\\\"  # why\" > \"$1\"",
    );
    assert_eq!(ran.messages, format!("saved {}\n", home.file().display()));
    assert_eq!(home.text(), "# mine\r\noutput.format = \"csv\"  # why");
    assert!(copies(&home).is_empty());
}

#[test]
fn a_new_file_starts_with_what_it_is() {
    let home = Home::new();
    edit(&home, "echo \"output.format = \\\"csv\\\"\" >> \"$1\"").fine();
    assert!(
        home.text().starts_with("#:schema ./config.schema.json\n"),
        "{}",
        home.text()
    );
    assert!(
        home.text().ends_with("output.format = \"csv\"\n"),
        "{}",
        home.text()
    );
    assert_eq!(
        (mode_of(&home.file()), mode_of(&home.folder())),
        (0o600, 0o700)
    );
}

#[test]
fn the_copy_is_private_and_named_like_the_file() {
    let home = Home::new();
    home.write("output.format = \"json\"\n");
    let ran = edit(&home, "stat -c %a:%n \"$1\"");
    let (mode, name) = ran.output.split_once(':').expect("a mode and a name");
    assert_eq!(mode, "600");
    assert!(name.ends_with("-config.toml\n"), "{name}");
    assert!(
        name.starts_with(&home.state().join("edit").display().to_string()),
        "{name}"
    );
}

#[test]
fn nothing_changed_is_nothing_written() {
    let home = Home::new();
    home.write("output.format = \"json\"\n");
    let before = fs::metadata(home.file())
        .expect("there")
        .modified()
        .expect("a time");
    let ran = edit(&home, "touch \"$1\"");
    assert_eq!(
        ran.messages,
        format!("nothing was changed in {}\n", home.file().display())
    );
    assert_eq!(
        fs::metadata(home.file())
            .expect("there")
            .modified()
            .expect("a time"),
        before
    );
    assert!(home.run(&["config", "history"]).fine().is_empty());
    let nowhere = Home::new();
    edit(&nowhere, "true").fine();
    assert!(!nowhere.file().exists());
}

#[test]
fn errors_are_refused_without_a_terminal() {
    let home = Home::new();
    home.write("output.format = \"json\"\n");
    for (text, said) in [
        ("output.format = ", "is not valid TOML"),
        ("output.format = \\\"jsn\\\"", "is not one of"),
        ("outptu = 1", "there is no setting `outptu`"),
        (
            "profiles.work.api_token = \\\"hunter2\\\"",
            "is a secret and is not used from a file",
        ),
    ] {
        let messages = edit(&home, &format!("echo \"{text}\" > \"$1\"")).failed(5);
        assert!(messages.contains(said), "{messages}");
        assert!(
            messages.ends_with("hint: nothing was changed\n"),
            "{messages}"
        );
        assert!(!messages.contains("hunter2"), "{messages}");
        assert!(
            !messages.contains("config undo"),
            "there is nothing to take back: {messages}"
        );
        assert_eq!(home.text(), "output.format = \"json\"\n");
    }
    let messages = edit(&home, "printf \"\\377\" > \"$1\"").failed(5);
    assert!(messages.contains("is not UTF-8 text"), "{messages}");
    assert!(copies(&home).is_empty());
}

#[test]
fn errors_that_were_there_may_stay() {
    let home = Home::new();
    home.write("outptu = 1\noutput.format = \"json\"\n");
    edit(&home, "sed -i s/json/csv/ \"$1\"").fine();
    assert_eq!(home.text(), "outptu = 1\noutput.format = \"csv\"\n");
}

#[test]
fn an_editor_that_fails_changes_nothing() {
    let home = Home::new();
    home.write("output.format = \"json\"\n");
    let messages = edit(
        &home,
        "echo \"output.format = \\\"csv\\\"\" > \"$1\"; exit 3",
    )
    .failed(1);
    assert!(messages.contains("failed (exit status: 3)"), "{messages}");
    assert_eq!(home.text(), "output.format = \"json\"\n");
}

#[test]
fn an_editor_may_replace_the_copy_by_another_file() {
    let home = Home::new();
    home.write("output.format = \"json\"\n");
    edit(
        &home,
        "sed s/json/csv/ \"$1\" > \"$1~\" && mv \"$1~\" \"$1\"",
    )
    .fine();
    assert_eq!(home.text(), "output.format = \"csv\"\n");
    assert!(copies(&home).is_empty());
}

#[test]
fn an_editor_that_removes_the_copy_changes_nothing() {
    let home = Home::new();
    home.write("output.format = \"json\"\n");
    let messages = edit(&home, "rm \"$1\"").failed(1);
    assert!(messages.contains("the copy cannot be read"), "{messages}");
    assert_eq!(home.text(), "output.format = \"json\"\n");
}

#[test]
fn a_file_that_was_changed_meanwhile_is_not_overwritten_and_the_work_is_kept() {
    let home = Home::new();
    home.write("output.format = \"json\"\n");
    let script = "sed -i s/json/csv/ \"$1\"; lassi config set output.color=never";
    let messages = edit(&home, script).failed(1);
    assert!(
        messages.contains("was changed by somebody else meanwhile"),
        "{messages}"
    );
    assert_eq!(
        home.text(),
        "output.format = \"json\"\noutput.color = \"never\"\n"
    );
    let kept = copies(&home);
    assert_eq!(kept.len(), 1);
    assert!(
        messages.contains(&kept[0].display().to_string()),
        "{messages}"
    );
    assert_eq!(
        fs::read_to_string(&kept[0]).expect("readable"),
        "output.format = \"csv\"\n"
    );
}

#[test]
fn visual_comes_first_and_may_have_arguments() {
    let home = Home::new();
    home.write("output.format = \"json\"\n");
    let mut command = home.lassi(&["config", "edit", "--editor"]);
    command
        .env("VISUAL", "sed -i -e s/json/csv/")
        .env("EDITOR", "false");
    Ran::of(&mut command).fine();
    assert_eq!(home.text(), "output.format = \"csv\"\n");
}
