//! `lassi api`: any request to a product, signed in.

use super::auth::identity::ProductName;
use super::connect::{Connected, connect};
use super::failure::{Exit, Failure, Message};
use super::session::Session;
use super::talk::TerminalTalk;
use super::trace::masked;
use super::{Subcommand, messages, network};
use crate::auth::{Address, Deployment, Product};
use crate::config::site_url;
use crate::config::views::Format;
use crate::http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use crate::http::{Answer, Authorization, Body, Method, redact};
use crate::output::escape::{Visible, escaped_json};
use crate::output::listing::{Listing, Row};
use crate::product::paging::Pages;
use crate::product::{ApiError, Call, Talk, page_style, reads};
use clap::{Args, Command, FromArgMatches};
use serde_json::Value as Json;

/// `lassi api`.
pub(super) const COMMAND: Subcommand = Subcommand {
    name: "api",
    about: "Send any request to a product, signed in",
    arguments: with_short_query,
    run: |session, matches| run(session, &Arguments::from_arg_matches(matches)?),
};

/// Headers that decide who signs in and where to; those are lassi's.
const OWN_HEADERS: [&str; 5] = [
    "authorization",
    "proxy-authorization",
    "cookie",
    "host",
    "content-length",
];

/// The answer is printed as it comes; on a terminal JSON is spread over lines.
#[derive(Debug, Args)]
struct Arguments {
    /// The product
    #[arg(value_enum)]
    product: ProductName,

    /// The path below the site: /rest/api/3/myself, repositories/acme; or an address on a configured site
    path: String,

    /// The method [default: GET, with --data POST]
    #[arg(short = 'X', long)]
    method: Option<String>,

    /// What to send: JSON, @FILE, or - for standard input
    #[arg(short, long, value_name = "JSON", allow_hyphen_values = true)]
    data: Option<String>,

    /// A header to send along [repeatable]
    #[arg(short = 'H', long, value_name = "NAME: VALUE")]
    header: Vec<String>,

    /// A part of the query [repeatable]
    #[arg(short = 'q', long = "query", value_name = "NAME=VALUE")]
    query: Vec<String>,

    /// Follow all pages, and print the listed things as one array
    #[arg(long)]
    paginate: bool,

    /// Print status and headers, too
    #[arg(short, long)]
    include: bool,
}

/// `-q` means the query here, as in other programs that send requests; `--quiet` has no short form.
fn with_short_query(command: Command) -> Command {
    const QUIET: &str = "quiet";
    let has_quiet = command
        .get_arguments()
        .any(|argument| argument.get_id() == QUIET);
    let command = if has_quiet {
        command.mut_arg(QUIET, |argument| argument.short(None))
    } else {
        command
    };
    Arguments::augment_args(command)
}

fn run(session: &Session<'_>, arguments: &Arguments) -> Result<(), Failure> {
    let product = Product::from(arguments.product);
    let address = whole_address(&arguments.path)?;
    let url = address.or(session.global.url.as_deref());
    let call = call(session, arguments)?;
    network::block_on(async {
        let connected = connect(session, product, url).await?;
        let path = path_on(&connected, &arguments.path)?;
        let call = with_path(call, &path);
        let talk = TerminalTalk::new(session, Format::Json);
        let result = send(&connected, call, arguments, &talk).await;
        connected.remember_route(session);
        result.map_err(|error| match (error, talk.take_failure()) {
            (ApiError::Asked, Some(failure)) => failure,
            (ApiError::Output(None), _) => Failure::ClosedPipe,
            (error, _) => {
                let command = format!("api {product}");
                messages::api(&error, &messages::Context::at(&command, &connected)).into()
            }
        })
    })
}

async fn send(
    connected: &Connected,
    call: Call,
    arguments: &Arguments,
    talk: &TerminalTalk<'_>,
) -> Result<(), ApiError> {
    let answer = connected.site.answer(&call).await?;
    if arguments.include {
        talk.print(&head(&answer, connected.site.authorization.as_ref()))?;
    }
    let json = serde_json::from_slice::<Json>(&answer.body);
    match json {
        Ok(first) if arguments.paginate => {
            if let Some((paging, items)) = page_style::of(&first) {
                let (pages, things) = Pages::behind(&connected.site, call, paging, items, first)?;
                return print_all(pages, things, talk).await;
            }
            talk.print_bytes(&answer.body)
        }
        Ok(json) if talk.is_terminal() => talk.print(&escaped_json(&format!("{json:#}\n"))),
        _ => talk.print_bytes(&answer.body),
    }
}

async fn print_all(
    mut pages: Pages<'_>,
    first: Vec<Json>,
    talk: &TerminalTalk<'_>,
) -> Result<(), ApiError> {
    let mut listing = Listing::new(Format::Json, Vec::new(), None);
    let mut things = Some(first);
    while let Some(page) = things {
        let row = |object| Row {
            cells: Vec::new(),
            object,
        };
        let rows: Vec<Row> = page.into_iter().map(row).collect();
        talk.print(&listing.page(&rows))?;
        things = pages.next().await?;
    }
    talk.print(&listing.end())
}

/// Status and headers, cookies and the like masked.
fn head(answer: &Answer, secret: Option<&Authorization>) -> String {
    let mut head = format!("{}\n", answer.status);
    for (name, value) in &answer.headers {
        let value = masked(secret, &redact::header(name, value));
        head.push_str(&format!("{name}: {}\n", Visible(&value)));
    }
    head + "\n"
}

/// The address, if the path is a whole one.
fn whole_address(path: &str) -> Result<Option<&str>, Failure> {
    if path.starts_with("//") || path.starts_with('\\') {
        let what = format!("`{path}` names another host, and no path below the site");
        return Err(Message::new(Exit::Usage, what)
            .hint("a path starts with one `/`")
            .into());
    }
    Ok(is_whole(path).then_some(path))
}

/// Whether it starts with a scheme; an address in the query does not count.
fn is_whole(path: &str) -> bool {
    let scheme = path.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| scheme.chars().all(|c| c.is_ascii_alphanumeric()))
}

/// The path below the site that is asked for.
fn path_on(connected: &Connected, typed: &str) -> Result<String, Failure> {
    let site = &connected.site;
    if is_whole(typed) {
        let refused = || {
            let what = format!("`{}` is not on {}", redact::text(typed), site.address);
            Message::new(Exit::Usage, what).hint("a request goes to a configured site only")
        };
        let on_site = Address::parse(typed).is_ok_and(|address| address.is_below(&site.address));
        let (_, query) = typed.split_once('?').map_or((typed, ""), |pair| pair);
        let url = url::Url::parse(typed).map_err(|_| refused())?;
        let context = &site.address[site_url::origin(&site.address).len()..];
        let below = url.path().strip_prefix(context);
        return match below {
            Some(below) if on_site && query.is_empty() => Ok(below.to_owned()),
            Some(below) if on_site => Ok(format!("{below}?{query}")),
            _ => Err(refused().into()),
        };
    }
    let path = format!("/{}", typed.trim_start_matches('/'));
    let prefix = match (site.product, site.deployment) {
        (Product::Bitbucket, _) if !path.starts_with("/2.0/") => "/2.0",
        (Product::Confluence, Deployment::Cloud) if !path.starts_with("/wiki/") => "/wiki",
        _ => "",
    };
    Ok(format!("{prefix}{path}"))
}

fn with_path(mut call: Call, path: &str) -> Call {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let pairs = url::form_urlencoded::parse(query.as_bytes()).into_owned();
    call.query = pairs.chain(call.query).collect();
    call.reads = reads(&call.method, path);
    path.clone_into(&mut call.path);
    call
}

/// The call without its path.
fn call(session: &Session<'_>, arguments: &Arguments) -> Result<Call, Failure> {
    let method = match &arguments.method {
        Some(method) => Method::from_bytes(method.to_ascii_uppercase().as_bytes())
            .map_err(|_| Message::new(Exit::Usage, format!("`{method}` is no method of HTTP")))?,
        None if arguments.data.is_some() => Method::POST,
        None => Method::GET,
    };
    if matches!(method, Method::TRACE | Method::CONNECT) {
        // the first is answered with what was sent, the credential included; the second is for proxies
        let what = format!("{method} is no method for an API, and is not sent");
        return Err(Message::new(Exit::Usage, what).into());
    }
    let mut call = Call::new(method, "");
    call.accept = "application/json, */*;q=0.5";
    call.headers = headers(&arguments.header)?;
    for pair in &arguments.query {
        let (name, value) = pair.split_once('=').ok_or_else(|| {
            Message::new(Exit::Usage, format!("`{pair}` is no part of a query"))
                .hint("for example `-q maxResults=10`")
        })?;
        call = call.query(name, value);
    }
    if let Some(data) = &arguments.data {
        let text = session.text_argument(data)?;
        let media_type = call
            .headers
            .remove(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok().map(str::to_owned));
        call.body = match media_type {
            Some(media_type) if media_type != "application/json" => Body::Bytes {
                bytes: text.into_bytes(),
                media_type,
            },
            _ => Body::Json(serde_json::from_str(&text).map_err(|error| {
                let what = format!(
                    "what is to be sent is no JSON: line {}, column {}",
                    error.line(),
                    error.column()
                );
                Message::new(Exit::Usage, what)
                    .hint("for something else name its type: `-H 'Content-Type: text/plain'`")
            })?),
        };
    }
    Ok(call)
}

fn headers(typed: &[String]) -> Result<HeaderMap, Failure> {
    let mut headers = HeaderMap::new();
    for line in typed {
        // what stands behind the colon may be a secret
        let name = line.split(':').next().unwrap_or_default().trim();
        let bad = |why: &str| Message::new(Exit::Usage, format!("the header `{name}` {why}"));
        let Some((_, value)) = line.split_once(':') else {
            return Err(bad("has no value")
                .hint("for example `-H 'X-Atlassian-Token: no-check'`")
                .into());
        };
        if OWN_HEADERS.contains(&name.to_ascii_lowercase().as_str()) {
            return Err(bad("is lassi's own: who signs in is configured")
                .hint("`lassi auth status` shows who does; `--profile` chooses another")
                .into());
        }
        let name: HeaderName = name.parse().map_err(|_| bad("has no such name"))?;
        let value: HeaderValue = value
            .trim()
            .parse()
            .map_err(|_| bad("has a value that no header can have"))?;
        headers.append(name, value);
    }
    Ok(headers)
}
