//! A line of text: edited until it passes the question's check.

use super::dialogue::{Dialogue, Step};
use super::entry::Entry;
use super::frame::{Canvas, Frame, Row, Style};
use super::keys::Key;
use super::line::{Line, Shown};
use crate::prompt::completion::complete;
use crate::prompt::{Completion, PromptError, TextQuestion};

/// Said where nothing goes on from what is typed.
const NOTHING: &str = "nothing starts like this";

/// More candidates than these lines hold are counted.
const MOST_LINES: usize = 5;

/// A question for text, and what is typed so far.
pub(super) struct Text<'a> {
    question: &'a TextQuestion<'a>,
    /// With the default behind it.
    wording: String,
    line: Line,
    complaint: Option<String>,
    /// What Tab has found, while it is of use.
    candidates: Option<Vec<String>>,
}

impl<'a> Text<'a> {
    pub(super) fn new(question: &'a TextQuestion<'a>) -> Text<'a> {
        let wording = match question.default {
            Some(default) => format!("{} [{default}]", question.question),
            None => question.question.to_owned(),
        };
        Text {
            question,
            wording,
            line: Line::new(question.initial),
            complaint: None,
            candidates: None,
        }
    }

    /// What is said below: candidates, or the help.
    fn below(&self, canvas: Canvas) -> Vec<Row> {
        let lines = match &self.candidates {
            None => canvas.lines(self.question.help),
            Some(candidates) if candidates.is_empty() => vec![NOTHING.to_owned()],
            Some(candidates) => candidate_lines(canvas, self.line.text(), candidates),
        };
        if lines.is_empty() {
            return Vec::new();
        }
        let rows = lines.into_iter().map(|line| Row::of(Style::Faint, line));
        std::iter::once(Row::default()).chain(rows).collect()
    }

    /// Goes on as far as all agree, and then shows what there is.
    fn complete(&mut self, completion: Completion<'_>) {
        let typed = self.line.text();
        let completed = complete(typed, completion(typed));
        let goes_on = completed.text != typed;
        self.line.set(&completed.text);
        self.candidates =
            (!goes_on || !completed.candidates.is_empty()).then_some(completed.candidates);
    }
}

/// Candidates without the folder that is typed already; behind each other, as many as fit into the rows.
fn candidate_lines(canvas: Canvas, typed: &str, candidates: &[String]) -> Vec<String> {
    let folder = typed.rfind(std::path::is_separator).map_or(0, |at| at + 1);
    let names: Vec<&str> = candidates
        .iter()
        .map(|candidate| candidate.get(folder..).unwrap_or(candidate))
        .collect();
    let mut lines = canvas.lines(&names.join("  "));
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES);
        lines.push(format!("{} in all", candidates.len()));
    }
    lines
}

impl Dialogue for Text<'_> {
    type Given = String;

    fn question(&self) -> &str {
        self.question.question
    }

    fn frame(&mut self, canvas: Canvas) -> Result<Frame, PromptError> {
        let shown = Shown::Plain {
            cut: canvas.marks().cut,
        };
        let keys = ["Enter takes", "Esc goes back", "Tab completes"];
        let count = if self.question.completion.is_some() {
            3
        } else {
            2
        };
        let entry = Entry {
            question: &self.wording,
            line: &self.line,
            shown,
            complaint: self.complaint.as_deref(),
            below: self.below(canvas),
            keys: &keys[..count],
        };
        entry.frame(canvas)
    }

    fn press(&mut self, key: Key) -> Step<String> {
        if let (Key::Tab, Some(completion)) = (key, self.question.completion) {
            self.complete(completion);
            return Step::Open;
        }
        self.candidates = None;
        if key != Key::Enter {
            self.line.press(key);
            return Step::Open;
        }
        let answer = self.question.answer(self.line.text());
        match (self.question.check)(answer) {
            Ok(()) => Step::Given(answer.to_owned()),
            Err(complaint) => {
                self.complaint = Some(complaint);
                Step::Open
            }
        }
    }

    fn is_blank(&self) -> bool {
        self.line.is_empty()
    }

    fn remains(&self, given: &String, _canvas: Canvas) -> String {
        given.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::super::dialogue::play::{canvas, press, rows, typed};
    use super::*;

    fn https(answer: &str) -> Result<(), String> {
        if answer.starts_with("https://") {
            Ok(())
        } else {
            Err("an address starts with https://".to_owned())
        }
    }

    #[test]
    fn a_wrong_answer_is_explained_and_stays_for_editing() {
        let question = TextQuestion::new("Site").check(&https);
        let mut text = Text::new(&question);
        let mut keys = typed("acme.example ");
        keys.push(Key::Enter);
        assert_eq!(press(&mut text, &keys), None);
        let frame = text.frame(canvas(40, 5)).expect("it fits");
        assert_eq!(
            rows(&frame),
            ["? Site acme.example ", "! an address starts with https://"]
        );
        assert_eq!(frame.cursor, (0, 20));
        let mut keys = vec![Key::Home];
        keys.extend(typed("https://"));
        keys.push(Key::Enter);
        let given = press(&mut text, &keys);
        assert_eq!(given.as_deref(), Some("https://acme.example"));
    }

    #[test]
    fn enter_alone_is_the_default() {
        let question = TextQuestion::new("Name").default("work");
        let mut text = Text::new(&question);
        let frame = text.frame(canvas(60, 5)).expect("it fits");
        assert_eq!(rows(&frame), ["? Name [work] "]);
        assert_eq!(press(&mut text, &[Key::Enter]).as_deref(), Some("work"));
        let mut text = Text::new(&question);
        let keys = [Key::Typed('x'), Key::Enter];
        assert_eq!(press(&mut text, &keys).as_deref(), Some("x"));
    }

    #[test]
    fn the_initial_text_can_be_edited() {
        let question = TextQuestion::new("Name").initial("work");
        let mut text = Text::new(&question);
        assert!(!text.is_blank());
        let keys = [Key::Backspace, Key::Typed('d'), Key::Enter];
        assert_eq!(press(&mut text, &keys).as_deref(), Some("word"));
    }

    fn paths(typed: &str) -> Vec<String> {
        ["/etc/ssl/", "/etc/ssh/", "/etc/hosts"]
            .into_iter()
            .filter(|path| path.starts_with(typed))
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn tab_goes_as_far_as_it_can_and_shows_what_there_is() {
        let question = TextQuestion::new("Folder")
            .completion(&paths)
            .help("An absolute path.");
        let mut text = Text::new(&question);
        let drawn = |text: &mut Text<'_>| rows(&text.frame(canvas(60, 6)).expect("it fits"));
        assert_eq!(drawn(&mut text), ["? Folder ", "", "An absolute path."]);
        press(&mut text, &[Key::Typed('/'), Key::Tab]);
        assert_eq!(
            drawn(&mut text),
            ["? Folder /etc/", "", "ssl/  ssh/  hosts"]
        );
        press(&mut text, &[Key::Typed('s'), Key::Tab, Key::Typed('l')]);
        assert_eq!(
            drawn(&mut text),
            ["? Folder /etc/ssl", "", "An absolute path."]
        );
        press(&mut text, &[Key::Tab]);
        assert_eq!(
            drawn(&mut text),
            ["? Folder /etc/ssl/", "", "An absolute path."]
        );
        press(&mut text, &[Key::Typed('x'), Key::Tab]);
        assert_eq!(drawn(&mut text)[2], NOTHING);
        let keys = [Key::Backspace, Key::Enter];
        assert_eq!(press(&mut text, &keys).as_deref(), Some("/etc/ssl/"));
    }

    #[test]
    fn many_candidates_are_counted() {
        let many = |typed: &str| (0..200).map(|index| format!("{typed}/{index}")).collect();
        let question = TextQuestion::new("Folder").completion(&many);
        let mut text = Text::new(&question);
        press(&mut text, &[Key::Tab, Key::Tab]);
        let frame = text.frame(canvas(60, 24)).expect("it fits");
        assert_eq!(frame.rows.len(), 8);
        assert_eq!(rows(&frame)[7], "200 in all");
    }

    #[test]
    fn a_long_question_leaves_a_row_for_the_answer() {
        let question = TextQuestion::new("What is the address of your site?");
        let mut text = Text::new(&question);
        press(&mut text, &typed("https://acme.atlassian.net"));
        let frame = text.frame(canvas(24, 3)).expect("it fits");
        assert_eq!(
            rows(&frame),
            [
                "? What is the address",
                "  of your site?",
                "  ~acme.atlassian.net"
            ]
        );
        let too_small = PromptError::TooSmall {
            columns: 24,
            rows: 2,
            needed_columns: 20,
            needed_rows: 3,
        };
        assert_eq!(text.frame(canvas(24, 2)), Err(too_small));
    }
}
