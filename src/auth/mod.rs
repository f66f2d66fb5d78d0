//! Which site, as whom, with which credential: settings, variables and the names of stored secrets go in, a
//! decision with its reasons comes out. Nothing is asked of a network, and no secret is read to decide.

mod address;
mod candidates;
mod choose;
mod credential;
mod product;
mod resolve;
mod variables;

pub use address::{Address, AddressError, TOKEN_PAGE};
pub use candidates::{Candidates, Instance, Located, Profile};
pub use choose::{Choice, ChooseError, ChosenBy, Selected};
pub use credential::{Considered, Credential, Missing, Outcome, Scheme, TokenSource};
pub use product::Product;
pub use resolve::{Decision, Inputs, Request, ResolveError, default_profile, resolve};
pub use variables::{AmbiguousVariable, unmatched_host_variables};

#[cfg(test)]
mod tests;
