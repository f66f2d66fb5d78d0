//! Files that are broken, and files that somebody else changes meanwhile.

use super::*;
use crate::prompt::{
    Answer, ConfirmQuestion, ListQuestion, MenuQuestion, PromptError, Prompter, SearchQuestion,
    SecretQuestion, SelectQuestion, TextQuestion,
};
use crate::secret::Secret;

const BROKEN: &str = "The configuration cannot be read";

#[test]
fn a_broken_file_is_shown_with_its_place_and_can_be_left() {
    let home = Home::with("[output\nformat = \"json\"\n");
    let shown = home.top(&[(BROKEN, row("Leave"))]);
    let paragraphs = shown.last(BROKEN).paragraphs.join("\n");
    let place = format!("{}:1:8", home.path("lassi/config.toml").display());
    assert!(paragraphs.contains(&place), "{paragraphs}");
    home.at("output.format", &[(BROKEN, Reply::Back)]);
    assert_eq!(home.file(), "[output\nformat = \"json\"\n");
}

#[test]
fn a_broken_file_is_mended_in_the_editor() {
    let variables = [("EDITOR", "sed -i s/output/output]/")];
    let home = Home::with_variables("[output\nformat = \"json\"\n", &variables);
    let shown = home.top(&[
        (BROKEN, row("Open it in the editor")),
        ("lassi config", row("Output")),
        ("Output", Reply::Back),
        ("lassi config", Reply::Back),
    ]);
    assert_eq!(home.file(), "[output]\nformat = \"json\"\n");
    assert_eq!(shown.last("Output").row("Format").value, "json");
}

#[test]
fn a_change_that_broke_nothing_is_no_way_to_mend_a_file_broken_by_hand() {
    let home = Home::with("[output\n");
    let shown = home.top(&[(BROKEN, row("Undo last change")), (BROKEN, row("Leave"))]);
    shown.assert_said("there is no change of");
}

#[test]
fn a_broken_project_file_is_mended_where_it_is() {
    let variables = [("EDITOR", "sed -i s/output/output]/")];
    let home = Home::with_variables("", &variables);
    home.write("work/.lassi.toml", "[output\nformat = \"json\"\n");
    home.top(&[
        (BROKEN, row("Open it in the editor")),
        ("lassi config", Reply::Back),
    ]);
    assert_eq!(
        home.read("work/.lassi.toml"),
        "[output]\nformat = \"json\"\n"
    );
}

#[test]
fn a_store_that_cannot_be_asked_says_so_and_everything_else_works() {
    let home = Home::with("[profiles.work]\nbase_url = \"https://acme.atlassian.net\"\n");
    home.write("lassi/credentials", "{ not json");
    let shown = home.at(
        "profiles.work",
        &[
            ("work", row("Token")),
            ("Token", Reply::Back),
            ("work", row("Account")),
            ("Account", row("Change")),
            ("Account", text("me")),
            ("work", Reply::Back),
        ],
    );
    assert!(home.file().ends_with("email = \"me\"\n"));
    assert_eq!(
        shown.last("work").row("Token").value,
        "the store cannot be asked"
    );
    let told = shown.last("Token").paragraphs.join("\n");
    assert!(told.contains("credentials"), "{told}");
}

/// Answers from a script, and lets somebody else do something while the menu waits for its last answer.
struct Meanwhile<F> {
    script: Scripted,
    question: &'static str,
    act: Option<F>,
}

impl<F: FnOnce()> Meanwhile<F> {
    fn act(&mut self, question: &str) {
        if question == self.question
            && let Some(act) = self.act.take()
        {
            act();
        }
    }
}

impl<F: FnOnce()> Prompter for Meanwhile<F> {
    fn select(&mut self, question: &SelectQuestion<'_>) -> Result<Answer<usize>, PromptError> {
        self.script.select(question)
    }

    fn text(&mut self, question: &TextQuestion<'_>) -> Result<Answer<String>, PromptError> {
        self.act(question.question);
        self.script.text(question)
    }

    fn secret(&mut self, question: &SecretQuestion<'_>) -> Result<Answer<Secret>, PromptError> {
        self.script.secret(question)
    }

    fn confirm(&mut self, question: &ConfirmQuestion<'_>) -> Result<Answer<bool>, PromptError> {
        self.script.confirm(question)
    }

    fn menu(&mut self, question: &MenuQuestion<'_>) -> Result<Answer<usize>, PromptError> {
        self.script.menu(question)
    }

    fn search(&mut self, question: &SearchQuestion<'_>) -> Result<Answer<usize>, PromptError> {
        self.script.search(question)
    }

    fn list(&mut self, question: &ListQuestion<'_>) -> Result<Answer<Vec<String>>, PromptError> {
        self.script.list(question)
    }

    fn note(&mut self, text: &str) {
        self.script.note(text);
    }

    fn busy(&mut self, text: &str) -> Result<(), PromptError> {
        self.script.busy(text)
    }

    fn begin_screens(&mut self) -> Result<(), PromptError> {
        self.script.begin_screens()
    }

    fn end_screens(&mut self) -> Result<(), PromptError> {
        self.script.end_screens()
    }
}

#[test]
fn a_change_that_somebody_makes_meanwhile_is_kept_and_seen() {
    let home = Home::with("[output]\nformat = \"json\"\n");
    let script = Scripted::new([
        ("lassi config", row("Connection")),
        ("Connection", row("Timeout")),
        ("Timeout", row("Change")),
        ("Timeout", text("60")),
        ("Connection", Reply::Back),
        ("lassi config", row("Output")),
        ("Output", Reply::Back),
        ("lassi config", Reply::Back),
    ]);
    let environment = home.environment.clone();
    let other = move || {
        let session = Session::new(&environment, global(&["--quiet"]));
        let changes = crate::changes::Changes {
            steps: vec![crate::config::change::Step::Set {
                path: Path::parse("output.color").unwrap(),
                value: crate::config::value::Value::Text("never".to_owned()),
            }],
            command: "set",
            ..crate::changes::Changes::default()
        };
        crate::cli::config::carry_out_for_user(&session, &changes).unwrap();
    };
    let prompter = Meanwhile {
        script: script.clone(),
        question: "Timeout",
        act: Some(other),
    };
    let session =
        Session::with_prompter(&home.environment, global(&["--quiet"]), Box::new(prompter));
    run(&session, Layer::User, None).unwrap();
    script.assert_finished();
    assert_eq!(
        home.file(),
        "[output]\nformat = \"json\"\ncolor = \"never\"\n\n[connection]\ntimeout = 60\n"
    );
    let asked = script.asked();
    let output = asked
        .iter()
        .find(|asked| asked.question == "Output")
        .unwrap();
    assert_eq!(output.row("Colour").value, "never");
}

#[test]
fn a_file_that_breaks_meanwhile_is_never_overwritten() {
    let home = Home::with("[output]\nformat = \"json\"\n");
    let script = Scripted::new([
        ("Timeout", row("Change")),
        ("Timeout", text("60")),
        (BROKEN, row("Leave")),
    ]);
    let file = home.path("lassi/config.toml");
    #[expect(clippy::disallowed_methods, reason = "a file of the test alone")]
    let breaks = move || fs::write(file, "[output\n").unwrap();
    let prompter = Meanwhile {
        script: script.clone(),
        question: "Timeout",
        act: Some(breaks),
    };
    let session =
        Session::with_prompter(&home.environment, global(&["--quiet"]), Box::new(prompter));
    run(&session, Layer::User, Some("connection.timeout")).unwrap();
    script.assert_finished();
    assert_eq!(home.file(), "[output\n");
}
