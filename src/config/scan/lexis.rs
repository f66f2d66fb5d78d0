//! Bytes in, their part in TOML's grammar out: the classes that the pass runs over, and the values so plain that
//! nothing has to be decoded to judge them (<https://toml.io/en/v1.0.0>).

/// `A-Za-z0-9_-`: a bare key.
pub(super) const BARE: u8 = 1;
/// May stand in a basic string as it is.
pub(super) const BASIC: u8 = 2;
/// May stand in a literal string.
pub(super) const LITERAL: u8 = 4;
/// May stand in a comment.
pub(super) const COMMENT: u8 = 8;

/// As many digits as every 64-bit integer has room for.
const SAFE_DIGITS: usize = 18;

const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0u8;
    loop {
        let mut class = 0;
        if byte == b'\t' || (byte >= b' ' && byte != 0x7f) {
            class |= COMMENT;
            if byte != b'"' && byte != b'\\' {
                class |= BASIC;
            }
            if byte != b'\'' {
                class |= LITERAL;
            }
        }
        if byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-' {
            class |= BARE;
        }
        classes[byte as usize] = class;
        if byte == u8::MAX {
            break;
        }
        byte += 1;
    }
    classes
};

/// Whether this byte belongs to the class.
#[inline]
pub(super) fn is(byte: u8, class: u8) -> bool {
    CLASSES[usize::from(byte)] & class != 0
}

/// Whether there are bytes, and all of them belong to the class.
pub(super) fn all(bytes: &[u8], class: u8) -> bool {
    !bytes.is_empty() && bytes.iter().all(|&byte| is(byte, class))
}

/// A boolean, or a decimal integer that fits: valid as it stands.
#[inline]
pub(super) fn is_plain_scalar(bytes: &[u8]) -> bool {
    let digits = || {
        !bytes.is_empty()
            && bytes.len() <= SAFE_DIGITS
            && bytes.iter().all(u8::is_ascii_digit)
            && (bytes[0] != b'0' || bytes.len() == 1)
    };
    bytes == b"true" || bytes == b"false" || digits()
}

/// A basic string on one line in which nothing is escaped.
pub(super) fn is_plain_string(bytes: &[u8]) -> bool {
    match bytes {
        [b'"', inside @ .., b'"'] => inside.iter().all(|&byte| is(byte, BASIC)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_are_booleans_and_short_decimal_integers() {
        for plain in ["true", "false", "0", "7", "123456789012345678"] {
            assert!(is_plain_scalar(plain.as_bytes()), "{plain}");
        }
        for other in ["", "True", "01", "-1", "1_0", "1.0", "1234567890123456789"] {
            assert!(!is_plain_scalar(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn plain_strings_have_nothing_to_decode() {
        assert!(is_plain_string(b"\"\""));
        assert!(is_plain_string("\"h\u{e9} # ' [a]\t\"".as_bytes()));
        for other in [
            "",
            "\"",
            "\"a",
            "'a'",
            "\"\\n\"",
            "\"a\"b\"",
            "\"a\nb\"",
            "\"\u{7f}\"",
        ] {
            assert!(!is_plain_string(other.as_bytes()), "{other}");
        }
    }
}
