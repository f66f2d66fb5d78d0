//! Questions go in, and what the script's replies make of them comes out.

use super::{Asked, Edit, Kind, Reply, Scripted, mismatch};
use crate::prompt::completion::complete;
use crate::prompt::ranking::Ranking;
use crate::prompt::{
    Answer, ConfirmQuestion, ListQuestion, MenuQuestion, PromptError, Prompter, SearchQuestion,
    SearchRows, SecretQuestion, SelectQuestion, TextQuestion,
};
use crate::secret::Secret;
use std::time::Duration;

impl Prompter for Scripted {
    fn select(&mut self, question: &SelectQuestion<'_>) -> Result<Answer<usize>, PromptError> {
        let rows = question.rows;
        let last = rows.len().checked_sub(1);
        let marked = question
            .marked
            .min(last.ok_or(PromptError::NothingToSelect)?);
        let asked = Asked {
            rows: owned(rows),
            ..Asked::new(Kind::Select, question.question, rows[marked])
        };
        match self.ask(asked) {
            Reply::Row(text) => match rows.iter().position(|row| *row == text) {
                Some(index) => Ok(Answer::Given(index)),
                None => panic!("`{}` has no row {text:?}: {rows:?}", question.question),
            },
            Reply::Enter => Ok(Answer::Given(marked)),
            Reply::Back => Ok(Answer::Back),
            Reply::Fail(error) => Err(error),
            reply => mismatch(Kind::Select, question.question, &reply),
        }
    }

    fn text(&mut self, question: &TextQuestion<'_>) -> Result<Answer<String>, PromptError> {
        let offered = question.answer(question.initial);
        let mut reply = self.ask(Asked {
            help: question.help.to_owned(),
            ..Asked::new(Kind::Text, question.question, offered)
        });
        loop {
            let typed = match (reply, question.completion) {
                (Reply::Text(text), _) => text,
                (Reply::Completed(text), Some(completion)) => {
                    complete(&text, completion(&text)).text
                }
                (Reply::Enter, _) => question.initial.to_owned(),
                (Reply::Back, _) => return Ok(Answer::Back),
                (Reply::Fail(error), _) => return Err(error),
                (reply, _) => mismatch(Kind::Text, question.question, &reply),
            };
            let answer = question.answer(&typed);
            match (question.check)(answer) {
                Ok(()) => return Ok(Answer::Given(answer.to_owned())),
                Err(complaint) => reply = self.ask_again(question.question, complaint),
            }
        }
    }

    fn secret(&mut self, question: &SecretQuestion<'_>) -> Result<Answer<Secret>, PromptError> {
        let mut reply = self.ask(Asked::new(Kind::Secret, question.question, ""));
        loop {
            let typed = match reply {
                Reply::Secret(text) => text,
                Reply::Enter => String::new(),
                Reply::Back => return Ok(Answer::Back),
                Reply::Fail(error) => return Err(error),
                reply => mismatch(Kind::Secret, question.question, &reply),
            };
            match Secret::from_input(typed) {
                Ok(secret) => return Ok(Answer::Given(secret)),
                Err(error) => reply = self.ask_again(question.question, error.to_string()),
            }
        }
    }

    fn confirm(&mut self, question: &ConfirmQuestion<'_>) -> Result<Answer<bool>, PromptError> {
        let offered = if question.default { "yes" } else { "no" };
        match self.ask(Asked::new(Kind::Confirm, question.question, offered)) {
            Reply::Confirm(answer) => Ok(Answer::Given(answer)),
            Reply::Enter => Ok(Answer::Given(question.default)),
            Reply::Back => Ok(Answer::Back),
            Reply::Fail(error) => Err(error),
            reply => mismatch(Kind::Confirm, question.question, &reply),
        }
    }

    fn menu(&mut self, question: &MenuQuestion<'_>) -> Result<Answer<usize>, PromptError> {
        let rows = question.rows;
        let last = rows.len().checked_sub(1);
        let marked = question
            .marked
            .min(last.ok_or(PromptError::NothingToSelect)?);
        let reply = self.ask(Asked {
            trail: owned(question.trail),
            paragraphs: question.paragraphs.to_vec(),
            rows: rows.iter().map(|row| row.label.clone()).collect(),
            menu: rows.to_vec(),
            help: question.help.to_owned(),
            ..Asked::new(Kind::Menu, question.title, rows[marked].label.as_str())
        });
        let choice = Choice {
            kind: Kind::Menu,
            title: question.title,
            rows: &rows,
            entered: Some(marked),
        };
        self.choose(&choice, reply)
    }

    fn search(&mut self, question: &SearchQuestion<'_>) -> Result<Answer<usize>, PromptError> {
        let rows = question.rows;
        if rows.count() == 0 {
            return Err(PromptError::NothingToSelect);
        }
        let mut choice = Choice {
            kind: Kind::Search,
            title: question.title,
            rows,
            entered: None,
        };
        choice.entered = choice.find(question.initial).first().copied();
        let offered = choice.entered.map(|index| rows.row(index).label);
        let reply = self.ask(Asked {
            trail: owned(question.trail),
            rows: (0..rows.count())
                .map(|index| rows.row(index).label)
                .collect(),
            help: question.help.to_owned(),
            ..Asked::new(Kind::Search, question.title, offered.unwrap_or_default())
        });
        self.choose(&choice, reply)
    }

    fn list(&mut self, question: &ListQuestion<'_>) -> Result<Answer<Vec<String>>, PromptError> {
        let reply = self.ask(Asked {
            trail: owned(question.trail),
            paragraphs: question.paragraphs.to_vec(),
            rows: question.items.to_vec(),
            help: question.help.to_owned(),
            ..Asked::new(Kind::List, question.title, question.items.join(", "))
        });
        let edits = match reply {
            Reply::List(edits) => edits,
            Reply::Enter => Vec::new(),
            Reply::Back => return Ok(Answer::Back),
            Reply::Fail(error) => return Err(error),
            reply => mismatch(Kind::List, question.title, &reply),
        };
        let mut items = question.items.to_vec();
        for edit in edits {
            self.edit(question, &mut items, edit);
        }
        Ok(Answer::Given(items))
    }

    fn note(&mut self, text: &str) {
        self.script.borrow_mut().notes.push(text.to_owned());
    }

    fn busy(&mut self, text: &str) -> Result<(), PromptError> {
        self.script.borrow_mut().busy.push(text.to_owned());
        Ok(())
    }

    fn begin_screens(&mut self) -> Result<(), PromptError> {
        let on_screen = &mut self.script.borrow_mut().on_screen;
        assert!(!*on_screen, "the screens were begun already");
        *on_screen = true;
        Ok(())
    }

    fn end_screens(&mut self) -> Result<(), PromptError> {
        let on_screen = &mut self.script.borrow_mut().on_screen;
        assert!(*on_screen, "the screens were not begun");
        *on_screen = false;
        Ok(())
    }
}

/// The rows of a menu or search.
struct Choice<'a> {
    kind: Kind,
    title: &'a str,
    rows: &'a dyn SearchRows,
    /// What Enter alone takes.
    entered: Option<usize>,
}

impl Choice<'_> {
    fn labelled(&self, label: &str) -> usize {
        let is_it = |index: &usize| self.rows.row(*index).label == label;
        (0..self.rows.count()).find(is_it).unwrap_or_else(|| {
            let labels: Vec<String> = (0..self.rows.count().min(100))
                .map(|index| self.rows.row(index).label)
                .collect();
            panic!("`{}` has no row {label:?}: {labels:?}", self.title)
        })
    }

    fn find(&self, typed: &str) -> Vec<usize> {
        let mut ranking = Ranking::new(self.rows.count());
        ranking.search(typed);
        ranking.advance(self.rows, Duration::MAX);
        let found = (0..ranking.len()).filter_map(|place| ranking.get(place));
        found.collect()
    }

    fn found(&self, typed: &str, label: Option<&str>) -> usize {
        let found = self.find(typed);
        let wanted = label.map(|label| self.labelled(label));
        let index = match wanted {
            Some(index) => found.iter().find(|found| **found == index),
            None => found.first(),
        };
        match (index, label) {
            (Some(index), _) => *index,
            (None, Some(label)) => panic!("`{}`: {typed:?} does not find {label:?}", self.title),
            (None, None) => panic!("`{}`: {typed:?} finds nothing", self.title),
        }
    }
}

impl Scripted {
    /// The row that a reply chooses. One that cannot be taken says why, and the next reply counts.
    fn choose(&self, choice: &Choice<'_>, first: Reply) -> Result<Answer<usize>, PromptError> {
        let mut reply = first;
        loop {
            let index = match (reply, choice.entered) {
                (Reply::Row(label), _) => choice.labelled(&label),
                (Reply::Find(typed), _) => choice.found(&typed, None),
                (Reply::FindRow(typed, label), _) => choice.found(&typed, Some(&label)),
                (Reply::Enter, Some(index)) => index,
                (Reply::Back, _) => return Ok(Answer::Back),
                (Reply::Fail(error), _) => return Err(error),
                (reply, _) => mismatch(choice.kind, choice.title, &reply),
            };
            match choice.rows.row(index).unavailable {
                None => return Ok(Answer::Given(index)),
                Some(reason) => reply = self.ask_again(choice.title, reason),
            }
        }
    }

    /// A step in editing a list; an item that is refused changes nothing.
    fn edit(&self, question: &ListQuestion<'_>, items: &mut Vec<String>, edit: Edit) {
        let position = |items: &[String], item: &str| {
            let position = items.iter().position(|there| there == item);
            position.unwrap_or_else(|| panic!("`{}` has no {item:?}: {items:?}", question.title))
        };
        let checked = |item: &str| match question.complaint(item.trim()) {
            None => Some(item.trim().to_owned()),
            Some(complaint) => {
                self.complain(complaint);
                None
            }
        };
        match edit {
            Edit::Add(item) => items.extend(checked(&item)),
            Edit::Change(from, to) => {
                let index = position(items, &from);
                if let Some(item) = checked(&to) {
                    items[index] = item;
                }
            }
            Edit::Remove(item) => {
                items.remove(position(items, &item));
            }
        }
    }
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().copied().map(str::to_owned).collect()
}
