//! Writes the sample month of `examples/factory/`: the papers of an invented
//! firm and its suppliers for October 2026, as messy as papers are, and what
//! a cross-check of them should find.
//!
//! `cargo run --example factory [FOLDER]`

#[path = "sample/mod.rs"]
mod sample;

use std::path::PathBuf;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let folder = env::args_os().nth(1).map_or_else(|| "examples/factory".into(), PathBuf::from);
    fs::create_dir_all(&folder)?;
    for (name, bytes) in sample::files() {
        fs::write(folder.join(name), bytes)?;
    }
    Ok(())
}
