//! Opens files of every kind that holds sheets.
//!
//! A file is told by its bytes, never by its name. Opening never fails and
//! never panics: what cannot be read is a workbook without sheets and with a
//! finding.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use rustc_hash::{FxHashMap, FxHashSet};

use super::contained::{contained, given_time};
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
    match bytes_of(path, options.limits.file_bytes) {
        Ok(bytes) => open_bytes(&bytes, shown, options),
        Err(refusal) => refused(shown, &refusal),
    }
}

/// Returns what is in a file, if that is no more than `limit`: pipes and
/// devices do not say beforehand how much they give.
fn bytes_of(path: &Path, limit: u64) -> Result<Vec<u8>, Refusal> {
    let refusal = |error: io::Error| Refusal::Io(error.kind());
    let file = File::open(path).map_err(refusal)?;
    let length = file.metadata().map_err(refusal)?.len();
    guard::check("file_bytes", length, limit)?;
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default() + 1);
    file.take(limit + 1).read_to_end(&mut bytes).map_err(refusal)?;
    guard::check("file_bytes", bytes.len() as u64, limit)?;
    Ok(bytes)
}

/// Opens the bytes of a file, which findings and places call `shown`.
pub fn open_bytes(bytes: &[u8], shown: &str, options: &Options) -> Workbook {
    contained(|| read(bytes, shown, options)).unwrap_or_else(|refusal| refused(shown, &refusal))
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
    let is_blank = book.sheets.iter().all(|sheet| sheet.rows.is_empty());
    if book.sheets.is_empty() || (is_blank && book.findings.is_empty()) {
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
            book.sheets = by_library(bytes, &book.path, budget, library::read_xlsb)?;
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
            let read = |bytes: &[u8], shown: &str, budget: &mut Budget| {
                library::read_xlsx(bytes, shown, |_| true, budget)
            };
            for (_, sheet) in by_library(bytes, &book.path, budget, read)? {
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
    let names: FxHashSet<String> = broken.map(|broken| broken.name.clone()).collect();
    if names.is_empty() {
        return Ok(FxHashMap::default());
    }
    package.check_for_library()?;
    let read = move |bytes: &[u8], shown: &str, budget: &mut Budget| {
        library::read_xlsx(bytes, shown, |name| names.contains(name), budget)
    };
    match by_library(bytes, shown, budget, read) {
        Ok(read) => {
            Ok(read.into_iter().filter_map(|(name, sheet)| Some((name, sheet.ok()?))).collect())
        }
        Err(Refusal::TooLarge(excess)) => Err(excess.into()),
        Err(_) => Ok(FxHashMap::default()),
    }
}

/// Has the library read a file, on a copy of its bytes: whatever happens to
/// it happens to nothing else. What it uses up of the budget is used up.
fn by_library<T: Send + 'static>(
    bytes: &[u8],
    shown: &str,
    budget: &mut Budget,
    read: impl FnOnce(&[u8], &str, &mut Budget) -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    let (bytes, shown, mut left) = (bytes.to_vec(), shown.to_owned(), budget.clone());
    let (read, left) = given_time(move || Ok((read(&bytes, &shown, &mut left)?, left)))?;
    *budget = left;
    Ok(read)
}
