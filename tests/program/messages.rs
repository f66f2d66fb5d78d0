//! The cases under `tests/cli/`, one folder a subcommand: commands go in, all that they print is compared.
//!
//! They are the specification of the messages. After a change that is meant, `TRYCMD=overwrite cargo test --test
//! program messages` writes them anew, and the difference is there to be read.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use lassi::environment::Environment;

use crate::home::{Home, PROGRAM};

/// A test for each folder, and one that no folder is left out.
macro_rules! folders {
    ($($name:ident),* $(,)?) => {
        $(
            #[test]
            fn $name() {
                compare_folder(stringify!($name));
            }
        )*

        #[test]
        fn every_folder_has_its_test() {
            let named: BTreeSet<String> = [$(stringify!($name)),*].map(str::to_owned).into();
            let present: BTreeSet<String> = entries(&cases())
                .iter()
                .map(|path| path.file_name().unwrap_or_default().to_string_lossy().into_owned())
                .collect();
            assert_eq!(named, present);
        }
    };
}

folders! {
    auth, check, copy, edit, explain, files, get, guide, history, list, path, paths, rename, reset, schema, secrets, set,
    stdin, store, undo, unset, variables,
}

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli")
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("readable").path())
        .collect();
    paths.sort();
    paths
}

fn compare_folder(name: &str) {
    let failed: Vec<String> = entries(&cases().join(name))
        .iter()
        .filter_map(|file| compare(file).err())
        .collect();
    assert!(failed.is_empty(), "{}", failed.concat());
}

/// Compares one file in a process of its own, whose home and working directory belong to that file alone.
fn compare(file: &Path) -> Result<(), String> {
    let home = Home::new();
    let mut command =
        home.command(std::env::current_exe().expect("this test was started from a file"));
    command
        .args(["--ignored", "--exact", "messages::one_file", "--nocapture"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if let Some(mode) = Environment::of_process().variable("TRYCMD") {
        command.env("TRYCMD", mode);
    }
    let mut child = command
        .spawn()
        .expect("what was started once can be started again");
    let mut input = child.stdin.take().expect("it is piped");
    writeln!(input, "{}\n{}", file.display(), home.path().display()).expect("it is waiting");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    if output.status.success() {
        return Ok(());
    }
    let said =
        [output.stderr, output.stdout].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    Err(said.concat())
}

#[test]
#[ignore = "the other tests start it, in an environment of its own, and name the file"]
fn one_file() {
    let input = std::io::read_to_string(std::io::stdin()).expect("two lines of text");
    let lines: Vec<&str> = input.lines().collect();
    let [file, home] = lines[..] else {
        panic!("started without a file: {input:?}")
    };
    let cases = trycmd::TestCases::new();
    for program in ["sh", "cat", "git"] {
        cases.register_bin(program, found(program));
    }
    cases
        .register_bin("lassi", Path::new(PROGRAM))
        .insert_var("[HOME]", home.to_owned())
        .expect("a name in capitals");
    cases.case(file).run();
}

/// Where a program of the system is: one that is not found would be left out without a word.
fn found(program: &str) -> PathBuf {
    let path = Environment::of_process()
        .path_variable("PATH")
        .unwrap_or_default();
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
        .unwrap_or_else(|| panic!("these tests need {program}"))
}
