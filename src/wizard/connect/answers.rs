//! What a sign-in is made of: what is known beforehand, what was answered, and what is to be saved.

use super::way::Way;
use crate::auth::{Candidates, Product};
use crate::changes::EntryName;
use crate::secret::Secret;
use crate::wizard::connector::{Connector, Recognised};

/// What a sign-in becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A profile.
    Profile,
    /// An instance of a product, and a profile if a name is given.
    Instance(Product),
}

/// What is known before anything is asked. What is known is not asked for.
#[derive(Debug, Clone)]
pub struct Known {
    /// What it becomes.
    pub place: Place,
    /// The profile's name.
    pub profile: Option<String>,
    /// Bitbucket, or any other product.
    pub product: Product,
    /// The site.
    pub base_url: Option<String>,
    /// An address that stands there at first where the site is asked for.
    pub suggested_site: String,
    /// The account.
    pub email: Option<String>,
    /// Whether the token is sent without an account.
    pub bearer: bool,
    /// The token.
    pub token: Option<Secret>,
    /// Whether kind and account are asked for although the profile has them.
    pub revise: bool,
}

impl Known {
    /// Nothing, for a place.
    pub fn nothing(place: Place) -> Known {
        let product = match place {
            Place::Profile => Product::Jira,
            Place::Instance(product) => product,
        };
        Known {
            place,
            profile: None,
            product,
            base_url: None,
            suggested_site: String::new(),
            email: None,
            bearer: false,
            token: None,
            revise: false,
        }
    }
}

/// What the questions have to know of the world.
pub struct Surroundings<'a> {
    /// The profiles that there are.
    pub candidates: &'a Candidates,
    /// The names of the stored secrets.
    pub stored: &'a [EntryName],
    /// The hosts that may be reached without encryption.
    pub allowed_http: &'a [String],
    /// Whether a token is asked for although one is stored.
    pub wants_token: bool,
    /// Whether the sign-in is tried before it comes out.
    pub wants_test: bool,
    /// Who can reach sites, if anybody can.
    pub connector: Option<&'a mut dyn Connector>,
}

/// What was answered. Going back keeps it.
#[derive(Debug, Clone, Default)]
pub(super) struct Answers {
    /// A profile of a shared file.
    pub shared_profile: Option<String>,
    /// What was typed as the site.
    pub typed_site: Option<String>,
    pub site: Option<String>,
    pub recognised: Option<Recognised>,
    pub product: Option<Product>,
    pub way: Option<Way>,
    pub account: Option<String>,
    pub token: Option<Secret>,
    pub name: Option<String>,
}

/// How far the questions have come.
#[derive(Debug, Clone, Default)]
pub(super) struct Progress {
    pub answers: Answers,
    /// The steps that asked something, in order.
    pub asked: Vec<usize>,
    pub at: usize,
}

/// What is to be saved, once everything is known.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// What it becomes.
    pub place: Place,
    /// The profile; for an instance there may be none.
    pub profile: Option<String>,
    /// Whose sign-in it is: Bitbucket, or any other product.
    pub product: Product,
    /// The site, if it is to be written down.
    pub base_url: Option<String>,
    /// The account, if it is to be written down.
    pub email: Option<String>,
    /// Whether the token is sent without an account, if that is to be written down.
    pub bearer: Option<bool>,
    /// The token.
    pub token: Option<Secret>,
    /// Whether the token is the cookies of a browser, which only an instance has.
    pub cookies: bool,
    /// The site's ID, if it was found.
    pub cloud_id: Option<String>,
}
