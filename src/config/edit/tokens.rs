//! The text as a chain of tokens that loses nothing: what `toml_parser` tells of a valid text goes in; tokens can be
//! put between others and taken out; joined again they are the edited text. Tokens that nobody touched come out
//! byte for byte.

use crate::config::scan;
use std::borrow::Cow;
use std::ops::Range;
use toml_parser::Source;
use toml_parser::parser::{Event, EventKind, parse_document, parse_value};

/// A token's place in the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TokenId(usize);

/// Both ends of the chain, which is a ring: before the first token, and behind the last.
pub(super) const EDGE: TokenId = TokenId(0);

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Edge,
    /// A byte order mark.
    Mark,
    /// Spaces and tabs.
    Blank,
    Newline,
    /// From `#` to the end of its line.
    Comment,
    /// One segment of a key.
    Key,
    /// The dot between the segments of a key.
    Dot,
    /// The sign between a key and its value.
    Equals,
    Comma,
    HeaderOpen,
    ArrayHeaderOpen,
    HeaderClose,
    ArrayOpen,
    ArrayClose,
    InlineOpen,
    InlineClose,
    /// Any other value.
    Scalar,
}

impl From<EventKind> for Kind {
    fn from(kind: EventKind) -> Self {
        match kind {
            EventKind::StdTableOpen => Self::HeaderOpen,
            EventKind::ArrayTableOpen => Self::ArrayHeaderOpen,
            EventKind::StdTableClose | EventKind::ArrayTableClose => Self::HeaderClose,
            EventKind::InlineTableOpen => Self::InlineOpen,
            EventKind::InlineTableClose => Self::InlineClose,
            EventKind::ArrayOpen => Self::ArrayOpen,
            EventKind::ArrayClose => Self::ArrayClose,
            EventKind::SimpleKey => Self::Key,
            EventKind::KeySep => Self::Dot,
            EventKind::KeyValSep => Self::Equals,
            EventKind::ValueSep => Self::Comma,
            EventKind::Whitespace => Self::Blank,
            EventKind::Comment => Self::Comment,
            EventKind::Newline => Self::Newline,
            // there is none of the latter in a valid text
            EventKind::Scalar | EventKind::Error => Self::Scalar,
        }
    }
}

#[derive(Debug)]
struct Token<'t> {
    text: Cow<'t, str>,
    kind: Kind,
    /// Byte offset in the original text, if it comes from there.
    offset: Option<usize>,
    taken_out: bool,
    previous: TokenId,
    next: TokenId,
}

/// The chain.
#[derive(Debug)]
pub(super) struct Tokens<'t> {
    /// In the order in which they came.
    tokens: Vec<Token<'t>>,
    /// The token in which the first line ends, once it was looked for. What is put in above ends its lines alike.
    first_line_end: TokenId,
}

impl<'t> Tokens<'t> {
    /// The tokens of a whole text, which has to be valid.
    pub(super) fn new(text: &'t str) -> Self {
        let edge = Token {
            text: Cow::Borrowed(""),
            kind: Kind::Edge,
            offset: None,
            taken_out: false,
            previous: EDGE,
            next: EDGE,
        };
        let mut chain = Self {
            tokens: vec![edge],
            first_line_end: EDGE,
        };
        let mut end = 0;
        let mut receiver = |event: Event| {
            let span = event.span();
            // only the byte order mark is told in no event
            chain.put_original(text, end..span.start(), Kind::Mark);
            chain.put_original(text, span.start()..span.end(), event.kind().into());
            end = span.end();
        };
        parse_document(&Source::new(text).lex().into_vec(), &mut receiver, &mut ());
        chain.put_original(text, end..text.len(), Kind::Mark);
        chain
    }

    fn put_original(&mut self, text: &'t str, range: Range<usize>, kind: Kind) {
        if !range.is_empty() {
            let offset = range.start;
            let token = self.put_before(EDGE, kind, Cow::Borrowed(&text[range]));
            self.tokens[token.0].offset = Some(offset);
        }
    }

    pub(super) fn kind(&self, token: TokenId) -> Kind {
        self.tokens[token.0].kind
    }

    pub(super) fn text(&self, token: TokenId) -> &str {
        &self.tokens[token.0].text
    }

    /// The text of a key, as the original text lends it where it can.
    pub(super) fn shared_text(&self, token: TokenId) -> Cow<'t, str> {
        self.tokens[token.0].text.clone()
    }

    pub(super) fn next(&self, token: TokenId) -> TokenId {
        self.tokens[token.0].next
    }

    pub(super) fn previous(&self, token: TokenId) -> TokenId {
        self.tokens[token.0].previous
    }

    /// Whether the token is still in the chain.
    pub(super) fn is_in(&self, token: TokenId) -> bool {
        !self.tokens[token.0].taken_out
    }

    /// The first token from here on, itself included, that is none of these.
    pub(super) fn skip(&self, mut token: TokenId, kinds: &[Kind]) -> TokenId {
        while kinds.contains(&self.kind(token)) {
            token = self.next(token);
        }
        token
    }

    /// The same towards the start of the text.
    pub(super) fn skip_back(&self, mut token: TokenId, kinds: &[Kind]) -> TokenId {
        while kinds.contains(&self.kind(token)) {
            token = self.previous(token);
        }
        token
    }

    /// The blanks that a token has before it at the start of its line.
    pub(super) fn indentation(&self, token: TokenId) -> String {
        let start = self.skip_back(self.previous(token), &[Kind::Blank]);
        let mut blanks = String::new();
        let mut blank = self.next(start);
        while blank != token {
            blanks.push_str(self.text(blank));
            blank = self.next(blank);
        }
        blanks
    }

    /// The text from one token to another, both included.
    pub(super) fn text_of(&self, first: TokenId, last: TokenId) -> String {
        let mut text = String::new();
        let mut token = first;
        loop {
            text.push_str(self.text(token));
            if token == last {
                return text;
            }
            token = self.next(token);
        }
    }

    /// Byte offset in the original text, if the token comes from there.
    pub(super) fn offset(&self, token: TokenId) -> Option<usize> {
        self.tokens[token.0].offset
    }

    /// A new token before that one.
    pub(super) fn put_before(&mut self, next: TokenId, kind: Kind, text: Cow<'t, str>) -> TokenId {
        let token = TokenId(self.tokens.len());
        let previous = self.previous(next);
        self.tokens.push(Token {
            text,
            kind,
            offset: None,
            taken_out: false,
            previous,
            next,
        });
        self.tokens[previous.0].next = token;
        self.tokens[next.0].previous = token;
        token
    }

    /// New tokens of this value (on one line, and valid) before that token: the first of them.
    pub(super) fn put_value_before(&mut self, next: TokenId, value: &str) -> TokenId {
        let before = self.previous(next);
        if scan::is_plain_value(value) {
            return self.put_before(next, Kind::Scalar, Cow::Owned(value.to_string()));
        }
        let mut receiver = |event: Event| {
            let text = value[event.span().start()..event.span().end()].to_string();
            self.put_before(next, event.kind().into(), Cow::Owned(text));
        };
        parse_value(&Source::new(value).lex().into_vec(), &mut receiver, &mut ());
        self.next(before)
    }

    /// Takes out all tokens from one to another, both included.
    pub(super) fn take_out(&mut self, first: TokenId, last: TokenId) {
        self.take_out_between(self.previous(first), self.next(last));
    }

    /// Takes out all tokens between one and another.
    pub(super) fn take_out_between(&mut self, left: TokenId, right: TokenId) {
        let mut token = self.next(left);
        while token != right {
            self.tokens[token.0].taken_out = true;
            token = self.next(token);
        }
        self.tokens[left.0].next = right;
        self.tokens[right.0].previous = left;
    }

    /// Gives a token another text in its place.
    pub(super) fn rewrite(&mut self, token: TokenId, text: String) {
        self.tokens[token.0].text = Cow::Owned(text);
    }

    /// The line end that the text uses: that of its first line.
    pub(super) fn newline(&mut self) -> &'static str {
        let mut token = self.first_line_end;
        if !self.is_in(token) || token == EDGE {
            token = self.next(EDGE);
            while token != EDGE && first_newline(self.text(token)).is_none() {
                token = self.next(token);
            }
            self.first_line_end = token;
        }
        first_newline(self.text(token)).unwrap_or("\n")
    }

    /// The text as it is now.
    pub(super) fn join(&self) -> String {
        if self.next(EDGE) == EDGE {
            String::new()
        } else {
            self.text_of(self.next(EDGE), self.previous(EDGE))
        }
    }
}

/// The line end of the first line, if there is more than one line.
pub(super) fn first_newline(text: &str) -> Option<&'static str> {
    let at = text.find('\n')?;
    Some(if text[..at].ends_with('\r') {
        "\r\n"
    } else {
        "\n"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\u{feff}# one\r\n a . 'b' = { c = [1, # two\r\n 2] }\r\n[[ d ]] # three";

    #[test]
    fn nothing_is_lost() {
        for text in [TEXT, "", "\u{feff}", "\n\n", " \t"] {
            assert_eq!(Tokens::new(text).join(), text);
        }
    }

    #[test]
    fn tokens_know_where_they_stood() {
        let mut tokens = Tokens::new(TEXT);
        let key = tokens.skip(
            tokens.next(EDGE),
            &[Kind::Mark, Kind::Comment, Kind::Newline, Kind::Blank],
        );
        assert_eq!(
            (tokens.text(key), tokens.offset(key)),
            ("a", TEXT.find('a'))
        );
        let new = tokens.put_before(key, Kind::Key, Cow::Borrowed("x"));
        assert_eq!(tokens.offset(new), None);
    }

    #[test]
    fn tokens_are_taken_out_and_put_in() {
        let mut tokens = Tokens::new("a = 1");
        let value = tokens.previous(EDGE);
        let first = tokens.put_value_before(value, "{ b = [2, 3] }");
        tokens.take_out(value, value);
        assert!(!tokens.is_in(value) && tokens.is_in(first));
        assert_eq!(
            (tokens.kind(first), tokens.kind(tokens.previous(EDGE))),
            (Kind::InlineOpen, Kind::InlineClose)
        );
        assert_eq!(tokens.join(), "a = { b = [2, 3] }");
        tokens.take_out(tokens.next(EDGE), tokens.previous(EDGE));
        assert_eq!(tokens.join(), "");
    }

    #[test]
    fn the_first_line_tells_the_line_end() {
        assert_eq!(Tokens::new(TEXT).newline(), "\r\n");
        assert_eq!(Tokens::new("a = 1\nb = 2\r\n").newline(), "\n");
        assert_eq!(Tokens::new("a = \"\"\"\r\n\"\"\"").newline(), "\r\n");
        assert_eq!(Tokens::new("").newline(), "\n");
    }
}
