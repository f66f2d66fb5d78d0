//! The wording for what products refuse: what is the case, with the server's words below, and what mends it.

mod fields;

use super::super::connect::Connected;
use super::super::decision::source;
use super::super::describe::shell_word;
use super::super::failure::{Exit, Message};
use super::http;
use crate::auth::{Deployment, Product, Route, Selected, TOKEN_PAGE};
use crate::http::Method;
use crate::product::command::Command;
use crate::product::{ApiError, Fault, FieldFacts, OddAnswer, Refusal};

/// As many of a server's messages, or of names, are shown.
const MOST_SHOWN: usize = 10;

/// Where more can be seen.
const DEBUG: &str = "`--debug` shows what was sent and answered";

/// What a command was about, as far as messages name it.
#[derive(Debug, Clone, Default)]
pub(in crate::cli) struct Context {
    /// The command: `jira issue get`.
    command: String,
    /// The site.
    site: String,
    /// The profile that was used, if it was one.
    profile: Option<String>,
    /// Where the token is.
    token: String,
    /// Whose it is.
    account: Option<String>,
    /// The profiles that allow nothing but reading.
    read_only: Vec<String>,
    /// What it takes as arguments, not as flags: names, and what stands for the values.
    arguments: Vec<(&'static str, &'static str)>,
}

impl Context {
    /// Before anything was connected.
    pub(in crate::cli) fn none(command: &Command) -> Context {
        Context {
            command: command.name(),
            arguments: arguments_of(command),
            ..Context::default()
        }
    }

    /// Of a sign-in that is not part of the configuration yet.
    pub(in crate::cli) fn untold(site: &str) -> Context {
        Context {
            command: "auth test".to_owned(),
            site: site.to_owned(),
            ..Context::default()
        }
    }

    /// Of a command that was sent to a site.
    pub(in crate::cli) fn of(command: &Command, connected: &Connected) -> Context {
        Context {
            arguments: arguments_of(command),
            ..Context::at(&command.name(), connected)
        }
    }

    /// Of anything that was sent to a site.
    pub(in crate::cli) fn at(command: &str, connected: &Connected) -> Context {
        let decision = &connected.decision;
        Context {
            command: command.to_owned(),
            site: decision.site.value.clone(),
            profile: match &decision.selected {
                Selected::Profile(profile) => Some(profile.name.clone()),
                Selected::Instance(_) => None,
            },
            token: decision
                .credential
                .as_ref()
                .map(|credential| source(&credential.source))
                .unwrap_or_default(),
            account: connected.site.account.clone(),
            read_only: decision
                .read_only
                .iter()
                .map(|(name, _)| name.clone())
                .collect(),
            arguments: Vec::new(),
        }
    }

    /// A parameter as it is written on the command line.
    fn shown(&self, name: &str) -> String {
        let argument = self.arguments.iter().find(|(other, _)| *other == name);
        match argument {
            Some((_, value_name)) => format!("<{value_name}>"),
            None => format!("--{name}"),
        }
    }

    /// The command that saves another token.
    fn login(&self, product: Product) -> String {
        match (&self.profile, product) {
            (Some(profile), Product::Bitbucket) => {
                format!("lassi auth login --bitbucket --profile {profile}")
            }
            (Some(profile), _) => format!("lassi auth login --profile {profile}"),
            (None, _) => format!("lassi auth login {}", shell_word(&self.site)),
        }
    }
}

fn arguments_of(command: &Command) -> Vec<(&'static str, &'static str)> {
    let arguments = command.parameters.iter().filter(|one| one.positional);
    arguments.map(|one| (one.name, one.value_name)).collect()
}

/// Why a command ended without its result.
pub(in crate::cli) fn api(error: &ApiError, context: &Context) -> Message {
    match error {
        ApiError::Http(error) => http(error),
        ApiError::Refused(refusal) => refused(refusal, &[], context),
        ApiError::Fields { refusal, facts } => refused(refusal, facts, context),
        ApiError::ReadOnly { method } => read_only(method, context),
        ApiError::NotOffered {
            command,
            deployment,
        } => {
            let where_not = match deployment {
                Deployment::Cloud => "Cloud",
                Deployment::DataCenter => "Data Center",
            };
            Message::new(Exit::Failed, format!("there is no `{command}` on {where_not}, which {} is", context.site))
                .hint("if that is wrong: `lassi auth discover` says what runs there, `deployment` of the site sets it")
        }
        ApiError::Argument {
            name,
            typed,
            reason,
        } => Message::new(
            Exit::Usage,
            format!("`{typed}` cannot be `{}`: {reason}", context.shown(name)),
        )
        .hint(format!("`lassi {} --help` says more", context.command)),
        ApiError::Missing { flags, reason } => {
            let shown = |flag| format!("`{}`", context.shown(flag));
            let flags: Vec<String> = flags.iter().copied().map(shown).collect();
            let what = format!(
                "`lassi {}` needs {}: {reason}",
                context.command,
                flags.join(" or ")
            );
            Message::new(Exit::Usage, what)
        }
        ApiError::NoPerson { typed } => Message::new(
            Exit::NotFound,
            format!("there is nobody called `{typed}`, or nobody that you may see"),
        )
        .hint("give the account id instead of the address"),
        ApiError::SeveralPeople { typed, people } => people.iter().take(MOST_SHOWN).fold(
            Message::new(Exit::Usage, format!("several people are called `{typed}`"))
                .hint("give the account id instead"),
            |message, person| message.excerpt(person.clone()),
        ),
        ApiError::NotThere { what, typed, known } => {
            let message = Message::new(Exit::NotFound, format!("there is no {what} `{typed}`"));
            if known.is_empty() {
                message.hint(format!("`lassi {} --help` says more", context.command))
            } else {
                message.hint(format!("there are: {}", known.join(", ")))
            }
        }
        ApiError::Some {
            done,
            failed,
            untried,
        } => some_failed(*done, failed, *untried, context),
        ApiError::Odd(odd) => odd_answer(odd, &context.site),
        ApiError::File { file, reason } => {
            let why = super::reason(*reason);
            Message::new(Exit::Failed, format!("{}: {why}", file.display()))
        }
        ApiError::Exists { file } => {
            Message::new(Exit::Failed, format!("{} is there already", file.display()))
                .hint("add `--force` to write over it, or `--output FILE` for another name")
        }
        ApiError::Declined => Message::new(Exit::Failed, "nothing was changed"),
        ApiError::NotConfirmed { question } => {
            Message::new(Exit::Usage, format!("{question} There is nobody to ask."))
                .hint("add `--yes` to say yes")
        }
        ApiError::Output(_) | ApiError::Asked => {
            Message::new(Exit::Failed, "the output cannot be written")
        }
    }
}

/// An answer that says yes, and is not what was asked for, or not all of it.
fn odd_answer(odd: &OddAnswer, site: &str) -> Message {
    let (what, hint) = match odd {
        OddAnswer::NextPage { url } => (
            format!("the list goes on at {url}, which is not on {site}: this is not all of it"),
            "look at the address of the site: `lassi auth list`",
        ),
        OddAnswer::Circle => (
            format!(
                "{site} says that a page of the list comes after itself: this may not be all of it"
            ),
            DEBUG,
        ),
        OddAnswer::NoEnd { pages } => (
            format!(
                "{site} goes on with the list and has sent {pages} pages with nothing on them: this may not be all of it"
            ),
            DEBUG,
        ),
        OddAnswer::Unexpected { wanted } => (
            format!("there is no {wanted} in what {site} answered"),
            DEBUG,
        ),
    };
    Message::new(Exit::Failed, what).hint(hint)
}

fn some_failed(
    done: usize,
    failed: &[(String, ApiError)],
    untried: usize,
    context: &Context,
) -> Message {
    let mut what = format!("{done} done, {} failed", failed.len());
    if untried > 0 {
        what.push_str(&format!(", {untried} not tried"));
    }
    let first = failed.first().map(|(_, error)| api(error, context));
    let exit = first.as_ref().map_or(Exit::Failed, |message| message.exit);
    let mut message = Message::new(
        if exit == Exit::SignIn {
            exit
        } else {
            Exit::Failed
        },
        what,
    );
    for (name, error) in failed.iter().take(MOST_SHOWN) {
        let why = api(error, context);
        let detail = why
            .excerpt
            .first()
            .map_or(String::new(), |line| format!(" ({line})"));
        message = message.excerpt(format!("{name}: {}{detail}", why.what));
    }
    if failed.len() > MOST_SHOWN {
        message = message.excerpt(format!("and {} more", failed.len() - MOST_SHOWN));
    }
    message
}

fn read_only(method: &Method, context: &Context) -> Message {
    let profiles = context.read_only.join(", ");
    let message = Message::new(
        Exit::Failed,
        format!(
            "profile {profiles} is read-only, and {method} would change something: nothing was sent"
        ),
    );
    match context.read_only.first() {
        Some(name) => message.hint(format!(
            "to allow it: `lassi config set profiles.{name}.read_only=false`"
        )),
        None => message,
    }
}

fn refused(refusal: &Refusal, facts: &[FieldFacts], context: &Context) -> Message {
    let exit = match refusal.fault {
        fault if fault.is_sign_in() => Exit::SignIn,
        Fault::NotFound => Exit::NotFound,
        Fault::Invalid => Exit::Usage,
        _ => Exit::Failed,
    };
    let mut message = Message::new(exit, what(refusal, context));
    for said in refusal.messages.iter().take(MOST_SHOWN) {
        for line in said.lines().take(MOST_SHOWN) {
            message = message.excerpt(line);
        }
    }
    for (field, said) in refusal.fields.iter().take(MOST_SHOWN) {
        let known = facts.iter().find(|known| known.id == *field);
        message = message.excerpt(fields::line(field, said, known));
    }
    let place = format!("{} {}", refusal.method, refusal.url);
    fields::examples(facts)
        .take(MOST_SHOWN)
        .chain(hints(refusal, context))
        .fold(message.at(place), Message::hint)
}

/// What is the case.
fn what(refusal: &Refusal, context: &Context) -> String {
    let site = &context.site;
    // a sign-in that is in no store yet has no place to be told
    let token = match context.token.as_str() {
        "" => String::new(),
        token => format!(" ({token})"),
    };
    let status = refusal.status;
    match refusal.fault {
        Fault::Credential => format!("{site} does not accept the sign-in{token}"),
        Fault::AnsweredAsAnonymous => {
            format!(
                "{site} does not accept the sign-in{token} and answered as if nobody had signed in"
            )
        }
        Fault::Captcha => {
            format!("{site} wants a CAPTCHA to be solved before it lets anybody sign in by token")
        }
        Fault::BasicOff => {
            format!(
                "{site} takes personal access tokens only: signing in with an account is switched off there"
            )
        }
        Fault::BearerAtCloud => {
            format!("{site} is on Cloud, which does not take a token without an account{token}")
        }
        Fault::PageAtSite => {
            format!(
                "{site} answered with a web page that wants a sign-in: the token{token} is wrong, or has scopes"
            )
        }
        Fault::Scope => {
            format!(
                "the token{token} is valid and lacks a scope for `lassi {}`",
                context.command
            )
        }
        Fault::NoConfluence => {
            format!("the sign-in{token} is wrong, or may not use Confluence at {site}")
        }
        Fault::BitbucketToken => format!(
            "Bitbucket does not accept the token{token}: it is wrong, has ended, or has no scope for this"
        ),
        Fault::SignOnPage => {
            format!(
                "{site} answered with a web page instead of data: a single sign-on, or a proxy, is in front of it"
            )
        }
        Fault::Permission => format!("{} is not allowed there", subject(context)),
        Fault::NotFound => "there is no such thing there, or you may not see it".to_owned(),
        Fault::Removed => "Atlassian has removed this part of the API (410)".to_owned(),
        Fault::Invalid => format!(
            "{} does not accept what was sent ({status})",
            refusal.product.title()
        ),
        Fault::Conflict if refusal.product == Product::Bitbucket => {
            "Bitbucket cannot do that as things are now (409)".to_owned()
        }
        Fault::Conflict => "somebody has changed it meanwhile, or it is there already".to_owned(),
        Fault::TooMany => {
            format!("{site} has had too many requests, and still after waiting (429)")
        }
        Fault::Server => format!("{site} failed ({status})"),
        Fault::NotJson => format!("{site} answered with something that is no JSON"),
        Fault::Other => format!("{site} answered {status}"),
    }
}

fn subject(context: &Context) -> String {
    match &context.account {
        Some(account) => account.clone(),
        None => "this sign-in".to_owned(),
    }
}

/// What mends it.
fn hints(refusal: &Refusal, context: &Context) -> Vec<String> {
    let login = context.login(refusal.product);
    let another = format!("to save another token: `{login}`");
    let why = "`lassi auth status` says where the token comes from".to_owned();
    let cloud = refusal.deployment == Deployment::Cloud;
    let made = || format!("tokens are made at {TOKEN_PAGE}");
    match refusal.fault {
        Fault::Credential | Fault::AnsweredAsAnonymous => {
            let mut hints = vec![another];
            if cloud {
                hints.push(made());
            }
            hints.push(why);
            hints
        }
        Fault::Captcha => vec![format!(
            "sign in once at {} in a browser, then try again",
            context.site
        )],
        Fault::BasicOff => {
            let set = match &context.profile {
                Some(profile) => format!("lassi config set profiles.{profile}.auth=bearer"),
                None => format!("{login} --bearer"),
            };
            vec![
                format!("to sign in by token alone: `{set}`"),
                format!("to save a personal access token: `{login}`"),
            ]
        }
        Fault::BearerAtCloud => {
            let set = match &context.profile {
                Some(profile) => format!(
                    "lassi config set profiles.{profile}.auth=basic profiles.{profile}.email=YOU@EXAMPLE"
                ),
                None => login,
            };
            vec![format!("to sign in with account and API token: `{set}`"), made()]
        }
        Fault::PageAtSite => vec![
            "a token with scopes works through the gateway only: `lassi auth discover` finds the cloud ID that it needs, and `connection.route` must not be `site`".to_owned(),
            another,
            why,
        ],
        Fault::Scope => {
            let mut hints = vec![format!("make a token with the scope that is missing, and save it: `{login}`")];
            if cloud {
                hints.push(made());
            }
            if refusal.route == Route::Gateway {
                hints.push("the documentation of the API names the scopes of each request".to_owned());
            }
            hints
        }
        Fault::NoConfluence => vec![
            another,
            format!("or ask an administrator of {} for access to Confluence", context.site),
        ],
        Fault::BitbucketToken => vec![
            another,
            "an API token signs in with the account's email address, an access token without (`--bearer`)".to_owned(),
        ],
        Fault::SignOnPage => vec![
            "look at the address of the site: `lassi auth list`".to_owned(),
            format!(
                "behind a single sign-on, cookies of a browser's session may help: `lassi config set --secret-stdin {}`",
                shell_word(&format!("auth.{}[\"{}\"].session_cookies", refusal.product.auth_key(), context.site))
            ),
        ],
        Fault::Permission => vec!["ask an administrator of the project or space, or use another `--profile`".to_owned()],
        Fault::Removed => vec!["a newer lassi may know its successor".to_owned()],
        Fault::TooMany => vec!["wait a while, or ask for less: `lassi config set connection.max_workers=2`".to_owned()],
        Fault::Invalid => vec![format!("`lassi {} --help` says what it takes", context.command)],
        Fault::Server | Fault::NotJson | Fault::Other => {
            vec![DEBUG.to_owned()]
        }
        Fault::Conflict if refusal.product == Product::Confluence => {
            vec!["read it again: `lassi confluence page get`, then repeat the change".to_owned()]
        }
        Fault::NotFound | Fault::Conflict => Vec::new(),
    }
}
