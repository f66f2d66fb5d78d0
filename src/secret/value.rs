//! A secret as a type of its own: text of the user goes in, and comes out only where [`Secret::expose`] is written.

use std::fmt;

use zeroize::{Zeroize, Zeroizing};

/// In bytes. Session cookies are the longest secrets; a browser sends at most half of this.
pub const LONGEST_SECRET: usize = 64 * 1024;

/// A token, password or set of cookies. It cannot be printed by accident, is overwritten in memory when it is dropped, and
/// cannot be compared, as the time a comparison takes tells how much of it is right.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

/// Why a text cannot be a secret. Nothing of the text is in here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretError {
    /// Nothing but white space.
    Empty,
    /// A line break, escape or other control character, which no HTTP header can carry.
    ControlCharacter {
        /// The how many-th character it is, counted from 1 after white space at the start was left out.
        position: usize,
    },
    /// Longer than [`LONGEST_SECRET`].
    TooLong {
        /// Its length in bytes.
        length: usize,
    },
}

impl Secret {
    /// Reads what a user typed, pasted or piped in: white space at both ends is left out, the rest must be one line.
    pub fn from_input(input: String) -> Result<Self, SecretError> {
        let input = Zeroizing::new(input);
        let text = input.trim();
        if text.is_empty() {
            return Err(SecretError::Empty);
        }
        if text.len() > LONGEST_SECRET {
            return Err(SecretError::TooLong { length: text.len() });
        }
        match text.chars().position(char::is_control) {
            Some(before) => Err(SecretError::ControlCharacter {
                position: before + 1,
            }),
            None => Ok(Self(Zeroizing::new(text.to_owned()))),
        }
    }

    /// Takes what a store held, as it is; `None` when it is no text.
    pub(super) fn from_stored(bytes: Vec<u8>) -> Option<Self> {
        match String::from_utf8(bytes) {
            Ok(text) => Some(Self(Zeroizing::new(text))),
            Err(error) => {
                error.into_bytes().zeroize();
                None
            }
        }
    }

    /// The text itself, for a request, for the store, or because the user asked to see it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(********)")
    }
}

impl fmt::Display for SecretError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => formatter.write_str("empty"),
            Self::ControlCharacter { position } => {
                write!(formatter, "control character at {position}")
            }
            Self::TooLong { length } => {
                write!(formatter, "{length} bytes, at most {LONGEST_SECRET}")
            }
        }
    }
}

impl std::error::Error for SecretError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(input: &str) -> Result<String, SecretError> {
        Secret::from_input(input.to_owned()).map(|secret| secret.expose().to_owned())
    }

    #[test]
    fn white_space_around_a_secret_is_left_out() {
        assert_eq!(read(" \tATATT3x=1A2B \r\n"), Ok("ATATT3x=1A2B".to_owned()));
        assert_eq!(
            read("JSESSIONID=1; token=é"),
            Ok("JSESSIONID=1; token=é".to_owned())
        );
    }

    #[test]
    fn what_cannot_be_sent_is_refused() {
        assert_eq!(read(" \n"), Err(SecretError::Empty));
        assert_eq!(
            read(" tok\nen"),
            Err(SecretError::ControlCharacter { position: 4 })
        );
        assert_eq!(
            read("é\u{1b}[A"),
            Err(SecretError::ControlCharacter { position: 2 })
        );
        let longest = "x".repeat(LONGEST_SECRET);
        assert_eq!(read(&longest), Ok(longest.clone()));
        assert_eq!(
            read(&(longest + "x")),
            Err(SecretError::TooLong {
                length: LONGEST_SECRET + 1
            })
        );
    }

    #[test]
    fn a_secret_is_not_in_its_debug_output() {
        let secret = Secret::from_input("hunter2".to_owned()).expect("a fine secret");
        assert_eq!(
            format!("{secret:?} {:?}", Some(&secret)),
            "Secret(********) Some(Secret(********))"
        );
    }
}
