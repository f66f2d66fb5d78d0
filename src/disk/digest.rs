//! Numbers that stand for bytes: names of lock files and folders, and fingerprints of texts.
//!
//! Both functions are part of what is on disk, so they must never change. Neither protects against somebody who
//! wants a collision: two files with one name digest only share a lock, and a fingerprint guards undo
//! against accidents.

use serde::{Deserialize, Serialize};

/// 64-bit FNV-1a (<http://www.isthe.com/chongo/tech/comp/fnv/>), for short names.
pub fn name_digest(name: &[u8]) -> u64 {
    name.iter().fold(0xcbf2_9ce4_8422_2325, |digest, byte| {
        (digest ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Length and hash of a text: two texts with one fingerprint are taken to be the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// In bytes.
    pub length: u64,
    /// See [`Fingerprint::of`].
    pub hash: u64,
}

impl Fingerprint {
    /// Takes eight bytes (little endian, the last ones padded with zeros) at a time: the state is exclusive-ored with
    /// them and multiplied by 2^64 divided by the golden ratio, the two halves of the 128-bit product are
    /// exclusive-ored. FNV's byte at a time would cost a visible part of a write of a large file.
    pub fn of(bytes: &[u8]) -> Self {
        let length = bytes.len() as u64;
        let (words, rest) = bytes.as_chunks::<8>();
        let mut hash = mix(length ^ 0x517c_c1b7_2722_0a95);
        for word in words {
            hash = mix(hash ^ u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        Self {
            length,
            hash: mix(hash ^ u64::from_le_bytes(last)),
        }
    }
}

fn mix(word: u64) -> u64 {
    let (low, high) = (word ^ 0xa076_1d64_78bd_642f).carrying_mul(0x9e37_79b9_7f4a_7c15, 0);
    low ^ high
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values from the test vectors of the FNV authors.
    #[test]
    fn name_digest_is_fnv_1a() {
        assert_eq!(name_digest(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(name_digest(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(name_digest(b"foobar"), 0x8594_4171_f739_67e8);
    }

    /// Pinned: a history written by one release is read by the next.
    #[test]
    fn fingerprint_is_stable() {
        assert_eq!(
            Fingerprint::of(b""),
            Fingerprint {
                length: 0,
                hash: 0xea03_f80a_4e46_8889
            }
        );
        assert_eq!(
            Fingerprint::of(b"output.format = \"json\"\n"),
            Fingerprint {
                length: 23,
                hash: 0x82d6_8018_26d1_cef4
            }
        );
    }

    #[test]
    fn fingerprint_sees_every_bit() {
        let text = *b"0123456789abcdefghi";
        let mut seen = vec![Fingerprint::of(&text)];
        for position in 0..text.len() * 8 {
            let mut other = text;
            other[position / 8] ^= 1 << (position % 8);
            seen.push(Fingerprint::of(&other));
        }
        seen.push(Fingerprint::of(b"0123456789abcdefghi\0"));
        let count = seen.len();
        seen.sort_by_key(|fingerprint| fingerprint.hash);
        seen.dedup();
        assert_eq!(seen.len(), count);
    }
}
