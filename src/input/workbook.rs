//! Opens files of every kind that holds sheets.
//!
//! A file is told by its bytes, never by its name. Opening never fails and
//! never panics: what cannot be read is a workbook without sheets and with a
//! finding.

use std::io::Read as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use rustc_hash::{FxHashMap, FxHashSet};

use super::guard::{self, Budget, Limits};
use super::package::Package;
use super::refusal::Refusal;
use super::sheet::{Sheet, Workbook};
use super::sniff::{self, Container, Contents};
use super::{inputs, library, ods, text, xls, xlsx};
use crate::finding::codes;
use crate::progress::Progress;

/// How files are to be opened.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The encoding of text files, by its usual name, where the person knows
    /// better than their bytes.
    pub encoding: Option<String>,
    /// How much a file may hold.
    pub limits: Limits,
    /// Where to tell how many bytes are read.
    pub progress: Progress,
}

/// Opens the file at `path`, which findings and places call `shown`.
pub fn open(path: &Path, shown: &str, options: &Options) -> Workbook {
    if inputs::is_lock_file(path) {
        return refused(shown, &Refusal::LockFile);
    }
    let bytes = std::fs::metadata(path)
        .map_err(|error| Refusal::Io(error.kind()))
        .and_then(|meta| Ok(guard::check("file_bytes", meta.len(), options.limits.file_bytes)?))
        .and_then(|()| std::fs::read(path).map_err(|error| Refusal::Io(error.kind())));
    match bytes {
        Ok(bytes) => open_bytes(&bytes, shown, options),
        Err(refusal) => refused(shown, &refusal),
    }
}

/// Opens the bytes of a file, which findings and places call `shown`.
pub fn open_bytes(bytes: &[u8], shown: &str, options: &Options) -> Workbook {
    contained(|| read(bytes, shown, options)).unwrap_or_else(|refusal| refused(shown, &refusal))
}

/// Does what may panic: own readers do not, the library's, on broken files,
/// may.
fn contained<T>(work: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Refusal::damaged("panic")))
}

fn refused(shown: &str, refusal: &Refusal) -> Workbook {
    let path = shown.to_owned();
    Workbook { path, sheets: Vec::new(), findings: vec![refusal.finding(shown)] }
}

fn read(bytes: &[u8], shown: &str, options: &Options) -> Result<Workbook, Refusal> {
    let container = sniff::container(bytes);
    if container == Container::Gzip {
        let unpacked = gunzip(bytes, options.limits.file_bytes)?;
        // Only one layer: nobody packs twice but to do harm.
        return match sniff::container(&unpacked) {
            Container::Gzip => Err(Refusal::NotASheet("gzip")),
            inner => read_as(inner, &unpacked, shown, options),
        };
    }
    read_as(container, bytes, shown, options)
}

/// Unpacks a file that was compressed by itself.
fn gunzip(bytes: &[u8], limit: u64) -> Result<Vec<u8>, Refusal> {
    let mut unpacked = Vec::new();
    let mut reader = flate2::read::MultiGzDecoder::new(bytes).take(limit + 1);
    reader.read_to_end(&mut unpacked).map_err(Refusal::damaged)?;
    guard::check("file_bytes", unpacked.len() as u64, limit)?;
    Ok(unpacked)
}

/// Reads a file as what it is.
fn read_as(
    container: Container,
    bytes: &[u8],
    shown: &str,
    options: &Options,
) -> Result<Workbook, Refusal> {
    let mut budget = Budget::new(options.limits);
    let mut book = Workbook { path: shown.to_owned(), ..Workbook::default() };
    match container {
        Container::Empty => return Err(Refusal::Empty),
        Container::Other(format) => return Err(Refusal::NotASheet(format)),
        Container::Gzip => return Err(Refusal::NotASheet("gzip")),
        Container::Biff => xls::read_stream(bytes, &mut book, &mut budget)?,
        Container::Text => text::read(bytes, options, &mut book, &mut budget)?,
        Container::Ole2 => xls::read(bytes, &mut book, &mut budget)?,
        Container::Zip => read_package(bytes, &mut book, &mut budget, &options.progress)?,
    }
    if container != Container::Zip {
        options.progress.advance(bytes.len() as u64);
    }
    if book.sheets.is_empty() {
        // Every sheet broken is a broken file; no sheet at all is an empty one.
        let broken = book.findings.iter().find(|finding| finding.code == codes::UNREADABLE_SHEET);
        let detail = broken.and_then(|finding| finding.values.last());
        return Err(detail.map_or(Refusal::Empty, |(_, detail)| Refusal::damaged(detail)));
    }
    Ok(book)
}

fn read_package(
    bytes: &[u8],
    book: &mut Workbook,
    budget: &mut Budget,
    progress: &Progress,
) -> Result<(), Refusal> {
    let mut package = Package::open(bytes, budget.limits())?.telling(progress);
    match sniff::package(&package)? {
        Contents::Xlsx => read_xlsx(&mut package, bytes, book, budget)?,
        Contents::Xlsb => {
            package.check_for_library()?;
            book.sheets = library::read_xlsb(bytes, &book.path, budget)?;
        }
        Contents::Ods => book.sheets = ods::read(&mut package, &book.path, budget)?,
    }
    Ok(())
}

/// Reads an xlsx by our own reader; what that does not understand, by the
/// library's.
fn read_xlsx(
    package: &mut Package<'_>,
    bytes: &[u8],
    book: &mut Workbook,
    budget: &mut Budget,
) -> Result<(), Refusal> {
    let outcomes = match xlsx::read(package, &book.path, budget) {
        Err(Refusal::Damaged(_)) => {
            package.check_for_library()?;
            *budget = Budget::new(*budget.limits());
            for (_, sheet) in library::read_xlsx(bytes, &book.path, |_| true, budget)? {
                book.sheets.push(sheet?);
            }
            return Ok(());
        }
        outcomes => outcomes?,
    };
    let mut again = read_broken(package, bytes, &outcomes, &book.path, budget)?;
    for outcome in outcomes {
        match outcome {
            Ok(sheet) => book.sheets.push(sheet),
            Err(broken) => match again.remove(&broken.name) {
                Some(sheet) => book.sheets.push(sheet),
                None => book.findings.push(broken.finding(&book.path)),
            },
        }
    }
    Ok(())
}

/// Has the library read the sheets that ours cannot; returns by their names
/// those that it can.
fn read_broken(
    package: &mut Package<'_>,
    bytes: &[u8],
    outcomes: &[xlsx::Outcome],
    shown: &str,
    budget: &mut Budget,
) -> Result<FxHashMap<String, Sheet>, Refusal> {
    let broken = outcomes.iter().filter_map(|outcome| outcome.as_ref().err());
    let names: FxHashSet<&str> = broken.map(|broken| broken.name.as_str()).collect();
    if names.is_empty() {
        return Ok(FxHashMap::default());
    }
    package.check_for_library()?;
    let read = || library::read_xlsx(bytes, shown, |name| names.contains(name), budget);
    match contained(read) {
        Ok(read) => {
            Ok(read.into_iter().filter_map(|(name, sheet)| Some((name, sheet.ok()?))).collect())
        }
        Err(Refusal::TooLarge(excess)) => Err(excess.into()),
        Err(_) => Ok(FxHashMap::default()),
    }
}
