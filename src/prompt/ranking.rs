//! Typed text and many rows go in; the rows that it finds come out, the best first.
//!
//! With many rows this takes longer than a key press may, so it is done in steps, and a text that goes on from an
//! earlier one is looked for only where that was found.

use super::SearchRows;
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use std::cmp::Reverse;
use std::time::{Duration, Instant};

/// How many rows are looked at between two looks at the clock.
const STEP: usize = 1_000;

/// The rows that a text finds.
pub(super) struct Ranking {
    matcher: Matcher,
    count: usize,
    typed: String,
    pattern: Pattern,
    /// Earlier texts, each the start of the next, with the rows that they found.
    earlier: Vec<(String, Vec<usize>)>,
    /// How many of the rows that are to be looked at have been.
    looked_at: usize,
    /// What was found: score and index.
    found: Vec<(u32, usize)>,
}

impl Ranking {
    /// All of `count` rows, as they are.
    pub(super) fn new(count: usize) -> Ranking {
        Ranking {
            matcher: Matcher::new(Config::DEFAULT),
            count,
            typed: String::new(),
            pattern: Pattern::default(),
            earlier: Vec::new(),
            looked_at: 0,
            found: Vec::new(),
        }
    }

    /// Looks for another text from here on. An empty one finds all rows, as they are.
    pub(super) fn search(&mut self, typed: &str) {
        if typed == self.typed {
            return;
        }
        let before = std::mem::take(&mut self.typed);
        let found = std::mem::take(&mut self.found);
        let was_finished = self.looked_at == self.candidates();
        if was_finished && !is_empty(&before) && goes_on(&before, typed) {
            let rows = found.into_iter().map(|(_, index)| index).collect();
            self.earlier.push((before, rows));
        }
        while matches!(self.earlier.last(), Some((earlier, _)) if !goes_on(earlier, typed)) {
            self.earlier.pop();
        }
        self.pattern = Pattern::new(
            typed,
            CaseMatching::Smart,
            Normalization::Smart,
            AtomKind::Fuzzy,
        );
        typed.clone_into(&mut self.typed);
        self.looked_at = 0;
    }

    /// Looks at rows until all were, or for as long as this; at some in any case.
    pub(super) fn advance(&mut self, rows: &dyn SearchRows, longest: Duration) {
        let start = Instant::now();
        while !self.is_finished() {
            self.step(rows);
            if start.elapsed() >= longest {
                break;
            }
        }
        // stable, as that is fast where most is in order from the time before
        self.found
            .sort_by_key(|(score, index)| (Reverse(*score), *index));
    }

    fn step(&mut self, rows: &dyn SearchRows) {
        let mut characters = Vec::new();
        let end = self.candidates().min(self.looked_at + STEP);
        for place in self.looked_at..end {
            let index = match self.earlier.last() {
                Some((_, rows)) => rows[place],
                None => place,
            };
            let text = rows.text(index);
            let text = Utf32Str::new(&text, &mut characters);
            if let Some(score) = self.pattern.score(text, &mut self.matcher) {
                self.found.push((score, index));
            }
        }
        self.looked_at = end;
    }

    /// How many rows there are to look at.
    fn candidates(&self) -> usize {
        match self.earlier.last() {
            Some((_, rows)) => rows.len(),
            None => self.count,
        }
    }

    /// Whether what was found is all.
    pub(super) fn is_finished(&self) -> bool {
        is_empty(&self.typed) || self.looked_at == self.candidates()
    }

    /// How many rows were found so far.
    pub(super) fn len(&self) -> usize {
        if is_empty(&self.typed) {
            self.count
        } else {
            self.found.len()
        }
    }

    /// The index of a row that was found, counted from the best.
    pub(super) fn get(&self, place: usize) -> Option<usize> {
        if is_empty(&self.typed) {
            (place < self.count).then_some(place)
        } else {
            self.found.get(place).map(|(_, index)| *index)
        }
    }
}

fn is_empty(typed: &str) -> bool {
    typed.trim().is_empty()
}

/// Whether each row that `typed` finds is found by `earlier`, too. A backslash makes a space part of a word.
fn goes_on(earlier: &str, typed: &str) -> bool {
    typed.starts_with(earlier) && !typed.contains('\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    const NO_TIME: Duration = Duration::ZERO;

    fn found(ranking: &mut Ranking, rows: &dyn SearchRows, typed: &str) -> Vec<usize> {
        ranking.search(typed);
        while !ranking.is_finished() {
            ranking.advance(rows, NO_TIME);
        }
        let found = (0..ranking.len()).filter_map(|place| ranking.get(place));
        found.collect()
    }

    #[test]
    fn the_best_comes_first_and_words_may_stand_in_any_order() {
        let rows = vec!["f.o.r.m.a.t", "output.format", "output.color"];
        let mut ranking = Ranking::new(rows.len());
        assert_eq!(found(&mut ranking, &rows, ""), [0, 1, 2]);
        assert_eq!(found(&mut ranking, &rows, "format"), [1, 0]);
        assert_eq!(found(&mut ranking, &rows, "for out"), [1]);
        assert_eq!(found(&mut ranking, &rows, "otclr"), [2]);
        assert_eq!(found(&mut ranking, &rows, "!format"), [0; 0]);
        assert_eq!(found(&mut ranking, &rows, " "), [0, 1, 2]);
    }

    #[test]
    fn typing_on_and_taking_back_finds_what_a_new_search_finds() {
        let rows: Vec<String> = (0..5_000)
            .map(|index| format!("auth.jira[\"https://site{index}.example\"].a b"))
            .collect();
        let mut ranking = Ranking::new(rows.len());
        let texts = [
            "s",
            "si",
            "site1",
            "site12",
            "site1",
            "site1 a",
            "site1 a\\",
            "site1 a\\ b",
            "4",
            "",
            "49",
        ];
        for typed in texts {
            let anew = found(&mut Ranking::new(rows.len()), &rows, typed);
            assert_eq!(found(&mut ranking, &rows, typed), anew, "{typed}");
        }
    }

    #[test]
    fn a_search_that_is_broken_off_loses_nothing() {
        let rows: Vec<String> = (0..7_000).map(|index| format!("site{index}")).collect();
        let mut ranking = Ranking::new(rows.len());
        for typed in ["s", "si", "sit"] {
            ranking.search(typed);
            ranking.advance(&rows, NO_TIME);
            assert_eq!(ranking.len(), STEP);
        }
        assert_eq!(found(&mut ranking, &rows, "site6999"), [6999]);
    }
}
