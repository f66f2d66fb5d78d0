//! Addresses and headers go in, texts without secrets come out: for traces and errors.

use reqwest::header::{
    AUTHORIZATION, COOKIE, HeaderName, HeaderValue, PROXY_AUTHORIZATION, SET_COOKIE,
};
use url::Url;

/// What stands in the place of a secret.
pub(super) const MASK: &str = "********";

/// Parts of names of parameters whose values are secrets: those of signed downloads among them.
const SECRET_NAMES: [&str; 12] = [
    "token",
    "secret",
    "password",
    "passwd",
    "jwt",
    "signature",
    "credential",
    "api_key",
    "apikey",
    "access_key",
    "code",
    "session",
];

/// How Atlassian's tokens start: those of accounts, of Bitbucket's repositories, of apps, and old ones of Bitbucket.
const TOKEN_STARTS: [&str; 4] = ["ATATT3", "ATCTT3", "ATOATT", "ATBB"];

/// An address whose secrets are masked: user-info, parameters that are named like secrets, and tokens anywhere.
pub fn url(url: &Url) -> String {
    let mut shown = url.clone();
    if shown.password().is_some() || !shown.username().is_empty() {
        // only an address that cannot have any refuses
        let _ = shown.set_username("");
        let _ = shown.set_password(None);
    }
    text(shown.as_str())
}

fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace('-', "_");
    // a page's token is where a listing goes on
    name != "nextpagetoken" && SECRET_NAMES.iter().any(|secret| name.contains(secret))
}

/// A header's value, masked where it is a secret.
pub fn header(name: &HeaderName, value: &HeaderValue) -> String {
    let is_secret = [&AUTHORIZATION, &PROXY_AUTHORIZATION, &COOKIE, &SET_COOKIE].contains(&name)
        || value.is_sensitive()
        || is_secret_name(name.as_str());
    if is_secret {
        return MASK.to_owned();
    }
    match value.to_str() {
        // a `Location` may be signed
        Ok(shown) => text(shown),
        Err(_) => "(not text)".to_owned(),
    }
}

/// A text in which secrets are masked wherever they stand: tokens of Atlassian, and in addresses user-info and parameters
/// that are named like secrets.
pub fn text(text: &str) -> String {
    parameters(&user_info(&tokens(text)))
}

fn tokens(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = TOKEN_STARTS
        .iter()
        .filter_map(|start| rest.find(start))
        .min()
    {
        shown.push_str(&rest[..at]);
        shown.push_str(MASK);
        let token = &rest[at..];
        let end = token
            .find(|c: char| !(c.is_ascii_alphanumeric() || "_-=".contains(c)))
            .unwrap_or(token.len());
        rest = &token[end..];
    }
    shown.push_str(rest);
    shown
}

/// Whether an address in a text ends before a character.
fn ends_address(c: char) -> bool {
    c.is_whitespace() || c.is_control() || "\"'<>()`".contains(c)
}

/// `https://name:password@host` without the name and the password.
fn user_info(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, authority) = rest.split_at(at + 3);
        shown.push_str(before);
        let end = authority
            .find(|c: char| ends_address(c) || "/?#".contains(c))
            .unwrap_or(authority.len());
        rest = match authority[..end].rfind('@') {
            Some(at) => {
                shown.push_str(MASK);
                &authority[at..]
            }
            None => authority,
        };
    }
    shown.push_str(rest);
    shown
}

/// `?name=value&name=value`, and the same behind `#`, with the values of secret names masked.
fn parameters(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['?', '&', '#', ';']) {
        let (before, parameter) = rest.split_at(at + 1);
        shown.push_str(before);
        let end = parameter
            .find(|c: char| ends_address(c) || "&#".contains(c))
            .unwrap_or(parameter.len());
        rest = match parameter[..end].split_once('=') {
            Some((name, value)) if !value.is_empty() && is_secret_name(name) => {
                shown.push_str(&format!("{name}={MASK}"));
                &parameter[end..]
            }
            _ => parameter,
        };
    }
    shown.push_str(rest);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_in_addresses_are_masked() {
        for (raw, shown) in [
            (
                "https://me:pw@acme.example/a?jql=project%20%3D%20X&access_token=abc&x=1",
                "https://acme.example/a?jql=project%20%3D%20X&access_token=********&x=1",
            ),
            (
                "https://media.example/f?X-Amz-Signature=abc&nextPageToken=n",
                "https://media.example/f?X-Amz-Signature=********&nextPageToken=n",
            ),
            (
                "https://acme.example/a#access_token=abc&x=1",
                "https://acme.example/a#access_token=********&x=1",
            ),
            (
                "https://acme.example/ATATT3xFfGF0=12/x",
                "https://acme.example/********/x",
            ),
        ] {
            assert_eq!(url(&Url::parse(raw).expect("a URL")), shown);
        }
    }

    #[test]
    fn secrets_in_texts_are_masked() {
        for (raw, shown) in [
            (
                "see \"https://me:pw@acme.example/f?token=abc\" (ATATT3x=1)",
                "see \"https://********@acme.example/f?token=********\" (********)",
            ),
            ("no: a@b.example, x=1; token", "no: a@b.example, x=1; token"),
            (
                "\u{e4}?secret=\u{e9}&\u{e4}",
                "\u{e4}?secret=********&\u{e4}",
            ),
        ] {
            assert_eq!(text(raw), shown);
        }
    }

    #[test]
    fn secrets_in_headers_are_masked() {
        for (name, value, shown) in [
            ("authorization", "Basic abc", MASK),
            ("set-cookie", "a=b", MASK),
            ("x-atlassian-token", "no-check", MASK),
            ("content-type", "text/html", "text/html"),
            (
                "location",
                "https://media.example/f?token=abc",
                "https://media.example/f?token=********",
            ),
            ("location", "/f?a=1&token=abc", "/f?a=1&token=********"),
        ] {
            let name: HeaderName = name.parse().expect("a name");
            let value: HeaderValue = value.parse().expect("a value");
            assert_eq!(header(&name, &value), shown);
        }
    }
}
