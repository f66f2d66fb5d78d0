//! Encrypted connections: whose certificate is trusted, and what is said of the others.

use super::authority::Authority;
use super::person::{EMAIL, ID, Person, assert_says};
use super::scripted::{Server, json};
use crate::home::overwrite;
use std::path::Path;

const HERE: &str = "127.0.0.1";

fn toml(path: &Path) -> String {
    format!("{:?}", path.display().to_string())
}

#[test]
fn each_certificate_that_is_not_accepted_has_its_message() {
    let folder = tempfile::tempdir().expect("a folder");
    let trusted = Authority::new("Acme");
    let stranger = Authority::new("Stranger");
    let bundle = format!("ca_bundle = {}", toml(&trusted.file(folder.path())));
    for (signed, said, hint) in [
        (
            stranger.sign(HERE, None),
            "is signed by nobody that this machine trusts",
            "`lassi config set connection.ca_bundle=FILE`",
        ),
        (
            trusted.sign(HERE, Some(2020)),
            "has ended or is not valid yet",
            "the clock of this machine",
        ),
        (
            trusted.sign("other.example", None),
            "is for another name",
            "`lassi auth list`",
        ),
    ] {
        let server = Server::encrypted(Authority::server(&signed, None), |_, _| json(200, "{}"));
        let person = Person::with(&server.url(), &bundle);
        let messages = person.say("api jira /x").failed(1);
        let first = format!("the certificate of {} {said}", server.host);
        assert_says(&messages, &first, hint);
        assert!(server.seen().is_empty(), "nothing was sent");

        let unchecked = format!("{bundle}\nallow_invalid_tls = [{:?}]", server.host);
        let person = Person::with(&server.url(), &unchecked);
        for _ in 0..2 {
            let ran = person.say("api jira /x");
            let warning = format!("warning: the certificate of {} is not checked", server.host);
            assert_eq!(ran.messages.matches(&warning).count(), 1, "{ran:?}");
            assert_eq!(ran.fine(), "{}");
        }
    }
}

#[test]
fn an_authority_that_is_named_is_trusted_for_every_request() {
    let folder = tempfile::tempdir().expect("a folder");
    let authority = Authority::new("Acme");
    let signed = authority.sign(HERE, None);
    let server = Server::encrypted(Authority::server(&signed, None), |request, _| {
        let told = format!("{{\"cloudId\":\"{ID}\"}}");
        json(
            200,
            if request.contains("tenant_info") {
                &told
            } else {
                "{}"
            },
        )
    });
    // named from the folder where the program runs
    let person = Person::on_cloud(&server.url(), "ca_bundle = \"authority.pem\"");
    authority.file(&person.home.work());
    person.say("api jira /x").fine();
    let through_the_gateway = format!("GET /ex/jira/{ID}/x");
    assert_eq!(
        server.targets(),
        ["GET /_edge/tenant_info", through_the_gateway.as_str()]
    );
    let elsewhere = Person::on_cloud(&server.url(), "");
    let messages = elsewhere.say("--debug api jira /x").failed(1);
    assert!(
        messages.contains("debug: no cloud ID: the certificate of"),
        "{messages}"
    );
    drop(folder);
}

#[test]
fn who_is_asked_for_a_certificate_shows_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let authority = Authority::new("Acme");
    let stranger = Authority::new("Stranger");
    let signed = authority.sign(HERE, None);
    let config = Authority::server(&signed, Some(&authority));
    let server = Server::encrypted(config, |_, _| json(200, "{}"));
    let bundle = format!("ca_bundle = {}", toml(&authority.file(folder.path())));
    let says = |connection: &str, said: &str| {
        let person = Person::with(&server.url(), &format!("{bundle}\n{connection}"));
        let messages = person.say("api jira /x").failed(1);
        let first = format!("{} {said}", server.host);
        assert_says(&messages, &first, "connection.client_cert=FILE");
    };
    says("", "lets in nobody who does not show a certificate");
    let shown = |authority: &Authority| {
        let (certificate, key) = authority.sign(EMAIL, None).files(folder.path());
        format!(
            "client_cert = {}\nclient_key = {}",
            toml(&certificate),
            toml(&key)
        )
    };
    says(
        &shown(&stranger),
        "does not accept the certificate that this machine shows",
    );
    let person = Person::with(&server.url(), &format!("{bundle}\n{}", shown(&authority)));
    assert_eq!(person.say("api jira /x").fine(), "{}");
}

#[test]
fn files_that_hold_no_certificate_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, text: &str| {
        let file = folder.path().join(name);
        overwrite(&file, text);
        toml(&file)
    };
    let (certificate, key) = Authority::new("Acme").sign(HERE, None).files(folder.path());
    let (certificate, key) = (toml(&certificate), toml(&key));
    let garbage = file(
        "garbage.pem",
        "-----BEGIN CERTIFICATE-----\nhunter2\n-----END CERTIFICATE-----\n",
    );
    let empty = file("empty.pem", "");
    let missing = toml(&folder.path().join("missing.pem"));
    for (connection, setting, said) in [
        (
            format!("ca_bundle = {missing}"),
            "ca_bundle",
            "cannot be read",
        ),
        (
            format!("ca_bundle = {}", toml(folder.path())),
            "ca_bundle",
            "cannot be read",
        ),
        (
            format!("ca_bundle = {garbage}"),
            "ca_bundle",
            "holds no certificate",
        ),
        (
            format!("ca_bundle = {empty}"),
            "ca_bundle",
            "holds no certificate",
        ),
        (
            format!("client_cert = {certificate}"),
            "client_key",
            "`connection.client_key` is not",
        ),
        (
            format!("client_key = {key}"),
            "client_cert",
            "`connection.client_cert` is not",
        ),
        (
            format!("client_cert = {garbage}\nclient_key = {key}"),
            "client_cert",
            "holds no certificate",
        ),
        (
            format!("client_cert = {certificate}\nclient_key = {certificate}"),
            "client_key",
            "holds no key",
        ),
        (
            format!("client_cert = {certificate}\nclient_key = {missing}"),
            "client_key",
            "cannot be read",
        ),
    ] {
        let person = Person::with("https://127.0.0.1:1", &connection);
        let messages = person.say("api jira /x").failed(5);
        assert!(messages.contains(said), "{connection}: {messages}");
        assert!(
            messages.contains(&format!("`lassi config set connection.{setting}=FILE`")),
            "{connection}: {messages}"
        );
    }
}
