//! Writes the files that are generated from the declarations: JSON Schemas, the reference of settings, an example.
//!
//! `cargo run --example generate`

use std::io;
use std::path::Path;

#[expect(
    clippy::disallowed_methods,
    reason = "files of the repository, which git keeps"
)]
fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (file, text) in lassi::config::schema::documents::all() {
        std::fs::write(root.join(file), text)?;
    }
    Ok(())
}
