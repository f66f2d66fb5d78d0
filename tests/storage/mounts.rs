//! A full disk and a file that is a mount point. Both need mounts, which only the superuser can make: elsewhere these tests
//! say on the error output that they were skipped.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use lassi::config::history::undo;
use lassi::config::write::{Outcome, WriteError};
use lassi::disk::DiskError;
use lassi::secret::{Store, StoreError};

use crate::sandbox::{Sandbox, entry, mode_of, overwrite, put_secret, set_mode};

/// Something mounted for as long as this lives.
struct Mount {
    place: PathBuf,
}

impl Mount {
    fn new(arguments: &[&str], place: &Path) -> Option<Self> {
        let mut mount = Command::new("mount");
        let status = mount
            .args(arguments)
            .arg(place)
            .stderr(Stdio::null())
            .status();
        if status.is_ok_and(|status| status.success()) {
            return Some(Self {
                place: place.to_path_buf(),
            });
        }
        eprintln!(
            "skipped: mounting at {} needs the superuser",
            place.display()
        );
        None
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
fn fill(file: &Path) {
    let mut file = File::create(file).expect("a name fits");
    let full = loop {
        if let Err(error) = file.write_all(&[b'#'; 512]) {
            break error;
        }
    };
    assert_eq!(full.kind(), ErrorKind::StorageFull);
}

fn is_full(error: &DiskError) -> bool {
    matches!(error, DiskError::System { source, .. } if source.kind() == ErrorKind::StorageFull)
}

#[test]
fn a_full_disk_keeps_the_old_files() {
    let sandbox = Sandbox::new();
    fs::create_dir_all(sandbox.folder()).expect("a folder");
    let options = ["-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs"];
    let Some(_mount) = Mount::new(&options, &sandbox.folder()) else {
        return;
    };
    sandbox.put("a = 1\n");
    sandbox
        .store()
        .apply(&[put_secret("a", "1")])
        .expect("it fits");
    fill(&sandbox.folder().join("filler"));

    let long = "a = 2\n".repeat(4096);
    let error = sandbox
        .record(&long, &entry("set", &[]))
        .expect_err("it does not fit");
    assert!(
        matches!(&error, WriteError::Disk(error) if is_full(error)),
        "{error:?}"
    );
    assert_eq!(sandbox.text(), "a = 1\n");
    let error = sandbox
        .store()
        .apply(&[put_secret("b", &"2".repeat(8192))])
        .expect_err("it does not fit");
    assert!(
        matches!(&error, StoreError::Disk(error) if is_full(error)),
        "{error:?}"
    );
    assert_eq!(sandbox.store().names().expect("readable"), ["a"]);
    assert!(!sandbox.folder().join(".config.toml.lassi-new").exists());
    assert!(!sandbox.folder().join(".credentials.lassi-new").exists());

    fs::remove_file(sandbox.folder().join("filler")).expect("ours");
    sandbox.put(&long);
    undo(&sandbox.target(), |_| false).expect("the history has not noticed");
    assert_eq!(sandbox.text(), "a = 1\n");
}

#[test]
fn a_full_disk_under_the_history_keeps_the_old_file() {
    let sandbox = Sandbox::new();
    fs::create_dir_all(sandbox.state()).expect("a folder");
    let options = ["-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs"];
    let Some(_mount) = Mount::new(&options, &sandbox.state()) else {
        return;
    };
    sandbox.put("a = 1\n");
    fill(&sandbox.state().join("filler"));
    let error = sandbox
        .record("a = 2\n", &entry("set", &[]))
        .expect_err("no place for the old version");
    assert!(
        matches!(&error, WriteError::Disk(error) if is_full(error)),
        "{error:?}"
    );
    assert_eq!(sandbox.text(), "a = 1\n");
    fs::remove_file(sandbox.state().join("filler")).expect("ours");
    sandbox.put("a = 2\n");
}

#[test]
fn a_file_system_that_cannot_be_written_keeps_the_old_file() {
    let sandbox = Sandbox::new();
    sandbox.put("a = 1\n");
    let folder = sandbox.folder();
    let text = folder.to_string_lossy().into_owned();
    let Some(_mount) = Mount::new(&["--bind", "-o", "ro", &text], &folder) else {
        return;
    };
    let error = sandbox
        .record("a = 2\n", &entry("set", &[]))
        .expect_err("read-only");
    let is_read_only = |error: &DiskError| matches!(error, DiskError::System { source, .. } if source.kind() == ErrorKind::ReadOnlyFilesystem);
    assert!(
        matches!(&error, WriteError::Disk(error) if is_read_only(error)),
        "{error:?}"
    );
    assert_eq!(sandbox.text(), "a = 1\n");
}

#[test]
fn a_mounted_file_is_written_in_place() {
    let sandbox = Sandbox::new();
    let outside = sandbox.base().join("outside.toml");
    sandbox.put("a = 0\n");
    File::create(&outside)
        .and_then(|mut file| file.write_all(b"a = 1 # and more\n"))
        .expect("writable");
    set_mode(&outside, 0o640);
    let Some(_mount) = Mount::new(&["--bind", &outside.to_string_lossy()], &sandbox.file()) else {
        return;
    };

    assert_eq!(sandbox.put("a = 2\n").outcome, Outcome::Replaced);
    assert_eq!(fs::read_to_string(&outside).expect("readable"), "a = 2\n");
    assert_eq!(mode_of(&outside), 0o640);
    undo(&sandbox.target(), |_| false).expect("the old version is a copy");
    assert_eq!(
        fs::read_to_string(&outside).expect("readable"),
        "a = 1 # and more\n"
    );
    let names: Vec<_> = fs::read_dir(sandbox.folder())
        .expect("a folder")
        .flatten()
        .collect();
    assert_eq!(names.len(), 2, "config.toml and .gitignore: {names:?}");
}

#[test]
fn a_full_disk_under_a_mounted_file_keeps_the_old_text() {
    let sandbox = Sandbox::new();
    let small = sandbox.base().join("small");
    fs::create_dir(&small).expect("a folder");
    let options = ["-t", "tmpfs", "-o", "size=64k", "tmpfs"];
    let Some(_device) = Mount::new(&options, &small) else {
        return;
    };
    let outside = small.join("lassi.toml");
    overwrite(&outside, "a = 1\n");
    sandbox.put("a = 0\n");
    let options = ["--bind", &outside.to_string_lossy()];
    let Some(_file) = Mount::new(&options, &sandbox.file()) else {
        return;
    };

    let long = "a = 2\n".repeat(20_000);
    let error = sandbox
        .record(&long, &entry("set", &[]))
        .expect_err("it does not fit");
    assert!(
        matches!(&error, WriteError::Disk(error) if is_full(error)),
        "{error:?}"
    );
    assert_eq!(sandbox.text(), "a = 1\n");
    let names: Vec<_> = fs::read_dir(sandbox.folder())
        .expect("a folder")
        .flatten()
        .collect();
    assert_eq!(names.len(), 2, "config.toml and .gitignore: {names:?}");
    assert_eq!(sandbox.put("a = 2\n").outcome, Outcome::Replaced);
}
