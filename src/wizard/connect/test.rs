//! The step of a sign-in that tries it, before anything is written.

use super::{Questions, Step, Stepped};
use crate::prompt::{Answer, MenuQuestion, MenuRow, PromptError};
use crate::wizard::connector::{Attempt, Tested, Whose};

/// What can be done about a sign-in that does not work.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Choice {
    Again,
    Other(Step),
    Save,
}

impl Questions<'_, '_> {
    /// Signs in. One that works goes on by itself; one that does not can be corrected or saved all the same.
    pub(super) fn test(&mut self) -> Result<Stepped, PromptError> {
        loop {
            let Some(tested) = self.tested()? else {
                return Ok(Stepped::Passed);
            };
            if tested.worked() {
                for sentence in tested.sentences() {
                    self.prompter.note(&sentence);
                }
                return Ok(Stepped::Passed);
            }
            match self.ask_what_to_do(&tested)? {
                None => return Ok(Stepped::Back),
                Some(Choice::Again) => {}
                Some(Choice::Save) => return Ok(Stepped::Passed),
                Some(Choice::Other(step)) => {
                    if step == Step::Token {
                        self.answers.token = None;
                    }
                    return Ok(Stepped::To(step));
                }
            }
        }
    }

    /// What came of it; nothing, if there is nothing to try it with.
    fn tested(&mut self) -> Result<Option<Tested>, PromptError> {
        let token = self
            .known
            .token
            .clone()
            .or_else(|| self.answers.token.clone());
        let site = if self.is_bitbucket() {
            let site = self.site();
            Some(site.unwrap_or_else(|| "https://bitbucket.org".to_owned()))
        } else {
            self.site()
        };
        let (Some(token), Some(site)) = (token, site) else {
            return Ok(None);
        };
        if self.answers.recognised.is_none() && !self.is_bitbucket() {
            self.recognise(&site)?;
        }
        let cloud_id = match &self.answers.recognised {
            Some(super::Recognised::Cloud { cloud_id }) => cloud_id.clone(),
            _ => None,
        };
        let whose = Whose::New {
            scheme: self.way().scheme(&self.account().unwrap_or_default()),
            site: site.clone(),
            cloud_id,
            token,
        };
        let attempt = Attempt {
            whose,
            products: self.products(),
        };
        let Some(connector) = &mut self.surroundings.connector else {
            return Ok(None);
        };
        self.prompter.busy(&format!("Signing in to {site}"))?;
        Ok(Some(connector.test(&attempt)))
    }

    fn ask_what_to_do(&mut self, tested: &Tested) -> Result<Option<Choice>, PromptError> {
        let mut rows = Vec::new();
        let others = [
            (Step::Token, "Another token"),
            (Step::Account, "Another account"),
            (Step::Way, "Another kind of sign-in"),
            (Step::Site, "Another address"),
        ];
        for (step, label) in others {
            if self.is_open(step) {
                rows.push((Choice::Other(step), MenuRow::new(label)));
            }
        }
        rows.push((Choice::Again, MenuRow::new("Test it again")));
        let save = MenuRow::new("Save it all the same").about("It can be tested later.");
        rows.push((Choice::Save, save));
        let shown: Vec<MenuRow> = rows.iter().map(|(_, row)| row.clone()).collect();
        let paragraphs = tested.sentences();
        let question =
            MenuQuestion::new("The sign-in does not work", &shown).paragraphs(&paragraphs);
        Ok(match self.prompter.menu(&question)? {
            Answer::Back => None,
            Answer::Given(row) => rows.get(row).map(|(choice, _)| *choice),
        })
    }
}
