//! A byte of a text goes in, its line and column come out: for many places in one text.

use super::check::line_and_column;

/// Where the lines of a text start.
#[derive(Debug)]
pub struct Positions {
    /// The first byte of each line.
    starts: Vec<usize>,
    /// Each character is one byte, so columns need not be counted.
    ascii: bool,
}

impl Positions {
    /// Looks at the text once.
    pub fn of(text: &str) -> Positions {
        let behind_breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Positions {
            starts: std::iter::once(0).chain(behind_breaks).collect(),
            ascii: text.is_ascii(),
        }
    }

    /// Line and column of a byte of the same text, as [`line_and_column`] says them.
    pub fn find(&self, text: &str, offset: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        if self.ascii {
            return (line, offset.min(text.len()) - start + 1);
        }
        let (_, column) = line_and_column(&text[start..], offset - start);
        (line, column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_says_what_counting_says() {
        for text in [
            "",
            "a",
            "a\nbc\n\n d",
            "\r\nx\r\n",
            "\u{feff}é = 1\nb\u{fc}\nc",
        ] {
            let positions = Positions::of(text);
            for offset in 0..=text.len() {
                assert_eq!(
                    positions.find(text, offset),
                    line_and_column(text, offset),
                    "{offset} of {text:?}"
                );
            }
        }
    }
}
