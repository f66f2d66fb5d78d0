//! Not served yet.

use super::answer::Answer;
use super::jira::Visit;

/// Nothing yet.
pub(crate) struct ServiceManagement;

impl ServiceManagement {
    pub(crate) fn new() -> ServiceManagement {
        ServiceManagement
    }

    pub(crate) fn answer(&mut self, _visit: &Visit) -> Answer {
        Answer::html(404, "Not Found")
    }
}
