use super::*;
use crate::prompt::{
    Answer, ConfirmQuestion, ListQuestion, MenuQuestion, MenuRow, PromptError, Prompter,
    SearchQuestion, SecretQuestion, SelectQuestion, TextQuestion, on_screens,
};

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

fn settings() -> Vec<MenuRow> {
    vec![
        MenuRow::new("Format").value("json").badge("modified"),
        MenuRow::new("Colour").value("auto"),
        MenuRow::new("Certificates").unavailable("not in a shared file"),
    ]
}

#[test]
fn rows_of_menus_are_chosen_by_label_and_by_typing() {
    let row = |label: &str| Reply::Row(label.to_owned());
    let script = Scripted::new([
        ("Output", row("Certificates")),
        ("Output", row("Colour")),
        ("Output", Reply::Find("json".to_owned())),
        (
            "Output",
            Reply::FindRow("o".to_owned(), "Colour".to_owned()),
        ),
        ("Output", Reply::Enter),
    ]);
    let mut prompter = script.clone();
    let rows = settings();
    let paragraphs = ["Changes are saved at once.".to_owned()];
    let question = MenuQuestion::new("Output", &rows)
        .trail(&["lassi"])
        .paragraphs(&paragraphs)
        .help("What is printed.");
    prompter.note("Saved.");
    for index in [1, 0, 1, 0] {
        assert_eq!(prompter.menu(&question), Ok(Answer::Given(index)));
    }
    script.assert_finished();
    let asked = &script.asked()[0];
    assert_eq!(asked.kind, Kind::Menu);
    assert_eq!(asked.trail, ["lassi"]);
    assert_eq!(asked.notes, ["Saved."]);
    assert_eq!(asked.paragraphs, paragraphs);
    assert_eq!(asked.rows, ["Format", "Colour", "Certificates"]);
    assert_eq!(asked.row("Format"), &rows[0]);
    assert_eq!(asked.help, "What is printed.");
    assert_eq!(asked.complaints, ["not in a shared file"]);
    assert!(script.asked()[1].notes.is_empty());
}

#[test]
fn rows_of_searches_are_found_by_typing() {
    let mut script = Scripted::new([
        ("Search", Reply::Find("col".to_owned())),
        ("Search", Reply::Row("output.format".to_owned())),
        ("Search", Reply::Enter),
        ("Search", Reply::Back),
    ]);
    let rows = vec!["output.format", "output.color"];
    let question = SearchQuestion::new("Search", &rows).initial("lor");
    for answer in [
        Answer::Given(1),
        Answer::Given(0),
        Answer::Given(1),
        Answer::Back,
    ] {
        assert_eq!(script.search(&question), Ok(answer));
    }
    assert_eq!(script.asked()[0].offered, "output.color");
}

#[test]
fn lists_are_edited_and_what_is_refused_is_left_out() {
    let edits = vec![
        Edit::Remove("a.example".to_owned()),
        Edit::Change("b.example".to_owned(), "x y".to_owned()),
        Edit::Change("b.example".to_owned(), "c.example".to_owned()),
        Edit::Add(" d.example ".to_owned()),
    ];
    let mut script = Scripted::new([("Hosts", Reply::List(edits)), ("Hosts", Reply::Enter)]);
    let items = ["a.example", "b.example"].map(str::to_owned);
    let check = |item: &str| {
        if item.contains(' ') {
            Err("no spaces".to_owned())
        } else {
            Ok(())
        }
    };
    let question = ListQuestion::new("Hosts", &items).check(&check);
    let expected = ["c.example", "d.example"].map(str::to_owned).to_vec();
    assert_eq!(script.list(&question), Ok(Answer::Given(expected)));
    assert_eq!(script.list(&question), Ok(Answer::Given(items.to_vec())));
    assert_eq!(script.asked()[0].complaints, ["no spaces"]);
    assert_eq!(script.asked()[0].rows, items);
}

#[test]
fn texts_are_completed() {
    let mut script = Scripted::new([("File", Reply::Completed("/e".to_owned()))]);
    let completion = |_: &str| vec!["/etc/hosts".to_owned()];
    let question = TextQuestion::new("File").completion(&completion);
    let answer = script.text(&question);
    assert_eq!(answer, Ok(Answer::Given("/etc/hosts".to_owned())));
}

#[test]
fn screens_end_with_their_flow() {
    let script = Scripted::new([("Sure?", Reply::Enter)]);
    let mut prompter = script.clone();
    let result = on_screens(&mut prompter, |prompter| {
        prompter.busy("Testing")?;
        prompter.confirm(&ConfirmQuestion::new("Sure?", true))?;
        prompter.note("Saved.");
        Err::<(), PromptError>(PromptError::Interrupted)
    });
    assert_eq!(result, Err(PromptError::Interrupted));
    script.assert_finished();
    assert!(script.asked()[0].on_screen);
    assert_eq!(script.busy_with(), ["Testing"]);
    assert_eq!(script.notes_left(), ["Saved."]);
}

#[test]
#[should_panic(expected = "never ended")]
fn screens_that_are_not_ended_panic() {
    let script = Scripted::new([]);
    let begun = script.clone().begin_screens();
    assert_eq!(begun, Ok(()));
    script.assert_finished();
}

#[test]
#[should_panic(expected = "\"zzz\" finds nothing")]
fn typing_that_finds_nothing_panics() {
    let mut script = Scripted::new([("Output", Reply::Find("zzz".to_owned()))]);
    let _ = script.menu(&MenuQuestion::new("Output", &settings()));
}

#[test]
#[should_panic(expected = "does not find \"Colour\"")]
fn a_row_that_is_not_found_panics() {
    let reply = Reply::FindRow("json".to_owned(), "Colour".to_owned());
    let mut script = Scripted::new([("Output", reply)]);
    let _ = script.menu(&MenuQuestion::new("Output", &settings()));
}
