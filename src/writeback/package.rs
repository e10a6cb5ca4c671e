//! The zip package of a workbook: its parts read one by one, and written again
//! with some of them replaced, the others as they lie.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::NoCopy;

/// A part larger than this is not patched: it is held twice while it is.
const LARGEST: u64 = 512 << 20;

/// Parts that are new or changed: by their keys, with their names.
pub(super) type Changed = BTreeMap<String, (String, Vec<u8>)>;

/// A package that is open.
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    size: usize,
}

/// Returns the name under which a part is known.
pub(super) fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

fn damaged(error: impl ToString) -> NoCopy {
    NoCopy::Damaged(error.to_string())
}

impl<'a> Package<'a> {
    /// Opens the package in `bytes`.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, NoCopy> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        Ok(Self { zip, size: bytes.len() })
    }

    /// Reads a part; `None` if there is none of that name.
    pub(super) fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, NoCopy> {
        let wanted = key(name);
        let at = (0..self.zip.len()).find(|at| {
            self.zip.name_for_index(*at).is_some_and(|n| n.is_ok_and(|name| key(&name) == wanted))
        });
        let Some(at) = at else { return Ok(None) };
        let part = self.zip.by_index(at).map_err(damaged)?;
        if part.size() > LARGEST {
            return Err(damaged("part too large"));
        }
        let mut bytes = Vec::new();
        part.take(LARGEST).read_to_end(&mut bytes).map_err(damaged)?;
        Ok(Some(bytes))
    }

    /// Whether there is a part of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        let wanted = key(name);
        (0..self.zip.len()).any(|at| {
            self.zip.name_for_index(at).is_some_and(|n| n.is_ok_and(|name| key(&name) == wanted))
        })
    }

    /// Returns the package with some parts replaced or added; all others,
    /// their order and their names stay, compressed as they were.
    pub(super) fn with(mut self, changed: &Changed) -> Result<Vec<u8>, NoCopy> {
        let mut added: BTreeMap<&String, &(String, Vec<u8>)> = changed.iter().collect();
        let mut out = ZipWriter::new(Cursor::new(Vec::with_capacity(self.size)));
        for at in 0..self.zip.len() {
            let part = self.zip.by_index_raw(at).map_err(damaged)?;
            let name = part.name().map_err(damaged)?.into_owned();
            let Some((_, bytes)) = changed.get(&key(&name)) else {
                out.raw_copy_file(part).map_err(damaged)?;
                continue;
            };
            added.remove(&key(&name));
            let mut options = SimpleFileOptions::default()
                .compression_method(CompressionMethod::Deflated)
                .large_file(bytes.len() as u64 > u64::from(u32::MAX));
            if let Some(moment) = part.last_modified() {
                options = options.last_modified_time(moment);
            }
            drop(part);
            out.start_file(name, options).map_err(damaged)?;
            out.write_all(bytes).map_err(damaged)?;
        }
        for (name, bytes) in added.into_values() {
            let options =
                SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
            out.start_file(name.as_str(), options).map_err(damaged)?;
            out.write_all(bytes).map_err(damaged)?;
        }
        let comment = self.zip.comment().to_vec().into_boxed_slice();
        out.set_raw_comment(comment).map_err(damaged)?;
        Ok(out.finish().map_err(damaged)?.into_inner())
    }
}
