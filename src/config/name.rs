//! A path as typed goes in; the setting, section or instance that it names comes out, or what is wrong with it.

use super::path::{Path, PathError, ShortForm, URL_FIELD};
use super::schema::{self, Key, Match, Setting};

/// What a path names.
#[derive(Debug, Clone)]
pub enum Named {
    /// A declared leaf.
    Setting(Path, &'static Setting),
    /// A table that can hold settings.
    Section(Path),
    /// The address of an instance: `auth.jira.url`.
    Url(Path),
    /// The address of the only instance of a product that has none yet.
    NoUrl(Path),
}

/// Why a text names nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameError {
    /// It is not a path.
    Path(PathError),
    /// Nothing is declared there.
    Unknown {
        /// What was typed, in canonical form.
        path: Path,
        /// What was probably meant.
        suggestion: Option<String>,
    },
    /// The name of a profile has characters that are not allowed.
    ProfileName {
        /// The name.
        name: String,
    },
    /// A short form, and the product has no instance.
    NoInstance(ShortForm),
    /// A short form, and the product has several instances.
    SeveralInstances {
        /// What was typed.
        short: ShortForm,
        /// The candidates, written out.
        instances: Vec<Path>,
    },
}

impl Named {
    /// Reads a path as typed. `instances` lists the instances of a product, and is asked for short forms only.
    pub fn parse<E: From<NameError>>(
        text: &str,
        instances: impl FnOnce(&Path) -> Result<Vec<Path>, E>,
    ) -> Result<Named, E> {
        let path = Path::parse(text).map_err(NameError::Path)?;
        let Some(short) = path.short_form() else {
            return Ok(Named::of(path)?);
        };
        let mut instances = instances(&short.product)?;
        match (instances.len(), instances.pop()) {
            (1, Some(only)) if short.field == URL_FIELD => Ok(Named::Url(only)),
            (1, Some(only)) => Ok(Named::of(only.join(&short.field))?),
            (0, _) if short.field == URL_FIELD => Ok(Named::NoUrl(short.product)),
            (_, None) => Err(NameError::NoInstance(short).into()),
            (_, Some(last)) => {
                instances.push(last);
                Err(NameError::SeveralInstances { short, instances }.into())
            }
        }
    }

    /// What a written-out path names.
    pub fn of(path: Path) -> Result<Named, NameError> {
        if let ["profiles", name, ..] = path.keys().collect::<Vec<_>>().as_slice()
            && !super::value::is_profile_name(name)
        {
            return Err(NameError::ProfileName {
                name: (*name).to_owned(),
            });
        }
        match path.lookup() {
            Match::Setting(setting) => Ok(Named::Setting(path, setting)),
            Match::Section(_) => Ok(Named::Section(path)),
            Match::Unknown { known, section } => {
                let is_instance =
                    path.parent().instance_product().is_some() && section.any().is_none();
                if is_instance
                    && known + 1 == path.segments().len()
                    && path.last() == Some(URL_FIELD)
                {
                    return Ok(Named::Url(path.parent()));
                }
                let suggestion = schema::suggest(&path);
                Err(NameError::Unknown { path, suggestion })
            }
        }
    }
}

impl Path {
    /// The product of the path of an instance, `auth.<product>["<url>"]`; of any other path, nothing.
    pub fn instance_product(&self) -> Option<&str> {
        let [auth, product, _] = self.segments() else {
            return None;
        };
        let Match::Section(node) = schema::lookup([auth.as_str(), product.as_str()]) else {
            return None;
        };
        matches!(node.any(), Some((Key::Url, _))).then_some(product.as_str())
    }

    /// A path with the field that an address seems to end in by mistake: `….net.usrname` was `….net"].username`.
    pub fn nearest_field(&self) -> Option<Path> {
        let product = self.instance_product()?;
        let (url, field) = self.last()?.rsplit_once('.')?;
        let Match::Section(fields) = self.lookup() else {
            return None;
        };
        let field = schema::nearest(field, fields.names())?;
        Path::from_keys(["auth", product, url, field]).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str, instances: &[&str]) -> Result<String, NameError> {
        let list = |product: &Path| {
            Ok(instances
                .iter()
                .map(|url| product.join(url))
                .collect::<Vec<_>>())
        };
        Named::parse::<NameError>(text, list).map(|named| match named {
            Named::Setting(path, _) => format!("setting {path}"),
            Named::Section(path) => format!("section {path}"),
            Named::Url(path) => format!("url {path}"),
            Named::NoUrl(path) => format!("no url {path}"),
        })
    }

    #[test]
    fn short_forms_mean_the_only_instance() {
        let one = &["https://a.b"][..];
        let two = &["https://a.b", "https://c.d"][..];
        let get = |text, instances| named(text, instances).unwrap();
        assert_eq!(
            get("auth.jira.username", one),
            "setting auth.jira[\"https://a.b\"].username"
        );
        assert_eq!(get("auth.jira.url", one), "url auth.jira[\"https://a.b\"]");
        assert_eq!(
            get("auth.jira[\"https://x.y\"].url", two),
            "url auth.jira[\"https://x.y\"]"
        );
        assert_eq!(get("auth.jira.url", &[]), "no url auth.jira");
        assert!(matches!(
            named("auth.jira.username", &[]),
            Err(NameError::NoInstance(_))
        ));
        let Err(NameError::SeveralInstances { instances, .. }) = named("auth.jira.username", two)
        else {
            panic!()
        };
        assert_eq!(instances.len(), 2);
    }

    #[test]
    fn what_is_not_declared_is_refused_with_a_suggestion() {
        assert_eq!(named("auth.jira", &[]).unwrap(), "section auth.jira");
        assert!(matches!(
            named("output.fromat", &[]),
            Err(NameError::Unknown { suggestion: Some(near), .. }) if near == "output.format"
        ));
        assert!(
            matches!(named("profiles.'a b'.email", &[]), Err(NameError::ProfileName { name }) if name == "a b")
        );
        assert!(matches!(
            named("auth.url", &[]),
            Err(NameError::Unknown { .. })
        ));
        assert!(matches!(
            named("output.format.url", &[]),
            Err(NameError::Unknown { .. })
        ));
    }

    #[test]
    fn a_mistyped_field_behind_an_address_is_found() {
        let near = |text| {
            Path::parse(text)
                .unwrap()
                .nearest_field()
                .map(|path| path.to_string())
        };
        assert_eq!(
            near("auth.jira.https://acme.atlassian.net.usrname").as_deref(),
            Some("auth.jira[\"https://acme.atlassian.net\"].username")
        );
        assert_eq!(near("auth.jira.https://acme.atlassian.net"), None);
    }
}
