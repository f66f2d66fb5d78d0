//! Paths go in as hashes of their segments, in the order of the text; 'this name cannot stand here' comes out.
//!
//! The check is one-sided: equal paths have equal hashes, so a real duplicate is always seen, and a collision can
//! only cause a false alarm. One set of 64-bit words holds all names of a text, with what they are in the low bits.

use super::Unsure;
use std::collections::HashMap;

/// A name cannot stand where the text puts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clash {
    /// It was defined before, or something else stands in its way.
    Duplicate,
    /// Names made to collide.
    Collisions,
}

impl Clash {
    /// The same for the caller of the pass, which stands at this byte offset.
    pub(super) fn at(self, offset: usize) -> Unsure {
        match self {
            Self::Duplicate => Unsure::Duplicate { offset },
            Self::Collisions => Unsure::Collisions,
        }
    }
}

/// What a path was defined as, in the low bits of its slot. Zero is a free slot.
const KIND: u64 = 7;
const VALUE: u64 = 1;
const HEADER: u64 = 2;
/// A table that only headers below it name.
const IMPLICIT: u64 = 3;
/// A table that dotted keys define.
const DOTTED: u64 = 4;
const ARRAY_OF_TABLES: u64 = 5;

const ROOT: u64 = 0x1234_5678_9ABC_DEF1;
/// Sets elements of arrays apart from names. A name whose hash is the same causes a false alarm at worst.
const ELEMENT: u64 = 0x5BD1_E995_0000_0077;
/// Slots tried before the names count as made to collide.
const PROBE_LIMIT: u32 = 1000;
/// A pair of the smallest useful size; the set grows if names are denser.
const BYTES_PER_NAME: usize = 16;
/// Names that are entered at once. In a large set every one of them waits for memory, and they can wait together.
const BATCH: usize = 64;

/// A name that is not entered yet.
#[derive(Clone, Copy)]
struct Pending {
    path: u64,
    kind: u64,
    /// Byte offset behind it.
    offset: usize,
}

#[inline]
fn mix(left: u64, right: u64) -> u64 {
    let (low, high) = left.carrying_mul(right, 0);
    low ^ high
}

/// The hash of one decoded segment.
#[inline]
pub(super) fn hash(name: &[u8]) -> u64 {
    const START: u64 = 0x9E37_79B9_7F4A_7C15;
    const STEP: u64 = 0xA076_1D64_78BD_642F;
    const END: u64 = 0xE703_7ED1_A0B4_28DB;
    let length = name.len() as u64;
    let Some(last) = name.last_chunk() else {
        let packed = name
            .iter()
            .fold(length, |packed, &byte| packed << 8 | u64::from(byte));
        return mix(START ^ packed, END);
    };
    let (chunks, rest) = name.as_chunks();
    // a name of whole chunks ends in the last one, which is mixed in at the end
    let chunks = if rest.is_empty() {
        &chunks[..chunks.len() - 1]
    } else {
        chunks
    };
    let state = chunks
        .iter()
        .fold(START.wrapping_add(length), |state, chunk| {
            mix(state ^ u64::from_le_bytes(*chunk), STEP)
        });
    mix(state ^ u64::from_le_bytes(*last), END)
}

#[inline]
fn join(parent: u64, segment: u64) -> u64 {
    // the top bit keeps the word from being a free slot
    mix(parent.rotate_left(23) ^ segment, 0x8EBC_6AF0_9C88_C6E3) | 1 << 63
}

/// The hash of a path of decoded names.
pub(super) fn path(keys: &[&str]) -> u64 {
    keys.iter()
        .fold(ROOT, |parent, key| join(parent, hash(key.as_bytes())))
}

/// All names of a text so far, and the path that is being read.
pub(super) struct Names {
    slots: Vec<u64>,
    used: usize,
    /// Values and headers that wait to be entered. Either stands in the way of whatever else has its name (but for a
    /// table that headers below it name already), so a clash is seen in whichever order the two are entered.
    pending: Vec<Pending>,
    /// How many elements each array of tables has, by its path.
    elements: HashMap<u64, u64>,
    /// The table that keys belong to now.
    base: u64,
    /// What of the current path was read.
    path: u64,
    /// No segment of the current path was read yet.
    fresh: bool,
    /// `base` and `path` outside of the inline tables and arrays that are open.
    outer: Vec<(u64, u64)>,
}

impl Names {
    /// For a text of this many bytes.
    pub(super) fn new(bytes: usize) -> Self {
        Self {
            slots: vec![0; (bytes / BYTES_PER_NAME).next_power_of_two().max(64)],
            used: 0,
            pending: Vec::with_capacity(BATCH),
            elements: HashMap::new(),
            base: ROOT,
            path: ROOT,
            fresh: true,
            outer: Vec::new(),
        }
    }

    #[inline]
    fn slot(&self, path: u64) -> Result<usize, Clash> {
        let mask = self.slots.len() - 1;
        let name = path & !KIND;
        // only the low bits count, so it is the same on machines with a narrower word
        #[allow(clippy::cast_possible_truncation)]
        let mut slot = (path >> 20) as usize & mask;
        let mut probes = 0;
        loop {
            let held = self.slots[slot];
            if held == 0 || held & !KIND == name {
                return Ok(slot);
            }
            probes += 1;
            if probes > PROBE_LIMIT {
                return Err(Clash::Collisions);
            }
            slot = (slot + 1) & mask;
        }
    }

    #[inline]
    fn kind(&self, path: u64) -> Result<(usize, u64), Clash> {
        let slot = self.slot(path)?;
        Ok((slot, self.slots[slot] & KIND))
    }

    #[inline]
    fn put(&mut self, slot: usize, path: u64, kind: u64) -> Result<(), Clash> {
        self.used += usize::from(self.slots[slot] == 0);
        self.slots[slot] = path & !KIND | kind;
        if self.used * 2 > self.slots.len() {
            self.grow()
        } else {
            Ok(())
        }
    }

    #[cold]
    fn grow(&mut self) -> Result<(), Clash> {
        let larger = vec![0; self.slots.len() * 2];
        for held in std::mem::replace(&mut self.slots, larger) {
            if held != 0 {
                let slot = self.slot(held)?;
                self.slots[slot] = held;
            }
        }
        Ok(())
    }

    /// A header starts.
    #[inline]
    pub(super) fn begin_header(&mut self) {
        self.path = ROOT;
        self.fresh = true;
    }

    /// One segment of a header; whether it lies in an element of an array of tables.
    #[inline]
    pub(super) fn header_segment(&mut self, segment: u64) -> Result<bool, Clash> {
        let mut in_element = false;
        if !self.fresh {
            match self.kind(self.path)? {
                (slot, 0) => self.put(slot, self.path, IMPLICIT)?,
                (_, HEADER | IMPLICIT | DOTTED) => {}
                (_, ARRAY_OF_TABLES) => {
                    self.path = self.last_element(self.path);
                    in_element = true;
                }
                _ => return Err(Clash::Duplicate),
            }
        }
        self.path = join(self.path, segment);
        self.fresh = false;
        Ok(in_element)
    }

    /// The header is complete at this byte offset: its keys follow. The hash of its path.
    #[inline]
    pub(super) fn end_header(&mut self, array: bool, offset: usize) -> Result<u64, Unsure> {
        if array {
            self.end_array_header().map_err(|clash| clash.at(offset))?;
        } else {
            self.define(HEADER, offset)?;
        }
        self.base = self.path;
        Ok(self.path)
    }

    fn end_array_header(&mut self) -> Result<(), Clash> {
        match self.kind(self.path)? {
            (slot, 0) => {
                self.put(slot, self.path, ARRAY_OF_TABLES)?;
                self.elements.insert(self.path, 0);
            }
            (_, ARRAY_OF_TABLES) => *self.elements.entry(self.path).or_default() += 1,
            _ => return Err(Clash::Duplicate),
        }
        self.path = self.last_element(self.path);
        Ok(())
    }

    #[inline]
    fn define(&mut self, kind: u64, offset: usize) -> Result<(), Unsure> {
        self.pending.push(Pending {
            path: self.path,
            kind,
            offset,
        });
        if self.pending.len() == BATCH {
            self.settle()?;
        }
        Ok(())
    }

    /// Enters what waits; before this, neither [`Names::knows`] nor [`Names::takes_table`] know of it.
    pub(super) fn settle(&mut self) -> Result<(), Unsure> {
        let mut pending = std::mem::take(&mut self.pending);
        for Pending { path, kind, offset } in pending.drain(..) {
            self.enter(path, kind).map_err(|clash| clash.at(offset))?;
        }
        self.pending = pending;
        Ok(())
    }

    #[inline]
    fn enter(&mut self, path: u64, kind: u64) -> Result<(), Clash> {
        match (self.kind(path)?, kind) {
            ((slot, 0), _) | ((slot, IMPLICIT), HEADER) => self.put(slot, path, kind),
            _ => Err(Clash::Duplicate),
        }
    }

    fn last_element(&self, array: u64) -> u64 {
        let index = self.elements.get(&array).copied().unwrap_or_default();
        join(array, ELEMENT ^ index << 8)
    }

    /// A key starts.
    #[inline]
    pub(super) fn begin_key(&mut self) {
        self.path = self.base;
        self.fresh = true;
    }

    /// One segment of a key.
    #[inline]
    pub(super) fn key_segment(&mut self, segment: u64) -> Result<(), Clash> {
        if !self.fresh {
            match self.kind(self.path)? {
                (slot, 0) => self.put(slot, self.path, DOTTED)?,
                (_, DOTTED) => {}
                _ => return Err(Clash::Duplicate),
            }
        }
        self.path = join(self.path, segment);
        self.fresh = false;
        Ok(())
    }

    /// The key is complete at this byte offset: its value follows. The hash of its path.
    #[inline]
    pub(super) fn end_key(&mut self, offset: usize) -> Result<u64, Unsure> {
        self.define(VALUE, offset)?;
        Ok(self.path)
    }

    /// The value at the current path is an inline table or an array: what follows is inside of it.
    pub(super) fn open(&mut self) {
        self.outer.push((self.base, self.path));
        self.base = self.path;
    }

    /// The element of this index starts, in the array that was opened last.
    pub(super) fn element(&mut self, index: u64) {
        self.path = join(self.base, ELEMENT ^ index << 8);
    }

    /// The inline table or array that was opened last ends.
    pub(super) fn close(&mut self) {
        if let Some((base, path)) = self.outer.pop() {
            self.base = base;
            self.path = path;
        }
    }

    /// Whether something has the hash of this path.
    pub(super) fn knows(&self, keys: &[&str]) -> Result<bool, Clash> {
        self.kind(path(keys)).map(|(_, kind)| kind != 0)
    }

    /// Whether `[keys]` may be written at the end of the text. Kinds other than 'implicit' never change, so a
    /// collision can cause a wrong 'no', not a wrong 'yes'.
    pub(super) fn takes_table(&self, keys: &[&str]) -> Result<bool, Clash> {
        let mut path = ROOT;
        for (index, key) in keys.iter().enumerate() {
            path = join(path, hash(key.as_bytes()));
            let last = index + 1 == keys.len();
            match self.kind(path)?.1 {
                0 | IMPLICIT => {}
                HEADER if !last => {}
                _ => return Ok(false),
            }
        }
        Ok(!keys.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_all_lengths_hash_apart() {
        let text = "abcdefghijklmnopqrstuvwxyz";
        let mut hashes: Vec<u64> = (0..text.len())
            .map(|end| hash(&text.as_bytes()[..end]))
            .collect();
        hashes.extend([
            hash(b"\0"),
            hash(b"\0\0"),
            hash(b"abcdefgh\0"),
            hash(b"abcdefgi"),
        ]);
        let count = hashes.len();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), count);
    }

    #[test]
    fn the_set_grows_and_forgets_nothing() {
        let mut names = Names::new(0);
        for index in 0..1000 {
            names.begin_key();
            names
                .key_segment(hash(format!("key{index}").as_bytes()))
                .unwrap();
            names.end_key(index).unwrap();
        }
        names.settle().unwrap();
        assert!((0..1000).all(|index| names.knows(&[&format!("key{index}")]) == Ok(true)));
        assert_eq!(names.knows(&["key1000"]), Ok(false));
    }

    #[test]
    fn names_made_to_collide_are_given_up() {
        let mut names = Names::new(1 << 20);
        // the same slot, and names that differ only above the bits that choose it
        let colliding = |index: u64| 1 << 63 | index << 40;
        let clash = (0..5000).find_map(|index| {
            let path = colliding(index);
            names
                .slot(path)
                .and_then(|slot| names.put(slot, path, VALUE))
                .err()
        });
        assert_eq!(clash, Some(Clash::Collisions));
    }
}
