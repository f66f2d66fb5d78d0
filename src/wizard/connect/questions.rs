//! The steps of a sign-in in the middle and at the end: kind, product, account, token, name.

use super::answers::Place;
use super::way::Way;
use super::{Questions, Stepped};
use crate::auth::{Address, Product};
use crate::config::site_url;
use crate::config::value::is_profile_name;
use crate::prompt::{
    Answer, ConfirmQuestion, MenuQuestion, MenuRow, PromptError, SecretQuestion, TextQuestion,
};

impl Questions<'_, '_> {
    pub(super) fn ask_way(&mut self) -> Result<Stepped, PromptError> {
        // a site that was given and not asked for has not been looked at yet
        let is_new = self.answers.recognised.is_none() && !self.is_bitbucket();
        if is_new && !self.is_recognised()? {
            return Ok(Stepped::Back);
        }
        let ways = Way::offered(self.deployment());
        let rows: Vec<MenuRow> = ways
            .iter()
            .map(|way| MenuRow::new(way.label()).about(way.about()))
            .collect();
        let chosen = ways.iter().position(|way| Some(*way) == self.answers.way);
        let question =
            MenuQuestion::new("How do you sign in?", &rows).marked(chosen.unwrap_or_default());
        let Answer::Given(row) = self.prompter.menu(&question)? else {
            return Ok(Stepped::Back);
        };
        let way = ways.get(row).copied();
        if way != self.answers.way {
            // another kind of token
            self.answers.token = None;
            self.answers.way = way;
        }
        Ok(Stepped::Answered)
    }

    /// Which product cookies are for: only an instance has them.
    pub(super) fn ask_product(&mut self) -> Result<Stepped, PromptError> {
        let products = [Product::Jira, Product::Confluence];
        let typed = self.answers.typed_site.as_deref();
        let meant = typed.and_then(|typed| Address::parse(typed).ok()?.product());
        let meant = self.answers.product.or(meant);
        let rows = products.map(|product| MenuRow::new(product.title()));
        let marked = products.iter().position(|product| Some(*product) == meant);
        let question =
            MenuQuestion::new("Which product is it?", &rows).marked(marked.unwrap_or_default());
        Ok(match self.prompter.menu(&question)? {
            Answer::Back => Stepped::Back,
            Answer::Given(row) => {
                self.answers.product = products.get(row).copied();
                Stepped::Answered
            }
        })
    }

    pub(super) fn ask_account(&mut self) -> Result<Stepped, PromptError> {
        let check = |text: &str| {
            if text.is_empty() {
                Err("an account is needed".to_owned())
            } else {
                Ok(())
            }
        };
        let initial = self.account().unwrap_or_default();
        let question = TextQuestion::new("Account (email address)")
            .initial(&initial)
            .check(&check);
        Ok(match self.prompter.text(&question)? {
            Answer::Back => Stepped::Back,
            Answer::Given(text) => {
                self.answers.account = Some(text);
                Stepped::Answered
            }
        })
    }

    pub(super) fn ask_token(&mut self) -> Result<Stepped, PromptError> {
        let way = self.way();
        if self.answers.token.is_some() {
            let question = format!(
                "Use the {} that you gave before?",
                way.secret().to_lowercase()
            );
            let question = ConfirmQuestion::new(&question, true);
            match self.prompter.confirm(&question)? {
                Answer::Back => return Ok(Stepped::Back),
                Answer::Given(true) => return Ok(Stepped::Answered),
                Answer::Given(false) => {}
            }
        }
        let site = self.site().unwrap_or_default();
        for line in way.instructions(&site, &self.products()) {
            self.prompter.note(&line);
        }
        let question = SecretQuestion::new(way.secret());
        Ok(match self.prompter.secret(&question)? {
            Answer::Back => Stepped::Back,
            Answer::Given(secret) => {
                self.answers.token = Some(secret);
                Stepped::Answered
            }
        })
    }

    pub(super) fn ask_name(&mut self) -> Result<Stepped, PromptError> {
        let candidates = self.surroundings.candidates;
        let is_optional = self.known.place != Place::Profile;
        let check = |text: &str| {
            if text.is_empty() && is_optional {
                Ok(())
            } else if !is_profile_name(text) {
                Err("use letters, digits, `_` and `-`".to_owned())
            } else if candidates.profile(text).is_some() {
                Err("there is a profile of that name already".to_owned())
            } else {
                Ok(())
            }
        };
        let suggested = self.suggested_name();
        let initial = self.answers.name.clone().unwrap_or_default();
        let question = if is_optional {
            TextQuestion::new("Name of a profile for it (empty for none)")
        } else {
            TextQuestion::new("Name of the profile").default(&suggested)
        };
        let question = question.initial(&initial).check(&check);
        Ok(match self.prompter.text(&question)? {
            Answer::Back => Stepped::Back,
            Answer::Given(text) => {
                self.answers.name = Some(text).filter(|text| !text.is_empty());
                Stepped::Answered
            }
        })
    }

    /// The first label of the host, `work` where that is a number, or `bitbucket`; with a number behind it where that is taken.
    fn suggested_name(&self) -> String {
        let site = self.site();
        let host = site
            .as_deref()
            .map(site_url::host_and_port)
            .unwrap_or_default();
        let label = host.split(['.', ':']).next().unwrap_or_default();
        let base = match label {
            _ if self.is_bitbucket() => "bitbucket",
            // an address of numbers
            label if !label.contains(|letter: char| letter.is_ascii_alphabetic()) => "work",
            label => label,
        };
        let taken = |name: &str| self.surroundings.candidates.profile(name).is_some();
        let numbered = (2..).map(|number| format!("{base}{number}"));
        let mut names = std::iter::once(base.to_owned()).chain(numbered);
        names.find(|name| !taken(name)).unwrap_or_default()
    }
}
