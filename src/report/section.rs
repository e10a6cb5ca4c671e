//! The lists of the machine side. Their rows are kept as JSON text, and all but
//! the last of them packed: a million lines are as many kilobytes as text.

use std::io::{self, Read as _, Write as _};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::Serialize;
use serde_json::Value;

/// How long a piece of text becomes before it is packed.
const PIECE: usize = 1 << 18;

/// A named list of the machine side.
#[derive(Debug)]
pub struct Section {
    /// Its name: `lines`.
    pub name: &'static str,
    full: Vec<Piece>,
    /// What comes after them: each row is one JSON object and a line.
    last: Vec<u8>,
}

/// Rows, each one JSON object and a line.
#[derive(Debug)]
enum Piece {
    Packed(Vec<u8>),
    /// What could not be packed.
    Plain(Vec<u8>),
}

impl Section {
    /// Makes a section of rows that can be written as JSON objects.
    pub fn new<T: Serialize>(name: &'static str, rows: impl IntoIterator<Item = T>) -> Self {
        let mut section = Self { name, full: Vec::new(), last: Vec::new() };
        rows.into_iter().for_each(|row| section.push(&row));
        section
    }

    fn push(&mut self, row: &impl Serialize) {
        if self.last.len() >= PIECE {
            let piece = match packed(&self.last) {
                Ok(packed) => Piece::Packed(packed),
                Err(_) => Piece::Plain(self.last.clone()),
            };
            self.full.push(piece);
            self.last.clear();
        }
        let start = self.last.len();
        if let Err(error) = serde_json::to_writer(&mut self.last, row) {
            // A row type fails to serialise only by a bug in its own impl (a
            // map with keys that are no strings); then the row says so.
            self.last.truncate(start);
            self.last.extend(Value::from(error.to_string()).to_string().bytes());
        }
        // JSON writes the line breaks of texts as escapes.
        self.last.push(b'\n');
    }

    /// Hands out its rows, each one JSON object.
    ///
    /// # Errors
    ///
    /// What `take` says.
    pub fn each(&self, mut take: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
        let mut unpacked = Vec::new();
        for piece in &self.full {
            let text = match piece {
                Piece::Plain(text) => text,
                Piece::Packed(packed) => {
                    unpacked.clear();
                    DeflateDecoder::new(&packed[..]).read_to_end(&mut unpacked)?;
                    &unpacked
                }
            };
            lines(text).try_for_each(&mut take)?;
        }
        lines(&self.last).try_for_each(take)
    }
}

fn packed(text: &[u8]) -> io::Result<Vec<u8>> {
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(text)?;
    let mut packed = packer.finish()?;
    packed.shrink_to_fit();
    Ok(packed)
}

fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let rows = text.strip_suffix(b"\n").into_iter();
    rows.flat_map(|rows| rows.split(|byte| *byte == b'\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_comes_out_in_its_place() {
        for count in [0, 1, 60_000] {
            let text = |at: usize| format!("line {at}\nbroken");
            let section = Section::new("lines", (0..count).map(text));
            assert_eq!(section.full.is_empty(), count < 2);
            let mut found = Vec::new();
            section
                .each(|row| {
                    found.push(serde_json::from_slice::<String>(row)?);
                    Ok(())
                })
                .unwrap();
            assert!(found.into_iter().eq((0..count).map(text)));
        }
    }

    #[test]
    fn a_row_that_cannot_be_written_says_so() {
        let broken = std::collections::BTreeMap::from([(vec![1], 2)]);
        let mut rows = Vec::new();
        let section = Section::new("lines", [broken]);
        section
            .each(|row| {
                rows.push(String::from_utf8_lossy(row).into_owned());
                Ok(())
            })
            .unwrap();
        assert_eq!(rows, ["\"key must be a string\""]);
    }
}
