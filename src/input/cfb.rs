//! OLE2 compound files, the containers of xls and of locked xlsx files: their
//! streams by name. Forgiving of files that end early, proof against chains
//! that never end.

use super::refusal::Refusal;

/// How long the header is.
const HEADER: usize = 512;
/// How long a directory entry is.
const ENTRY: usize = 128;
/// The entries of the table of tables that the header holds.
const HEADER_TABLES: usize = 109;
/// Sector numbers from here on mean ends and unused sectors.
const LAST_SECTOR: u32 = 0xFFFF_FFFA;
/// No entry.
const NONE: u32 = 0xFFFF_FFFF;

/// An opened compound file.
pub(super) struct Cfb<'a> {
    bytes: &'a [u8],
    sector_bits: u16,
    /// For each sector, the one after it in its chain.
    next: Vec<u32>,
    /// For each small sector, likewise.
    next_small: Vec<u32>,
    /// The streams shorter than this are in small sectors.
    small_below: u64,
    /// All small sectors.
    small: Vec<u8>,
    /// The streams and storages at the root.
    entries: Vec<Entry>,
}

/// A stream or storage.
struct Entry {
    name: String,
    start: u32,
    size: u64,
}

impl<'a> Cfb<'a> {
    /// Opens a compound file.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let sector_bits = u16_at(bytes, 0x1E).filter(|bits| (7..=16).contains(bits));
        let sector_bits = sector_bits.ok_or_else(|| Refusal::damaged("compound file header"))?;
        let mut file = Self {
            bytes,
            sector_bits,
            next: Vec::new(),
            next_small: Vec::new(),
            small_below: u64::from(u32_at(bytes, 0x38).unwrap_or_default()),
            small: Vec::new(),
            entries: Vec::new(),
        };
        file.next = file.read_table();
        let directory = file.chain(u32_at(bytes, 0x30).unwrap_or(NONE), u64::MAX);
        let small_table = file.chain(u32_at(bytes, 0x3C).unwrap_or(NONE), u64::MAX);
        file.next_small = words(&small_table).collect();
        let root = entry(&directory, 0).ok_or_else(|| Refusal::damaged("compound file"))?;
        file.small = file.chain(root.start, root.size);
        file.entries = root_entries(&directory);
        Ok(file)
    }

    /// Whether the root has a stream or storage of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entry(name).is_some()
    }

    /// Reads the stream of that name at the root.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entry(name)?;
        if entry.size < self.small_below {
            Some(self.small_chain(entry.start, entry.size))
        } else {
            Some(self.chain(entry.start, entry.size))
        }
    }

    fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let size = 1_usize << self.sector_bits;
        let from = usize::try_from(number).ok()?.checked_add(1)?.checked_mul(size)?;
        // A file cut off in transfer: what is there of its last sector.
        let end = (from + size).min(self.bytes.len());
        self.bytes.get(from..end).filter(|sector| !sector.is_empty())
    }

    /// Reads the table of chains, whose own sectors the header lists.
    fn read_table(&self) -> Vec<u32> {
        let mut sectors: Vec<u32> =
            words(self.bytes.get(0x4C..HEADER).unwrap_or_default()).take(HEADER_TABLES).collect();
        let most = self.bytes.len() >> self.sector_bits;
        let mut more = u32_at(self.bytes, 0x44).unwrap_or(NONE);
        while more < LAST_SECTOR && sectors.len() <= most {
            let Some(sector) = self.sector(more) else { break };
            let (list, link) = sector.split_at(sector.len().saturating_sub(4));
            sectors.extend(words(list));
            more = words(link).next().unwrap_or(NONE);
        }
        let sectors = sectors.into_iter().filter(|sector| *sector < LAST_SECTOR).take(most);
        sectors.flat_map(|sector| words(self.sector(sector).unwrap_or_default())).collect()
    }

    /// Reads the chain of sectors from `start`, at most `size` bytes of it.
    fn chain(&self, start: u32, size: u64) -> Vec<u8> {
        let mut out = Vec::new();
        let mut at = start;
        // No chain is longer than the file.
        while at < LAST_SECTOR && (out.len() as u64) < size && out.len() <= self.bytes.len() {
            let Some(sector) = self.sector(at) else { break };
            out.extend_from_slice(sector);
            at = self.next.get(at as usize).copied().unwrap_or(NONE);
        }
        out.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        out
    }

    fn small_chain(&self, start: u32, size: u64) -> Vec<u8> {
        const SMALL: usize = 64;
        let mut out = Vec::new();
        let mut at = start;
        while at < LAST_SECTOR && (out.len() as u64) < size && out.len() <= self.small.len() {
            let from = at as usize * SMALL;
            let Some(sector) = self.small.get(from..(from + SMALL).min(self.small.len())) else {
                break;
            };
            out.extend_from_slice(sector);
            at = self.next_small.get(at as usize).copied().unwrap_or(NONE);
        }
        out.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        out
    }
}

/// Goes through the tree of the root's entries: embedded objects have streams
/// of the same names further down.
fn root_entries(directory: &[u8]) -> Vec<Entry> {
    let link = |id: u32, at: usize| u32_at(directory, id as usize * ENTRY + at).unwrap_or(NONE);
    let mut entries = Vec::new();
    let mut seen = vec![false; directory.len() / ENTRY];
    let mut open = vec![link(0, 0x4C)];
    while let Some(id) = open.pop() {
        let Some(seen) = seen.get_mut(id as usize).filter(|seen| !**seen) else { continue };
        *seen = true;
        entries.extend(entry(directory, id as usize));
        open.extend([link(id, 0x44), link(id, 0x48)]);
    }
    entries
}

fn entry(directory: &[u8], id: usize) -> Option<Entry> {
    let bytes = directory.get(id.checked_mul(ENTRY)?..)?.get(..ENTRY)?;
    let length = usize::from(u16_at(bytes, 0x40)?).min(64).saturating_sub(2);
    let units = bytes[..length].as_chunks::<2>().0.iter().map(|unit| u16::from_le_bytes(*unit));
    let name = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
    Some(Entry {
        name: name.collect(),
        start: u32_at(bytes, 0x74)?,
        // The upper half is rubbish in files of small sectors.
        size: u64::from(u32_at(bytes, 0x78)?),
    })
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.as_chunks::<4>().0.iter().map(|word| u32::from_le_bytes(*word))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
