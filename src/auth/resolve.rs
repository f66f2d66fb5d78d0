//! The one function that decides which site a request goes to, as whom, and with which credential.
//!
//! Pure: settings, a snapshot of the environment and the names of stored secrets go in, a decision with its
//! reasons comes out. The order is that of the design's section 'From settings to a request'.

use super::candidates::{Candidates, Located};
use super::choose::{Choice, ChooseError, ChosenBy, Selected, choose};
use super::credential::{self, Considered, Credential, Missing, Scheme, is_same_identity};
use super::product::Product;
use super::variables::AmbiguousVariable;
use crate::changes::EntryName;
use crate::config::layer::{LoadError, Origin};
use crate::config::path::Path;
use crate::config::schema::Match;
use crate::config::stack::Stack;
use crate::environment::Environment;

/// What a command needs.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The product.
    pub product: Product,
    /// An address at or below a configured site; never adds one.
    pub url: Option<&'a str>,
    /// `--profile`.
    pub profile: Option<&'a str>,
}

/// What the decision is made from.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The layers.
    pub stack: &'a Stack,
    /// The variables.
    pub environment: &'a Environment,
    /// The names of the stored secrets.
    pub stored: &'a [EntryName],
}

/// Where a request goes, as whom, and why.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The product.
    pub product: Product,
    /// The site's address, and who says so.
    pub site: Located<String>,
    /// The profile or instance that stands for it.
    pub selected: Selected,
    /// Why it was this one.
    pub by: ChosenBy,
    /// The credential, or what is missing.
    pub credential: Result<Credential, Missing>,
    /// All sources of a token that were looked at, in their order.
    pub considered: Vec<Considered>,
    /// The profiles that allow nothing but reading here, and who says so.
    pub read_only: Vec<(String, Origin)>,
}

/// Why no decision was made.
#[derive(Debug, Clone, PartialEq)]
pub enum ResolveError {
    /// A file cannot be used.
    Load(LoadError),
    /// Nothing could be chosen.
    Choose(ChooseError),
    /// The variable that would be used means several profiles.
    Variable(AmbiguousVariable),
}

/// Decides.
pub fn resolve(request: Request<'_>, inputs: Inputs<'_>) -> Result<Decision, ResolveError> {
    let Inputs {
        stack,
        environment,
        stored,
    } = inputs;
    let candidates =
        Candidates::read(stack, stored, request.product).map_err(ResolveError::Load)?;
    let default = default_profile(stack).map_err(ResolveError::Load)?;
    let choice = Choice {
        product: request.product,
        url: request.url,
        profile_flag: request.profile,
        profile_variable: environment.variable("LASSI_PROFILE"),
        default_profile: default.as_ref(),
    };
    let chosen = choose(choice, &candidates).map_err(ResolveError::Choose)?;
    let (credential, considered) =
        credential::find(request.product, &chosen, &candidates, stored, environment)
            .map_err(ResolveError::Variable)?;
    let account = match &credential {
        Ok(Credential {
            scheme: Scheme::Basic { account },
            ..
        }) => Some(account.clone()),
        _ => None,
    };
    let read_only = candidates.profiles.iter().filter_map(|profile| {
        let origin = profile.read_only()?;
        let site = profile.site_when_named(request.product)?;
        let own = profile.account(request.product).map(|account| account.value);
        let is_chosen = matches!(&chosen.selected, Selected::Profile(selected) if selected.name == profile.name);
        let same = is_same_identity(&chosen.site.value, account.as_deref(), &site.value, own.as_deref());
        (is_chosen || same).then(|| (profile.name.clone(), origin.clone()))
    });
    let read_only = read_only.collect();
    Ok(Decision {
        product: request.product,
        site: chosen.site,
        selected: chosen.selected,
        by: chosen.by,
        credential,
        considered,
        read_only,
    })
}

/// `default_profile`, if it is set.
pub fn default_profile(stack: &Stack) -> Result<Option<Located<String>>, LoadError> {
    let path = Path::from_declared(["default_profile"]);
    let Match::Setting(setting) = path.lookup() else {
        return Ok(None);
    };
    let resolved = stack.resolve(&path, setting)?;
    Ok(resolved.and_then(|resolved| {
        let value = resolved.value.as_text()?.to_owned();
        Some(Located {
            value,
            origin: resolved.origin,
        })
    }))
}
