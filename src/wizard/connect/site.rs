//! The first steps of a sign-in: which site, and what answers there.

use super::{Questions, Stepped};
use crate::auth::{Address, Product};
use crate::config::site_url;
use crate::prompt::{
    Answer, ConfirmQuestion, MenuQuestion, MenuRow, PromptError, SelectQuestion, TextQuestion,
};
use crate::wizard::connect::answers::Place;
use crate::wizard::connector::Recognised;

impl Questions<'_, '_> {
    pub(super) fn ask_shared_profile(&mut self) -> Result<Stepped, PromptError> {
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
        Ok(match self.prompter.select(&question)? {
            Answer::Back => Stepped::Back,
            Answer::Given(row) => {
                self.answers.shared_profile = profiles.get(row).map(|(name, _)| name.clone());
                Stepped::Answered
            }
        })
    }

    pub(super) fn ask_site(&mut self) -> Result<Stepped, PromptError> {
        let is_bitbucket_only = self.known.place == Place::Instance(Product::Bitbucket);
        loop {
            let allowed = self.surroundings.allowed_http;
            let check = |text: &str| check_site(text, allowed);
            let initial = match &self.answers.typed_site {
                Some(typed) => typed.clone(),
                None if self.known.suggested_site.is_empty() && is_bitbucket_only => {
                    "https://bitbucket.org".to_owned()
                }
                None => self.known.suggested_site.clone(),
            };
            let question = TextQuestion::new("Site (any address of it, copied from the browser)")
                .initial(&initial)
                .check(&check);
            let Answer::Given(text) = self.prompter.text(&question)? else {
                return Ok(Stepped::Back);
            };
            // what passed the check is an address
            let Ok(address) = Address::parse(&text) else {
                continue;
            };
            let site = address.site();
            if site != text {
                self.prompter.note(&format!("{text} is kept as {site}"));
            }
            self.take_site(text, &address, site);
            if self.is_bitbucket() || self.is_recognised()? {
                return Ok(Stepped::Answered);
            }
        }
    }

    fn take_site(&mut self, text: String, address: &Address, site: String) {
        let answers = &mut *self.answers;
        answers.typed_site = Some(text);
        if self.known.place == Place::Profile {
            answers.product =
                (address.product() == Some(Product::Bitbucket)).then_some(Product::Bitbucket);
        }
        // Bitbucket is where it always is, and a profile needs not say it
        let is_default = answers.product == Some(Product::Bitbucket);
        let site = (!is_default).then_some(site);
        if answers.site != site {
            // a token is for the site that it was given for
            answers.token = None;
            answers.recognised = None;
            answers.way = None;
            answers.site = site;
        }
    }

    /// Asks the site what it is; whether to go on with it.
    pub(super) fn is_recognised(&mut self) -> Result<bool, PromptError> {
        let Some(site) = self.site() else {
            return Ok(true);
        };
        if self.answers.recognised.is_none() {
            self.recognise(&site)?;
        }
        let trouble = match &self.answers.recognised {
            None => return Ok(true),
            Some(Recognised::Cloud { cloud_id: Some(id) }) => {
                self.prompter
                    .note(&format!("{site} is Atlassian Cloud, with the ID {id}"));
                return Ok(true);
            }
            Some(Recognised::Cloud { cloud_id: None }) => {
                self.prompter.note(&format!("{site} is Atlassian Cloud"));
                return Ok(true);
            }
            Some(Recognised::DataCenter { product, version }) => {
                let product = product.map_or("", Product::title);
                let version = version.as_deref().unwrap_or_default();
                let words = format!("{product} Data Center {version}");
                self.prompter.note(&format!("{site} is {}", words.trim()));
                return Ok(true);
            }
            Some(Recognised::NotAtlassian) => {
                format!("what answers at {site} is neither Jira nor Confluence")
            }
            Some(Recognised::Unreachable(trouble)) => format!("{site}: {trouble}"),
        };
        let asked = self.known.base_url.is_none();
        let rows = [
            MenuRow::new(if asked {
                "Correct the address"
            } else {
                "Leave"
            }),
            MenuRow::new("Go on all the same").about("The sign-in can be saved without an answer."),
        ];
        let paragraphs = [trouble];
        let question =
            MenuQuestion::new("The site was not recognised", &rows).paragraphs(&paragraphs);
        let goes_on = self.prompter.menu(&question)? == Answer::Given(1);
        if !goes_on {
            // asked again, it may answer
            self.answers.recognised = None;
        }
        Ok(goes_on)
    }

    /// Asks a site what it is, if anybody can.
    pub(super) fn recognise(&mut self, site: &str) -> Result<(), PromptError> {
        if let Some(connector) = &mut self.surroundings.connector {
            self.prompter.busy(&format!("Asking {site} what it is"))?;
            self.answers.recognised = Some(connector.recognise(site));
        }
        Ok(())
    }

    pub(super) fn ask_shared_site(&mut self) -> Result<Stepped, PromptError> {
        let Some(site) = self.present_site() else {
            return Ok(Stepped::Passed);
        };
        self.prompter
            .note(&format!("the site is {}, says {}", site.value, site.origin));
        let question = ConfirmQuestion::new("Will you send your token there?", true);
        Ok(match self.prompter.confirm(&question)? {
            Answer::Given(true) => {
                self.answers.site = Some(site.value);
                Stepped::Answered
            }
            // no is as good as going back: there is nothing else to sign in to
            Answer::Given(false) | Answer::Back => Stepped::Back,
        })
    }
}

/// Whether a text is the address of a site that a token may be sent to.
fn check_site(text: &str, allowed: &[String]) -> Result<(), String> {
    let site = Address::parse(text)
        .map_err(|error| error.to_string())?
        .site();
    match site_url::plain_http_host(&site) {
        Some(host) if !site_url::host_is_listed(host, allowed) => Err(format!(
            "a token is not sent to {host} without encryption: use https, or list it in connection.allow_http"
        )),
        _ => Ok(()),
    }
}
