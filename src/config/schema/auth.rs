//! `auth.<product>["<url>"]`: how one product is reached at one address.

use super::{Kind, Section, Setting, setting};

/// One table per product and address.
pub(super) static SECTION: Section = Section {
    name: "auth",
    title: "Authentication",
    help: "An instance is a product at an address, with the account and the credential that are used there.",
    menu_place: 1,
    settings: SETTINGS,
};

const SETTINGS: &[Setting] = &[
    setting(
        "auth.{confluence,jira,bitbucket}.<url>.username",
        Kind::Text,
        "Account",
        "The account that the API token belongs to; for Cloud, its email address.",
    )
    .example("\"you@acme.example\""),
    setting(
        "auth.{confluence,jira,bitbucket}.<url>.api_token",
        Kind::Secret,
        "API token",
        "An API token, sent together with the account.",
    ),
    setting(
        "auth.{confluence,jira,bitbucket}.<url>.pat",
        Kind::Secret,
        "Access token",
        "A personal access token of Data Center or an access token of Bitbucket, sent without an account.",
    ),
    setting(
        "auth.{confluence,jira}.<url>.session_cookies",
        Kind::Secret,
        "Session cookies",
        "The cookies of a signed-in browser, for Data Center behind single sign-on.",
    ),
    setting(
        "auth.{confluence,jira}.<url>.cloud_id",
        Kind::Uuid,
        "Cloud ID",
        "The ID of a Cloud site, which scoped tokens need.",
    )
    .example("\"11111111-2222-3333-4444-555555555555\""),
    setting(
        "auth.{confluence,jira}.<url>.deployment",
        Kind::Choice(&["auto", "cloud", "datacenter"]),
        "Deployment",
        "Whether the site is Cloud or Data Center, where its address does not tell.",
    )
    .default("\"auto\"")
    .example("\"datacenter\""),
    setting(
        "auth.bitbucket.<url>.workspace",
        Kind::Text,
        "Workspace",
        "The workspace that commands use when none is named.",
    )
    .example("\"acme\""),
    setting(
        "auth.{confluence,jira,bitbucket}.<url>.token_expires",
        Kind::Date,
        "Token expires",
        "The day on which the token ends.",
    )
    .example("2027-01-31"),
];
