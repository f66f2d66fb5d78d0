//! Who works at Acme: a person as Cloud and as Data Center describe one.

use super::jira::Deployment;
use serde_json::{Value, json};

/// A person. [`YOU`] is who all sign-ins belong to.
pub(crate) struct Person {
    pub(crate) account_id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) key: &'static str,
    pub(crate) shown: &'static str,
    pub(crate) email: &'static str,
}

/// The place of the person in [`PEOPLE`] who is signed in.
pub(crate) const YOU: usize = 0;

/// All of them.
pub(crate) const PEOPLE: [Person; 4] = [
    Person {
        account_id: "5f0000000000000000000001",
        name: "you",
        key: "JIRAUSER10001",
        shown: "You Yourself",
        email: "you@acme.example",
    },
    Person {
        account_id: "5f0000000000000000000002",
        name: "ada",
        key: "JIRAUSER10002",
        shown: "Ada Park",
        email: "ada@acme.example",
    },
    Person {
        account_id: "5f0000000000000000000003",
        name: "bo",
        key: "JIRAUSER10003",
        shown: "Bo Lind",
        email: "bo@acme.example",
    },
    Person {
        account_id: "5f0000000000000000000004",
        name: "cleo",
        key: "JIRAUSER10004",
        shown: "Cléo Marsh",
        email: "cleo@acme.example",
    },
];

/// A person as Jira describes one.
pub(crate) fn jira_user(person: usize, site: &str, deployment: Deployment) -> Value {
    let who = &PEOPLE[person];
    match deployment {
        Deployment::Cloud => json!({
            "self": format!("{site}/rest/api/3/user?accountId={}", who.account_id),
            "accountId": who.account_id, "accountType": "atlassian", "emailAddress": who.email,
            "displayName": who.shown, "active": true, "timeZone": "Europe/Berlin",
        }),
        Deployment::DataCenter => json!({
            "self": format!("{site}/rest/api/2/user?username={}", who.name),
            "key": who.key, "name": who.name, "emailAddress": who.email,
            "displayName": who.shown, "active": true, "timeZone": "Europe/Berlin",
        }),
    }
}

/// A person as Confluence describes one.
pub(crate) fn confluence_user(person: usize, deployment: Deployment) -> Value {
    let who = &PEOPLE[person];
    match deployment {
        Deployment::Cloud => json!({
            "type": "known", "accountId": who.account_id, "accountType": "atlassian", "email": who.email,
            "publicName": who.shown, "displayName": who.shown,
        }),
        Deployment::DataCenter => json!({
            "type": "known", "username": who.name, "userKey": who.key, "displayName": who.shown,
        }),
    }
}

/// A person as Bitbucket describes one.
pub(crate) fn bitbucket_user(person: usize) -> Value {
    let who = &PEOPLE[person];
    json!({
        "type": "user", "uuid": format!("{{00000000-0000-4000-8000-00000000000{}}}", person + 1),
        "account_id": who.account_id, "nickname": who.name, "display_name": who.shown,
    })
}

/// The person that a change names: by account id on Cloud, by name on Data Center.
pub(crate) fn named(identity: &str, deployment: Deployment) -> Option<usize> {
    PEOPLE.iter().position(|who| match deployment {
        Deployment::Cloud => who.account_id == identity,
        Deployment::DataCenter => who.name == identity,
    })
}

/// The people of whom a part of the name or of the address is given.
pub(crate) fn found(text: &str) -> Vec<usize> {
    let text = text.to_lowercase();
    let matches = |who: &Person| {
        [who.shown, who.email, who.name]
            .iter()
            .any(|known| known.to_lowercase().contains(&text))
    };
    (0..PEOPLE.len())
        .filter(|person| matches(&PEOPLE[*person]))
        .collect()
}
