//! Bytes that a terminal sends go in, keys come out.
//!
//! A sequence is a key or nothing: no part of one is ever taken for typed text, which is why this is not left to
//! `console`, whose reader types the end of every sequence that it does not know, the markers around a paste
//! among them. Sequences are those of xterm's `ctlseqs` document and of the Linux console (`console_codes(4)`).

use super::keys::Key;
use zeroize::Zeroizing;

/// In bytes. More than a terminal's queue holds, so that a paste is few reads.
const BUFFER: usize = 4096;

/// In bytes. Longer than any sequence of a key; what is longer is none.
const LONGEST_SEQUENCE: usize = 32;

const ESCAPE: u8 = 0x1b;

/// Takes bytes as they come and gives keys when they are complete. What passes through may be a secret: it is
/// overwritten when this is dropped, and never copied.
pub(super) struct Decoder {
    buffer: Zeroizing<Vec<u8>>,
    start: usize,
    end: usize,
    in_paste: bool,
    after_return: bool,
}

/// What the bytes at hand are.
enum Decoded {
    /// A key, and how many bytes it takes.
    Key(Key, usize),
    /// A marker around a paste: whether the paste is on from here, and how many bytes it takes.
    Paste(bool, usize),
    /// The start of something.
    Incomplete,
}

impl Decoder {
    pub(super) fn new() -> Decoder {
        Decoder {
            buffer: Zeroizing::new(vec![0; BUFFER]),
            start: 0,
            end: 0,
            in_paste: false,
            after_return: false,
        }
    }

    /// Where bytes can be put; never empty once [`Decoder::key`] has given `None`.
    pub(super) fn room(&mut self) -> &mut [u8] {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        &mut self.buffer[self.end..]
    }

    /// So many bytes were put there.
    pub(super) fn filled(&mut self, count: usize) {
        self.end += count;
    }

    /// The next complete key.
    pub(super) fn key(&mut self) -> Option<Key> {
        loop {
            let bytes = &self.buffer[self.start..self.end];
            // a line's end of two bytes is one key
            if self.after_return && bytes.first() == Some(&b'\n') {
                self.start += 1;
                self.after_return = false;
                continue;
            }
            match decode(bytes, self.in_paste) {
                Decoded::Incomplete => return None,
                Decoded::Paste(on, length) => {
                    self.in_paste = on;
                    self.start += length;
                }
                Decoded::Key(key, length) => {
                    self.after_return = bytes.first() == Some(&b'\r');
                    self.start += length;
                    return Some(key);
                }
            }
        }
    }

    /// Whether a key is there that more bytes could make another one: Esc, until it is known that nothing follows.
    /// Inside a paste there is always more to come.
    pub(super) fn is_undecided(&self) -> bool {
        !self.in_paste && self.buffer[self.start..self.end].first() == Some(&ESCAPE)
    }

    /// Nothing followed: Esc was Esc, and the start of a sequence is nothing.
    pub(super) fn decide(&mut self) -> Key {
        let alone = self.end - self.start == 1;
        self.start = self.end;
        if alone { Key::Escape } else { Key::Unknown }
    }
}

fn decode(bytes: &[u8], in_paste: bool) -> Decoded {
    match bytes {
        [] => Decoded::Incomplete,
        [ESCAPE, rest @ ..] => match sequence(rest) {
            // an Esc that was pasted is not pressed
            Decoded::Key(_, length) if in_paste => Decoded::Key(Key::Unknown, length + 1),
            Decoded::Key(key, length) => Decoded::Key(key, length + 1),
            Decoded::Paste(on, length) => Decoded::Paste(on, length + 1),
            Decoded::Incomplete => Decoded::Incomplete,
        },
        // whoever is stuck in a paste that never ends can leave
        [0x03, ..] => Decoded::Key(Key::Interrupt, 1),
        [b'\t', ..] if in_paste => Decoded::Key(Key::Pasted(' '), 1),
        [0..=0x1f | 0x7f, ..] if in_paste => Decoded::Key(Key::Unknown, 1),
        [control @ (0..=0x1f | 0x7f), ..] => Decoded::Key(Key::of_control(char::from(*control)), 1),
        _ => match character(bytes) {
            Some((Some(typed), length)) if in_paste => Decoded::Key(Key::Pasted(typed), length),
            Some((Some(typed), length)) => Decoded::Key(Key::Typed(typed), length),
            Some((None, length)) => Decoded::Key(Key::Unknown, length),
            None => Decoded::Incomplete,
        },
    }
}

/// A UTF-8 character and its length; without a character the bytes are none that can be typed. `None` while bytes
/// are missing.
fn character(bytes: &[u8]) -> Option<(Option<char>, usize)> {
    let length = match bytes[0] {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => 1,
    };
    let present = &bytes[..length.min(bytes.len())];
    match std::str::from_utf8(present) {
        Ok(text) => {
            let typed = text.chars().next().filter(|typed| !typed.is_control());
            Some((typed, length))
        }
        Err(error) => error.error_len().map(|wrong| (None, wrong)),
    }
}

/// What follows an Esc.
fn sequence(bytes: &[u8]) -> Decoded {
    match bytes {
        [] | [b'O'] => Decoded::Incomplete,
        [b'[', rest @ ..] => control_sequence(rest),
        [b'O', last, ..] => Decoded::Key(final_key(*last, false), 2),
        [0x7f | 0x08, ..] => Decoded::Key(Key::DeleteWord, 1),
        [b'b', ..] => Decoded::Key(Key::WordLeft, 1),
        [b'f', ..] => Decoded::Key(Key::WordRight, 1),
        // two keys: what follows stands for itself
        [0..=0x1f, ..] => Decoded::Key(Key::Escape, 0),
        // Alt and a character
        _ => match character(bytes) {
            Some((_, length)) => Decoded::Key(Key::Unknown, length),
            None => Decoded::Incomplete,
        },
    }
}

/// What follows `ESC [`; lengths count the bracket.
fn control_sequence(bytes: &[u8]) -> Decoded {
    // function keys of the Linux console
    match bytes {
        [b'['] => return Decoded::Incomplete,
        [b'[', b'A', ..] => return Decoded::Key(Key::Help, 3),
        [b'[', _, ..] => return Decoded::Key(Key::Unknown, 3),
        _ => {}
    }
    let is_inner = |byte: &u8| matches!(byte, 0x20..=0x3f);
    let length = bytes.iter().take_while(|byte| is_inner(byte)).count();
    if length > LONGEST_SEQUENCE {
        return Decoded::Key(Key::Unknown, 1 + length);
    }
    let Some(&last) = bytes.get(length) else {
        return Decoded::Incomplete;
    };
    if !matches!(last, 0x40..=0x7e) {
        // broken off: what broke in stands for itself
        return Decoded::Key(Key::Unknown, 1 + length);
    }
    let whole = length + 2;
    match (last, &bytes[..length]) {
        (b'~', b"200") => Decoded::Paste(true, whole),
        (b'~', b"201") => Decoded::Paste(false, whole),
        (b'~', number) => Decoded::Key(numbered_key(number), whole),
        // Alt is modifier 3, Ctrl is 5
        (_, parameters) => {
            let word = parameters.ends_with(b";3") || parameters.ends_with(b";5");
            Decoded::Key(final_key(last, word), whole)
        }
    }
}

fn numbered_key(number: &[u8]) -> Key {
    match number {
        b"1" | b"7" => Key::Home,
        b"3" => Key::Delete,
        b"4" | b"8" => Key::End,
        b"5" => Key::PageUp,
        b"6" => Key::PageDown,
        b"11" => Key::Help,
        _ => Key::Unknown,
    }
}

fn final_key(last: u8, word: bool) -> Key {
    match last {
        b'A' => Key::Up,
        b'B' => Key::Down,
        b'C' if word => Key::WordRight,
        b'C' => Key::Right,
        b'D' if word => Key::WordLeft,
        b'D' => Key::Left,
        b'F' => Key::End,
        b'H' => Key::Home,
        b'P' => Key::Help,
        _ => Key::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(decoder: &mut Decoder, bytes: &[u8]) -> Vec<Key> {
        decoder.room()[..bytes.len()].copy_from_slice(bytes);
        decoder.filled(bytes.len());
        std::iter::from_fn(|| decoder.key()).collect()
    }

    fn keys(bytes: &[u8]) -> Vec<Key> {
        feed(&mut Decoder::new(), bytes)
    }

    fn text(keys: &[Key]) -> String {
        let characters = keys.iter().filter_map(|key| match key {
            Key::Typed(typed) | Key::Pasted(typed) => Some(*typed),
            _ => None,
        });
        characters.collect()
    }

    #[test]
    fn characters_are_typed_and_control_characters_are_not() {
        assert_eq!(
            keys("aé€😀".as_bytes()),
            ['a', 'é', '€', '😀'].map(Key::Typed)
        );
        assert_eq!(
            keys(b"\x03\x04\x15\x7f\x08\t"),
            [
                Key::Interrupt,
                Key::EndOfInput,
                Key::DeleteToStart,
                Key::Backspace,
                Key::Backspace,
                Key::Tab
            ]
        );
        // a C1 control character, a lone continuation byte, a byte that UTF-8 does not have
        for bytes in ["\u{9b}".as_bytes(), b"\x80", b"\xff"] {
            assert_eq!(keys(bytes), [Key::Unknown]);
        }
    }

    #[test]
    fn a_line_end_of_two_bytes_is_one_enter() {
        assert_eq!(keys(b"\r\n"), [Key::Enter]);
        assert_eq!(keys(b"\n\n"), [Key::Enter, Key::Enter]);
        assert_eq!(keys(b"\r\r\n"), [Key::Enter, Key::Enter]);
        let mut decoder = Decoder::new();
        assert_eq!(feed(&mut decoder, b"\r"), [Key::Enter]);
        assert_eq!(feed(&mut decoder, b"\nx"), [Key::Typed('x')]);
    }

    #[test]
    fn sequences_are_keys() {
        let expected: [(&[u8], Key); 17] = [
            (b"\x1b[A", Key::Up),
            (b"\x1bOB", Key::Down),
            (b"\x1b[C", Key::Right),
            (b"\x1b[D", Key::Left),
            (b"\x1b[1;5C", Key::WordRight),
            (b"\x1bb", Key::WordLeft),
            (b"\x1b[H", Key::Home),
            (b"\x1b[8~", Key::End),
            (b"\x1b[3~", Key::Delete),
            (b"\x1b[5~", Key::PageUp),
            (b"\x1b[6~", Key::PageDown),
            (b"\x1b[[A", Key::Help),
            (b"\x1bOP", Key::Help),
            (b"\x1b[11~", Key::Help),
            (b"\x1b[[B", Key::Unknown),
            (b"\x1b[15;2~", Key::Unknown),
            ("\x1bé".as_bytes(), Key::Unknown),
        ];
        for (bytes, key) in expected {
            assert_eq!(keys(bytes), [key], "{bytes:?}");
            // wherever the bytes are parted, it is the same key
            for cut in 1..bytes.len() {
                let mut decoder = Decoder::new();
                assert_eq!(feed(&mut decoder, &bytes[..cut]), [], "{bytes:?}");
                assert_eq!(feed(&mut decoder, &bytes[cut..]), [key], "{bytes:?}");
            }
        }
    }

    #[test]
    fn escape_is_known_when_nothing_follows() {
        let mut decoder = Decoder::new();
        assert_eq!(feed(&mut decoder, b"\x1b"), []);
        assert!(decoder.is_undecided());
        assert_eq!(decoder.decide(), Key::Escape);
        assert!(!decoder.is_undecided());
        assert_eq!(feed(&mut decoder, b"\x1b\x1b"), [Key::Escape]);
        assert_eq!(decoder.decide(), Key::Escape);
        assert_eq!(feed(&mut decoder, b"\x1b[1"), []);
        assert_eq!(decoder.decide(), Key::Unknown);
        assert_eq!(feed(&mut decoder, b"x"), [Key::Typed('x')]);
    }

    #[test]
    fn a_sequence_that_breaks_off_swallows_no_key() {
        assert_eq!(keys(b"\x1b[1\x03"), [Key::Unknown, Key::Interrupt]);
        assert_eq!(keys(b"\x1b\x03"), [Key::Escape, Key::Interrupt]);
        let endless = [b"\x1b[".as_slice(), &[b'1'; 40], b"x"].concat();
        assert_eq!(keys(&endless), [Key::Unknown, Key::Typed('x')]);
    }

    #[test]
    fn a_paste_is_text_without_its_markers() {
        let pasted = b"\x1b[200~tok\r\nen\t=\x1b[A\x1b1\x07\x1b[201~\r";
        let found = keys(pasted);
        assert_eq!(text(&found), "token =");
        assert_eq!(found.last(), Some(&Key::Enter));
        assert!(!found.contains(&Key::Escape) && !found.contains(&Key::Up));
        for cut in 1..pasted.len() {
            let mut decoder = Decoder::new();
            let mut found = feed(&mut decoder, &pasted[..cut]);
            found.extend(feed(&mut decoder, &pasted[cut..]));
            assert_eq!(text(&found), "token =", "cut at {cut}");
            assert_eq!(found.last(), Some(&Key::Enter), "cut at {cut}");
        }
    }

    #[test]
    fn a_paste_that_never_ends_can_be_left() {
        let mut decoder = Decoder::new();
        feed(&mut decoder, b"\x1b[200~abc\x1b");
        assert!(!decoder.is_undecided());
        assert_eq!(feed(&mut decoder, b"\x03").last(), Some(&Key::Interrupt));
    }
}
