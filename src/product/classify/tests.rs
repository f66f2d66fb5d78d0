use super::*;
use crate::http::header::{HeaderMap, HeaderName};
use crate::http::{StatusCode, Url};
use std::time::Duration;

const HTML: (&str, &str) = ("content-type", "text/html;charset=UTF-8");
const JSON: (&str, &str) = ("content-type", "application/json");

fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        let name: HeaderName = name.parse().expect("a name");
        map.insert(name, value.parse().expect("a value"));
    }
    Answer {
        url: Url::parse("https://acme.atlassian.net/x").expect("a URL"),
        status: StatusCode::from_u16(status).expect("a status"),
        headers: map,
        body: body.as_bytes().to_vec(),
        time: Duration::ZERO,
    }
}

fn sent(product: Product) -> Sent {
    Sent {
        product,
        deployment: Deployment::Cloud,
        route: Route::Site,
        bearer: false,
        signed: true,
        wants_json: true,
    }
}

fn json(sent: Sent, status: u16, body: &str) -> Option<Fault> {
    fault(&answer(status, &[JSON], body), sent)
}

#[test]
fn what_jira_says_in_headers_counts() {
    let with = |status, name, value| {
        fault(
            &answer(status, &[JSON, (name, value)], "{}"),
            sent(Product::Jira),
        )
    };
    let seraph = "x-seraph-loginreason";
    assert_eq!(
        with(200, seraph, "AUTHENTICATED_FAILED"),
        Some(Fault::AnsweredAsAnonymous)
    );
    assert_eq!(
        with(401, seraph, "AUTHENTICATED_FAILED"),
        Some(Fault::Credential)
    );
    assert_eq!(with(200, seraph, "OK"), None);
    let denied = "x-authentication-denied-reason";
    for reason in ["CAPTCHA_CHALLENGE; login-url=x", "AUTHENTICATION_DENIED"] {
        assert_eq!(with(403, denied, reason), Some(Fault::Captcha));
    }
    let unsigned = Sent {
        signed: false,
        ..sent(Product::Jira)
    };
    let anonymous = answer(200, &[JSON, (seraph, "AUTHENTICATED_FAILED")], "{}");
    assert_eq!(
        fault(&anonymous, unsigned),
        None,
        "nobody wanted to sign in"
    );
}

#[test]
fn pages_instead_of_data_are_understood() {
    let page = |status| fault(&answer(status, &[HTML], "<html>"), sent(Product::Jira));
    assert_eq!(page(401), Some(Fault::PageAtSite));
    assert_eq!(page(200), Some(Fault::SignOnPage));
    assert_eq!(page(302), Some(Fault::SignOnPage));
    assert_eq!(page(503), Some(Fault::Server));
    let at_data_center = Sent {
        deployment: Deployment::DataCenter,
        ..sent(Product::Jira)
    };
    assert_eq!(
        fault(&answer(401, &[HTML], ""), at_data_center),
        Some(Fault::Credential)
    );
}

#[test]
fn what_jira_and_the_gateway_answer_is_understood() {
    let jira = sent(Product::Jira);
    let gateway = Sent {
        route: Route::Gateway,
        ..jira
    };
    let connect = "{\"error\":\"Failed to parse Connect Session Auth Token\"}";
    assert_eq!(json(jira, 403, connect), Some(Fault::BearerAtCloud));
    let scope = "{\"code\":401,\"message\":\"Unauthorized; scope does not match\"}";
    assert_eq!(json(gateway, 401, scope), Some(Fault::Scope));
    assert_eq!(
        json(gateway, 401, "{\"code\":401,\"message\":\"Unauthorized\"}"),
        Some(Fault::Credential)
    );
    for (status, expected) in [
        (200, None),
        (204, None),
        (400, Some(Fault::Invalid)),
        (403, Some(Fault::Permission)),
        (404, Some(Fault::NotFound)),
        (409, Some(Fault::Conflict)),
        (410, Some(Fault::Removed)),
        (418, Some(Fault::Other)),
        (429, Some(Fault::TooMany)),
        (500, Some(Fault::Server)),
    ] {
        assert_eq!(json(jira, status, "{}"), expected, "{status}");
    }
}

#[test]
fn what_confluence_answers_is_understood() {
    let confluence = sent(Product::Confluence);
    let titled =
        |title: &str| format!("{{\"errors\":[{{\"title\":\"{title}\",\"detail\":null}}]}}");
    assert_eq!(
        json(confluence, 404, &titled("Not Found")),
        Some(Fault::Credential)
    );
    assert_eq!(
        json(
            confluence,
            404,
            &titled("Could not find content with id 12")
        ),
        Some(Fault::NotFound)
    );
    for text in [
        "com.atlassian.confluence: The user cannot access Confluence",
        "Current user not permitted to use Confluence",
    ] {
        let body = format!("{{\"message\":\"{text}\"}}");
        assert_eq!(json(confluence, 403, &body), Some(Fault::NoConfluence));
    }
}

#[test]
fn what_bitbucket_answers_is_understood() {
    let bitbucket = sent(Product::Bitbucket);
    let said = |text: &str| format!("{{\"type\":\"error\",\"error\":{{\"message\":\"{text}\"}}}}");
    let invalid = said("Token is invalid, expired, or not supported for this endpoint.");
    assert_eq!(json(bitbucket, 401, &invalid), Some(Fault::BitbucketToken));
    let lacks = said("Your credentials lack one or more required privilege scopes.");
    assert_eq!(json(bitbucket, 403, &lacks), Some(Fault::Scope));
    assert_eq!(
        json(bitbucket, 403, &said("Access denied")),
        Some(Fault::Permission)
    );
}

#[test]
fn messages_of_all_products_are_found() {
    let said = |body: &str| messages(&answer(400, &[JSON], body));
    let only = |text: &str| (vec![text.to_owned()], Vec::new());
    let field = |name: &str, text: &str| vec![(name.to_owned(), text.to_owned())];
    assert_eq!(said("{\"errorMessages\":[\"a\"],\"errors\":{}}"), only("a"));
    assert_eq!(
        said("{\"errorMessages\":[],\"errors\":{\"summary\":\"needed\"}}"),
        (vec![], field("summary", "needed"))
    );
    assert_eq!(
        said("{\"errors\":[{\"title\":\"t\",\"detail\":\"d\"}]}").0,
        ["t", "d"]
    );
    assert_eq!(
        said(
            "{\"type\":\"error\",\"error\":{\"message\":\"m\",\"fields\":{\"name\":[\"x\",\"y\"]}}}"
        ),
        (vec!["m".to_owned()], field("name", "x y"))
    );
    assert_eq!(said("{\"message\":\"m\"}"), only("m"));
    assert_eq!(
        said("{\"errorMessage\":\"m\",\"i18nErrorMessage\":{}}"),
        only("m")
    );
    assert_eq!(said("no such thing"), only("no such thing"));
    assert_eq!(said("<html>"), only("<html>"));
}
