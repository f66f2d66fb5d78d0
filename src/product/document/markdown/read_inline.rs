//! The running text of Markdown, event by event, goes in; inlines come out.

use super::super::inlines::normalised;
use super::super::tree::{Inline, Marks};
use super::html::{self, Mark, Tag};
use super::link;
use pulldown_cmark::{Event, LinkType, Tag as Start, TagEnd};

/// Running text as far as it was read.
#[derive(Default)]
pub(super) struct Line {
    inlines: Vec<Inline>,
    marks: [u32; 3],
    /// Open links and pictures: where they lead, and where their text begins.
    targets: Vec<Target>,
}

struct Target {
    url: String,
    from: usize,
    is_image: bool,
    is_automatic: bool,
}

const MARKS: [Mark; 3] = [Mark::Strong, Mark::Emphasis, Mark::Strike];

impl Line {
    /// What was read. The next line begins.
    pub(super) fn take(&mut self) -> Vec<Inline> {
        while !self.targets.is_empty() {
            self.close_target();
        }
        self.marks = [0; 3];
        normalised(linked(normalised(std::mem::take(&mut self.inlines))))
    }

    /// Adds a text as it is.
    pub(super) fn push_text(&mut self, text: &str) {
        let marks = self.current(false);
        self.inlines.push(Inline::Text {
            text: text.to_owned(),
            marks,
        });
    }

    /// Takes an event of running text.
    pub(super) fn take_event(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(text) => self.push_text(text),
            Event::Code(text) => {
                let marks = self.current(true);
                self.inlines.push(Inline::Text {
                    text: text.to_string(),
                    marks,
                });
            }
            Event::SoftBreak => self.push_text(" "),
            Event::HardBreak => self.inlines.push(Inline::Break),
            Event::InlineHtml(text) | Event::Html(text) => match html::tag(text) {
                Some(Tag::Break) => self.inlines.push(Inline::Break),
                Some(Tag::Mark { mark, opens }) => self.mark(mark, opens),
                None => self.push_text(text),
            },
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => match tag {
                TagEnd::Strong => self.mark(Mark::Strong, false),
                TagEnd::Emphasis => self.mark(Mark::Emphasis, false),
                TagEnd::Strikethrough => self.mark(Mark::Strike, false),
                TagEnd::Link | TagEnd::Image => self.close_target(),
                _ => {}
            },
            Event::TaskListMarker(done) => self.push_text(if *done { "[x] " } else { "[ ] " }),
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.push_text(text);
            }
            Event::Rule => {}
        }
    }

    fn start(&mut self, tag: &Start<'_>) {
        let (url, is_image, is_automatic) = match tag {
            Start::Strong => return self.mark(Mark::Strong, true),
            Start::Emphasis => return self.mark(Mark::Emphasis, true),
            Start::Strikethrough => return self.mark(Mark::Strike, true),
            Start::Link {
                dest_url,
                link_type,
                ..
            } => match link_type {
                LinkType::Email => (format!("mailto:{dest_url}"), false, false),
                LinkType::Autolink => (dest_url.to_string(), false, true),
                _ => (dest_url.to_string(), false, false),
            },
            Start::Image { dest_url, .. } => (dest_url.to_string(), true, false),
            _ => return,
        };
        self.targets.push(Target {
            url,
            from: self.inlines.len(),
            is_image,
            is_automatic,
        });
    }

    fn mark(&mut self, mark: Mark, opens: bool) {
        for (open, known) in self.marks.iter_mut().zip(MARKS) {
            if known == mark {
                *open = if opens {
                    open.saturating_add(1)
                } else {
                    open.saturating_sub(1)
                };
            }
        }
    }

    fn current(&self, code: bool) -> Marks {
        let [strong, emphasis, strike] = self.marks.map(|open| open > 0);
        Marks {
            link: None,
            strong,
            emphasis,
            strike,
            code,
        }
    }

    /// The link or picture that was opened last ends: its text becomes what it stands for.
    fn close_target(&mut self) {
        let Some(target) = self.targets.pop() else {
            return;
        };
        let inside = &self.inlines[target.from.min(self.inlines.len())..];
        let text = plain(inside);
        let whole = if target.is_image {
            Inline::Image(link::image(&target.url, text))
        } else if target.is_automatic && target.url.starts_with("accountid:") {
            link::special(&target.url, "").unwrap_or_else(|| Inline::plain(text))
        } else if target.is_automatic {
            Inline::Card(target.url)
        } else if let Some(special) = link::special(&target.url, text.trim()) {
            special
        } else {
            return self.set_link(&target);
        };
        self.inlines.truncate(target.from);
        self.inlines.push(whole);
    }

    fn set_link(&mut self, target: &Target) {
        let url = &target.url;
        let mut is_seen = url.is_empty();
        for inline in &mut self.inlines[target.from..] {
            if let Inline::Text { text, marks } = inline {
                marks.link.get_or_insert_with(|| url.clone());
                is_seen |= !text.is_empty();
                if url.is_empty() {
                    marks.link = None;
                }
            }
        }
        if !is_seen {
            let mut marks = self.current(false);
            marks.link = Some(url.clone());
            self.inlines.push(Inline::Text {
                text: url.clone(),
                marks,
            });
        }
    }
}

/// The text of inlines, without what it looks like.
pub(super) fn plain(inlines: &[Inline]) -> String {
    let mut result = String::new();
    for inline in inlines {
        match inline {
            Inline::Text { text, .. }
            | Inline::Emoji { text, .. }
            | Inline::Status { text, .. } => result.push_str(text),
            Inline::Mention(mention) => result.push_str(&format!("@{}", mention.name)),
            Inline::Break => result.push(' '),
            Inline::Date(day) => result.push_str(&day.to_string()),
            Inline::Card(url) => result.push_str(url),
            Inline::Image(image) => result.push_str(image.caption()),
            Inline::Unknown { name, text } => {
                result.push_str(&super::super::inlines::unknown(name, text));
            }
        }
    }
    result.split(['\n', '\r']).collect::<Vec<_>>().join(" ")
}

/// Addresses in plain text become links.
fn linked(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut result = Vec::new();
    for inline in inlines {
        match inline {
            Inline::Text { text, marks } if marks.link.is_none() && !marks.code => {
                link_text(&text, &marks, &mut result);
            }
            other => result.push(other),
        }
    }
    result
}

fn link_text(text: &str, marks: &Marks, result: &mut Vec<Inline>) {
    let mut rest = text;
    let mut push = |text: &str, link: Option<&str>| {
        if !text.is_empty() {
            let marks = Marks {
                link: link.map(str::to_owned),
                ..marks.clone()
            };
            result.push(Inline::Text {
                text: text.to_owned(),
                marks,
            });
        }
    };
    while let Some((at, length)) = address(rest) {
        let (before, from) = rest.split_at(at);
        let (url, behind) = from.split_at(length);
        push(before, None);
        push(url, Some(url));
        rest = behind;
    }
    push(rest, None);
}

/// Where the first address stands in a text, and how long it is. What closes a sentence is no part of it.
pub(super) fn address(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(found) = text[from..].find("http") {
        let at = from + found;
        let is_inside = text[..at].ends_with(char::is_alphanumeric);
        let host = ["https://", "http://"]
            .into_iter()
            .find_map(|scheme| text[at..].strip_prefix(scheme));
        from = at + "http".len();
        let is_address = |host: &&str| !is_inside && host.starts_with(char::is_alphanumeric);
        let Some(host) = host.filter(is_address) else {
            continue;
        };
        let end = host
            .find(|c: char| c.is_whitespace() || c.is_control() || "<>\"|".contains(c))
            .unwrap_or(host.len());
        let mut kept = &host[..end];
        let opened = kept.matches('(').count();
        let mut closed = kept.matches(')').count();
        loop {
            let sign = kept.strip_suffix(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '~', ']']);
            if let Some(shorter) = sign {
                kept = shorter;
            } else if let Some(shorter) = kept.strip_suffix(')').filter(|_| closed > opened) {
                kept = shorter;
                closed -= 1;
            } else {
                break;
            }
        }
        return Some((at, text[at..].len() - host.len() + kept.len()));
    }
    None
}
