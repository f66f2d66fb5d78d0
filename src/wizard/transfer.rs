//! What moves whole entries: the same sign-in for another product, another name or address, and away.

use super::row::{count, file_of};
use super::state::State;
use super::tree;
use super::{Flow, Wizard};
use crate::changes::{Changes, EntryName};
use crate::config::change::Step;
use crate::config::path::Path;
use crate::config::site_url;
use crate::config::value::{Value, is_profile_name};
use crate::prompt::{Answer, TextQuestion};

impl Wizard<'_> {
    /// Copies what an instance says, and its secrets, to the same address of another product.
    pub(super) fn same_sign_in(&mut self, state: &State, from: &Path, to: &Path) -> Flow<()> {
        let title = tree::collection_title(&to.parent());
        // what was only learned of the site, such as its ID, is no sign-in
        let has_account = tree::fields(to)
            .into_iter()
            .any(|(path, setting)| setting.field() == "username" && state.value(&path).is_some());
        let there = has_account || !state.stored_below(to).is_empty();
        if there
            && !self.confirm(
                &format!("{title} has a sign-in for this site. Replace it?"),
                false,
            )?
        {
            return Ok(());
        }
        let mut changes = Changes {
            command: "copy",
            ..Changes::default()
        };
        for (path, setting) in tree::fields(from) {
            let target = to.join(setting.field());
            if setting.secret() {
                let secret = match self.world.secret(&EntryName::new(path, None)) {
                    Ok(secret) => secret,
                    Err(complaint) => {
                        self.report(Err(complaint));
                        return Ok(());
                    }
                };
                let name = EntryName::new(target, None);
                match secret {
                    Some(secret) => changes.copied.push((name, secret)),
                    None if state.stored().contains(&name) => changes.forget.push(name),
                    None => {}
                }
            } else if let Some(resolved) = state.value(&path) {
                changes.steps.push(Step::Set {
                    path: target,
                    value: resolved.value.clone(),
                });
            } else if state.set_here(&target).is_some() {
                changes.steps.push(Step::Unset { path: target });
            }
        }
        self.apply(&changes);
        Ok(())
    }

    /// Asks for another name or address; the path afterwards, if it was given one.
    pub(super) fn rename(&mut self, state: &State, entry: &Path) -> Flow<Option<Path>> {
        let before = entry.last().unwrap_or_default();
        let is_instance = entry.instance_product().is_some();
        let read = |text: &str| -> Result<String, String> {
            if is_instance {
                site_url::normalise(text).map_err(|error| error.to_string())
            } else if is_profile_name(text) {
                Ok(text.to_owned())
            } else {
                Err("use letters, digits, `_` and `-`".to_owned())
            }
        };
        let taken = state.entries(&entry.parent());
        let check = |text: &str| {
            let name = read(text)?;
            if name != before && taken.contains(&entry.parent().join(&name)) {
                return Err(format!("{name} is there already"));
            }
            Ok(())
        };
        self.say_all();
        let question = if is_instance {
            "New address"
        } else {
            "New name"
        };
        let question = TextQuestion::new(question).initial(before).check(&check);
        let Answer::Given(text) = self.prompter.text(&question)? else {
            return Ok(None);
        };
        let name = read(&text).unwrap_or(text);
        if name == before {
            return Ok(None);
        }
        let secrets = state.stored_below(entry).len();
        let other_site = is_instance && site_url::origin(before) != site_url::origin(&name);
        let follow = if secrets > 0 && other_site {
            let secrets = count(secrets, "secret");
            let question =
                format!("It has {secrets}, which would be sent to {name}. Let them follow?");
            self.confirm(&question, false)?
        } else {
            true
        };
        let renamed = self.world.rename(entry, &name, follow);
        Ok(self.report(renamed).then(|| entry.parent().join(&name)))
    }

    /// Removes an entry with its secrets, if it is meant; whether it was removed.
    pub(super) fn remove(&mut self, state: &State, entry: &Path) -> Flow<bool> {
        let shared = state.layer().is_shared();
        let forget = if shared {
            Vec::new()
        } else {
            state.stored_below(entry)
        };
        let name = entry.last().unwrap_or_default();
        let file = file_of(state.layer());
        let question = match forget.len() {
            0 => format!("Remove {name} from {file}?"),
            number => {
                format!(
                    "Remove {name} from {file}, and {} of it?",
                    count(number, "secret")
                )
            }
        };
        if !self.confirm(&question, false)? {
            return Ok(false);
        }
        let mut steps = vec![Step::Unset {
            path: entry.clone(),
        }];
        let default = Path::from_declared(["default_profile"]);
        let names_it = state.set_here(&default).and_then(Value::as_text) == Some(name);
        if entry.instance_product().is_none() && names_it {
            // it would name nothing
            steps.push(Step::Unset { path: default });
        }
        Ok(self.apply(&Changes {
            command: "unset",
            steps,
            forget,
            ..Changes::default()
        }))
    }
}
