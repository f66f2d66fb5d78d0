//! The layers go in, the profiles and instances that they describe come out, typed, each value with its origin.

use super::product::Product;
use crate::changes::EntryName;
use crate::config::layer::{LoadError, Origin};
use crate::config::path::Path;
use crate::config::stack::{Resolved, Stack};
use crate::config::value::Value;
use indexmap::IndexMap;

/// A value with its origin.
#[derive(Debug, Clone, PartialEq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Who says so.
    pub origin: Origin,
}

/// A profile, as all layers together describe it.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Its name.
    pub name: String,
    fields: IndexMap<String, Located<Value>>,
    /// Whether a Bitbucket token is stored for it, for whatever site.
    has_bitbucket_token: bool,
}

/// A product at an address.
#[derive(Debug, Clone)]
pub struct Instance {
    /// `auth.<product>["<url>"]`.
    pub path: Path,
    /// Its address, in normal form.
    pub url: String,
    /// Where the address comes from: a layer that the user decides, if any of them names it.
    pub origin: Origin,
    fields: IndexMap<String, Located<Value>>,
    secrets: Vec<String>,
}

/// What can be chosen from.
#[derive(Debug, Clone, Default)]
pub struct Candidates {
    /// All profiles.
    pub profiles: Vec<Profile>,
    /// The instances of one product that have an account or a secret.
    pub instances: Vec<Instance>,
}

impl Candidates {
    /// The profiles, and the instances of a product.
    pub fn read(
        stack: &Stack,
        stored: &[EntryName],
        product: Product,
    ) -> Result<Candidates, LoadError> {
        let profiles = profiles(
            &stack.resolve_all(&Path::from_declared(["profiles"]), false)?,
            stored,
        );
        let below = Path::from_declared(["auth", product.auth_key()]);
        let instances = instances(&stack.resolve_all(&below, false)?, stored, &below);
        Ok(Candidates {
            profiles,
            instances,
        })
    }

    /// The profile of that name.
    pub fn profile(&self, name: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.name == name)
    }

    /// The instance at exactly that address.
    pub fn instance(&self, url: &str) -> Option<&Instance> {
        self.instances.iter().find(|instance| instance.url == url)
    }
}

impl Profile {
    fn field(&self, name: &str) -> Option<Located<String>> {
        let field = self.fields.get(name)?;
        Some(Located {
            value: field.value.as_text()?.to_owned(),
            origin: field.origin.clone(),
        })
    }

    /// The address of a product: its own where it has one, else the profile's. Bitbucket's has a default, which
    /// counts for a profile that has anything of Bitbucket.
    pub fn site(&self, product: Product) -> Option<Located<String>> {
        if product == Product::Bitbucket {
            let own = self.field("bitbucket.base_url");
            return own.or_else(|| self.uses_bitbucket().then(Profile::bitbucket_default));
        }
        product
            .own_url_field()
            .and_then(|field| self.field(field))
            .or_else(|| self.field("base_url"))
    }

    /// The address of a product for a profile that was named: Bitbucket is where it always is.
    pub fn site_when_named(&self, product: Product) -> Option<Located<String>> {
        let default = || (product == Product::Bitbucket).then(Profile::bitbucket_default);
        self.site(product).or_else(default)
    }

    fn bitbucket_default() -> Located<String> {
        Located {
            value: "https://bitbucket.org".to_owned(),
            origin: Origin::Default,
        }
    }

    fn uses_bitbucket(&self) -> bool {
        self.has_bitbucket_token
            || self
                .fields
                .keys()
                .any(|field| field.starts_with("bitbucket."))
    }

    /// The account of the token for a product.
    pub fn account(&self, product: Product) -> Option<Located<String>> {
        let own = || {
            (product == Product::Bitbucket)
                .then(|| self.field("bitbucket.email"))
                .flatten()
        };
        own().or_else(|| self.field("email"))
    }

    /// The workspace of Bitbucket that it names.
    pub fn workspace(&self) -> Option<Located<String>> {
        self.field("bitbucket.workspace")
    }

    /// Whether its token is sent as Bearer.
    pub fn is_bearer(&self, product: Product) -> bool {
        let field = if product == Product::Bitbucket {
            "bitbucket.auth"
        } else {
            "auth"
        };
        self.field(field).is_some_and(|auth| auth.value == "bearer")
    }

    /// Whether it refuses what would change something, and who says so.
    pub fn read_only(&self) -> Option<&Origin> {
        let field = self.fields.get("read_only")?;
        (field.value == Value::Bool(true)).then_some(&field.origin)
    }

    /// The day on which its token ends.
    pub fn token_expires(&self) -> Option<&Located<Value>> {
        self.fields.get("token_expires")
    }

    /// The setting of its token for a product.
    pub fn token_path(&self, product: Product) -> Path {
        let profile = Path::from_declared(["profiles", &self.name]);
        match product {
            Product::Bitbucket => profile.join("bitbucket").join("token"),
            _ => profile.join("api_token"),
        }
    }
}

impl Instance {
    /// Its account.
    pub fn account(&self) -> Option<Located<String>> {
        let field = self.fields.get("username")?;
        Some(Located {
            value: field.value.as_text()?.to_owned(),
            origin: field.origin.clone(),
        })
    }

    /// The workspace of Bitbucket that it names.
    pub fn workspace(&self) -> Option<Located<String>> {
        let field = self.fields.get("workspace")?;
        Some(Located {
            value: field.value.as_text()?.to_owned(),
            origin: field.origin.clone(),
        })
    }

    /// Whether the store holds this secret of it: `pat`, `api_token`, `session_cookies`.
    pub fn has_secret(&self, field: &str) -> bool {
        self.secrets.iter().any(|secret| secret == field)
    }

    /// The day on which its token ends.
    pub fn token_expires(&self) -> Option<&Located<Value>> {
        self.fields.get("token_expires")
    }
}

fn profiles(resolved: &[Resolved], stored: &[EntryName]) -> Vec<Profile> {
    let mut found: IndexMap<String, Profile> = IndexMap::new();
    for value in resolved {
        let mut keys = value.path.keys().skip(1);
        let Some(name) = keys.next() else { continue };
        let field = keys.collect::<Vec<_>>().join(".");
        let profile = found.entry(name.to_owned()).or_insert_with(|| Profile {
            name: name.to_owned(),
            fields: IndexMap::new(),
            has_bitbucket_token: stored.iter().any(|entry| {
                entry.path == Path::from_declared(["profiles", name, "bitbucket", "token"])
            }),
        });
        profile.fields.insert(
            field,
            Located {
                value: value.value.clone(),
                origin: value.origin.clone(),
            },
        );
    }
    found.into_values().collect()
}

fn instances(resolved: &[Resolved], stored: &[EntryName], below: &Path) -> Vec<Instance> {
    let mut found: IndexMap<Path, Instance> = IndexMap::new();
    let made = |path: &Path, origin: Origin| Instance {
        path: path.clone(),
        url: path.last().unwrap_or_default().to_owned(),
        origin,
        fields: IndexMap::new(),
        secrets: Vec::new(),
    };
    for value in resolved {
        let path = value.path.parent();
        let instance = found
            .entry(path.clone())
            .or_insert_with(|| made(&path, value.origin.clone()));
        if instance.origin.layer().is_shared() && !value.origin.layer().is_shared() {
            instance.origin = value.origin.clone();
        }
        let field = value.path.last().unwrap_or_default().to_owned();
        instance.fields.insert(
            field,
            Located {
                value: value.value.clone(),
                origin: value.origin.clone(),
            },
        );
    }
    for entry in stored.iter().filter(|entry| entry.path.starts_with(below)) {
        let path = entry.path.parent();
        let instance = found
            .entry(path.clone())
            .or_insert_with(|| made(&path, Origin::Store));
        // whoever saved a secret for an address has named it
        if instance.origin.layer().is_shared() {
            instance.origin = Origin::Store;
        }
        instance
            .secrets
            .extend(entry.path.last().map(str::to_owned));
    }
    let counts = |instance: &Instance| {
        instance.fields.contains_key("username") || !instance.secrets.is_empty()
    };
    found.into_values().filter(counts).collect()
}
