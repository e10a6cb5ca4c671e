//! Feeds one target, the one that the binary is named after. Before that it
//! puts the target's seeds into the folder it was given for its corpus.

#![no_main]

use std::path::PathBuf;

use gendan_fuzz::targets::{self, Target};
use libfuzzer_sys::fuzz_target;

const NAME: &str = env!("CARGO_BIN_NAME");

fn target() -> &'static Target {
    let found = targets::ALL.iter().find(|target| target.name == NAME);
    found.unwrap_or_else(|| panic!("{NAME} is no target"))
}

fn begin() {
    targets::watch_panics();
    let folders = std::env::args_os().skip(1).map(PathBuf::from);
    let Some(corpus) = folders.into_iter().find(|path| path.is_dir()) else { return };
    for (nth, seed) in (target().seeds)().into_iter().enumerate() {
        let path = corpus.join(format!("seed-{nth}"));
        std::fs::write(&path, seed).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
}

fuzz_target!(init: begin(), |data: &[u8]| (target().run)(data));
