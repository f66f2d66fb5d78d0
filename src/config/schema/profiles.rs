//! `profiles.<name>`: names for a site and an account.

use super::{Kind, Section, Setting, UrlUse, setting};

/// One table per profile.
pub(super) static SECTION: Section = Section {
    name: "profiles",
    title: "Profiles",
    help: "A profile is a name for a site and the account that you use there.",
    menu_place: 2,
    settings: SETTINGS,
};

const SETTINGS: &[Setting] = &[
    setting(
        "profiles.<name>.base_url",
        Kind::Url(UrlUse::Site),
        "Site",
        "The site for Jira, Confluence and Jira Service Management.",
    )
    .example("\"https://acme.atlassian.net\""),
    setting(
        "profiles.<name>.jira_url",
        Kind::Url(UrlUse::Site),
        "Jira address",
        "Where Jira is, if not at the site; for Data Center, where each product has a host of its own. \
         Its credentials come from `auth.jira`.",
    )
    .example("\"https://jira.acme.example\""),
    setting(
        "profiles.<name>.confluence_url",
        Kind::Url(UrlUse::Site),
        "Confluence address",
        "Where Confluence is, if not at the site; for Data Center, where each product has a host of its own. \
         Its credentials come from `auth.confluence`.",
    )
    .example("\"https://wiki.acme.example\""),
    setting("profiles.<name>.email", Kind::Text, "Account", "The account that the token belongs to; for Cloud, its email address.")
        .example("\"you@acme.example\""),
    setting(
        "profiles.<name>.auth",
        Kind::Choice(&["basic", "bearer"]),
        "Kind of sign-in",
        "`basic`: account and API token. `bearer`: a personal access token of Data Center, without an account.",
    )
    .default("\"basic\"")
    .example("\"bearer\""),
    setting(
        "profiles.<name>.api_token",
        Kind::Secret,
        "Token",
        "The token for the site. It is bound to the site that it was saved for.",
    ),
    setting(
        "profiles.<name>.token_expires",
        Kind::Date,
        "Token expires",
        "The day on which the token ends.",
    )
    .example("2027-01-31"),
    setting(
        "profiles.<name>.read_only",
        Kind::Bool,
        "Read only",
        "Whether every request that would change something is refused. A shared file can switch it on, never off.",
    )
    .default("false")
    .example("true"),
    setting(
        "profiles.<name>.bitbucket.base_url",
        Kind::Url(UrlUse::Site),
        "Bitbucket address",
        "Where Bitbucket is.",
    )
    .default("\"https://bitbucket.org\"")
    .example("\"https://bitbucket.org\""),
    setting(
        "profiles.<name>.bitbucket.auth",
        Kind::Choice(&["basic", "bearer"]),
        "Bitbucket: kind of sign-in",
        "`basic`: account and API token. `bearer`: an access token of a repository, project or workspace.",
    )
    .default("\"basic\"")
    .example("\"bearer\""),
    setting(
        "profiles.<name>.bitbucket.email",
        Kind::Text,
        "Bitbucket: account",
        "The email address of the Bitbucket account, if it is not the profile's.",
    )
    .example("\"you@acme.example\""),
    setting(
        "profiles.<name>.bitbucket.token",
        Kind::Secret,
        "Bitbucket: token",
        "The token for Bitbucket. It is bound to the address that it was saved for.",
    ),
    setting(
        "profiles.<name>.bitbucket.workspace",
        Kind::Text,
        "Bitbucket: workspace",
        "The workspace that Bitbucket commands use when none is named.",
    )
    .example("\"acme\""),
];
