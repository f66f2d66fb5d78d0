//! `tests/samples/`: configuration files that are right, and such that are wrong with what `config check` says of them.
//!
//! Files whose name starts with `shared` are judged as `.lassi.toml`. After a change that is meant, the tests print what
//! was said; nothing writes the expectations anew.

use std::fs;
use std::path::{Path, PathBuf};

use crate::home::{Home, overwrite};

/// What stands for a token in the samples: wherever a message shows it, it has shown too much.
const TOKEN: &str = "hunter2";

fn samples(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/samples")
        .join(folder);
    let entries = fs::read_dir(folder).expect("a folder");
    let mut files: Vec<_> = entries
        .map(|entry| entry.expect("readable").path())
        .collect();
    files.retain(|file| {
        file.extension()
            .is_some_and(|extension| extension == "toml")
    });
    files.sort();
    assert!(!files.is_empty(), "there are samples");
    files
}

/// Checks a copy of a sample under the name that says what it is; the exit code, the data and the messages.
fn check(sample: &Path) -> (Option<i32>, String, String) {
    let home = Home::new();
    let name = sample.file_name().unwrap_or_default().to_string_lossy();
    let copy = if name.starts_with("shared") {
        ".lassi.toml"
    } else {
        "config.toml"
    };
    overwrite(&home.work().join(copy), fs::read(sample).expect("readable"));
    let ran = home.run(&["config", "check", copy]);
    (ran.code, ran.output, ran.messages)
}

/// Judges all samples of a folder and fails once, with what is wrong with each of them.
fn judge(folder: &str, judgement: impl Fn(&Path) -> Result<(), String>) {
    let wrong: Vec<String> = samples(folder)
        .iter()
        .filter_map(|sample| {
            let error = judgement(sample).err()?;
            Some(format!("{}:\n{error}\n", sample.display()))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

#[test]
fn nothing_is_wrong_with_the_valid_ones() {
    judge("valid", |sample| match check(sample) {
        (Some(0), output, _) if output.is_empty() => Ok(()),
        other => Err(format!("{other:?}")),
    });
}

#[test]
fn the_invalid_ones_are_refused_with_the_expected_words() {
    judge("invalid", |sample| {
        let (code, output, messages) = check(sample);
        let expected = fs::read_to_string(sample.with_extension("expected")).unwrap_or_default();
        if format!("{output}{messages}").contains(TOKEN) {
            return Err("the token is shown".to_owned());
        }
        if (code, output.as_str()) == (Some(5), expected.as_str()) {
            return Ok(());
        }
        Err(format!("exit code {code:?}\n{output}"))
    });
}

#[test]
fn no_expectation_is_left_over() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/invalid");
    for entry in fs::read_dir(folder).expect("a folder") {
        let file = entry.expect("readable").path();
        assert!(file.with_extension("toml").exists(), "{}", file.display());
    }
}
