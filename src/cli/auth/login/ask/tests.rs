use super::*;
use crate::config::layer::{FileLayer, Layer};
use crate::config::stack::Stack;
use crate::prompt::{Kind, Reply, Scripted};
use std::cell::RefCell;
use std::path::Path as FilePath;

const SITE: &str = "Site (any address of it, copied from the browser)";
const ACCOUNT: &str = "Account (email address)";
const NAME: &str = "Name of the profile";
const SHARED: &str = "This folder names profiles. Which one do you sign in to?";
const TRUST: &str = "Will you send your token there?";

fn text(reply: &str) -> Reply {
    Reply::Text(reply.to_owned())
}

fn secret() -> Reply {
    Reply::Secret("t0ken".to_owned())
}

fn nothing_known() -> Known {
    Known {
        profile: None,
        product: Product::Jira,
        base_url: None,
        email: None,
        bearer: false,
        token: None,
    }
}

/// Asks with these files and stored secrets; what was answered, and what was said in between.
fn asked(
    files: &[(Layer, &str)],
    stored: &[&str],
    known: Known,
    replies: &[(&str, Reply)],
) -> (Option<SignIn>, Vec<String>) {
    let layer = |(layer, text): &(Layer, &str)| {
        FileLayer::of_text(*layer, FilePath::new(layer.name()), (*text).to_owned())
    };
    let stack = Stack::of_files(files.iter().map(layer).collect());
    let stored: Vec<_> = stored
        .iter()
        .map(|name| EntryName::parse(name).unwrap())
        .collect();
    let candidates = Candidates::read(&stack, &stored, Product::Jira).unwrap();
    let said = RefCell::new(Vec::new());
    let surroundings = Surroundings {
        candidates: &candidates,
        stored: &stored,
        wants_token: true,
        say: &|text: &str| said.borrow_mut().push(text.to_owned()),
    };
    let mut script = Scripted::new(replies.iter().cloned());
    let answered = ask(&mut script, known, &surroundings).unwrap();
    script.assert_finished();
    assert!(
        script
            .asked()
            .iter()
            .all(|asked| asked.kind != Kind::Secret || !asked.question.contains("t0ken"))
    );
    (answered, said.into_inner())
}

#[test]
fn a_first_sign_in_asks_for_site_account_token_and_name() {
    let (answered, said) = asked(
        &[],
        &[],
        nothing_known(),
        &[
            (
                SITE,
                text("https://acme.atlassian.net/jira/software/projects/DEV/boards/1"),
            ),
            (ACCOUNT, text("you@acme.example")),
            ("Token", secret()),
            (NAME, Reply::Enter),
        ],
    );
    let sign_in = answered.unwrap();
    assert_eq!(sign_in.profile, "acme");
    assert_eq!(
        sign_in.base_url.as_deref(),
        Some("https://acme.atlassian.net")
    );
    assert_eq!(sign_in.email.as_deref(), Some("you@acme.example"));
    assert!(!sign_in.bearer && sign_in.token.is_some());
    assert!(
        said.iter()
            .any(|line| line.contains("is kept as https://acme.atlassian.net")),
        "{said:?}"
    );
    assert!(
        said.iter().any(|line| line.contains(TOKEN_PAGE)),
        "{said:?}"
    );
    assert!(
        said.iter()
            .any(|line| line.contains("readonly:content.attachment:confluence")),
        "{said:?}"
    );
}

#[test]
fn esc_goes_back_a_question_and_the_first_one_leaves() {
    let (answered, _) = asked(
        &[],
        &[],
        nothing_known(),
        &[
            (SITE, text("wrong.atlassian.net")),
            (ACCOUNT, Reply::Back),
            (SITE, text("acme.atlassian.net")),
            (ACCOUNT, text("me")),
            ("Token", Reply::Back),
            (ACCOUNT, text("you")),
            ("Token", secret()),
            (NAME, text("work")),
        ],
    );
    let sign_in = answered.unwrap();
    assert_eq!(
        sign_in.base_url.as_deref(),
        Some("https://acme.atlassian.net")
    );
    assert_eq!(
        (sign_in.email.as_deref(), sign_in.profile.as_str()),
        (Some("you"), "work")
    );
    let (left, _) = asked(&[], &[], nothing_known(), &[(SITE, Reply::Back)]);
    assert!(left.is_none());
}

#[test]
fn data_center_is_asked_how_to_sign_in() {
    let how = "How do you sign in?";
    let pat = Reply::Row("Personal access token (Data Center)".to_owned());
    let (answered, _) = asked(
        &[],
        &[],
        nothing_known(),
        &[
            (SITE, text("jira.corp/jira/browse/X-1")),
            (how, pat),
            ("Token", secret()),
            (NAME, Reply::Enter),
        ],
    );
    let sign_in = answered.unwrap();
    assert!(sign_in.bearer && sign_in.email.is_none());
    assert_eq!(
        (sign_in.base_url.as_deref(), sign_in.profile.as_str()),
        (Some("https://jira.corp/jira"), "jira")
    );
}

#[test]
fn a_bitbucket_address_signs_in_to_bitbucket() {
    let (answered, said) = asked(
        &[],
        &[],
        nothing_known(),
        &[
            (SITE, text("https://bitbucket.org/acme/repo")),
            (ACCOUNT, text("you")),
            ("Token", secret()),
            (NAME, Reply::Enter),
        ],
    );
    let sign_in = answered.unwrap();
    assert_eq!(
        (sign_in.product, sign_in.base_url, sign_in.profile.as_str()),
        (Product::Bitbucket, None, "bitbucket")
    );
    assert!(
        said.iter()
            .any(|line| line.contains("read:repository:bitbucket")),
        "{said:?}"
    );
}

#[test]
fn a_clone_offers_its_profiles_and_shows_their_sites() {
    let project = "[profiles.team]\nbase_url = \"https://team.atlassian.net\"\n";
    let (answered, said) = asked(
        &[(Layer::Project, project)],
        &[],
        nothing_known(),
        &[
            (
                SHARED,
                Reply::Row("team  https://team.atlassian.net".to_owned()),
            ),
            (TRUST, Reply::Confirm(true)),
            (ACCOUNT, text("you")),
            ("Token", secret()),
        ],
    );
    let sign_in = answered.unwrap();
    assert_eq!(sign_in.profile, "team");
    // said yes to, and so the user's own from now on
    assert_eq!(
        sign_in.base_url.as_deref(),
        Some("https://team.atlassian.net")
    );
    assert!(
        said.iter()
            .any(|line| line.contains("https://team.atlassian.net, says project:2")),
        "{said:?}"
    );
    let (left, _) = asked(
        &[(Layer::Project, project)],
        &[],
        nothing_known(),
        &[
            (
                SHARED,
                Reply::Row("team  https://team.atlassian.net".to_owned()),
            ),
            (TRUST, Reply::Confirm(false)),
            (SHARED, Reply::Back),
        ],
    );
    assert!(
        left.is_none(),
        "no token goes to a site that was not agreed to"
    );
}

#[test]
fn a_known_profile_is_asked_for_nothing_but_its_token() {
    let user = "[profiles.work]\nbase_url = \"https://acme.atlassian.net\"\nemail = \"me\"\n";
    let known = Known {
        profile: Some("work".to_owned()),
        ..nothing_known()
    };
    let stored = ["profiles.work.api_token@https://acme.atlassian.net"];
    let (answered, _) = asked(
        &[(Layer::User, user)],
        &stored,
        known,
        &[("Token", secret())],
    );
    assert!(answered.unwrap().token.is_some());
}

#[test]
fn a_name_that_is_taken_is_asked_again() {
    let user = "[profiles.acme]\nbase_url = \"https://acme.atlassian.net\"\nemail = \"me\"\n";
    let (answered, _) = asked(
        &[(Layer::User, user)],
        &[],
        nothing_known(),
        &[
            (SITE, text("acme.atlassian.net")),
            (ACCOUNT, text("you")),
            ("Token", secret()),
            (NAME, text("acme")),
            (NAME, text("my work")),
            (NAME, Reply::Enter),
        ],
    );
    assert_eq!(answered.unwrap().profile, "acme2");
}
