//! Sign-in as questions: what is known goes in, what is missing is asked for, Esc goes back a question.
//!
//! Touches no terminal: the questions go to a [`Prompter`].

use super::SignIn;
use super::answers::Known;
use crate::auth::{Address, Candidates, Located, Product, Profile};
use crate::changes::EntryName;
use crate::cli::decision::TOKEN_PAGE;
use crate::cli::describe;
use crate::config::site_url;
use crate::config::value::is_profile_name;
use crate::prompt::{
    Answer, ConfirmQuestion, PromptError, Prompter, SecretQuestion, SelectQuestion, TextQuestion,
};

/// The scopes that a token with scopes needs to read.
const JIRA_SCOPES: &str = "read:jira-work read:jira-user (and write:jira-work to change things)";
const CONFLUENCE_SCOPES: &str = "read:confluence-content.all read:account read:confluence-content.permission \
    read:confluence-content.summary read:confluence-groups read:confluence-props read:confluence-space.summary \
    read:confluence-user read:me readonly:content.attachment:confluence search:confluence";
const BITBUCKET_SCOPES: &str =
    "read:user:bitbucket read:repository:bitbucket read:pullrequest:bitbucket";

/// A question, or a group of questions that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    SharedProfile,
    Site,
    SharedSite,
    Scheme,
    Account,
    Token,
    Name,
}

/// In the order in which they are asked.
const STEPS: [Step; 7] = [
    Step::SharedProfile,
    Step::Site,
    Step::SharedSite,
    Step::Scheme,
    Step::Account,
    Step::Token,
    Step::Name,
];

/// What the questions have to know of the world.
pub(super) struct Surroundings<'a> {
    /// The profiles that there are.
    pub candidates: &'a Candidates,
    /// The names of the stored secrets.
    pub stored: &'a [EntryName],
    /// Whether a token is asked for although one is stored.
    pub wants_token: bool,
    /// Says something above the next question.
    pub say: &'a dyn Fn(&str),
}

/// Asks; `None` if the first question was left by Esc.
pub(super) fn ask(
    prompter: &mut dyn Prompter,
    known: Known,
    surroundings: &Surroundings<'_>,
) -> Result<Option<SignIn>, PromptError> {
    let mut flow = Flow {
        prompter,
        answers: known,
        surroundings,
    };
    let mut asked: Vec<(usize, Known)> = Vec::new();
    let mut at = 0;
    while let Some(step) = STEPS.get(at) {
        if !flow.is_open(*step) {
            at += 1;
            continue;
        }
        let before = flow.answers.clone();
        match flow.step(*step)? {
            Answer::Given(()) => {
                asked.push((at, before));
                at += 1;
            }
            Answer::Back => match asked.pop() {
                Some((earlier, answers)) => {
                    at = earlier;
                    flow.answers = answers;
                }
                None => return Ok(None),
            },
        }
    }
    Ok(Some(flow.answers.into_sign_in()))
}

struct Flow<'a> {
    prompter: &'a mut dyn Prompter,
    answers: Known,
    surroundings: &'a Surroundings<'a>,
}

impl Flow<'_> {
    fn present(&self) -> Option<&Profile> {
        self.surroundings
            .candidates
            .profile(self.answers.profile.as_deref()?)
    }

    fn is_bitbucket(&self) -> bool {
        self.answers.product == Product::Bitbucket
    }

    fn present_site(&self) -> Option<Located<String>> {
        self.present()?.site(Product::Jira)
    }

    /// The site as far as it is known.
    fn site(&self) -> Option<String> {
        self.answers
            .base_url
            .clone()
            .or_else(|| self.present_site().map(|site| site.value))
    }

    fn is_bearer(&self) -> bool {
        self.answers.bearer
            || self
                .present()
                .is_some_and(|profile| profile.is_bearer(self.answers.product))
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
        let answers = &self.answers;
        match step {
            Step::SharedProfile => {
                answers.profile.is_none()
                    && answers.base_url.is_none()
                    && !self.is_bitbucket()
                    && !self.shared_profiles().is_empty()
            }
            Step::Site => !self.is_bitbucket() && self.site().is_none(),
            Step::SharedSite => {
                let shared = self
                    .present_site()
                    .is_some_and(|site| site.origin.layer().is_shared());
                !self.is_bitbucket() && answers.base_url.is_none() && shared
            }
            Step::Scheme => {
                let cloud = self
                    .site()
                    .and_then(|site| Address::parse(&site).ok())
                    .is_some_and(|site| site.is_cloud());
                !self.is_bearer()
                    && answers.email.is_none()
                    && !self.is_bitbucket()
                    && !cloud
                    && self.present_account().is_none()
            }
            Step::Account => {
                !self.is_bearer() && answers.email.is_none() && self.present_account().is_none()
            }
            Step::Token => {
                answers.token.is_none() && (self.surroundings.wants_token || !self.is_stored())
            }
            Step::Name => answers.profile.is_none(),
        }
    }

    fn present_account(&self) -> Option<String> {
        Some(self.present()?.account(self.answers.product)?.value)
    }

    fn is_stored(&self) -> bool {
        let Some(profile) = self.present() else {
            return false;
        };
        let site = if self.is_bitbucket() {
            profile
                .site_when_named(Product::Bitbucket)
                .map(|site| site.value)
        } else {
            self.site()
        };
        let path = profile.token_path(self.answers.product);
        site.is_some_and(|site| {
            self.surroundings
                .stored
                .contains(&EntryName::new(path, Some(&site)))
        })
    }

    fn step(&mut self, step: Step) -> Result<Answer<()>, PromptError> {
        match step {
            Step::SharedProfile => self.shared_profile(),
            Step::Site => self.site_question(),
            Step::SharedSite => self.shared_site(),
            Step::Scheme => self.scheme(),
            Step::Account => self.account(),
            Step::Token => self.token(),
            Step::Name => self.name(),
        }
    }

    fn shared_profile(&mut self) -> Result<Answer<()>, PromptError> {
        let profiles = self.shared_profiles();
        let mut rows: Vec<String> = profiles
            .iter()
            .map(|(name, site)| format!("{name}  {site}"))
            .collect();
        rows.push("another site".to_owned());
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let question = SelectQuestion::new(
            "This folder names profiles. Which one do you sign in to?",
            &rows,
        );
        Ok(self.prompter.select(&question)?.map(|row| {
            self.answers.profile = profiles.get(row).map(|(name, _)| name.clone());
        }))
    }

    fn site_question(&mut self) -> Result<Answer<()>, PromptError> {
        let check = |text: &str| {
            Address::parse(text)
                .map(|_| ())
                .map_err(|error| error.to_string())
        };
        let question =
            TextQuestion::new("Site (any address of it, copied from the browser)").check(&check);
        Ok(self.prompter.text(&question)?.map(|text| {
            // what passed the check is an address
            if let Ok(address) = Address::parse(&text) {
                let site = address.site();
                if site != text {
                    (self.surroundings.say)(&format!("{text} is kept as {site}"));
                }
                if address.product() == Some(Product::Bitbucket) {
                    self.answers.product = Product::Bitbucket;
                } else {
                    self.answers.base_url = Some(site);
                }
            }
        }))
    }

    fn shared_site(&mut self) -> Result<Answer<()>, PromptError> {
        let Some(site) = self.present_site() else {
            return Ok(Answer::Given(()));
        };
        (self.surroundings.say)(&format!(
            "the site is {}, says {}",
            site.value,
            describe::origin(&site.origin)
        ));
        let question = ConfirmQuestion::new("Will you send your token there?", true);
        Ok(match self.prompter.confirm(&question)? {
            Answer::Given(true) => {
                self.answers.base_url = Some(site.value);
                Answer::Given(())
            }
            // no is as good as going back: there is nothing else to sign in to
            Answer::Given(false) | Answer::Back => Answer::Back,
        })
    }

    fn scheme(&mut self) -> Result<Answer<()>, PromptError> {
        let rows = [
            "Personal access token (Data Center)",
            "Account and token, or password",
        ];
        let question = SelectQuestion::new("How do you sign in?", &rows);
        Ok(self
            .prompter
            .select(&question)?
            .map(|row| self.answers.bearer = row == 0))
    }

    fn account(&mut self) -> Result<Answer<()>, PromptError> {
        let check = |text: &str| {
            if text.is_empty() {
                Err("an account is needed".to_owned())
            } else {
                Ok(())
            }
        };
        let question = TextQuestion::new("Account (email address)").check(&check);
        Ok(self
            .prompter
            .text(&question)?
            .map(|text| self.answers.email = Some(text)))
    }

    fn token(&mut self) -> Result<Answer<()>, PromptError> {
        let say = self.surroundings.say;
        if self.is_bitbucket() {
            say(&format!(
                "API tokens are made at {TOKEN_PAGE}; scopes to choose: {BITBUCKET_SCOPES}"
            ));
        } else if self.is_bearer() {
            let site = self.site().unwrap_or_default();
            say(&format!(
                "personal access tokens are made in your profile at {site}"
            ));
        } else {
            say(&format!("tokens are made at {TOKEN_PAGE}"));
            say(&format!(
                "scopes for a token with scopes, Jira: {JIRA_SCOPES}; Confluence: {CONFLUENCE_SCOPES}"
            ));
        }
        let question = SecretQuestion::new("Token");
        Ok(self
            .prompter
            .secret(&question)?
            .map(|secret| self.answers.token = Some(secret)))
    }

    fn name(&mut self) -> Result<Answer<()>, PromptError> {
        let candidates = self.surroundings.candidates;
        let check = |text: &str| {
            if !is_profile_name(text) {
                Err("use letters, digits, `_` and `-`".to_owned())
            } else if candidates.profile(text).is_some() {
                Err("there is a profile of that name already".to_owned())
            } else {
                Ok(())
            }
        };
        let default = self.suggested_name();
        let question = TextQuestion::new("Name of the profile")
            .default(&default)
            .check(&check);
        Ok(self
            .prompter
            .text(&question)?
            .map(|text| self.answers.profile = Some(text)))
    }

    /// The first label of the host, or `bitbucket`, with a number behind it where that is taken.
    fn suggested_name(&self) -> String {
        let site = self.site();
        let host = site
            .as_deref()
            .map(site_url::host_and_port)
            .unwrap_or_default();
        let label = host.split(['.', ':']).next().unwrap_or_default();
        let base = match label {
            _ if self.is_bitbucket() => "bitbucket",
            "" => "work",
            label => label,
        };
        let taken = |name: &str| self.surroundings.candidates.profile(name).is_some();
        let numbered = (2..).map(|number| format!("{base}{number}"));
        let mut names = std::iter::once(base.to_owned()).chain(numbered);
        names.find(|name| !taken(name)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
