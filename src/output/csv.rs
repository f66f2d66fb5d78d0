//! Rows go in, comma-separated values come out (RFC 4180).

use super::listing::Row;
use csv::{Terminator, WriterBuilder};

/// The lines of rows, with the headings in front if they are given.
pub(super) fn rows(titles: Option<&[String]>, rows: &[Row]) -> String {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    // writing to memory fails only where lines differ in length, and these come from the same columns
    if let Some(titles) = titles {
        let _ = writer.write_record(titles);
    }
    for row in rows {
        let _ = writer.write_record(&row.cells);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}
