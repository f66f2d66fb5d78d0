//! The file that holds the key: 32 bytes in base64 and a line break, mode 0600, made once and never changed.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::seal::{KEY_LENGTH, Key};
use super::store::StoreError;
use crate::disk::{Lock, Note, Snapshot, read_file, replace, tighten_file};

/// Reads the key; `None` when there is no file. What had to be tightened is added to `notes`.
pub(super) fn read(file: &Path, notes: &mut Vec<Note>) -> Result<Option<Key>, StoreError> {
    notes.extend(tighten_file(file)?);
    read_file(file)?.map(|text| parse(file, text)).transpose()
}

/// Reads the key or makes one: two processes that do so at the same time get the same.
pub(super) fn read_or_make(
    file: &Path,
    locks: &Path,
    notes: &mut Vec<Note>,
) -> Result<Key, StoreError> {
    if let Some(key) = read(file, notes)? {
        return Ok(key);
    }
    let lock = Lock::acquire(file, locks)?;
    let seen = Snapshot::read(&lock)?;
    if seen.bytes().is_some() {
        drop(lock);
        return read_or_make(file, locks, notes);
    }
    let key = Key::generate()?;
    let mut text = Zeroizing::new(String::with_capacity(2 * KEY_LENGTH));
    STANDARD.encode_string(key.bytes(), &mut text);
    text.push('\n');
    replace(&lock, &seen, text.as_bytes(), 0o600)?;
    Ok(key)
}

fn parse(file: &Path, text: Vec<u8>) -> Result<Key, StoreError> {
    let text = Zeroizing::new(text);
    let bytes = STANDARD.decode(text.trim_ascii()).ok().map(Zeroizing::new);
    bytes
        .and_then(|bytes| Key::from_bytes(&bytes))
        .ok_or_else(|| StoreError::KeyMalformed {
            key: file.to_path_buf(),
        })
}
