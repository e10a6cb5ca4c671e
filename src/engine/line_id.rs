//! Ids of lines: the same line of the same month has the same id on every
//! run, so that decisions taken on it are found again.

use rustc_hash::FxHashSet;

/// Letters and digits that are not mistaken for each other when read aloud.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of an id: 50 bits, so that two of a million lines are hardly
/// ever alike; those that are, are told apart by their order.
const LENGTH: usize = 10;

/// Hands out ids, each once.
#[derive(Debug, Default)]
pub struct LineIds {
    taken: FxHashSet<String>,
}

impl LineIds {
    /// Returns the id of the line that `parts` tell from all others: the
    /// party, document numbers, items, figures; never its row or its file's
    /// name, which change. Lines alike in all parts get different ids, in
    /// the order in which they ask.
    pub fn id_of<'a>(&mut self, parts: impl IntoIterator<Item = &'a str>) -> String {
        let mut hash = Hash::default();
        for part in parts {
            hash.add(part.as_bytes());
            hash.add(&[0x1f]);
        }
        loop {
            let id = spelled(hash.finish());
            if self.taken.insert(id.clone()) {
                return id;
            }
            hash.add(b"again");
        }
    }
}

/// Whether a text has the form of an id.
pub fn is_line_id(text: &str) -> bool {
    let (first, last) = text.split_once('-').unwrap_or((text, ""));
    let spelled =
        |part: &str| part.len() == LENGTH / 2 && part.bytes().all(|byte| ALPHABET.contains(&byte));
    spelled(first) && spelled(last)
}

fn spelled(hash: u64) -> String {
    let mut id = String::with_capacity(LENGTH + 1);
    for at in 0..LENGTH {
        if at == LENGTH / 2 {
            id.push('-');
        }
        let digit = (hash >> (5 * at)) & 31;
        id.push(char::from(ALPHABET[digit as usize]));
    }
    id
}

/// FNV-1a with a last mixing: the same on every machine and in every version,
/// which the standard library's hashers do not promise.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_stable_and_never_shared() {
        let mut ids = LineIds::default();
        let first = ids.id_of(["恒锦川", "HJ26101799", "4116.00"]);
        // A change here would orphan every decision ever taken.
        assert_eq!(first, "EBBM1-H10YP");
        let again = ids.id_of(["恒锦川", "HJ26101799", "4116.00"]);
        assert_ne!(first, again);
        assert!(is_line_id(&first) && is_line_id(&again));
        let mut later = LineIds::default();
        assert_eq!(later.id_of(["恒锦川", "HJ26101799", "4116.00"]), first);
        assert_eq!(later.id_of(["恒锦川", "HJ26101799", "4116.00"]), again);
        assert_ne!(later.id_of(["恒锦川H", "J26101799", "4116.00"]), first);
        assert!(!is_line_id("HJ26101799"));
    }

    #[test]
    fn many_lines_have_as_many_ids() {
        let mut ids = LineIds::default();
        let all: FxHashSet<String> =
            (0..20_000).map(|line| ids.id_of([line.to_string().as_str()])).collect();
        assert_eq!(all.len(), 20_000);
    }
}
