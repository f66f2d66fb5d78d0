//! The generated files are those that the declarations make, and the schemas judge as the program does.

use lassi::cli::reference;
use lassi::config::check::{Trust, check};
use lassi::config::schema::documents;
use serde_json::Value as Json;
use std::path::Path;

#[test]
fn generated_files_are_up_to_date() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (file, text) in documents::all().into_iter().chain([reference::page()]) {
        let written = std::fs::read_to_string(root.join(file)).unwrap_or_default();
        assert!(
            written == text,
            "{file} is stale: renew it with `cargo run --example generate`"
        );
    }
}

/// A TOML text as an editor hands it to a validator: dates are texts.
fn as_json(text: &str) -> Json {
    let document = toml_edit::Document::parse(text).expect("valid TOML");
    table_json(document.as_table())
}

fn table_json(table: &dyn toml_edit::TableLike) -> Json {
    table
        .iter()
        .map(|(key, item)| (key.to_owned(), item_json(item)))
        .collect()
}

fn item_json(item: &toml_edit::Item) -> Json {
    match item {
        toml_edit::Item::Value(value) => value_json(value),
        other => other.as_table_like().map_or(Json::Null, table_json),
    }
}

fn value_json(value: &toml_edit::Value) -> Json {
    use toml_edit::Value;
    match value {
        Value::String(text) => text.value().as_str().into(),
        Value::Integer(number) => (*number.value()).into(),
        Value::Float(number) => (*number.value()).into(),
        Value::Boolean(value) => (*value.value()).into(),
        Value::Datetime(date) => date.value().to_string().into(),
        Value::Array(items) => items.iter().map(value_json).collect(),
        Value::InlineTable(table) => table_json(table),
    }
}

#[test]
fn the_schemas_and_the_program_agree() {
    let user = jsonschema::validator_for(&documents::json_schema::schema(Trust::User)).unwrap();
    let shared = jsonschema::validator_for(&documents::json_schema::schema(Trust::Shared)).unwrap();
    let example = documents::example::text();
    for text in [
        example.as_str(),
        "",
        "default_profile = \"work\"",
        "default_profile = \"my work\"",
        "default_profile = 1",
        "output.format = \"json\"",
        "output.format = \"jsn\"",
        "output = 1",
        "outptu.format = \"json\"",
        "[output]\nfromat = \"json\"",
        "connection.timeout = 600",
        "connection.timeout = 601",
        "connection.timeout = \"30\"",
        "connection.backoff_factor = 1.5",
        "connection.backoff_factor = 0.5",
        "connection.retry_status_codes = [429]",
        "connection.retry_status_codes = [401]",
        "connection.allow_http = [\"a.b\"]",
        "connection.allow_http = [\"https://a.b\"]",
        "connection.proxy = \"http://me:pw@p:1\"",
        "credentials.store = \"keyring\"",
        "profiles.work.read_only = true",
        "profiles.work.read_only = \"true\"",
        "profiles.work.email = \"\"",
        "profiles.work.token_expires = 2027-01-31",
        "profiles.work.api_token = \"x\"",
        "profiles.work.bitbucket.token = \"x\"",
        "profiles.\"my work\".email = \"x\"",
        "auth.jira.\"https://a.b\".username = \"x\"",
        "auth.jira.\"https://a.b\".workspace = \"x\"",
        "auth.jira.\"https://a.b\".pat = \"x\"",
        "auth.jira.\"https://a.b\".cloud_id = \"x\"",
        "auth.jsm.\"https://a.b\".username = \"x\"",
    ] {
        for (validator, trust) in [(&user, Trust::User), (&shared, Trust::Shared)] {
            let fine = check(text, trust).unwrap().problems.is_empty();
            assert_eq!(
                validator.is_valid(&as_json(text)),
                fine,
                "{trust:?}: {text}"
            );
        }
    }
}
