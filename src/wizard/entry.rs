//! The screen of a profile or an instance: all its settings, and what can be done with it.

use super::connector::{Attempt, Recognised, Whose};
use super::entries::NO_SIGN_IN;
use super::row::{file_of, of_setting};
use super::screen::Screen;
use super::state::State;
use super::top::default_profile;
use super::tree;
use super::{Flow, Wizard};
use crate::auth::Product;
use crate::changes::Changes;
use crate::config::change::Step;
use crate::config::path::Path;
use crate::config::schema::{Match, Setting};
use crate::config::value::Value;
use crate::prompt::{Answer, MenuRow};

/// Why nothing is asked of a site.
const NO_NETWORK: &str = "not available: there is no connection to test with";

/// What a row stands for.
#[derive(Debug, Clone, PartialEq)]
enum Choice {
    Setting(Path, &'static Setting),
    Test,
    FindCloudId,
    SameSignIn(Path),
    MakeDefault,
    SignInAgain,
    Rename,
    Remove,
}

impl Wizard<'_> {
    /// A profile or an instance, until it is left or gone.
    pub(super) fn entry(&mut self, entry: &Path) -> Flow<()> {
        let mut entry = entry.clone();
        let mut marked = None;
        loop {
            let state = self.state()?;
            let screen = self.entry_screen(&state, &entry);
            let Answer::Given(choice) = self.show(&screen, &mut marked)? else {
                return Ok(());
            };
            let title = entry.last().unwrap_or_default().to_owned();
            let left = self.below(title, |wizard| wizard.act(&state, &mut entry, choice))?;
            if left {
                return Ok(());
            }
        }
    }

    /// Does what was chosen; whether the entry is gone. It has another path once it was renamed.
    fn act(&mut self, state: &State, entry: &mut Path, choice: Choice) -> Flow<bool> {
        match choice {
            Choice::Setting(path, setting) => self.setting(&path, setting)?,
            Choice::Test => self.test(entry)?,
            Choice::FindCloudId => self.find_cloud_id(entry)?,
            Choice::SameSignIn(to) => self.same_sign_in(state, entry, &to)?,
            Choice::MakeDefault => self.make_default(entry),
            Choice::SignInAgain => self.sign_in_again(entry)?,
            Choice::Rename => {
                if let Some(renamed) = self.rename(state, entry)? {
                    *entry = renamed;
                }
            }
            Choice::Remove => return self.remove(state, entry),
        }
        Ok(false)
    }

    fn entry_screen(&mut self, state: &State, entry: &Path) -> Screen<Choice> {
        let mut screen = Screen::new(entry.last().unwrap_or_default());
        screen.paragraphs = vec![format!("Path: {entry}")];
        for (path, setting) in tree::fields(entry) {
            let row = of_setting(state, &path, setting);
            screen.row(Choice::Setting(path, setting), row);
        }
        let connected = self.world.connector().is_some();
        let test = MenuRow::new("Test connection").about("Signs in with what is configured here.");
        screen.row(Choice::Test, needs_network(test, connected));
        if entry.instance_product().is_some() {
            add_instance_rows(&mut screen, state, entry, connected);
        } else {
            add_profile_rows(&mut screen, state, entry);
        }
        let remove = MenuRow::new("Remove").about(format!("From {}.", file_of(state.layer())));
        screen.row(Choice::Remove, remove);
        screen
    }

    fn test(&mut self, entry: &Path) -> Flow<()> {
        let name = entry.last().unwrap_or_default().to_owned();
        let (whose, products) = match entry.instance_product() {
            Some(product) => (
                Whose::Instance(entry.clone()),
                Product::named(product).into_iter().collect(),
            ),
            None => (
                Whose::Profile(name.clone()),
                vec![Product::Jira, Product::Confluence],
            ),
        };
        self.prompter.busy(&format!("Signing in to {name}"))?;
        if let Some(connector) = self.world.connector() {
            let tested = connector.test(&Attempt { whose, products });
            self.said.extend(tested.sentences());
        }
        Ok(())
    }

    fn find_cloud_id(&mut self, entry: &Path) -> Flow<()> {
        let site = entry.last().unwrap_or_default();
        let Some((path, setting)) = cloud_id_of(entry) else {
            return Ok(());
        };
        self.prompter.busy(&format!("Asking {site}"))?;
        let Some(connector) = self.world.connector() else {
            return Ok(());
        };
        match connector.recognise(site) {
            Recognised::Cloud {
                cloud_id: Some(found),
            } => match Value::from_text(&setting.kind, &found) {
                Ok(value) => {
                    self.apply(&Changes {
                        command: "set",
                        steps: vec![Step::Set { path, value }],
                        ..Changes::default()
                    });
                }
                Err(error) => self.say(format!("{site} told an ID that cannot be one: {error}")),
            },
            Recognised::Cloud { cloud_id: None } => {
                self.say(format!("{site} is a Cloud site, and did not tell its ID"));
            }
            Recognised::DataCenter { .. } => {
                self.say(format!("{site} is Data Center, which has no cloud ID"));
            }
            Recognised::NotAtlassian => {
                self.say(format!("what answers at {site} is no Cloud site"));
            }
            Recognised::Unreachable(trouble) => self.say(format!("{site}: {trouble}")),
        }
        Ok(())
    }

    fn make_default(&mut self, entry: &Path) {
        let name = entry.last().unwrap_or_default().to_owned();
        self.apply(&Changes {
            command: "set",
            steps: vec![Step::Set {
                path: Path::from_declared(["default_profile"]),
                value: Value::Text(name),
            }],
            ..Changes::default()
        });
    }
}

fn add_instance_rows(screen: &mut Screen<Choice>, state: &State, entry: &Path, connected: bool) {
    if cloud_id_of(entry).is_some() {
        let find = MenuRow::new("Find cloud ID")
            .about("Asks the site for its ID, without signing in, and saves it.");
        screen.row(Choice::FindCloudId, needs_network(find, connected));
    }
    for other in siblings(entry) {
        let title = tree::collection_title(&other.parent());
        let from = tree::collection_title(&entry.parent());
        let same = MenuRow::new(format!("Use the same sign-in for {title}")).about(format!(
            "Copies the account, the secrets and the rest from {from}."
        ));
        screen.row(Choice::SameSignIn(other), needs_own_file(same, state));
    }
    let rename = MenuRow::new("Rename URL").about("Another address, and all the rest stays.");
    screen.row(Choice::Rename, rename);
}

fn add_profile_rows(screen: &mut Screen<Choice>, state: &State, entry: &Path) {
    let default =
        MenuRow::new("Make it the default").about("The profile that is used when none is named.");
    let default = if default_profile(state).as_deref() == entry.last() {
        default.unavailable("it is the default already")
    } else {
        default
    };
    screen.row(Choice::MakeDefault, default);
    let again = MenuRow::new("Sign in again").about("Another account or another token.");
    screen.row(Choice::SignInAgain, needs_own_file(again, state));
    screen.row(Choice::Rename, MenuRow::new("Rename"));
}

fn needs_network(row: MenuRow, connected: bool) -> MenuRow {
    if connected {
        row
    } else {
        row.unavailable(NO_NETWORK)
    }
}

fn needs_own_file(row: MenuRow, state: &State) -> MenuRow {
    if state.layer().is_shared() {
        row.unavailable(NO_SIGN_IN)
    } else {
        row
    }
}

/// Where an instance says its cloud ID, if its product has one.
fn cloud_id_of(entry: &Path) -> Option<(Path, &'static Setting)> {
    let path = entry.join("cloud_id");
    match path.lookup() {
        Match::Setting(setting) => Some((path, setting)),
        _ => None,
    }
}

/// The same address under the other products that sign in with the same settings.
fn siblings(entry: &Path) -> Vec<Path> {
    let section = entry.first(1);
    let url = entry.last().unwrap_or_default();
    let own = entry.parent();
    let fields = |entry: &Path| -> Vec<&'static str> {
        let fields = tree::fields(entry).into_iter();
        fields.map(|(_, setting)| setting.pattern).collect()
    };
    let Match::Section(node) = section.lookup() else {
        return Vec::new();
    };
    node.names()
        .map(|product| section.join(product))
        .filter(|product| *product != own)
        .map(|product| product.join(url))
        .filter(|other| fields(other) == fields(entry))
        .collect()
}
