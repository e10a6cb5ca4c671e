//! Reads the input files, several at a time, in the order they were named.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::inputs::InputFile;
use super::sheet::Workbook;
use super::workbook::{self, Options};
use crate::error::Result;
use crate::finding::{Finding, codes};
use crate::progress::Progress;

/// Reads every file, each once, and returns a workbook for each input in
/// their order, with the sheets the person means. `progress` counts their
/// bytes.
///
/// # Errors
///
/// A sheet that was named and is not there. Files that cannot be read are
/// findings of their workbooks.
pub fn read_all(
    files: &[InputFile],
    options: &Options,
    progress: &Progress,
) -> Result<Vec<Workbook>> {
    let mut paths: Vec<&Path> = Vec::new();
    for file in files {
        if !paths.contains(&file.path.as_path()) {
            paths.push(&file.path);
        }
    }
    let bytes = |path: &&Path| fs::metadata(path).map_or(0, |meta| meta.len());
    progress.start("cli.step_read", paths.iter().map(bytes).sum());
    let options = &Options { progress: progress.clone(), ..options.clone() };
    let read = |path: &&Path| {
        let shown = files.iter().find(|file| file.path == **path).map_or("", |file| &file.shown);
        workbook::open(path, shown, options)
    };
    let mut books: Vec<Option<Workbook>> = paths.par_iter().map(read).map(Some).collect();
    let place = |path: &PathBuf| paths.iter().position(|other| other == path);
    let last_use = |nth: usize| !files[nth + 1..].iter().any(|later| later.path == files[nth].path);
    let mut opened = Vec::with_capacity(files.len());
    for (nth, file) in files.iter().enumerate() {
        let Some(book) = place(&file.path).and_then(|at| books.get_mut(at)) else { continue };
        let book = if last_use(nth) { book.take() } else { book.clone() };
        opened.push(select(book.unwrap_or_default(), file)?);
    }
    Ok(opened)
}

/// Leaves of a workbook what the person means.
fn select(mut book: Workbook, file: &InputFile) -> Result<Workbook> {
    let Some(selector) = file.sheet.as_ref().filter(|_| !book.sheets.is_empty()) else {
        return Ok(book);
    };
    let names = || book.sheets.iter().map(|sheet| sheet.id.sheet.as_deref());
    let wanted = selector.positions(names());
    if wanted.is_empty() {
        let near: Vec<&str> = names().flatten().collect();
        let finding = Finding::of(codes::MISSING_SHEET)
            .with("file", &file.shown)
            .with("found", &selector.sheet)
            .with("near", near.join(", "));
        return Err(finding.into());
    }
    let sheets = std::mem::take(&mut book.sheets).into_iter().enumerate();
    book.sheets = sheets.filter(|(at, _)| wanted.contains(at)).map(|(_, sheet)| sheet).collect();
    book.sheets.iter_mut().for_each(|sheet| selector.crop(sheet));
    Ok(book)
}
