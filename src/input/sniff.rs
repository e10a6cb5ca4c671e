//! What a file is, by its first bytes. Names lie: exports call web pages and
//! text `.xls`, and people rename.

use super::package::Package;
use super::refusal::Refusal;

/// The container a file comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    /// A zip package: xlsx, xlsm, xlsb or ods, or something else zipped.
    Zip,
    /// An OLE2 compound file: xls, or a locked xlsx, or something else.
    Ole2,
    /// A bare stream of the records of an xls.
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

/// What a zip package holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Contents {
    /// xlsx, xlsm, xltx, xltm.
    Xlsx,
    /// xlsb.
    Xlsb,
    /// ods, ots.
    Ods,
}

/// Parts that tell other packages.
const OTHER_PARTS: &[(&str, &str)] = &[
    ("word/document.xml", "docx"),
    ("ppt/presentation.xml", "pptx"),
    ("visio/document.xml", "vsdx"),
    ("index/document.iwa", "numbers"),
    ("index.zip", "numbers"),
    ("meta-inf/manifest.mf", "jar"),
    ("ofd.xml", "ofd"),
];

/// Tells what a package holds by its parts.
pub(super) fn package(package: &Package<'_>) -> Result<Contents, Refusal> {
    let names = package.names();
    let has_main = |end: &str| names.iter().any(|name| name.ends_with(end));
    if has_main("workbook.bin") {
        return Ok(Contents::Xlsb);
    }
    if has_main("workbook.xml") {
        return Ok(Contents::Xlsx);
    }
    if let Some((_, format)) = OTHER_PARTS.iter().find(|(part, _)| package.has(part)) {
        return Err(Refusal::NotASheet(format));
    }
    if package.has("content.xml") {
        return Ok(Contents::Ods);
    }
    // The main part may have any name; its type is in the list of types.
    let is_ooxml = package.has("[Content_Types].xml") && package.has("_rels/.rels");
    if is_ooxml { Ok(Contents::Xlsx) } else { Err(Refusal::NotASheet("zip")) }
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

/// Whether a file begins with the record that begins a stream: its type, its
/// length.
fn is_biff(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [0x09, 0x00, 0x04, 0x00, ..]
            | [0x09, 0x02 | 0x04, 0x06 | 0x08, 0x00, ..]
            | [0x09, 0x08, 0x08 | 0x10, 0x00, 0x00, 0x05 | 0x06, ..]
    )
}

/// What a text is marked up in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Markup {
    /// A web page.
    Html,
    /// The XML workbooks of Excel 2002 and 2003.
    SpreadsheetMl,
    /// An ods in one XML text.
    FlatOds,
    /// Surely no sheet: the format that it is.
    Other(&'static str),
}

/// How far into a text its markup shows.
const MARKUP_HEAD: usize = 8 << 10;

/// Tells what a text is marked up in; `None` if it is plain.
pub(super) fn markup(text: &str) -> Option<Markup> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let end = (0..=MARKUP_HEAD.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    let head = text[..end.unwrap_or_default()].to_ascii_lowercase();
    if head.starts_with("mime-version:") && head.contains("multipart/related") {
        return Some(Markup::Other("mht"));
    }
    if !head.starts_with('<') {
        return None;
    }
    let has = |sign: &str| head.contains(sign);
    if has("urn:schemas-microsoft-com:office:spreadsheet") && has("workbook") {
        Some(Markup::SpreadsheetMl)
    } else if has("urn:oasis:names:tc:opendocument") {
        Some(Markup::FlatOds)
    } else if ["<html", "<!doctype html", "<table", "<body", "<meta", "<div", "<tr"]
        .iter()
        .any(|sign| has(sign))
    {
        Some(Markup::Html)
    } else {
        has("<?xml").then_some(Markup::Other("xml"))
    }
}
