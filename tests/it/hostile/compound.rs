//! Compound files (xls) whose chains of sectors run in circles or nowhere.

use super::inspect;

const END: u32 = 0xFFFF_FFFE;
const NONE: u32 = 0xFFFF_FFFF;

/// Which sector comes after one.
type Next = fn(u32) -> u32;

/// One entry of the directory.
fn entry(name: &str, kind: u8, start: u32, size: u32, near: u32, child: u32) -> Vec<u8> {
    let mut bytes: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
    let length = u16::try_from(bytes.len()).unwrap();
    bytes.resize(64, 0);
    bytes.extend(length.to_le_bytes());
    bytes.extend([kind, 1]);
    bytes.extend([near, near, child].into_iter().flat_map(u32::to_le_bytes));
    bytes.resize(116, 0);
    bytes.extend([start, size, 0].into_iter().flat_map(u32::to_le_bytes));
    bytes
}

/// A compound file whose sector after sector `n` is `next(n)`, and whose
/// entries beside one another are `near`.
fn compound(next: impl Fn(u32) -> u32, near: u32) -> Vec<u8> {
    let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    bytes.resize(24, 0);
    bytes.extend([0x3E_u16, 3, 0xFFFE, 9, 6].into_iter().flat_map(u16::to_le_bytes));
    bytes.resize(40, 0);
    let counts = [0, 1, 1, 0, 4096, END, 0, END, 0, 0];
    bytes.extend(counts.into_iter().flat_map(u32::to_le_bytes));
    bytes.resize(512, 0xFF);
    let chain = [0xFFFF_FFFD].into_iter().chain((1..128).map(next));
    bytes.extend(chain.flat_map(u32::to_le_bytes));
    bytes.extend(entry("Root Entry", 5, END, 0, NONE, 1));
    bytes.extend(entry("Workbook", 2, 2, 1 << 31, near, NONE));
    bytes.extend(entry("a", 2, 2, 100, near, NONE));
    bytes.extend(entry("b", 2, 2, 100, near, NONE));
    bytes.extend([0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x05, 0x00]);
    bytes.resize(bytes.len() + 512 * 20, 0);
    bytes
}

#[test]
fn chains_in_circles_end() {
    let chains: [(&str, Next); 4] = [
        ("itself", |n| n),
        ("back", |n| if n >= 2 { 2 } else { 1 }),
        ("directory", |_| 1),
        ("on", |n| n + 1),
    ];
    for (name, next) in chains {
        for near in [NONE, 1, 2] {
            let found = inspect("book.xls", compound(next, near));
            assert_eq!(found, ["unreadable-file"], "{name} {near}");
        }
    }
}
