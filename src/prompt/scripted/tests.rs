use super::*;
use crate::prompt::{Answer, PromptError};
use crate::prompt::{ConfirmQuestion, Prompter, SecretQuestion, SelectQuestion, TextQuestion};

#[test]
fn it_answers_in_order_and_keeps_what_was_asked() {
    let script = Scripted::new([
        ("Which?", Reply::Row("Data Center".to_owned())),
        ("Name", Reply::Text("a b".to_owned())),
        ("Name", Reply::Text(" ab ".to_owned())),
        ("Token", Reply::Secret("hunter2".to_owned())),
        ("Sure?", Reply::Enter),
        ("Sure?", Reply::Back),
    ]);
    let mut prompter = script.clone();
    let rows = ["Cloud", "Data Center"];
    let row = prompter.select(&SelectQuestion::new("Which?", &rows));
    assert_eq!(row, Ok(Answer::Given(1)));
    let check = |text: &str| {
        if text.contains(' ') {
            Err("no spaces".to_owned())
        } else {
            Ok(())
        }
    };
    let question = TextQuestion::new("Name").initial("work").check(&check);
    let text = prompter.text(&question);
    assert_eq!(text, Ok(Answer::Given("ab".to_owned())));
    let secret = prompter.secret(&SecretQuestion::new("Token"));
    let exposed = secret.map(|secret| secret.map(|secret| secret.expose().to_owned()));
    assert_eq!(exposed, Ok(Answer::Given("hunter2".to_owned())));
    let question = ConfirmQuestion::new("Sure?", true);
    assert_eq!(prompter.confirm(&question), Ok(Answer::Given(true)));
    assert_eq!(prompter.confirm(&question), Ok(Answer::Back));
    script.assert_finished();
    let asked = &script.asked()[1];
    assert_eq!((asked.kind, asked.offered.as_str()), (Kind::Text, "work"));
    assert_eq!(asked.complaints, ["no spaces"]);
}

#[test]
fn an_end_can_be_scripted() {
    let mut script = Scripted::new([("Sure?", Reply::Fail(PromptError::Interrupted))]);
    let question = ConfirmQuestion::new("Sure?", true);
    assert_eq!(script.confirm(&question), Err(PromptError::Interrupted));
}

#[test]
#[should_panic(expected = "another question was expected")]
fn another_question_than_expected_panics() {
    let mut script = Scripted::new([("Sure?", Reply::Enter)]);
    let _ = script.confirm(&ConfirmQuestion::new("Really?", true));
}

#[test]
#[should_panic(expected = "no question was expected")]
fn a_question_too_many_panics() {
    let _ = Scripted::new([]).confirm(&ConfirmQuestion::new("Really?", true));
}

#[test]
#[should_panic(expected = "never asked")]
fn a_question_that_is_not_asked_panics() {
    Scripted::new([("Sure?", Reply::Enter)]).assert_finished();
}

#[test]
#[should_panic(expected = "of the kind Confirm")]
fn a_reply_of_another_kind_panics() {
    let mut script = Scripted::new([("Sure?", Reply::Text("yes".to_owned()))]);
    let _ = script.confirm(&ConfirmQuestion::new("Sure?", true));
}
