//! `lassi auth login`: writes a profile, and saves its token.
//!
//! Flags, an address and what is known already go in; what is still missing is asked for on a terminal, and is an
//! error that names the flags without one.

mod answers;

use super::identity::IdentityArguments;
use super::list::known_profiles;
use super::probe;
use crate::auth::{Address, Candidates, Inputs, Product, Request, TokenSource, default_profile};
use crate::changes::Changes;
use crate::cli::config::carry_out_for_user;
use crate::cli::decision;
use crate::cli::failure::{Exit, Failure, Message};
use crate::cli::messages;
use crate::cli::session::Session;
use crate::cli::{Subcommand, describe, network};
use crate::config::change::Step;
use crate::config::path::Path;
use crate::config::schema::Match;
use crate::config::site_url;
use crate::config::value::{Value, ValueError, is_profile_name};
use crate::secret::Secret;
use crate::wizard::{Known, Place, SignIn};
use clap::{Args, FromArgMatches};

/// `lassi auth login`.
pub(super) const COMMAND: Subcommand = Subcommand {
    name: "login",
    about: "Sign in: write a profile and save its token",
    arguments: Arguments::augment_args,
    run: |session, matches| run(session, &Arguments::from_arg_matches(matches)?),
};

/// What is not given is asked for on a terminal. The profile is named by `--profile`. The token may be missing: it
/// can come from a variable later. Signing in again changes what is given and keeps the rest.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Any address of the site, copied from the browser perhaps
    #[arg(value_name = "URL")]
    address: Option<String>,

    /// The site
    #[arg(long, value_name = "URL", conflicts_with = "address")]
    base_url: Option<String>,

    /// The account
    #[arg(long, value_name = "EMAIL")]
    email: Option<String>,

    /// The token; `--with-token` is safer
    #[arg(long, conflicts_with = "with_token")]
    token: Option<String>,

    /// Read the token from standard input
    #[arg(long)]
    with_token: bool,

    /// A token that is sent without an account: a personal access token of Data Center, an access token of Bitbucket
    #[arg(long)]
    bearer: bool,

    /// Sign in to Bitbucket
    #[arg(long)]
    bitbucket: bool,

    /// The Bitbucket workspace
    #[arg(long, requires = "bitbucket")]
    workspace: Option<String>,

    /// The day on which the token ends
    #[arg(long, value_name = "DATE")]
    expires: Option<String>,

    /// Make it the default profile
    #[arg(long)]
    default: bool,

    /// Test the sign-in afterwards, also where there is no terminal
    #[arg(long, conflicts_with = "no_test")]
    test: bool,

    /// Do not ask the site anything: neither what it is, nor whether the sign-in works
    #[arg(long)]
    no_test: bool,
}

fn run(session: &Session<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let sign_in = read(session, arguments)?;
    let profile = sign_in.profile.clone().unwrap_or_default();
    let mut changes = sign_in
        .changes()
        .map_err(|(path, error)| bad_value(&path, &error))?;
    arguments.add_to(&mut changes, &sign_in, &profile)?;
    if arguments.default || becomes_default(session, &profile)? {
        let path = Path::from_declared(["default_profile"]);
        changes.steps.push(Step::Set {
            path,
            value: Value::Text(profile.clone()),
        });
    }
    if arguments.token.is_some() {
        session.note("an argument is seen by others and stays in the shell's history: `--with-token` is safer");
    }
    let saved = !changes.secrets.is_empty();
    carry_out_for_user(session, &changes)?;
    let is_complete = say_which_token_wins(session, &sign_in, saved)?;
    let wanted = arguments.test || (session.may_ask() && !arguments.no_test);
    if wanted && is_complete {
        return test(session, &sign_in);
    }
    Ok(())
}

/// Tests what was saved. It stays saved, whatever comes of it.
fn test(session: &Session<'_>, sign_in: &SignIn) -> Result<(), Failure> {
    let session = session.with_profile(sign_in.profile.as_deref().unwrap_or_default());
    let identity = IdentityArguments {
        address: None,
        product: None,
    };
    let products: &[Product] = match sign_in.product {
        Product::Bitbucket => &[Product::Bitbucket],
        _ => &[Product::Jira, Product::Confluence],
    };
    let tested = network::block_on(probe::products(&session, &identity, products))?;
    let result = probe::report(&session, &tested, false);
    if result.is_err() {
        session.note("the sign-in is saved all the same; `lassi auth test` tests it again");
    }
    result
}

/// All that is to be written, from flags, what is known, and answers.
fn read(session: &Session<'_>, arguments: &Arguments) -> Result<SignIn, Failure> {
    let address = arguments
        .address
        .as_deref()
        .map(Address::parse)
        .transpose()
        .map_err(bad_address)?;
    let bitbucket = arguments.bitbucket
        || address.as_ref().and_then(Address::product) == Some(Product::Bitbucket);
    let product = if bitbucket {
        Product::Bitbucket
    } else {
        Product::Jira
    };
    let token = match (&arguments.token, arguments.with_token) {
        (Some(token), _) => Some(token.clone()),
        (None, true) => Some(session.read_input()?),
        (None, false) => None,
    };
    let token = token
        .map(|text| Secret::from_input(text).map_err(|error| messages::secret("the token", error)))
        .transpose()?;
    let given = arguments
        .base_url
        .as_deref()
        .map(|text| normalised(session, text))
        .transpose()?;
    let base_url = given.or_else(|| address.filter(|_| !bitbucket).map(|address| address.site()));
    let known = Known {
        profile: session.global.profile.clone(),
        product,
        base_url,
        email: arguments.email.clone(),
        bearer: arguments.bearer,
        token,
        ..Known::nothing(Place::Profile)
    };
    let changes_something = arguments.change_something();
    answers::complete(session, known, changes_something, !arguments.no_test)
}

fn bad_address(error: site_url::UrlError) -> Message {
    Message::new(Exit::Usage, format!("not the address of a site: {error}"))
        .hint("for example https://acme.atlassian.net")
}

/// The normal form of `--base-url`; a change is said.
fn normalised(session: &Session<'_>, text: &str) -> Result<String, Failure> {
    let normal = site_url::normalise(text).map_err(bad_address)?;
    if normal != text {
        session.note(format_args!("{text} is kept as {normal}"));
    }
    Ok(normal)
}

impl Arguments {
    /// Whether the flags say more than which profile is meant: then a stored token is kept without a question.
    fn change_something(&self) -> bool {
        let given = [&self.base_url, &self.email, &self.workspace, &self.expires];
        self.default || self.bearer || given.into_iter().any(Option::is_some)
    }

    /// Adds what only flags say.
    fn add_to(
        &self,
        changes: &mut Changes,
        sign_in: &SignIn,
        profile: &str,
    ) -> Result<(), Failure> {
        let profile = Path::from_declared(["profiles", profile]);
        let place = if sign_in.product == Product::Bitbucket {
            profile.join("bitbucket")
        } else {
            profile.clone()
        };
        let given = [
            (place.join("workspace"), &self.workspace),
            (profile.join("token_expires"), &self.expires),
        ];
        for (path, text) in given {
            let (Some(text), Match::Setting(setting)) = (text, path.lookup()) else {
                continue;
            };
            let value =
                Value::from_text(&setting.kind, text).map_err(|error| bad_value(&path, &error))?;
            changes.steps.push(Step::Set { path, value });
        }
        Ok(())
    }
}

/// A value that its setting cannot have.
fn bad_value(path: &Path, error: &ValueError) -> Failure {
    let what = format!("{path}: {error}");
    match path.lookup() {
        Match::Setting(setting) => messages::value(&path.to_string(), setting, error).into(),
        _ => Message::new(Exit::Usage, what).into(),
    }
}

/// The first profile becomes the default one.
fn becomes_default(session: &Session<'_>, profile: &str) -> Result<bool, Failure> {
    let default = default_profile(session.stack()?).map_err(|error| messages::load(&error))?;
    let others = known_profiles(session)?;
    Ok(default.is_none() && others.iter().all(|other| other == profile))
}

/// A variable may stand before what was just saved. Returns whether there is a credential at all.
fn say_which_token_wins(
    session: &Session<'_>,
    sign_in: &SignIn,
    saved: bool,
) -> Result<bool, Failure> {
    let session = session.anew();
    let stored = session.stored()?;
    let inputs = Inputs {
        stack: session.stack()?,
        environment: session.environment,
        stored: &stored,
    };
    let request = Request {
        product: sign_in.product,
        url: None,
        profile: sign_in.profile.as_deref(),
    };
    let Ok(decision) = crate::auth::resolve(request, inputs) else {
        return Ok(false);
    };
    match &decision.credential {
        Ok(credential) => {
            if let TokenSource::Variable(name) = &credential.source
                && saved
            {
                let what = format!(
                    "the variable {name} holds a token, which is used instead of the one just saved"
                );
                session.warn(
                    &Message::new(Exit::SignIn, what)
                        .hint(format!("`unset {name}` to use the saved one")),
                );
            }
            decision::warn_about_expiry(&session, credential);
        }
        Err(missing) => session.warn(&messages::missing_credential(&decision, *missing)),
    }
    Ok(decision.credential.is_ok())
}

/// The profiles, with what shared files say of them.
fn candidates(session: &Session<'_>) -> Result<Candidates, Failure> {
    Ok(
        Candidates::read(session.stack()?, &session.stored()?, Product::Jira)
            .map_err(|error| messages::load(&error))?,
    )
}

/// The name of a profile, if it can be one.
fn checked_name(name: &str) -> Result<String, Failure> {
    if is_profile_name(name) {
        return Ok(name.to_owned());
    }
    Err(Message::new(
        Exit::Usage,
        format!("`{name}` cannot be the name of a profile"),
    )
    .hint(format!(
        "use letters, digits, `_` and `-`: {}",
        describe::shell_word("my-work")
    ))
    .into())
}
