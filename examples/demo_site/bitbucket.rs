//! Not served yet.

use super::answer::Answer;
use super::jira::Visit;

/// Nothing yet.
pub(crate) struct Bitbucket;

impl Bitbucket {
    pub(crate) fn new() -> Bitbucket {
        Bitbucket
    }

    pub(crate) fn answer(&mut self, _visit: &Visit) -> Answer {
        Answer::html(404, "Not Found")
    }
}
