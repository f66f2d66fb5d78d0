//! Folders, links, modes and disks as they are in the field: clear errors, and the old file.

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::home::{Home, Ran, mode_of, overwrite, say_skipped, set_mode};

#[test]
fn without_a_home_there_is_a_clear_error() {
    let home = Home::new();
    let run = |arguments: &[&str], variables: &[(&str, &Path)]| {
        let mut command = home.lassi(arguments);
        command.env_remove("HOME").envs(variables.iter().copied());
        Ran::of(&mut command)
    };
    assert_eq!(
        run(&["config", "list"], &[]).failed(1),
        "error: there is no home folder to keep the configuration in\n\
         hint: set HOME, or LASSI_CONFIG_DIR to a folder of your choice\n"
    );
    let chosen: &[(&str, &Path)] = &[("LASSI_CONFIG_DIR", &home.work().join("chosen"))];
    assert_eq!(
        run(&["config", "set", "output.format=json"], chosen).failed(1),
        "error: there is no home folder to keep locks and history in\n\
         hint: set HOME, or XDG_STATE_HOME to a folder of your choice\n"
    );
    assert_eq!(
        run(&["config", "get", "output.format"], chosen).fine(),
        "table\n"
    );
    run(&["config", "path"], chosen).fine();
    run(&["--version"], &[]).fine();
    assert!(!home.work().join("chosen").exists());
}

#[test]
fn without_a_working_directory_only_the_shared_files_are_missing() {
    let home = Home::new();
    let run = |arguments: &str| {
        let mut command = home.command("sh");
        Ran::of(command.args([
            "-c",
            &format!("mkdir gone && cd gone && rmdir ../gone && lassi {arguments}"),
        ]))
    };
    assert_eq!(run("config get output.format").fine(), "table\n");
    run("config set output.format=json").fine();
    assert_eq!(
        run("config set --project output.format=json").failed(1),
        "error: the working directory does not exist any more\nhint: change to a folder that exists\n"
    );
}

#[test]
fn the_folders_and_files_that_are_made_are_private() {
    let home = Home::new();
    home.run(&[
        "config",
        "set",
        "output.format=json",
        "auth.jira.acme.atlassian.net.pat=hunter2",
    ])
    .fine();
    for folder in [home.folder(), home.state().join("history")] {
        assert_eq!(mode_of(&folder), 0o700, "{}", folder.display());
    }
    for file in ["config.toml", "credentials", "key"] {
        assert_eq!(mode_of(&home.folder().join(file)), 0o600, "{file}");
    }
    let ignored = fs::read_to_string(home.folder().join(".gitignore")).expect("there");
    assert!(ignored.contains("credentials\nkey\n"), "{ignored}");
    home.run(&["config", "set", "--project", "output.format=json"])
        .fine();
    assert_eq!(
        mode_of(&home.work().join(".lassi.toml")),
        0o644,
        "shared with everybody"
    );
}

#[test]
fn a_symbolic_link_stays_one_and_its_target_keeps_its_mode() {
    let home = Home::new();
    let target = home.work().join("dotfiles.toml");
    overwrite(&target, "output.format = \"json\"\n");
    set_mode(&target, 0o640);
    fs::create_dir_all(home.folder()).expect("a folder");
    symlink(&target, home.file()).expect("nothing is there");
    let said = home.run(&["config", "set", "output.format=csv"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(
        said.messages.contains(&target.display().to_string()),
        "{said:?}"
    );
    assert!(
        fs::symlink_metadata(home.file())
            .expect("there")
            .is_symlink()
    );
    assert_eq!(
        fs::read_to_string(&target).expect("there"),
        "output.format = \"csv\"\n"
    );
    assert_eq!(mode_of(&target), 0o640);
    home.run(&["config", "undo"]).fine();
    assert!(
        fs::symlink_metadata(home.file())
            .expect("there")
            .is_symlink()
    );
    assert_eq!(
        fs::read_to_string(&target).expect("there"),
        "output.format = \"json\"\n"
    );
}

#[test]
fn a_link_into_nowhere_is_named() {
    let home = Home::new();
    fs::create_dir_all(home.folder()).expect("a folder");
    symlink("/no-such-folder/config.toml", home.file()).expect("nothing is there");
    let said = home.run(&["config", "set", "output.format=csv"]).failed(1);
    assert!(
        said.contains(
            "is a link to /no-such-folder/config.toml, and there is no such folder\nhint: "
        ),
        "{said}"
    );
}

#[test]
fn read_only_files_and_folders_are_left_alone() {
    let home = Home::new();
    home.write("output.format = \"json\"\n");
    set_mode(&home.folder(), 0o700);
    set_mode(&home.file(), 0o400);
    let said = home.run(&["config", "set", "output.format=csv"]).failed(1);
    let file = home.file().display().to_string();
    assert_eq!(
        said,
        format!("error: {file} is read-only\nhint: to allow changes: `chmod u+w {file}`\n")
    );
    let secret = "auth.jira.acme.atlassian.net.pat";
    let pair = format!("{secret}=hunter2");
    home.run(&["config", "set", "output.format=csv", &pair])
        .failed(1);
    // one transaction: the secret was taken back
    home.run(&["config", "get", secret, "--reveal"]).failed(3);
    set_mode(&home.file(), 0o600);
    set_mode(&home.folder(), 0o500);
    let said = home.run(&["config", "set", "output.format=csv"]).failed(1);
    let folder = home.folder().display().to_string();
    assert_eq!(
        said,
        format!(
            "error: the folder {folder} is read-only\nhint: to allow changes: `chmod u+w {folder}`\n"
        )
    );
    assert_eq!(home.text(), "output.format = \"json\"\n");
    assert_eq!(
        home.run(&["config", "get", "output.format"]).fine(),
        "json\n"
    );
    set_mode(&home.folder(), 0o700);
}

#[test]
fn a_folder_of_another_user_gets_no_secret() {
    let home = Home::new();
    home.write("output.format = \"json\"\n");
    let given = Command::new("chown")
        .arg("65533")
        .arg(home.folder())
        .output();
    if !given.is_ok_and(|output| output.status.success()) {
        say_skipped("giving a folder to another user needs the superuser");
        return;
    }
    let said = home
        .run(&["config", "set", "auth.jira.acme.atlassian.net.pat=hunter2"])
        .failed(1);
    assert!(
        said.contains(
            "belongs to another user (id 65533) and is not used\nhint: it has to be yours"
        ),
        "{said}"
    );
    assert!(!home.folder().join("credentials").exists());
}

#[test]
fn nothing_changed_is_nothing_written() {
    let home = Home::new();
    home.run(&[
        "config",
        "set",
        "output.format=json",
        "profiles.work.base_url=acme.atlassian.net",
    ])
    .fine();
    let state = |file: &Path| {
        fs::metadata(file)
            .map(|file| (file.ino(), file.mtime(), file.mtime_nsec()))
            .expect("there")
    };
    let before = state(&home.file());
    home.run(&["config", "set", "output.format=json"]).fine();
    home.run(&[
        "config",
        "set",
        "output.format=json",
        "profiles.work.base_url=https://ACME.atlassian.net/",
    ])
    .fine();
    home.run(&["config", "unset", "output.color"]).fine();
    home.run(&["config", "list"]).fine();
    home.run(&["config", "set", "--dry-run", "output.format=csv"])
        .fine();
    assert_eq!(state(&home.file()), before);
}

/// Something mounted for as long as this lives. Only the superuser can; for others the tests say that they were skipped.
struct Mount {
    place: PathBuf,
}

impl Mount {
    fn new(arguments: &[&str], place: &Path) -> Option<Mount> {
        let mut mount = Command::new("mount");
        let status = mount
            .args(arguments)
            .arg(place)
            .stderr(Stdio::null())
            .status();
        if status.is_ok_and(|status| status.success()) {
            return Some(Mount {
                place: place.to_path_buf(),
            });
        }
        say_skipped(&format!(
            "mounting at {} needs the superuser",
            place.display()
        ));
        None
    }

    /// A file system of 64 KiB.
    fn tiny(place: &Path) -> Option<Mount> {
        fs::create_dir_all(place).expect("a folder");
        Mount::new(&["-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs"], place)
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg(&self.place).status();
        assert!(
            unmounted.is_ok_and(|status| status.success()),
            "{} stays mounted",
            self.place.display()
        );
    }
}

/// Writes until nothing more fits.
fn fill(folder: &Path) -> PathBuf {
    let name = folder.join("filler");
    let mut file = File::create(&name).expect("a name fits");
    while file.write_all(&[b'#'; 512]).is_ok() {}
    name
}

#[test]
fn a_full_disk_is_named_and_keeps_the_old_file() {
    let home = Home::new();
    let Some(_mount) = Mount::tiny(&home.folder()) else {
        return;
    };
    home.write("output.format = \"json\"\n");
    let filler = fill(&home.folder());
    for arguments in [
        &["config", "set", "output.format=csv"][..],
        &["config", "set", "auth.jira.acme.atlassian.net.pat=hunter2"],
        &["config", "reset", "--yes"],
    ] {
        let said = home.run(arguments).failed(1);
        assert!(said.contains("there is no space left"), "{said}");
        assert!(
            said.contains("hint: nothing was changed; free some space and try again"),
            "{said}"
        );
        assert_eq!(home.text(), "output.format = \"json\"\n");
    }
    fs::remove_file(filler).expect("ours");
    home.run(&["config", "set", "output.format=csv"]).fine();
}

#[test]
fn a_full_disk_under_the_history_keeps_the_old_file() {
    let home = Home::new();
    let Some(_mount) = Mount::tiny(&home.state()) else {
        return;
    };
    home.run(&["config", "set", "output.format=json"]).fine();
    let before = home.text();
    let filler = fill(&home.state());
    let said = home.run(&["config", "set", "output.format=csv"]).failed(1);
    assert!(said.contains("there is no space left"), "{said}");
    assert_eq!(home.text(), before);
    fs::remove_file(filler).expect("ours");
    home.run(&["config", "set", "output.format=csv"]).fine();
}

#[test]
fn a_file_system_that_cannot_be_written_is_named() {
    let home = Home::new();
    home.write("output.format = \"json\"\n");
    let folder = home.folder();
    let text = folder.display().to_string();
    let Some(_mount) = Mount::new(&["--bind", "-o", "ro", &text], &folder) else {
        return;
    };
    let said = home.run(&["config", "set", "output.format=csv"]).failed(1);
    assert!(said.contains("the file system is read-only"), "{said}");
    assert_eq!(
        home.run(&["config", "get", "output.format"]).fine(),
        "json\n"
    );
}
