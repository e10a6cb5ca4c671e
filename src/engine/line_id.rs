//! Ids of lines: the same line of the same month has the same id on every
//! run, so that decisions taken on it are found again.

use std::fmt::{self, Display, Write as _};

use rustc_hash::{FxHashMap, FxHashSet};

/// Letters and digits that are not mistaken for each other when read aloud.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of an id: 50 bits, so that two of a million lines are hardly
/// ever alike; those that are, are told apart by their order.
const LENGTH: usize = 10;
/// The bits that the characters spell.
const MASK: u64 = (1 << (5 * LENGTH)) - 1;

/// Hands out ids, each once.
#[derive(Debug, Default)]
pub struct LineIds {
    taken: FxHashSet<u64>,
    /// How far the search for a free id came, by where it began: of a hundred
    /// thousand lines that are alike none begins it anew.
    reached: FxHashMap<u64, u64>,
}

/// What tells a line from all others, told part by part.
#[derive(Debug, Default)]
pub struct Parts(Hash);

impl Parts {
    /// Adds the next part.
    pub fn add(&mut self, part: impl Display) {
        // A hash takes whatever is written to it.
        let _ = write!(self.0, "{part}");
        self.0.add(&[0x1f]);
    }
}

impl LineIds {
    /// Returns the id of the line that `parts` tell from all others: the
    /// party, document numbers, items, figures; never its row or its file's
    /// name, which change. Lines alike in all parts get different ids, in
    /// the order in which they ask.
    pub fn id_of(&mut self, parts: Parts) -> String {
        let Parts(first) = parts;
        let mut hash = Hash(self.reached.get(&first.0).copied().unwrap_or(first.0));
        while !self.taken.insert(hash.finish() & MASK) {
            hash.add(b"again");
            self.reached.insert(first.0, hash.0);
        }
        spelled(hash.finish() & MASK)
    }
}

/// Whether a text has the form of an id.
pub fn is_line_id(text: &str) -> bool {
    let (first, last) = text.split_once('-').unwrap_or((text, ""));
    let spelled =
        |part: &str| part.len() == LENGTH / 2 && part.bytes().all(|byte| ALPHABET.contains(&byte));
    spelled(first) && spelled(last)
}

/// Spells a number in letters and digits.
fn spelled(number: u64) -> String {
    let mut id = String::with_capacity(LENGTH + 1);
    for at in 0..LENGTH {
        if at == LENGTH / 2 {
            id.push('-');
        }
        let digit = (number >> (5 * at)) & 31;
        id.push(char::from(ALPHABET[digit as usize]));
    }
    id
}

/// FNV-1a with a last mixing: the same on every machine and in every version,
/// which the standard library's hashers do not promise.
#[derive(Debug)]
struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        let mixed = (self.0 ^ (self.0 >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        mixed ^ (mixed >> 33)
    }
}

impl fmt::Write for Hash {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.add(text.as_bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the id of the line that these parts tell from all others.
    fn id<const N: usize>(ids: &mut LineIds, told: [&str; N]) -> String {
        let mut parts = Parts::default();
        told.into_iter().for_each(|part| parts.add(part));
        ids.id_of(parts)
    }

    #[test]
    fn ids_are_stable_and_never_shared() {
        let mut ids = LineIds::default();
        let first = id(&mut ids, ["恒锦川", "HJ26101799", "4116.00"]);
        // A change here would orphan every decision ever taken.
        assert_eq!(first, "EBBM1-H10YP");
        let again = id(&mut ids, ["恒锦川", "HJ26101799", "4116.00"]);
        assert_ne!(first, again);
        assert!(is_line_id(&first) && is_line_id(&again));
        let mut later = LineIds::default();
        assert_eq!(id(&mut later, ["恒锦川", "HJ26101799", "4116.00"]), first);
        assert_eq!(id(&mut later, ["恒锦川", "HJ26101799", "4116.00"]), again);
        assert_ne!(id(&mut later, ["恒锦川H", "J26101799", "4116.00"]), first);
        assert!(!is_line_id("HJ26101799"));
    }

    #[test]
    fn many_lines_have_as_many_ids() {
        let mut ids = LineIds::default();
        let all: FxHashSet<String> =
            (0..20_000).map(|line| id(&mut ids, [line.to_string().as_str()])).collect();
        assert_eq!(all.len(), 20_000);
    }
}
