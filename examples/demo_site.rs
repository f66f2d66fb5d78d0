//! A small site of all four products on this machine, to try lassi on.
//!
//! `cargo run --example demo_site`, and `-- --port 8765` for the same address each time. It prints the commands to try,
//! and serves until Ctrl-C.

#[path = "demo_site/mod.rs"]
mod demo_site;

use demo_site::{DemoSite, tokens};
use lassi::environment::Environment;
use std::io::{self, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let environment = Environment::of_process();
    let arguments: Vec<&str> = environment
        .arguments
        .iter()
        .skip(1)
        .filter_map(|argument| argument.to_str())
        .collect();
    let site = match arguments.as_slice() {
        [] => Ok(DemoSite::start()),
        ["--port", number] => match number.parse() {
            Ok(port) => DemoSite::start_at(port),
            Err(_) => return complain(&format!("not a port: {number}")),
        },
        _ => return complain("the only option is --port NUMBER"),
    };
    let site = match site {
        Ok(site) => site,
        Err(error) => return complain(&format!("cannot listen there: {error}")),
    };
    say(&commands(site.url()));
    match wait_for_the_end() {
        Ok(()) => {
            say(&format!(
                "{} requests were answered.\n",
                site.requests().len()
            ));
            ExitCode::SUCCESS
        }
        Err(error) => complain(&format!("cannot wait for Ctrl-C: {error}")),
    }
}

fn wait_for_the_end() -> io::Result<()> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(tokio::signal::ctrl_c())
}

fn commands(url: &str) -> String {
    let host = url.trim_start_matches("http://");
    let cloud_id = demo_site::CLOUD_ID;
    let email = tokens::EMAIL;
    let api_token = tokens::API_TOKEN;
    let scoped = tokens::SCOPED_TOKEN;
    let busy = tokens::BUSY_TOKEN;
    let captcha = tokens::CAPTCHA_TOKEN;
    let personal = tokens::PERSONAL_ACCESS_TOKEN;
    let cookies = tokens::SESSION_COOKIES;
    let bitbucket = tokens::BITBUCKET_TOKEN;
    let workspace = tokens::WORKSPACE_TOKEN;
    format!(
        "\
The demo site is at {url}. All on it is made up. In another terminal:

    export LASSI_CONFIG_DIR=$(mktemp -d) XDG_STATE_HOME=$(mktemp -d)
    lassi config set profiles.demo.base_url={url} profiles.demo.email={email} default_profile=demo
    lassi config set 'auth.jira[\"{url}\"].deployment=cloud' 'auth.confluence[\"{url}\"].deployment=cloud'
    lassi config set connection.gateway_url={url}
    echo {api_token} | lassi config set --secret-stdin profiles.demo.api_token
    lassi config set profiles.demo.bitbucket.base_url={url}/bitbucket profiles.demo.bitbucket.workspace=acme
    echo {bitbucket} | lassi config set --secret-stdin profiles.demo.bitbucket.token

    lassi jira whoami
    lassi jira search --jql 'project = DEV' --limit 5
    lassi jira search --jql 'project = BIG' --limit 1000 --format csv
    lassi confluence search --cql 'space = DOCS'
    lassi jsm servicedesk list
    lassi api bitbucket repositories/acme

Sign-ins (account {email}):

    {api_token:<28} API token, at the site and at the gateway ({url}/ex/jira/{cloud_id})
    {scoped:<28} API token with scopes, at the gateway only
    {busy:<28} API token; every other request is answered with 429
    {captcha:<28} API token; its account has to sign in in a browser first
    {bitbucket:<28} API token of Bitbucket ({url}/bitbucket)
    {workspace:<28} access token of the workspace acme, as Bearer, without an account
    {personal:<28} personal access token of Data Center ({url}/jira-dc, {url}/wiki-dc)
    {cookies:<28} cookies of a session, for Data Center
    anything else                is wrong, and is answered as the products do

Behind a single sign-on, which answers with a page for people: {url}/sso

With curl:  curl -u {email}:{api_token} '{url}/rest/api/3/search/jql?jql=project=DEV&fields=summary'

Listening on {host}. Ctrl-C ends it.
"
    )
}

fn say(text: &str) {
    // whoever does not listen may still send requests
    let _ = write!(io::stdout(), "{text}").and_then(|()| io::stdout().flush());
}

fn complain(text: &str) -> ExitCode {
    let _ = writeln!(io::stderr(), "{text}");
    ExitCode::FAILURE
}
