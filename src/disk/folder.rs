//! Folders that lassi makes: all of them 0700, as are missing folders above them.

use std::fs::{DirBuilder, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use super::error::{Activity, DiskError};
use super::mode::examine;
use super::system;

/// Keeps secrets, the names of those in this machine's keyring, and what a killed write leaves, out of a dotfile repository
/// that holds the user's folder.
const IGNORED: &str = "credentials\nkey\nkeyring.json\n.*.lassi-*\n";

/// Makes `folder` and what is missing above it. Another process doing the same at the same time is no error.
pub fn make_private_folder(folder: &Path) -> Result<(), DiskError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    system::create_folder_with_mode(&mut builder, 0o700);
    builder
        .create(folder)
        .map_err(DiskError::system(Activity::CreateFolder, folder))
}

/// Makes the folder of the user's file with a `.gitignore` in it. A folder that exists stays as it is, for its owner may
/// have removed the `.gitignore`. Says whether the folder was made.
pub fn make_user_folder(folder: &Path) -> Result<bool, DiskError> {
    if examine(folder)?.is_some() {
        return Ok(false);
    }
    make_private_folder(folder)?;
    write_ignore_file(folder)?;
    Ok(true)
}

/// Writes the `.gitignore` of the user's folder; one that exists is the user's and stays.
pub fn write_ignore_file(folder: &Path) -> Result<(), DiskError> {
    let path = folder.join(".gitignore");
    match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(mut file) => file
            .write_all(IGNORED.as_bytes())
            .map_err(DiskError::system(Activity::Write, path)),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(DiskError::system(Activity::CreateFile, path)(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_user_folder_is_made_once_with_its_ignore_file() {
        let base = tempfile::tempdir().expect("a folder");
        let folder = base.path().join("config/lassi");
        assert!(make_user_folder(&folder).expect("it can be made"));
        let ignored = fs::read_to_string(folder.join(".gitignore")).expect("it is there");
        assert!(
            ignored.lines().any(|line| line == "credentials")
                && ignored.lines().any(|line| line == "key")
        );

        fs::remove_file(folder.join(".gitignore")).expect("the user does not want it");
        assert!(!make_user_folder(&folder).expect("it is there"));
        assert!(!folder.join(".gitignore").exists());
    }

    #[test]
    fn an_ignore_file_of_the_user_stays() {
        let base = tempfile::tempdir().expect("a folder");
        let path = base.path().join(".gitignore");
        fs::File::create(&path)
            .and_then(|mut file| file.write_all(b"*\n"))
            .expect("written");
        write_ignore_file(base.path()).expect("nothing to do");
        assert_eq!(fs::read(&path).expect("readable"), b"*\n");
    }

    #[cfg(unix)]
    #[test]
    fn folders_are_private_and_so_are_the_missing_ones_above() {
        let base = tempfile::tempdir().expect("a folder");
        let folder = base.path().join("state/lassi/locks");
        make_private_folder(&folder).expect("it can be made");
        make_private_folder(&folder).expect("it may exist");
        for made in [
            folder.as_path(),
            &base.path().join("state/lassi"),
            &base.path().join("state"),
        ] {
            assert_eq!(
                system::mode(&fs::metadata(made).expect("made")),
                0o700,
                "{}",
                made.display()
            );
        }
    }

    #[test]
    fn a_file_in_the_way_is_an_error() {
        let base = tempfile::tempdir().expect("a folder");
        fs::File::create(base.path().join("lassi")).expect("file");
        let error =
            make_private_folder(&base.path().join("lassi/locks")).expect_err("a file is no folder");
        assert!(
            matches!(
                error,
                DiskError::System {
                    activity: Activity::CreateFolder,
                    ..
                }
            ),
            "{error:?}"
        );
    }
}
