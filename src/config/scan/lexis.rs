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

/// A boolean, a decimal integer that fits, or a common date: valid as it stands.
#[inline]
pub(super) fn is_plain_scalar(bytes: &[u8]) -> bool {
    let digits = || {
        !bytes.is_empty()
            && bytes.len() <= SAFE_DIGITS
            && bytes.iter().all(u8::is_ascii_digit)
            && (bytes[0] != b'0' || bytes.len() == 1)
    };
    bytes == b"true" || bytes == b"false" || digits() || is_plain_date(bytes)
}

/// `YYYY-MM-DD`, with a day that the month has in every year.
#[inline]
pub(super) fn is_plain_date(bytes: &[u8]) -> bool {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = bytes else {
        return false;
    };
    if ![y1, y2, y3, y4, m1, m2, d1, d2]
        .iter()
        .all(u8::is_ascii_digit)
    {
        return false;
    }
    let number = |tens: u8, ones: u8| (tens - b'0') * 10 + (ones - b'0');
    let last = match number(m1, m2) {
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => 0,
    };
    (1..=last).contains(&number(d1, d2))
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
    fn plain_scalars_are_booleans_short_decimal_integers_and_dates() {
        for plain in ["true", "false", "0", "7", "123456789012345678"] {
            assert!(is_plain_scalar(plain.as_bytes()), "{plain}");
        }
        for other in ["", "True", "01", "-1", "1_0", "1.0", "1234567890123456789"] {
            assert!(!is_plain_scalar(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn every_plain_date_is_one() {
        let mut plain = 0;
        for year in ["0000", "1999", "2000", "2027", "9999"] {
            for month in 0..=99 {
                for day in 0..=99 {
                    let date = format!("{year}-{month:02}-{day:02}");
                    if is_plain_scalar(date.as_bytes()) {
                        plain += 1;
                        assert!(date.parse::<toml_edit::Value>().is_ok(), "{date}");
                    }
                }
            }
        }
        assert_eq!(plain, 5 * 365);
        for other in [
            "2027-1-31",
            "2027-01-01T00:00:00",
            "2027/01/01",
            "202a-01-01",
        ] {
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
