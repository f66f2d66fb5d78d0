//! What was asked for and what there is go in; the site, and the profile or instance that stands for it, come
//! out.

use super::address::{Address, AddressError};
use super::candidates::{Candidates, Instance, Located, Profile};
use super::product::Product;
use crate::config::layer::Origin;
use crate::config::schema::nearest;

/// What was asked for.
#[derive(Debug, Clone, Copy)]
pub struct Choice<'a> {
    /// The product.
    pub product: Product,
    /// An address at or below a configured site.
    pub url: Option<&'a str>,
    /// `--profile`.
    pub profile_flag: Option<&'a str>,
    /// `LASSI_PROFILE`.
    pub profile_variable: Option<&'a str>,
    /// `default_profile`.
    pub default_profile: Option<&'a Located<String>>,
}

/// What stands for the site.
#[derive(Debug, Clone)]
pub enum Selected {
    /// A profile.
    Profile(Profile),
    /// An instance.
    Instance(Instance),
}

/// Why it was this one.
#[derive(Debug, Clone, PartialEq)]
pub enum ChosenBy {
    /// `--profile` names it.
    ProfileFlag,
    /// `LASSI_PROFILE` names it.
    ProfileVariable,
    /// `default_profile` names it.
    DefaultProfile(Origin),
    /// It is the only profile of the site, or of the product.
    OnlyProfile,
    /// It is the only instance.
    OnlyInstance,
    /// It is the instance at the address.
    Address,
}

/// Why nothing was chosen.
#[derive(Debug, Clone, PartialEq)]
pub enum ChooseError {
    /// The address is none.
    Address(AddressError),
    /// There is no profile of that name.
    UnknownProfile {
        /// The name.
        name: String,
        /// The one that was probably meant.
        nearest: Option<String>,
        /// Those that there are.
        known: Vec<String>,
    },
    /// The profile has no site for the product.
    NoSite {
        /// The profile.
        profile: String,
        /// The product.
        product: Product,
    },
    /// The address is on no configured site.
    NotConfigured {
        /// The address, in normal form.
        url: String,
        /// The product.
        product: Product,
    },
    /// The profile that was named is for another site.
    OtherSite {
        /// The profile.
        profile: String,
        /// Its site.
        site: String,
        /// The address that was asked for.
        url: String,
    },
    /// Several profiles are for the site.
    SeveralProfiles {
        /// The site.
        site: String,
        /// Their names.
        profiles: Vec<String>,
    },
    /// Nothing says which of several is meant.
    NoDefault {
        /// The product.
        product: Product,
        /// The profiles with a site for it, and their sites.
        profiles: Vec<(String, String)>,
        /// The addresses of instances that no profile is for.
        instances: Vec<String>,
    },
    /// There is nothing to choose from.
    Nothing {
        /// The product.
        product: Product,
    },
}

/// A choice that was made.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    /// What stands for the site.
    pub selected: Selected,
    /// The site's address, and who says so.
    pub site: Located<String>,
    /// Why it was this one.
    pub by: ChosenBy,
}

/// Chooses.
pub(super) fn choose(choice: Choice<'_>, candidates: &Candidates) -> Result<Chosen, ChooseError> {
    match choice.url {
        Some(url) => by_address(choice, url, candidates),
        None => without_address(choice, candidates),
    }
}

/// The profile that was named, by the flag before the variable.
fn named<'a>(
    choice: Choice<'_>,
    candidates: &'a Candidates,
) -> Result<Option<(&'a Profile, ChosenBy)>, ChooseError> {
    let flag = choice
        .profile_flag
        .map(|name| (name, ChosenBy::ProfileFlag));
    let Some((name, by)) = flag.or(choice
        .profile_variable
        .map(|name| (name, ChosenBy::ProfileVariable)))
    else {
        return Ok(None);
    };
    if let Some(profile) = candidates.profile(name) {
        return Ok(Some((profile, by)));
    }
    let known: Vec<String> = candidates
        .profiles
        .iter()
        .map(|profile| profile.name.clone())
        .collect();
    let near = nearest(name, known.iter().map(String::as_str)).map(str::to_owned);
    Err(ChooseError::UnknownProfile {
        name: name.to_owned(),
        nearest: near,
        known,
    })
}

fn of_profile(profile: &Profile, site: Located<String>, by: ChosenBy) -> Chosen {
    Chosen {
        selected: Selected::Profile(profile.clone()),
        site,
        by,
    }
}

fn of_instance(instance: &Instance, by: ChosenBy) -> Chosen {
    let site = Located {
        value: instance.url.clone(),
        origin: instance.origin.clone(),
    };
    Chosen {
        selected: Selected::Instance(instance.clone()),
        site,
        by,
    }
}

fn by_address(
    choice: Choice<'_>,
    url: &str,
    candidates: &Candidates,
) -> Result<Chosen, ChooseError> {
    let address = Address::parse(url).map_err(ChooseError::Address)?;
    if let Some((profile, by)) = named(choice, candidates)? {
        let site = profile
            .site_when_named(choice.product)
            .ok_or_else(|| ChooseError::NoSite {
                profile: profile.name.clone(),
                product: choice.product,
            })?;
        if address.is_below(&site.value) {
            return Ok(of_profile(profile, site, by));
        }
        let url = address.as_str().to_owned();
        return Err(ChooseError::OtherSite {
            profile: profile.name.clone(),
            site: site.value,
            url,
        });
    }
    let with_sites: Vec<(&Profile, Located<String>)> = candidates
        .profiles
        .iter()
        .filter_map(|profile| Some((profile, profile.site(choice.product)?)))
        .filter(|(_, site)| address.is_below(&site.value))
        .collect();
    let instances = candidates
        .instances
        .iter()
        .filter(|instance| address.is_below(&instance.url));
    let instance = instances.max_by_key(|instance| instance.url.len());
    // the longest match wins, over profiles and instances together
    let longest = with_sites
        .iter()
        .map(|(_, site)| site.value.len())
        .max()
        .unwrap_or(0);
    let longest = longest.max(instance.map_or(0, |instance| instance.url.len()));
    let mut profiles = with_sites
        .into_iter()
        .filter(|(_, site)| site.value.len() == longest)
        .collect::<Vec<_>>();
    if let Some(default) = choice.default_profile
        && let Some(at) = profiles
            .iter()
            .position(|(profile, _)| profile.name == default.value)
    {
        let (profile, site) = profiles.swap_remove(at);
        return Ok(of_profile(
            profile,
            site,
            ChosenBy::DefaultProfile(default.origin.clone()),
        ));
    }
    match (profiles.len(), profiles.pop(), instance) {
        (1, Some((profile, site)), _) => Ok(of_profile(profile, site, ChosenBy::OnlyProfile)),
        (0, _, Some(instance)) => Ok(of_instance(instance, ChosenBy::Address)),
        (_, None, _) => Err(ChooseError::NotConfigured {
            url: address.as_str().to_owned(),
            product: choice.product,
        }),
        (_, Some((last, site)), _) => {
            let mut names: Vec<String> = profiles
                .iter()
                .map(|(profile, _)| profile.name.clone())
                .collect();
            names.push(last.name.clone());
            Err(ChooseError::SeveralProfiles {
                site: site.value,
                profiles: names,
            })
        }
    }
}

fn without_address(choice: Choice<'_>, candidates: &Candidates) -> Result<Chosen, ChooseError> {
    let product = choice.product;
    if let Some((profile, by)) = named(choice, candidates)? {
        let missing = || ChooseError::NoSite {
            profile: profile.name.clone(),
            product,
        };
        return Ok(of_profile(
            profile,
            profile.site_when_named(product).ok_or_else(missing)?,
            by,
        ));
    }
    if let Some(default) = choice.default_profile
        && let Some(profile) = candidates.profile(&default.value)
        && let Some(site) = profile.site(product)
    {
        return Ok(of_profile(
            profile,
            site,
            ChosenBy::DefaultProfile(default.origin.clone()),
        ));
    }
    let profiles: Vec<(&Profile, Located<String>)> = candidates
        .profiles
        .iter()
        .filter_map(|profile| Some((profile, profile.site(product)?)))
        .collect();
    // an instance at the site of a profile is a part of it, and no other choice
    let alone: Vec<&Instance> = candidates
        .instances
        .iter()
        .filter(|instance| !profiles.iter().any(|(_, site)| site.value == instance.url))
        .collect();
    match (profiles.as_slice(), alone.as_slice()) {
        ([], []) => Err(ChooseError::Nothing { product }),
        ([(profile, site)], []) => Ok(of_profile(profile, site.clone(), ChosenBy::OnlyProfile)),
        ([], [instance]) => Ok(of_instance(instance, ChosenBy::OnlyInstance)),
        _ => Err(ChooseError::NoDefault {
            product,
            profiles: profiles
                .iter()
                .map(|(profile, site)| (profile.name.clone(), site.value.clone()))
                .collect(),
            instances: alone.iter().map(|instance| instance.url.clone()).collect(),
        }),
    }
}
