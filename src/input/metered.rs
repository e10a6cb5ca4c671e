//! The bytes of a file for a reader that is not ours: each may be read so
//! often and no more. A package whose sheets all lead to one part would be
//! unpacked once for every sheet; no loop that reads goes on for ever.

use std::io::{self, Cursor, Read, Seek, SeekFrom};

/// How often a reader may read a whole file: its list of parts, each part for
/// its cells and once more for its merged areas.
const TIMES: u64 = 8;

/// What small files may be read beyond that.
const AT_LEAST: u64 = 1 << 20;

/// Bytes that are counted as they are read.
pub(super) struct Metered<'a> {
    bytes: Cursor<&'a [u8]>,
    left: u64,
}

impl<'a> Metered<'a> {
    /// Begins with the first byte.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes: Cursor::new(bytes), left: bytes.len() as u64 * TIMES + AT_LEAST }
    }
}

impl Read for Metered<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::Error::other("read over and over"));
        }
        let read = self.bytes.read(buffer)?;
        self.left = self.left.saturating_sub(read as u64);
        Ok(read)
    }
}

impl Seek for Metered<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_some_times_and_then_no_more() {
        let bytes = vec![7; 1 << 20];
        let mut metered = Metered::new(&bytes);
        let mut again = || {
            metered.seek(SeekFrom::Start(0)).unwrap();
            metered.read_to_end(&mut Vec::new()).is_ok()
        };
        let times = (0..100).take_while(|_| again()).count() as u64;
        assert!((TIMES..=TIMES + 1).contains(&times), "{times} times");
        assert!(!again(), "it stays at its end");
    }
}
