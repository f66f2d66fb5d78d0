use super::*;
use crate::config::layer::FileLayer;
use crate::secret::MemoryStore;
use std::path::Path as FilePath;

fn path(text: &str) -> Path {
    Path::parse(text).unwrap()
}

fn set(text: &str, value: &str) -> Step {
    Step::Set {
        path: path(text),
        value: Value::Text(value.to_owned()),
    }
}

fn secret(text: &str) -> Secret {
    Secret::from_input(text.to_owned()).unwrap()
}

struct Fixture {
    folder: tempfile::TempDir,
    store: MemoryStore,
    stack: Stack,
}

impl Fixture {
    fn new(files: &[(Layer, &str)]) -> Fixture {
        let layer = |(layer, text): &(Layer, &str)| {
            FileLayer::of_text(*layer, FilePath::new(layer.name()), (*text).to_owned())
        };
        Fixture {
            folder: tempfile::tempdir().unwrap(),
            store: MemoryStore::default(),
            stack: Stack::of_files(files.iter().map(layer).collect()),
        }
    }

    fn target(&self) -> Target {
        Target {
            file: self.folder.path().join("lassi/config.toml"),
            state: self.folder.path().join("state"),
            new_file_mode: 0o600,
            private_folder: true,
        }
    }

    fn apply(&self, changes: &Changes) -> Result<Applied, WriteError<ChangeError>> {
        let target = self.target();
        let place = Place {
            target: &target,
            layer: Layer::User,
            first_lines: new_file_text(Layer::User),
            stack: &self.stack,
            store: Some(&self.store),
        };
        changes.apply(&place)
    }
}

#[test]
fn a_profiles_secret_gets_the_name_of_its_site_after_all_pairs() {
    let fixture = Fixture::new(&[(
        Layer::User,
        "profiles.work.base_url = \"https://old.example\"",
    )]);
    let changes = Changes {
        secrets: vec![(path("profiles.work.api_token"), secret("s3cret"))],
        steps: vec![set("profiles.work.base_url", "https://new.example/jira")],
        command: "set",
        ..Changes::default()
    };
    fixture.apply(&changes).unwrap();
    assert_eq!(
        fixture.store.names().unwrap(),
        ["profiles.work.api_token@https://new.example"]
    );
    let text = std::fs::read_to_string(fixture.target().file).unwrap();
    assert!(
        text.contains("new.example") && !text.contains("s3cret"),
        "{text}"
    );
}

#[test]
fn a_secret_without_a_site_or_with_one_from_a_shared_file_is_refused() {
    let changes = Changes {
        secrets: vec![(path("profiles.work.api_token"), secret("s"))],
        command: "set",
        ..Changes::default()
    };
    let nowhere = Fixture::new(&[]).apply(&changes);
    assert!(
        matches!(
            nowhere,
            Err(WriteError::Refused(ChangeError::NoSite { .. }))
        ),
        "{nowhere:?}"
    );
    let shared = Fixture::new(&[(
        Layer::Project,
        "profiles.work.base_url = \"https://evil.example\"",
    )]);
    let refused = shared.apply(&changes);
    assert!(
        matches!(
            refused,
            Err(WriteError::Refused(ChangeError::SharedSite { .. }))
        ),
        "{refused:?}"
    );
    assert!(shared.store.names().unwrap().is_empty());
}

#[test]
fn a_file_that_cannot_be_changed_takes_the_secret_back() {
    let fixture = Fixture::new(&[]);
    let target = fixture.target();
    std::fs::create_dir_all(&target.file).unwrap();
    let changes = Changes {
        secrets: vec![(path("auth.jira.https://a.b.pat"), secret("s"))],
        steps: vec![set("output.format", "json")],
        command: "set",
        ..Changes::default()
    };
    assert!(fixture.apply(&changes).is_err());
    assert!(fixture.store.names().unwrap().is_empty());
}

#[test]
fn plain_http_needs_an_entry_which_may_come_with_the_same_command() {
    let fixture = Fixture::new(&[]);
    let address = set("profiles.work.base_url", "http://example.com");
    let refused = fixture.apply(&Changes {
        steps: vec![address.clone()],
        command: "set",
        ..Changes::default()
    });
    assert!(
        matches!(refused, Err(WriteError::Refused(ChangeError::PlainHttp { host, .. })) if host == "example.com")
    );
    let instance = set("auth.jira.http://example.com.username", "me");
    let refused = fixture.apply(&Changes {
        steps: vec![instance],
        command: "set",
        ..Changes::default()
    });
    assert!(matches!(
        refused,
        Err(WriteError::Refused(ChangeError::PlainHttp { .. }))
    ));
    let hosts = Value::List(vec![Value::Text("example.com".into())]);
    let allow = Step::Set {
        path: path("connection.allow_http"),
        value: hosts,
    };
    fixture
        .apply(&Changes {
            steps: vec![address, allow],
            command: "set",
            ..Changes::default()
        })
        .unwrap();
}
