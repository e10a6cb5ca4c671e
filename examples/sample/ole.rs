//! The OLE2 container that `.xls` files are: one stream, in 512-byte sectors.

const SECTOR: usize = 512;
/// Streams below this size would live in a mini stream; ours is padded to it.
const SMALLEST: usize = 4096;
const FREE: u32 = 0xFFFF_FFFF;
const END: u32 = 0xFFFF_FFFE;
const TABLE: u32 = 0xFFFF_FFFD;

/// Returns a container whose only stream is `Workbook`.
pub(super) fn container(mut stream: Vec<u8>) -> Vec<u8> {
    stream.resize(stream.len().max(SMALLEST).next_multiple_of(SECTOR), 0);
    let body = stream.len() / SECTOR;
    // The table of sectors describes itself and the directory too.
    let mut tables = 1;
    while tables * SECTOR / 4 < tables + 1 + body {
        tables += 1;
    }
    assert!(tables <= 109, "the header has room for 109 tables");
    let mut chain: Vec<u32> = vec![TABLE; tables];
    chain.push(END);
    let first = tables + 1;
    chain.extend((first + 1..first + body).map(|next| next as u32));
    chain.push(END);
    chain.resize(tables * SECTOR / 4, FREE);

    let mut file = header(tables);
    file.extend(chain.iter().flat_map(|sector| sector.to_le_bytes()));
    file.extend(directory(first, stream.len()));
    file.extend(stream);
    file
}

fn header(tables: usize) -> Vec<u8> {
    let mut header = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    header.extend([0; 16]);
    for word in [0x003E_u16, 3, 0xFFFE, 9, 6, 0, 0, 0] {
        header.extend(word.to_le_bytes());
    }
    let counts = [0, tables as u32, tables as u32, 0, SMALLEST as u32, END, 0, END, 0];
    header.extend(counts.iter().flat_map(|count| count.to_le_bytes()));
    for at in 0..109 {
        let sector = if at < tables { at as u32 } else { FREE };
        header.extend(sector.to_le_bytes());
    }
    header
}

fn directory(first: usize, size: usize) -> Vec<u8> {
    let mut directory = entry("Root Entry", 5, 1, END, 0);
    directory.extend(entry("Workbook", 2, FREE, first as u32, size as u32));
    directory.extend(entry("", 0, FREE, 0, 0));
    directory.extend(entry("", 0, FREE, 0, 0));
    directory
}

fn entry(name: &str, kind: u8, child: u32, start: u32, size: u32) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = if name.is_empty() { 0 } else { entry.len() as u16 + 2 };
    entry.resize(64, 0);
    entry.extend(length.to_le_bytes());
    entry.extend([kind, 1]);
    for link in [FREE, FREE, child] {
        entry.extend(link.to_le_bytes());
    }
    entry.extend([0; 36]);
    entry.extend(start.to_le_bytes());
    entry.extend(u64::from(size).to_le_bytes());
    entry
}
