//! Menus answered by a script, on real files and a real store: what is asked, and the bytes that come of it.

mod changing;
mod entries;
mod finding;
mod mending;
mod signing_in;

use super::*;
use crate::cli::global::Global;
use crate::environment::Environment;
use crate::prompt::{Asked, Reply, Scripted};
use crate::wizard::{Attempt, Recognised, Tested};
use clap::{ArgMatches, Command, FromArgMatches};
use std::collections::VecDeque;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// What a new user file starts with.
const FIRST_LINES: &str = "#:schema ./config.schema.json\n# Your settings of lassi. Secrets are not in here: `lassi config set` puts them into the store.\n";

/// A home of its own, with a repository to work in.
struct Home {
    folder: TempDir,
    environment: Environment,
}

/// A connector that answers from lists.
#[derive(Debug, Default)]
struct Sites {
    recognised: VecDeque<Recognised>,
    tested: VecDeque<Tested>,
}

impl Connector for Sites {
    fn recognise(&mut self, _site: &str) -> Recognised {
        self.recognised
            .pop_front()
            .expect("nobody asks a site more")
    }

    fn test(&mut self, _attempt: &Attempt) -> Tested {
        self.tested.pop_front().expect("nobody signs in more")
    }
}

impl Home {
    /// A home with this user file, if it is not empty.
    fn with(text: &str) -> Home {
        Home::with_variables(text, &[])
    }

    fn with_variables(text: &str, variables: &[(&str, &str)]) -> Home {
        let folder = tempfile::tempdir().expect("a folder");
        let place = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
        let (config, state) = (place("lassi"), place("state"));
        let own = [
            ("LASSI_CONFIG_DIR", config.as_str()),
            ("XDG_STATE_HOME", state.as_str()),
        ];
        let mut environment = Environment::with_variables(own.iter().chain(variables).copied());
        environment.input_is_terminal = true;
        environment.error_is_terminal = true;
        environment.current_folder = Some(folder.path().join("work"));
        fs::create_dir_all(folder.path().join("work/.git")).expect("a folder");
        fs::create_dir_all(&config).expect("a folder");
        let home = Home {
            folder,
            environment,
        };
        if !text.is_empty() {
            home.write("lassi/config.toml", text);
        }
        home
    }

    #[expect(clippy::disallowed_methods, reason = "a file of the test alone")]
    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("a file");
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    /// The user file.
    fn file(&self) -> String {
        self.read("lassi/config.toml")
    }

    /// The names of all secrets.
    fn stored(&self) -> Vec<String> {
        let session = Session::new(&self.environment, global(&[]));
        let mut names = session.store().unwrap().names().unwrap();
        names.sort();
        names
    }

    /// A stored secret.
    fn secret(&self, name: &str) -> String {
        let session = Session::new(&self.environment, global(&[]));
        let secret = session.store().unwrap().get(name).unwrap();
        secret.expect("it is stored").expose().to_owned()
    }

    fn store_secret(&self, path: &str, text: &str) {
        let session = Session::new(&self.environment, global(&["--quiet"]));
        let changes = crate::changes::Changes {
            secrets: vec![(
                Path::parse(path).unwrap(),
                crate::secret::Secret::from_input(text.to_owned()).unwrap(),
            )],
            command: "set",
            ..crate::changes::Changes::default()
        };
        crate::cli::config::carry_out_for_user(&session, &changes).unwrap();
    }

    /// Opens the menu at its top, on the user's own file.
    fn top(&self, replies: &[(&str, Reply)]) -> Shown {
        self.menu(Layer::User, None, None, replies)
    }

    /// Opens the menu at a path, on the user's own file.
    fn at(&self, path: &str, replies: &[(&str, Reply)]) -> Shown {
        self.menu(Layer::User, Some(path), None, replies)
    }

    fn menu(
        &self,
        layer: Layer,
        path: Option<&str>,
        sites: Option<Sites>,
        replies: &[(&str, Reply)],
    ) -> Shown {
        let script = Scripted::new(replies.iter().cloned());
        let session = Session::with_prompter(
            &self.environment,
            global(&["--quiet"]),
            Box::new(script.clone()),
        );
        let entrance = match path {
            Some(path) => entrance(&session, path).unwrap(),
            None => Entrance::Top,
        };
        let connector = sites.map(|sites| Box::new(sites) as Box<dyn Connector>);
        let mut world = SessionWorld::new(&session, layer, connector);
        let (result, said) = {
            let mut prompter = session.prompter();
            wizard::open(&mut world, prompter.as_mut(), &entrance)
        };
        assert_eq!(result, Ok(()));
        script.assert_finished();
        Shown {
            asked: script.asked(),
            said,
        }
    }
}

/// What a menu showed.
struct Shown {
    asked: Vec<Asked>,
    /// What was said last, when the menu had ended.
    said: Vec<String>,
}

impl Shown {
    /// The latest question with this title.
    fn last(&self, title: &str) -> &Asked {
        let mut asked = self.asked.iter().rev();
        let found = asked.find(|asked| asked.question == title);
        found.unwrap_or_else(|| panic!("{title} was not asked"))
    }

    /// All that was said, in order.
    fn notes(&self) -> Vec<&str> {
        let asked = self.asked.iter().flat_map(|asked| &asked.notes);
        asked.chain(&self.said).map(String::as_str).collect()
    }

    #[track_caller]
    fn assert_said(&self, part: &str) {
        let notes = self.notes();
        assert!(notes.iter().any(|note| note.contains(part)), "{notes:#?}");
    }
}

fn global(arguments: &[&str]) -> Global {
    let command = Global::augment_args(Command::new("lassi"));
    let matches: ArgMatches = command.get_matches_from([&["lassi"], arguments].concat());
    Global::from_arg_matches(&matches).expect("flags that exist")
}

fn row(label: &str) -> Reply {
    Reply::Row(label.to_owned())
}

fn text(typed: &str) -> Reply {
    Reply::Text(typed.to_owned())
}

fn secret(typed: &str) -> Reply {
    Reply::Secret(typed.to_owned())
}
