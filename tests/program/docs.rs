//! Every command in a `console` block of the README and of the guide runs, and prints what the page says.
//!
//! A page is followed as a person would, from top to bottom: each command in a shell, in a git repository, below a
//! home folder that only this page has. Pages call that home `/home/you`, and every moment [`MOMENT`]. A page that names
//! the address [`SITE`] has a demo site of its own.

use crate::demo_site::DemoSite;
use lassi::environment::Environment;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use trycmd::TestCases;

/// The moment that stands in pages wherever lassi prints one.
const MOMENT: &str = "2027-03-01T09:30:00Z";
/// The address of the demo site in pages.
const SITE: &str = "http://127.0.0.1:8765";
/// The home folder in pages.
const HOME: &str = "/home/you";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A word as a shell takes it, whatever is in it.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// The search path of this process, with the program that is tested in front.
fn search_path() -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_lassi"));
    let folder = program.parent().expect("a program is in a folder");
    let environment = Environment::of_process();
    let others = environment.variable("PATH").unwrap_or("/usr/bin:/bin");
    format!("{}:{others}", folder.display())
}

/// A page and the folder of the person who follows it.
struct Reader {
    folder: tempfile::TempDir,
    home: PathBuf,
    site: Option<DemoSite>,
}

impl Reader {
    fn of(page: &Path) -> Reader {
        let text = fs::read_to_string(page).expect("a page in UTF-8");
        let folder = tempfile::tempdir().expect("a temporary folder");
        let base = fs::canonicalize(folder.path()).expect("it exists");
        let home = base.join("home");
        let project = home.join("project");
        fs::create_dir_all(&project).expect("an empty folder");
        let made = Command::new("git")
            .args(["init", "--quiet"])
            .current_dir(&project)
            .env("HOME", &home)
            .status();
        assert!(
            made.expect("git runs").success(),
            "git makes a repository of {}",
            project.display()
        );
        Reader {
            folder,
            home,
            site: text.contains(SITE).then(DemoSite::start),
        }
    }

    /// A line with the addresses of this machine.
    fn here(&self, line: &str) -> String {
        match &self.site {
            Some(site) => line.replace(SITE, site.url()),
            None => line.to_owned(),
        }
    }

    fn home(&self) -> &str {
        self.home.to_str().expect("a path in UTF-8")
    }

    /// The page as trycmd runs it. It takes the last line break of an output for formatting, so a blank line goes
    /// behind each output that has none.
    fn runnable(&self, page: &str) -> String {
        let mut text = String::new();
        let mut in_block = false;
        for line in page.lines() {
            let ends_output = line.starts_with("$ ") || line == "```";
            if in_block && ends_output && !text.ends_with("\n\n") && !text.ends_with("```console\n")
            {
                text.push('\n');
            }
            in_block = line == "```console" || (in_block && line != "```");
            if let Some(command) = line.strip_prefix("$ ") {
                text.push_str(&self.in_shell(command));
            } else {
                let line = self.here(line).replace(HOME, "[HOME]");
                text.push_str(&line.replace(MOMENT, "[..]"));
            }
            text.push('\n');
        }
        text
    }

    /// A command as one that a shell runs, with nothing around it but a home and a search path.
    fn in_shell(&self, command: &str) -> String {
        let command = self.here(command).replace(HOME, self.home());
        let script = format!("cd {}/project && {command}", quoted(self.home()));
        let home = quoted(&format!("HOME={}", self.home()));
        let path = quoted(&format!("PATH={}", search_path()));
        format!("$ env -i {home} {path} sh -c {}", quoted(&script))
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "a copy of a page in a temporary folder"
    )]
    fn follow(&self, page: &Path) {
        let text = fs::read_to_string(page).expect("a page in UTF-8");
        let copy = self
            .folder
            .path()
            .join(page.file_name().expect("a page has a name"));
        fs::write(&copy, self.runnable(&text)).expect("a temporary folder");
        let cases = TestCases::new();
        cases.register_bin("env", Path::new("/usr/bin/env"));
        cases
            .insert_var("[HOME]", self.home().to_owned())
            .expect("a name that trycmd allows");
        cases.case(&copy).run();
    }
}

/// The README and the guide, as far as they have something to run.
fn pages() -> Vec<PathBuf> {
    let guide = fs::read_dir(root().join("docs")).expect("the folder of the guide");
    let mut pages: Vec<PathBuf> = guide
        .map(|entry| entry.expect("an entry of the folder").path())
        .chain([root().join("README.md")])
        .filter(|page| page.extension().is_some_and(|extension| extension == "md"))
        .filter(|page| fs::read_to_string(page).is_ok_and(|text| text.contains("```console\n")))
        .collect();
    pages.sort();
    pages
}

#[test]
fn every_example_prints_what_its_page_says() {
    let pages = pages();
    assert!(
        pages.iter().any(|page| page.ends_with("README.md")),
        "{pages:?}"
    );
    for page in pages {
        Reader::of(&page).follow(&page);
    }
}

/// The first command of the README, with the program that is there already and a folder of its own.
#[test]
fn the_script_to_try_it_makes_a_file_that_can_be_changed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let tried = |arguments: &[&str]| {
        let output = Command::new(root().join("try"))
            .args(arguments)
            .env("TRY_PROGRAM", env!("CARGO_BIN_EXE_lassi"))
            .env("TRY_FOLDER", folder.path().join("tried"))
            .output()
            .expect("a shell runs it");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{said}");
        String::from_utf8_lossy(&output.stdout).into_owned() + &said
    };
    let file = folder.path().join("tried/config.toml");
    let walk = tried(&[]);
    assert!(walk.contains(file.to_str().expect("UTF-8")), "{walk}");
    assert!(!walk.contains("warning"), "{walk}");
    tried(&["config", "set", "output.format=csv"]);
    let text = fs::read_to_string(&file).expect("the file is there");
    assert!(text.contains("format = \"csv\""), "{text}");
    assert_eq!(tried(&["config", "get", "output.format"]), "csv\n");
    let again = tried(&[]);
    assert!(again.contains("format = \"csv\""), "{again}");
}

/// Pages that nobody finds are not read.
#[test]
fn the_table_of_contents_names_every_page() {
    let summary = fs::read_to_string(root().join("docs/SUMMARY.md")).expect("docs/SUMMARY.md");
    for entry in fs::read_dir(root().join("docs")).expect("the folder of the guide") {
        let name = entry.expect("an entry").file_name();
        let name = name.to_str().expect("UTF-8");
        let is_page = Path::new(name)
            .extension()
            .is_some_and(|extension| extension == "md");
        if is_page && name != "SUMMARY.md" {
            assert!(
                summary.contains(&format!("]({name})")),
                "docs/SUMMARY.md does not name {name}"
            );
        }
    }
}
