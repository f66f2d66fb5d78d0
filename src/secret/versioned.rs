//! The text of a file that a store keeps for itself: bytes go in, one JSON object of a version that this release knows
//! comes out.

use std::path::Path;

use serde_json::{Map, Value};

use super::store::{Part, StoreError};

/// The only version of the formats so far.
pub(super) const VERSION: u32 = 1;

/// Reads the object in `file`, `version` included.
///
/// # Errors
/// [`StoreError::NotJson`], [`StoreError::Malformed`] and [`StoreError::UnknownVersion`].
pub(super) fn read(file: &Path, bytes: &[u8]) -> Result<Map<String, Value>, StoreError> {
    let value: Value = serde_json::from_slice(bytes).map_err(|error| StoreError::NotJson {
        file: file.to_path_buf(),
        line: error.line(),
        column: error.column(),
    })?;
    let Value::Object(object) = value else {
        return Err(malformed(file, Part::Whole));
    };
    match object.get("version").and_then(Value::as_u64) {
        Some(version) if version == u64::from(VERSION) => Ok(object),
        Some(version) => Err(StoreError::UnknownVersion {
            file: file.to_path_buf(),
            version,
        }),
        None => Err(malformed(file, Part::Version)),
    }
}

/// The text to be written for an object.
pub(super) fn write(object: Map<String, Value>) -> Vec<u8> {
    format!("{:#}\n", Value::Object(object)).into_bytes()
}

/// The error for a part of `file` that is not as it should be.
pub(super) fn malformed(file: &Path, part: Part) -> StoreError {
    StoreError::Malformed {
        file: file.to_path_buf(),
        part,
    }
}
