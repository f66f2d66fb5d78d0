//! Confluence: pages, posts and what hangs on them. The two APIs and the changes are in the other files of this product.

use super::answer::Answer;
use super::jira::{Deployment, Visit};
use super::listing::Place;
use super::{confluence_seed, confluence_v1, confluence_v2};

/// All that Confluence knows.
pub(crate) struct Confluence {
    pub(crate) contents: Vec<Content>,
    pub(crate) comments: Vec<PageComment>,
    pub(crate) files: Vec<PageFile>,
    /// The next id of anything.
    pub(crate) next_id: u64,
}

/// A page or a post.
#[derive(Clone)]
pub(crate) struct Content {
    pub(crate) id: u64,
    pub(crate) is_post: bool,
    pub(crate) title: String,
    /// Its place in [`confluence_seed::SPACES`].
    pub(crate) space: usize,
    pub(crate) parent: Option<u64>,
    pub(crate) labels: Vec<String>,
    /// Oldest first; there is always one.
    pub(crate) versions: Vec<Version>,
    pub(crate) is_in_trash: bool,
}

/// What a page said at a time.
#[derive(Clone)]
pub(crate) struct Version {
    pub(crate) author: usize,
    pub(crate) when: String,
    pub(crate) message: String,
    /// In storage format.
    pub(crate) body: String,
}

/// What somebody said below a page.
pub(crate) struct PageComment {
    pub(crate) id: u64,
    pub(crate) page: u64,
    pub(crate) author: usize,
    pub(crate) body: String,
    pub(crate) version: usize,
}

/// A file of a page.
pub(crate) struct PageFile {
    pub(crate) id: u64,
    pub(crate) page: u64,
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) version: usize,
}

impl Content {
    /// `page` or `blogpost`.
    pub(crate) fn kind(&self) -> &'static str {
        if self.is_post { "blogpost" } else { "page" }
    }

    /// The number of the latest version.
    pub(crate) fn number(&self) -> usize {
        self.versions.len()
    }

    /// What it says now.
    pub(crate) fn body(&self) -> &str {
        self.versions.last().map_or("", |version| &version.body)
    }

    /// Its address for people, below the context.
    pub(crate) fn address(&self) -> String {
        let (key, ..) = confluence_seed::SPACES[self.space];
        let title = self.title.replace(' ', "+");
        if self.is_post {
            let day = self.versions[0].when[..10].replace('-', "/");
            return format!("/spaces/{key}/blog/{day}/{}/{title}", self.id);
        }
        format!("/spaces/{key}/pages/{}/{title}", self.id)
    }
}

impl Confluence {
    /// Confluence as it is at the start.
    pub(crate) fn new(_deployment: Deployment) -> Confluence {
        confluence_seed::confluence()
    }

    /// A number that nothing has yet.
    pub(crate) fn new_id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    /// Where a page or post is kept that is not in the trash.
    pub(crate) fn place_of(&self, id: &str) -> Option<usize> {
        self.contents
            .iter()
            .position(|content| content.id.to_string() == id && !content.is_in_trash)
    }

    /// The bytes of a file; ids may be written as `att1` or `1`.
    pub(crate) fn attachment_bytes(&self, id: &str) -> Option<&[u8]> {
        self.file(id).map(|file| file.bytes.as_slice())
    }

    /// A file.
    pub(crate) fn file(&self, id: &str) -> Option<&PageFile> {
        let id = id.strip_prefix("att").unwrap_or(id);
        self.files.iter().find(|file| file.id.to_string() == id)
    }

    /// Answers what is asked below the context.
    pub(crate) fn answer(&mut self, visit: &Visit, place: &Place) -> Answer {
        let cloud = visit.deployment == Deployment::Cloud;
        match visit.path {
            ["api", "v2", rest @ ..] if cloud => confluence_v2::answer(self, visit, place, rest),
            ["rest", "api", rest @ ..] => confluence_v1::answer(self, visit, place, rest),
            // only Data Center keeps a part of its API apart
            ["rest", "experimental", rest @ ..] if !cloud && rest.ends_with(&["version"]) => {
                confluence_v1::answer(self, visit, place, rest)
            }
            ["download", "attachments", _, name] => self.download(visit, name),
            _ => Answer::html(404, "Page Not Found"),
        }
    }

    /// The content of a file: on Cloud a redirect to the server of downloads.
    fn download(&self, visit: &Visit, name: &str) -> Answer {
        let page = visit.path.get(2).copied().unwrap_or_default();
        let mut files = self.files.iter();
        match files.find(|file| file.page.to_string() == page && file.name == name) {
            Some(file) if visit.deployment == Deployment::Cloud => {
                Answer::redirect(format!("{}/confluence/{}", visit.media, file.id))
            }
            Some(file) => Answer::bytes(&file.bytes),
            None => Answer::html(404, "Page Not Found"),
        }
    }
}
