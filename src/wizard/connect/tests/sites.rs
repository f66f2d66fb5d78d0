//! Sites that say what they are, and sign-ins that are tested before anything is saved.

use super::*;

#[test]
fn a_site_says_what_it_is_and_the_sign_in_is_tested() {
    let mut sites = Sites {
        recognised: [Recognised::Cloud {
            cloud_id: Some("11111111-2222-3333-4444-555555555555".to_owned()),
        }]
        .into(),
        tested: [signed_in()].into(),
        ..Sites::default()
    };
    let attempts = Rc::clone(&sites.attempts);
    let (answered, said) = asked_with(
        &[],
        &[],
        &nothing_known(),
        Some(&mut sites),
        &[
            (SITE, text("https://jira.acme.example/browse/DEV-1")),
            (HOW, Reply::Enter),
            (ACCOUNT, text("you@acme.example")),
            ("Token", secret()),
            (NAME, Reply::Enter),
        ],
    );
    let sign_in = answered.unwrap();
    assert_eq!(
        sign_in.cloud_id.as_deref(),
        Some("11111111-2222-3333-4444-555555555555")
    );
    let site = "https://jira.acme.example is Atlassian Cloud";
    assert!(said.iter().any(|line| line.starts_with(site)), "{said:?}");
    assert!(
        said.contains(&"Jira: signed in as You".to_owned()),
        "{said:?}"
    );
    let attempts = attempts.borrow();
    let Whose::New {
        site,
        scheme,
        token,
        ..
    } = &attempts[0].whose
    else {
        panic!("{attempts:?}");
    };
    assert_eq!(site, "https://jira.acme.example");
    let account = "you@acme.example".to_owned();
    assert_eq!(*scheme, crate::auth::Scheme::Basic { account });
    assert_eq!(token.expose(), "t0ken");
    assert_eq!(attempts[0].products, [Product::Jira, Product::Confluence]);
}

#[test]
fn a_sign_in_that_fails_is_corrected_or_saved_all_the_same() {
    let mut sites = Sites {
        recognised: [Recognised::DataCenter {
            product: Some(Product::Jira),
            version: Some("10.3".to_owned()),
        }]
        .into(),
        tested: [refused(), refused(), refused(), signed_in()].into(),
        ..Sites::default()
    };
    let (answered, said) = asked_with(
        &[],
        &[],
        &nothing_known(),
        Some(&mut sites),
        &[
            (SITE, text("jira.corp")),
            (HOW, row("Personal access token")),
            ("Token", secret()),
            (FAILED, row("Another token")),
            ("Token", secret()),
            (FAILED, row("Test it again")),
            (FAILED, row("Another kind of sign-in")),
            (HOW, row("Account and token, or password")),
            (ACCOUNT, text("you")),
            ("Token or password", secret()),
            (NAME, Reply::Enter),
        ],
    );
    let sign_in = answered.unwrap();
    assert_eq!(
        (sign_in.bearer, sign_in.email.as_deref()),
        (None, Some("you"))
    );
    assert!(
        said.contains(&"Jira: refused: the token is not known; look twice".to_owned()),
        "{said:?}"
    );
    assert!(
        said.contains(&"https://jira.corp is Jira Data Center 10.3".to_owned()),
        "{said:?}"
    );
    let mut sites = Sites {
        recognised: [Recognised::Unreachable(trouble("no route"))].into(),
        tested: [tested(Verdict::Unreachable(trouble("no route")))].into(),
        ..Sites::default()
    };
    let unknown = "The site was not recognised";
    let (answered, said) = asked_with(
        &[],
        &[],
        &nothing_known(),
        Some(&mut sites),
        &[
            (SITE, text("jira.corp")),
            (unknown, row("Go on all the same")),
            (HOW, row("Personal access token")),
            ("Token", secret()),
            (FAILED, row("Save it all the same")),
            (NAME, Reply::Enter),
        ],
    );
    assert!(answered.unwrap().token.is_some());
    assert!(
        said.contains(&"https://jira.corp: no route; look twice".to_owned()),
        "{said:?}"
    );
}

#[test]
fn esc_after_a_test_goes_to_the_question_before_it() {
    let mut sites = Sites {
        recognised: [Recognised::Cloud { cloud_id: None }].into(),
        tested: [signed_in(), refused()].into(),
        ..Sites::default()
    };
    let (left, _) = asked_with(
        &[],
        &[],
        &nothing_known(),
        Some(&mut sites),
        &[
            (SITE, text("acme.atlassian.net")),
            (HOW, Reply::Enter),
            (ACCOUNT, text("you")),
            ("Token", secret()),
            (NAME, Reply::Back),
            (AGAIN, Reply::Confirm(false)),
            ("Token", secret()),
            (FAILED, Reply::Back),
            (AGAIN, Reply::Back),
            (ACCOUNT, Reply::Back),
            (HOW, Reply::Back),
            (SITE, Reply::Back),
        ],
    );
    assert!(left.is_none());
}

#[test]
fn an_address_that_does_not_answer_can_be_corrected() {
    let mut sites = Sites {
        recognised: [
            Recognised::NotAtlassian,
            Recognised::Cloud { cloud_id: None },
        ]
        .into(),
        ..Sites::default()
    };
    let (left, said) = asked_with(
        &[],
        &[],
        &nothing_known(),
        Some(&mut sites),
        &[
            (SITE, text("acme.example")),
            ("The site was not recognised", row("Correct the address")),
            (SITE, text("acme.atlassian.net")),
            (HOW, Reply::Back),
            (SITE, Reply::Back),
        ],
    );
    assert!(left.is_none());
    assert!(
        said.iter()
            .any(|line| line.contains("neither Jira nor Confluence")),
        "{said:?}"
    );
}

#[test]
fn confluence_of_a_cloud_site_with_a_domain_of_its_own_is_the_site() {
    let not_cloud = || Recognised::DataCenter {
        product: Some(Product::Confluence),
        version: None,
    };
    let mut sites = Sites {
        recognised: [
            not_cloud(),
            Recognised::Cloud { cloud_id: None },
            not_cloud(),
            Recognised::NotAtlassian,
        ]
        .into(),
        tested: [signed_in()].into(),
        ..Sites::default()
    };
    let (answered, said) = asked_with(
        &[],
        &[],
        &nothing_known(),
        Some(&mut sites),
        &[
            (SITE, text("https://team.acme.example/wiki/spaces/DOCS")),
            (HOW, Reply::Back),
            // a server of one's own may have that path, too
            (SITE, text("https://corp.example/wiki")),
            (HOW, row("Personal access token")),
            ("Token", secret()),
            (NAME, Reply::Enter),
        ],
    );
    let kept = "https://team.acme.example/wiki is kept as https://team.acme.example";
    assert!(said.iter().any(|line| line == kept), "{said:?}");
    let site = answered.unwrap().base_url;
    assert_eq!(site.as_deref(), Some("https://corp.example/wiki"));
}
