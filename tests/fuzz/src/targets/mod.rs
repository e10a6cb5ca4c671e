//! One function for every reader: it is fed any bytes at all, must neither
//! panic nor hang, and checks what holds for whatever it has read. Knows
//! nothing of who feeds it.

mod book;
mod bytes;
mod commands;
mod grid;
mod packages;
mod plain;
mod seeds;
mod writeback;

use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A reader under attack.
pub struct Target {
    /// Its name.
    pub name: &'static str,
    /// What is done with bytes.
    pub run: fn(&[u8]),
    /// Bytes that it understands, to begin with.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

/// All of them, by name.
pub const ALL: [Target; 11] = [
    Target { name: "commands", run: commands::run, seeds: seeds::choices },
    Target { name: "kinds", run: grid::kinds, seeds: seeds::choices },
    Target { name: "ods", run: packages::ods, seeds: seeds::ods },
    Target { name: "settings", run: plain::settings, seeds: seeds::settings },
    Target { name: "table", run: grid::table, seeds: seeds::choices },
    Target { name: "text", run: plain::text, seeds: seeds::texts },
    Target { name: "values", run: plain::values, seeds: seeds::values },
    Target { name: "writeback", run: writeback::run, seeds: seeds::writeback },
    Target { name: "xls", run: packages::xls, seeds: seeds::xls },
    Target { name: "xlsb", run: packages::xlsb, seeds: seeds::xlsb },
    Target { name: "xlsx", run: packages::xlsx, seeds: seeds::xlsx },
];

/// How often the library that reads foreign formats has panicked, on whatever
/// thread.
static FOREIGN: AtomicUsize = AtomicUsize::new(0);

/// Lets panics of the library that reads foreign formats pass: they are
/// contained where it is called. All others go the way they went before.
pub fn watch_panics() {
    static WATCHED: Once = Once::new();
    WATCHED.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let file = info.location().map(|at| at.file().to_owned()).unwrap_or_default();
            if file.contains("calamine") {
                FOREIGN.fetch_add(1, Ordering::SeqCst);
            } else {
                before(info);
            }
        }));
    });
}

/// Returns how often the library has panicked so far.
fn foreign_panics() -> usize {
    FOREIGN.load(Ordering::SeqCst)
}
