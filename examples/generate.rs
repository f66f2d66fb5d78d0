//! Writes the files that are generated from the declarations: JSON Schemas, the references of settings and of
//! commands, an example.
//!
//! `cargo run --example generate`

use lassi::cli::reference;
use lassi::config::schema::documents;
use std::io;
use std::path::Path;

#[expect(
    clippy::disallowed_methods,
    reason = "files of the repository, which git keeps"
)]
fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (file, text) in documents::all().into_iter().chain([reference::page()]) {
        std::fs::write(root.join(file), text)?;
    }
    Ok(())
}
