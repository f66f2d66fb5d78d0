//! The whole of section 'From settings to a request', case by case.

use super::*;
use crate::changes::EntryName;
use crate::config::layer::{FileLayer, Layer};
use crate::config::stack::Stack;
use crate::environment::Environment;
use std::path::Path as FilePath;

/// A configuration, the names of stored secrets, and variables.
#[derive(Default, Clone)]
struct World<'a> {
    user: &'a str,
    project: &'a str,
    stored: &'a [&'a str],
    variables: &'a [(&'a str, &'a str)],
}

impl World<'_> {
    fn resolve(
        &self,
        product: Product,
        url: Option<&str>,
        profile: Option<&str>,
    ) -> Result<Decision, ResolveError> {
        let layer =
            |layer, text: &str| FileLayer::of_text(layer, FilePath::new("f"), text.to_owned());
        let stack = Stack::of_files(vec![
            layer(Layer::User, self.user),
            layer(Layer::Project, self.project),
        ]);
        let stored: Vec<_> = self
            .stored
            .iter()
            .map(|name| EntryName::parse(name).unwrap())
            .collect();
        let environment = Environment::with_variables(self.variables.iter().copied());
        let inputs = Inputs {
            stack: &stack,
            environment: &environment,
            stored: &stored,
        };
        resolve(
            Request {
                product,
                url,
                profile,
            },
            inputs,
        )
    }

    /// `site | scheme | source`, or what is missing, or the error.
    fn shown(&self, product: Product, url: Option<&str>, profile: Option<&str>) -> String {
        match self.resolve(product, url, profile) {
            Err(ResolveError::Choose(error)) => format!("{error:?}"),
            Err(error) => format!("{error:?}"),
            Ok(decision) => match decision.credential {
                Err(missing) => format!("{} | no {missing:?}", decision.site.value),
                Ok(credential) => {
                    let scheme = match credential.scheme {
                        Scheme::Basic { account } => format!("basic {account}"),
                        Scheme::Bearer => "bearer".to_owned(),
                        Scheme::Cookies => "cookies".to_owned(),
                    };
                    let source = match credential.source {
                        TokenSource::Variable(name) => name,
                        TokenSource::Stored(name) => name.to_string(),
                    };
                    format!("{} | {scheme} | {source}", decision.site.value)
                }
            },
        }
    }
}

const WORK: &str =
    "[profiles.work]\nbase_url = \"https://acme.atlassian.net\"\nemail = \"me@acme\"\n";
const TWO: &str = "[profiles.a]\nbase_url = \"https://acme.atlassian.net\"\nemail = \"a@acme\"\n\
                   [profiles.b]\nbase_url = \"https://acme.atlassian.net\"\nemail = \"b@acme\"\n";
const TOKEN: &str = "profiles.work.api_token@https://acme.atlassian.net";

#[test]
fn tokens_are_found_in_the_order_of_the_design() {
    let all = [
        ("ATLASSIAN_CLI_TOKEN_WORK", "1"),
        ("LASSI_TOKEN_ACME_ATLASSIAN_NET", "2"),
        ("ATLASSIAN_API_TOKEN", "3"),
        // Bitbucket's are never used elsewhere
        ("BITBUCKET_TOKEN", "4"),
        ("ATLASSIAN_CLI_BITBUCKET_TOKEN_WORK", "5"),
        ("ATLASSIAN_BITBUCKET_TOKEN", "6"),
    ];
    let user =
        format!("{WORK}[auth.jira.\"https://acme.atlassian.net\"]\nusername = \"me@acme\"\n");
    let instance = "auth.jira[\"https://acme.atlassian.net\"]";
    let (pat, api_token, cookies) = (
        format!("{instance}.pat"),
        format!("{instance}.api_token"),
        format!("{instance}.session_cookies"),
    );
    let mut stored = vec![TOKEN, &pat, &api_token, &cookies];
    for product in [Product::Jira, Product::Jsm] {
        for (skipped, want) in [
            (0, "basic me@acme | ATLASSIAN_CLI_TOKEN_WORK"),
            (1, "basic me@acme | LASSI_TOKEN_ACME_ATLASSIAN_NET"),
            (2, "basic me@acme | ATLASSIAN_API_TOKEN"),
            (
                3,
                "basic me@acme | profiles.work.api_token@https://acme.atlassian.net",
            ),
        ] {
            let world = World {
                user: &user,
                stored: &stored,
                variables: &all[skipped..],
                ..World::default()
            };
            assert_eq!(
                world.shown(product, None, None),
                format!("https://acme.atlassian.net | {want}")
            );
        }
    }
    for want in [
        "bearer | auth.jira[\"https://acme.atlassian.net\"].pat",
        "basic me@acme | auth.jira[\"https://acme.atlassian.net\"].api_token",
        "cookies | auth.jira[\"https://acme.atlassian.net\"].session_cookies",
    ] {
        stored.remove(0);
        let world = World {
            user: &user,
            stored: &stored,
            variables: &all[3..],
            ..World::default()
        };
        assert_eq!(
            world.shown(Product::Jira, None, None),
            format!("https://acme.atlassian.net | {want}")
        );
    }
    let nothing = World {
        user: &user,
        variables: &all[3..],
        ..World::default()
    };
    assert_eq!(
        nothing.shown(Product::Jira, None, None),
        "https://acme.atlassian.net | no Token"
    );
}

#[test]
fn bitbucket_has_its_own_account_variables_and_token() {
    let user = format!("{WORK}bitbucket.workspace = \"acme\"\n");
    let token = "profiles.work.bitbucket.token@https://bitbucket.org";
    let variables = [
        ("ATLASSIAN_CLI_BITBUCKET_TOKEN_WORK", "1"),
        ("LASSI_TOKEN_BITBUCKET_ORG", "2"),
        ("ATLASSIAN_BITBUCKET_TOKEN", "3"),
        ("BITBUCKET_TOKEN", "4"),
        ("ATLASSIAN_API_TOKEN", "5"),
        ("ATLASSIAN_CLI_TOKEN_WORK", "6"),
    ];
    for (skipped, want) in [
        (0, "ATLASSIAN_CLI_BITBUCKET_TOKEN_WORK"),
        (1, "LASSI_TOKEN_BITBUCKET_ORG"),
        (2, "ATLASSIAN_BITBUCKET_TOKEN"),
        (3, "BITBUCKET_TOKEN"),
        (4, token),
    ] {
        let world = World {
            user: &user,
            stored: &[TOKEN, token],
            variables: &variables[skipped..],
            ..World::default()
        };
        let want = format!("https://bitbucket.org | basic me@acme | {want}");
        assert_eq!(world.shown(Product::Bitbucket, None, None), want);
    }
    let bearer = format!("{user}bitbucket.auth = \"bearer\"\n");
    let world = World {
        user: &bearer,
        stored: &[token],
        ..World::default()
    };
    assert_eq!(
        world.shown(Product::Bitbucket, None, None),
        format!("https://bitbucket.org | bearer | {token}")
    );
    // a Jira token never goes there
    let world = World {
        user: &user,
        stored: &[TOKEN],
        ..World::default()
    };
    assert_eq!(
        world.shown(Product::Bitbucket, None, None),
        "https://bitbucket.org | no Token"
    );
    // a profile without anything of Bitbucket is no candidate, unless it is named
    let world = World {
        user: WORK,
        variables: &[("BITBUCKET_TOKEN", "1")],
        ..World::default()
    };
    assert!(matches!(
        world.resolve(Product::Bitbucket, None, None),
        Err(ResolveError::Choose(ChooseError::Nothing { .. }))
    ));
    assert_eq!(
        world.shown(Product::Bitbucket, None, Some("work")),
        "https://bitbucket.org | basic me@acme | BITBUCKET_TOKEN"
    );
}

#[test]
fn profiles_are_chosen_in_the_order_of_the_design() {
    let with_default = format!("default_profile = \"b\"\n{TWO}");
    let site = Some("https://acme.atlassian.net/jira/projects");
    let by = |user: &str, url, profile, variables: &[(&str, &str)]| {
        let world = World {
            user,
            variables,
            ..World::default()
        };
        let decision = world.resolve(Product::Jira, url, profile).unwrap();
        let name = match decision.selected {
            Selected::Profile(profile) => profile.name,
            Selected::Instance(instance) => instance.url,
        };
        (name, decision.by)
    };
    let lassi_profile = [("LASSI_PROFILE", "a")];
    assert_eq!(
        by(&with_default, None, Some("a"), &[]),
        ("a".into(), ChosenBy::ProfileFlag)
    );
    assert_eq!(
        by(&with_default, None, None, &lassi_profile),
        ("a".into(), ChosenBy::ProfileVariable)
    );
    assert!(
        matches!(by(&with_default, None, None, &[]), (name, ChosenBy::DefaultProfile(_)) if name == "b")
    );
    assert!(
        matches!(by(&with_default, site, None, &[]), (name, ChosenBy::DefaultProfile(_)) if name == "b")
    );
    assert_eq!(
        by(&with_default, site, Some("a"), &[]),
        ("a".into(), ChosenBy::ProfileFlag)
    );
    assert_eq!(
        by(WORK, None, None, &[]),
        ("work".into(), ChosenBy::OnlyProfile)
    );
    assert_eq!(
        by(WORK, site, None, &[]),
        ("work".into(), ChosenBy::OnlyProfile)
    );
    let instance = "[auth.jira.\"https://jira.corp/jira\"]\nusername = \"me\"\n";
    assert_eq!(
        by(instance, None, None, &[]),
        ("https://jira.corp/jira".into(), ChosenBy::OnlyInstance)
    );
    let page = Some("https://jira.corp/jira/browse/X-1");
    assert_eq!(
        by(instance, page, None, &[]),
        ("https://jira.corp/jira".into(), ChosenBy::Address)
    );
}

#[test]
fn what_cannot_be_chosen_is_an_error_of_its_own() {
    let error = |user: &str, url, profile| match (World {
        user,
        ..World::default()
    })
    .resolve(Product::Jira, url, profile)
    {
        Err(ResolveError::Choose(error)) => error,
        other => panic!("{other:?}"),
    };
    assert!(matches!(error("", None, None), ChooseError::Nothing { .. }));
    assert!(
        matches!(error(TWO, None, None), ChooseError::NoDefault { profiles, .. } if profiles.len() == 2)
    );
    let site = Some("https://acme.atlassian.net");
    assert!(
        matches!(error(TWO, site, None), ChooseError::SeveralProfiles { profiles, .. } if profiles == ["a", "b"])
    );
    assert!(matches!(
        error(TWO, Some("https://other.example"), None),
        ChooseError::NotConfigured { .. }
    ));
    assert!(matches!(
        error(TWO, Some("https://other.example"), Some("a")),
        ChooseError::OtherSite { .. }
    ));
    assert!(matches!(
        error(WORK, None, Some("wrok")),
        ChooseError::UnknownProfile { nearest: Some(near), .. } if near == "work"
    ));
    assert!(matches!(
        error("profiles.x.email = \"me\"", None, Some("x")),
        ChooseError::NoSite { .. }
    ));
    assert!(matches!(
        error(WORK, Some("https://me:pw@a.b"), None),
        ChooseError::Address(_)
    ));
}

#[test]
fn a_default_profile_without_a_site_for_the_product_is_skipped() {
    let user = "default_profile = \"bb\"\n[profiles.bb]\nemail = \"me\"\nbitbucket.workspace = \"w\"\n\
                [profiles.work]\nbase_url = \"https://acme.atlassian.net\"\n";
    let decision = World {
        user,
        ..World::default()
    }
    .resolve(Product::Jira, None, None)
    .unwrap();
    assert_eq!(decision.by, ChosenBy::OnlyProfile);
    assert_eq!(decision.site.value, "https://acme.atlassian.net");
}

#[test]
fn two_accounts_on_one_site_are_never_mixed() {
    let user = format!("{TWO}[auth.jira.\"https://acme.atlassian.net\"]\nusername = \"a@acme\"\n");
    let stored = [
        "profiles.a.api_token@https://acme.atlassian.net",
        "auth.jira[\"https://acme.atlassian.net\"].api_token",
    ];
    let world = World {
        user: &user,
        stored: &stored,
        ..World::default()
    };
    assert_eq!(
        world.shown(Product::Jira, None, Some("a")),
        "https://acme.atlassian.net | basic a@acme | profiles.a.api_token@https://acme.atlassian.net"
    );
    assert_eq!(
        world.shown(Product::Jira, None, Some("b")),
        "https://acme.atlassian.net | no Token"
    );
    let decision = world.resolve(Product::Jira, None, Some("b")).unwrap();
    let other = Outcome::OtherAccount {
        account: "a@acme".into(),
    };
    assert!(
        decision
            .considered
            .iter()
            .any(|source| source.outcome == other),
        "{:?}",
        decision.considered
    );
}

#[test]
fn a_token_stays_with_the_site_that_it_was_saved_for() {
    let world = World {
        user: "[profiles.work]\nbase_url = \"https://new.example\"\nemail = \"me\"\n",
        stored: &[TOKEN],
        ..World::default()
    };
    let decision = world.resolve(Product::Jira, None, None).unwrap();
    assert_eq!(decision.credential, Err(Missing::Token));
    let other = Outcome::OtherSite {
        site: "https://acme.atlassian.net".into(),
    };
    assert!(
        decision
            .considered
            .iter()
            .any(|source| source.outcome == other)
    );
}

#[test]
fn addresses_of_their_own_take_their_credentials_from_instances() {
    let user = "[profiles.dc]\nbase_url = \"https://acme.atlassian.net\"\nemail = \"me\"\n\
                jira_url = \"https://jira.corp\"\nconfluence_url = \"https://wiki.corp\"\n";
    let stored = [
        "profiles.dc.api_token@https://acme.atlassian.net",
        "auth.jira[\"https://jira.corp\"].pat",
        "auth.confluence[\"https://wiki.corp\"].pat",
    ];
    let world = World {
        user,
        stored: &stored,
        ..World::default()
    };
    assert_eq!(
        world.shown(Product::Jira, None, None),
        "https://jira.corp | bearer | auth.jira[\"https://jira.corp\"].pat"
    );
    assert_eq!(
        world.shown(Product::Confluence, None, None),
        "https://wiki.corp | bearer | auth.confluence[\"https://wiki.corp\"].pat"
    );
}

#[test]
fn a_variable_on_an_instance_is_basic_with_an_account_and_bearer_without() {
    let variables = [("ATLASSIAN_API_TOKEN", "x")];
    let with = "[auth.jira.\"https://jira.corp\"]\nusername = \"me\"\n";
    let world = World {
        user: with,
        variables: &variables,
        ..World::default()
    };
    assert_eq!(
        world.shown(Product::Jira, None, None),
        "https://jira.corp | basic me | ATLASSIAN_API_TOKEN"
    );
    let world = World {
        stored: &["auth.jira[\"https://jira.corp\"].pat"],
        variables: &variables,
        ..World::default()
    };
    assert_eq!(
        world.shown(Product::Jira, None, None),
        "https://jira.corp | bearer | ATLASSIAN_API_TOKEN"
    );
}

#[test]
fn basic_without_an_account_is_missing_an_account() {
    let user = "[profiles.work]\nbase_url = \"https://acme.atlassian.net\"\n";
    let world = World {
        user,
        variables: &[("ATLASSIAN_API_TOKEN", "x")],
        ..World::default()
    };
    assert_eq!(
        world.shown(Product::Jira, None, None),
        "https://acme.atlassian.net | no Account"
    );
    let bearer = format!("{user}auth = \"bearer\"\n");
    let world = World {
        user: &bearer,
        variables: &[("ATLASSIAN_API_TOKEN", "x")],
        ..World::default()
    };
    assert_eq!(
        world.shown(Product::Jira, None, None),
        "https://acme.atlassian.net | bearer | ATLASSIAN_API_TOKEN"
    );
}

#[test]
fn hosts_are_named_by_their_variables_in_any_case() {
    let user =
        "[profiles.my-work]\nbase_url = \"https://my-acme.corp:8443/jira\"\nemail = \"me\"\n";
    let world = World {
        user,
        variables: &[("lassi_token_my__acme_corp_8443", "x")],
        ..World::default()
    };
    let want = "https://my-acme.corp:8443/jira | basic me | lassi_token_my__acme_corp_8443";
    assert_eq!(world.shown(Product::Jira, None, None), want);
    let environment =
        Environment::with_variables([("LASSI_TOKEN_NOBODY", "x"), ("LASSI_TOKEN_A_B", "y")]);
    assert_eq!(
        unmatched_host_variables(&environment, &["https://a.b".to_owned()]),
        ["LASSI_TOKEN_NOBODY"]
    );
}

#[test]
fn a_variable_that_means_two_profiles_is_an_error_when_it_is_used() {
    let user = "[profiles.my-work]\nbase_url = \"https://a.b\"\nemail = \"me\"\n\
                [profiles.my_work]\nbase_url = \"https://c.d\"\nemail = \"me\"\n";
    let variables = [("ATLASSIAN_CLI_TOKEN_MY_WORK", "x")];
    let world = World {
        user,
        variables: &variables,
        ..World::default()
    };
    let error = world.resolve(Product::Jira, None, Some("my-work"));
    assert!(
        matches!(error, Err(ResolveError::Variable(AmbiguousVariable { profiles, .. })) if profiles.len() == 2)
    );
    let unused = World {
        user,
        ..World::default()
    };
    assert!(unused.resolve(Product::Jira, None, Some("my-work")).is_ok());
}

#[test]
fn a_shared_file_never_gets_a_token_that_names_no_host() {
    let hostile = "default_profile = \"evil\"\n[profiles.evil]\nbase_url = \"https://evil.example\"\nemail = \"me\"\n";
    let variables = [
        ("ATLASSIAN_API_TOKEN", "x"),
        ("ATLASSIAN_CLI_TOKEN_EVIL", "y"),
    ];
    let world = World {
        user: WORK,
        project: hostile,
        stored: &[TOKEN],
        variables: &variables,
    };
    let decision = world.resolve(Product::Jira, None, None).unwrap();
    assert_eq!(
        (decision.site.value.as_str(), &decision.credential),
        ("https://evil.example", &Err(Missing::Token))
    );
    assert_eq!(
        decision
            .considered
            .iter()
            .filter(|source| source.outcome == Outcome::NotSentThere)
            .count(),
        2
    );
    // a gap of the user's profile filled with another address
    let gap = "profiles.work.jira_url = \"https://evil.example\"\n";
    let world = World {
        user: WORK,
        project: gap,
        stored: &[TOKEN],
        variables: &variables[..1],
    };
    assert_eq!(
        world.shown(Product::Jira, None, None),
        "https://evil.example | no Token"
    );
    // an instance that only a shared file names
    let instance = "[auth.jira.\"https://evil.example\"]\nusername = \"me\"\n";
    let world = World {
        project: instance,
        variables: &variables[..1],
        ..World::default()
    };
    assert_eq!(
        world.shown(Product::Jira, None, None),
        "https://evil.example | no Token"
    );
    // what the user says of a profile stands
    let changed =
        "profiles.work.base_url = \"https://evil.example\"\nprofiles.work.read_only = false\n";
    let world = World {
        user: WORK,
        project: changed,
        stored: &[TOKEN],
        variables: &variables[..1],
    };
    assert_eq!(
        world.shown(Product::Jira, None, None),
        "https://acme.atlassian.net | basic me@acme | ATLASSIAN_API_TOKEN"
    );
    // Atlassian's own hosts get it, and a variable that names the host goes there
    let own = "[profiles.team]\nbase_url = \"https://team.atlassian.net\"\nemail = \"me\"\n";
    let world = World {
        project: own,
        variables: &variables[..1],
        ..World::default()
    };
    assert_eq!(
        world.shown(Product::Jira, None, None),
        "https://team.atlassian.net | basic me | ATLASSIAN_API_TOKEN"
    );
    let world = World {
        project: hostile,
        variables: &[("LASSI_TOKEN_EVIL_EXAMPLE", "x")],
        ..World::default()
    };
    assert_eq!(
        world.shown(Product::Jira, None, None),
        "https://evil.example | basic me | LASSI_TOKEN_EVIL_EXAMPLE"
    );
}

#[test]
fn read_only_of_any_profile_for_the_site_and_account_applies() {
    let user = format!("{TWO}[auth.jira.\"https://acme.atlassian.net\"]\nusername = \"b@acme\"\n");
    let project = "profiles.b.read_only = true\n";
    let stored = [
        "auth.jira[\"https://acme.atlassian.net\"].api_token",
        "profiles.a.api_token@https://acme.atlassian.net",
    ];
    let world = World {
        user: &user,
        project,
        stored: &stored,
        ..World::default()
    };
    let read_only = |profile| -> Vec<String> {
        let decision = world.resolve(Product::Jira, None, Some(profile)).unwrap();
        decision
            .read_only
            .into_iter()
            .map(|(name, _)| name)
            .collect()
    };
    assert_eq!(read_only("b"), ["b"]);
    assert!(read_only("a").is_empty());
}
