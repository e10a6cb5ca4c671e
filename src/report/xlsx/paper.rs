//! Paper that has no number of its own: its edges are written into the page
//! setup of the finished package, which the writer cannot do.

use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::XlsxError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// How a page setup begins; edges go before its paper's number, which is what
/// programs fall back on that do not know edges.
const SETUP: &str = "<pageSetup ";
/// The edges of a label of 4 by 6 inches.
const EDGES: &str = "paperWidth=\"4in\" paperHeight=\"6in\" ";

/// Returns the package with the sheets at these places (from nought) set to 4
/// by 6 inches; every other part is as it was.
pub(super) fn four_by_six(package: Vec<u8>, sheets: &[usize]) -> Result<Vec<u8>, XlsxError> {
    let mut old = ZipArchive::new(Cursor::new(package))?;
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    let names: Vec<String> =
        sheets.iter().map(|sheet| format!("xl/worksheets/sheet{}.xml", sheet + 1)).collect();
    for at in 0..old.len() {
        let mut part = old.by_index(at)?;
        let name = part.name()?.into_owned();
        if !names.contains(&name) {
            drop(part);
            new.raw_copy_file(old.by_index_raw(at)?)?;
            continue;
        }
        let mut text = String::new();
        part.read_to_string(&mut text)?;
        let mut options =
            SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        if let Some(moment) = part.last_modified() {
            options = options.last_modified_time(moment);
        }
        new.start_file(name, options)?;
        new.write_all(text.replacen(SETUP, &format!("{SETUP}{EDGES}"), 1).as_bytes())?;
    }
    Ok(new.finish()?.into_inner())
}
