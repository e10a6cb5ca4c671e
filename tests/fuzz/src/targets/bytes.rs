//! Bytes as choices: what a fuzzer makes of them becomes sheets.

/// What separates the parts of a package in the bytes of a target.
pub(super) const BETWEEN: &[u8] = b"\xFF\x00\xFF\x01";

/// Bytes that are used up one by one; after the last come zeros.
pub(super) struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn next(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    /// Returns a number below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let choice = usize::from(self.next());
        if end > 256 { (choice << 8 | usize::from(self.next())) % end } else { choice % end.max(1) }
    }

    /// Returns one of some things.
    pub(super) fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// Returns up to `most` bytes as text.
    pub(super) fn text(&mut self, most: usize) -> String {
        let (text, rest) = self.0.split_at(most.min(self.0.len()));
        self.0 = rest;
        String::from_utf8_lossy(text).into_owned()
    }
}

/// Splits the bytes of a target into the parts of a package.
pub(super) fn parts(mut bytes: &[u8]) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    while let Some(at) = bytes.windows(BETWEEN.len()).position(|window| window == BETWEEN) {
        parts.push(&bytes[..at]);
        bytes = &bytes[at + BETWEEN.len()..];
    }
    parts.push(bytes);
    parts
}
