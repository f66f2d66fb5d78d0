//! A sign-in goes in, the changes that save it come out.

use super::answers::{Place, SignIn};
use crate::auth::Product;
use crate::changes::Changes;
use crate::config::change::Step;
use crate::config::path::Path;
use crate::config::schema::Match;
use crate::config::value::{Value, ValueError};

impl SignIn {
    /// That it was saved, in a sentence.
    pub(super) fn saved(&self) -> String {
        let mut sentence = match &self.profile {
            Some(name) => format!("saved the profile {name}"),
            None => "saved the sign-in".to_owned(),
        };
        if let Some(site) = &self.base_url {
            sentence.push_str(&format!(" for {site}"));
        }
        if self.token.is_some() {
            sentence.push_str("; its secret is in the store");
        }
        sentence
    }

    /// The changes that save it. An error names the setting whose value it is.
    pub fn changes(&self) -> Result<Changes, (Path, ValueError)> {
        let mut changes = Changes {
            command: "auth login",
            ..Changes::default()
        };
        match self.place {
            Place::Profile => self.profile(&mut changes)?,
            Place::Instance(product) => self.instance(product, &mut changes)?,
        }
        if let (Some(id), Some(site)) = (&self.cloud_id, &self.base_url) {
            let products = match self.place {
                Place::Profile => vec![Product::Jira, Product::Confluence],
                Place::Instance(product) => vec![product],
            };
            for product in products {
                let path = instance_path(product, site).join("cloud_id");
                set(&mut changes, path, id)?;
            }
        }
        Ok(changes)
    }

    fn profile(&self, changes: &mut Changes) -> Result<(), (Path, ValueError)> {
        let Some(name) = &self.profile else {
            return Ok(());
        };
        let profile = Path::from_declared(["profiles", name]);
        let is_bitbucket = self.product == Product::Bitbucket;
        let place = if is_bitbucket {
            profile.join("bitbucket")
        } else {
            profile
        };
        if let Some(url) = &self.base_url {
            set(changes, place.join("base_url"), url)?;
        }
        if let Some(email) = &self.email {
            set(changes, place.join("email"), email)?;
        }
        if let Some(bearer) = self.bearer {
            let word = if bearer { "bearer" } else { "basic" };
            set(changes, place.join("auth"), word)?;
        }
        let Some(token) = &self.token else {
            return Ok(());
        };
        let path = match (self.cookies, &self.base_url) {
            (true, Some(site)) => instance_path(self.product, site).join("session_cookies"),
            (true, None) => return Ok(()),
            (false, _) => place.join(if is_bitbucket { "token" } else { "api_token" }),
        };
        changes.secrets.push((path, token.clone()));
        Ok(())
    }

    fn instance(&self, product: Product, changes: &mut Changes) -> Result<(), (Path, ValueError)> {
        let Some(site) = &self.base_url else {
            return Ok(());
        };
        let instance = instance_path(product, site);
        changes.steps.push(Step::Table {
            path: instance.clone(),
        });
        if let Some(account) = &self.email {
            set(changes, instance.join("username"), account)?;
        }
        if let Some(token) = &self.token {
            let field = match (self.cookies, self.bearer) {
                (true, _) => "session_cookies",
                (false, Some(true)) => "pat",
                (false, _) => "api_token",
            };
            changes.secrets.push((instance.join(field), token.clone()));
        }
        let Some(name) = &self.profile else {
            return Ok(());
        };
        // a name for the site; the credential stays with the instance
        let profile = Path::from_declared(["profiles", name]);
        let place = if product == Product::Bitbucket {
            profile.join("bitbucket")
        } else {
            profile
        };
        set(changes, place.join("base_url"), site)?;
        if let Some(account) = &self.email {
            set(changes, place.join("email"), account)?;
        }
        Ok(())
    }
}

fn instance_path(product: Product, site: &str) -> Path {
    Path::from_declared(["auth", product.auth_key(), site])
}

/// Adds a step that sets a setting to a text, read by its kind.
fn set(changes: &mut Changes, path: Path, text: &str) -> Result<(), (Path, ValueError)> {
    let Match::Setting(setting) = path.lookup() else {
        return Ok(());
    };
    match Value::from_text(&setting.kind, text) {
        Ok(value) => {
            changes.steps.push(Step::Set { path, value });
            Ok(())
        }
        Err(error) => Err((path, error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;

    fn sign_in(place: Place) -> SignIn {
        SignIn {
            place,
            profile: Some("work".to_owned()),
            product: Product::Jira,
            base_url: Some("https://acme.atlassian.net".to_owned()),
            email: Some("you@acme.example".to_owned()),
            bearer: None,
            token: Some(Secret::from_input("t0ken".to_owned()).unwrap()),
            cookies: false,
            cloud_id: None,
        }
    }

    /// The paths of all that is set, and of the secrets behind a `*`.
    fn paths(sign_in: &SignIn) -> Vec<String> {
        let changes = sign_in.changes().unwrap();
        let steps = changes.steps.iter().map(|step| match step {
            Step::Set { path, .. } | Step::Table { path } => path.to_string(),
            other => panic!("{other:?}"),
        });
        let secrets = changes.secrets.iter();
        steps
            .chain(secrets.map(|(path, _)| format!("*{path}")))
            .collect()
    }

    #[test]
    fn a_profile_holds_site_account_and_token() {
        let with_id = SignIn {
            cloud_id: Some("11111111-2222-3333-4444-555555555555".to_owned()),
            ..sign_in(Place::Profile)
        };
        assert_eq!(
            paths(&with_id),
            [
                "profiles.work.base_url",
                "profiles.work.email",
                "auth.jira[\"https://acme.atlassian.net\"].cloud_id",
                "auth.confluence[\"https://acme.atlassian.net\"].cloud_id",
                "*profiles.work.api_token",
            ]
        );
    }

    #[test]
    fn cookies_belong_to_an_instance_and_a_profile_names_it() {
        let cookies = SignIn {
            email: None,
            cookies: true,
            ..sign_in(Place::Profile)
        };
        assert_eq!(
            paths(&cookies),
            [
                "profiles.work.base_url",
                "*auth.jira[\"https://acme.atlassian.net\"].session_cookies",
            ]
        );
    }

    #[test]
    fn an_instance_holds_its_credential_and_may_have_a_name() {
        let place = Place::Instance(Product::Confluence);
        assert_eq!(
            paths(&sign_in(place)),
            [
                "auth.confluence[\"https://acme.atlassian.net\"]",
                "auth.confluence[\"https://acme.atlassian.net\"].username",
                "profiles.work.base_url",
                "profiles.work.email",
                "*auth.confluence[\"https://acme.atlassian.net\"].api_token",
            ]
        );
        let nameless = SignIn {
            profile: None,
            email: None,
            bearer: Some(true),
            ..sign_in(place)
        };
        assert_eq!(
            paths(&nameless),
            [
                "auth.confluence[\"https://acme.atlassian.net\"]",
                "*auth.confluence[\"https://acme.atlassian.net\"].pat",
            ]
        );
    }
}
