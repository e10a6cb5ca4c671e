//! The sample month in `examples/factory/`: written by the program beside it,
//! and found out by the reconciliation.

#[path = "../../examples/sample/mod.rs"]
mod sample;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/factory"))
}

#[test]
fn the_sample_month_is_what_its_program_writes() {
    let written = sample::files();
    for (name, bytes) in &written {
        let kept = fs::read(folder().join(name)).unwrap_or_default();
        assert!(kept == *bytes, "{name} is not what `cargo run --example factory` writes");
    }
    let names: BTreeSet<String> = written.into_iter().map(|(name, _)| name).collect();
    let kept = fs::read_dir(folder()).unwrap();
    let kept = kept.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    assert_eq!(kept.collect::<BTreeSet<_>>(), names);
}

#[test]
fn the_sample_month_is_small_enough_to_carry() {
    let size: usize = sample::files().iter().map(|(_, bytes)| bytes.len()).sum();
    assert!(size < 400_000, "{size} bytes");
}
