//! The pass itself: bytes in, through TOML's grammar (<https://toml.io/en/v1.0.0>, and inline tables over many lines
//! as 1.1 has them); names to [`Names`], spans to the visitor, and what was found out.

use super::lexis::{self, BARE, BASIC, COMMENT, LITERAL};
use super::names::{self, Clash, Names};
use super::strings::{self, Quoted};
use super::{Found, Look, Place, Unsure, Visitor, segments};
use std::ops::Range;
use toml_parser::decoder::Encoding;

const MARK: &[u8] = b"\xEF\xBB\xBF";
/// Below the depth at which `toml_edit` refuses (80).
const DEEPEST: usize = 40;

pub(super) struct Pass<'a, V> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    names: Names,
    visitor: &'a mut V,
    wanted: &'a [&'a str],
    /// Hashes of the wanted keys, and of the header above them.
    target: Option<u64>,
    parent: Option<u64>,
    /// The key of the header that was read last.
    header: Range<usize>,
    /// That header lies in an array of tables: no keys lead there.
    in_element: bool,
    /// The keys that are open: of a pair, and of pairs in its inline tables.
    keys: Vec<Range<usize>>,
    /// How many arrays are open.
    arrays: usize,
    /// How many arrays and inline tables are open.
    depth: usize,
    found: Option<Range<usize>>,
    /// The body that is being read is that of the table above the wanted keys.
    in_parent: bool,
    /// The last line of that body.
    last: Option<Range<usize>>,
}

impl<'a, V: Visitor> Pass<'a, V> {
    pub(super) fn new(text: &'a str, wanted: &'a [&'a str], visitor: &'a mut V) -> Self {
        let above = &wanted[..wanted.len().saturating_sub(1)];
        Self {
            text,
            bytes: text.as_bytes(),
            at: 0,
            names: Names::new(text.len()),
            visitor,
            wanted,
            target: (!wanted.is_empty()).then(|| names::path(wanted)),
            parent: (!above.is_empty()).then(|| names::path(above)),
            header: 0..0,
            in_element: false,
            keys: Vec::new(),
            arrays: 0,
            depth: 0,
            found: None,
            in_parent: wanted.len() == 1,
            last: None,
        }
    }

    pub(super) fn run(mut self) -> Result<Found, Unsure> {
        self.document()?;
        self.names.settle()?;
        let clash = |clash: Clash| clash.at(self.at);
        let look = match self.found {
            Some(value) => Look::Value(value),
            None if self.target.is_some() && self.names.knows(self.wanted).map_err(clash)? => {
                return Err(Unsure::Section);
            }
            None => Look::Absent,
        };
        let above = &self.wanted[..self.wanted.len().saturating_sub(1)];
        let place = match self.last {
            Some(last) => Place::Line(last),
            None if self.names.takes_table(above).map_err(clash)? => Place::NewTable,
            None => Place::Ask,
        };
        Ok(Found { look, place })
    }

    fn document(&mut self) -> Result<(), Unsure> {
        if self.bytes.starts_with(MARK) {
            self.at = MARK.len();
        }
        while self.at < self.bytes.len() {
            self.blanks();
            match self.peek() {
                b'#' | b'\n' | b'\r' | 0 => {}
                b'[' => self.table()?,
                _ => self.pair()?,
            }
            self.line_end()?;
        }
        Ok(())
    }

    /// The byte here; 0 at the end, as a NUL in the text is never valid either.
    #[inline]
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    #[inline]
    fn blanks(&mut self) {
        while matches!(self.peek(), b' ' | b'\t') {
            self.at += 1;
        }
    }

    #[inline]
    fn run_of(&mut self, class: u8) {
        while self
            .bytes
            .get(self.at)
            .is_some_and(|&byte| lexis::is(byte, class))
        {
            self.at += 1;
        }
    }

    #[cold]
    fn syntax(&self) -> Unsure {
        Unsure::Syntax { offset: self.at }
    }

    #[inline]
    fn expect(&mut self, byte: u8) -> Result<(), Unsure> {
        if self.peek() != byte {
            return Err(self.syntax());
        }
        self.at += 1;
        Ok(())
    }

    /// White space, a comment, and the end of the line or of the text.
    #[inline]
    fn line_end(&mut self) -> Result<(), Unsure> {
        self.blanks();
        if self.peek() == b'#' {
            self.run_of(COMMENT);
        }
        match self.peek() {
            b'\n' => self.at += 1,
            b'\r' if self.bytes.get(self.at + 1) == Some(&b'\n') => self.at += 2,
            _ if self.at == self.bytes.len() => {}
            _ => return Err(self.syntax()),
        }
        Ok(())
    }

    /// White space, comments and line ends, as they may stand between the parts of arrays and inline tables.
    fn lines(&mut self) -> Result<(), Unsure> {
        loop {
            self.blanks();
            match self.peek() {
                b'#' | b'\n' | b'\r' => self.line_end()?,
                _ => return Ok(()),
            }
        }
    }

    #[inline]
    fn table(&mut self) -> Result<(), Unsure> {
        let start = self.at;
        self.at += 1;
        let array = self.peek() == b'[';
        self.at += usize::from(array);
        self.names.begin_header();
        self.in_element = array;
        self.blanks();
        let key = self.at;
        loop {
            let segment = self.segment()?;
            self.in_element |= self
                .names
                .header_segment(segment)
                .map_err(|clash| clash.at(self.at))?;
            self.header = key..self.at;
            self.blanks();
            if self.peek() != b'.' {
                break;
            }
            self.at += 1;
            self.blanks();
        }
        self.expect(b']')?;
        if array {
            self.expect(b']')?;
        }
        let path = self.names.end_header(array, self.at)?;
        self.in_parent = self.parent == Some(path) && self.spells(self.wanted.len() - 1);
        if self.in_parent {
            self.last = Some(start..self.at);
        }
        self.visitor.table(self.header.clone(), array)
    }

    #[inline]
    fn pair(&mut self) -> Result<(), Unsure> {
        self.names.begin_key();
        let start = self.at;
        let end = loop {
            let segment = self.segment()?;
            self.names
                .key_segment(segment)
                .map_err(|clash| clash.at(self.at))?;
            let end = self.at;
            self.blanks();
            if self.peek() != b'.' {
                break end;
            }
            self.at += 1;
            self.blanks();
        };
        self.expect(b'=')?;
        self.blanks();
        let path = self.names.end_key(self.at)?;
        self.keys.push(start..end);
        let wanted =
            self.target == Some(path) && self.arrays == 0 && self.spells(self.wanted.len());
        let value = self.at;
        self.value()?;
        if wanted {
            self.found = Some(value..self.at);
        }
        self.keys.pop();
        if self.depth > 0 {
            return Ok(());
        }
        if self.in_parent {
            self.last = Some(start..self.at);
        }
        self.visitor.pair(start..end, value..self.at)
    }

    /// The hash says that these are the first of the wanted keys; so must the names themselves.
    #[cold]
    fn spells(&self, count: usize) -> bool {
        let header = Some(&self.header).filter(|header| !header.is_empty());
        let spelled = header.into_iter().chain(&self.keys);
        !self.in_element
            && spelled
                .flat_map(|key| segments(&self.text[key.clone()]).map(|(name, _)| name))
                .eq(self.wanted[..count].iter().copied())
    }

    /// One segment of a key: the hash of its decoded name.
    #[inline]
    fn segment(&mut self) -> Result<u64, Unsure> {
        let start = self.at;
        let (class, quote) = match self.peek() {
            b'"' => (BASIC, b'"'),
            b'\'' => (LITERAL, b'\''),
            _ => {
                self.run_of(BARE);
                let bare = &self.bytes[start..self.at];
                return if bare.is_empty() {
                    Err(self.syntax())
                } else {
                    Ok(names::hash(bare))
                };
            }
        };
        self.at += 1;
        self.run_of(class);
        if self.peek() == b'\\' {
            self.at = start;
            let quoted = self.odd_string()?;
            return match quoted.encoding {
                Encoding::BasicString => Ok(names::hash(quoted.decoded.as_bytes())),
                _ => Err(self.syntax()),
            };
        }
        self.expect(quote)?;
        Ok(names::hash(&self.bytes[start + 1..self.at - 1]))
    }

    #[inline]
    fn value(&mut self) -> Result<(), Unsure> {
        match self.peek() {
            b'"' => self.string(),
            b'\'' => self.odd_string().map(|_| ()),
            b'[' => self.nested(Self::array),
            b'{' => self.nested(Self::inline_table),
            _ => self.scalar(),
        }
    }

    #[inline]
    fn string(&mut self) -> Result<(), Unsure> {
        let start = self.at;
        self.at += 1;
        self.run_of(BASIC);
        // an empty string, if no third quote makes it the start of a string over many lines
        let empty = self.at == start + 1;
        if self.peek() == b'"' && !(empty && self.bytes.get(self.at + 1) == Some(&b'"')) {
            self.at += 1;
            return Ok(());
        }
        self.at = start;
        self.odd_string().map(|_| ())
    }

    #[inline]
    fn scalar(&mut self) -> Result<(), Unsure> {
        let start = self.at;
        while !matches!(
            self.peek(),
            0 | b' ' | b'\t' | b'\n' | b'\r' | b',' | b']' | b'}' | b'#'
        ) {
            self.at += 1;
        }
        if lexis::is_plain_scalar(&self.bytes[start..self.at]) {
            return Ok(());
        }
        let scalar = &self.text[start..self.at];
        // a byte order mark at the start of a fragment is skipped by the lexer, though only the file's may be there
        if scalar.as_bytes().starts_with(MARK) || scalar.parse::<toml_edit::Value>().is_err() {
            return Err(self.syntax());
        }
        Ok(())
    }

    /// A string with escapes, a literal one, or one over many lines.
    #[cold]
    fn odd_string(&mut self) -> Result<Quoted<'a>, Unsure> {
        let quoted = strings::read(&self.text[self.at..]).ok_or_else(|| self.syntax())?;
        self.at += quoted.length;
        Ok(quoted)
    }

    fn nested(
        &mut self,
        inside: impl FnOnce(&mut Self) -> Result<(), Unsure>,
    ) -> Result<(), Unsure> {
        if self.depth == DEEPEST {
            return Err(Unsure::Deep);
        }
        self.depth += 1;
        self.at += 1;
        self.names.open();
        inside(self)?;
        self.names.close();
        self.at += 1;
        self.depth -= 1;
        Ok(())
    }

    fn array(&mut self) -> Result<(), Unsure> {
        self.arrays += 1;
        let mut index = 0;
        loop {
            self.lines()?;
            if self.peek() == b']' {
                break;
            }
            self.names.element(index);
            index += 1;
            self.value()?;
            self.lines()?;
            match self.peek() {
                b',' => self.at += 1,
                b']' => break,
                _ => return Err(self.syntax()),
            }
        }
        self.arrays -= 1;
        Ok(())
    }

    fn inline_table(&mut self) -> Result<(), Unsure> {
        loop {
            self.lines()?;
            if self.peek() == b'}' {
                return Ok(());
            }
            self.pair()?;
            self.lines()?;
            match self.peek() {
                b',' => self.at += 1,
                b'}' => return Ok(()),
                _ => return Err(self.syntax()),
            }
        }
    }
}
