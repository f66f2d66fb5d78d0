mod sites;

use super::*;
use crate::auth::TOKEN_PAGE;
use crate::config::layer::{FileLayer, Layer};
use crate::config::stack::Stack;
use crate::prompt::{Kind, Reply, Scripted};
use crate::wizard::connector::{Attempt, Connector, Tested, Trouble, Verdict, Whose};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::path::Path as FilePath;
use std::rc::Rc;

const SITE: &str = "Site (any address of it, copied from the browser)";
const ACCOUNT: &str = "Account (email address)";
const NAME: &str = "Name of the profile";
const SHARED: &str = "This folder names profiles. Which one do you sign in to?";
const TRUST: &str = "Will you send your token there?";
const HOW: &str = "How do you sign in?";
const FAILED: &str = "The sign-in does not work";
const AGAIN: &str = "Use the token that you gave before?";

fn text(reply: &str) -> Reply {
    Reply::Text(reply.to_owned())
}

fn secret() -> Reply {
    Reply::Secret("t0ken".to_owned())
}

fn row(label: &str) -> Reply {
    Reply::Row(label.to_owned())
}

fn nothing_known() -> Known {
    Known::nothing(Place::Profile)
}

/// A connector that answers from lists and keeps what it was asked.
#[derive(Debug, Default)]
struct Sites {
    recognised: VecDeque<Recognised>,
    tested: VecDeque<Tested>,
    attempts: Rc<RefCell<Vec<Attempt>>>,
}

impl Connector for Sites {
    fn recognise(&mut self, _site: &str) -> Recognised {
        self.recognised
            .pop_front()
            .expect("nobody asks a site more")
    }

    fn test(&mut self, attempt: &Attempt) -> Tested {
        self.attempts.borrow_mut().push(attempt.clone());
        self.tested.pop_front().expect("nobody signs in more")
    }
}

fn trouble(what: &str) -> Trouble {
    Trouble {
        what: what.to_owned(),
        hint: Some("look twice".to_owned()),
    }
}

fn tested(verdict: Verdict) -> Tested {
    Tested {
        products: vec![(Product::Jira, verdict)],
    }
}

fn signed_in() -> Tested {
    tested(Verdict::SignedIn {
        who: "You".to_owned(),
    })
}

fn refused() -> Tested {
    tested(Verdict::Refused(trouble("the token is not known")))
}

/// Asks with these files and stored secrets; what was answered, and what was said in between.
fn asked(
    files: &[(Layer, &str)],
    stored: &[&str],
    known: &Known,
    replies: &[(&str, Reply)],
) -> (Option<SignIn>, Vec<String>) {
    asked_with(files, stored, known, None, replies)
}

fn asked_with(
    files: &[(Layer, &str)],
    stored: &[&str],
    known: &Known,
    connector: Option<&mut Sites>,
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
    let surroundings = Surroundings {
        candidates: &candidates,
        stored: &stored,
        allowed_http: &[],
        wants_token: true,
        wants_test: true,
        connector: connector.map(|sites| sites as &mut dyn Connector),
    };
    let mut script = Scripted::new(replies.iter().cloned());
    let answered = sign_in(&mut script, known, surroundings).unwrap();
    script.assert_finished();
    let all = script.asked();
    let shown = format!("{all:?}");
    assert!(!shown.contains("t0ken"), "{shown}");
    assert!(
        all.iter()
            .all(|asked| asked.kind != Kind::Secret || asked.offered.is_empty())
    );
    let mut said: Vec<String> = all.iter().flat_map(|asked| asked.notes.clone()).collect();
    said.extend(all.iter().flat_map(|asked| asked.paragraphs.clone()));
    said.extend(script.notes_left());
    (answered, said)
}

#[test]
fn a_first_sign_in_asks_for_site_account_token_and_name() {
    let (answered, said) = asked(
        &[],
        &[],
        &nothing_known(),
        &[
            (
                SITE,
                text("https://acme.atlassian.net/jira/software/projects/DEV/boards/1"),
            ),
            (HOW, row("API token with scopes")),
            (ACCOUNT, text("you@acme.example")),
            ("Token", secret()),
            (NAME, Reply::Enter),
        ],
    );
    let sign_in = answered.unwrap();
    assert_eq!(sign_in.profile.as_deref(), Some("acme"));
    assert_eq!(
        sign_in.base_url.as_deref(),
        Some("https://acme.atlassian.net")
    );
    assert_eq!(sign_in.email.as_deref(), Some("you@acme.example"));
    assert!(sign_in.bearer.is_none() && sign_in.token.is_some());
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
fn esc_goes_back_a_question_keeps_the_answers_and_the_first_one_leaves() {
    let (answered, _) = asked(
        &[],
        &[],
        &nothing_known(),
        &[
            (SITE, text("wrong.atlassian.net")),
            (HOW, Reply::Back),
            (SITE, text("acme.atlassian.net")),
            (HOW, row("API token with scopes")),
            (ACCOUNT, text("me")),
            ("Token", secret()),
            (NAME, Reply::Back),
            (AGAIN, Reply::Back),
            (ACCOUNT, Reply::Back),
            // all of it stands there still, and Enter takes it
            (HOW, Reply::Enter),
            (ACCOUNT, Reply::Enter),
            (AGAIN, Reply::Enter),
            (NAME, text("work")),
        ],
    );
    let sign_in = answered.unwrap();
    assert_eq!(
        sign_in.base_url.as_deref(),
        Some("https://acme.atlassian.net")
    );
    assert_eq!(
        (sign_in.email.as_deref(), sign_in.profile.as_deref()),
        (Some("me"), Some("work"))
    );
    assert_eq!(sign_in.token.unwrap().expose(), "t0ken");
    let (left, _) = asked(&[], &[], &nothing_known(), &[(SITE, Reply::Back)]);
    assert!(left.is_none());
}

#[test]
fn a_token_does_not_follow_to_another_site_or_kind() {
    let (answered, _) = asked(
        &[],
        &[],
        &nothing_known(),
        &[
            (SITE, text("acme.atlassian.net")),
            (HOW, Reply::Enter),
            (ACCOUNT, text("me")),
            ("Token", secret()),
            (NAME, Reply::Back),
            (AGAIN, Reply::Back),
            (ACCOUNT, Reply::Back),
            (HOW, Reply::Back),
            (SITE, text("evil.atlassian.net")),
            (HOW, Reply::Enter),
            (ACCOUNT, Reply::Enter),
            ("Token", secret()),
            (NAME, Reply::Back),
            (AGAIN, Reply::Back),
            (ACCOUNT, Reply::Back),
            (HOW, row("API token with scopes")),
            (ACCOUNT, Reply::Enter),
            ("Token", secret()),
            (NAME, Reply::Enter),
        ],
    );
    assert_eq!(answered.unwrap().profile.as_deref(), Some("evil"));
}

#[test]
fn data_center_is_asked_how_to_sign_in() {
    let pat = row("Personal access token");
    let (answered, _) = asked(
        &[],
        &[],
        &nothing_known(),
        &[
            (SITE, text("jira.corp/jira/browse/X-1")),
            (HOW, pat),
            ("Token", secret()),
            (NAME, Reply::Enter),
        ],
    );
    let sign_in = answered.unwrap();
    assert_eq!((sign_in.bearer, sign_in.email), (Some(true), None));
    assert_eq!(
        (sign_in.base_url.as_deref(), sign_in.profile.as_deref()),
        (Some("https://jira.corp/jira"), Some("jira"))
    );
}

#[test]
fn a_bitbucket_address_signs_in_to_bitbucket() {
    let (answered, said) = asked(
        &[],
        &[],
        &nothing_known(),
        &[
            (SITE, text("https://bitbucket.org/acme/repo")),
            (HOW, Reply::Enter),
            (ACCOUNT, text("you")),
            ("Token", secret()),
            (NAME, Reply::Enter),
        ],
    );
    let sign_in = answered.unwrap();
    assert_eq!(
        (
            sign_in.product,
            sign_in.base_url,
            sign_in.profile.as_deref()
        ),
        (Product::Bitbucket, None, Some("bitbucket"))
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
        &nothing_known(),
        &[
            (
                SHARED,
                Reply::Row("team  https://team.atlassian.net".to_owned()),
            ),
            (TRUST, Reply::Confirm(true)),
            (HOW, Reply::Enter),
            (ACCOUNT, text("you")),
            ("Token", secret()),
        ],
    );
    let sign_in = answered.unwrap();
    assert_eq!(sign_in.profile.as_deref(), Some("team"));
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
        &nothing_known(),
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
        &known,
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
        &nothing_known(),
        &[
            (SITE, text("acme.atlassian.net")),
            (HOW, Reply::Enter),
            (ACCOUNT, text("you")),
            ("Token", secret()),
            (NAME, text("acme")),
            (NAME, text("my work")),
            (NAME, Reply::Enter),
        ],
    );
    assert_eq!(answered.unwrap().profile.as_deref(), Some("acme2"));
}

#[test]
fn plain_http_is_refused_before_a_token_is_asked_for() {
    let (left, _) = asked(
        &[],
        &[],
        &nothing_known(),
        &[
            (SITE, text("http://wiki.corp")),
            (SITE, text("https://me:pw@wiki.corp")),
            (SITE, Reply::Back),
        ],
    );
    assert!(left.is_none());
}

#[test]
fn cookies_are_for_one_product() {
    let (answered, said) = asked(
        &[],
        &[],
        &nothing_known(),
        &[
            (SITE, text("wiki.corp/confluence/display/X")),
            (HOW, row("Browser session")),
            ("Which product is it?", row("Confluence")),
            ("Cookies", secret()),
            (NAME, Reply::Enter),
        ],
    );
    let sign_in = answered.unwrap();
    assert!(sign_in.cookies);
    assert_eq!(sign_in.product, Product::Confluence);
    assert!(
        said.iter().any(|line| line.contains("Cookie header")),
        "{said:?}"
    );
}

#[test]
fn an_instance_needs_no_name() {
    let (answered, _) = asked(
        &[],
        &[],
        &Known {
            suggested_site: "https://acme.atlassian.net".to_owned(),
            ..Known::nothing(Place::Instance(Product::Confluence))
        },
        &[
            (SITE, Reply::Enter),
            (HOW, Reply::Enter),
            (ACCOUNT, text("you")),
            ("Token", secret()),
            ("Name of a profile for it (empty for none)", Reply::Enter),
        ],
    );
    let sign_in = answered.unwrap();
    assert_eq!(sign_in.profile, None);
    assert_eq!(
        sign_in.base_url.as_deref(),
        Some("https://acme.atlassian.net")
    );
}
