//! The sample month in `examples/factory/`: written by the program beside it,
//! and found out by the reconciliation.

#[path = "../../examples/sample/mod.rs"]
pub(crate) mod sample;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn examples() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/examples"))
}

#[test]
fn the_sample_month_is_what_its_program_writes() {
    let month = sample::month();
    let folder = examples().join("factory");
    for (name, bytes) in &month.papers {
        let kept = fs::read(folder.join(name)).unwrap_or_default();
        assert!(kept == *bytes, "{name} is not what `cargo run --example factory` writes");
    }
    let kept = fs::read_dir(&folder).unwrap();
    let kept = kept.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let names: BTreeSet<String> = month.papers.into_iter().map(|(name, _)| name).collect();
    assert_eq!(kept.collect::<BTreeSet<_>>(), names);
    let expected = fs::read_to_string(examples().join("factory.toml")).unwrap();
    assert_eq!(expected.replace("\r\n", "\n"), month.expected);
}

#[test]
fn the_sample_month_is_small_enough_to_carry() {
    let size: usize = sample::month().papers.iter().map(|(_, bytes)| bytes.len()).sum();
    assert!(size < 400_000, "{size} bytes");
}
