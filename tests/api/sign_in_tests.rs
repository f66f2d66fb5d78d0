//! `auth test`, the test at the end of `auth login`, and `auth discover`.

use super::person::{EMAIL, ID, Person, TOKEN};
use super::scripted::{Server, answer, json, target};
use super::visitor::Visitor;
use crate::demo_site::CLOUD_ID;
use crate::demo_site::tokens::{API_TOKEN, CAPTCHA_TOKEN, SCOPED_TOKEN, WORKSPACE_TOKEN};
use crate::home::Ran;
use serde_json::{Value as Json, json as value};

/// What came of each product, as programs read it.
fn outcomes(ran: &Ran) -> Vec<(String, String, bool)> {
    let all: Json = serde_json::from_str(&ran.output).expect("JSON");
    let text = |one: &Json, field: &str| one[field].as_str().expect("a text").to_owned();
    all.as_array()
        .expect("an array")
        .iter()
        .map(|one| {
            (
                text(one, "product"),
                text(one, "outcome"),
                one["is_error"] == true,
            )
        })
        .collect()
}

fn expected(rows: &[(&str, &str, bool)]) -> Vec<(String, String, bool)> {
    rows.iter()
        .map(|(product, outcome, is_error)| {
            ((*product).to_owned(), (*outcome).to_owned(), *is_error)
        })
        .collect()
}

/// Two profiles that read one variable: neither can be decided on, and the third is tested all the same.
#[test]
fn one_sign_in_that_cannot_be_decided_on_hides_no_other() {
    let visitor = Visitor::new();
    for name in ["a-b", "a_b"] {
        let setting = format!("profiles.{name}.base_url={}", visitor.site.url());
        visitor.run(&["config", "set", &setting]).fine();
    }
    let ran = Ran::of(
        visitor
            .lassi(&["auth", "test", "--all"])
            .env("ATLASSIAN_CLI_TOKEN_A_B", "x"),
    );
    assert!(ran.output.contains("signed in as You Yourself"), "{ran:?}");
    let messages = ran.failed(2);
    assert!(
        messages.contains("means each of the profiles a-b, a_b"),
        "{messages}"
    );
}

#[test]
fn who_you_are_is_told_product_by_product() {
    let visitor = Visitor::new();
    let text = visitor.say("auth test").fine();
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("profile demo"));
    for (product, route) in [
        ("jira", "gateway, "),
        ("confluence", "gateway, "),
        ("bitbucket", ""),
    ] {
        let line = lines.next().unwrap_or_default();
        assert!(line.trim_start().starts_with(product), "{text}");
        assert!(line.contains("signed in as You Yourself"), "{text}");
        assert!(line.contains(&format!(" ms, {route}Basic")), "{text}");
    }
    assert_eq!(lines.next(), None);

    let ran = visitor.say("auth test --all -f json");
    let all: Json = serde_json::from_str(&ran.output).expect("JSON");
    let first = all[0].as_object().expect("an object");
    let fields: Vec<&str> = first.keys().map(String::as_str).collect();
    assert_eq!(
        fields,
        [
            "selected",
            "product",
            "site",
            "outcome",
            "is_error",
            "identity",
            "message",
            "milliseconds",
            "route",
            "scheme"
        ]
    );
    assert_eq!(first["selected"], "profile demo");
    assert_eq!(first["site"], visitor.site.url());
    assert_eq!(first["identity"]["name"], "You Yourself");
    assert_eq!(
        (&first["route"], &first["scheme"]),
        (&value!("gateway"), &value!("basic"))
    );
    assert!(first["milliseconds"].is_u64());
    ran.fine();

    let only = visitor.say("auth test --bitbucket -f json");
    assert_eq!(
        outcomes(&only),
        expected(&[("bitbucket", "signed-in", false)])
    );
}

#[test]
fn tokens_that_are_refused_are_told_from_those_that_lack_a_scope() {
    for (token, code, rows) in [
        (
            "wrong-token",
            4,
            &[
                ("jira", "refused", true),
                ("confluence", "refused", true),
                ("bitbucket", "signed-in", false),
            ][..],
        ),
        (
            SCOPED_TOKEN,
            0,
            &[
                ("jira", "signed-in", false),
                ("confluence", "signed-in", false),
                ("bitbucket", "signed-in", false),
            ],
        ),
        (
            CAPTCHA_TOKEN,
            4,
            &[
                ("jira", "refused", true),
                ("confluence", "refused", true),
                ("bitbucket", "signed-in", false),
            ],
        ),
    ] {
        let ran = Visitor::with_token(token).say("auth test -f json");
        assert_eq!(outcomes(&ran), expected(rows), "{token}: {ran:?}");
        assert_eq!(ran.code, Some(code), "{token}");
        assert!(!ran.messages.contains(token), "{ran:?}");
        let browser = ran.messages.contains("sign in once at");
        assert_eq!(browser, token == CAPTCHA_TOKEN, "{ran:?}");
    }
    let says = |jira: (u16, &'static str), confluence: (u16, &'static str)| {
        let server = Server::plain(move |request, _| match target(request) {
            target if target.contains("tenant_info") => {
                json(200, &format!("{{\"cloudId\":\"{ID}\"}}"))
            }
            target if target.contains("/user/current") => json(confluence.0, confluence.1),
            _ => json(jira.0, jira.1),
        });
        let person = Person::on_cloud(&server.url(), "");
        let text = person.home.text();
        let without_bitbucket: Vec<&str> = text
            .lines()
            .filter(|line| !line.starts_with("bitbucket."))
            .collect();
        person.home.write(without_bitbucket.join("\n") + "\n");
        person.say("auth test -f json")
    };
    let scope = (
        401,
        r#"{"code":401,"message":"Unauthorized; scope does not match"}"#,
    );
    let me = (
        200,
        r#"{"displayName":"Me","accountId":"1","type":"known"}"#,
    );
    let no_access = (
        403,
        r#"{"message":"Request rejected because caller cannot access Confluence"}"#,
    );
    let ran = says(scope, me);
    assert_eq!(
        outcomes(&ran),
        expected(&[
            ("jira", "no-scope", false),
            ("confluence", "signed-in", false)
        ]),
        "{ran:?}"
    );
    assert_eq!(ran.code, Some(0), "a valid token is no failure: {ran:?}");
    let ran = says(me, no_access);
    assert_eq!(
        outcomes(&ran),
        expected(&[
            ("jira", "signed-in", false),
            ("confluence", "no-access", false)
        ]),
        "{ran:?}"
    );
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let anonymous = (200, r#"{"type":"anonymous","displayName":"Anonymous"}"#);
    let ran = says(me, anonymous);
    assert_eq!(
        outcomes(&ran),
        expected(&[
            ("jira", "signed-in", false),
            ("confluence", "refused", true)
        ]),
        "{ran:?}"
    );
    assert_eq!(ran.code, Some(4), "{ran:?}");
}

#[test]
fn data_center_has_its_own_refusals() {
    let visitor = Visitor::at_data_center();
    let fine = visitor.say("auth test -f json");
    assert_eq!(
        outcomes(&fine),
        expected(&[
            ("jira", "signed-in", false),
            ("confluence", "signed-in", false)
        ]),
        "{fine:?}"
    );
    assert_eq!(fine.code, Some(0));
    // Confluence answers whoever it does not know as the anonymous user
    let server = Server::plain(|request, _| match target(request) {
        target if target.contains("user/current") => {
            json(200, r#"{"type":"anonymous","displayName":"Anonymous"}"#)
        }
        _ => json(404, "{}"),
    });
    let ran = Person::at(&server.url()).say("confluence whoami");
    let messages = ran.failed(4);
    assert!(
        messages.contains("answered as if nobody had signed in"),
        "{messages}"
    );
}

#[test]
fn an_access_token_of_a_workspace_is_tested_by_what_it_sees() {
    let visitor = Visitor::new();
    visitor
        .run(&["config", "set", "profiles.demo.bitbucket.auth=bearer"])
        .fine();
    visitor.save("profiles.demo.bitbucket.token", WORKSPACE_TOKEN);
    let text = visitor.say("auth test --bitbucket").fine();
    assert!(text.contains("signed in as the workspace acme"), "{text}");
    visitor
        .run(&["config", "unset", "profiles.demo.bitbucket.workspace"])
        .fine();
    let messages = visitor.say("auth test --bitbucket").failed(2);
    assert!(messages.contains("--workspace"), "{messages}");
}

#[test]
fn a_login_is_saved_before_it_is_tested() {
    for (token, flag, code) in [
        (API_TOKEN, "--test", 0),
        ("wrong-token", "--test", 4),
        ("wrong-token", "--no-test", 0),
        ("wrong-token", "", 0),
    ] {
        let visitor = Visitor::new();
        visitor
            .run(&["config", "unset", "--yes", "profiles.demo"])
            .fine();
        visitor.run(&["config", "unset", "default_profile"]).fine();
        let url = visitor.site.url();
        let before = visitor.requested().len();
        let mut arguments = vec![
            "auth",
            "login",
            "--profile",
            "new",
            "--base-url",
            url,
            "--email",
            "you@acme.example",
            "--with-token",
        ];
        arguments.extend([flag].iter().filter(|flag| !flag.is_empty()));
        let ran = visitor.home.run_with_input(token, &arguments);
        assert_eq!(ran.code, Some(code), "{ran:?}");
        let asked = visitor.requested().len() > before;
        assert_eq!(asked, flag == "--test", "{ran:?}");
        let note = "the sign-in is saved all the same; `lassi auth test` tests it again";
        assert_eq!(ran.messages.contains(note), code == 4, "{ran:?}");
        assert!(!ran.messages.contains(token), "{ran:?}");
        let kept = visitor.run(&["auth", "token", "--profile", "new"]).fine();
        assert_eq!(kept.trim_end(), token);
    }
}

#[test]
fn what_runs_somewhere_is_found_out_without_a_credential() {
    let visitor = Visitor::new();
    let url = visitor.site.url();
    let found = |address: &str, code: i32| {
        let ran = visitor.run(&["auth", "discover", address, "-f", "json"]);
        assert_eq!(ran.code, Some(code), "{ran:?}");
        serde_json::from_str::<Json>(&ran.output).expect("JSON")
    };
    let cloud = found(url, 0);
    assert_eq!(
        (&cloud["site"], &cloud["deployment"], &cloud["cloud_id"]),
        (&value!(url), &value!("cloud"), &value!(CLOUD_ID))
    );
    assert_eq!(cloud["products"], value!(["jira", "confluence", "jsm"]));
    let jira = found(&format!("{url}/jira-dc"), 0);
    assert_eq!(
        (&jira["deployment"], &jira["cloud_id"]),
        (&value!("datacenter"), &Json::Null)
    );
    assert_eq!(jira["products"], value!(["jira", "jsm"]));
    assert!(jira["version"].is_string());
    assert_eq!(
        found(&format!("{url}/wiki-dc"), 0)["products"],
        value!(["confluence"])
    );
    assert_eq!(found(&format!("{url}/nothing"), 3)["products"], value!([]));
    for request in visitor.site.requests() {
        assert_eq!(request.header("authorization"), None, "{request:?}");
    }
    // the site is configured, so its cloud ID is kept
    assert_eq!(visitor.home.text().matches(CLOUD_ID).count(), 2);
    for unknown in [
        Server::plain(|_, _| json(404, "{}")),
        Server::plain(|_, _| answer(401, &["Content-Type: text/html"], "<html>")),
    ] {
        let messages = visitor.run(&["auth", "discover", &unknown.url()]).failed(3);
        assert!(
            messages.contains("nothing of Atlassian answers at"),
            "{messages}"
        );
        let told = |request: &String| request.contains(TOKEN) || request.contains(EMAIL);
        assert!(!unknown.seen().iter().any(told));
    }
}
