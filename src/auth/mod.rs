//! Which site, as whom, with which credential: settings, variables and the names of stored secrets go in, a
//! decision with its reasons comes out. To decide, nothing is asked of a network and no secret is read; only
//! [`cloud_id`] and [`discover()`] ask a site, without a credential.

mod address;
mod candidates;
mod choose;
pub mod cloud_id;
mod credential;
mod discover;
mod learned;
mod product;
mod resolve;
mod route;
mod variables;

pub use address::{Address, AddressError, TOKEN_PAGE};
pub use candidates::{Candidates, Instance, Located, Profile};
pub use choose::{Choice, ChooseError, ChosenBy, Selected};
pub use credential::{Considered, Credential, Missing, Outcome, Scheme, TokenSource};
pub use discover::{Discovered, discover};
pub use learned::{Learned, LearnedFile};
pub use product::Product;
pub use resolve::{Decision, Inputs, Request, ResolveError, default_profile, resolve};
pub use route::{Deployment, Route, SiteFacts, cloud_id_path, gateway_id, site_path, ways};
pub use variables::{AmbiguousVariable, unmatched_host_variables};

#[cfg(test)]
mod tests;
