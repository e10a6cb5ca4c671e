//! Writes the sample month of `examples/factory/`: the papers of an invented
//! firm and its suppliers for October 2026, as messy as papers are, and what
//! a cross-check of them should find, as `examples/factory.toml`.
//!
//! `cargo run --example factory`

#[path = "sample/mod.rs"]
mod sample;

use std::path::Path;
use std::{fs, io};

fn main() -> io::Result<()> {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let month = sample::month();
    for (name, bytes) in month.papers {
        fs::write(examples.join("factory").join(name), bytes)?;
    }
    fs::write(examples.join("factory.toml"), month.expected)
}
