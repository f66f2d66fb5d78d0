//! What Atlassian's servers really answer, and what it means: a message, a hint and an exit code each.

use super::person::{ID, Person, TOKEN, assert_says};
use super::scripted::{Reply, Server, answer};

const HTML: &str = "Content-Type: text/html;charset=UTF-8";
const JSON: &str = "Content-Type: application/json";
const PAGE: &str = "<!DOCTYPE html><title>Sign in</title>";
const HERE: &str = "the variable ATLASSIAN_CLI_TOKEN_P";
const SCOPE: &str = r#"{"code":401,"message":"Unauthorized; scope does not match"}"#;
const CONNECT: &str = r#"{"error":"Failed to parse Connect Session Auth Token"}"#;
const DENIED_V2: &str =
    r#"{"errors":[{"status":404,"code":"NOT_FOUND","title":"Not Found","detail":null}]}"#;
const MISSING_V2: &str = r#"{"errors":[{"status":404,"code":"NOT_FOUND","title":"Could not find page with id 7","detail":null}]}"#;
const CANNOT: &str =
    r#"{"statusCode":403,"message":"Request rejected because caller cannot access Confluence"}"#;
const NOT_PERMITTED: &str =
    r#"{"statusCode":403,"message":"The current user is not permitted to use Confluence"}"#;
const BITBUCKET_TOKEN: &str = r#"{"type":"error","error":{"message":"Token is invalid, expired, or not supported for this endpoint."}}"#;
const BITBUCKET_SCOPE: &str = r#"{"type":"error","error":{"message":"Your credentials lack one or more required privilege scopes."}}"#;
const BITBUCKET_FIELDS: &str = r#"{"type":"error","error":{"message":"Bad request","fields":{"name":["This field is required."]}}}"#;
const NO_ISSUE: &str = r#"{"errorMessages":["Issue does not exist or you do not have permission to see it."],"errors":{}}"#;
const JIRA_FIELDS: &str =
    r#"{"errorMessages":[],"errors":{"summary":"You must specify a summary."}}"#;

/// What is asked of whom, what is answered, and what is to be said. `{site}` stands for the site.
#[derive(Default)]
struct Row {
    /// `route` of `connection`; empty on Data Center.
    route: &'static str,
    asked: &'static str,
    status: u16,
    headers: &'static [&'static str],
    body: &'static str,
    exit: i32,
    said: String,
    hint: &'static str,
}

const JIRA: &str = "api jira /rest/api/3/x";
const WIKI: &str = "api confluence /wiki/rest/api/x";
const WIKI_V2: &str = "api confluence /wiki/api/v2/pages/7";
const BITBUCKET: &str = "api bitbucket repositories/acme";
const LOGIN: &str = "`lassi auth login --profile p`";

impl Row {
    fn at(route: &'static str, asked: &'static str) -> Row {
        Row {
            route,
            asked,
            ..Row::default()
        }
    }

    fn answered(self, status: u16, headers: &'static [&'static str], body: &'static str) -> Row {
        Row {
            status,
            headers,
            body,
            ..self
        }
    }

    fn means(self, exit: i32, said: impl Into<String>, hint: &'static str) -> Row {
        Row {
            exit,
            said: said.into(),
            hint,
            ..self
        }
    }
}

fn of_jira_on_cloud() -> Vec<Row> {
    vec![
        Row::at("site", "api jira /rest/api/3/project/search").answered(200, &[JSON, "X-Seraph-LoginReason: AUTHENTICATED_FAILED"], r#"{"values":[]}"#).means(4, format!(
                "{{site}} does not accept the sign-in ({HERE}) and answered as if nobody had signed in"
            ), LOGIN),
        Row::at("site", JIRA).answered(401, &[JSON], "{}").means(4, format!("{{site}} does not accept the sign-in ({HERE})"), LOGIN),
        Row::at("site", JIRA).answered(401, &[
                HTML,
                "X-Authentication-Denied-Reason: CAPTCHA_CHALLENGE; login-url=https://x/login.jsp",
            ], PAGE).means(4, "{site} wants a CAPTCHA to be solved before it lets anybody sign in by token", "sign in once at {site} in a browser"),
        Row::at("", "api jira /rest/api/2/x").answered(403, &[
                HTML,
                "X-Authentication-Denied-Reason: AUTHENTICATION_DENIED",
            ], PAGE).means(4, "{site} wants a CAPTCHA to be solved before it lets anybody sign in by token", "sign in once at {site} in a browser"),
        Row::at("site", JIRA).answered(403, &[JSON], CONNECT).means(4, format!(
                "{{site}} is on Cloud, which does not take a token without an account ({HERE})"
            ), "`lassi config set profiles.p.auth=basic profiles.p.email=YOU@EXAMPLE`"),
        Row::at("site", JIRA).answered(401, &[HTML], PAGE).means(4, format!(
                "{{site}} answered with a web page that wants a sign-in: the token ({HERE}) is wrong, or has scopes"
            ), "a token with scopes works through the gateway only"),
        Row::at("gateway", JIRA).answered(401, &[JSON], SCOPE).means(4, format!("the token ({HERE}) is valid and lacks a scope for `lassi api jira`"), LOGIN),
    ]
}

fn of_confluence() -> Vec<Row> {
    vec![
        Row::at("site", WIKI_V2)
            .answered(404, &[JSON], DENIED_V2)
            .means(
                4,
                format!("{{site}} does not accept the sign-in ({HERE})"),
                LOGIN,
            ),
        Row::at("site", WIKI_V2)
            .answered(404, &[JSON], MISSING_V2)
            .means(3, "there is no such thing there, or you may not see it", ""),
        Row::at("site", WIKI).answered(403, &[JSON], CANNOT).means(
            4,
            format!("the sign-in ({HERE}) is wrong, or may not use Confluence at {{site}}"),
            LOGIN,
        ),
        Row::at("site", WIKI)
            .answered(403, &[JSON], NOT_PERMITTED)
            .means(
                4,
                format!("the sign-in ({HERE}) is wrong, or may not use Confluence at {{site}}"),
                LOGIN,
            ),
    ]
}

fn of_bitbucket() -> Vec<Row> {
    vec![
        Row::at("", BITBUCKET).answered(401, &[JSON], BITBUCKET_TOKEN).means(4, "Bitbucket does not accept the token (the variable ATLASSIAN_CLI_BITBUCKET_TOKEN_P): it is wrong, has ended, \
             or has no scope for this", "`lassi auth login --bitbucket --profile p`"),
        Row::at("", BITBUCKET).answered(403, &[JSON], BITBUCKET_SCOPE).means(4, "the token (the variable ATLASSIAN_CLI_BITBUCKET_TOKEN_P) is valid and lacks a scope for `lassi api bitbucket`", "`lassi auth login --bitbucket --profile p`"),
        Row::at("", BITBUCKET).answered(403, &[JSON], "{}").means(1, "me@acme.example is not allowed there", "ask an administrator"),
        Row::at("", BITBUCKET).answered(400, &[JSON], BITBUCKET_FIELDS).means(2, "Bitbucket does not accept what was sent (400)", "--help"),
    ]
}

fn of_what_stands_in_front() -> Vec<Row> {
    vec![
        Row::at("", "api jira /rest/api/2/x")
            .answered(
                403,
                &[HTML],
                "<html>Basic Authentication has been disabled on this instance.</html>",
            )
            .means(
                4,
                "{site} takes personal access tokens only: signing in with an account is switched off there",
                "`lassi config set profiles.p.auth=bearer`",
            ),
        Row::at("", "api jira /rest/api/2/x")
            .answered(
                401,
                &[HTML, "X-Seraph-LoginReason: AUTHENTICATION_DENIED"],
                PAGE,
            )
            .means(
                4,
                "{site} wants a CAPTCHA to be solved before it lets anybody sign in by token",
                "sign in once at {site} in a browser",
            ),
        Row::at("", "api jira /rest/api/2/x").answered(200, &[HTML], PAGE).means(4, "{site} answered with a web page instead of data: a single sign-on, or a proxy, is in front of it", "session_cookies"),
        Row::at("", "api jira /rest/api/2/x").answered(302, &[HTML], PAGE).means(4, "{site} answered with a web page instead of data: a single sign-on, or a proxy, is in front of it", "`lassi auth list`"),
        Row::at("site", "api jira /rest/api/3/search").answered(410, &[JSON], "{}").means(1, "Atlassian has removed this part of the API (410)", "a newer lassi"),
    ]
}

fn of_any() -> Vec<Row> {
    vec![
        Row::at("site", JIRA)
            .answered(404, &[JSON], NO_ISSUE)
            .means(3, "there is no such thing there, or you may not see it", ""),
        Row::at("site", JIRA)
            .answered(400, &[JSON], JIRA_FIELDS)
            .means(2, "Jira does not accept what was sent (400)", "--help"),
        Row::at("site", JIRA).answered(409, &[JSON], "{}").means(
            1,
            "somebody has changed it meanwhile, or it is there already",
            "",
        ),
        Row::at("site", JIRA).answered(429, &[JSON], "{}").means(
            1,
            "{site} has had too many requests, and still after waiting (429)",
            "wait a while",
        ),
        Row::at("site", JIRA).answered(502, &[HTML], PAGE).means(
            1,
            "{site} failed (502)",
            "`--debug`",
        ),
    ]
}

#[test]
fn each_answer_has_its_message_hint_and_exit_code() {
    let rows = [
        of_jira_on_cloud(),
        of_confluence(),
        of_bitbucket(),
        of_what_stands_in_front(),
        of_any(),
    ]
    .into_iter()
    .flatten();
    for Row {
        route,
        asked,
        status,
        headers,
        body,
        exit,
        said,
        hint,
    } in rows
    {
        let server = Server::plain(move |_, _| answer(status, headers, body));
        let site = if asked.contains("bitbucket") {
            format!("{}/bitbucket", server.url())
        } else {
            server.url()
        };
        let person = if route.is_empty() {
            Person::with(&server.url(), "max_retries = 1")
        } else {
            let lines = format!("route = \"{route}\"\nmax_retries = 1");
            let person = Person::on_cloud(&server.url(), &lines);
            let known = format!("cloud_id = \"{ID}\"\ndeployment");
            person
                .home
                .write(person.home.text().replace("deployment", &known));
            person
        };
        let messages = person.say(asked).failed(exit);
        let fill = |text: &str| text.replace("{site}", &site);
        let place = format!("  at GET {}", server.url());
        assert!(messages.contains(&place), "{messages}");
        if hint.is_empty() {
            let first = format!("error: {}\n", fill(&said));
            assert!(messages.starts_with(&first), "{messages}");
        } else {
            assert_says(&messages, &fill(&said), &fill(hint));
        }
        let tries = if [429, 502].contains(&status) { 2 } else { 1 };
        assert_eq!(server.seen().len(), tries, "{status} {body}");
    }
}

#[test]
fn what_servers_say_is_shown_without_what_moves_hides_or_tells() {
    let encoded = "bWVAYWNtZS5leGFtcGxlOmNvcnJlY3QtaG9yc2UtYmF0dGVyeS1zdGFwbGU=";
    let text = format!(
        "red \\u001b[31m and \\u202eback, {TOKEN} and {encoded}, ATATT3xFfGF0abc=1A2B, https://m.example/f?token=abc&x=1"
    );
    let body =
        format!("{{\"errorMessages\":[\"{text}\"],\"errors\":{{\"field\\u0007\":\"{TOKEN}\"}}}}");
    let server = Server::plain(move |_, _| answer(400, &[JSON], &body));
    let person = Person::at(&server.url());
    let asked = format!("api jira /x?jwt=abc&t={TOKEN}");
    let messages = person.say(&asked).failed(2);
    assert!(
        messages.contains(
            "  red \\u{1b}[31m and \\u{202e}back, ******** and ********, ********, https://m.example/f?token=********&x=1\n"
        ),
        "{messages}"
    );
    assert!(messages.contains("  field\\u{7}: ********\n"), "{messages}");
    assert!(
        messages.contains("/x?jwt=********&t=********\n"),
        "{messages}"
    );
    for secret in [TOKEN, encoded, "abc"] {
        assert!(!messages.contains(secret), "{messages}");
    }
}

#[test]
fn what_is_no_json_is_said_to_be_none() {
    let server = Server::plain(|_, _| answer(200, &[JSON], "{\"half\":"));
    let messages = Person::at(&server.url()).say("jira whoami").failed(1);
    let said = format!("{} answered with something that is no JSON", server.url());
    assert_says(&messages, &said, "--debug");
    let quiet = Server::plain(|_, _| Reply::Bytes(b"SSH-2.0-hello\r\n".to_vec()));
    let messages = Person::at(&quiet.url()).say("jira whoami").failed(1);
    assert!(
        messages.contains("broke before the answer was there"),
        "{messages}"
    );
}
