//! One entry, encrypted and opened again: name, key and secret go in, nonce and ciphertext come out.
//!
//! AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce for each sealing, which is safe for 2^32 of them with one key.
//! The associated data are 22 bytes and the name: `lassi credentials`, a zero byte, the format's version as four
//! bytes (big endian), then the name in UTF-8. The first parts have a fixed length and the name is last, so no two
//! pairs of version and name have the same bytes, and an entry opens under its own name and version only.

use aes_gcm::aead::Generate;
use aes_gcm::{AeadInOut, Aes256Gcm, KeyInit};
use zeroize::Zeroizing;

use super::store::StoreError;
use super::value::Secret;
use super::versioned::VERSION;

pub(super) const KEY_LENGTH: usize = 32;
const NONCE_LENGTH: usize = 12;
const TAG_LENGTH: usize = 16;

/// The key of all entries of one file, overwritten in memory when it is dropped.
pub(super) struct Key(Zeroizing<[u8; KEY_LENGTH]>);

/// An encrypted secret.
pub(super) struct Sealed {
    pub(super) nonce: Vec<u8>,
    /// As long as the secret, and 16 bytes of tag behind it.
    pub(super) ciphertext: Vec<u8>,
}

impl Key {
    /// Takes exactly 32 bytes.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Some(Self(Zeroizing::new(bytes.try_into().ok()?)))
    }

    /// Makes a new one.
    pub(super) fn generate() -> Result<Self, StoreError> {
        Ok(Self(Zeroizing::new(random()?)))
    }

    pub(super) fn bytes(&self) -> &[u8; KEY_LENGTH] {
        &self.0
    }

    /// Encrypts a secret for the entry `name`.
    pub(super) fn seal(&self, name: &str, secret: &Secret) -> Result<Sealed, StoreError> {
        let nonce: [u8; NONCE_LENGTH] = random()?;
        Ok(Sealed {
            ciphertext: self.encrypt(&nonce, name, secret),
            nonce: nonce.to_vec(),
        })
    }

    fn encrypt(&self, nonce: &[u8; NONCE_LENGTH], name: &str, secret: &Secret) -> Vec<u8> {
        let text = secret.expose().as_bytes();
        // with room for the tag: growing would leave a copy of the text behind
        let mut buffer = Vec::with_capacity(text.len() + TAG_LENGTH);
        buffer.extend_from_slice(text);
        Aes256Gcm::new(self.bytes().into())
            .encrypt_in_place(nonce.into(), &associated_data(name), &mut buffer)
            .expect("a secret is shorter than the 64 GiB that AES-GCM can encrypt");
        buffer
    }

    /// Decrypts the entry `name`; `None` when anything about it was changed.
    pub(super) fn open(&self, name: &str, sealed: Sealed) -> Option<Secret> {
        let nonce: [u8; NONCE_LENGTH] = sealed.nonce.try_into().ok()?;
        let mut buffer = Zeroizing::new(sealed.ciphertext);
        Aes256Gcm::new(self.bytes().into())
            .decrypt_in_place((&nonce).into(), &associated_data(name), &mut *buffer)
            .ok()?;
        Secret::from_stored(std::mem::take(&mut *buffer))
    }
}

fn associated_data(name: &str) -> Vec<u8> {
    let mut data = b"lassi credentials\0".to_vec();
    data.extend_from_slice(&VERSION.to_be_bytes());
    data.extend_from_slice(name.as_bytes());
    data
}

fn random<const LENGTH: usize>() -> Result<[u8; LENGTH], StoreError> {
    <[u8; LENGTH]>::try_generate().map_err(|_| StoreError::NoRandomness)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "profiles.work.api_token@https://acme.atlassian.net";

    fn key() -> Key {
        let bytes: Vec<u8> = (0..32).collect();
        Key::from_bytes(&bytes).expect("32 bytes")
    }

    fn secret() -> Secret {
        Secret::from_input("ATATT3xFfGF0".to_owned()).expect("a fine secret")
    }

    /// Made by another implementation, Python's `cryptography` 48:
    /// ```text
    /// key, nonce = bytes(range(32)), bytes(range(0xa0, 0xac))
    /// data = b"lassi credentials\0" + (1).to_bytes(4, "big") + NAME.encode()
    /// AESGCM(key).encrypt(nonce, b"ATATT3xFfGF0", data)
    /// ```
    const SEALED: [u8; 28] = [
        0xa7, 0x4c, 0x3d, 0x79, 0x11, 0xf8, 0x7a, 0xf9, 0x04, 0x22, 0xc1, 0xe3, 0xcb, 0x8f, 0x29,
        0x0f, 0x3c, 0x94, 0x94, 0x3e, 0xd0, 0x79, 0x3b, 0xdf, 0x9a, 0x68, 0xb6, 0x11,
    ];

    #[test]
    fn the_known_answer_is_given_and_opened() {
        let nonce: [u8; NONCE_LENGTH] =
            std::array::from_fn(|index| 0xa0 + u8::try_from(index).expect("12"));
        assert_eq!(key().encrypt(&nonce, NAME, &secret()), SEALED);
        let sealed = Sealed {
            nonce: nonce.to_vec(),
            ciphertext: SEALED.to_vec(),
        };
        assert_eq!(
            key().open(NAME, sealed).expect("it is the one").expose(),
            "ATATT3xFfGF0"
        );
    }

    #[test]
    fn every_sealing_has_a_nonce_of_its_own() {
        let [first, second] = [key().seal(NAME, &secret()), key().seal(NAME, &secret())];
        let (first, second) = (first.expect("random"), second.expect("random"));
        assert_ne!(first.nonce, second.nonce);
        assert_ne!(first.ciphertext, second.ciphertext);
    }

    #[test]
    fn nothing_opens_after_any_bit_was_changed() {
        let sealed = key().seal(NAME, &secret()).expect("random");
        let open = |nonce: &[u8], ciphertext: &[u8], name: &str| {
            let sealed = Sealed {
                nonce: nonce.to_vec(),
                ciphertext: ciphertext.to_vec(),
            };
            key().open(name, sealed).is_some()
        };
        assert!(open(&sealed.nonce, &sealed.ciphertext, NAME));
        let flipped = |bytes: &[u8], bit: usize| {
            let mut bytes = bytes.to_vec();
            bytes[bit / 8] ^= 1 << (bit % 8);
            bytes
        };
        for bit in 0..sealed.nonce.len() * 8 {
            assert!(
                !open(&flipped(&sealed.nonce, bit), &sealed.ciphertext, NAME),
                "bit {bit} of the nonce"
            );
        }
        for bit in 0..sealed.ciphertext.len() * 8 {
            assert!(
                !open(&sealed.nonce, &flipped(&sealed.ciphertext, bit), NAME),
                "bit {bit} of the text"
            );
        }
        for bit in (0..NAME.len() * 8).filter(|bit| bit % 8 != 7) {
            let name = String::from_utf8(flipped(NAME.as_bytes(), bit)).expect("still ASCII");
            assert!(
                !open(&sealed.nonce, &sealed.ciphertext, &name),
                "bit {bit} of the name"
            );
        }
        assert!(
            !open(&sealed.nonce[1..], &sealed.ciphertext, NAME),
            "a short nonce"
        );
        assert!(
            !open(&sealed.nonce, &sealed.ciphertext[..TAG_LENGTH - 1], NAME),
            "less than a tag"
        );
        assert!(!open(&sealed.nonce, &[], NAME), "nothing");
    }

    #[test]
    fn the_associated_data_are_as_described() {
        assert_eq!(associated_data("a.b"), b"lassi credentials\0\0\0\0\x01a.b");
    }
}
