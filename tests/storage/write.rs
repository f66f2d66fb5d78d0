//! One change of a configuration file: what is made, kept, refused.

use std::convert::Infallible;
use std::fs;

use lassi::config::history::list;
use lassi::config::write::{Change, Outcome, Record, Target, Unsteady, WriteError, change};
use lassi::disk::{DiskError, Note};

use crate::sandbox::{Sandbox, entry, overwrite};

#[test]
fn a_first_change_makes_the_file_and_its_folder() {
    let sandbox = Sandbox::new();
    let written = sandbox.put("a = 1\n");
    assert_eq!(written.outcome, Outcome::Created);
    assert_eq!(written.path, sandbox.file());
    assert_eq!(sandbox.text(), "a = 1\n");
    let ignored = fs::read_to_string(sandbox.folder().join(".gitignore")).expect("it is made");
    assert!(ignored.starts_with("credentials\nkey\n"));
    assert_eq!(sandbox.put("a = 2\n").outcome, Outcome::Replaced);
}

#[test]
fn nothing_changed_means_nothing_written() {
    let sandbox = Sandbox::new();
    assert_eq!(sandbox.put("").outcome, Outcome::Unchanged);
    assert!(
        !sandbox.folder().exists(),
        "nothing has to be made for no text"
    );
    sandbox.write_by_hand("a = 1\n");
    let before = fs::metadata(sandbox.file())
        .and_then(|metadata| metadata.modified())
        .expect("a time");
    assert_eq!(sandbox.put("a = 1\n").outcome, Outcome::Unchanged);
    let after = fs::metadata(sandbox.file())
        .and_then(|metadata| metadata.modified())
        .expect("a time");
    assert_eq!(before, after);
    assert!(list(&sandbox.target()).expect("readable").is_empty());
}

#[test]
fn a_refused_change_leaves_everything_as_it_was() {
    let sandbox = Sandbox::new();
    sandbox.write_by_hand("a = 1\n");
    let refused = change(&sandbox.target(), |text| {
        assert_eq!(text, Some("a = 1\n"));
        Err::<Change, _>("no")
    });
    assert!(matches!(refused, Err(WriteError::Refused("no"))));
    assert_eq!(sandbox.text(), "a = 1\n");
}

#[test]
fn what_is_no_text_is_refused_with_its_place() {
    let sandbox = Sandbox::new();
    sandbox.write_by_hand(b"a = \"\xff\"\n");
    let error = sandbox
        .record("a = 1\n", &entry("set", &[]))
        .expect_err("no text");
    assert!(matches!(error, WriteError::NotText { path, offset: 5 } if path == sandbox.file()));
}

#[test]
fn a_change_by_hand_in_the_middle_is_not_overwritten() {
    let sandbox = Sandbox::new();
    sandbox.write_by_hand("a = 1\n");
    let mut runs = 0;
    change(&sandbox.target(), |text| {
        runs += 1;
        if runs == 1 {
            sandbox.write_by_hand("a = 1\nby_hand = true\n");
        }
        let text = text.unwrap_or_default().replace("a = 1", "a = 2");
        Ok::<_, Infallible>(Change {
            text,
            record: entry("set", &[]),
        })
    })
    .expect("the second run is undisturbed");
    assert_eq!(sandbox.text(), "a = 2\nby_hand = true\n");
    let [only] = &list(&sandbox.target()).expect("readable")[..] else {
        panic!("one change, one entry")
    };
    assert!(only.kept);
}

#[test]
fn a_file_that_never_rests_is_given_up() {
    let sandbox = Sandbox::new();
    let mut runs = 0;
    let error = change(&sandbox.target(), |_| {
        runs += 1;
        sandbox.write_by_hand("#".repeat(runs));
        Ok::<_, Infallible>(Change {
            text: "a = 1\n".to_owned(),
            record: entry("set", &[]),
        })
    });
    assert!(
        matches!(error, Err(WriteError::Unsteady(Unsteady { attempts, .. })) if attempts as usize == runs)
    );
    assert_eq!(sandbox.text(), "#".repeat(runs));
    assert!(sandbox.kept("json").is_empty() && sandbox.kept("text").is_empty());
}

#[test]
fn a_folder_of_others_is_not_made() {
    let sandbox = Sandbox::new();
    let target = Target {
        file: sandbox.base().join("repository/.lassi.toml"),
        private_folder: false,
        ..sandbox.target()
    };
    let put = || {
        change(&target, |_| {
            Ok::<_, Infallible>(Change {
                text: "a = 1\n".to_owned(),
                record: entry("set", &[]),
            })
        })
    };
    assert!(matches!(
        put(),
        Err(WriteError::Disk(DiskError::FolderMissing { .. }))
    ));
    fs::create_dir(sandbox.base().join("repository")).expect("now somebody makes it");
    assert_eq!(
        put().expect("the folder is there").outcome,
        Outcome::Created
    );
    assert!(!sandbox.base().join("repository/.gitignore").exists());
}

#[test]
fn a_silent_change_has_no_entry() {
    let sandbox = Sandbox::new();
    let written = sandbox
        .record("a = 1\n", &Record::Silent)
        .expect("writable");
    assert_eq!(written.outcome, Outcome::Created);
    assert!(list(&sandbox.target()).expect("readable").is_empty());
}

#[test]
fn a_folder_in_the_place_of_the_state_is_an_error() {
    let sandbox = Sandbox::new();
    fs::create_dir(sandbox.base().join("state")).expect("a folder");
    overwrite(&sandbox.state(), "in the way");
    let error = sandbox
        .record("a = 1\n", &entry("set", &[]))
        .expect_err("no place for locks");
    assert!(
        matches!(error, WriteError::Disk(DiskError::System { .. })),
        "{error:?}"
    );
    assert!(!sandbox.file().exists());
}

#[cfg(unix)]
mod unix {
    use super::*;
    use crate::sandbox::{mode_of, set_mode};
    use std::os::unix::fs::symlink;

    #[test]
    fn modes_are_private_and_loose_folders_tightened() {
        let sandbox = Sandbox::new();
        sandbox.put("a = 1\n");
        assert_eq!(
            (mode_of(&sandbox.folder()), mode_of(&sandbox.file())),
            (0o700, 0o600)
        );
        set_mode(&sandbox.folder(), 0o755);
        set_mode(&sandbox.file(), 0o644);
        let written = sandbox.put("a = 2\n");
        let note = Note::Tightened {
            path: sandbox.folder(),
            from: 0o755,
            to: 0o700,
        };
        assert_eq!(written.notes, [note]);
        assert_eq!(
            mode_of(&sandbox.file()),
            0o644,
            "the file's own mode is the user's choice"
        );
        for kept in sandbox.kept("text").iter().chain(&sandbox.kept("json")) {
            assert_eq!(mode_of(kept), 0o600);
            assert_eq!(mode_of(kept.parent().expect("a folder")), 0o700);
        }
    }

    #[test]
    fn a_read_only_file_is_left_alone() {
        let sandbox = Sandbox::new();
        sandbox.put("a = 1\n");
        set_mode(&sandbox.file(), 0o444);
        let error = sandbox
            .record("a = 2\n", &entry("set", &[]))
            .expect_err("read-only");
        assert!(
            matches!(error, WriteError::Disk(DiskError::ReadOnlyFile { path }) if path == sandbox.file())
        );
        assert_eq!(sandbox.text(), "a = 1\n");
        assert_eq!(list(&sandbox.target()).expect("readable").len(), 1);
    }

    #[test]
    fn a_link_stays_and_its_target_is_changed() {
        let sandbox = Sandbox::new();
        let dotfiles = sandbox.base().join("dotfiles");
        fs::create_dir(&dotfiles).expect("a folder");
        fs::create_dir_all(sandbox.folder()).expect("a folder");
        set_mode(&sandbox.folder(), 0o700);
        symlink("../../dotfiles/lassi.toml", sandbox.file()).expect("a link into nothing");
        let written = sandbox.put("a = 1\n");
        assert_eq!(
            (written.outcome, written.path),
            (Outcome::Created, dotfiles.join("lassi.toml"))
        );
        set_mode(&dotfiles.join("lassi.toml"), 0o640);
        let written = sandbox.put("a = 2\n");
        assert!(
            written.notes.is_empty(),
            "the folder behind a link is not ours: {:?}",
            written.notes
        );
        assert!(
            fs::symlink_metadata(sandbox.file())
                .expect("there")
                .is_symlink()
        );
        assert_eq!(mode_of(&dotfiles.join("lassi.toml")), 0o640);
        assert_eq!(sandbox.text(), "a = 2\n");
    }

    #[test]
    fn a_link_into_a_missing_folder_is_an_error() {
        let sandbox = Sandbox::new();
        fs::create_dir_all(sandbox.folder()).expect("a folder");
        symlink("/no-such-folder/lassi.toml", sandbox.file()).expect("a link into nothing");
        let error = sandbox
            .record("a = 1\n", &entry("set", &[]))
            .expect_err("no folder");
        assert!(
            matches!(error, WriteError::Disk(DiskError::DanglingLink { link, .. }) if link == sandbox.file())
        );
        assert!(
            fs::symlink_metadata(sandbox.file())
                .expect("there")
                .is_symlink()
        );
    }
}
