//! Signing in as questions: what is known goes in, what is missing is asked for, tested, and comes out to be saved.
//!
//! One flow for the menus and for `lassi auth login`. Esc goes back a question and keeps all answers; nothing is
//! written before the last one.

mod answers;
mod questions;
mod save;
mod site;
mod test;
mod way;

#[cfg(test)]
mod tests;

pub use answers::{Known, Place, SignIn, Surroundings};

use self::answers::{Answers, Progress};
use self::way::{Deployment, Way};
use super::connector::Recognised;
use super::entries::NO_SIGN_IN;
use super::top::default_profile;
use super::{Flow, Wizard};
use crate::auth::{Address, Candidates, Located, Product, Profile};
use crate::changes::{EntryName, allowed_hosts};
use crate::config::change::Step as FileStep;
use crate::config::path::Path;
use crate::config::value::Value;
use crate::prompt::{PromptError, Prompter};

/// A question, or a group of questions that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    SharedProfile,
    Site,
    SharedSite,
    Way,
    Product,
    Account,
    Token,
    Test,
    Name,
}

/// In the order in which they are asked.
const STEPS: [Step; 9] = [
    Step::SharedProfile,
    Step::Site,
    Step::SharedSite,
    Step::Way,
    Step::Product,
    Step::Account,
    Step::Token,
    Step::Test,
    Step::Name,
];

/// What came of a step.
enum Stepped {
    /// It was answered.
    Answered,
    /// It had nothing to ask.
    Passed,
    /// Esc: to the question before.
    Back,
    /// To an earlier question, to answer it otherwise.
    To(Step),
}

/// Asks; `None` if the first question was left by Esc.
pub fn sign_in(
    prompter: &mut dyn Prompter,
    known: &Known,
    surroundings: Surroundings<'_>,
) -> Result<Option<SignIn>, PromptError> {
    ask(prompter, known, surroundings, &mut Progress::default())
}

fn ask(
    prompter: &mut dyn Prompter,
    known: &Known,
    surroundings: Surroundings<'_>,
    progress: &mut Progress,
) -> Result<Option<SignIn>, PromptError> {
    let mut questions = Questions {
        prompter,
        known,
        answers: &mut progress.answers,
        surroundings,
    };
    while let Some(step) = STEPS.get(progress.at) {
        if !questions.is_open(*step) {
            progress.at += 1;
            continue;
        }
        match questions.step(*step)? {
            Stepped::Answered => {
                progress.asked.push(progress.at);
                progress.at += 1;
            }
            Stepped::Passed => progress.at += 1,
            Stepped::Back => match progress.asked.pop() {
                Some(earlier) => progress.at = earlier,
                None => return Ok(None),
            },
            Stepped::To(step) => {
                let at = STEPS.iter().position(|other| *other == step).unwrap_or(0);
                progress.asked.retain(|asked| *asked < at);
                progress.at = at;
            }
        }
    }
    Ok(Some(questions.into_sign_in()))
}

/// The questions, with what is known and what was answered.
struct Questions<'a, 'w> {
    prompter: &'a mut dyn Prompter,
    known: &'a Known,
    answers: &'a mut Answers,
    surroundings: Surroundings<'w>,
}

impl Questions<'_, '_> {
    /// The name of the profile, as far as it is known.
    fn profile_name(&self) -> Option<&str> {
        let known = self.known.profile.as_deref();
        known.or(self.answers.shared_profile.as_deref())
    }

    /// The profile, if it is there already.
    fn present(&self) -> Option<&Profile> {
        self.surroundings.candidates.profile(self.profile_name()?)
    }

    fn product(&self) -> Product {
        self.answers.product.unwrap_or(self.known.product)
    }

    fn is_bitbucket(&self) -> bool {
        self.product() == Product::Bitbucket
    }

    fn present_site(&self) -> Option<Located<String>> {
        self.present()?.site(Product::Jira)
    }

    fn present_account(&self) -> Option<String> {
        Some(self.present()?.account(self.product())?.value)
    }

    /// The site as far as it is known.
    fn site(&self) -> Option<String> {
        let given = self.known.base_url.as_ref().or(self.answers.site.as_ref());
        given
            .cloned()
            .or_else(|| self.present_site().map(|site| site.value))
    }

    fn deployment(&self) -> Deployment {
        if self.is_bitbucket() {
            return Deployment::Bitbucket;
        }
        match &self.answers.recognised {
            Some(Recognised::Cloud { .. }) => return Deployment::Cloud,
            Some(Recognised::DataCenter { .. }) => return Deployment::DataCenter,
            _ => {}
        }
        let site = self.site().and_then(|site| Address::parse(&site).ok());
        match site {
            Some(site) if site.is_cloud() => Deployment::Cloud,
            _ => Deployment::Unknown,
        }
    }

    fn is_known_bearer(&self) -> bool {
        let present = || {
            self.present()
                .is_some_and(|profile| profile.is_bearer(self.product()))
        };
        self.known.bearer || (!self.known.revise && present())
    }

    /// The kind of sign-in: chosen, or meant by what is known.
    fn way(&self) -> Way {
        let meant = || Way::meant(self.is_known_bearer(), self.deployment());
        self.answers.way.unwrap_or_else(meant)
    }

    fn account(&self) -> Option<String> {
        let given = self.known.email.as_ref().or(self.answers.account.as_ref());
        given.cloned().or_else(|| self.present_account())
    }

    /// The products that the sign-in is for.
    fn products(&self) -> Vec<Product> {
        if let Place::Instance(product) = self.known.place {
            return vec![product];
        }
        match (&self.answers.recognised, self.answers.product) {
            (_, Some(product)) => vec![product],
            (
                Some(Recognised::DataCenter {
                    product: Some(product),
                    ..
                }),
                None,
            ) => vec![*product],
            _ if self.is_bitbucket() => vec![Product::Bitbucket],
            _ => vec![Product::Jira, Product::Confluence],
        }
    }

    /// The profiles that only shared files give a site to: a team's, in a fresh clone.
    fn shared_profiles(&self) -> Vec<(String, String)> {
        let profiles = self.surroundings.candidates.profiles.iter();
        profiles
            .filter_map(|profile| Some((profile.name.clone(), profile.site(Product::Jira)?)))
            .filter(|(_, site)| site.origin.layer().is_shared())
            .map(|(name, site)| (name, site.value))
            .collect()
    }

    /// Whether a step has something to ask.
    fn is_open(&self, step: Step) -> bool {
        let known = self.known;
        let is_profile = known.place == Place::Profile;
        let needs_site = known.base_url.is_none() && known.product != Product::Bitbucket;
        let account_is_known =
            known.email.is_some() || (!known.revise && self.present_account().is_some());
        match step {
            Step::SharedProfile => {
                is_profile
                    && known.profile.is_none()
                    && needs_site
                    && known.suggested_site.is_empty()
                    && !self.shared_profiles().is_empty()
            }
            // an instance of Bitbucket is at an address, too
            Step::Site => {
                (needs_site || (!is_profile && known.base_url.is_none()))
                    && self.present_site().is_none()
            }
            Step::SharedSite => {
                let site = self.present_site();
                needs_site && site.is_some_and(|site| site.origin.layer().is_shared())
            }
            Step::Way => !self.is_known_bearer() && !account_is_known,
            Step::Product => is_profile && self.way() == Way::Cookies,
            Step::Account => self.way().needs_account() && !account_is_known,
            Step::Token => {
                known.token.is_none() && (self.surroundings.wants_token || !self.is_stored())
            }
            Step::Test => self.surroundings.wants_test && self.surroundings.connector.is_some(),
            Step::Name => known.profile.is_none() && self.answers.shared_profile.is_none(),
        }
    }

    fn is_stored(&self) -> bool {
        let Some(profile) = self.present() else {
            return false;
        };
        let site = if self.is_bitbucket() {
            let site = profile.site_when_named(Product::Bitbucket);
            site.map(|site| site.value)
        } else {
            self.site()
        };
        let path = profile.token_path(self.product());
        let stored = self.surroundings.stored;
        site.is_some_and(|site| stored.contains(&EntryName::new(path, Some(&site))))
    }

    fn step(&mut self, step: Step) -> Result<Stepped, PromptError> {
        match step {
            Step::SharedProfile => self.ask_shared_profile(),
            Step::Site => self.ask_site(),
            Step::SharedSite => self.ask_shared_site(),
            Step::Way => self.ask_way(),
            Step::Product => self.ask_product(),
            Step::Account => self.ask_account(),
            Step::Token => self.ask_token(),
            Step::Test => self.test(),
            Step::Name => self.ask_name(),
        }
    }

    fn into_sign_in(self) -> SignIn {
        let way = self.way();
        let present_is_bearer = self
            .present()
            .is_some_and(|profile| profile.is_bearer(self.product()));
        let bearer = match (way.is_bearer(), present_is_bearer) {
            (true, _) if self.known.place != Place::Profile => Some(true),
            (bearer, present) => (bearer != present).then_some(bearer),
        };
        let cloud_id = match &self.answers.recognised {
            Some(Recognised::Cloud { cloud_id }) => cloud_id.clone(),
            _ => None,
        };
        let profile = self.profile_name().map(str::to_owned);
        let site = self.known.base_url.clone();
        SignIn {
            place: self.known.place,
            profile: profile.or_else(|| self.answers.name.clone()),
            product: self.product(),
            base_url: site.or_else(|| self.answers.site.clone()),
            email: if way.needs_account() {
                let account = self.known.email.clone();
                account.or_else(|| self.answers.account.clone())
            } else {
                None
            },
            bearer,
            token: self
                .known
                .token
                .clone()
                .or_else(|| self.answers.token.clone()),
            cookies: way == Way::Cookies,
            cloud_id,
        }
    }
}

impl Wizard<'_> {
    /// A new sign-in, as a profile; `address` stands there at first.
    pub(super) fn connect(&mut self, address: &str) -> Flow<()> {
        let mut known = Known::nothing(Place::Profile);
        address.clone_into(&mut known.suggested_site);
        self.connect_with(&known)
    }

    /// A new instance of a product; `address` stands there at first.
    pub(super) fn add_site(&mut self, product: &Path, address: &str) -> Flow<()> {
        let name = product.last().unwrap_or_default();
        let Some(product) = Product::named(name) else {
            return Ok(());
        };
        let mut known = Known::nothing(Place::Instance(product));
        address.clone_into(&mut known.suggested_site);
        self.connect_with(&known)
    }

    /// Another account or token for a profile.
    pub(super) fn sign_in_again(&mut self, profile: &Path) -> Flow<()> {
        let state = self.state()?;
        let uses_site = state.value(&profile.join("base_url")).is_some();
        let uses_bitbucket = state
            .values()
            .keys()
            .any(|path| path.starts_with(&profile.join("bitbucket")));
        let mut known = Known::nothing(Place::Profile);
        known.profile = profile.last().map(str::to_owned);
        known.revise = true;
        if uses_bitbucket && !uses_site {
            known.product = Product::Bitbucket;
        }
        self.connect_with(&known)
    }

    /// Asks until it is saved or left, below a title. What is refused when it is saved can be answered otherwise.
    fn connect_with(&mut self, known: &Known) -> Flow<()> {
        let title = match known.place {
            Place::Profile if known.revise => "Sign in again",
            Place::Profile => "Connect to a site",
            Place::Instance(_) => "Add a site",
        };
        self.below(title, |wizard| wizard.ask_and_save(known))
    }

    fn ask_and_save(&mut self, known: &Known) -> Flow<()> {
        let mut progress = Progress::default();
        loop {
            let state = self.state()?;
            if state.layer().is_shared() {
                self.say(NO_SIGN_IN);
                return Ok(());
            }
            self.say_all();
            // a file that cannot be used is no state
            let candidates = Candidates::read(state.stack(), state.stored(), Product::Jira);
            let candidates = candidates.unwrap_or_default();
            let allowed_http = allowed_hosts(state.stack()).unwrap_or_default();
            let surroundings = Surroundings {
                candidates: &candidates,
                stored: state.stored(),
                allowed_http: &allowed_http,
                wants_token: true,
                wants_test: true,
                connector: self.world.connector(),
            };
            let Some(sign_in) = ask(self.prompter, known, surroundings, &mut progress)? else {
                return Ok(());
            };
            match sign_in.changes() {
                Ok(mut changes) => {
                    changes.steps.extend(becomes_default(&state, &sign_in));
                    let before = self.said.len();
                    if self.apply(&changes) {
                        // setting by setting it would be a screen full; a warning is not to be missed
                        let told = self.said.split_off(before);
                        let warnings = told.into_iter();
                        let warnings = warnings.skip_while(|line| !line.starts_with("warning: "));
                        self.said.push(sign_in.saved());
                        self.said.extend(warnings);
                        return Ok(());
                    }
                }
                Err((path, error)) => self.say(format!("{path}: {error}")),
            }
            match progress.asked.pop() {
                Some(at) => progress.at = at,
                None => return Ok(()),
            }
        }
    }
}

/// The first profile becomes the default one.
fn becomes_default(state: &super::State, sign_in: &SignIn) -> Option<FileStep> {
    let name = sign_in.profile.clone()?;
    let profiles = state.entries(&Path::from_declared(["profiles"]));
    let is_first = profiles
        .iter()
        .all(|path| path.last() == Some(name.as_str()));
    (is_first && default_profile(state).is_none()).then(|| FileStep::Set {
        path: Path::from_declared(["default_profile"]),
        value: Value::Text(name),
    })
}
