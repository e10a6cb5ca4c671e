//! What a file is, by its first bytes. Names lie: exports call web pages and
//! text `.xls`, and people rename.

/// The container a file comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    /// A zip package: xlsx, xlsm, xlsb or ods, or something else zipped.
    Zip,
    /// An OLE2 compound file: xls, or a locked xlsx, or something else.
    Ole2,
    /// A bare stream of records of Excel 2 to 4.
    Biff,
    /// Text: delimited, a web page, or SpreadsheetML 2003.
    Text,
    /// A text compressed with gzip.
    Gzip,
    /// Nothing at all.
    Empty,
    /// Surely no sheet: the format that it is.
    Other(&'static str),
}

/// Signatures of files that people have lying among their sheets.
const OTHERS: &[(&[u8], &str)] = &[
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "png"),
    (b"\xFF\xD8\xFF", "jpeg"),
    (b"GIF8", "gif"),
    (b"Rar!\x1A\x07", "rar"),
    (b"7z\xBC\xAF\x27\x1C", "7z"),
    (b"{\\rtf", "rtf"),
    (b"SQLite format 3\0", "sqlite"),
    (b"MZ", "exe"),
];

/// Tells the container of a file by its bytes.
pub(super) fn container(bytes: &[u8]) -> Container {
    if bytes.is_empty() {
        return Container::Empty;
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Container::Zip;
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Container::Ole2;
    }
    if bytes.starts_with(b"\x1F\x8B") {
        return Container::Gzip;
    }
    if is_biff(bytes) {
        return Container::Biff;
    }
    match OTHERS.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        Some((_, format)) => Container::Other(format),
        None => Container::Text,
    }
}

/// Whether a file begins with the record that begins a stream of Excel 2, 3
/// or 4: its type, its length, its version.
fn is_biff(bytes: &[u8]) -> bool {
    match bytes {
        [0x09, 0x00, 0x04, 0x00, ..] => true,
        [0x09, 0x02 | 0x04, 0x06 | 0x08, 0x00, ..] => true,
        _ => false,
    }
}
