//! Typed text and many rows go in; the rows that it finds come out, the best first.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use std::borrow::Cow;

/// The rows that a text finds.
pub(super) struct Ranking {
    matcher: Matcher,
    /// Indexes of rows, the best first.
    found: Vec<usize>,
}

impl Ranking {
    /// All of `count` rows, as they are.
    pub(super) fn new(count: usize) -> Ranking {
        Ranking {
            matcher: Matcher::new(Config::DEFAULT),
            found: (0..count).collect(),
        }
    }

    /// The indexes of the rows that were found.
    pub(super) fn found(&self) -> &[usize] {
        &self.found
    }

    /// Finds the rows of `count` that a text means. An empty one finds all, as they are.
    pub(super) fn search<'a>(
        &mut self,
        typed: &str,
        count: usize,
        text: impl Fn(usize) -> Cow<'a, str>,
    ) {
        let pattern = Pattern::parse(typed, CaseMatching::Smart, Normalization::Smart);
        let mut characters = Vec::new();
        let mut scored: Vec<(u32, usize)> = Vec::new();
        for index in 0..count {
            let text = text(index);
            let text = Utf32Str::new(&text, &mut characters);
            if let Some(score) = pattern.score(text, &mut self.matcher) {
                scored.push((score, index));
            }
        }
        scored.sort_by_key(|(score, index)| (std::cmp::Reverse(*score), *index));
        self.found = scored.into_iter().map(|(_, index)| index).collect();
    }
}
