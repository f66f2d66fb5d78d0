//! An address copied from the browser goes in; the things that it names come out.

use super::command::Thing;
use url::Url;

/// What stands behind a repository in the addresses of Bitbucket's pages.
const BITBUCKET_PAGES: [&str; 5] = [
    "pull-requests",
    "pullrequests",
    "commits",
    "pipelines",
    "src",
];

/// What an address names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct WebAddress {
    parts: Vec<(Thing, String)>,
}

/// Whether a text is an address and no key.
pub(super) fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// What a thing is called in messages.
pub(super) fn word(thing: Thing) -> &'static str {
    match thing {
        Thing::Issue => "issue",
        Thing::Project => "project",
        Thing::Board => "board",
        Thing::Page => "page",
        Thing::Space => "space",
        Thing::Workspace => "workspace",
        Thing::Repository => "repository",
        Thing::PullRequest => "pull request",
        Thing::Commit => "commit",
        Thing::Pipeline => "run of a pipeline",
        Thing::ServiceDesk => "service desk",
    }
}

/// Whether a text can name a page: its number, or space and title.
pub(super) fn is_page(text: &str) -> bool {
    let by_title = text
        .split_once('/')
        .is_some_and(|(space, title)| !space.is_empty() && !title.is_empty());
    by_title || text.bytes().all(|b| b.is_ascii_digit())
}

/// The form in which servers take a key: those of issues and projects are in upper case.
pub(super) fn normal(thing: Thing, key: String) -> String {
    match thing {
        Thing::Issue | Thing::Project => key.to_uppercase(),
        // Bitbucket's UUIDs have braces, which shells and people lose, and people write `#5`
        Thing::Pipeline if is_uuid(&key) => format!("{{{key}}}"),
        Thing::Pipeline | Thing::PullRequest => key.trim_start_matches('#').to_owned(),
        _ => key,
    }
}

impl WebAddress {
    /// Reads an address. One that names nothing has no parts.
    pub(super) fn read(text: &str) -> WebAddress {
        let Ok(url) = Url::parse(text) else {
            return WebAddress::default();
        };
        let encoded: Vec<&str> = url
            .path_segments()
            .into_iter()
            .flatten()
            .filter(|segment| !segment.is_empty())
            .collect();
        let segments: Vec<String> = encoded.iter().map(|segment| decoded(segment)).collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let mut address = WebAddress::default();
        if matches!(url.host_str(), Some("bitbucket.org" | "api.bitbucket.org")) {
            address.bitbucket(&segments);
            return address;
        }
        for (at, segment) in segments.iter().enumerate() {
            address.segment(segment, &segments[at + 1..]);
        }
        let mut title = None;
        for (name, value) in url.query_pairs() {
            match name.as_ref() {
                "selectedIssue" => address.add(Thing::Issue, &value),
                "pageId" => address.add(Thing::Page, &value),
                "rapidView" => address.add(Thing::Board, &value),
                "spaceKey" => address.add(Thing::Space, &value),
                "title" => title = Some(value.into_owned()),
                _ => {}
            }
        }
        // `/display/DOCS/A+title`; with a date in between it is a blog post's
        if let [.., "display", _, last] = encoded.as_slice() {
            title = Some(decoded(&last.replace('+', " ")));
        }
        if let (Some(title), Some(space)) = (title, address.part(Thing::Space)) {
            let page = format!("{space}/{title}");
            address.add(Thing::Page, &page);
        }
        address.bitbucket_below_a_context(&segments);
        address
    }

    /// The part that names a kind of thing.
    pub(super) fn part(&self, thing: Thing) -> Option<&str> {
        self.parts()
            .find(|(other, _)| *other == thing)
            .map(|(_, part)| part)
    }

    /// All that it names.
    pub(super) fn parts(&self) -> impl Iterator<Item = (Thing, &str)> {
        self.parts
            .iter()
            .map(|(thing, part)| (*thing, part.as_str()))
    }

    fn add(&mut self, thing: Thing, part: &str) {
        if !part.is_empty() && self.part(thing).is_none() {
            self.parts.push((thing, part.to_owned()));
        }
    }

    /// What a segment of a path announces: the one behind it, mostly.
    fn segment(&mut self, segment: &str, behind: &[&str]) {
        let Some(next) = behind.first() else { return };
        let is_number = next.bytes().all(|b| b.is_ascii_digit());
        match segment {
            "browse" | "issues" if is_issue(next) => {
                self.add(Thing::Issue, next);
                self.add(Thing::Project, next.split('-').next().unwrap_or_default());
            }
            "browse" | "projects" | "project" => self.add(Thing::Project, next),
            "boards" if is_number => self.add(Thing::Board, next),
            "spaces" | "display" => self.add(Thing::Space, next),
            "x" if behind.len() == 1 => {
                if let Some(id) = page_of_short_link(next) {
                    self.add(Thing::Page, &id.to_string());
                }
            }
            // `/blog/2027/03/01/98505/Title`
            "blog" => {
                let number = behind.get(3).unwrap_or(next);
                if number.bytes().all(|b| b.is_ascii_digit()) {
                    self.add(Thing::Page, number);
                }
            }
            "pages" | "edit-v2" if is_number => self.add(Thing::Page, next),
            "portal" if is_number => {
                self.add(Thing::ServiceDesk, next);
                if let Some(request) = behind.get(1).filter(|key| is_issue(key)) {
                    self.add(Thing::Issue, request);
                }
            }
            _ => {}
        }
    }

    /// `/<workspace>/<repository>/pull-requests/<number>/…`
    fn bitbucket(&mut self, segments: &[&str]) {
        let segments = match segments {
            ["2.0", "repositories", rest @ ..] => rest,
            other => other,
        };
        if let [workspace, rest @ ..] = segments {
            self.add(Thing::Workspace, workspace);
            if let [repository, rest @ ..] = rest {
                self.add(Thing::Repository, &format!("{workspace}/{repository}"));
                match rest {
                    ["pull-requests" | "pullrequests", number, ..] => {
                        self.add(Thing::PullRequest, number);
                    }
                    ["commits" | "commit", hash, ..] => self.add(Thing::Commit, hash),
                    ["pipelines", "results", number, ..] => self.add(Thing::Pipeline, number),
                    _ => {}
                }
            }
        }
    }

    /// The same where something else stands for Bitbucket.
    fn bitbucket_below_a_context(&mut self, segments: &[&str]) {
        let at = segments
            .iter()
            .position(|segment| BITBUCKET_PAGES.contains(segment));
        if let Some(at) = at
            && at >= 2
        {
            self.bitbucket(&segments[at - 2..]);
        }
    }
}

/// `00000000-0000-4000-8000-000000000000`.
fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}

/// `DEV-1`.
fn is_issue(text: &str) -> bool {
    text.rsplit_once('-').is_some_and(|(project, number)| {
        project
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_')
            && project.starts_with(|c: char| c.is_ascii_alphabetic())
            && !number.is_empty()
            && number.bytes().all(|b| b.is_ascii_digit())
    })
}

/// The id of the page that a short link (`/x/AQAB`) names: Base64 of its bytes, the lowest first, without the zeros at the
/// end. Confluence swaps the two characters that RFC 4648, 5 gives to `+` and `/`.
fn page_of_short_link(code: &str) -> Option<u64> {
    let mut id: u64 = 0;
    for (place, c) in code.bytes().enumerate() {
        let six = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'_' => 62,
            b'-' => 63,
            _ => return None,
        };
        // the highest of the 6 bits are the first ones of the stream of bytes
        for bit in 0..6 {
            let at = place * 6 + bit;
            let is_set = six >> (5 - bit) & 1 == 1;
            if is_set {
                let shift = u32::try_from(at / 8 * 8 + 7 - at % 8).ok()?;
                id |= 1_u64.checked_shl(shift)?;
            }
        }
    }
    (id > 0).then_some(id)
}

fn decoded(segment: &str) -> String {
    let value = segment.replace('+', "%2B").replace('&', "%26");
    url::form_urlencoded::parse(format!("x={value}").as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_what_they_show() {
        for (text, thing, part) in [
            (
                "https://acme.atlassian.net/browse/DEV-1?focusedId=2",
                Thing::Issue,
                Some("DEV-1"),
            ),
            (
                "https://acme.atlassian.net/jira/software/projects/DEV/boards/7?selectedIssue=DEV-3",
                Thing::Issue,
                Some("DEV-3"),
            ),
            (
                "https://acme.atlassian.net/jira/software/c/projects/DEV/boards/7",
                Thing::Board,
                Some("7"),
            ),
            (
                "https://acme.atlassian.net/projects/DEV/issues/DEV-9",
                Thing::Issue,
                Some("DEV-9"),
            ),
            (
                "https://acme.atlassian.net/browse/DEV-1",
                Thing::Project,
                Some("DEV"),
            ),
            (
                "https://acme.atlassian.net/servicedesk/customer/portal/2/HELP-4",
                Thing::Issue,
                Some("HELP-4"),
            ),
            (
                "https://acme.atlassian.net/servicedesk/customer/portal/2",
                Thing::ServiceDesk,
                Some("2"),
            ),
        ] {
            assert_eq!(WebAddress::read(text).part(thing), part, "{text}");
        }
    }

    #[test]
    fn addresses_of_confluence_name_pages_by_number_title_or_short_link() {
        for (text, thing, part) in [
            (
                "https://acme.atlassian.net/wiki/spaces/DOCS/pages/123/A+title",
                Thing::Page,
                Some("123"),
            ),
            (
                "https://acme.atlassian.net/wiki/spaces/DOCS/pages/123/A+title",
                Thing::Space,
                Some("DOCS"),
            ),
            (
                "https://acme.atlassian.net/wiki/spaces/DOCS/pages/edit-v2/123",
                Thing::Page,
                Some("123"),
            ),
            (
                "https://wiki.acme.example/pages/viewpage.action?pageId=5",
                Thing::Page,
                Some("5"),
            ),
            (
                "https://wiki.acme.example/display/~me/Title",
                Thing::Space,
                Some("~me"),
            ),
            (
                "https://wiki.acme.example/display/DOCS/The+countdown%21",
                Thing::Page,
                Some("DOCS/The countdown!"),
            ),
            ("https://wiki.acme.example/display/DOCS", Thing::Page, None),
            (
                "https://wiki.acme.example/pages/viewpage.action?spaceKey=DOCS&title=A+%26+B",
                Thing::Page,
                Some("DOCS/A & B"),
            ),
            (
                "https://wiki.acme.example/x/LIQHD",
                Thing::Page,
                Some("201819180"),
            ),
            (
                "https://acme.atlassian.net/wiki/x/AYABAQ",
                Thing::Page,
                Some("16875521"),
            ),
            (
                "https://acme.atlassian.net/wiki/spaces/DOCS/blog/2027/03/01/98505/A+title",
                Thing::Page,
                Some("98505"),
            ),
            ("https://acme.atlassian.net/wiki/home", Thing::Page, None),
        ] {
            assert_eq!(WebAddress::read(text).part(thing), part, "{text}");
        }
    }

    #[test]
    fn pages_of_bitbucket_name_their_repository_too() {
        for (text, thing, part) in [
            (
                "https://bitbucket.org/acme/rocket/pull-requests/5/diff",
                Thing::PullRequest,
                Some("5"),
            ),
            (
                "https://bitbucket.org/acme/rocket/src/main/",
                Thing::Repository,
                Some("acme/rocket"),
            ),
            (
                "http://127.0.0.1:1/b/acme/rocket/pull-requests/5",
                Thing::Repository,
                Some("acme/rocket"),
            ),
            (
                "https://bitbucket.org/acme/rocket/commits/0a1b2c3",
                Thing::Commit,
                Some("0a1b2c3"),
            ),
            (
                "https://bitbucket.org/acme/rocket/pipelines/results/12/steps/{5}",
                Thing::Pipeline,
                Some("12"),
            ),
        ] {
            let address = WebAddress::read(text);
            assert_eq!(address.part(thing), part, "{text}");
            assert_eq!(address.part(Thing::Repository), Some("acme/rocket"));
            assert_eq!(address.part(Thing::Workspace), Some("acme"));
        }
    }

    #[test]
    fn keys_get_the_form_that_servers_take() {
        let uuid = "00000000-0000-4000-8000-000000000007";
        for (thing, typed, key) in [
            (Thing::Issue, "dev-1", "DEV-1"),
            (Thing::PullRequest, "#5", "5"),
            (Thing::Pipeline, "#12", "12"),
            (Thing::Pipeline, uuid, &format!("{{{uuid}}}")),
            (Thing::Commit, "#0a1b2c3", "#0a1b2c3"),
        ] {
            assert_eq!(normal(thing, typed.to_owned()), key);
        }
    }
}
