//! Jira, Confluence, Bitbucket and Jira Service Management: what can be asked of them, and what they answer.
//!
//! Knows no paths of settings and no command line: a [`Site`] is given, signed in, and [`Talk`] shows what comes out. A
//! command is a [`Command`], a row of data, which [`Run`] carries out; see `docs/product-commands.md`.

pub mod bitbucket;
pub mod bulk;
mod calls;
mod classify;
pub mod column;
pub mod command;
pub mod confluence;
pub mod document;
mod error;
mod fill;
pub mod identity;
pub mod jira;
pub mod jsm;
pub mod page_style;
pub mod paging;
mod parameter;
pub mod people;
mod reading;
pub mod run;
pub mod show;
mod site;
mod talk;
pub mod transfer;
mod values;
mod web_address;

pub use command::Command;
pub use error::{ApiError, Fault, FieldFacts, OddAnswer, Refusal};
pub use reading::reads;
pub use run::{Options, Run};
pub use site::{Call, Site};
pub use talk::Talk;
pub use values::{Values, web_address};

use crate::auth::Product;

/// The commands of a product.
pub fn commands(product: Product) -> &'static [&'static Command] {
    match product {
        Product::Jira => jira::COMMANDS,
        Product::Confluence => confluence::COMMANDS,
        Product::Jsm => jsm::COMMANDS,
        Product::Bitbucket => bitbucket::COMMANDS,
    }
}
