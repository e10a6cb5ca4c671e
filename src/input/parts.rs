//! Where in an xlsx package its sheets and strings are, for whoever writes
//! copies of it.

use super::guard::Limits;
use super::package::Package;
use super::xlsx;

/// The parts of a workbook's package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// The sheets: their names and the parts that hold them.
    pub sheets: Vec<(String, String)>,
    /// The workbook part.
    pub main: String,
    /// The part of the shared strings, whether it exists or not.
    pub strings: String,
    /// The part of the styles, whether it exists or not.
    pub styles: String,
}

/// Returns the parts of the xlsx package in `bytes`; `None` if it is none.
pub fn parts(bytes: &[u8]) -> Option<Parts> {
    let mut package = Package::open(bytes, &Limits::default()).ok()?;
    if package.has("xl/workbook.bin") {
        return None;
    }
    xlsx::parts(&mut package).ok().filter(|parts| !parts.sheets.is_empty())
}
