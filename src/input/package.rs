//! Zip packages (xlsx, xlsm, xlsb, ods): their parts by name, within bounds.

use std::io::{self, Cursor, Read};

use memchr::memmem;
use rustc_hash::FxHashMap;
use zip::ZipArchive;
use zip::result::ZipError;

use super::guard::{self, Limits};
use super::refusal::Refusal;
use super::xml::{self, Token, Xml};
use crate::progress::Progress;

/// How much of a part shows its encoding.
const HEAD: u64 = 1024;

/// What every entry of a package's list of parts begins with.
const ENTRY: &[u8] = b"PK\x01\x02";

/// A package.
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Parts by name: lower case, forward slashes, none in front.
    parts: FxHashMap<String, usize>,
    limits: Limits,
    /// Unpacked bytes of the parts opened so far.
    unpacked: u64,
    /// Where to tell how much of the file was read.
    progress: Progress,
}

/// A part that tells how much of the file it was, as it is read.
struct Told<R> {
    part: R,
    progress: Progress,
    /// Its bytes in the file, and unpacked.
    packed: u64,
    size: u64,
    /// Unpacked bytes read so far.
    read: u64,
}

impl<R: Read> Read for Told<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.part.read(buffer)?;
        let share = |read: u64| read.saturating_mul(self.packed) / self.size.max(1);
        let before = share(self.read);
        self.read += read as u64;
        self.progress.advance(share(self.read) - before);
        Ok(read)
    }
}

impl<'a> Package<'a> {
    /// Opens the package in `bytes`.
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Refusal> {
        // Before the list is read, for it is kept in memory.
        let entries = memmem::find_iter(bytes, ENTRY).take(limits.parts + 1).count();
        guard::check("parts", entries as u64, limits.parts as u64)?;
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(refusal)?;
        let mut parts = FxHashMap::default();
        for index in 0..zip.len() {
            if let Some(Ok(name)) = zip.name_for_index(index) {
                parts.insert(part_name(&name), index);
            }
        }
        Ok(Self { zip, parts, limits: *limits, unpacked: 0, progress: Progress::default() })
    }

    /// Tells `progress` how many bytes of the file are read.
    pub(super) fn telling(mut self, progress: &Progress) -> Self {
        self.progress = progress.clone();
        self
    }

    /// Returns the bounds that the package is read within.
    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Whether the package has a part of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&part_name(name))
    }

    /// Returns the names of all parts, sorted.
    pub(super) fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.parts.keys().map(String::as_str).collect();
        names.sort_unstable();
        names
    }

    /// Refuses a package that is too large for the library, which holds whole
    /// parts at once.
    pub(super) fn check_for_library(&mut self) -> Result<(), Refusal> {
        let mut unpacked = 0_u64;
        for index in 0..self.zip.len() {
            unpacked += self.zip.by_index_raw(index).map_err(refusal)?.size();
        }
        guard::check("library_bytes", unpacked, self.limits.library_bytes)?;
        self.check_promised_strings()
    }

    /// Refuses shared strings that promise more of them than the part has
    /// bytes: the library makes room for what is promised.
    fn check_promised_strings(&mut self) -> Result<(), Refusal> {
        let lists: Vec<String> = self.parts.keys().filter(|n| is_strings(n)).cloned().collect();
        for list in lists {
            let Some(&index) = self.parts.get(&list) else { continue };
            let size = self.zip.by_index_raw(index).map_err(refusal)?.size();
            let Some(mut xml) = self.xml(&list)? else { continue };
            loop {
                match xml.next()? {
                    Token::Start { name: b"sst", attributes, .. } => {
                        let promised = attributes.raw("uniqueCount").unwrap_or(b"0");
                        if whole(promised).is_none_or(|promised| promised > size) {
                            return Err(Refusal::damaged("uniqueCount"));
                        }
                    }
                    Token::Start { name: b"si", .. } | Token::Eof => break,
                    _ => {}
                }
            }
        }
        Ok(())
    }

    /// Opens a part; `None` if the package has none of that name.
    fn part<'p>(&'p mut self, name: &str) -> Result<Option<impl Read + use<'p, 'a>>, Refusal> {
        let Some(&index) = self.parts.get(&part_name(name)) else { return Ok(None) };
        let part = self.zip.by_index(index).map_err(refusal)?;
        // A part that unpacks to more than it declares is an error of its own.
        guard::check("part_bytes", part.size(), self.limits.part_bytes)?;
        self.unpacked += part.size();
        guard::check("package_bytes", self.unpacked, self.limits.package_bytes)?;
        let (packed, size) = (part.compressed_size(), part.size());
        Ok(Some(Told { part, progress: self.progress.clone(), packed, size, read: 0 }))
    }

    /// Opens a part as XML.
    pub(super) fn xml(&mut self, name: &str) -> Result<Option<Xml<Box<dyn Read + '_>>>, Refusal> {
        let Some(mut part) = self.part(name)? else { return Ok(None) };
        let mut head = Vec::new();
        part.by_ref().take(HEAD).read_to_end(&mut head).map_err(Refusal::damaged)?;
        let reader = xml::unicode(head, part).map_err(Refusal::damaged)?;
        Ok(Some(Xml::new(reader)))
    }

    /// Opens a part that is kept in memory as XML: what all sheets refer to,
    /// which no program makes large.
    pub(super) fn small_xml(
        &mut self,
        name: &str,
    ) -> Result<Option<Xml<Box<dyn Read + '_>>>, Refusal> {
        if let Some(&index) = self.parts.get(&part_name(name)) {
            let size = self.zip.by_index_raw(index).map_err(refusal)?.size();
            guard::check("small_part_bytes", size, self.limits.small_part_bytes)?;
        }
        self.xml(name)
    }

    /// Reads a small part as text.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        let Some(part) = self.part(name)? else { return Ok(None) };
        let mut text = Vec::new();
        part.take(HEAD).read_to_end(&mut text).map_err(Refusal::damaged)?;
        Ok(Some(String::from_utf8_lossy(&text).into_owned()))
    }
}

/// Whether a part holds shared strings, wherever the package keeps them.
fn is_strings(name: &str) -> bool {
    name.ends_with(".xml") && name.contains("strings")
}

/// Reads a whole number; `None` if it is none that fits.
fn whole(digits: &[u8]) -> Option<u64> {
    std::str::from_utf8(digits).ok()?.trim().parse().ok()
}

/// Returns the name under which a part is known.
fn part_name(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

fn refusal(error: ZipError) -> Refusal {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            Refusal::Password
        }
        error => Refusal::damaged(error),
    }
}
